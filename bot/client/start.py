"""What the bot is made of, and how it starts; whatever makes a start fail is told in one sentence."""

from __future__ import annotations

import gc
from datetime import timedelta

import aiohttp
import discord

from bot.client.answering.cog import Asking, answer_this
from bot.client.answering.listening import Listening
from bot.client.articles.cog import Reading
from bot.client.articles.menu import read_this
from bot.client.bot import FootnoteBot
from bot.client.browsing import Browsing
from bot.client.checking import Checking, check_quotes
from bot.client.commands import CommandSync, CommandTranslator, FootnoteTree
from bot.client.contributions.decisions import Decisions
from bot.client.contributions.gaps import Gaps
from bot.client.contributions.suggesting import Suggesting
from bot.client.facts.cog import FactCommands, add_as_fact
from bot.client.facts.sources_and_actors import ActorCommands, SourceCommands
from bot.client.feeds.cog import FeedCommands
from bot.client.feeds.following import Following
from bot.client.follows.cog import FollowCommands, FollowList
from bot.client.follows.news import News
from bot.client.follows.refusals import Readmission
from bot.client.follows.telling import Telling
from bot.client.interactions import on_interaction
from bot.client.keeping.cog import Keeping
from bot.client.logbook.aftermath import CatchingUp
from bot.client.logbook.cog import Auditing
from bot.client.logbook.corrections import Reopening
from bot.client.privacy import Forgetting, Privacy
from bot.client.question_counts import COUNTING
from bot.client.settings.cog import SettingCommands
from bot.client.settings.deleting import Leaving
from bot.client.settings.status import Status
from bot.client.setup.cog import Setup
from bot.client.setup.welcome import Welcoming
from bot.client.sites.publishing import Publishing
from bot.client.stories.cog import StoryCommands
from bot.errors import SetupError
from bot.metrics import serve_metrics
from bot.service.service import Service
from bot.settings import Settings
from bot.storage.served_bases import ServedBases
from bot.storage.shards import Shards

NO_TOKEN = (
    "There is no Discord token: put it into the environment variable DISCORD_TOKEN, or into a file that DISCORD_TOKEN_FILE names"
    " (Developer Portal, Bot, Reset Token)."
)
WRONG_TOKEN = "Discord does not accept the token: copy it again from the Developer Portal (Bot, Reset Token)."
NO_NETWORK = "Discord cannot be reached: check this machine's network connection and try again."
NO_DISCORD = "Discord did not let the bot in ({}): wait a minute and try again."
SHARDS = "Discord does not take these shards, or wants more of them: raise --shard-count, or leave it and --shards out."
OLD_VERSION = "Discord does not know what this version of Footnote asks for ({}): update Footnote."
INTENTS = (
    "Discord refuses an intent that the bot asks for: switch it on in the Developer Portal (Bot, Privileged Gateway Intents)."
)


async def _set_up(bot: FootnoteBot) -> None:
    """Add the cogs, and listen to the buttons, lists and forms of all messages ever sent."""
    await bot.tree.set_translator(CommandTranslator())
    for cog in (
        Asking(bot),
        Browsing(),
        Checking(),
        Suggesting(),
        Decisions(),
        Gaps(),
        Keeping(),
        Privacy(),
        Forgetting(bot),
        CatchingUp(bot),
        Reopening(bot),
        Readmission(bot),
        Leaving(bot),
        Reading(),
        FactCommands(),
        SourceCommands(),
        ActorCommands(),
        StoryCommands(),
        FeedCommands(),
        Following(bot),
        Setup(),
        Welcoming(bot),
        News(),
        FollowCommands(),
        FollowList(),
        Telling(bot),
        SettingCommands(),
        Publishing(bot),
        Auditing(),
        Status(),
        CommandSync(bot),
        *([Listening(bot)] if bot.service.settings.listening else []),
    ):
        await bot.add_cog(cog)
    for menu in (answer_this, check_quotes, add_as_fact, read_this):  # discord.py takes no context menus in a cog
        bot.tree.add_command(menu)
    bot.add_listener(on_interaction)
    bot.supervisor.start(COUNTING, bot.question_counts.store, every=timedelta(minutes=1))


def make_bot(service: Service, shards: Shards | None = None, *, shard_count: int | None = None) -> FootnoteBot:
    """Make a bot that has some of the shards, or all: ``shard_count`` of them, else as many as Discord recommends."""
    if shards is None:
        return FootnoteBot(service, _set_up, tree_cls=FootnoteTree, shard_count=shard_count)
    return FootnoteBot(service, _set_up, tree_cls=FootnoteTree, shard_ids=list(shards.ids), shard_count=shards.count)


async def run_bot(settings: Settings, token: str | None, shards: Shards | None = None) -> None:
    """Run the bot until it is stopped, with some of the shards or all. Raises SetupError if it cannot start."""
    if not token or not token.strip():
        raise SetupError(NO_TOKEN)
    service = Service(settings, ServedBases(settings, shards))
    bot = make_bot(service, shards)
    freeze_gc()
    async with service, serve_metrics(settings.metrics, bot), bot:
        await start_bot(bot, token.strip())


def freeze_gc() -> None:
    """Exempt what is loaded by now from garbage collection: a full pass over it would hold up the event loop."""
    gc.collect()
    gc.freeze()


_CLOSED = {
    4004: WRONG_TOKEN,
    4010: SHARDS,
    4011: SHARDS,
    4012: OLD_VERSION,  # of Discord's interface
    4013: OLD_VERSION,  # an intent that does not exist
    4014: INTENTS,
}
"""What to do when Discord closes the connection for good, by the code that it gives; waiting does not help."""


async def start_bot(bot: FootnoteBot, token: str) -> None:
    """Load what answers need, log in and stay connected. Raises SetupError, with one sentence, whatever fails."""
    await bot.service.warm_up()  # before Discord sends anything: a first command has three seconds
    try:
        await bot.start(token)
    except discord.LoginFailure:
        raise SetupError(WRONG_TOKEN) from None
    except discord.PrivilegedIntentsRequired:
        raise SetupError(INTENTS) from None
    except discord.ConnectionClosed as error:
        raise SetupError(_CLOSED.get(error.code, NO_DISCORD).format(error)) from None
    except (discord.HTTPException, discord.GatewayNotFound) as error:
        raise SetupError(NO_DISCORD.format(error)) from None
    except (aiohttp.ClientError, OSError):
        raise SetupError(NO_NETWORK) from None
