"""Where the words of a question stand in a fact's text, and how near to them something else stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from bot.answers.lexicon import Lexicon
from bot.answers.question import Question
from bot.answers.words import tokens

Span = tuple[int, int]

_REACH = 1.0  # words, so that one right beside a span does not count for all
_CROSSING = 6.0  # words that the end of a clause is worth
_RELATED = 0.7  # of a word that stands for one of the question, beside that word itself
_BREAK = re.compile(r"[,;:.!?()–—]")
_JOINS = frozenset("and but while when which who that after before because although since than".split())


class Anchors:
    """The words of a text that a question has, or that stand for one that it has."""

    def __init__(self, question: Question, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.stems = [lexicon.stem(token.word) for token in self.tokens]
        self._starts = [token.start for token in self.tokens]
        self._clauses = self._number_clauses()
        wanted = _wanted(question, lexicon)
        self._places = [(place, wanted[stem]) for place, stem in enumerate(self.stems) if stem in wanted]

    def best(self, spans: Sequence[Span]) -> Span:
        """Return the span nearest to the words of the question; the first of equals."""
        return max(spans, key=self.nearness)

    def nearness(self, span: Span) -> float:
        """Return how near a span of characters stands to the words of the question, those inside it left out."""
        first, last = self.place(span[0]), self.place(span[1]) - 1
        total = 0.0
        for place, weight in self._places:
            if place < first:
                apart = first - place + _CROSSING * (self._clauses[first] - self._clauses[place])
            elif place > last:
                apart = place - last + _CROSSING * (self._clauses[place] - self._clauses[last])
            else:
                continue
            total += weight / (_REACH + apart)
        return total

    def place(self, offset: int) -> int:
        """Return the place of the first word that starts at an offset or after it."""
        return bisect_left(self._starts, offset)

    def clause(self, place: int) -> int:
        """Return the number of the clause that a word is in."""
        return self._clauses[place]

    def _number_clauses(self) -> list[int]:
        numbers: list[int] = []
        end = count = 0
        for token in self.tokens:
            count += bool(_BREAK.search(self.text, end, token.start)) or token.word in _JOINS
            numbers.append(count)
            end = token.end
        numbers.append(count)
        return numbers


def _wanted(question: Question, lexicon: Lexicon) -> dict[str, float]:
    """Return the stems that are looked for in a text, each with how much it counts."""
    wanted: dict[str, float] = {}
    for term in question.terms:
        if not term.name and not term.word[0].isdigit():
            for related in lexicon.related(term.word):
                wanted[related.stem] = max(wanted.get(related.stem, 0.0), _RELATED * related.strength * term.weight)
    for term in question.terms:
        wanted[term.stem] = max(wanted.get(term.stem, 0.0), term.weight)
    return wanted
