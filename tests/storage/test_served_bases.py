"""One process at a time serves a base, until it has ended, however it did; and of several, each serves its shards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import discord
import pytest
import simcord
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.entry import footnote
from bot.client.start import make_bot
from bot.errors import FactBaseError, HeldError, SetupError
from bot.service.service import Service
from bot.settings import Settings
from bot.storage.bases import lock_base
from bot.storage.served_bases import MAX_SHARDS, ServedBases, Shards
from tests.support.paths import HARBOUR

HOLD = """
import sys
from pathlib import Path
from bot.storage.served_bases import ServedBases
from bot.settings import Settings
bases = ServedBases(Settings(Path(sys.argv[1]), stories=(sys.argv[2],)))
base = bases.open(7)
print("open", flush=True)
sys.stdin.readline()
"""


COUNTS = st.integers(1, MAX_SHARDS)
SERVERS = st.integers(1, 2**63 - 1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path, stories=(str(HARBOUR),))


@contextmanager
def other_process(settings: Settings) -> Iterator[subprocess.Popen[str]]:
    """A process that serves server 7."""
    command = [sys.executable, "-c", HOLD, str(settings.home), str(HARBOUR)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "open\n"
        try:
            yield running
        finally:
            running.kill()


def test_a_second_process_is_refused_until_the_first_is_gone(settings: Settings) -> None:
    with other_process(settings) as other:
        with pytest.raises(HeldError) as error:
            ServedBases(settings).open(7)
        message = f"Process {other.pid} serves {settings.base_path(7)}. Stop it, or give each process shards of its own."
        assert str(error.value) == message
        ServedBases(settings).open(8).close()
        other.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
        other.wait()
        ServedBases(settings).open(7).close()


def test_a_base_that_is_closed_is_free(settings: Settings) -> None:
    base = ServedBases(settings).open(7)
    with pytest.raises(HeldError, match=f"Process {os.getpid()} "):
        ServedBases(settings).open(7)
    base.close()
    ServedBases(settings).open(7).close()


def test_a_base_that_cannot_be_made_is_free(settings: Settings) -> None:
    broken = Settings(settings.home, stories=("no such story.yaml",))
    with pytest.raises(Exception, match="no such story"):
        ServedBases(broken).open(7)
    lock_base(settings.base_path(7)).close()


def test_who_holds_a_base_for_a_moment_is_waited_for(settings: Settings) -> None:
    first = lock_base(settings.base_path(7))
    threading.Timer(0.2, first.close).start()
    ServedBases(settings).open(7).close()


def test_where_no_lock_can_be_made_it_is_told_plainly(settings: Settings) -> None:
    (settings.home / "servers").write_text("")
    with pytest.raises(FactBaseError, match=r"servers/\.7\.db\.lock cannot be opened"):
        ServedBases(settings).open(7)


def test_what_is_released_twice_is_another_ones_hold_by_then(settings: Settings) -> None:
    first = lock_base(settings.base_path(7))
    first.close()
    second = lock_base(settings.base_path(7))
    first.close()
    with pytest.raises(HeldError):
        lock_base(settings.base_path(7))
    second.close()


async def test_the_bot_is_refused_a_base_and_gives_back_those_that_it_has(settings: Settings) -> None:
    with other_process(settings):
        async with Service(settings, ServedBases(settings)) as service:
            with pytest.raises(HeldError):
                await service.ask(7, "When was the bridge closed?")
            assert (await service.ask(8, "When was the bridge closed?")).short == "3 March 2021"
            with pytest.raises(HeldError):
                lock_base(settings.base_path(8))
    lock_base(settings.base_path(8)).close()


def test_the_command_line_writes_beside_the_bot(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_HOME", str(settings.home))
    with ServedBases(settings).open(7) as base:
        before, version = base.count(), base.version()
        text = "The toll is 3 dollars."
        arguments = ["facts", "add", "--server", "7", "--kind", "claim", "--text", text, "--cite", "gazette#9", "--yes"]
        result = CliRunner().invoke(footnote, arguments)
        assert result.exit_code == 0, result.output
        assert base.count() == before + 1
        assert base.version() != version


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
    assert Shards((guild.shard_id,), count).serve(server)


async def test_the_bot_asks_discord_for_its_shards_alone(tmp_path: Path) -> None:
    bot = make_bot(Service(Settings(tmp_path)), Shards.of("4-7", 8))
    assert (bot.shard_ids, bot.shard_count) == ([4, 5, 6, 7], 8)


@pytest.mark.parametrize(("ranges", "tells"), [("0-3", True), ("4-7", False)])
async def test_the_process_with_the_first_shard_tells_discord_the_commands(ranges: str, tells: bool, tmp_path: Path) -> None:
    async with Service(Settings(tmp_path)) as service:
        bot = make_bot(service, Shards.of(ranges, 8))
        async with simcord.run(bot):
            assert bool(await bot.tree.fetch_commands()) == tells
