"""Pictures on Discord: the time line of a reply, and who speaks about whom, each with its words beside it and pages to turn."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

import discord
from discord import ui

from bot.client import words
from bot.client.answering.answers import Asker
from bot.client.bot import Interaction
from bot.client.interactions import NUMBER, RouteButton, RouteInput, route
from bot.client.panels import BLUE, page_buttons, show_page
from bot.client.permissions import Permission
from bot.client.sending import SentView, replace_message, respond_privately, server_of
from bot.client.story_scope import story_of_interaction
from bot.client.text import inline
from bot.facts.speakers import Link
from bot.pictures.canvas import THEMES, Picture
from bot.pictures.network import network_pages, network_picture
from bot.pictures.timeline import timeline_picture
from bot.presentation import wording
from bot.presentation.languages import say
from bot.service.session import Network, Session

_NAME = 80
_MOST_TEXT = 3200
_THEMES = list(THEMES)
_THEME = "|".join(_THEMES)
_TIMELINE = rf"{NUMBER}:({_THEME}):.*"  # the argument of its buttons: page, colours and key of the reply


async def network_view(network: Network, page: int, theme: str, owner: int) -> SentView:
    """Return the message with the network of who speaks about whom: a picture, the same as a list, and its pages."""
    title, links = wording.network_title(network.actor), network.links

    def draw() -> tuple[Picture, str]:
        statements, focus = network.statements, network.actor
        picture = network_picture(title, links, statements=statements, focus=focus, page=page, theme=theme)
        return picture, _listed(network_pages(links)[picture.page])

    picture, listed = await asyncio.to_thread(draw)  # in the language that is spoken
    text = f"### {inline(title, 200)}\n{listed}"

    def argument(page: int, theme: str) -> str:
        return f"{page}:{theme}:{owner}:{network.number}"

    return _view(picture, "network", text, _buttons("network-page", picture, theme, argument))


@route("network-page", Permission.ANYONE, rf"{NUMBER}:({_THEME}):{NUMBER}:{NUMBER}")
async def turn_network(interaction: Interaction, given: RouteInput) -> None:
    """Show another page: in its place to whoever asked, to others in a copy of their own."""
    page, theme, owner, number = given.argument.split(":")
    await show_page(interaction, int(owner), lambda _: _network(interaction, int(page), theme, int(owner), int(number)))


@route("timeline-picture", Permission.ANYONE, _TIMELINE, send=respond_privately)
@route("timeline-page", Permission.ANYONE, _TIMELINE, send=replace_message)
async def open_timeline(interaction: Interaction, given: RouteInput) -> SentView:
    """Show a time line that was listed as a picture, for one person alone; another page or other colours in its place."""
    page, theme, key = given.argument.split(":", 2)
    reply = await interaction.client.service.reply(server_of(interaction), key)
    title = reply.title or say("Timeline")
    picture = await asyncio.to_thread(timeline_picture, title, reply.facts, page=int(page), theme=theme)

    def argument(page: int, theme: str) -> str:
        return f"{page}:{theme}:{key}"

    return _view(picture, "timeline", "", _buttons("timeline-page", picture, theme, argument))


async def _network(interaction: Interaction, page: int, theme: str, owner: int, number: int) -> SentView:
    asker = Asker.of_interaction(interaction)
    story = await story_of_interaction(interaction)
    network = await asker.service.run_with_deadline(asker.server, Session.network, actor=number or None, story=story)
    return await network_view(network, page, theme, owner)


def _view(picture: Picture, name: str, text: str, buttons: Sequence[RouteButton]) -> SentView:
    view = SentView(timeout=None)
    file = discord.File(io.BytesIO(picture.png), f"{name}.png", description=picture.alt)
    # Not in a frame, whose borders would take room from the picture on a phone.
    view.add_item(ui.MediaGallery(discord.MediaGalleryItem(file)))
    if text:
        container: ui.Container[Any] = ui.Container(ui.TextDisplay(text), accent_colour=BLUE)
        view.add_item(container)
    view.add_item(ui.ActionRow(*buttons))
    view.files = [file]
    return view


def _buttons(name: str, picture: Picture, theme: str, argument: Callable[[int, str], str]) -> list[RouteButton]:
    """Return the buttons to the pages beside this one, and to the picture in other colours."""
    other = _THEMES[1 - _THEMES.index(theme)]
    text = say(words.LIGHT_PICTURE) if other == "light" else say(words.DARK_PICTURE)
    turning = page_buttons(name, picture.page, picture.pages, lambda to: argument(to, theme))
    return [*turning, RouteButton(name, argument(picture.page, other), text)]


def _listed(links: Sequence[Link]) -> str:
    """List who speaks about whom, a line for each speaker, the most talkative first; lines without room are counted."""
    by_speaker = sorted(links, key=lambda link: link.speaker)
    lines = []
    for speaker, those in groupby(by_speaker, key=lambda link: link.speaker):
        mine = sorted(those, key=lambda link: (-link.count, link.subject))
        about = ", ".join(f"{inline(link.subject, _NAME)}{f' {link.count}×' if link.count > 1 else ''}" for link in mine)
        lines.append((-sum(link.count for link in mine), f"-# **{inline(speaker, _NAME)}** → {about}"))
    shown, room = [], _MOST_TEXT
    for _, line in sorted(lines):
        if len(line) + 1 > room:
            break
        shown.append(line)
        room -= len(line) + 1
    if len(shown) < len(lines):
        shown.append(f"-# {say('{number} more', number=len(lines) - len(shown))}")
    return "\n".join(shown)
