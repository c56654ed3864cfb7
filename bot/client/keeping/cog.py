"""`/keep`: what was read in articles, one card for each sentence, which a moderator keeps, edits, drops or skips with one press.

The next card replaces the last one in the same message, below a line that says what was done.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from discord import app_commands, ui
from discord.ext import commands

from bot.client.bot import Interaction
from bot.client.contributions.decisions import post
from bot.client.interactions import RouteButton, RouteInput, read_for, route, sends, write_for
from bot.client.keeping import words
from bot.client.keeping.forms import SENTENCE
from bot.client.keeping.views import (
    PAGE,
    Line,
    card_panel,
    done_line,
    end_panel,
    list_panel,
    next_panel,
    opened_panel,
    outdated_line,
    waiting_lines,
)
from bot.client.logbook.aftermath import ChangeResult, make_change
from bot.client.options import STORY, StoryName
from bot.client.panels import panel, show
from bot.client.permissions import Permission, for_moderators, requires, signature_of, signer
from bot.client.sending import respond_privately, server_of
from bot.client.story_scope import channel_and_parent, story_for
from bot.client.words import NEXT_CARD
from bot.editing.keeping import DROP, KEEP, Outcome
from bot.editing.typed_fact import TypedFact
from bot.errors import TwoNeededError
from bot.facts.state.proposals import Proposal
from bot.facts.unreviewed import Waiting
from bot.languages import say
from bot.service.replies import unreviewed_in
from bot.service.session import Session


class Keeping(commands.Cog):
    """Shows what was read and nobody has reviewed."""

    @app_commands.command()
    @for_moderators
    @app_commands.describe(story=STORY)
    @requires(Permission.MODERATOR)
    @sends(respond_privately)
    async def keep(self, interaction: Interaction, story: StoryName | None = None) -> ui.LayoutView:
        """Keep, edit or drop what was read in articles (for moderators)."""
        by, channels = signer(interaction.user), channel_and_parent(interaction.channel)

        def begin(session: Session) -> ui.LayoutView:
            card = session.keeping.begin(by, story_for(session, story, channels))
            return end_panel(session, by) if card is None else card_panel(card)

        return await write_for(interaction, begin)


@route("keep", Permission.MODERATOR, numbers=2, send=make_change)
async def _keep(interaction: Interaction, number: int, seen: int) -> ChangeResult:
    """Keep a fact as it stands, and show the next card."""
    return await _kept(interaction, number, seen, next_panel)


@route("keep-drop", Permission.MODERATOR, numbers=2, send=make_change)
async def _drop(interaction: Interaction, number: int, seen: int) -> ChangeResult:
    """Take a fact back, and show the next card."""
    signature = signature_of(interaction)
    outcome = await write_for(interaction, lambda session: session.keeping.drop(number, seen, signature))
    return _decided(interaction, outcome, DROP, next_panel)


Following: TypeAlias = Callable[[Session, str, Line], ui.LayoutView]
"""Makes what is shown after something was done, given who did it and the line that says so."""


async def _kept(interaction: Interaction, number: int, seen: int, following: Following) -> ChangeResult:
    """Keep a fact as it stands, or have another moderator agree to it first."""
    signature = signature_of(interaction)

    def keep(session: Session) -> Outcome | Proposal:
        try:
            return session.keeping.keep(number, seen, signature)
        except TwoNeededError:
            typed_fact = TypedFact.to_keep(session.facts.show(number, seen))
            return session.suggestions.propose(typed_fact, signature, key=f"{KEEP} F{number}@{seen}")

    outcome = await write_for(interaction, keep)
    if isinstance(outcome, Outcome):
        return _decided(interaction, outcome, KEEP, following)
    interaction.client.background.start(post(interaction.client, server_of(interaction), outcome))
    return ChangeResult(lambda: write_for(interaction, following, signature.by, say(words.PROPOSED)))


def _decided(interaction: Interaction, outcome: Outcome, action: str, following: Following) -> ChangeResult:
    """Show what follows, or the same card again if somebody changed what it says meanwhile."""
    by = signer(interaction.user)

    def shown(session: Session) -> ui.LayoutView:
        if outcome.applied is None and outcome.waits:
            return opened_panel(session, by, outcome.record.number, outdated_line(outcome))
        return following(session, by, done_line(outcome, action))

    return ChangeResult(lambda: write_for(interaction, shown), outcome.applied)


@route("keep-skip", Permission.MODERATOR, numbers=1, send=show)
async def _skip(interaction: Interaction, number: int) -> ui.LayoutView:
    """Leave a fact for later, and show the next card."""
    by = signer(interaction.user)

    def skipped(session: Session) -> ui.LayoutView:
        session.keeping.skip(by, number)
        return next_panel(session, by)

    return await write_for(interaction, skipped)


@route("keep-edit", Permission.MODERATOR, numbers=2)
async def _edit(interaction: Interaction, number: int, seen: int) -> None:
    """Open the form of a fact, filled in; if somebody else was quicker, say so. Raises NotKnownError."""
    by = signer(interaction.user)

    def begin(session: Session) -> TypedFact | ui.LayoutView:
        outcome = session.keeping.look(number)
        if not outcome.waits:
            return next_panel(session, by, outdated_line(outcome))
        if session.keeping.open(by, number) is None:
            return next_panel(session, by, say(words.OTHER_HAS_IT))
        return session.editor.open_form(number)

    result = await write_for(interaction, begin)
    if isinstance(result, TypedFact):
        await SENTENCE.begin(interaction, result)
    else:
        await show(interaction, result)


@route("keep-undo", Permission.MODERATOR, numbers=1, send=make_change)
async def _undo(interaction: Interaction, change: int) -> ChangeResult:
    """Take back what was done with a card, and show that card again. Raises what `Changes.undo` raises."""
    signature = signature_of(interaction)
    applied = await write_for(interaction, lambda session: session.changes.undo_once(change, signature))

    def shown(session: Session) -> ui.LayoutView:
        session.keeping.undone(signature.by)
        return opened_panel(session, signature.by, applied.facts[0], say(words.WAITS_AGAIN))

    return ChangeResult(lambda: write_for(interaction, shown), applied)


@route("keep-next", Permission.MODERATOR, send=show)
async def _next(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Show the next card."""
    return await write_for(interaction, next_panel, signer(interaction.user))


@route("keep-list", Permission.MODERATOR, numbers=1, send=show)
async def _list(interaction: Interaction, page: int) -> ui.LayoutView:
    """Show a page of what waits, most asked first."""
    return await read_for(interaction, list_panel, signer(interaction.user), page)


@route("keep-open", Permission.MODERATOR, numbers=1, send=show)
async def _open(interaction: Interaction, number: int) -> ui.LayoutView:
    """Show the card of one fact; if it is reviewed by now, or shown to somebody else, say so above the next card."""
    by = signer(interaction.user)

    def opened(session: Session) -> ui.LayoutView:
        outcome = session.keeping.look(number)
        if not outcome.waits:
            return next_panel(session, by, outdated_line(outcome))
        card = session.keeping.open(by, number)
        return next_panel(session, by, say(words.OTHER_HAS_IT)) if card is None else card_panel(card)

    return await write_for(interaction, opened)


@route("keep-answer", Permission.MODERATOR, send=make_change)
async def _keep_answer(interaction: Interaction, given: RouteInput) -> ChangeResult:
    """Keep the sentence that an answer came from; if there are several, ask which. Raises NotKnownError if the reply expired."""
    service, server = interaction.client.service, server_of(interaction)
    records = unreviewed_in(await service.reply(server, given.argument))
    if not records:
        return ChangeResult(panel(say(words.REVIEWED_ALREADY)))
    if len(records) == 1:
        return await _kept(interaction, records[0].number, records[0].revision, _after_answer)

    def listed(_: Session) -> ui.LayoutView:
        return panel([say(words.WHICH_TO_KEEP), *waiting_lines(Waiting(record, 0) for record in records[:PAGE])])

    return ChangeResult(lambda: read_for(interaction, listed))


def _after_answer(_: Session, by: str, done: Line) -> ui.LayoutView:
    return panel([done], [RouteButton("keep-next", "", say(NEXT_CARD))])
