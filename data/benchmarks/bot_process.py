"""A process with the bot, watched from outside: its processor time, memory and lateness; and half of its time taken away."""

from __future__ import annotations

import asyncio
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import pairwise
from pathlib import Path

from data.benchmarks.watched_bot import TICK

_ROOT = Path(__file__).parents[2]
_HERTZ = os.sysconf("SC_CLK_TCK")
_STOPPING_SECONDS = 20.0
_LOOK, _AT_REST = 0.1, 0.02  # a bot that takes less of the processor between two looks is at rest


class BotProcess:
    """A running bot, the first of its group of processes: those in which it reads files count for it."""

    def __init__(self, home: Path, port: int, core: int | None) -> None:
        """Start the bot on the bases of a home and the Discord at a port, on one core alone if one is given."""
        self.probe = home / "probe.txt"
        self._home, self._port, self._core = home, port, core
        self.process = self._started()

    def restart(self) -> None:
        """Kill the bot, whatever it does, and start it again."""
        self._kill()
        self.process = self._started()

    async def stop(self) -> None:
        """Have it stop, and kill it where it does not."""
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            await asyncio.to_thread(self.process.wait, _STOPPING_SECONDS)
        self._kill()

    def _started(self) -> subprocess.Popen[bytes]:
        self.probe.unlink(missing_ok=True)
        environment = {name: value for name, value in os.environ.items() if name != "FOOTNOTE_CONFIG"}
        environment["FOOTNOTE_HOME"] = str(self._home)
        command = [sys.executable, "-m", "data.benchmarks.watched_bot", str(self._port), str(self.probe)]
        with (self._home / "bot.log").open("ab") as log:
            process = subprocess.Popen(command, cwd=_ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)
        if self._core is not None:
            os.sched_setaffinity(process.pid, {self._core})
        return process

    def _kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    @property
    def seconds(self) -> float:
        """The seconds of processor time so far: the bot's, of all threads, and those of processes that it has started."""
        total = 0.0
        for pid in _group(self.process.pid):
            with suppress(OSError, IndexError):
                fields = _fields(Path(f"/proc/{pid}/stat"))
                own, ended = fields[11:13], fields[13:15]
                total += sum(map(int, (*own, *ended))) / _HERTZ
        return total

    @property
    def core_seconds(self) -> float:
        """The seconds for which the bot's core, or all of them, worked since the machine started, whoever for."""
        name = "cpu" if self._core is None else f"cpu{self._core}"
        lines = Path("/proc/stat").read_text(encoding="ascii").splitlines()
        user, nice, system = next(map(int, line.split()[1:4]) for line in lines if line.split()[0] == name)
        return (user + nice + system) / _HERTZ

    @property
    def memory(self) -> float:
        """The megabytes of the bot's process that are in memory."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def latest(self, since: float) -> float:
        """Return for how many seconds the loop did not come round at most since a monotonic time, up to now."""
        return longest_gap(self.probe.read_text(encoding="ascii"), since, time.monotonic())

    async def rest(self, most: float, most_processor: float = math.inf) -> bool:
        """Wait until the bot does nothing, for so many seconds on the clock and of the processor; return whether it does."""
        end, first = time.monotonic() + most, self.seconds
        before = first
        while time.monotonic() < end and before - first <= most_processor:
            await asyncio.sleep(_LOOK)
            now = self.seconds
            if now - before < _AT_REST and not self._is_running():
                return True
            before = now
        return False

    def _is_running(self) -> bool:
        """Return whether a thread of it runs, or would if it had the processor."""
        for pid in _group(self.process.pid):
            for path in Path(f"/proc/{pid}/task").glob("*/stat"):
                with suppress(OSError):
                    if _fields(path)[0] == "R":
                        return True
        return False

    @asynccontextmanager
    async def halved(self) -> AsyncIterator[None]:
        """Stop the bot for every second 10 milliseconds, by a process of its own, so that it has half of its core."""
        with subprocess.Popen([sys.executable, "-m", "data.benchmarks.halving", str(self.process.pid)], cwd=_ROOT) as halving:
            try:
                yield
                if halving.poll() is not None:
                    raise RuntimeError("the bot was not held to half of its core")
            finally:
                halving.terminate()
                halving.wait()
                with suppress(ProcessLookupError):
                    os.killpg(self.process.pid, signal.SIGCONT)


def _fields(path: Path) -> list[str]:
    """Return what the system says of a process or thread, from its state on."""
    return path.read_text(encoding="utf-8").rpartition(")")[2].split()


def longest_gap(woken: str, since: float, now: float) -> float:
    """Return by how many seconds a probe woke too late at most between two times; it may be late at the end, too.

    ``woken`` has a line for each time at which it woke; the last line may be cut off.
    """
    lines = woken.split("\n")[:-1]
    times = [since, *(moment for moment in map(float, lines) if since < moment < now), now]
    return max(0.0, max(later - before for before, later in pairwise(times)) - TICK)


def _group(leader: int) -> list[int]:
    """Return the processes of a group."""
    processes = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            with suppress(OSError):
                if os.getpgid(int(folder.name)) == leader:
                    processes.append(int(folder.name))
    return processes


@asynccontextmanager
async def running_bot(home: Path, port: int) -> AsyncIterator[BotProcess]:
    """Run the bot on one core, and this process on the others, where the system lets a process choose and there are several."""
    core, before = None, os.sched_getaffinity(0) if hasattr(os, "sched_setaffinity") else set()
    if len(before) > 1:
        *others, core = sorted(before)
        os.sched_setaffinity(0, others)
    bot = BotProcess(home, port, core)
    try:
        yield bot
    finally:
        await bot.stop()
        if core is not None:
            os.sched_setaffinity(0, before)
