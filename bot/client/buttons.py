"""The buttons and the list under a reply. They hold no state: what they mean is read from their custom ids."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Self

import discord
from discord import ButtonStyle, ui

from bot.client.custom_id import SELECT_TEMPLATE, TEMPLATE, Action, Kind, Press
from bot.client.fact_text import plain_summary
from bot.client.text import label
from bot.facts.models import FactRecord
from bot.presentation import wording
from bot.presentation.languages import say


class ReplyButton(ui.DynamicItem[ui.Button[Any]], template=TEMPLATE):
    """A button under a reply; what a press does is in `bot.client.presses`."""

    def __init__(
        self, press: Press, text: str = "", *, style: ButtonStyle = ButtonStyle.secondary, disabled: bool = False
    ) -> None:
        super().__init__(ui.Button(label=label(text, 80), style=style, custom_id=press.encode(), disabled=disabled))
        self.press = press

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """Make the button anew for a press."""
        return cls(Press.decode(match), getattr(item, "label", None) or "")

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the press to the bot."""
        await interaction.client.pressed(interaction, self.press)


class FactChoice(ui.DynamicItem[ui.Select[Any]], template=SELECT_TEMPLATE):
    """A list of facts beside a reply; choosing one opens it."""

    def __init__(self, key: str, options: Sequence[discord.SelectOption]) -> None:
        super().__init__(ui.Select(custom_id=f"fs:{key}", placeholder=say(wording.SEE_ALSO), options=list(options)))
        self.key = key

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """Make the list anew for a choice."""
        return cls(match["key"], getattr(item, "options", []))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the choice to the bot, as a press that opens the fact."""
        press = Press(Action.OPEN, Kind.ANSWER, interaction.user.id, self.key, fact=int(self.item.values[0]))
        await interaction.client.pressed(interaction, press)


def see_also(key: str, facts: Sequence[FactRecord]) -> FactChoice:
    """Return the list of facts beside an answer."""
    return FactChoice(
        key, [discord.SelectOption(label=label(plain_summary(each, 100), 100), value=str(each.number)) for each in facts]
    )
