"""Whatever happens to one base stays with that base: every command over several bases goes on with the others."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.settings import load_settings
from bot.storage import deletion
from bot.storage.backup import backups_in, read_manifest
from bot.storage.bases import open_base
from tests.support.command_line import Run
from tests.support.slow import slow
from tests.torture import SCALE
from tests.torture.damages import ERRORS, damaged, failing, with_half_a_letter

OTHERS = ("library.db", "servers/1.db", "servers/3.db")
DAMAGED = "servers/2.db"
QUICK, BATCH, BATCHES = 8, 40, SCALE  # damages: in a plain run, and in each of the batches of a slow one


class Home:
    """A home folder with four bases and a backup of it, in which one base is damaged again and again."""

    def __init__(self, run: Run, home: Path, backups: Path) -> None:
        self.run, self.home, self.backups = run, home, backups
        for server in (None, 1, 2, 3):
            open_base(load_settings(), server).close()
        self.path = home / DAMAGED
        self.whole = self.path.read_bytes()
        assert run("backup", str(backups)).exit_code == 0
        (self.backup,) = backups_in(backups)
        self.facts = read_manifest(self.backup).bases[0].facts

    def hold_against_all(self, content: bytes) -> None:
        """Assert that every command does for the other bases what it is for, and deletes or replaces the damaged one."""
        for check in (self._doctor, self._list, self._back_up, self._restore, self._delete):
            for left in (*self.path.parent.glob("2.db*"), *self.path.parent.glob("2.deleted")):
                left.unlink()
            self.path.write_bytes(content)
            check()

    def _run(self, *args: str, codes: tuple[int, ...]) -> str:
        result = self.run(*args)
        assert result.exit_code in codes, (args, result.output)
        assert "should not have" not in result.output, (args, (self.home / "errors.log").read_text())
        return result.output

    def _doctor(self) -> None:
        for more in ((), ("--mend",)):
            checks = json.loads(self._run("doctor", "--json", *more, codes=(0, 1)).splitlines()[-1])["checks"]
            assert any(check["says"].startswith(("3 bases are sound", "4 bases are sound")) for check in checks), checks

    def _list(self) -> None:
        rows = [json.loads(line) for line in self._run("servers", "list", "--json", codes=(0,)).splitlines()]
        assert [row["server"] for row in rows] == [1, 2, 3]
        assert [rows[0]["facts"], rows[2]["facts"]] == [self.facts] * 2

    def _back_up(self) -> None:
        folder = self.backups.with_name("others")
        said = self._run("backup", str(folder), codes=(0, 4))
        (made,) = backups_in(folder)
        manifest = read_manifest(made)
        saved = [base.base for base in manifest.bases]
        assert set(OTHERS) <= set(saved)
        assert DAMAGED in saved or f"Left out {DAMAGED}: " in said
        shutil.rmtree(folder)

    def _restore(self) -> None:
        self._run("restore", str(self.backup), codes=(0,))
        for base in (*OTHERS, DAMAGED):
            with closing(sqlite3.connect(self.home / base)) as raw:
                assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                assert raw.execute("SELECT count(*) FROM fact").fetchone() == (self.facts,)
        for kept in self.home.rglob("*.replaced-*"):
            kept.unlink()

    def _delete(self) -> None:
        assert self._run("servers", "delete", "2", "--now", "--yes", codes=(0,)) == "Server 2 was deleted.\n"
        assert not self.path.exists()
        assert deletion.planned_servers(load_settings()) == ()
        assert all((self.home / base).exists() for base in OTHERS)


@pytest.fixture
def damaged_home(run: Run, home: Path, tmp_path: Path) -> Home:
    return Home(run, home, tmp_path / "backups")


def test_a_schema_of_which_sqlite_speaks_in_no_utf_8_stops_no_command(damaged_home: Home) -> None:
    content = with_half_a_letter(damaged_home.whole)
    damaged_home.path.write_bytes(content)
    with closing(sqlite3.connect(damaged_home.path)) as raw, pytest.raises(UnicodeDecodeError):
        raw.execute("SELECT 1 FROM story")
    damaged_home.hold_against_all(content)
    damaged_home.path.write_bytes(content)
    assert "servers/2.db is damaged" in damaged_home.run("servers", "list").output
    assert "footnote restore BACKUP --server 2" in damaged_home.run("doctor").output


@pytest.mark.parametrize("first", [0, *slow(range(BATCH, BATCH * BATCHES, BATCH))])
def test_no_damage_to_one_base_stops_a_command(first: int, damaged_home: Home, pytestconfig: pytest.Config) -> None:
    count = BATCH if pytestconfig.getoption("slow") else QUICK
    for number in range(first, first + count):
        try:
            damaged_home.hold_against_all(damaged(damaged_home.whole, number))
        except AssertionError as error:
            raise AssertionError(f"Damage {number}") from error


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_no_error_of_one_base_stops_a_command(error: Exception, damaged_home: Home) -> None:
    with failing(damaged_home.path, error):
        for check in (damaged_home._doctor, damaged_home._list, damaged_home._back_up, damaged_home._delete):
            check()
    open_base(load_settings(), 2).close()
    with failing(damaged_home.path, error):
        damaged_home._run("restore", str(damaged_home.backup), codes=(0,))
    damaged_home._restore()
