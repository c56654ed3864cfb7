"""Follows: stored once, limited, told once up to a change, and deleted with whoever leaves."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import NotKnownError, UsageError
from bot.facts.base import FactBase
from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.facts.state import follows
from bot.facts.state.follows import ENDED_DAYS, MAX_FOLLOWS, MAX_QUESTIONS, FollowTarget
from tests.facts.stories import ANN, DEARER

STORY, LEE = FollowTarget("story", "bridge"), FollowTarget("actor", "bridge", "lee")
WHO_PAYS = FollowTarget("question", "", "Who pays?")


def test_what_is_followed_has_its_name_and_is_followed_once(base: FactBase) -> None:
    for target in (STORY, LEE, WHO_PAYS):
        base.follows.add(target, user=7, daily=False)
    again = base.follows.add(LEE, user=7, daily=True)
    base.follows.add(LEE, user=8, daily=False)
    assert [(follow.title, follow.daily) for follow in base.follows.of_user(7)] == [
        ("The bridge", False), ("Maria Lee", True), ("Who pays?", False)
    ]  # fmt: skip
    assert base.follows.remove(again.number, user=7).title == "Maria Lee"
    assert [follow.title for follow in base.follows.of_user(7)] == ["The bridge", "Who pays?"]
    with pytest.raises(NotKnownError):
        base.follows.remove(again.number, user=7)


def test_nobody_unfollows_for_another(base: FactBase) -> None:
    mine = base.follows.add(STORY, user=7, daily=False)
    channel = base.follows.add(STORY, channel=5, daily=True, signature=sign("ann", None))
    for number, user in ((mine.number, 8), (mine.number, None), (channel.number, 7)):
        with pytest.raises(NotKnownError):
            base.follows.remove(number, user=user)
    base.follows.remove(channel.number, signature=sign("ann", None))
    assert base.follows.of_channels() == ()
    assert [(entry.action, entry.what) for entry in base.logbook.entries(limit=2)] == [
        ("unfollow", "The bridge"), ("follow", "The bridge")
    ]  # fmt: skip


def test_the_number_of_a_follow_is_never_that_of_another(base: FactBase) -> None:
    first = base.follows.add(STORY, user=7, daily=False)
    base.follows.remove(first.number, user=7)
    assert base.follows.add(LEE, user=7, daily=False).number > first.number


def test_a_member_follows_so_many_things_and_so_many_questions(base: FactBase, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(MAX_QUESTIONS):
        base.follows.add(FollowTarget("question", "", f"Who pays {number}?"), user=7, daily=False)
    with pytest.raises(UsageError, match=f"more than {MAX_QUESTIONS} follows"):
        base.follows.add(WHO_PAYS, user=7, daily=False)
    for number in range(MAX_FOLLOWS - MAX_QUESTIONS):
        base.follows.add(FollowTarget("actor", "bridge", str(number)), user=7, daily=False)
    with pytest.raises(UsageError, match=f"more than {MAX_FOLLOWS} follows"):
        base.follows.add(STORY, user=7, daily=False)
    base.follows.add(STORY, user=8, daily=False)
    monkeypatch.setattr(follows, "MAX_IN_SERVER", MAX_FOLLOWS + 1)
    with pytest.raises(UsageError):
        base.follows.add(LEE, user=8, daily=False)


def test_who_was_told_up_to_a_change_is_behind_after_the_next(base: FactBase) -> None:
    follow = base.follows.add(WHO_PAYS, user=7, daily=False, answer=(3, 1))
    assert base.follows.behind(base.news.last_change()) == ()
    base.revisions.apply(Edit("bridge", facts=(DEARER,)), ANN)
    last = base.news.last_change()
    assert base.follows.behind(last) == (follow,)
    assert base.follows.mark_told([follow], last, {follow.number: None}, sent_on="2021-03-05")
    assert base.follows.behind(last) == ()
    assert base.follows.of_user(7)[0].answer is None
    assert not base.follows.mark_told([follow], last, {}), "it was told before"
    base.follows.take_back([follow])
    assert base.follows.behind(last) == (follow,)
    base.follows.remove(follow.number, user=7)
    assert not base.follows.mark_told([follow], last, {}), "it is not followed any more"


def test_a_question_that_was_not_asked_of_all_facts_is_until_it_was(base: FactBase) -> None:
    follow = base.follows.add(WHO_PAYS, user=7, daily=False, asked=False)
    base.revisions.apply(Edit("bridge", facts=(DEARER,)), ANN)
    assert base.follows.mark_told([follow], base.news.last_change(), {})
    assert not base.follows.of_user(7)[0].asked, "it was not asked again"
    (again,) = base.follows.of_user(7)
    assert base.follows.mark_told([again], base.news.last_change(), {follow.number: None})
    assert base.follows.of_user(7)[0].asked
    base.follows.take_back([again])
    assert not base.follows.of_user(7)[0].asked


def test_messages_are_counted_by_the_day(base: FactBase) -> None:
    story, lee = (base.follows.add(target, user=7, daily=False) for target in (STORY, LEE))
    base.revisions.apply(Edit("bridge", facts=(DEARER,)), ANN)
    for follow in (story, lee):
        base.follows.mark_told([follow], 2, {}, sent_on="2021-03-05")
    assert base.follows.sent_on("2021-03-05", 7) == 2
    assert base.follows.sent_on("2021-03-06", 7) == 0
    assert base.follows.sent_on("2021-03-05", 8) == 0


def test_who_cannot_be_reached_is_told_once_what_ended_and_it_is_forgotten_in_time(base: FactBase, tmp_path: Path) -> None:
    base.follows.add(LEE, user=7, daily=False)
    base.follows.add(STORY, user=8, daily=False)
    base.follows.end(7, say_so=True)
    base.follows.end(8, say_so=False)
    assert base.follows.of_user(7) == base.follows.of_user(8) == ()
    assert base.privacy.personal_data("discord:7", 7).follows == ("Maria Lee",)
    assert base.follows.take_ended(7) == ("Maria Lee",)
    assert base.follows.take_ended(7) == base.follows.take_ended(8) == ()
    base.follows.add(LEE, user=7, daily=False)
    base.follows.end(7, say_so=True)
    with closing(sqlite3.connect(tmp_path / "edited.db")) as raw, raw:
        raw.execute("UPDATE ended_follow SET at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ?)", (f"-{ENDED_DAYS + 1} days",))
    base.forget(question_days=30, reply_days=30)
    assert base.follows.take_ended(7) == ()


def test_a_channel_that_is_gone_follows_nothing(base: FactBase) -> None:
    for channel in (5, 6):
        base.follows.add(STORY, channel=channel, daily=True)
    base.follows.end_channel(5)
    assert [follow.channel for follow in base.follows.of_channels()] == [6]


def test_what_somebody_follows_is_shown_and_deleted_with_the_rest_about_them(base: FactBase) -> None:
    for user in (7, 8):
        base.follows.add(STORY, user=user, daily=False)
        base.follows.end(user, say_so=True)
        base.follows.add(LEE, user=user, daily=False)
    assert base.privacy.personal_data("discord:7", 7).follows == ("Maria Lee", "The bridge")
    base.privacy.delete("discord:7", 7)
    assert not base.privacy.personal_data("discord:7", 7)
    assert base.privacy.personal_data("discord:8", 8).follows == ("Maria Lee", "The bridge")
