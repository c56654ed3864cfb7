"""Verdicts that need more than the words: of a word or two, and of two recorded quotes that a quotation runs together."""

from __future__ import annotations

import pytest

from bot.checking.flags import Flag
from bot.checking.verdict import Verdict
from bot.presentation.verdicts import describe
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


def test_one_word_of_a_named_speaker_is_a_part_of_what_was_said(check: Check) -> None:
    (finding,) = check("regrettable", "Simonyan").findings
    said = describe(finding)
    assert said.verdict == "Real words: read them in their sentence"
    assert said.warnings == ("It stood after “highly”, which was left out.",)
    assert said.notes == ("It is only 1 word of what was said, which does not show what was meant.",)
    (finding,) = check("highly regrettable", "Simonyan").findings
    assert describe(finding).notes == ()


def test_one_word_of_a_named_source_is_a_part_of_what_was_said(check: Check) -> None:
    (finding,) = check("regrettable", None, "World Socialist Web Site").findings
    assert finding.verdict is Verdict.CUT_OUT


def test_one_word_that_nobody_is_named_for_is_no_quotation(check: Check) -> None:
    (finding,) = check("regrettable").findings
    assert finding.verdict is Verdict.UNKNOWN
    (finding,) = check("splendid", "Simonyan").findings
    assert finding.verdict is Verdict.UNKNOWN


def test_a_piece_that_its_sentence_gives_to_somebody_is_checked_however_short(check: Check) -> None:
    text = "Warner said “I appreciate” and Zakharova called it “splendid”. The “news” was that RT is “state-run”."
    checked = check(text)
    assert [(finding.quoted, finding.verdict) for finding in checked.findings] == [
        ("I appreciate", Verdict.CUT_OUT),
        ("splendid", Verdict.UNKNOWN),
    ]
    assert checked.passed_over == 2
