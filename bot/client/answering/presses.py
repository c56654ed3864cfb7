"""What a press of a button does."""

from __future__ import annotations

from collections.abc import Awaitable
from contextlib import suppress
from functools import partial

import discord
from discord import ui

from bot.client import words
from bot.client.answering.answers import sides_of
from bot.client.answering.card import Card, card_view
from bot.client.answering.sides import sides_button
from bot.client.answering.views import all_sources_panel, fact_panel, sources_panel, why_panel
from bot.client.bot import Interaction
from bot.client.custom_ids import Press, ReplyAction
from bot.client.deferring import may_respond
from bot.client.errors import sentence_view
from bot.client.interactions import REPLY, RouteInput, route
from bot.client.panels import show_page
from bot.client.permissions import Permission, is_moderator
from bot.client.sending import replace_message, respond, server_of
from bot.client.story_scope import story_of_interaction
from bot.presentation.languages import say


@route(REPLY, Permission.ANYONE)
async def _pressed(interaction: Interaction, given: RouteInput) -> None:
    """Do what the pressed button says. Raises NotKnownError where the reply has expired."""
    press = Press.read(given.argument)
    if press.action is ReplyAction.DELETE:
        await _delete(interaction, press)
    elif press.action is ReplyAction.TURN:
        await show_page(interaction, press.asker, partial(_page, interaction, press))
    elif press.action in (ReplyAction.TURN_SOURCES, ReplyAction.TURN_ALL_SOURCES, ReplyAction.TURN_FACT):
        await replace_message(interaction, _panel(interaction, press))
    else:
        await respond(interaction, _panel(interaction, press), private=True)


async def _page(interaction: Interaction, press: Press, private: bool) -> ui.LayoutView:
    service, server = interaction.client.service, server_of(interaction)
    reply = await service.reply(server, press.key)
    sides = await sides_of(service, server, press.kind, reply)
    size = service.settings.page_size
    return card_view(Card(reply, press.kind, press.key, press.asker, press.page, size, private, sides=sides))


def _panel(interaction: Interaction, press: Press) -> Awaitable[ui.LayoutView]:
    if press.action is ReplyAction.TURN_ALL_SOURCES:
        return _all_sources(interaction, press)
    if press.action is ReplyAction.WHY:
        return _why(interaction, press)
    return _kept(interaction, press)


async def _kept(interaction: Interaction, press: Press) -> ui.LayoutView:
    service, server = interaction.client.service, server_of(interaction)
    reply = await service.reply(server, press.key)
    if press.action in (ReplyAction.OPEN, ReplyAction.TURN_FACT):
        view = fact_panel(reply, press)
        sides = await service.several_sides(server, [press.fact], as_of=reply.as_of, story=reply.story)
        return view if sides is None else view.add_item(ui.ActionRow(sides_button(sides)))
    return sources_panel(reply, press)


async def _all_sources(interaction: Interaction, press: Press) -> ui.LayoutView:
    uses = await interaction.client.service.sources(server_of(interaction), story=await story_of_interaction(interaction))
    return all_sources_panel(uses, press.page, press.asker)


async def _why(interaction: Interaction, press: Press) -> ui.LayoutView:
    service, server = interaction.client.service, server_of(interaction)
    reply = await service.reply(server, press.key)
    question = reply.title or ""
    return why_panel(
        await service.ask(server, question, story=reply.story, as_of=reply.as_of, before=reply.before, after=reply.after)
    )


async def _delete(interaction: Interaction, press: Press) -> None:
    if interaction.user.id == press.asker or await is_moderator(interaction):
        if await may_respond(interaction):
            await interaction.response.defer()
        elif interaction.message is not None:  # the original response is the private one that says "thinking"
            with suppress(discord.NotFound):
                await interaction.message.delete()
        with suppress(discord.NotFound):  # somebody else was quicker: it is gone, as was asked
            await interaction.delete_original_response()
    else:
        await respond(interaction, sentence_view(say(words.ONLY_ASKER)), private=True)
