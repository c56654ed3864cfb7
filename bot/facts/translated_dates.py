"""Dates as other languages write them, put into the English words that the one grammar of dates reads.

In: what somebody typed as a date, and nothing else: ``3. März 2021``, ``3 de marzo``, ``3 марта``, ``2021年3月3日``, or
``gestern``. Out: a text such as ``3 March 2021`` or ``yesterday``, which `bot.english.date_expressions` reads. The language
need not be known: a name that means one month in one language and another in another is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from bot.english.calendar import MONTHS, WEEKDAYS
from bot.facts.relative_periods import period_in_english, plain, since_words
from bot.facts.relative_words import ARTICLES, RELATIVE_WORDS

# Arabic has names of its own in the Levant and in the Maghreb, German in Austria.
_LOCALES = ("ar", "ar_DZ", "ar_MA", "ar_SY", "de", "de_AT", "es", "fr", "hi", "it", "nl", "pl", "pt", "ru", "sv", "tr", "uk")
_OF = frozenset(
    "am d de del dem den der di dia el em en il im le nel o rok roku r yili yilinda г год года году р року في سنة عام يوم को"
    " में".split()
)
_FROM = frozenset("von vom da dal du desde od van от с з من".split())
_TO = frozenset("a al ate au bis do fino hasta ila tot до по الى حتى से から から부터 부터".split())
_UNTIL = frozenset("तक まで 까지".split())  # stands behind the end of a span
_FROM_IN_TURKISH = ("dan", "den", "tan", "ten")
_CJK = re.compile(r"(?:(?P<year>\d{1,4})[年년] ?)?(?P<month>\d{1,2})[月월](?: ?(?P<day>\d{1,2})[日일])?|(?P<alone>\d{1,4})[年년]")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:\.(?=\s|$|[-–—])|(?:er|o|a|-?го|-?е)\b)")
_CASE = re.compile(r"(?<=\d)['’]\w+|['’][dt][ae]n\b")  # 2021'de, Mart'tan
_SIGN = re.compile(r"\s*[〜~～]\s*")


def in_english(text: str, *, since: bool = False) -> str | None:
    """Return a date of another language in English words, None where none of its words is one that dates have there.

    ``since`` is as for `period_in_english`.
    """
    typed = plain(text)
    if (day := _relative_words().get(_without_articles(typed))) is not None:
        return day
    if (period := period_in_english(typed, _name_words(), since=since)) is not None:
        return period
    words = _CASE.sub("", _ORDINAL.sub(r"\1", _SIGN.sub(" to ", _CJK.sub(_english, typed)))).split()
    months, weekdays = _names()
    joined = not _TO.isdisjoint(words)
    read: list[str] = []
    while words:
        two, one = " ".join(words[:2]).strip(".,،"), words[0].strip(".,،")
        name = two if two in months else one
        del words[: 1 + (name is two)]
        if name in months:
            read.append(MONTHS[months[name] - 1])
        elif since and name in since_words():
            continue
        elif name in _TO:
            read.append("to")
        elif not (name in _OF or name in weekdays or name in _UNTIL or (joined and name in _FROM)):
            read.append(name)
    english = " ".join(filter(None, read))
    return english if english != text else None


def _english(match: re.Match[str]) -> str:
    """Return a date in figures with signs between them, as Chinese, Japanese and Korean have it."""
    month = int(match["month"] or 0)
    name = MONTHS[month - 1] if 1 <= month <= len(MONTHS) else match["month"]
    return f" {' '.join(filter(None, (match['day'], name, match['year'] or match['alone'])))} "


def _without_articles(typed: str) -> str:
    words = typed.split()
    while len(words) > 1 and words[0] in ARTICLES:
        del words[0]
    return " ".join(words)


@cache
def _relative_words() -> dict[str, str]:
    """Return the English words for days that are told from today, and for weekdays, by what all languages call them."""
    from babel import Locale  # imported here because most dates are English

    days = {_without_articles(plain(word)): day for day, words in RELATIVE_WORDS.items() for word in words.split("|")}
    for locale in map(Locale.parse, (*_LOCALES, "ja", "ko")):
        for context in ("format", "stand-alone"):
            for number, name in locale.days[context]["wide"].items():
                days.setdefault(_without_articles(plain(name)), tuple(WEEKDAYS)[number])
    return days


@cache
def _name_words() -> dict[str, str]:
    """Return the English names of months and weekdays by what they are called in all languages."""
    months = {name: MONTHS[number - 1] for name, number in _names()[0].items()}
    weekdays = {name: day.title() for name, day in _relative_words().items() if day.title() in WEEKDAYS}
    return months | weekdays | {day.lower(): day for day in WEEKDAYS}


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
                    months[plain(name).strip(".")].add(number)
                    for ending in _FROM_IN_TURKISH if locale.language == "tr" else ():
                        months[f"{plain(name)}{ending}"].add(number)
                weekdays.update(plain(name).strip(".") for name in locale.days[context][width].values())
    for number, name in enumerate(MONTHS, 1):  # which were put in already
        months[name.lower()].add(number)
    known = {name: min(numbers) for name, numbers in months.items() if len(numbers) == 1 and not name[0].isdigit()}
    return known, frozenset(weekdays)
