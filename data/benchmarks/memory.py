"""Measure what one process holds in memory as many servers ask many questions at the same time.

    python -m data.benchmarks.memory --servers 200 --questions 10000 --folder FOLDER

The bases are made in FOLDER, each with one story of `tests/stories` whose facts name the server, so that no two servers have a
fact, an index or vectors in common; their vectors are those of the facts as they were. Servers ask in a random order, several
questions at once, through the service and its threads.

A row is printed at rest, when all that the first answer needs is loaded, and after 1, 300, 1,000 and so many more questions.
*Resident*, *proportional* and *own* are the Rss, Pss and anonymous memory in /proc/self/smaps_rollup; *in use* is what the C
library has given out of it, *free* what it keeps, each over all its arenas (glibc's mallinfo2); *held* is what the budget of all
bases counts. *Processor* is the time an
answer took, of all threads; questions that are asked one at a time, at the end, give the median and the 99th percentile.
"""

from __future__ import annotations

import asyncio
import ctypes
import random
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import click

from bot.answers.answerer import Answerer
from bot.answers.evaluation import read_cases
from bot.answers.finding.index import Indexes
from bot.answers.reader.reader import shipped_reader
from bot.cache_budget import BUDGET
from bot.cli.running import fit_open_files
from bot.english.lexicon import Lexicon
from bot.errors import BusyError
from bot.facts.base import FactBase
from bot.resources import lexicon_file
from bot.service.service import Service
from bot.settings import Settings
from bot.stories.load import load_story
from data.benchmarks.table import figure, table
from data.benchmarks.timing import Times
from tests.support.paths import TESTS

STORIES = sorted((TESTS / "stories").glob("*.yaml"))
_ROWS = (1, 300, 1_000, 3_000, 10_000, 30_000, 100_000)
_HEAD = ("questions", "resident", "proportional", "own", "in use", "free", "held", "bases open", "processor, ms")
_SEED = 7
_MALLINFO = ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "used", "free", "keep")


@click.command()
@click.option("--servers", default=200, show_default=True, help="How many servers ask.")
@click.option("--questions", default=10_000, show_default=True, help="How many questions are asked.")
@click.option("--at-once", default=8, show_default=True, help="How many are asked at the same time.")
@click.option("--timed", default=400, show_default=True, help="How many are asked one at a time in the end.")
@click.option("--open-bases", default=50, show_default=True, help="How many bases are open at once.")
@click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), required=True, help="Where the bases are, or are made."
)
@click.option("--made-only", is_flag=True, help="Make the bases, and ask nothing: what made them is no memory of the service.")
def main(servers: int, questions: int, at_once: int, timed: int, open_bases: int, folder: Path, made_only: bool) -> None:
    """Make the bases that are missing, ask, and print the memory taken in megabytes."""
    settings = fit_open_files(replace(Settings(folder.absolute()), open_bases=open_bases))
    missing = [server for server in range(1, servers + 1) if not settings.base_path(server).exists()]
    if missing:
        make_bases(settings, missing)
    if made_only:
        return
    if missing:
        raise click.UsageError("The bases are made. Start this once more to ask them.")
    import bot.client.start  # noqa: F401 - the bot has discord.py and the whole client loaded

    rows, times = asyncio.run(measured(settings, servers, questions, at_once, timed))
    click.echo(table(_HEAD, rows))
    click.echo(f"one at a time: {figure(times.at(50), 1)} ms median, {figure(times.at(99), 1)} ms 99th percentile")


def make_bases(settings: Settings, servers: Sequence[int]) -> None:
    """Make the base of each server from one of the stories, with the vectors of its facts."""
    settings.servers_folder.mkdir(parents=True, exist_ok=True)
    model = shipped_reader().weights.version
    with closing(Lexicon(lexicon_file())) as lexicon:
        for path in STORIES:
            story = load_story(path)
            with FactBase.memory() as first:
                first.apply(story, by="benchmark")
                Answerer(first, lexicon).encode()
                documents = Indexes(first, lexicon).whole().documents
                vectors = first.vectors.of([document.number for document in documents], model)
            for server in servers:
                if STORIES[server % len(STORIES)] != path:
                    continue
                own = replace(story, facts=tuple(replace(fact, text=f"{fact.text} ({server})") for fact in story.facts))
                with FactBase.open(settings.base_path(server)) as base:
                    base.apply(own, by="benchmark")
                    made = Indexes(base, lexicon).whole().documents
                    base.vectors.write([(document.number, document.digest, vectors[document.number]) for document in made], model)
                    base.checkpoint()


async def measured(
    settings: Settings, servers: int, questions: int, at_once: int, timed: int
) -> tuple[list[tuple[str, ...]], Times]:
    """Ask, and return the rows of the table, and the milliseconds of the questions that were asked one at a time."""
    chance = random.Random(_SEED)
    asked = {path: [case.ask for case in read_cases(path.with_suffix(".questions.jsonl"))] for path in STORIES}

    def some() -> tuple[int, str]:
        server = chance.randint(1, servers)
        return server, chance.choice(asked[STORIES[server % len(STORIES)]])

    async def ask(server: int, question: str) -> None:
        with suppress(BusyError):  # given up at its deadline
            await service.ask(server, question)

    async with Service(settings) as service:
        await service.warm_up()
        rows = [_row(service, 0, 0.0)]
        done = 0
        for target in sorted({*(row for row in _ROWS if row < questions), questions}):
            left, start = iter(range(target - done)), time.process_time()

            async def ask_on(left: object = left) -> None:
                for _ in left:  # type: ignore[attr-defined]
                    await ask(*some())

            await asyncio.gather(*(ask_on() for _ in range(at_once)))
            rows.append(_row(service, target, (time.process_time() - start) * 1000 / max(target - done, 1)))
            done = target
        times = []
        for _ in range(timed):
            server, question = some()
            start = time.process_time()
            await ask(server, question)
            times.append((time.process_time() - start) * 1000)
    return rows, Times(tuple(times))


def _row(service: Service, done: int, processor: float) -> tuple[str, ...]:
    mapped, (used, free) = rollup(), allocated()
    sizes = (mapped["Rss"], mapped["Pss"], mapped["Anonymous"], used, free, BUDGET.size / 1e6)
    return (str(done), *(figure(siz, 0) for siz in sizes), str(len(service.opened())), figure(processor, 1))


def rollup() -> dict[str, float]:
    """Return the megabytes of this process by the kinds that Linux counts."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    return {name.rstrip(":"): int(kilobytes) * 1024 / 1e6 for name, kilobytes, *_ in map(str.split, lines)}


def allocated() -> tuple[float, float]:
    """Return the megabytes that the C library has given out, and those that it keeps for later; NaN where it is not glibc."""

    class Info(ctypes.Structure):
        _fields_ = [(name, ctypes.c_size_t) for name in _MALLINFO]

    try:
        call: Callable[[], Info] = ctypes.CDLL(None).mallinfo2
    except (AttributeError, OSError):
        return float("nan"), float("nan")
    call.restype = Info  # type: ignore[attr-defined]
    info = call()
    return (info.used + info.hblkhd) / 1e6, info.free / 1e6


if __name__ == "__main__":
    main()
