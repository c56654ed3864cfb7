"""One process at a time serves a base, until it has ended, however it did."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.entry import footnote
from bot.errors import FactBaseError, HeldError
from bot.service.service import Service
from bot.settings import Settings
from bot.storage.bases import lock_base
from bot.storage.served_bases import ServedBases
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
