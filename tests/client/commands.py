"""The commands as they were sent to Discord."""

from __future__ import annotations

from typing import Any

from discord import Locale

from bot.client.sending import spoken_in
from bot.languages import ENGLISH
from tests.client.world import World

LOCALES = {locale.value: spoken for locale in Locale if (spoken := spoken_in(locale)) != ENGLISH}
"""The languages of Discord's in which commands are sent, each with the one that the bot speaks."""


def sent_commands(world: World) -> list[dict[str, Any]]:
    """Return the commands as they were sent last."""
    sent = [request.json for request in world.env.http_requests if request.method == "PUT"][-1]
    assert isinstance(sent, list)
    return sent
