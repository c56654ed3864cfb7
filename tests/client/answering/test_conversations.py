"""Questions that follow others: in a reply chain and in direct messages."""

from __future__ import annotations

import pytest

from bot.client.answering import cog
from bot.service.session import Reply, Session
from tests.client.world import World, text


async def test_a_reply_is_read_with_the_question_before(world: World) -> None:
    first = await world.ask("how much did Twitter make off RT's ads?")
    await world.bob.send(world.channel, "and what will be done with it?", reply_to=first)
    assert "outside research" in text(world.last)


async def test_a_reply_to_a_reply_is_read_with_both_questions(world: World) -> None:
    first = await world.ask("how much did Twitter make off RT's ads?")
    await world.bob.send(world.channel, "what will they do with it?", reply_to=first)
    await world.bob.send(world.channel, "and who said so?", reply_to=world.last)
    kept = await world.service.run_to_end(world.guild.id, replies_of)
    assert kept["and who said so?"].after == ("how much did Twitter make off RT's ads?", "what will they do with it?")


def replies_of(session: Session) -> dict[str | None, Reply]:
    with session.base._connections.reading() as connection:
        keys = [row[0] for row in connection.execute("SELECT key FROM reply")]
    return {reply.title: reply for reply in map(session.reply, keys)}


async def test_a_direct_message_is_read_with_what_was_asked_just_before(world: World) -> None:
    await world.alice.user.send_dm("how much did Twitter make off RT's ads?")
    await world.alice.user.send_dm("and what will be done with it?")
    last = world.alice.user.dm_channel.last_message
    assert last is not None
    assert "outside research" in text(last)


async def test_a_direct_message_after_a_while_stands_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cog, "MINUTES", 0)
    await world.alice.user.send_dm("how much did Twitter make off RT's ads?")
    await world.alice.user.send_dm("and what will be done with it?")
    kept = await world.service.run_to_end(None, replies_of)
    assert kept["and what will be done with it?"].after == ()


async def test_greetings_and_thanks_are_answered_in_kind_and_are_no_gap(world: World) -> None:
    assert text(await world.ask("hello!")).startswith("Hello.")
    assert text(await world.ask("thank you so much")) == "You are welcome."
    assert await world.service.run_to_end(world.guild.id, lambda session: session.base.gaps.count_open()) == 0
