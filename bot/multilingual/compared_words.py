"""Words of a quotation in any language as they are compared: marks, case and forms of letters set aside, all else kept.

No word is taken for another that is spelt otherwise: with another letter or accent it may be another word, which only a
dictionary knows. A script without blanks between its words is compared sign by sign.

In: a text and the code of its language. Out: `Word`s, with places in the text as `bot.english.compared_words.composed` has it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from bot.english.compared_words import Word, composed

_ACCENTS = [code for code in range(0x300, 0x10000) if unicodedata.category(chr(code)).startswith("M")]
_MARKS = "".join(
    f"{chr(run[0])}-{chr(run[-1])}"
    for _, group in groupby(enumerate(_ACCENTS), lambda pair: pair[1] - pair[0])
    for run in [[code for _, code in group]]
)
"""Signs that belong to the letter before them, as the vowels of Hindi do, as ranges of a pattern."""

_UNSPACED = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
_SPACES = "\u00a0\u2009\u202f"  # that stand inside of numbers
_PART = re.compile(
    r"(?P<gap>[\[(（［]\s*(?:\.{2,}|…+)\s*[\])）］]|\.{3,}|…+)"
    r"|(?P<open>[\[［])|(?P<close>[\]］])"
    rf"|(?P<number>\d+(?:[.,:’'٫٬{_SPACES}]\d+)*)"
    r"|(?P<sign>[%％‰°٪$€£¥￥₽₹₩₺]|(?<![\w)])[-−](?=\d))"
    rf"|(?P<character>[{_UNSPACED}])"
    rf"|(?P<word>(?:[^\W\d_{_UNSPACED}]|[{_MARKS}])+(?:['’ʼ](?:[^\W\d_{_UNSPACED}]|[{_MARKS}])+)*)"
    r"|(?P<end>[.!?。！？؟।॥．]+)|(?P<pause>[,;:—–()،؛、，；：（）])"
)
_QUESTION_MARKS = "?？؟"
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'"})
# The vowel signs of Arabic and the points of Hebrew, which are written or left out, and the stroke that lengthens a word.
_VOWELS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]")
_TATWEEL = "\u0640"
_TURKISH = ("tr", "az")
_MAX_SMALL = 3  # signs of a word that most likely has little content of its own, where words are made of letters


@lru_cache(maxsize=4096)
def words_of(text: str, language: str) -> tuple[Word, ...]:
    """Cut a text in a language into words; those of a script without blanks are its signs."""
    return tuple(_cut(composed(text), language.partition("-")[0].lower()))


def _cut(text: str, language: str) -> Iterator[Word]:
    clause = sentence = 0
    inside = False
    for match in _PART.finditer(text):
        written, (start, end), kind = match.group(), match.span(), match.lastgroup
        if kind in ("open", "close"):
            inside = kind == "open"
        elif kind in ("end", "pause"):
            clause, sentence = clause + 1, sentence + (kind == "end")
        elif kind == "gap":
            yield Word("…", "…", clause, sentence, gap=True, start=start, end=end, english=False)
        else:
            compared = _number(written, language) if kind == "number" else key(written, language)
            small = _is_small(compared, kind == "character")
            if compared:
                yield Word(written, compared, clause, sentence, added=inside, start=start, end=end, english=False, light=small)


def key(word: str, language: str) -> str:
    """Return a word as it is compared: in one case and one form of its letters, without signs for vowels that may be left out."""
    plain = unicodedata.normalize("NFKC", word.translate(_APOSTROPHES))
    if language in _TURKISH:
        plain = plain.replace("İ", "i").replace("I", "ı")
    # "ß" is no other way to write "ss": Maße, Masse.
    plain = "ß".join(part.casefold() for part in plain.replace("ẞ", "ß").split("ß"))
    return unicodedata.normalize("NFC", _VOWELS.sub("", plain).replace(_TATWEEL, ""))


def _number(written: str, language: str) -> str:
    """Return a number in European figures, without the signs that part its thousands in a language."""
    figures = "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in written)
    figures = figures.replace("٬", "").replace("٫", ".")
    if written.isascii() or any(sign in figures for sign in (",", *_SPACES)):
        group = _thousands(language)
        figures = re.sub(rf"(?<=\d)(?:[{_SPACES}’']|{re.escape(group)})(?=\d{{3}}(?!\d))", "", figures)
    return figures


@lru_cache
def _thousands(language: str) -> str:
    """Return the sign that parts thousands in a language, where it is a full stop or a comma, else a blank."""
    from babel import Locale, UnknownLocaleError

    try:
        symbols = Locale.parse(language).number_symbols
    except (UnknownLocaleError, ValueError):
        return " "
    group = str(symbols.get("latn", symbols).get("group", " "))
    return group if group in (".", ",") else " "


def _is_small(compared: str, character: bool) -> bool:
    if compared[:1].isdigit() or "\uac00" <= compared[:1] <= "\ud7af":
        return False
    if character:
        return "\u3040" <= compared <= "\u30ff"
    return len(compared) <= _MAX_SMALL


def is_unspaced(text: str) -> bool:
    """Return whether a text is in a script without blanks between words."""
    return re.search(f"[{_UNSPACED}]", text) is not None


def count_words(text: str, language: str = "") -> int:
    """Return how many words a text has, about: of a script without blanks two signs count as one."""
    words = words_of(text, language)
    characters = sum(is_unspaced(word.text) for word in words)
    return len(words) - characters + (characters + 1) // 2


def question_marks(text: str) -> tuple[bool | None, ...]:
    """Return of each sentence of a text, as its words count them, whether it ends with a question mark.

    None of the last where no mark ends it.
    """
    ends = [match["end"] for match in _PART.finditer(composed(text)) if match.lastgroup == "end"]
    return (*(any(mark in end for mark in _QUESTION_MARKS) for end in ends), None)


def differ_in_vowels(one: str, other: str) -> bool:
    """Return whether two words have the same letters, and signs for other vowels at one of them: kataba, kutiba."""
    marked = [_vowels(word) for word in (one, other)]
    return len(marked[0]) == len(marked[1]) and any(
        first and second and first != second for first, second in zip(*marked, strict=True)
    )


def _vowels(word: str) -> list[frozenset[str]]:
    """Return the vowel signs at each letter of a word."""
    letters: list[set[str]] = []
    for sign in unicodedata.normalize("NFC", word).replace(_TATWEEL, ""):
        if not _VOWELS.match(sign):
            letters.append(set())
        elif letters:
            letters[-1].add(sign)
    return [frozenset(letter) for letter in letters]
