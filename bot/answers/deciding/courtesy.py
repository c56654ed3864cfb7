"""What is said to what is no English question: a greeting, thanks, a question in another language.

In: a text as typed. Out: a sentence, None where it is to be answered from the facts. Whether a text is in another language is
asked only where the facts do not answer it, for names are the same in all languages.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from bot.english.search_words import normalise, tokens
from bot.presentation.languages import say, speaking

HELLO = "Hello. Ask me when, where, who, why or how much something was, or what somebody said about it."
WELCOME = "You are welcome."
ENGLISH_ALONE = "I read questions in English alone, and answer from facts that are written in English."

_GREETINGS = frozenset(
    "hi hello hey hiya yo morning evening afternoon greetings good day there all everyone everybody bot footnote".split()
)
_GREET = frozenset("hi hello hey hiya yo morning evening greetings".split())
_THANKS = frozenset("thanks thank thx ty cheers thankyou tysm".split())
_WITH_THANKS = _THANKS | frozenset(
    "you u so much a lot very many for that this it the help answer again ok okay lol great nice cool bot footnote".split()
)
_LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru", "sv", "tr", "uk")
_SPOKEN = frozenset({"de", "es", "fr"})  # other languages of the interface
_FEWEST = 3  # words of which the language can be told
_SURE = 0.99


def courtesy(text: str) -> str | None:
    """Return what is said to a greeting or to thanks."""
    words = {token.word for token in tokens(normalise(text))}
    if words and words <= _WITH_THANKS and not words.isdisjoint(_THANKS):
        return say(WELCOME)
    if words and words <= _GREETINGS and not words.isdisjoint(_GREET):
        return say(HELLO)
    return None


def other_language(text: str) -> str | None:
    """Return that questions are read in English alone, in the language of the text where the interface has it."""
    if len(text.split()) < _FEWEST:
        return None
    language, chance = _identifier().classify(text)
    if language == "en" or chance < _SURE:
        return None
    if language not in _SPOKEN:
        return ENGLISH_ALONE
    with speaking(language):
        return say(ENGLISH_ALONE)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    found = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    found.set_languages(list(_LANGUAGES))
    return found
