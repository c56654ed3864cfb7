"""Hold Footnote against its peers on the same stories, in one process.

    python -m data.benchmarks.peers STORY.yaml QUESTIONS.jsonl [STORY.yaml QUESTIONS.jsonl ...]

Each peer gets the threshold that is best for its answer F1 on these very questions, found with the right answers in view, which
nobody has in use; Footnote keeps the threshold that it ships with. A time is the median over some rounds. *first* is a question
that was not asked before, so that nothing about it is remembered; the other times are of questions that were.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import astuple, dataclass
from pathlib import Path

import click

from bot.answers.answerer import Answerer
from bot.answers.evaluation import Case, check_cases, evaluate, figures, read_cases
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.facts.models import FactRecord, Story
from bot.resources import lexicon_file
from bot.stories.load import load_story
from data.benchmarks.embedders import SkippedError
from data.benchmarks.rankers import Ranked, Ranker, peers, text_of
from data.benchmarks.table import figure, ratio, table
from data.benchmarks.timing import median, time_all

OURS = "Footnote"
ROUNDS = 5
Make = Callable[[Sequence[str]], Ranker]
_HEAD = ("hit@1", "in three", "F1", "left alone", "ms mean", "ms p99", "first p99", "hit@1 ratio", "F1 ratio", "time ratio")


@dataclass(frozen=True, slots=True)
class Result:
    """How well and how fast questions are answered; times in milliseconds."""

    hits: float
    in_three: float
    f1: float
    left_alone: float
    mean: float
    p99: float
    first_p99: float


def measure_ours(base: FactBase, cases: Sequence[Case]) -> Result:
    """Measure Footnote."""
    questions = [case.ask for case in cases]
    first = median([_anew(base, questions) for _ in range(ROUNDS)])
    with closing(Lexicon(lexicon_file())) as lexicon:
        answerer = Answerer(base, lexicon)
        answerer.encode()
        measured = figures(evaluate(answerer.ask, cases))
        again = time_all(answerer.ask, questions, ROUNDS)
    return Result(
        hits=measured.hits.value or 0.0,
        in_three=measured.in_three.value or 0.0,
        f1=measured.f1 or 0.0,
        left_alone=measured.left_alone.value or 0.0,
        mean=again.mean,
        p99=again.at(99),
        first_p99=first.at(99),
    )


def _anew(base: FactBase, questions: Sequence[str]) -> list[float]:
    """Return the time of each question when it is asked for the first time, after the story has been read in."""
    with closing(Lexicon(lexicon_file())) as lexicon:
        answerer = Answerer(base, lexicon)
        answerer.encode()
        answerer.ask("What happened?")
        return list(time_all(answerer.ask, questions).milliseconds)


def measure_peer(peer: Ranker, records: Sequence[FactRecord], cases: Sequence[Case]) -> Result:
    """Measure a peer at its best threshold."""
    questions = [case.ask for case in cases]
    times = time_all(peer.nearest, questions, ROUNDS)
    rankings = [peer.nearest(question) for question in questions]
    ids = [[records[position].fact.id for position, _ in ranking] for ranking in rankings]
    answerable = [(case, near) for case, near in zip(cases, ids, strict=True) if case.expect]
    hits = sum(near[:1] != [] and near[0] in case.expect for case, near in answerable)
    in_three = sum(bool({*near} & {*case.expect}) for case, near in answerable)
    f1, left_alone = at_best_threshold(cases, ids, rankings)
    count = max(1, len(answerable))
    return Result(hits / count, in_three / count, f1, left_alone, times.mean, times.at(99), times.at(99))


def at_best_threshold(cases: Sequence[Case], ids: Sequence[Sequence[str]], rankings: Sequence[Ranked]) -> tuple[float, float]:
    """Return the best F1 that any threshold on the first one's score gives, and the share of others that it leaves alone."""
    answerable = sum(bool(case.expect) for case in cases)
    others = len(cases) - answerable
    given = [
        (ranking[0][1], near[0] in case.expect, bool(case.expect))
        for case, near, ranking in zip(cases, ids, rankings, strict=True)
        if ranking
    ]
    best = (0.0, 1.0)
    for threshold in {score for score, _, _ in given}:
        answers = [(right, wanted) for score, right, wanted in given if score >= threshold]
        f1 = 2 * sum(right for right, _ in answers) / max(1, len(answers) + answerable)
        alone = 1 - sum(not wanted for _, wanted in answers) / others if others else 1.0
        best = max(best, (f1, alone))
    return best


def measure_story(name: str, story: Story, cases: Sequence[Case], others: Mapping[str, Make]) -> dict[str, Result]:
    """Measure Footnote and the peers on one story."""
    with FactBase.memory() as base:
        base.apply(story, by="benchmark")
        records = base.all_facts()
        check_cases(cases, (record.fact.id for record in records))
        texts = [text_of(record) for record in records]
        results = {OURS: measure_ours(base, cases)}
        for other, make in others.items():
            results[other] = measure_peer(make(texts), records, cases)
    click.echo(f"\n{name}: {len(records)} facts, {len(cases)} questions")
    click.echo(_table(results))
    return results


def report_mean(results: Sequence[Mapping[str, Result]]) -> None:
    """Print the mean over the stories."""
    click.echo(f"\nmean of {len(results)} stories")
    click.echo(_table(_mean(results)))


def runnable(minilm: Path | None) -> dict[str, Make]:
    """Return the peers that run here, and say of the others why not."""
    makers = {}
    for name, make in peers(minilm).items():
        try:
            make(["one text", "another text"])
        except SkippedError as error:
            click.echo(f"skipped {name}: {error}")
        else:
            makers[name] = make
    return makers


def _table(results: Mapping[str, Result]) -> str:
    ours = results[OURS]
    rows = [
        (
            name,
            *(figure(share) for share in (result.hits, result.in_three, result.f1, result.left_alone)),
            *(figure(time, 2) for time in (result.mean, result.p99, result.first_p99)),
            *(ratio(value, to) for value, to in ((result.hits, ours.hits), (result.f1, ours.f1), (result.mean, ours.mean))),
        )
        for name, result in results.items()
    ]
    return table(("", *_HEAD), rows)


def _mean(results: Sequence[Mapping[str, Result]]) -> dict[str, Result]:
    return {
        name: Result(*(sum(column) / len(results) for column in zip(*(astuple(result[name]) for result in results), strict=True)))
        for name in results[0]
    }


minilm_option = click.option(
    "--minilm",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="MiniLM, as model.onnx with its tokenizer.json or as sentence-transformers stores it.",
)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@minilm_option
def main(files: tuple[Path, ...], minilm: Path | None) -> None:
    """Measure on pairs of FILES: a story, then its questions."""
    if len(files) % 2:
        raise click.UsageError("Give each story with its questions: STORY.yaml QUESTIONS.jsonl.")
    click.echo("Peers have the threshold that is best on these questions; Footnote has the one that it ships with.")
    others = runnable(minilm)
    pairs = zip(files[::2], files[1::2], strict=True)
    report_mean([measure_story(path.stem, load_story(path), read_cases(questions), others) for path, questions in pairs])


if __name__ == "__main__":
    main()
