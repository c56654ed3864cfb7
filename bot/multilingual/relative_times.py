"""Times that another language than English tells by steps from a day: "vor drei Tagen", 翌日, "la semana pasada", بعد يومين.

The nouns of units, in all their numbers and cases, are those with which CLDR (Babel) writes durations. A time counts where the
words around it leave no doubt from which day it is told: "üç gün önce" is three days ago, "seçimden üç gün önce" three days
before an election. In: a sentence and its language. Out: what each says, as the same words in English are read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from typing import Literal

from bot.english.date_expressions import DateExpression
from bot.multilingual.tenses import UNSPACED, clause_around, is_past

Unit = Literal["day", "week", "month", "year"]
Step = Literal["ago", "later", "before"]
"""From which day a time is told: back from the publication, or on or back from the day that was told before."""

_UNITS: dict[Unit, int] = {"day": 1, "week": 7, "month": 31, "year": 366}
"""Days that are at least one of a unit and less than two, by which Babel writes so many of it."""

# Numbers from one, as they stand before the noun that is counted.
_NUMBERS = {
    "de": "eine[mrn]?|ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "nl": "een|één twee drie vier vijf zes zeven acht negen tien",
    "es": "una? dos tres cuatro cinco seis siete ocho nueve diez",
    "fr": "une? deux trois quatre cinq six sept huit neuf dix",
    "it": "un[ao]? due tre quattro cinque sei sette otto nove dieci",
    "pt": "uma? dois|duas três quatro cinco seis sete oito nove dez",
    "pl": "jeden|jedną dwa|dwie trzy cztery pięć sześć siedem osiem dziewięć dziesięć",
    "ru": "один|одну два|две три четыре пять шесть семь восемь девять десять",
    "tr": "bir iki üç dört beş altı yedi sekiz dokuz on",
    "ar": "واحد اثنين ثلاثة? أربعة? خمسة? ستة? سبعة? ثماني(?:ة)? تسعة? عشرة?",
    "hi": "एक दो तीन चार पाँच|पांच छह|छः सात आठ नौ दस",
    "ja": "一 二 三 四 五 六 七 八 九 十",
    "ko": "한 두 세 네 다섯 여섯 일곱 여덟 아홉 열",
}
_MORE_NOUNS: dict[str, dict[Unit, str]] = {
    "hi": {"week": "हफ़्ते|हफ्ते|हफ़्ता|हफ्ता", "month": "महीने|महीना", "year": "साल"},
    "ja": {"month": "ヶ月|カ月|ヵ月"},
    "ko": {"week": "주일", "month": "달"},
    "ar": {"month": "شهور", "year": "عام|أعوام|عاما"},
}
# A noun that says by itself how many; in Polish and Russian that is the one of CLDR for one.
_AMOUNTS: dict[str, dict[Unit, tuple[str, ...]]] = {
    "ko": {
        "day": ("하루", "이틀", "사흘", "나흘", "닷새", "엿새", "이레", "여드레", "아흐레", "열흘"),
        "week": ("일주일",),
    },
    "ar": {"year": ("", "عامين")},
}
_ONE_ALONE = frozenset({"pl", "ru"})
_ENDS = r"(?=\s*(?:[,.;:!?،。]|$))"
_FORMS: dict[str, tuple[tuple[Step, str], ...]] = {
    "de": (
        ("ago", "vor AMOUNT"),
        ("later", "AMOUNT (?:später|darauf|danach)"),
        ("later", "am (?:nächsten|folgenden|darauffolgenden) Tag(?:e)?|am Tag(?:e)? (?:darauf|danach)|tags darauf"),
        ("before", "AMOUNT (?:zuvor|vorher)"),
        ("before", "am Vortag|am Tag(?:e)? (?:zuvor|davor)|tags zuvor"),
    ),
    "nl": (
        ("ago", "AMOUNT geleden"),
        ("later", "AMOUNT later|de volgende dag|een dag later|de dag erna"),
        ("before", f"AMOUNT eerder|de dag ervoor{_ENDS}"),
    ),
    "es": (
        ("ago", "hace AMOUNT"),
        ("later", "AMOUNT (?:después|más tarde)|al día siguiente|al otro día"),
        ("before", "AMOUNT antes|el día anterior"),
    ),
    "fr": (
        ("ago", "il y a AMOUNT"),
        ("later", f"AMOUNT plus tard|AMOUNT après{_ENDS}|le lendemain|le jour suivant"),
        ("before", f"AMOUNT (?:plus tôt|auparavant)|AMOUNT avant{_ENDS}|la veille"),
    ),
    "it": (
        ("ago", "AMOUNT fa"),
        ("later", f"AMOUNT più tardi|(?:AMOUNT|il giorno) dopo{_ENDS}|il giorno (?:seguente|successivo)|l['’]indomani"),
        ("before", f"(?:AMOUNT|il giorno) prima{_ENDS}|il giorno precedente"),
    ),
    "pt": (
        ("ago", "há AMOUNT(?: atrás)?|AMOUNT atrás"),
        ("later", "AMOUNT (?:depois|mais tarde)|no dia seguinte"),
        ("before", "AMOUNT antes|no dia anterior"),
    ),
    "pl": (
        ("ago", "AMOUNT temu"),
        ("later", "AMOUNT później|następnego dnia|nazajutrz|dzień później"),
        ("before", "AMOUNT wcześniej|poprzedniego dnia|dzień wcześniej"),
    ),
    "ru": (
        ("ago", "AMOUNT (?:тому )?назад"),
        ("later", "через AMOUNT|AMOUNT спустя|спустя AMOUNT|на следующий день"),
        ("before", "за AMOUNT до (?:этого|того)(?!,? как)"),
    ),
    "tr": (("ago", "AMOUNT önce"), ("later", "AMOUNT sonra|(?:bir )?(?:ertesi|sonraki) gün")),
    "ar": (
        ("ago", "قبل AMOUNT"),
        ("later", "و?بعد AMOUNT|و?في اليوم التالي"),
        ("before", "و?في اليوم السابق"),
    ),
    "hi": (("ago", "AMOUNT (?:पहले|पूर्व)"), ("later", "AMOUNT बाद|अगले दिन")),
    "ja": (("ago", "AMOUNT前"), ("later", "AMOUNT後|翌日|次の日"), ("before", "前日(?!比)|前の日")),
    "ko": (("ago", "AMOUNT ?전"), ("later", "AMOUNT ?(?:뒤|후)|다음 ?날|이튿날"), ("before", "전날")),
}
# The week, the month, the year before that of the publication; "the last week of May" is none.
_LAST = {
    "de": "(?:in der )?(?:letzte|vergangene|vorige)n? (?P<week>Woche)"
    "|(?:im )?(?:letzten|vergangenen|vorigen) (?P<month>Monat)"
    "|(?:im (?:letzten|vergangenen|vorigen)|letztes|voriges) (?P<year>Jahr)",
    "nl": "(?:vorige|afgelopen) (?P<week>week)|vorige (?P<month>maand)|vorig (?P<year>jaar)",
    "es": "la (?P<week>semana) pasada|la pasada (?P<week2>semana)|el (?P<month>mes) pasado|el pasado (?P<month2>mes)"
    "|el (?P<year>año) pasado|el pasado (?P<year2>año)",
    "fr": "la (?P<week>semaine) (?:dernière|passée)|le (?P<month>mois) (?:dernier|passé)"
    "|l['’](?P<year>an(?:née)?) (?:dernier|dernière|passée)",
    "it": "(?:la )?(?P<week>settimana) scorsa|la scorsa (?P<week2>settimana)|il (?P<month>mese) scorso|lo scorso (?P<month2>mese)"
    "|l['’](?P<year>anno) scorso|lo scorso (?P<year2>anno)",
    "pt": "na (?P<week>semana) passada|no (?P<month>mês) passado|no (?P<year>ano) passado",
    "pl": "w (?:zeszłym|ubiegłym|minionym) (?:(?P<week>tygodniu)|(?P<month>miesiącu)|(?P<year>roku))",
    "ru": "на прошлой (?P<week>неделе)|в прошлом (?:(?P<month>месяце)|(?P<year>году))",
    "tr": "geçen (?:(?P<week>hafta)|(?P<month>ay)|(?P<year>yıl|sene))",
    "ar": "(?P<week>الأسبوع) (?:الماضي|المنصرم)|(?P<month>الشهر) (?:الماضي|المنصرم)|(?P<year>العام) (?:الماضي|المنصرم)",
    "hi": "(?:पिछले|बीते) (?:(?P<week>हफ़्ते|हफ्ते|सप्ताह)|(?P<month>महीने|माह)|(?P<year>साल|वर्ष))",
    "ja": "(?P<week>先週)|(?P<month>先月)|(?P<year>昨年|去年)",
    "ko": "(?P<week>지난주)|(?P<month>지난달)|(?P<year>지난해|작년)",
}
_OF = r"des|der|del|de|du|des|di|dell\w*|d[oa]s?|van|ihre[rs]|seine[rs]|vor|voor"
_NOT_BEHIND_LAST = re.compile(
    rf"\s+(?:{_OF})(?![^\W_])|\s?[末말]|の?[月火水木金土日](?:曜|[（(])| ?[월화수목금토일]요일|の?\d|\s*\d+월"
    r"|\s+(?:[Pp]azar|[Ss]alı|[Çç]arş|[Pp]erş|[Cc]uma)"
)
_ANY = r"oder|bis|of|tot|o|ou|u|à|lub|czy|do|или|veya|ya|या|أو|से"
# About so many, more than so many, so many before or after something, or the tens of a greater number.
_NOT_BEFORE = {
    "de": rf"{_ANY}|rund|etwa|knapp|gut|als|fast|über|nach|innerhalb|zirka|circa|ungefähr|alle|jede\w?|und",
    "nl": rf"{_ANY}|ruim|bijna|ongeveer|dan|circa|na|en",
    "es": rf"{_ANY}|unos|unas|casi|de|por|cada|y|primeros?|últimos?",
    "fr": rf"{_ANY}|quelques?|environ|de|presque|près|moins|plus|et|les|des|chaque|qu['’]",
    "it": rf"{_ANY}|circa|quasi|di|oltre|da|ogni|entro|e|altri",
    "pt": rf"{_ANY}|de|quase|uns|umas|cada|(?:vinte|trinta|quarenta|cinquenta|sessenta|setenta|oitenta|noventa|cento) e",
    "pl": rf"{_ANY}|około|ponad|prawie|niecałe|niespełna|niż|co|za|po|od|\w+(?:dzieścia|dzieści|dziesiąt)|sto|jakieś|kolejne",
    "ru": rf"{_ANY}|около|более|больше|меньше|менее|почти|примерно|чем|за|кажд\w+|до"
    r"|\w+(?:дцать|десят)|сорок|девяносто|сто|ещё|еще",
    "tr": rf"{_ANY}|\w*['’]?[dt][ae]n|yaklaşık|az|çok|fazla|aşkın|her|son|ilk|on|yirmi|otuz|kırk|elli|altmış|yüz|yine|ve",
    "ar": rf"{_ANY}|من|منذ|حوالي|نحو|حتى|كل|ما",
    "hi": rf"{_ANY}|के|करीब|क़रीब|लगभग|हर|कम|अधिक|ज़्यादा|ज्यादा",
}
_NOT_BEHIND = {
    "de": r"\s+und\s+\w+\s+(?:Tag|Woche|Monat|Jahr)|\s+(?:als|wie|nach|vor)(?![^\W_])",
    "nl": r"\s+(?:dan|als|na|voor|van)(?![^\W_])",
    "es": r"\s+(?:y medi[oa]|de|del|que|desde)(?![^\W_])",
    "fr": r"\s+(?:et demie?|de|du|des|que|qui|où|pour|entre)(?![^\W_])|\s+(?:d|qu|l)['’]",
    "it": r"\s+(?:e mezz[oa]|di|del\w*|al\w*|dal\w*|che)(?![^\W_])|\s+d(?:ell)?['’]",
    "pt": r"\s+(?:e mei[oa]|d[eao]s?|à|ao|que)(?![^\W_])",
    "pl": r"\s+(?:po|od|niż|przed|i pół)(?![^\W_])",
    "ru": r",?\s+(?:после|до|от|с момента|перед|чем|как|со дня)(?![^\W_])",
    "ar": r"\s+(?:من|عن|على|و\w+)(?![^\W_])|\s+ل",
    "ja": r"後|半|頃|ごろ",
}
# A name of a day is not one of the words that are told from it: 3日前 stands alone, 選挙3日前 and 選挙の3日前 are another's.
_STARTS = {
    "ja": r"(?:(?<=[、。，\s」』（はがをにでともへ])|^)",
    "ko": r"(?:(?<=[은는을를] )|(?<=에서 )|(?<=[,.\"”] )|^)",
}
_ENDS_KOREAN = r"(?=[\s,.]|에|인|의|부터|까지|,|$)"
# "Hace tres días" may be for three days, and "через три дня" three days from now, where a clause does not tell what happened.
_PAST_ONLY = {
    "ago": frozenset({"es", "pt"}),
    "later": frozenset({"ru", "tr", "ar", "hi", "ja", "ko"}),
    "before": frozenset[str](),
}
_LASTING = re.compile(r"\b(?:est(?:á|án|aba|aban|ava|avam|ão)|lleva\w*|é|era|eram|tinha\w*|viv\w+)\b", re.IGNORECASE)
"""Verbs of what lasts, of which "hace tres días" and "há três dias" tell how long."""


def relative_times_in(text: str, language: str) -> Iterator[DateExpression]:
    """Yield the times of a text that are told by steps, where it is certain from which day they are."""
    code = language.partition("-")[0].lower()
    if code not in _FORMS or unicodedata.normalize("NFC", text) != text:
        return
    read = 0
    for match in _pattern(code).finditer(text):
        if match.start() >= read and _is_certain(match, code):
            yield _expression(match, code)
            read = match.end()


def _is_certain(match: re.Match[str], code: str) -> bool:
    """Return whether the words around a time leave no doubt from which day it is told."""
    text, step = match.string, _step(match, code)
    if step is None:
        return not _NOT_BEHIND_LAST.match(text, match.end())
    amount = _amount_in(match)
    # The next day may follow on "and", and on any noun but that from which Turkish counts it.
    before = _NOT_BEFORE.get(code) if amount is not None or code == "tr" else None
    behind = _NOT_BEHIND.get(code)
    if before is not None and re.search(rf"(?<![^\W_])(?:{before})\s+$", text[: match.start()], re.IGNORECASE):
        return False
    if behind is not None and re.match(behind, text[match.end() :], re.IGNORECASE):
        return False
    if code not in _PAST_ONLY[step] or amount is None:
        return True
    clause = clause_around(text, *match.span(), code)
    return is_past(clause, match.group(), code) and not (code in ("es", "pt") and _LASTING.search(clause))


def _expression(match: re.Match[str], code: str) -> DateExpression:
    step, amount = _step(match, code), _amount_in(match)
    if step is None:
        unit = next(unit for name, value in match.groupdict().items() for unit in _UNITS if value and name.startswith(unit))
        return DateExpression(*match.span(), match.start(), unit=unit, step=-1)
    count, unit = _amount(amount, code) if amount is not None else (None, "day")
    return DateExpression(
        *match.span(), match.start(), unit=unit, count=count, step=1 if step == "later" else -1, told=step != "ago"
    )


def _step(match: re.Match[str], code: str) -> Step | None:
    return next((step for index, (step, _) in enumerate(_FORMS[code]) if match[f"form{index}"] is not None), None)


def _amount_in(match: re.Match[str]) -> str | None:
    return next((value for name, value in match.groupdict().items() if name.startswith("amount") and value is not None), None)


def _amount(words: str, code: str) -> tuple[int, Unit]:
    """Return how many of which unit an amount says."""
    for unit, pattern in _amounts(code).items():
        match = re.fullmatch(pattern, words, re.IGNORECASE)
        if match is not None:
            number = match["number"]
            if number is None:
                return _of_noun(words, unit, code), unit
            return int(number) if number.isdecimal() else _number(number, code), unit
    raise ValueError(words)


def _number(word: str, code: str) -> int:
    numbers = enumerate(_NUMBERS[code].split(), 1)
    return next(number for number, forms in numbers if re.fullmatch(forms, word, re.IGNORECASE))


def _of_noun(noun: str, unit: Unit, code: str) -> int:
    return next(number for number, forms in _telling_nouns(code)[unit].items() if re.fullmatch(forms, noun, re.IGNORECASE))


@lru_cache
def _pattern(code: str) -> re.Pattern[str]:
    """Return the pattern of all times of a language; its groups say which form it is, its amount, or its unit."""
    amount = "|".join(re.sub(r"\?P<number>", "?:", pattern) for pattern in _amounts(code).values())
    forms = []
    for index, (_, form) in enumerate(_FORMS[code]):
        parts = form.split("AMOUNT")
        whole = "".join(part if place == 0 else f"(?P<amount{index}x{place}>{amount}){part}" for place, part in enumerate(parts))
        forms.append(f"(?P<form{index}>{whole})")
    last = unicodedata.normalize("NFC", _LAST[code])
    if code == "ja":
        return re.compile(rf"{_STARTS[code]}(?:{'|'.join(forms)})|{last}")
    if code == "ko":
        return re.compile(rf"{_STARTS[code]}(?:{'|'.join(forms)}){_ENDS_KOREAN}|{last}")
    return re.compile(unicodedata.normalize("NFC", rf"(?<![\w.,-])(?:{'|'.join(forms)}|{last})(?![\w-])"), re.IGNORECASE)


@lru_cache
def _amounts(code: str) -> dict[Unit, str]:
    """Return the pattern of an amount of each unit: a number and a noun, or a noun that says how many."""
    blank = r"\s?" if code in UNSPACED else r"\s"
    numbers = "|".join(_NUMBERS[code].split())
    patterns = {}
    for unit, nouns in _nouns(code).items():
        telling = "|".join(_telling_nouns(code)[unit].values())
        counted = rf"(?P<number>\d{{1,3}}|{numbers}){blank}(?:{'|'.join(sorted(nouns, key=len, reverse=True))})"
        patterns[unit] = f"{counted}|{telling}" if telling else counted
    return {unit: unicodedata.normalize("NFC", pattern) for unit, pattern in patterns.items()}


@lru_cache
def _written(code: str) -> dict[Unit, dict[int, set[tuple[str, ...]]]]:
    """Return the words with which CLDR writes so many of a unit, alone and as a time ago, without those of "ago"."""
    from babel.dates import format_timedelta

    written: dict[Unit, dict[int, list[list[str]]]] = {unit: {} for unit in _UNITS}
    for unit, days in _UNITS.items():
        for number in range(1, 13):
            for direction in (False, True) if code not in UNSPACED else (False,):
                length = timedelta(days=-days * number)
                text = format_timedelta(length, unit, threshold=1000, add_direction=direction, locale=code)
                written[unit].setdefault(number, []).append(re.sub(r"(?<=\d)(?=\D)", " ", text).split())
    ago = set.intersection(*(set(forms[-1]) for numbers in written.values() for forms in numbers.values()))
    return {
        unit: {number: {tuple(word for word in words if word not in ago) for words in forms} for number, forms in numbers.items()}
        for unit, numbers in written.items()
    }


@lru_cache
def _nouns(code: str) -> dict[Unit, set[str]]:
    """Return the nouns of each unit, in the forms that stand behind a number."""
    nouns = {}
    for unit, numbers in _written(code).items():
        words = {words[1] for forms in numbers.values() for words in forms if words[0].isdecimal()}
        nouns[unit] = {re.escape(word).replace("ًا", "ً?اً?") for word in words}
        nouns[unit] |= set(filter(None, _MORE_NOUNS.get(code, {}).get(unit, "").split("|")))
    return nouns


@lru_cache
def _telling_nouns(code: str) -> dict[Unit, dict[int, str]]:
    """Return the nouns of each unit that say by themselves how many: يومين, 사흘, неделю."""
    nouns: dict[Unit, dict[int, str]] = {}
    for unit, numbers in _written(code).items():
        words = {number: {words[0] for words in forms if len(words) == 1} for number, forms in numbers.items()}
        if code in _ONE_ALONE:
            words[1] = {words[1] for words in numbers[1]}
        for number, word in enumerate(_AMOUNTS.get(code, {}).get(unit, ()), 1):
            words[number] |= {word} - {""}
        nouns[unit] = {number: "|".join(map(re.escape, forms)) for number, forms in words.items() if forms}
    return nouns
