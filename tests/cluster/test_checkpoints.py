"""Deleted means gone beside a Litestream too, which has every base open all the time and copies it elsewhere."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from bot.facts.base import FactBase
from bot.service.service import Service
from bot.service.session import Session
from bot.storage.deletion import checkpoint, delete
from bot.storage.replica import Replica
from bot.storage.served_bases import ServedBases
from tests.cluster.homes import LITESTREAM, Home, Homes, change, is_replicated, lag, until
from tests.support.leftovers import files_with

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="there is no Litestream for Windows"),
    pytest.mark.slow,
]

SERVER = 5 << 22
WORD, OWNER = "zebedeeword", "discord:471147114711"
COPIES = ("-litestream/", "replica/")


def stored(base: FactBase) -> None:
    base.unfinished_forms.put(OWNER, f'{{"text": "{WORD}"}}')


def drafts_in_the_replica(home: Home) -> int:
    replica = Replica.of(home.settings)
    assert replica is not None
    with replica.fetched(home.path(SERVER)) as fetched, closing(sqlite3.connect(fetched or "")) as base:
        return int(base.execute("SELECT count(*) FROM draft").fetchone()[0])


def in_the_home(tmp_path: Path) -> set[str]:
    """Return the files with the word but for the copies that Litestream has made."""
    names = files_with([WORD, OWNER], tmp_path / "only", tmp_path / "replica")
    return {name for name in names if not any(copy in name for copy in COPIES)}


def test_what_is_deleted_is_out_of_the_log_though_litestream_has_the_base_open(
    homes: Homes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home = homes("only")
    with home.open(SERVER) as base:
        home.replicate()
        until(lambda: lag(home, SERVER) is not None)
        for _ in range(2):
            stored(base)
            until(lambda: bool(files_with([WORD], tmp_path / "replica")))
            base.privacy.delete(OWNER, 471147114711)
            until(lambda: checkpoint(home.settings, SERVER, base))  # a busy machine's Litestream may not say in time that it runs
            assert in_the_home(tmp_path) == set()
            until(lambda: drafts_in_the_replica(home) == 0)
            # And it goes on: what is changed then reaches the replica.
            change(base, f"Changed after {time.monotonic()}")
            until(lambda: is_replicated(home, SERVER))
    assert not [message for message in caplog.messages if "could not be emptied yet" not in message]


def test_what_is_written_while_litestream_has_let_go_reaches_the_replica(homes: Homes) -> None:
    home = homes("only")
    with home.open(SERVER) as base:
        home.replicate()
        until(lambda: is_replicated(home, SERVER))
        replica = Replica.of(home.settings)
        assert replica is not None
        with replica.paused(home.path(SERVER)):
            change(base, "Changed meanwhile")
            assert base.try_to_checkpoint()
        until(lambda: is_replicated(home, SERVER))


def test_without_a_replica_in_reach_litestream_keeps_the_base_and_it_is_tried_again(
    homes: Homes, replica: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home = homes("only")
    with home.open(SERVER) as base:
        home.replicate()
        until(lambda: is_replicated(home, SERVER))
        replica.rename(gone := replica.with_name("gone"))
        replica.touch()
        stored(base)
        base.privacy.delete(OWNER, 471147114711)
        assert not checkpoint(home.settings, SERVER, base)
        assert "could not be emptied yet" in caplog.text
        assert base.needs_checkpoint
        replica.unlink()
        gone.rename(replica)
        until(lambda: checkpoint(home.settings, SERVER, base))


def test_a_deleted_server_is_in_no_file_of_the_home_or_the_replica(homes: Homes, tmp_path: Path) -> None:
    home = homes("only")
    with home.open(SERVER) as base:
        stored(base)
    home.replicate()
    until(lambda: is_replicated(home, SERVER))
    assert files_with([WORD], tmp_path / "only", tmp_path / "replica")
    delete(home.settings, SERVER)
    until(lambda: lag(home, SERVER) is None)  # Litestream has seen that it is gone
    assert files_with([WORD, OWNER], tmp_path / "only", tmp_path / "replica") == set()
    home.stop()
    assert files_with([WORD, OWNER], tmp_path / "only", tmp_path / "replica") == set()


def test_what_was_deleted_leaves_the_replica_of_an_idle_server_with_its_snapshots(
    homes: Homes, tmp_path: Path, replica: Path
) -> None:
    """With seconds for the hours and days of the configuration; a checkpoint is all that happens in this base."""
    config = tmp_path / "fast.yml"
    text = (
        LITESTREAM.read_text(encoding="utf-8").replace("interval: 24h", "interval: 3s").replace("retention: 24h", "retention: 3s")
    )
    config.write_text("l0-retention: 1s\n" + text.replace("interval: 1h", "interval: 1s"), encoding="utf-8")
    home = Home(tmp_path / "only", replica, config)
    try:
        with home.open(SERVER) as base:
            home.replicate()
            stored(base)
            until(lambda: is_replicated(home, SERVER) and bool(files_with([WORD], replica)))
            base.privacy.delete(OWNER, 471147114711)

            def gone_after_a_day() -> bool:
                checkpoint(home.settings, SERVER, base)
                time.sleep(3)
                return not files_with([WORD, OWNER], tmp_path / "only", replica)

            until(gone_after_a_day, 60)
            assert is_replicated(home, SERVER)
    finally:
        home.stop()


def test_a_bot_makes_a_checkpoint_beside_litestream(homes: Homes, tmp_path: Path) -> None:
    home = homes("only")

    async def run() -> None:
        async with Service(home.settings, ServedBases(home.settings)) as service:
            await service.write(SERVER, lambda session: stored(session.base))
            await service.write(SERVER, Session.delete_person, OWNER, 471147114711)
            while not await service.checkpoint(SERVER):  # as the bot does: Litestream may be slow to say that it runs
                await asyncio.sleep(0.1)

    home.open(SERVER).close()
    home.replicate()
    until(lambda: lag(home, SERVER) is not None)
    asyncio.run(asyncio.wait_for(run(), 60))
    assert in_the_home(tmp_path) == set()
