"""Whose processor time it is: of SQLite, by a clock around each call, and of the packages in a thread, by Python's profiler."""

from __future__ import annotations

import cProfile
import pstats
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import thread_time
from typing import Any

import discord
import simcord

import bot

LOOP = "asyncio"
_PACKAGES = {
    str(Path(package.__file__).parent): name
    for package, name in ((discord, "discord.py"), (simcord, "simcord"), (bot, "Footnote"))
    if package.__file__ is not None
}
_ROUNDS = 30  # of handing time on to callers: more than any call is deep
Function = tuple[str, int, str]


class SqliteClock:
    """The seconds of processor time that were spent in SQLite; its few calls back into Python count."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Have every connection that is made meanwhile counted."""
        connect: Any = sqlite3.connect
        factory = _connections(self)
        sqlite3.connect = lambda *given, **options: connect(*given, factory=factory, **options)
        try:
            yield
        finally:
            sqlite3.connect = connect


def _connections(clock: SqliteClock) -> type[sqlite3.Connection]:
    def timed(call: Any) -> Any:
        def work(*given: Any) -> Any:
            start = thread_time()
            try:
                return call(*given)
            finally:
                clock.seconds += thread_time() - start

        return work

    class Cursor(sqlite3.Cursor):
        execute = timed(sqlite3.Cursor.execute)
        executemany = timed(sqlite3.Cursor.executemany)
        fetchone = timed(sqlite3.Cursor.fetchone)
        fetchall = timed(sqlite3.Cursor.fetchall)
        __next__ = timed(sqlite3.Cursor.__next__)

    class Connection(sqlite3.Connection):
        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(factory)

        def execute(self, *given: Any) -> Any:
            return self.cursor().execute(*given)

        def executemany(self, *given: Any) -> Any:
            return self.cursor().executemany(*given)

    return Connection


def profiler() -> cProfile.Profile:
    """Return a profiler of this thread that counts its processor time: waiting for others costs nothing."""
    return cProfile.Profile(thread_time)


def shares(profile: cProfile.Profile) -> dict[str, float]:
    """Return which share of the time of a thread each package has; Python's own functions work for whoever calls them."""
    calls: Mapping[Function, Any] = vars(pstats.Stats(profile))["stats"]
    taken = {function: own for function, (_, _, own, _, _) in calls.items()}
    owners = {function: {package: 1.0} if (package := _package(function)) else {} for function in calls}
    for _ in range(_ROUNDS):
        owners = {
            function: known if _package(function) else _of_callers(calls[function][4], owners)
            for function, known in owners.items()
        }
    total: defaultdict[str, float] = defaultdict(float)
    for function, seconds in taken.items():
        package_shares = owners[function]
        for package, share in package_shares.items():
            total[package] += seconds * share
        total[LOOP] += seconds * max(0.0, 1 - sum(package_shares.values()))
    return {package: seconds / sum(total.values()) for package, seconds in total.items()}


def _of_callers(callers: Mapping[Function, Any], owners: Mapping[Function, Mapping[str, float]]) -> dict[str, float]:
    """Return whose a function is: its callers', by how much of its own time it worked for each."""
    weights = {caller: own or 1e-9 for caller, (_, _, own, _) in callers.items()}
    all_ = sum(weights.values())
    package_shares: defaultdict[str, float] = defaultdict(float)
    for caller, weight in weights.items():
        for package, share in owners.get(caller, {}).items():
            package_shares[package] += share * weight / all_
    return dict(package_shares)


def _package(function: Function) -> str | None:
    return next((name for folder, name in _PACKAGES.items() if function[0].startswith(f"{folder}/")), None)
