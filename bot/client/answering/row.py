"""One row of buttons, as many as a phone shows side by side; those for which there is no room become options of a menu."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeAlias

import discord
from discord import ButtonStyle

from bot.client import words
from bot.client.custom_ids import Press
from bot.client.interactions import ReplyButton, RouteButton
from bot.presentation.languages import say

# Pixels, in a message on a phone that is 390 wide; text in Discord's own letters, at the width of its average character.
_ROW_WIDTH, _GAP, _PADDING, _CHARACTER_WIDTH = 304.0, 8.0, 32.0, 7.5
_MOST = 5  # buttons in a row; Discord takes no more

Button: TypeAlias = ReplyButton | RouteButton


def side_by_side(buttons: Iterable[Button]) -> tuple[list[Button], list[Button]]:
    """Part buttons into those that fit into one row of a phone, the first ones first, and those for which there is no room."""
    row: list[Button] = []
    left: list[Button] = []
    room = _ROW_WIDTH
    for button in buttons:
        width = _PADDING + _CHARACTER_WIDTH * len(button.label or "")
        if width <= room and len(row) < _MOST:
            row.append(button)
            room -= width + _GAP
        else:
            left.append(button)
    return row, left


def as_option(button: Button) -> discord.SelectOption:
    """Return a button as an option of a menu, which does what a press of it would do."""
    return discord.SelectOption(label=button.label or "", value=button.custom_id or "")


def turn_buttons(press: Press, page: int, pages: int) -> tuple[ReplyButton, ...]:
    """Return the buttons to the page before and the page after, none where there is one page."""
    if pages < 2:
        return ()
    before = ReplyButton(replace(press, page=max(page - 1, 0)), say(words.PREVIOUS), disabled=page == 0)
    after = ReplyButton(replace(press, page=page + 1), say(words.NEXT), style=ButtonStyle.primary, disabled=page >= pages - 1)
    return before, after
