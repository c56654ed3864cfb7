"""What happened when: the dates of a text, and the sentences with one that tell an event.

A date is resolved from the day on which the text was published: on Thursday, in April, two weeks ago, 3 March. A sentence that
tells only that something was said is no event.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.drafting.entities import Entity
from bot.drafting.sentences import Sentence, SentenceItem, verbs
from bot.english.calendar import MONTH_ABBREVIATIONS, MONTHS, WEEKDAYS, month_number
from bot.english.grammar import RELATIVES
from bot.english.numbers import SMALL_NUMBERS
from bot.english.speech import SPOKEN_ONLY
from bot.facts.dates import StoryDate, parse_date
from bot.facts.edtf import days_in

_NEAR = 6  # items behind a verb of speech within which a date is that of the words
_LEAST_WORDS = 5
_NUMBERS = {word: number for word, number in SMALL_NUMBERS.items() if 1 <= number <= 12} | {"a": 1, "an": 1}
_MONTH = rf"(?P<month>{'|'.join(MONTHS)}|(?:{'|'.join(MONTH_ABBREVIATIONS)})\b\.?)"
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_UNIT = r"(?P<unit>day|week|month|year)s?"
_FORMS = (
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? (?P<year>\d{{4}}))?",
    rf"{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<year>\d{{4}}))?",
    rf"{_MONTH},? (?:of )?(?P<year>\d{{4}})",
    rf"(?P<lead>[Ii]n|[Ll]ast|[Tt]his|[Nn]ext|[Ee]arly|[Ll]ate|[Mm]id-?|[Ee]arlier in|[Ll]ater in) {_MONTH}\b",
    r"(?P<iso>\d{4}-\d\d-\d\d)",
    r"\b(?:[Ww]ithin|[Oo]ver|[Ii]n|[Dd]uring) the (?:last|past) (?:(?P<span>\d{1,3}|\w+) )?(?P<unit>day|week|month)s?\b",
    rf"\b{_COUNT} {_UNIT} (?P<ago>ago|earlier)\b",
    r"\b(?:[Ee]arlier |[Ll]ater )?(?P<rel>[Ll]ast|[Tt]his|[Nn]ext) (?P<unit>week|month|year)\b",
    (
        r"\b(?:(?P<lead>[Ll]ast|[Nn]ext|[Tt]his|[Oo]n|[Ll]ate|[Ee]arly) )?"
        rf"(?P<weekday>{'|'.join(WEEKDAYS)})\b"
    ),
    r"\b(?P<near>[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow)\b(?!['’]s)",
    r"\b[Ii]n (?P<year>(?:1[5-9]|20)\d\d)\b(?! (?:[A-Z]|per))",
)
_ALL = tuple(re.compile(form) for form in _FORMS)
_NOT_THE_DAY = re.compile(
    r"\b(?:since|until|till|before|after|by|from|than|through|the beginning of|the end of|the start of)\s+(?:the\s+)?"
    r"(?:(?:\w+ o['’]clock|noon|midnight|[\d.:]+ ?[ap]\.?m\.?)\s+)?$",
    re.I,
)
_FUTURE = re.compile(
    r"\b(?:will|would|is to|are to|due|plans? to|scheduled|expected|continues?|resumes?|opens?|begins?|starts?"
    r"|expects?|plays?|meets?|faces|hosts)\b"
)


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """An event as a sentence tells it, the date as the text says it and as it was resolved, and who takes part."""

    text: str
    dated: TextDate
    who: tuple[Entity, ...]
    sentence: Sentence


def events_of(sentence: Sentence, published: date | None) -> Iterator[DatedEvent]:
    """Return the events that a sentence gives a date for."""
    dates = dates_of(sentence, published)
    if not dates:
        return
    spoken = [verb for verb in verbs(sentence.items) if sentence.items[verb].lower in SPOKEN_ONLY]
    clauses = [(dated, _relative_clause(sentence, dated)) for dated in dates]
    beside = next(((dated, clause) for dated, clause in clauses if clause is not None), None)
    if beside is not None:
        dated, (text, who) = beside
        yield DatedEvent(text, dated, who, sentence)
    own = [dated for dated, clause in clauses if clause is None]
    outside = sum(len(item.text.split()) for item in sentence.items if item.kind in ("word", "name"))
    if own and not spoken and outside >= _LEAST_WORDS:
        yield DatedEvent(sentence.text(), own[0], sentence.entities(), sentence)


def date_of_words(sentence: Sentence, verb: int | None, published: date | None) -> TextDate | None:
    """Return the date that a sentence gives for what is said in it: before the verb, or right behind it."""
    if verb is None:
        return None
    items = sentence.items
    last = items[min(verb + _NEAR, len(items) - 1)].start
    for dated in dates_of(sentence, published):
        between = [item for item in items if items[verb].start < item.start < dated.start]
        beside = not any(item.kind == "quote" or item.lower == "that" for item in between)
        if dated.start <= last and beside and _relative_clause(sentence, dated) is None and not _is_aside(items, dated):
            return dated
    return None


def _is_aside(items: Sequence[SentenceItem], dated: TextDate) -> bool:
    """Return whether a date stands in a clause that only says more of somebody: "Lee, 54, who was elected in 2019, said"."""
    before = [item for item in items if item.start < dated.start]
    begins = next((at for at in range(len(before) - 1, 0, -1) if before[at].text == ","), None)
    return begins is not None and begins + 1 < len(before) and before[begins + 1].lower in RELATIVES


def dates_of(sentence: Sentence, published: date | None) -> tuple[TextDate, ...]:
    """Return the dates of a sentence outside its quotations; places are those in its paragraph."""
    text = sentence.paragraph.text
    first, last = sentence.items[0].start, sentence.items[-1].end
    shown = list(text[:last])
    shown[:first] = " " * first
    for item in sentence.items:
        if item.kind == "quote":
            shown[item.start : item.end] = "\0" * (item.end - item.start)
    return dates_in("".join(shown), published)


def _relative_clause(sentence: Sentence, dated: TextDate) -> tuple[str, tuple[Entity, ...]] | None:
    """Return the event of a clause with ``who`` that holds the date, told of those to whom it belongs."""
    items = sentence.items
    inside = next((at for at, item in enumerate(items) if item.end > dated.start), None)
    if inside is None:
        return None
    who = _clause_start(items, inside)
    if who is None:
        return None
    end = next((at for at in range(inside, len(items)) if items[at].kind == "quote" or items[at].text in (";", ".")), len(items))
    verb = next((at for at in verbs(items) if at > inside and items[at - 1].text == ","), end)
    first = who - 2
    while first - 2 >= 0 and items[first - 2].kind == "name" and items[first - 1].text in ("and", ","):
        first -= 2
    names = " and ".join(entity.name for entity in sentence.entities(first, who - 1))
    text = f"{names} {sentence.text(who + 1, min(end, verb)).rstrip(' ,')}."
    return text, sentence.entities(first, min(end, verb))


def _clause_start(items: Sequence[SentenceItem], inside: int) -> int | None:
    for at in range(inside - 1, 1, -1):
        if items[at].kind == "quote" or items[at].text == ",":
            return None if items[at + 1].lower != "who" or items[at - 1].kind != "name" else at + 1
    return None


@dataclass(frozen=True, slots=True)
class TextDate:
    """A date in a text: its words from ``start`` to ``end``, and what it comes to; None where that needs a day of publication."""

    start: int
    end: int
    words: str
    date: StoryDate | None


def dates_in(text: str, published: date | None) -> tuple[TextDate, ...]:
    """Return the dates on which something happened; those that only limit a time (since, before, until) are left out."""
    found: list[TextDate] = []
    taken: list[tuple[int, int]] = []
    for form in _ALL:
        for match in form.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            if not _NOT_THE_DAY.search(text[: match.start()]):
                found.append(TextDate(match.start(), match.end(), match.group(), _resolved(match, text, published)))
    return tuple(sorted(found, key=lambda each: each.start))


def published_day(published: StoryDate | None) -> date | None:
    """Return the day on which a source was published, where that is known to the day."""
    if published is None or published.earliest is None or published.earliest != published.latest:
        return None
    key = published.earliest
    return date(key // 10000, key // 100 % 100, key % 100) if key >= 10101 else None


def _resolved(match: re.Match[str], text: str, published: date | None) -> StoryDate | None:
    given = {name: value for name, value in match.groupdict().items() if value}
    future = bool(_FUTURE.search(text[: match.start()]))
    try:
        edtf = _edtf(given, published, future=future)
        return parse_date(edtf) if edtf else None
    except (ValueError, OverflowError):
        return None


def _edtf(given: dict[str, str], published: date | None, *, future: bool) -> str | None:
    """Turn what a form holds into EDTF. Raises ValueError for a day that no calendar has."""
    if "iso" in given:
        return date.fromisoformat(given["iso"]).isoformat()
    if "month" in given and "year" in given:
        return _month_edtf(given, int(given["year"]))
    if given.keys() == {"year"}:
        return given["year"]
    if published is None:
        return None
    readers: tuple[tuple[str, Callable[[], str | None]], ...] = (
        ("month", lambda: _month_edtf(given, _year_of(given, published, future=future))),
        ("weekday", lambda: _weekday(given, published, future=future)),
        ("near", lambda: _near(given["near"].lower(), published)),
        ("ago", lambda: _ago(given, published)),
        ("rel", lambda: _relative(given["rel"].lower(), given["unit"], published)),
        ("unit", lambda: f"{_back(published, _count(given.get('span')), given['unit']).isoformat()}/{published.isoformat()}"),
    )
    return next((read() for name, read in readers if name in given), None)


def _month_edtf(given: dict[str, str], year: int) -> str:
    month = month_number(given["month"])
    return date(year, month, int(given["day"])).isoformat() if "day" in given else f"{year:04}-{month:02}"


def _year_of(given: dict[str, str], published: date, *, future: bool) -> int:
    """Return the year of a month without one: the latest that has come, or the next where it is to come."""
    place, today = (month_number(given["month"]), int(given.get("day", 1))), (published.month, published.day)
    if future or given.get("lead", "").lower() == "next":
        return published.year + (place < today)
    return published.year - (place > today)


def _weekday(given: dict[str, str], published: date, *, future: bool) -> str:
    back = (published.weekday() - WEEKDAYS.index(given["weekday"])) % 7
    lead = given.get("lead", "").lower()
    if lead == "next" or (future and lead != "last" and back):
        return (published + timedelta(days=7 - back)).isoformat()
    return (published - timedelta(days=back or (7 if lead == "last" else 0))).isoformat()


def _near(word: str, published: date) -> str:
    return (published + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(word, 0))).isoformat()


def _ago(given: dict[str, str], published: date) -> str | None:
    """Return a time that is so long ago: a day to the day, more than that about so."""
    if given["ago"] == "earlier":
        return None
    then = _back(published, _count(given["count"]), given["unit"])
    match given["unit"]:
        case "day":
            return then.isoformat()
        case "week":
            return f"{then.isoformat()}~"
        case "month":
            return f"{then:%Y-%m}~"
        case _:
            return f"{then:%Y}~"


def _relative(word: str, unit: str, published: date) -> str:
    step = {"last": -1, "this": 0, "next": 1}[word]
    if unit == "year":
        return f"{published.year + step:04}"
    if unit == "month":
        months = published.year * 12 + published.month - 1 + step
        return f"{months // 12:04}-{months % 12 + 1:02}"
    monday = published - timedelta(days=published.weekday()) + timedelta(weeks=step)
    return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"


def _count(word: str | None) -> int:
    if word is None:
        return 1
    return int(word) if word.isdecimal() else _NUMBERS.get(word.lower(), 3)


def _back(day: date, count: int, unit: str) -> date:
    if unit in ("day", "week"):
        return day - timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 - count * (12 if unit == "year" else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, days_in(year, month)))
