"""Fit the weights of ranking and deciding on stories and write them to a file.

    python data/model/fit.py STORY.yaml [STORY.yaml ...] [--output FILE]

Beside each story stands its questions file, STORY.questions.jsonl. Before fitting on all of them, each story is left out once and
measured with weights fitted on the others, which is what the printed figures are. Needs numpy and scipy (the extra ``fit``).
The shipped weights are fitted on the shipped story, on okafor-transfer, tarnbrook-water, aurelia-ferry, calder-recount,
marlow-fire-trial, ferrow-collapse and orrin-works in tests/stories, and on one more that is not part of the project; the other
stories there are for measuring alone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.answers.evaluation import Case, read_cases
from bot.answers.evidence import Evidence, weigh
from bot.answers.features import Features
from bot.answers.index import StoryIndex
from bot.answers.indexes import Indexes
from bot.answers.lexicon import Lexicon
from bot.answers.matching import Match, match_all, nearest_words
from bot.answers.question import Question, read_question
from bot.answers.question_words import Asked
from bot.answers.ranking import Model, Ranked
from bot.answers.sets import MOST_FACTS, beyond_doubt
from bot.answers.short import short_answer
from bot.answers.siblings import Kinship, kinships
from bot.facts.base import FactBase
from bot.facts.models import FACT_KINDS
from bot.shipped import lexicon_file
from bot.stories.load import load_story

Array = NDArray[np.float64]
TYPES = tuple(Asked)
PULL = 1.0  # towards the hand-set weights, of ranking
DECIDE_PULL = 0.5  # towards zero, of deciding
ALSO_PULL = 1.0  # towards zero, of telling what else answers
HIDDEN_WORTH = 0.35  # of a question whose right facts were hidden, in fitting when to answer
WRONG_WORTH = 0.6  # of an answerable question for which a wrong fact is the nearest
UNANSWERABLE_WORTH = 2.0  # of a question that has no answer: they are few, and an answer to them does most harm
HAND_SET = {
    "cover": 7.5, "cover_text": 2.5, "cover_content": 2.5, "cover_names": 0.75, "cover_near": 2.5, "likeness": 5.0, "gist": 2.0,
    "back": 2.0, "run": 2.5, "pairs": 1.25, "phrasing": 7.5, "slot_missing": -2.5, "speaker": 2.5, "other_speaker": -3.0,
    "actor": 0.75, "date_agrees": 2.5, "date_differs": -2.5, "cause": 0.5, "linked": 1.25, "event_cover": 0.25, "subject": 1.25,
    "protagonist": 2.0,
}  # fmt: skip
PRIOR = np.array([HAND_SET.get(name, 0.0) for name in Features._fields] + [0.0] * (len(TYPES) * (len(FACT_KINDS) + 1)))


@dataclass(frozen=True, slots=True)
class Row:
    """A question held against all facts of its story: the features of each match, and which are right."""

    case: Case
    question: Question
    matches: list[Match]
    features: Array
    right: NDArray[np.bool_]
    nearest: list[float]


def rows_of(path: Path, lexicon: Lexicon) -> list[Row]:
    """Read a story and its questions and match them."""
    with FactBase.memory() as base:
        base.apply(load_story(path), by="fit")
        index = Indexes(base, lexicon).of("", None)
    return [row_of(case, index, lexicon) for case in read_cases(path.with_suffix(".questions.jsonl"))]


def row_of(case: Case, index: StoryIndex, lexicon: Lexicon) -> Row:
    """Match one question."""
    question = read_question(case.ask, index, lexicon)
    matches = match_all(question, index, lexicon)
    features = np.array([vector(question, match) for match in matches]).reshape(len(matches), len(PRIOR))
    right = np.array([match.document.record.fact.id in case.expect for match in matches], dtype=bool)
    return Row(case, question, matches, features, right, nearest_words(question, index))


def vector(question: Question, match: Match) -> list[float]:
    """Return a match's features, and ones for its type of question with its kind of fact and with a missing slot."""
    crossed = [0.0] * (len(TYPES) * (len(FACT_KINDS) + 1))
    place = TYPES.index(question.asking.type)
    crossed[place * len(FACT_KINDS) + FACT_KINDS.index(match.document.record.fact.kind)] = 1.0
    if not match.slot_filled:
        crossed[len(TYPES) * len(FACT_KINDS) + place] = 1.0
    return [*match.features, *crossed]


def fit_ranking(rows: Sequence[Row]) -> Array:
    """Return the weights of ranking."""
    usable = [(row.features, row.right) for row in rows if row.right.any() and not row.right.all()]

    def loss(weights: Array) -> tuple[float, Array]:
        value = PULL * float(((weights - PRIOR) ** 2).sum()) / 2
        slope = PULL * (weights - PRIOR)
        for features, right in usable:
            scores = features @ weights
            odds = np.exp(scores - scores.max())
            shares = odds / odds.sum()
            of_right = shares[right].sum()
            value -= float(np.log(of_right))
            slope = slope - features.T @ (np.where(right, shares / of_right, 0.0) - shares)
        return value, slope

    weights: Array = minimize(loss, PRIOR, jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
    return weights


def values_of(weights: Array) -> dict[str, Any]:
    """Return the weights of ranking as the model file has them."""
    names = Features._fields
    crossed = weights[len(names) :]
    kinds = len(FACT_KINDS)
    return {
        "rank": {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=False)},
        "kinds": {
            kind.value: {fact: round(float(crossed[place * kinds + number]), 3) for number, fact in enumerate(FACT_KINDS)}
            for place, kind in enumerate(TYPES)
        },
        "slots": {kind.value: round(float(crossed[len(TYPES) * kinds + place]), 3) for place, kind in enumerate(TYPES)},
        "decide": {},
        "types": {},
        "bias": 0.0,
        "threshold": 0.5,
        "also": {},
        "also_bias": 0.0,
    }


def decisions(rows: Sequence[Row], model: Model) -> tuple[Array, Array, Array]:
    """Return evidence, whether to answer and a weight: of each question, and of each answerable one with its answer hidden."""
    evidence: list[list[float]] = []
    answer: list[float] = []
    weight: list[float] = []
    for row in rows:
        shown = list(zip(row.matches, row.right, strict=True))
        for hide in (False, True) if row.case.expect else (False,):
            matches = [match for match, right in shown if not (hide and right)]
            ranked = model.rank(row.question, matches)
            if not ranked:
                continue
            good = ranked[0].match.document.record.fact.id in row.case.expect
            evidence.append(evidence_of(row, ranked))
            answer.append(float(good))
            weight.append(worth(row.case, hidden=hide, good=good))
    return np.array(evidence), np.array(answer), np.array(weight)


def worth(case: Case, *, hidden: bool, good: bool) -> float:
    """Return how much a decision counts."""
    if not case.expect:
        return UNANSWERABLE_WORTH
    return HIDDEN_WORTH if hidden else 1.0 if good else WRONG_WORTH


def evidence_of(row: Row, ranked: list[Ranked]) -> list[float]:
    """Return the evidence with ones for the type of question."""
    types = [float(row.question.asking.type is kind) for kind in TYPES]
    matches, chances = [each.match for each in ranked], [each.chance for each in ranked]
    return [*weigh(row.question, matches, chances, row.nearest), *types, 1.0]


def fit_deciding(rows: Sequence[Row], values: dict[str, Any]) -> dict[str, Any]:
    """Return the model with the weights of deciding fitted."""
    weights = logistic(*decisions(rows, Model(values)), DECIDE_PULL)
    count = len(Evidence._fields)
    return values | {
        "decide": {name: round(float(each), 3) for name, each in zip(Evidence._fields, weights, strict=False)},
        "types": {kind.value: round(float(each), 3) for kind, each in zip(TYPES, weights[count:-1], strict=True)},
        "bias": round(float(weights[-1]), 3),
    }


def fit_also(rows: Sequence[Row], values: dict[str, Any], lexicon: Lexicon) -> dict[str, Any]:
    """Return the model with the weights of telling what else answers fitted: on the facts after a best one that is right."""
    model = Model(values)
    kin: list[list[float]] = []
    right: list[float] = []
    for row in rows:
        ranked = model.rank(row.question, row.matches)[:MOST_FACTS]
        keys = [each.match.document.record.fact.id for each in ranked]
        if not ranked or keys[0] not in row.case.expect or beyond_doubt(row.question, ranked):
            continue
        short = short_answer(row.question, ranked[0].match.document, lexicon)
        for key, each in zip(keys[1:], kinships(row.question, ranked, short), strict=False):
            kin.append([*each, 1.0])
            right.append(float(key in row.case.expect))
    weights = logistic(np.array(kin), np.array(right), np.ones(len(right)), ALSO_PULL)
    return values | {
        "also": {name: round(float(each), 3) for name, each in zip(Kinship._fields, weights, strict=False)},
        "also_bias": round(float(weights[-1]), 3),
    }


def logistic(evidence: Array, answer: Array, weight: Array, pull: float) -> Array:
    """Return the weights of a logistic regression, pulled towards zero but for the last, which is the bias."""

    def loss(weights: Array) -> tuple[float, Array]:
        chance = 1 / (1 + np.exp(-(evidence @ weights)))
        value = -float((weight * (answer * np.log(chance + 1e-12) + (1 - answer) * np.log(1 - chance + 1e-12))).sum())
        penalised = np.append(weights[:-1], 0.0)
        slope = evidence.T @ (weight * (chance - answer)) + pull * penalised
        return value + pull * float((penalised**2).sum()) / 2, slope

    found: Array = minimize(loss, np.zeros(evidence.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return found


def fit(rows: Sequence[Row], lexicon: Lexicon) -> dict[str, Any]:
    """Return the model fitted on some rows."""
    return fit_also(rows, fit_deciding(rows, values_of(fit_ranking(rows))), lexicon)


def measure(rows: Sequence[Row], values: dict[str, Any]) -> dict[str, float]:
    """Return hit@1, hit@3, answer F1 and the share of unanswerable questions left alone, at the model's threshold."""
    model = Model(values)
    first = third = given = correct = silent = 0
    answerable = sum(bool(row.case.expect) for row in rows)
    for row in rows:
        ranked = model.rank(row.question, row.matches)
        keys = [each.match.document.record.fact.id for each in ranked]
        answers = model.confidence(row.question, ranked, row.nearest) >= model.threshold
        right = bool(keys) and keys[0] in row.case.expect
        first += right
        third += any(key in row.case.expect for key in keys[:3])
        given += answers
        correct += answers and right
        silent += not row.case.expect and not answers
    precision, recall = correct / max(1, given), correct / max(1, answerable)
    f1 = 2 * precision * recall / (precision + recall) if correct else 0.0
    none = len(rows) - answerable
    return {"hit@1": first / answerable, "hit@3": third / answerable, "F1": f1, "silent": silent / max(1, none)}


@click.command()
@click.argument("stories", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--output", type=click.Path(path_type=Path), help="Where to write the model; without it nothing is written.")
def main(stories: tuple[Path, ...], output: Path | None) -> None:
    """Fit on STORIES, print how well each is answered when left out, and write the model."""
    lexicon = Lexicon(lexicon_file())
    rows = {path: rows_of(path, lexicon) for path in stories}
    figures = []
    for path in stories if len(stories) > 1 else ():
        others = [row for other in stories if other != path for row in rows[other]]
        figures.append(measure(rows[path], fit(others, lexicon)))
        click.echo(f"{path.stem:24}" + "".join(f"  {name} {value:.3f}" for name, value in figures[-1].items()))
    if figures:
        mean = {name: sum(each[name] for each in figures) / len(figures) for name in figures[0]}
        click.echo(f"{'mean, each left out':24}" + "".join(f"  {name} {value:.3f}" for name, value in mean.items()))
    if output is not None:
        everything = [row for path in stories for row in rows[path]]
        output.write_text(json.dumps(fit(everything, lexicon), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
