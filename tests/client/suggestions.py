"""What members suggest, and what moderators see of it, for the tests."""

from __future__ import annotations

import discord
from simcord import ChannelHandle, InteractionResult, MemberActor

from bot.client.contributions import suggesting
from bot.facts.state.proposals import Proposal
from tests.client.forms import LINK, in_session, send
from tests.client.world import World, answer, change_settings, text

SUGGESTED = "A panel of engineers in Oslo measured the frost on forty weather masts."


async def open_suggestion(world: World, kind: str = "event", **chosen: str) -> InteractionResult:
    return await world.alice.slash(world.channel, "suggest", kind=kind, **chosen)


async def filled(world: World, kind: str = "event", **typed: str) -> InteractionResult:
    """Let alice fill in the form; return the look at it."""
    chosen = {"speaker": "warner"} if kind == "quote" else {}
    shown = await open_suggestion(world, kind, **chosen)
    return await send(world.alice, shown, **{"text": SUGGESTED, "date": "4 march 2018", "cite": f"{LINK} #4", **typed})


async def suggested(world: World, kind: str = "event", **typed: str) -> Proposal:
    """Let alice suggest a fact; return it as it is kept."""
    await world.alice.click(answer(await filled(world, kind, **typed)), label=suggesting.SEND)
    return (await proposals(world))[-1]


async def proposals(world: World) -> tuple[Proposal, ...]:
    waiting: tuple[Proposal, ...] = await in_session(world, lambda session: session.base.proposals.open())
    return waiting


async def review_channel(world: World) -> ChannelHandle:
    channel = world.guild.create_text_channel("review")
    await change_settings(world, review_channel=channel.id)
    return channel


async def posted(world: World, **typed: str) -> discord.Message:
    """Let alice suggest something and return its message in the review channel."""
    channel = await review_channel(world)
    await suggested(world, **typed)
    assert channel.last_message is not None
    return channel.last_message


def reread_in_review(world: World, message: discord.Message) -> discord.Message:
    channel = world.guild.channels["review"]
    return next(post for post in channel.history() if post.id == message.id)


def sent_to(who: MemberActor) -> str:
    """Return the last direct message to somebody; "" for none."""
    message = who.user.dm_channel.last_message
    return text(message) if message is not None else ""
