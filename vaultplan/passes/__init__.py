"""Passes over the vault: read → parse → plan → render → write."""
