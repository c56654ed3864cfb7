"""Nobody floods those who keep the facts with questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.client import words as feedback_words
from bot.client.limits import A_CHANNEL, A_MEMBER, GapLimits
from bot.settings import Settings
from tests.client.forms import run_to_end
from tests.client.world import World, answer, text


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path, member_questions=100)


def test_a_member_is_counted_for_an_hour_and_a_reply_once() -> None:
    now = [0.0]
    limits = GapLimits(lambda: now[0])
    assert all(limits.allow(1, 7, 2, f"reply {number}") for number in range(A_MEMBER))
    assert not limits.allow(1, 7, 3, "another")
    assert limits.allow(1, 7, 2, "reply 0")
    assert limits.allow(1, 8, 2, "of another member")
    assert limits.allow(2, 7, 9, "in another server")
    now[0] = 3601.0
    assert limits.allow(1, 7, 3, "another")


def test_a_channel_is_counted_whoever_asks() -> None:
    limits = GapLimits(lambda: 0.0)
    assert all(limits.allow(1, number, 2, f"reply {number}") for number in range(A_CHANNEL))
    assert not limits.allow(1, 5000, 2, "one more")
    assert limits.allow(1, 5000, 3, "elsewhere")


async def test_one_member_fills_no_list_and_others_are_still_noted(world: World) -> None:
    for number in range(A_MEMBER + 5):
        await world.ask(f"Which cheese does moon{number} planet{number} thing{number} run on?")
    noted = await run_to_end(world, lambda session: session.base.gaps.open())
    assert sum(each.asked for each in noted) == A_MEMBER
    said = await world.alice.click(world.last, label=feedback_words.TELL_ME)
    assert text(answer(said)) == feedback_words.ENOUGH
    await world.bob.send(world.channel, f"{world.mention} Who painted the lighthouse green?")
    assert sum(each.asked for each in await run_to_end(world, lambda session: session.base.gaps.open())) == A_MEMBER + 1
