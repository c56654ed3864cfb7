"""The fact base: one SQLite file, and the class that is its only reader and writer."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.errors import FactBaseError
from bot.facts.connection import Connections
from bot.facts.files import is_on_read_only_disk
from bot.facts.logbook import Logbook, sign
from bot.facts.models import (
    FACT_KINDS,
    ActorRecord,
    FactKind,
    FactRecord,
    RecordedQuestion,
    Source,
    Story,
    StoryChanges,
    StoryInfo,
)
from bot.facts.news import News
from bot.facts.plan import make_plan
from bot.facts.records import RecordReader
from bot.facts.revisions import Revisions, import_story
from bot.facts.searching import TELLING, Search, in_story, story_number
from bot.facts.speakers import Speakers
from bot.facts.state.feeds import Feeds
from bot.facts.state.followed_packs import FollowedPacks
from bot.facts.state.follows import Follows
from bot.facts.state.gaps import Gaps
from bot.facts.state.privacy import PrivacyStore
from bot.facts.state.proposals import Proposals
from bot.facts.state.read_pages import ReadPages
from bot.facts.state.refusals import Refusals
from bot.facts.state.replies import Replies
from bot.facts.state.server_settings import CachedSettings
from bot.facts.state.taken_packs import TakenPacks
from bot.facts.state.unfinished_forms import UnfinishedForms
from bot.facts.state.usage import UsageStore
from bot.facts.state.watched_pages import WatchedPages
from bot.facts.unreviewed import Unreviewed
from bot.facts.vectors import VectorStore

DEADLINE = 2.5
"""Seconds that a read for a question may take; what counts or reads a whole story has no such limit."""


class FactBase:
    """A fact base. Safe to use from several threads; closed by ``with`` or `close`."""

    def __init__(self, connections: Connections, deadline: float = DEADLINE) -> None:
        self._connections = connections
        self._deadline = deadline
        self.is_in_memory = connections.is_in_memory
        """Whether the base is in memory alone, and so gone once it is closed."""
        self.needs_checkpoint = False
        """Whether the log beside the file may still hold deleted text, because `try_to_checkpoint` found the file in use."""
        self._afterwards: Callable[[], None] = lambda: None
        self.revisions = Revisions(connections)
        self.logbook = Logbook(connections)
        self.replies = Replies(connections, deadline)
        self.settings = CachedSettings(connections)
        self.unfinished_forms = UnfinishedForms(connections)
        self.proposals = Proposals(connections)
        self.gaps = Gaps(connections)
        self.privacy = PrivacyStore(connections)
        self.search = Search(connections, deadline)
        self.speakers = Speakers(connections, deadline)
        self.unreviewed = Unreviewed(connections, deadline)
        self.usage = UsageStore(connections)
        self.vectors = VectorStore(connections)
        self.feeds = Feeds(connections)
        self.watched_pages = WatchedPages(connections)
        self.read_pages = ReadPages(connections)
        self.follows = Follows(connections)
        self.refusals = Refusals(connections)
        self.news = News(connections)
        self.taken_packs, self.followed_packs = TakenPacks(connections), FollowedPacks(connections)

    @classmethod
    def open(
        cls, path: Path, *, create: bool = True, wait: float = 5.0, deadline: float = DEADLINE, max_bytes: int | None = None
    ) -> Self:
        """Open the file, making it first with ``create``.

        ``wait`` is how many seconds to wait for another program's lock, ``deadline`` how many a read for a question may take.
        Once the file has ``max_bytes``, nothing more is added to it.
        Raises NoFactBaseError where it is missing and not to be made, NotAFactBaseError, FactBaseVersionError, BusyError, or
        FactBaseError (unreadable, disk full).
        """
        connections = Connections.to_file(path, create=create, wait=wait)
        connections.max_bytes = max_bytes
        return cls(connections, deadline)

    @classmethod
    def memory(cls) -> Self:
        """Make a base that lives in memory alone."""
        return cls(Connections.in_memory())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def forget(self, *, question_days: int, reply_days: int) -> None:
        """Delete what is stored for a limited time and has expired: questions of readers, forms, replies, hashes of suggesters.

        Where nothing has expired, nothing is written, so this may be called whenever a base is opened.
        """
        if self.privacy.forget(question_days=question_days, reply_days=reply_days):
            self.try_to_checkpoint()

    def checkpoint(self) -> None:
        """Move everything from the log into the one file, safe from a power cut, so that the file may be moved once it is closed.

        Raises FactBaseError where the disk is full, BusyError where another program is at work in it.
        """
        self._connections.checkpoint()

    def try_to_checkpoint(self) -> bool:
        """Do as `checkpoint` where nothing prevents it, so that deleted text is no longer in any file.

        Return whether it did; where it did not, `needs_checkpoint` says so until it has.
        """
        self.needs_checkpoint = True
        with suppress(FactBaseError):
            self._connections.checkpoint(wait=False)
            self.needs_checkpoint = False
        return not self.needs_checkpoint

    def is_outdated(self) -> bool:
        """Return whether to open the file again, because its disk was read-only and can now be written to."""
        return self._connections.is_read_only and not is_on_read_only_disk(Path(self._connections.name))

    def call_when_closed(self, work: Callable[[], None]) -> None:
        """Register a function to be called once the file is closed, such as the release of its lock."""
        self._afterwards = work

    def close(self) -> None:
        """Close the file."""
        try:
            self._connections.close()
        finally:
            self._afterwards()

    def version(self) -> int:
        """Return a number that changes whenever any program commits a change of facts to this file; cheap."""
        return self._connections.version()

    def apply(self, story: Story, *, by: str, reason: str | None = None) -> StoryChanges:
        """Make the base hold this story as it stands: add, revise and retract by id, in one transaction.

        What did not change gets no revision; where nothing changed, nothing is written.
        """
        with self._connections.writing() as database:
            self._connections.check_room()
            return import_story(database, story, sign(by, reason))[0]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make everything that is written inside one change: all of it or nothing."""
        with self._connections.writing():
            yield

    def preview(self, story: Story) -> StoryChanges:
        """Return what `apply` would do, without doing it."""
        with self._connections.reading() as connection:
            return make_plan(connection, story).changes(story.info.id)

    def story(self, story: str) -> Story:
        """Return the whole live story, as it can be exported. Raises NotKnownError."""
        with self._connections.reading() as connection:
            number, reader = story_number(connection, story), RecordReader(connection)
            facts = reader.fact_contents(_live(connection, "fact", story))
            return Story(
                info=reader.story(number),
                sources=reader.sources(_live(connection, "source", story)),
                actors=reader.actors(_live(connection, "actor", story)),
                facts=tuple(sorted(facts, key=lambda fact: FACT_KINDS.index(fact.kind))),
                questions=reader.questions(number),
            )

    def stories(self) -> tuple[StoryInfo, ...]:
        """Return the stories that the base holds, in the order in which they came."""
        rows = self._connections.rows("SELECT slug, title, summary, language FROM story ORDER BY id", deadline=self._deadline)
        return tuple(StoryInfo(*row) for row in rows)

    def questions(self, story: str) -> tuple[RecordedQuestion, ...]:
        """Return the questions that a story must be able to answer. Raises NotKnownError."""
        with self._connections.reading(self._deadline) as connection:
            return RecordReader(connection).questions(story_number(connection, story))

    def check_story(self, story: str | None) -> None:
        """Raise NotKnownError, with the stories that there are, where none has that id; None stands for all stories."""
        with self._connections.reading(self._deadline) as connection:
            in_story(connection, story)

    def count(self, story: str | None = None) -> int:
        """Return the number of live facts."""
        with self._connections.reading(self._deadline) as connection:
            where, values = in_story(connection, story)
            return int(connection.execute(f"SELECT count(*) FROM fact WHERE retracted = 0{where}", values).fetchone()[0])

    def count_reviewed(self, story: str | None = None) -> int:
        """Return the number of live facts that somebody has reviewed."""
        with self._connections.reading(self._deadline) as connection:
            where, values = in_story(connection, story)
            query = f"SELECT count(*) FROM fact WHERE retracted = 0 AND reviewed = 1{where}"
            return int(connection.execute(query, values).fetchone()[0])

    def facts(self, numbers: Sequence[int]) -> tuple[FactRecord, ...]:
        """Return facts by number, in the given order; retracted ones too, marked; unknown numbers are left out."""
        with self._connections.reading(self._deadline) as connection:
            return RecordReader(connection).facts(numbers)

    def all_facts(self, story: str | None = None) -> tuple[FactRecord, ...]:
        """Return live facts in the file's order, story by story. Raises NotKnownError for an unknown story."""
        with self._connections.reading() as connection:
            return RecordReader(connection).facts(_live(connection, "fact", story))

    def retracted_facts(self, story: str) -> tuple[FactRecord, ...]:
        """Return the facts of a story that were retracted, in the file's order. Raises NotKnownError."""
        with self._connections.reading() as connection:
            where, values = in_story(connection, story)
            rows = connection.execute(f"SELECT id FROM fact WHERE retracted = 1{where} ORDER BY position, id", values)
            return RecordReader(connection).facts([number for (number,) in rows])

    def reviewed_facts(self, story: str | None = None) -> tuple[FactRecord, ...]:
        """Return the live facts that somebody has reviewed, in the order in which they were stored."""
        with self._connections.reading() as connection:
            where, values = in_story(connection, story)
            query = f"SELECT id FROM fact WHERE retracted = 0 AND reviewed = 1{where} ORDER BY id"
            return RecordReader(connection).facts([number for (number,) in connection.execute(query, values)])

    def linked_events(self, records: Sequence[FactRecord]) -> tuple[FactRecord, ...]:
        """Return the live events that facts belong to, each once."""
        numbers = json.dumps([record.number for record in records if record.fact.event])
        with self._connections.reading(self._deadline) as connection:
            # The plus signs keep SQLite from using an index on the kind, by which it would go through all events of the base.
            rows = connection.execute(
                "SELECT id FROM fact WHERE id IN (SELECT event_id FROM fact WHERE id IN (SELECT value FROM json_each(?)))"
                " AND +retracted = 0 AND +kind = 'event' ORDER BY id",
                (numbers,),
            )
            return RecordReader(connection).facts([row[0] for row in rows])

    def has_more_than(self, most: int, story: str | None = None, *, kind: FactKind | None = None) -> bool:
        """Return whether there are more than ``most`` live facts (of a kind), without counting all of them."""
        with self._connections.reading(self._deadline) as connection:
            where, values = in_story(connection, story)
            if kind is not None:
                where, values = f"{where} AND kind = ?", (*values, kind)
            rows = connection.execute(f"SELECT 1 FROM fact WHERE retracted = 0{where} LIMIT ?", (*values, most + 1))
            return len(rows.fetchall()) > most

    def by_date(
        self,
        *kinds: FactKind,
        actor: int | None = None,
        speaker: int | None = None,
        start: int | None = None,
        end: int | None = None,
        story: str | None = None,
        passages: bool = False,
        only_reviewed: bool = False,
    ) -> tuple[FactRecord, ...]:
        """Return live facts of some kinds whose dates overlap the range, by date, undated ones last.

        ``actor`` is the number of an actor that takes part, speaks or is spoken of, ``speaker`` of one that speaks; ``start`` and
        ``end`` are yyyymmdd keys. With ``passages``, sentences of articles that tell such things are included.
        """
        conditions: list[tuple[str, object]] = [
            ("id IN (SELECT fact_id FROM fact_actor WHERE actor_id = ?)", actor),
            ("id IN (SELECT fact_id FROM fact_actor WHERE actor_id = ? AND role = 'speaker')", speaker),
            ("date IS NOT NULL AND (date_to IS NULL OR date_to >= ?)", start),
            ("date IS NOT NULL AND (date_from IS NULL OR date_from <= ?)", end),
        ]
        given = [(condition, value) for condition, value in conditions if value is not None]
        of_kind = [f"kind IN ({', '.join(repr(kind) for kind in FACT_KINDS if kind in kinds)})"]
        of_kind += [condition for kind, condition in TELLING.items() if passages and kind in kinds]
        reviewed = ["reviewed = 1"] if only_reviewed else []
        where = " AND ".join(["retracted = 0", f"({' OR '.join(of_kind)})", *reviewed, *(condition for condition, _ in given)])
        order = "ifnull(date_from, date_to) IS NULL, ifnull(date_from, date_to), date_to, story_id, position"
        with self._connections.reading(self._deadline) as connection:
            within, values = in_story(connection, story)
            query = f"SELECT id FROM fact WHERE {where}{within} ORDER BY {order}"
            rows = connection.execute(query, (*(value for _, value in given), *values))
            return RecordReader(connection).facts([row[0] for row in rows])

    def last_event_day(self, story: str | None = None) -> int | None:
        """Return the latest day (yyyymmdd) of the live events; where none has a day of its own, the end of the latest period.

        None where no event has a date that ends. Raises NotKnownError for an unknown story.
        """
        with self._connections.reading(self._deadline) as connection:
            where, values = in_story(connection, story)
            events = f"FROM fact WHERE kind = 'event' AND retracted = 0 AND date IS NOT NULL{where}"
            exact = f"SELECT date_from {events} AND date_from = date_to ORDER BY date_from DESC LIMIT 1"
            query = f"SELECT ifnull(({exact}), (SELECT max(date_to) {events}))"
            row = connection.execute(query, (*values, *values)).fetchone()
            return None if row[0] is None else int(row[0])

    def actors(self, story: str | None = None) -> tuple[ActorRecord, ...]:
        """Return the actors, story by story in the file's order. Raises NotKnownError for an unknown story."""
        with self._connections.reading() as connection:
            spoken = "count(DISTINCT CASE WHEN fact_actor.role = 'speaker' THEN fact.id END)"
            rows = _with_uses(connection, "actor", "fact_actor", story, more=f", {spoken}")
            reader = RecordReader(connection)
            actors = reader.actors(row[0] for row in rows)
            return tuple(
                ActorRecord(number, reader.story(of), actor, spoken, mentioned)
                for (number, of, mentioned, spoken), actor in zip(rows, actors, strict=True)
            )

    def sources(self, story: str | None = None) -> tuple[tuple[StoryInfo, Source, int], ...]:
        """Return sources with the number of live facts that cite each."""
        with self._connections.reading() as connection:
            rows = _with_uses(connection, "source", "citation", story)
            reader = RecordReader(connection)
            sources = reader.sources(row[0] for row in rows)
            return tuple((reader.story(row[1]), source, row[2]) for row, source in zip(rows, sources, strict=True))


def _with_uses(connection: sqlite3.Connection, table: str, link: str, story: str | None, more: str = "") -> list[tuple[int, ...]]:
    """Return number, story and number of live facts of each actor or source, in the file's order; ``more`` is selected too."""
    where, values = in_story(connection, story, f"{table}.story_id")
    return connection.execute(
        f"SELECT {table}.id, {table}.story_id, count(DISTINCT fact.id){more}"
        f" FROM {table} LEFT JOIN {link} ON {link}.{table}_id = {table}.id"
        f" LEFT JOIN fact ON fact.id = {link}.fact_id AND fact.retracted = 0"
        f" WHERE {table}.retracted = 0{where} GROUP BY {table}.id ORDER BY {table}.story_id, {table}.position",
        values,
    ).fetchall()


def _live(connection: sqlite3.Connection, table: str, story: str | None) -> list[int]:
    where, values = in_story(connection, story, "story_id")
    rows = connection.execute(f"SELECT id FROM {table} WHERE retracted = 0{where} ORDER BY story_id, position, id", values)
    return [row[0] for row in rows]
