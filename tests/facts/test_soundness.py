"""What is wrong with a base is found, each kind of fault as what it is, and a search index is made anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.facts.base import FactBase
from bot.facts.files import connect, connect_to_read
from bot.facts.soundness import Soundness, look_for_faults, rebuild_index
from bot.stories.load import load_story
from tests.support.paths import HARBOUR


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "base.db"
    with FactBase.open(path) as base:
        base.apply(load_story(HARBOUR), by="tester")
    return path


@pytest.fixture
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        yield database


def looked_at(path: Path, mode: str = "rw") -> Soundness:
    with closing(connect_to_read(path) if mode == "ro" else connect(path)) as database:
        return look_for_faults(database)


@pytest.mark.parametrize("mode", ["ro", "rw"])
def test_a_sound_base_has_no_faults(path: Path, mode: str) -> None:
    before = path.read_bytes()
    assert looked_at(path, mode) == Soundness()
    assert looked_at(path, mode).sound
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("DELETE FROM fact_search WHERE rowid = 1", "facts that it does not hold as they are: 1"),
        ("UPDATE fact_search SET text = 'another' WHERE rowid = 1", "entries that fit no fact: 1"),
        ("INSERT INTO fact_search(rowid, text) VALUES (999, 'a')", "entries that fit no fact: 1"),
        ("DELETE FROM fact_search_data WHERE id > 10", "malformed"),
        ("UPDATE fact_search_content SET c0 = 'only here' WHERE id = 2", "facts that it does not hold as they are: 1"),
        ("DROP TABLE fact_search", "no such table: fact_search"),
    ],
)
@pytest.mark.parametrize("mode", ["ro", "rw"])
def test_an_index_that_is_out_of_step_is_found_and_made_anew(
    path: Path, raw: sqlite3.Connection, statement: str, fault: str, mode: str
) -> None:
    raw.execute(statement)
    raw.close()
    soundness = looked_at(path, mode)
    assert (soundness.damage, soundness.links, soundness.sound) == ((), (), False)
    assert fault in " ".join(soundness.index)
    with closing(connect(path)) as database:
        rebuild_index(database)
    assert looked_at(path, mode) == Soundness()
    with FactBase.open(path) as base:
        assert len(base.search.find(["bridge"])) > 0


def test_a_row_that_points_at_nothing_is_found(path: Path, raw: sqlite3.Connection) -> None:
    raw.execute("UPDATE citation SET source_id = 99 WHERE fact_id = 1")
    assert looked_at(path).links == ("rows of citation that point at no source: 1",)


def test_a_row_that_holds_what_its_table_may_not_is_damage(path: Path, raw: sqlite3.Connection) -> None:
    raw.execute("PRAGMA ignore_check_constraints = ON")
    raw.execute("UPDATE source SET authors = 'no list' WHERE id = 1")
    raw.execute("UPDATE citation SET source_id = 99 WHERE fact_id = 1")
    assert looked_at(path) == Soundness(("CHECK constraint failed in source",))


def test_damage_is_found_and_nothing_else_is_said_of_the_base(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192:-8192] = bytes(len(content) - 16384)
    path.write_bytes(content)
    soundness = looked_at(path)
    assert soundness.damage
    assert (soundness.links, soundness.index) == ((), ())
