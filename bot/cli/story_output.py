"""What the ``story`` commands and ``footnote evaluate`` print: what a story holds or lacks, and how it is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.answers.evaluation import Outcome, Share, figures, reliability
from bot.cli.console import to_json
from bot.drafting.marks import marked
from bot.editing.report import Report, common_detail
from bot.facts.models import WRITTEN_KINDS, Story, StoryChanges, StoryInfo
from bot.facts.unreviewed import Coverage
from bot.phrases import listed
from bot.presentation.wording import counted, coverage
from bot.terminal.text import one_line

_ID = 24  # columns of a list; a longer id makes it wider
_MEASURES = ("questions", "hit@1", "F1", "in three", "short", "sets", "left alone")
_GROUP, _MEASURE, _NUMBER, _GAP = 16, 40, len("0.00"), 2  # columns of tables, which fit into 80
_NO_NUMBER = "–"
_ITEM_TEXT = 76  # characters of a fact in a report
_MAX_ITEMS = 12  # of each thing lacking; the JSON has all


def contents(story: Story) -> str:
    """Return what a story holds: ``12 events, 3 quotes, 1 claim, 4 actors and 2 sources``."""
    kinds = [fact.kind for fact in story.facts]
    parts = [counted(kinds.count(kind), kind, f"{kind}s") for kind in WRITTEN_KINDS]
    parts += [counted(len(story.actors), "actor", "actors"), counted(len(story.sources), "source", "sources")]
    return listed(parts)


def check_lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield the lines that say how a story's own questions were answered, then those that were not answered as expected."""
    measured = figures(outcomes)
    yield f"Of its {counted(len(outcomes), 'question', 'questions')}:"
    yield _share("answered right", measured.recall)
    yield _share("a right fact first (hit@1)", measured.hits)
    yield _share("short answer right", measured.short)
    yield _share("left unanswered that must be", measured.left_alone)
    yield from miss_lines(outcomes)


def mark_lines(text: str, unasked: int = 0) -> Iterator[str]:
    """Yield lines about the entries of a story file that nobody has looked at; ``unasked`` counts its questions not asked."""
    if number := marked(text):
        entries = counted(number, "entry has", "entries have")
        yield f"{entries} a comment “review:” yet: look at each, and take the comment away."
    if unasked:
        yield f"{counted(unasked, 'proposed question', 'proposed questions')} not asked: they are made of the story's own words."


def change_lines(changes: StoryChanges, *, dry_run: bool) -> Iterator[str]:
    """Yield the lines that say what an import did, or would do."""
    would = "would be " if dry_run else ""
    if not changes:
        yield f"{changes.story}: nothing {'would change' if dry_run else 'changed'}."
        return
    if changes.new:
        kinds = ((changes.added, "fact"), (changes.actors, "actor"), (changes.sources, "source"))
        parts = [counted(len(ids), one, f"{one}s") for ids, one in kinds]
        yield f"{changes.story}: {'would be a ' if dry_run else ''}new story: {', '.join(parts)}"
        return
    for what, ids in (("added", changes.added), ("revised", changes.revised), ("retracted", changes.retracted)):
        if ids:
            yield f"{changes.story}: {counted(len(ids), 'fact', 'facts')} {would}{what}: {', '.join(ids)}"
    for one, ids in (("actor", changes.actors), ("source", changes.sources)):
        if ids:
            yield f"{changes.story}: {counted(len(ids), one, f'{one}s')} {would}changed: {', '.join(ids)}"
    if changes.other:
        yield f"{changes.story}: its title, summary, language, order or questions {would}changed"


def story_lines(stories: Iterable[tuple[StoryInfo, int, Coverage]]) -> Iterator[str]:
    """Yield a line for each story, with how many facts it has, and how many of the sentences read in articles are reviewed."""
    listed = list(stories)
    width = max([_ID, *(len(info.id) for info, _, _ in listed)])
    for info, facts, read in listed:
        share = coverage(read)
        title = f"{one_line(info.title)} ({share})" if share else one_line(info.title)
        yield f"{info.id:<{width}}  {counted(facts, 'fact', 'facts'):>10}  {title}"


def measure_lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield a line for each figure, with the counts behind it."""
    measured = figures(outcomes)
    precision, recall = _with_counts(measured.precision), _with_counts(measured.recall)
    yield _share("a right fact first (hit@1)", measured.hits)
    yield _share("unanswerable questions left alone", measured.left_alone)
    yield f"  {'answer F1':<{_MEASURE}}{_number(measured.f1):>4}   precision {precision}, recall {recall}"
    yield _share("a right fact in the first three shown", measured.in_three)
    yield _share("answered wrong, of all questions", measured.wrong)
    yield _share("short answer right", measured.short)
    yield _share("short answers shown that are right", measured.headlines)
    yield _share("Yes and No said that are right", measured.yes_no)
    yield _share("yes-or-no questions settled correctly", measured.settled)
    yield _share("sets with every fact", measured.sets)
    yield f"  {'share of the facts of such sets':<{_MEASURE}}{_number(measured.share):>4}"
    yield _share("further facts shown that answer too", measured.further)
    yield f"  {'facts shown without a citation':<{_MEASURE}}{measured.uncited:>4}"


def calibration_table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield a table that sets how sure the bot was of its best fact beside how often that fact was right."""
    yield f"{'sure of its best fact':<{_MEASURE + 2}}{'right':>4}"
    for confidence, share in reliability(outcomes):
        yield _share(f"{confidence:.2f} on average", share)


def group_table(title: str, outcomes: Sequence[Outcome], group: Callable[[Outcome], str | None], rest: str) -> Iterator[str]:
    """Yield a table with a row for each group, the largest first; ``rest`` names the row of outcomes without a group."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(one_line(group(outcome) or rest), []).append(outcome)
    yield _row(title, _MEASURES)
    for name, members in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        measured = figures(members)
        shares = (
            measured.hits.value,
            measured.f1,
            measured.in_three.value,
            measured.short.value,
            measured.sets.value,
            measured.left_alone.value,
        )
        yield _row(name, (str(len(members)), *map(_number, shares)))


def _miss(outcome: Outcome) -> Iterator[str]:
    """Yield the lines of a miss: the question, what was expected, what came, and why."""
    case, answer, why = outcome.case, outcome.answer, outcome.answer.explanation
    expected = got = "no answer"
    if outcome.answerable:
        expected = ", ".join(case.expect) + (f", short “{one_line(case.short)}”" if case.short is not None else "")
    if outcome.answered:
        short = f", short “{one_line(answer.short)}”" if answer.short is not None else ", no short answer"
        got = ", ".join(fact.record.fact.id for fact in answer.facts) + (short if case.short is not None else "")
    elif answer.ranking:
        got += f" (nearest: {answer.ranking[0].record.fact.id})"
    yield one_line(case.ask)
    yield f"  expected: {expected}"
    yield f"  got:      {got}"
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


def miss_lines(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Yield the lines of all misses, a blank line before each."""
    for outcome in outcomes:
        if outcome.missed:
            yield ""
            yield from _miss(outcome)


def _share(name: str, share: Share) -> str:
    """Return a line with a share and the counts behind it."""
    return f"  {name:<{_MEASURE}}{_number(share.value):>4}   {share.part} of {share.whole}"


def _with_counts(share: Share) -> str:
    return f"{_number(share.value)} ({share.part} of {share.whole})"


def _row(name: str, cells: Sequence[str]) -> str:
    widths = [max(len(title), _NUMBER) + _GAP for title in _MEASURES]
    return f"{name:<{_GROUP}}" + "".join(f"{cell:>{width}}" for width, cell in zip(widths, cells, strict=True))


def _number(value: float | None) -> str:
    return _NO_NUMBER if value is None else f"{value:.2f}"


def report_lines(report: Report, *, with_links: bool) -> Iterator[str]:
    """Yield the lines that say what a story lacks and what to do about it; ``with_links``: its links were opened."""
    yield f"{one_line(report.title)}: {counted(report.facts, 'fact', 'facts')}, {counted(report.sources, 'source', 'sources')}."
    if not report.lacks:
        yield "Nothing is missing."
    for lack, items in report.lacks.items():
        yield ""
        common = common_detail(items)
        yield f"{lack.title} ({len(items)}{f', all {one_line(common)}' if common else ''})"
        yield f"  {lack.mend}"
        for item in items[:_MAX_ITEMS]:
            text, detail = one_line(item.text), f" ({one_line(item.detail)})" if item.detail and not common else ""
            shown = text if len(text) <= _ITEM_TEXT else f"{text[:_ITEM_TEXT].rsplit(' ', 1)[0]}…"
            yield f"  - {one_line(item.id)}: {shown}{detail}"
        if len(items) > _MAX_ITEMS:
            yield f"    and {len(items) - _MAX_ITEMS} more: --json lists them all"
    if not with_links:
        yield "\nNo link was opened; --check-links opens them."


def report_json(report: Report) -> str:
    """Return all that a story lacks as an object."""
    lacks = [
        {
            "lack": lack.name.lower().replace("_", "-"),
            "title": lack.title,
            "mend": lack.mend,
            "items": [{"id": item.id, "text": item.text, "detail": item.detail or None} for item in items],
        }
        for lack, items in report.lacks.items()
    ]
    content = {
        "story": report.story,
        "title": report.title,
        "facts": report.facts,
        "sources": report.sources,
        "lacks": lacks,
    }
    return to_json(content)
