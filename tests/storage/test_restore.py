"""``footnote restore``: only what is as it was backed up is put back, and what it replaces is kept."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BackupError
from bot.facts import files
from bot.facts.base import FactBase
from bot.settings import load_settings
from bot.storage import deletion
from bot.storage.backup import MANIFEST, Manifest, Saved, backups_in, read_manifest, sha256_of, write_manifest
from bot.storage.served_bases import ServedBases
from tests.support.base_checks import check_whole
from tests.support.command_line import Run, made_once
from tests.support.disks import small_disk
from tests.support.paths import HARBOUR, ROOT

# Restores a backup and ends without a word at one of the steps of putting a base back.
KILLED = """
import os, signal, sys
from pathlib import Path
from bot.storage import restore
from bot.settings import load_settings

setattr(restore, sys.argv[2], lambda *_: os.kill(os.getpid(), signal.SIGKILL))
backup, settings = Path(sys.argv[1]), load_settings()
list(restore.restore(backup, settings, restore.choose(backup, settings)[1]))
"""


@pytest.fixture
def backup(run: Run, home: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a home with the library and two servers."""

    def make() -> None:
        run("ask", "When was the bridge closed?")
        for server in ("7", "12"):
            run("story", "import", str(HARBOUR), "--server", server, "--yes")
        run("backup", str(tmp_path / "backups"))

    made_once("backed up", tmp_path, tmp_path_factory, make)
    return backups_in(tmp_path / "backups")[0]


def add_fact(run: Run, server: int) -> None:
    source = ["--cite", "gazette#9", "--story", "harbour-bridge", "--server", str(server), "--yes"]
    result = run("facts", "add", "--kind", "event", "--text", "A ferry came to the harbour.", *source)
    assert result.exit_code == 0, result.output


def facts(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute("SELECT id, text, retracted, revision FROM fact ORDER BY id").fetchall()


def everything(home: Path) -> dict[str, bytes]:
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in home.rglob("*") if path.is_file()}


def test_all_of_a_backup_goes_into_an_empty_home(run: Run, backup: Path, home: Path) -> None:
    before = {base: facts(home / base) for base in ("library.db", "servers/7.db", "servers/12.db")}
    shutil.rmtree(home)
    result = run("restore", str(backup))
    assert result.exit_code == 0
    assert result.output.count("restored, 8 facts.") == 3
    assert {base: facts(home / base) for base in before} == before
    assert sorted(name for name in everything(home) if not name.endswith(".lock")) == sorted(before)
    check_whole(home / "servers" / "7.db")
    assert "3 March 2021" in run("ask", "When was the bridge closed?").output


def test_what_is_replaced_is_kept_with_what_came_after_the_backup(run: Run, backup: Path, home: Path) -> None:
    path = home / "servers" / "7.db"
    before = facts(path)
    add_fact(run, 7)
    later, others = facts(path), facts(home / "servers" / "12.db")
    assert len(later) == len(before) + 1
    result = run("restore", str(backup), "--server", "7")
    (kept,) = path.parent.glob("7.db.replaced-*.bak")
    assert f"{path}: restored, 8 facts. What was there is kept as {kept.name}." in result.output
    assert "12.db" not in result.output
    assert (facts(path), facts(kept), facts(home / "servers" / "12.db")) == (before, later, others)
    add_fact(run, 7)
    check_whole(path)


def test_what_is_replaced_more_than_once_in_a_second_is_kept_each_time(run: Run, backup: Path, home: Path) -> None:
    path = home / "servers" / "7.db"
    for more in (0, 1, 2):
        for _ in range(more):
            add_fact(run, 7)
        with time_machine.travel(datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC), tick=False):
            run("restore", str(backup), "--server", "7")
    kept = sorted(path.parent.glob("7.db.replaced-*.bak"))
    assert [file.name.removeprefix("7.db.replaced-20260304T050607Z") for file in kept] == ["-2.bak", "-3.bak", ".bak"]
    assert [len(facts(file)) for file in kept] == [9, 10, 8]


def test_a_dry_run_only_says_what_would_be_done(run: Run, backup: Path, home: Path) -> None:
    (home / "servers" / "7.db").unlink()
    before = everything(home)
    result = run("restore", str(backup), "--dry-run")
    assert result.exit_code == 0
    assert f"{home / 'servers' / '7.db'}: would be put there: 8 facts." in result.output
    assert f"{home / 'servers' / '12.db'}: would be replaced, and kept beside: 8 facts." in result.output
    assert everything(home) == before


def test_nothing_is_restored_while_the_bot_serves_one_of_the_bases(run: Run, backup: Path, home: Path) -> None:
    with ServedBases(load_settings()).open(12):
        before = {base: facts(home / base) for base in ("library.db", "servers/7.db", "servers/12.db")}
        result = run("restore", str(backup))
        assert result.exit_code == 4
        assert "Stop the bot" in result.stderr
        assert {base: facts(home / base) for base in before} == before
        assert not list(home.rglob("*.bak"))
        assert run("restore", str(backup), "--server", "7").exit_code == 0
    assert run("restore", str(backup)).exit_code == 0


def test_another_program_that_has_a_base_open_sees_what_was_restored(run: Run, backup: Path, home: Path) -> None:
    with FactBase.open(home / "servers" / "7.db") as base:
        add_fact(run, 7)
        assert base.count() == 9
        version = base.version()
        assert run("restore", str(backup), "--server", "7").exit_code == 0
        assert base.count() == 8
        assert base.version() != version
        add_fact(run, 7)
        assert base.count() == 9
    check_whole(home / "servers" / "7.db")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_the_superuser_is_sent_to_the_user_whose_folder_it_is(run: Run, backup: Path, home: Path) -> None:
    os.chown(home, 12345, -1)
    before = everything(home)
    result = run("restore", str(backup))
    assert (result.exit_code, "sudo -u '#12345'" in result.stderr) == (2, True)
    assert everything(home) == before


@pytest.mark.parametrize("harm", ["changed", "short", "missing", "no manifest", "not a backup"])
def test_a_backup_that_is_not_what_it_was_is_refused_before_anything_is_done(
    run: Run, backup: Path, home: Path, harm: str
) -> None:
    copy = backup / "servers" / "12.db"
    content = copy.read_bytes()
    if harm == "changed":
        copy.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    elif harm == "short":
        copy.write_bytes(content[:-4096])
    elif harm == "missing":
        copy.unlink()
    elif harm == "no manifest":
        (backup / MANIFEST).unlink()
    before = everything(home)
    result = run("restore", str(home if harm == "not a backup" else backup))
    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr.count("\n") == 1
    assert everything(home) == before


def test_a_damaged_base_with_a_manifest_that_fits_it_is_refused(run: Run, backup: Path, home: Path) -> None:
    with closing(sqlite3.connect(backup / "servers" / "12.db")) as raw:
        raw.execute("UPDATE citation SET source_id = 99")
        raw.commit()
    content = (backup / "servers" / "12.db").read_bytes()
    manifest = json.loads((backup / MANIFEST).read_text())
    manifest["bases"][2] |= {"sha256": sha256_of(backup / "servers" / "12.db"), "size": len(content)}
    (backup / MANIFEST).write_text(json.dumps(manifest))
    before = everything(home)
    assert "is damaged, so nothing was restored" in run("restore", str(backup)).stderr
    assert everything(home) == before


def test_what_is_not_in_a_backup_is_said(run: Run, backup: Path) -> None:
    result = run("restore", str(backup), "--server", "99")
    assert (result.exit_code, "servers/99.db: not in" in result.stderr) == (2, True)
    result = run("restore", str(backup.parent))
    assert (result.exit_code, f"the newest is {backup}." in result.stderr) == (2, True)
    result = run("restore", str(backup / "no"))
    assert (result.exit_code, "is no backup" in result.stderr) == (4, True)


@pytest.mark.parametrize("left", [b"", b"SQLite format 3\0" + b"\xff" * 5000, b"no base at all", None])
def test_what_no_program_can_read_is_replaced_too_and_kept_as_it_is(
    run: Run, backup: Path, home: Path, left: bytes | None
) -> None:
    path = home / "servers" / "7.db"
    before = facts(path)
    left = path.read_bytes()[:30_000] if left is None else left
    path.write_bytes(left)
    log = not left.startswith(b"SQLite")  # SQLite itself clears away one that fits no base
    if log:
        path.with_name("7.db-wal").write_bytes(b"a log")
    result = run("restore", str(backup), "--server", "7")
    assert result.exit_code == 0, result.output
    (kept,) = path.parent.glob("7.db.replaced-*.bak")
    assert kept.read_bytes() == left
    assert not log or kept.with_name(f"{kept.name}-wal").read_bytes() == b"a log"
    assert not path.with_name("7.db-wal").exists()
    assert facts(path) == before


def test_one_base_that_cannot_be_put_back_is_named_and_the_others_are(run: Run, backup: Path, home: Path) -> None:
    for server in (7, 12):
        add_fact(run, server)
    lock = home / "servers" / ".12.db.lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()
    result = run("restore", str(backup))
    assert result.exit_code == 4
    assert "servers/12.db: not restored. " in result.stderr
    assert "servers/7.db: restored, 8 facts." in result.stdout
    assert len(facts(home / "servers" / "7.db")) == 8
    assert len(facts(home / "servers" / "12.db")) == 9, "it is as it was"
    lock.rmdir()
    assert run("restore", str(backup), "--server", "12").exit_code == 0


def test_a_base_that_another_program_writes_to_is_left_with_nothing_beside_it(
    run: Run, backup: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_fact(run, 7)
    path = home / "servers" / "7.db"
    monkeypatch.setattr(files, "_COPY_WAIT", 0.2)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        result = run("restore", str(backup), "--server", "7")
    assert result.exit_code == 4
    assert "servers/7.db: not restored. " in result.stderr
    assert "Another program" in result.stderr
    assert len(facts(path)) == 9
    assert not list(path.parent.glob("*.bak"))
    assert run("restore", str(backup), "--server", "7").exit_code == 0
    assert len(facts(path)) == 8


def test_a_log_without_its_base_is_not_taken_for_the_restored_ones(run: Run, backup: Path, home: Path) -> None:
    path = home / "servers" / "7.db"
    with FactBase.open(path):
        add_fact(run, 7)
        log = path.with_name("7.db-wal").read_bytes()
    path.unlink()
    path.with_name("7.db-wal").write_bytes(log)
    run("restore", str(backup), "--server", "7")
    assert len(facts(path)) == 8
    check_whole(path)


def test_the_data_of_a_server_that_was_deleted_on_purpose_stays_deleted_unless_it_is_named(
    run: Run, backup: Path, home: Path
) -> None:
    (home / "servers" / "7.db").unlink()
    (home / "servers" / "7.deleted").touch()
    for options in ([], ["--dry-run"]):
        assert "deleted on purpose" in run("restore", str(backup), *options).output
        assert not (home / "servers" / "7.db").exists()
    run("restore", str(backup), "--server", "7")
    assert len(facts(home / "servers" / "7.db")) == 8
    assert not (home / "servers" / "7.deleted").exists()


def test_what_was_deleted_stays_deleted_on_a_new_machine(
    run: Run, backup: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("servers", "delete", "7", "--now", "--yes")
    run("backup", str(tmp_path / "backups"))
    newest = backups_in(tmp_path / "backups")[-1]
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path / "new"))
    assert run("restore", str(newest)).exit_code == 0
    assert "7.db: left alone, because its data was deleted on purpose" in run("restore", str(backup)).stdout
    assert not (tmp_path / "new" / "servers" / "7.db").exists()
    run("restore", str(backup), "--server", "7")
    run("restore", str(newest))
    assert len(facts(tmp_path / "new" / "servers" / "7.db")) == 8, "it began anew"


def test_a_planned_deletion_comes_with_the_backup_and_is_told(
    run: Run, backup: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("servers", "delete", "7", "--yes")
    run("backup", str(tmp_path / "backups"))
    planned, newest = deletion.planned(load_settings(), 7), backups_in(tmp_path / "backups")[-1]
    assert planned is not None
    sentence = f"It is planned to be deleted on {planned.due.isoformat()}. To take that back: footnote servers keep 7\n"
    assert sentence in run("restore", str(backup), "--dry-run").stdout, "what is planned here holds for what was before"
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path / "new"))
    for options in (["--dry-run"], []):
        said = run("restore", str(newest), *options).stdout
        assert sentence in said
        assert said.count("planned to be") == 1
    assert deletion.planned(load_settings(), 7) == planned
    run("servers", "keep", "7")
    assert "planned to be" not in run("restore", str(newest)).stdout, "it is kept here"
    assert deletion.planned(load_settings(), 7) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("step", ["copy_base", "write_over", "tombstone"])
def test_a_restore_that_was_killed_leaves_every_base_whole_and_can_be_done_again(
    run: Run, backup: Path, home: Path, step: str
) -> None:
    saved = facts(home / "servers" / "7.db")
    add_fact(run, 7)
    later = facts(home / "servers" / "7.db")
    done = subprocess.run([sys.executable, "-c", KILLED, str(backup), step], cwd=ROOT, env=os.environ, check=False)
    assert done.returncode == -signal.SIGKILL
    for base in ("library.db", "servers/7.db", "servers/12.db"):
        check_whole(home / base)
    assert facts(home / "servers" / "7.db") == later
    assert run("restore", str(backup)).exit_code == 0
    assert facts(home / "servers" / "7.db") == saved


@pytest.mark.parametrize("known", [True, False])
def test_a_disk_that_is_full_leaves_the_base_as_it_was(
    run: Run, backup: Path, tmp_path: Path, known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "small"
    home.mkdir()
    monkeypatch.setenv("FOOTNOTE_HOME", str(home))
    with small_disk(home, 1100):
        run("restore", str(backup), "--server", "7")
        add_fact(run, 7)
        later = facts(home / "servers" / "7.db")
        (home / "big").write_bytes(bytes(max(shutil.disk_usage(home).free - 460_000, 0)))
        if not known:
            monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10**9))
        result = run("restore", str(backup), "--server", "7")
        assert result.exit_code == 4
        assert result.stderr.count("\n") == 1
        assert facts(home / "servers" / "7.db") == later
        check_whole(home / "servers" / "7.db")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda values: st.lists(values) | st.dictionaries(st.text(), values)
)
ENTRY = st.fixed_dictionaries(
    dict.fromkeys(("sha256", "size", "facts", "why"), VALUES) | {"base": st.sampled_from(["../a.db", "library.db", 1])}
)


@pytest.mark.parametrize("base", ["../library.db", "servers/../../7.db", "/etc/7.db", "servers/7.db-wal"])
def test_a_manifest_that_names_another_file_is_refused(run: Run, backup: Path, home: Path, base: str) -> None:
    content = json.loads((backup / MANIFEST).read_text())
    content["bases"][0]["base"] = base
    (backup / MANIFEST).write_text(json.dumps(content))
    before = everything(home)
    result = run("restore", str(backup))
    assert (result.exit_code, str(backup) in result.stderr) == (4, True)
    assert everything(home) == before


def test_where_no_folder_can_be_made_it_is_said_and_the_library_is_restored(run: Run, backup: Path, home: Path) -> None:
    shutil.rmtree(home)
    home.mkdir()
    (home / "servers").write_text("in the way")
    result = run("restore", str(backup))
    assert result.exit_code == 4
    assert "servers/7.db: not restored. " in result.stderr
    assert "library.db: restored" in result.stdout
    assert (home / "servers").read_text() == "in the way"


def test_a_base_whose_header_allows_no_writing_is_replaced_as_a_file_and_kept(run: Run, backup: Path, home: Path) -> None:
    add_fact(run, 7)
    path = home / "servers" / "7.db"
    with path.open("r+b") as file:
        file.seek(18)
        file.write(b"\x03")  # the version of the format that programs need to write it
    left = path.read_bytes()
    result = run("restore", str(backup), "--server", "7")
    assert result.exit_code == 0, result.output
    (kept,) = path.parent.glob("7.db.replaced-*.bak")
    assert kept.read_bytes() == left
    assert len(facts(path)) == 8


@given(
    st.fixed_dictionaries(
        {"format": st.integers(0, 2) | VALUES, "made": st.just("2026-01-01T00:00:00+00:00") | VALUES, "all_bases": VALUES},
        optional={"bases": st.lists(ENTRY) | VALUES, "left_out": st.lists(ENTRY) | VALUES},
    )
    | VALUES
)
def test_a_manifest_is_read_or_refused_whatever_is_in_it(tmp_path_factory: pytest.TempPathFactory, content: object) -> None:
    folder = tmp_path_factory.getbasetemp()
    (folder / MANIFEST).write_text(json.dumps(content))
    with suppress(BackupError):
        assert {base.base for base in read_manifest(folder).bases} <= {"library.db"}


def test_a_manifest_says_what_was_written(tmp_path: Path) -> None:
    manifest = Manifest(
        datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC),
        False,
        (Saved("servers/1.db", "ab", 4096, 3),),
        (("servers/2.db", "It is damaged."),),
        (("servers/3.db", 7),),
    )
    write_manifest(tmp_path, manifest)
    assert read_manifest(tmp_path) == manifest
