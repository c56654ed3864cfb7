"""Measure Footnote on a big fact base on disk, beside a plain index in the same run.

    python -m data.benchmarks.scale --facts 100000 --story STORY.yaml --questions QUESTIONS.jsonl --folder FOLDER

Every fact has vectors, most of them stand-ins (`data.benchmarks.stand_ins`). The plain index answers ``MATCH '"word" OR "word"'
ORDER BY rank LIMIT 20`` for the question's words without its function words (and, in a row of its own, with them), over a table
of the same facts; it finds, it does not answer. *Warm*: the base is open and has been asked before; a question's time is the
median over some rounds, in processor time, which other programs' work moves little.
*Cold*: before each question the files are dropped from the system's memory and opened anew; the time is what passes while it is
asked, again the median over rounds. `data.benchmarks.scale_new` says how questions are measured that were not asked before.
A question that the base gives up at its deadline counts with the time that it took, as not answered, and in a row of its own.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.answers.answerer import Answerer
from bot.answers.evaluation import Case, Figures, evaluate, figures, read_cases
from bot.answers.models import Answer
from bot.english.lexicon import Lexicon
from bot.errors import BusyError
from bot.facts.base import FactBase
from bot.resources import lexicon_file
from bot.stories.load import load_story
from data.benchmarks.big_base import SEED, BigBase, Sizes, big_base
from data.benchmarks.made import STORY_SIZE, questions_about
from data.benchmarks.plain import Plain
from data.benchmarks.scale_new import new_questions
from data.benchmarks.scale_process import processor_time, resident_memory
from data.benchmarks.scale_typing import typing_times
from data.benchmarks.stand_ins import fill_vectors
from data.benchmarks.table import figure, ratio, table
from data.benchmarks.timing import Times, drop_from_memory, median, time_all, time_once, wait_once

_ASKED_TO_WARM = 5
_PERCENTS = (50, 95, 99)
Row = tuple[str, str, str, str]


class Patient:
    """An answerer that counts the questions that are given up at the deadline, instead of ending with the first of them."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self.asked = 0
        self.given_up = 0

    def ask(self, question: str, *, story: str | None = None, rank: int = 0) -> Answer:
        """Answer; a question that is given up has no answer."""
        self.asked += 1
        try:
            return self._answerer.ask(question, story=story, rank=rank)
        except BusyError:
            self.given_up += 1
            return Answer(question, "unknown")

    def row(self, label: str) -> Row:
        """Say how many were given up."""
        return f"{label}: given up at the deadline | asked", str(self.given_up), str(self.asked), ratio(self.given_up, self.asked)


def warm(big: BigBase, questions: Sequence[str], rounds: int, label: str) -> list[Row]:
    """Measure questions to a base that is open."""
    with (
        FactBase.open(big.library) as base,
        closing(Lexicon(lexicon_file())) as lexicon,
        closing(Plain(big.plain)) as plain,
        closing(Plain(big.plain, all_words=True)) as plain_all,
    ):
        answerer = Patient(Answerer(base, lexicon))
        opening = time_once(lambda: answerer.ask("What happened?"))
        for call in (answerer.ask, plain.find, plain_all.find):
            time_all(call, questions[:_ASKED_TO_WARM])
        gc.collect()
        gc.freeze()  # as the bot does once it has started
        ours = time_all(answerer.ask, questions, rounds)
        theirs, theirs_all = (time_all(index.find, questions, rounds) for index in (plain, plain_all))
    return [
        (f"{label}: very first question, ms", figure(opening, 1), "", ""),
        *_compared(f"{label}, warm", ours, theirs),
        _compared_at(f"{label}, warm, function words too", ours, theirs_all, 99),
        answerer.row(label),
    ]


def cold(big: BigBase, questions: Sequence[str], rounds: int, label: str) -> list[Row]:
    """Measure questions each of which is the first to files that are not in memory."""
    ours, theirs = [], []
    given_up = 0
    for _ in range(rounds):
        asked = [_cold_once(big, question) for question in questions]
        ours.append([time for time, _ in asked])
        given_up += sum(late for _, late in asked)
        theirs.append([_cold_once_plain(big, question) for question in questions])
    count = rounds * len(questions)
    late = (f"{label}, cold: given up at the deadline | asked", str(given_up), str(count), ratio(given_up, count))
    return [*_compared(f"{label}, cold", median(ours), median(theirs)), late]


def accuracy(big: BigBase, story: Path, cases: Sequence[Case]) -> list[Row]:
    """Measure how much of the story's accuracy is left when it is buried, asked of everything and of the story alone."""
    with closing(Lexicon(lexicon_file())) as lexicon:
        content = load_story(story)
        with FactBase.memory() as base:
            base.apply(content, by="benchmark")
            whole = Answerer(base, lexicon)
            whole.encode()
            alone = figures(evaluate(whole.ask, cases))
        with FactBase.open(big.library) as base:
            answerer = Patient(Answerer(base, lexicon))
            buried = figures(evaluate(answerer.ask, cases))
            named = figures(evaluate(lambda text, rank: answerer.ask(text, story=content.info.id, rank=rank), cases))
    return [*_accuracy("buried", buried, alone), *_accuracy("buried, story named", named, alone), answerer.row("buried")]


def _cold_once(big: BigBase, question: str) -> tuple[float, int]:
    """Return the time of a question to files that are not in memory, and whether it was given up."""
    drop_from_memory(big.library, lexicon_file())
    with FactBase.open(big.library) as base, closing(Lexicon(lexicon_file())) as lexicon:
        answerer = Patient(Answerer(base, lexicon))
        return wait_once(lambda: answerer.ask(question)), answerer.given_up


def _cold_once_plain(big: BigBase, question: str) -> float:
    drop_from_memory(big.plain)
    with closing(Plain(big.plain)) as plain:
        return wait_once(lambda: plain.find(question))


def _compared(label: str, ours: Times, theirs: Times) -> list[Row]:
    return [_compared_at(label, ours, theirs, percent) for percent in _PERCENTS]


def _compared_at(label: str, ours: Times, theirs: Times, percent: int) -> Row:
    mine, other = ours.at(percent), theirs.at(percent)
    return f"{label}, p{percent} ms", figure(mine, 2), figure(other, 2), ratio(mine, other)


def _accuracy(label: str, here: Figures, alone: Figures) -> list[Row]:
    pairs = (
        ("hit@1", here.hits.value, alone.hits.value),
        ("answer F1", here.f1, alone.f1),
        ("left alone", here.left_alone.value, alone.left_alone.value),
    )
    return [(f"{name}, {label} | alone", figure(value), figure(other), ratio(value, other)) for name, value, other in pairs]


def _made_questions(big: BigBase, count: int) -> list[str]:
    with FactBase.open(big.library) as base:
        last = base.count()
        numbers = [1 + (last - 1) * index // max(1, count - 1) for index in range(count)]
        return questions_about(list(base.facts(numbers)), SEED)


@click.command()
@click.option("--facts", default=2000, show_default=True, type=click.IntRange(1), help="How many facts to make.")
@click.option("--actors", default=100_000, show_default=True, type=click.IntRange(1), help="How many actors to make.")
@click.option("--story-size", default=STORY_SIZE, show_default=True, type=click.IntRange(1), help="Facts in one made story.")
@click.option("--passages", is_flag=True, help="Make sentences of articles that nobody has reviewed.")
@click.option("--story", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The story to bury.")
@click.option("--questions", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Its questions.")
@click.option("--folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="Where made bases are kept.")
@click.option("--made", default=100, show_default=True, type=click.IntRange(1), help="How many questions about made facts.")
@click.option("--cold", "cold_count", default=100, show_default=True, type=click.IntRange(0), help="How many questions cold.")
@click.option(
    "--asked", default=1000, show_default=True, type=click.IntRange(1), help="How many questions to measure memory with."
)
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1), help="Rounds of which a time is the median.")
def main(
    facts: int,
    actors: int,
    story_size: int,
    passages: bool,
    story: Path,
    questions: Path,
    folder: Path,
    made: int,
    cold_count: int,
    asked: int,
    rounds: int,
) -> None:
    """Measure on a base with made facts and a story buried in them."""
    big = big_base(folder, Sizes(facts, actors, story_size, passages), story, click.echo)
    fill_vectors(big.library, load_story(story).info.id, click.echo)
    cases = read_cases(questions)
    own = [case.ask for case in cases]
    about_made = _made_questions(big, max(made, asked))
    mixed = [question for pair in zip(own, about_made, strict=False) for question in pair]
    new = [
        *new_questions(big, own, rounds, "story's questions"),
        *new_questions(big, about_made[:made], rounds, "made questions"),
    ]
    rows = [
        *warm(big, own, rounds, "story's questions"),
        *warm(big, about_made[:made], rounds, "made questions"),
        *(cold(big, mixed[:cold_count], rounds, "both kinds") if cold_count else ()),
        *accuracy(big, story, cases),
        *typing_times(big),
        *resident_memory(big, (about_made * asked)[:asked]),
        *processor_time(big, own[:5]),
    ]
    called = "passages" if passages else "facts"
    click.echo(
        f"{datetime.now(UTC).date()}, {os.cpu_count()} cores: {facts} {called} in stories of {story_size} and {actors} actors"
        f" made, {story.stem} buried in them, {len(own)} questions to it"
    )
    click.echo(table(("new questions, ms", "with the reader", "apart from it", "plain FTS5"), new))
    click.echo(table(("", "Footnote", "plain FTS5 | alone", "ratio"), rows))


if __name__ == "__main__":
    main()
