"""`/status`: how much is asked in a server and how much of it answered, and how its facts are kept."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import datetime

from discord import app_commands, ui
from discord.ext import commands

from bot.client.bot import FootnoteBot, Interaction
from bot.client.log.subjects import subject_of
from bot.client.panels import panel
from bot.client.permissions import Permission, in_servers, requires, shown_signature, signer_id
from bot.client.sending import respond, server_of
from bot.client.settings import words
from bot.client.text import inline, timestamp
from bot.errors import FootnoteError
from bot.facts.state.usage import Usage
from bot.presentation.languages import say
from bot.service.session import Session
from bot.settings import Settings
from bot.storage.backup import last_backups
from bot.storage.replica import replica_lag

log = logging.getLogger(__name__)

_BY = 60


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """The state of a server: what was asked in 7 and in 30 days, how many facts it has, their last change and backup.

    ``replica`` says how far the replica is behind; "" where there is none.
    """

    week: Usage
    month: Usage
    facts: int
    change: str | None
    backup: datetime | None
    replica: str = ""


class Status(commands.Cog):
    """Shows how things stand."""

    @app_commands.command()
    @in_servers
    @requires(Permission.MODERATOR)
    async def status(self, interaction: Interaction) -> None:
        """See how much is asked and answered, how fast, and how the facts are kept."""
        await respond(interaction, _shown(interaction.client, server_of(interaction)), private=True)


async def _shown(bot: FootnoteBot, server: int | None) -> ui.LayoutView:
    await bot.question_counts.store(server)
    settings = bot.service.settings
    standing = await bot.service.run_to_end(server, _standing, settings, server)
    if settings.replica:
        standing = replace(standing, replica=words.replica(await asyncio.to_thread(_lag, settings, server)))
    return status_view(standing)


def _lag(settings: Settings, server: int | None) -> float | None:
    try:
        return replica_lag(settings, server)
    except FootnoteError as error:
        log.warning("How far the replica is behind could not be known: %s", error)
        return None


def _standing(session: Session, settings: Settings, server: int | None) -> ServerStatus:
    return ServerStatus(
        week=session.usage.of_last(7),
        month=session.usage.of_last(30),
        facts=session.count_facts(),
        change=_last_change(session),
        backup=last_backups(settings.home).get(settings.base_path(server)),
    )


def status_view(standing: ServerStatus) -> ui.LayoutView:
    """Lay out how things stand."""
    parts = (
        words.questions(standing.week, standing.month),
        words.times(standing.month),
        words.facts(standing.facts),
        words.last_change(standing.change),
        words.last_backup(timestamp(standing.backup.isoformat(), "R") if standing.backup else None),
        standing.replica,
    )
    text = "\n\n".join((say(words.STATUS_TITLE), *filter(None, parts)))
    return panel(text)


def _last_change(session: Session) -> str | None:
    entry = session.changes.last()
    if entry is None:
        return None
    who = shown_signature(entry.by) if signer_id(entry.by) is not None else inline(entry.by, _BY)
    return words.change(subject_of(session, entry), timestamp(entry.at, "R"), who)
