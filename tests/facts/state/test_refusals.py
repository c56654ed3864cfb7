"""Channels that refuse messages: counted, told of once, and forgotten when they take one or follow nothing any more."""

from __future__ import annotations

from bot.facts.base import FactBase
from bot.facts.logbook import sign
from bot.facts.state.follows import FollowTarget
from bot.facts.state.refusals import MAX_REFUSALS

STORY, LEE = FollowTarget("story", "bridge"), FollowTarget("actor", "bridge", "lee")


def test_somebody_is_to_be_told_after_some_refusals_until_somebody_was(base: FactBase) -> None:
    base.follows.add(STORY, channel=5, daily=False)
    noted = [base.refusals.note(5) for _ in range(MAX_REFUSALS + 1)]
    assert noted == [False] * (MAX_REFUSALS - 1) + [True] * 2
    base.refusals.mark_told(5)
    assert not base.refusals.note(5)
    assert list(base.refusals.since()) == [5]
    base.refusals.end(5)
    assert base.refusals.since() == {}
    assert not base.refusals.note(5), "it is another time"


def test_a_channel_that_follows_nothing_any_more_is_forgotten(base: FactBase) -> None:
    one, other = (base.follows.add(target, channel=5, daily=False) for target in (STORY, LEE))
    base.follows.add(STORY, channel=6, daily=False)
    for channel in (5, 6):
        base.refusals.note(channel)
    base.follows.remove(one.number)
    assert set(base.refusals.since()) == {5, 6}
    base.follows.remove(other.number)
    assert set(base.refusals.since()) == {6}
    base.follows.end_channel(6)
    assert base.refusals.since() == {}


def test_who_had_a_channel_follow_something_is_known_from_the_logbook(base: FactBase) -> None:
    assert base.refusals.set_by("The bridge") is None
    base.follows.add(STORY, channel=5, daily=False, signature=sign("discord:7", None))
    assert base.refusals.set_by("The bridge") == "discord:7"
