from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.phrases import stories


@pytest.mark.parametrize(
    ("titles", "named"),
    [
        ((), ""),
        (("A",), "A"),
        (("A", "B", "C"), "A, B and C"),
        (tuple("ABCDEFGHIJKL"), "A, B, C, D, E, F, G, H, I, J and 2 more"),
    ],
)
def test_stories_are_named_a_few_at_most(titles: Sequence[str], named: str) -> None:
    assert stories(titles) == named
