"""A quotation laid against a recorded quote, word by word: the cheapest way from one to the other.

It is a semi-global alignment (Needleman and Wunsch 1970, with free ends in the recorded quote), so that a piece of a quote fits
as well as the whole. A mark of omission skips any words of the record without cost; a word in brackets stands for any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, Protocol

from bot.cancellation import check_cancelled
from bot.english.compared_words import Word
from bot.english.search_words import STOP_WORDS

StepKind = Literal["same", "form", "typo", "bracket", "changed", "added", "cut", "skipped", "outside"]
ALTERED: tuple[StepKind, ...] = ("changed", "added", "cut")
"""Steps at which a quotation says something else than the record."""
_SAME = -0.1  # so that of two ways that cost the same the one with more in common is taken
_FORM, _TYPO, _BRACKET, _INFLECTED, _CHANGED, _ADDED = 0.1, 0.3, 0.1, 0.6, 0.95, 1.0
_CUT, _CUT_MORE, _CUT_NEGATION = 1.0, 0.3, 0.8  # the first word of a run that is cut, and those behind it
_NO_NUMBER = 0.99  # a number in the place of another word; rather than with that it is compared with the nearest number
_REACHED = 3  # words outside among which the first or the last word of a quotation may stand
_BY_BRACKET = 0.3  # a word of the record for which a bracket stands beside its own


WordChange = tuple[str, str]
"""Words as recorded and as quoted, "" where there are none."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an alignment: a word as quoted, the word as recorded, or both.

    ``form`` is a word drawn together or written out (don't, do not). ``cut`` are words of the record that the quotation lacks
    with no mark, ``skipped`` those for which it has a mark or (with that as ``quoted``) a bracket, ``outside`` those before its
    beginning and after its end. ``inflected``: what changed is the form of the word alone (burst, bursts; pay, paid).
    """

    kind: StepKind
    quoted: Word | None = None
    recorded: Word | None = None
    inflected: bool = False

    @property
    def words(self) -> tuple[Word, ...]:
        """Its one or two words."""
        return tuple(word for word in (self.quoted, self.recorded) if word is not None)


class WordForms(Protocol):
    """What is known of two words that are not spelt alike."""

    def is_same(self, typed: str, recorded: str, /) -> bool:
        """Return whether a word that was typed is a recorded one in another spelling."""

    def is_inflected(self, typed: str, recorded: str, /) -> bool:
        """Return whether two words are forms of the same one."""


def align(quoted: Sequence[Word], recorded: Sequence[Word], forms: WordForms, *, cased: bool = True) -> tuple[Step, ...]:
    """Return the cheapest alignment of a quotation with a recorded quote; ties fall to the earliest place.

    ``cased``: "us" is another word than "US", for whoever wrote the quotation uses capitals.
    """
    steps = _reach_end(_Table(quoted, recorded, forms).steps())
    steps = tuple(reversed(_reach_end(tuple(reversed(steps)))))
    return _split_by_case(steps) if cased else steps


def _reach_end(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Take the last word of a quotation for the same one a little behind (help some of them), and what is between for cut."""
    index = next((index for index in reversed(range(len(steps))) if steps[index].kind != "outside"), -1)
    last = steps[index] if index >= 0 else None
    if last is None or last.kind != "changed" or last.quoted is None or last.recorded is None:
        return steps
    for end in range(index + 1, min(index + 1 + _REACHED, len(steps))):
        word = steps[end].recorded
        if word and word.key == last.quoted.key and word.clause == last.recorded.clause:
            cut = tuple(Step("cut", None, step.recorded) for step in steps[index:end])
            return (*steps[:index], *cut, Step("same", last.quoted, word), *steps[end + 1 :])
    return steps


def _split_by_case(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Make a change of "US" for "us", unless the quotation is in another case as a whole."""
    same = [step for step in steps if step.kind == "same" and step.quoted and step.recorded]
    other_case = [step for step in same[1:] if _texts(step)[0] != _texts(step)[1]]
    acronyms = [
        step
        for step in other_case
        if any(len(text) > 1 and text.isupper() and text.casefold() in STOP_WORDS for text in _texts(step))
    ]
    if not acronyms or len(acronyms) < len(other_case):
        return steps
    return tuple(Step("changed", step.quoted, step.recorded) if step in acronyms else step for step in steps)


def _texts(step: Step) -> tuple[str, str]:
    texts = (word.text if word else "" for word in (step.quoted, step.recorded))
    quoted, recorded = (text.replace(".", "") for text in texts)  # U.S. is US
    return quoted, recorded


@dataclass(frozen=True, slots=True)
class AlteredRun:
    """Steps in a row that alter something, from one place to before another: their words, and the recorded word behind them."""

    begins: int
    ends: int
    recorded: tuple[Word, ...]
    quoted: tuple[Word, ...]
    after: Word | None


def altered_runs(steps: Sequence[Step], passed_over: Callable[[Step], bool] = lambda _: False) -> Iterator[AlteredRun]:
    """Yield what is altered in a row, but for steps that are ``passed_over``."""
    ends = 0
    for altered, group in groupby(steps, lambda step: step.kind in ALTERED and not passed_over(step)):
        run = tuple(group)
        begins, ends = ends, ends + len(run)
        if altered:
            recorded = tuple(step.recorded for step in run if step.recorded)
            quoted = tuple(step.quoted for step in run if step.quoted)
            yield AlteredRun(begins, ends, recorded, quoted, steps[ends].recorded if ends < len(steps) else None)


def joined_text(words: Sequence[Word]) -> str:
    """Return words as they are written, with blanks between them."""
    return " ".join(word.text for word in words)


class _Table:
    """The costs of all beginnings of a quotation against all stretches of a record, with the way to each.

    A run of words that is cut costs less than its words one by one (affine gaps, Gotoh 1982), for people leave out whole phrases:
    beside the costs of all ways there are those of ways that end in a cut.
    """

    def __init__(self, quoted: Sequence[Word], recorded: Sequence[Word], forms: WordForms) -> None:
        self._quoted, self._recorded, self._forms = quoted, recorded, forms
        columns = len(recorded) + 1
        costs = [0.0] * columns
        self._ways: list[list[str]] = [[""] * columns]
        self._runs: list[list[bool]] = [[False] * columns]  # whether a way that ends in a cut went on from a cut
        for row in range(1, len(quoted) + 1):
            costs = self._next(costs, quoted[row - 1])
        self._end = min(range(columns), key=lambda column: (round(costs[column], 6), column))

    def steps(self) -> tuple[Step, ...]:
        """Walk back from the end of the quotation to its beginning."""
        steps = [Step("outside", None, word) for word in reversed(self._recorded[self._end :])]
        row, column, in_run = len(self._quoted), self._end, False
        while row > 0:
            way = "across" if in_run else self._ways[row][column]
            word = self._quoted[row - 1]
            if way == "along":
                kind, cost = self._pair(word, self._recorded[column - 1])
                inflected = kind == "changed" and cost == _INFLECTED
                steps.append(Step(kind, word, self._recorded[column - 1], inflected))
                row, column = row - 1, column - 1
            elif way == "down":
                steps += [] if word.gap else [Step("bracket" if word.added else "added", word, None)]
                row -= 1
            else:
                marked = word.gap or word.added or self._recorded[column - 1].added
                beside = word if word.added and not word.gap else None
                steps.append(Step("skipped" if marked else "cut", beside if marked else None, self._recorded[column - 1]))
                in_run = self._runs[row][column]
                column -= 1
        steps += [Step("outside", None, word) for word in reversed(self._recorded[:column])]
        return tuple(reversed(steps))

    def _next(self, before: list[float], word: Word) -> list[float]:
        """Return the costs of the next word of the quotation, and note the ways. Raises CutShortError."""
        check_cancelled()
        alone = 0.0 if word.gap else _BRACKET if word.added else _ADDED
        costs, ways, runs = [before[0] + alone], ["down"], [False]
        run = float("inf")
        for column, recorded in enumerate(self._recorded, start=1):
            first, more = _skip_costs(word, recorded)
            runs.append(run + more < costs[-1] + first)
            run = min(run + more, costs[-1] + first)
            down = before[column] + alone
            along = float("inf") if word.gap else before[column - 1] + self._pair(word, recorded)[1]
            best = min(along, down, run)
            costs.append(best)
            ways.append("along" if along == best else "down" if down == best else "across")
        self._ways.append(ways)
        self._runs.append(runs)
        return costs

    def _pair(self, quoted: Word, recorded: Word) -> tuple[StepKind, float]:
        """Return what a quoted word is beside a recorded one, and what that costs."""
        if quoted.key == recorded.key:
            return ("same", _SAME) if quoted.short == recorded.short else ("form", _FORM)
        if quoted.added:
            return "bracket", _BRACKET
        if "'d" in (quoted.text, recorded.text) and {quoted.key, recorded.key} == {"would", "had"}:
            return "form", _FORM
        if self._forms.is_same(quoted.key, recorded.key):
            return "typo", _TYPO
        if quoted.counts != recorded.counts:
            return "changed", _NO_NUMBER
        return "changed", _INFLECTED if self._forms.is_inflected(quoted.key, recorded.key) else _CHANGED


def _skip_costs(quoted: Word, recorded: Word) -> tuple[float, float]:
    """Return what leaving out a recorded word costs behind a quoted one, as the first and as a later one of a run.

    A mark of omission leaves out any words for nothing; words that the record itself has in brackets are its editor's.
    """
    if quoted.gap:
        return 0.0, 0.0
    if recorded.added or quoted.added:
        cost = _BRACKET if recorded.added else _BY_BRACKET
        return cost, cost
    return _CUT_NEGATION if recorded.negates else _CUT, _CUT_MORE
