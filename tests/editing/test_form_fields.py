from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

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
