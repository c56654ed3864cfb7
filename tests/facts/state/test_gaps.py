"""Gaps: grouped by likeness, counted, decided once, forgotten after a time with their askers."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import DecidedError, NotKnownError, UsageError
from bot.facts.base import FactBase
from bot.facts.state import gaps
from bot.facts.state.gaps import Outcome
from tests.facts.stories import ANN, BOB


def ask(
    base: FactBase, question: str, outcome: Outcome = "unanswered", *, reply: str | None = None, story: str | None = None
) -> int:
    return base.gaps.note(question, question.lower().split(), outcome, story=story, reply=reply, days=30)


def age(path: Path, days: int) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE asked SET at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ?)", (f"-{days} days",))


def test_like_questions_are_counted_together_most_asked_and_newest_first(base: FactBase) -> None:
    ferry = ask(base, "who pays ferry")
    paint = ask(base, "which colour paint")
    assert ask(base, "Who pays ferri") == ferry
    assert ask(base, "swim permitted") not in (ferry, paint)
    open_gaps = base.gaps.open()
    assert [gap.number for gap in open_gaps] == [ferry, ferry + 2, paint]
    assert (open_gaps[0].asked, open_gaps[0].unanswered, open_gaps[0].unhelpful) == (2, 2, 0)
    assert (open_gaps[0].question, open_gaps[0].wordings) == ("Who pays ferri", ("Who pays ferri", "who pays ferry"))
    assert base.gaps.open(limit=1) == open_gaps[:1]


def test_questions_of_different_stories_are_different_gaps(base: FactBase) -> None:
    assert ask(base, "who pays", story="bridge") != ask(base, "who pays")


def test_one_reply_counts_once_and_the_last_word_holds(base: FactBase) -> None:
    number = ask(base, "who pays", reply="r")
    assert ask(base, "something quite different", "unhelpful", reply="r") == number
    gap = base.gaps.get(number)
    assert (gap.asked, gap.unanswered, gap.unhelpful, gap.question) == (1, 0, 1, "who pays")


def test_a_gap_is_decided_once(base: FactBase) -> None:
    number = ask(base, "who pays")
    assert base.gaps.decide(number, "solved", ANN).status == "solved"
    with pytest.raises(DecidedError, match="has already been solved"):
        base.gaps.decide(number, "dismissed", BOB)
    assert base.gaps.open() == ()
    assert ask(base, "who pays") != number
    assert base.logbook.entries(limit=1)[0].action == "solve"


def test_who_waits_is_told_once_and_forgotten(base: FactBase) -> None:
    number = ask(base, "who pays")
    for user in (7, 5, 7):
        base.gaps.follow(number, user)
    assert base.gaps.get(number).followers == 2
    assert base.gaps.followers(number).users == (5, 7)
    assert [base.gaps.forget_follower(number, 5) for _ in range(2)] == [True, False]
    assert base.gaps.followers(number).users == (7,)
    base.gaps.forget_followers(number)
    base.gaps.decide(number, "dismissed", ANN)
    with pytest.raises(DecidedError):
        base.gaps.follow(number, 7)


def test_what_readers_asked_is_forgotten_with_who_waited_and_its_number_is_never_another(base: FactBase, tmp_path: Path) -> None:
    number = ask(base, "who pays")
    base.gaps.follow(number, 7)
    age(tmp_path / "edited.db", 29)
    base.forget(question_days=30, reply_days=30)
    assert base.gaps.get(number).asked == 1
    base.forget(question_days=28, reply_days=30)
    for look in (
        lambda: base.gaps.get(number),
        lambda: base.gaps.follow(number, 7),
        lambda: base.gaps.decide(number, "solved", ANN),
    ):
        with pytest.raises(NotKnownError, match="no longer kept"):
            look()
    assert base.gaps.followers(number).users == ()
    assert ask(base, "who pays") == number + 1


def test_asking_forgets_what_is_too_old(base: FactBase, tmp_path: Path) -> None:
    ask(base, "who pays")
    age(tmp_path / "edited.db", 31)
    ask(base, "which colour paint")
    assert [gap.question for gap in base.gaps.open()] == ["which colour paint"]


def test_a_question_is_no_change_of_facts(base: FactBase) -> None:
    before = base.version()
    ask(base, "who pays")
    assert base.version() == before
    with base.transaction():
        ask(base, "who pays again")


def test_one_user_follows_so_many_gaps_and_a_gap_has_so_many_followers(base: FactBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gaps, "MAX_FOLLOWED", 2)
    monkeypatch.setattr(gaps, "MAX_FOLLOWERS", 3)
    first, second, third = (ask(base, question) for question in ("who pays ferry", "which colour paint", "swim permitted"))
    base.gaps.follow(first, 1)
    base.gaps.follow(second, 1)
    base.gaps.follow(second, 1)
    with pytest.raises(UsageError, match="You are already waiting for 2 answers"):
        base.gaps.follow(third, 1)
    base.gaps.forget_followers(first)
    base.gaps.follow(third, 1)
    base.gaps.follow(third, 2)
    base.gaps.follow(third, 3)
    with pytest.raises(UsageError, match="So many people are waiting for this answer"):
        base.gaps.follow(third, 4)


def test_of_too_many_questions_the_oldest_go_with_their_gaps(base: FactBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gaps, "MAX_ASKED", 3)
    first = ask(base, "who pays ferry")
    for question in ("which colour paint", "swim permitted", "why so late"):
        last = ask(base, question)
    assert [gap.question for gap in base.gaps.open()] == ["why so late", "swim permitted", "which colour paint"]
    assert base.gaps.get(last).asked == 1
    with pytest.raises(NotKnownError):
        base.gaps.get(first)
