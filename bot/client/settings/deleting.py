"""Deleting everything of a server: planned by a manager or because the bot has left, taken back, and done on its day.

Its stories are handed out before the deletion is planned, and after the days of grace it is carried out. Which servers the bot is
in is noted in a file for each shard, so that it notices at its start which it lost while it was away, even if the number of
shards has changed by then. A base that was made for a server before the bot ever joined it is left alone.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import discord
from discord import ui
from discord.ext import commands

from bot.client.bot import FootnoteBot, Interaction
from bot.client.interactions import Form, RouteButton, RouteInput, read_until_cancelled, route, write_for
from bot.client.jobs import confine_to_server
from bot.client.logbook.aftermath import ChangeResult, follow_change, make_change
from bot.client.panels import AMBER, BLUE, MAX_SENT, attach, panel
from bot.client.permissions import Permission, signature_of
from bot.client.posting import post_in_channel, send_direct_message
from bot.client.sending import SentView, defer, send_form
from bot.client.settings import words
from bot.client.settings.pages import page, state_of
from bot.client.text import inline
from bot.errors import BusyError, DiskFullError, FootnoteError, HeldError, NoFactBaseError, ReplicaError, UsageError
from bot.facts.files import write_whole
from bot.languages import say, speak
from bot.log import without_words
from bot.service.session import Session
from bot.storage import deletion
from bot.storage.deletion_marks import Deletion
from bot.storage.replica_deletion import sweep_deleted

log = logging.getLogger(__name__)

_NAME = 100

_MAX_FILES = 10  # that one message takes
_PASSING = (BusyError, DiskFullError, HeldError, ReplicaError)
"""Errors of a base that will be usable again later, unlike a damaged one."""

# What is done here, as the log and the metrics name it.
_DELETING, _PLANNING, _CANCELLING = "Deleting", "Planning a deletion", "Taking a deletion back"


_FIELD = "word"


@route("erase", Permission.MANAGER)
async def _ask(interaction: Interaction, given: RouteInput) -> None:
    """Ask for the word that confirms."""
    typed: ui.TextInput[Any] = ui.TextInput(custom_id=_FIELD, placeholder=words.DELETION_WORD, max_length=40)
    field: ui.Label[Any] = ui.Label(text=say(words.DELETION_FIELD), description=say(words.DELETION_FIELD_HELP), component=typed)
    await send_form(interaction, Form("erase-sure", "", say("Delete everything of this server"), [field]))


@route("erase-sure", Permission.MANAGER)
async def _plan(interaction: Interaction, given: RouteInput) -> None:
    """Hand out the stories; once they are delivered, plan the deletion. Raises UsageError if it was not confirmed."""
    if given.text(_FIELD).strip().casefold() != words.DELETION_WORD.casefold():
        raise UsageError(say(words.NOT_TYPED))
    bot, server = interaction.client, interaction.guild_id or 0
    await defer(interaction)
    for name, content in await read_until_cancelled(interaction, lambda session: session.files.bundle(MAX_SENT)):
        view = attach(panel(say(words.STORIES_FILE), colour=BLUE), (name, content))
        await interaction.followup.send(view=view, files=view.files, ephemeral=True, wait=True)
    planned = await bot.service.run_in_thread(deletion.plan, bot.service.settings, server, left=False)
    await _log(interaction, "delete", planned.due.isoformat())
    follow_change(bot, server)
    how_to_undo = say("To take it back, press {button} here, or in `/settings` later.", button=say(words.KEEP_EVERYTHING))
    undo = RouteButton("erase-undo", "", say(words.KEEP_EVERYTHING), style=discord.ButtonStyle.primary)
    view = panel(f"{words.planned_deletion(planned)}\n{how_to_undo}", [undo], colour=AMBER)
    await interaction.followup.send(view=view, ephemeral=True, wait=True)


@route("erase-undo", Permission.MANAGER, send=make_change)
async def _keep(interaction: Interaction, given: RouteInput) -> ChangeResult:
    """Take a planned deletion of everything back."""
    service = interaction.client.service
    if await service.run_in_thread(deletion.cancel, service.settings, interaction.guild_id or 0):
        await _log(interaction, "keep", "everything")
    return ChangeResult(page("data", await state_of(interaction), note=say(words.KEPT)))


async def _log(interaction: Interaction, action: str, what: str) -> None:
    signature = signature_of(interaction)
    await write_for(interaction, lambda session: session.logbook.note(signature, action, what))


class Leaving(commands.Cog):
    """Plans deletions when the bot leaves, takes them back when it returns, and deletes what is due."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot
        self._service = bot.service
        self._folder = bot.service.settings.home / "served"
        self._to_plan: set[int] = set()  # servers that the bot has left, whose deletion could not be planned yet

    async def cog_load(self) -> None:
        """Begin."""
        self.bot.supervisor.start(_DELETING, self.minutely, every=timedelta(minutes=1), prepare=self.look_back)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Plan the deletion of a server that has removed the bot, and send its owner its stories."""
        planned, files = await self._left(guild.id)
        await self._note_servers()
        if planned is not None and guild.owner_id is not None:
            text = words.left_server(inline(guild.name, _NAME), planned, files=bool(files))
            await send_direct_message(self.bot, guild.owner_id, attach(_message(text), *files))

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Keep the data of a server that the bot comes back to in time; any other server is new."""
        await self._note_servers()
        if not await self._is_back(guild):
            self.bot.dispatch("new_server", guild)

    async def minutely(self) -> None:
        """Delete what is due, and plan what could not be planned before, for instance because the replica was out of reach."""
        for server in tuple(self._to_plan):
            if self.bot.get_guild(server) is None:
                await self._left(server)
            else:
                self._to_plan.discard(server)
        due = await self._service.run_in_thread(deletion.due, self._service.settings)
        for server in due:
            if self.bot.serves(server):
                with confine_to_server(self.bot.metrics, _DELETING, server):
                    await self._delete(server)
        if due:
            await self._sweep()

    async def look_back(self) -> None:
        """Find out which servers the bot lost, and which it joined again, while it was away."""
        await self.bot.wait_until_ready()
        for server in await asyncio.to_thread(lambda: _read(sorted(self._folder.glob("*.json")))):
            if self.bot.serves(server) and self.bot.get_guild(server) is None:
                await self._left(server)
        for server in await self._service.run_in_thread(deletion.planned_servers, self._service.settings):
            guild = self.bot.get_guild(server)
            if guild is not None:
                await self._is_back(guild)
        await self._note_servers()
        await self._sweep()

    async def _sweep(self) -> None:
        """Delete what reached the replica only after its server had been deleted."""
        for server in await self._service.run_in_thread(sweep_deleted, self._service.settings, self.bot.serves):
            log.info("What the replica still had of server %s, which was deleted, is deleted", server)

    async def _delete(self, server: int) -> None:
        guild = self.bot.get_guild(server)
        if guild is not None:  # the bot may be back, and noting that may have failed when it came
            await self._is_back(guild)
            planned = await self._service.run_in_thread(deletion.planned, self._service.settings, server)
            if planned is None or planned.left:
                return  # it is kept, or taking the plan back failed and is tried again in a minute
        channel = await self._last_look(server)
        if server not in await self._service.run_in_thread(deletion.due, self._service.settings):
            return  # it was kept while another process served it
        await self._service.delete(server)
        log.info("The data of server %s was deleted, as it was planned", server)
        if channel is not None:
            await post_in_channel(self.bot, server, channel, _message(say(words.CHANNEL_DELETED)))

    async def _left(self, server: int) -> tuple[Deletion | None, tuple[tuple[str, bytes], ...]]:
        """Export a server's stories and plan its deletion; return the plan, and the files to be sent if they are not too large.

        What cannot be planned now is logged, and tried again.
        """
        with confine_to_server(self.bot.metrics, _PLANNING, server):
            await self._service.fetch(server)
            planned: Deletion | None = None
            files: tuple[tuple[str, bytes], ...] = ()
            if self._service.settings.base_path(server).exists():
                path, files = await self._exported(server)
                planned = await self._service.run_in_thread(deletion.plan, self._service.settings, server, left=True)
                log.warning("Footnote has left server %s: its data is deleted on %s", server, planned.due)
                if path is not None:
                    log.warning("The stories of server %s are in %s", server, path)
            self._to_plan.discard(server)
            return planned, files if len(files) <= _MAX_FILES else ()
        self._to_plan.add(server)
        return None, ()

    async def _exported(self, server: int) -> tuple[Path | None, tuple[tuple[str, bytes], ...]]:
        """Export a server's stories for its operator, and return that file with the files for its owner.

        From a damaged base nothing can be exported, which is no reason to keep it. Raises FactBaseError if it will be possible
        later.
        """
        try:
            async with self._service.background_access(server):
                speak((await self._service.read(server, Session.settings)).language)
                path = await self._service.export(server)
                try:
                    return path, await self._service.read_until_cancelled(server, lambda session: session.files.bundle(MAX_SENT))
                except UsageError:
                    return path, ()
        except (*_PASSING, NoFactBaseError):
            raise
        except Exception as error:
            if isinstance(error.__cause__, OSError):  # the file of the export could not be written
                raise
            traced = not isinstance(error, FootnoteError)  # an error that was raised on purpose needs no traceback
            log.warning("The stories of server %s cannot be exported: %s", server, without_words(error), exc_info=traced)
            return None, ()

    async def _is_back(self, guild: discord.Guild) -> bool:
        """Keep the data of a server that the bot has come back to, and say so; return whether it is or may be such a server."""
        with confine_to_server(self.bot.metrics, _CANCELLING, guild.id):
            planned = await self._service.run_in_thread(deletion.planned, self._service.settings, guild.id)
            if planned is None or not planned.left:
                return False  # a deletion that was asked for holds
            await self._service.run_in_thread(deletion.cancel, self._service.settings, guild.id)
            log.info("Footnote is back in server %s: its data is kept", guild.id)
            channel = await self._log_channel(guild.id)
            if channel is None and guild.system_channel is not None:
                channel = guild.system_channel.id
            if channel is not None:
                await post_in_channel(self.bot, guild.id, channel, _message(words.back_in_server(planned)))
        return True

    async def _last_look(self, server: int) -> int | None:
        """Fetch the replica's base of a server that is to be deleted, if that is newer, and return the server's log channel.

        Raises FactBaseError if that will be possible later. That a base cannot be read is no reason to keep it.
        """
        try:
            await self._service.fetch(server, newer=True)
            return await self._log_channel(server)
        except _PASSING:
            raise
        except Exception as error:
            traced = not isinstance(error, FootnoteError)
            log.warning("Server %s is deleted unread: %s", server, without_words(error), exc_info=traced)
            return None

    async def _log_channel(self, server: int) -> int | None:
        """Return the log channel of a server, and speak its language from here on; None without the bot in it, or a base."""
        if self.bot.get_guild(server) is None or not self._service.settings.base_path(server).exists():
            return None
        async with self._service.background_access(server):
            settings = await self._service.read(server, Session.settings)
        speak(settings.language)
        return settings.log_channel

    async def _note_servers(self) -> None:
        """Note which servers the bot is in, with those it left unplanned, in a file for each shard: a shard has one process."""
        served: dict[int, list[int]] = {shard: [] for shard in tuple(self.bot.shards) or (0,)}
        for server in {*(guild.id for guild in self.bot.guilds), *self._to_plan}:
            served.setdefault(self.bot.shard_of(server) or 0, []).append(server)
        try:
            await asyncio.to_thread(_write, self._folder, served, self.bot.shard_count or 1, self.bot.serves)
        except OSError as error:
            log.warning("It could not be noted in which servers the bot is: %s", error)


def _message(text: str) -> SentView:
    view = SentView(timeout=None)
    view.add_item(ui.TextDisplay(text))
    return view


def _read(paths: Iterable[Path]) -> tuple[int, ...]:
    """Return the servers that are noted in some files, each once."""
    servers: dict[int, None] = {}
    for path in paths:
        with suppress(OSError, ValueError, TypeError):
            servers |= dict.fromkeys(map(int, json.loads(path.read_text(encoding="utf-8"))))
    return tuple(servers)


def _write(folder: Path, served: Mapping[int, Sequence[int]], shards: int, ours: Callable[[int], bool]) -> None:
    """Note the servers of some shards; from files for another number of shards remove our servers, and leave the others."""
    for shard, servers in served.items():
        write_whole(folder / f"{shard}-of-{shards}.json", json.dumps(sorted(servers)))
    for path in {*folder.glob("*.json")} - {*folder.glob(f"*-of-{shards}.json")}:
        if others := [server for server in _read([path]) if not ours(server)]:
            write_whole(path, json.dumps(sorted(others)))
        else:
            path.unlink(missing_ok=True)
