"""The plain panel that most of what the bot shows is made of, its colours, and where it is shown."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

import discord
from discord import Colour, ui

from bot.client.bot import Interaction
from bot.client.sending import ViewOrWork, replace_message, respond
from bot.client.text import label
from bot.facts.models import ActorRecord, StoryInfo

BLUE, AMBER, GREEN, GREY, RED = (Colour(each) for each in (0x3B82F6, 0xD97706, 0x16A34A, 0x6B7280, 0xDC2626))

MOST_CHOICES = 25
"""Choices that Discord takes in one list."""

_LABEL = 100  # characters that Discord takes of a choice, and of its value


async def show(interaction: Interaction, work: ViewOrWork) -> None:
    """Answer in the person's own message where there is one, so that a conversation stays one message; else in a new one."""
    if interaction.message is not None and interaction.message.flags.ephemeral:
        await replace_message(interaction, work)
    else:
        await respond(interaction, work, private=True)


async def show_page(interaction: Interaction, owner: int, page: Callable[[bool], Awaitable[ui.LayoutView]]) -> None:
    """Turn to a page: in its place where it is the owner's or private, else in a private message.

    Others leaf through a copy of their own, so that nobody's page turns under their eyes. ``page`` is called with whether the
    message is private.
    """
    private = interaction.message is not None and interaction.message.flags.ephemeral
    if private or interaction.user.id == owner:
        await replace_message(interaction, page(private))
    else:
        await respond(interaction, page(True), private=True)


def panel(text: str, buttons: Iterable[ui.Item[Any]] = (), *, colour: Colour = GREY) -> ui.LayoutView:
    """Return a panel of one text, with buttons under it."""
    view = ui.LayoutView(timeout=None).add_item(ui.Container(ui.TextDisplay(text), accent_colour=colour))
    row = list(buttons)
    return view.add_item(ui.ActionRow(*row)) if row else view


def story_options(stories: Iterable[StoryInfo]) -> list[discord.SelectOption]:
    """Return stories as choices; one whose id is longer than Discord takes cannot be chosen."""
    options = [discord.SelectOption(label=label(each.title, _LABEL), value=each.id) for each in stories if len(each.id) <= _LABEL]
    return options[:MOST_CHOICES]


def actor_options(actors: Sequence[ActorRecord], *, roles: bool = False) -> list[discord.SelectOption]:
    """Return actors as choices, with their roles if asked for; one whose id is longer than Discord takes cannot be chosen."""
    options = [
        discord.SelectOption(
            label=label(each.actor.name, _LABEL),
            value=each.actor.id,
            description=label(each.actor.role, _LABEL) if roles and each.actor.role else None,
        )
        for each in actors
        if len(each.actor.id) <= _LABEL
    ]
    return options[:MOST_CHOICES]
