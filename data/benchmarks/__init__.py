"""Benchmarks that anyone can run from the root of a checkout, such as ``python -m data.benchmarks.peers``.

They measure on the reader's corpus and on the stories of ``tests/stories``, which it was not trained on; those of a bot at work
play on the simulated Discord of the tests, so that they need the test environment.
"""
