"""The rules of the method: dates and numbers only."""
