"""Verbs that deny what follows them turn the meaning around as a "not" does; a hedge beside them is a change of its own."""

from __future__ import annotations

import pytest

from bot.checking.alignment import Step, align
from bot.checking.brackets import Cast, meanings
from bot.checking.flags import Flag, flags_of
from bot.checking.hedges import denial_changes, hedge_changes
from bot.english.compared_words import words_of
from tests.checking.stories import Spelling


def laid(recorded: str, quoted: str) -> tuple[Step, ...]:
    return align(words_of(quoted), words_of(recorded), Spelling())


@pytest.mark.parametrize(
    ("recorded", "quoted", "denials"),
    [
        ("They failed to convince me", "They convinced me", [("failed to", "")]),
        ("They refused to pay us", "They paid us", [("refused to", "")]),
        ("They declined to sign it", "They signed it", [("declined to", "")]),
        ("She forgot to lock it", "She locked it", [("forgot to", "")]),
        ("They convinced me", "They failed to convince me", [("", "failed to")]),
        ("They failed to convince me", "They managed to convince me", [("failed", "managed")]),
        ("They tried to convince me", "They failed to convince me", [("tried", "failed")]),
    ],
)
def test_a_denying_verb_turns_the_meaning_around(recorded: str, quoted: str, denials: list[tuple[str, str]]) -> None:
    steps = laid(recorded, quoted)
    assert denial_changes(steps) == tuple(denials)
    assert hedge_changes(steps) == ()
    assert Flag.NEGATION in flags_of(steps, recorded, quoted, meanings(steps, Cast(text=recorded)))


@pytest.mark.parametrize(
    ("recorded", "quoted"),
    [
        ("They failed to convince me", "They refused to convince me"),
        ("They failed to convince me", "They did not convince me"),
        ("They did not fail to convince me", "They convinced me"),
        ("They failed us twice", "They helped us twice"),
        ("They failed to convince me", "They failed to convince us"),
    ],
)
def test_what_denies_as_before_is_no_such_change(recorded: str, quoted: str) -> None:
    assert denial_changes(laid(recorded, quoted)) == ()


def test_a_hedge_beside_a_denying_verb_is_a_change_of_its_own() -> None:
    steps = laid("In the end they may have failed to convince me of it", "In the end they convinced me of it")
    assert denial_changes(steps) == (("failed to", ""),)
    assert hedge_changes(steps) == (("may have", ""),)
