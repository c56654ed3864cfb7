"""Rank the sentences of WikiQA (Yang, Yih and Meek, 2015): real questions, each with the sentences of one document.

    python -m data.benchmarks.wikiqa DEV.tsv

Each document becomes a story whose sentences are claims about the document. As the task is always measured, questions without a
right sentence are left out; MAP and MRR are over the others. The file is under a research licence and comes from Microsoft.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import click

from bot.answers.answerer import Answerer
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.facts.models import Actor, Citation, Fact, Source, Story, StoryInfo
from bot.resources import lexicon_file
from data.benchmarks.rankers import FullText
from data.benchmarks.table import figure, ratio, table
from data.benchmarks.timing import Times, time_once

COLUMNS = ("QuestionID", "Question", "DocumentID", "DocumentTitle", "SentenceID", "Sentence", "Label")


@dataclass(frozen=True, slots=True)
class Item:
    """A question with the sentences of its document, and which of them are right."""

    question: str
    title: str
    sentences: tuple[str, ...]
    right: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """For each question which sentences are right, best first, and the time that ranking took."""

    right: tuple[tuple[bool, ...], ...]
    times: Times

    @property
    def average_precision(self) -> float:
        """The mean over the questions of the precision at each right sentence (MAP)."""
        return sum(map(_average_precision, self.right)) / len(self.right)

    @property
    def reciprocal_rank(self) -> float:
        """The mean over the questions of one by the place of the first right sentence (MRR)."""
        return sum(1 / (1 + right.index(True)) for right in self.right) / len(self.right)

    @property
    def hits(self) -> float:
        """The share of questions with a right sentence first."""
        return sum(right[0] for right in self.right) / len(self.right)


def read_items(path: Path) -> tuple[Item, ...]:
    """Read the questions that have a right sentence."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise click.UsageError(f"{path} lacks the columns {', '.join(missing)} of WikiQA.")
        groups: dict[str, list[dict[str, str]]] = {}
        for row in reader:
            groups.setdefault(row["QuestionID"], []).append(row)
    return tuple(_item(rows) for rows in groups.values() if any(row["Label"] == "1" for row in rows))


def story_of(item: Item) -> Story:
    """Make a story of a document."""
    actor = Actor("document", item.title, "other")
    source = Source("encyclopedia", "entry-encyclopedia", item.title, publisher="Wikipedia")
    facts = tuple(
        Fact(f"n{number}", "claim", sentence, (Citation(source.id),), about=(actor.id,))
        for number, sentence in enumerate(item.sentences)
    )
    return Story(StoryInfo("document", item.title), (source,), (actor,), facts)


def rank_ours(items: Sequence[Item]) -> Ranking:
    """Rank with Footnote, each question in a base of its own that has been read in."""
    right, times = [], []
    with closing(Lexicon(lexicon_file())) as lexicon:
        for item in items:
            with FactBase.memory() as base:
                base.apply(story_of(item), by="benchmark")
                answerer = Answerer(base, lexicon)
                answerer.encode()
                count = len(item.sentences)
                ranking = answerer.ask(item.question, rank=count).ranking
                times.append(time_once(lambda: answerer.ask(item.question)))  # noqa: B023 - called at once
            order = [int(scored.record.fact.id[1:]) for scored in ranking]
            right.append(tuple(_with_rest(item, order)))
    return Ranking(tuple(right), Times(tuple(times)))


def rank_plainly(items: Sequence[Item]) -> Ranking:
    """Rank with the BM25 of SQLite's full-text index."""
    right, times = [], []
    for item in items:
        index = FullText(item.sentences)
        count = len(item.sentences)
        order = [position for position, _ in index.matching(item.question, count)]
        times.append(time_once(lambda: index.matching(item.question, count)))  # noqa: B023 - called at once
        right.append(tuple(_with_rest(item, order)))
    return Ranking(tuple(right), Times(tuple(times)))


def _item(rows: Sequence[dict[str, str]]) -> Item:
    first = rows[0]
    return Item(
        question=first["Question"],
        title=first["DocumentTitle"],
        sentences=tuple(row["Sentence"] for row in rows),
        right=tuple(row["Label"] == "1" for row in rows),
    )


def _with_rest(item: Item, order: Sequence[int]) -> Iterator[bool]:
    """Say of each sentence whether it is right: those that were ranked, then the others as they stand."""
    ranked = set(order)
    for position in (*order, *(position for position in range(len(item.right)) if position not in ranked)):
        yield item.right[position]


def _average_precision(right: Sequence[bool]) -> float:
    positions = [position for position, is_right in enumerate(right, start=1) if is_right]
    return sum(number / position for number, position in enumerate(positions, start=1)) / len(positions)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(file: Path) -> None:
    """Rank the sentences of the questions in FILE, a TSV file of WikiQA."""
    items = read_items(file)
    if not items:
        raise click.UsageError(f"{file} has no question with a right sentence.")
    results = {"Footnote": rank_ours(items), "FTS5 bm25()": rank_plainly(items)}
    ours = results["Footnote"]
    rows = [
        (
            name,
            *(figure(value) for value in (result.average_precision, result.reciprocal_rank, result.hits)),
            *(figure(time, 2) for time in (result.times.mean, result.times.at(99))),
            *(
                ratio(value, to)
                for value, to in ((result.average_precision, ours.average_precision), (result.times.mean, ours.times.mean))
            ),
        )
        for name, result in results.items()
    ]
    sentences = sum(len(item.sentences) for item in items)
    click.echo(f"{file.name}: {len(items)} questions with a right sentence, {sentences} sentences")
    click.echo(table(("", "MAP", "MRR", "hit@1", "ms mean", "ms p99", "MAP ratio", "time ratio"), rows))


if __name__ == "__main__":
    main()
