"""Tables in plain text: a column of names, then figures flush right."""

from __future__ import annotations

import math
from collections.abc import Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay out rows under a head."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    rule = ["-" * width for width in widths]
    return "\n".join(_line(row, widths) for row in (head, rule, *rows))


def figure(value: float | None, digits: int = 3) -> str:
    """Say a figure, a dash for none."""
    return "-" if value is None or math.isnan(value) else f"{value:.{digits}f}"


def ratio(value: float | None, to: float | None) -> str:
    """Say how many times one value is of another."""
    if value is None or not to or math.isnan(value) or math.isnan(to):
        return "-"
    share = value / to
    return f"{share:.0f}x" if share >= 100 else f"{share:.1f}x" if share >= 10 else f"{share:.2f}x"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (
        cell.ljust(width) if index == 0 else cell.rjust(width)
        for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join((first, *others)).rstrip()
