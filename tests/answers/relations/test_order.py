from __future__ import annotations

from bot.answers.relations.order import Moment, came_after, follows, in_period, latest


def day(first: int, last: int | None = None, place: int = 0) -> Moment:
    return Moment(first, last or first, place)


def test_dates_order_facts_only_as_far_as_they_tell() -> None:
    assert came_after(day(20171027), day(20171026))
    assert came_after(day(20171026, 20171028), day(20171026))
    assert not came_after(day(20171001, 20171031), day(20171026))
    assert not came_after(day(20171026), day(20171001, 20171031))
    assert not came_after(day(20171026), day(20171026))


def test_one_day_is_ordered_as_the_story_tells_it() -> None:
    assert follows(day(20171124, place=5), day(20171124, place=0))
    assert not follows(day(20171124, place=0), day(20171124, place=5))


def test_what_the_dates_do_not_tell_apart_is_last_together_and_what_is_vague_is_not_last() -> None:
    one, other, vague = day(20171026, 20171028, place=1), day(20171026, 20171028, place=2), day(20170101, 20171231)
    assert latest([one, other, vague, day(20171020)]) == [one, other]
    assert latest([one, day(20171020)], first=True) == [day(20171020)]


def test_the_day_after_the_end_of_a_month_is_the_first_of_the_next() -> None:
    assert in_period(day(20171201), day(20171130), 1, 1)
    assert in_period(day(20171130), day(20171201), -1, -1)
    assert not in_period(day(20170101, 20171231), day(20171130), 1, 1)
