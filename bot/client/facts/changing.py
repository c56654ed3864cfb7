"""Doing a change and telling of it: the person who made it first, then replies that cite it and the log channel."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass

from discord import ui

from bot.client.bot import Interaction
from bot.client.log.aftermath import after_change
from bot.client.panels import show
from bot.client.sending import server_of
from bot.facts.editor import Applied

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody is shown after a change, and the change itself: None where nothing was changed."""

    view: ui.LayoutView
    applied: Applied | None = None


async def change(interaction: Interaction, work: Awaitable[Done]) -> None:
    """Make a change, show what it did, then have all else follow that a change brings; none of that can undo it."""
    doing = asyncio.ensure_future(work)
    try:
        await show(interaction, _view(doing))
    finally:  # whether or not Discord could be told
        await asyncio.wait({doing})
        if not doing.cancelled() and doing.exception() is None:
            await _follow(interaction, doing.result())


async def _view(doing: asyncio.Future[Done]) -> ui.LayoutView:
    # Shielded: what was begun is carried out also where Discord cannot be told of it any more.
    return (await asyncio.shield(doing)).view


async def _follow(interaction: Interaction, done: Done) -> None:
    if done.applied is None or done.applied.change is None or done.applied.repeated:
        return
    try:
        await after_change(interaction.client, server_of(interaction), done.applied)
    except Exception:
        log.exception("A change was made, but not all was told of it")
