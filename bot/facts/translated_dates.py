"""Dates as other languages write them, put into the English words that the one grammar of dates reads.

In: what somebody typed as a date, and nothing else: ``3. März 2021``, ``3 de marzo``, ``3 марта``, ``2021年3月3日``, or
``gestern``. Out: a text such as ``3 March 2021`` or ``yesterday``, which `bot.english.date_expressions` reads. The language
need not be known: a name that means one month in one language and another in another is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache

from bot.english.calendar import MONTHS, WEEKDAYS
from bot.facts.relative_words import ARTICLES, RELATIVE_WORDS

# Arabic has names of its own in the Levant and in the Maghreb, German in Austria.
_LOCALES = ("ar", "ar_DZ", "ar_MA", "ar_SY", "de", "de_AT", "es", "fr", "hi", "it", "nl", "pl", "pt", "ru", "sv", "tr", "uk")
_OF = frozenset(
    "am d de del den der di el em en il im le nel rok roku r yili yilinda г год года году р року في سنة عام يوم को में".split()
)
_FROM = frozenset("von vom da dal du desde od van от с з من".split())
_TO = frozenset("a al ate au bis do fino hasta ila tot до по الى حتى से から から부터 부터".split())
_UNTIL = frozenset("तक まで 까지".split())  # stands behind the end of a span
_FOLDED = re.compile("[\u0300-\u036f\u0653-\u0655]")  # accents and hamzas, which are often left out
_CJK = re.compile(r"(?:(?P<year>\d{1,4})[年년] ?)?(?P<month>\d{1,2})[月월](?: ?(?P<day>\d{1,2})[日일])?|(?P<alone>\d{1,4})[年년]")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:\.(?=\s|$|[-–—])|(?:er|o|a|-?го|-?е)\b)")
_CASE = re.compile(r"(?<=\d)['’]\w+|['’][dt][ae]n\b")  # 2021'de, Mart'tan
_SIGN = re.compile(r"\s*[〜~～]\s*")


def in_english(text: str) -> str | None:
    """Return a date of another language in English words, None where none of its words is one that dates have there."""
    plain = _plain(text)
    if (day := _relative_words().get(_without_articles(plain))) is not None:
        return day
    words = _CASE.sub("", _ORDINAL.sub(r"\1", _SIGN.sub(" to ", _CJK.sub(_english, plain)))).split()
    months, weekdays = _names()
    joined = not _TO.isdisjoint(words)
    read: list[str] = []
    while words:
        two, one = " ".join(words[:2]).strip(".,،"), words[0].strip(".,،")
        name = two if two in months else one
        del words[: 1 + (name is two)]
        if name in months:
            read.append(MONTHS[months[name] - 1])
        elif name in _TO:
            read.append("to")
        elif not (name in _OF or name in weekdays or name in _UNTIL or (joined and name in _FROM)):
            read.append(name)
    english = " ".join(filter(None, read))
    return english if english != text else None


def _plain(text: str) -> str:
    """Return a text in lower case, without accents, its figures the European ones."""
    figures = (str(unicodedata.digit(sign, sign)) for sign in unicodedata.normalize("NFKC", text))
    return unicodedata.normalize("NFC", _FOLDED.sub("", unicodedata.normalize("NFD", "".join(figures).lower())))


def _english(match: re.Match[str]) -> str:
    """Return a date in figures with signs between them, as Chinese, Japanese and Korean have it."""
    month = int(match["month"] or 0)
    name = MONTHS[month - 1] if 1 <= month <= len(MONTHS) else match["month"]
    return f" {' '.join(filter(None, (match['day'], name, match['year'] or match['alone'])))} "


def _without_articles(plain: str) -> str:
    words = plain.replace("’", "'").split()
    while len(words) > 1 and words[0] in ARTICLES:
        del words[0]
    return " ".join(words)


@cache
def _relative_words() -> dict[str, str]:
    """Return the English words for days that are told from today, and for weekdays, by what all languages call them."""
    from babel import Locale  # imported here because most dates are English

    days = {_without_articles(_plain(word)): day for day, words in RELATIVE_WORDS.items() for word in words.split("|")}
    for locale in map(Locale.parse, (*_LOCALES, "ja", "ko")):
        for context in ("format", "stand-alone"):
            for number, name in locale.days[context]["wide"].items():
                days.setdefault(_without_articles(_plain(name)), tuple(WEEKDAYS)[number])
    return days


@cache
def _names() -> tuple[dict[str, int], frozenset[str]]:
    """Return the months by what they are called and shortened to in all languages, and what weekdays are."""
    from babel import Locale  # imported here because most dates are English

    months: dict[str, set[int]] = defaultdict(set)
    weekdays: set[str] = set()
    for locale in map(Locale.parse, _LOCALES):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[context][width].items():
                    months[_plain(name).strip(".")].add(number)
                weekdays.update(_plain(name).strip(".") for name in locale.days[context][width].values())
    for number, name in enumerate(MONTHS, 1):  # which were put in already
        months[name.lower()].add(number)
    known = {name: min(numbers) for name, numbers in months.items() if len(numbers) == 1 and not name[0].isdigit()}
    return known, frozenset(weekdays)
