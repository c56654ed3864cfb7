"""Tests, in folders that mirror the package."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the bot has it
