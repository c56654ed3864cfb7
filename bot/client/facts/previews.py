"""From a stored draft to its preview; where it has faults, to those, with nothing lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from discord import ui

from bot.client.bot import Interaction
from bot.client.errors import sentence_for
from bot.client.facts import words
from bot.client.facts.difference import Names, differences
from bot.client.facts.drafts import StoredDraft
from bot.client.facts.views import Preview, conflict_panel, preview_panel, speaker_panel, trouble_panel
from bot.client.interactions import RouteButton, run_to_end
from bot.client.permissions import shown_signature
from bot.client.text import fitting, timestamp
from bot.editing.draft import Draft
from bot.errors import ConflictError, DraftError, FootnoteError
from bot.facts.models import ActorRecord, FactRecord, Revision
from bot.service.session import Session

_MOST_STEPS = 3
_MOST_FACTS = 5_000  # of a story whose events are all read, to be named
_OF_SOURCE = frozenset(("published", "archive", "type"))  # fields of the form that describes a new source
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Conflict:
    """What others did to a fact since somebody opened its form: it as it is now and as it was then, and the steps between."""

    current: FactRecord
    seen: FactRecord
    steps: tuple[Revision, ...]
    names: Names


async def preview_view(interaction: Interaction, kept: StoredDraft) -> ui.LayoutView:
    """Return the preview of a draft, or what stands in its way."""
    try:
        found = await run_to_end(interaction, lambda session: _look(session, kept.draft))
    except FootnoteError as error:
        return await trouble_view(interaction, kept, error)
    return conflict_view(kept, found) if isinstance(found, Conflict) else preview_panel(kept, found)


async def trouble_view(interaction: Interaction, kept: StoredDraft, error: FootnoteError) -> ui.LayoutView:
    """Return what is at fault with a draft: of a form every fault, of a conflict what others changed."""
    if isinstance(error, ConflictError) and kept.draft.fact is not None:
        conflict = await run_to_end(interaction, lambda session: _conflict(session, kept.draft))
        if conflict is not None:
            return conflict_view(kept, conflict)
    if not isinstance(error, DraftError):
        return trouble_panel(kept, [sentence_for(error)])
    faults = list(error.faults.values())
    if "by" in error.faults:
        actors = await run_to_end(interaction, lambda session: likely_actors(session, kept.draft))
        return speaker_panel(kept, faults, actors)
    of_source = kept.draft.new_source is not None and not _OF_SOURCE.isdisjoint(error.faults)
    return trouble_panel(kept, faults, [RouteButton("fact-describe", kept.key, words.DESCRIBE)] if of_source else [])


def conflict_view(kept: StoredDraft, conflict: Conflict) -> ui.LayoutView:
    """Return the panel of a conflict."""
    lines = []
    for step in conflict.steps[-_MOST_STEPS:]:
        reason = f": {fitting(step.reason, 200)}" if step.reason else ""
        lines.append(
            f"**@{step.number}** {words.ACTIONS[step.action]} {timestamp(step.at, 'R')} by {shown_signature(step.by)}{reason}"
        )
    changes = differences(conflict.seen.fact, conflict.current.fact, conflict.names)
    gone = [words.RETRACTED] if conflict.current.retracted else []
    return conflict_panel(kept, conflict.current, "\n".join(lines), [*changes, *gone])


def names_of(session: Session, story: str) -> Names:
    """Return what the actors and events of a story are called; the events of a very big one go by their ids."""
    actors = {record.actor.id: record.actor.name for record in session.base.actors(story)}
    events = () if session.base.has_more_than(_MOST_FACTS, story) else session.base.events(story=story)
    return Names(actors, {record.fact.id: record.fact.text for record in events})


def fact_with_names(session: Session, number: int, revision: int | None = None) -> tuple[FactRecord, Names]:
    """Return a fact, as it is now or at a revision, with the names of its story. Raises NotKnownError."""
    record = session.base.editor.show(number, revision)
    return record, names_of(session, record.story.id)


def merged(mine: Draft, seen: Draft, theirs: Draft) -> Draft:
    """Put a change on top of another: what I left as I saw it is as they made it, what I changed is as I wrote it."""
    fields = ("text", "by", "date", "where", "context", "about", "event", "cite", "asked_as")
    untouched = {name: getattr(theirs, name) for name in fields if getattr(mine, name) == getattr(seen, name)}
    return replace(mine, **untouched, seen=theirs.seen)


def likely_actors(session: Session, draft: Draft) -> Sequence[ActorRecord]:
    """Return the actors of a story, those named in the text of a draft first, then those spoken of most."""
    text = _in_words(draft.text)
    actors = session.base.actors(draft.story)

    def is_named(record: ActorRecord) -> bool:
        names = (record.actor.name, record.actor.name.split()[-1], *record.actor.aliases)
        return any(_in_words(name) in text for name in names if name.strip())

    return sorted(actors, key=lambda record: (not is_named(record), -record.spoken, -record.mentioned))


def _in_words(text: str) -> str:
    """Return the words of a text with a blank around each, so that whole words are found in it."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _look(session: Session, draft: Draft) -> Preview | Conflict:
    conflict = _conflict(session, draft)
    if conflict is not None:
        return conflict
    current = session.base.editor.show(draft.fact).fact if draft.fact is not None else None
    look = session.editorial.preview(draft)
    return Preview(look, current, names_of(session, draft.story), session.suggestions.needs_second(look))


def _conflict(session: Session, draft: Draft) -> Conflict | None:
    """Return what others did to the fact that a draft edits, None where it is as its editor saw it."""
    if draft.fact is None or draft.seen is None:
        return None
    current = session.base.editor.show(draft.fact)
    if current.revision == draft.seen:
        return None
    steps = tuple(step for step in session.base.editor.history(draft.fact) if step.number > (draft.seen or 0))
    return Conflict(current, session.base.editor.show(draft.fact, draft.seen), steps, names_of(session, draft.story))
