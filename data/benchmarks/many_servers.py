"""Measure one process with many servers, of whose fact bases only some are open.

    python -m data.benchmarks.many_servers --servers 10000 --asked 5000 --folder FOLDER

The bases are made in FOLDER (some 0.4 MB each): half of them hold the shipped story as it is, the others a fact of their own.
Servers ask in turn, some far more often than others. A question to a base that is *open* or *closed* is timed from outside the
service; a *new* server has its base made. *Looking* is what is done once a minute to find bases that others have changed,
*forgetting* what is done once a day in every base.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import click

from bot.cli.running import fit_open_files
from bot.errors import BusyError
from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.service.service import Service
from bot.service.session import Session
from bot.settings import Settings
from data.benchmarks.resident import resident
from data.benchmarks.table import figure, table
from data.benchmarks.timing import Times

QUESTION = "When did Twitter ban RT?"
_NEW = 100
_SKEW = 1.2  # of how often servers ask: the exponent of a Pareto distribution


@click.command()
@click.option("--servers", default=10_000, show_default=True, help="How many servers have a base.")
@click.option("--asked", default=5_000, show_default=True, help="How many questions are asked.")
@click.option("--seed", default=7, show_default=True, help="Which servers ask.")
@click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), required=True, help="Where the bases are, or are made."
)
def main(servers: int, asked: int, seed: int, folder: Path) -> None:
    """Make the bases that are missing, ask, and print what it took."""
    import bot.preview.server  # noqa: F401 - the bot has discord.py and the whole client loaded

    settings = fit_open_files(Settings(folder))
    rows = asyncio.run(measured(settings, servers, asked, random.Random(seed)))
    click.echo(table(("", "p50", "p99"), rows))


async def measured(settings: Settings, servers: int, asked: int, chance: random.Random) -> list[tuple[str, str, str]]:
    """Ask, and return the rows of the table: times in milliseconds."""
    rest = resident()
    async with Service(settings) as service:
        for server in range(1, servers + 1):
            if not settings.base_path(server).exists():
                await _make(service, server)
        service._sessions.close_idle(0)
    os.sync()  # what was just made is not still being written while the first are asked
    async with Service(settings) as service:
        times: dict[str, list[float]] = {"open": [], "closed": [], "new": []}
        for _ in range(asked):
            await _ask(service, _some(servers, chance), times)
        for server in range(servers + 1, servers + _NEW + 1):
            await _ask(service, server, times)
            settings.base_path(server).unlink()
        opened = len(service.opened())
        taken, handles = resident() - rest, len(os.listdir("/proc/self/fd"))
        start = perf_counter()
        await service.changed({})
        looking = perf_counter() - start
        start = perf_counter()
        for server in service.servers():
            async with service.background_access(server):
                await service.write(server, lambda session: session.forget())
        forgetting = perf_counter() - start
    rows = [(f"question, base {name} ({len(time)})", *_percentiles(time)) for name, time in times.items()]
    return [
        *rows,
        (f"bases open of {servers}", str(opened), ""),
        ("memory that they take, MB", figure(taken, 0), ""),
        ("file handles", str(handles), ""),
        ("looking, ms", figure(looking * 1000, 0), ""),
        ("forgetting, s", figure(forgetting, 1), ""),
    ]


def _some(servers: int, chance: random.Random) -> int:
    return min(int(chance.paretovariate(_SKEW) * servers / 100), servers) if chance.random() < 0.5 else chance.randint(1, servers)


async def _ask(service: Service, server: int, times: dict[str, list[float]]) -> None:
    state = "open" if server in service.opened() else "closed" if service.settings.base_path(server).exists() else "new"
    start = perf_counter()
    with suppress(BusyError):  # given up at its deadline, which is the time that it took
        await service.ask(server, QUESTION)
    times[state].append((perf_counter() - start) * 1000)


async def _make(service: Service, server: int) -> None:
    """Make a base: the first two as they come, the others as copies of these; every second one has a fact of its own."""
    paths = service.settings.base_path
    if server > 2:
        shutil.copy(paths(2 - server % 2), paths(server))
    if server % 2 or server == 2:
        await service.read(server, Session.stories)
    if server % 2 == 0:
        record = await service.read(server, lambda session: session.base.revisions.show(1))
        edit = Edit(record.story.id, facts=(replace(record.fact, text=f"{record.fact.text} ({server})"),))
        await service.write(server, lambda session: session.base.revisions.apply(edit, sign("benchmark", None), action="edit"))
    if server == 2:  # its log is put into the file, so that it can be copied
        await service.write(server, lambda session: session.base.checkpoint())


def _percentiles(times: list[float]) -> tuple[str, str]:
    durations = Times(tuple(times))
    return figure(durations.at(50), 1), figure(durations.at(99), 1)


if __name__ == "__main__":
    main()
