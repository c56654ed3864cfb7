"""The commands as they were sent to Discord."""

from __future__ import annotations

from typing import Any

from tests.client.world import World

LOCALES = {"de": "de", "es-ES": "es", "es-419": "es", "fr": "fr"}
"""The languages of Discord's in which commands are sent, each with the one that the bot speaks."""


def sent_commands(world: World) -> list[dict[str, Any]]:
    """Return the commands as they were sent last."""
    sent = [request.json for request in world.env.http_requests if request.method == "PUT"][-1]
    assert isinstance(sent, list)
    return sent
