"""How English writes dates: the forms, each a pattern whose groups say what it holds, the surest first.

They are compiled for running text, in which capitals tell "May" from "may", for the words of a question, and for what somebody
typed as a date and nothing else. `bot.english.date_expressions` has what the groups mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.english.calendar import MONTH_ABBREVIATIONS, MONTHS, WEEKDAYS
from bot.english.numbers import SMALL_NUMBERS, TENS

COUNTS = {word: number for word, number in (SMALL_NUMBERS | TENS).items() if number} | {
    "a": 1,
    "an": 1,
    "one": 1,
    "a hundred": 100,
}
ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
        " sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        start=1,
    )
} | {f"twenty-{word}": 20 + at for at, word in enumerate("first second third fourth fifth sixth seventh eighth ninth".split(), 1)}
ORDINALS |= {"thirtieth": 30, "thirty-first": 31}
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
"""Seasons by their numbers in EDTF."""

FEASTS = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "boxing day": (12, 26), "halloween": (10, 31),
    "new year's eve": (12, 31), "new year's day": (1, 1), "new year": (1, 1),
}  # fmt: skip
"""Days that have a name, with their months."""


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_MONTH = rf"(?P<month>{'|'.join(MONTHS)}|(?:{'|'.join(MONTH_ABBREVIATIONS)})\b\.?)"
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})\b"
_PART_OF_DAY = "(?:morning|afternoon|evening|night)"
_LEAD = r"\b(?:(?P<lead>[Ll]ast|[Nn]ext|[Tt]his|[Oo]n|[Ll]ate|[Ee]arly) (?:on )?)?"
# A weekday before a full date belongs to it, and the date is what counts: on Thursday, Nov. 8; late on Monday (May 20).
_NAMED_DAY = rf"(?:{_LEAD}{_WEEKDAY}(?: {_PART_OF_DAY})?(?:, ?| \(| )(?:the )?)?"
_NTH_WORD = _any(word for word, number in ORDINALS.items() if number > 3)
_NTH = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{_NTH_WORD})"
_SPAN_SIGN = "[-–]"  # between two days; among mere words only a blank is left of it
_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_DAY = rf"(?P<day>{_NUMBER}|{_any(ORDINALS)})\b(?:(?:{_SPAN_SIGN}| to | and )(?P<last>{_NUMBER}\b))?"
_FIGURES = r"(?! ?(?:people|miles|km|metres|meters|feet|dollars|pounds|euros))"
_ANY_YEAR = r"(?:1\d{3}|2[01]\d{2})"
_YEAR = rf"(?:,? (?P<year>{_ANY_YEAR})\b{_FIGURES}| ['’](?P<short>\d\d)\b|(?P<yearago>,? (?:of )?last year)\b)?"
_COUNT = rf"(?P<count>\d{{1,3}}|{_any(COUNTS)})"
_UNIT = r"(?P<unit>day|week|fortnight|month|year)s?"
# "The day before" is told from the date before where nothing goes on behind it: the day before the vote.
_ENDS = r"(?=[.,;:!?)—–\0]|$| (?:that|on|in|at|by|with|from|had|was|were|came|went|she|he|they|it|the (?:court|police))\b)"

_PERIODS = "day|night|morning|afternoon|evening"
_PART = r"[Bb]eginning|[Ss]tart|[Mm]iddle|[Ee]nd|[Cc]lose|[Ll]ast days|[Ff]irst days"
_BEFORE_MONTHS = (
    r"(?P<lead>[Ii]n|[Ll]ast|[Tt]his|[Nn]ext|[Ee]arly(?: in)?|[Ll]ate(?: in)?|[Mm]id|[Ee]arlier in|[Ll]ater in"
    r"|[Ss]ince|[Bb]y|[Ff]rom|[Tt]o|[Uu]ntil|[Oo]f)"
)
_BEFORE_YEARS = r"(?:[Ii]n|[Ss]ince|[Ff]rom|[Bb]y|[Uu]ntil)(?: (?:early|late))?"
_NEAR_DAY = "Yesterday|To-?day|To-?night|To-?morrow"
_OF_A_DAY = rf"(?:[Oo]n|[Oo]f|[Bb]y|[Ss]ince|[Ff]rom|[Uu]ntil|[Tt]ill|[Tt]o)(?: the {_PART_OF_DAY} of)?"
# "On the tenth" is a day where no noun goes on behind it: on the tenth floor.
_NO_NOUN = r"(?! (?!(?:on|and|at|in|the|she|he|they|it|was|were|had|to|with|inst|ult)\b|of (?:that|the) month)[a-z])"
# In figures it is one unless a noun that is counted does: on the 24th floor.
_COUNTED = (
    r"(?! (?:anniversary|annual|attempt|ballot|birthday|centur(?:y|ies)|century's|day|district|edition|floor|green|hole|hour|lap"
    r"|line|minute|page|parallel|round|row|stage|story|storey|street|time|week|year)\b)"
)
_DAY_ONLY = rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)\b{_COUNTED}|(?:{_NTH_WORD})\b{_NO_NOUN})"
_FEAST = _any(FEASTS).replace("'", "['’]")
_SEASON = f"(?P<season>{'|'.join(SEASONS)})"
_OVER = "(?:[Ww]ithin|[Oo]ver|[Ii]n|[Dd]uring)"
_WHICH = "(?P<nth>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ll]ast)"

_MONTH_FORMS = (
    rf"{_NAMED_DAY}\b(?:the )?{_DAY} (?:of )?{_MONTH}{_YEAR}",
    rf"{_NAMED_DAY}\b{_MONTH} (?:the )?{_DAY}\b{_YEAR}",
    rf"\b(?:[Oo]n )?(?:[Tt]he )?{_WHICH} {_WEEKDAY}(?: {_PART_OF_DAY})? (?:in|of) {_MONTH}{_YEAR}",
    rf"\b(?<!and )(?:(?:[Ii]n|[Dd]uring) )?(?:[Tt]he )?{_WHICH} (?P<unit>week) (?:in|of) {_MONTH}{_YEAR}",
    rf"\b(?:[Oo]n |[Oo]f )?(?:[Oo]ne|[Aa]n?|[Tt]hat|[Tt]he)(?: \w+)? {_WEEKDAY}(?: {_PART_OF_DAY})? in {_MONTH}{_YEAR}",
    rf"{_MONTH},? (?:of )?(?:(?P<year>{_ANY_YEAR})\b|['’](?P<short>\d\d)\b)",
    rf"\b(?:[Tt]he )?(?:{_PART}) of (?:(?P<rel>that) )?{_MONTH}{_YEAR}",
    rf"\b(?P<rel>[Tt]hat|[Tt]he (?:next|following)|[Tt]he same) {_MONTH}\b(?! \w+ in \d)",
    rf"\b{_BEFORE_MONTHS}[ -](?P<lastly>last )?{_MONTH}\b{_YEAR}",
)
_SEASON_OF_YEAR = rf"\b(?:(?:[Ii]n |[Ss]ince |[Uu]ntil |[Bb]y )?the )?{_SEASON} (?:of )?(?P<year>{_ANY_YEAR})\b"
_SPAN_FORMS = (
    rf"\b[Tt]he {_MONTH} (?P<side>before|after)\b",
    rf"{_LEAD}{_WEEKDAY}(?: {_PART_OF_DAY})?,? (?P<week>(?:of )?last week|week\b|last\b)",
    rf"\b[Aa] (?P<week>week ago) (?:last |on )?{_WEEKDAY}",
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)",
    rf"\b(?i:{_COUNT}) (?P<unit>year)s? (?P<side>ago) (?P<near>today|tonight)\b",
    rf"\b{_OVER} the (?P<lasting>last|past) (?:(?P<count>\d{{1,3}}|\w+) )?(?P<unit>day|week|month)s?\b(?! of)",
    rf"\b(?i:{_COUNT}) {_UNIT} (?P<side>ago)\b",
    rf"\b(?<![Hh]alf )(?i:{_COUNT}) {_UNIT} (?P<side>later|earlier|afterwards|(?:before|after|on){_ENDS})",
    rf"\b(?:[Oo]n )?[Tt]he (?P<unit>day|night|morning|evening|week|month|year) (?P<side>before|after){_ENDS}",
    rf"\b(?:[Tt]he )?(?P<side>[Nn]ext|[Ff]ollowing) (?P<unit>{_PERIODS})\b",
    rf"\b(?P<rel>[Tt]hat same|[Tt]hat|[Tt]he same) (?P<unit>{_PERIODS}|week|month|year)\b",
    r"\b(?:(?P<rel>[Ll]ast)|[Oo]ver the) (?P<unit>weekend)\b(?! of)",
    r"(?<![Tt]he )\b(?:[Ee]arlier |[Ll]ater )?(?P<rel>[Ll]ast|[Tt]his|[Nn]ext) (?P<unit>week|month|year)\b(?! of)",
    r"(?<![Tt]he )\b(?P<rel>[Ll]ast|[Tt]his) (?P<unit>morning|afternoon|evening|night)\b(?! of)",
    rf"\b(?P<rel>[Ll]ast|[Tt]his|[Tt]hat) {_SEASON}\b(?! but)",
    _SEASON_OF_YEAR,
)
_DAY_FORMS = (
    rf"\b(?P<feast>(?i:{_FEAST})) ?(?:of )?(?P<year>\d{{4}})?\b(?!-)",
    rf"{_LEAD}{_WEEKDAY},? the (?P<day>{_NTH})",
    rf"\b(?:[Oo]n |[Oo]f )?(?P<rel>[Tt]he|[Tt]hat|[Tt]he same) {_WEEKDAY}(?: {_PART_OF_DAY})?(?: (?P<side>before|after)\b)?",
    rf"\b(?:[Oo]n |[Oo]f )?[Tt]he (?P<side>next|following) {_WEEKDAY}",
    rf"\b(?:[Oo]n |[Oo]f )?[Tt]he {_WEEKDAY} (?P<side>following)\b",
    rf"{_LEAD}{_WEEKDAY}",
    # With a capital inside a sentence it belongs to a name: Russia Today.
    rf"\b(?P<near>[Tt]he day before yesterday|{_NEAR_DAY.lower()}|(?<!\w )(?:{_NEAR_DAY}))\b(?!['’]s)",
    rf"\b{_OF_A_DAY} the {_DAY_ONLY}",
    r"(?:^|[•*-] )(?P<year>(?:1[5-9]|20)\d\d)(?=:)",
    rf"\b(?:{_BEFORE_YEARS}|(?:{_PART}) of) (?P<year>(?:1[5-9]|20)\d\d)\b(?! (?:[A-Z]|per))",
)
_SIGN = "[ –]"
_DECADE = rf"(?:the )?(?:(?:early|mid|late) )?(?P<decade>{_ANY_YEAR}(?<=0)) ?s"
_FIGURES_OF_DAY = (
    rf"(?P<day>\d\d?){_SIGN}(?P<month>\d\d?){_SIGN}(?P<year>\d{{4}})",
    rf"(?P<year>\d{{4}}){_SIGN}(?P<month>\d\d?){_SIGN}(?P<day>\d\d?)",
)
_BARE_FORMS = (_MONTH, _DECADE, rf"(?P<year>{_ANY_YEAR})")
_TYPED_FORMS = (
    *_FIGURES_OF_DAY,
    rf"(?P<day>\d\d?){_SIGN}(?P<month>\d\d?){_SIGN}(?P<short>\d\d)",
    rf"(?P<month>\d\d?){_SIGN}(?P<year>\d{{4}})",
    rf"(?P<year>\d{{4}}){_SIGN}(?P<month>\d\d?)",
    rf"(?P<year>{_ANY_YEAR}) {_MONTH}(?: {_DAY})?",
    _SEASON,
)

IN_TEXT = tuple(map(re.compile, (*_MONTH_FORMS, *_SPAN_FORMS, *_DAY_FORMS)))
"""The forms of running text."""

_DAYS_OF_YEAR = rf"{_MONTH} (?P<day>{_NUMBER}) (?P<last>{_NUMBER}) (?P<year>{_ANY_YEAR})"
_OF_WORDS = (*_MONTH_FORMS[:1], _DAYS_OF_YEAR, *_MONTH_FORMS[1:], _SEASON_OF_YEAR, *_FIGURES_OF_DAY, *_BARE_FORMS)
# Between words in figures only a blank is left of a sign: of 3–5 May.
IN_WORDS = tuple(
    re.compile(rf"(?<!\S)(?:{form})(?!\S)".replace(_SPAN_SIGN, "[-– ]" if at == 0 else _SPAN_SIGN), re.IGNORECASE | re.ASCII)
    for at, form in enumerate(_OF_WORDS)
)
"""The forms of words without punctuation, in any case; there a month or a year is a date by itself."""

ALONE = tuple(
    re.compile(form.replace(_ANY_YEAR, r"\d{4}"), re.IGNORECASE | re.ASCII)
    for form in (*_MONTH_FORMS, *_TYPED_FORMS, *_BARE_FORMS, *_SPAN_FORMS, *_DAY_FORMS)
)
"""The forms of a date and nothing else, in any case; there its year may be any of four figures."""
