"""The import of a whole story: what the base holds of it becomes what the story says, in one change."""

from __future__ import annotations

import sqlite3

from bot.facts.logbook import write_entry
from bot.facts.models import Story, StoryChanges
from bot.facts.plan import make_plan
from bot.facts.writing import Note, StoryWriter


def import_story(connection: sqlite3.Connection, story: Story, signed: Note) -> tuple[StoryChanges, int | None]:
    """Add, revise and retract by id, in the open transaction.

    Return what changed and the number of the change, None where nothing did.
    """
    plan = make_plan(connection, story)
    changes = plan.changes(story.info.id)
    if not changes:
        return changes, None
    change = StoryWriter(connection, story, plan, signed).write()
    write_entry(connection, signed, "import", _counts(changes), story=story.info.id, change=change)
    return changes, change


def story_version(connection: sqlite3.Connection, story: str) -> int:
    """Return a number that grows with every change of anything in a story; 0 where there is no such story."""
    items = " UNION ALL ".join(
        f"SELECT max(revision.id) AS latest FROM revision JOIN {kind} ON {kind}.id = item_id JOIN story ON story.id = {of}"
        f" WHERE revision.kind = '{kind}' AND story.slug = :story"
        for kind, of in (("fact", "fact.story_id"), ("source", "source.story_id"), ("actor", "actor.story_id"))
    )
    of_story = (
        "SELECT max(revision.id) AS latest FROM revision JOIN story ON story.id = item_id"
        " WHERE revision.kind = 'story' AND story.slug = :story"
    )
    row = connection.execute(f"SELECT ifnull(max(latest), 0) FROM ({items} UNION ALL {of_story})", {"story": story}).fetchone()
    return int(row[0])


def _counts(changes: StoryChanges) -> str:
    """Return how much a story file changed, as the logbook has it."""
    counts = (("added", changes.added), ("revised", changes.revised), ("retracted", changes.retracted))
    return f"story {changes.story}: " + ", ".join(f"{len(ids)} {name}" for name, ids in counts)
