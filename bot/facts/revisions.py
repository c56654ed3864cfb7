"""The revisions of facts: making every change, in one transaction with a line in the logbook, and reading what was before."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from bot.errors import ConflictError, NotKnownError, StaleError
from bot.facts.connection import Store
from bot.facts.edits import Edit, Reversal, back_to, reverse_of, without_keep
from bot.facts.logbook import Signature, undone_changes, write_entry
from bot.facts.models import Fact, FactRecord, Revision, Story, StoryChanges
from bot.facts.plan import make_plan, plan_edit
from bot.facts.records import RecordReader, record_from
from bot.facts.searching import NO_FACT, NO_ITEM, no_revision, story_number
from bot.facts.state.gaps import reopen_undone, solves_a_gap
from bot.facts.writing import StoryWriter
from bot.messages import Message

Check = Callable[[Edit], None]
_NAMED = 6  # items that a line of the logbook names before it counts the rest


@dataclass(frozen=True, slots=True)
class Applied:
    """What a change did. ``change`` is its number, None where there was nothing to change; ``repeated``: it was made before.

    ``facts`` are the numbers of all facts that it touched, split into those ``added`` (or brought back), ``revised`` and
    ``retracted``. ``left_out`` has a sentence for each thing that an undo could not bring back.
    """

    change: int | None
    added: tuple[int, ...] = ()
    revised: tuple[int, ...] = ()
    retracted: tuple[int, ...] = ()
    repeated: bool = False
    left_out: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[int, ...]:
        """All facts that changed."""
        return (*self.added, *self.revised, *self.retracted)

    @property
    def corrected(self) -> tuple[int, ...]:
        """The facts that no longer say what they said."""
        return (*self.revised, *self.retracted)


class Revisions(Store):
    """Makes and undoes changes of facts, and reads their history."""

    def apply(
        self,
        edit: Edit | Callable[[], Edit],
        signature: Signature,
        *,
        action: str = "edit",
        key: str | None = None,
        check: Check | None = None,
    ) -> Applied:
        """Make an edit in one transaction; a function is called inside it to build the edit from the current state.

        ``check`` is called with the edit before it is made, and may refuse it by an error.

        ``key`` is an idempotency key: a change that was made before under the same key is not made again. Raises NotKnownError
        for an unknown id, ConflictError where a fact is no longer as it was seen, FactBaseError where nothing can be written,
        UsageError where the base is as big as it may be.
        """
        with self._connections.writing() as database:
            before = _done(database, key)
            if before is not None:
                return before
            edit = edit if isinstance(edit, Edit) else edit()
            if edit.facts or edit.actors or edit.sources or edit.questions:  # retracting is always allowed
                self._connections.check_room()
            if check is not None:
                check(edit)
            return _write(database, edit, signature, action, key)

    def import_story(self, story: Story, signature: Signature, *, seen: int | None = None, key: str | None = None) -> Applied:
        """Make the base hold a story as it stands: add, revise and retract by id, in one transaction.

        ``seen`` is the `story_version` at which the importer saw what would change; raises StaleError where it has changed since.
        """
        with self._connections.writing() as database:
            before = _done(database, key)
            if before is not None:
                return before
            if seen is not None and self.story_version(story.info.id) != seen:
                raise StaleError
            self._connections.check_room()
            change = import_story(database, story, signature)[1]
            _record_done(database, key, change, signature)
            return Applied(None) if change is None else _applied(database, change)

    def story_version(self, story: str) -> int:
        """Return a number that grows with every change of anything in a story; 0 where there is no such story."""
        query = "SELECT ifnull(max(change), 0) FROM logbook JOIN story ON story.id = story_id WHERE slug = ?"
        return int(self._connections.rows(query, (story,))[0][0])

    def preview(self, edit: Edit) -> None:
        """Raise what `apply` would raise."""
        with self._connections.reading() as connection:
            plan_edit(connection, edit)

    def undo(self, change: int, signature: Signature, *, key: str | None = None, check: Check | None = None) -> Applied:
        """Undo a whole change. Raises NotKnownError, and ConflictError where what it touched was changed again since.

        ``check`` is as for `apply`.
        """
        with self._connections.writing() as database:
            return _done(database, key) or _undo(database, reverse_of(database, change), signature, key, check)

    def revert(
        self, fact: int, signature: Signature, *, revision: int | None = None, key: str | None = None, check: Check | None = None
    ) -> Applied:
        """Revert a fact to a revision, None for the one before its last change. Raises NotKnownError and UsageError.

        ``check`` is as for `apply`.
        """
        with self._connections.writing() as database:
            before = _done(database, key)
            if before is not None:
                return before
            if revision is None:
                # The last change of the fact is undone as a whole where it touched nothing else, or answered a gap.
                touched, last = database.execute(
                    "SELECT count(*), max(change) FROM revision WHERE change ="
                    " (SELECT max(change) FROM revision WHERE kind = 'fact' AND item_id = ?)",
                    (fact,),
                ).fetchone()
                if touched == 1 or (touched and solves_a_gap(database, last)):
                    return _undo(database, reverse_of(database, last), signature, key, check)
            return _undo(database, back_to(database, fact, revision), signature, key, check)

    def revision_of(self, story: str, kind: Literal["source", "actor", "fact"], name: str) -> int:
        """Return the current revision of a source, an actor or a fact, by its id. Raises NotKnownError."""
        with self._connections.reading() as connection:
            query = f"SELECT revision FROM {kind} WHERE story_id = ? AND slug = ?"
            row = connection.execute(query, (story_number(connection, story), name)).fetchone()
        if row is None:
            raise NotKnownError(Message(NO_ITEM[kind], name=name))
        return int(row[0])

    def result_for_key(self, key: str | None) -> Applied | None:
        """Return what the change under an idempotency key did, None where there was none."""
        with self._connections.reading() as connection:
            return _done(connection, key)

    def result_of(self, change: int) -> Applied:
        """Return what a change did to which facts."""
        with self._connections.reading() as connection:
            return _applied(connection, change)

    def last_change(self, by: str) -> int | None:
        """Return the number of somebody's last change that is neither an undo nor undone, None where there is none."""
        with self._connections.reading() as connection:
            gone = undone_changes(connection)
            rows = connection.execute(
                "SELECT change FROM logbook WHERE by = ? AND change IS NOT NULL AND action <> 'undo' ORDER BY id DESC", (by,)
            )
            return next((int(row[0]) for row in rows if row[0] not in gone), None)

    def touched(self, change: int, kind: Literal["source", "actor", "fact"]) -> tuple[str, ...]:
        """Return the ids of the sources, actors or facts that a change touched."""
        query = "SELECT json_extract(content, '$.id') FROM revision WHERE change = ? AND kind = ? ORDER BY id"
        return tuple(row[0] for row in self._connections.rows(query, (change, kind)))

    def changed_facts(self, change: int) -> tuple[int, ...]:
        """Return the numbers of the facts that a change touched."""
        query = "SELECT item_id FROM revision WHERE change = ? AND kind = 'fact' ORDER BY id"
        return tuple(row[0] for row in self._connections.rows(query, (change,)))

    def check_as_left(self, change: int) -> None:
        """Raise ConflictError where a fact that a change touched was changed again since.

        A fact that was changed back is no conflict, nor is one that only got further sources after it was reviewed.
        """
        query = """
            SELECT fact.id, fact.revision, first.number FROM revision AS first
            JOIN fact ON fact.id = first.item_id AND fact.revision > first.number
            JOIN revision AS now ON now.kind = 'fact' AND now.item_id = fact.id AND now.number = fact.revision
            WHERE first.change = ? AND first.kind = 'fact'
            AND (now.content, now.action = 'retract') <> (first.content, first.action = 'retract') ORDER BY first.id
        """
        with self._connections.reading() as connection:
            for fact, revision, left in connection.execute(query, (change,)):
                if without_keep(connection, fact, left) is None:
                    raise ConflictError(fact, revision)

    def ids(self, story: str, table: Literal["source", "actor", "fact"]) -> frozenset[str]:
        """Return all ids that a story has ever given to facts, sources or actors. Raises NotKnownError."""
        with self._connections.reading() as connection:
            rows = connection.execute(f"SELECT slug FROM {table} WHERE story_id = ?", (story_number(connection, story),))
            return frozenset(row[0] for row in rows)

    def retracted_passages(self, story: str, source: str) -> tuple[tuple[str, str, str], ...]:
        """Return the passages of a source that were retracted: id, text, and the action of the logbook that did it."""
        query = """
            SELECT DISTINCT fact.slug, fact.text, ifnull(logbook.action, '') FROM fact
            JOIN story ON story.id = fact.story_id JOIN citation ON citation.fact_id = fact.id
            JOIN source ON source.id = citation.source_id
            JOIN revision ON revision.kind = 'fact' AND revision.item_id = fact.id AND revision.number = fact.revision
            LEFT JOIN logbook ON logbook.change = revision.change
            WHERE fact.retracted = 1 AND fact.kind = 'passage' AND story.slug = ? AND source.slug = ?
        """
        return tuple(self._connections.rows(query, (story, source)))

    def reviewed_passages(self, story: str, source: str) -> tuple[Fact, ...]:
        """Return the sentences of a source that people kept or edited, as they were last read in it."""
        query = """
            SELECT revision.content FROM fact JOIN story ON story.id = fact.story_id
            JOIN revision ON revision.kind = 'fact' AND revision.item_id = fact.id
            WHERE fact.reviewed = 1 AND story.slug = ? AND revision.number = (SELECT max(number) FROM revision
            WHERE kind = 'fact' AND item_id = fact.id AND json_extract(content, '$.reviewed') = 0)
        """
        read = (record_from(Fact, content) for (content,) in self._connections.rows(query, (story,)))
        return tuple(fact for fact in read if any(citation.source == source for citation in fact.citations))

    def history(self, number: int) -> tuple[Revision, ...]:
        """Return the revisions of a fact, oldest first. Raises NotKnownError."""
        rows = self._connections.rows(
            "SELECT number, action, at, by, reason, content FROM revision WHERE kind = 'fact' AND item_id = ? ORDER BY number",
            (number,),
        )
        if not rows:
            raise NotKnownError(Message(NO_FACT, number=number))
        return tuple(
            Revision(step, action, at, by, reason, record_from(Fact, content)) for step, action, at, by, reason, content in rows
        )

    def show(self, number: int, revision: int | None = None) -> FactRecord:
        """Return a fact as it is, or as it was at a revision; its actors and sources as they are now. Raises NotKnownError."""
        with self._connections.reading() as connection:
            reader = RecordReader(connection)
            records = reader.facts([number])
            if not records:
                raise NotKnownError(Message(NO_FACT, number=number))
            record = records[0]
            if revision is None or revision == record.revision:
                return record
            row = connection.execute(
                "SELECT content, action FROM revision WHERE kind = 'fact' AND item_id = ? AND number = ?", (number, revision)
            ).fetchone()
            if row is None:
                raise NotKnownError(no_revision(number, revision, record.revision))
            fact = record_from(Fact, row[0])

            def numbers(table: str, names: Iterable[str]) -> list[int]:
                query = f"SELECT id FROM {table} WHERE story_id = (SELECT id FROM story WHERE slug = ?) AND slug = ?"
                return [connection.execute(query, (record.story.id, name)).fetchone()[0] for name in names]

            return replace(
                record,
                revision=revision,
                fact=fact,
                speakers=reader.actors(numbers("actor", fact.by)),
                participants=reader.actors(numbers("actor", fact.who)),
                subjects=reader.actors(numbers("actor", fact.about)),
                sources=reader.sources(numbers("source", (citation.source for citation in fact.citations))),
                retracted=row[1] == "retract",
            )


def import_story(connection: sqlite3.Connection, story: Story, signature: Signature) -> tuple[StoryChanges, int | None]:
    """Make the base hold a story as it stands: add, revise and retract by id, in the open transaction.

    Return what changed and the number of the change, None where nothing did.
    """
    plan = make_plan(connection, story)
    changes = plan.changes(story.info.id)
    if not changes:
        return changes, None
    change = StoryWriter(connection, story, plan, signature).write()
    counts = f"{len(changes.added)} added, {len(changes.revised)} revised, {len(changes.retracted)} retracted"
    write_entry(connection, signature, "import", f"story {story.info.id}: {counts}", story=story.info.id, change=change)
    return changes, change


def _write(
    connection: sqlite3.Connection, edit: Edit, signature: Signature, action: str, key: str | None, *, undoes: int | None = None
) -> Applied:
    story, plan = plan_edit(connection, edit, brings_back=action == "undo")
    change = StoryWriter(connection, story, plan, signature).write() if plan.changes(edit.story) else None
    _record_done(connection, key, change, signature)
    if change is None:
        return Applied(None)
    # The logbook names the facts by their new revisions, else the sources, actors or story.
    query = "SELECT kind, item_id, number, json_extract(content, '$.id') FROM revision WHERE change = ? ORDER BY id"
    rows = connection.execute(query, (change,)).fetchall()
    facts = [f"F{item}@{number}" for kind, item, number, _ in rows if kind == "fact"]
    names = facts or [f"{kind} {name}" for kind, _, _, name in rows]
    more = len(names) - _NAMED
    what = ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    write_entry(connection, signature, action, what, story=edit.story, change=change, undoes=undoes)
    return _applied(connection, change)


def _undo(
    connection: sqlite3.Connection, reversal: Reversal, signature: Signature, key: str | None, check: Check | None
) -> Applied:
    if check is not None:
        check(reversal.edit)
    applied = _write(connection, reversal.edit, signature, "undo", key, undoes=reversal.change)
    if reversal.change is not None:
        reopen_undone(connection)
    return replace(applied, left_out=reversal.left_out)


def _done(connection: sqlite3.Connection, key: str | None) -> Applied | None:
    """Return what the change under an idempotency key did, None where there was none."""
    row = connection.execute("SELECT change FROM done WHERE key = ?", (key,)).fetchone() if key is not None else None
    if row is None:
        return None
    return Applied(None, repeated=True) if row[0] is None else _applied(connection, row[0], repeated=True)


def _record_done(connection: sqlite3.Connection, key: str | None, change: int | None, signature: Signature) -> None:
    if key is not None:
        connection.execute("INSERT INTO done(key, change, at) VALUES (?, ?, ?)", (key, change, signature.at))


def _applied(connection: sqlite3.Connection, change: int, *, repeated: bool = False) -> Applied:
    rows = connection.execute(
        "SELECT item_id, action FROM revision WHERE change = ? AND kind = 'fact' ORDER BY id", (change,)
    ).fetchall()

    def with_action(*actions: str) -> tuple[int, ...]:
        return tuple(item for item, action in rows if action in actions)

    return Applied(change, with_action("add", "restore"), with_action("revise"), with_action("retract"), repeated)
