from __future__ import annotations

import pytest

from bot.answers.packed import Vector, scaled
from bot.answers.placed import PlacedVectors


def vector(*values: float) -> Vector:
    """Return a vector in which each value stands for some dimensions, as none of a real one has all the weight."""
    made = scaled([value for value in values for _ in range(20)])
    assert made is not None
    return made


def test_likeness_is_the_cosine_and_0_where_a_vector_is_missing() -> None:
    vectors = PlacedVectors([vector(1.0, 0.0), None, vector(1.0, 1.0)])
    assert vectors.likenesses(vector(1.0, 0.0)) == pytest.approx([1.0, 0.0, 0.707], abs=0.05)
    assert vectors.likenesses(None) == [0.0, 0.0, 0.0]


def test_what_all_have_in_common_counts_less() -> None:
    common, own, other = vector(3.0, 0.0, 0.0), vector(3.0, 1.0, 0.0), vector(3.0, 0.0, 1.0)
    plain = PlacedVectors([common, own, other]).likenesses(vector(3.0, 1.0, 0.0))
    apart = PlacedVectors([common, own, other], without=0.5).likenesses(vector(3.0, 1.0, 0.0))
    assert apart[1] - apart[2] > plain[1] - plain[2]


def test_no_vector_at_all_is_like_nothing() -> None:
    assert PlacedVectors([None], without=0.5).likenesses(vector(1.0, 0.0)) == [0.0]
    assert PlacedVectors([]).likenesses(vector(1.0, 0.0)) == []
