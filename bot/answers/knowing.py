"""What is said where the facts do not answer: what is not known, and what is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.index import StoryIndex
from bot.answers.question import Question
from bot.answers.question_words import Asked

_LACKS = {
    Asked.WHEN: "when that was",
    Asked.WHERE: "where that was",
    Asked.WHO: "who that was",
    Asked.HOW_MUCH: "how much or how many that was",
    Asked.WHY: "why that was",
    Asked.YES_NO: "whether that is so",
    Asked.WHO_SAID: "who said that",
    Asked.WHAT: "that",
    Asked.TERSE: "that",
}
_TELLING = 0.45  # weight from which a word that no fact has is worth naming


def what_is_known(question: Question, index: StoryIndex, known: Sequence[bool]) -> str:
    """Return one sentence on what is known and what is not, for a question that the facts do not answer."""
    lacks = _lacking(question)
    strange = [term for term, has in zip(question.terms, known, strict=True) if not has and term.weight >= _TELLING]
    named = [(index.actors[key].name, key) for mention in question.mentions for key in sorted(mention.actors)]
    if named:
        name, key = named[0]
        count = sum(key in document.actors for document in index.documents)
        if strange:
            return f"{_count(count)} about {name}, but none mentions “{max(strange, key=lambda term: term.weight).word}”."
        return f"{_count(count)} about {name}, but none tells {lacks}."
    if strange:
        return (
            f"None of the {len(index.documents)} facts that I know mentions “{max(strange, key=lambda term: term.weight).word}”."
        )
    return f"None of the {len(index.documents)} facts that I know tells {lacks}."


def _lacking(question: Question) -> str:
    if question.asking.type is Asked.SAID:
        return "what was said about that"
    return _LACKS[question.asking.type]


def _count(count: int) -> str:
    return "I know nothing" if count == 0 else "I know 1 fact" if count == 1 else f"I know {count} facts"
