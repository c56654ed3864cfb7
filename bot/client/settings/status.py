"""`/status`: how much is asked in a server and how much of it answered, and how its facts are kept."""

from __future__ import annotations

import asyncio
import logging
import math

from discord import app_commands, ui
from discord.ext import commands

from bot.client.bot import Interaction
from bot.client.interactions import sends
from bot.client.logbook.lines import subject_of
from bot.client.panels import panel
from bot.client.permissions import Permission, for_moderators, requires, shown_signer
from bot.client.sending import respond_privately, server_of
from bot.client.text import timestamp
from bot.errors import FootnoteError
from bot.facts.state.usage import Usage
from bot.languages import say, say_number
from bot.service.session import Session
from bot.settings import Settings
from bot.storage.backup import last_backups
from bot.storage.replica import replica_lag

log = logging.getLogger(__name__)

TITLE = "### How things stand"
NO_BACKUP = "No backup was made yet. My operator makes them with `footnote backup`."


class Status(commands.Cog):
    """Shows how things stand."""

    @app_commands.command()
    @for_moderators
    @requires(Permission.MODERATOR)
    @sends(respond_privately)
    async def status(self, interaction: Interaction) -> ui.LayoutView:
        """See how much is asked and answered, how fast, and how the facts are kept."""
        bot, server = interaction.client, server_of(interaction)
        await bot.question_counts.store(server)
        settings = bot.service.settings
        parts = await bot.service.read(server, _parts, settings, server)
        if settings.replica:
            try:
                lag = await asyncio.to_thread(replica_lag, settings, server)
            except FootnoteError as error:
                log.warning("How far the replica is behind could not be known: %s", error)
                lag = None
            parts[say("Copy elsewhere")] = (
                say("At most {seconds} s behind", seconds=math.ceil(lag))
                if lag is not None
                else say("Nothing says how far behind it is. My operator can check whether `footnote replicate` is running.")
            )
        return panel("\n\n".join((say(TITLE), *(f"**{title}**\n{text}" for title, text in parts.items() if text))))


def _parts(session: Session, settings: Settings, server: int | None) -> dict[str, str]:
    """Return what `/status` says, by its headings; "" where there is nothing to say."""
    month = session.usage.of_last(30)
    times = say("half within {median} ms, 99 of 100 within {most} ms", median=month.median, most=month.p99)
    entry = session.logbook.last_change()
    if entry is None:
        change = say("Nothing was changed yet.")
    else:
        what, when, who = subject_of(session, entry), timestamp(entry.at, "R"), shown_signer(entry.by)
        change = say("{what}, {when} by {who}", what=what, when=when, who=who)
    backup = last_backups(settings.home).get(settings.base_path(server))
    return {
        say("Questions"): f"{_asked(7, session.usage.of_last(7))}\n{_asked(30, month)}",
        say("Time to an answer"): times if month.median is not None and month.p99 is not None else "",
        say("Facts"): str(session.count_facts()),
        say("Last change"): change,
        say("Last backup"): timestamp(backup.isoformat(), "R") if backup else say(NO_BACKUP),
    }


def _asked(days: int, usage: Usage) -> str:
    """Say how much was asked in the last days, and how much of it was answered."""
    number = say_number(usage.asked, "{number} question", "{number} questions")
    asked = say("Last {days} days: {questions}", days=days, questions=number)
    if not usage.asked:
        return asked
    return f"{asked}, {say('{share}% of them answered', share=100 * usage.answered // usage.asked)}"
