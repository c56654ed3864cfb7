"""Checking quotations: `/check`, "Check quotes" in the menu of a message, and the buttons of their replies."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial

import discord
from discord import app_commands, ui
from discord.app_commands import Range, Transform
from discord.ext import commands

from bot.checking.checker import CheckRequest
from bot.client.answering.answers import Asker, respond_in_story
from bot.client.bot import Interaction
from bot.client.checking.views import NOTHING_TO_CHECK, CheckReply, check_view
from bot.client.completion import Completed, actors, sources
from bot.client.errors import sentence_view
from bot.client.interactions import NUMBER, RouteInput, route
from bot.client.messages import text_in, without_ids
from bot.client.panels import show_page
from bot.client.permissions import Permission, everywhere
from bot.client.sending import respond, respond_privately
from bot.errors import FactBaseError
from bot.presentation.languages import say

log = logging.getLogger(__name__)


class Checking(commands.Cog):
    """Checks quotations."""

    @app_commands.command()
    @everywhere
    @app_commands.describe(
        text="The words to check, or a passage with quotations in it",
        speaker="Who is supposed to have said it",
        source="Where it is supposed to be from",
        date="When it is supposed to have been said, for example: October 2017",
    )
    async def check(
        self,
        interaction: Interaction,
        text: Range[str, 1, 4000],
        speaker: Transform[str, Completed(partial(actors, speakers=True), 100)] | None = None,
        source: Transform[str, Completed(sources, 200)] | None = None,
        date: Range[str, 1, 60] | None = None,
    ) -> None:
        """Check a quotation, word for word."""
        text, speaker, source = without_ids(text), speaker and without_ids(speaker), source and without_ids(source)
        await respond_in_story(
            interaction, lambda asker, story: _checked(asker, CheckRequest(text, speaker, source, date, story))
        )


@app_commands.context_menu(name="Check quotes")
@everywhere
async def check_quotes(interaction: Interaction, message: discord.Message) -> None:
    """Check the quotations in a message, for whoever asked alone: it is somebody's message."""
    text = text_in(message, interaction.client.own_id)
    if not any(map(str.isalnum, text.shown)):
        await respond_privately(interaction, sentence_view(say(NOTHING_TO_CHECK)))
        return

    async def checked(asker: Asker, story: str | None) -> ui.LayoutView:
        request = CheckRequest(text.shown, story=story)
        return await _checked(asker, request, private=True, stored=replace(request, text=text.stored))

    await respond_in_story(interaction, checked, private=True)


@route("check-share", Permission.ANYONE, send=respond)
async def _share(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Show everybody in the channel what one person had checked; the facts are read anew."""
    return await _again(Asker.of_interaction(interaction), given.argument, interaction.user.id)


@route("check-before", Permission.ANYONE, rf"{NUMBER}:{NUMBER}:.*")  # in messages of earlier versions
@route("check-next", Permission.ANYONE, rf"{NUMBER}:{NUMBER}:.*")
async def _turn(interaction: Interaction, given: RouteInput) -> None:
    """Turn to another page; the facts are read anew."""
    owner, page, key = given.argument.split(":", maxsplit=2)
    asker = Asker.of_interaction(interaction)
    await show_page(interaction, int(owner), lambda private: _again(asker, key, int(owner), page=int(page), private=private))


async def _checked(
    asker: Asker, request: CheckRequest, *, private: bool = False, stored: CheckRequest | None = None
) -> ui.LayoutView:
    """Check a text and store it for the buttons, as ``stored`` where that is not what is checked."""
    checked = await asker.service.check(asker.server, request)
    key: str | None = None
    try:
        key = await asker.service.run_to_end(asker.server, lambda session: session.checks.store(stored or request))
    except FactBaseError as error:
        log.warning("A check goes out without buttons: %s", error)
    return check_view(CheckReply(checked, key, asker.user, private=private))


async def _again(asker: Asker, key: str, owner: int, *, page: int = 0, private: bool = False) -> ui.LayoutView:
    request = await asker.service.run_to_end(asker.server, lambda session: session.checks.stored(key))
    return check_view(CheckReply(await asker.service.check(asker.server, request), key, owner, page, private))
