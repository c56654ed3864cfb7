"""Ask English stories, and stories in other languages, questions in the languages that the second network was trained on.

    python -m data.benchmarks.languages [--part test]

Whole answers are measured, by what ships. The questions are those of the reader's corpus that nothing was trained or tuned on
(see ``data/reader/README.md``), of one language a row; those in pairs that differ by one thing, such as the year, have a row of
their own. The last rows are of stories that are written in another language, asked in it and in English. A short answer is right
where it holds the expected one, a date where it is that date in words of the language in which it is answered.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from bot.answers.answerer import Answerer
from bot.answers.evaluation import Case, Outcome, figures
from bot.answers.models import Answer
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.languages import ENGLISH, speaking
from bot.presentation.wording import worded
from bot.resources import lexicon_file
from bot.stories.load import load_story
from tests.support.paths import ROOT

CORPUS = ROOT / "data" / "reader" / "corpus"
HEAD = f"{'asked in':<22}{'questions':>10}{'first':>8}{'three':>8}{'right':>8}{'alone':>8}{'wrong':>8}{'short':>8}"
Rows = list[dict[str, Any]]


def rows_in(path: Path) -> Rows:
    """Return the rows of a file of questions."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def asked(story: Path, rows: Iterable[dict[str, Any]]) -> list[Outcome]:
    """Ask a story questions."""
    with FactBase.memory() as base, closing(Lexicon(lexicon_file())) as lexicon, speaking(ENGLISH):
        base.apply(load_story(story), by="benchmark")
        answerer = Answerer(base, lexicon)
        answerer.encode()
        return [_outcome(row, answerer.ask(row["ask"], rank=3)) for row in rows]


def _outcome(row: dict[str, Any], answer: Answer) -> Outcome:
    short = row.get("short")
    date = answer.facts[0].record.fact.date if answer.facts else None
    if short and date is not None and date.words(ENGLISH) == short:
        short, answer = date.words(answer.language or ENGLISH), worded(answer)
    return Outcome(Case(row["ask"], tuple(row["expect"]), short=short), answer)


def _line(name: str, outcomes: list[Outcome]) -> str:
    of = figures(outcomes)
    values = (of.hits, of.in_three, of.recall, of.left_alone, of.wrong, of.short)
    return f"{name:<22}{len(outcomes):>10}" + "".join(f"{share.part / max(1, share.whole):>8.3f}" for share in values)


@click.command()
@click.option("--part", type=click.Choice(("validation", "test")), default="test", show_default=True)
def main(part: str) -> None:
    """Measure on a part of the corpus."""
    click.echo(HEAD)
    folder = CORPUS / "languages" / part
    every: list[Outcome] = []
    pairs: list[Outcome] = []
    for path in sorted(folder.glob("??.jsonl")):
        by_story: dict[str, Rows] = defaultdict(list)
        for row in rows_in(path):
            by_story[row["story"]].append(row)
        outcomes = [
            (row, outcome)
            for story, rows in by_story.items()
            for row, outcome in zip(rows, asked(CORPUS / part / f"{story}.yaml", rows), strict=True)
        ]
        single = [outcome for row, outcome in outcomes if "pair" not in row]
        click.echo(_line(path.stem, single))
        every += single
        pairs += (outcome for row, outcome in outcomes if "pair" in row)
    click.echo(_line("all", every))
    click.echo(_line("pairs, in all", pairs))
    for path in sorted(folder.glob("*.yaml")):
        rows = rows_in(path.with_suffix(".questions.jsonl"))
        for language in (path.stem[:2], ENGLISH):
            chosen = [row for row in rows if row.get("language", path.stem[:2]) == language]
            click.echo(_line(f"{path.stem[:2]} story, in {language}", asked(path, chosen)))


if __name__ == "__main__":
    main()
