"""How the bot begins to deal with somebody: in the language that their server chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import FootnoteError
from bot.log import log_about
from bot.presentation.languages import ENGLISH, speak
from bot.service.service import Service

if TYPE_CHECKING:
    from bot.client.app import FootnoteBot


async def begin_request(bot: FootnoteBot, server: int | None) -> None:
    """Begin to deal with somebody in a server: it is waited for when the bot stops, logged as of there, in the language there."""
    bot.background.hold()
    log_about(server=server, shard=bot.shard_of(server))
    await speak_in(bot.service, server)


async def speak_in(service: Service, server: int | None) -> None:
    """Speak the language of a server from here on; English where it cannot be known, for it is no reason not to answer."""
    try:
        chosen = await service.language(server)
    except FootnoteError:
        chosen = ENGLISH
    speak(chosen)
