"""What is said where the facts do not answer: what is not known, and what is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.index import StoryIndex
from bot.answers.question import Question, Term
from bot.answers.question_words import Asked

HOW_TO_ASK = "Ask me when, where, who, why or how much something was, or what somebody said about it."
_LACKS = {
    Asked.WHEN: "when that was",
    Asked.WHERE: "where that was",
    Asked.WHO: "who that was",
    Asked.HOW_MUCH: "how much or how many that was",
    Asked.WHY: "why that was",
    Asked.YES_NO: "whether that is so",
    Asked.SAID: "what was said about that",
    Asked.WHO_SAID: "who said that",
    Asked.WHAT: "that",
    Asked.TERSE: "that",
}
_TELLING = 0.45  # weight from which a word that no fact has is worth naming
_LIGHT = 0.3  # weight up to which a word is no question
_SMALL_TALK = frozenset("help hi hello bot command commands night morning welcome bye nice cool haha test ping".split())
_LONGEST = 40  # characters of a word that is repeated


def what_is_known(question: Question, index: StoryIndex, known: Sequence[bool]) -> str:
    """Return one sentence on what is known and what is not, for a question that the facts do not answer."""
    if _asks_nothing(question, known):
        return HOW_TO_ASK
    strange = [term for term, has in zip(question.terms, known, strict=True) if not has and term.weight >= _TELLING]
    lacks = f"mentions “{_heaviest(strange)}”" if strange else f"tells {_LACKS[question.asking.type]}"
    for mention in question.mentions:
        key = min(mention.actors)
        actor = index.actors[key]
        count = sum(key in document.actors for document in index.documents)
        if count:
            role = f" ({actor.role})" if actor.role else ""
            return f"I know {_count(count)} about {actor.name}{role}, but none {lacks}."
    return f"None of the {len(index.documents)} facts that I know {lacks}."


def _asks_nothing(question: Question, known: Sequence[bool]) -> bool:
    pairs = zip(question.terms, known, strict=True)
    telling = [term for term, has in pairs if (has or term.weight > _LIGHT) and not term.typing and term.word not in _SMALL_TALK]
    return not telling and not question.mentions and not question.dates


def _heaviest(terms: Sequence[Term]) -> str:
    word = max(terms, key=lambda term: term.weight).word
    return word if len(word) <= _LONGEST else f"{word[: _LONGEST - 1]}…"


def _count(count: int) -> str:
    return "1 fact" if count == 1 else f"{count} facts"
