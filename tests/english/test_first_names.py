"""First names: whose they are is told only where nearly all who bear them are of one sex."""

from __future__ import annotations

import pytest

from bot.english.first_names import is_first_name, is_womans


@pytest.mark.parametrize(
    ("name", "woman"),
    [("Maria", True), ("MARIA", True), ("Zoë", True), ("Stanisław", False), ("Jürgen", False), ("Jaya", None), ("Qwx", None)],
)
def test_a_first_name_is_a_womans_or_a_mans(name: str, woman: bool | None) -> None:
    assert is_womans(name) is woman


def test_what_men_and_women_are_called_is_a_first_name() -> None:
    assert is_first_name("Jaya")
    assert not is_first_name("Qwx")
