"""Which of the ranked facts answer: those beyond doubt, else the best and those that answer as well as it does."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.evidence import has_names_alone
from bot.answers.lexicon import Lexicon
from bot.answers.matching import COVERED
from bot.answers.question import TYPE_WEIGHT, Question
from bot.answers.question_words import Asked
from bot.answers.ranking import Model, Ranked
from bot.answers.siblings import kinships
from bot.answers.unnamed import is_unnamed
from bot.answers.words import normalise, tokens

_LIGHT = 0.3  # up to which a word says little: very common, beside the point, or what is asked for
MOST_FACTS = 12  # of one answer
_FOR_ALL = 0.5  # how much of the usual confidence is enough where all of a kind are asked for
_OF_A_KIND = (Asked.TERSE, Asked.SAID, Asked.HOW_MUCH)  # where wanting a list is "all bids", not "which bids did she refuse"
ALSO = 0.1  # likelihood from which a fact is shown beside the best: one too many is a lesser evil than one missing
_OF_A_SLOT = (Asked.WHO, Asked.WHEN, Asked.WHERE, Asked.WHY, Asked.HOW_MUCH)
_FAR = 10**9  # beyond every date
SAME_WORDING = 0.95  # likeness to another phrasing of a fact from which it is that question


def beyond_doubt(question: Question, ranked: Sequence[Ranked]) -> list[Ranked]:
    """Return the facts that answer whatever their scores: of a recorded wording, what somebody said, all of a date.

    Those of a date may be more than are shown (`MOST_FACTS`).
    """
    worded = [each for each in ranked if each.match.features.phrasing >= SAME_WORDING]
    if worded:
        return worded[:MOST_FACTS]
    if question.stranger is not None or not _bare(question):
        return []
    if question.asking.type is Asked.SAID and question.speakers and not question.dates:
        return _all_said(question, ranked)
    if question.dates and not question.mentions and question.asking.type in (Asked.WHAT, Asked.TERSE):
        dated = [each for each in ranked if each.match.features.date_agrees and _kind(each) == "event"]
        return sorted(dated or _touched(question, ranked), key=_by_date)
    return []


def _touched(question: Question, ranked: Sequence[Ranked]) -> list[Ranked]:
    """Return the events that went on in a year asked about and in others, which are worth telling where none was of it alone."""
    dates = [(each, each.match.document.record.fact.date) for each in ranked if _kind(each) == "event"]
    return [each for each, date in dates if date is not None and any(asked.touches(date) for asked in question.dates)]


def _all_said(question: Question, ranked: Sequence[Ranked]) -> list[Ranked]:
    """Return all that somebody said, or all that they and who speaks for them found: "what did the inquiry find"."""
    if question.asking.findings:
        return [each for each in ranked if each.match.features.speaker or each.match.features.subject == 1.0][:MOST_FACTS]
    said = [each for each in ranked if each.match.features.speaker]
    quotes = [each for each in said if _kind(each) == "quote"]
    return (quotes or said)[:MOST_FACTS]


def enough(question: Question, threshold: float) -> float:
    """Return the confidence that an answer needs: less where all of a kind are asked for, which presumes little."""
    return threshold * _FOR_ALL if question.asking.wants_list and question.asking.type in _OF_A_KIND else threshold


def answers_something_else(question: Question, best: Ranked, lexicon: Lexicon) -> bool:
    """Tell whether the best fact cannot be the answer, however well it scores: strict rules where a wrong answer is likeliest."""
    return (
        question.stranger is not None
        or _unsupported(question, best)
        or (question.asking.type in (Asked.WHEN, Asked.WHY) and has_names_alone(question, best.match))
        or is_unnamed(question, best.match.document, lexicon)
        or _has_subject_alone(question, best, lexicon)
    )


def _unsupported(question: Question, best: Ranked) -> bool:
    """Tell whether the fact has not one content word of the question: likeness alone is no answer."""
    strengths = [value for term, value in zip(question.terms, best.match.strengths, strict=True) if not term.typing]
    return bool(strengths) and max(strengths) < COVERED and not best.match.features.date_agrees


def _has_subject_alone(question: Question, best: Ranked, lexicon: Lexicon) -> bool:
    """Tell whether all that the fact has of a question is what the whole story is about: "who built the bridge"."""
    if question.asking.type not in _OF_A_SLOT or best.match.features.date_agrees:
        return False
    title = {lexicon.stem(token.word) for token in tokens(normalise(best.match.document.record.story.title))}
    pairs = zip(question.terms, best.match.strengths, strict=True)
    telling = [(term, strength) for term, strength in pairs if not term.typing and term.weight > TYPE_WEIGHT]
    covered = [term.stem for term, strength in telling if strength >= COVERED]
    missing = [term for term, strength in telling if strength < COVERED and not term.name]
    return bool(covered and missing) and title.issuperset(covered)


def answering(question: Question, ranked: Sequence[Ranked], model: Model, short: str | None) -> list[Ranked]:
    """Return those of the ranked facts that answer, given that the best does; ``short`` is the best's short answer."""
    near = ranked[:MOST_FACTS]
    kin = kinships(question, near, short)
    return [near[0], *(each for each, stands in zip(near[1:], kin, strict=False) if model.also_answers(stands) >= ALSO)]


def _bare(question: Question) -> bool:
    """Tell whether a question has nothing but a speaker, dates and what is asked for: "what did Warner say", "Warner quotes"."""
    subject = set(question.subject)
    others = [mention for mention in question.mentions if not mention.actors & question.speakers]
    return not others and all(term.stem in subject or term.weight <= _LIGHT for term in question.terms)


def _by_date(ranked: Ranked) -> tuple[int, int, int]:
    """Return the place of a dated fact in time: what is sure to have begun first, of that the shortest, then the file's order."""
    date = ranked.match.document.record.fact.date
    first = date.earliest if date is not None and date.earliest is not None else 0
    last = date.latest if date is not None and date.latest is not None else _FAR
    return first, last, ranked.match.document.number


def _kind(ranked: Ranked) -> str:
    return ranked.match.document.record.fact.kind
