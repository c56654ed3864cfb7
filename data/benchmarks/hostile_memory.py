"""Memory of a process that answers many servers: at rest and after some questions, each asked for the first time.

    python -m data.benchmarks.hostile_memory --servers 200 --questions 10000

Prints a JSON object for each measure, the megabytes and how many questions were given up so far. Servers have the shipped story;
they ask through the service with its threads, as many at once as ``--at-once`` says, with the whole bot loaded.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from itertools import islice
from pathlib import Path

import click

from bot.cli.running import fit_open_files
from bot.client.start import freeze_gc
from bot.errors import FootnoteError
from bot.service.service import Service
from bot.settings import Settings
from data.benchmarks.new_questions import new_questions
from data.benchmarks.resident import resident
from tests.support.paths import TESTS

_PATIENT = 60.0  # seconds: what memory an answer takes is no matter of time
MEASURED_AFTER = (1, 300, 1_000, 3_000, 10_000)


@click.command()
@click.option("--servers", default=200, show_default=True, help="How many servers ask in turn.")
@click.option("--questions", default=10_000, show_default=True, help="How many questions they ask.")
@click.option("--at-once", default=4, show_default=True, help="How many are asked at the same time.")
def main(servers: int, questions: int, at_once: int) -> None:
    """Ask, and print the memory taken."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(fit_open_files(Settings(Path(folder), answer_deadline=_PATIENT)), servers, questions, at_once))


async def measure(settings: Settings, servers: int, questions: int, at_once: int) -> None:
    """Ask questions, and print the memory at rest, after some of them, and after all."""
    async with Service(settings) as service:
        await service.warm_up()
        freeze_gc()
        click.echo(json.dumps({"after": 0, "megabytes": round(resident(), 1), "given up": 0}))
        asked = given_up = 0
        waiting = iter(list(islice(new_questions(TESTS / "stories" / "halvard-station.yaml"), questions)))

        async def ask_some() -> None:
            nonlocal asked, given_up
            for question in waiting:
                asked += 1
                number = asked
                try:
                    await service.ask(number % servers + 1, question)
                except FootnoteError:
                    given_up += 1
                if number in MEASURED_AFTER or number == questions:
                    click.echo(json.dumps({"after": number, "megabytes": round(resident(), 1), "given up": given_up}))

        await asyncio.gather(*(ask_some() for _ in range(at_once)))


if __name__ == "__main__":
    main()
