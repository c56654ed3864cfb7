"""The trial of an edit: which recorded questions of the story would have another answer than now."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.answerer import Answerer
from bot.answers.evaluation import Outcome, cases_of, evaluate
from bot.editing.gap_work import question_stems
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.facts.edits import asked_key
from bot.facts.models import FactRecord, RecordedQuestion, Story
from bot.messages import Count, Message

MOST_FACTS = 1_000  # of a story that is tried out while somebody waits
MOST_QUESTIONS = 20
TOO_LARGE = "The recorded questions were not asked: with more than {facts} facts the story is too large to try out here."
TOO_MANY = "Only {asked} of {questions} recorded questions were asked again, those nearest to the change."
SAME_ANSWERS = (
    "Only {asked} of {questions} recorded questions were asked again, those nearest to the change: all answers stay the same."
)


@dataclass(frozen=True, slots=True)
class Effect:
    """A recorded question that would have another answer: another first fact, or another short answer.

    ``worse`` where it is answered right now and would not be. ``short_before`` and ``short_after`` are the short answers.
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
        return self.before is not None and _id(self.before) == _id(self.after)


@dataclass(frozen=True, slots=True)
class Trial:
    """What trying an edit out found.

    ``effects`` are the questions that would be answered otherwise, ``lost`` the recorded questions that the story would no longer
    have. ``untried`` says in a sentence what was not tried because the story is too large, "" where all was.
    """

    effects: tuple[Effect, ...] = ()
    lost: tuple[RecordedQuestion, ...] = ()
    untried: str = ""

    @property
    def worse(self) -> bool:
        """Whether anything would get worse."""
        return bool(self.lost) or any(effect.worse for effect in self.effects)


def try_out(before: Story, after: Story, lexicon: Lexicon) -> Trial:
    """Ask the recorded questions of a story before and after a change and return the differences, those for the worse first.

    With more than `MOST_QUESTIONS` only those nearest to the change are asked, with more than `MOST_FACTS` none: it is slow.
    """
    remaining = {asked_key(each) for each in after.questions}
    lost = tuple(each for each in before.questions if asked_key(each) not in remaining)
    questions = [*lost, *after.questions]
    if not questions:
        return Trial()
    if max(len(before.facts), len(after.facts)) > MOST_FACTS:
        return Trial(lost=lost, untried=Message(TOO_LARGE, facts=Count(MOST_FACTS)))
    tried = _nearest(questions, before, after)
    expected = {asked_key(each): each for each in before.questions}
    asked_before = _asked(before, [expected.get(asked_key(each), each) for each in tried], lexicon)
    effects = [
        Effect(old.case.ask, _first(old), _first(new), _worse(old, new), old.answer.short, new.answer.short)
        for old, new in zip(asked_before, _asked(after, tried, lexicon), strict=True)
        if _id(_first(old)) != _id(_first(new)) or old.answer.short != new.answer.short
    ]
    some, whole = len(tried), Count(len(questions))
    message = Message(TOO_MANY, asked=some, questions=whole)
    if not effects and not lost:
        message = Message(SAME_ANSWERS, asked=some, questions=whole)
    untried = message if len(tried) < len(questions) else ""
    return Trial(tuple(sorted(effects, key=lambda effect: not effect.worse)), lost, untried)


def _nearest(questions: Sequence[RecordedQuestion], before: Story, after: Story) -> list[RecordedQuestion]:
    """Return the questions to try: those that expect a fact that changed, then those that share words with one."""
    changed = set(before.facts) ^ set(after.facts)
    ids = {fact.id for fact in changed}
    words = {stem for fact in changed for text in (fact.text, *fact.asked_as) for stem in question_stems(text)}

    def nearness(place: int) -> tuple[bool, int, int]:
        each = questions[place]
        return not ids.isdisjoint(each.expect), len(words.intersection(question_stems(each.ask))), place

    chosen = sorted(range(len(questions)), key=nearness)[-MOST_QUESTIONS:]
    return [questions[place] for place in sorted(chosen)]


def _asked(story: Story, questions: Sequence[RecordedQuestion], lexicon: Lexicon) -> tuple[Outcome, ...]:
    with FactBase.memory() as base:
        base.apply(story, by="trial")
        answerer = Answerer(base, lexicon)
        answerer.encode()
        return evaluate(answerer.ask, cases_of(questions))


def _worse(old: Outcome, new: Outcome) -> bool:
    """Return whether a question is no longer answered right, loses all facts that answer it, or gets a wrong short answer."""
    if _good(old) and (not _good(new) or (old.answerable and not new.answerable)):
        return True
    return new.case.short is not None and _has_short(old, old.case.short) and not _has_short(new, new.case.short)


def _has_short(outcome: Outcome, expected: str | None) -> bool:
    """Return whether the short answer holds the expected one in whole words and figures: 13 March is not 3 March."""
    if expected is None or outcome.answer.short is None:
        return False
    whole = rf"(?<!\w)(?<!\d[.,]){re.escape(expected.casefold())}(?!\w)(?![.,]\d)"
    return re.search(whole, outcome.answer.short.casefold()) is not None


def _good(outcome: Outcome) -> bool:
    """Return whether a question is answered right, or rightly left unanswered."""
    return outcome.right if outcome.answerable else not outcome.answered


def _first(outcome: Outcome) -> FactRecord | None:
    facts = outcome.answer.facts
    return facts[0].record if facts else None


def _id(record: FactRecord | None) -> str | None:
    return record.fact.id if record else None
