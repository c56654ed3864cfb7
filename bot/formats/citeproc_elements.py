"""What citeproc-py 0.11 does not do as the CSL specification (1.0.2) says, done right in elements of ours.

citeproc-py makes an element of a style an object of the class that has the element's name, of all classes that derive from its
`CitationStylesElement`; the last one defined counts. Importing this module is therefore enough, and changes nothing inside the
library:

- a variable that stands in the place of a missing author is not printed a second time (specification, "Substitute");
- ``initialize="false"`` keeps given names whole ("Name");
- a label is printed only beside a number that is there ("Label"), and a locator without a term in the locale is named in plain
  words;
- a span of days whose shown parts are the same at both ends is printed once ("Date Ranges"); a date in words stands where the
  year does;
- whether a locator is a number can be asked ("is-numeric");
- the names of seasons are printed where a month would be a number.
"""

from __future__ import annotations

import re
from typing import Any

from citeproc import model
from citeproc.model import CitationStylesElement
from citeproc.source import LiteralDate, VariableError
from citeproc.string import String

_NUMERIC = re.compile(r"[a-z]*\d+[a-z]*(?:\s*[-–,&]\s*[a-z]*\d+[a-z]*)*", re.IGNORECASE)  # specification, "is-numeric"
_PARTS = ("year", "month", "day")


class Rendering:
    """What was printed while one item is rendered; put on the root of the style as ``rendering`` before each."""

    def __init__(self) -> None:
        self.repressed: set[str] = set()
        self.inside: list[set[str]] = []


class Substitute(model.Substitute, CitationStylesElement):  # type: ignore[misc]
    """Elements that stand in for missing names."""

    def render(self, item: Any, context: Any = None, **options: Any) -> Any:
        """Return what stands in for the names; the variables that it printed are printed no more."""
        rendering = self.get_root().rendering
        for child in self.getchildren():
            rendering.inside.append(set())
            try:
                text = self._one(child, item, context, options)
            except VariableError:
                text = None
            finally:
                printed = rendering.inside.pop()
            if text:
                rendering.repressed |= printed
                return text
        return None

    def _one(self, child: Any, item: Any, context: Any, options: dict[str, Any]) -> Any:
        if isinstance(child, model.Names) and child.name is None:
            names = self.xpath_search("./parent::cs:names[1]")[0]
            return child.render(item, names_context=names, context=context, **options)
        return child.render(item, context=context, **options)


class Text(model.Text, CitationStylesElement):  # type: ignore[misc]
    """A text."""

    def _variable(self, item: Any, context: Any) -> Any:
        variable, rendering = self.get("variable"), self.get_root().rendering
        if variable in rendering.repressed:
            return None
        text = super()._variable(item, context)
        if text:
            for printed in rendering.inside:
                printed.add(variable)
        return text


class Name(model.Name, CitationStylesElement):  # type: ignore[misc]
    """How names are written."""

    def get_option(self, name: str, context: Any = None, sort_options: Any = None) -> Any:
        """Return an option; given names are not cut to initials where ``initialize`` is false."""
        if name == "initialize-with" and self.get("initialize", "true") == "false":
            return None
        return super().get_option(name, context, sort_options)


class Label(model.Label, CitationStylesElement):  # type: ignore[misc]
    """The name of a number: ``p.``, ``vol.``."""

    def process(self, item: Any, variable: Any = None, plural: Any = None, context: Any = None, **options: Any) -> Any:
        """Return the term; nothing where there is no number, or none is known for it."""
        named = self.get("variable")
        if variable is None and named == "locator" and not item.has_locator:
            return None
        if variable is None and named != "locator" and named.replace("-", "_") not in item.reference:
            return None
        text = super().process(item, variable, plural, context, **options)
        if variable is None and named == "locator" and not str(text):
            return String(f"{item.locator.label.removesuffix('-locator').replace('-', ' ')} ")
        return text


class Date(model.Date, CitationStylesElement):  # type: ignore[misc]
    """A date."""

    def process(self, item: Any, variable: Any = None, show_parts: Any = None, context: Any = None, **options: Any) -> Any:
        """Return a date; one in words only where the year is asked for, so that it stands there once."""
        name = (variable or self.get("variable")).replace("-", "_")
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


class If(model.If, CitationStylesElement):  # type: ignore[misc]
    """A condition."""

    def _is_numeric(self, item: Any) -> list[bool]:
        return [self._numeric(item, name.replace("-", "_")) for name in self.get("is-numeric").split()]

    def _numeric(self, item: Any, name: str) -> bool:
        holder = {"locator": item.locator.identifier} if name == "locator" and item.has_locator else item.reference
        value = holder.get(name, "")
        return _NUMERIC.fullmatch(str(value).strip()) is not None


class Else_If(If, CitationStylesElement):  # type: ignore[misc] # noqa: N801 - citeproc-py finds it by this name
    """A condition that counts where those before it do not hold."""


def _part(date: Any, name: str) -> int | None:
    return int(date[name]) if name in date else None
