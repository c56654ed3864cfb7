"""Of several processes, each has its shards, and serves the servers that Discord assigns to them."""

from __future__ import annotations

from pathlib import Path

import discord
import pytest
import simcord
from hypothesis import given
from hypothesis import strategies as st

from bot.client.start import make_bot
from bot.errors import SetupError
from bot.service.service import Service
from bot.settings import Settings
from bot.storage.shards import MAX_SHARDS, Shards, shard_of

COUNTS = st.integers(1, MAX_SHARDS)
SERVERS = st.integers(1, 2**63 - 1)


@pytest.mark.parametrize(
    ("ranges", "ids"),
    [("0-3", (0, 1, 2, 3)), ("2", (2,)), ("0,2", (0, 2)), ("0-1, 5-7", (0, 1, 5, 6, 7)), ("3,3-4,0", (0, 3, 4))],
)
def test_ranges_of_shards(ranges: str, ids: tuple[int, ...]) -> None:
    assert Shards.of(ranges, 8) == Shards(ids, 8)


def test_without_options_a_process_has_all_shards() -> None:
    assert Shards.of(None, None) is None


@pytest.mark.parametrize(
    ("ranges", "count", "sentence"),
    [
        ("0-3", None, "go together"),
        (None, 8, "go together"),
        ("", 8, "'' is none of these"),
        ("a", 8, "'a' is none of these"),
        ("-1", 8, "'-1' is none of these"),
        ("0-", 8, "'0-' is none of these"),
        ("١", 8, "is none of these"),
        ("3-0", 8, "write 0-3 instead of 3-0"),
        ("0-8", 8, "names shard 8, but of 8 shards the last is 7"),
        ("0", 0, "from 1 to 16384; 0 is not"),
        ("0", 16385, "from 1 to 16384; 16385 is not"),
    ],
)
def test_each_fault_of_shards_is_told_plainly(ranges: str | None, count: int | None, sentence: str) -> None:
    with pytest.raises(SetupError) as error:
        Shards.of(ranges, count)
    assert sentence in str(error.value)
    assert "\n" not in str(error.value)


@given(st.text(alphabet="0123456789-, x"), COUNTS)
def test_whatever_is_typed_as_shards_is_read_or_refused(ranges: str, count: int) -> None:
    try:
        shards = Shards.of(ranges, count)
    except SetupError:
        return
    assert shards is not None
    assert shards.ids
    assert all(0 <= id_ < count for id_ in shards.ids)


@given(SERVERS, st.integers(1, 64), st.integers(1, 64))
def test_a_server_is_served_by_one_process_of_several(server: int, processes: int, shards: int) -> None:
    count = processes * shards
    parts = [Shards.of(f"{first}-{first + shards - 1}", count) for first in range(0, count, shards)]
    assert sum(part is not None and part.serve(server) for part in parts) == 1
    assert [part is not None and part.serve(None) for part in parts] == [True] + [False] * (processes - 1)


@given(SERVERS, COUNTS)
def test_servers_are_dealt_out_as_discord_does(server: int, count: int) -> None:
    client = discord.AutoShardedClient(intents=discord.Intents.none(), shard_count=count)
    guild = discord.Guild(data={"id": str(server), "unavailable": True}, state=client._connection)  # type: ignore[typeddict-item]
    assert shard_of(server, count) == guild.shard_id


async def test_the_bot_asks_discord_for_its_shards_alone(tmp_path: Path) -> None:
    bot = make_bot(Service(Settings(tmp_path)), Shards.of("4-7", 8))
    assert (bot.shard_ids, bot.shard_count) == ([4, 5, 6, 7], 8)


@pytest.mark.parametrize(("ranges", "tells"), [("0-3", True), ("4-7", False)])
async def test_the_process_with_the_first_shard_tells_discord_the_commands(ranges: str, tells: bool, tmp_path: Path) -> None:
    async with Service(Settings(tmp_path)) as service:
        bot = make_bot(service, Shards.of(ranges, 8))
        async with simcord.run(bot):
            assert bool(await bot.tree.fetch_commands()) == tells
