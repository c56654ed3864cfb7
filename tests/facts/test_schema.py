"""The tables themselves, with raw SQL: what the constraints refuse, and that triggers alone keep the index in step."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.facts import schema
from bot.facts.base import FactBase
from bot.facts.dates import parse_date
from bot.facts.models import Actor, Citation, Fact, Source, Story, StoryInfo

STORY = Story(
    info=StoryInfo("bridge", "The bridge"),
    sources=(Source("gazette", "article-newspaper", "Bridge shut", publisher="Harbour Gazette"),),
    actors=(Actor("lee", "Maria Lee", "person", aliases=("the mayor",)), Actor("bridge", "Harbour Bridge", "other")),
    facts=(
        Fact(
            "closure",
            "event",
            "The city closed the crossing.",
            (Citation("gazette", "paragraph", "1"),),
            date=parse_date("2021-03-03"),
            where="Harbour",
            who=("lee",),
        ),
        Fact(
            "lee-safety",
            "quote",
            "Safety comes first.",
            (Citation("gazette", "paragraph", "4"), Citation("gazette")),
            by=("lee",),
            about=("bridge",),
            event="closure",
            context="press conference",
            asked_as=("Why did she do it?",),
        ),
        Fact(
            "cost", "claim", "Repairs will cost 4.2 million dollars.", (Citation("gazette"),), date=parse_date("2021-02/2021-04")
        ),
    ),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "base.db"
    with FactBase.open(path) as base:
        base.apply(STORY, by="tester")
    return path


@pytest.fixture
def database(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    yield connection
    connection.close()


def matches(database: sqlite3.Connection, words: str) -> list[int]:
    rows = database.execute("SELECT rowid FROM fact_search WHERE fact_search MATCH ? ORDER BY rowid", (words,))
    return [row[0] for row in rows]


def add_fact(database: sqlite3.Connection, number: int = 50) -> None:
    database.execute(
        "INSERT INTO fact(id, story_id, slug, kind, text, position) VALUES (?, 1, ?, 'event', 'A ferry came.', 9)",
        (number, f"ferry-{number}"),
    )


def test_a_fact_without_a_citation_cannot_be_committed(database: sqlite3.Connection) -> None:
    database.execute("BEGIN")
    add_fact(database)
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        database.execute("COMMIT")
    database.execute("INSERT INTO citation VALUES (50, 1, 1, 'page', '3')")
    database.execute("COMMIT")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        database.execute("DELETE FROM citation WHERE fact_id = 50")
    assert database.execute("SELECT count(*) FROM citation WHERE fact_id = 50").fetchone() == (1,)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE revision SET by = 'nobody'",
        "DELETE FROM revision",
        "DELETE FROM fact",
        "UPDATE fact SET kind = 'rumour'",
        "UPDATE fact SET text = ''",
        "UPDATE fact SET date_from = 'soon'",
        "UPDATE fact SET event_id = 99",
        "UPDATE citation SET source_id = 99",
        "DELETE FROM source",
        "DELETE FROM actor",
        "INSERT INTO fact_actor VALUES (1, 'hero', 0, 1)",
        "INSERT INTO revision(kind, item_id, number, action, content, change, at, by)"  # noqa: ISC004
        " VALUES ('fact', 1, 9, 'add', '{', 1, '', '')",
    ],
)
def test_the_tables_refuse(database: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        database.execute(statement)


def test_all_tables_are_strict_and_keys_hold(database: sqlite3.Connection) -> None:
    loose = "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict AND name NOT LIKE 'sqlite%'"
    assert database.execute(loose).fetchall() == []
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_every_foreign_key_has_an_index(database: sqlite3.Connection) -> None:
    names = [
        row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%REFERENCES%'")
    ]
    for table in names:
        led = {
            database.execute("SELECT name FROM pragma_index_info(?) WHERE seqno = 0", (index[0],)).fetchone()[0]
            for index in database.execute("SELECT name FROM pragma_index_list(?)", (table,)).fetchall()
        }
        keys = {row[0] for row in database.execute('SELECT "from" FROM pragma_foreign_key_list(?) WHERE seq = 0', (table,))}
        own = {row[0] for row in database.execute("SELECT name FROM pragma_table_info(?) WHERE pk = 1", (table,))}
        assert keys <= led | own, table


def test_the_index_holds_text_phrasings_names_places_ids_and_dates(database: sqlite3.Connection) -> None:
    assert matches(database, "closes crossings") == [1]
    assert matches(database, "why") == [2]
    assert matches(database, "mayor") == [1, 2]
    assert matches(database, "names: bridge") == [2]
    assert matches(database, "conference") == [2]
    assert matches(database, "harbour") == [1, 2]
    assert matches(database, "closure") == [1]
    assert matches(database, "march 2021") == [1]
    assert matches(database, "february april 2021") == [3]


@pytest.mark.parametrize(
    ("statement", "words", "numbers"),
    [
        ("UPDATE fact SET text = 'A storm.' WHERE id = 1", "storm", [1]),
        ("UPDATE fact SET text = 'A storm.' WHERE id = 1", "crossing", []),
        ("UPDATE fact SET retracted = 1 WHERE id = 1", "crossing", []),
        ("UPDATE fact SET retracted = 1 WHERE id = 2", "why OR mayor", [1]),
        ("""UPDATE fact SET "where" = 'Dock' WHERE id = 3""", "dock", [3]),
        ("UPDATE fact SET date_from = 20200101, date_to = 20201231 WHERE id = 1", "2020", [1]),
        ("INSERT INTO phrasing VALUES (3, 1, 'the price')", "price", [3]),
        ("UPDATE phrasing SET text = 'the reason'", "reason", [2]),
        ("DELETE FROM phrasing", "why", []),
        ("INSERT INTO fact_actor VALUES (3, 'speaker', 0, 1)", "mayor", [1, 2, 3]),
        ("UPDATE fact_actor SET fact_id = 3 WHERE fact_id = 1", "mayor", [2, 3]),
        ("DELETE FROM fact_actor WHERE fact_id = 1", "mayor", [2]),
        ("UPDATE actor SET name = 'Zoë Lee' WHERE id = 1", "zoe", [1, 2]),
        ("INSERT INTO actor_alias VALUES (2, 0, 'the old bridge')", "old", [2]),
        ("UPDATE actor_alias SET alias = 'her honour'", "honour", [1, 2]),
        ("DELETE FROM actor_alias", "mayor", []),
        ("UPDATE fact SET slug = 'shut-down' WHERE id = 1", "shut", [1]),
    ],
)
def test_triggers_alone_keep_the_index_in_step(
    database: sqlite3.Connection, statement: str, words: str, numbers: list[int]
) -> None:
    database.execute(statement)
    assert matches(database, words) == numbers
    indexed = "SELECT rowid, text, phrasings, names, context, words, dates, stems FROM fact_search ORDER BY 1"
    assert database.execute(indexed).fetchall() == database.execute("SELECT * FROM fact_words ORDER BY 1").fetchall()
    database.execute("INSERT INTO fact_search(fact_search) VALUES ('integrity-check')")


def test_a_new_fact_is_indexed_in_one_write(database: sqlite3.Connection) -> None:
    writes: list[str] = []
    database.execute("BEGIN")
    database.set_trace_callback(writes.append)
    database.execute("INSERT INTO citation VALUES (50, 1, 1, NULL, NULL)")
    database.execute("INSERT INTO fact_actor VALUES (50, 'participant', 0, 1)")
    database.execute("INSERT INTO phrasing VALUES (50, 1, 'boat')")
    add_fact(database)
    database.set_trace_callback(None)
    database.execute("COMMIT")
    assert matches(database, "boat AND mayor AND ferry") == [50]
    assert sum("INTO 'main'.'fact_search_content'" in write for write in writes) == 1


def test_the_views_read_well(path: Path) -> None:
    with Database(sqlite3.connect(path)) as database:
        assert list(database.view("events").rows) == [
            {
                "fact": "F1",
                "story": "The bridge",
                "date": "2021-03-03",
                "what": "The city closed the crossing.",
                "where": "Harbour",
                "who": "Maria Lee",
                "cited": "Bridge shut, Harbour Gazette, paragraph 1",
                "id": "closure",
            }
        ]
        (quote,) = database.view("quotes").rows
        assert quote["said_by"] == "Maria Lee"
        assert quote["about"] == "Harbour Bridge"
        assert quote["event"] == "The city closed the crossing."
        assert quote["cited"] == "Bridge shut, Harbour Gazette, paragraph 4; Bridge shut, Harbour Gazette"
        (claim,) = database.view("claims").rows
        assert claim["claimed_by"] is None
        database.execute("UPDATE fact SET retracted = 1")
        assert [database.view(name).count for name in ("events", "quotes", "claims")] == [0, 0, 0]


def test_every_file_of_the_schema_is_applied_and_marks_the_base_as_ours(database: sqlite3.Connection) -> None:
    made = {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
    for file in Path(schema.__file__).parent.glob("*.sql"):
        named = re.findall(r"^CREATE (?:UNIQUE |VIRTUAL )?\w+ (\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
        assert named, file.name
        assert set(named) <= made, file.name
    assert database.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)
    assert database.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)


def test_above_each_table_it_is_said_what_a_row_is() -> None:
    for file in Path(schema.__file__).parent.glob("*.sql"):
        for paragraph in file.read_text(encoding="utf-8").split("\n\n"):
            if re.search(r"^CREATE (?:VIRTUAL )?TABLE", paragraph, re.MULTILINE):
                assert re.match("-- (?:A|The one) row (?:is|says) ", paragraph), paragraph
