"""What a date in English says: its year, month, day, weekday, the steps it counts by, and the end of a span, as far as it goes.

In: running text, the words of a question, or what somebody typed as a date. Out: `DateExpression`, which is no date yet: what
it comes to depends on where it stands, and is resolved by rules of their own for forms (`bot.facts.typed_dates`), questions
(`bot.answers.question.asked_dates`) and articles (`bot.drafting.date_resolver`).
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace

from bot.english.calendar import MONTHS, WEEKDAYS, month_number
from bot.english.date_forms import ALONE, COUNTS, FEASTS, IN_TEXT, IN_WORDS, ORDINALS, SEASONS

_FEW = 3
_STEPS = {"last": -1, "this": 0, "next": 1, "ago": -1, "before": -1, "earlier": -1} | dict.fromkeys(
    ("the next", "the following", "following", "after", "later", "afterwards", "on"), 1
)  # "the" and "that" go no step
_FROM_NOW = frozenset({"last", "this", "next"})
_NEAR = {"the day before yesterday": -2, "yesterday": -1, "tomorrow": 1, "to-morrow": 1}  # days from today or tonight
_FROM = re.compile(r"\b(?P<opener>from|between) (?:the )?$", re.IGNORECASE)
_BEGINS = re.compile(r"(?P<opener>from|between) ", re.IGNORECASE)
_JOINS = {"from": re.compile(r" (?:to|until|till) (?:the )?"), "between": re.compile(r" (?:and|to) (?:the )?")}
_MARKS = {"about": "~", "around": "~", "circa": "~", "c": "~", "ca": "~", "possibly": "?", "maybe": "?", "perhaps": "?"}
_ERAS = {"bc": -1, "bce": -1, "ad": 1, "ce": 1}
_FILLERS = frozenset({"on", "in", "the", "of", "at"})
_WORD = re.compile(r"\d+(?:st|nd|rd|th|s)?|[^\W\d_]+|[-–—]")
_SPAN_SIGNS = re.compile(r"–|\b(?:to|until|till)\b")
_BETWEEN = re.compile(r"between (.+) and (.+)")
_SHORT_WEEKDAYS = {day[:3].lower(): day.lower() for day in WEEKDAYS} | {
    "tues": "tuesday", "weds": "wednesday", "thur": "thursday", "thurs": "thursday",
}  # fmt: skip
_WEEKDAY_NUMBERS = {day.lower(): number for number, day in enumerate(WEEKDAYS)}
_MONTHS, _MAX_YEAR = 12, 9999


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date as a text says it, from ``start`` to ``end``; ``head`` is where it begins without "in", "on Monday" and the like.

    ``year`` 0 is 1 BC, ``short`` a year of two figures. Months count from 1, weekdays from Monday, which is 0, seasons as EDTF
    does, from 21. ``last`` is the day that days go to, as in "3 to 5 May". ``nth`` says which week or weekday of a month, -1 the
    last one. ``mark`` is that of EDTF for "about" and "possibly". ``until`` is the end of a span, which then begins with this.

    ``step`` is told from the day of telling, "last May" being -1 and "this May" 0; where ``told``, from the date that was told
    before: "that May", "the next day". It counts ``unit``, so often as ``count`` says, None where no number stands there;
    ``lasting``: all that time, up to the day of telling. ``near`` are days from today, ``week`` is which week a weekday is of.
    """

    start: int
    end: int
    head: int
    year: int | None = None
    short: int | None = None
    decade: int | None = None
    month: int | None = None
    day: int | None = None
    last: int | None = None
    weekday: int | None = None
    nth: int | None = None
    season: int | None = None
    unit: str | None = None
    count: int | None = None
    step: int | None = None
    told: bool = False
    lasting: bool = False
    near: int | None = None
    week: str | None = None
    feast: bool = False
    mark: str = ""
    until: DateExpression | None = None

    @property
    def is_weekday_alone(self) -> bool:
        """Whether it says nothing but a day of the week, without so much as "on" before it."""
        return self.weekday is not None and replace(self, weekday=None) == DateExpression(self.start, self.end, self.start)

    @property
    def has_year(self) -> bool:
        """Whether it says which year, or which decade, by itself."""
        return self.year is not None or self.short is not None or self.decade is not None


def expressions_in(text: str, *, words: bool = False) -> list[DateExpression]:
    """Return the dates that a text says, in its order; ``words``: it is words without punctuation, in any case.

    What a span goes from and to is one: from 6 April to 29 May, between March and June.
    """
    matches: list[re.Match[str]] = []
    for form in IN_WORDS if words else IN_TEXT:
        for match in form.finditer(text):
            start, end = match.span()
            if not any(start < other.end() and other.start() < end for other in matches):
                matches.append(match)
    return [_expression(match) for match in sorted(matches, key=lambda match: match.start())]


def are_joined(text: str, one: DateExpression, other: DateExpression) -> bool:
    """Return whether two dates of a text are the ends of a span: from 6 April to 29 May, between March and June."""
    begins = _FROM.search(text, max(0, one.start - 12), one.start) or _BEGINS.match(text, one.start)
    joins = _JOINS[begins["opener"].lower()].match(text, one.end) if begins else None
    return joins is not None and other.start <= joins.end() <= other.end


def spanning(one: DateExpression, other: DateExpression) -> DateExpression:
    """Return a span from one date to another; what the first leaves out it has from the second, as in "4 March to April 2021"."""
    if one.month is None and one.season is None and one.day is not None:
        one = replace(one, month=other.month)
    if not one.has_year and (one.month or one.season) and other.year is not None:
        goes_over = one.month is not None and other.month is not None and one.month > other.month  # November to March 2017
        one = replace(one, year=other.year - goes_over)
    if one.weekday is not None and one.month is None:
        one = replace(one, week=one.week or other.week)
    if other.month is None and other.day is not None and not other.has_year:
        other = replace(other, month=one.month)
    return replace(one, until=other, end=other.end)


def whole_expression(text: str) -> DateExpression | None:
    """Return what a text says that is a date, or a span of dates, and nothing else; None where it is none."""
    text = _plain(text)
    if alone := _alone(text):
        return alone
    if between := _BETWEEN.fullmatch(text):
        days = _alone(text.removeprefix("between "))
        if days is not None and days.last is not None:
            return days
        halves = [between.groups()]
    else:
        text = text.removeprefix("from ")
        halves = [(text[: sign.start()].strip(), text[sign.end() :].strip()) for sign in _SPAN_SIGNS.finditer(text)]
    era = next((f" {word}" for word in text.split()[-1:] if word in ("bc", "bce")), "")
    for first, last in halves:
        one, other = _alone(first + era if first.isdecimal() else first), _alone(last)
        if one is not None and other is not None:
            return spanning(one, other)
    return None


def _plain(text: str) -> str:
    """Return a typed date in lower case, names written out, without punctuation but the signs of a span."""
    words = [
        "–" if word in "-—" else _SHORT_WEEKDAYS.get(word) or _month(word)
        for word in _WORD.findall(text.lower().replace("mid-", "mid "))
    ]
    return re.sub(r" ?– ?", "–", " ".join(words))


def _month(word: str) -> str:
    """Return a word, written out where it is the first letters of a month."""
    with suppress(ValueError):
        return MONTHS[month_number(word) - 1].lower()
    return word


def _alone(text: str) -> DateExpression | None:
    """Return what a text says that is one date and nothing else."""
    words = text.split()
    marks = ""
    while words and words[0] in _MARKS:
        marks += _MARKS[words.pop(0)]
    era = next((word for word in words if word in _ERAS), None)
    if era is not None:
        at = words.index(era)
        figure = at + 1 if era == "ad" and at + 1 < len(words) else at - 1
        if figure < 0 or not words[figure].isdecimal() or not 0 < int(words[figure]) <= _MAX_YEAR:
            return None
        words[figure] = words[figure].zfill(4)
        del words[at]
    forms = (" ".join(words), " ".join(word for word in words if word not in _FILLERS))
    match = next(filter(None, (form.fullmatch(written) for written in forms for form in ALONE)), None)
    if match is None:
        return None
    alone = replace(_expression(match), mark="%" if {*marks} == {*"~?"} else marks[:1])
    return replace(alone, year=1 - alone.year) if era is not None and _ERAS[era] < 0 and alone.year is not None else alone


def _expression(match: re.Match[str]) -> DateExpression:
    """Return what the groups of a form say. Months and days are not checked against the calendar."""
    given = {name: value.lower() for name, value in match.groupdict().items() if value}
    lead, rel, side = given.get("lead", ""), given.get("rel", ""), given.get("side", "")
    step = _STEPS.get(side or rel or (lead if lead in _FROM_NOW else ""), 0 if rel else None)
    unit = given.get("unit")
    if "lastly" in given:
        step = -1
    if "yearago" in given:
        unit, step = "year", -1
    said = [match.start(name) for name in ("year", "short", "decade", "month", "day", "nth", "season") if name in given]
    month, day = (int(given[name]) if given.get(name, "").isdecimal() else given.get(name) for name in ("month", "day"))
    month = month_number(month) if isinstance(month, str) else month
    day = _number(day) if isinstance(day, str) else day
    if month is not None and day is not None and month > _MONTHS and match.start("day") < match.start("month"):
        month, day = day, month  # in figures the month comes first only where it cannot be the day
    feast = FEASTS[given["feast"].replace("’", "'")] if "feast" in given else None
    return DateExpression(
        start=match.start(),
        end=match.end(),
        head=min(said, default=match.start("weekday") if "weekday" in given else match.start()),
        year=int(given["year"]) if "year" in given else None,
        short=int(given["short"]) if "short" in given else None,
        decade=int(given["decade"]) if "decade" in given else None,
        month=feast[0] if feast else month,
        day=feast[1] if feast else day,
        last=_number(given["last"]) if "last" in given else None,
        weekday=_WEEKDAY_NUMBERS[given["weekday"]] if "weekday" in given else None,
        nth=(-1 if given["nth"] == "last" else ORDINALS[given["nth"]]) if "nth" in given else None,
        season=SEASONS[given["season"]] if "season" in given else None,
        unit=unit,
        count=_count(given["count"]) if "count" in given else None,
        step=step,
        told=bool(side and side != "ago") or bool(rel and rel not in _FROM_NOW),
        lasting="lasting" in given,
        near=_NEAR.get(given["near"], 0) if "near" in given else None,
        week=given.get("week"),
        feast=feast is not None,
    )


def _number(word: str) -> int:
    return int(digits) if (digits := "".join(sign for sign in word if sign.isdecimal())) else ORDINALS[word]


def _count(word: str) -> int:
    return int(word) if word.isdecimal() else COUNTS.get(word, _FEW)
