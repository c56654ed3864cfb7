"""Follows: the stories, actors and questions of which members, or channels, want to be told when their facts change."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.errors import NotKnownError, UsageError
from bot.facts.connection import Store
from bot.facts.logbook import Signature, now, write_entry
from bot.messages import Count, Message

FollowKind: TypeAlias = Literal["story", "actor", "question"]
FOLLOW_KINDS: tuple[FollowKind, ...] = ("story", "actor", "question")

MAX_FOLLOWS, MAX_QUESTIONS = 20, 5
"""Follows of one member, or of one channel, and how many of them may be questions: each is asked again after a change."""

MAX_IN_SERVER = 5_000
"""Follows of one server."""

ENDED_DAYS = 30
"""Days for which a follow that ended is kept, to be told of."""

_TOO_MANY = "That would be more than {most} follows, the most that there may be. Unfollow some with /following."
_GONE = "That is not followed any more."

_SELECT = """
    SELECT follow.id, user, channel, kind, story, named, daily, told, answer, answer_revision, asked, coalesce(CASE kind
        WHEN 'story' THEN (SELECT title FROM story WHERE slug = follow.story)
        WHEN 'actor' THEN (
            SELECT name FROM actor JOIN story ON story.id = actor.story_id
            WHERE actor.slug = named AND story.slug = follow.story
        )
    END, named) FROM follow
"""


@dataclass(frozen=True, slots=True)
class FollowTarget:
    """What is followed: a ``story`` (its id), the actor of it that is ``named`` (an id), or a question in its words.

    A question is asked of one story, or with "" of all.
    """

    kind: FollowKind
    story: str
    named: str = ""


@dataclass(frozen=True, slots=True)
class Follow:
    """Something that a ``user`` or a ``channel`` (ids of Discord's) is told of, at once or ``daily``.

    ``told`` is the last change that was told, ``answer`` the number and revision of the fact that answered a question then; None
    where none did, and unless it was ``asked`` of all facts. ``title`` is the title of the story, the name of the actor or the
    question.
    """

    number: int
    user: int | None
    channel: int | None
    target: FollowTarget
    daily: bool
    told: int
    answer: tuple[int, int] | None
    asked: bool
    title: str

    @property
    def recipient(self) -> tuple[int | None, int | None]:
        """Who is told: a user or a channel."""
        return self.user, self.channel


class Follows(Store):
    """Stores follows, and what was told last."""

    def add(
        self,
        target: FollowTarget,
        *,
        user: int | None = None,
        channel: int | None = None,
        daily: bool,
        answer: tuple[int, int] | None = None,
        asked: bool = True,
        signature: Signature | None = None,
    ) -> Follow:
        """Follow something from now on, for a user or for a channel; where it is followed already, as often as is said now.

        A ``signature`` goes into the logbook. Raises UsageError where there are too many.
        """
        number, revision = answer or (None, None)
        with self._connections.writing(facts=False) as database:
            kept = "ifnull(user, 0) = ? AND ifnull(channel, 0) = ?"
            whose, what = (user or 0, channel or 0), (target.kind, target.story, target.named)
            same = f"{kept} AND kind = ? AND story = ? AND named = ?"
            if not database.execute(f"UPDATE follow SET daily = ? WHERE {same}", (daily, *whose, *what)).rowcount:
                _check_room(database, kept, whose, target.kind)
                database.execute(
                    "INSERT INTO follow(user, channel, kind, story, named, daily, told, answer, answer_revision, asked)"
                    " VALUES (?, ?, ?, ?, ?, ?, (SELECT ifnull(max(change), 0) FROM revision), ?, ?, ?)",
                    (user, channel, *what, daily, number, revision, asked),
                )
            (follow,) = _follows(database, f"WHERE {same}", (*whose, *what))
            if signature is not None:
                write_entry(database, signature, "follow", follow.title)
            return follow

    def of_user(self, user: int) -> tuple[Follow, ...]:
        """Return what a user follows, the latest last."""
        with self._connections.reading() as connection:
            return _follows(connection, "WHERE user = ? ORDER BY follow.id", (user,))

    def of_channels(self) -> tuple[Follow, ...]:
        """Return what is followed in channels, the latest last."""
        with self._connections.reading() as connection:
            return _follows(connection, "WHERE channel IS NOT NULL ORDER BY follow.id", ())

    def channels(self) -> tuple[int, ...]:
        """Return the channels that follow something."""
        with self._connections.reading() as connection:
            return following_channels(connection)

    def remove(self, number: int, *, user: int | None = None, signature: Signature | None = None) -> Follow:
        """Unfollow, as the ``user`` whose follow it is, or for a channel. Raises NotKnownError where there is no such follow."""
        with self._connections.writing(facts=False) as database:
            follows = _follows(database, "WHERE follow.id = ? AND user IS ?", (number, user))
            if not follows:
                raise NotKnownError(Message(_GONE))
            database.execute("DELETE FROM follow WHERE id = ?", (number,))
            if signature is not None:
                write_entry(database, signature, "unfollow", follows[0].title)
            return follows[0]

    def behind(self, change: int) -> tuple[Follow, ...]:
        """Return the follows that were not told of all changes up to a change, those told longest ago first."""
        with self._connections.reading() as connection:
            return _follows(connection, "WHERE told < ? ORDER BY told, follow.id", (change,))

    def sent_on(self, day: str, user: int) -> int:
        """Return how many messages a user was sent on a day (ISO 8601)."""
        row = self._connections.row("SELECT ifnull(sum(sent), 0) FROM follow WHERE user = ? AND day = ?", (user, day))
        return int(row[0]) if row else 0

    def mark_told(
        self, follows: Sequence[Follow], change: int, answers: dict[int, tuple[int, int] | None], *, sent_on: str | None = None
    ) -> bool:
        """Record that follows are being told of all up to a change, and of new ``answers`` by their numbers.

        ``sent_on`` is the day on which a message is sent for it, None where there is nothing to send. Return False, having
        written nothing, where one of them is not followed any more, or was told meanwhile.
        """
        with self._connections.writing(facts=False) as database:
            there = ((follow.number, follow.told) for follow in follows)
            query = "SELECT 1 FROM follow WHERE id = ? AND told = ?"
            if not all(database.execute(query, values).fetchone() for values in there):
                return False
            for follow in follows:
                answer, asked = answers.get(follow.number, follow.answer), follow.asked or follow.number in answers
                _write_told(database, follow.number, change, answer, asked)
            if sent_on is not None:
                database.execute(
                    "UPDATE follow SET sent = CASE day WHEN ? THEN sent + 1 ELSE 1 END, day = ? WHERE id = ?",
                    (sent_on, sent_on, follows[0].number),
                )
            return True

    def take_back(self, follows: Iterable[Follow]) -> None:
        """Record that follows were not told after all, so that they are told later."""
        with self._connections.writing(facts=False) as database:
            for follow in follows:
                _write_told(database, follow.number, follow.told, follow.answer, follow.asked)

    def end(self, user: int, *, say_so: bool) -> None:
        """Delete what a user follows; with ``say_so``, keep the titles for a while to tell them."""
        with self._connections.writing(facts=False) as database:
            if say_so:
                for follow in _follows(database, "WHERE user = ?", (user,)):
                    database.execute("INSERT INTO ended_follow VALUES (?, ?, ?)", (user, follow.title, now()))
            database.execute("DELETE FROM follow WHERE user = ?", (user,))

    def end_channel(self, channel: int) -> None:
        """Delete what is followed in a channel that is gone."""
        self._connections.change("DELETE FROM follow WHERE channel = ?", (channel,))

    def take_ended(self, user: int) -> tuple[str, ...]:
        """Return the titles of a user's follows that ended, and forget them."""
        if self._connections.row("SELECT 1 FROM ended_follow WHERE user = ?", (user,)) is None:
            return ()
        with self._connections.writing(facts=False) as database:
            rows = database.execute("DELETE FROM ended_follow WHERE user = ? RETURNING title", (user,)).fetchall()
            return tuple(row[0] for row in rows)


def following_channels(connection: sqlite3.Connection) -> tuple[int, ...]:
    """Return the channels that follow something."""
    rows = connection.execute("SELECT DISTINCT channel FROM follow WHERE channel IS NOT NULL ORDER BY channel")
    return tuple(row[0] for row in rows)


def titles_of(connection: sqlite3.Connection, user: int) -> tuple[str, ...]:
    """Return the titles of what a user follows, and of what they followed until it ended."""
    titles = [follow.title for follow in _follows(connection, "WHERE user = ? ORDER BY follow.id", (user,))]
    ended = connection.execute("SELECT title FROM ended_follow WHERE user = ? ORDER BY at", (user,))
    return (*titles, *(row[0] for row in ended))


def _check_room(connection: sqlite3.Connection, kept: str, whose: tuple[int, int], kind: FollowKind) -> None:
    """Raise UsageError where a user or a channel, or the server, has as many follows as it may."""

    def count(where: str, *values: object) -> int:
        return int(connection.execute(f"SELECT count(*) FROM follow WHERE {where}", values).fetchone()[0])

    limits = [(MAX_FOLLOWS, count(kept, *whose)), (MAX_IN_SERVER, count("1"))]
    if kind == "question":
        limits.insert(0, (MAX_QUESTIONS, count(f"{kept} AND kind = 'question'", *whose)))
    for bound, number in limits:
        if number >= bound:
            raise UsageError(Message(_TOO_MANY, most=Count(bound)))


def _follows(connection: sqlite3.Connection, condition: str, values: Sequence[object]) -> tuple[Follow, ...]:
    rows = connection.execute(f"{_SELECT} {condition}", values).fetchall()
    return tuple(
        Follow(
            number,
            user,
            channel,
            FollowTarget(kind, story, named),
            bool(daily),
            told,
            _answer(fact, revision),
            bool(asked),
            title,
        )
        for number, user, channel, kind, story, named, daily, told, fact, revision, asked, title in rows
    )


def _answer(fact: int | None, revision: int | None) -> tuple[int, int] | None:
    return None if fact is None or revision is None else (fact, revision)


def _write_told(connection: sqlite3.Connection, number: int, change: int, answer: tuple[int, int] | None, asked: bool) -> None:
    fact, revision = answer or (None, None)
    query = "UPDATE follow SET told = ?, answer = ?, answer_revision = ?, asked = ? WHERE id = ?"
    connection.execute(query, (change, fact, revision, asked, number))
