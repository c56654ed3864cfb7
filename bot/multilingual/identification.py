"""Which language a text is in: by its script, or in Latin letters by a statistical identifier.

In: a text. Out: the code of its language (ISO 639-1), None where it is not sure.
"""

from __future__ import annotations

import re
from array import array
from functools import lru_cache
from typing import Any

from bot.english.search_words import STOP_WORDS, words_of
from bot.languages import ENGLISH, LANGUAGES

SCRIPTS = {
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]"),
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "hi": re.compile(r"[\u0900-\u097f]"),
    "uk": re.compile(r"[іїєґІЇЄҐ]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "el": re.compile(r"[\u0370-\u03ff]"),
    "he": re.compile(r"[\u0590-\u05ff]"),
    "th": re.compile(r"[\u0e00-\u0e7f]"),
    "zh": re.compile(r"[\u4e00-\u9fff]"),
}
# Restricted to languages that people of a server are likely to use: among all of its 97, short texts are often mistaken.
RECOGNISED = tuple(sorted({*LANGUAGES, "it", "nl", "pl", "pt", "sv", "tr"} - SCRIPTS.keys()))
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_JUDGED = 2000  # characters by which a text is known
_MIN_LETTERS = 60  # of a text that the identifier is asked about
_FUNCTION_WORDS = 0.3  # share of English function words from which a text is English
_SURE = 0.99


def language_of_text(text: str) -> str | None:
    """Return the language of a text of some sentences; None where it is too short or not sure."""
    text = text[:_JUDGED]
    latin = len(_LATIN.findall(text))
    other = next(((language, letters) for language, letters in SCRIPTS.items() if letters.search(text)), None)
    if other is not None and sum(sign.isalpha() for sign in text) - latin > latin:
        return other[0]
    words = words_of(text)
    if words and sum(word in STOP_WORDS for word in words) >= _FUNCTION_WORDS * len(words):
        return ENGLISH
    if latin < _MIN_LETTERS:
        return None
    language, chance = max(identifier().rank(text), key=lambda pair: pair[1])
    return str(language) if chance >= _SURE else None


def is_language(code: str) -> bool:
    """Return whether a code is that of a language, perhaps with its country (de, pt-BR)."""
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True


@lru_cache(maxsize=1)
def identifier() -> Any:
    """Return what tells apart the languages that are recognised, made anew of its parts: as loaded, it holds all others too."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    whole = LanguageIdentifier.from_model_file(MODEL_FILE)
    whole.set_languages(list(RECOGNISED))
    features = array("i", whole.tk_output)  # a list of as many numbers takes nine times as much
    return LanguageIdentifier(
        whole.nb_ptc, whole.nb_pc, whole.nb_classes, whole.tk_nextmove, features, norm_probs=True, tk_row=whole.tk_row
    )
