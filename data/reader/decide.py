"""Fit what the reader decides by, on the validation stories, and write its numbers beside its weights.

    python data/reader/decide.py [--corpus FOLDER] [--weights FOLDER]

In: the files that `export.py` and `train_judge.py` wrote. Out: ``reader.json`` (the logistic regression of the probability, the
thresholds, each file's hash) and ``stories.vectors`` (the facts of the shipped stories, encoded).
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
from examples import names_of_folder, questions_in
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.answers.extraction import cut_out
from bot.answers.finding.index import Indexes
from bot.answers.question.expected_answer import QuestionType
from bot.answers.question.parsing import Question, read_question
from bot.answers.reader.encoder import ENCODER, JUDGE, NUMBERS, TOKENIZER
from bot.answers.reader.reader import SHIPPED, Reader, VectorStock
from bot.answers.reader.reading import Evidence, Reading, read
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.resources import lexicon_file, stories_folder
from bot.stories.load import load_story

PULL = 0.02  # towards zero, of the regression
LEFT_ALONE = 0.884  # least share of what must not be answered that the threshold leaves alone, if it can: right or silent
SHOWN_RIGHT = 0.86  # share of the facts shown that must answer, where several are shown
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
AGAINST = frozenset({"unmet", "names_left", "slot_missing", "follow_up"})  # evidence against a fact
HERE = Path(__file__).parent
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """A question of a validation story as read, with what is right."""

    question: Question
    reading: Reading
    evidence: Evidence
    asked: dict[str, Any]
    cut: str | None

    @property
    def right(self) -> bool:
        """Whether the best fact answers."""
        return self.reading.facts[0].document.record.fact.id in self.asked["expect"]


def rows_of(folder: Path, reader: Reader, lexicon: Lexicon) -> Iterator[Row]:
    """Ask the stories of a folder all their questions, and some about strangers."""
    names = names_of_folder(folder)
    for path in sorted(folder.glob("*.yaml")):
        with FactBase.memory() as base:
            base.apply(load_story(path), by="fit")
            index, stock = Indexes(base, lexicon).whole(), VectorStock(base, reader)
            stock.make(index.documents)
            for asked in questions_in(path, names):
                after = asked.get("after") or []
                question = read_question(asked["ask"], index)
                earlier = read_question(after[-1], index) if after else None
                reading = read(asked["ask"], question, index, stock, after=after, earlier=earlier)
                best = reading.facts[0]
                if reading.evidence is not None:
                    yield Row(question, reading, reading.evidence, asked, cut_out(best.document, best.judged.spans[0], reader))


def fit(rows: Sequence[Row]) -> tuple[dict[str, float], float]:
    """Return weights and bias of the regression.

    What speaks for a fact never counts against it, nor the other way about: in the corpus, questions that must not be answered
    were written to share words with the facts, and those that must be were not, which a free weight of shared words would learn.
    """
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


def threshold_of(rows: Sequence[Row], chances: Floats) -> float:
    """Return the least threshold that leaves enough alone: F1 is flat there, and stories in use are asked easier questions."""
    none = np.array([not row.asked["expect"] for row in rows])
    enough = (float(each) for each in np.linspace(0.1, 0.9, 81) if np.mean(chances[none] < each) >= LEFT_ALONE)
    return round(next(enough, 0.9), 3)


def also_of(rows: Sequence[Row]) -> float:
    """Return the least log odds from which further facts answer too so that enough of all facts shown are right."""
    right = [row for row in rows if row.right]

    def precision(least: float) -> float:
        shown = both = 0
        for row in right:
            best, *others = row.reading.facts
            ids = {each.document.record.fact.id for each in (best, *(each for each in others if each.judged.also >= least))}
            shown, both = shown + len(ids), both + len(ids & set(row.asked["expect"]))
        return both / shown

    return round(float(next((each for each in np.linspace(-3, 3, 61) if precision(each) >= SHOWN_RIGHT), 3.0)), 2)


def short_of(rows: Sequence[Row]) -> float:
    """Return the log odds from which there is a short answer: a right one is worth 1.5 times what a wrong one costs."""
    some = [row for row in rows if row.right and row.question.expected.type is not QuestionType.YES_NO]

    def worth(least: float) -> float:
        shown = [row for row in some if row.cut and row.reading.facts[0].judged.short >= least]
        good = sum(str(row.asked["short"] or "\0").casefold() in str(row.cut).casefold() for row in shown)
        return 2.5 * good - len(shown)

    return round(float(max(np.linspace(-4, 4, 81), key=worth)), 2)


def yes_of(rows: Sequence[Row]) -> float:
    """Return from which log odds Yes or No is said: nine in ten right, where most questions are made to mislead."""
    some = [row for row in rows if row.right and row.asked["type"] == "yesno" and row.asked["short"]]
    for least in np.linspace(0, 4, 41):
        said = [row for row in some if abs(row.reading.facts[0].judged.yes) >= least]
        if said and np.mean([(row.reading.facts[0].judged.yes > 0) == (row.asked["short"] == "yes") for row in said]) >= 0.9:
            return round(float(least), 2)
    return 4.0


def write_numbers(folder: Path, values: dict[str, Any]) -> None:
    """Write ``reader.json`` with the files' hashes; the version, which stands beside stored vectors, is the encoder's."""
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (ENCODER, JUDGE, TOKENIZER)}
    version = hashlib.sha256((hashes[ENCODER] + hashes[TOKENIZER]).encode()).hexdigest()[:12]
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
                    vectors = reader.encoder.fact(document.line.line)
                    row = (document.digest, reader.weights.version, vectors.to_bytes())
                    file.execute("INSERT OR REPLACE INTO vector VALUES (?, ?, ?)", row)


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path, exists=True), default=HERE / "corpus")
@click.option("--weights", "folder", type=click.Path(path_type=Path, exists=True), default=HERE / "weights")
def main(corpus: Path, folder: Path) -> None:
    """Fit the numbers and write them."""
    written = json.loads((folder / NUMBERS).read_text(encoding="utf-8"))
    values = UNDECIDED | {name: written[name] for name in ("scale", "whole", "none_near")}
    write_numbers(folder, values)
    lexicon = Lexicon(lexicon_file())
    rows = list(rows_of(corpus / "validation", Reader(folder), lexicon))
    values["decide"], values["bias"] = fit(rows)
    evidence = np.array([row.evidence for row in rows], dtype=np.float64)
    chances = 1 / (1 + np.exp(-(evidence @ np.array(list(values["decide"].values())) + values["bias"])))
    values["threshold"] = threshold_of(rows, chances)
    values |= {"also": also_of(rows), "short": short_of(rows), "yes": yes_of(rows)}
    values["perhaps"] = min(PERHAPS, values["threshold"])
    write_numbers(folder, values)
    write_shipped(folder, lexicon)
    click.echo(json.dumps({name: value for name, value in values.items() if name != "decide"}))
    click.echo(json.dumps(values["decide"]))


if __name__ == "__main__":
    main()
