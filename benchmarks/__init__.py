"""Measurements, each side by side in one run on one machine. `python -m benchmarks.run` writes RESULTS.md."""
