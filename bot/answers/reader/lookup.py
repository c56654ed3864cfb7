"""Looking up the facts that a question is held against, by its words and by its meaning, and the story that it is about.

In: a question with what came before it. Out: a `StoryIndex`, of all facts of a small base or of the few of a big one that are
worth reading, which are the nearest by late interaction; the id of a story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from bot.answers.finding.candidates import MAX_FACTS, NEAREST
from bot.answers.finding.documents import question_text
from bot.answers.finding.index import CANDIDATES, Indexes, StoryIndex
from bot.answers.question.language import ENGLISH, language_of
from bot.answers.reader.encoder import SIZE, Floats, QuestionVectors, Weights, directions_of, first_rows
from bot.answers.reader.judging import late_interaction
from bot.answers.reader.reader import VectorStock
from bot.answers.reader.reading import MAX_AMONG, NEARER
from bot.english.search_words import content_words
from bot.facts.base import FactBase

_BY_WORDS = 8  # facts, of those that words have found, that are read whatever their nearness
_AT_ONCE = 8  # facts that are compared at once: so few stay in the processor's cache, and start no threads of the matrix library
_NOT_ENCODED = 4  # further ones that are not encoded yet, as many as are encoded while the question waits


class Lookup:
    """Looks up facts of one base."""

    def __init__(self, base: FactBase, indexes: Indexes, stock: VectorStock) -> None:
        self._base = base
        self._indexes = indexes
        self._stock = stock

    def index(self, text: str, story: str | None, after: Sequence[str], preferred: str | None) -> StoryIndex:
        """Return the facts of a story, or of all, that a question is held against, ``after`` others of its conversation.

        ``preferred`` is the story that it is likely about. Raises NotKnownError for an unknown story.
        """
        if not self._indexes.is_big(story):
            return self._indexes.whole(story)
        by_words = self._indexes.by_words(" ".join((*after[-1:], text)), story, language_of(text))
        return self._indexes.of_some(self.candidates(text, after, by_words, story, preferred))

    def candidates(
        self, text: str, after: Sequence[str], by_words: Sequence[int], story: str | None, preferred: str | None
    ) -> list[int]:
        """Return the facts of a big base (by number) that are worth reading, of those with its words or near in meaning."""
        question, spans = self._encoded(text, after), self._base.search.spans
        near = self._stock.nearest.find(question.whole, NEAREST, spans(story) if story is not None else None)
        same = self._stock.nearest.find(question.whole, CANDIDATES, spans(preferred)) if preferred else []
        return self._sifted(question, by_words, [*by_words, *near, *same], CANDIDATES, frozenset(same))

    def choose_among(self, topic: str, among: Sequence[int]) -> list[int]:
        """Return those of some facts (by number) that are worth reading about a topic: all of a few, at most `MAX_AMONG`."""
        if len(among) <= MAX_AMONG:
            return list(among)
        question = self._stock.reader.question(question_text(topic))
        near = self._stock.nearest.find(question.whole, NEAREST, [(number, number) for number in among])
        numbers_by_term = self._base.search.facts_by_term(content_words(topic), most=MAX_FACTS[0])
        wanted = frozenset(among)
        hits = Counter(number for with_word in numbers_by_term for number in with_word if number in wanted)
        by_words = [number for number, _ in hits.most_common(NEAREST)]
        return self._sifted(question, by_words, [*by_words, *near], MAX_AMONG)

    def likely_story(self, text: str, before: Sequence[int], earlier: Sequence[str]) -> str | None:
        """Return the story that a question names by its title, else that of its conversation: of the facts of the answer before,
        or where these are not given of the fact nearest to the earlier questions.
        """
        if named := self._indexes.titles().named(text):
            return named
        if not before and earlier:
            foreign = any(language_of(question) != ENGLISH for question in earlier)
            before = self._nearest_fact(self._encoded(earlier[-1], earlier[:-1]), foreign=foreign)
        return next((record.story.id for record in self._base.facts(before[:1])), None) if before else None

    def _nearest_fact(self, question: QuestionVectors, *, foreign: bool) -> list[int]:
        """Return the fact (by number) that is nearest to a question; none where some of a small base are not encoded yet.

        Of a big base it is the nearest of those that are. To a ``foreign`` question it is so by the second network.
        """
        if self._indexes.is_big(None):
            return self._sifted(question, (), self._stock.nearest.find(question.whole, NEAREST), 1)
        documents = self._indexes.whole().documents
        if len({document.record.story.id for document in documents}) < 2:
            return []  # there is nothing to choose between
        vectors = [fact for fact in self._stock.of(documents) if fact is not None]
        if len(vectors) < len(documents):
            return []
        judge = self._stock.reader.judge
        near = judge.second(question, vectors) if foreign else judge.near(question, vectors)[0]
        return [documents[int(near.argmax())].number]

    def _encoded(self, text: str, after: Sequence[str]) -> QuestionVectors:
        return self._stock.reader.question(question_text(text.rstrip(" ?") or text, after=after))

    def _sifted(
        self,
        question: QuestionVectors,
        by_words: Sequence[int],
        numbers: Sequence[int],
        most: int,
        preferred: Collection[int] = (),
    ) -> list[int]:
        stored = self._base.vectors.of(numbers, self._stock.reader.weights.version)
        return sift(question, by_words, stored, self._stock.reader.weights, most, preferred)


def sift(
    question: QuestionVectors,
    by_words: Sequence[int],
    stored: Mapping[int, bytes],
    weights: Weights,
    most: int,
    preferred: Collection[int] = (),
) -> list[int]:
    """Return the numbers of at most ``most`` facts to read: the best that words have found, then the nearest.

    ``stored`` has the vectors of each fact that was found and is encoded. Where none is, these are the facts found by words.
    ``preferred`` are those of the story that the question is likely about.
    """
    rows_of = {number: rows for number, vectors in stored.items() if (rows := first_rows(vectors))}
    numbers = [*rows_of]
    if not numbers:
        return list(by_words)[:most]
    later = [number for number in by_words[_BY_WORDS:] if number not in stored][:_NOT_ENCODED]
    first = [*by_words[:_BY_WORDS], *later]
    lots: list[Floats] = []
    for start in range(0, len(numbers), _AT_ONCE):
        lot = [rows_of[number] for number in numbers[start : start + _AT_ONCE]]
        directions = directions_of(np.frombuffer(b"".join(lot), dtype=np.int8).reshape(-1, SIZE))
        starts = np.cumsum([0, *(len(rows) // SIZE for rows in lot[:-1])])
        lots.append(late_interaction(question, directions, starts, weights)[0])
    near = np.concatenate(lots)
    near = near + np.array([NEARER if number in preferred else 0.0 for number in numbers], dtype=np.float32)
    ranked = [numbers[position] for position in np.argsort(-near, kind="stable")]
    return list(dict.fromkeys([*first, *ranked]))[:most]
