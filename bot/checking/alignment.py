"""A quotation laid against a recorded quote, word by word: the cheapest way from one to the other.

It is a semi-global alignment (Needleman and Wunsch 1970, with free ends in the recorded quote), so that a piece of a quote fits
as well as the whole. A mark of omission skips any words of the record without cost; a word in brackets stands for any.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import OSA

from bot.checking.words import Word

Kind = Literal["same", "typo", "bracket", "changed", "added", "cut", "skipped", "outside"]
_COST = {"same": 0.0, "typo": 0.3, "bracket": 0.1, "changed": 1.1, "added": 1.0, "cut": 1.0, "skipped": 0.0, "outside": 0.0}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an alignment: a word as quoted, the word as recorded, or both.

    ``cut`` are words of the record that the quotation lacks with no mark, ``skipped`` those for which it has a mark, ``outside``
    those before its beginning and after its end.
    """

    kind: Kind
    quoted: Word | None = None
    recorded: Word | None = None


def align(quoted: Sequence[Word], recorded: Sequence[Word], is_typo: Callable[[str, str], bool]) -> tuple[Step, ...]:
    """Return the cheapest alignment of a quotation with a recorded quote; ties fall to the earliest place."""
    rows, columns = len(quoted), len(recorded)
    costs = [[0.0] * (columns + 1)]
    for row in range(1, rows + 1):
        word = quoted[row - 1]
        before = costs[-1]
        line = [before[0] + (0.0 if word.gap else _COST["bracket"] if word.added else 1.0)]
        for column in range(1, columns + 1):
            along = before[column - 1] + _COST[_pair(word, recorded[column - 1], is_typo)] if not word.gap else before[column - 1]
            down = before[column] + (0.0 if word.gap else _COST["bracket"] if word.added else _COST["added"])
            line.append(min(along, down, line[column - 1] + _skip_cost(word, recorded[column - 1])))
        costs.append(line)
    end = min(range(columns + 1), key=lambda column: (costs[rows][column], column))
    return _trace(quoted, recorded, costs, end, is_typo)


def _skip_cost(quoted: Word, recorded: Word) -> float:
    """Return what leaving out a recorded word costs behind a quoted one: nothing at a mark of omission."""
    return 0.0 if quoted.gap else _COST["bracket"] if recorded.added else _COST["cut"]


def _pair(quoted: Word, recorded: Word, is_typo: Callable[[str, str], bool]) -> Kind:
    if quoted.key == recorded.key:
        return "same"
    if quoted.added:
        return "bracket"
    return "typo" if is_typo(quoted.key, recorded.key) else "changed"


def _trace(
    quoted: Sequence[Word],
    recorded: Sequence[Word],
    costs: Sequence[Sequence[float]],
    end: int,
    is_typo: Callable[[str, str], bool],
) -> tuple[Step, ...]:
    """Walk back from the end of the quotation to its beginning."""
    steps = [Step("outside", None, word) for word in reversed(recorded[end:])]
    row, column = len(quoted), end
    while row > 0:
        word = quoted[row - 1]
        here = costs[row][column]
        kind: Kind = _pair(word, recorded[column - 1], is_typo) if column and not word.gap else "skipped"
        if word.gap:
            if column and abs(here - costs[row][column - 1]) < 1e-9:
                steps.append(Step("skipped", None, recorded[column - 1]))
                column -= 1
                continue
            if abs(here - costs[row - 1][column]) < 1e-9:
                row -= 1
                continue
            steps.append(Step("skipped", None, recorded[column - 1]))
            row, column = row - 1, column - 1
        elif column and abs(here - costs[row - 1][column - 1] - _COST[kind]) < 1e-9:
            steps.append(Step(kind, word, recorded[column - 1]))
            row, column = row - 1, column - 1
        elif abs(here - costs[row - 1][column] - (_COST["bracket"] if word.added else _COST["added"])) < 1e-9:
            steps.append(Step("bracket" if word.added else "added", word, None))
            row -= 1
        else:
            # Words that the record itself has in brackets are its editor's, and may be left out.
            steps.append(Step("skipped" if recorded[column - 1].added else "cut", None, recorded[column - 1]))
            column -= 1
    steps += [Step("outside", None, word) for word in reversed(recorded[:column])]
    return tuple(reversed(steps))


def near_in_letters(one: str, other: str) -> bool:
    """Tell whether two words differ as a slip of the fingers would have it: one or two letters, never in a figure."""
    if any(sign.isdigit() for sign in one + other):
        return False
    longest = max(len(one), len(other))
    if longest < 4:
        return False
    return OSA.distance(one, other, score_cutoff=2) <= (1 if longest < 8 else 2)
