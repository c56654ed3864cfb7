"""Answering: the one way from a question to an answer, over one fact base."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from bot.answers.course import PART
from bot.answers.disputes import each_side
from bot.answers.documents import Document
from bot.answers.index import StoryIndex
from bot.answers.indexes import Indexes
from bot.answers.knowing import what_is_known
from bot.answers.known_by import as_known, known_by
from bot.answers.lexicon import Lexicon
from bot.answers.matching import covered, match_all, nearest_words
from bot.answers.models import Answer, Explanation, ScoredFact
from bot.answers.question import Question, read_question
from bot.answers.ranking import Model, Ranked, shipped_model
from bot.answers.requests import read_requests
from bot.answers.sets import MOST_FACTS, answering, answers_something_else, beyond_doubt, enough
from bot.answers.short import short_answer
from bot.answers.told import NOTHING_THEN, Told, tell
from bot.answers.words import normalise, tokens
from bot.errors import EmptyQuestionError
from bot.facts.base import FactBase
from bot.facts.sourcing import independent, nature
from bot.language import say

SURE = 0.95  # confidence in facts that answer beyond doubt
SUGGESTIONS = 3
SUGGESTED_FROM = 0.06  # confidence below which near facts are no help
_NO_WORD = 3.0  # Zipf frequency below which a word that the story does not have is rather a name
ABOUT = 0.3  # share of a topic's words from which a fact is about it


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question as it was asked; see `Answerer.ask`."""

    text: str
    story: str | None
    caution: float
    before: tuple[int, ...]
    as_of: int | None = None


class Answerer:
    """Answers questions from a fact base, as it stands when asked."""

    def __init__(self, base: FactBase, lexicon: Lexicon, model: Model | None = None) -> None:
        self._lexicon = lexicon
        self._model = model or shipped_model()
        self._base = base
        self._indexes = Indexes(base, lexicon)
        self._known_by = lru_cache(maxsize=4)(lambda index, day: known_by(index, day, lexicon))

    def ask(
        self,
        text: str,
        *,
        story: str | None = None,
        rank: int = 0,
        caution: float = 0.0,
        as_of: int | None = None,
        before: Sequence[int] = (),
    ) -> Answer:
        """Answer a question from all stories, or from one; ``rank`` is how many nearest facts to hand on whatever the status.

        ``caution`` is how sure an answer has to be: 0 as usual, up to 1 never but beyond doubt, down to -1 always. ``as_of`` is a
        day (yyyymmdd): the answer is what the sources had told by then. ``before`` are the facts (by number) of the answer that
        the question follows up, best first: "what happened next".

        Raises EmptyQuestionError for a text without words, NotKnownError for an unknown story.
        """
        if not tokens(normalise(text)):
            raise EmptyQuestionError
        asked = _Asked(text, story, caution, tuple(before))
        index = self._indexes.of(text, story)
        if as_of is None:
            return self._answer(asked, index, rank)
        today = self._answer(asked, index)
        then = self._answer(replace(asked, as_of=as_of), self._known_by(index, as_of), rank)
        return as_known(today, then, as_of)

    def _answer(self, asked: _Asked, index: StoryIndex, rank: int = 0) -> Answer:
        """Answer from the facts of an index."""
        text, caution = asked.text, asked.caution
        question = read_question(text, index, self._lexicon)
        ranked = self._model.rank(question, match_all(question, index, self._lexicon))
        told = self._told(question, ranked, asked, index)
        if told is not None and told.confidence >= _least(self._model.threshold, caution):
            return self._as_told(text, question, told, ranked, rank, index)
        confidence = self._model.confidence(question, ranked, nearest_words(question, index))
        short = None
        every = beyond_doubt(question, ranked)
        chosen = sure = every[:MOST_FACTS]
        if sure:
            confidence = max(confidence, SURE)
            ranked = [*sure, *(each for each in ranked if each not in sure)]
        elif confidence >= enough(question, _least(self._model.threshold, caution)) and not answers_something_else(
            question, ranked[0], self._lexicon
        ):
            short = self._cut(question, ranked[0])
            chosen = answering(question, ranked, self._model, short)
        answered = bool(chosen)
        scored = _scored(ranked, confidence, len(sure))
        taken = {each.match.document.number for each in chosen}
        near = [fact for fact in scored if fact.record.number not in taken]
        near = _of_their_stories(near, [each.match.document for each in chosen])
        offered = tuple(near[:SUGGESTIONS]) if answered or confidence >= SUGGESTED_FROM else ()
        return Answer(
            question=text,
            status="answered" if answered else "suggestions" if offered else "unknown",
            facts=tuple(fact for fact in scored if fact.record.number in taken),
            suggestions=offered,
            short=self._short(question, chosen, short),
            known=None if answered else what_is_known(question, index, self._lexicon),
            ranking=_first(rank, scored, index.documents),
            explanation=_explain(question, ranked, confidence, index, self._lexicon),
            note=say(PART).format(number=len(sure), all=len(every)) if len(every) > len(sure) else None,
        )

    def _told(self, question: Question, ranked: Sequence[Ranked], asked: _Asked, index: StoryIndex) -> Told | None:
        """Return what answers a question about time or sides; such an answer is drawn from all facts of a story or not at all."""
        if next(read_requests(question.words), None) is None:
            return None
        whole = self._whole(asked, ranked)
        if whole is None:
            return None
        return tell(question, whole, self._lexicon, asked.before)

    def _whole(self, asked: _Asked, ranked: Sequence[Ranked]) -> StoryIndex | None:
        """Return an index of all facts that a question is asked of: in a big base those of one story, if that is not big too."""
        story = asked.story
        index = self._indexes.of(asked.text, story)
        if self._base.has_more_than(len(index.documents), story):
            if not ranked:
                return None
            story = ranked[0].match.document.record.story.id
            index = self._indexes.of(asked.text, story)
            if self._base.has_more_than(len(index.documents), story):
                return None
        return index if asked.as_of is None else self._known_by(index, asked.as_of)

    def _as_told(
        self, text: str, question: Question, told: Told, ranked: Sequence[Ranked], rank: int, index: StoryIndex
    ) -> Answer:
        facts = tuple(ScoredFact(document.record, told.confidence) for document in told.documents)
        taken = {fact.record.number for fact in facts}
        near = [fact for fact in _scored(ranked, told.confidence, 0) if fact.record.number not in taken]
        near = _of_their_stories(near, told.documents)
        return Answer(
            question=text,
            status="answered" if facts else "suggestions" if near else "unknown",
            facts=facts,
            suggestions=tuple(near[:SUGGESTIONS]),
            short=told.short,
            known=None if facts else told.known or say(NOTHING_THEN),
            ranking=_first(rank, [*facts, *near], index.documents),
            explanation=_explain_told(question, told, index),
            note=told.note if facts else None,
            by_relation=True,
        )

    def prepare(self, story: str | None = None) -> None:
        """Read the facts now rather than at the first question. Raises NotKnownError for an unknown story."""
        self._indexes.of("", story)

    def nearest(self, topic: str, among: Sequence[int], *, story: str | None = None) -> tuple[int, ...]:
        """Return those of the facts (by number) that are about a topic, best first; none where none is."""
        index = self._indexes.of(topic, story)
        question = read_question(topic, index, self._lexicon)
        allowed = set(among)
        matches = [match for match in match_all(question, index, self._lexicon) if match.document.number in allowed]
        about = [each for each in self._model.rank(question, matches) if each.match.features.cover >= ABOUT]
        return tuple(each.match.document.number for each in about)

    def _short(self, question: Question, chosen: Sequence[Ranked], first: str | None) -> str | None:
        """Return the short answer of the best fact that gives one, none for a list of several; ``first``: the best's, if cut.

        Where several speak of it and give different numbers, it names each with whose it is.
        """
        if len(chosen) > 1 and question.asking.wants_list:
            return None
        disputed = each_side(question, chosen, lambda each: self._cut(question, each)) if first else None
        return disputed or first or next((cut for each in chosen if (cut := self._cut(question, each)) is not None), None)

    def _cut(self, question: Question, ranked: Ranked) -> str | None:
        return short_answer(question, ranked.match.document, self._lexicon)


def _of_their_stories(near: Sequence[ScoredFact], answering: Sequence[Document]) -> list[ScoredFact]:
    """Return the near facts that are of a story that answers, if any does: what lies near in others is beside the point."""
    stories = {document.record.story.id for document in answering}
    return [fact for fact in near if not stories or fact.record.story.id in stories]


def _least(threshold: float, caution: float) -> float:
    """Return the confidence from which there is an answer."""
    return threshold + caution * ((1 - threshold) if caution > 0 else threshold)


def _scored(ranked: Sequence[Ranked], confidence: float, sure: int) -> list[ScoredFact]:
    """Return the facts with scores: the best and those that are sure have the confidence, the others their odds against it."""
    best = ranked[0].score if ranked else 0.0
    odds = [1.0 if place < sure else math.exp(min(0.0, each.score - best)) for place, each in enumerate(ranked)]
    return [ScoredFact(each.match.document.record, round(confidence * odd, 4)) for each, odd in zip(ranked, odds, strict=True)]


def _first(count: int, scored: Sequence[ScoredFact], documents: Sequence[Document]) -> tuple[ScoredFact, ...]:
    """Return so many facts, those with a score first, then the rest."""
    if count <= len(scored):
        return tuple(scored[:count])
    numbers = {fact.record.number for fact in scored}
    rest = (ScoredFact(document.record, 0.0) for document in documents if document.number not in numbers)
    return (*scored, *islice(rest, count - len(scored)))


def _explain_told(question: Question, told: Told, index: StoryIndex) -> Explanation:
    named = [index.actors[key].name for mention in question.mentions for key in sorted(mention.actors)]
    return Explanation(
        names=tuple(dict.fromkeys(named)),
        slot=question.asking.type.value,
        slot_filled=bool(told.documents),
        corrections=question.corrections,
        confidence=told.confidence,
        sources=independent(told.documents[0].record.sources) if told.documents else 0,
        nature=nature(told.documents[0].record) if told.documents else None,
    )


def _explain(question: Question, ranked: Sequence[Ranked], confidence: float, index: StoryIndex, lexicon: Lexicon) -> Explanation:
    has, lacks = covered(question, ranked[0].match) if ranked else ((), question.terms)
    named = [index.actors[key].name for mention in question.mentions for key in sorted(mention.actors)]
    return Explanation(
        matched=tuple(term.word for term in has),
        missing=tuple(term.word for term in lacks if not term.typing),
        names=tuple(dict.fromkeys(named)),
        unknown_names=tuple(term.word for term in lacks if not index.has(term.stem) and lexicon.zipf(term.word) < _NO_WORD),
        slot=question.asking.type.value,
        slot_filled=bool(ranked) and ranked[0].match.slot_filled,
        corrections=question.corrections,
        confidence=round(confidence, 4),
        sources=independent(ranked[0].match.document.record.sources) if ranked else 0,
        nature=nature(ranked[0].match.document.record) if ranked else None,
    )
