"""Dates in running text, resolved from the day on which it was published: on Thursday, Nov. 8; in April; two weeks ago."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from bot.drafting.date_resolver import DateResolver
from bot.english.calendar import MONTH_ABBREVIATIONS, MONTHS, WEEKDAYS
from bot.english.date_expressions import DateExpression, are_joined, expressions_in, spanning
from bot.english.date_forms import SEASONS
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
    dates: list[TextDate] = []
    for said in _spans(text, [said for said in expressions_in(text) if not _is_no_date(text, said)]):
        before = text[max(said.start - _REACH, 0) : said.start]
        goes_on = said.start == 0 or (said.told and said.step == -1)
        dated = _text_date(said, text, DateResolver(published, previous, near, above if goes_on else None))
        if said.until is not None:
            dated = _up_to(dated, said.until, text, DateResolver(published, dated.date or previous, dated.date or near))
        limits = said.until is None and (_LIMITS.search(before) or _LIMITED.match(dated.words))
        dates.append(replace(dated, limits=bool(limits)))
        if not dates[-1].in_passing:
            previous, near = dated.date or previous, dated.date or near
    return tuple(dates)


def _is_no_date(text: str, said: DateExpression) -> bool:
    """Return whether a weekday or a feast belongs to other words: Good Friday, every Thursday, before Christmas."""
    before = text[max(said.start - _REACH, 0) : said.start]
    return bool((said.is_weekday_alone and _NO_DAY.search(before)) or (said.feast and _NEAR_FEAST.search(before)))


def _spans(text: str, said: Sequence[DateExpression]) -> Iterator[DateExpression]:
    """Yield dates with those put together that a span goes from and to: from 6 April to 29 May."""
    passed = 0
    for one, other in zip_longest(said, said[1:]):
        if one.start < passed:
            continue
        joined = other is not None and are_joined(text, one, other)
        passed = other.end if joined else one.end
        yield spanning(one, other) if joined else one


def _up_to(dated: TextDate, until: DateExpression, text: str, resolver: DateResolver) -> TextDate:
    """Return the span from a date that was resolved to another."""
    following, span = _text_date(until, text, resolver).date, None
    if dated.date is not None and following is not None:
        first, last = dated.date.edtf.split("/")[0], following.edtf.split("/")[-1]
        with suppress(DateError):  # one that would end before it begins, or is only about so
            span = parse_date(f"{first}/{last}")
    return replace(dated, end=until.end, words=text[dated.start : until.end], date=span)


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


def _text_date(said: DateExpression, text: str, resolver: DateResolver) -> TextDate:
    """Return a date as its text has it; without a ``date`` where no calendar has such days."""
    end = said.end + (text.startswith(")", said.end) and "(" in text[said.start : said.end])
    before, words = text[: said.start], text[said.start : end]
    # What stands before "said" does not tell that the date behind it is to come: "will go, he said on".
    verbs = [verb.end() for verb in _SPEECH_VERB.finditer(before)]
    clause = re.split(r"[;:]", before[verbs[-1] if verbs else 0 :])[-1]
    if not before.strip():
        clause = re.split(r"[,;:.]", text[end:], maxsplit=1)[0]  # On Thursday the court will
    words_to_come = list(_FUTURE.finditer(clause))
    # Who decided it comes behind: "she is to go, the court ruled on".
    future = bool(words_to_come) and not re.search(r",[^,]*\b\w{2,}ed\b", clause[words_to_come[-1].end() :])
    future = future or (words.startswith("on ") and before.endswith((" is ", " are ")))  # the vote is on Tuesday
    by_speaker = re.search(rf"(?:{_SPEECH_VERB.pattern})(?: \w+){{0,2}} ?$", before) is not None
    until = re.search(r"\b(?:[Uu]ntil|[Tt]ill)\s+$", before)
    try:
        is_limit = until is not None and said.weekday is not None and not future
        edtf = None if is_limit else resolver.edtf(said, future=future, by_speaker=by_speaker)
        resolved = parse_date(edtf) if edtf else None
    except (ValueError, OverflowError, DateError):
        resolved = None
    day = published_day(resolved) if None not in (said.month, said.day, said.weekday) else None
    weekday = WEEKDAYS[day.weekday()] if day is not None and day.weekday() != said.weekday else None
    return TextDate(said.start, end, words, resolved, weekday)
