"""Answering: the one way from a question to an answer, over one fact base.

1. `Indexes` gives the facts that the question is held against: all of a small story, else those that its words find.
2. `read_question` reads its type, names, dates and words; `tell` answers what is asked about time and sides by how facts stand to
   each other.
3. `read` has the reader judge the facts and say how sure the best one is.
4. `_answer` decides: answered, perhaps, or not; which facts answer too (`sets`), and the short answer (`short`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from bot.answers.as_of import as_known, known_by
from bot.answers.deciding.explaining import explain
from bot.answers.deciding.fallbacks import asks_nothing, courtesy, other_language, what_is_known
from bot.answers.deciding.selection import MOST_FACTS, beyond_doubt, is_of_another, of_identity
from bot.answers.finding.documents import Document
from bot.answers.finding.index import Indexes, StoryIndex
from bot.answers.models import Answer, ScoredFact
from bot.answers.question.parsing import Question, read_question
from bot.answers.question.question_words import Asked
from bot.answers.reader.reader import Reader, VectorStock, shipped_reader
from bot.answers.reader.reading import Read, Reading, read
from bot.answers.relations.course import PART
from bot.answers.relations.requests import read_requests
from bot.answers.relations.resolver import NOTHING_THEN, UNSURE, Told, tell
from bot.answers.short import each_side, short_answer
from bot.english.lexicon import Lexicon
from bot.english.search_words import normalise, tokens
from bot.errors import EmptyQuestionError
from bot.facts.base import FactBase
from bot.presentation.languages import language, say

STILL_READING = "I have not read all of these facts yet. Ask again in a moment."
SURE = 0.95  # confidence in facts that answer beyond doubt
SUGGESTIONS = 3
SURE_OF_NONE = 0.1  # confidence below which it is said that no fact tells what was asked
MOST_UNASKED = 4  # facts of an answer where several are not asked for
LISTED = 1.0  # log odds by which a further fact may be less sure, where several are asked for
AGAINST_RELATIONS = 0.9  # confidence from which a fact answers what no fact answers by how it stands to others
SUGGESTED_FROM = 0.03  # confidence below which near facts are no help
REMEMBERED = 256  # answers from one index
EARLIER = 3  # earlier questions of a conversation that are read
_MOST_ENCODED = 1_000  # facts of a big base that one call encodes
_LAST = (1 << 63) - 1  # number that a fact can have
ABOUT = 0.3  # share of a topic's words from which a fact is about it


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question as it was asked; see `Answerer.ask`."""

    text: str
    story: str | None
    caution: float
    before: tuple[int, ...]
    after: tuple[str, ...] = ()
    as_of: int | None = None


class Answerer:
    """Answers questions from a fact base, as it stands when asked."""

    def __init__(self, base: FactBase, lexicon: Lexicon, reader: Reader | None = None) -> None:
        self._lexicon = lexicon
        self._given = reader
        self._encoded = -1, _LAST  # the version of a big base, and below which fact the rest is to be encoded
        self._base = base
        self._indexes = Indexes(base, lexicon)
        self._known_by = lru_cache(maxsize=4)(known_by)

    @cached_property
    def _reader(self) -> Reader:
        """The reader, opened at the first question: many who open a base ask none."""
        return self._given or shipped_reader()

    @cached_property
    def _stock(self) -> VectorStock:
        return VectorStock(self._base, self._reader)

    def ask(
        self,
        text: str,
        *,
        story: str | None = None,
        rank: int = 0,
        caution: float = 0.0,
        as_of: int | None = None,
        before: Sequence[int] = (),
        after: Sequence[str] = (),
    ) -> Answer:
        """Answer a question from all stories, or from one; ``rank`` is how many nearest facts to hand on whatever the status.

        ``caution`` is how sure an answer has to be: 0 as usual, up to 1 never but beyond doubt, down to -1 always. ``as_of`` is a
        day (yyyymmdd): the answer is what the sources had told by then. ``after`` are the earlier questions of the conversation,
        oldest first, and ``before`` the facts (by number) of the answer that the question follows up, best first; where they are
        not given, they are those of the answer to the last of ``after``.

        Raises EmptyQuestionError for a text without words, NotKnownError for an unknown story.
        """
        if not tokens(normalise(text)):
            raise EmptyQuestionError
        said = courtesy(text)
        if said is not None:
            return Answer(text, "unknown", known=said, is_question=False)
        earlier = tuple(each for each in after if tokens(normalise(each)) and courtesy(each) is None)[-EARLIER:]
        if earlier and not before and next(read_requests(tuple(token.word for token in tokens(normalise(text)))), None):
            answer = self.ask(earlier[-1], story=story, as_of=as_of, after=earlier[:-1], caution=-1.0)
            before = [fact.record.number for fact in answer.facts]
        asked = _Asked(text, story, caution, tuple(before), earlier)
        index = self._indexes.of(" ".join((*earlier[-1:], text)), story)
        if as_of is None:
            return self._answer(asked, index, rank)
        today = self._answer(asked, index)
        then = self._answer(replace(asked, as_of=as_of), self._known_by(index, as_of), rank)
        return as_known(today, then, as_of)

    def _answer(self, asked: _Asked, index: StoryIndex, rank: int = 0) -> Answer:
        """Answer from the facts of an index, or as the same was answered from them before."""
        key = (asked, rank, language())
        answer = index.answers.get(key) or self._work_out(asked, index, rank)
        if not answer.unread:
            if len(index.answers) >= REMEMBERED:
                index.answers.clear()
            index.answers[key] = answer
        return answer

    def _work_out(self, asked: _Asked, index: StoryIndex, rank: int) -> Answer:
        question = read_question(asked.text, index, self._lexicon)
        earlier = read_question(asked.after[-1], index, self._lexicon) if asked.after else None
        reading = read(asked.text, question, index, self._reader, self._stock, after=asked.after, earlier=earlier)
        threshold = _least(self._reader.weights.threshold, asked.caution)
        told = self._told(question, reading, asked, index)
        if told is not None:
            if told.documents and told.confidence >= _least(UNSURE, asked.caution):
                return self._as_told(asked.text, question, told, reading, index, rank)
            threshold = 2.0 if told.final else max(threshold, AGAINST_RELATIONS)  # 2: nothing is as sure
        every = [] if told is not None and told.final else beyond_doubt(question, index)
        chosen = every[:MOST_FACTS]
        confidence = reading.confidence
        nothing = not asked.after and asks_nothing(question, index, self._lexicon)
        if chosen:
            confidence = max(confidence, SURE)
        elif about := of_identity(question, [each.document for each in reading.facts], index)[:MOST_UNASKED]:
            chosen, confidence = about, max(confidence, SURE)
        elif (
            reading.facts
            and confidence >= threshold
            and not (nothing or question.stranger or is_of_another(question, reading.facts[0].document))
        ):
            chosen = self._answering(question, reading)
        scored = _scored(_ordered(reading, every[:MOST_FACTS]), reading, confidence, len(every[:MOST_FACTS]))
        near = [fact for fact in scored if fact.record.number not in {each.number for each in chosen}]
        near = _of_their_stories(near, chosen)
        perhaps = not chosen and not nothing and told is None and confidence >= self._reader.weights.perhaps
        offered = tuple(near[:SUGGESTIONS]) if chosen or (confidence >= SUGGESTED_FROM and not nothing) else ()
        return Answer(
            question=asked.text,
            status="answered" if chosen else "suggestions" if offered else "unknown",
            facts=tuple(_fact_of(scored, each) for each in chosen),
            suggestions=offered,
            short=None if every and question.dates else self._short(question, reading, chosen),
            known=None if chosen or perhaps else self._known(asked.text, question, told, index, reading),
            perhaps_answers=perhaps and bool(offered),
            ranking=tuple(scored[:rank]),
            explanation=explain(question, reading, confidence, index, self._lexicon, self._reader, chosen[:1]),
            note=say(PART).format(number=len(chosen), all=len(every)) if len(every) > len(chosen) else None,
            unread=reading.unread,
        )

    def _answering(self, question: Question, reading: Reading) -> list[Document]:
        """Return the best fact and those that answer too."""
        best, *others = reading.facts
        several = question.asking.wants_list
        least = self._reader.weights.also - (LISTED if several else 0.0)
        found = [best.document, *(each.document for each in others if each.judged.also >= least)]
        return found[: MOST_FACTS if several else MOST_UNASKED]

    def _known(self, text: str, question: Question, told: Told | None, index: StoryIndex, reading: Reading) -> str | None:
        """Return what is said where the facts do not answer; that none of them does is claimed only where that is sure."""
        if told is not None and not told.documents:
            return told.known or say(NOTHING_THEN)
        if reading.unread:
            return say(STILL_READING)
        sure = reading.confidence < SURE_OF_NONE
        return other_language(text) or what_is_known(question, index, self._lexicon, sure=sure)

    def _told(self, question: Question, reading: Reading, asked: _Asked, index: StoryIndex) -> Told | None:
        """Return what answers a question about time or sides; such an answer is drawn from all facts of a story or not at all."""
        if next(read_requests(question.words), None) is None:
            return None
        whole = self._whole(asked, reading)
        if whole is None:
            return None
        return tell(question, whole, self._lexicon, asked.before)

    def _whole(self, asked: _Asked, reading: Reading) -> StoryIndex | None:
        """Return an index of all facts that a question is asked of: in a big base those of one story, if that is not big too."""
        story = asked.story
        index = self._indexes.of(asked.text, story)
        if self._base.has_more_than(len(index.documents), story):
            if not reading.facts:
                return None
            story = reading.facts[0].document.record.story.id
            index = self._indexes.of(asked.text, story)
            if self._base.has_more_than(len(index.documents), story):
                return None
        return index if asked.as_of is None else self._known_by(index, asked.as_of)

    def _as_told(self, text: str, question: Question, told: Told, reading: Reading, index: StoryIndex, rank: int) -> Answer:
        facts = tuple(ScoredFact(document.record, told.confidence) for document in told.documents)
        taken = {fact.record.number for fact in facts}
        near = [fact for fact in _scored(_ordered(reading, ()), reading, told.confidence, 0) if fact.record.number not in taken]
        near = _of_their_stories(near, told.documents)
        return Answer(
            question=text,
            status="answered",
            facts=facts,
            suggestions=tuple(near[:SUGGESTIONS]),
            short=told.short,
            ranking=(*facts, *near)[:rank],
            explanation=explain(question, reading, told.confidence, index, self._lexicon, self._reader, told.documents),
            note=told.note,
            by_relation=True,
            unread=reading.unread,
        )

    def prepare(self, story: str | None = None) -> None:
        """Read the facts now rather than at the first question. Raises NotKnownError for an unknown story."""
        self._indexes.of("", story)

    def unread(self, story: str | None = None) -> int:
        """Return how many facts the reader has not encoded yet."""
        return self._stock.of(self._indexes.of("", story).documents).count(None)

    def encode(self, story: str | None = None, *, most: int | None = None, done: Callable[[int], None] | None = None) -> int:
        """Have the reader encode facts that it has not yet, at most so many, and return how many; ``done`` is told as it goes.

        A base that is too big to be held whole is gone through, whichever story is named, at most `_MOST_ENCODED` facts a call:
        what is returned is how many were looked at, 0 at the end.
        """
        if not self.is_big(story):
            return self._stock.make(self._indexes.of("", story).documents, done, most)
        version = self._base.version()
        if self._encoded[0] != version:
            self._encoded = version, _LAST
        numbers = self._base.vectors.live(self._encoded[1], most or _MOST_ENCODED)
        self._stock.make(self._indexes.documents(numbers), done)
        self._encoded = version, min(numbers, default=0)
        return len(numbers)

    def is_big(self, story: str | None = None) -> bool:
        """Tell whether a story, or the base, is too big for all its facts to be held against a question."""
        return self._indexes.is_big(story)

    def nearest(self, topic: str, among: Sequence[int], *, story: str | None = None) -> tuple[int, ...]:
        """Return those of the facts (by number) that are about a topic, best first; none where none is."""
        index = self._indexes.of(topic, story)
        question = read_question(topic, index, self._lexicon)
        reading = read(topic, question, index, self._reader, self._stock, among=frozenset(among))
        about = [each for each in reading.facts if _is_about(each, self._reader)]
        return tuple(each.document.number for each in about)

    def _short(self, question: Question, reading: Reading, chosen: Sequence[Document]) -> str | None:
        """Return the short answer of the best fact that gives one, none for a list of several.

        Where several speak of it and give different numbers, it names each with whose it is.
        """
        if not chosen or (len(chosen) > 1 and question.asking.wants_list):
            return None
        judged = {each.document.number: each.judged for each in reading.facts}

        def cut(document: Document) -> str | None:
            found = judged.get(document.number)
            return short_answer(question, document, found, self._reader) if found is not None else None

        first = cut(chosen[0])
        if question.asking.type is Asked.YES_NO:
            return first
        disputed = each_side(question, chosen, cut) if first is not None else None
        return disputed or first or next((found for each in chosen if (found := cut(each)) is not None), None)


def _is_about(each: Read, reader: Reader) -> bool:
    return each.known.cover >= ABOUT or each.judged.also >= reader.weights.also


def _of_their_stories(near: Sequence[ScoredFact], answering: Sequence[Document]) -> list[ScoredFact]:
    """Return the near facts that are of a story that answers, if any does: what lies near in others is beside the point."""
    stories = {document.record.story.id for document in answering}
    return [fact for fact in near if not stories or fact.record.story.id in stories]


def _least(threshold: float, caution: float) -> float:
    """Return the confidence from which there is an answer."""
    return threshold + caution * ((1 - threshold) if caution > 0 else threshold)


def _ordered(reading: Reading, first: Sequence[Document]) -> list[Document]:
    """Return all facts: some first, then as the reader ranks them."""
    ranked = (*first, *(each.document for each in reading.facts), *reading.others)
    return list({each.number: each for each in ranked}.values())


def _scored(ordered: Sequence[Document], reading: Reading, confidence: float, sure: int) -> list[ScoredFact]:
    """Return the facts with scores: the first, and all that are sure, have the confidence, the others their odds against it."""
    best = reading.facts[0].judged.score if reading.facts else 0.0
    odds = {each.document.number: math.exp(min(0.0, each.judged.score - best)) for each in reading.facts}
    found = [ScoredFact(each.record, round(confidence * odds.get(each.number, 0.0), 4)) for each in ordered]
    return [replace(each, score=round(confidence, 4)) if place < max(sure, 1) else each for place, each in enumerate(found)]


def _fact_of(scored: Sequence[ScoredFact], document: Document) -> ScoredFact:
    return next(fact for fact in scored if fact.record.number == document.number)
