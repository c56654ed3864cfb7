"""Words of other languages than English as they are searched by: their stems, or pieces of them where words are not parted.

`bot.english.search_words` has those of English. Stems are Snowball's. Japanese, Chinese and Thai part no words, and Korean hangs
endings of all kinds on them, so these are cut into pieces of two letters, each beginning at a letter.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

import Stemmer

from bot.english.search_words import normalise
from bot.facts.models import FactRecord
from bot.languages import ENGLISH

_ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "es": "spanish",
    "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian",
    "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
_IN_PIECES = frozenset({"ja", "ko", "th", "zh"})
# Vowel signs of Hindi and of Thai are marks, which a word is written with; `\w` leaves them out.
_MARKS = "".join(sign for sign in map(chr, range(0x300, 0x1B00)) if unicodedata.category(sign).startswith("M"))
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_UNPARTED = r"々\u0e00-\u0e7f\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"  # letters of words that are not parted
_RUN = re.compile(rf"(?P<unparted>[{_UNPARTED}]+)|[^\W_{_UNPARTED}]+")
_TURKISH = str.maketrans("Iİ", "ıi")


def main_language(tag: str) -> str:
    """Return the language of a BCP 47 tag without its country and script: ``pt`` of ``pt-BR``."""
    return tag.partition("-")[0].lower()


def stemmed_words(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield each word of a text in another language than English, in lower case, with its stem.

    A word of Japanese, Chinese, Korean or Thai comes as its pieces of two letters, each of which is its own stem. A word of a
    language without a stemmer, and a number, is its own stem as well.
    """
    if language == "tr":
        text = text.translate(_TURKISH)
    for match in _WORD.finditer(normalise(text).lower()):
        if language in _IN_PIECES:
            yield from ((piece, piece) for piece in _pieces(match.group()))
        else:
            yield match.group(), _stem(match.group(), language)


def stems(text: str, language: str) -> tuple[str, ...]:
    """Return the stems of the words of a text in another language than English, in order."""
    return tuple(stem for _, stem in stemmed_words(text, language))


def searched_stems(record: FactRecord) -> str | None:
    """Return the stems by which a fact is searched, parted by blanks; None of a story in English."""
    fact, language = record.fact, main_language(record.story.language)
    if language == ENGLISH:
        return None
    names = [name for actor in record.involved for name in (actor.name, *actor.aliases)]
    date = fact.date.words(language) if fact.date is not None else ""
    texts = (fact.text, *fact.asked_as, *names, fact.context or "", fact.where or "", fact.id.replace("-", " "), date)
    return " ".join(dict.fromkeys(stem for text in texts for stem in stems(text, language)))


def _pieces(word: str) -> Iterator[str]:
    for match in _RUN.finditer(word):
        run = match.group()
        if match["unparted"] and len(run) > 1:
            yield from map("".join, pairwise(run))
        else:
            yield run


@lru_cache(maxsize=16_384)
def _stem(word: str, language: str) -> str:
    stemmer = _stemmer(language)
    return sys.intern(stemmer.stemWord(word)) if stemmer is not None and not word[0].isdigit() else word


@cache
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    return Stemmer.Stemmer(_ALGORITHMS[language]) if language in _ALGORITHMS else None
