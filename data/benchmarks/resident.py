"""Print, as one JSON object, the megabytes that a process with all of the bot loaded keeps in memory as it answers questions.

    python -m data.benchmarks.resident LIBRARY.db QUESTIONS.jsonl

*rest*: a fact base is open and nothing was asked; *one*: after the first question; *all*: after all of them;
*given up*: how many the base gave up at its deadline. A process of its own measures this, so that nothing of a benchmark counts.
"""

from __future__ import annotations

import json
import os
from contextlib import closing
from pathlib import Path

import click

from bot.answers.evaluation import read_cases
from bot.english.lexicon import Lexicon
from bot.errors import BusyError
from bot.facts.base import FactBase
from bot.resources import lexicon_file
from bot.service.session import Session


def resident() -> float:
    """Return the megabytes of this process that are in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@click.command()
@click.argument("library", type=click.Path(exists=True, path_type=Path))
@click.argument("questions", type=click.Path(exists=True, path_type=Path))
def main(library: Path, questions: Path) -> None:
    """Ask QUESTIONS of LIBRARY and print the memory taken."""
    import bot.preview.server  # noqa: F401 - the bot has discord.py and the whole client loaded

    cases = read_cases(questions)
    with closing(Lexicon(lexicon_file())) as lexicon, closing(Session(FactBase.open(library), lexicon, reply_days=1)) as session:
        figures = {"rest": resident()}
        given_up = 0
        for number, case in enumerate(cases):
            try:
                session.ask(case.ask)
            except BusyError:
                given_up += 1
            if not number:
                figures["one"] = resident()
        figures["all"] = resident()
    click.echo(json.dumps({**{name: round(value, 1) for name, value in figures.items()}, "given up": given_up}))


if __name__ == "__main__":
    main()
