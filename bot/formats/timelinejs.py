"""TimelineJS JSON (Knight Lab's TimelineJS 3): a time line that a web page shows.

What has no date is counted on the title slide, for TimelineJS needs a date. It has no dates that are not certain: such a one
stands at its earliest day, and is shown in words (``display_date``). Text is HTML there, so that what is stored is escaped.
Format: https://timeline.knightlab.com/docs/json-format.html
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

from bot.facts.dates import StoryDate
from bot.facts.edtf import DateParts, date_ends
from bot.facts.models import FactRecord
from bot.facts.speakers import publisher_of
from bot.formats.exported import ExportedStory, describe_place, speakers

_GROUPS = {"event": "Events", "quote": "Quotes", "claim": "Claims"}
_HEADLINE = 100  # characters; more would fill the slide and the strip below it


def write(whole: ExportedStory) -> bytes:
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
    date = record.fact.date
    assert date is not None
    ends = date_ends(date.edtf)  # between which TimelineJS puts the slide; one that is open is left out
    slide: dict[str, Any] = {"start_date": _day(ends[0] or ends[-1], date)}
    if len(ends) == 2 and ends[0] and ends[1]:
        slide["end_date"] = _day(ends[1], date, last=True)
    return slide | {
        "display_date": escape(date.words()),
        "text": {"headline": _headline(record), "text": _text(record)},
        "group": _GROUPS[record.fact.kind],
        "unique_id": record.ref.replace("@", "-"),
    }


def _headline(record: FactRecord) -> str:
    """Return an event, or who says or claims what, cut where it is long: it stands whole in the text below."""
    text = _line(record)
    if record.fact.kind == "quote":
        text = f"“{text}”"
    if record.fact.kind != "event":
        text = f"{speakers(record) or publisher_of(record)}: {text}"
    if len(text) <= _HEADLINE:
        return escape(text)
    closing = "”" if record.fact.kind == "quote" else ""
    return escape(f"{text[: _HEADLINE - 1 - len(closing)].rsplit(' ', 1)[0].rstrip(' ,;:–—-')}…{closing}")


def _text(record: FactRecord) -> str:
    fact, text = record.fact, escape(_line(record))
    names = speakers(record) or publisher_of(record)
    if fact.kind == "quote":
        parts = [f"<blockquote>“{text}”</blockquote>", f"<p>— {escape(names)}</p>"]
    else:
        parts = [f"<p>{f'According to {escape(names)}: ' if fact.kind == 'claim' else ''}{text}</p>"]
    parts += [f"<p>{escape(detail)}</p>" for detail in (fact.where, fact.context) if detail]
    sources = []
    for citation, source in record.cited:
        words, address = escape(describe_place(citation, source)), source.url or source.archive
        linked = f'<a href="{escape(address)}">{words}</a>' if address else words
        archived = f' (<a href="{escape(source.archive)}">archived</a>)' if source.url and source.archive else ""
        sources.append(linked + archived)
    word = "Source" if len(record.sources) == 1 else "Sources"
    return "".join([*parts, f"<p><small>{word}: {'<br>'.join(sources)}<br>{record.ref}</small></p>"])


def _line(record: FactRecord) -> str:
    return " ".join(record.fact.text.split())


def _day(parts: DateParts | None, date: StoryDate, *, last: bool = False) -> dict[str, int]:
    """Return the year, month and day as far as they are known; what is not, by the first or last day that it may be."""
    assert parts is not None
    whole = "".join(part or "" for part in parts[:3])
    if "X" in whole or parts.season:
        key = (date.latest if last else date.earliest) or 0
        return {"year": key // 10000, "month": key // 100 % 100, "day": key % 100}
    found = {"year": int(parts.year.lstrip("Y"))}
    if parts.month:
        found["month"] = int(parts.month)
    return found | ({"day": int(parts.day)} if parts.day else {})
