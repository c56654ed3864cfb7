"""Answering: the one way from a question to an answer, over one fact base.

1. `Indexes` gives the facts that the question is held against: all of a small story, else those that its words find.
2. `read_question` reads its type, names, dates and words.
3. `read` has the reader judge the facts and say how sure the best one is.
4. `answer_by_relations` answers what is asked about time and sides by how facts stand to each other.
5. `Answerer._work_out` decides: answered, perhaps, or not; which facts answer too (`selection`), the `short_answer`, and
   what is said where none answers (`fallbacks`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from bot.answers.as_of import answer_as_of, index_as_of
from bot.answers.changed_figures import figures_by_day
from bot.answers.explanation import explain
from bot.answers.fallbacks import asks_nothing, courtesy, is_english, other_language, what_is_known
from bot.answers.finding.index import Indexes, StoryIndex
from bot.answers.following import is_by_role, refers, with_names
from bot.answers.models import MOST_FACTS, SUGGESTIONS, Answer, ScoredFact
from bot.answers.overview import overview
from bot.answers.question.asked_dates import without_as_of
from bot.answers.question.expected_answer import QuestionType
from bot.answers.question.parsing import Question, read_question
from bot.answers.reader.features import ABOUT
from bot.answers.reader.lookup import Lookup
from bot.answers.reader.reader import Reader, VectorStock, shipped_reader
from bot.answers.reader.reading import Reading, read
from bot.answers.relations.chronology import PART, RelationAnswer
from bot.answers.relations.resolver import (
    NOTHING_THEN,
    UNSURE,
    answer_by_relations,
    asks_relation,
    may_answer,
)
from bot.answers.relations.topics import Topics
from bot.answers.retellings import told_once
from bot.answers.selection import beyond_doubt, least_confidence, nearest_others, score_facts, select_facts
from bot.answers.short_answer import cutting, short_answer
from bot.answers.yes_or_no import with_contrary
from bot.cache_budget import BUDGET
from bot.english.lexicon import Lexicon
from bot.english.search_words import normalise, tokens
from bot.errors import EmptyQuestionError
from bot.facts.base import FactBase
from bot.presentation.languages import client_language, language, say

SURE_OF_NONE = 0.02  # confidence below which it is claimed that no fact answers: of 142 such questions none had an answer
BEYOND = 0.92  # confidence from which a fact answers a question that has no telling word, or what none answers by relations
SUGGESTED_FROM = 0.02  # confidence below which near facts are no help
REMEMBERED = 256  # answers from one index
EARLIER = 3  # earlier questions of a conversation that are read
_MOST_ENCODED = 1_000  # facts of a big base that one call encodes


@dataclass(frozen=True, slots=True)
class _QuestionContext:
    """A question with all that its answer depends on, which is the key that answers are remembered by; see `Answerer.ask`."""

    text: str
    story: str | None
    caution: float
    before: tuple[int, ...]
    after: tuple[str, ...] = ()
    as_of: int | None = None
    preferred: str | None = None  # the story that it is likely about
    reviewed: bool = False  # whether it is answered from reviewed facts alone


class Answerer:
    """Answers questions from a fact base, as it stands when asked."""

    def __init__(self, base: FactBase, lexicon: Lexicon, reader: Reader | None = None) -> None:
        self._given_reader = reader
        self._base = base
        self._indexes = Indexes(base, lexicon)

    @cached_property
    def _stock(self) -> VectorStock:
        """The vectors, with the reader, which is opened at the first question: many commands that open a base ask none."""
        return VectorStock(self._base, self._given_reader or shipped_reader())

    @cached_property
    def _lookup(self) -> Lookup:
        return Lookup(self._base, self._indexes, self._stock)

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
        reviewed: bool = False,
    ) -> Answer:
        """Answer a question from all stories, or from one; ``rank`` is how many nearest facts to hand on whatever the status.

        ``caution`` moves the least confidence of an answer: 0 leaves it, 1 lets through only what is beyond doubt, -1 everything.
        ``as_of`` is a day (yyyymmdd): the answer is what sources had published by then. ``after`` are the earlier questions of
        the conversation, oldest first, and ``before`` the facts (by number) of the answer that the question follows up, best
        first; where they are not given, they are those of the answer to the last of ``after``. ``reviewed``: only facts that
        somebody wrote or kept may answer; else the others do where none of these does.

        Raises EmptyQuestionError for a text without words, NotKnownError for an unknown story.
        """
        if not tokens(normalise(text)):
            raise EmptyQuestionError
        if as_of_words := without_as_of(text):
            rest, day = as_of_words
            again = partial(self.ask, rest, story=story, rank=rank, caution=caution, reviewed=reviewed)
            return replace(again(as_of=as_of or day, before=before, after=after), question=text)
        greeting = courtesy(text)
        if greeting is not None:
            return Answer(text, "unknown", known=greeting, is_question=False)
        earlier = tuple(each for each in after if tokens(normalise(each)) and courtesy(each) is None)[-EARLIER:]
        if earlier and not before and asks_relation(tuple(token.word for token in tokens(normalise(text)))):
            answer = self.ask(earlier[-1], story=story, as_of=as_of, after=earlier[:-1], caution=-1.0, reviewed=reviewed)
            before = [fact.record.number for fact in answer.facts]
        preferred = self._lookup.likely_story(text, before, earlier) if story is None else None
        asked = _QuestionContext(text, story, caution, tuple(before), earlier, preferred=preferred, reviewed=reviewed)
        if as_of is None and (whole := self._overview(asked, follows=bool(earlier or before))) is not None:
            return whole
        answer = self._looked_up(asked, as_of, rank)
        if earlier and refers(text):  # the reader knows whom the question before named, and not whom its answer did
            answered = self.ask(earlier[-1], story=story, as_of=as_of, after=earlier[:-1], caution=caution, reviewed=reviewed)
            named = self._named(asked, answered, as_of, rank)
            if named is not None and (not answer.facts or is_by_role(named)):
                answer = replace(named, question=text)
        return answer if answer.facts else replace(answer, in_english=is_english(text))

    def _named(self, asked: _QuestionContext, answered: Answer, as_of: int | None, rank: int) -> Answer | None:
        """Answer a question with the name from the answer before in the place of its pronoun; None where that answers nothing.

        Where it would be the same fact once more, the name alone may say enough without the question before.
        """
        text = with_names(asked.text, answered)
        if text == normalise(asked.text):
            return None
        named = self._looked_up(replace(asked, text=text), as_of, rank)
        if named.facts and named.facts[0].record.number == answered.facts[0].record.number:
            alone = self._looked_up(replace(asked, text=text, before=(), after=()), as_of, rank)
            named = alone if alone.facts else named
        return named if named.facts else None

    def _looked_up(self, asked: _QuestionContext, as_of: int | None, rank: int) -> Answer:
        """Answer from the facts that a question is held against, those of a day where it is asked as of one."""
        index = self._lookup.index(asked.text, asked.story, asked.after, asked.preferred)
        if as_of is None:
            return self._answer(asked, index, rank)
        today = self._answer(asked, index)
        then = self._answer(replace(asked, as_of=as_of), self._index_as_of(index, as_of), rank)
        return answer_as_of(today, then, as_of)

    def _overview(self, asked: _QuestionContext, *, follows: bool) -> Answer | None:
        """Answer a question about a story, or the base, as a whole, where it can be held whole."""
        story = asked.story or asked.preferred
        if self._indexes.is_big(story):
            return None
        index = self._indexes.whole(story)
        index = index.only_reviewed() if asked.reviewed else index
        with_facts = {document.record.story.id for document in index.documents}
        return overview(asked.text, index, [each for each in self._base.stories() if each.id in with_facts], follows=follows)

    def _answer(self, asked: _QuestionContext, index: StoryIndex, rank: int = 0) -> Answer:
        """Answer from the facts of an index, or as the same was answered from them before."""
        key = (asked, rank, language(), client_language())
        remembered = index.answers.get(key)
        if remembered is not None:
            return remembered
        answer = self._reviewed_first(asked, index, rank)
        if not answer.unread:
            if len(index.answers) >= REMEMBERED:
                index.answers.clear()
            index.answers[key] = answer
        return answer

    def _reviewed_first(self, asked: _QuestionContext, index: StoryIndex, rank: int) -> Answer:
        """Answer from all facts; from reviewed ones alone where the first of them answers among all, with every source."""
        reviewed = index if len(index.reviewed) == len(index.documents) else self._only_reviewed(asked, index)
        if asked.reviewed or reviewed is index:
            return self._work_out(asked, reviewed, rank)
        answer = self._work_out(asked, index, rank)
        if shown := {fact.record.number for fact in answer.facts if fact.record.fact.reviewed}:
            # Read alone, one of a few would pass for an answer to what only other passages tell.
            alone = self._work_out(replace(asked, reviewed=True), reviewed, rank)
            answer = alone if {fact.record.number for fact in alone.facts[:1]} & shown else answer
        return told_once(answer, index, reviewed, self._stock)

    def _only_reviewed(self, asked: _QuestionContext, index: StoryIndex) -> StoryIndex:
        """Return an index of the reviewed facts alone: in a big base of all of them, as long as they can be held."""
        every = self._indexes.reviewed(asked.story) if self._indexes.is_big(asked.story) else None
        if every is None:
            return index.only_reviewed()
        return every if asked.as_of is None else self._index_as_of(every, asked.as_of)

    def _index_as_of(self, index: StoryIndex, day: int) -> StoryIndex:
        """Return an index of the facts that were known by a day, as it was made before if it is held still."""
        known = index.as_of.get(day) or index_as_of(index, day)
        index.as_of[day] = known
        BUDGET.keep(known, known.size)
        return known

    def _work_out(self, asked: _QuestionContext, index: StoryIndex, rank: int) -> Answer:
        """Answer by how facts stand to each other, where that is asked, else by the facts that say it, or say that none does."""
        question = read_question(asked.text, index)
        earlier = read_question(asked.after[-1], index) if asked.after else None
        reading = read(asked.text, question, index, self._stock, after=asked.after, earlier=earlier, story=asked.preferred)
        reader = self._stock.reader
        threshold = least_confidence(reader.weights.threshold, asked.caution)
        related = self._from_relations(question, reading, asked, index)
        if related is not None:
            if related.documents and related.confidence >= least_confidence(UNSURE, asked.caution):
                return self._relation_answer(asked.text, question, related, reading, index, rank)
            threshold = math.inf if related.final else max(threshold, BEYOND)
        certain = [] if related is not None and related.final else beyond_doubt(question, index)
        if certain:
            reading = replace(reading, of_other_stories=())
        nothing = not asked.after and reading.confidence < BEYOND and asks_nothing(question, index)
        threshold = math.inf if nothing or question.stranger else threshold
        chosen, confidence = select_facts(question, reading, index, certain, threshold, reader.weights.also)
        chosen = with_contrary(question, chosen, reading.facts, reader.weights.yes)
        scored = score_facts(reading, confidence, certain[:MOST_FACTS])
        by_number = {fact.record.number: fact for fact in scored}
        perhaps = not (chosen or nothing or related or question.stranger) and confidence >= reader.weights.perhaps
        perhaps = perhaps and other_language(asked.text) is None
        # The reader's yes or no is about what is disputed, not about whether anybody disputes it.
        undecided = related is not None and question.expected.type is QuestionType.YES_NO
        near = chosen or (confidence >= SUGGESTED_FROM and not nothing)
        offered = tuple(nearest_others(scored, chosen, reading.of_other_stories)[:SUGGESTIONS]) if near else ()
        short = None
        if not (undecided or (certain and question.dates)):
            short = short_answer(question, chosen, reading.facts, reader)
        changed = figures_by_day(question, chosen, index, cutting(question, reading.facts, reader)) if index.passages else None
        if changed is not None:
            short, chosen = changed
        return Answer(
            question=asked.text,
            status="answered" if chosen else "suggestions" if offered else "unknown",
            facts=tuple(by_number[each.number] for each in chosen),
            suggestions=offered,
            short=short,
            known=None if chosen or perhaps else self._fallback(asked, question, related, index, reading),
            perhaps_answers=perhaps and bool(offered),
            ranking=tuple(scored[:rank]),
            explanation=explain(question, reading, confidence, index, reader, chosen[:1]),
            note=say(PART).format(number=len(chosen), all=len(certain)) if len(certain) > len(chosen) else None,
            unread=reading.unread,
        )

    def _fallback(
        self, asked: _QuestionContext, question: Question, related: RelationAnswer | None, index: StoryIndex, reading: Reading
    ) -> str | None:
        """Return the sentence for a question that the facts do not answer; that none of them does is claimed only where sure."""
        if related is not None and not related.documents:
            return related.known or say(NOTHING_THEN)
        if reading.unread:
            return say("I have not read all of these facts yet. Ask again in a moment.")
        whole = not self._indexes.is_big(asked.story)
        return other_language(asked.text) or what_is_known(question, index, sure=reading.confidence < SURE_OF_NONE, whole=whole)

    def _from_relations(
        self, question: Question, reading: Reading, asked: _QuestionContext, index: StoryIndex
    ) -> RelationAnswer | None:
        """Return what answers a question about time or sides, drawn from all facts that it is asked of; None where nothing does.

        In a big base these are the facts of the best one's story. "The last" of some of the facts need not be the last of all, so
        part of a story is no basis.
        """
        story = asked.story
        if not asks_relation(question.words):
            return None
        if self._indexes.is_big(story):
            if not (reading.facts and may_answer(question, self._topics(index))):
                return None
            story = reading.facts[0].document.record.story.id
            if self._indexes.is_big(story):
                return None
        whole = self._indexes.whole(story)
        if asked.as_of is not None:
            whole = self._index_as_of(whole, asked.as_of)
        if asked.reviewed:
            whole = whole.only_reviewed()
        best = reading.facts[0] if reading.facts and reading.confidence >= self._stock.reader.weights.threshold else None
        earlier = asked.after[-1] if asked.after else ""
        return answer_by_relations(question, self._topics(whole), best=best, before=asked.before, earlier=earlier)

    def _topics(self, index: StoryIndex) -> Topics:
        def read_among(text: str, numbers: Collection[int]) -> Reading:
            question = read_question(text, index)
            return read(text, question, index, self._stock, among=frozenset(numbers))

        return Topics(index, read_among)

    def _relation_answer(
        self, text: str, question: Question, related: RelationAnswer, reading: Reading, index: StoryIndex, rank: int
    ) -> Answer:
        reader, documents, confidence = self._stock.reader, related.documents, related.confidence
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

    def unread(self, story: str | None = None) -> int:
        """Return how many facts the reader has not encoded yet."""
        return 0 if self.is_big(story) else self._stock.of(self._indexes.whole(story).documents).count(None)

    def encode(self, story: str | None = None, *, most: int | None = None, done: Callable[[int], None] | None = None) -> int:
        """Encode facts that the reader has not encoded yet, at most ``most``, and return how many.

        ``done`` is called with how many more are encoded each time some are. In a base that is too big to be held whole, those
        that changed and those without vectors are looked at, whichever story is named, at most `_MOST_ENCODED` a call, and what
        is returned is how many these were: 0 at the end.
        """
        if not self.is_big(story):
            return self._stock.make(self._indexes.whole(story).documents, done, most)
        numbers = self._stock.unread.take(most or _MOST_ENCODED)
        self._stock.make(self._indexes.documents(numbers), done, store_shipped=True)
        return len(numbers)

    def is_big(self, story: str | None = None) -> bool:
        """Return whether a story, or the base, is too big for all its facts to be held against a question."""
        return self._indexes.is_big(story)

    def nearest(self, topic: str, among: Sequence[int], *, story: str | None = None) -> tuple[int, ...]:
        """Return those of the facts (by number) that are about a topic, best first."""
        big = self.is_big()
        index = self._indexes.of_some(self._lookup.choose_among(topic, among)) if big else self._indexes.whole(story)
        question = read_question(topic, index)
        reading = read(topic, question, index, self._stock, among=frozenset(among))
        also = self._stock.reader.weights.also
        about = (each for each in reading.facts if each.features.cover >= ABOUT or each.judged.also >= also)
        return tuple(each.document.number for each in about)
