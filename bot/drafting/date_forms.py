"""How running text writes dates: the forms, each a pattern whose groups say what it holds, the surest first."""

from __future__ import annotations

import re

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


def _any(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_MONTH = rf"(?P<month>{'|'.join(MONTHS)}|(?:{'|'.join(MONTH_ABBREVIATIONS)})\b\.?)"
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})\b"
_PART_OF_DAY = "(?:morning|afternoon|evening|night)"
_LEAD = r"\b(?:(?P<lead>[Ll]ast|[Nn]ext|[Tt]his|[Oo]n|[Ll]ate|[Ee]arly) (?:on )?)?"
# A weekday before a full date belongs to it, and the date is what counts: on Thursday, Nov. 8; late on Monday (May 20).
_NAMED_DAY = rf"(?:{_LEAD}{_WEEKDAY}(?: {_PART_OF_DAY})?(?:, ?| \(| )(?:the )?)?"
_NTH_WORD = _any([word for word, number in ORDINALS.items() if number > 3])
_NTH = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{_NTH_WORD})"
_DAY = (
    rf"(?P<day>\d{{1,2}}|{_any(list(ORDINALS))})(?:st|nd|rd|th)?\b(?:(?:[-–]| to | and )(?P<last>\d{{1,2}}\b))?(?:st|nd|rd|th)?"
)
_FIGURES = r"(?! ?(?:people|miles|km|metres|meters|feet|dollars|pounds|euros))"
_YEAR = rf"(?:,? (?P<year>\d{{4}})\b{_FIGURES}| ['’](?P<short>\d\d)\b|(?P<before>,? (?:of )?last year)\b)?"
_COUNT = rf"(?P<count>\d{{1,3}}|{_any(list(COUNTS))})"
_UNIT = r"(?P<unit>day|week|fortnight|month|year)s?"
# "The day before" is told from the date before where nothing goes on behind it: the day before the vote.
_ENDS = r"(?=[.,;:!?)—–\0]|$| (?:that|on|in|at|by|with|from|had|was|were|came|went|she|he|they|it|the (?:court|police))\b)"

_PERIODS = "day|night|morning|afternoon|evening"
_PART = r"[Bb]eginning|[Ss]tart|[Mm]iddle|[Ee]nd|[Cc]lose|[Ll]ast days|[Ff]irst days"
_BEFORE_MONTHS = (
    r"(?P<lead>[Ii]n|[Ll]ast|[Tt]his|[Nn]ext|[Ee]arly(?: in)?|[Ll]ate(?: in)?|[Mm]id|[Ee]arlier in|[Ll]ater in"
    r"|[Ss]ince|[Bb]y|[Ff]rom|[Uu]ntil|[Oo]f)"
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
_DAY_ONLY = rf"(?P<dayonly>\d{{1,2}}(?:st|nd|rd|th)\b{_COUNTED}|(?:{_NTH_WORD})\b{_NO_NOUN})"
_FEAST = _any(list(FEASTS)).replace("'", "['’]")

_MONTH_FORMS = (
    rf"{_NAMED_DAY}\b(?:the )?{_DAY} (?:of )?{_MONTH}{_YEAR}",
    rf"{_NAMED_DAY}\b{_MONTH} (?:the )?{_DAY}\b{_YEAR}",
    rf"\b(?:[Oo]n )?(?:the )?(?P<nth>first|second|third|fourth|last) {_WEEKDAY}(?: {_PART_OF_DAY})? (?:in|of) {_MONTH}{_YEAR}",
    rf"\b(?:[Oo]n |[Oo]f )?(?P<some>[Oo]ne|[Aa]n?|[Tt]hat|[Tt]he)(?: \w+)? {_WEEKDAY}(?: {_PART_OF_DAY})? in {_MONTH}{_YEAR}",
    rf"{_MONTH},? (?:of )?(?:(?P<year>\d{{4}})\b|['’](?P<short>\d\d)\b)",
    rf"\b(?:[Tt]he )?(?P<part>{_PART}) of (?P<that>that )?{_MONTH}{_YEAR}",
    rf"\b(?P<rel>[Tt]hat|[Tt]he (?:next|following)|[Tt]he same) {_MONTH}\b(?! \w+ in \d)",
    rf"\b[Tt]he {_MONTH} (?P<side>before|after)\b",
    rf"\b{_BEFORE_MONTHS}[ -](?P<lastly>last )?{_MONTH}\b{_YEAR}",
)
_SPAN_FORMS = (
    rf"{_LEAD}{_WEEKDAY}(?: {_PART_OF_DAY})?,? (?P<week>(?:of )?last week|week\b|last\b)",
    rf"\b[Aa] week ago (?:last |on )?(?P<weekago>{'|'.join(WEEKDAYS)})\b",
    r"(?P<iso>\d{4}-\d\d-\d\d)",
    rf"\b(?i:{_COUNT}) years? ago (?P<near>today|tonight)\b",
    r"\b(?:[Ww]ithin|[Oo]ver|[Ii]n|[Dd]uring) the (?:last|past) (?:(?P<span>\d{1,3}|\w+) )?(?P<unit>day|week|month)s?\b(?! of)",
    rf"\b(?i:{_COUNT}) {_UNIT} (?P<ago>ago)\b",
    rf"\b(?<![Hh]alf )(?i:{_COUNT}) {_UNIT} (?P<side>later|earlier|afterwards|(?:before|after|on){_ENDS})",
    rf"\b(?:[Oo]n )?[Tt]he (?P<unit>day|night|morning|evening|week|month|year) (?P<side>before|after){_ENDS}",
    rf"\b(?:[Tt]he )?(?P<side>[Nn]ext|[Ff]ollowing) (?P<unit>{_PERIODS})\b",
    rf"\b(?P<rel>[Tt]hat same|[Tt]hat|[Tt]he same) (?P<unit>{_PERIODS}|week|month|year)\b",
    r"\b(?:(?P<rel>[Ll]ast)|[Oo]ver the) (?P<weekend>weekend)\b(?! of)",
    r"(?<![Tt]he )\b(?:[Ee]arlier |[Ll]ater )?(?P<rel>[Ll]ast|[Tt]his|[Nn]ext) (?P<unit>week|month|year)\b(?! of)",
    r"(?<![Tt]he )\b(?P<rel>[Ll]ast|[Tt]his) (?P<unit>morning|afternoon|evening|night)\b(?! of)",
    rf"\b(?P<rel>[Ll]ast|[Tt]his|[Tt]hat) (?P<season>{'|'.join(SEASONS)})\b(?! but)",
    rf"\b(?:(?:[Ii]n |[Ss]ince |[Uu]ntil |[Bb]y )?the )?(?P<season>{'|'.join(SEASONS)}) (?:of )?(?P<year>\d{{4}})\b",
)
_DAY_FORMS = (
    rf"\b(?P<feast>(?i:{_FEAST})) ?(?:of )?(?P<year>\d{{4}})?\b(?!-)",
    rf"{_LEAD}{_WEEKDAY},? the (?P<dayonly>{_NTH})",
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

FORMS = tuple(map(re.compile, (*_MONTH_FORMS, *_SPAN_FORMS, *_DAY_FORMS)))
"""Patterns with the groups that `bot.drafting.date_resolver` resolves."""
