"""Deleting everything of a server from `/settings`: typed to confirm, the stories delivered first, planned only then."""

from __future__ import annotations

import io
from typing import Any

import discord
from discord import ui

from bot.client.bot import FootnoteBot, Interaction
from bot.client.interactions import Form, RouteButton, RouteInput, route
from bot.client.log.aftermath import follow_log_entry
from bot.client.panels import AMBER, BLUE, panel
from bot.client.permissions import Permission, signature
from bot.client.settings import deletion_words as words
from bot.client.stories.files import MOST_SENT
from bot.errors import UsageError
from bot.facts.writing import note
from bot.formats.bundle import bundle

_FIELD = "word"


@route("erase", Permission.MANAGER)
async def _ask(interaction: Interaction, given: RouteInput) -> None:
    """Ask for the word that confirms."""
    typed: ui.TextInput[Any] = ui.TextInput(custom_id=_FIELD, placeholder=words.WORD, max_length=40)
    field: ui.Label[Any] = ui.Label(text=words.FIELD, description=words.FIELD_HELP, component=typed)
    await interaction.response.send_modal(Form("erase-sure", "", words.FORM_TITLE, [field]))


@route("erase-sure", Permission.MANAGER)
async def _plan(interaction: Interaction, given: RouteInput) -> None:
    """Hand out the stories; once they are delivered, plan the deletion. Raises UsageError where it was not confirmed."""
    if given.text(_FIELD).strip().casefold() != words.WORD.casefold():
        raise UsageError(words.NOT_TYPED)
    bot, server = interaction.client, interaction.guild_id or 0
    await interaction.response.defer(ephemeral=True, thinking=True)
    for name, content in await bot.service.run_to_end(server, lambda session: bundle(session.base, MOST_SENT)):
        view = panel(words.FILE, colour=BLUE).add_item(ui.File(f"attachment://{name}"))
        await interaction.followup.send(view=view, file=discord.File(io.BytesIO(content), name), ephemeral=True, wait=True)
    deletion = await bot.service.delete_later(server, left=False)
    await _log(interaction, "delete", words.day(deletion))
    undo = RouteButton("erase-undo", "", words.UNDO, style=discord.ButtonStyle.primary)
    await interaction.followup.send(view=panel(words.done(deletion), [undo], colour=AMBER), ephemeral=True, wait=True)


async def keep_everything(interaction: Interaction) -> None:
    """Take a planned deletion back."""
    if await interaction.client.service.keep(interaction.guild_id or 0):
        await _log(interaction, "keep", "everything")


async def _log(interaction: Interaction, action: str, what: str) -> None:
    bot: FootnoteBot = interaction.client
    server, signed = interaction.guild_id, note(signature(interaction.user), None)
    await bot.service.run_to_end(server, lambda session: session.base.logbook.note(signed, action, what))
    await follow_log_entry(bot, server)
