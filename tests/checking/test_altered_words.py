"""Words and names that a quotation has put in the place of others, and lost words with content."""

from __future__ import annotations

import pytest

from bot.checking.alignment import align
from bot.checking.altered_words import losses, replacements
from bot.checking.hedges import hedge_changes
from bot.checking.recognition import share_in_common
from bot.english.compared_words import words_of
from bot.presentation.verdicts import describe
from tests.checking.stories import Check, Spelling


def steps(recorded: str, quoted: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    laid = align(words_of(quoted), words_of(recorded), Spelling())
    return replacements(laid), losses(laid)


@pytest.mark.parametrize(
    ("recorded", "quoted", "replaced", "lost"),
    [
        ("I appreciate the effort", "I despise the effort", [("appreciate", "despise")], []),
        ("It had a good effect on RT", "It had a bad effect on us all", [("RT", "us all"), ("good", "bad")], []),
        ("Twitter sold them ads", "Twitter gave them ads", [("sold", "gave")], []),
        ("Sputnik paid for it", "They paid for it", [("Sputnik", "They")], []),
        ("We sold them a sound engine", "We sold them an engine", [], ["sound"]),
        ("We sold them a very sound engine today", "We sold them an engine today", [], ["sound"]),
        ("You sell the front door of your own house", "You sell the door of your house", [], ["front", "own"]),
        ("The pipe burst at night", "The pipe bursts at night", [], []),
        ("We need nine pumps on Monday", "We need six pumps on Tuesday", [], []),
        ("It is his house and it is old", "It is the house and it is old", [], []),
    ],
)  # fmt: skip
def test_replaced_and_lost_words(recorded: str, quoted: str, replaced: list[tuple[str, str]], lost: list[str]) -> None:
    assert steps(recorded, quoted) == (tuple(replaced), tuple(lost))


def test_what_was_replaced_is_named_with_the_verdict(check: Check) -> None:
    (finding,) = check("I despise the effort, although RT and Facebook have been known entities for some time").findings
    said = describe(finding)
    assert said.verdict == "Not what was said"
    assert said.warnings == (
        "It speaks of “Facebook”, where “Sputnik” was said.",
        "It says “despise”, where “appreciate” was said.",
    )


def test_a_word_that_means_the_contrary_is_told_once(check: Check) -> None:
    (finding,) = check("I read the letter and I made the right call").findings
    assert describe(finding).warnings == ("It says “right”, where “wrong” was said, which reverses the meaning.",)


@pytest.mark.parametrize(
    ("recorded", "quoted", "hedges"),
    [
        ("He attempted to hide it", "He hid it", [("attempted to", "")]),
        ("It may have failed", "It has failed", [("may have", "")]),
        ("It cost about 40 crowns", "It cost 40 crowns", [("about", "")]),
        ("They knew about the fog", "They knew of the fog", []),
        ("It probably failed", "It likely failed", []),
        ("She is trying to sell", "She attempts to sell", []),
        ("It failed", "It perhaps failed", [("", "perhaps")]),
    ],
)  # fmt: skip
def test_what_makes_a_statement_less_sure(recorded: str, quoted: str, hedges: list[tuple[str, str]]) -> None:
    laid = align(words_of(quoted), words_of(recorded), Spelling())
    assert hedge_changes(laid) == tuple(hedges)


@pytest.mark.parametrize(
    ("recorded", "quoted"),
    [
        ("We lost about 500 people there", "We lost 500 people there"),
        ("We lost almost 500 people there", "We lost 500 people there"),
        ("We tried to help them there", "We help them there"),
        ("They failed to find us there", "They find us there"),
    ],
)
def test_a_hedge_that_was_left_out_makes_the_words_no_less_alike(recorded: str, quoted: str) -> None:
    assert share_in_common(align(words_of(quoted), words_of(recorded), Spelling())) == 1.0


def test_a_hedge_before_a_number_that_changed_weighs_nothing() -> None:
    wrong, hedged = "We lost 600 people there", "We lost about 500 people there"
    plain = share_in_common(align(words_of(wrong), words_of("We lost 500 people there"), Spelling()))
    assert share_in_common(align(words_of(wrong), words_of(hedged), Spelling())) == plain


def test_a_hedge_that_was_left_out_is_said_once(check: Check) -> None:
    (finding,) = check("what I hope is we’ll see enhanced efforts, and Twitter’s announcement today is positive").findings
    warnings = describe(finding).warnings
    assert len(warnings) == len(set(warnings))


def test_another_subject_is_said_once(check: Check) -> None:
    (finding,) = check("“The council knew on Wednesday and told the country on Saturday”").findings
    said = describe(finding)
    assert said.verdict == "Not what was said"
    assert said.warnings == ("It speaks of “The council”, where “The minister” was said.",)


def test_one_altered_run_is_said_in_one_sentence(check: Check) -> None:
    (finding,) = check("we did not take this decision lightly").findings
    assert describe(finding).warnings == ("It says “take”, where “come to” was said.",)
