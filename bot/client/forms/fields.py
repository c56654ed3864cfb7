"""The fields of forms as data: what each asks for, with an example, and what may be typed or chosen there."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.client.panels import MAX_CHOICES
from bot.client.text import label, one_line
from bot.languages import say

MAX_TYPED = 4000
"""Characters that Discord takes in one field."""

_SHORT, _EXAMPLE = 300, 100


@dataclass(frozen=True, slots=True)
class Field(ABC):
    """A field of a form, identified by its ``name``. ``asked`` is its label, what to write, and usually an example."""

    name: str
    asked: Sequence[str]
    required: bool = False

    def shown(self, value: str) -> ui.Label[Any]:
        """Return the field with a value in it."""
        title, description, *example = map(say, self.asked)
        return ui.Label(text=title, description=description, component=self._component(value, label("".join(example), _EXAMPLE)))

    @abstractmethod
    def _component(self, value: str, example: str) -> ui.Item[Any]: ...


@dataclass(frozen=True, slots=True)
class TextField(Field):
    """A field to type into. It takes at least what stands in it already, even if that is longer than ``max_length``."""

    long: bool = False
    max_length: int = 0

    def _component(self, value: str, example: str) -> ui.Item[Any]:
        most = self.max_length or (MAX_TYPED if self.long else _SHORT)
        return ui.TextInput(
            custom_id=self.name,
            style=discord.TextStyle.paragraph if self.long else discord.TextStyle.short,
            default=(value if self.long else one_line(value))[:MAX_TYPED] or None,
            placeholder=example,
            required=self.required,
            max_length=min(max(most, len(value)), MAX_TYPED),
        )


@dataclass(frozen=True, slots=True)
class ChoiceField(Field):
    """A field to choose from. ``options`` gives the choices for its present value, ``default`` is marked if it has none."""

    options: Callable[[str], Sequence[discord.SelectOption]] = lambda _: ()
    default: str = ""
    placeholder: str = ""

    def _component(self, value: str, example: str) -> ui.Item[Any]:
        return ui.Select(
            custom_id=self.name,
            options=self._marked(value),
            required=self.required,
            min_values=1 if self.required else 0,
            placeholder=self.placeholder or None,
        )

    def _marked(self, value: str) -> list[discord.SelectOption]:
        """Return the choices, with the present one marked."""
        options = list(self.options(value)[:MAX_CHOICES])
        for option in options:
            option.default = option.value == (value or self.default)
        return options


@dataclass(frozen=True, slots=True)
class RadioField(ChoiceField):
    """A field to choose from with few choices, all of them in view."""

    def _component(self, value: str, example: str) -> ui.Item[Any]:
        options = [
            discord.RadioGroupOption(label=option.label, value=option.value, default=option.default)
            for option in self._marked(value)
        ]
        return ui.RadioGroup(custom_id=self.name, options=options)
