"""What is said where the facts do not answer: what is not known, and what is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.finding.index import StoryIndex
from bot.answers.question.parsing import Question, Term
from bot.answers.question.question_words import Asked
from bot.english.lexicon import Lexicon
from bot.presentation.languages import say, say_number

HOW_TO_ASK = "Ask me when, where, who, why or how much something was, or what somebody said about it."
_LACKS = {
    Asked.WHEN: "tells when that was",
    Asked.WHERE: "tells where that was",
    Asked.WHO: "tells who that was",
    Asked.HOW_MUCH: "tells how much or how many that was",
    Asked.WHY: "tells why that was",
    Asked.YES_NO: "tells whether that is so",
    Asked.SAID: "tells what was said about that",
    Asked.WHO_SAID: "tells who said that",
    Asked.WHAT: "tells that",
    Asked.TERSE: "tells that",
}
_TELLING = 0.45  # weight from which a word that no fact has is worth naming
_LIGHT = 0.3  # weight up to which a word is no question
_SAME = 0.7  # strength from which a related word is the same in another form
_SMALL_TALK = frozenset("help hi hello bot command commands night morning welcome bye nice cool haha test ping".split())
_LONGEST = 40  # characters of a word that is repeated


def what_is_known(question: Question, index: StoryIndex, lexicon: Lexicon, *, sure: bool) -> str | None:
    """Return one sentence on what is known and what is not, for a question that the facts do not answer.

    Unless that is ``sure``, it does not say that no fact tells it, and there may be nothing to say.
    """
    if asks_nothing(question, index, lexicon):
        return say(HOW_TO_ASK)
    known = [_is_known(term, index, lexicon) for term in question.terms]
    strange = [term for term, has in zip(question.terms, known, strict=True) if not has and term.weight >= _TELLING]
    lacks = say("mentions “{word}”").format(word=_heaviest(strange)) if strange else say(_LACKS[question.asking.type])
    for mention in question.mentions:
        key = min(mention.actors)
        actor = index.actors[key]
        count = sum(key in document.actors for document in index.documents)
        if count:
            role = f" ({actor.role})" if actor.role else ""
            known_facts = say_number(count, "{number} fact", "{number} facts")
            said = say("I know {facts} about {actor}, but none {lacks}.") if sure else say("I know {facts} about {actor}.")
            return said.format(facts=known_facts, actor=f"{actor.name}{role}", lacks=lacks)
    if not sure:
        return None
    return say("None of the {number} facts that I know {lacks}.").format(number=len(index.documents), lacks=lacks)


def _is_known(term: Term, index: StoryIndex, lexicon: Lexicon) -> bool:
    """Tell whether any fact has a word, or one made of it: who asks what was decided is told of the decision."""
    made = (related.stem for related in lexicon.related(term.word) if related.strength >= _SAME)
    return index.has(term.stem) or any(map(index.has, made))


def asks_nothing(question: Question, index: StoryIndex, lexicon: Lexicon) -> bool:
    """Tell whether a question has no word that tells what it is about."""
    known = [_is_known(term, index, lexicon) for term in question.terms]
    pairs = zip(question.terms, known, strict=True)
    telling = [term for term, has in pairs if (has or term.weight > _LIGHT) and not term.typing and term.word not in _SMALL_TALK]
    return not telling and not question.mentions and not question.dates


def _heaviest(terms: Sequence[Term]) -> str:
    word = max(terms, key=lambda term: term.weight).word
    return word if len(word) <= _LONGEST else f"{word[: _LONGEST - 1]}…"
