"""Homes of Footnote on machines of their own that share one replica, each with a Litestream beside it now and then."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

from bot.errors import ReplicaError
from bot.facts.base import FactBase
from bot.facts.state.ownership import Ownership, read_ownership
from bot.settings import Settings
from bot.storage.replica import Replica, replica_lag
from bot.storage.served_bases import ServedBases
from tests.support.paths import HARBOUR, ROOT
from tests.support.patience import PATIENCE

LITESTREAM = ROOT / "config" / "litestream.yml"


def quick_config(folder: Path) -> Path:
    """Make the shipped configuration, but with Litestream looking for changes more often: nearly all tests wait for that."""
    shipped = LITESTREAM.read_text(encoding="utf-8")
    assert "interval: 500ms" in shipped
    config = folder / "litestream.yml"
    config.write_text(shipped.replace("interval: 500ms", "interval: 50ms"), encoding="utf-8")
    return config


class Home:
    """A folder of Footnote's on a machine of its own: a bot's, with a Litestream beside it now and then."""

    def __init__(self, folder: Path, replica: Path, config: Path = LITESTREAM) -> None:
        folder.mkdir()
        self.settings = Settings(folder, stories=(str(HARBOUR),), replica=str(config))
        self.environment = {"FOOTNOTE_HOME": str(folder), "FOOTNOTE_REPLICA": f"file://{replica}"}
        lines = (f'stories = ["{HARBOUR}"]', f'replica = "{config}"')
        (folder / "footnote.toml").write_text("\n".join(lines), encoding="utf-8")
        self.heard = ""
        """What ``footnote replicate`` had printed when Litestream began to work."""
        self._running: list[subprocess.Popen[bytes]] = []

    def path(self, server: int | None) -> Path:
        return self.settings.base_path(server)

    def open(self, server: int | None) -> FactBase:
        """Open a base as a bot that has just been started."""
        return ServedBases(self.settings).open(server)

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
                self.heard = said.decode()
                return started
        raise AssertionError(said.decode())

    def stop(self) -> None:
        """End what was started here, as a service manager does."""
        for process in self._running:
            process.send_signal(signal.SIGTERM)
        for process in self._running:
            process.communicate(timeout=PATIENCE)
        self._running.clear()


Homes = Callable[[str], Home]
"""Makes a home of a name, or returns it."""


def until(condition: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait for something that comes by itself."""
    end = monotonic() + seconds
    while not condition():
        assert monotonic() < end, "it did not come"
        sleep(0.02)


def lag(home: Home, server: int | None) -> float | None:
    """Return `replica_lag`, asked for again where the machine is so busy that Litestream does not answer in time."""
    for _ in range(5):
        with suppress(ReplicaError):
            return replica_lag(home.settings, server)
    raise AssertionError("Litestream does not answer")


def change(base: FactBase, word: str) -> None:
    """Change the base: its story gets a title."""
    base.apply(replace(story := base.story("harbour-bridge"), info=replace(story.info, title=word)), by="test")


def title(base: FactBase) -> str:
    return base.stories()[0].title


def replicate_until_done(home: Home, *servers: int | None) -> None:
    """Let the replica have all of some bases, then end Litestream."""
    home.replicate()
    for server in servers:
        until(lambda server=server: is_replicated(home, server))  # type: ignore[misc]
    home.stop()


def is_replicated(home: Home, server: int | None) -> bool:
    """Return whether the replica has what the base has."""
    replica = Replica.of(home.settings)
    assert replica is not None
    with replica.fetched(home.path(server)) as fetched:
        return fetched is not None and read_title(fetched) == read_title(home.path(server))


def read_title(path: Path) -> tuple[str, Ownership]:
    with FactBase.open(path, create=False) as base:
        return title(base), read_ownership(path)
