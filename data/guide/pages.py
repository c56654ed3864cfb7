"""The pages that people read: what is in them, apart from their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.support.paths import ROOT

GUIDES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
"""What says how Footnote is used."""
PAGES = (*GUIDES, *(ROOT / name for name in ("ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "PRIVACY.md", "SECURITY.md")))
"""All pages whose links and lines are looked at."""

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^<!-- file: (\S+) -->\n+```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MADE = re.compile(r"(<!-- made by python -m data\.guide: ([^>]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:)([^)\s]+)\)")
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")


class Block(NamedTuple):
    """A fenced block: its language, what is in it, and where that stands in the page."""

    language: str
    text: str
    start: int
    end: int


def read(page: Path) -> str:
    """Return what a page says."""
    return page.read_text(encoding="utf-8")


def blocks(text: str) -> Iterator[Block]:
    """Yield the fenced blocks of a page."""
    for match in _FENCE.finditer(text):
        yield Block(match[1], match[2], *match.span(2))


def prose(text: str) -> str:
    """Return a page without its fenced blocks."""
    return _FENCE.sub("", text)


def code(text: str) -> Iterator[str]:
    """Yield what stands in backticks in a page."""
    yield from _CODE.findall(prose(text))


def links(text: str) -> Iterator[str]:
    """Yield the targets of links and pictures that are in the project."""
    yield from _LINK.findall(prose(text))


def anchors(text: str) -> list[str]:
    """Return what the headings of a page are called in links to them."""
    headings = re.findall(r"^#+ (.+)$", prose(text), re.MULTILINE)
    return [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings]


def files(text: str) -> dict[str, str]:
    """Return the files that a page shows, by the names that a comment above each gives."""
    return dict(_FILE.findall(text))


def made(text: str) -> dict[str, str]:
    """Return what is between the marks of a page, by what the marks say."""
    return {match[2]: match[3] for match in _MADE.finditer(text)}


def with_made(text: str, tables: dict[str, str]) -> str:
    """Return a page with what is made between its marks."""
    return _MADE.sub(lambda match: f"{match[1]}\n{tables[match[2]]}\n{match[4]}", text)
