"""Fit what the reader decides by, on the validation stories, and write its numbers beside its weights.

    python -m data.reader.decide [--corpus FOLDER] [--weights FOLDER]

In: the files that `export.py` and `train_judge.py` wrote. Out: ``reader.json`` (the logistic regression of the probability, the
thresholds, each file's hash) and ``stories.vectors`` (the facts of the shipped stories, encoded).
"""

from __future__ import annotations

import hashlib
import json
import math
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from bot.answers.extraction import cut_out
from bot.answers.finding.index import Indexes
from bot.answers.question.expected_answer import QuestionType
from bot.answers.question.parsing import Question, read_question
from bot.answers.reader.encoder import ADAPTER, FILES, JUDGE, NUMBERS, PIECES, SECOND_JUDGE
from bot.answers.reader.reader import SHIPPED, FactStock, Reader, VectorStock
from bot.answers.reader.reading import Evidence, Reading, read
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.resources import lexicon_file, stories_folder
from bot.stories.load import load_story
from data.reader.examples import CorpusStory, corpus_stories
from data.reader.languages import FOLDER, asked_stories

PULL = 0.02  # towards zero, of the regression
LEFT_ALONE = 0.9  # least share of what must not be answered that the threshold leaves alone, if it can: right or silent
LONE_LEFT_ALONE = 0.85  # the same of what is asked in other languages: as much is then wrong as sure as in English
ADAPTED_LEFT_ALONE = 0.9  # the same where the adapter has the first network read along
PASSAGES_LEFT_ALONE = 0.945  # the same of what no article tells: nobody has checked passages
SHOWN_RIGHT = 0.88  # share of the facts shown that must answer, where several are shown
NEARLY = 0.995  # share of the best that is as good
YES_RIGHT = 0.95  # share of Yes and No that must be right
SECOND_WEIGHT = 1.0  # of the second network's nearness
MIN_SAID = 20  # of Yes and No from which on a share of them shows anything
PERHAPS = 0.3  # from so likely on the best fact is shown as one that may answer
UNDECIDED: dict[str, Any] = {
    "decide": {},
    "bias": 0.0,
    "threshold": 0.5,
    "perhaps": PERHAPS,
    "also": 0.0,
    "short": 0.0,
    "yes": 0.0,
}
CONTRASTED = frozenset({"names_left", "figures_left"})  # evidence in other languages that pairs of questions tell most of
AGAINST = frozenset({"unmet", "names_left", "slot_missing", "figures_left", "follow_up"})  # evidence against a fact
HERE = Path(__file__).parent
Floats = NDArray[np.float64]
ReadBy = Callable[[VectorStock], FactStock]


@dataclass(frozen=True, slots=True)
class Row:
    """A question of a validation story as read, with what is right: ``answers`` are the positions of the facts that answer."""

    question: Question
    reading: Reading
    evidence: Evidence
    asked: dict[str, Any]
    answers: frozenset[int]
    in_articles: bool
    cut: str | None

    @property
    def right(self) -> bool:
        """Whether the best fact answers."""
        return self.reading.facts[0].judged.position in self.answers


def rows_of(
    stories: Iterable[CorpusStory], reader: Reader, lexicon: Lexicon, read_by: ReadBy = lambda stock: stock
) -> Iterator[Row]:
    """Ask stories all their questions, read by both networks, or by what ``read_by`` takes of the stock."""
    for story in stories:
        with FactBase.memory() as base:
            base.apply(story.story, by="fit")
            index, whole = Indexes(base, lexicon).whole(), VectorStock(base, reader)
            whole.make(index.documents)
            stock = read_by(whole)
            for asked in story.rows:
                after = asked.get("after") or []
                question = read_question(asked["ask"], index)
                earlier = read_question(after[-1], index) if after else None
                reading = read(asked["ask"], question, index, stock, after=after, earlier=earlier)
                if reading.evidence is not None:
                    best = reading.facts[0]
                    cut = cut_out(best.document, best.judged.spans[0], stock.reader)
                    answers = frozenset(story.right(asked))
                    yield Row(question, reading, reading.evidence, asked, answers, story.in_articles, cut)


def fit(rows: Sequence[Row]) -> tuple[dict[str, float], float]:
    """Return weights and bias of the regression.

    What speaks for a fact never counts against it, nor the other way about: in the corpus, questions that must not be answered
    were written to share words with the facts, and those that must be were not, which a free weight of shared words would learn.
    """
    from scipy.optimize import minimize  # comes with the extra ``reader``, and all else here does without

    evidence = np.array([row.evidence for row in rows], dtype=np.float64)
    right = np.array([row.right for row in rows], dtype=np.float64)

    def loss(values: Floats) -> tuple[float, Floats]:
        totals = evidence @ values[:-1] + values[-1]
        chance = 1 / (1 + np.exp(-totals))
        value = -float(np.mean(right * np.log(chance + 1e-12) + (1 - right) * np.log(1 - chance + 1e-12)))
        slope = np.append(evidence.T @ (chance - right), (chance - right).sum()) / len(right)
        slope[:-1] += PULL * values[:-1] / 10
        return value + PULL * float((values[:-1] ** 2).sum()) / 20, slope

    bounds = [(None, 0.0) if name in AGAINST else (0.0, None) for name in Evidence._fields]
    best = minimize(loss, np.zeros(evidence.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)]).x
    return {name: round(float(value), 4) for name, value in zip(Evidence._fields, best, strict=False)}, round(float(best[-1]), 4)


def with_contrasts(rows: Sequence[Row], weights: dict[str, float], bias: float) -> dict[str, float]:
    """Return the weights with those of `CONTRASTED` fitted on these rows, pairs of questions among them, and the others kept.

    In pairs that differ by one thing hardly anything else tells right from wrong, which the other weights would unlearn for it.
    """
    from scipy.optimize import minimize  # comes with the extra ``reader``

    names = sorted(CONTRASTED)
    evidence = np.array([[getattr(row.evidence, name) for name in names] for row in rows], dtype=np.float64)
    right = np.array([row.right for row in rows], dtype=np.float64)
    kept = weights | dict.fromkeys(names, 0.0)
    given = np.array([row.evidence for row in rows], dtype=np.float64) @ np.array([*kept.values()]) + bias

    def loss(values: Floats) -> float:
        chance = 1 / (1 + np.exp(-(given + evidence @ values)))
        value = -float(np.mean(right * np.log(chance + 1e-12) + (1 - right) * np.log(1 - chance + 1e-12)))
        return value + PULL * float((values**2).sum()) / 20

    best = minimize(loss, np.zeros(len(names)), method="L-BFGS-B", bounds=[(None, 0.0)] * len(names)).x
    return kept | {name: round(float(value), 4) for name, value in zip(names, best, strict=True)}


def chances_of(rows: Sequence[Row], weights: dict[str, float], bias: float) -> Floats:
    """Return how likely it is of each question that its best fact answers."""
    evidence = np.array([row.evidence for row in rows], dtype=np.float64)
    chances: Floats = 1 / (1 + np.exp(-(evidence @ np.array([*weights.values()]) + bias)))
    return chances


def threshold_of(rows: Sequence[Row], chances: Floats, left_alone: float) -> float:
    """Return the least threshold that leaves enough alone: F1 is flat there, and stories in use are asked easier questions."""
    none = np.array([not row.answers for row in rows])
    enough = (float(least) for least in np.linspace(0.1, 0.9, 81) if np.mean(chances[none] < least) >= left_alone)
    return round(next(enough, 0.9), 3)


def log_odds(chance: float) -> float:
    """Return the logarithm of the odds of a probability."""
    return math.log(chance / (1 - chance))


def also_of(rows: Sequence[Row]) -> float:
    """Return the least log odds from which further facts answer too so that enough of all facts shown are right."""
    right = [row for row in rows if row.right]

    def precision(least: float) -> float:
        shown = both = 0
        for row in right:
            best, *others = row.reading.facts
            positions = {fact.judged.position for fact in (best, *(fact for fact in others if fact.judged.also >= least))}
            shown, both = shown + len(positions), both + len(positions & row.answers)
        return both / shown

    return round(float(next((least for least in np.linspace(-3, 3, 61) if precision(least) >= SHOWN_RIGHT), 3.0)), 2)


def short_of(rows: Sequence[Row]) -> float:
    """Return the log odds from which there is a short answer: a right one is worth 1.5 times what a wrong one costs.

    It is the least of those that are about the best, which are many.
    """
    some = [row for row in rows if row.right and row.question.expected.type is not QuestionType.YES_NO]

    def worth(least: float) -> float:
        shown = [row for row in some if row.cut and row.reading.facts[0].judged.short >= least]
        good = sum(str(row.asked["short"] or "\0").casefold() in str(row.cut).casefold() for row in shown)
        return 2.5 * good - len(shown)

    worths = {float(least): worth(least) for least in np.linspace(-4, 4, 81)}
    return round(next(least for least, value in worths.items() if value >= NEARLY * max(worths.values())), 2)


def yes_of(rows: Sequence[Row]) -> float:
    """Return from which log odds Yes or No is said: nineteen in twenty right, where most questions are made to mislead."""
    some = [row for row in rows if row.right and row.asked["type"] == "yesno" and row.asked["short"]]
    for least in np.linspace(0, 4, 41):
        said = [row for row in some if abs(row.reading.facts[0].judged.yes) >= least]
        if (
            len(said) >= MIN_SAID
            and np.mean([(row.reading.facts[0].judged.yes > 0) == (row.asked["short"] == "yes") for row in said]) >= YES_RIGHT
        ):
            return round(float(least), 2)
    return 4.0


def fitted(rows: Sequence[Row], left_alone: float, contrasts: Sequence[Row] = ()) -> dict[str, Any]:
    """Return the numbers that a network decides by; ``contrasts`` are further questions, in pairs that differ by one thing."""
    weights, bias = fit(rows)
    weights = with_contrasts([*rows, *contrasts], weights, bias) if contrasts else weights
    threshold = threshold_of(rows, chances_of(rows, weights, bias), left_alone)
    limits = {"threshold": threshold, "perhaps": min(PERHAPS, threshold)}
    return {"decide": weights, "bias": bias, "also": also_of(rows), "short": short_of(rows), "yes": yes_of(rows)} | limits


def fitted_with_contrasts(rows: Iterable[Row], left_alone: float) -> dict[str, Any]:
    """Return the numbers for questions in other languages, some of which come in pairs that differ by one thing."""
    held = list(rows)
    plain, contrasts = ([row for row in held if ("pair" in row.asked) is paired] for paired in (False, True))
    return fitted(plain, left_alone, contrasts)


def read_numbers(folder: Path) -> dict[str, Any]:
    """Return the numbers of ``reader.json`` without version and hashes; none where there is no such file."""
    path = folder / NUMBERS
    values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return {name: value for name, value in values.items() if name not in ("version", "sha256")}


def write_numbers(folder: Path, values: dict[str, Any]) -> None:
    """Write ``reader.json`` with the files' hashes; the version, which stands beside stored vectors, is the encoder's."""
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES if (folder / name).is_file()}
    encoders = (hashes.get(name, "") for name in FILES if name not in (JUDGE, SECOND_JUDGE, PIECES, ADAPTER))
    version = hashlib.sha256("".join(encoders).encode()).hexdigest()[:12]
    content = {"version": version, **values, "sha256": hashes}
    (folder / NUMBERS).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def write_shipped(folder: Path, lexicon: Lexicon) -> None:
    """Encode the facts of the shipped stories."""
    path = folder / SHIPPED
    path.unlink(missing_ok=True)
    reader = Reader(folder)
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("CREATE TABLE vector (digest BLOB NOT NULL PRIMARY KEY, model TEXT NOT NULL, vectors BLOB NOT NULL) STRICT")
        for story in sorted(stories_folder().glob("*.yaml")):
            with FactBase.memory() as base:
                base.apply(load_story(story), by="fit")
                for document in Indexes(base, lexicon).whole().documents:
                    vectors = reader.encoder.fact(document.line)
                    row = (document.digest, reader.weights.version, vectors.to_bytes())
                    file.execute("INSERT OR REPLACE INTO vector VALUES (?, ?, ?)", row)


def decide(corpus: Path, folder: Path, second: float = SECOND_WEIGHT) -> dict[str, Any]:
    """Fit the numbers on a corpus, write them into the folder of the weights and return them."""
    written = read_numbers(folder)
    values = UNDECIDED | {name: written[name] for name in ("scale", "whole", "none_near")}
    values |= {"second": written["second"] | {"weight": second}, "alone": written["alone"]}
    values["adapted"] = {name: values[name] for name in UNDECIDED}
    write_numbers(folder, values)
    lexicon = Lexicon(lexicon_file())
    asked = list(asked_stories(corpus / "validation"))
    stories = [*asked, *corpus_stories(corpus / FOLDER / "validation", lexicon)]
    alone = rows_of(stories, Reader(folder), lexicon, lambda stock: stock.alone)
    values["alone"] |= fitted_with_contrasts(alone, LONE_LEFT_ALONE)
    adapted = rows_of(asked, Reader(folder), lexicon, lambda stock: stock.adapted)
    values["adapted"] = fitted_with_contrasts(adapted, ADAPTED_LEFT_ALONE)
    every = list(rows_of(corpus_stories(corpus / "validation", lexicon), Reader(folder), lexicon))
    rows, passages = ([row for row in every if row.in_articles is in_articles] for in_articles in (False, True))
    values |= fitted(rows, LEFT_ALONE)
    needed = threshold_of(passages, chances_of(passages, values["decide"], values["bias"]), PASSAGES_LEFT_ALONE)
    values["decide"]["passage"] = round(log_odds(values["threshold"]) - log_odds(needed), 4)
    write_numbers(folder, values)
    write_shipped(folder, lexicon)
    return values


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path, exists=True), default=HERE / "corpus")
@click.option("--second", default=SECOND_WEIGHT, show_default=True, help="Weight of the second network's nearness.")
@click.option("--weights", "folder", type=click.Path(path_type=Path, exists=True), default=HERE / "weights")
def main(corpus: Path, second: float, folder: Path) -> None:
    """Fit the numbers and write them."""
    values = decide(corpus, folder, second)
    click.echo(json.dumps({name: value for name, value in values.items() if name != "decide"}))
    click.echo(json.dumps(values["decide"]))


if __name__ == "__main__":
    main()
