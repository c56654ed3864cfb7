"""From a stored draft to its preview, or to its faults where it has any, with nothing lost."""

from __future__ import annotations

import re
from collections.abc import Sequence

from discord import ui

from bot.client.bot import Interaction
from bot.client.facts import words
from bot.client.facts.forms import StoredDraft
from bot.client.facts.views import Preview, conflict_panel, preview_panel, speaker_panel, trouble_panel, way_back
from bot.client.interactions import RouteButton, run_to_end
from bot.editing.draft import Draft
from bot.errors import ConflictError, DraftError, FootnoteError
from bot.facts.models import ActorRecord
from bot.presentation.languages import say
from bot.service.facts import Conflict
from bot.service.session import Session

_OF_SOURCE = frozenset(("published", "archive", "type"))  # fields of the form that describes a new source
_WORD = re.compile(r"[^\W_]+")


async def preview_view(interaction: Interaction, stored: StoredDraft) -> ui.LayoutView:
    """Return the preview of a draft, or what stands in its way."""
    try:
        found = await run_to_end(interaction, _look, stored.draft)
    except FootnoteError as error:
        return await trouble_view(interaction, stored, error)
    return conflict_panel(stored, found) if isinstance(found, Conflict) else preview_panel(stored, found)


async def trouble_view(interaction: Interaction, stored: StoredDraft, error: FootnoteError) -> ui.LayoutView:
    """Return what is at fault with a draft: of a form every fault, of a conflict what others changed."""
    if isinstance(error, ConflictError) and stored.draft.fact is not None:
        conflict = await run_to_end(interaction, lambda session: session.facts.conflict(stored.draft))
        if conflict is not None:
            return conflict_panel(stored, conflict)
    back = way_back("fact-open", stored.key, "fact-cancel")
    if isinstance(error, DraftError) and "by" in error.faults:
        return speaker_panel(stored, error, await run_to_end(interaction, likely_actors, stored.draft))
    if isinstance(error, DraftError) and stored.draft.new_source is not None and not _OF_SOURCE.isdisjoint(error.faults):
        back = [RouteButton("fact-describe", stored.key, say(words.DESCRIBE)), *back]
    return trouble_panel(error, back)


def likely_actors(session: Session, draft: Draft) -> Sequence[ActorRecord]:
    """Return the actors of a story, those named in the text of a draft first, then those spoken of most."""
    text = _in_words(draft.text)
    actors = session.actors(draft.story)

    def is_named(record: ActorRecord) -> bool:
        names = (record.actor.name, record.actor.name.split()[-1], *record.actor.aliases)
        return any(_in_words(name) in text for name in names if name.strip())

    return sorted(actors, key=lambda record: (not is_named(record), -record.spoken, -record.mentioned))


def _in_words(text: str) -> str:
    """Return the words of a text with a blank around each, so that whole words are found in it."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _look(session: Session, draft: Draft) -> Preview | Conflict:
    conflict = session.facts.conflict(draft)
    if conflict is not None:
        return conflict
    current = session.facts.show(draft.fact).fact if draft.fact is not None else None
    look = session.editorial.preview(draft)
    return Preview(look, current, session.facts.names(draft.story), session.suggestions.needs_second(look))
