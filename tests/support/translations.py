"""Translating the commands once: nearly every test of the bot starts one, which sends the same commands to Discord."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from bot.client import commands
from bot.client.commands import CommandSync
from bot.languages import LANGUAGES

Payload = Callable[[CommandSync], Awaitable[list[Any]]]


def translated_once(payload: Payload) -> Payload:
    """Return a way to translate the commands that does it anew only where other translations are looked up."""
    made: dict[object, str] = {}

    async def translated_if_new(sync: CommandSync) -> list[Any]:
        lookup = vars(commands)["command_texts"], *LANGUAGES
        if lookup not in made:
            made[lookup] = json.dumps(await payload(sync))
        translated: list[Any] = json.loads(made[lookup])
        return translated

    return translated_if_new
