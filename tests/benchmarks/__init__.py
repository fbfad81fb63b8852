"""How long vaultplan takes, as ratios to plain programs: `python -m tests.benchmarks`."""
