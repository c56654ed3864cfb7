"""Writes the sites of the stories that moderators put on the web, anew after each change of facts or of the choice.

Servers whose base was written to are looked at once a minute, so that changes in a row are written once; all are when the bot
starts, and one after a choice in `/settings` there. What fails is said in the log, and once in the server's log channel. It stays
with its story and is tried again at growing intervals; until then the site is as it was.
"""

from __future__ import annotations

from datetime import timedelta

from discord.ext import commands

from bot.client.bot import FootnoteBot
from bot.client.jobs import confine_to_server
from bot.client.panels import AMBER, panel
from bot.client.posting import post_in_channel
from bot.client.sites import words
from bot.client.text import inline
from bot.facts.logbook import LogEntry
from bot.facts.models import StoryInfo
from bot.languages import say
from bot.log import log_about
from bot.service.session import Session
from bot.storage.bases import servers_of, stamp

_JOB = "Writing sites"  # as the log and the metrics name it
_REMOVAL = ":removal"  # what is put off where sites cannot be removed; no id of a story has a colon
_TITLE = 150


class Publishing(commands.Cog):
    """Looks at the servers whose sites may be out of date."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot
        self._looked_at: dict[int, object] = {}  # how the files of a server's base were when it was looked at
        self._written: dict[int, tuple[object, ...]] = {}

    async def cog_load(self) -> None:
        """Begin, where the operator has set where sites are written."""
        if self.bot.service.settings.sites_folder:
            self.bot.supervisor.start(_JOB, self.minutely, every=timedelta(minutes=1), prepare=self.bot.wait_until_ready)

    @commands.Cog.listener()
    async def on_settings_changed(self, server: int) -> None:
        """Look at a server at once: somebody may be waiting for a site."""
        if self.bot.service.settings.sites_folder:
            self.bot.background.start(self._visit(server))

    async def minutely(self) -> None:
        """Look at the servers whose base was written to, and at those where something is to be tried again."""
        stamps = await self.bot.service.run_in_thread(self._stamps)
        for server, stamp_now in stamps.items():
            if self._looked_at.get(server) != stamp_now or self.bot.put_off.due(_JOB, server):
                await self._visit(server, stamp_now)

    def _stamps(self) -> dict[int, object]:
        settings = self.bot.service.settings
        return {server: stamp(settings.base_path(server)) for server in servers_of(settings)}

    async def _visit(self, server: int, stamp_now: object = None) -> None:
        guild = self.bot.get_guild(server)
        if guild is None or guild.unavailable:
            self._looked_at.pop(server, None)  # when it is back, so are its sites
            return
        with confine_to_server(self.bot.metrics, _JOB, server):
            async with self.bot.background.alone(_JOB, server), self.bot.service.background_access(server):
                await self._look(server)
            self._looked_at[server] = stamp_now

    async def _look(self, server: int) -> None:
        log_about(server=server, shard=self.bot.shard_of(server))
        service, put_off = self.bot.service, self.bot.put_off
        last_change, stories, missing = await service.read(server, _state)
        state = (last_change, stories)
        if self._written.get(server) == state and not missing and not put_off.due(_JOB, server):
            return
        await self.bot.speak_language_of(server)
        waiting = put_off.not_due(_JOB, server)
        failed = {story.id for story in stories if story.id not in waiting and not await self._write(server, story)}
        if _REMOVAL not in waiting and not await self._remove(server):
            failed.add(_REMOVAL)
        await self._tell(server, [story for story in stories if story.id in failed], removal=_REMOVAL in failed)
        put_off.settle(_JOB, server, waiting, failed)
        self._written[server] = state

    async def _write(self, server: int, story: StoryInfo) -> bool:
        with confine_to_server(self.bot.metrics, _JOB, server):
            await self.bot.service.read_until_cancelled(server, lambda session: session.sites.write(story.id))
            return True
        return False

    async def _remove(self, server: int) -> bool:
        with confine_to_server(self.bot.metrics, _JOB, server):
            await self.bot.service.read_until_cancelled(server, lambda session: session.sites.remove_others())
            return True
        return False

    async def _tell(self, server: int, failed: list[StoryInfo], *, removal: bool) -> None:
        """Say in the log channel what failed, unless it failed before, too."""
        due = self.bot.put_off.due(_JOB, server)
        lines = [say(words.FAILED, story=inline(story.title, _TITLE)) for story in failed if story.id not in due]
        if removal and _REMOVAL not in due:
            lines.append(say(words.NOT_REMOVED))
        channel = (await self.bot.service.read(server, Session.settings)).log_channel if lines else None
        if channel is not None:
            await post_in_channel(self.bot, server, channel, panel("\n".join(lines), colour=AMBER))


def _state(session: Session) -> tuple[LogEntry | None, tuple[StoryInfo, ...], tuple[str, ...]]:
    """Return what decides whether sites are written: the last change of facts, the stories on the web, and the sites missing."""
    last_change = session.logbook.last_change()  # first: a change while this is read is seen in the next minute
    return last_change, session.sites.published(), session.sites.missing()
