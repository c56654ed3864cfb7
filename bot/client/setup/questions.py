"""Questions to try: such as the facts surely answer, each found out by asking it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from bot.client.bot import Interaction
from bot.client.interactions import read_for
from bot.client.sending import server_of
from bot.client.stories.cog import encode_within_limits
from bot.errors import FootnoteError
from bot.facts.models import RecordedQuestion
from bot.presentation import wording
from bot.service.session import Session

MAX_QUESTIONS = 3
"""Questions that are offered."""

MAX_ASKED = 15
"""Questions that are asked to find them: most that are recorded are answered."""

_MAX_LENGTH = 80  # characters of a question that is offered
_MAX_SPEAKERS = 5
_WHAT_TO_ASK = "What can I ask?"  # a question about a story as a whole, which is answered with questions


async def sure_questions(interaction: Interaction, story: str | None) -> tuple[str, ...]:
    """Return questions that a story (None: all stories) surely answers, at most MAX_QUESTIONS, each about another fact.

    A recorded question has to be answered by a fact that it expects. What was added just now is read first.
    """
    await encode_within_limits(interaction)
    sure: list[str] = []
    answered: set[int] = set()
    for question in await read_for(interaction, _candidates, story):
        with suppress(FootnoteError):  # one that cannot be answered now is none to offer
            fact = await _answering_fact(interaction, question, story)
            if fact is not None and fact not in answered:
                answered.add(fact)
                sure.append(question.ask)
        if len(sure) == MAX_QUESTIONS:
            break
    return tuple(sure)


async def _answering_fact(interaction: Interaction, question: RecordedQuestion, story: str | None) -> int | None:
    """Return the number of the fact that answers a question first; None if it is not answered as it should be."""
    answer = await interaction.client.service.ask(server_of(interaction), question.ask, story=story)
    if answer.status != "answered":
        return None
    first = answer.facts[0].record
    return first.number if not question.expect or first.fact.id in question.expect else None


def _candidates(session: Session, story: str | None) -> Sequence[RecordedQuestion]:
    """Return questions that may be offered, the likeliest first: as recorded, as facts have them, then about who is quoted."""
    questions = {question.ask: question for question in _asked(session, story) if len(question.ask) <= _MAX_LENGTH}
    return list(questions.values())[:MAX_ASKED]


def _asked(session: Session, story: str | None) -> Iterator[RecordedQuestion]:
    ids = [info.id for info in session.stories_with_facts() if story in (None, info.id)]
    recorded = [question for name in ids for question in session.recorded_questions(name) if question.expect]
    expected: set[str] = set()
    for question in sorted(recorded, key=_is_untidy):
        if expected.isdisjoint(question.expect):
            expected.update(question.expect)
            yield question
    yield from map(RecordedQuestion, session.ask(_WHAT_TO_ASK, story=story).questions)
    for record in session.complete_actors("", speakers=True, limit=_MAX_SPEAKERS):
        if story in (None, record.story.id):
            yield RecordedQuestion(wording.example([record]))


def _is_untidy(question: RecordedQuestion) -> bool:
    """Return whether a question was recorded as somebody typed it in a hurry: such ones are offered last."""
    return question.ask[0].islower() or not question.ask.endswith(
        ("?", "\N{ARABIC QUESTION MARK}", "\N{FULLWIDTH QUESTION MARK}")
    )
