"""Cosines of many vectors at once."""

from __future__ import annotations

import math
import random
from array import array
from collections.abc import Sequence

import pytest

from bot.answers.packed import PackedVectors, Vector, add_all, scaled, scaled_bytes


def unit(*values: float) -> Vector:
    vector = scaled(values)
    assert vector is not None
    return vector


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True)) / (math.hypot(*one) * math.hypot(*other))


def random_vector(chance: random.Random) -> list[int]:
    return [chance.randint(-127, 127) for _ in range(100)]


def test_gives_the_cosine_of_each_vector() -> None:
    chance = random.Random(7)
    vectors = [random_vector(chance) for _ in range(50)]
    asked = random_vector(chance)
    found = PackedVectors([unit(*vector) for vector in vectors]).cosines(unit(*asked), -1.0)
    assert [place for place, _ in found] == list(range(50))
    assert [value for _, value in found] == pytest.approx([cosine(asked, vector) for vector in vectors], abs=0.01)


@pytest.mark.parametrize("size", [2, 50, 100])
def test_no_product_leaves_its_slot(size: int) -> None:
    one, other = unit(*[127] * size), unit(*[-127] * size)
    found = PackedVectors([one, other, one]).cosines(one, -2.0)
    assert [value for _, value in found] == pytest.approx([1.0, -1.0, 1.0], abs=0.07)


def test_leaves_out_what_is_less_alike() -> None:
    vectors = PackedVectors([unit(1, 1, 0, 0), unit(0, 0, 1, 1), unit(1, 1, 1, 1)])
    assert [place for place, _ in vectors.cosines(unit(1, 1, 0, 0), 0.5)] == [0, 2]


def test_a_single_dimension_keeps_its_direction() -> None:
    (found,) = PackedVectors([unit(0, -5, 0)]).cosines(unit(0, -3, 0), 0.5)
    assert 0.5 < found[1] < 1
    assert list(scaled_bytes(b"\0\xfb\0") or b"") == pytest.approx(list(unit(0, -3, 0)), abs=10)


def test_no_vectors_and_no_length() -> None:
    assert PackedVectors([]).cosines(unit(1, 2), -1.0) == []
    assert scaled([0, 0]) is None
    assert scaled_bytes(bytes(2)) is None
    assert add_all([]) is None
    assert add_all([(b"\1\2", 0.0)]) is None
    assert add_all([(b"\1", 1.0), (b"\xff", 1.0)]) is None


def test_bytes_are_scaled_as_numbers_are() -> None:
    chance = random.Random(8)
    values = random_vector(chance)
    assert list(scaled_bytes(array("b", values).tobytes()) or b"") == pytest.approx(list(unit(*values)), abs=1)


def test_a_sum_has_the_direction_of_its_parts_by_their_weights() -> None:
    chance = random.Random(9)
    parts = [(random_vector(chance), chance.uniform(0.1, 1.0)) for _ in range(500)]
    added = add_all((array("b", values).tobytes(), weight) for values, weight in parts)
    expected = [sum(weight * values[place] for values, weight in parts) for place in range(100)]
    assert added is not None
    assert cosine([each - 128 for each in added], expected) == pytest.approx(1.0, abs=0.001)
