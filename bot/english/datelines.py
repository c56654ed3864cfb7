"""The dateline with which a report begins, before its first sentence: HARBOUR, March 6 (Reuters) —, (AP) —."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.english.date_expressions import DateExpression, expressions_in
from bot.english.word_classes import CAPITALS

_DATELINE = re.compile(
    rf"(?:[{CAPITALS}][{CAPITALS}'’.-]{{2,}}(?:,? (?:[{CAPITALS}][\w.'’-]*|\d{{1,2}}(?=[ ,])|\d{{4}}(?= ))){{0,6}}"
    rf"(?: \((?P<agency>[{CAPITALS}]\w+(?: [{CAPITALS}]\w+)?)\))?|\((?P<alone>[{CAPITALS}]\w+(?: [{CAPITALS}]\w+)?)\))"
    rf" ?(?:—|–|--?) ?(?=[{CAPITALS}\"“‘])"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline: where in its paragraph it ends, the ``agency`` and the ``day`` that it names, None where it names none."""

    end: int
    agency: str | None
    day: DateExpression | None


def dateline_of(paragraph: str) -> Dateline | None:
    """Return the dateline of a paragraph, None where it has none."""
    match = _DATELINE.match(paragraph)
    if match is None:
        return None
    days = (said for said in expressions_in(match.group()) if said.month is not None and said.day is not None)
    return Dateline(match.end(), match["agency"] or match["alone"], next(days, None))
