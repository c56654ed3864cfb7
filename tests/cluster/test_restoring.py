"""A backup that is put back in a home that is replicated holds from then on: the replica does not bring the newer base back."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.doctor import Check
from bot.doctor.installation import check_replica
from bot.errors import ReplicaError
from bot.facts.state.ownership import read_ownership
from bot.storage.backup import back_up
from bot.storage.bases import bases_of
from bot.storage.restore import choose, restore
from tests.cluster.homes import Home, Homes, change, is_replicated, replicate_until_done, title, until
from tests.support.patience import PATIENCE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no Litestream for Windows")

SERVER = 7


@pytest.fixture
def backup(homes: Homes, tmp_path: Path) -> Path:
    """A backup of a replicated home, in which there was a change since."""
    home = homes("old")
    with home.open(SERVER) as base:
        change(base, "As it was")
    made = back_up(home.settings, tmp_path / "backups").folder
    with home.open(SERVER) as base:
        change(base, "Changed since")
    replicate_until_done(home, SERVER)
    return made


def put_back(home: Home, backup: Path) -> None:
    assert list(restore(backup, home.settings, choose(backup, home.settings)[1]))


def checkpointed(home: Home) -> bytes:
    """Return the base's file with all that is in its log, which Litestream may have left there when it was ended."""
    with closing(sqlite3.connect(home.path(SERVER))) as base:
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return home.path(SERVER).read_bytes()


def check_that_it_holds(home: Home, others: Home) -> None:
    """Assert that the restored base is what the bot uses, what the replica gets, and what another home gets from there."""
    for _ in range(2):
        with home.open(SERVER) as base:
            assert title(base) == "As it was"
        replicate_until_done(home, SERVER)
    with home.open(SERVER) as base:
        change(base, "Changed anew")
    replicate_until_done(home, SERVER)
    with others.open(SERVER) as base:
        assert title(base) == "Changed anew"


@pytest.mark.slow
def test_what_is_restored_in_the_home_that_wrote_last_holds(homes: Homes, backup: Path) -> None:
    put_back(homes("old"), backup)
    check_that_it_holds(homes("old"), homes("new"))


@pytest.mark.slow
def test_what_is_restored_while_litestream_is_at_work_is_replicated(homes: Homes, backup: Path) -> None:
    home = homes("old")
    home.replicate()
    put_back(home, backup)
    until(lambda: is_replicated(home, SERVER))
    home.stop()
    check_that_it_holds(home, homes("new"))


@pytest.mark.slow
def test_what_is_restored_in_place_of_a_file_that_is_no_base_holds(homes: Homes, backup: Path) -> None:
    homes("old").path(SERVER).write_bytes(b"no base")
    put_back(homes("old"), backup)
    check_that_it_holds(homes("old"), homes("new"))


@pytest.mark.slow
def test_what_is_restored_in_a_new_home_holds(homes: Homes, backup: Path) -> None:
    shutil.rmtree(homes("old").settings.home / "servers")
    put_back(homes("new"), backup)
    check_that_it_holds(homes("new"), homes("third"))


@pytest.mark.slow
def test_what_the_command_restores_holds_where_the_settings_are_elsewhere_as_in_a_container(
    homes: Homes, backup: Path, tmp_path: Path
) -> None:
    new = homes("new")
    settings = (new.settings.home / "footnote.toml").rename(tmp_path / "elsewhere.toml")
    new.environment["FOOTNOTE_CONFIG"] = str(settings)
    restoring = new.start("restore", str(backup))
    said, _ = restoring.communicate(timeout=PATIENCE)
    assert restoring.returncode == 0, said
    with new.open(SERVER) as base:
        assert title(base) == "As it was"


@pytest.mark.slow
def test_nothing_is_restored_where_the_replica_cannot_be_asked(homes: Homes, backup: Path, replica: Path) -> None:
    home = homes("old")
    before, term = checkpointed(home), read_ownership(home.path(SERVER))
    replica.rename(replica.with_name("away"))
    with pytest.raises(ReplicaError):
        put_back(home, backup)
    assert checkpointed(home) == before
    assert read_ownership(home.path(SERVER)) == term
    assert not list(home.path(SERVER).parent.glob("7.db.*"))


def look(home: Home) -> dict[str, str]:
    """Return how the doctor finds the replica."""
    return {check.state: check.says for check in check_replica(home.settings, bases_of(home.settings))}


@pytest.mark.slow
def test_the_doctor_says_how_the_replica_is(homes: Homes, backup: Path, replica: Path) -> None:
    home = homes("old")
    assert look(home) == {"warning": "Litestream does not run."}
    home.replicate()
    until(lambda: list(look(home)) == ["ok"])
    home.stop()
    replica.rename(replica.with_name("away"))
    assert look(home) == {"wrong": "It cannot be reached."}
    replica.mkdir()
    assert look(home) == {"warning": "It has nothing of 7.db."}
    assert "cannot be read" in look(Home(replica / "home", replica, replica / "no.yml"))["wrong"]
    assert not look_at_nothing(home)


def look_at_nothing(home: Home) -> list[Check]:
    """Return what the doctor says of a replica where there is none, or nothing to replicate."""
    return [
        *check_replica(replace(home.settings, replica=""), bases_of(home.settings)),
        *check_replica(home.settings, ()),
    ]
