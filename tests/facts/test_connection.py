"""Opening a fact base, and every way in which its file can fail: one plain sentence with the mend, the file left as it was."""

from __future__ import annotations

import os
import re
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.cancellation import processor_limit
from bot.errors import BusyError, CutShortError, FactBaseError, FactBaseVersionError, NotAFactBaseError, NotKnownError
from bot.facts import soundness
from bot.facts.base import FactBase
from bot.facts.models import Citation, Fact, Source, Story, StoryInfo

STORY = Story(
    info=StoryInfo("bridge", "The bridge"),
    sources=(Source("gazette", "article-newspaper", "Bridge shut"),),
    actors=(),
    facts=tuple(Fact(f"fact-{number}", "event", "It was closed. " * 40, (Citation("gazette"),)) for number in range(60)),
)
SENTENCE = re.compile(r"[^\n]+\.")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "base.db"
    with FactBase.open(path) as base:
        base.apply(STORY, by="tester")
    return path


def refused(path: Path, kind: type[FactBaseError], sign: str, *, create: bool = True) -> None:
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(kind, match=sign) as raised:
        FactBase.open(path, create=create, wait=0.1)
    assert SENTENCE.fullmatch(str(raised.value))
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_new_base_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "servers" / "1 ?#%é.db"
    with FactBase.open(path) as base:
        assert base.count() == 0
    assert path.exists()
    assert not path.with_name(path.name + "-wal").exists()


def test_opening_a_made_base_changes_nothing_in_it(path: Path) -> None:
    before = path.read_bytes()
    with FactBase.open(path) as base:
        assert base.count() == 60
    assert path.read_bytes() == before


def test_a_missing_base_is_not_made_unasked(tmp_path: Path) -> None:
    refused(tmp_path / "none" / "base.db", FactBaseError, "There is no fact base", create=False)
    assert not (tmp_path / "none").exists()


def test_an_empty_file_becomes_a_base_only_where_one_may_be_made(tmp_path: Path) -> None:
    path = tmp_path / "base.db"
    path.touch()
    refused(path, NotAFactBaseError, "is empty", create=False)
    with FactBase.open(path) as base:
        assert base.count() == 0


def test_a_folder_is_no_base(tmp_path: Path) -> None:
    refused(tmp_path, FactBaseError, "is a folder")


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    refused(tmp_path / "file" / "base.db", FactBaseError, "folder")


@pytest.mark.parametrize("content", [b"hello", b"PK\x03\x04" * 100, b"SQLite format 4\0" + b"\0" * 4096, b"\0" * 4096])
def test_another_kind_of_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "base.db").write_bytes(content)
    refused(tmp_path / "base.db", NotAFactBaseError, "not a fact base")


@pytest.mark.parametrize("mark", [0, 1234])
def test_another_programs_database_is_refused(tmp_path: Path, mark: int) -> None:
    path = tmp_path / "base.db"
    with Database(path) as database:
        database.table("t").insert({"a": 1})
        database.execute(f"PRAGMA application_id = {mark}")
    refused(path, NotAFactBaseError, "another program's database")


@pytest.mark.parametrize(
    ("version", "said"),
    [(2, "newer version of Footnote. Update Footnote"), (0, "never released. Move it away, and import its stories again.")],
)
def test_a_base_of_another_version_is_refused(path: Path, version: int, said: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"PRAGMA user_version = {version}")
    refused(path, FactBaseVersionError, said)


def test_another_programs_tables_are_no_matter(path: Path) -> None:
    with Database(path) as database:
        database.table("notes").insert({"a": 1})
    with FactBase.open(path) as base:
        assert base.count() == 60


def test_a_file_that_another_process_fills_while_it_is_looked_at_is_a_base(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = path.read_bytes()[:100]
    pages = int.from_bytes(whole[28:32], "big")
    growing = whole[:28] + (pages + 5).to_bytes(4, "big") + whole[32:]
    for seen in ([b""], [whole, growing, whole]):
        looks = iter(seen)
        monkeypatch.setattr(soundness, "_header", lambda path, looks=looks: next(looks))
        with FactBase.open(path) as base:
            assert base.count() == 60
        assert list(looks) == []


def test_after_a_checkpoint_a_base_is_whole_in_its_one_file(path: Path, tmp_path: Path) -> None:
    with FactBase.open(path) as base:
        base.apply(Story(STORY.info, STORY.sources, (), STORY.facts[:20]), by="tester")
        base.checkpoint()
        (tmp_path / "copy.db").write_bytes(path.read_bytes())
    with FactBase.open(tmp_path / "copy.db") as copy:
        assert copy.count() == 20


def test_a_base_in_which_another_program_reads_is_not_said_to_have_a_checkpoint(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM fact").fetchall()
    with FactBase.open(path, wait=0.1) as base:
        base.apply(Story(STORY.info, STORY.sources, (), STORY.facts[:20]), by="tester")
        with pytest.raises(BusyError, match="Another program"):
            base.checkpoint()
    other.close()


@pytest.mark.parametrize("keep", [50, 99, 4096, 20000])
def test_a_truncated_base_is_refused(path: Path, keep: int) -> None:
    path.write_bytes(path.read_bytes()[:keep])
    refused(path, FactBaseError, "cut short")


def test_a_damaged_base_is_named(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(FactBaseError, match="damaged"), FactBase.open(path) as base:
        base.all_facts()


def test_a_base_that_another_program_is_writing_to(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with FactBase.open(path, wait=0.1) as base:
        assert base.count() == 60
        with pytest.raises(BusyError, match="Another program is writing"):
            base.apply(STORY, by="tester")
        other.execute("ROLLBACK")
        assert not base.apply(STORY, by="tester")
    other.close()


def test_a_base_that_another_program_holds_alone(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    refused(path, BusyError, "Another program is writing")
    other.close()


def test_a_full_disk_changes_nothing(path: Path) -> None:
    with FactBase.open(path) as base:
        writer = base._connections._writer
        pages = writer.execute("PRAGMA page_count").fetchone()[0]
        writer.execute(f"PRAGMA max_page_count = {pages + 2}")
        bigger = tuple(Fact(f"more-{number}", "event", "It was closed. " * 99, (Citation("gazette"),)) for number in range(99))
        with pytest.raises(FactBaseError, match="disk is full"):
            base.apply(Story(STORY.info, STORY.sources, (), (*STORY.facts, *bigger)), by="tester")
        assert base.story("bridge") == STORY
        writer.execute(f"PRAGMA max_page_count = {pages * 100}")
        assert base.apply(Story(STORY.info, STORY.sources, (), (*STORY.facts, *bigger)), by="tester").added


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read and write everything")
@pytest.mark.parametrize("lock", [lambda path: path.chmod(0), lambda path: path.parent.chmod(0o500)])
def test_what_may_not_be_read_or_written(path: Path, lock: Callable[[Path], None]) -> None:
    lock(path)
    try:
        with pytest.raises(FactBaseError, match=r"written|opened"):
            FactBase.open(path)
    finally:
        path.parent.chmod(0o700)
        path.chmod(0o600)


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="needs a file system that nobody may write to")
def test_a_folder_where_nothing_can_be_made() -> None:
    with pytest.raises(FactBaseError, match="cannot be opened"):
        FactBase.open(Path("/proc/nothing/base.db"))


def test_a_read_never_writes(path: Path) -> None:
    with FactBase.open(path) as base, base._connections.reading() as connection, pytest.raises(sqlite3.OperationalError):
        connection.execute("DELETE FROM fact")


def test_half_a_character_finds_nothing(path: Path) -> None:
    with FactBase.open(path) as base, pytest.raises(NotKnownError, match="half a character"):
        base.story("\ud800")


def test_many_that_make_the_same_base_at_once(tmp_path: Path) -> None:
    failures: list[BaseException] = []

    def make() -> None:
        try:
            with FactBase.open(tmp_path / "base.db") as base:
                base.apply(STORY, by="tester")
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            failures.append(error)

    makers = [threading.Thread(target=make) for _ in range(6)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert failures == []
    with FactBase.open(tmp_path / "base.db") as base:
        assert base.count() == 60
        assert len(base.revisions.history(1)) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_base_is_made_for_its_owners_eyes_alone(path: Path) -> None:
    with FactBase.open(path):
        beside = [file for file in path.parent.iterdir() if file.name.startswith(path.name)]
        assert len(beside) == 3  # what SQLite keeps beside it while it is open
        assert all(file.stat().st_mode & 0o077 == 0 for file in beside)


def test_what_makes_no_sense_is_damage_only_where_the_file_is_damaged(path: Path) -> None:
    def stumble(base: FactBase, kind: str) -> None:
        with getattr(base._connections, kind)():
            raise KeyError(1)

    for kind in ("reading", "writing"):
        with FactBase.open(path) as base, pytest.raises(KeyError):
            stumble(base, kind)
    with FactBase.memory() as base, pytest.raises(KeyError):
        stumble(base, "reading")
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("DELETE FROM source")
    for kind in ("reading", "writing"):
        with FactBase.open(path) as base, pytest.raises(FactBaseError, match="is damaged"):
            stumble(base, kind)


def test_little_of_a_small_base_is_held_and_more_of_a_big_one(path: Path) -> None:
    def held() -> int:
        with FactBase.open(path) as base, base._connections.reading() as reader:
            return -int(reader.execute("PRAGMA cache_size").fetchone()[0])

    assert held() == 128
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("CREATE TABLE filler AS SELECT zeroblob(8000000) AS bytes")
    assert 900 < held() < 1100
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("INSERT INTO filler VALUES (zeroblob(30000000))")
    assert held() == 2_000


def test_a_query_of_work_that_is_to_end_ends_as_such(path: Path) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with FactBase.open(path) as base:
        with processor_limit(0.0), pytest.raises(CutShortError):
            base._connections.rows(endless)
        with pytest.raises(BusyError, match="took too long") as late:
            base._connections.rows(endless, deadline=0.05)
        assert not isinstance(late.value, CutShortError)
