"""Pieces of a word or two: recorded as their speaker's, said by somebody and not recorded, or set off for other reasons."""

from __future__ import annotations

from bot.checking.verdict import Verdict
from bot.checking.wording import describe
from tests.checking.stories import Check


def test_one_word_of_a_named_speaker_is_a_part_of_what_was_said(check: Check) -> None:
    (finding,) = check("regrettable", "Simonyan").findings
    said = describe(finding)
    assert said.verdict == "Exact, and a part of what was said"
    assert said.notes == ("It is only 1 word of what was said, which does not show what was meant.",)
    (finding,) = check("highly regrettable", "Simonyan").findings
    assert describe(finding).notes == ()


def test_one_word_of_a_named_source_is_a_part_of_what_was_said(check: Check) -> None:
    (finding,) = check("regrettable", None, "World Socialist Web Site").findings
    assert finding.verdict is Verdict.EXACT


def test_one_word_that_nobody_is_named_for_is_no_quotation(check: Check) -> None:
    (finding,) = check("regrettable").findings
    assert finding.verdict is Verdict.UNKNOWN
    (finding,) = check("splendid", "Simonyan").findings
    assert finding.verdict is Verdict.UNKNOWN


def test_a_piece_that_its_sentence_gives_to_somebody_is_checked_however_short(check: Check) -> None:
    text = "Warner said “I appreciate” and Zakharova called it “splendid”. The “news” was that RT is “state-run”."
    checked = check(text)
    assert [(finding.quoted, finding.verdict) for finding in checked.findings] == [
        ("I appreciate", Verdict.EXACT),
        ("splendid", Verdict.UNKNOWN),
    ]
    assert checked.passed_over == 2
