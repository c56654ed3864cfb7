"""The two servers on the simulated Discord, with their members, and a home with the bases of both."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import discord
from simcord import ChannelHandle, MemberActor

from bot.facts.base import FactBase
from bot.facts.logbook import sign
from bot.settings import Settings
from data.benchmarks.bot_process import BotProcess, running_bot
from data.benchmarks.hostile_bases import STORIES, honest_base
from data.benchmarks.hostile_calls import Place
from tests.support.loopback import until
from tests.support.served_discord import ServedDiscord, served_discord

_HONEST_MEMBERS = 6
_STARTING_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Servers:
    """Both servers: where the hostile members and their moderator are, and where the honest members ask."""

    discord: ServedDiscord
    bot: BotProcess
    place: Place
    members: tuple[MemberActor, ...]
    moderator: MemberActor
    honest_channel: ChannelHandle
    honest: tuple[MemberActor, ...]


@asynccontextmanager
async def two_servers(home: Path, hostile: Path, members: int, settings: Settings) -> AsyncIterator[Servers]:
    """Run the bot in both servers: the hostile one with a copy of a base, the honest one with a base that is made here."""
    home.mkdir(parents=True)
    limits = ("member_questions", "server_questions", "member_files", "server_files")
    lines = ["listening = true", *(f"{name} = {getattr(settings, name)}" for name in limits)]
    (home / "footnote.toml").write_text("\n".join(lines), encoding="utf-8")
    async with served_discord() as served:
        place, crowd, moderator = _hostile_server(served, members)
        guild = served.create_guild("The honest newsroom")
        here = Settings(home)
        honest_base(here.base_path(guild.id))
        path = here.base_path(moderator.guild.id)
        shutil.copy(hostile, path)
        with FactBase.open(path) as base:
            channels = {str(channel.id): story for story, channel in place.channels.items() if story}
            base.settings.change(sign("benchmark", None), listening=(place.listening.id,), channels=channels)
        honest = tuple(guild.add_member(served.create_user(f"reader{number}")) for number in range(_HONEST_MEMBERS))
        asking = guild.create_text_channel("ask-the-story")
        async with running_bot(home, served.port) as bot:
            await until(lambda: served.backend.commands.get(None), seconds=_STARTING_SECONDS)
            yield Servers(served, bot, place, crowd, moderator, asking, honest)


def _hostile_server(served: ServedDiscord, members: int) -> tuple[Place, tuple[MemberActor, ...], MemberActor]:
    guild = served.create_guild("The hostile newsroom")
    channels = {name: guild.create_text_channel(name or "all-stories") for name in (None, *STORIES)}
    place = Place(channels, guild.create_text_channel("listening"), served)
    permissions = discord.Permissions(manage_messages=True, manage_guild=True)
    moderators = guild.create_role("Moderators", permissions=permissions)
    crowd = tuple(guild.add_member(served.create_user(f"hostile{number}")) for number in range(members))
    return place, crowd, guild.add_member(served.create_user("moderator"), roles=[moderators])
