"""`/status`: how much a server asks and what it gets, and how its facts are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord
from discord import Colour, app_commands, ui
from discord.ext import commands

from bot.client import status_words as words
from bot.client.authority import Who, only, signed_as, signer
from bot.client.correction_text import timestamp
from bot.client.sending import respond, server_of
from bot.client.text import inline
from bot.facts.logbook import Entry
from bot.facts.usage import Usage
from bot.language import say

if TYPE_CHECKING:
    from bot.client.app import FootnoteBot
    from bot.desk import Desk

_GREY = Colour(0x6B7280)
_BY, _WHAT = 60, 200


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand with a server: what was asked in 7 and in 30 days, how many facts it has, and its last change of them."""

    week: Usage
    month: Usage
    facts: int
    change: Entry | None


class Status(commands.Cog):
    """Shows how things stand."""

    @app_commands.command()
    @app_commands.guild_only()
    @only(Who.MODERATOR)
    async def status(self, interaction: discord.Interaction[FootnoteBot]) -> None:
        """See how much is asked and answered, how fast, and how the facts are kept."""
        await respond(interaction, _shown(interaction.client, server_of(interaction)), private=True)


async def _shown(bot: FootnoteBot, server: int | None) -> ui.LayoutView:
    await bot.measuring.keep(server)
    return status_view(await bot.service.at(server, _standing))


def _standing(desk: Desk) -> Standing:
    base = desk.base
    return Standing(base.usage.of_last(7), base.usage.of_last(30), base.count(), base.logbook.last_change())


def status_view(standing: Standing) -> ui.LayoutView:
    """Lay out how things stand."""
    change = standing.change
    parts = (
        words.questions(standing.week, standing.month),
        words.times(standing.month),
        words.facts(standing.facts),
        words.last_change(timestamp(change.at, "R"), _who(change.by), inline(change.what, _WHAT))
        if change
        else words.last_change("", "", ""),
    )
    text = "\n\n".join((say(words.TITLE), *filter(None, parts)))
    return ui.LayoutView(timeout=None).add_item(ui.Container(ui.TextDisplay(text), accent_colour=_GREY))


def _who(by: str) -> str:
    return signed_as(by) if signer(by) is not None else inline(by, _BY)
