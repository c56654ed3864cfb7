"""Benchmarks that anyone can run from the root of a checkout, such as ``python -m tests.benchmarks.peers``."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the bot has it
