from __future__ import annotations

import pytest

from bot.answers.reader.pieces import MAX_TOKENS
from bot.answers.reader.reader import shipped_reader

PIECE = "the bridge was closed"


def _kept(text: str, piece: str = PIECE) -> float:
    start = text.index(piece)
    return shipped_reader().pieces.kept(text, start, start + len(piece))


@pytest.mark.parametrize(
    ("kept", "unsaid"),
    [
        ("When I arrived, the bridge was closed.", "If I am right, the bridge was closed."),
        ("It turned out that the bridge was closed.", "It is a lie that the bridge was closed."),
        ("The bridge was old, so the bridge was closed.", "They would have us believe the bridge was closed."),
        ("I saw myself that the bridge was closed.", "I dreamt that the bridge was closed."),
        ("In May the bridge was closed.", "On paper the bridge was closed."),
    ],
)
def test_what_leaves_a_piece_standing_is_told_from_what_takes_it_back(kept: str, unsaid: str) -> None:
    assert _kept(unsaid) + 0.3 < _kept(kept)


def test_what_is_too_long_to_be_read_is_not_sure() -> None:
    assert _kept(f"When I arrived, {PIECE}{' and it rained' * MAX_TOKENS}.") == 0.0


def test_no_piece_is_no_kept_one() -> None:
    assert shipped_reader().pieces.kept("The bridge was closed.", 3, 3) == 0.0
