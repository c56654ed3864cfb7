"""The work of drafting grows as the article does, whatever is in it; counted in lines of code run, not in seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from types import FrameType
from typing import Any

from bot.drafting.draft import ArticleDetails, make_draft, write_draft

SMALL = 60  # paragraphs
MOST = 2.1  # times as much for twice the article

SHAPES: dict[str, Callable[[int], str]] = {
    "quotations": lambda number: "“a” said b. " * 6,
    "people": lambda number: f"“It is over,” said {name(number)} {name(number * 7 + 3)}.",
    "surnames": lambda number: f"“It is over,” said {name(number)}.",
    "bodies": lambda number: f"“It is over,” said the {name(number)} Committee.",
    "roles": lambda number: f"“It is over,” said {name(number)} {name(number * 7 + 3)}, a baker. The baker said “it is”.",
    "abbreviations": lambda number: f"The {name(number)[:3].upper()} said that it was over.",
    "described": lambda number: f"“It is over,” said the {name(number).lower()} spokesman.",
    "dates": lambda number: f"{name(number)} closed the bridge on Thursday, {number % 28 + 1} March 2018.",
}


def name(number: int) -> str:
    """Return a word with a capital letter, another for each number up to 26 cubed."""
    return "".join(chr(97 + number // 26**position % 26) for position in range(3)).capitalize()


def lines_run(text: str) -> int:
    """Return how many lines of Python a draft of a text runs through."""
    count = 0

    def tracer(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return tracer

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        write_draft(make_draft(text, ArticleDetails(source="T", published="9 November 2018"), today=date(2026, 1, 1)))
    finally:
        sys.settrace(before)
    return count


def test_twice_the_article_is_twice_the_work() -> None:
    grown = {}
    for shape, paragraph in SHAPES.items():
        small, large = (lines_run("\n\n".join(map(paragraph, range(1, size)))) for size in (SMALL * 2, SMALL * 4))
        grown[shape] = round(large / small, 2)
    assert max(grown.values()) <= MOST, grown
