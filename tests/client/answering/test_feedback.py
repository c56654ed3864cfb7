"""What readers say of an answer, and what is kept of it."""

from __future__ import annotations

import pytest
from simcord import InteractionResult

from bot.client import words
from bot.facts.logbook import note
from bot.facts.state.gaps import Gap
from tests.client.world import TWITTER_BAN, World, answer, buttons, text

UNKNOWN = "What is known about cheese on the moon?"


async def gaps(world: World, server: int | None = 0) -> tuple[Gap, ...]:
    where = world.guild.id if server == 0 else server
    return await world.service.run_to_end(where, lambda session: session.base.gaps.open())


def told(result: InteractionResult) -> str:
    assert result.ephemeral
    return text(answer(result))


async def test_an_answer_asks_calmly_whether_it_helped_and_a_yes_is_thanked_for(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    assert text(reply).endswith(f"-# {words.DID_IT_ANSWER}")
    assert [each for each in buttons(reply) if each in (words.YES, words.NO)] == [words.YES, words.NO]
    assert told(await world.bob.click(reply, label=words.YES)) == words.THANKS
    assert await gaps(world) == ()


async def test_a_no_counts_once_for_a_reply_whoever_presses_and_keeps_no_name(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    for reader in (world.alice, world.bob, world.bob):
        assert told(await reader.click(reply, label=words.NO)) == words.NOTED_AND_FOLLOW
    (gap,) = await gaps(world)
    assert (gap.question, gap.asked, gap.unhelpful, gap.unanswered) == (TWITTER_BAN, 1, 1, 0)
    assert gap.followers == 0


async def test_a_question_without_an_answer_counts_by_itself_and_offers_to_tell(world: World) -> None:
    reply = await world.ask(UNKNOWN)
    assert words.TELL_ME in buttons(reply)
    assert words.DID_IT_ANSWER not in text(reply)
    (gap,) = await gaps(world)
    assert (gap.question, gap.asked, gap.unanswered) == (UNKNOWN, 1, 1)
    for _ in range(2):
        assert told(await world.alice.click(reply, label=words.TELL_ME)) == words.FOLLOWED
    (gap,) = await gaps(world)
    assert (gap.asked, gap.followers) == (1, 1)


async def test_the_offer_behind_a_no_is_taken_up(world: World) -> None:
    result = await world.alice.click(await world.ask(TWITTER_BAN), label=words.NO)
    assert told(await world.alice.click(answer(result), label=words.TELL_ME)) == words.FOLLOWED
    (gap,) = await gaps(world)
    assert (gap.unhelpful, gap.followers) == (1, 1)


async def test_the_buttons_work_after_a_restart(world: World) -> None:
    reply = await world.ask(UNKNOWN)
    await world.restart()
    assert told(await world.bob.click(reply, label=words.TELL_ME)) == words.FOLLOWED


@pytest.mark.parametrize("command", ["ask", "Answer this"])
async def test_questions_by_command_count_too(world: World, command: str) -> None:
    if command == "ask":
        result = await world.alice.slash(world.channel, "ask", question=UNKNOWN)
    else:
        result = await world.alice.context_menu(world.channel, command, await world.bob.send(world.channel, UNKNOWN))
    assert words.TELL_ME in buttons(answer(result))
    assert [gap.question for gap in await gaps(world)] == [UNKNOWN]


async def test_what_is_no_question_to_the_bot_does_not_count(world: World) -> None:
    await world.alice.send(world.channel, UNKNOWN)
    await world.ask("")
    listed = answer(await world.alice.slash(world.channel, "timeline"))
    assert words.YES not in buttons(listed)
    assert await gaps(world) == ()


async def test_a_direct_message_counts_for_the_library_and_promises_nothing(world: World) -> None:
    await world.alice.user.send_dm(UNKNOWN)
    reply = world.alice.user.dm_channel.last_message
    assert reply is not None
    assert words.TELL_ME not in buttons(reply)
    await world.alice.user.send_dm(TWITTER_BAN)
    reply = world.alice.user.dm_channel.last_message
    assert reply is not None
    result = await world.alice.user.click(reply, label=words.NO)
    assert text(answer(result)) == words.NOTED
    assert {gap.question for gap in await gaps(world, None)} == {UNKNOWN, TWITTER_BAN}
    assert await gaps(world) == ()


async def test_a_question_that_is_closed_cannot_be_waited_for(world: World) -> None:
    reply = await world.ask(UNKNOWN)
    (gap,) = await gaps(world)
    await world.service.run_to_end(world.guild.id, lambda session: session.gaps.dismiss(gap.number, note("test", None)))
    assert "dismissed already" in told(await world.alice.click(reply, label=words.TELL_ME))


async def test_a_reply_that_is_no_longer_kept_says_so(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    await world.service.run_to_end(world.guild.id, _forget_replies)
    assert "too old" in told(await world.alice.click(reply, label=words.NO))


def _forget_replies(session: object) -> None:
    base = session.base  # type: ignore[attr-defined]
    with base.transaction():
        base._connections._writer.execute("DELETE FROM reply")
