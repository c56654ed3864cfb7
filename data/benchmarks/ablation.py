"""What each rule and each feature of answering is worth: the figures without it, beside those with all of them.

    python -m data.benchmarks.ablation [--stories FOLDER] [--hard KIND] [--only WORD]

FOLDER holds stories beside their questions; without it, the validation part of the reader's corpus is asked. It has few questions
that the rules for time and sides are for: ``--hard time --hard sides`` asks these alone. The training part has two thousand of
them, though the reader has seen those, so that rules are worth rather less there. What brings less than 0.3 points of any figure
is there only for what no figure counts, which ``data/reader/README.md`` names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any
from unittest.mock import patch

import click

from bot.answers.answerer import Answerer
from bot.answers.evaluation import Case, Outcome, evaluate, figures, read_cases
from bot.answers.reader import features, reading
from bot.answers.reader.encoder import QuestionVectors
from bot.answers.reader.features import FEATURES
from bot.answers.reader.reader import Reader
from bot.answers.relations.requests import Request, read_requests
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.resources import lexicon_file, reader_folder
from bot.stories.load import load_story
from data.benchmarks.table import table

VALIDATION = Path(__file__).parent.parent.parent / "data" / "reader" / "corpus" / "validation"
# What is left out by what stands in its place.
RULES: dict[str, tuple[str, Any]] = {
    "names beside the question": ("bot.answers.reader.reading.names_of", lambda *_: []),
    "mended spelling": ("bot.answers.question.parsing.correct_all", lambda words, *_: list(words)),
    "irregular forms": ("bot.english.lexicon.Lexicon.lemma", lambda _, word: word),
    "answers beyond doubt": ("bot.answers.answerer.beyond_doubt", lambda *_: []),
    "who somebody is": ("bot.answers.extraction.asks_identity", lambda *_: False),
    "what somebody takes part in": ("bot.answers.selection.of_identity", lambda *_: []),
    "strangers": ("bot.answers.question.parsing.without_strangers", lambda _words, _typed, named, *_: (named, None)),
    "questions without a word that tells": ("bot.answers.answerer.asks_nothing", lambda *_: False),
    "both sides of a disputed number": ("bot.answers.short_answer.numbers_by_side", lambda *_: None),
    "rivals of a number": ("bot.answers.selection.are_rivals", lambda *_: False),
    "pieces that repeat the question": ("bot.answers.extraction.is_given", lambda *_: False),
    "the name in a piece": ("bot.answers.extraction._name_in", lambda cut, *_: cut),
    "whole amounts and their bounds": ("bot.answers.extraction._with_bounds", lambda _, start, end, __: (start, end)),
    "what settles yes or no": ("bot.answers.yes_or_no._is_settled", lambda *_: True),
    "what is told of another": ("bot.answers.extraction.is_of_another", lambda *_: False),
    "time and sides": ("bot.answers.answerer.answer_by_relations", lambda *_, **__: None),
    "disputes": ("bot.answers.relations.resolver.read_disputes", lambda *_: iter(())),
    "other readings of a dispute": ("bot.answers.relations.sides._WEIGHTS", (1.0, 0.0, 0.0)),
    "words of opposite meaning": ("bot.english.lexicon.Lexicon.opposed", lambda *_: False),
    "events in other words": ("bot.answers.relations.topics.Topics._read_event", lambda *_: None),
    "periods": ("bot.answers.relations.requests.read_period", lambda *_: None),
    "whom a stance is meant for": ("bot.answers.relations.stances.Targets.is_meant", lambda *_: True),
    "stances towards something else": ("bot.answers.relations.stances.Targets.is_of_something_else", lambda *_: False),
    "people who speak for others": ("bot.answers.relations.resolver.spokespeople_of", lambda *_: frozenset()),
}
WISHES = ("happened", "said", "then", "about", "spoke", "supports", "opposes", "compared")


class Remembering(Reader):
    """A reader that encodes a question once, however often it is asked."""

    def __init__(self) -> None:
        super().__init__(reader_folder())
        self._asked: dict[str, QuestionVectors] = {}

    def question(self, text: str) -> QuestionVectors:
        """Return a question as encoded."""
        if text not in self._asked:
            self._asked[text] = self.encoder.question(text)
        return self._asked[text]


def measure(stories: Sequence[tuple[FactBase, Sequence[Case]]], reader: Reader) -> tuple[float, ...]:
    """Return hit@1, F1, left alone, short answers right and the share of several facts, over all questions."""
    outcomes: list[Outcome] = []
    with closing(Lexicon(lexicon_file())) as lexicon:  # a new one, so that no answer is remembered from the variant before
        for base, cases in stories:
            answerer = Answerer(base, lexicon, reader)
            answerer.encode()
            outcomes += evaluate(answerer.ask, cases)
    measured = figures(outcomes)
    values = (measured.recall.value, measured.f1, measured.left_alone.value, measured.short.value, measured.share)
    return tuple(100 * (value or 0.0) for value in values)


def variants() -> Iterator[tuple[str, Any]]:
    """Yield what is left out, and the patch that does it."""
    for name, (target, instead) in RULES.items():
        yield name, patch(target, instead)
    for wish in WISHES:
        yield f"requests: {wish}", patch("bot.answers.relations.resolver.read_requests", _not_wished(wish))
    for feature in FEATURES:
        yield f"feature {feature}", patch.object(reading, "pair_features", _without(feature))


def _not_wished(wish: str) -> Callable[[tuple[str, ...]], Iterator[Request]]:
    return lambda words: (request for request in read_requests(words) if request.wish != wish)


def _without(feature: str) -> Callable[..., features.PairFeatures]:
    return lambda *given: features.pair_features(*given)._replace(**{feature: 0.0})


@click.command()
@click.option("--stories", type=click.Path(exists=True, file_okay=False, path_type=Path), default=VALIDATION)
@click.option("--hard", multiple=True, help="Ask only questions that are hard so.")
@click.option("--only", default="", help="Leave out only what has this in its name.")
def main(stories: Path, hard: tuple[str, ...], only: str) -> None:
    """Measure with each rule and feature left out."""
    with ExitStack() as stack:
        reader = Remembering()
        asked = []
        for path in sorted(stories.glob("*.yaml")):
            base = stack.enter_context(FactBase.memory())
            base.apply(load_story(path), by="benchmark")
            cases = read_cases(path.with_suffix(".questions.jsonl"))
            asked.append((base, [case for case in cases if not hard or case.hard in hard]))
        whole = measure(asked, reader)
        rows = [("all of them", *(f"{value:.1f}" for value in whole))]
        for name, without in variants():
            if only not in name:
                continue
            with without:
                values = measure(asked, reader)
            rows.append((f"without {name}", *(f"{value - all_:+.1f}" for value, all_ in zip(values, whole, strict=True))))
            click.echo(f"{rows[-1]}", err=True)
        click.echo(table(("", "answered right", "F1", "left alone", "short", "several"), rows))


if __name__ == "__main__":
    main()
