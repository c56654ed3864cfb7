"""How a fact is begun: by a command, from a message, or from one that there is; and the questions asked on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from discord import ui

from bot.client.bot import Interaction
from bot.client.facts import words
from bot.client.facts.choosing import Options, changed, fact_of, new_draft
from bot.client.facts.drafts import Kept, keep, kept
from bot.client.facts.forms import MOST_TYPED
from bot.client.facts.panels import kind_panel, story_panel
from bot.client.facts.previewing import preview_view
from bot.client.facts.saving import open_form
from bot.client.interactions import Given, route, run_to_end
from bot.client.messages import without_link
from bot.client.panels import show
from bot.client.permissions import Who
from bot.client.story_scope import channel_of, story_for
from bot.editing.draft import Draft
from bot.errors import UsageError
from bot.facts.models import FactKind
from bot.service.session import Session


async def start(interaction: Interaction, kind: FactKind, options: Options) -> None:
    """Open the form of a new fact, or ask first which story it belongs to. Raises NotKnownError and UsageError."""
    options = replace(options, channel=channel_of(interaction))
    draft = await run_to_end(interaction, lambda session: new_draft(session, kind, options))
    await open_or_ask(interaction, await keep(interaction, draft))


async def open_or_ask(interaction: Interaction, kept: Kept) -> None:
    """Open the form of a draft; where its story is not known, ask for that first."""
    if kept.draft.story:
        await open_form(interaction, kept)
    else:
        await show(interaction, _story_asked(interaction, kept))


async def edit(interaction: Interaction, fact: str, options: Options) -> None:
    """Open the form of a fact, filled in, with what the options change. Raises NotKnownError and UsageError."""
    draft = await run_to_end(interaction, lambda session: _edited(session, fact, options))
    await open_form(interaction, await keep(interaction, draft))


async def from_message(interaction: Interaction, text: str, link: str) -> ui.LayoutView:
    """Keep what a message says and ask what kind of fact it is.

    The one link that it holds is its source, with the message's own in a second line, to be taken out or left; else it is that.
    """
    channel = channel_of(interaction)
    story = await run_to_end(interaction, lambda session: story_for(session, None, (), channel))
    text, named = without_link(text)
    draft = Draft("claim", story or "", text=text[:MOST_TYPED], cite="\n".join(filter(None, (named, link))))
    return kind_panel(await keep(interaction, draft))


@route("fact-kind", Who.MODERATOR)
async def _kind_chosen(interaction: Interaction, given: Given) -> None:
    """Note what kind of fact it is and open its form."""
    kind, _, key = given.argument.partition(":")
    before = await kept(interaction, key)
    await open_or_ask(interaction, await keep(interaction, replace(before.draft, kind=cast("FactKind", kind)), before.key))


@route("fact-edit", Who.MODERATOR)
async def _edit_pressed(interaction: Interaction, given: Given) -> None:
    """Open the form of a fact that was named by a button."""
    await edit(interaction, f"F{given.argument}", Options())


@route("fact-back", Who.MODERATOR)
async def _back(interaction: Interaction, given: Given) -> None:
    """Show what going back to an earlier revision would do; it is saved like any other edit."""
    await show(interaction, _back_preview(interaction, *map(int, given.argument.split(":"))))


async def _back_preview(interaction: Interaction, number: int, revision: int, seen: int) -> ui.LayoutView:
    draft = await run_to_end(interaction, lambda session: _earlier(session, number, revision))
    now = await keep(interaction, replace(draft, seen=seen, reason=words.back_reason(revision)))
    return await preview_view(interaction, now)


async def _story_asked(interaction: Interaction, kept: Kept) -> ui.LayoutView:
    return story_panel(kept, await run_to_end(interaction, lambda session: session.stories()))


def _earlier(session: Session, number: int, revision: int) -> Draft:
    """Return the form of a fact as it was; an event that was retracted since cannot be belonged to."""
    record = session.base.editor.show(number, revision)
    draft = Draft.of(record)
    return draft if session.base.linked_events([record]) else replace(draft, event="")


def _edited(session: Session, fact: str, options: Options) -> Draft:
    number = fact_of(session, fact)[0]
    draft = session.editorial.open_draft(number)
    if max(len(draft.text), len(draft.cite)) > MOST_TYPED:
        raise UsageError(words.TOO_LONG_FOR_FORM.format(number=number))
    return replace(draft, **changed(session, draft, options))  # type: ignore[arg-type]
