"""Dates in running text, resolved from the day on which it was published: on Thursday, Nov. 8; in April; two weeks ago."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from bot.drafting.date_forms import FORMS, SEASONS
from bot.drafting.date_resolver import DateResolver
from bot.english.calendar import MONTH_ABBREVIATIONS, MONTHS, WEEKDAYS
from bot.english.word_classes import SAYING
from bot.errors import DateError
from bot.facts.dates import StoryDate, day_of, is_to_come, key_of, parse_date

# What every form has a part of, so that most sentences are looked at once only.
_HINT = re.compile(
    r"\d|days?\b|week|month|year|ago\b|earlier\b|later\b|to-?night|to-?morrow|night\b|morning|afternoon|evening|fortnight"
    rf"|Christmas|New Year|Halloween|the \w+th\b|{'|'.join((*MONTHS, *MONTH_ABBREVIATIONS, *SEASONS))}"
)
_LIMITS = re.compile(
    r"\b(?:since|until|till|before|after|by|from|to|than|through|the beginning of|the end of|the start of|every|each|an?)\s+"
    r"(?:the\s+)?(?:(?:\w+ o['’]clock|noon|midnight|[\d.:]+ ?[ap]\.?m\.?)\s+)?(?:[Oo]n\s+)?$",
    re.I,
)
_LIMITED = re.compile(r"(?:since|until|till|by|from|to|before)\b", re.I)  # what a date of some forms begins with, then
# Every Thursday, Good Friday; but "Since Friday" begins a sentence.
_NO_DAY = re.compile(
    r"\b(?:every|each|an?|(?!(?:Since|By|At|From|Until|Before|After) )[A-Z]\w+|one|two|some|first|second|third|fourth)\s+$"
)
_FROM, _TO = re.compile(r"\b[Ff]rom (?:the )?$"), re.compile(r" (?:to|until|till) (?:the )?\S+")
_NEAR_FEAST = re.compile(r"\b(?:before|after|between|until|till|by|and|near|around|for|of)\s+$", re.I)
_FUTURE = re.compile(
    r"\b(?:will|would(?! have)|is to|are to|is (?:\w+ )?going to|are going to|plans? to|intends? to|mean to"
    r"|(?<!was )(?<!were )(?:due|set (?:for|to)|slated|scheduled|expected)|deadline|is forecast|goes on"
    r"|continues|resumes|opens|begins|starts|expects|plays|meets|faces|hosts"
    r"|(?<=s )(?:continue|resume|open|begin|start|expect|play|meet))\b"
)
_SPEECH_VERB = re.compile(rf"\b(?:{'|'.join(sorted(form for form in SAYING if form.endswith('d')))}|wrote)\b")
MIN_PUBLISHED = 16050101
"""The first day on which a page or an item may say that it was published (yyyymmdd): the year of the first newspaper."""

_REACH = 60  # characters before a date in which a word may say that it limits a time


@dataclass(frozen=True, slots=True)
class TextDate:
    """A date in a text: its words from ``start`` to ``end``, and what it comes to; None where that is not sure.

    ``weekday`` is the day that the calendar has for it, where the text names another. ``limits``: it only limits a time, as in
    "since Friday", so that nothing is told of that day.
    """

    start: int
    end: int
    words: str
    date: StoryDate | None
    weekday: str | None = None
    limits: bool = False

    @property
    def in_passing(self) -> bool:
        """Whether it is a year that only limits a time, as in "since 2013": what follows is not told of that year."""
        return self.limits and self.date is not None and self.date.edtf.isdecimal()


def dates_in(
    text: str,
    published: date | None,
    previous: StoryDate | None = None,
    near: StoryDate | None = None,
    above: StoryDate | None = None,
) -> tuple[TextDate, ...]:
    """Return the dates in a text, in its order; ``previous`` is the last that was told before it, ``near`` if in its paragraph.

    ``above`` is the last of the paragraph before, where the text opens the next: "The next day", or "the day before" in it, goes
    on from there.
    """
    if not _HINT.search(text):
        return ()
    matches: list[re.Match[str]] = []
    for form in FORMS:
        for match in form.finditer(text):
            start, end = match.span()
            if not any(start < other.end() and other.start() < end for other in matches):
                matches.append(match)
    dates = []
    for match in sorted(matches, key=lambda match: match.start()):
        before = text[max(match.start() - _REACH, 0) : match.start()]
        given = {name: value for name, value in match.groupdict().items() if value}
        if (given.keys() == {"weekday"} and _NO_DAY.search(before)) or ("feast" in given and _NEAR_FEAST.search(before)):
            continue
        end = match.end() + (text.startswith(")", match.end()) and "(" in match.group())
        goes_on = match.start() == 0 or given.get("side") in ("before", "earlier")
        dated = _text_date(match, end, text, DateResolver(published, previous, near, above if goes_on else None))
        limits = _LIMITS.search(before) or _LIMITED.match(match.group())
        dates.append(replace(dated, limits=bool(limits)))
        if not dates[-1].in_passing:
            previous, near = dated.date or previous, dated.date or near
    return tuple(_joined(dates, text))


def _joined(dates: Sequence[TextDate], text: str) -> Iterator[TextDate]:
    """Yield dates with those put together that a span goes from and to: from 6 April to 29 May."""
    passed = 0
    for dated, following in zip_longest(dates, dates[1:]):
        if dated.start < passed:
            continue
        begins = dated.words.lower().startswith("from") or _FROM.search(text[: dated.start])
        if following is None or not begins or not _TO.match(text, dated.end, following.end):
            yield dated
            continue
        passed, span = following.end, None
        if dated.date is not None and following.date is not None:
            first, last = dated.date.edtf.split("/")[0], following.date.edtf.split("/")[-1]
            with suppress(DateError):  # one that would end before it begins, or is only about so
                span = parse_date(f"{first}/{last}")
        yield replace(dated, end=following.end, words=text[dated.start : following.end], date=span, limits=False)


def stated_day(text: str | None) -> StoryDate | None:
    """Return the day on which something says that it was published; None where no calendar has it, or it cannot be.

    Programs write the first day of the year 1 where they know none.
    """
    try:
        stated = parse_date(text) if text else None
    except DateError:
        return None
    is_too_early = stated is not None and (stated.latest or 0) < MIN_PUBLISHED
    return None if is_too_early or is_to_come(stated) else stated


def published_day(published: StoryDate | None) -> date | None:
    """Return the day on which a source was published, where that is known to the day."""
    if published is None or published.earliest is None or published.earliest != published.latest:
        return None
    return day_of(published.earliest) if published.earliest >= key_of(date.min) else None


def is_after(day: StoryDate | None, published: date | None) -> bool:
    """Return whether a date is later than the day of publication."""
    if day is None or day.earliest is None or published is None:
        return False
    return day.earliest > key_of(published)


def _text_date(match: re.Match[str], end: int, text: str, resolver: DateResolver) -> TextDate:
    """Return a date as its text has it; without a ``date`` where no calendar has such days."""
    given = {name: value for name, value in match.groupdict().items() if value}
    before, words = text[: match.start()], text[match.start() : end]
    # What stands before "said" does not tell that the date behind it is to come: "will go, he said on".
    verbs = [verb.end() for verb in _SPEECH_VERB.finditer(before)]
    clause = re.split(r"[;:]", before[verbs[-1] if verbs else 0 :])[-1]
    if not before.strip():
        clause = re.split(r"[,;:.]", text[end:], maxsplit=1)[0]  # On Thursday the court will
    words_to_come = list(_FUTURE.finditer(clause))
    # Who decided it comes behind: "she is to go, the court ruled on".
    future = bool(words_to_come) and not re.search(r",[^,]*\b\w{2,}ed\b", clause[words_to_come[-1].end() :])
    future = future or (words.startswith("on ") and before.endswith((" is ", " are ")))  # the vote is on Tuesday
    said = re.search(rf"(?:{_SPEECH_VERB.pattern})(?: \w+){{0,2}} ?$", before) is not None
    until = re.search(r"\b(?:[Uu]ntil|[Tt]ill)\s+$", before)
    try:
        edtf = None if until and "weekday" in given and not future else resolver.edtf(given, future=future, said=said)
        resolved = parse_date(edtf) if edtf else None
    except (ValueError, OverflowError, DateError):
        resolved = None
    day = published_day(resolved) if "day" in given and "weekday" in given else None
    weekday = WEEKDAYS[day.weekday()] if day is not None else None
    return TextDate(match.start(), end, words, resolved, weekday if weekday != given.get("weekday") else None)
