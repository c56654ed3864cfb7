"""``footnote backup``: copies are whole whatever is written meanwhile, and what is not whole has not the name of one."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.facts.base import FactBase
from bot.settings import load_settings
from bot.storage.backup import LAST_BACKUP, MANIFEST, back_up, backups_in, last_backups, read_manifest, sha256_of, write_manifest
from tests.support.base_checks import check_kept, check_whole
from tests.support.command_line import Run, process
from tests.support.disks import small_disk
from tests.support.paths import HARBOUR, ROOT
from tests.support.patience import PATIENCE

# Makes a backup and ends without a word when it is about to name it.
KILLED = """
import os, signal, sys
from pathlib import Path
from bot.storage import backup
from bot.settings import load_settings

backup.write_manifest = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
backup.back_up(load_settings(), Path(sys.argv[1]))
"""


@pytest.fixture
def filled(run: Run, home: Path) -> Path:
    """A home with the library and two servers."""
    run("ask", "When was the bridge closed?")
    for server in ("7", "12"):
        run("story", "import", str(HARBOUR), "--server", server, "--yes")
    return home


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192 : len(content) - 8192] = bytes(len(content) - 16384)
    path.write_bytes(content)


def test_a_backup_holds_every_base_and_says_what_it_holds(run: Run, filled: Path, tmp_path: Path) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    result = run("backup", str(tmp_path / "backups"))
    (backup,) = backups_in(tmp_path / "backups")
    assert result.exit_code == 0
    assert result.output.startswith(f"{backup}: 3 bases with 24 facts, ")
    manifest = read_manifest(backup)
    assert before <= manifest.made <= datetime.now(UTC)
    assert [base.base for base in manifest.bases] == ["library.db", "servers/7.db", "servers/12.db"]
    for base in manifest.bases:
        assert (base.facts, base.size) == (8, (backup / base.base).stat().st_size)
        assert base.sha256 == sha256_of(backup / base.base)
    files = sorted(path.relative_to(backup).as_posix() for path in backup.rglob("*") if path.is_file())
    assert files == ["library.db", "manifest.json", "servers/12.db", "servers/7.db"]
    assert backup.stat().st_mode & 0o077 == 0
    check_whole(backup / "servers" / "7.db")


def test_the_home_folder_is_left_as_it_was_but_for_the_note_of_the_backup(run: Run, filled: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in filled.rglob("*") if path.is_file()}
    assert last_backups(filled) == {}
    run("backup", str(tmp_path / "backups"), "--server", "7")
    after = {path: path.read_bytes() for path in filled.rglob("*") if path.is_file()}
    assert after.keys() - before.keys() == {filled / LAST_BACKUP}
    assert before.items() <= after.items()
    settings = load_settings()
    made = read_manifest(backups_in(tmp_path / "backups")[0]).made
    assert last_backups(filled) == {settings.base_path(7): made}
    (filled / LAST_BACKUP).write_text("[")
    assert last_backups(filled) == {}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_backup_has_all_that_was_acknowledged_before_it_while_changes_go_on(run: Run, filled: Path, tmp_path: Path) -> None:
    path = load_settings().base_path(7)
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.torture.worker", str(path), "0", "100000"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout is not None
    made: list[dict[str, Any]] = []
    with worker, worker.stdout as lines:
        assert lines.readline() == "ready\n"
        try:
            for _ in range(5):
                made += [json.loads(lines.readline()) for _ in range(10)]
                done = back_up(load_settings(), tmp_path / "backups", servers=(7,))
                copy = Path(shutil.copy(done.folder / "servers" / "7.db", tmp_path / "copy.db"))
                check_whole(copy)
                with closing(sqlite3.connect(copy)) as raw:
                    undone = {row[0] for row in raw.execute("SELECT undoes FROM logbook WHERE undoes IS NOT NULL")}
                check_kept(copy, [entry for entry in made if "gap" not in entry or entry["change"] not in undone])
                copy.unlink()
        finally:
            os.kill(worker.pid, signal.SIGKILL)


def test_keep_deletes_older_backups_of_the_same_bases_and_nothing_else(run: Run, filled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    run("backup", str(folder), "--server", "7")
    (folder / "20200101T000000Z").mkdir()
    (folder / "mine").mkdir()
    for _ in range(3):
        run("backup", str(folder))
    one_server, *whole = backups_in(folder)
    assert "Deleted 2 older backups." in run("backup", str(folder), "--keep", "2").output
    assert backups_in(folder)[:2] == (one_server, whole[-1])
    assert len(backups_in(folder)) == 3
    assert (folder / "20200101T000000Z").is_dir()
    assert (folder / "mine").is_dir()
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_keep_does_not_delete_the_new_backup_for_those_that_a_wrong_clock_dated_later(
    run: Run, filled: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    run("backup", str(folder))
    (earlier,) = backups_in(folder)
    later = folder / "20990101T000000Z"
    shutil.copytree(earlier, later)
    write_manifest(later, replace(read_manifest(later), made=datetime(2099, 1, 1, tzinfo=UTC)))
    result = run("backup", str(folder), "--keep", "1")
    new = Path(result.stdout.partition(": ")[0])
    assert "Deleted 1 older backup." in result.stdout
    assert backups_in(folder) == (new, later)


def test_keep_neither_counts_nor_deletes_a_backup_whose_manifest_cannot_be_read(run: Run, filled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    for _ in range(2):
        run("backup", str(folder))
    older, unreadable = backups_in(folder)
    (unreadable / MANIFEST).write_text("no manifest")
    result = run("backup", str(folder), "--keep", "1")
    assert "Deleted 1 older backup." in result.stdout
    assert not older.exists()
    assert unreadable in backups_in(folder)


def test_a_base_with_rows_that_point_at_nothing_is_left_out_and_named(run: Run, filled: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(load_settings().base_path(7), isolation_level=None)) as raw:
        raw.execute("UPDATE citation SET source_id = 99 WHERE fact_id = 1")
    result = run("backup", str(tmp_path / "backups"))
    assert result.exit_code == 4
    assert "7.db is damaged (rows of citation that point at no source: 1). Restore it from an earlier backup." in result.stderr
    (made,) = backups_in(tmp_path / "backups")
    assert sorted(base.base for base in read_manifest(made).bases) == ["library.db", "servers/12.db"]


def test_a_damaged_base_is_left_out_and_named_and_older_backups_of_it_are_kept(run: Run, filled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    run("backup", str(folder))
    damage(load_settings().base_path(7))
    for count in (2, 3):
        result = run("backup", str(folder), "--keep", "1")
        assert result.exit_code == 4
        assert "2 bases with 16 facts" in result.stdout
        assert "Left out servers/7.db: " in result.stderr
        assert "damaged" in result.stderr
        assert len(backups_in(folder)) == count
    newest = backups_in(folder)[-1]
    assert [base for base, _ in read_manifest(newest).left_out] == ["servers/7.db"]
    assert not (newest / "servers" / "7.db").exists()
    assert "servers/7.db was left out when it was made, and stays as it is." in run("restore", str(newest), "--dry-run").stderr


def test_an_index_that_is_out_of_step_is_made_anew_in_the_copy(run: Run, filled: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(load_settings().base_path(7))) as raw:
        raw.execute("DELETE FROM fact_search")
        raw.commit()
    assert run("backup", str(tmp_path / "backups")).exit_code == 0
    with FactBase.open(backups_in(tmp_path / "backups")[0] / "servers" / "7.db") as base:
        assert base.search.find(["bridge"])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_backup_that_was_killed_is_none_and_is_cleared_away_a_day_later(run: Run, filled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    (left,) = folder.iterdir()
    assert (left / "library.db").exists()
    assert backups_in(folder) == ()
    run("backup", str(folder))
    assert left.exists()
    long_ago = (datetime.now(UTC) - timedelta(days=2)).timestamp()
    os.utime(left, (long_ago, long_ago))
    run("backup", str(folder))
    assert not left.exists()
    assert len(backups_in(folder)) == 2


@pytest.mark.parametrize("known", [True, False])
def test_a_disk_that_is_full_is_said_in_one_sentence_and_leaves_nothing(
    run: Run, filled: Path, tmp_path: Path, known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    with small_disk(folder, 700):
        if not known:  # it becomes full under way
            monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10**9))
        result = run("backup", str(folder))
        assert (result.exit_code, result.stdout) == (4, "")
        assert result.stderr.startswith("There is no room for ")
        assert result.stderr.count("\n") == 1
        assert list(folder.iterdir()) == []


def test_what_cannot_be_backed_up_is_said(run: Run, home: Path, tmp_path: Path) -> None:
    result = run("backup", str(tmp_path / "backups"))
    assert (result.exit_code, "nothing to back up" in result.stderr) == (2, True)
    run("ask", "When was the bridge closed?")
    result = run("backup", str(tmp_path / "backups"), "--server", "9")
    assert (result.exit_code, "There is no fact base at" in result.stderr) == (4, True)
    (tmp_path / "file").write_text("")
    result = run("backup", str(tmp_path / "file" / "backups"))
    assert (result.exit_code, "could not be written" in result.stderr) == (4, True)
    assert backups_in(tmp_path / "backups") == ()


def test_a_slip_in_the_settings_is_no_reason_to_have_no_backup(run: Run, filled: Path, tmp_path: Path) -> None:
    (filled / "footnote.toml").write_text("page_sise = 2")
    result = run("backup", str(tmp_path / "backups"))
    assert (result.exit_code, "3 bases with 24 facts" in result.stdout) == (0, True), result.output


def test_backups_that_are_made_at_once_are_all_whole(filled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    running = [process("backup", str(folder), "--keep", "2") for _ in range(4)]
    for worker in running:
        said, errors = worker.communicate(timeout=PATIENCE)
        assert (worker.returncode, errors) == (0, b""), said
    assert 2 <= len(backups_in(folder)) <= 4
    for backup in backups_in(folder):
        assert len(read_manifest(backup).bases) == 3
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]
