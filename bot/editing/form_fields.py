"""The fields of a form, each read by itself: dates as people type them, links, one citation a line; and their limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from bot.errors import FormError, UsageError
from bot.facts.dates import StoryDate
from bot.facts.limits import Item, excesses
from bot.facts.models import FactRecord, Source
from bot.facts.text import clean, link_fault, page_key
from bot.facts.typed_dates import typed_date
from bot.messages import Message
from bot.stories.csl_terms import LOCATORS
from bot.stories.yaml_tree import cleaned

NO_REASON = Message("Say why it is taken back; the reason is kept in its history.")
TO_COME = Message("That day is still to come, and nothing is published before it is written. Correct the date.")
MAX_TEXT = 4000  # characters of a fact's text; a text input of Discord takes no more
_LINK = re.compile(r"<?(https?://\S+?)>?", re.IGNORECASE)
_SHORT_LABELS = {
    "p": "page", "pp": "page", "par": "paragraph", "para": "paragraph", "¶": "paragraph", "sec": "section", "l": "line",
}  # fmt: skip
_PLACE = re.compile(r"(?:(?P<label>[^\W\d_]+|¶)\.?\s*)?(?P<locator>\S.*)")
_FIELD_OF = {"citations": "cite", "who": "by", "url": "link"}  # fields of records that have another name in forms


def check_not_retracted(record: FactRecord) -> None:
    """Raise UsageError for a fact that is retracted."""
    if record.retracted:
        raise UsageError(Message("F{number} is retracted. Undo that first.", number=record.number))


def check_sizes(*items: Item) -> None:
    """Raise FormError for the fields of a form that hold too much."""
    faults: dict[str, Message] = {}
    for excess in (excess for item in items for excess in excesses(item)):
        key = _FIELD_OF.get(excess.field, excess.field)
        faults[key] = Message("{name}: {text}", name=key, text=excess.message)
    if faults:
        raise FormError(faults)


def typed(text: str) -> str:
    """Return a typed text as it is stored, without control characters and halves of surrogate pairs."""
    return clean(cleaned(text))


def read_date(text: str, today: date, *, past: bool = False) -> StoryDate | None:
    """Read a date in any usual form, or EDTF; None where nothing was typed. Raises DateError with an example.

    A missing year is the one nearest to ``today``, the last day of a story; with ``past``, the latest one up to it.
    ``yesterday`` counts from the day of typing.
    """
    text = typed(text)
    return typed_date(text, today, past=past).date if text else None


def read_link(text: str) -> str | None:
    """Return the link if a text is one, alone, that can be shown; None for any other text."""
    match = _LINK.fullmatch(typed(text))
    return match[1] if match is not None and link_fault(match[1]) is None else None


def refused_link(text: str) -> Message | None:
    """Return a sentence that says why a link cannot be shown, None where it can, or where the text is not a link."""
    match = _LINK.fullmatch(typed(text))
    return link_fault(match[1]) if match is not None else None


def same_page(link: str | None, sources: Iterable[Source]) -> Source | None:
    """Return the source whose page or archived page a link leads to, None where there is none."""
    key = page_key(link)
    return next(
        (source for source in sources if key is not None and key in (page_key(source.url), page_key(source.archive))), None
    )


def read_citation(line: str, sources: Mapping[str, Source]) -> tuple[str, str | None, str | None]:
    """Split a line into the id or link of a source, the label of a place and the place.

    The longest id that the line begins with counts. Raises ValueError for an empty line or an unknown label.
    """
    line = typed(line)
    if not line:
        raise ValueError("empty")
    for name in sorted(sources, key=len, reverse=True):
        rest = line[len(name) :]
        if line.startswith(name) and (not rest or rest[0] in " #,"):
            return name, *_place(rest)
    link, _, rest = line.partition(" ")
    url, sign, paragraph = link.partition("#")
    address = read_link(link)
    if address is not None:
        known = same_page(address, sources.values())
        if sign and paragraph.strip(">").isdigit():  # a bare number is taken for a paragraph, not for an anchor of the page
            return known.id if known else url.strip("<>"), "paragraph", paragraph.strip(">")
        return known.id if known else address, *_place(rest)
    name, sign, paragraph = line.partition("#")
    return clean(name), *_place(f"#{paragraph}" if sign else "")


def _place(text: str) -> tuple[str | None, str | None]:
    """Read a place in a source: ``#4``, ``page 12``, ``p. 12``, ``4``. Raises ValueError for an unknown label."""
    text = text.strip(" ,")
    if text.startswith("#"):
        if not text[1:].strip():
            raise ValueError(text)
        return "paragraph", text[1:].strip()
    if not text:
        return None, None
    match = _PLACE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    label = (match["label"] or "paragraph").lower()
    label = _SHORT_LABELS.get(label, label)
    if label not in LOCATORS:
        raise ValueError(text)
    return label, match["locator"].strip()


def is_place(text: str) -> bool:
    """Return whether a text is a labelled place without its source: ``page 12``, ``p. 12``, ``¶4``."""
    match = _PLACE.fullmatch(typed(text))
    label = (match["label"] or "").lower() if match is not None else ""
    return _SHORT_LABELS.get(label, label) in LOCATORS and match is not None and any(map(str.isdigit, match["locator"]))
