"""What must not be overlooked when words are laid against a record: one flag for each way to turn them round."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checking.alignment import Step, align
from bot.checking.brackets import Cast, meanings
from bot.checking.flags import Flag, cut_frame, flags_of, in_order, turned_question
from bot.checking.verdict import Finding, Verdict
from bot.english.compared_words import words_of
from tests.checking.stories import Spelling

WORDS = [
    "the",
    "bridge",
    "is",
    "not",
    "never",
    "shut",
    "open",
    "5",
    "days",
    "weeks",
    "may",
    "must",
    "only",
    "I",
    "think",
    "if",
    "…",
    "[it]",
    ".",
    "?",
    ",",
    "No",
    "£3m",
]
PHRASES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=20).map(" ".join)


def laid(recorded: str, quoted: str) -> tuple[Step, ...]:
    return align(words_of(quoted), words_of(recorded), Spelling())


def flags(recorded: str, quoted: str) -> set[Flag]:
    steps = laid(recorded, quoted)
    return set(flags_of(steps, recorded, quoted, meanings(steps, Cast(text=recorded))))


@pytest.mark.parametrize(
    ("recorded", "quoted", "flag"),
    [
        ("The bridge is not shut", "The bridge is shut", Flag.NEGATION),
        ("The bridge is shut", "The bridge is not shut", Flag.NEGATION),
        ("We have cash for five weeks", "We have cash for six weeks", Flag.NUMBER),
        ("We have cash for five weeks", "We have cash for five days", Flag.NUMBER),
        ("We paid £3m for it", "We paid $3m for it", Flag.NUMBER),
        ("We may shut the bridge", "We shut the bridge", Flag.SURER),
        ("We must shut the bridge", "We may shut the bridge", Flag.SENSE),
        ("At least ten boats were lost", "At most ten boats were lost", Flag.SENSE),
        ("Is the bridge shut?", "The bridge is shut.", Flag.QUESTION),
        ("The bridge is shut.", "The bridge is shut?", Flag.QUESTION),
        ("The bridge is old and shut", "The bridge is shut", Flag.CUT),
        ("The bridge is shut", "The bridge is very very very much shut", Flag.ADDED),
    ],
)
def test_each_way_to_turn_words_round_has_its_flag(recorded: str, quoted: str, flag: Flag) -> None:
    assert flag in flags(recorded, quoted)


@pytest.mark.parametrize(
    ("recorded", "quoted"),
    [
        ("The bridge is shut.", "the bridge is shut"),
        ("The bridge is shut, and the ferry runs", "The bridge is shut"),
        ("We paid £3m for it", "We paid £3 million for it"),
        ("We don't know", "We do not know"),
        ("The old bridge is shut", "The … bridge is shut"),
    ],
)
def test_what_is_the_same_in_sense_has_none(recorded: str, quoted: str) -> None:
    assert flags(recorded, quoted) == set()


@pytest.mark.parametrize(
    ("recorded", "quoted", "frame"),
    [
        ("I believe the bridge is shut", "the bridge is shut", "I believe"),
        ("If the wind drops, the ferry sails", "the ferry sails", "If the wind drops"),
        ("If the ferry sails we are safe", "the ferry sails", "If"),
        ("The bridge is safe? No, it is not", "The bridge is safe", "No"),
        ("The bridge is shut and we know it", "The bridge is shut", ""),
    ],
)
def test_a_frame_on_which_words_depend_is_named(recorded: str, quoted: str, frame: str) -> None:
    assert cut_frame(laid(recorded, quoted), recorded) == frame


def test_a_piece_of_a_question_may_end_without_its_mark() -> None:
    recorded = "Is the bridge shut for good?"
    assert turned_question(laid(recorded, "Is the bridge shut"), recorded, "Is the bridge shut") is None
    assert turned_question(laid(recorded, "the bridge shut for good."), recorded, "the bridge shut for good.") == "stated"


def test_the_gravest_comes_first() -> None:
    assert in_order({Flag.ADDED, Flag.NEGATION, Flag.NUMBER}) == (Flag.NEGATION, Flag.NUMBER, Flag.ADDED)


def test_each_flag_decides_whether_it_is_what_was_said() -> None:
    names = "negation, opposite, cut negation, cut frame, question, number, meant, surer, subject, sense"
    assert [flag.value for flag in Flag if flag.misleads] == names.split(", ")
    for flag in Flag:
        assert Finding("the bridge is shut", Verdict.DIFFERS, changes={flag: ()}).misleads is flag.misleads
        assert not Finding("the bridge is shut", Verdict.OTHER_PLACE, changes={flag: ()}).misleads


@given(PHRASES)
def test_words_laid_against_themselves_have_no_flag(text: str) -> None:
    plain = text.replace("…", "").replace("[it]", "it")
    assert flags(plain, plain) == set()


@given(PHRASES, PHRASES)
def test_any_words_are_laid_against_any(recorded: str, quoted: str) -> None:
    steps = laid(recorded, quoted)
    assert set(flags_of(steps, recorded, quoted, meanings(steps, Cast(text=recorded)))) <= set(Flag)
    assert isinstance(cut_frame(steps, recorded), str)
