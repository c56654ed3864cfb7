"""Numbers and spans of pages as CSL has them printed (specification 1.0.2, "Page Ranges"), for elements of citeproc-py."""

from __future__ import annotations

import re

NUMBERS = frozenset(
    "chapter-number collection-number edition issue locator number number-of-pages number-of-volumes part-number "
    "printing-number section supplement-number version volume".split()
)
"""The variables of CSL that hold numbers, pages apart."""

_SPAN = re.compile(
    r"(?<![^\s,;&])(?P<front>[0-9]*[A-Za-z]+0*)?(?P<first>[0-9]+[a-z]*)\s*[-–]+\s*"
    r"(?P<again>[0-9]*[A-Za-z]+0*)?(?P<last>[0-9]+[a-z]*)\b"
)
_HYPHEN = re.compile(r"(?:(?<=[0-9])|(?<=[0-9][a-z]))\s*(?:-{1,3}|–)\s*(?=[0-9])")


def format_number(value: str) -> str:
    """Return a number with an en dash in what is a span."""
    return _HYPHEN.sub("–", value)


def format_pages(value: str, form: str | None) -> str:
    """Return pages; ``form`` is the style's ``page-range-format``, None where it leaves them as they are written."""
    spans = _SPAN.sub(lambda found: _span(found, form), value) if form else value
    return re.sub(r"\s*,\s*", ", ", re.sub(r"\s*(?:-{1,3}|–)\s*", "–", spans))


def _span(found: re.Match[str], form: str | None) -> str:
    front, first, again, last = (found[name] or "" for name in ("front", "first", "again", "last"))
    if again and again != front:
        return found[0]
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    if not (first.isdecimal() and last.isdecimal()) or int(first) >= int(last):
        return found[0]
    if form in ("minimal", "minimal-two"):
        return f"{front}{first}–{_minimal(first, last, 2 if form == 'minimal-two' else 1)}"
    if form in ("chicago", "chicago-15", "chicago-16"):
        last = _chicago(int(first), int(last))
    return f"{front}{first}–{front if last == str(int(last)) and form == 'expanded' else ''}{last}"


def _minimal(first: str, last: str, least: int) -> str:
    if len(first) != len(last):
        return last
    shared = next(place for place, (a, b) in enumerate(zip(first, last, strict=True)) if a != b)
    return last[min(shared, max(len(last) - least, 0)) :]


def _chicago(first: int, last: int) -> str:
    if first > 100 and first % 100:
        for digits in range(2, len(str(last))):
            if first // 10**digits == last // 10**digits:
                return str(last % 10**digits)
    return str(last)
