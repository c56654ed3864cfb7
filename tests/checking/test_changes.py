"""Words and names that a quotation has put in the place of others, and lost words with content."""

from __future__ import annotations

import pytest

from bot.checking.alignment import align
from bot.checking.changes import losses, replacements
from bot.checking.wording import describe
from bot.english.words import words_of
from tests.checking.conftest import Check


def steps(recorded: str, quoted: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    laid = align(words_of(quoted), words_of(recorded), lambda one, other: False)
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
    assert describe(finding).warnings == ("It says “right”, where “wrong” was said, which turns the meaning around.",)
