"""The bot: what it may see, what it loads, and how it starts."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot.client import feedback  # noqa: F401 - its buttons are known once it is there
from bot.client.asking import Asking
from bot.client.audit import Auditing
from bot.client.authority import Refused
from bot.client.background import Background
from bot.client.browsing import Browsing
from bot.client.buttons import FactChoice, ReplyButton
from bot.client.catching_up import CatchingUp
from bot.client.checking import Checking
from bot.client.custom_id import Press
from bot.client.errors import ErrorDoor
from bot.client.facts.commands import FactCommands
from bot.client.facts.entry_commands import ActorCommands, SourceCommands
from bot.client.flooding import GapLimits
from bot.client.forgetting import Forgetting
from bot.client.gaps import GapList
from bot.client.helping import Helping
from bot.client.leaving import Leaving
from bot.client.limits import Limits, TooManyError, Work
from bot.client.listening import Listening
from bot.client.measuring import Measuring
from bot.client.presses import handle
from bot.client.privacy import Privacy
from bot.client.reading import is_for_bot
from bot.client.review import Reviewing
from bot.client.routes import RouteButton, RouteChoice, form_sent
from bot.client.sending import server_of
from bot.client.settings import SettingCommands
from bot.client.speaking import begin_request
from bot.client.status import Status
from bot.client.story_files import StoryFiles
from bot.client.story_work import StoryWork
from bot.client.suggesting import Suggesting
from bot.errors import SetupError
from bot.measures.metrics import Metrics
from bot.measures.web import served
from bot.service.service import Service
from bot.settings import Settings
from bot.storage.keeper import Keeper
from bot.storage.shards import Shards

log = logging.getLogger(__name__)

_GOOD_BYE = 0.5
"""Seconds that Discord is given to close a connection."""

NO_TOKEN = (
    "There is no Discord token: put it into the environment variable DISCORD_TOKEN, or into a file that DISCORD_TOKEN_FILE names"
    " (Developer Portal, Bot, Reset Token)."
)
WRONG_TOKEN = "Discord does not accept the token: copy it anew from the Developer Portal (Bot, Reset Token)."
NO_NETWORK = "Discord cannot be reached: check this machine's network connection and try again."
NO_DISCORD = "Discord did not let the bot in ({}): wait a minute and try again."
INTENTS = (
    "Discord refuses an intent that the bot asks for: switch it on in the Developer Portal (Bot, Privileged Gateway Intents)."
)


def _intents(settings: Settings) -> discord.Intents:
    """Return what the bot may see: the text of messages that are not for it only where its operator lets servers listen."""
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=settings.listening)


def _work(interaction: discord.Interaction[Any]) -> Work:
    if interaction.type is discord.InteractionType.autocomplete:
        return Work.COMPLETION
    data: dict[str, Any] = dict(interaction.data or {})
    return Work.FILE if data.get("resolved", {}).get("attachments") else Work.QUESTION


class FootnoteTree(app_commands.CommandTree["FootnoteBot"]):
    """The slash commands; their errors go through the one door."""

    async def interaction_check(self, interaction: discord.Interaction[FootnoteBot], /) -> bool:
        """Let everybody through who has not asked too much, in the language of their server."""
        await begin_request(interaction.client, server_of(interaction))
        try:
            interaction.client.limits.take(_work(interaction), server_of(interaction), interaction.user.id)
        except TooManyError as error:
            if interaction.type is discord.InteractionType.autocomplete:  # takes choices alone, and no sentence
                await interaction.response.autocomplete([])
                return False
            raise Refused(error) from None
        return True

    async def on_error(self, interaction: discord.Interaction[FootnoteBot], error: app_commands.AppCommandError, /) -> None:
        """Tell the person who used the command."""
        await self.client.door.interaction(interaction, error)


class FootnoteBot(commands.AutoShardedBot):
    """Answers in servers, in direct messages and as an app of one person, without a privileged intent."""

    def __init__(self, service: Service, **options: Any) -> None:
        # The bot never speaks in voice channels: that what this needs is not installed is no news to its operator.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        self.metrics = Metrics()
        super().__init__(
            http_trace=self.metrics.http_trace(),
            command_prefix=(),
            help_command=None,
            intents=_intents(service.settings),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            tree_cls=FootnoteTree,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            **options,
        )
        self.service = service
        self.door = ErrorDoor(self.metrics)
        self.background = Background()
        self.gap_limits = GapLimits()
        self.measuring = Measuring(self)
        self.stopping = False
        self.limits = Limits(service.settings)
        self._listening = Listening(self) if service.settings.listening else None

    @property
    def own_id(self) -> int:
        """The bot's own id."""
        return self.user.id if self.user else 0

    def serves(self, server: int) -> bool:
        """Tell whether this process speaks with a server: with several processes, each has the servers of its own shards."""
        return not self.shards or self.shard_of(server) in self.shards

    def shard_of(self, server: int | None) -> int | None:
        """Return the number of the shard that a server is on; None for direct messages."""
        return None if server is None else (server >> 22) % (self.shard_count or 1)

    async def setup_hook(self) -> None:
        """Load the cogs, listen to the buttons of all replies ever sent, and tell Discord the commands."""
        for cog in (
            Asking(self),
            Browsing(self),
            Checking(self),
            Helping(self),
            Suggesting(self),
            Reviewing(self),
            GapList(self),
            Privacy(self),
            Forgetting(self),
            CatchingUp(self),
            Leaving(self),
            self.measuring,
            FactCommands(self),
            SourceCommands(),
            ActorCommands(),
            StoryFiles(),
            StoryWork(self),
            SettingCommands(),
            Auditing(),
            Status(),
        ):
            await self.add_cog(cog)
        if self._listening is not None:
            await self.add_cog(self._listening)
        self.add_dynamic_items(ReplyButton, FactChoice, RouteButton, RouteChoice)
        if self.shard_ids is not None and 0 not in self.shard_ids:
            return  # the process with the first shard does so for all
        try:
            await self.tree.sync()
        except discord.HTTPException as error:
            log.warning("Discord did not take the commands; it keeps those it knows: %s", error)

    async def close(self) -> None:
        """Take nothing new, let what is under way come to its end and keep what was counted, then leave Discord."""
        self.stopping = True
        leaving = [asyncio.ensure_future(shard.disconnect()) for shard in self.shards.values()]
        self.background.start(self.measuring.keep())  # now, and again in the end, which may be cut off
        await self.background.finish()
        if leaving:  # Discord may never say good-bye
            await asyncio.wait(leaving, timeout=_GOOD_BYE)
        await self.measuring.keep()
        await super().close()

    def dispatch(self, event_name: str, /, *args: Any, **kwargs: Any) -> None:
        """Begin nothing for a message that is not for the bot: most are not, and each listener would cost a task."""
        if event_name != "message" or self._concerns(args[0]):
            super().dispatch(event_name, *args, **kwargs)

    def _concerns(self, message: discord.Message) -> bool:
        return is_for_bot(message, self.own_id) or (self._listening is not None and self._listening.hears(message))

    async def on_message(self, message: discord.Message, /) -> None:
        """Read no prefix commands: messages are for the cogs alone."""

    async def on_interaction(self, interaction: discord.Interaction[FootnoteBot]) -> None:
        """Read the forms that are sent; the library takes care of commands and buttons."""
        await form_sent(interaction)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Log what failed in an event."""
        error = sys.exc_info()[1]
        if error is not None:
            self.door.sentence(error, None)

    async def pressed(self, interaction: discord.Interaction[FootnoteBot], press: Press) -> None:
        """Do what a pressed button says, and tell who pressed it when that fails."""
        try:
            await begin_request(self, server_of(interaction))
            self.limits.take(Work.PRESS, server_of(interaction), interaction.user.id)
            await handle(interaction, press)
        except Exception as error:  # noqa: BLE001 - the door tells the person and logs
            await self.door.interaction(interaction, error)


def make_bot(service: Service, shards: Shards | None) -> FootnoteBot:
    """Make a bot that has some of the shards; None: all, as many as Discord advises."""
    return FootnoteBot(service, shard_ids=list(shards.ids), shard_count=shards.count) if shards else FootnoteBot(service)


async def run_bot(settings: Settings, token: str | None, shards: Shards | None = None) -> None:
    """Run the bot until it is stopped, with some of the shards or all. Raises SetupError where it cannot start."""
    if not token or not token.strip():
        raise SetupError(NO_TOKEN)
    service = Service(settings, Keeper(settings, shards))
    bot = make_bot(service, shards)
    freeze_gc()
    async with service, served(settings.metrics, bot.measuring), bot:
        await start_bot(bot, token.strip())


def freeze_gc() -> None:
    """Have the collection of garbage leave out what is loaded by now and stays: a look at all of it holds up the event loop."""
    gc.collect()
    gc.freeze()


async def start_bot(bot: FootnoteBot, token: str) -> None:
    """Log in and stay connected; every way in which that fails is a SetupError with one sentence."""
    try:
        await bot.start(token)
    except discord.LoginFailure:
        raise SetupError(WRONG_TOKEN) from None
    except discord.PrivilegedIntentsRequired:
        raise SetupError(INTENTS) from None
    except (discord.HTTPException, discord.GatewayNotFound, discord.ConnectionClosed) as error:
        raise SetupError(NO_DISCORD.format(error)) from None
    except (aiohttp.ClientError, OSError):
        raise SetupError(NO_NETWORK) from None
