"""What is said where no fact answers: to greetings, and what of the question is known and what is not.

In: the words of a text, or the question as read and its index. Out: a sentence, or None where there is nothing to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import starmap

from bot.answers.finding.index import StoryIndex
from bot.answers.namesakes import may_be, namesakes
from bot.answers.question.expected_answer import QuestionType
from bot.answers.question.parsing import Question
from bot.errors import HOW_TO_ASK
from bot.messages import CountedMessage, Message, joined

# What of the question no fact has, by its type: it ends "None of the 34 facts that I know …".
_LACKS = {
    QuestionType.WHEN: "tells when that was",
    QuestionType.WHERE: "tells where that was",
    QuestionType.WHO: "tells who that was",
    QuestionType.HOW_MUCH: "tells how much or how many that was",
    QuestionType.WHY: "tells why that was",
    QuestionType.YES_NO: "tells whether that is so",
    QuestionType.SAID: "tells what was said about that",
    QuestionType.WHO_SAID: "tells who said that",
    QuestionType.WHAT: "tells that",
    QuestionType.TERSE: "tells that",
}
_TELLING = 0.7  # weight from which a word that no fact has is worth naming: commoner ones have many others for them
_COUNTABLE = (), ("count",), ("money",)  # kinds of amount of which "how much or how many" is said
_LIGHT = 0.3  # weight up to which a word is no question
_SMALL_TALK = frozenset(
    "help hi hello bot command commands night morning welcome bye nice cool haha test ping tldr summary recap give".split()
)
_MAX_WORD = 40  # characters of a word that is repeated
HELLO = Message("Hello. {how_to_ask}", how_to_ask=HOW_TO_ASK)
WELCOME = "You are welcome."
ABOUT_ME = Message(
    "I answer from facts that people have checked, and cite where each one comes from. {how_to_ask}", how_to_ask=HOW_TO_ASK
)
NO_FACTS = "There are no facts to answer from."
_ADDRESSED = frozenset("all bot buddy dude everybody everyone folks footnote friend friends guys man mate mates pal team".split())
_GREETINGS = _ADDRESSED | frozenset(
    "hi hello hey hiya yo morning evening afternoon greetings good day there you u are again".split()
)
_GREET = frozenset("hi hello hey hiya yo morning evening greetings".split())
# Only what is asked of the bot itself: "how is it going" may be about the story.
_HOW_ARE_YOU = re.compile(
    rf"(?:(?:{'|'.join(sorted(_GREETINGS))}) )*"
    r"(?:(?:how (?:are|re)|howre) (?:you|ya)(?: doing| feeling)?|how do you do|how have you been|what is up|wass?up|sup)"
    r"(?: today| tonight| bot| footnote| all| everyone| everybody)*"
)
# Of the bot, and not of anybody in the story: "who is the bot" may be.
_ASKS_OF_BOT = re.compile(
    rf"(?:(?:{'|'.join(sorted(_GREETINGS))}) )*"
    r"(?:(?:what|who) (?:are|re) you|(?:what|who) is this bot|what (?:can|do) (?:you|this bot) do|how do you work"
    r"|how does this bot work|how (?:do|can) (?:i|we) (?:use|ask) (?:you|this bot)|(?:are|re) you (?:a |an )?(?:bot|human|person|"
    r"robot|machine|ai|real)|help(?: me)?)"
    r"(?: please| then| exactly| here| anyway)*"
)
_THANKS = frozenset("thanks thank thx ty cheers thankyou tysm".split())
_WITH_THANKS = (
    _THANKS
    | _ADDRESSED
    | frozenset("you u so much a lot very many for that this it the help answer again ok okay lol great nice cool bye".split())
)


def what_is_known(question: Question, index: StoryIndex, *, sure: bool, whole: bool = True) -> str | None:
    """Return one sentence on what is known and what is not, for a question that the facts do not answer.

    Unless it is ``sure`` that none answers, that is claimed only of a name that none has, and there may be nothing to say. Where
    the index is not the ``whole`` of what is asked, nothing is said of all facts.
    """
    if asks_nothing(question, index):
        return HOW_TO_ASK
    if not index.documents:
        return Message(NO_FACTS)
    if several := namesakes(question, index):
        return joined(starmap(may_be, several))
    if not whole:
        return None
    lacks = _lacks(question, index)
    sure = sure or question.stranger is not None or question.unknown is not None
    for mention in sorted(question.mentions, key=lambda mention: not mention.by_name):
        key = min(mention.actors)
        actor = index.actors[key]
        count = sum(key in document.actors for document in index.documents)
        if count:
            role = f" ({actor.role})" if actor.role else ""
            known_facts = CountedMessage(count, "{number} fact", "{number} facts")
            return Message(
                "I know {facts} about {actor}, but none {lacks}." if sure else "I know {facts} about {actor}.",
                facts=known_facts,
                actor=f"{actor.name}{role}",
                lacks=lacks,
            )
    if not sure:
        return None
    if len(index.documents) == 1:
        return Message("No fact that I know {lacks}.", lacks=lacks)
    return Message("None of the {number} facts that I know {lacks}.", number=len(index.documents), lacks=lacks)


def _lacks(question: Question, index: StoryIndex) -> str:
    """Return what no fact does: it mentions no telling word of the question, or does not tell what is asked for."""
    strange = {term.word: term.weight for term in question.terms if not index.has(term.stem) and term.weight >= _TELLING}
    if word := question.stranger or question.unknown or max(strange, key=strange.__getitem__, default=None):
        return Message("mentions “{word}”", word=word if len(word) <= _MAX_WORD else f"{word[: _MAX_WORD - 1]}…")
    asked = question.expected
    vague = asked.type is QuestionType.HOW_MUCH and asked.amounts not in _COUNTABLE
    return Message(_LACKS[QuestionType.WHAT if vague else asked.type])


def asks_nothing(question: Question, index: StoryIndex) -> bool:
    """Return whether a question has no word that says what it is about."""
    words = [term for term in question.terms if not term.typing and term.word not in _SMALL_TALK]
    telling = [term for term in words if index.has(term.stem) or term.weight > _LIGHT]
    return not telling and not question.mentions and not question.dates


def courtesy(in_order: Sequence[str]) -> str | None:
    """Return the reply to a greeting, with or without "how are you", to thanks or a question about the bot; None to others."""
    words = set(in_order)
    if words and words <= _WITH_THANKS and not words.isdisjoint(_THANKS):
        return Message(WELCOME)
    if words and words <= _GREETINGS and not words.isdisjoint(_GREET):
        return HELLO
    said = " ".join(in_order)
    if _ASKS_OF_BOT.fullmatch(said):
        return ABOUT_ME
    return HELLO if _HOW_ARE_YOU.fullmatch(said) else None
