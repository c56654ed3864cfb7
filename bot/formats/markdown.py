"""Citations as Discord's markdown: a quotation or fact with its speaker and date, and its sources as links without a preview."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from bot.facts.models import Citation, FactRecord, Source

_MARKS = re.compile(r"[\\*_~`|\[\]<>@#]")
_STARTS = re.compile(r"^(?:[-+>]|\d+(?=[.)]))", re.MULTILINE)
_URL_SAFE = "%/:;,=+$!.-_~?&#@"


def source_line(source: Source, citation: Citation | None = None) -> str:
    """Return a source on one line: its title as a link, publisher, date, place in it, and the archived copy."""
    title = escape(source.title)
    named = f"[{title.replace('](', '] (')}]({_link(source.url)})" if source.url else title
    place = f"{citation.label or 'at'} {citation.locator}" if citation and citation.locator else ""
    published = source.published.words() if source.published else ""
    authors = ", ".join(source.authors)
    parts = [named, *(escape(part) for part in (authors, source.publisher or "", published, place) if part)]
    return ", ".join(parts) + (f" ([archived]({_link(source.archive)}))" if source.archive else "")


def fact(record: FactRecord, places: Sequence[tuple[Source, Citation | None]]) -> str:
    """Return a fact as a message would show it, with its sources and its permanent name."""
    said = record.fact
    text = escape(said.text)
    date = said.date.words() if said.date else ""
    names = ", ".join(f"**{escape(actor.name)}**" for actor in record.speakers)
    foot = ", ".join(part for part in (names, escape(date), escape(said.where or said.context or "")) if part)
    lines = [*(f"> {line}" for line in (f"“{text}”" if said.kind == "quote" else text).split("\n"))]
    lines += [f"> — {foot}"] if foot else []
    sources = [f"-# {source_line(source, citation)}" for source, citation in places]
    return "\n".join([*lines, *sources, f"-# {record.ref}"])


def escape(text: str) -> str:
    """Return text that Discord shows as it is."""
    marked = _MARKS.sub(r"\\\g<0>", text)
    return _STARTS.sub(lambda found: f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}", marked)


def _link(url: str | None) -> str:
    """Return an address in angle brackets, which keep Discord from showing a preview."""
    return f"<{quote(url or '', safe=_URL_SAFE)}>"
