"""Dates as the CSL specification has them printed, in elements that citeproc-py takes in place of its own."""

from __future__ import annotations

from typing import Any

from citeproc import model
from citeproc.model import CitationStylesElement
from citeproc.source import LiteralDate, VariableError

_PARTS = ("year", "month", "day")


class Date(model.Date, CitationStylesElement):  # type: ignore[misc]
    """A date."""

    def process(self, item: Any, variable: Any = None, show_parts: Any = None, context: Any = None, **options: Any) -> Any:
        """Return a date; one in words only where the year is asked for, so that it stands there once."""
        name = (variable or self.get("variable")).replace("-", "_")
        if not self.is_locale_date():
            self.get_root().rendering.call(self.get("variable"), shown=name in item.reference)
        date = item.reference[name]
        named = [part.get("name") for part in self.iterchildren() if part.get("name")] if self.get("form") is None else []
        asked = show_parts or named or (self.get("date-parts") or "year-month-day").split("-")
        if isinstance(date, LiteralDate) and not self.is_locale_date() and "year" not in asked:
            raise VariableError
        return super().process(item, variable, None if show_parts is None else list(show_parts), context, **options)

    def render_date_range(self, date_range: Any, show_parts: Any = None, context: Any = None) -> Any:
        """Return a span, the parts that both ends share once."""
        order = [part.get("name") for part in self.iterchildren() if part.get("name") in (show_parts or _PARTS)]
        begin, end = date_range.begin, date_range.end
        differing = [part for part in _PARTS if part in order]
        while differing and _part(begin, differing[0]) == _part(end, differing[0]):
            del differing[0]
        if not differing:
            return self.render_single_date(end, order, context)
        places = [place for place, part in enumerate(order) if part in differing]
        parts = (order[: places[0]], order[places[0] : places[-1] + 1], order[places[-1] + 1 :])
        before, first = (str(self.render_single_date(begin, list(shown), context) or "") for shown in parts[:2])
        last, after = (str(self.render_single_date(end, list(shown), context) or "") for shown in parts[1:])
        span = "\N{EN DASH}".join(filter(None, [first.strip().rstrip(","), last.strip() if after == "" else last.lstrip()]))
        return " ".join(filter(None, [before.strip(), f"{span.rstrip()} {after.strip()}".strip()]))


class Date_Part(model.Date_Part, CitationStylesElement):  # type: ignore[misc] # noqa: N801 - citeproc-py finds it by this name
    """A part of a date."""

    def process(self, date: Any, context: Any = None) -> Any:
        """Return the part; a season by its name."""
        if self.get("name") == "month" and "month" not in date and "season" in date:
            return self.get_single_term(name=f"season-{date.season:02}")
        return super().process(date, context)


def _part(date: Any, name: str) -> int | None:
    return int(date[name]) if name in date else None
