"""The alternative text of a picture, for people who cannot see it, within the characters that there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from bot.facts.models import FactRecord
from bot.facts.speakers import Link, publisher_of
from bot.facts.text import shortened
from bot.pictures.letters import plain
from bot.presentation import wording
from bot.presentation.languages import say

LONGEST = 1000
"""Characters of an alternative text; Discord takes 1024."""

_NAME = 60
_MOST_NAMES = 3  # speakers of one fact
_ENDING = 30  # characters reserved for how many more there are
_ENDS = (".", "!", "?", "…", ".”", "!”", "?”", "…”")
_LEAST = 40  # characters of a fact, below which the last ones are counted instead


def timeline_in_words(title: str, story: str, records: Sequence[FactRecord], page: int, pages: int, longest: int) -> str:
    """Return a page of a time line fact by fact, in ``longest`` characters at most, each fact with its share of them."""
    parts = [_fact(record) for record in records]
    return _joined(_head(title, story, page, pages), parts, longest)


def network_in_words(title: str, story: str, links: Sequence[Link], page: int, pages: int, longest: int) -> str:
    """Return who speaks about whom and how often, in ``longest`` characters at most."""
    head = _head(title, story, page, pages)
    parts: list[str] = []
    room = longest - len(head) - _ENDING
    for link in links:
        part = f"{link_in_words(link)}."
        if len(part) + 1 > room:
            parts.append(f"{say('{number} more').format(number=len(links) - len(parts))}.")
            break
        parts.append(part)
        room -= len(part) + 1
    return " ".join([head, *parts])


def link_in_words(link: Link) -> str:
    """Say who speaks about whom, and how often: ``Maria Lee → Harbour Bridge: 1 quote, 2 claims``."""
    counts = ", ".join(wording.statement_counts(link.quotes, link.claims))
    return wording.labelled(f"{shortened(plain(link.speaker), _NAME)} → {shortened(plain(link.subject), _NAME)}", counts)


def _head(title: str, story: str, page: int, pages: int) -> str:
    """Return what the picture is of, from which story, and which page it is: ``Timeline, The bridge, Page 1 of 3.``"""
    parts = [shortened(plain(title), 200), shortened(plain(story), 100), *wording.page_number(page, pages)]
    return f"{', '.join(filter(None, parts))}."


def _fact(record: FactRecord) -> str:
    date = wording.date_words(record)
    if record.fact.kind == "event":
        return wording.labelled(date, plain(record.fact.text))
    more = len(record.speakers) - _MOST_NAMES
    others = [say("{number} more").format(number=more)] if more > 0 else []
    speakers = [plain(actor.name) for actor in record.speakers[:_MOST_NAMES]]
    names = wording.listed([*speakers, *others]) or publisher_of(record)
    if record.fact.kind == "quote":
        return wording.labelled(f"{date}, {names}", f"“{plain(record.fact.text)}”")
    return f"{date}. {say('According to {names}:').format(names=names)} {plain(record.fact.text)}"


def _joined(head: str, parts: Sequence[str], longest: int) -> str:
    """Join parts behind a head, each cut to its share of the room; what has no room is counted."""
    room = longest - len(head) - _ENDING
    shown = min(len(parts), max(room // (_LEAST + 1), 1))
    fitted: list[str] = []
    for number, part in enumerate(parts[:shown]):
        share = room // (shown - number) - 1
        fitted.append(shortened(part, share - 1))
        room -= len(fitted[-1]) + 2
    if shown < len(parts):
        fitted.append(f"{say('{number} more').format(number=len(parts) - shown)}.")
    return " ".join([head, *(each if each.endswith(_ENDS) else f"{each}." for each in fitted)])
