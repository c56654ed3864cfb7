"""Two recorded quotes that a quotation runs together: both are named, with what was changed in either."""

from __future__ import annotations

import pytest

from bot.checking.flags import Flag
from bot.checking.verdict import Verdict
from tests.checking.stories import Check


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ("I want it off the network tonight", "the lamps were off"),
        ("I take no pleasure in this.", "I have seen coffee stalls with better bookkeeping."),
        ("Nobody will touch a single machine", "I want them out before somebody gets killed"),
    ],
)
@pytest.mark.parametrize("joint", [" ", " and ", " … "])
def test_two_quotes_run_together_are_named_with_both(head: str, tail: str, joint: str, check: Check) -> None:
    (finding,) = check(f"{head}{joint}{tail}").findings
    assert (finding.verdict, Flag.JOINED in finding.flags) == (Verdict.DIFFERS, True)
    assert [part.quoted.strip(" .") for part in finding.joined] == [head.strip("."), tail.strip(".")]
    first, second = (part.record for part in finding.joined)
    assert first is not None
    assert second is not None
    assert first != second
    assert finding.record == first


def test_what_is_changed_in_either_is_flagged_too(check: Check) -> None:
    (finding,) = check("I take no pleasure in this. I have never seen coffee stalls with better bookkeeping.").findings
    assert {Flag.JOINED, Flag.NEGATION} <= set(finding.flags)


@pytest.mark.parametrize(
    "quoted",
    [
        "I want it off the network tonight",
        "Nobody lasts two days in water this cold.",  # a number is another
        "I want it off the network tonight lamps off",  # of the other quote there are two words
        "I want it off the network tonight, and the elephant sang in the bath",
    ],
)
def test_one_quote_is_not_two(quoted: str, check: Check) -> None:
    (finding,) = check(quoted).findings
    assert finding.joined == ()
    assert Flag.JOINED not in finding.flags
