"""What is planned for a server's data goes where its base goes, and holds there."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import simcord

from bot.client.start import make_bot
from bot.errors import FactBaseError
from bot.facts.state.ownership import read_ownership
from bot.service.service import Service
from bot.storage import deletion
from bot.storage.backup import back_up
from bot.storage.restore import choose, restore
from bot.storage.served_bases import ServedBases
from bot.storage.shards import Shards
from tests.client.world import World, make_world, remove_bot, run_deletions
from tests.cluster.homes import Home, Homes, change, replicate_until_done, title
from tests.support.patience import PATIENCE

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="there is no Litestream for Windows"),
    pytest.mark.slow,
]

SERVER = 5 << 22
OTHER_SERVER = 6 << 22


@asynccontextmanager
async def bot_in(home: Home, server: int = SERVER) -> AsyncIterator[World]:
    """Run the bot in a home, on a simulated Discord with a server in it."""
    async with (
        Service(home.settings, ServedBases(home.settings)) as service,
        simcord.run(make_bot(service, shard_count=1), strict_sync=False, settle_timeout=60.0) as env,
    ):
        yield make_world(env, service, server)


@pytest.mark.parametrize("left", [True, False])
def test_a_planned_deletion_outlasts_the_machine(homes: Homes, left: bool) -> None:
    homes("lost").open(SERVER).close()
    planned = deletion.plan(homes("lost").settings, SERVER, left=left)
    replicate_until_done(homes("lost"), SERVER)
    homes("new").open(SERVER).close()
    assert deletion.planned(homes("new").settings, SERVER) == planned


async def test_what_was_kept_on_another_machine_is_not_deleted_where_it_was_planned(homes: Homes) -> None:
    first, second = homes("first"), homes("second")
    first.open(SERVER).close()
    deletion.plan(first.settings, SERVER, left=False, days=0)
    replicate_until_done(first, SERVER)
    with second.open(SERVER) as base:
        change(base, "Kept")
        assert deletion.cancel(second.settings, SERVER)
    replicate_until_done(second, SERVER)
    async with bot_in(first) as world:
        await run_deletions(world)
        assert deletion.planned(world.service.settings, SERVER) is None
        assert await world.service.read(SERVER, lambda session: title(session.base)) == "Kept"


async def test_what_is_due_is_deleted_on_the_machine_to_which_it_came(homes: Homes, replica: Path) -> None:
    homes("lost").open(SERVER).close()
    deletion.plan(homes("lost").settings, SERVER, left=True, days=0)
    replicate_until_done(homes("lost"), SERVER)
    new = homes("new")
    ServedBases(new.settings, Shards.of("0-7", 8)).fetch(SERVER)
    async with bot_in(new, OTHER_SERVER) as world, asyncio.timeout(PATIENCE):
        while new.path(SERVER).exists():  # while another job holds the base, to bring it up to date, it is left for the next run
            await run_deletions(world)
    assert not list(replica.rglob("*.ltx"))


@pytest.mark.parametrize("kind", ["damaged", "no base", "empty"])
async def test_what_is_due_is_deleted_though_it_cannot_be_read(kind: str, homes: Homes, replica: Path) -> None:
    home = homes("only")
    home.open(SERVER).close()
    replicate_until_done(home, SERVER)
    path = home.path(SERVER)
    content = path.read_bytes()
    path.write_bytes({"damaged": content[:100] + bytes(len(content) - 100), "no base": b"no base", "empty": b""}[kind])
    async with bot_in(home) as world:
        deletion.plan(home.settings, SERVER, left=False, days=0)
        await run_deletions(world)
        assert not path.exists()
        assert not list(replica.rglob("*.ltx"))
        assert deletion.due(home.settings) == ()


def test_a_damaged_base_is_told_with_what_to_do(homes: Homes) -> None:
    home = homes("only")
    home.open(SERVER).close()
    replicate_until_done(home, SERVER)
    content = home.path(SERVER).read_bytes()
    home.path(SERVER).write_bytes(content[:100] + bytes(len(content) - 100))
    with pytest.raises(FactBaseError, match="footnote restore; footnote doctor says how"):
        home.open(SERVER)


async def test_a_server_whose_base_is_in_the_replica_alone_is_left_like_any_other(homes: Homes) -> None:
    homes("lost").open(SERVER).close()
    replicate_until_done(homes("lost"), SERVER)
    async with bot_in(homes("new")) as world:
        await remove_bot(world)
        planned = deletion.planned(world.service.settings, SERVER)
    assert planned is not None
    assert planned.left
    assert len(deletion.exports(homes("new").settings, SERVER)) == 1


async def test_leaving_while_the_replica_is_out_of_reach_is_planned_later(
    homes: Homes, replica: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.served_bases._SECONDS_BETWEEN_TRIES", 0.0)
    homes("lost").open(SERVER).close()
    replicate_until_done(homes("lost"), SERVER)
    away = replica.rename(replica.with_name("away"))
    async with bot_in(homes("new")) as world:
        await remove_bot(world)
        assert deletion.planned(world.service.settings, SERVER) is None
    async with bot_in(homes("new")) as world:  # it does not forget that when it ends
        del world.env.backend.guilds[SERVER]
        await world.restart()
        away.rename(replica)
        await run_deletions(world)
        assert deletion.planned(world.service.settings, SERVER) is not None


def test_a_backup_brings_no_plan_back_that_was_given_up(homes: Homes, tmp_path: Path) -> None:
    home = homes("only")
    home.open(SERVER).close()
    deletion.plan(home.settings, SERVER, left=False)
    backup = back_up(home.settings, tmp_path / "backups").folder
    deletion.cancel(home.settings, SERVER)
    list(restore(backup, home.settings, choose(backup, home.settings)[1]))
    assert read_ownership(home.path(SERVER)).term > 0
    replicate_until_done(home, SERVER)
    homes("new").open(SERVER).close()
    assert deletion.planned(homes("new").settings, SERVER) is None
