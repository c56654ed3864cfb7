"""What citeproc-py 0.11 does not do as the CSL specification (1.0.2) says, done right in elements of ours.

citeproc-py makes an element of a style an object of the class that has the element's name, of all classes that derive from its
`CitationStylesElement`; the last one defined counts. Importing this module is therefore enough, and changes nothing inside the
library:

- what stands in the place of a missing author, names too, is not printed a second time (specification, "Substitute");
- a group is printed only where one of the variables that it asks for is there ("Group"), as each item has them;
- a label is printed only beside a number that is there ("Label"), and a locator without a term in the locale is named in plain
  words;
- titles get capitals as citeproc-js gives them, terms and labels the case that the style asks for ("Text-case");
- quotation marks inside others are the inner ones of the language ("Quotes");
- of a term that a language has in another form alone, that form is printed, before English is asked ("Terms"); a few that the CSL
  project has in English alone are ours (`terms`);
- whether a locator is a number can be asked ("is-numeric"); nothing is asked for to tell two sources apart
  ("disambiguate"), for each is cited alone;
- the number of a source is the one that it has in the list of whoever asks, and counts as a variable that is there;
- names, dates, numbers and spans of pages (`citeproc_values`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from citeproc import model
from citeproc.model import CitationStylesElement
from citeproc.source import Name, Reference, VariableError
from citeproc.source.json import CiteProcJSON
from citeproc.string import String

from bot.formats.citeproc_values import NUMBERS, format_number, format_pages
from bot.formats.terms import csl_term
from bot.formats.typography import (
    APOSTROPHE,
    MARKUP,
    NO_CASE,
    PROTECTED,
    capitalize_first,
    curl_quotes,
    keep_stops,
    nest_quotes,
    title_case,
)
from bot.stories.csl_terms import DATES, NAMES

_APOSTROPHES = re.compile(r"(?<=\w)['’](?=\w|$)|(?<!\w)['’](?=[st]\b)")
_SEVERAL = re.compile(r"\d[a-z]*\s*(?:[-–,&;]|and)\s*\d")
_NUMERIC = re.compile(r"[a-z]*\d+[a-z]*(?:\s*[-–,&/]\s*[a-z]*\d+[a-z]*)*", re.IGNORECASE)  # specification, "is-numeric"


class Rendering:
    """What was asked for and printed while one item is rendered; put on the root of the style as ``rendering`` before each.

    ``number`` is the place of the item in the list of sources, ``language`` that of the style's own words.
    """

    def __init__(self, number: int, language: str) -> None:
        self.number, self.language = number, language
        self.repressed: set[str] = set()
        self.inside: list[set[str]] = []
        self.called = 0
        self.shown = 0

    def call(self, variable: str, *, shown: bool) -> None:
        """Note that a variable was asked for, and whether the item has it to be printed."""
        shown = shown and variable not in self.repressed
        self.called += 1
        self.shown += shown
        if shown:
            for printed in self.inside:
                printed.add(variable)


_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NEXT_FORM = {"verb-short": "verb", "symbol": "short", "verb": None, "short": None}  # None: the long form


class Locale(model.Locale, CitationStylesElement):  # type: ignore[misc]
    """The terms of a language, or those that a style has itself."""

    def get_term(self, name: str, form: str | None = None, zero_padded: bool = False) -> Any:
        """Return a term, in another form where the language lacks the one asked for. Raises IndexError where it is not there."""
        language = self.get(_LANGUAGE, "en")[:2]
        if language == "en" or self.getparent() is not None:
            return super().get_term(name, form, zero_padded)
        try:
            term = super().get_term(name, form, zero_padded)
        except IndexError:
            if form not in _NEXT_FORM:
                raise
            return self.get_term(name, _NEXT_FORM[form])
        if words := csl_term(language, name, form):
            term[:], term.text = [], words
        return term


class Substitute(model.Substitute, CitationStylesElement):  # type: ignore[misc]
    """Elements that stand in for missing names."""

    def render(self, item: Any, context: Any = None, **options: Any) -> Any:
        """Return what stands in for the names; the variables that it printed are printed no more."""
        rendering = self.get_root().rendering
        for child in self.getchildren():
            rendering.inside.append(set())
            try:
                text = child.render(item, context=context, **options)
            except VariableError:
                text = None
            finally:
                printed = rendering.inside.pop()
            if text:
                rendering.repressed |= printed
                return text
        return None


class Group(model.Group, CitationStylesElement):  # type: ignore[misc]
    """Elements that are printed together."""

    def process(self, item: Any, context: Any = None, **options: Any) -> Any:
        """Return what the elements print. Raises VariableError where all variables that they ask for are missing."""
        rendering = self.get_root().rendering
        called, shown = rendering.called, rendering.shown
        texts = []
        for child in self.iterchildren():
            inherited = {"delimiter": self.get("delimiter", "")} if isinstance(child, model.Choose) else {}
            with suppress(VariableError):
                if (text := child.render(item, context=context, **options | inherited)) is not None:
                    texts.append(text)
        if texts and (rendering.called == called or rendering.shown > shown):
            rendering.called += 1  # to the group around it, like a variable
            rendering.shown += 1
            return self.join(texts)
        raise VariableError


class _Cased:
    """Texts in the case that the style asks for."""

    def case(self, text: Any, language: str | None = "en") -> Any:
        """Return a text in its case."""
        if self.get("text-case") == "title" and language in (None, "en"):  # type: ignore[attr-defined]
            return String(title_case(str(text)))
        if self.get("text-case") == "capitalize-first":  # type: ignore[attr-defined]
            dotted = self.get_root().rendering.language == "tr" and str(text).startswith("i")  # type: ignore[attr-defined]
            return String(f"İ{str(text)[1:]}" if dotted else capitalize_first(str(text)))
        return super().case(String(str(text)), language)  # type: ignore[misc]


def _with_own_dash(element: Any, pages: str) -> str:
    """Return pages with the sign that the language of a style has between them: a hyphen in Spanish."""
    return pages.replace("–", str(element.get_single_term(name="page-range-delimiter")) or "–")


class Text(_Cased, model.Text, CitationStylesElement):  # type: ignore[misc]
    """A text."""

    def quote(self, string: Any) -> Any:
        """Return a text in quotation marks where the style says so, those in it turned into inner ones."""
        if self.get("quotes", "false") != "true":
            return string
        outer, inner = self._marks("quote"), self._marks("inner-quote")
        return String(nest_quotes(str(string), inner, outer).join(outer))

    def _marks(self, name: str) -> tuple[str, str]:
        return str(self.get_single_term(name=f"open-{name}")), str(self.get_single_term(name=f"close-{name}"))

    def _variable(self, item: Any, context: Any) -> Any:
        variable, rendering = self.get("variable"), self.get_root().rendering
        there = item.has_locator if variable == "locator" else variable.replace("-", "_") in item.reference
        if variable == "citation-number":
            rendering.call(variable, shown=True)
            return String(str(rendering.number))
        if variable == "year-suffix":  # of one source there is none, and no group depends on it
            raise VariableError
        rendering.call(variable, shown=there)
        if variable in rendering.repressed:
            return None
        text = super()._variable(item, context)
        if variable in NUMBERS:
            return String(format_number(str(text)))
        if variable in ("URL", "DOI"):
            return text
        return String(keep_stops(curl_quotes(str(text), self._marks("quote"), self._marks("inner-quote"))))

    def _process(self, value: Any, variable: str) -> Any:
        pages = format_pages(str(value), self.get_root().get("page-range-format"))
        return re.split("[–,& ]", pages)[0] if variable == "page-first" else _with_own_dash(self, pages)


class Number(_Cased, model.Number, CitationStylesElement):  # type: ignore[misc]
    """A number."""

    def get_term(self, name: str, form: str | None = None, fallback_locale: bool = True, zero_padded: bool = False) -> Any:
        """Return a term; where it must be of the language itself, whether a style has words of that language or not."""
        if fallback_locale:
            return super().get_term(name, form, zero_padded=zero_padded)
        root = self.get_root()
        language = root.rendering.language[:2]
        for locale in (locale for locale in root.locales if locale.get(_LANGUAGE, language)[:2] == language):
            with suppress(IndexError):
                return locale.get_term(name, form, zero_padded=zero_padded)
        return None

    def process(self, item: Any, context: Any = None, **_: Any) -> Any:
        """Return the number. Raises VariableError where there is none."""
        variable = self.get("variable")
        located = variable == "locator" and item.has_locator
        key = "page" if variable == "page-first" else variable.replace("-", "_")
        self.get_root().rendering.call(variable, shown=located or key in item.reference)
        if (variable == "locator" and not located) or variable in self.get_root().rendering.repressed:
            raise VariableError
        value = str(item.locator.identifier if located else item.reference[key])
        if variable.startswith("page") or (located and item.locator.label == "page"):
            return _with_own_dash(self, format_pages(value, self.get_root().get("page-range-format")))
        return format_number(value) if not value.strip().isdecimal() else self.format_number(value.strip())


class Label(_Cased, model.Label, CitationStylesElement):  # type: ignore[misc]
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

    def _is_plural(self, item: Any) -> bool:
        named = self.get("variable")
        if named == "locator":
            return item.has_locator and _SEVERAL.search(str(item.locator.identifier)) is not None
        value = str(item.reference.get(named.replace("-", "_"), ""))
        if named.startswith("number-of"):
            return value.strip() != "1"
        return _SEVERAL.search(value) is not None


class _Branch:
    """What stands under a condition."""

    def render_children(self, item: Any, **options: Any) -> Any:
        """Return what the elements print; inside ``substitute`` the first that prints anything."""
        if not self.xpath_search("./parent::cs:choose/parent::cs:substitute"):  # type: ignore[attr-defined]
            return super().render_children(item, **options)  # type: ignore[misc]
        options = {name: value for name, value in options.items() if name != "delimiter"}
        for child in self.iterchildren():  # type: ignore[attr-defined]
            with suppress(VariableError):
                if text := child.render(item, **options):
                    return text
        return None


class Else(_Branch, model.Else, CitationStylesElement):  # type: ignore[misc]
    """What stands where no condition holds."""


class If(_Branch, model.If, CitationStylesElement):  # type: ignore[misc]
    """A condition."""

    def render(self, item: Any, context: Any = None, delimiter: str = "", **options: Any) -> Any:
        """Return what stands under the condition. Raises ConditionFailed where it does not hold."""
        if self.get("disambiguate") == "true":
            raise model.ConditionFailed
        return super().render(item, context=context, delimiter=delimiter, **options)

    def _is_numeric(self, item: Any) -> list[bool]:
        numeric = []
        for name in self.get("is-numeric").split():
            located = name == "locator" and item.has_locator
            value = item.locator.identifier if located else item.reference.get(name.replace("-", "_"), "")
            numeric.append(_NUMERIC.fullmatch(str(value).strip()) is not None)
        return numeric


class Else_If(If, CitationStylesElement):  # type: ignore[misc] # noqa: N801 - citeproc-py finds it by this name
    """A condition that counts where those before it do not hold."""


class ItemSource(CiteProcJSON):  # type: ignore[misc]
    """One item, by the key ``it``."""

    def __init__(self, item: Mapping[str, Any]) -> None:
        reference = Reference("it", item["type"])
        for key, value in item.items():
            if key in NAMES:
                converted: Any = [Name(**_parts(name)) for name in value]
            elif key in DATES:
                converted = self.parse_date(value)
            elif key == "language":
                converted = value
            else:
                converted = String(MARKUP.sub("", NO_CASE.sub(rf"{PROTECTED[0]}\1{PROTECTED[1]}", str(value))))
            # Dates are kept as they are: spans of them cannot be compared with anything.
            if key not in ("id", "type") and converted is not None and (converted or not isinstance(converted, (str, list))):
                reference[key.replace("-", "_")] = converted
        self.add(reference)


def _parts(name: Mapping[str, Any]) -> dict[str, Any]:
    """Return what citeproc-py makes a name of, its apostrophes marked so that no stop is put before them."""
    keys = ("literal",) if name.get("literal") else ("family", "given", "dropping-particle", "non-dropping-particle", "suffix")
    parts = {key: _APOSTROPHES.sub(APOSTROPHE, name[key]) for key in keys if name.get(key)}
    return parts if "family" in parts or "literal" in parts else {"literal": name.get("given", "")}
