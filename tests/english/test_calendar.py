"""Which month a name or a part of it means."""

from __future__ import annotations

import pytest

from bot.english.calendar import MONTH_NUMBERS, MONTHS, month_number


@pytest.mark.parametrize(
    ("name", "number"), [("January", 1), ("jan", 1), ("Sept.", 9), ("sep", 9), ("MAY", 5), ("mar", 3), ("octo", 10)]
)
def test_a_month_is_known_by_its_name_or_the_first_letters_of_it(name: str, number: int) -> None:
    assert month_number(name) == number


@pytest.mark.parametrize("name", ["", "ma", "octopus", "monday", "marc h"])
def test_what_no_month_begins_with_is_none(name: str) -> None:
    with pytest.raises(ValueError, match="no month"):
        month_number(name)


def test_every_month_has_its_names() -> None:
    assert [MONTH_NUMBERS[name.lower()] for name in MONTHS] == list(range(1, 13))
