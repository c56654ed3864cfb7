"""Deciding what is said to a question, from the facts of one index: what answers, what may, or that nothing does.

1. `read_question` reads its type, names, dates and words.
2. `read` has the reader judge the facts and say how sure the best one is.
3. `answer_by_relations` answers what is asked about time and sides by how facts stand to each other.
4. `Decider.work_out` decides: answered, perhaps, or not; which facts answer too (`selection`), the `short_answer`, and what is
   said where none answers (`fallbacks`).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from bot.answers.as_of import index_of_day
from bot.answers.changed_figures import figures_by_day
from bot.answers.explanation import explain
from bot.answers.fallbacks import NO_FACTS, asks_nothing, what_is_known
from bot.answers.finding.documents import Document
from bot.answers.finding.index import Indexes, StoryIndex
from bot.answers.models import MAX_FACTS, SUGGESTIONS, Answer, ScoredFact
from bot.answers.question.expected_answer import QuestionType
from bot.answers.question.language import ENGLISH, language_of
from bot.answers.question.parsing import Question, read_question
from bot.answers.reader.encoder import Weights
from bot.answers.reader.features import other_figures
from bot.answers.reader.reader import FactStock, QuestionReader, VectorStock
from bot.answers.reader.reading import Reading, read
from bot.answers.relations.chronology import PART, RelationAnswer
from bot.answers.relations.resolver import (
    NOTHING_THEN,
    UNSURE,
    answer_by_relations,
    asks_both_sides,
    asks_relation,
    may_answer,
)
from bot.answers.relations.topics import Topics
from bot.answers.selection import beyond_doubt, least_confidence, nearest_others, score_facts, select_facts, word_for_word_first
from bot.answers.short_answer import cutting, short_answer
from bot.answers.yes_or_no import with_contrary
from bot.messages import Message

SURE_OF_NONE = 0.02  # confidence below which it is claimed that no fact answers: of 142 such questions none had an answer
BEYOND = 0.92  # confidence from which a fact answers a question that has no telling word, or what none answers by relations
MIN_WORDS_ALONE = 6  # words from which a question in another language than English stands by itself, as it does with a name
SURE_ALONE = 0.8  # confidence from which it does so, too: of 32 that follow others none was then about anything else
SUGGESTED_FROM = 0.02  # confidence below which near facts are no help

Outcome = Literal["answered", "perhaps", "unknown"]
"""What becomes of a question that relations do not answer."""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question with all that its answer depends on, which is the key that answers are remembered by; see `Answerer.ask`."""

    text: str
    story: str | None
    caution: float
    before: tuple[int, ...]
    after: tuple[str, ...] = ()
    as_of: int | None = None
    preferred: str | None = None  # the story that it is likely about
    reviewed: bool = False  # whether it is answered from reviewed facts alone


class _Bounds(NamedTuple):
    """The least confidence from which facts answer, and from which the best of them is shown as one that may."""

    answered: float
    perhaps: float

    def outcome(self, chosen: Sequence[Document], confidence: float) -> Outcome:
        """Return what becomes of a question for which these facts were chosen with such confidence."""
        if chosen:
            return "answered"
        return "perhaps" if confidence >= self.perhaps else "unknown"


def _bounds_for(
    question: Question, caution: float, related: RelationAnswer | None, weights: Weights, *, nothing: bool, doubtful: bool
) -> _Bounds:
    """Return how sure facts have to be; ``related`` is what relations found and did not answer with.

    ``nothing``: the question has no word that says what it is about; ``doubtful``: which story it is about is not sure, or it
    has another figure than the best fact, or in another language than English a name that no fact has.
    """
    answered = least_confidence(weights.threshold, caution)
    if related is not None:
        answered = math.inf if related.final else max(answered, BEYOND)
    wants_opinion = question.words[:1] == ("should",)  # which hardly any fact answers, however near it is
    if nothing or question.stranger or wants_opinion or doubtful:
        answered = math.inf
    doubtless_not = nothing or related is not None or bool(question.stranger)
    return _Bounds(answered, perhaps=math.inf if doubtless_not else weights.perhaps)


def _has_other_figures(text: str, reading: Reading) -> bool:
    return bool(reading.facts) and other_figures(text, reading.facts[0].document)


class Decider:
    """Decides about questions to one base."""

    def __init__(self, indexes: Indexes, stock: VectorStock) -> None:
        self._indexes = indexes
        self._stock = stock

    def work_out(self, asked: AskedQuestion, index: StoryIndex, rank: int) -> Answer:
        """Answer by how facts stand to each other, where that is asked, else by the facts that say it, or say that none does."""
        question = read_question(asked.text, index, asked.after)
        if asked.after and question.language != ENGLISH and self._stands_alone(question, asked, index):
            asked = replace(asked, after=())  # what was asked before would only draw it away: no rule tells whether it follows
        earlier = read_question(asked.after[-1], index) if asked.after else None
        stock = self._stock_for(question, index, asked.after)
        reading = read(asked.text, question, index, stock, after=asked.after, earlier=earlier, story=asked.preferred)
        reading = reading if asks_relation(question.words) else word_for_word_first(question, reading)
        related = self._from_relations(question, reading, asked, index)
        if related is not None and related.documents and related.confidence >= least_confidence(UNSURE, asked.caution):
            return self._relation_answer(asked.text, question, related, reading, index, rank, stock.reader)
        return self._fact_answer(asked, question, related, reading, index, rank, stock.reader)

    def _stands_alone(self, question: Question, asked: AskedQuestion, index: StoryIndex) -> bool:
        """Return whether a question in another language than English needs none before it, by names, length or confidence."""
        if question.mentions or len(question.terms) >= MIN_WORDS_ALONE:
            return True
        alone = read(asked.text, question, index, self._stock_for(question, index), story=asked.preferred)
        return alone.confidence >= SURE_ALONE

    def _fact_answer(
        self,
        asked: AskedQuestion,
        question: Question,
        related: RelationAnswer | None,
        reading: Reading,
        index: StoryIndex,
        rank: int,
        reader: QuestionReader,
    ) -> Answer:
        """Answer by the facts that say it; where none surely does, by those that may, or by what is known."""
        certain = [] if related is not None and related.final else beyond_doubt(question, index)
        if certain:
            reading = replace(reading, of_other_stories=())
        nothing = not asked.after and reading.confidence < BEYOND and asks_nothing(question, index)
        # Across languages the nearest fact of a wrong story is as near as many a right one.
        across = question.language != ENGLISH or not index.is_english
        doubtful = across and (bool(reading.of_other_stories) or _has_other_figures(asked.text, reading))
        doubtful = doubtful or (question.language != ENGLISH and question.unknown is not None)
        bounds = _bounds_for(question, asked.caution, related, reader.weights, nothing=nothing, doubtful=doubtful)
        chosen, confidence = select_facts(question, reading, index, certain, bounds.answered, reader.weights.also)
        chosen = with_contrary(question, chosen, reading.facts, reader.weights.yes)
        outcome = bounds.outcome(chosen, confidence)
        scored = score_facts(reading, confidence, certain[:MAX_FACTS])
        by_number = {fact.record.number: fact for fact in scored}
        near = chosen or (confidence >= SUGGESTED_FROM and not nothing)
        offered = tuple(nearest_others(scored, chosen, reading.of_other_stories)[:SUGGESTIONS]) if near else ()
        # The reader's yes or no is about what is disputed, not about whether anybody disputes it.
        undecided = question.expected.type is QuestionType.YES_NO and (related is not None or asks_both_sides(question.words))
        wants_short = not (undecided or (certain and question.dates))
        short = short_answer(question, chosen, reading.facts, reader) if wants_short else None
        changed = figures_by_day(question, chosen, index, cutting(question, reading.facts, reader)) if index.passages else None
        if changed is not None:
            short, chosen = changed
        return Answer(
            question=asked.text,
            status="answered" if outcome == "answered" else "suggestions" if offered else "unknown",
            facts=tuple(by_number[document.number] for document in chosen),
            suggestions=offered,
            short=short,
            known=self._fallback(asked, question, related, index, reading) if outcome == "unknown" else None,
            perhaps_answers=outcome == "perhaps" and bool(offered),
            ranking=tuple(scored[:rank]),
            explanation=explain(question, reading, confidence, index, reader, chosen[:1]),
            note=Message(PART, number=len(chosen), all=len(certain)) if len(certain) > len(chosen) else None,
            unread=reading.unread,
        )

    def _stock_for(self, question: Question, index: StoryIndex, after: Sequence[str] = ()) -> FactStock:
        """Return the vectors by which facts are read.

        They are the second network's alone where a fact is not in English. Where the question or one of those before it is not,
        the first network has that from the adapter.
        """
        if not index.is_english:
            return self._stock.alone
        asked_in_english = question.language == ENGLISH and all(language_of(text) == ENGLISH for text in after)
        return self._stock if asked_in_english else self._stock.adapted

    def _fallback(
        self, asked: AskedQuestion, question: Question, related: RelationAnswer | None, index: StoryIndex, reading: Reading
    ) -> str | None:
        """Return the sentence for a question that the facts do not answer; that none of them does is claimed only where sure."""
        if related is not None and not related.documents:
            return related.known or Message(NOTHING_THEN)
        if reading.unread:
            return Message("I have not read all of these facts yet. Ask again in a moment.")
        if question.language != ENGLISH or not index.is_english:
            return None if index.documents else Message(NO_FACTS)  # what is known is told by words of English
        whole = not self._indexes.is_big(asked.story)
        return what_is_known(question, index, sure=reading.confidence < SURE_OF_NONE, whole=whole)

    def _from_relations(
        self, question: Question, reading: Reading, asked: AskedQuestion, index: StoryIndex
    ) -> RelationAnswer | None:
        """Return what answers a question about time or sides, drawn from all facts that it is asked of; None where nothing does.

        In a big base these are the facts of the best one's story. "The last" of some of the facts need not be the last of all, so
        part of a story is no basis.
        """
        story = asked.story
        if not (asks_relation(question.words) and index.is_english):
            return None
        if self._indexes.is_big(story):
            if not (reading.facts and may_answer(question, self._topics(index))):
                return None
            story = reading.facts[0].document.record.story.id
            if self._indexes.is_big(story):
                return None
        whole = self._indexes.whole(story).of_language(english=True)
        if asked.as_of is not None:
            whole = index_of_day(whole, asked.as_of)
        if asked.reviewed:
            whole = whole.only_reviewed()
        best = reading.facts[0] if reading.facts and reading.confidence >= self._stock.reader.weights.threshold else None
        earlier = asked.after[-1] if asked.after else ""
        return answer_by_relations(question, self._topics(whole), best=best, before=asked.before, earlier=earlier)

    def _topics(self, index: StoryIndex) -> Topics:
        def read_among(text: str, numbers: Collection[int]) -> Reading:
            question = read_question(text, index)
            return read(text, question, index, self._stock_for(question, index), among=frozenset(numbers))

        return Topics(index, read_among)

    def _relation_answer(
        self,
        text: str,
        question: Question,
        related: RelationAnswer,
        reading: Reading,
        index: StoryIndex,
        rank: int,
        reader: QuestionReader,
    ) -> Answer:
        documents, confidence = related.documents, related.confidence
        facts = tuple(ScoredFact(document.record, confidence) for document in documents)
        near = nearest_others(score_facts(reading, confidence), documents)
        return Answer(
            question=text,
            status="answered",
            facts=facts,
            suggestions=tuple(near[:SUGGESTIONS]),
            short=related.short,
            ranking=(*facts, *near)[:rank],
            explanation=explain(question, reading, confidence, index, reader, documents),
            note=related.note,
            by_relation=True,
            unread=reading.unread,
        )
