"""Where those who speak of a thing give different numbers: then no side's number alone is the short answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.answers.finding.documents import Document
from bot.answers.question.parsing import Question

BETWEEN = " / "
"""What stands between the sides of a short answer."""
_MOST = 3  # sides that are named
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def each_side(question: Question, chosen: Sequence[Document], cut: Callable[[Document], str | None]) -> str | None:
    """Return the number that each side gives, with whose it is, the best fact's first; None where no two differ.

    ``cut`` gives the short answer of a fact. Whoever asks for one side's words gets these alone.
    """
    if question.actors & chosen[0].speakers or not chosen[0].record.fact.by:
        return None
    event = chosen[0].record.fact.event
    sides: list[str] = []
    spoken: set[str] = set()
    numbers: set[str] = set()
    for document in chosen:
        record = document.record
        if not record.fact.by or spoken.intersection(record.fact.by) or record.fact.event != event:
            continue
        short = cut(document)
        number = " ".join(_NUMBER.findall(short or ""))
        if not number:
            continue
        if number not in numbers:
            sides.append(f"{short} ({', '.join(actor.name for actor in record.speakers)})")
        numbers.add(number)
        spoken.update(record.fact.by)
    return BETWEEN.join(sides[:_MOST]) if len(sides) > 1 else None
