"""How well questions are answered from articles alone: python -m data.reader.ask_articles [--part test] [--stories N].

Asks the articles about the stories of the reader's corpus the questions of their stories. A question is answered right where
the first thing that is shown stands in a paragraph that tells a fact which answers it.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

import click
from platformdirs import user_cache_path

from bot.answers.answerer import Answerer
from bot.answers.models import Answer
from bot.answers.reader.reader import VectorCache, shipped_reader
from bot.english.lexicon import Lexicon
from bot.english.numbers import numbers_in
from bot.english.search_words import content_words, stem, words_of
from bot.facts.base import FactBase
from bot.resources import lexicon_file
from data.reader.articles import articles_of
from data.reader.examples import coverage_of, questions_in

CORPUS = Path(__file__).parent / "corpus"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that articles were asked, their answer, and the paragraphs ``(article, number)`` that answer it."""

    row: dict[str, Any]
    answer: Answer
    tells: frozenset[tuple[str, str]]

    def is_right(self, index: int) -> bool:
        """Whether the fact at that rank stands in a paragraph that answers."""
        ranking = self.answer.ranking
        return index < len(ranking) and self._holds(ranking[index])

    @property
    def answered(self) -> bool:
        """Whether it was answered at all."""
        return self.answer.status == "answered"

    @property
    def shown_right(self) -> bool:
        """Whether the first fact that is shown stands in a paragraph that answers."""
        return self.answered and self._holds(self.answer.facts[0])

    @property
    def short_right(self) -> bool:
        """Whether the short answer holds the expected one to the letter, above a fact that is right."""
        short = str(self.row["short"]).casefold()
        return self.shown_right and self.answer.short is not None and short in self.answer.short.casefold()

    @property
    def short_says_same(self) -> bool:
        """Whether the short answer says the expected one in whatever words, above a fact that is right."""
        return self.shown_right and self.answer.short is not None and says(str(self.row["short"]), self.answer.short)

    def _holds(self, scored: Any) -> bool:
        return any((citation.source, citation.locator) in self.tells for citation in scored.record.fact.citations)


def says(expected: str, short: str) -> bool:
    """Return whether a short answer has each number of the expected one, in figures or words, and half of its other words.

    Articles tell a fact in other words than the story file, from which the expected answer is.
    """
    wanted, words = words_of(expected), words_of(short)
    if not {number for _, number in numbers_in(wanted)} <= {number for _, number in numbers_in(words)}:
        return False
    stems = {stem(word) for word in content_words(expected) if not numbers_in([word])}
    return len(stems & {stem(word) for word in words}) >= len(stems) / 2


def ask_articles(story: Path, lexicon: Lexicon) -> list[Asked]:
    """Ask the articles about a story its questions; those that no article tells count as not answerable."""
    labelled = articles_of(story)
    tells: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for article in labelled:
        for number, paragraph in enumerate(article.paragraphs, start=1):
            for fact in paragraph.tells:
                tells[fact].add((article.id, str(number)))
    reader = shipped_reader()
    reader.cache = VectorCache(user_cache_path("footnote") / "vectors.db")
    with FactBase.memory() as base:
        base.apply(coverage_of(labelled), by="benchmark")
        answerer = Answerer(base, lexicon, reader)
        answerer.encode()
        asked = []
        for row in questions_in(story):
            answer = answerer.ask(row["ask"], rank=10, after=row.get("after") or ())
            right = frozenset().union(*(tells[fact] for fact in row["expect"]))
            asked.append(Asked(row, answer, right))
        return asked


def figures(asked: list[Asked]) -> dict[str, float]:
    """Return the figures of one story's questions."""
    answerable = [question for question in asked if question.tells]
    unanswerable = [question for question in asked if not question.row["expect"]]
    short = [question for question in answerable if question.row["short"] and question.row["type"] != "yesno"]
    return {
        "right": mean(question.shown_right for question in answerable),
        "first": mean(question.is_right(0) for question in answerable),
        "three": mean(any(question.is_right(index) for index in range(3)) for question in answerable),
        "alone": mean(not question.answered for question in unanswerable),
        "short": mean(question.short_right for question in short),
        "same": mean(question.short_right or question.short_says_same for question in short),
        "wrong": mean(question.answered and not question.shown_right for question in asked),
        "told": len(answerable) / sum(bool(question.row["expect"]) for question in asked),
    }


@click.command()
@click.option("--part", default="test")
@click.option("--stories", default=100)
@click.option("--corpus", type=click.Path(path_type=Path), default=CORPUS)
def main(part: str, stories: int, corpus: Path) -> None:
    """Ask and print."""
    rows = []
    with closing(Lexicon(lexicon_file())) as lexicon:
        for story in [path for path in sorted((corpus / part).glob("*.yaml")) if path.with_suffix(".articles.txt").is_file()][
            :stories
        ]:
            rows.append(figures(ask_articles(story, lexicon)))
            print(f"{story.stem:30}", "  ".join(f"{name} {value:.3f}" for name, value in rows[-1].items()), flush=True)
    print(f"{'mean of stories':30}", "  ".join(f"{name} {mean(row[name] for row in rows):.3f}" for name in rows[0]))


if __name__ == "__main__":
    main()
