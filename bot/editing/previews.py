"""What the preview of an edit shows: facts that say the same, and recorded questions that would have another answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.answers.answerer import Answerer
from bot.answers.evaluation import Outcome, cases_of, evaluate
from bot.editing.gaps import question_stems
from bot.english.lexicon import Lexicon
from bot.english.search_words import content_words, normalise, stem
from bot.facts.base import FactBase
from bot.facts.edits import Edit, asked_key, with_edit
from bot.facts.models import Fact, FactRecord, RecordedQuestion, Story, StoryChanges
from bot.facts.stems import stems
from bot.languages import ENGLISH
from bot.messages import Count, Message

ALIKE = 0.72
"""Likeness from which a fact is shown as a near duplicate; 1 is the same words."""
_MAX_DUPLICATES = 3
# Factors that lower the likeness of two texts: a claim about an event is like the event, but seldom the same fact.
_OTHER_KIND = 0.9
_OTHER_DATE = 0.85
_MIN_PIECE = 3  # content words from which one quote may be a piece of another
MAX_FACTS = 1_000  # of a story that is tried out: a trial builds it twice in memory while somebody waits
MAX_QUESTIONS = 20
FEW_QUESTIONS = 3
"""Recorded questions that are asked at first, while somebody waits."""
TOO_LARGE = "The recorded questions were not asked: with more than {facts} facts the story is too large to try out here."
TOO_MANY = "Only the {asked} of {questions} recorded questions nearest to the change were asked again."
SO_FAR = "So far, {asked} of the {questions} recorded questions have been asked again: those nearest to the change."
SAME_ANSWERS = (
    "Only the {asked} of {questions} recorded questions nearest to the change were asked again; their answers stay the same."
)


@dataclass(frozen=True, slots=True)
class Effect:
    """A recorded question that would have another answer: another first fact, or another short answer.

    ``worse``: it is answered right now and would not be. ``short_before`` and ``short_after`` are the short answers.
    """

    ask: str
    before: FactRecord | None
    after: FactRecord | None
    worse: bool
    short_before: str | None = None
    short_after: str | None = None

    @property
    def same_fact(self) -> bool:
        """Whether the same fact answers, in other words."""
        return self.before is not None and self.after is not None and self.before.fact.id == self.after.fact.id


@dataclass(frozen=True, slots=True)
class Trial:
    """What trying an edit out found.

    ``effects`` are the questions that would be answered differently, ``lost`` the recorded questions that the story would no
    longer have. ``untried`` is a sentence on what was not tried because the story is too large, "" where everything was.
    ``more``: only a few questions were asked so far.
    """

    effects: tuple[Effect, ...] = ()
    lost: tuple[RecordedQuestion, ...] = ()
    untried: str = ""
    more: bool = False

    @property
    def worse(self) -> bool:
        """Whether anything would get worse."""
        return bool(self.lost) or any(effect.worse for effect in self.effects)


@dataclass(frozen=True, slots=True)
class FactPreview:
    """A typed fact as it would be saved.

    ``record`` is the fact as readers will see it (a new one has the number 0), ``duplicates`` are near facts, ``trial`` is what
    asking the recorded questions found, ``people`` whether the fact names a person, or did. ``completed`` is the date as typed
    where it leaves its year out, "" for any other.
    """

    edit: Edit
    record: FactRecord
    duplicates: tuple[FactRecord, ...]
    trial: Trial
    people: bool
    completed: str = ""


_few: ContextVar[bool] = ContextVar("few", default=False)


@contextmanager
def asking_few() -> Iterator[None]:
    """Let trials inside a block ask only a few recorded questions."""
    before = _few.set(True)
    try:
        yield
    finally:
        _few.reset(before)


def duplicates(fact: Fact, others: Iterable[FactRecord], language: str = ENGLISH) -> tuple[FactRecord, ...]:
    """Return the near duplicates of a new fact, the most alike first; ``language`` is that of their story."""
    words = content_stems(fact.text, language)
    scored = [(likeness(fact, words, other.fact, language), other) for other in others if other.fact.id != fact.id]
    near = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: (-pair[0], pair[1].number))
    return tuple(record for _, record in near[:_MAX_DUPLICATES])


def likeness(fact: Fact, words: str, other: Fact, language: str = ENGLISH) -> float:
    """Return how alike two facts in a language are, from 0 to 1; ``words`` are the stems of the first.

    Their stems are compared in any order (rapidfuzz's token set and token sort ratios, which forgive a typo), so a fact that
    contains all of the other and little more counts as nearly the same, and so does a quote that is a piece of another. Another
    kind, speaker or date lowers the likeness.
    """
    other_words = content_stems(other.text, language)
    if not words or not other_words:
        return float(normalise(fact.text).casefold() == normalise(other.text).casefold())
    set_ratio, sort_ratio = fuzz.token_set_ratio(words, other_words) / 100, fuzz.token_sort_ratio(words, other_words) / 100
    share = min(len(words), len(other_words)) / max(len(words), len(other_words))
    alike = max(sort_ratio, set_ratio * (0.6 + 0.4 * share))
    if fact.kind == other.kind == "quote" and min(len(words.split()), len(other_words.split())) >= _MIN_PIECE:
        alike = max(alike, fuzz.partial_ratio(words, other_words) / 100)
    if fact.kind != other.kind:
        alike *= _OTHER_KIND
    if fact.by and other.by and not set(fact.by) & set(other.by):
        alike *= _OTHER_KIND
    if fact.date and other.date and not fact.date.meets(other.date.earliest, other.date.latest):
        alike *= _OTHER_DATE
    return alike


def content_stems(text: str, language: str = ENGLISH) -> str:
    """Return the stems of a text's content words, in order; of one in another language than English those of all its words."""
    return " ".join(map(stem, content_words(text)) if language == ENGLISH else stems(text, language))


class Trials:
    """Tries out changes of the stories of one base on their recorded questions."""

    def __init__(self, base: FactBase, lexicon: Lexicon) -> None:
        self._base = base
        self._lexicon = lexicon

    def of_edit(self, edit: Edit, story: Story | None = None) -> Trial:
        """Return the recorded questions that an edit would give another answer; pass its ``story`` if it is read already."""
        story = story or self._base.story(edit.story)
        return self._try_out(story, with_edit(story, edit))

    def of_import(self, story: Story) -> tuple[StoryChanges, Trial]:
        """Return what importing a story would change, and the recorded questions that would have another answer or be lost."""
        changes = self._base.preview(story)
        if changes.new or not changes:
            return changes, Trial()
        return changes, self._try_out(self._base.story(story.info.id), story)

    def _try_out(self, before: Story, after: Story) -> Trial:
        Answerer(self._base, self._lexicon).unread(before.info.id)  # loads the stored vectors, which the trial uses
        return try_out(before, after, self._lexicon)


def try_out(before: Story, after: Story, lexicon: Lexicon) -> Trial:
    """Ask the recorded questions of a story before and after a change and return the differences, those for the worse first.

    As this is slow, of more than `MAX_QUESTIONS` only those nearest to the change are asked (inside `asking_few`, fewer still),
    and with more than `MAX_FACTS` none.
    """
    remaining = {asked_key(question) for question in after.questions}
    lost = tuple(question for question in before.questions if asked_key(question) not in remaining)
    questions = [*lost, *after.questions]
    if not questions:
        return Trial()
    if max(len(before.facts), len(after.facts)) > MAX_FACTS:
        return Trial(lost=lost, untried=Message(TOO_LARGE, facts=Count(MAX_FACTS)))
    most = min(FEW_QUESTIONS, MAX_QUESTIONS) if _few.get() else MAX_QUESTIONS
    tried = _nearest(questions, before, after, most)
    expected = {asked_key(question): question for question in before.questions}
    asked_before = _asked(before, [expected.get(asked_key(question), question) for question in tried], lexicon)
    effects = []
    for old, new in zip(asked_before, _asked(after, tried, lexicon), strict=True):
        first, other = (next((fact.record for fact in outcome.answer.facts), None) for outcome in (old, new))
        effect = Effect(old.case.ask, first, other, _worse(old, new), old.answer.short, new.answer.short)
        same = effect.same_fact or (first is None and other is None)
        if not same or effect.short_before != effect.short_after:
            effects.append(effect)
    more = len(tried) < min(len(questions), MAX_QUESTIONS)
    some, whole = len(tried), Count(len(questions))
    message = Message(TOO_MANY, asked=some, questions=whole)
    if more:
        message = Message(SO_FAR, asked=some, questions=whole)
    elif not effects and not lost:
        message = Message(SAME_ANSWERS, asked=some, questions=whole)
    untried = message if len(tried) < len(questions) else ""
    return Trial(tuple(sorted(effects, key=lambda effect: not effect.worse)), lost, untried, more)


def _nearest(questions: Sequence[RecordedQuestion], before: Story, after: Story, most: int) -> list[RecordedQuestion]:
    """Return the questions to try: those that expect a fact that changed, then those that share words with one."""
    changed = set(before.facts) ^ set(after.facts)
    ids = {fact.id for fact in changed}
    words = {word for fact in changed for text in (fact.text, *fact.asked_as) for word in question_stems(text)}

    def nearness(index: int) -> tuple[bool, int, int]:
        question = questions[index]
        return not ids.isdisjoint(question.expect), len(words.intersection(question_stems(question.ask))), index

    chosen = sorted(range(len(questions)), key=nearness)[-most:]
    return [questions[index] for index in sorted(chosen)]


def _asked(story: Story, questions: Sequence[RecordedQuestion], lexicon: Lexicon) -> tuple[Outcome, ...]:
    with FactBase.memory() as base:
        base.apply(story, by="trial")
        answerer = Answerer(base, lexicon)
        answerer.encode()
        return evaluate(answerer.ask, cases_of(questions))


def _worse(old: Outcome, new: Outcome) -> bool:
    """Return whether a question is no longer answered right, loses all facts that answer it, or gets a wrong short answer."""
    # An outcome is good if the question is answered right, or rightly left unanswered.
    was_good, is_good = (outcome.right if outcome.answerable else not outcome.answered for outcome in (old, new))
    if was_good and (not is_good or (old.answerable and not new.answerable)):
        return True
    return new.case.short is not None and _has_short(old, old.case.short) and not _has_short(new, new.case.short)


def _has_short(outcome: Outcome, expected: str | None) -> bool:
    """Return whether the short answer holds the expected one in whole words and figures: 13 March is not 3 March."""
    if expected is None or outcome.answer.short is None:
        return False
    whole = rf"(?<!\w)(?<!\d[.,]){re.escape(expected.casefold())}(?!\w)(?![.,]\d)"
    return re.search(whole, outcome.answer.short.casefold()) is not None
