"""Looking up the facts that a question is held against, by its words and by its meaning, and the story that it is about.

In: a question with what came before it. Out: a `StoryIndex`, of all facts of a small base or of the few of a big one that are
worth reading; the id of a story.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from bot.answers.finding.index import CANDIDATES, Indexes, StoryIndex
from bot.answers.finding.nearest import NEAREST, NearestFacts
from bot.answers.finding.reader_lines import question_text
from bot.answers.reader.encoder import QuestionVectors
from bot.answers.reader.reader import Reader, VectorStock
from bot.answers.reader.sifting import sift
from bot.facts.base import FactBase


class Lookup:
    """Looks up facts of one base."""

    def __init__(self, base: FactBase, indexes: Indexes, reader: Reader, stock: VectorStock, nearest: NearestFacts) -> None:
        self._base = base
        self._indexes = indexes
        self._reader = reader
        self._stock = stock
        self._nearest = nearest

    def index(self, text: str, story: str | None, after: Sequence[str], preferred: str | None = None) -> StoryIndex:
        """Return the facts of a story, or of all, that a question is held against, ``after`` others of its conversation.

        ``preferred`` is the story that it is likely about. Raises NotKnownError for an unknown story.
        """
        choose = partial(self.candidates, text, after, preferred=preferred)
        return self._indexes.of(" ".join((*after[-1:], text)), story, choose)

    def candidates(
        self,
        text: str,
        after: Sequence[str],
        by_words: Sequence[int],
        spans: Sequence[tuple[int, int]] | None,
        *,
        preferred: str | None = None,
    ) -> list[int]:
        """Return the facts of a big base (by number) that are worth reading, of those with its words or near in meaning."""
        question = self._encoded(text, after)
        near = self._nearest.find(question.whole, NEAREST, spans)
        same = self._nearest.find(question.whole, CANDIDATES, self._base.search.spans(preferred)) if preferred else []
        stored = self._base.vectors.of([*by_words, *near, *same], self._reader.weights.version)
        return sift(question, by_words, stored, self._reader.weights, CANDIDATES, frozenset(same))

    def likely_story(self, text: str, before: Sequence[int], earlier: Sequence[str]) -> str | None:
        """Return the story that a question names by its title, else that of its conversation: of the facts of the answer before,
        or where these are not given of the fact nearest to the earlier questions.
        """
        if named := self._indexes.titles().named(text):
            return named
        if not before and earlier:
            before = self._nearest_fact(self._encoded(earlier[-1], earlier[:-1]))
        return next((record.story.id for record in self._base.facts(before[:1])), None) if before else None

    def _nearest_fact(self, question: QuestionVectors) -> list[int]:
        """Return the fact (by number) that is nearest to a question, of those that are encoded; none where there are none."""
        if self._indexes.is_big(None):
            numbers = self._nearest.find(question.whole, NEAREST)
            stored = self._base.vectors.of(numbers, self._reader.weights.version)
            return sift(question, (), stored, self._reader.weights, 1)
        documents = self._indexes.of("", None).documents
        have = [(each, found) for each, found in zip(documents, self._stock.of(documents), strict=True) if found is not None]
        if len({each.record.story.id for each, _ in have}) < 2:
            return []  # there is nothing to choose between
        near, _ = self._reader.judge.near(question, [found.directions for _, found in have])
        return [have[int(near.argmax())][0].number]

    def _encoded(self, text: str, after: Sequence[str]) -> QuestionVectors:
        return self._reader.question(question_text(text.rstrip(" ?") or text, after=after))
