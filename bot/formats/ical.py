"""iCalendar (RFC 5545): the dated facts of a story as all-day events, which every calendar shows.

A calendar knows days alone. A month or a year is an event of that length; a date that is not certain is named as such at the
front of the event, in its description, and by the status TENTATIVE; one that is open at an end stands at its known end. None of
it blocks time.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.facts.dates import day_of
from bot.facts.models import FactRecord
from bot.formats.exported import ExportedStory, describe_citation, is_certain, sentence, sort_key

if TYPE_CHECKING:
    from icalendar import Event

_LAST = 9999_12_30  # the day after it has to be a date too


def write(whole: ExportedStory) -> bytes:
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
    when = record.fact.date.words() if record.fact.date else ""
    event = Event()
    event.add("uid", f"F{record.number}.{record.story.id}@footnote")
    event.add("dtstamp", now)
    event.add("sequence", record.revision - 1)
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
    event.add("summary", sentence(record) if sure else f"({when}) {sentence(record)}")
    details = [] if sure else [f"Date: {when}. It is not known to the day, or not certain."]
    details += [record.fact.context] if record.fact.context else []
    details += [describe_citation(*cited) for cited in record.cited]
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
