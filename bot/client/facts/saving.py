"""From the form of a fact over its preview to the saved fact: what each form, button and list on that way does."""

from __future__ import annotations

from dataclasses import replace

from discord import ui

from bot.client.bot import Interaction
from bot.client.facts import words
from bot.client.facts.difference import Names
from bot.client.facts.drafts import Kept, drop, keep, kept, sources_to_choose
from bot.client.facts.forms import fact_form, filled
from bot.client.facts.panels import done_panel, saved_buttons
from bot.client.facts.previewing import merged, names_of, preview_view, trouble_view
from bot.client.interactions import Given, route, run_to_end
from bot.client.log.aftermath import Done, change
from bot.client.panels import panel, show
from bot.client.permissions import Who, signed
from bot.client.review.reviewing import post
from bot.client.sending import server_of
from bot.editing.draft import Draft
from bot.errors import DecidedError, FootnoteError
from bot.facts.editor import Applied
from bot.facts.models import FactRecord
from bot.facts.proposals import Proposal
from bot.facts.writing import Note
from bot.service.session import Session


async def open_form(interaction: Interaction, kept: Kept) -> None:
    """Show the form of a draft, filled in."""
    draft = kept.draft
    sources = (
        await run_to_end(interaction, lambda session: sources_to_choose(session, draft.story, draft.cite))
        if draft.fact is None
        else ()
    )
    await interaction.response.send_modal(fact_form("fact-form", kept.key, draft, sources))


@route("fact-form", Who.MODERATOR)
async def _sent(interaction: Interaction, given: Given) -> None:
    """Keep what was typed, then show the preview of it."""
    before = await kept(interaction, given.argument)
    now = await keep(interaction, filled(before.draft, given), before.key)
    await show(interaction, preview_view(interaction, now))


@route("fact-open", Who.MODERATOR)
async def _open(interaction: Interaction, given: Given) -> None:
    """Open the form of a draft again, as it was left."""
    await open_form(interaction, await kept(interaction, given.argument))


@route("fact-story", Who.MODERATOR)
async def _story_chosen(interaction: Interaction, given: Given) -> None:
    """Note the story of a new fact and open its form."""
    before = await kept(interaction, given.argument)
    await open_form(interaction, await keep(interaction, replace(before.draft, story=given.values[0]), before.key))


@route("fact-who", Who.MODERATOR)
async def _speaker_chosen(interaction: Interaction, given: Given) -> None:
    """Note who said it and show the preview."""
    before = await kept(interaction, given.argument)
    now = await keep(interaction, replace(before.draft, by=given.values), before.key)
    await show(interaction, preview_view(interaction, now))


@route("fact-on-top", Who.MODERATOR)
async def _on_top(interaction: Interaction, given: Given) -> None:
    """Put a change on top of what somebody else changed meanwhile, and open the form with it."""
    revision, _, key = given.argument.partition(":")
    before = await kept(interaction, key)
    draft = await run_to_end(interaction, lambda session: _rebased(session, before.draft, int(revision)))
    await open_form(interaction, await keep(interaction, draft, before.key))


@route("fact-cancel", Who.MODERATOR)
async def _cancel(interaction: Interaction, given: Given) -> None:
    """Forget a draft."""
    await drop(interaction, given.argument)
    await show(interaction, panel(words.CANCELLED))


@route("fact-save", Who.MODERATOR)
async def _save(interaction: Interaction, given: Given) -> None:
    """Save a draft, or have another moderator agree to it first."""
    await change(interaction, _saved(interaction, await kept(interaction, given.argument)))


@route("fact-same", Who.MODERATOR)
async def _same(interaction: Interaction, given: Given) -> None:
    """Give a fact that says the same the sources of a draft."""
    number, _, key = given.argument.partition(":")
    await change(interaction, _source_added(interaction, await kept(interaction, key), int(number)))


async def _saved(interaction: Interaction, kept: Kept) -> Done:
    draft, note = kept.draft, signed(interaction, kept.draft.reason)
    try:
        result = await run_to_end(interaction, lambda session: _save_at(session, kept, note))
    except DecidedError as error:
        # The question behind it was closed meanwhile; the fact may be worth saving all the same.
        now = await keep(interaction, replace(draft, gap=None), kept.key)
        return Done(await trouble_view(interaction, now, error) if draft.gap is None else await preview_view(interaction, now))
    except FootnoteError as error:
        return Done(await trouble_view(interaction, kept, error))
    if isinstance(result, Proposal):
        await post(interaction.client, server_of(interaction), result)
        return Done(panel(words.PROPOSED))
    title = words.ALREADY_SAVED if result.repeated else ""
    view = await _done_view(interaction, result, title, new=draft.fact is None)
    return Done(view, result)


async def _source_added(interaction: Interaction, kept: Kept, number: int) -> Done:
    note = signed(interaction, kept.draft.reason)
    key = f"{kept.idempotency_key} to {number}"
    try:
        applied = await run_to_end(
            interaction, lambda session: session.editorial.add_source_to(number, kept.draft, note, key=key)
        )
    except FootnoteError as error:
        return Done(await trouble_view(interaction, kept, error))
    record, names = await run_to_end(interaction, lambda session: _fact(session, number))
    title = words.source_added(record.ref) if applied.change is not None else words.NO_CHANGE
    return Done(done_panel(title, record, names, saved_buttons(applied.change, number)), applied)


def _save_at(session: Session, kept: Kept, note: Note) -> Applied | Proposal:
    before = session.base.editor.done(kept.idempotency_key)
    if before is not None:
        return before
    if session.base.settings.read().two_moderators and session.suggestions.needs_second(session.editorial.look(kept.draft)):
        return session.suggestions.propose(kept.draft, note, key=kept.idempotency_key)
    return session.editorial.save(kept.draft, note, key=kept.idempotency_key)


async def _done_view(interaction: Interaction, applied: Applied, title: str, *, new: bool) -> ui.LayoutView:
    if not applied.facts:
        return panel(title or words.NO_CHANGE)
    number = applied.facts[0]
    record, names = await run_to_end(interaction, lambda session: _fact(session, number))
    said = words.saved(record.ref, new=new) + (f"\n-# {title}" if title else "")
    return done_panel(said, record, names, saved_buttons(applied.change, number))


def _fact(session: Session, number: int) -> tuple[FactRecord, Names]:
    record = session.base.editor.show(number)
    return record, names_of(session, record.story.id)


def _rebased(session: Session, mine: Draft, revision: int) -> Draft:
    """Return a draft on top of a revision of its fact that its editor has been shown."""
    if mine.fact is None or mine.seen is None:
        return mine
    seen, theirs = (Draft.of(session.base.editor.show(mine.fact, number)) for number in (mine.seen, revision))
    return merged(mine, seen, theirs)
