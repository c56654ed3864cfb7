"""The panel in which the bot shows most things, its colours, its pages, and where it is shown."""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias, TypeVar

import discord
from discord import ButtonStyle, Colour, ui

from bot.client import words
from bot.client.bot import Interaction
from bot.client.custom_ids import Press
from bot.client.interactions import ReplyButton, RouteButton, RouteChoice
from bot.client.sending import SentView, ViewOrWork, replace_message, respond_privately
from bot.client.text import label
from bot.facts.models import ActorRecord, StoryInfo
from bot.languages import say

BLUE, AMBER, GREEN, GREY, RED = (Colour(value) for value in (0x3B82F6, 0xD97706, 0x16A34A, 0x6B7280, 0xDC2626))

MAX_CHOICES = 25
"""Choices that Discord takes in one list."""

MAX_LISTS = 4
"""Lists that one choice may take in a message, which has room for little more."""

CHOICE_LENGTH = 100
"""Characters that Discord takes for a choice, for its description and for its value."""

MAX_SENT = 9_000_000
"""Bytes of a file that is sent; Discord takes 10 MB."""

# Pixels, in a message on a phone that is 390 wide; the last is the average width of a character in Discord's font.
_ROW_WIDTH, _GAP, _PADDING, _CHARACTER_WIDTH = 304.0, 8.0, 32.0, 7.5
_MAX_BUTTONS = 5  # buttons in a row; Discord takes no more

Button: TypeAlias = ReplyButton | RouteButton
T = TypeVar("T")

Block: TypeAlias = str | ui.Item[Any] | Sequence[str | ui.Item[Any]]
"""What stands together in a panel: a text, another item, or several of either."""


async def show(interaction: Interaction, work: ViewOrWork) -> None:
    """Answer in the private message that was used, so that a conversation stays one message; else in a new one."""
    if interaction.message is not None and interaction.message.flags.ephemeral:
        await replace_message(interaction, work)
    else:
        await respond_privately(interaction, work)


async def show_page(interaction: Interaction, owner: int, page: Callable[[bool], Awaitable[ui.LayoutView]]) -> None:
    """Turn to a page: in place if the message is private or the user owns it, else in a private message.

    Others turn the pages of a copy of their own, so that nobody's page changes while they read. ``page`` is called with whether
    the message is private.
    """
    private = interaction.message is not None and interaction.message.flags.ephemeral
    if private or interaction.user.id == owner:
        await replace_message(interaction, page(private))
    else:
        await respond_privately(interaction, page(True))


def panel(
    blocks: str | Iterable[Block], *rows: Iterable[ui.Item[Any]], colour: Colour | None = GREY, divider: bool = True
) -> SentView:
    """Return a panel: blocks with a line between each two, and below them rows of buttons, or of one list each.

    What is empty is left out. Without ``divider`` there is a space instead of the line.
    """
    view = SentView(timeout=None)
    container: ui.Container[Any] = ui.Container(accent_colour=colour)
    view.add_item(container)
    all_blocks: Iterable[Block] = [blocks] if isinstance(blocks, str) else blocks
    for block in all_blocks:
        together: Sequence[str | ui.Item[Any]] = [block] if isinstance(block, str | ui.Item) else block
        items = [ui.TextDisplay[Any](part) if isinstance(part, str) else part for part in together if part]
        if items and container.children:
            container.add_item(ui.Separator(visible=divider))
        for item in items:
            container.add_item(item)
    for row in map(list, rows):
        if row:
            view.add_item(ui.ActionRow(*row))
    return view


def section(text: str, button: ui.Item[Any] | None = None) -> ui.Item[Any]:
    """Return a text with a button beside it, if there is one."""
    shown: ui.TextDisplay[Any] = ui.TextDisplay(text)
    return shown if button is None else ui.Section(shown, accessory=button)


def attach(view: SentView, *files: tuple[str, bytes]) -> SentView:
    """Send files, each given by its name and content, with a message, and show them at the end of it."""
    for name, _ in files:
        view.add_item(ui.File(f"attachment://{name}"))
    view.files = [discord.File(io.BytesIO(content), name) for name, content in files]
    return view


def page_of(items: Sequence[T], page: int, size: int) -> tuple[Sequence[T], int, int]:
    """Return the items of a page, which page it is, and how many there are; for a page beyond the ends, the nearest."""
    pages = max(1, -(-len(items) // size))
    page = max(0, min(page, pages - 1))
    return items[page * size : (page + 1) * size], page, pages


def page_buttons(route: str, page: int, pages: int, argument: Callable[[int], object], *, number: str = "") -> list[RouteButton]:
    """Return the buttons to the page before and the page after, the latter with the ``number``; none if there is one page.

    Each leads to the route with the ``argument`` of its page. Disabled ones name pages beyond the ends, since Discord refuses two
    buttons with the same custom id.
    """
    if pages < 2:
        return []
    before = RouteButton(route, argument(page - 1), say(words.PREVIOUS), disabled=page == 0)
    text, last = f"{say(words.NEXT)}{number}", page >= pages - 1
    return [before, RouteButton(route, argument(page + 1), text, style=ButtonStyle.primary, disabled=last)]


def side_by_side(buttons: Iterable[Button]) -> tuple[list[Button], list[discord.SelectOption]]:
    """Divide buttons into the first ones, which fit into one row on a phone, and the others, as choices of a menu.

    A choice does what a press of its button would do.
    """
    row: list[Button] = []
    left: list[discord.SelectOption] = []
    room = _ROW_WIDTH
    for button in buttons:
        width = _PADDING + _CHARACTER_WIDTH * len(button.label or "")
        if width <= room and len(row) < _MAX_BUTTONS:
            row.append(button)
            room -= width + _GAP
        else:
            left.append(option(button.label or "", button.custom_id))
    return row, left


def option(text: str, value: object, about: str = "", *, default: bool = False) -> discord.SelectOption:
    """Return a choice of a list, with its text and its description ``about`` cut to what Discord takes."""
    return discord.SelectOption(
        label=label(text, CHOICE_LENGTH),
        value=str(value),
        description=label(about, CHOICE_LENGTH) if about else None,
        default=default,
    )


def choice_lists(
    route: str, argument: object, options: Sequence[discord.SelectOption], placeholder: str
) -> list[list[RouteChoice]]:
    """Return the rows of a choice: lists of `MAX_CHOICES` options each; all but the first say which of the options they hold."""
    rows = []
    for index, start in enumerate(range(0, min(len(options), MAX_LISTS * MAX_CHOICES), MAX_CHOICES)):
        some = options[start : start + MAX_CHOICES]
        further = say("More: {first} to {last}", first=start + 1, last=start + len(some))
        text = further if index else placeholder
        rows.append([RouteChoice(route, argument, index, options=some, placeholder=text)])
    return rows


def left_out(options: Sequence[discord.SelectOption]) -> str:
    """Say how many of the options fit into the lists of a choice; "" if all do."""
    shown = MAX_LISTS * MAX_CHOICES
    return (
        "" if len(options) <= shown else say("-# Only {shown} of {number} can be chosen here.", shown=shown, number=len(options))
    )


def turn_buttons(press: Press, page: int, pages: int) -> tuple[ReplyButton, ...]:
    """Return the buttons to the page before and the page after; none if there is one page."""
    if pages < 2:
        return ()
    before = ReplyButton(replace(press, page=max(page - 1, 0)), say(words.PREVIOUS), disabled=page == 0)
    after = ReplyButton(replace(press, page=page + 1), say(words.NEXT), style=ButtonStyle.primary, disabled=page >= pages - 1)
    return before, after


def story_options(stories: Iterable[StoryInfo], about: Mapping[str, str] = {}) -> list[discord.SelectOption]:
    """Return stories as choices, some with a description in ``about``; those with an id too long for Discord are left out."""
    fitting = (story for story in stories if len(story.id) <= CHOICE_LENGTH)
    return [option(story.title, story.id, about.get(story.id, "")) for story in fitting]


def actor_options(actors: Sequence[ActorRecord], *, roles: bool = False) -> list[discord.SelectOption]:
    """Return actors as choices, with their ``roles`` if asked for; those with an id too long for Discord are left out."""
    fitting = (record.actor for record in actors if len(record.actor.id) <= CHOICE_LENGTH)
    return [option(actor.name, actor.id, actor.role or "" if roles else "") for actor in fitting]
