"""Homes that share one replica, and the Litestream of each."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from bot.facts.base import FactBase
from bot.settings import Settings
from bot.storage.keeper import Keeper
from tests.support.paths import HARBOUR, ROOT

LITESTREAM = ROOT / "config" / "litestream.yml"


class Home:
    """A folder of Footnote's on a machine of its own: a bot's, with a Litestream beside it now and then."""

    def __init__(self, folder: Path, replica: Path, config: Path = LITESTREAM) -> None:
        folder.mkdir()
        self.settings = Settings(folder, stories=(str(HARBOUR),), replica=str(config))
        self.environment = {"FOOTNOTE_HOME": str(folder), "FOOTNOTE_REPLICA": f"file://{replica}"}
        lines = (f'stories = ["{HARBOUR}"]', f'replica = "{config}"')
        (folder / "footnote.toml").write_text("\n".join(lines), encoding="utf-8")
        self._running: list[subprocess.Popen[bytes]] = []

    def path(self, server: int | None) -> Path:
        return self.settings.base_path(server)

    def open(self, server: int | None) -> FactBase:
        """Open a base as a bot that has just been started."""
        return Keeper(self.settings).open(server)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a command of Footnote's here."""
        started = subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments],
            cwd=ROOT,
            env=os.environ | self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self._running.append(started)
        return started

    def replicate(self, *options: str) -> subprocess.Popen[bytes]:
        """Start ``footnote replicate`` and wait until Litestream is at work."""
        started = self.start("replicate", *options)
        assert started.stdout is not None
        said = b""
        for line in started.stdout:
            said += line
            if b"starting compaction monitor" in line:
                return started
        raise AssertionError(said.decode())

    def stop(self) -> None:
        """End what was started here, as a service manager does."""
        for each in self._running:
            each.send_signal(signal.SIGTERM)
        for each in self._running:
            each.communicate(timeout=30)
        self._running.clear()


@pytest.fixture
def replica(tmp_path: Path) -> Path:
    folder = tmp_path / "replica"
    folder.mkdir()
    return folder


@pytest.fixture
def homes(tmp_path: Path, replica: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Home]]:
    """Make a home of a name, or return it."""
    made: dict[str, Home] = {}
    monkeypatch.setenv("FOOTNOTE_REPLICA", f"file://{replica}")

    def home(name: str) -> Home:
        if name not in made:
            made[name] = Home(tmp_path / name, replica)
        return made[name]

    yield home
    for each in made.values():
        each.stop()


def until(condition: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for something that comes by itself."""
    end = monotonic() + seconds
    while not condition():
        assert monotonic() < end, "it did not come"
        sleep(0.02)
