"""Make stored text safe to show on Discord: nothing in it pings, links, formats or leaves its place.

Every mark that Discord could read as markdown gets a backslash, which Discord does not show: the words stay verbatim. Only
invisible characters are left out: controls, and the directional overrides that would turn the rest of the message around.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from discord.utils import escape_mentions

from bot.facts.text import safe_url, wikidata_url
from bot.languages import say

T = TypeVar("T")

ELLIPSIS = "…"

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_BLANK_LINES = re.compile(r"\n{3,}")
_BREAKING = re.compile(r"[^\S\u00a0\u2007\u202f]+")  # blanks at which a line may break, unlike those before French punctuation
_MARKS = re.compile(r"[\\*_~`|\[\]<>@]|&(?=#?\w+;)|:(?=[\w+-]+:|//)")
_LINE_STARTS = re.compile(r"^(?:-#|[-+#=]|\d+(?=[.)]))", re.MULTILINE)


def clean(text: str) -> str:
    """Return the text without invisible controls, its lines trimmed, with at most one blank line between two."""
    lines = (_UNSEEN.sub("", line).strip() for line in text.splitlines())
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """Return the cleaned text on one line."""
    return _BREAKING.sub(" ", clean(text))


def escape(text: str) -> str:
    """Return cleaned text that Discord shows as it is: no markdown, no link, no emoji, no mention."""
    marked = _MARKS.sub(r"\\\g<0>", clean(text))
    return escape_mentions(_LINE_STARTS.sub(_escape_start, marked))


def _escape_start(match: re.Match[str]) -> str:
    start = match[0]
    if start == "-#":
        return "\\-\u200b#"
    return f"{start}\\" if start[-1].isdigit() else f"\\{start}"


def inline(text: str, limit: int) -> str:
    """Return the text on one line, escaped and no longer than the limit, for use within a line."""
    return fitting(one_line(text), limit)


def fitting(text: str, limit: int) -> str:
    """Return the text escaped, and shortened so that it fits the limit including its backslashes."""
    shorter = limit
    escaped = escape(shorten(text, shorter))
    while len(escaped) > limit and shorter > 0:
        shorter -= max((len(escaped) - limit) // 2, 1)
        escaped = escape(shorten(text, max(shorter, 1)))
    return escaped


def label(text: str, limit: int) -> str:
    """Return plain text for a button or a choice, where Discord reads no markdown; never empty."""
    return shorten(one_line(text), limit) or ELLIPSIS


def shorten(text: str, limit: int) -> str:
    """Cut a text that is longer than the limit, at a word where there is one near, and end it with an ellipsis."""
    if len(text) <= limit:
        return text
    end = limit - 1
    while end > 1 and (text[end] in "\u200d\ufe0e\ufe0f" or unicodedata.combining(text[end])):  # would be cut off its letter
        end -= 1
    cut = text[:end]
    word = max(cut.rfind(" "), cut.rfind("\n"))
    if word > limit // 2:
        cut = cut[:word]
    return cut.rstrip(" \n,;:.–—-\u200d") + ELLIPSIS


def split(text: str, limit: int) -> tuple[str, ...]:
    """Cut a text into parts no longer than the limit, at the end of a line or word if one is near; only blanks are lost."""
    parts = []
    start = 0  # an index instead of cutting the text: copying the rest for each part would take quadratic time
    while len(text) - start > limit:
        cut = text[start : start + limit]
        end = max(cut.rfind("\n"), cut.rfind(" "))
        end = end if end > limit // 2 else limit - cut.endswith("\\")
        parts.append(cut[:end].rstrip())
        start += end
        while start < len(text) and text[start].isspace():
            start += 1
    return (*parts, text[start:])


def first_lines(items: Sequence[T], most: int, line: Callable[[T], str], more: Callable[[int], str]) -> list[str]:
    """Return a line for each of the first items, and one that says how many ``more`` there are."""
    rest = len(items) - most
    return [*map(line, items[:most]), *([more(rest)] if rest > 0 else [])]


def link(title: str, url: str | None, limit: int) -> str:
    """Return a masked link, or the bare title if the address cannot be shown. Square brackets in a title become round ones."""
    address = safe_url(url)
    text = inline(title.replace("[", "(").replace("]", ")"), limit)
    if address is None or not text:
        return text
    if "://" in title:
        return f"{text} ([{say('link')}]({address}))"
    return f"[{text}]({address})"


def wikidata_link(item: str) -> str:
    """Return a masked link to an item of Wikidata, named by its id."""
    return link(f"Wikidata: {item}", wikidata_url(item), 100)


def quoted(text: str) -> str:
    """Return escaped text as a block quotation, every line of it."""
    return "\n".join(f"> {line}" if line else "> \u200b" for line in text.split("\n"))


def timestamp(at: str, style: str = "D") -> str:
    """Return a time (ISO 8601) as Discord shows it to each reader in their own time zone and language.

    ``style`` is one of Discord's: ``D`` the date, ``f`` date and time, ``R`` how long ago.
    """
    return f"<t:{int(datetime.fromisoformat(at).timestamp())}:{style}>"
