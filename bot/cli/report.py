"""``footnote story report``: what a story lacks, as text or as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.cli.contract import to_json
from bot.cli.links import check_links
from bot.editing.report import Lack, Report, ReportItem, common_detail, links_of, report_on
from bot.facts.models import Story
from bot.terminal.safe import one_line

_TEXT = 76
_MOST = 12


def report(story: Story, *, as_json: bool, with_links: bool) -> str:
    """Return the report on a story; ``with_links``: its links are opened, which takes up to some seconds each."""
    found = report_on(story, check_links(links_of(story)) if with_links else None)
    return _json(found) if as_json else "\n".join(_lines(found, with_links=with_links))


def _lines(report: Report, *, with_links: bool) -> Iterator[str]:
    yield f"{one_line(report.title)}: {_counted(report.facts, 'fact')}, {_counted(report.sources, 'source')}."
    if not report.lacks:
        yield "Nothing is lacking."
    for lack, items in report.lacks.items():
        yield ""
        common = common_detail(items)
        yield f"{lack.title} ({len(items)}{f', all {one_line(common)}' if common else ''})"
        yield f"  {lack.mend}"
        for item in items[:_MOST]:
            yield f"  - {_item(item, detail=not common)}"
        if len(items) > _MOST:
            yield f"    and {len(items) - _MOST} more: --json lists them all"
    if not with_links:
        yield "\nNo link was opened; --check-links opens them."


def _item(item: ReportItem, *, detail: bool) -> str:
    text = one_line(item.text)
    shown = text if len(text) <= _TEXT else f"{text[:_TEXT].rsplit(' ', 1)[0]}…"
    return f"{one_line(item.id)}: {shown}{f' ({one_line(item.detail)})' if item.detail and detail else ''}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _json(report: Report) -> str:
    content: dict[str, Any] = {
        "story": report.story,
        "title": report.title,
        "facts": report.facts,
        "sources": report.sources,
        "lacks": [_lack(lack, items) for lack, items in report.lacks.items()],
    }
    return to_json(content)


def _lack(lack: Lack, items: tuple[ReportItem, ...]) -> dict[str, Any]:
    return {
        "lack": lack.name.lower().replace("_", "-"),
        "title": lack.title,
        "mend": lack.mend,
        "items": [{"id": item.id, "text": item.text, "detail": item.detail or None} for item in items],
    }
