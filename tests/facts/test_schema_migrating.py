"""A base of the first release becomes one of today's, wholly or not at all, with a copy from before beside it."""

from __future__ import annotations

import gzip
import os
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import FactBaseError
from bot.facts.base import FactBase
from bot.facts.schema import COPY_DAYS, KNOWN_MIGRATIONS, copy_before
from tests.support.disks import small_disk
from tests.support.paths import ROOT

FIRST = {"facts-and-history"}
SENTENCE = re.compile(r"[^\n]+\.")

# Opens a base and ends without a word at one statement of its migration; 0: before the first.
KILLED = """
import os, signal, sys
from pathlib import Path
from bot.facts import schema
from bot.facts.base import FactBase

left = int(sys.argv[2])
make_tables = schema.make_tables

def step(statement):
    global left
    print(statement.split("(")[0].strip().splitlines()[0], flush=True)
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1

def slowly(connection):
    connection.set_trace_callback(step)
    make_tables(connection)

schema.make_tables = slowly
FactBase.open(Path(sys.argv[1])).close()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A base as the first release left it: a story, one change of it, and a kept reply."""
    path = tmp_path / "server.db"
    path.write_bytes(gzip.decompress((Path(__file__).parent / "first_release.db.gz").read_bytes()))
    return path


def tables(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> '_sqlite_migrations'")
        return {name: " ".join(sql.split()) for name, sql in rows}


def content(path: Path) -> tuple[object, ...]:
    """Return what was in the first release's tables, and which migrations there were."""
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        applied = {row[0] for row in database.execute("SELECT name FROM _sqlite_migrations")}
        facts = database.execute("SELECT id, slug, text, retracted, revision FROM fact ORDER BY id").fetchall()
        history = database.execute("SELECT * FROM revision ORDER BY id").fetchall()
        return applied, facts, history, database.execute("SELECT key, content FROM reply").fetchall()


def test_a_base_of_the_first_release_becomes_one_like_a_new_one(path: Path, tmp_path: Path) -> None:
    before = content(path)
    assert before[0] == FIRST
    with FactBase.open(path) as base:
        assert "shut the Harbour Bridge" in " ".join(record.fact.text for record in base.all_facts())
        assert [step.by for step in base.editor.history(1)] == ["Footnote", "ann"]
    FactBase.open(tmp_path / "new.db").close()
    assert tables(path) == tables(tmp_path / "new.db")
    assert content(path) == (KNOWN_MIGRATIONS, *before[1:])
    assert content(copy_before(path)) == before
    assert sorted(os.listdir(tmp_path)) == ["new.db", "server.db", copy_before(path).name]


def test_a_new_base_has_no_copy_from_before(tmp_path: Path) -> None:
    FactBase.open(tmp_path / "new.db").close()
    assert os.listdir(tmp_path) == ["new.db"]


def test_only_the_copy_from_before_the_last_migration_is_kept_and_that_not_for_ever(path: Path) -> None:
    earlier = copy_before(path, "facts-and-history")
    earlier.write_bytes(b"")
    FactBase.open(path).close()
    assert not earlier.exists()
    FactBase.open(path).close()
    assert copy_before(path).exists()
    long_ago = copy_before(path).stat().st_mtime - (COPY_DAYS + 1) * 24 * 60 * 60
    os.utime(copy_before(path), (long_ago, long_ago))
    FactBase.open(path).close()
    assert os.listdir(path.parent) == ["server.db"]


def test_a_migration_that_fails_leaves_the_base_as_it_was(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE logbook (mine TEXT)")  # a migration makes one of that name
    before = content(path), tables(path)
    for _ in range(2):
        with pytest.raises(FactBaseError, match="left as it was") as raised:
            FactBase.open(path)
        assert SENTENCE.fullmatch(str(raised.value))
        assert (content(path), tables(path)) == before
        assert (content(copy_before(path)), tables(copy_before(path))) == before
    with closing(sqlite3.connect(path)) as database:
        database.execute("DROP TABLE logbook")
    FactBase.open(path).close()
    assert content(path)[0] == KNOWN_MIGRATIONS


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_migration_that_is_killed_at_any_statement_leaves_the_base_as_it_was(path: Path) -> None:
    first = path.read_bytes()
    before = content(path)

    def statements(kill_at: int) -> list[str]:
        path.write_bytes(first)
        copy_before(path).unlink(missing_ok=True)
        done = subprocess.run(
            [sys.executable, "-c", KILLED, str(path), str(kill_at)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == (0 if kill_at == 10_000 else -signal.SIGKILL), done.stderr
        return done.stdout.splitlines()

    whole = statements(10_000)
    assert content(path)[0] == KNOWN_MIGRATIONS
    commit = whole.index("COMMIT")
    for kill_at in (0, commit // 3, commit * 2 // 3, commit):
        assert len(statements(kill_at)) == kill_at + 1
        assert content(path) == before
        assert content(copy_before(path)) == before
        FactBase.open(path).close()
        assert content(path) == (KNOWN_MIGRATIONS, *before[1:])


@pytest.mark.parametrize(("kilobytes", "said"), [(240, "no room for a copy"), (420, "disk is full")])
def test_a_disk_that_is_full_leaves_the_base_as_it_was(path: Path, kilobytes: int, said: str, tmp_path: Path) -> None:
    before = content(path)
    (tmp_path / "small").mkdir()
    with small_disk(tmp_path / "small", kilobytes):
        small = tmp_path / "small" / path.name
        small.write_bytes(path.read_bytes())
        with pytest.raises(FactBaseError, match=said) as raised:
            FactBase.open(small)
        assert SENTENCE.fullmatch(str(raised.value))
        assert content(small) == before
        assert not list(small.parent.glob("*.new*"))
