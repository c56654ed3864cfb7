"""`/suggest`: suggestions of members, a form for a fact with its source, its preview, and its way to the moderators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from discord import ButtonStyle, app_commands, ui
from discord.app_commands import Choice
from discord.ext import commands

from bot.client.bot import Interaction
from bot.client.fact_text import summary
from bot.client.facts import words as fact_words
from bot.client.facts.adding import story_asked
from bot.client.facts.drafts import (
    Options,
    StoredDraft,
    change_draft,
    likely_actors,
    load_draft,
    new_draft,
    store_as_read,
    store_draft,
)
from bot.client.facts.forms import filled, send_fact_form
from bot.client.facts.views import fact_lines
from bot.client.forms.panels import trouble_panel, way_back
from bot.client.forms.records import drop_text
from bot.client.interactions import RouteButton, RouteChoice, RouteInput, route, run_to_end
from bot.client.options import ActorName, StoryName
from bot.client.panels import AMBER, BLUE, GREEN, actor_options, panel, show
from bot.client.permissions import Permission, in_servers, note_of, requires, signature
from bot.client.review.reviewing import post
from bot.client.review.views import NOT_SENT, earlier_line, new_sources
from bot.client.sending import server_of
from bot.client.story_scope import channel_and_parent
from bot.client.text import inline
from bot.editing.draft import Draft
from bot.errors import DraftError, NotKnownError
from bot.facts.models import FactKind
from bot.presentation.languages import say
from bot.service.session import Session

_TEXT = 1500
_EARLIER = 150
_LINE = 160

SEND = "Send to the moderators"
SENT = (
    "### Sent, thank you\nA moderator looks at it. I will tell you in a direct message what comes of it; "
    "`/privacy` shows it too, and takes it back."
)
CANCELLED = "Nothing was sent, and what you wrote is forgotten."
ASK_SPEAKER = "### Who said it?"
WHO_ELSE = "-# Not in this list? Type the name at `/suggest speaker`; who is not known yet can be named in a claim."
NEAR = "**Is it one of these already?** Then there is no need to send it."
FORM_TITLES: Mapping[FactKind, str] = {"event": "Suggest an event", "quote": "Suggest a quote", "claim": "Suggest a claim"}


class Suggesting(commands.Cog):
    """Takes what members know."""

    @app_commands.command()
    @in_servers
    @app_commands.describe(
        kind="What is it?", speaker="Who said it or claims it", story="Which story it belongs to, where there are several"
    )
    @app_commands.choices(
        kind=[
            Choice(name="an event: what happened, in your own words", value="event"),
            Choice(name="a quote: what somebody said, word for word", value="quote"),
            Choice(name="a claim: what somebody asserts, in your own words", value="claim"),
        ]
    )
    @requires(Permission.MEMBER)
    async def suggest(
        self, interaction: Interaction, kind: Choice[str], speaker: ActorName | None = None, story: StoryName | None = None
    ) -> None:
        """Suggest a fact with its source; a moderator looks at it first."""
        options = Options(story=story, by=(speaker,), channels=channel_and_parent(interaction.channel))
        owner = signature(interaction.user)
        await run_to_end(interaction, lambda session: session.suggestions.check_limit(owner))  # before anything is typed in vain
        draft = await run_to_end(interaction, new_draft, cast("FactKind", kind.value), options)
        await _go_on(interaction, await store_draft(interaction, draft))


@route("suggest-form", Permission.MEMBER)
async def _sent(interaction: Interaction, given: RouteInput) -> None:
    """Keep what was typed, then show how it would look."""
    now = await change_draft(interaction, given.argument, lambda draft: filled(draft, given))
    await show(interaction, _preview(interaction, now))


@route("suggest-again", Permission.MEMBER)
async def _again(interaction: Interaction, given: RouteInput) -> None:
    """Open the form as it was left."""
    await _open_form(interaction, await load_draft(interaction, given.argument))


@route("suggest-story", Permission.MEMBER, least=1)
async def _story_chosen(interaction: Interaction, given: RouteInput) -> None:
    """Note which story it belongs to and go on."""
    now = await change_draft(interaction, given.argument, lambda draft: replace(draft, story=given.values[0]))
    await _go_on(interaction, now)


@route("suggest-who", Permission.MEMBER)
async def _speaker_chosen(interaction: Interaction, given: RouteInput) -> None:
    """Note who said it, then show the form, or the preview where the form is filled in already."""
    now = await change_draft(interaction, given.argument, lambda draft: replace(draft, by=given.values))
    if now.draft.text:
        await show(interaction, _preview(interaction, now))
    else:
        await _open_form(interaction, now)


@route("suggest-cancel", Permission.MEMBER, send=show)
async def _cancel(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Forget what was typed."""
    await drop_text(interaction, given.argument)
    return panel(say(CANCELLED))


async def _go_on(interaction: Interaction, now: StoredDraft) -> None:
    """Ask for what must be chosen before the form, or open it."""
    if not now.draft.story:
        await show(interaction, story_asked(interaction, "suggest-story", now.key, with_facts=True))
    elif now.draft.kind == "quote" and not now.draft.by:
        await show(interaction, _speaker_panel(interaction, now))
    else:
        await _open_form(interaction, now)


async def _open_form(interaction: Interaction, now: StoredDraft) -> None:
    await send_fact_form(interaction, "suggest-form", now.key, now.draft, say(FORM_TITLES[now.draft.kind]))


async def _speaker_panel(interaction: Interaction, now: StoredDraft) -> ui.LayoutView:
    return panel(f"{say(ASK_SPEAKER)}\n{say(WHO_ELSE)}", await _speakers(interaction, now), colour=BLUE)


async def _speakers(interaction: Interaction, now: StoredDraft) -> list[ui.Item[Any]]:
    """Return a list of likely speakers to choose from; empty where the story has no actors."""
    actors = await run_to_end(interaction, likely_actors, now.draft)
    options = actor_options(actors)
    return [RouteChoice("suggest-who", now.key, options=options, placeholder=say(fact_words.CHOOSE_SPEAKER))] if options else []


async def _preview(interaction: Interaction, now: StoredDraft) -> ui.LayoutView:
    """Return how a suggestion would look, or all that is at fault with it."""
    try:
        return await run_to_end(interaction, _preview_panel, now, signature(interaction.user))
    except DraftError as error:
        return await _trouble(interaction, now, error)


def _preview_panel(session: Session, now: StoredDraft, owner: str) -> ui.LayoutView:
    look = session.editorial.preview(now.draft, trial=False)
    now = store_as_read(session, owner, now, look)
    names, proposals = session.facts.names(now.draft.story), session.proposals.by_author(owner)
    last = next((each for each in proposals if each.status in ("approved", "rejected")), None)
    near = [f"- F{record.number} {summary(record, _LINE)}" for record in look.duplicates[:4]]
    earlier = ""
    if last is not None:  # the direct message about it may not have reached them
        reason = inline(last.reason or "", _TEXT // 5) if last.status == "rejected" else ""
        earlier = f"-# {earlier_line(inline(Draft.decode(last.content).text, _EARLIER), last.status, reason)}"
    parts = (
        say("### Your suggestion\n-# This is how it would look. Nothing is sent yet."),
        fact_lines(look.record, names, room=_TEXT),
        new_sources(look),
        "\n".join([say(NEAR), *near]) if near else "",
        earlier,
    )
    buttons = (
        RouteButton("suggest-send", now.key, say(SEND), style=ButtonStyle.success),
        RouteButton("suggest-again", now.key, say(fact_words.EDIT)),
        RouteButton("suggest-cancel", now.key, say(fact_words.CANCEL)),
    )
    return panel(parts, buttons, colour=AMBER if look.duplicates else BLUE)


async def _trouble(interaction: Interaction, now: StoredDraft, error: DraftError) -> ui.LayoutView:
    who = await _speakers(interaction, now) if "by" in error.faults else []
    back = way_back("suggest-again", now.key, "suggest-cancel")
    return trouble_panel(error, back, who, head=say(NOT_SENT))


@route("suggest-send", Permission.MEMBER, send=show)
async def _send(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Send it to the moderators, once however often it is pressed. Raises UsageError where today's are used up."""
    key, note = given.argument, note_of(interaction)
    try:
        now = await load_draft(interaction, key)
    except NotKnownError:
        before = await run_to_end(interaction, lambda session: session.proposals.with_key(f"draft {key}"))
        if before is None or before.by != note.by:
            raise
        return panel(say(SENT), colour=GREEN)  # pressed twice
    try:
        proposal = await run_to_end(interaction, lambda session: session.suggestions.suggest(now.draft, note, key=f"draft {key}"))
    except DraftError as error:
        return await _trouble(interaction, now, error)
    await drop_text(interaction, key)
    interaction.client.background.start(post(interaction.client, server_of(interaction), proposal))
    return panel(say(SENT), colour=GREEN)
