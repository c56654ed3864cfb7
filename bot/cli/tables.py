"""Figures as tables of plain text, and misses as paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.answers.evaluation import Figures, Outcome, Share, figures, reliability
from bot.presentation.wording import listed
from bot.terminal.safe import one_line

_COLUMNS = ("questions", "hit@1", "F1", "in three", "short", "sets", "left alone")
_NAME = 16
_MEASURE = 40
_NUMBER = len("0.00")
_GAP = 2
_NOTHING = "–"


def measures(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield a line for each figure, with the counts behind it."""
    found = figures(outcomes)
    precision, recall = _counted(found.precision), _counted(found.recall)
    yield share("a right fact first (hit@1)", found.hits)
    yield share("unanswerable questions left alone", found.left_alone)
    yield f"  {'answer F1':<{_MEASURE}}{_number(found.f1):>4}   precision {precision}, recall {recall}"
    yield share("a right fact in the first three shown", found.in_three)
    yield share("short answer right", found.short)
    yield share("sets with every fact", found.sets)
    yield f"  {'share of the facts of such sets':<{_MEASURE}}{_number(found.share):>4}"
    yield f"  {'facts shown without a citation':<{_MEASURE}}{found.uncited:>4}"


def reliable(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield a table that holds how sure the bot was of its best fact against how often that was right."""
    yield f"{'sure of its best fact':<{_MEASURE + 2}}{'right':>4}"
    for confidence, found in reliability(outcomes):
        yield share(f"{confidence:.2f} on average", found)


def grouped(title: str, outcomes: Sequence[Outcome], group: Callable[[Outcome], str | None], rest: str) -> Iterator[str]:
    """Yield a table with a row for each group, the largest first; ``rest`` names those that belong to none."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(one_line(group(outcome) or rest), []).append(outcome)
    yield _row(title, _COLUMNS)
    for name, members in sorted(groups.items(), key=lambda each: (-len(each[1]), each[0])):
        yield _row(name, (str(len(members)), *_cells(figures(members))))


def miss(outcome: Outcome) -> Iterator[str]:
    """Yield the lines of a miss: the question, what was expected, what came, and why."""
    case, answer, why = outcome.case, outcome.answer, outcome.answer.explanation
    yield one_line(case.ask)
    yield f"  expected: {_expected(outcome)}"
    yield f"  got:      {_got(outcome)}"
    reasons = [f"covered: {listed(why.matched)}" if why.matched else "covered: nothing"]
    if why.missing:
        reasons.append(f"not covered: {listed(why.missing)}")
    if why.slot and not why.slot_filled:
        reasons.append(f"no “{why.slot}” in the nearest fact")
    if why.corrections:
        reasons.append("read " + listed([f"{typed} as {read}" for typed, read in why.corrections]))
    yield f"  why:      {one_line('; '.join(reasons))} (fits {round(why.confidence * 100)} of 100)"
    near = [fact.record.fact.id for fact in (answer.facts or answer.suggestions)]
    if not outcome.answered and near:
        yield f"  offered:  {', '.join(near)}"


def misses(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Yield the lines of all misses, a blank line before each."""
    for outcome in outcomes:
        if outcome.missed:
            yield ""
            yield from miss(outcome)


def share(name: str, found: Share) -> str:
    """Return a line with a share and the counts behind it."""
    return f"  {name:<{_MEASURE}}{_number(found.value):>4}   {found.part} of {found.whole}"


def _counted(share: Share) -> str:
    return f"{_number(share.value)} ({share.part} of {share.whole})"


def _row(name: str, cells: Sequence[str]) -> str:
    widths = [max(len(title), _NUMBER) + _GAP for title in _COLUMNS]
    return f"{name:<{_NAME}}" + "".join(f"{cell:>{width}}" for width, cell in zip(widths, cells, strict=True))


def _cells(found: Figures) -> tuple[str, ...]:
    values = (found.hits.value, found.f1, found.in_three.value, found.short.value, found.sets.value, found.left_alone.value)
    return tuple(map(_number, values))


def _number(value: float | None) -> str:
    return _NOTHING if value is None else f"{value:.2f}"


def _expected(outcome: Outcome) -> str:
    if not outcome.answerable:
        return "no answer"
    short = f", short “{one_line(outcome.case.short)}”" if outcome.case.short is not None else ""
    return ", ".join(outcome.case.expect) + short


def _got(outcome: Outcome) -> str:
    answer = outcome.answer
    if not outcome.answered:
        return "no answer" + (f" (nearest: {answer.ranking[0].record.fact.id})" if answer.ranking else "")
    short = f", short “{one_line(answer.short)}”" if answer.short is not None else ", no short answer"
    return ", ".join(fact.record.fact.id for fact in answer.facts) + (short if outcome.case.short is not None else "")
