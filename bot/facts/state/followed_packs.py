"""Packs whose editor publishes newer ones: where, and what became of each newer one. They are rows of the tables of feeds."""

from __future__ import annotations

from bot.errors import DecidedError, NotKnownError
from bot.facts.connection import Store
from bot.facts.logbook import Signature, days_ago, now, write_entry
from bot.facts.searching import story_number
from bot.facts.state.feeds import PERIOD_HOURS, Feed, FeedItem, ItemStatus, read_feeds, stored_item
from bot.messages import Message

MAX_PACKS = 20
"""Stories of one server whose newer packs are looked for."""

_DECIDED = {
    "read": "This pack has already been taken.",
    "ignored": "Somebody else decided to leave this pack out.",
}


class FollowedPacks(Store):
    """Stores where the next pack of a story will be, and which newer ones were offered."""

    def follow(self, story: str, url: str, title: str, signature: Signature) -> bool:
        """Look for newer packs of a story at an address from now on; return False where too many are followed already.

        Raises NotKnownError.
        """
        with self._connections.writing(facts=False) as database:
            number, later = story_number(database, story), days_ago(-PERIOD_HOURS / 24)
            known = database.execute("SELECT id, url FROM feed WHERE story_id = ? AND kind = 'pack'", (number,)).fetchone()
            if known is not None:
                database.execute("UPDATE feed SET title = ? WHERE id = ?", (title, known[0]))
                if known[1] != url:
                    changed = "UPDATE feed SET url = ?, etag = '', modified = '', next_at = ? WHERE id = ?"
                    database.execute(changed, (url, later, known[0]))
                return True
            if database.execute("SELECT count(*) FROM feed WHERE kind = 'pack'").fetchone()[0] >= MAX_PACKS:
                return False
            added = "INSERT INTO feed(story_id, kind, url, title, next_at) VALUES (?, 'pack', ?, ?, ?)"
            database.execute(added, (number, url, title, later))
            write_entry(database, signature, "add feed", title, story=story)
            return True

    def of(self, story: str) -> Feed | None:
        """Return where newer packs of a story are looked for; None where they are not."""
        with self._connections.reading() as connection:
            feeds = read_feeds(connection, "kind = 'pack' AND story.slug = ?", story)
        return feeds[0] if feeds else None

    def all(self) -> tuple[Feed, ...]:
        """Return where newer packs are looked for, in the order in which that began."""
        with self._connections.reading() as connection:
            return read_feeds(connection, "kind = 'pack' ORDER BY feed.id")

    def note(self, feed: Feed, digest: str, title: str) -> FeedItem:
        """Record that a newer pack is there, and return it with what became of it; one that still waits gives way to it."""
        with self._connections.writing(facts=False) as database:
            if not database.execute("SELECT 1 FROM feed WHERE id = ?", (feed.number,)).fetchone():
                raise NotKnownError(Message("This feed is no longer followed."))
            database.execute("DELETE FROM feed_item WHERE feed_id = ? AND key <> ? AND status = 'waiting'", (feed.number, digest))
            row = database.execute(
                "INSERT INTO feed_item(feed_id, key, status, url, title, outlet, names, words, at)"
                " VALUES (?, ?, 'waiting', ?, ?, '', '[]', '[]', ?) ON CONFLICT(feed_id, key) DO UPDATE SET at = excluded.at"
                " RETURNING id",
                (feed.number, digest, feed.url, title, now()),
            ).fetchone()
            return stored_item(database, int(row[0]))

    def open_pack(self, number: int) -> tuple[FeedItem, Feed]:
        """Return a newer pack that nobody has decided yet, and where it came from. Raises DecidedError, NotKnownError."""
        with self._connections.reading() as connection:
            item = stored_item(connection, number)
            if item.status in _DECIDED:
                raise DecidedError(Message(_DECIDED[item.status]))
            return item, read_feeds(connection, "feed.id = ?", item.feed)[0]

    def mark(self, feed: int, digest: str, status: ItemStatus) -> None:
        """Record what became of a newer pack."""
        at = None if status == "waiting" else now()
        self._connections.change(
            "UPDATE feed_item SET status = ?, offered_at = ? WHERE feed_id = ? AND key = ?", (status, at, feed, digest)
        )
