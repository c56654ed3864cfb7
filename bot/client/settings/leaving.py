"""Leaving a server: its stories are handed out, its data is deleted after the days of grace, unless the bot comes back.

Which servers the bot was in is noted in a file for each shard, so that it notices at its start which it lost while it was away,
even if the number of shards has changed by then. A base that was made for a server before the bot ever joined it is left alone.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import discord
from discord import ui
from discord.ext import commands

from bot.client.bot import FootnoteBot
from bot.client.jobs import confine_to_server
from bot.client.panels import MOST_SENT, attach
from bot.client.sending import SentView, post_in_channel, send_direct_message
from bot.client.settings import words
from bot.client.text import inline
from bot.errors import BusyError, DiskFullError, FootnoteError, HeldError, NoFactBaseError, ReplicaError, UsageError
from bot.facts.files import write_whole
from bot.log import without_words
from bot.presentation.languages import say, speak
from bot.service.session import Session
from bot.storage import deletion
from bot.storage.deletion_marks import Deletion

log = logging.getLogger(__name__)

_NAME = 100

_MOST_FILES = 10  # that one message takes
_PASSING = (BusyError, DiskFullError, HeldError, ReplicaError)
"""Why a base cannot be used at the moment, unlike a damaged one."""

# What is done here, as the log and the metrics name it.
_DELETING, _PLANNING, _CANCELLING = "Deleting", "Planning a deletion", "Taking a deletion back"


class Leaving(commands.Cog):
    """Plans deletions when the bot leaves, takes them back when it returns, and deletes what is due."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot
        self._service = bot.service
        self._to_plan: set[int] = set()  # servers that were left while that could not be planned

    async def cog_load(self) -> None:
        """Begin."""
        self.bot.supervisor.start(_DELETING, self.minutely, every=timedelta(minutes=1), prepare=self.look_back)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Plan the deletion of a server that has removed the bot, and send its owner its stories."""
        deletion, files = await self._left(guild.id)
        await self._note_servers()
        if deletion is not None and guild.owner_id is not None:
            text = words.left_server(inline(guild.name, _NAME), deletion, files=bool(files))
            await send_direct_message(self.bot, guild.owner_id, attach(_message(text), *files))

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Keep the data of a server to which the bot comes back in time."""
        await self._note_servers()
        await self._is_back(guild)

    async def minutely(self) -> None:
        """Delete what is due, and plan what could not be planned before, as while the replica was out of reach."""
        for server in tuple(self._to_plan):
            if self.bot.get_guild(server) is None:
                await self._left(server)
            else:
                self._to_plan.discard(server)
        for server in await self._service.run_in_thread(deletion.due, self._service.settings):
            if self.bot.serves(server):
                with confine_to_server(self.bot.metrics, _DELETING, server):
                    await self._delete(server)

    async def look_back(self) -> None:
        """See which servers were left, and which were entered again, while the bot was away."""
        await self.bot.wait_until_ready()
        for server in await asyncio.to_thread(_read_all, self._folder):
            if self.bot.serves(server) and self.bot.get_guild(server) is None:
                await self._left(server)
        for server in await self._service.run_in_thread(deletion.planned_servers, self._service.settings):
            guild = self.bot.get_guild(server)
            if guild is not None:
                await self._is_back(guild)
        await self._note_servers()

    async def _delete(self, server: int) -> None:
        channel = await self._last_look(server)
        if server not in await self._service.run_in_thread(deletion.due, self._service.settings):
            return  # it was kept while another process served it
        await self._service.delete(server)
        log.info("The data of server %s was deleted, as it was planned", server)
        if channel is not None:
            await post_in_channel(self.bot, server, channel, _message(say(words.CHANNEL_DELETED)))

    async def _left(self, server: int) -> tuple[Deletion | None, tuple[tuple[str, bytes], ...]]:
        """Export a server's stories and plan its deletion; return that, and the files to be sent, if they are not too large.

        What cannot be planned now is logged, and tried again.
        """
        with confine_to_server(self.bot.metrics, _PLANNING, server):
            done = await self._export_and_plan(server)
            self._to_plan.discard(server)
            return done
        self._to_plan.add(server)
        return None, ()

    async def _export_and_plan(self, server: int) -> tuple[Deletion | None, tuple[tuple[str, bytes], ...]]:
        await self._service.fetch(server)
        if not self._service.settings.base_path(server).exists():
            return None, ()
        path, files = await self._exported(server)
        planned = await self._service.run_in_thread(deletion.plan, self._service.settings, server, left=True)
        log.warning("Footnote has left server %s: its data is deleted on %s", server, planned.due)
        if path is not None:
            log.warning("The stories of server %s are in %s", server, path)
        return planned, files if len(files) <= _MOST_FILES else ()

    async def _exported(self, server: int) -> tuple[Path | None, tuple[tuple[str, bytes], ...]]:
        """Export a server's stories for its operator, and return that file with the files for its owner.

        From a damaged base nothing can be exported, which is no reason to keep it. Raises FactBaseError where it will be possible
        later.
        """
        try:
            async with self._service.background_access(server):
                speak((await self._service.run_to_end(server, Session.settings)).language)
                path = await self._service.export(server)
                try:
                    return path, await self._service.run_to_end(server, lambda session: session.files.bundle(MOST_SENT))
                except UsageError:
                    return path, ()
        except (*_PASSING, NoFactBaseError):
            raise
        except Exception as error:
            if isinstance(error.__cause__, OSError):  # the file of the export could not be written
                raise
            log.warning("The stories of server %s cannot be exported: %s", server, without_words(error), exc_info=_new(error))
            return None, ()

    async def _is_back(self, guild: discord.Guild) -> None:
        with confine_to_server(self.bot.metrics, _CANCELLING, guild.id):
            planned = await self._service.run_in_thread(deletion.planned, self._service.settings, guild.id)
            if planned is None or not planned.left:
                return  # a deletion that was asked for holds
            await self._service.run_in_thread(deletion.cancel, self._service.settings, guild.id)
            log.info("Footnote is back in server %s: its data is kept", guild.id)
            channel = await self._log_channel(guild.id)
            if channel is None and guild.system_channel is not None:
                channel = guild.system_channel.id
            if channel is not None:
                await post_in_channel(self.bot, guild.id, channel, _message(words.back_in_server(planned)))

    async def _last_look(self, server: int) -> int | None:
        """Bring what the replica has newer of a server that is to be deleted, and return its log channel.

        Raises FactBaseError where that will be possible later. A base that cannot be read is no reason to keep it.
        """
        try:
            await self._service.fetch(server, newer=True)
            return await self._log_channel(server)
        except _PASSING:
            raise
        except Exception as error:
            log.warning("Server %s is deleted unread: %s", server, without_words(error), exc_info=_new(error))
            return None

    async def _log_channel(self, server: int) -> int | None:
        """Return the log channel of a server with the bot in it that has a base, and speak its language from here on."""
        if self.bot.get_guild(server) is None or not self._service.settings.base_path(server).exists():
            return None
        async with self._service.background_access(server):
            settings = await self._service.run_to_end(server, Session.settings)
        speak(settings.language)
        return settings.log_channel

    @property
    def _folder(self) -> Path:
        return self._service.settings.home / "served"

    def _noted(self, shard: int) -> Path:
        """Return the file in which the servers of a shard are noted: only one process has that shard."""
        return self._folder / f"{shard}-of-{self.bot.shard_count or 1}.json"

    async def _note_servers(self) -> None:
        """Note in which servers the bot is, or was until it left and could not plan that."""
        lists: dict[Path, list[int]] = {self._noted(shard): [] for shard in tuple(self.bot.shards) or (0,)}
        for server in {*(guild.id for guild in self.bot.guilds), *self._to_plan}:
            lists.setdefault(self._noted(self.bot.shard_of(server) or 0), []).append(server)
        try:
            await asyncio.to_thread(_write, lists)
            await asyncio.to_thread(_forget, self._folder, f"*-of-{self.bot.shard_count or 1}.json", self.bot.serves)
        except OSError as error:
            log.warning("It could not be noted in which servers the bot is: %s", error)


def _message(text: str) -> SentView:
    view = SentView(timeout=None)
    view.add_item(ui.TextDisplay(text))
    return view


def _new(error: Exception) -> bool:
    """Return whether an error was not raised on purpose, so that its traceback is worth logging."""
    return not isinstance(error, FootnoteError)


def _read_all(folder: Path) -> tuple[int, ...]:
    """Return all servers that were noted, by whatever process, with whatever number of shards."""
    return tuple(dict.fromkeys(server for path in sorted(folder.glob("*.json")) for server in _read(path)))


def _forget(folder: Path, newest: str, ours: Callable[[int], bool]) -> None:
    """Take servers that are noted anew out of the files of another number of shards; those of other processes stay."""
    for path in {*folder.glob("*.json")} - {*folder.glob(newest)}:
        if others := [server for server in _read(path) if not ours(server)]:
            _write({path: others})
        else:
            path.unlink(missing_ok=True)


def _read(path: Path) -> tuple[int, ...]:
    try:
        return tuple(map(int, json.loads(path.read_text(encoding="utf-8"))))
    except (OSError, ValueError, TypeError):
        return ()


def _write(lists: dict[Path, list[int]]) -> None:
    for path, servers in lists.items():
        write_whole(path, json.dumps(sorted(servers)))
