"""A simulated Discord with the real bot in it, and what a person sees there."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import discord
from simcord import ChannelHandle, Env, GuildHandle, InteractionResult, MemberActor, ResponseMessage
from simcord.components import walk_components

from bot.client.start import make_bot
from bot.service.service import Service

TWITTER_BAN = "When did Twitter ban RT and Sputnik from advertising?"
Message = discord.Message | ResponseMessage


@dataclass
class World:
    """One server with a channel, and three members: two readers and a moderator."""

    env: Env
    service: Service
    guild: GuildHandle
    channel: ChannelHandle
    alice: MemberActor
    bob: MemberActor
    moderator: MemberActor

    @property
    def mention(self) -> str:
        user = self.env.bot.user
        assert user is not None
        return user.mention

    @property
    def last(self) -> discord.Message:
        message = self.channel.last_message
        assert message is not None
        return message

    async def ask(self, question: str) -> discord.Message:
        """Let alice ask in the channel, and return what stands there last."""
        await self.alice.send(self.channel, f"{self.mention} {question}")
        return self.last

    async def restart(self) -> None:
        """Stop the bot and start a fresh one that remembers nothing."""
        await self.env.restart_bot(make_bot(self.service, shard_count=1))


def make_world(env: Env, service: Service, server: int | None = None) -> World:
    """Make the server, under an id of its own or a given one."""
    guild = env.create_guild("The newsroom", id=server)
    moderators = guild.create_role("Moderators", permissions=discord.Permissions(manage_messages=True))
    return World(
        env,
        service,
        guild,
        guild.create_text_channel("ask-the-story"),
        guild.add_member(env.create_user("alice")),
        guild.add_member(env.create_user("bob")),
        guild.add_member(env.create_user("moderator"), roles=[moderators]),
    )


async def closed(world: World) -> None:
    """Let the server's base be closed, as it is when nobody has asked for a while."""
    world.service._sessions.close_idle(0)
    async with asyncio.timeout(20):
        while world.service.opened() or world.service._sessions._away:
            await asyncio.sleep(0.005)


def parts(message: Message) -> Iterator[dict[str, Any]]:
    """Yield every component of a message, as Discord has it."""
    components = message.components
    yield from walk_components([each if isinstance(each, dict) else each.to_dict() for each in components])


def text(message: Message) -> str:
    """Return all text of a message."""
    return "\n".join(part["content"] for part in parts(message) if part["type"] == 10)


def buttons(message: Message) -> list[str]:
    """Return the labels of the buttons that can be pressed."""
    return [part["label"] for part in parts(message) if part["type"] == 2 and not part.get("disabled")]


def options(message: Message) -> list[dict[str, Any]]:
    """Return the choices of a message's list."""
    return [option for part in parts(message) if part["type"] == 3 for option in part["options"]]


def answer(result: InteractionResult) -> ResponseMessage:
    """Return the message that answers an interaction."""
    response = result.response or result.followups[-1]
    assert result.acknowledged
    return response
