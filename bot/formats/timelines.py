"""The dated facts of a story on a time line, for web pages, and in a calendar.

TimelineJS JSON (Knight Lab's TimelineJS 3) is a time line that a web page shows. What has no date is counted on the title slide,
for TimelineJS needs a date. It has no dates that are not certain: such a one stands at its earliest day, and is shown in words
(``display_date``), in the language of the story. Text is HTML there, so that what is stored is escaped.
Format: https://timeline.knightlab.com/docs/json-format.html

iCalendar (RFC 5545) is what every calendar shows: the facts as all-day events. A calendar knows days alone. A month or a year is
an event of that length; a date that is not certain is named as such at the front of the event, in its description, and by the
status TENTATIVE; one that is open at an end stands at its known end. None of it blocks time.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.facts.dates import StoryDate, day_of
from bot.facts.edtf import DateParts, date_ends
from bot.facts.models import Citation, FactRecord, Source
from bot.facts.speakers import publisher_of, within_sentence
from bot.formats.exported_story import ExportedStory, is_certain, sentence, sort_key, speakers
from bot.formats.typography import SMALL_WORDS

if TYPE_CHECKING:
    from icalendar import Event

_GROUPS = {"event": "Events", "quote": "Quotes", "claim": "Claims"}
_MAX_HEADLINE, _MAX_CLAUSE = 100, 60  # characters; more would fill the slide and the strip below it
_MIN_CLAUSE = 15  # characters; less says too little
_CLAUSE = re.compile(r"[,;:](?=\s)|\s[–—]\s|[、，；：]")
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg)$", re.IGNORECASE)  # the files that TimelineJS takes for pictures
_LAST = 9999_12_30  # the day after it has to be a date too


def write_timeline(whole: ExportedStory) -> bytes:
    """Return a story as TimelineJS JSON."""
    info, missing = whole.story.info, whole.undated
    text = f"<p>{escape(info.summary)}</p>" if info.summary else ""
    if missing:
        one = missing == 1
        text += f"<p>{missing} {'fact has' if one else 'facts have'} no date and {'is' if one else 'are'} not shown.</p>"
    title = {"headline": escape(info.title), "text": text}
    content = {"title": {"text": title}, "events": [_slide(record) for record in whole.dated], "scale": "human"}
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _slide(record: FactRecord) -> dict[str, Any]:
    when = record.fact.date
    assert when is not None
    ends = date_ends(when.edtf)  # between which TimelineJS puts the slide; one that is open is left out
    slide: dict[str, Any] = {"start_date": _day(ends[0] or ends[-1], when)}
    if len(ends) == 2 and ends[0] and ends[1]:
        slide["end_date"] = _day(ends[1], when, last=True)
    if picture := next(filter(None, map(_picture, record.sources)), None):
        slide["media"] = picture
    return slide | {
        "display_date": escape(when.words(record.story.language)),
        "text": {"headline": _headline(record), "text": _text(record)},
        "group": _GROUPS[record.fact.kind],
        "unique_id": record.ref.replace("@", "-"),
    }


def _picture(source: Source) -> dict[str, str] | None:
    """Return a source that is a picture as TimelineJS shows it beside the text; None for any other."""
    address = next((url for url in (source.url, source.archive) if url and _PICTURE.search(urlsplit(url).path)), None)
    if address is None:
        return None
    credit = ", ".join(filter(None, [*source.authors, source.publisher]))
    content = {"url": address, "caption": escape(source.title), "credit": escape(credit), "alt": escape(source.title)}
    return {key: text for key, text in content.items() if text}


def _headline(record: FactRecord) -> str:
    """Return who says or claims a fact and its first clause, or what an event begins with: its text stands whole below.

    Of a text that is one short clause the actors are named alone, or where and when it happened.
    """
    fact, clause = record.fact, _first_clause(_line(record))
    if fact.kind == "event":
        actors = ", ".join(actor.name for actor in record.participants or record.subjects)
        headline = clause or actors or fact.where or (fact.date.words(record.story.language) if fact.date else "")
    else:
        words = f"“{clause}”" if clause and fact.kind == "quote" else clause
        headline = ": ".join(filter(None, [speakers(record) or publisher_of(record), words]))
    return escape(headline if len(headline) <= _MAX_HEADLINE else f"{headline[: _MAX_HEADLINE - 1]}…")


def _first_clause(text: str) -> str:
    """Return what a text begins with, with a sign that it goes on; "" where it is one short clause."""
    for match in _CLAUSE.finditer(text, _MIN_CLAUSE, _MAX_CLAUSE):
        clause = text[: match.start()]
        if not re.search(r"\d", clause):  # or it is likely a date or a figure alone
            return f"{clause}…"
    if len(text) <= _MAX_CLAUSE:
        return ""
    words = text[:_MAX_CLAUSE].rsplit(" ", 1)[0].split(" ")
    while len(words) > 1 and words[-1].lower() in SMALL_WORDS:
        words.pop()
    return f"{' '.join(words).rstrip(' ,;:–—-')}…"


def _text(record: FactRecord) -> str:
    fact, text = record.fact, escape(_line(record))
    names = speakers(record) or publisher_of(record)
    if fact.kind == "quote":
        parts = [f"<blockquote>“{text}”</blockquote>", f"<p>— {escape(names)}</p>"]
    else:
        parts = [f"<p>{f'According to {escape(within_sentence(names))}: ' if fact.kind == 'claim' else ''}{text}</p>"]
    parts += [f"<p>{escape(detail)}</p>" for detail in (fact.where, fact.context) if detail]
    sources = []
    for citation, source in record.cited:
        words, address = escape(_describe_citation(citation, source, record.story.language)), source.url or source.archive
        linked = f'<a href="{escape(address)}">{words}</a>' if address else words
        archived = f' (<a href="{escape(source.archive)}">archived</a>)' if source.url and source.archive else ""
        sources.append(linked + archived)
    word = "Source" if len(record.sources) == 1 else "Sources"
    return "".join([*parts, f"<p><small>{word}: {'<br>'.join(sources)}<br>{record.ref}</small></p>"])


def _line(record: FactRecord) -> str:
    return " ".join(record.fact.text.split())


def _day(parts: DateParts | None, when: StoryDate, *, last: bool = False) -> dict[str, int]:
    """Return the year, month and day as far as they are known; what is not, by the first or last day that it may be."""
    assert parts is not None
    if parts.unspecified or parts.season:
        key = (when.latest if last else when.earliest) or 0
        return {"year": key // 10000, "month": key // 100 % 100, "day": key % 100}
    return dict(zip(("year", "month", "day"), parts.numbers, strict=False))


def write_calendar(whole: ExportedStory) -> bytes:
    """Return a story as a calendar."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Footnote//Story//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    info = whole.story.info
    calendar.add("x-wr-calname", info.title)
    shown = [record for record in whole.dated if _days(record) is not None]
    missing = len(whole.records) - len(shown)
    left = [f"Without a date, and so not in this calendar: {missing}."] if missing else []
    described = " ".join(filter(None, [info.summary, *left]))
    if described:
        calendar.add("x-wr-caldesc", described)
    now = datetime.now(UTC).replace(microsecond=0)
    for record in shown:
        calendar.add_component(_event(record, now))
    return bytes(calendar.to_ical())


def _event(record: FactRecord, now: datetime) -> Event:
    from icalendar import Event

    first, last = _days(record) or (date.min, date.min)
    sure = is_certain(record)
    when, language = record.fact.date, record.story.language
    event = Event()
    event.add("uid", f"F{record.number}.{record.story.id}@footnote")
    event.add("dtstamp", now)
    event.add("sequence", record.revision - 1)
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
    doubtful = f"({when.words(language)}) " if when and not sure else ""
    event.add("summary", doubtful + sentence(record), parameters={} if language == "en" else {"LANGUAGE": language})
    details = [f"Date: {when.words()}. It is not known to the day, or not certain."] if when and not sure else []
    details += [record.fact.context] if record.fact.context else []
    for citation, source in record.cited:
        archived = f"archived: {source.archive}" if source.archive else None
        details.append(" ".join(filter(None, [_describe_citation(citation, source, language), source.url, archived])))
    event.add("description", "\n".join([*details, record.ref]))
    event.add("categories", [record.fact.kind])
    event.add("status", "CONFIRMED" if sure else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    if record.fact.where:
        event.add("location", record.fact.where)
    url = next((source.url for source in record.sources if source.url), None)
    if url:
        event.add("url", url)
    return event


def _days(record: FactRecord) -> tuple[date, date] | None:
    """Return the first and last day, None without a date or for one before the year 1, where calendars begin."""
    when = record.fact.date
    if when is None:
        return None
    first = sort_key(record)
    last = when.latest if when.latest is not None else when.earliest
    if first is None or last is None or first < 1_01_01 or last > _LAST:
        return None
    return day_of(first), day_of(last)


def _describe_citation(citation: Citation, source: Source, language: str) -> str:
    """Return a citation in plain words: title, publisher, date and the place in it."""
    published = source.published.words(language) if source.published else ""
    locator = f"{citation.label} {citation.locator}" if citation.locator else ""
    return ", ".join(filter(None, [source.title, source.publisher, published, locator]))
