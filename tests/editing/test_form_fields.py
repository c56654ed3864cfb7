from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

from bot.editing.form_fields import numbered
from bot.facts.dates import is_to_come, parse_date


@pytest.mark.parametrize(
    ("published", "refused"),
    [
        ("2026-11-27", False),
        ("2026-11-28", False),  # tomorrow, which it is somewhere already
        ("2026-11-29", True),
        ("2026-12", False),  # an issue that is dated ahead
        ("2027", False),
        ("2027-06", True),
        ("2028", True),
        ("../2099", False),  # some day until then
    ],
)
def test_what_cannot_have_been_published_yet_is_to_come(published: str, refused: bool) -> None:
    with time_machine.travel(datetime(2026, 11, 27, 12, tzinfo=UTC), tick=False):
        assert is_to_come(parse_date(published)) is refused


class Looked(set[str]):
    """Names that are taken, which count how often one is looked for."""

    times = 0

    def __contains__(self, name: object) -> bool:
        Looked.times += 1
        return super().__contains__(name)


def test_a_free_number_is_found_in_a_few_looks_however_many_are_taken() -> None:
    taken = Looked()
    for number in range(1, 1001):
        name = numbered("report", taken)
        assert name == ("report" if number == 1 else f"report-{number}")
        taken.add(name)
    assert Looked.times <= 1000 * 20


def test_a_name_that_is_taken_gets_a_number_that_is_free_where_some_are_left_out() -> None:
    taken = {"report", "report-3", "report-4", "report-8", "other"}
    assert numbered("report", taken) not in taken
    assert numbered("report", {"report-2"}) == "report"
