"""Which of the ranked facts answer: those beyond doubt, all of a set where one is asked for, else the best."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.asking import Asked
from bot.answers.question import Question
from bot.answers.ranking import Ranked

_LIGHT = 0.3  # up to which a word says little: very common, beside the point, or what is asked for
MOST_FACTS = 12  # of one answer
SET_LEAD = 2.0  # how far below the best a fact of a set may score
SAME_WORDING = 0.95  # likeness to another phrasing of a fact from which it is that question


def beyond_doubt(question: Question, ranked: Sequence[Ranked]) -> list[Ranked]:
    """Return the facts that answer whatever their scores: of a recorded wording, all that somebody said, all of a date."""
    worded = [each for each in ranked if each.match.features.phrasing >= SAME_WORDING]
    if worded:
        return worded[:MOST_FACTS]
    if not _bare(question):
        return []
    if question.asking.type is Asked.SAID and question.speakers and not question.dates:
        return [each for each in ranked if each.match.features.speaker and _kind(each) == "quote"][:MOST_FACTS]
    if question.dates and not question.mentions and question.asking.type in (Asked.WHAT, Asked.TERSE):
        return [each for each in ranked if each.match.features.date_agrees and _kind(each) == "event"][:MOST_FACTS]
    return []


def answering(question: Question, ranked: Sequence[Ranked]) -> list[Ranked]:
    """Return those of the ranked facts that answer, given that the best does."""
    best = ranked[0]
    if question.asking.wants_list:
        return [each for each in ranked[:MOST_FACTS] if best.score - each.score <= SET_LEAD]
    return [best]


def _bare(question: Question) -> bool:
    """Tell whether a question has nothing but a speaker, dates and what is asked for: "what did Warner say", "Warner quotes"."""
    subject = set(question.subject)
    others = [mention for mention in question.mentions if not mention.actors & question.speakers]
    return not others and all(term.stem in subject or term.weight <= _LIGHT for term in question.terms)


def _kind(ranked: Ranked) -> str:
    return ranked.match.document.record.fact.kind
