"""Feeds that a server follows: when each is due, and its items, each offered once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.errors import DecidedError, NotKnownError, UsageError
from bot.facts.connection import Store
from bot.facts.logbook import Signature, days_ago, now, write_entry
from bot.facts.searching import story_number
from bot.messages import Message

MAX_FEEDS = 20
"""Feeds that one server may follow."""

MAX_OFFERS_A_DAY = 20
"""Items of one feed that are offered in a day; the others wait for the next."""

MAX_STORED = 2_000
"""Items of one feed that are stored; beyond that the oldest are deleted."""

ITEM_DAYS = 30
"""Days for which an item is stored after its feed gave it last."""

PERIOD_HOURS = 1
"""Hours between two looks at a feed that answers."""

MAX_PERIOD_HOURS = 24
"""Most hours between two looks at a failing feed; they double from `PERIOD_HOURS` on."""

TOLD_AFTER_DAYS = 7
"""Days for which a feed has to fail before somebody is told, once."""

FeedKind = Literal["articles", "pack"]
ItemStatus = Literal["unfit", "waiting", "offered", "read", "ignored"]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed with what is known of its state; of the ``kind`` pack, the address of the next signed pack of its story.

    ``failing_since`` is the time of its first failure since it last answered, ``failed_at`` that of its latest one, with the
    ``problem`` then.
    """

    number: int
    story: str
    url: str
    title: str
    etag: str = ""
    modified: str = ""
    failing_since: str | None = None
    problem: str = ""
    failed_at: str | None = None
    waiting: int = 0
    kind: FeedKind = "articles"


@dataclass(frozen=True, slots=True)
class ItemSeen:
    """An item as a feed gave it, whether it ``fits`` its story, and by which ``names`` and other ``words`` of the story.

    ``published`` is a day in EDTF, "" where the feed does not say it.
    """

    key: str
    url: str
    title: str
    outlet: str = ""
    published: str = ""
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    fits: bool = False


@dataclass(frozen=True, slots=True)
class FeedItem:
    """A stored item with its feed's story; ``failed_at`` is when reading it at once failed, ``problem`` the reason."""

    number: int
    feed: int
    story: str
    status: str
    item: ItemSeen
    problem: str = ""
    failed_at: str | None = None


_ITEM = (
    "SELECT feed_item.id, feed_id, story.slug, status, key, feed_item.url, feed_item.title, outlet, published, names, words,"
    " feed_item.problem, feed_item.failed_at FROM feed_item JOIN feed ON feed.id = feed_id JOIN story ON story.id = story_id"
)
_GONE = Message("This item of a feed is no longer kept.")
_DECIDED = {
    "read": "This article has already been read.",
    "ignored": "Somebody else decided to ignore this article.",
}


class Feeds(Store):
    """Stores feeds and their items. Nobody's id is stored here; the logbook says who added a feed."""

    def add(
        self,
        story: str,
        url: str,
        title: str,
        signature: Signature,
        items: Iterable[ItemSeen] = (),
        *,
        etag: str = "",
        modified: str = "",
    ) -> Feed:
        """Follow a feed for a story; if it has been read, with its present ``items`` and the marks of its state.

        Raises UsageError where it is followed already or there are too many, NotKnownError.
        """
        items = tuple(items)
        with self._connections.writing(facts=False) as database:
            number = story_number(database, story)
            same = "SELECT 1 FROM feed WHERE story_id = ? AND kind = 'articles' AND url = ?"
            if database.execute(same, (number, url)).fetchone():
                raise UsageError(Message("This feed is already followed. /feed list shows all of them."))
            if database.execute("SELECT count(*) FROM feed WHERE kind = 'articles'").fetchone()[0] >= MAX_FEEDS:
                raise UsageError(
                    Message("{most} feeds are followed here, as many as there may be. Remove one first.", most=MAX_FEEDS)
                )
            row = database.execute(
                "INSERT INTO feed(story_id, url, title, next_at) VALUES (?, ?, ?, ?) RETURNING id", (number, url, title, now())
            ).fetchone()
            write_entry(database, signature, "add feed", title, story=story)
            if items or etag or modified:
                self.note_answer(int(row[0]), items, [], title=title, etag=etag, modified=modified)
            return Feed(int(row[0]), story, url, title)

    def remove(self, number: int, signature: Signature) -> Feed:
        """Stop following a feed, and delete its items. Raises NotKnownError."""
        with self._connections.writing(facts=False) as database:
            feed = _feed(database, number)
            database.execute("DELETE FROM feed WHERE id = ?", (number,))
            write_entry(database, signature, "remove feed", feed.title, story=feed.story)
            return feed

    def all(self) -> tuple[Feed, ...]:
        """Return all feeds in the order in which they were added."""
        with self._connections.reading() as connection:
            return read_feeds(connection, "1")

    def due(self, limit: int) -> tuple[Feed, ...]:
        """Return feeds that are to be looked at now, those that have waited longest first."""
        with self._connections.reading() as connection:
            return read_feeds(connection, "next_at <= ? ORDER BY next_at LIMIT ?", now(), limit)

    def next_at(self) -> str | None:
        """Return when a feed is to be looked at next, None where none is followed."""
        row = self._connections.row("SELECT min(next_at) FROM feed", ())
        return None if row is None or row[0] is None else str(row[0])

    def new_of(self, number: int, keys: Collection[str]) -> frozenset[str]:
        """Return those of some keys that the feed has not given before."""
        rows = self._connections.rows("SELECT key FROM feed_item WHERE feed_id = ?", (number,))
        return frozenset(keys) - {key for (key,) in rows}

    def note_answer(
        self,
        number: int,
        items: Iterable[ItemSeen],
        seen: Collection[str],
        *,
        title: str = "",
        etag: str = "",
        modified: str = "",
    ) -> None:
        """Record a feed's answer: its new ``items``, and in ``seen`` the keys of all that it gave. It is next due in an hour.

        A feed that was removed meanwhile is left alone.
        """
        at = now()
        with self._connections.writing(facts=False, durable=False) as database:
            if not database.execute("SELECT 1 FROM feed WHERE id = ?", (number,)).fetchone():
                return
            database.executemany("UPDATE feed_item SET at = ? WHERE feed_id = ? AND key = ?", [(at, number, key) for key in seen])
            database.executemany(
                "INSERT OR IGNORE INTO feed_item(feed_id, key, status, url, title, outlet, published, names, words, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [_item_row(number, item, at) for item in items],
            )
            oldest = "SELECT id FROM feed_item WHERE feed_id = ? ORDER BY at DESC, id DESC LIMIT -1 OFFSET ?"
            database.execute(f"DELETE FROM feed_item WHERE id IN ({oldest})", (number, MAX_STORED))
            database.execute(
                "UPDATE feed SET title = CASE ? WHEN '' THEN title ELSE ? END, etag = ?, modified = ?, next_at = ?,"
                " failures = 0, failing_since = NULL, told = 0 WHERE id = ?",
                (title, title, etag, modified, days_ago(-PERIOD_HOURS / 24), number),
            )

    def note_unchanged(self, number: int) -> None:
        """Record that a feed reported no change, so that it still gives what it gave last."""
        with self._connections.writing(facts=False, durable=False) as database:
            last = "(SELECT max(at) FROM feed_item WHERE feed_id = ?)"
            database.execute(f"UPDATE feed_item SET at = ? WHERE feed_id = ? AND at = {last}", (now(), number, number))
            database.execute(
                "UPDATE feed SET next_at = ?, failures = 0, failing_since = NULL, told = 0 WHERE id = ?",
                (days_ago(-PERIOD_HOURS / 24), number),
            )

    def note_failure(self, number: int, problem: str = "", *, refused: bool = False) -> bool:
        """Record that a feed could not be read, and why; return whether somebody is to be told now, which happens once.

        They are told at once where a pack was read and ``refused``. It is looked at less and less often, in the end once a day.
        """
        with self._connections.writing(facts=False, durable=False) as database:
            row = database.execute("SELECT failures, failing_since, told FROM feed WHERE id = ?", (number,)).fetchone()
            if row is None:
                return False
            failures, since, told = int(row[0]) + 1, row[1] or now(), int(row[2])
            tell = told < 2 if refused else not told and since <= days_ago(TOLD_AFTER_DAYS)
            hours = min(PERIOD_HOURS * 2 ** min(failures, 10), MAX_PERIOD_HOURS)
            database.execute(
                "UPDATE feed SET failures = ?, failing_since = ?, told = ?, next_at = ?, problem = ?, failed_at = ? WHERE id = ?",
                (failures, since, 1 + refused if tell else told, days_ago(-hours / 24), problem, now(), number),
            )
            return tell

    def note_unread(self, number: int, problem: str) -> None:
        """Record why a waiting item could not be read at once; it goes on waiting until it can be offered."""
        self._connections.change("UPDATE feed_item SET problem = ?, failed_at = ? WHERE id = ?", (problem, now(), number))

    def unread(self, feed: int) -> FeedItem | None:
        """Return the item of a feed that waits because it could not be read at once; of several, the one tried last."""
        with self._connections.reading() as connection:
            row = connection.execute(
                f"{_ITEM} WHERE feed_id = ? AND status = 'waiting' AND feed_item.failed_at IS NOT NULL"
                " ORDER BY feed_item.failed_at DESC, feed_item.id DESC LIMIT 1",
                (feed,),
            ).fetchone()
            return None if row is None else _read_item(row)

    def put_off(self, number: int, minutes: float) -> None:
        """Have a feed looked at again after some minutes, without counting a failure of the feed."""
        self._connections.change("UPDATE feed SET next_at = ? WHERE id = ?", (days_ago(-minutes / 1440), number))

    def waiting(self, limit: int, *, failed: bool = True) -> tuple[FeedItem, ...]:
        """Return items that wait to be offered, the oldest first; of each feed, no more than it may still offer today.

        Without ``failed``, items that could not be read at once are left out.
        """
        with self._connections.reading() as connection:
            unfailed = "" if failed else " AND {}.failed_at IS NULL"
            given = (
                "SELECT count(*) FROM feed_item AS given WHERE given.feed_id = feed_item.feed_id AND (given.offered_at > :day"
                " OR given.status = 'waiting' AND given.offered_at IS NULL AND given.id < feed_item.id"
                f"{unfailed.format('given')})"
            )
            rows = connection.execute(
                f"{_ITEM} WHERE kind = 'articles' AND status = 'waiting'{unfailed.format('feed_item')} AND ({given}) < :most"
                " ORDER BY feed_item.id LIMIT :limit",
                {"day": days_ago(1), "most": MAX_OFFERS_A_DAY, "limit": limit},
            ).fetchall()
            return tuple(map(_read_item, rows))

    def urls(self, story: str) -> tuple[str, ...]:
        """Return the addresses of all stored items that fit a story, whatever became of them."""
        query = (
            "SELECT DISTINCT feed_item.url FROM feed_item JOIN feed ON feed.id = feed_id JOIN story ON story.id = story_id"
            " WHERE story.slug = ? AND status <> 'unfit'"
        )
        return tuple(str(url) for (url,) in self._connections.rows(query, (story,)))

    def item(self, number: int) -> FeedItem:
        """Return an item. Raises NotKnownError where it is no longer stored."""
        with self._connections.reading() as connection:
            return stored_item(connection, number)

    def open_item(self, number: int) -> FeedItem:
        """Return an item that nobody has decided yet. Raises DecidedError, NotKnownError."""
        item = self.item(number)
        if item.status in _DECIDED:
            raise DecidedError(Message(_DECIDED[item.status]))
        return item

    def mark(self, number: int, status: ItemStatus) -> FeedItem:
        """Record what became of an item that nobody has decided yet. Raises DecidedError, NotKnownError."""
        with self._connections.writing(facts=False) as database:
            item = stored_item(database, number)
            if item.status in _DECIDED:
                raise DecidedError(Message(_DECIDED[item.status]))
            at = None if status == "waiting" else now()
            database.execute("UPDATE feed_item SET status = ?, offered_at = ? WHERE id = ?", (status, at, number))
            return item


def _item_row(feed: int, item: ItemSeen, at: str) -> tuple[object, ...]:
    status = "waiting" if item.fits else "unfit"
    # Of an item that nobody is offered, only the key is stored, by which it is known again.
    details = (item.url, item.title, item.outlet, item.published or None) if item.fits else ("", "", "", None)
    names, words = (json.dumps(texts if item.fits else ()) for texts in (item.names, item.words))
    return feed, item.key, status, *details, names, words, at


def read_feeds(connection: sqlite3.Connection, condition: str, *values: object) -> tuple[Feed, ...]:
    """Read the feeds for which an SQL condition holds."""
    rows = connection.execute(
        "SELECT feed.id, story.slug, url, feed.title, etag, modified, failing_since, problem, failed_at,"
        " (SELECT count(*) FROM feed_item WHERE feed_id = feed.id AND status = 'waiting'), kind"
        f" FROM feed JOIN story ON story.id = story_id WHERE {condition}",
        values,
    ).fetchall()
    return tuple(Feed(*row) for row in rows)


def _feed(connection: sqlite3.Connection, number: int) -> Feed:
    feeds = read_feeds(connection, "feed.id = ?", number)
    if not feeds:
        raise NotKnownError(Message("This feed is no longer followed."))
    return feeds[0]


def stored_item(connection: sqlite3.Connection, number: int) -> FeedItem:
    """Read an item. Raises NotKnownError where it is no longer stored."""
    row = connection.execute(f"{_ITEM} WHERE feed_item.id = ?", (number,)).fetchone()
    if row is None:
        raise NotKnownError(_GONE)
    return _read_item(row)


def _read_item(row: Sequence[object]) -> FeedItem:
    number, feed, story, status, key, url, title, outlet, published, names, words, problem, failed_at = row
    item = ItemSeen(
        str(key), str(url), str(title), str(outlet), str(published or ""),
        tuple(json.loads(str(names))), tuple(json.loads(str(words))), status != "unfit",
    )  # fmt: skip
    failed = str(failed_at) if failed_at is not None else None
    return FeedItem(int(str(number)), int(str(feed)), str(story), str(status), item, str(problem), failed)
