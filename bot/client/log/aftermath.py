"""Make a change, and do everything that follows from one.

Whoever made it is shown it first; then earlier replies are corrected, the log channel is told, and so are readers whose question
it answers. None of that can undo the change or fail it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass

from discord import ui

from bot.client.answering.corrections import correct_replies
from bot.client.answering.feedback import notify_followers
from bot.client.bot import FootnoteBot, Interaction
from bot.client.log.lines import update_log_channel
from bot.client.panels import show
from bot.client.sending import server_of
from bot.facts.editor import Applied

log = logging.getLogger(__name__)


async def follow_change(bot: FootnoteBot, server: int | None, applied: Applied) -> None:
    """Start in the background what follows a change of facts; none of it can undo the change or fail it."""
    if applied.change is not None and not applied.repeated:
        bot.background.start(update_log_channel(bot, server))
        bot.background.start(correct_replies(bot, server))
        bot.background.start(notify_followers(bot, server))


async def follow_log_entry(bot: FootnoteBot, server: int | None) -> None:
    """Start in the background what follows a line of the log that changed no fact."""
    bot.background.start(update_log_channel(bot, server))


@dataclass(frozen=True, slots=True)
class ChangeResult:
    """What somebody is shown after a change, and the change itself: None where nothing was changed."""

    view: ui.LayoutView
    applied: Applied | None = None


async def make_change(interaction: Interaction, work: Awaitable[ChangeResult]) -> None:
    """Make a change, show what it did, then start what follows it; none of that can undo it."""
    doing = asyncio.ensure_future(work)
    try:
        await show(interaction, _view(doing))
    finally:  # whether or not Discord could be told
        await asyncio.wait({doing})
        if not doing.cancelled() and doing.exception() is None:
            await _follow(interaction, doing.result())


async def _view(doing: asyncio.Future[ChangeResult]) -> ui.LayoutView:
    # Shielded: what was begun is carried out also where Discord cannot be told of it any more.
    return (await asyncio.shield(doing)).view


async def _follow(interaction: Interaction, done: ChangeResult) -> None:
    if done.applied is None or done.applied.change is None or done.applied.repeated:
        return
    try:
        await follow_change(interaction.client, server_of(interaction), done.applied)
    except Exception:
        log.exception("A change was made, but not all was told of it")
