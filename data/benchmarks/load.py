"""Measure what a busy server asks of the real bot, in simcord: chatter, answers on one core, a burst, and a week.

    python -m data.benchmarks.load --messages 20000 --questions 2000 --days 7

Times are of the processor: what other programs do hardly moves the means. `data.benchmarks.load_chatter`, `load_answers`,
`load_burst` and `load_week` say how each is measured.
"""

from __future__ import annotations

import asyncio
import logging
import os
import tempfile
from dataclasses import replace
from pathlib import Path

import click

from bot.service.service import Service
from bot.settings import Settings
from data.benchmarks.load_answers import answers
from data.benchmarks.load_burst import burst
from data.benchmarks.load_chatter import chatter
from data.benchmarks.load_week import Load, week
from data.benchmarks.table import figure, table


@click.command()
@click.option(
    "--messages", default=20_000, show_default=True, help="Messages of chatter: of each kind, and in a day of the week."
)
@click.option("--questions", default=2_000, show_default=True, help="Questions: by mention, by /ask, and in a day of the week.")
@click.option("--burst", "at_once", default=500, show_default=True, help="Questions that are asked all at once; 0 for none.")
@click.option("--presses", default=200, show_default=True, help="Buttons pressed in a day.")
@click.option("--changes", default=50, show_default=True, help="Facts changed in a day.")
@click.option("--days", default=7, show_default=True, help="Days that are simulated; 0 for none.")
def main(messages: int, questions: int, at_once: int, presses: int, changes: int, days: int) -> None:
    """Print four tables."""
    logging.disable(logging.CRITICAL)
    everywhere = _one_core()
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as weekly:
        settings = Settings(Path(home))
        if messages:
            asyncio.run(_chatter(settings, messages))
        if questions:
            rows = asyncio.run(answers(settings, questions))
            click.echo(f"\n{table(('answers on one core', 'by mention', 'by /ask'), rows)}")
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, everywhere)
        if at_once:
            click.echo(f"\n{table(('a burst', ''), asyncio.run(burst(settings, at_once)))}")
        if days:
            asyncio.run(_week(Settings(Path(weekly)), days, Load(messages, questions, presses, changes)))


async def _chatter(settings: Settings, messages: int) -> None:
    rows = []
    for listening in (False, True):
        async with Service(replace(settings, listening=listening)) as service:
            rows += await chatter(service, messages)
    click.echo(table(("microseconds a message", "discord.py", "p99", "with Footnote", "p99"), rows))


async def _week(settings: Settings, days: int, load: Load) -> None:
    rows: list[tuple[str, ...]] = []
    async for day in week(settings, days, load):
        number = str(len(rows) + 1)
        rows.append(
            (number, figure(day.memory, 1), f"{day.objects:,}", figure(day.files, 2), f"{day.replies:,}", day.grown),
        )
        click.echo(f"day {number} of {days}", err=True)
    click.echo(f"\n{table(('after day', 'memory, MB', 'objects', 'files, MB', 'replies kept', 'grown'), rows)}")


def _one_core() -> set[int]:
    """Keep to one core where the system lets a process choose; return those it had."""
    if not hasattr(os, "sched_setaffinity"):
        return set()
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    return cores


if __name__ == "__main__":
    main()
