"""Answering: the one way from a question to an answer, over one fact base.

1. What is no question, and what asks about a story as a whole, is answered at once; what follows up another question is read
   with it.
2. `Lookup` gives the facts that the question is held against: all of a small story, else those that its words or meaning find.
3. A `Decider` says what answers; what it said of the same facts before is remembered.
4. Where the first of the reviewed facts answers among all, these answer alone; what several tell is told once.
5. What is asked of yesterday or since Monday is not surely answered by facts of another time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, partial

from bot.answers.as_of import answer_as_of, index_of_day
from bot.answers.deciding import AskedQuestion, Decider
from bot.answers.fallbacks import courtesy
from bot.answers.finding.index import Indexes, StoryIndex
from bot.answers.following import is_by_role, refers, with_names
from bot.answers.models import SUGGESTIONS, Answer, ScoredFact
from bot.answers.news import news_answer
from bot.answers.overview import overview
from bot.answers.question.asked_dates import without_as_of
from bot.answers.question.language import ENGLISH, language_of
from bot.answers.question.parsing import read_question
from bot.answers.reader.features import ABOUT
from bot.answers.reader.lookup import Lookup
from bot.answers.reader.reader import Reader, VectorStock, shipped_reader
from bot.answers.reader.reading import read
from bot.answers.relations.resolver import asks_relation
from bot.answers.retellings import merge_retellings
from bot.answers.told_from_today import sure_only_of_its_time
from bot.english.lexicon import Lexicon
from bot.english.search_words import normalise, tokens
from bot.errors import EmptyQuestionError
from bot.facts.base import FactBase
from bot.languages import LANGUAGES

REMEMBERED = 256  # answers from one index
EARLIER = 3  # earlier questions of a conversation that are read
_ABOUT_AS_SURE, _MUCH_SURER = 0.1, 0.2  # by which facts in other languages are less sure than English ones, or surer
_MAX_ENCODED = 1_000  # facts of a big base that one call encodes


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
    def _decider(self) -> Decider:
        return Decider(self._indexes, self._stock)

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
        words = _words(text)
        if not words:
            raise EmptyQuestionError
        answer = self._ask(
            text, words, story=story, rank=rank, caution=caution, as_of=as_of, before=before, after=after, reviewed=reviewed
        )
        language = language_of(text, after)
        if as_of is None:
            answer = sure_only_of_its_time(answer, language)
        return replace(answer, language=language if language != ENGLISH and language in LANGUAGES else None)

    def _ask(
        self,
        text: str,
        words: tuple[str, ...],
        *,
        story: str | None,
        rank: int,
        caution: float,
        as_of: int | None,
        before: Sequence[int],
        after: Sequence[str],
        reviewed: bool,
    ) -> Answer:
        """Answer a question by its kind: a greeting, as of a day, for news, one that follows another, about a whole story."""
        if as_of_words := without_as_of(text):
            rest, day = as_of_words
            again = partial(self.ask, rest, story=story, rank=rank, caution=caution, reviewed=reviewed)
            return replace(again(as_of=as_of or day, before=before, after=after), question=text)
        greeting = courtesy(words)
        if greeting is not None:
            return Answer(text, "unknown", known=greeting, is_question=False)
        if as_of is None and (news := news_answer(self._base, text, story)) is not None:
            return news
        earlier = tuple(question for question in after if (own := _words(question)) and courtesy(own) is None)[-EARLIER:]
        if earlier and not before and asks_relation(words):
            answer = self.ask(earlier[-1], story=story, as_of=as_of, after=earlier[:-1], caution=-1.0, reviewed=reviewed)
            before = [fact.record.number for fact in answer.facts]
        preferred = self._lookup.likely_story(text, before, earlier) if story is None else None
        asked = AskedQuestion(text, story, caution, tuple(before), earlier, preferred=preferred, reviewed=reviewed)
        if as_of is None and (whole := self._overview(asked, words, follows=bool(earlier or before))) is not None:
            return whole
        answer = self._looked_up(asked, as_of, rank)
        # The reader knows whom the question before named, and not whom its answer did.
        if earlier and language_of(text, earlier) == ENGLISH and refers(text):
            answered = self.ask(earlier[-1], story=story, as_of=as_of, after=earlier[:-1], caution=caution, reviewed=reviewed)
            named = self._named(asked, answered, as_of, rank)
            if named is not None and (not answer.facts or is_by_role(named)):
                answer = replace(named, question=text)
        return answer

    def _named(self, asked: AskedQuestion, answered: Answer, as_of: int | None, rank: int) -> Answer | None:
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

    def _looked_up(self, asked: AskedQuestion, as_of: int | None, rank: int) -> Answer:
        """Answer from the facts that a question is held against, those of a day where it is asked as of one."""
        index = self._lookup.index(asked.text, asked.story, asked.after, asked.preferred)
        if as_of is None:
            return self._answer(asked, index, rank)
        today = self._answer(asked, index)
        then = self._answer(replace(asked, as_of=as_of), index_of_day(index, as_of), rank)
        return answer_as_of(today, then, as_of)

    def _overview(self, asked: AskedQuestion, words: tuple[str, ...], *, follows: bool) -> Answer | None:
        """Answer a question about a story, or the base, as a whole, where it can be held whole."""
        story = asked.story or asked.preferred
        if self._indexes.is_big(story):
            return None
        index = self._indexes.whole(story)
        index = index.only_reviewed() if asked.reviewed else index
        with_facts = {document.record.story.id for document in index.documents}
        stories = [info for info in self._base.stories() if info.id in with_facts]
        return overview(asked.text, words, index, stories, follows=follows)

    def _answer(self, asked: AskedQuestion, index: StoryIndex, rank: int = 0) -> Answer:
        """Answer from the facts of an index, or as the same was answered from them before."""
        key = (asked, rank)
        remembered = index.answers.get(key)
        if remembered is not None:
            return remembered
        answer = self._reviewed_first(asked, index, rank)
        if not answer.unread:
            if len(index.answers) >= REMEMBERED:
                index.answers.clear()
            index.answers[key] = answer
        return answer

    def _reviewed_first(self, asked: AskedQuestion, index: StoryIndex, rank: int) -> Answer:
        """Answer from all facts; from reviewed ones alone where the first of them answers among all, with every source."""
        reviewed = index if len(index.reviewed) == len(index.documents) else self._only_reviewed(asked, index)
        if asked.reviewed or reviewed is index:
            return self._work_out(asked, reviewed, rank)
        answer = self._work_out(asked, index, rank)
        shown = {fact.record.number for fact in answer.facts if fact.record.fact.reviewed}
        waiting = bool(answer.unread and not answer.facts)
        if shown or waiting:
            # Read alone, one of a few would pass for an answer to what only other passages tell.
            alone = self._work_out(replace(asked, reviewed=True), reviewed, rank)
            if alone.facts and (waiting or alone.facts[0].record.number in shown):
                beside = _suggested(alone, answer)
                answer = replace(alone, suggestions=beside, unread=max(alone.unread, answer.unread))
        merged = merge_retellings(answer, index, reviewed, self._stock)
        return replace(merged, suggestions=merged.suggestions[:SUGGESTIONS])

    def _work_out(self, asked: AskedQuestion, index: StoryIndex, rank: int) -> Answer:
        """Answer from the facts of an index; an English question first from those in English, which are read best.

        Facts in other languages are asked, too: where they answer as surely, their story may be meant.
        """
        if index.is_english or language_of(asked.text, asked.after) != ENGLISH:
            return self._decider.work_out(asked, index, rank)
        in_english, others = (index.of_language(english=english) for english in (True, False))
        if not in_english.documents:
            return self._decider.work_out(asked, index, rank)
        answer = self._decider.work_out(asked, in_english, rank)
        if answer.unread or answer.by_relation:
            return answer
        foreign = self._decider.work_out(asked, others, rank)
        if not answer.facts:
            surer = foreign.explanation.confidence > answer.explanation.confidence
            return foreign if foreign.facts or surer else answer
        return _of_either(answer, foreign) if foreign.facts and asked.story is None else answer

    def _only_reviewed(self, asked: AskedQuestion, index: StoryIndex) -> StoryIndex:
        """Return an index of the reviewed facts alone: in a big base of all of them, as long as they can be held."""
        every = self._indexes.reviewed(asked.story) if self._indexes.is_big(asked.story) else None
        if every is None:
            return index.only_reviewed()
        return every if asked.as_of is None else index_of_day(every, asked.as_of)

    def unread(self, story: str | None = None) -> int:
        """Return how many facts the reader has not encoded yet."""
        return 0 if self.is_big(story) else self._stock.of(self._indexes.whole(story).documents).count(None)

    def encode(self, story: str | None = None, *, most: int | None = None, done: Callable[[int], None] | None = None) -> int:
        """Encode facts that the reader has not encoded yet, at most ``most``, and return how many.

        ``done`` is called with how many more are encoded each time some are. In a base that is too big to be held whole, those
        that changed and those without vectors are looked at, whichever story is named, at most `_MAX_ENCODED` a call, and what
        is returned is how many these were: 0 at the end.
        """
        if not self.is_big(story):
            return self._stock.make(self._indexes.whole(story).documents, done, most)
        numbers = self._stock.unread.take(most or _MAX_ENCODED)
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
        about = (fact for fact in reading.facts if fact.features.cover >= ABOUT or fact.judged.also >= also)
        return tuple(fact.document.number for fact in about)


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a question as read, which unlike `words_of` keeps no question in memory."""
    return tuple(token.word for token in tokens(normalise(text)))


def _of_either(english: Answer, foreign: Answer) -> Answer:
    """Return the answer of facts in English, or of those in other languages where they are much surer.

    Where both are about as sure, it says that the story of the others may be meant, with the first of them.
    """
    ahead = foreign.explanation.confidence - english.explanation.confidence
    if ahead < -_ABOUT_AS_SURE:
        return english
    answer, other = (foreign, english) if ahead > _MUCH_SURER else (english, foreign)
    first, second = (of.facts[0].record.story.title for of in (answer, other))
    stories = (*(answer.explanation.stories or (first,)), *(other.explanation.stories or (second,)))
    suggestions = (other.facts[0], *answer.suggestions)[:SUGGESTIONS]
    explanation = replace(answer.explanation, stories=tuple(dict.fromkeys(stories))[: SUGGESTIONS + 1])
    return replace(answer, suggestions=suggestions, explanation=explanation)


def _suggested(alone: Answer, among_all: Answer) -> tuple[ScoredFact, ...]:
    """Return what is shown beside the answer of reviewed facts: first the others that answer among all facts."""
    answering = {fact.record.number for fact in alone.facts}
    others = (fact for fact in (*among_all.facts, *alone.suggestions) if fact.record.number not in answering)
    return tuple({fact.record.number: fact for fact in others}.values())
