"""Whatever anybody sends is answered, taken or refused in a sentence, and what is shown of it is what Discord takes."""

from __future__ import annotations

import random

import pytest

from tests.torture import SCALE
from tests.torture.fuzz import fuzz

RUNS = {"questions": 200, "stories": 60, "dates": 400, "sources": 100, "checks": 40, "drafts": 60}
QUICK_SHARE = 20  # of which a plain run takes one


@pytest.mark.parametrize("name", RUNS)
def test_any_input_is_stood(name: str, pytestconfig: pytest.Config) -> None:
    # What is asked of everybody who changes something is the same each time; a long run looks elsewhere each time.
    seed = 1 if SCALE == 1 else random.randrange(1_000_000)
    runs = RUNS[name] * SCALE // (1 if pytestconfig.getoption("slow") else QUICK_SHARE)
    slowest = fuzz(name, runs, seed)
    print(f"{name}: {runs} inputs of seed {seed} stood, the slowest in {slowest * 1000:.0f} ms")
