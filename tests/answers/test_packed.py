"""Cosines of many vectors at once."""

from __future__ import annotations

import math
import random

import pytest

from bot.answers.packed import PackedVectors


def cosine(one: list[int], other: list[int]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True)) / (math.hypot(*one) * math.hypot(*other))


def test_gives_the_cosine_of_each_vector() -> None:
    chance = random.Random(7)
    vectors = [[chance.randint(-127, 127) for _ in range(100)] for _ in range(50)]
    asked = [chance.randint(-127, 127) for _ in range(100)]
    found = PackedVectors(vectors).cosines(asked, -1.0)
    assert [place for place, _ in found] == list(range(50))
    assert [value for _, value in found] == pytest.approx([cosine(asked, vector) for vector in vectors], abs=0.01)


def test_no_product_leaves_its_slot() -> None:
    one, other = [127] * 100, [-127] * 100
    found = PackedVectors([one, other, one]).cosines(one, -2.0)
    assert [value for _, value in found] == pytest.approx([1.0, -1.0, 1.0], abs=0.02)


def test_leaves_out_what_is_less_alike() -> None:
    assert [place for place, _ in PackedVectors([[1, 0], [0, 1], [1, 1]]).cosines([1, 0], 0.5)] == [0, 2]


def test_no_vectors_and_no_length() -> None:
    assert PackedVectors([]).cosines([1, 2], -1.0) == []
    assert PackedVectors([[0, 0]]).cosines([1, 2], 0.1) == []
