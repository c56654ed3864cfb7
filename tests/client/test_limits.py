"""How much one may ask in a time: refused kindly, once where it would be a flood, and never at the cost of others.

Nor does anybody flood those who keep the facts with gaps.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.cancellation import Cancellation
from bot.client import limits, words
from bot.client.limits import A_CHANNEL, A_MEMBER, COMPLETIONS, REFUSALS, GapLimits, Limits, RequestKind, TooManyError
from bot.service.lanes import Lane, _payer, charge_to
from bot.settings import Settings
from tests.client.forms import in_session
from tests.client.world import TWITTER_BAN, World, answer, text, upload
from tests.support.patience import PATIENCE


def few(home: Path) -> Settings:
    return Settings(home, member_questions=2, server_questions=5, member_files=1, server_files=2)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return few(tmp_path)


def refused(limits: Limits, work: RequestKind, server: int | None, user: int) -> str:
    with pytest.raises(TooManyError) as caught:
        limits.take(work, server, user)
    return str(caught.value)


def test_a_member_and_a_server_are_counted_each_in_its_time(tmp_path: Path) -> None:
    now = [0.0]
    limits = Limits(few(tmp_path), lambda: now[0])
    for _ in range(2):
        limits.take(RequestKind.QUESTION, 1, 7)
    assert refused(limits, RequestKind.QUESTION, 1, 7) == f"{REFUSALS['member asked']} Try again in 60 seconds."
    limits.take(RequestKind.FILE, 1, 7)
    assert refused(limits, RequestKind.FILE, 1, 7) == f"{REFUSALS['member sent']} Try again in 60 minutes."
    limits.take(RequestKind.FILE, 1, 8)
    assert refused(limits, RequestKind.FILE, 1, 9) == f"{REFUSALS['server sent']} Try again in 60 minutes."
    for user in (8, 8, 9):
        limits.take(RequestKind.QUESTION, 1, user)
    assert refused(limits, RequestKind.QUESTION, 1, 9) == f"{REFUSALS['server asked']} Try again in 60 seconds."
    limits.take(RequestKind.QUESTION, 2, 10)
    limits.take(RequestKind.QUESTION, None, 11)
    now[0] = 59.5
    assert refused(limits, RequestKind.QUESTION, 1, 7) == f"{REFUSALS['member asked']} Try again in a second."
    now[0] = 61.0
    limits.take(RequestKind.QUESTION, 1, 7)


async def cost(limits: Limits, server: int | None, user: int, seconds: float, work: RequestKind = RequestKind.QUESTION) -> None:
    """Have one request of a member cost so many seconds of the processor."""
    async with asyncio.timeout(PATIENCE):
        await asyncio.create_task(_take_and_pay(limits, server, user, seconds, work))


async def _take_and_pay(limits: Limits, server: int | None, user: int, seconds: float, work: RequestKind) -> None:
    limits.take(work, server, user)
    paid = asyncio.Event()
    payer = _payer.get()
    assert payer is not None

    def pay(_: float) -> None:
        payer(seconds)
        paid.set()

    charge_to(pay)
    lane = Lane("test", 1, share=1)
    await lane.turns.take(server)
    lane.start(server, lambda: None, Cancellation())
    await paid.wait()
    lane.shutdown()


async def test_work_is_counted_by_what_it_costs_for_a_member_and_for_a_server(tmp_path: Path) -> None:
    now = [0.0]
    limits = Limits(Settings(tmp_path, member_seconds=6.0, server_seconds=12.0), lambda: now[0])
    await cost(limits, 1, 7, 5.75)
    await cost(limits, 1, 7, 1.25)  # is begun with something left, and takes more
    assert refused(limits, RequestKind.PRESS, 1, 7) == f"{REFUSALS['member worked']} Try again in 10 seconds."
    assert refused(limits, RequestKind.QUESTION, 2, 7).startswith(REFUSALS["member worked"])
    await cost(limits, 1, 8, 5.5)
    assert refused(limits, RequestKind.QUESTION, 1, 9) == f"{REFUSALS['server worked']} Try again in 3 seconds."
    await cost(limits, 2, 9, 1.0)  # what one server costs is nothing to another
    await cost(limits, None, 9, 1.0)
    now[0] = 10.5
    await cost(limits, 1, 7, 0.0)
    await cost(limits, 1, 9, 0.0)


async def test_what_nobody_asked_the_bot_costs_its_server_alone(tmp_path: Path) -> None:
    limits = Limits(Settings(tmp_path, member_seconds=1.0, server_seconds=5.0), lambda: 0.0)
    await cost(limits, 1, 7, 4.0, RequestKind.UNASKED)
    await cost(limits, 1, 7, 0.5)
    await cost(limits, 1, 8, 0.6, RequestKind.UNASKED)
    assert refused(limits, RequestKind.UNASKED, 1, 8).startswith(REFUSALS["server worked"])


async def test_dear_work_of_a_member_is_refused_after_a_while_and_that_of_others_is_not(world: World) -> None:
    limits = world.env.bot.limits  # type: ignore[attr-defined]
    await world.alice.slash(world.channel, "sources")
    limits._charge([("member", world.alice.id)], 1000.0)
    refusal = await world.alice.slash(world.channel, "sources")
    assert text(answer(refusal)).startswith(REFUSALS["member worked"])
    assert not text(answer(await world.bob.slash(world.channel, "sources"))).startswith(REFUSALS["member worked"])
    assert world.env.errors


def test_who_asks_in_several_servers_is_one_member(tmp_path: Path) -> None:
    limits = Limits(few(tmp_path), lambda: 0.0)
    limits.take(RequestKind.QUESTION, 1, 7)
    limits.take(RequestKind.QUESTION, 2, 7)
    assert refused(limits, RequestKind.QUESTION, 3, 7).startswith(REFUSALS["member asked"])
    assert refused(limits, RequestKind.QUESTION, None, 7).startswith(REFUSALS["member asked"])


def test_only_the_first_refusal_is_the_first(tmp_path: Path) -> None:
    now = [0.0]
    limits = Limits(few(tmp_path), lambda: now[0])
    firsts = []
    for moment in (0.0, 0.0, 0.0, 0.0, 61.0, 61.0, 61.0, 61.0):
        now[0] = moment
        try:
            limits.take(RequestKind.QUESTION, 1, 7)
        except TooManyError as error:
            firsts.append(error.first)
    assert firsts == [True, False, True, False]


async def test_a_flood_of_mentions_is_refused_once_and_others_are_answered(world: World) -> None:
    shown = [await world.ask(TWITTER_BAN) for _ in range(6)]
    said = [text(message) for message in shown if message.author.bot]
    assert [reply.startswith(REFUSALS["member asked"]) for reply in said] == [False, False, True]
    await world.bob.send(world.channel, f"{world.mention} {TWITTER_BAN}")
    assert text(world.last).startswith("### 26 October 2017")


async def test_each_command_too_many_is_refused_for_its_user_alone(world: World) -> None:
    for _ in range(2):
        await world.alice.slash(world.channel, "sources")
    for _ in range(2):
        refusal = await world.alice.slash(world.channel, "sources")
        assert text(answer(refusal)).startswith(REFUSALS["member asked"])
        assert refusal.ephemeral
    assert world.env.errors


async def test_presses_have_more_room_and_an_end(world: World) -> None:
    said = await world.ask(TWITTER_BAN)
    shown = [text(answer(await world.alice.click(said, label="Sources"))) for _ in range(7)]
    assert [reply.startswith(REFUSALS["member asked"]) for reply in shown] == [False] * 6 + [True]


async def test_files_are_counted_by_the_hour(world: World) -> None:
    await upload(world, "story: {id: one}")
    refusal = await upload(world, "story: {id: two}")
    assert text(answer(refusal)).startswith(REFUSALS["member sent"])
    assert world.env.errors


async def test_who_types_too_much_is_offered_nothing(world: World) -> None:
    settings = world.service.settings
    most = min(settings.member_questions * COMPLETIONS, settings.server_questions)
    offered = [await world.alice.autocomplete(world.channel, "who", "actor", "warner") for _ in range(most + 3)]
    assert [bool(choices) for choices in offered] == [True] * most + [False] * 3
    assert world.env.errors == []


async def test_menus_of_messages_are_counted_with_questions(world: World) -> None:
    message = await world.bob.send(world.channel, TWITTER_BAN)
    shown = [await world.alice.context_menu(world.channel, name, message) for name in ("Answer this", "Check quotes") * 2]
    assert [text(answer(result)).startswith(REFUSALS["member asked"]) for result in shown] == [False, False, True, True]
    assert world.env.errors


def test_of_many_members_those_are_forgotten_whose_gap_was_noted_longest_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_MAX_NOTED", 3)
    gaps = GapLimits(lambda: 0.0)
    for number in range(A_MEMBER):
        assert gaps.allow(1, 7, None, f"a{number}")
    assert not gaps.allow(1, 7, None, "more")
    for user in (8, 9, 10):
        assert gaps.allow(1, user, None, "b")
    assert gaps.allow(1, 7, None, "more"), "what was noted of the first of four is forgotten"


def test_of_a_member_gaps_are_noted_for_an_hour_and_a_reply_once() -> None:
    now = [0.0]
    limits = GapLimits(lambda: now[0])
    assert all(limits.allow(1, 7, 2, f"reply {number}") for number in range(A_MEMBER))
    assert not limits.allow(1, 7, 3, "another")
    assert limits.allow(1, 7, 2, "reply 0")
    assert limits.allow(1, 8, 2, "of another member")
    assert limits.allow(2, 7, 9, "in another server")
    now[0] = 3601.0
    assert limits.allow(1, 7, 3, "another")


def test_in_a_channel_gaps_are_noted_whoever_asks() -> None:
    limits = GapLimits(lambda: 0.0)
    assert all(limits.allow(1, number, 2, f"reply {number}") for number in range(A_CHANNEL))
    assert not limits.allow(1, 5000, 2, "one more")
    assert limits.allow(1, 5000, 3, "elsewhere")


class TestManyQuestions:
    """A server in which one may ask much."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return Settings(tmp_path, member_questions=100)

    async def test_one_member_fills_no_list_and_others_are_still_noted(self, world: World) -> None:
        for number in range(A_MEMBER + 5):
            await world.ask(f"Which cheese does moon{number} planet{number} thing{number} run on?")
        noted = await in_session(world, lambda session: session.base.gaps.open())
        assert sum(gap.asked for gap in noted) == A_MEMBER
        said = await world.alice.click(world.last, label=words.TELL_ME)
        assert text(answer(said)) == words.ENOUGH
        await world.bob.send(world.channel, f"{world.mention} Who painted the lighthouse green?")
        assert sum(gap.asked for gap in await in_session(world, lambda session: session.base.gaps.open())) == A_MEMBER + 1
