"""Benchmarks that anyone can run from the root of a checkout, such as ``python -m tests.benchmarks.peers``."""
