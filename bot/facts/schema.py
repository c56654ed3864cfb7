"""The tables of a fact base, as named migrations.

A fact is one row of ``fact`` with its citations, its actors and its other phrasings in tables beside it. What was is in
``revision``, which is only ever added to. The search index and the views for people follow from these tables by triggers and SQL
alone, so they are right whoever writes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from bot.facts.schema_editing import EDITING
from bot.facts.schema_runs import RUNS
from bot.facts.schema_search import SEARCH
from bot.facts.schema_tenure import TENURE
from bot.facts.schema_usage import USAGE
from bot.facts.schema_vectors import VECTORS
from bot.facts.schema_views import VIEWS

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

APPLICATION_ID = 0x464F4F54
"""Marks a file as ours in its header: the letters FOOT."""

_SET = "footnote"  # whose migrations they are, in a table that others may use too
_TABLES = (
    """
    CREATE TABLE story (
        id INTEGER PRIMARY KEY,
        slug TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        summary TEXT,
        language TEXT NOT NULL,
        revision INTEGER NOT NULL DEFAULT 1
    ) STRICT
    """,
    """
    CREATE TABLE source (
        id INTEGER PRIMARY KEY,
        story_id INTEGER NOT NULL REFERENCES story(id),
        slug TEXT NOT NULL,
        type TEXT NOT NULL,
        title TEXT NOT NULL,
        publisher TEXT,
        authors TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(authors)),
        published TEXT,
        url TEXT,
        archive TEXT,
        note TEXT,
        position INTEGER NOT NULL,
        revision INTEGER NOT NULL DEFAULT 1,
        retracted INTEGER NOT NULL DEFAULT 0 CHECK (retracted IN (0, 1)),
        UNIQUE (story_id, slug)
    ) STRICT
    """,
    """
    CREATE TABLE actor (
        id INTEGER PRIMARY KEY,
        story_id INTEGER NOT NULL REFERENCES story(id),
        slug TEXT NOT NULL,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        role TEXT,
        position INTEGER NOT NULL,
        revision INTEGER NOT NULL DEFAULT 1,
        retracted INTEGER NOT NULL DEFAULT 0 CHECK (retracted IN (0, 1)),
        UNIQUE (story_id, slug)
    ) STRICT
    """,
    """
    CREATE TABLE actor_alias (
        actor_id INTEGER NOT NULL REFERENCES actor(id),
        position INTEGER NOT NULL,
        alias TEXT NOT NULL,
        PRIMARY KEY (actor_id, position)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE actor_citation (
        actor_id INTEGER NOT NULL REFERENCES actor(id),
        position INTEGER NOT NULL,
        source_id INTEGER NOT NULL REFERENCES source(id),
        label TEXT,
        locator TEXT,
        PRIMARY KEY (actor_id, position)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX actor_citation_source ON actor_citation(source_id)",
    # `cited` makes a fact point at its own first citation, so that a fact without one cannot be committed. The keys between a
    # fact and its parts are checked at commit: parts may be written first, and the index is then written once a fact.
    """
    CREATE TABLE fact (
        id INTEGER PRIMARY KEY,
        story_id INTEGER NOT NULL REFERENCES story(id),
        slug TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('event', 'quote', 'claim')),
        text TEXT NOT NULL CHECK (text <> ''),
        date TEXT,
        date_from INTEGER,
        date_to INTEGER,
        place TEXT,
        context TEXT,
        event_id INTEGER REFERENCES fact(id) DEFERRABLE INITIALLY DEFERRED,
        position INTEGER NOT NULL,
        revision INTEGER NOT NULL DEFAULT 1,
        retracted INTEGER NOT NULL DEFAULT 0 CHECK (retracted IN (0, 1)),
        cited INTEGER NOT NULL GENERATED ALWAYS AS (1) STORED,
        UNIQUE (story_id, slug),
        FOREIGN KEY (id, cited) REFERENCES citation(fact_id, position) DEFERRABLE INITIALLY DEFERRED
    ) STRICT
    """,
    "CREATE INDEX fact_order ON fact(story_id, retracted, position)",
    "CREATE INDEX fact_date ON fact(kind, retracted, date_from)",
    "CREATE INDEX fact_event ON fact(event_id) WHERE event_id IS NOT NULL",
    """
    CREATE TABLE citation (
        fact_id INTEGER NOT NULL REFERENCES fact(id) DEFERRABLE INITIALLY DEFERRED,
        position INTEGER NOT NULL,
        source_id INTEGER NOT NULL REFERENCES source(id),
        label TEXT,
        locator TEXT,
        PRIMARY KEY (fact_id, position)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX citation_source ON citation(source_id)",
    """
    CREATE TABLE fact_actor (
        fact_id INTEGER NOT NULL REFERENCES fact(id) DEFERRABLE INITIALLY DEFERRED,
        role TEXT NOT NULL CHECK (role IN ('speaker', 'participant', 'subject')),
        position INTEGER NOT NULL,
        actor_id INTEGER NOT NULL REFERENCES actor(id),
        PRIMARY KEY (fact_id, role, position)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX fact_actor_actor ON fact_actor(actor_id, role)",
    """
    CREATE TABLE phrasing (
        fact_id INTEGER NOT NULL REFERENCES fact(id) DEFERRABLE INITIALLY DEFERRED,
        position INTEGER NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (fact_id, position)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE question (
        id INTEGER PRIMARY KEY,
        story_id INTEGER NOT NULL REFERENCES story(id),
        position INTEGER NOT NULL,
        ask TEXT NOT NULL,
        short TEXT
    ) STRICT
    """,
    "CREATE INDEX question_story ON question(story_id, position)",
    """
    CREATE TABLE question_fact (
        question_id INTEGER NOT NULL REFERENCES question(id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        fact_id INTEGER NOT NULL REFERENCES fact(id),
        PRIMARY KEY (question_id, position)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX question_fact_fact ON question_fact(fact_id)",
    """
    CREATE TABLE reply (
        key TEXT PRIMARY KEY,
        content TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX reply_at ON reply(at)",
    """
    CREATE TABLE revision (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('story', 'source', 'actor', 'fact')),
        item_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        action TEXT NOT NULL CHECK (action IN ('add', 'revise', 'retract', 'restore')),
        content TEXT NOT NULL CHECK (json_valid(content)),
        change INTEGER NOT NULL,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        reason TEXT,
        UNIQUE (kind, item_id, number)
    ) STRICT
    """,
    "CREATE INDEX revision_change ON revision(change)",
    """
    CREATE TRIGGER revision_is_kept BEFORE UPDATE ON revision
    BEGIN SELECT RAISE(ABORT, 'a revision is never changed: write a new one'); END
    """,
    """
    CREATE TRIGGER revision_is_not_deleted BEFORE DELETE ON revision
    BEGIN SELECT RAISE(ABORT, 'a revision is never deleted'); END
    """,
    """
    CREATE TRIGGER fact_is_not_deleted BEFORE DELETE ON fact
    BEGIN SELECT RAISE(ABORT, 'a fact is never deleted: set retracted = 1'); END
    """,
)


_MIGRATIONS = {
    "facts-and-history": (*_TABLES, *SEARCH, *VIEWS, f"PRAGMA application_id = {APPLICATION_ID}"),
    "runs-of-stories": RUNS,
    "editing": EDITING,
    "usage": USAGE,
    "tenure": TENURE,
    "vectors": VECTORS,
}
"""The migrations of a fact base, oldest first. A name, once released, is never changed or taken away."""

KNOWN_MIGRATIONS = frozenset(_MIGRATIONS)
"""The names of the migrations that this program has."""

NEWEST_MIGRATION = next(reversed(_MIGRATIONS))
"""The name of the last of them."""


def applied_migrations(connection: sqlite3.Connection) -> set[str]:
    """Return the names of the migrations that a base has had, by this program or a newer one."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone():
        return set()
    rows = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (_SET,))
    return {row[0] for row in rows}


def migrations() -> Migrations:
    """Return the migrations, to be applied to a base that lacks some."""
    # Imported here because it takes longer than opening a base, of which hardly any lacks one.
    from sqlite_utils.migrations import Migrations

    ours = Migrations(_SET)
    for name, statements in _MIGRATIONS.items():
        ours(name=name)(_step(statements))
    return ours


def _step(statements: Iterable[str]) -> Callable[[Database], None]:
    def run(database: Database) -> None:
        for statement in statements:
            database.execute(statement)

    return run
