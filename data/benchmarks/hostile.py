"""Two servers on one bot, one hostile and one that only asks: does the second notice the first?

    python -m data.benchmarks.hostile --minutes 10

The bot runs in a process of its own, on one core of which half of the time is taken away, with simcord's Discord in another
process (`tests.support.served_discord`). Printed are, as tables: what each hostile call costs when it is sent alone
(`hostile_ranking`); what the honest server saw while the hostile one sent all that it may (`hostile_play`); memory after many
questions of many servers (`hostile_memory`); the processor time of a new question to a story of seventy facts. `GOALS` has what
is wanted of them, which the last column holds them to. The machine should do nothing else meanwhile: it needs two cores.
"""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import click

from bot.english.lexicon import Lexicon
from bot.errors import FootnoteError
from bot.facts.base import FactBase
from bot.resources import lexicon_file
from bot.service.session import Session
from bot.settings import Settings
from data.benchmarks.hostile_bases import HONEST_STORY, Sizes, honest_base, hostile_base
from data.benchmarks.hostile_calls import calls
from data.benchmarks.hostile_play import Play, Played
from data.benchmarks.hostile_ranking import ANSWERED, GIVEN_UP, REFUSED, SILENT, Cost, Ranking, allowed
from data.benchmarks.hostile_servers import two_servers
from data.benchmarks.new_questions import new_questions
from data.benchmarks.table import figure, table
from data.benchmarks.timing import Times, time_once
from tests.support.served_discord import HEARTBEAT

GOALS = {
    "not answered": 0.0,
    "p99 on the clock, s": 3.0,
    "latest heartbeat, s": 10.0,
    "memory after all, MB": 450.0,
    "p99 of the processor, ms": 100.0,
}
_ROOT = Path(__file__).parents[2]
_UNLIMITED: dict[str, Any] = {
    "member_questions": 10_000,
    "server_questions": 100_000,
    "member_files": 10_000,
    "server_files": 100_000,
}
Row = tuple[str, ...]


@click.command()
@click.option("--minutes", default=10.0, show_default=True, help="How long both servers act; 0: they do not.")
@click.option("--members", default=10, show_default=True, help="Hostile members, beside one moderator.")
@click.option("--facts", default=10_000, show_default=True, help="Facts of the largest hostile story.")
@click.option("--rank/--no-rank", default=True, show_default=True, help="Whether each call is first sent alone.")
@click.option("--only", multiple=True, help="Send the hostile calls alone that have this in their name.")
@click.option("--alone", is_flag=True, help="Have the hostile server do nothing, to compare.")
@click.option("--memory", default=10_000, show_default=True, help="Questions of 200 servers for the memory; 0 for none.")
@click.option(
    "--question", "asked", default=1_000, show_default=True, help="Questions whose processor time is taken; 0 for none."
)
def main(minutes: float, members: int, facts: int, rank: bool, only: Sequence[str], alone: bool, memory: int, asked: int) -> None:
    """Print the tables."""
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        home, base = Path(folder), Path(folder) / "hostile.db"
        if rank or minutes:
            hostile_base(base, Sizes.of(facts))
        costs: list[Cost] = []
        if rank:
            costs = asyncio.run(_ranked(home / "ranked", base, only))
            _print("alone", *ranking_table(costs, Settings(home)))
        if minutes:
            played = asyncio.run(_played(home / "played", base, members, minutes, only, alone=alone))
            _print("hostile calls", *calls_table(played, costs))
            _print("two servers", *played_table(played))
        if memory:
            _print("memory", *memory_table(memory))
        if asked:
            _print("a new question", *question_table(home / "question.db", asked))


def _print(title: str, head: Row, rows: Sequence[Row]) -> None:
    click.echo(f"\n{table((title, *head), rows)}")


async def _ranked(home: Path, base: Path, only: Sequence[str]) -> list[Cost]:
    settings = replace(Settings(home), **_UNLIMITED)
    costs = []
    async with two_servers(home, base, 1, settings) as servers:
        ranking = Ranking(servers.bot, servers.place)
        await ranking.warm_up(servers.members[0])
        for call in calls(only):
            async for cost in ranking.rank(call, servers.moderator if call.moderator else servers.members[0]):
                click.echo(f"{cost.processor:.2f} s {cost.name}", err=True)
                costs.append(cost)
    return costs


async def _played(home: Path, base: Path, members: int, minutes: float, only: Sequence[str], *, alone: bool) -> Played:
    async with two_servers(home, base, members, Settings(home)) as servers:
        return await Play(servers, minutes, Settings(home), only, alone).run()


def ranking_table(costs: Sequence[Cost], settings: Settings) -> tuple[Row, list[Row]]:
    """Return what each call costs alone, those first by which one member may take the most of the processor."""
    ranked = sorted(costs, key=lambda cost: -cost.a_minute(settings))
    rows: list[Row] = [
        (
            cost.name,
            cost.outcome if cost.rested else f"{cost.outcome}, goes on",
            figure(cost.processor, 2),
            f"{allowed(cost.kind, settings):g}",
            figure(cost.a_minute(settings), 1),
            figure(cost.late, 2),
            figure(cost.clock, 2),
        )
        for cost in ranked
    ]
    return ("", "processor, s", "a minute", "processor a minute, s", "loop late, s", "clock, s"), rows


def calls_table(played: Played, costs: Sequence[Cost]) -> tuple[Row, list[Row]]:
    """Return what came of the hostile calls by name, and the processor time of those let through, by what each cost alone."""
    alone = {cost.name: cost.processor for cost in costs}
    names: dict[str, Counter[str]] = {}
    for (name, _, outcome), count in played.hostile.items():
        names.setdefault(name, Counter())[outcome] += count

    def seconds(name: str) -> float | None:
        counted = names[name]
        return alone[name] * (counted.total() - counted[REFUSED]) if name in alone else None

    ordered = sorted(names, key=lambda name: (-(seconds(name) or 0.0), -names[name].total()))
    rows = []
    for name in ordered:
        counted = names[name]
        outcomes = [str(counted[outcome]) for outcome in (ANSWERED, REFUSED, GIVEN_UP, SILENT)]
        rows.append((name, str(counted.total()), *outcomes, figure(seconds(name), 1)))
    return ("sent", ANSWERED, REFUSED, GIVEN_UP, SILENT, "processor, s"), rows


def played_table(played: Played) -> tuple[Row, list[Row]]:
    """Return what the honest server saw, and how the bot fared."""
    times, asked, hostile = played.answered, played.honest.total(), Counter[str]()
    for (_, _, outcome), count in played.hostile.items():
        hostile[outcome] += count
    not_answered = asked - played.honest[ANSWERED]
    return ("", "goal"), [
        ("core", "one, half of its time taken by stopping the process every 10 ms", ""),
        ("honest questions asked", str(asked), ""),
        (f"  {ANSWERED}", str(played.honest[ANSWERED]), ""),
        *((f"  {outcome}", str(played.honest[outcome]), "") for outcome in (REFUSED, GIVEN_UP, SILENT)),
        _held("not answered", not_answered, 0),
        ("p50 on the clock, s", figure(times.at(50) / 1000, 2), ""),
        _held("p99 on the clock, s", times.at(99) / 1000, 2),
        ("longest on the clock, s", figure(times.at(100) / 1000, 2), ""),
        ("latest wake-up of the event loop, s", figure(played.latest, 2), ""),
        _held("latest heartbeat, s", max(0.0, played.heartbeat - HEARTBEAT), 2),
        ("connections to Discord", str(played.connections), ""),
        ("hostile calls", str(hostile.total()), ""),
        *((f"  {outcome}", str(hostile[outcome]), "") for outcome in (ANSWERED, REFUSED, GIVEN_UP, SILENT)),
        ("processor, s of s on the clock", f"{played.processor:.0f} of {played.clock:.0f}", ""),
        ("taken of its core by other programs, s", figure(played.others, 0), ""),
        ("memory before, at most, at the end, MB", ", ".join(figure(megabytes, 0) for megabytes in played.memory), ""),
    ]


def memory_table(questions: int) -> tuple[Row, list[Row]]:
    """Return the memory of a process of its own at rest and after some questions."""
    command = [sys.executable, "-m", "data.benchmarks.hostile_memory", "--questions", str(questions)]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True, encoding="utf-8")
    measures = [json.loads(line) for line in done.stdout.splitlines()]
    rows: list[Row] = [
        (
            "at rest, MB" if not measure["after"] else f"after {measure['after']:,} questions, MB",
            figure(measure["megabytes"], 0),
            "",
        )
        for measure in measures
    ]
    return ("", "goal"), [
        *rows[:-1],
        _held("memory after all, MB", measures[-1]["megabytes"], 0),
        ("given up", str(measures[-1]["given up"]), ""),
    ]


def question_table(path: Path, asked: int) -> tuple[Row, list[Row]]:
    """Return the processor time of new questions to the honest server's story, whose facts are encoded."""
    honest_base(path)
    with closing(Lexicon(lexicon_file())) as lexicon, closing(Session(FactBase.open(path), lexicon, reply_days=1)) as session:
        while session.encode(most=10):
            pass
        questions, taken = new_questions(HONEST_STORY), []
        for question in islice(questions, 10):
            session.ask(question)
        given_up = 0
        for question in islice(questions, asked):
            try:
                taken.append(time_once(lambda question=question: session.ask(question)))  # type: ignore[misc]
            except FootnoteError:
                given_up += 1
        facts = session.base.count()
    times = Times(tuple(taken))
    return ("", "goal"), [
        (f"new questions to {facts} facts ({HONEST_STORY.stem})", str(len(taken)), ""),
        ("given up", str(given_up), ""),
        ("median of the processor, ms", figure(times.at(50), 0), ""),
        _held("p99 of the processor, ms", times.at(99), 0),
        ("longest, ms", figure(times.at(100), 0), ""),
    ]


def _held(name: str, value: float, digits: int) -> Row:
    """Return a row with whether a goal is met."""
    most = GOALS[name]
    return name, figure(value, digits), f"{'met' if value <= most else 'MISSED'}: at most {most:g}"


if __name__ == "__main__":
    main()
