"""Days of the week in a text in another language than English: "am Freitag", "el lunes pasado", "в пятницу", 先週の金曜日.

Their names are those of CLDR (Babel). A weekday counts where the words around it make it a day on which something happens, not
one from, until or for which it does, nor every one of its name. In: a sentence and its language. Out: the weekday, and whether it
is the last one, one to come, or one of which the tense of its clause tells whether it has been.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bot.multilingual.tenses import UNSPACED, clause_around, is_past

Step = Literal["last", "last week", "past", "next"]
"""Which of its name a weekday is: the last before a day, that of the week before, the last until then, or the next."""

# What stands around the name of a weekday: the last one, the next one, a day on which something happens. The first pattern
# that fits counts; DAY is the name. Where "next Friday" may be that of this week or of the next, no pattern has it.
_AM = r"(?:abend|nacht|morgen|vormittag|mittag|nachmittag|früh)?"
_FORMS: dict[str, tuple[tuple[Step, str], ...]] = {
    "de": (
        ("last", rf"(?:(?:am|vom) )?(?:letzten|vergangenen|vorigen) DAY{_AM}"),
        ("next", rf"(?:am )?kommenden DAY{_AM}"),
        ("past", rf"am DAY{_AM}"),
    ),
    "nl": (
        ("last", "(?:afgelopen|voorbije) DAY"),
        ("next", "komende DAY"),
        ("past", "(?:op )?DAY(?:avond|ochtend|middag|nacht)?"),
    ),
    "es": (
        ("last", "el (?:pasado|último) DAY|el DAY pasado"),
        ("next", "el próximo DAY|el DAY próximo"),
        ("past", "(?:el|este) DAY"),
    ),
    "fr": (("last", "DAY dernier"), ("past", "(?:ce )?DAY(?: (?:matin|soir|après-midi))?")),
    "it": (
        ("last", "(?:lo scorso|la scorsa) DAY|DAY scors[oa]"),
        ("past", "(?:questo )?DAY(?: (?:mattina|sera|pomeriggio|notte))?"),
    ),
    "pt": (
        ("last", "n[ao] (?:últim[ao]|passad[ao]) DAY|n[ao] DAY passad[ao]"),
        ("next", "n[ao] próxim[ao] DAY"),
        ("past", "(?:n[ao]|nest[ae]) DAY"),
    ),
    "pl": (
        ("last", "we? (?:ubiegł|zeszł|minion|ostatni)(?:y|ą)? DAY"),
        ("next", "we? najbliższ(?:y|ą) DAY"),
        ("past", "we? DAY"),
    ),
    "ru": (
        ("last", "во? (?:прошл|минувш)(?:ый|ий|ую|ое|ее) DAY"),
        ("next", "во? ближайш(?:ий|ую|ее) DAY"),
        ("past", "во? DAY"),
    ),
    "tr": (("last", "geçen DAY(?: günü)?"), ("next", "önümüzdeki DAY(?: günü)?"), ("past", "DAY (?:günü|akşamı|sabahı|gecesi)")),
    "ar": (
        ("last", "(?:يوم |مساء |صباح )?DAY (?:الماضية?|المنصرمة?|الفائتة?)"),
        ("next", "(?:يوم |مساء |صباح )?DAY (?:المقبلة?|القادمة?)"),
        ("past", "(?:يوم |مساء |صباح )?DAY"),
    ),
    "hi": (
        ("last", "(?:पिछले|बीते|गत) DAY"),
        ("next", "(?:अगले|आगामी) DAY"),
        ("past", "DAY (?:को|की सुबह|की शाम|की रात|सुबह|शाम|रात)"),
    ),
    "ja": (("last week", "先週の?DAY日?"), ("past", "(?:今週の?)?DAY日?(?=[に、夜朝午未])")),
    "ko": (
        ("last week", "지난주 DAY"),
        ("last", "지난 DAY"),
        ("next", "오는 DAY"),
        ("past", "(?:이번 주 )?DAY(?=에| 오전| 오후| 밤| 저녁|,)"),
    ),
}
# Not on a day but from, until, for or on each of its name, or a piece of another day's name.
_NOT_BEFORE = {
    "de": r"(?:bis|seit|ab|jeden|vor|nach|oder|und|immer|der|die|das|den|dem|des|eine?[rsnm]?)",
    "nl": r"(?:tot|sinds|vanaf|elke|iedere|voor|na|en|of|de|een|van)",
    "es": r"(?:desde|hasta|para|todos|cada|antes del|después del|[yeo])",
    "fr": r"(?:le|les|un|chaque|tous les|jusqu['’]à|dès|depuis|avant|après|pour|à|au|de|du|et|ou|d['’]ici|entre)",
    "it": r"(?:il|un|ogni|entro|fino a|da|dal|per|prima di|dopo|di|a|al|tra|e|o|del)",
    "pt": r"(?:desde|até|toda|todo|cada|para|e|ou)",
    "pl": r"(?:każd\w+|i|lub)",
    "ru": r"(?:кажд\w+|и|или)",
    "tr": r"(?:her|ve|veya)",
    "ar": r"(?:كل|منذ|حتى|قبل|بعد|من|إلى|و)",
    "hi": r"(?:हर|प्रत्येक|और|या)",
    "ja": r"(?:毎週|毎|から|来週の?|第.)",
    "ko": r"(?:매주|다음 ?주|매)",
}
# A date of its own follows, a feast, or the week that is meant.
_NOT_BEHIND = re.compile(
    r"[\s,(（]*(?:(?:dem|den|día|dia|dnia)\s+)?\d"
    r"|\s+(?:santo|santa|saint|negro|noir|nero|grasso|gras)\b"
    r"|\s*[-–—~〜]\s*"
    r"|から|まで|以降|부터|까지|\s*(?:से|तक)\b|\s*(?:итог|недел)",
    re.IGNORECASE,
)
# Another day follows; words of one language are others in the next, such as "o" in Spanish and Portuguese.
_OR = {
    "de": "und|oder",
    "nl": "en|of",
    "es": "y|e|o",
    "fr": "et|ou",
    "it": "e|o",
    "pt": "e|ou",
    "pl": "i|lub|oraz",
    "ru": "и|или",
}
_OR |= {"tr": "ve|veya", "hi": "और|या"}
_WEEK = re.compile(r"woche|semana|semaine|settimana|tygod|\bнедел|\bhafta|\bweek|أسبوع|हफ़?्ते|सप्ताह", re.IGNORECASE)
_ACCUSATIVE = {"pl": ("a", "ę"), "ru": ("а", "у")}
"""Last letters of the names of weekdays, and those with which they stand in a date."""
_OTHER_NAMES = {"de": {"Sonnabend": 5}, "hi": {"बृहस्पतिवार": 3, "इतवार": 6}, "ar": {"الإثنين": 0}}
"""Names of weekdays that CLDR has not, by number from Monday, 0."""


@dataclass(frozen=True, slots=True)
class RelativeWeekday:
    """A day of the week as a text tells it, from ``start`` to ``end``: its number from Monday, 0, and which of its name it is."""

    start: int
    end: int
    weekday: int
    step: Step


def weekdays_in(text: str, language: str) -> Iterator[RelativeWeekday]:
    """Yield the weekdays of a text of which it is certain which ones of their name they are."""
    code = language.partition("-")[0].lower()
    if code not in _FORMS:
        return
    text = unicodedata.normalize("NFC", text)
    not_before = re.compile(
        rf"(?:^|[\W_]){_NOT_BEFORE[code]}\s*$" if code not in UNSPACED else rf"{_NOT_BEFORE[code]}\s*$", re.IGNORECASE
    )
    joined = re.compile(rf"\s+(?:{_OR[code]})\s" if code in _OR else r"(?!)", re.IGNORECASE)
    read = 0
    for match in _pattern(code).finditer(text):
        before = text[: match.start()]
        if match.start() < read or not_before.search(before) or _NOT_BEHIND.match(text, match.end()):
            continue
        if joined.match(text, match.end()):
            continue
        step = next(step for index, (step, _) in enumerate(_FORMS[code]) if match[f"form{index}"])
        number = next(
            _names(code)[value.casefold()] for name, value in match.groupdict().items() if name.startswith("day") and value
        )
        clause = clause_around(text, match.start(), match.end(), code)
        if _WEEK.search(clause) and code not in UNSPACED:
            continue
        if step != "past" or is_past(clause, match.group(), code):
            yield RelativeWeekday(*match.span(), number, step)
            read = match.end()


@lru_cache
def _pattern(code: str) -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_names(code), key=len, reverse=True)))
    forms = "|".join(f"(?P<form{index}>{_with_names(pattern, index, names)})" for index, (_, pattern) in enumerate(_FORMS[code]))
    return re.compile(forms if code in UNSPACED else rf"(?<![\w-])(?:{forms})(?![\w-])", re.IGNORECASE)


def _with_names(pattern: str, index: int, names: str) -> str:
    """Return a pattern with the names of weekdays where it says DAY; it may say so in several alternatives."""
    parts = pattern.split("DAY")
    return "".join(part if place == 0 else f"(?P<day{index}x{place}>{names}){part}" for place, part in enumerate(parts))


@lru_cache
def _names(code: str) -> dict[str, int]:
    """Return the numbers of weekdays, from Monday, 0, by their names as they stand in a date."""
    from babel import Locale

    wide = Locale.parse(code).days["format"]["wide"]
    names = {name: number for number, name in wide.items()} | _OTHER_NAMES.get(code, {})
    if code == "ja":
        names = {name.removesuffix("日"): number for name, number in names.items()}
    last, accusative = _ACCUSATIVE.get(code, ("", ""))
    return {
        unicodedata.normalize("NFC", f"{name[:-1]}{accusative}" if last and name.endswith(last) else name).casefold(): number
        for name, number in names.items()
    }
