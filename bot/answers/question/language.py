"""Which language a question is in.

Scripts tell most languages apart; those in Latin letters are told by a statistical identifier, and where it is not sure by the
words that ask. Names are the same in all languages and questions are short, so what is not surely another language is English,
unless it follows up a question in another language and is too short to tell.

In: a text as typed, with the earlier questions of its conversation. Out: the code of its language (ISO 639-1).
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from bot.answers.question.asking_words import languages_that_ask
from bot.english.search_words import STOP_WORDS, normalise, tokens
from bot.multilingual.identification import SCRIPTS, identifier

ENGLISH = "en"
# Hindi in Latin letters, which the identifier does not know: two of the first, or one beside one of the second and no English.
_HINDI = re.compile(
    r"\b(?:kya|kab|kis(?:ne|ko|ka|ki|ke)|kaun|kahan|kidhar|kyun?|kyon|kitn[aei]|hain?|tha|thi|nahin?|mein|wal[aei]|hua|hui|gayi?"
    r"|kiya|bola|bataya|kaha)\b",
    re.IGNORECASE,
)
_HINDI_TOO = frozenset({"me", "the", "us", "to", "is"})  # words of both, in these letters
_HINDI_BESIDE = re.compile(r"\b(?:ka|ki|ke|ko|ne|se|aur|bhi|kis)\b", re.IGNORECASE)
_OTHERS_TOO = frozenset(
    {"also", "am", "an", "as", "come", "do", "in", "me", "no", "on", "so", "was"}
)  # words of English and others
_MIN_WORDS = 3  # from which the identifier is asked
_MIN_ENGLISH, _MIN_LETTERS = 2, 3  # function words that are English alone, and letters of each, from which it need not be asked
# Names make the identifier guess. So it has to find English unlikely: less so where a word of the language asks, nearly
# impossible where none does ("Deutsche Bank profit 2019"); and with an English function word ("was" is one, and German) it has
# to be nearly certain of the other language.
_UNLIKELY, _IMPOSSIBLE = 0.1, 0.005
_LIKELY, _SURE = 0.4, 0.8


def language_of(text: str, after: Sequence[str] = ()) -> str:
    """Return the language of a question, English where no other one is sure.

    One that is too short to tell, such as "und warum?", has the language of those ``after`` which it is asked, oldest first.
    """
    language = _own_language(text)
    if language != ENGLISH or not after:
        return language
    earlier = language_of(after[-1], after[:-1])
    return earlier if earlier != ENGLISH and _may_be(text, earlier) else ENGLISH


def _may_be(text: str, language: str) -> bool:
    """Return whether a text is short, or asks in a language, and has no function word that is English alone."""
    words = [token.word for token in tokens(normalise(text))]
    english = [word for word in words if len(word) > 1 and word in STOP_WORDS - _OTHERS_TOO]
    return not english and (len(words) < _MIN_WORDS or language in languages_that_ask(text))


def _own_language(text: str) -> str:
    stop_words = {token.word for token in tokens(normalise(text)) if len(token.word) > 1} & STOP_WORDS
    script = next((language for language, letters in SCRIPTS.items() if letters.search(text)), None)
    if script is not None and not stop_words:
        return script
    hindi = len({match.casefold() for match in _HINDI.findall(text)})
    if hindi > 1 or (hindi and stop_words <= _HINDI_TOO and (stop_words or _HINDI_BESIDE.search(text))):
        return "hi"
    asking = languages_that_ask(text)
    if len(text.split()) < _MIN_WORDS:
        return asking[0] if asking and not stop_words and _begins(text, asking[0]) else ENGLISH
    if not asking and text.isascii() and _is_plainly_english(stop_words):
        return ENGLISH
    chances = _chances(text)
    language = max(chances, key=lambda code: chances[code])
    enough = chances[language] >= (_SURE if stop_words else _LIKELY)
    enough = enough and chances[ENGLISH] <= (_UNLIKELY if language in asking else _IMPOSSIBLE)
    return language if enough else ENGLISH


def _is_plainly_english(stop_words: Set[str]) -> bool:
    """Return whether function words leave no doubt, which spares a process that asks one question half of its time."""
    return sum(len(word) >= _MIN_LETTERS for word in stop_words - _OTHERS_TOO) >= _MIN_ENGLISH


def _begins(text: str, language: str) -> bool:
    """Return whether a text begins with a word that asks in a language, and with no name: "kim geldi", but not "Kim Jong"."""
    first = text.split()[0].strip("¿?")
    return first.islower() and language in languages_that_ask(first)


def _chances(text: str) -> dict[str, float]:
    return dict(identifier().rank(text))
