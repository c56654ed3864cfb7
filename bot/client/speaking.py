"""In which language the bot speaks with somebody: the one that their server chose."""

from __future__ import annotations

from bot.errors import FootnoteError
from bot.language import ENGLISH, speak
from bot.service import Service


async def speak_in(service: Service, server: int | None) -> None:
    """Speak the language of a server from here on; English where it cannot be known, for it is no reason not to answer."""
    try:
        chosen = await service.language(server)
    except FootnoteError:
        chosen = ENGLISH
    speak(chosen)
