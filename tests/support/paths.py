"""Where the project's files and stories are."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"

HARBOUR = TESTS / "harbour.yaml"
"""A story of eight facts, small enough to know by heart."""

SHIPPED = tuple(sorted((ROOT / "data" / "stories").glob("*.yaml")))
MEASURED = tuple(sorted((TESTS / "stories").glob("*.yaml")))
"""Stories that the reader was not trained on, with the questions that it is measured by beside them."""
