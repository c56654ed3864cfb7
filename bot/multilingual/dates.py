"""Dates in other languages than English: with the name of a month, by the calendar data of CLDR (Babel), or told from a day.

In: a sentence and its language. Out: what each date says, which is no date yet: a year may be missing, or all but "yesterday".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_LIMITS_BEFORE = {
    "de": "seit|seit dem|bis|bis zum|bis zu|vor dem|nach dem|ab|ab dem|vom|zwischen dem",
    "es": "desde|desde el|hasta|hasta el|antes del|después del|a partir del|entre el|del",
    "fr": "depuis|depuis le|jusqu'au|jusqu’au|avant le|après le|dès le|à partir du|entre le|du",
    "it": "dal|fino al|entro il|prima del|dopo il|tra il|a partire dal",
    "pt": "desde|até|antes de|depois de|após|a partir de|entre",
    "nl": "sinds|tot|voor|na|vanaf|tussen",
    "pl": "od|do|po|przed|między",
    "ru": "с|со|до|после|перед|к|по|между",
    "ar": "منذ|حتى|قبل|بعد|من|بين",
}
_LIMITS_BEHIND = {
    "tr": r"['’]?(?:[dt][ea]n|[yn]?[ea])\b|['’]?\w*\s+(?:kadar|beri|önce|sonra)",
    "ja": "から|まで|以降|以来|以前|より前|の前|の後",
    "ko": r"부터|까지|이후|이전|\s*전|\s*후",
    "hi": r"\s*(?:से|तक|के बाद|के पहले)",
}
_CHARACTERS = {
    "ja": r"(?<!\d)(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?",
    "zh": r"(?<!\d)(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?",
    "ko": r"(?<!\d)(?:(?P<year>\d{4})년\s*)?(?P<month>\d{1,2})월(?:\s*(?P<day>\d{1,2})일)?",
}
# Days told from that of publication, where a word says nothing else: "today" may be nowadays, and "ayer" but yesterday.
_NEAR_DAYS = {
    "de": {"vorgestern": -2, "gestern": -1},
    "es": {"anteayer": -2, "ayer": -1},
    "fr": {"avant-hier": -2, "hier": -1},
    "it": {"l'altro ieri": -2, "ieri": -1},
    "pt": {"anteontem": -2, "ontem": -1},
    "nl": {"eergisteren": -2, "gisteren": -1},
    "pl": {"przedwczoraj": -2, "wczoraj": -1},
    "ru": {"позавчера": -2, "вчера": -1},
    "tr": {"önceki gün": -2, "dün": -1},
    "ar": {"أول أمس": -2, "أمس": -1},
    "ja": {"一昨日": -2, "おととい": -2, "昨日": -1, "きのう": -1},
    "ko": {"그저께": -2, "어제": -1},
}
# A day alone, which in these languages' news is the nearest of its number: 9日.
_DAY_ALONE = {
    "ja": r"(?<![\d月第])(?P<day>\d{1,2})日(?![間目前後])",
    "ko": r"(?<![\d월])(?<!월 )(?P<day>\d{1,2})일(?! ?[전후뒤])(?=[\s,.(]|에|부터|까지|은|의)",
}
_UNSPACED = frozenset({"ja", "ko", "zh"})
_SPAN = re.compile(r"\d\.?º?\s*(?:bis(?: zum)?|und|y|al?|et|au|e|i|do|и|по|ve|और|से|[-–—〜~])\s*$")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as a text writes it, from ``start`` to ``end``; ``limits``: it only limits a time, as in "seit dem 3. März"."""

    start: int
    end: int
    year: int | None
    month: int
    day: int | None
    limits: bool = False


@dataclass(frozen=True, slots=True)
class RelativeDay:
    """A day that a text tells from that of its publication: ``near`` in days from it, or the ``day`` of a month near it."""

    start: int
    end: int
    near: int | None
    day: int | None
    limits: bool


def relative_days_in(text: str, language: str) -> Iterator[RelativeDay]:
    """Yield the days of a text that are told from its publication: "gestern", "вчера", 昨日, 9日."""
    code = language.partition("-")[0].lower()
    words = _NEAR_DAYS.get(code, {})
    if words:
        edges = ("", "") if code in _UNSPACED else (r"(?<![\w-])", r"(?![\w-])")
        for match in re.finditer(f"{edges[0]}(?:{'|'.join(words)}){edges[1]}", text, re.IGNORECASE):
            yield RelativeDay(*match.span(), words[match.group().lower()], None, is_limit(text, *match.span(), code))
    if code in _DAY_ALONE:
        for match in re.finditer(_DAY_ALONE[code], text):
            if not _SPAN.search(text[: match.start()]):
                yield RelativeDay(*match.span(), None, int(match["day"]), is_limit(text, *match.span(), code))


def dates_in(text: str, language: str) -> Iterator[WrittenDate]:
    """Yield the dates of a text with a day or a year beside the month; those that end a span of days are left out."""
    code = language.partition("-")[0].lower()
    pattern = _pattern(code)
    if pattern is None:
        return
    for match in pattern.finditer(text):
        groups = {name: int(value) for name, value in match.groupdict().items() if value and name in ("year", "day")}
        month = int(match["month"]) if match["month"].isdigit() else _months(code)[_plain(match["month"])]
        if not groups or not 1 <= month <= 12 or _SPAN.search(text[: match.start()]):
            continue
        limits = is_limit(text, *match.span(), code)
        yield WrittenDate(match.start(), match.end(), groups.get("year"), month, groups.get("day"), limits)


def is_limit(text: str, start: int, end: int, language: str) -> bool:
    """Return whether a date of a text only limits a time."""
    code = language.partition("-")[0].lower()
    before, behind = _LIMITS_BEFORE.get(code), _LIMITS_BEHIND.get(code)
    if before is not None and re.search(rf"(?<![^\W_])(?:{before})\s+$", text[:start], re.IGNORECASE):
        return True
    return behind is not None and re.match(behind, text[end:]) is not None


@lru_cache
def _pattern(language: str) -> re.Pattern[str] | None:
    """Return the pattern of a date in a language; None where its months are not known."""
    if language in _CHARACTERS:
        return re.compile(_CHARACTERS[language])
    names = sorted(_months(language), key=len, reverse=True)
    if not names or language == "en":
        return None
    month = "|".join(re.escape(name).replace("\u093c", "\u093c?") for name in names)
    return re.compile(
        rf"(?<![\w.,])(?:(?P<day>\d{{1,2}})(?:\.|er|º|ª|°|-го|-е)?\s+(?:de\s+|d['’])?)?(?P<month>{month})(?![^\W_])"
        rf"(?:\s+(?:de\s+|del\s+)?(?P<year>\d{{4}})(?!\d))?",
        re.IGNORECASE,
    )


@lru_cache
def _months(language: str) -> dict[str, int]:
    """Return the numbers of months by their names in a language, also as they stand in a date."""
    from babel import Locale, UnknownLocaleError

    try:
        months = Locale.parse(language).months
    except (UnknownLocaleError, ValueError):
        return {}
    names = [(name, number) for form in ("format", "stand-alone") for number, name in months[form]["wide"].items()]
    return {_plain(name): number for name, number in names if not any(map(str.isdigit, name))}


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
