"""Trying an edit out: which recorded questions of the story would be answered otherwise than now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answers.answerer import Answerer
from bot.answers.evaluation import Outcome, cases_of, evaluate
from bot.answers.lexicon import Lexicon
from bot.answers.models import ScoredFact
from bot.facts.base import FactBase
from bot.facts.edits import Edit
from bot.facts.models import FactRecord, RecordedQuestion, Story
from bot.facts.plan import T

MOST_FACTS = 2_000  # of a story that is tried out while somebody waits
MOST_QUESTIONS = 300


@dataclass(frozen=True, slots=True)
class Effect:
    """A recorded question whose first fact would be another; ``worse`` where it is answered right now and would not be."""

    ask: str
    before: FactRecord | None
    after: FactRecord | None
    worse: bool


def effects(before: Story, after: Story, lexicon: Lexicon) -> tuple[Effect, ...]:
    """Ask both forms of a story its recorded questions and return what differs, for the worse first.

    Questions are those of the story as it will be; a story of very many facts or questions is asked only the newest of these,
    and one of too many facts none.
    """
    questions = after.questions[-MOST_QUESTIONS:]
    if not questions or max(len(before.facts), len(after.facts)) > MOST_FACTS:
        return ()
    expected = {each.ask: each for each in before.questions}
    asked_before = _asked(before, [expected.get(each.ask, each) for each in questions], lexicon)
    found = [
        Effect(old.case.ask, _first(old.answer.facts), _first(new.answer.facts), _worse(old, new))
        for old, new in zip(asked_before, _asked(after, questions, lexicon), strict=True)
        if _first_id(old.answer.facts) != _first_id(new.answer.facts)
    ]
    return tuple(sorted(found, key=lambda effect: not effect.worse))


def with_edit(story: Story, edit: Edit) -> Story:
    """Return a story as an edit makes it."""
    gone = set(edit.retract)
    put = {fact.id: fact for fact in edit.facts}
    facts = [put.pop(fact.id, fact) for fact in story.facts if fact.id not in gone]
    facts = [replace(fact, event=None) if fact.event in gone else fact for fact in [*facts, *put.values()]]
    return replace(
        story,
        info=edit.info or story.info,
        sources=_with(story.sources, edit.sources, edit.retract_sources),
        actors=_with(story.actors, edit.actors, edit.retract_actors),
        facts=tuple(facts),
        questions=tuple(
            replace(each, expect=tuple(name for name in each.expect if name not in gone))
            for each in (edit.all_questions if edit.all_questions is not None else story.questions)
        )
        + edit.questions,
    )


def _asked(story: Story, questions: Sequence[RecordedQuestion], lexicon: Lexicon) -> tuple[Outcome, ...]:
    with FactBase.memory() as base:
        base.apply(story, by="trial")
        return evaluate(Answerer(base, lexicon).ask, cases_of(questions))


def _worse(old: Outcome, new: Outcome) -> bool:
    """Tell whether a question goes wrong, or loses all facts that answer it."""
    return _good(old) and (not _good(new) or (old.answerable and not new.answerable))


def _good(outcome: Outcome) -> bool:
    """Tell whether a question is answered as it should be, or rightly left alone."""
    return outcome.right if outcome.answerable else not outcome.answered


def _first(facts: tuple[ScoredFact, ...]) -> FactRecord | None:
    return facts[0].record if facts else None


def _first_id(facts: tuple[ScoredFact, ...]) -> str | None:
    return facts[0].record.fact.id if facts else None


def _with(items: tuple[T, ...], put: tuple[T, ...], gone: tuple[str, ...]) -> tuple[T, ...]:
    new: dict[str, T] = {item.id: item for item in put}
    kept: list[T] = [new.pop(item.id, item) for item in items if item.id not in gone]
    return (*kept, *new.values())
