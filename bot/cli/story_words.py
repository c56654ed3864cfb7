"""What the ``story`` commands print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.answers.evaluation import Outcome, figures
from bot.cli.tables import misses, share
from bot.facts.models import FACT_KINDS, Story, StoryChanges, StoryInfo
from bot.presentation.wording import counted, listed
from bot.terminal.safe import one_line

_DATE = 24
_ID = 24


def contents(story: Story) -> str:
    """Say what a story holds: ``12 events, 3 quotes, 1 claim, 4 actors and 2 sources``."""
    kinds = [fact.kind for fact in story.facts]
    parts = [counted(kinds.count(kind), kind, f"{kind}s") for kind in FACT_KINDS]
    parts += [counted(len(story.actors), "actor", "actors"), counted(len(story.sources), "source", "sources")]
    return listed(parts)


def checked(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Say how a story's own questions were answered, and list those that were not answered as expected."""
    found = figures(outcomes)
    yield f"Of its {counted(len(outcomes), 'question', 'questions')}:"
    yield share("answered right", found.recall)
    yield share("a right fact first (hit@1)", found.hits)
    yield share("short answer right", found.short)
    yield share("left unanswered that must be", found.left_alone)
    yield from misses(outcomes)


def changed(changes: StoryChanges, *, dry_run: bool) -> Iterator[str]:
    """Say what an import did, or would do."""
    would = "would be " if dry_run else ""
    if not changes:
        yield f"{changes.story}: nothing {'would change' if dry_run else 'changed'}."
        return
    if changes.new:
        held = ((changes.added, "fact"), (changes.actors, "actor"), (changes.sources, "source"))
        parts = [counted(len(ids), one, f"{one}s") for ids, one in held]
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


def story_lines(stories: Iterable[tuple[StoryInfo, int]]) -> Iterator[str]:
    """List stories with how many facts each has."""
    for info, facts in stories:
        yield f"{info.id:<{_ID}}  {counted(facts, 'fact', 'facts'):>10}  {one_line(info.title)}"


def fact_lines(story: Story) -> Iterator[str]:
    """List the facts of a story: id, kind, date, text."""
    for fact in story.facts:
        date = fact.date.words() if fact.date else ""
        yield f"{fact.id:<{_ID}}  {fact.kind:<5}  {date:<{_DATE}}  {one_line(fact.text)}"
