"""Names, dates and numbers as the CSL specification (1.0.2) has them printed, in elements that citeproc-py takes for its own."""

from __future__ import annotations

import datetime
import re
from typing import Any

from citeproc import model
from citeproc.model import CitationStylesElement
from citeproc.source import LiteralDate, VariableError

from bot.formats.csl_names import OTHERS, with_particle
from bot.formats.terms import months_of_days


class Names(model.Names, CitationStylesElement):  # type: ignore[misc]
    """The names of one or several roles."""

    def process(self, item: Any, names_context: Any = None, context: Any = None, **options: Any) -> Any:
        """Return the names, or what stands in for them; those that stood in for others are printed no more."""
        context = self if context is None else context
        form = self if names_context is None else names_context
        if names_context is None and self.name is None:  # inside ``substitute``, written as those that are substituted
            form = next(iter(self.xpath_search("./ancestor::cs:substitute[1]/parent::cs:names")), self)
        reference, output = item.reference, []
        roles = self.get("variable").split()
        editors = reference.get("editor") if set(roles) == {"editor", "translator"} else None
        if editors and editors == reference.get("translator") and self.get_term("editortranslator") is not None:
            roles = ["editortranslator"]
        for role in roles:
            variable = "editor" if role == "editortranslator" else role.replace("-", "_")
            self.get_root().rendering.call(role, shown=variable in reference)
            if variable in reference and role not in self.get_root().rendering.repressed:
                output.append(self._role(form, item, role, variable, context, options))
        if output:
            return self.join(output, self.get_parent_delimiter(context))
        substitute = self.substitute()
        if substitute is None:
            raise VariableError
        return substitute.render(item, context=context, **options)

    def _role(self, form: Any, item: Any, role: str, variable: str, context: Any, options: dict[str, Any]) -> Any:
        name = form.name
        if name is None:
            name = form.makeelement(f"{{{form.nsmap['cs']}}}name" if "cs" in form.nsmap else form.tag)
            form.insert(0, name)
        text = name.render(item, variable, context=context, **options)
        if form.label is not None:
            label = form.label.render(item, role, len(item.reference[variable]) > 1)
            first = form.label is form.getchildren()[0]
            text = (label + text if first else text + label) if label is not None else text
        return text


class Name(model.Name, CitationStylesElement):  # type: ignore[misc]
    """How names are written."""

    def get_option(self, name: str, context: Any = None, sort_options: Any = None) -> Any:
        """Return an option; given names are not cut to initials where ``initialize`` is false."""
        if name == "initialize-with" and self.get("initialize", "true") == "false":
            return None
        return super().get_option(name, context, sort_options)

    def process(self, item: Any, variable: str, context: Any = None, **_: Any) -> Any:
        """Return a list of names, cut where the style cuts it or the source itself does."""
        names = list(item.reference[variable])
        others = len(names) > 1 and names[-1].get("literal") == OTHERS
        names = names[:-1] if others else names
        subsequent = self.get_option("et-al-min", context)
        cut = bool(subsequent) and 1 < len(names) >= subsequent
        shown = names[: self.get_option("et-al-use-first", context)] if cut else names
        texts = [self._one(name, number, context) for number, name in enumerate(shown)]
        delimiter = self.get_option("delimiter", context)
        if cut and self.get_option("et-al-use-last", context) and len(names) > len(shown) + 1:
            return delimiter.join([*texts, f"… {self._one(names[-1], len(names) - 1, context)}"])
        if cut or others:
            parted = self._parted(len(texts) + 1, "delimiter-precedes-et-al", shown[-1], context)
            return f"{delimiter.join(texts)}{delimiter if parted else ' '}{self.et_al()}"
        conjunction = {"text": self.get_single_term(name="and"), "symbol": "&"}.get(self.get_option("and", context))
        if conjunction is None or len(texts) < 2:
            return delimiter.join(texts)
        # A body at the end of a list is parted from it as citeproc-js does, whatever the style says of persons.
        parted = (
            len(texts) > 2 if "literal" in names[-1] else self._parted(len(texts), "delimiter-precedes-last", names[-2], context)
        )
        return f"{delimiter.join(texts[:-1])}{delimiter.rstrip() if parted else ''} {conjunction} {texts[-1]}"

    def _parted(self, count: int, option: str, before: Any, context: Any) -> bool:
        """Return whether the delimiter stands before the last of ``count`` names too."""
        rule = self.get_option(option, context)
        if rule == "after-inverted-name":
            order = self.get_option("name-as-sort-order", context)
            return "literal" not in before and (order == "all" or (order == "first" and count == 2))
        return bool(rule == "always" or (rule == "contextual" and count > 2))

    def _one(self, name: Any, number: int, context: Any) -> str:
        given, family, dropping, particle, suffix = name.parts()
        if given and self.get_option("initialize-with", context) is not None:
            given = self.initialize(given, self.get_option("initialize-with", context), context)
        order = self.get_option("name-as-sort-order", context)
        if self.get_option("form", context) == "short":
            return with_particle(particle, family)
        if "literal" in name:
            return str(family)
        if order == "all" or (order == "first" and number == 0):
            demoted = self.get_option("demote-non-dropping-particle", context) == "display-and-sort"
            if demoted:
                given = _joined(given, with_particle(dropping, particle or ""))
            else:
                family, given = with_particle(particle, family), _joined(given, dropping)
            return self.get_option("sort-separator", context).join(filter(None, [family, given, suffix]))  # type: ignore[no-any-return]
        return _joined(given, with_particle(dropping, with_particle(particle, family)), suffix)


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


_PARTS = ("year", "month", "day")


def _in_order(date: Any, language: str) -> str:
    """Return the month and the day of a date as a language orders and joins them: 28. Oktober, 10月28日."""
    from babel.dates import format_skeleton

    return str(format_skeleton("MMMMd", datetime.date(int(date.year), int(date.month), int(date.day)), locale=language))


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

    def render_single_date(self, date: Any, show_parts: Any = None, context: Any = None) -> Any:
        """Return a date; a month and a day that a style puts in the order of English in that of the language."""
        language = self._other_language(show_parts)
        if language is None or not ("month" in date and "day" in date):
            return super().render_single_date(date, show_parts, context)
        return _in_order(date, language)

    def _other_language(self, show_parts: Any) -> str | None:
        """Return the language of a date that is a month and a day in the style's own order; None in English, and of others."""
        order = [part.get("name") for part in self.iterchildren() if part.get("name") in (show_parts or _PARTS)]
        if order != ["month", "day"] or self.is_locale_date():
            return None
        language: str = self.get_root().rendering.language
        return None if language.partition("-")[0] == "en" else language

    def render_date_range(self, date_range: Any, show_parts: Any = None, context: Any = None) -> Any:
        """Return a span, the parts that both ends share once."""
        ends = date_range.begin, date_range.end
        language = self._other_language(show_parts)
        if language is not None and all("month" in end and "day" in end for end in ends):
            return " – ".join(dict.fromkeys(_in_order(end, language) for end in ends))
        order = [part.get("name") for part in self.iterchildren() if part.get("name") in (show_parts or _PARTS)]
        begin, end = date_range.begin, date_range.end
        differing = [part for part in _PARTS if part in order]
        while differing and _part(begin, differing[0]) == _part(end, differing[0]):
            del differing[0]
        if not differing:
            return self.render_single_date(end, order, context)
        indexes = [index for index, part in enumerate(order) if part in differing]
        parts = (order[: indexes[0]], order[indexes[0] : indexes[-1] + 1], order[indexes[-1] + 1 :])
        before, first = (str(self.render_single_date(begin, list(shown), context) or "") for shown in parts[:2])
        last, after = (str(self.render_single_date(end, list(shown), context) or "") for shown in parts[1:])
        span = "\N{EN DASH}".join(filter(None, [first.strip().rstrip(","), last.strip() if after == "" else last.lstrip()]))
        return " ".join(filter(None, [before.strip(), f"{span.rstrip()} {after.strip()}".strip()]))


class Date_Part(model.Date_Part, CitationStylesElement):  # type: ignore[misc] # noqa: N801 - citeproc-py finds it by this name
    """A part of a date."""

    def process(self, date: Any, context: Any = None) -> Any:
        """Return the part; a season by its name, a month beside its day as the language has it there."""
        if self.get("name") == "month" and "month" not in date and "season" in date:
            return self.get_single_term(name=f"season-{date.season:02}")
        if self.get("name") == "month" and self.get("form", "long") == "long" and "day" in date and "month" in date:
            root = self.get_root()
            names = months_of_days((root.style if isinstance(root, model.Locale) else root).rendering.language)
            if names:
                return names[date.month - 1]
        return super().process(date, context)


def _part(date: Any, name: str) -> int | None:
    return int(date[name]) if name in date else None


NUMBERS = frozenset(
    "chapter-number collection-number edition issue locator number number-of-pages number-of-volumes part-number "
    "printing-number section supplement-number version volume".split()
)
"""The variables of CSL that hold numbers, pages apart."""

_SPAN = re.compile(
    r"(?<![^\s,;&])(?P<front>[0-9]*[A-Za-z]+0*)?(?P<first>[0-9]+[a-z]*)\s*[-–]+\s*"
    r"(?P<again>[0-9]*[A-Za-z]+0*)?(?P<last>[0-9]+[a-z]*)\b"
)
_NUMBERS = re.compile(r"(?<![\w–-])([0-9]+[a-z]?)\s*(?:-{1,3}|–)\s*(?=[0-9]+[a-z]?(?![\w–-]))")


def format_number(value: str) -> str:
    """Return a number with an en dash in what is a span, not in a designation such as BSB-23-04."""
    return _NUMBERS.sub(r"\1–", value)


def format_pages(value: str, form: str | None) -> str:
    """Return pages; ``form`` is the style's ``page-range-format``, None where it leaves them as they are written."""
    spans = _SPAN.sub(lambda match: _span(match, form), value) if form else value
    return re.sub(r"\s*,\s*", ", ", re.sub(r"\s*(?:-{1,3}|–)\s*", "–", spans))


def _span(match: re.Match[str], form: str | None) -> str:
    front, first, again, last = (match[name] or "" for name in ("front", "first", "again", "last"))
    if again and again != front:
        return match[0]
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    if not (first.isdecimal() and last.isdecimal()) or int(first) >= int(last):
        return match[0]
    if form in ("minimal", "minimal-two"):
        if len(first) == len(last):
            shared = next(index for index, (a, b) in enumerate(zip(first, last, strict=True)) if a != b)
            last = last[min(shared, max(len(last) - (2 if form == "minimal-two" else 1), 0)) :]
        return f"{front}{first}–{last}"
    if form in ("chicago", "chicago-15", "chicago-16"):
        last = str(int(last))
        if int(first) > 100 and int(first) % 100:
            enough = (digits for digits in range(2, len(last)) if int(first) // 10**digits == int(last) // 10**digits)
            last = str(int(last) % 10 ** next(enough, len(last)))
    return f"{front}{first}–{front if last == str(int(last)) and form == 'expanded' else ''}{last}"
