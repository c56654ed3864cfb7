"""The dateline with which a report begins, before its first sentence: HARBOUR, March 6 (Reuters) —, (AP) —."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from bot.english.date_expressions import DateExpression, expressions_in
from bot.english.word_classes import CAPITALS

_ENDS = rf" ?(?:—|–|--?) ?(?=[{CAPITALS}\"“‘])"
_DATELINE = re.compile(
    rf"(?:[{CAPITALS}][{CAPITALS}'’./-]{{2,}}(?:,? (?:[{CAPITALS}][\w.'’-]*|\d{{1,2}}(?=[ ,])|\d{{4}}(?= ))){{0,6}}"
    rf"(?: \((?P<agency>[{CAPITALS}]\w+(?: [{CAPITALS}]\w+)?)\))?|\((?P<alone>[{CAPITALS}]\w+(?: [{CAPITALS}]\w+)?)\))"
    rf"{_ENDS}"
)
_WITH_AGENCY = re.compile(
    rf"(?:[{CAPITALS}][\w'’./-]*,? |\d{{1,2}},? |\d{{4}} ){{1,8}}\((?P<agency>[^\W\d_][\w -]{{1,30}})\){_ENDS}"
)
"""A dateline in other letters, such as "Harbour, March 6 (Reuters) –", which may also be somebody with what they belong to."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline: where in its paragraph it ends, the ``agency`` and the ``day`` that it names, None where it names none."""

    end: int
    agency: str | None
    day: DateExpression | None


def dateline_of(paragraph: str, agencies: Container[str]) -> Dateline | None:
    """Return the dateline of a paragraph, None where it has none; ``agencies`` are the names of news agencies, in lower case."""
    match = _DATELINE.match(paragraph)
    other = _WITH_AGENCY.match(paragraph) if match is None else None
    if other is not None and other["agency"].lower() in agencies:
        match = other
    if match is None:
        return None
    days = (said for said in expressions_in(match.group()) if said.month is not None and said.day is not None)
    return Dateline(match.end(), match["agency"] or match.groupdict().get("alone"), next(days, None))
