"""Two processes with shards and disks of their own: one is lost with its machine, and the other takes its servers over."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.facts.base import FactBase
from tests.cluster.homes import LITESTREAM, Home, Homes, until
from tests.support.base_checks import check_whole
from tests.support.paths import ROOT
from tests.support.patience import PATIENCE

SHARDS = 8
FIRST = [(1000 * SHARDS + shard) << 22 for shard in (0, 3)]  # servers of shards 0 to 3
SECOND = [(1000 * SHARDS + shard) << 22 for shard in (4, 7)]
WRITES = 6  # in each server, before the process is killed
SECONDS = 2.0  # what was acknowledged longer than this before the kill is not lost


class Worker:
    """A process of the bot; what it says is noted with the time at which it was heard."""

    def __init__(self, home: Home, shards: str, task: str, servers: list[int], question: str = "") -> None:
        self.said: list[tuple[float, dict[str, Any]]] = []
        self.logged = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.cluster.worker", shards, str(SHARDS), task, *map(str, servers)],
            cwd=ROOT,
            env=os.environ | home.environment | {"QUESTION": question},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._readers = [threading.Thread(target=target) for target in (self._hear, self._read_log)]
        for reader in self._readers:
            reader.start()

    def _hear(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self.said.append((time.monotonic(), json.loads(line)))

    def _read_log(self) -> None:
        assert self.process.stderr is not None
        with self.process.stderr as log:
            self.logged = log.read().decode()

    def facts(self, server: int) -> list[tuple[float, str]]:
        """Return what was saved in a server, and when that was heard of."""
        return [(at, line["fact"]) for at, line in tuple(self.said) if line["server"] == server]

    def has_written(self, servers: list[int]) -> bool:
        assert self.process.poll() is None, self.logged
        return all(len(self.facts(server)) >= WRITES for server in servers)

    def end(self, number: int) -> int:
        """Send a signal, and return how the process ended."""
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        """Return how the process ended."""
        code = self.process.wait(timeout=PATIENCE)
        for reader in self._readers:
            reader.join()
        return code


Start = Callable[..., Worker]


@pytest.fixture
def config() -> Path:
    return LITESTREAM


@pytest.fixture
def worker() -> Iterator[Start]:
    """Start a process; whatever happens, it does not outlive the test."""
    started: list[Worker] = []

    def start(home: Home, shards: str, task: str, servers: list[int], question: str = "") -> Worker:
        started.append(Worker(home, shards, task, servers, question))
        return started[-1]

    yield start
    for started_worker in started:
        started_worker.end(signal.SIGKILL)


def stored(home: Home, server: int) -> set[str]:
    check_whole(home.path(server))
    with FactBase.open(home.path(server), create=False) as base:
        return {record.fact.text for record in base.all_facts()}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no Litestream for Windows")
def test_what_was_acknowledged_before_a_kill_is_there_where_the_shards_go(homes: Homes, worker: Start) -> None:
    lost, other = homes("lost"), homes("other")
    beside_lost = lost.replicate("--shards", "0-3", "--shard-count", str(SHARDS))
    other.replicate("--shards", "4-7", "--shard-count", str(SHARDS))
    first, second = worker(lost, "0-3", "write", FIRST), worker(other, "4-7", "write", SECOND)
    until(lambda: first.has_written(FIRST) and second.has_written(SECOND), 120)
    time.sleep(SECONDS)  # writing goes on
    killed = time.monotonic()
    beside_lost.kill()
    first.end(signal.SIGKILL)
    promised = {server: [fact for at, fact in first.facts(server) if at < killed - SECONDS] for server in FIRST}
    assert min(map(len, promised.values())) >= WRITES

    second.end(signal.SIGTERM)
    other.stop()
    other.replicate("--shards", "0-7", "--shard-count", str(SHARDS))
    taking_over = worker(other, "0-7", "ask", [*FIRST, *SECOND], "Who measured mast 3?")
    assert taking_over.wait() == 0, taking_over.logged
    for server in FIRST:
        assert f"Restored {other.path(server)} from the replica" in taking_over.logged
        assert set(promised[server]) <= stored(other, server)
    for server in SECOND:
        assert {fact for _, fact in second.facts(server)} <= stored(other, server)
    for _, line in taking_over.said:
        assert "Mast 3 was measured by engineers of the 3th panel." in line["answer"]
    written = [(at, fact) for server in FIRST for at, fact in first.facts(server)]
    late = [killed - at for at, fact in written if fact not in stored(other, FIRST[0]) | stored(other, FIRST[1])]
    print(f"{len(written)} changes, of which the last {max(late, default=0):.1f} s before the kill were lost ({len(late)})")
