"""The side door that waits for changes: a pass after each, and one when a day begins."""
