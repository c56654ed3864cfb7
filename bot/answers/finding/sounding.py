"""How a word sounds, as far as another script keeps it: "McCain", "Маккейн" and "マケイン" have the same consonants.

A script merges what it has no signs for: l and r in Japanese, p and b in Arabic. So a name is compared as it sounds in the
script of the word that was typed: by its consonants, which have to be the same, and by the vowels between them, which may differ
a little.

In: a word in another script, or a word of a name in Latin letters. Out: how it sounds, and whether one may be the other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple

from anyascii import anyascii

_CACHED = 4_096
_MAX_SOUNDS = 32  # ways to pronounce a word of a name that are looked at
_MIN_LETTERS = 4  # of a name: a shorter one is too like other words
# By how many consonants there are, by how much the vowels may differ; of more consonants by as much as of the most.
_MOST_APART = (-1.0, -1.0, 0.0, 0.25, 0.5, 1.0)
_ABJADS = ("Arabic", "Devanagari")  # leave out vowels, or are transliterated without
_MIN_OF_ABJAD = 3  # consonants, with a vowel between them; without any, one more

_SCRIPTS = {
    "Cyrillic": re.compile(r"[\u0400-\u052f]"),
    "Greek": re.compile(r"[\u0370-\u03ff]"),
    "Japanese": re.compile(r"[\u30a1-\u30fa]"),  # katakana, in which foreign names are written
    "Korean": re.compile(r"[\uac00-\ud7a3]"),
    "Arabic": re.compile(r"[\u0620-\u06d3]"),
    "Devanagari": re.compile(r"[\u0900-\u097f]"),
}
# How letters of a name may sound, the likeliest first. S is sh, C is ch, J is the first sound of "job". There are three vowels:
# a, i (with e) and o (with u). "*" is any vowel, "~" one that a script may have put between consonants.
_LETTERS = {
    "sch": "S sk", "tch": "C", "sh": "S", "sz": "S s", "ch": "C k", "cz": "C", "ck": "k", "ph": "f", "th": "t s", "gh": "g ",
    "kh": "h k", "zh": "J", "wh": "v o", "ts": "ts s", "tz": "ts s", "qu": "kv", "x": "ks", "q": "k", "z": "s", "c": "k",
    "ce": "si s", "ci": "si", "cy": "si", "ge": "gi Ji g J", "gi": "gi Ji", "j": "J i h", "w": "v o", "y": "i", "e": "i",
    "u": "o a", "ds": "ds s", "dz": "ds s", "mc": "mak", "ai": "ai i", "ay": "ai i", "ei": "i ai", "ey": "i ai",
}  # fmt: skip
_GRAPHEME = re.compile("|".join(sorted(_LETTERS, key=len, reverse=True)) + "|[a-z]")
# The same of words as the library transliterates them, in this order.
_TYPED = {
    "Cyrillic": {"dzh": "J", "zh": "J", "kh": "h", "ch": "C", "sh": "S"},
    "Greek": {"mp": "b", "nt": "d", "gk": "g", "tz": "J", "ch": "h"},
    "Japanese": {"ts": "t", "sh": "S", "ch": "C", "j": "J", "w": "u"},
    "Korean": {"eo": "*", "eu": "~", "ae": "e", "wi": "ui", "ch": "C", "j": "J", "w": "u"},
    "Arabic": {"tsh": "C", "sh": "S", "th": "t", "dh": "d", "kh": "h", "gh": "g", "q": "k", "j": "J", "w": "u"},
    "Devanagari": {"s'": "S", "sh": "S", "j'": "z", "j": "J", "ph": "f", "ch": "C", "c": "C", "w": "v"},
}
_SINGLE = str.maketrans({"e": "i", "y": "i", "u": "o", "z": "s", "c": "k", "w": "v", "'": "", "`": ""})
_MERGED = {
    "Japanese": str.maketrans({"l": "r", "v": "b", "S": "s", "J": "s", "C": "t"}),
    "Korean": str.maketrans({"l": "r", "v": "b", "f": "p", "S": "s", "J": "s"}),
    "Arabic": str.maketrans({"p": "b", "v": "f", "g": "k", "J": "k"}),
    "Devanagari": str.maketrans({"J": "s"}),
    "Greek": str.maketrans({"S": "s", "C": "s", "J": "s"}),
}
_NEAR = {"a": ("i", "ai"), "i": ("ai",), "ai": ("a", "i"), "oi": ("o", "i")}  # as in "Taylor", "Biden"
_VOWELS = frozenset("aio*~")
_CLOSING_R = re.compile(r"[aio]+r(?![aio])")  # of which Japanese and Korean write the vowel alone
_CLOSING_M = re.compile(r"m(?=[^aio])")  # which Japanese writes with the sign for n
_CLOSED = {"g": "k", "d": "t", "b": "p", "j": "t"}  # consonants of Korean as they are spoken at the end of a syllable
_SMALL = dict(zip("ァィゥェォャュョ", "aiueoauo", strict=True))
_DEVANAGARI = str.maketrans({"ं": "न", "ै": "ा"})  # a nasal, and the vowel of "Mac"
_ARABIC = str.maketrans({"ا": "a", "أ": "a", "إ": "a", "آ": "a", "ى": "a", "ة": "a", "ع": "a", "ئ": "i", "ؤ": "u", "ء": ""})


class Sound(NamedTuple):
    """The consonants of a word, and the vowels before, between and behind them, of which there is one more."""

    consonants: str
    vowels: tuple[str, ...]


def script_of(word: str) -> str | None:
    """Return the script of a word, if words in it are compared by their sound."""
    return next((script for script, letters in _SCRIPTS.items() if letters.search(word)), None)


def alike(typed: Sound, name: Sound, script: str) -> bool:
    """Return whether a word that was typed in a script may be a word of a name, by their vowels: the consonants are the same."""
    count = len(typed.consonants)
    if script in _ABJADS and count < _MIN_OF_ABJAD + (not any(typed.vowels)):
        return False
    most = 0.0 if script in _ABJADS and count == _MIN_OF_ABJAD else _MOST_APART[min(count, len(_MOST_APART) - 1)]
    apart = sum(_apart(own, other, script) for own, other in zip(typed.vowels, name.vowels, strict=True))
    return apart <= most


def _apart(typed: str, name: str, script: str) -> float:
    """Return how different the vowels are at one place of two words, from 0 to 1."""
    if not typed and name:
        return 0.0 if script in _ABJADS else 1.0
    if name in (typed, typed.replace("~", ""), typed.replace("~", "o")):
        return 0.0
    if not name:
        return 1.0
    if "*" in typed + name and typed != "~":
        return 0.0
    return 0.25 if typed in _NEAR.get(name, ()) else 0.5


@lru_cache(maxsize=_CACHED)
def heard(word: str, script: str) -> Sound:
    """Return how a word in one of the scripts sounds."""
    match script:
        case "Japanese":
            latin = _katakana(word)
        case "Korean":
            latin = "".join(_hangul(sign) for sign in word)
        case "Arabic":
            latin = anyascii(word.translate(_ARABIC)).lower()
            latin = re.sub("^a", "*", latin)  # it carries any vowel at the beginning
        case _:
            latin = anyascii(word.translate(_DEVANAGARI)).lower()
    for letters, sound in _TYPED[script].items():
        latin = latin.replace(letters, sound)
    return _sound((latin[:1] + latin[1:].replace("h", "")).translate(_SINGLE), script)


@lru_cache(maxsize=_CACHED)
def sounds_of(name: str, script: str) -> frozenset[Sound]:
    """Return how a word of a name in Latin letters may sound in a script; nothing where it is too short, or in another one."""
    latin = anyascii(name).lower()
    if script_of(name) or len(latin) < _MIN_LETTERS or not latin.isalpha():
        return frozenset()
    if script in ("Japanese", "Korean"):
        latin = latin.replace("wh", "u").replace("w", "u")
    ways = (_ways(match, latin) for match in _GRAPHEME.finditer(latin))
    spoken = ["".join(way) for way in islice(product(*ways), _MAX_SOUNDS)]
    if script in ("Japanese", "Korean"):
        spoken = [_CLOSING_R.sub("*", letters) for letters in spoken]
    if script == "Japanese":
        spoken = [_CLOSING_M.sub("n", letters) for letters in spoken]
    return frozenset(_sound(letters, script) for letters in spoken)


def _ways(match: re.Match[str], latin: str) -> list[str]:
    letters = match.group()
    if letters == "h":
        return ["" if match.start() else "h"]
    if letters == "e" and match.end() == len(latin):
        return ["", "i"]  # "Pence", "Dante"
    return _LETTERS.get(letters, letters).split(" ")


def _sound(letters: str, script: str) -> Sound:
    consonants, vowels = "", [""]
    for letter in letters.translate(_MERGED.get(script, {})):
        if letter in _VOWELS:
            vowels[-1] += letter if letter not in vowels[-1] else ""
        elif letter != consonants[-1:] or vowels[-1]:
            consonants += letter
            vowels.append("")
    return Sound(consonants, tuple(vowels))


def _katakana(word: str) -> str:
    """Return katakana in Latin letters as it is spoken, without long vowels and doubled consonants."""
    latin = ""
    for sign in word:
        if sign in _SMALL:  # "fu" and a small "a" are "fa"
            latin = re.sub("(?<=[^aiueo])[aiueo]$", "", latin) + _SMALL[sign]
        elif sign not in "ッー":
            latin += anyascii(sign).lower()
    return re.sub(r"(?<=[^aiueo])u|(?<=[td])o|(?<=ch|sh)i$", "~", latin)


def _hangul(sign: str) -> str:
    """Return a syllable of hangul in Latin letters as it is spoken."""
    latin = re.sub(r"(?<=[aeiou])(?:ss?|ch)$", "t", anyascii(sign).lower())
    return latin if latin.endswith("ng") else latin[:-1] + _CLOSED.get(latin[-1:], latin[-1:])
