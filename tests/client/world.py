"""A simulated Discord with the real bot in it, and what a person sees there."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import discord
from simcord import ChannelHandle, Env, GuildHandle, InteractionResult, MemberActor, ResponseMessage, UserHandle
from simcord.backend.serializers import guild_create_payload
from simcord.components import walk_components
from simcord.results import to_discord_message

from bot.client import words as feedback_words
from bot.client.bot import FootnoteBot
from bot.client.logbook.aftermath import CatchingUp
from bot.client.settings.deleting import Leaving
from bot.client.start import make_bot
from bot.facts.dates import parse_date
from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.service.service import Service
from bot.service.session import Session
from tests.support.patience import PATIENCE

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
        message = last_message(self.channel)
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


def last_message(channel: ChannelHandle) -> discord.Message | None:
    """Return what stands last in a channel. What simcord has for that makes every message of the channel anew."""
    env = channel._env
    everybodys = [message for message in env.backend.messages.get(channel.id, {}).values() if message.visible_to(None)]
    return to_discord_message(env, max(everybodys, key=lambda message: message.id)) if everybodys else None


async def closed(world: World) -> None:
    """Let the server's base be closed, as it is when nobody has asked for a while."""
    async with asyncio.timeout(PATIENCE):
        while world.service.opened() or world.service._sessions._closing:
            # In whatever time the last request came: a simulated clock may be ahead. Again, for what is in use stays open.
            world.service._sessions.close_idle(-math.inf)
            await asyncio.sleep(0.005)


def parts(message: Message) -> Iterator[dict[str, Any]]:
    """Yield every component of a message, as Discord has it."""
    components = message.components
    yield from walk_components([component if isinstance(component, dict) else component.to_dict() for component in components])


def text(message: Message) -> str:
    """Return all text of a message."""
    return "\n".join(part["content"] for part in parts(message) if part["type"] == 10)


def buttons(message: Message) -> list[str]:
    """Return the labels of the buttons that can be pressed."""
    return [part["label"] for part in parts(message) if part["type"] == 2 and not part.get("disabled")]


def options(message: Message) -> list[dict[str, Any]]:
    """Return the choices of a message's list."""
    return [option for part in parts(message) if part["type"] == 3 for option in part["options"]]


async def pick(who: MemberActor, message: Message, value: str) -> InteractionResult:
    """Pick a choice from whichever of a message's lists has it."""
    (of_list,) = (
        part for part in parts(message) if part["type"] == 3 and value in {option["value"] for option in part["options"]}
    )
    return await who.select(message, [value], custom_id=of_list["custom_id"])


def offered(message: Message) -> list[str]:
    """Return all that can be done with a message: the labels of its buttons, and of the options in its lists."""
    return [*buttons(message), *(option["label"] for option in options(message))]


async def press(who: MemberActor | UserHandle, message: Message, label: str) -> InteractionResult:
    """Press the button of a label, or choose the option of that label from the menu beside the buttons."""
    if label in buttons(message):
        return await who.click(message, label=label)
    menu = next(part for part in parts(message) if part["type"] == 3 and label in [option["label"] for option in part["options"]])
    value = next(option["value"] for option in menu["options"] if option["label"] == label)
    return await who.select(message, values=[value], custom_id=menu["custom_id"])


def answer(result: InteractionResult) -> ResponseMessage:
    """Return the message that answers an interaction."""
    response = result.response or result.followups[-1]
    assert result.acknowledged
    return response


def bot_of(world: World) -> FootnoteBot:
    assert isinstance(world.env.bot, FootnoteBot)
    return world.env.bot


async def finish_background(bot: FootnoteBot) -> None:
    """Wait for what the bot does in the background, however long it takes."""
    while bot.background.under_way():
        await asyncio.sleep(0.005)


async def minute(world: World) -> None:
    """Let a minute pass."""
    cog: Any = bot_of(world).get_cog(CatchingUp.__name__)
    await cog.minutely()
    await finish_background(bot_of(world))


async def change_settings(world: World, **values: Any) -> None:
    await world.service.write(world.guild.id, lambda session: session.base.settings.change(sign("test", None), **values))


def reread(world: World, message: discord.Message) -> discord.Message:
    return to_discord_message(world.env, world.env.backend.get_message(world.channel.id, message.id))


async def log_channel(world: World) -> ChannelHandle:
    channel = world.guild.create_text_channel("log")
    await change_settings(world, log_channel=channel.id)
    await world.service.write(
        world.guild.id, lambda session: session.base.logbook.mark_announced(session.base.logbook.entries(limit=1)[0].number)
    )
    return channel


def manager(world: World) -> MemberActor:
    role = world.guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True, manage_messages=True))
    return world.guild.add_member(world.env.create_user("manager"), roles=[role])


def offer_to_all(world: World) -> None:
    """Let the server's integration settings offer every command to everybody, also those that Discord keeps for moderators."""
    for command in world.env.backend.commands[None].values():
        world.guild.set_command_permissions(int(command["id"]), {world.guild.default_role: True})


def demote(world: World) -> None:
    """Take all roles from the moderator."""
    for role in list(world.env.backend.get_member(world.guild.id, world.moderator.id).role_ids):
        world.env.backend.remove_member_role(world.guild.id, world.moderator.id, role)


UNANSWERED = "Which cheese does the moon run on?"


async def ask_and_wait(world: World, who: MemberActor) -> None:
    """Let somebody ask in vain and wait for the answer."""
    await who.send(world.channel, f"{world.mention} {UNANSWERED}")
    await who.click(world.last, label=feedback_words.TELL_ME)


def last_direct_message(who: MemberActor) -> str:
    message = last_message(who.user.dm_channel)
    return text(message) if message is not None else ""


async def choose_language(world: World, language: str) -> None:
    def change(session: Session) -> None:
        session.base.settings.change(sign("test", None), language=language)

    await world.service.write(world.guild.id, change)


async def run_deletions(world: World) -> None:
    cog: Any = world.env.bot.get_cog(Leaving.__name__)  # type: ignore[attr-defined]
    await cog.minutely()


async def listen_in(world: World, *channels: int) -> World:
    signature = sign("test", None)
    await world.service.write(world.guild.id, lambda session: session.base.settings.change(signature, listening=channels))
    world.env.bot.dispatch("settings_changed", world.guild.id)
    await world.env.settle(timeout=2)
    return world


async def remove_bot(world: World) -> None:
    """Let the bot be removed from the server; what Discord has of it stays as it is."""
    backend, guild = world.env.backend, world.guild.id
    kept = backend.guilds[guild], dict(backend.channels), dict(backend.messages)
    backend.remove_guild(guild)
    await world.env.settle()
    backend.guilds[guild], channels, messages = kept
    backend.channels.update(channels)
    backend.messages.update(messages)


async def upload(world: World, content: str | bytes, name: str = "story.yaml") -> InteractionResult:
    data = content.encode() if isinstance(content, str) else content
    return await world.moderator.slash(world.channel, "story import", file=(name, data))


async def status_text(world: World) -> str:
    return text(answer(await world.moderator.slash(world.channel, "status"))).replace("\\", "")


async def go_on_for_a_year(world: World) -> None:
    """Let the story go on: the last of its days is in December 2018 then."""

    def work(session: Session) -> None:
        record = session.base.by_date("event")[0]
        event = replace(record.fact, id="next", text="Nothing was taken back.", date=parse_date("2018-12-01"), asked_as=())
        session.base.revisions.apply(Edit(record.story.id, facts=(event,)), sign("test", None), action="edit")

    await world.service.write(world.guild.id, work)


async def invited(world: World, **said: str) -> None:
    """Let the bot be added to the server again, of which something else may be ``said`` than simcord says."""
    backend = world.env.backend
    payload: Any = {**guild_create_payload(backend, backend.guilds[world.guild.id]), **said}
    payload.pop("unavailable", None)  # Discord sends it only for a server that was out of reach
    backend.emit("GUILD_CREATE", payload)
    await world.env.settle()
