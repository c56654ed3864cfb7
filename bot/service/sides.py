"""The sides of an event: whether several speak about it, and what each says of it, now or by a day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.answers.as_of import sides_as_of
from bot.errors import NotKnownError
from bot.facts.speakers import EventSides
from bot.messages import Message
from bot.service.session import Session


class SidesOf(NamedTuple):
    """An event of which several sides speak, and the day (yyyymmdd) by which they had spoken; None: today."""

    event: int
    day: int | None = None


def several_sides(
    session: Session, facts: Sequence[int], *, as_of: str | None = None, story: str | None = None
) -> SidesOf | None:
    """Return the event, of those that facts are or belong to, about which several sides speak; None where there is none.

    ``as_of``, with the story that was asked: only what they had said by then counts.
    """
    day = session.day(as_of, story)
    speakers = session.base.speakers
    if day is None:
        event = speakers.disputed_event(facts)
        return None if event is None else SidesOf(event)
    for event in dict.fromkeys(speakers.disputed_event([number]) for number in facts):
        sides = speakers.sides(event) if event is not None else None
        if event is not None and sides is not None and len(sides_as_of(sides, day).sides) > 1:
            return SidesOf(event, day)
    return None


def sides_of_event(session: Session, event: int, day: int | None = None) -> EventSides:
    """Return an event and what each side says of it, had said by a ``day`` (yyyymmdd) if one is given.

    Raises NotKnownError where the event is gone.
    """
    sides = session.base.speakers.sides(event)
    if sides is not None and day is not None:
        sides = sides_as_of(sides, day)
    if sides is None or not sides.sides:
        raise NotKnownError(Message("Nobody is on record about that any more; ask again for what the facts say now."))
    return sides
