"""Adding and editing a fact: begun by a command, a message or a button, typed into a form, previewed and saved."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from discord import ui

from bot.client.bot import Interaction
from bot.client.completing import Look, in_two_steps
from bot.client.errors import sentence_for
from bot.client.facts import words
from bot.client.facts.drafts import (
    Options,
    StoredDraft,
    change_draft,
    likely_actors,
    load_draft,
    new_draft,
    store_as_read,
    store_draft,
    with_options,
)
from bot.client.facts.forms import filled, send_fact_form
from bot.client.facts.views import (
    Preview,
    conflict_panel,
    fact_lines,
    kind_panel,
    preview_panel,
    saved_buttons,
    speaker_panel,
)
from bot.client.forms.fields import MAX_TYPED
from bot.client.forms.panels import story_panel, trouble_panel, way_back
from bot.client.forms.records import drop_text
from bot.client.interactions import NUMBER, RouteButton, RouteInput, route, run_to_end
from bot.client.logbook.aftermath import ChangeResult, make_change
from bot.client.messages import without_link
from bot.client.panels import GREEN, panel, show
from bot.client.permissions import Permission, note_of, signature
from bot.client.review.reviewing import post
from bot.client.sending import server_of
from bot.client.story_scope import channel_and_parent, story_for
from bot.client.words import BACK_TO
from bot.editing.draft import Draft
from bot.errors import ConflictError, DecidedError, DraftError, FootnoteError, UsageError
from bot.facts.editor import Applied
from bot.facts.models import FactKind
from bot.facts.state.proposals import Proposal
from bot.presentation.languages import say
from bot.service.session import Session

_OF_SOURCE = frozenset(("published", "archive", "type"))  # fields of the form that describes a new source


async def start(interaction: Interaction, kind: FactKind, options: Options) -> None:
    """Open the form of a new fact, or ask first which story it belongs to. Raises NotKnownError and UsageError."""
    options = replace(options, channels=channel_and_parent(interaction.channel))
    draft = await run_to_end(interaction, new_draft, kind, options)
    await _open_or_ask(interaction, await store_draft(interaction, draft))


async def from_message(interaction: Interaction, text: str, link: str) -> ui.LayoutView:
    """Keep what a message says and ask what kind of fact it is.

    The one link that it holds is its source, with the message's own in a second line, to be taken out or left; else it is that.
    """
    story = await run_to_end(interaction, story_for, None, channel_and_parent(interaction.channel))
    text, named = without_link(text)
    draft = Draft("claim", story or "", text=text[:MAX_TYPED], cite="\n".join(filter(None, (named, link))))
    return kind_panel(await store_draft(interaction, draft))


@route("fact-kind", Permission.MODERATOR, rf"({'|'.join(words.KINDS)}):.*")
async def _kind_chosen(interaction: Interaction, given: RouteInput) -> None:
    """Note what kind of fact it is and open its form."""
    kind, _, key = given.argument.partition(":")
    now = await change_draft(interaction, key, lambda draft: replace(draft, kind=cast("FactKind", kind)))
    await _open_or_ask(interaction, now)


async def _open_or_ask(interaction: Interaction, stored: StoredDraft) -> None:
    """Open the form of a draft; where its story is not known, ask for that first."""
    if stored.draft.story:
        await _open_form(interaction, stored)
    else:
        await show(interaction, story_asked(interaction, "fact-story", stored.key))


async def story_asked(interaction: Interaction, name: str, key: str, *, with_facts: bool = False) -> ui.LayoutView:
    """Ask which story something belongs to, for the route ``name``; ``key`` is that of the form that waits for it.

    Members are asked only about those ``with_facts``, where there are any.
    """
    stories = await run_to_end(interaction, Session.stories_with_facts) if with_facts else ()
    return story_panel(name, key, stories or await run_to_end(interaction, Session.stories))


@route("fact-story", Permission.MODERATOR, least=1)
async def _story_chosen(interaction: Interaction, given: RouteInput) -> None:
    """Note the story of a new fact and open its form."""
    now = await change_draft(interaction, given.argument, lambda draft: replace(draft, story=given.values[0]))
    await _open_form(interaction, now)


@route("fact-edit", Permission.MODERATOR, numbers=1)
async def edit(interaction: Interaction, number: int, options: Options | None = None) -> None:
    """Open the form of a fact, filled in, with what options of a command change. Raises NotKnownError and UsageError."""
    draft = await run_to_end(interaction, lambda session: session.editorial.open_draft(number))
    if max(len(draft.text), len(draft.cite)) > MAX_TYPED:
        raise UsageError(say(words.TOO_LONG_FOR_FORM, number=number))
    if options is not None:
        draft = await run_to_end(interaction, with_options, draft, options)
    await _open_form(interaction, await store_draft(interaction, draft))


@route("fact-back", Permission.MODERATOR, numbers=3, send=show)
async def _back(interaction: Interaction, number: int, revision: int, seen: int) -> ui.LayoutView:
    """Show what going back to an earlier revision would do; it is saved like any other edit."""
    draft = await run_to_end(interaction, lambda session: session.facts.earlier_draft(number, revision))
    reason = BACK_TO.format(revision=revision)  # stored, and so in English
    now = await store_draft(interaction, replace(draft, seen=seen, reason=reason))
    return await preview_view(interaction, now)


async def _open_form(interaction: Interaction, stored: StoredDraft) -> None:
    """Show the form of a draft, filled in."""
    await send_fact_form(interaction, "fact-form", stored.key, stored.draft)


@route("fact-open", Permission.MODERATOR)
async def _open(interaction: Interaction, given: RouteInput) -> None:
    """Open the form of a draft again, as it was left."""
    await _open_form(interaction, await load_draft(interaction, given.argument))


@route("fact-on-top", Permission.MODERATOR, rf"{NUMBER}:.*")
async def _on_top(interaction: Interaction, given: RouteInput) -> None:
    """Put a change on top of what somebody else changed meanwhile, and open the form with it."""
    revision, _, key = given.argument.partition(":")
    before = await load_draft(interaction, key)
    draft = await run_to_end(interaction, lambda session: session.facts.rebase(before.draft, int(revision)))
    await _open_form(interaction, await store_draft(interaction, draft, before.key))


@route("fact-form", Permission.MODERATOR)
async def _sent(interaction: Interaction, given: RouteInput) -> None:
    """Keep what was typed, then show the preview of it."""
    now = await change_draft(interaction, given.argument, lambda draft: filled(draft, given))
    await show(interaction, preview_view(interaction, now))


@route("fact-who", Permission.MODERATOR)
async def _speaker_chosen(interaction: Interaction, given: RouteInput) -> None:
    """Note who said it and show the preview."""
    now = await change_draft(interaction, given.argument, lambda draft: replace(draft, by=given.values))
    await show(interaction, preview_view(interaction, now))


async def with_actor(interaction: Interaction, key: str, name: str) -> ui.LayoutView:
    """Return the preview of a draft that waited for an actor, who said it."""
    now = await change_draft(interaction, key, lambda draft: replace(draft, by=tuple(dict.fromkeys((*draft.by, name)))))
    return await preview_view(interaction, now)


@route("fact-cancel", Permission.MODERATOR, send=show)
@route("story-cancel", Permission.MODERATOR, send=show)
async def _cancel(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Forget a draft, or an uploaded file."""
    await drop_text(interaction, given.argument)
    return panel(say(words.CANCELLED))


async def preview_view(interaction: Interaction, stored: StoredDraft, *, first: str = "") -> ui.LayoutView:
    """Return the preview of a draft under a first sentence, or what stands in its way."""
    draft, owner = stored.draft, signature(interaction.user)

    def look(session: Session) -> Look:
        changed = _conflict_view(session, stored)
        if changed is not None:
            return changed, None
        current = session.facts.show(draft.fact).fact if draft.fact is not None else None
        found = session.editorial.preview(draft)
        preview = Preview(found, current, session.facts.names(draft.story), session.suggestions.needs_second(found))
        return preview_panel(store_as_read(session, owner, stored, found), preview, first=first), found.trial

    try:
        return await in_two_steps(interaction, look)
    except FootnoteError as error:
        return await _trouble_view(interaction, stored, error)


def _conflict_view(session: Session, stored: StoredDraft) -> ui.LayoutView | None:
    """Return what others changed in the fact of a draft; None where that is nothing."""
    conflict = session.facts.conflict(stored.draft)
    return None if conflict is None else conflict_panel(stored, conflict)


async def _trouble_view(interaction: Interaction, stored: StoredDraft, error: FootnoteError) -> ui.LayoutView:
    """Return what is at fault with a draft: of a form every fault, of a conflict what others changed."""
    if isinstance(error, ConflictError) and stored.draft.fact is not None:
        changed = await run_to_end(interaction, _conflict_view, stored)
        if changed is not None:
            return changed
    back = way_back("fact-open", stored.key, "fact-cancel")
    if isinstance(error, DraftError) and "by" in error.faults:
        return speaker_panel(stored, error, await run_to_end(interaction, likely_actors, stored.draft))
    if isinstance(error, DraftError) and stored.draft.new_source is not None and not _OF_SOURCE.isdisjoint(error.faults):
        back = [RouteButton("fact-describe", stored.key, say(words.DESCRIBE)), *back]
    return trouble_panel(error, back)


@route("fact-save", Permission.MODERATOR, send=make_change)
async def _save(interaction: Interaction, given: RouteInput) -> ChangeResult:
    """Save a draft, or have another moderator agree to it first."""
    stored = await load_draft(interaction, given.argument)
    draft, note = stored.draft, note_of(interaction, stored.draft.reason)
    try:
        result = await run_to_end(
            interaction, lambda session: session.suggestions.save_or_propose(draft, note, key=stored.idempotency_key)
        )
    except DecidedError as error:
        # The question behind it was closed meanwhile; the fact may be worth saving all the same.
        if draft.gap is None:
            return ChangeResult(await _trouble_view(interaction, stored, error))
        now = await store_draft(interaction, replace(draft, gap=None), stored.key)
        first = f"{sentence_for(error)} {say(words.SAVE_ALL_THE_SAME)}"
        return ChangeResult(await preview_view(interaction, now, first=first))
    except FootnoteError as error:
        return ChangeResult(await _trouble_view(interaction, stored, error))
    if isinstance(result, Proposal):
        await post(interaction.client, server_of(interaction), result)
        return ChangeResult(panel(say(words.PROPOSED)))
    if not result.facts:
        return ChangeResult(panel(say(words.ALREADY_SAVED if result.repeated else words.NO_CHANGE)), result)
    message = say("### Saved as {ref}" if draft.fact is None else "### Saved: it is {ref} now")
    repeated = f"\n-# {say(words.ALREADY_SAVED)}" if result.repeated else ""
    return changed_fact(interaction, result, result.facts[0], message + repeated)


@route("fact-same", Permission.MODERATOR, rf"{NUMBER}:.*", send=make_change)
async def _add_source(interaction: Interaction, given: RouteInput) -> ChangeResult:
    """Give a fact that says the same the sources of a draft."""
    named, _, draft = given.argument.partition(":")
    number, stored = int(named), await load_draft(interaction, draft)
    note, key = note_of(interaction, stored.draft.reason), f"{stored.idempotency_key} to {number}"
    try:
        applied = await run_to_end(
            interaction, lambda session: session.editorial.add_source_to(number, stored.draft, note, key=key)
        )
    except FootnoteError as error:
        return ChangeResult(await _trouble_view(interaction, stored, error))
    return changed_fact(interaction, applied, number, say("### Your source stands behind {ref} now"))


def changed_fact(interaction: Interaction, applied: Applied, number: int, message: str) -> ChangeResult:
    """Show a fact as it is after a change, under a message about its revision, ``{ref}``."""

    def shown(session: Session) -> ui.LayoutView:
        record, names = session.facts.with_names(number)
        title = message.format(ref=record.ref) if applied.change is not None else say(words.NO_CHANGE)
        return panel(f"{title}\n{fact_lines(record, names)}", saved_buttons(applied.change, number), colour=GREEN)

    return ChangeResult(lambda: run_to_end(interaction, shown), applied)
