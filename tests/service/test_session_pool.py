"""Which fact bases are open: as few as there may be, none under work, each once, whatever is asked at the same time."""

from __future__ import annotations

import asyncio
import math
import random
import shutil
import threading
from collections.abc import AsyncIterator, Callable
from contextvars import Context
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot.cache_budget import BUDGET
from bot.errors import BusyError, FactBaseError, NoFactBaseError
from bot.facts.base import FactBase
from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.service.service import Service
from bot.service.session import Session
from bot.service.session_pool import CACHE_SECONDS, IDLE_SECONDS
from bot.settings import Settings
from bot.storage.bases import open_base
from bot.storage.served_bases import ServedBases
from tests.support.paths import HARBOUR
from tests.support.patience import PATIENCE

QUESTION = "When was the bridge closed?"


@pytest.fixture(autouse=True)
def nothing_encoded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Encode nothing in the background, which opens bases anew that were closed, whenever it comes to them."""
    monkeypatch.setattr("bot.service.encoding.Encoding.start", lambda *_: None)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path, stories=(str(HARBOUR),), open_bases=2, answer_deadline=60.0)  # however slow the machine


@pytest.fixture
async def service(settings: Settings) -> AsyncIterator[Service]:
    async with Service(settings) as service:
        yield service


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[int | None]:
    """The servers whose base was opened, in their order."""
    servers: list[int | None] = []

    def noted(settings: Settings, server: int | None, *, make: bool) -> FactBase:
        servers.append(server)
        return open_base(settings, server, make=make)

    monkeypatch.setattr("bot.service.service.open_base", noted)
    return servers


async def until(condition: Callable[[], bool]) -> None:
    """Wait for something that comes by itself."""
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.005)


def held(service: Service, gate: threading.Event, server: int) -> asyncio.Task[int]:
    """Begin work in a session that goes on until the gate is opened, and then needs the base."""

    def work(session: Session) -> int:
        gate.wait(PATIENCE)
        return session.base.count()

    return asyncio.create_task(service.write(server, work))


async def test_those_that_were_asked_least_lately_are_closed(service: Service, opened: list[int | None]) -> None:
    for server in (1, 2, 1, 3):
        await service.ask(server, QUESTION)
    assert set(service.opened()) == {1, 3}
    assert (await service.ask(2, QUESTION)).short == "3 March 2021"
    assert set(service.opened()) == {3, 2}
    assert opened == [1, 2, 3, 2]


async def test_a_closed_base_lets_go_of_its_file(service: Service) -> None:
    session = await service.read(1, lambda session: session)
    for server in (2, 3):
        await service.read(server, Session.stories)
    await until(lambda: not service.settings.base_path(1).with_name("1.db-wal").exists())
    with pytest.raises(FactBaseError, match="has been closed"):
        session.base.count()


async def test_a_base_at_work_stays_open_until_the_work_is_done(service: Service) -> None:
    gate = threading.Event()
    working = [held(service, gate, 1), held(service, gate, 2)]
    await until(lambda: len(service._working.turns._held) == 2)
    await service.read(3, Session.stories)
    await service.read(4, Session.stories)
    assert {1, 2} <= set(service.opened())
    gate.set()
    assert all(await asyncio.gather(*working))
    await until(lambda: len(service.opened()) <= 2)


async def test_work_that_was_given_up_holds_its_base_until_it_ends(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, counted = threading.Event(), list[int]()

    def slow(self: Session) -> tuple[()]:
        gate.wait(PATIENCE)
        counted.append(self.base.count())
        return ()

    monkeypatch.setattr(Session, "stories", slow)
    async with Service(Settings(settings.home, settings.stories, open_bases=1, answer_deadline=0.1)) as service:
        with pytest.raises(BusyError, match="too long"):
            await service.read(1, Session.stories)
        await service.read(2, Session.sources)
        assert 1 in service.opened()
        gate.set()
    assert counted[0] > 0


async def test_a_base_that_is_being_closed_is_waited_for_and_opened_again(
    service: Service, opened: list[int | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, close, states = threading.Event(), Session.close, list[str]()

    def slow(self: Session) -> None:
        states.append("closing")
        gate.wait(PATIENCE)
        close(self)
        states.append("closed")

    await service.read(1, Session.stories)
    monkeypatch.setattr(Session, "close", slow)
    service._sessions.close_idle(0)
    await until(lambda: states == ["closing"])
    asking = asyncio.create_task(service.ask(1, QUESTION))
    await asyncio.sleep(0.05)
    assert not asking.done()
    assert opened == [1]
    gate.set()
    assert (await asking).short == "3 March 2021"
    assert states == ["closing", "closed"]
    assert opened == [1, 1]


async def test_only_idle_bases_are_closed_after_a_while(service: Service) -> None:
    gate = threading.Event()
    working = held(service, gate, 1)
    await service.read(2, Session.stories)
    await until(lambda: len(service.opened()) == 2 and 1 in service._working.turns._held)
    service._sessions.close_idle(60)
    assert set(service.opened()) == {1, 2}
    service._sessions.close_idle(0)
    assert service.opened() == (1,)
    gate.set()
    assert await working


async def test_to_look_in_opens_and_closes_without_closing_those_that_are_asked(service: Service) -> None:
    for server in (3, 4):
        open_base(service.settings, server).close()
    for server in (1, 2):
        await service.read(server, Session.stories)
    for server in (3, 4, 1):
        async with service.background_access(server):
            await service.read(server, lambda session: session.base.count())
            assert server in service.opened()
    await until(lambda: set(service.opened()) == {1, 2})
    await service.read(5, Session.stories)
    assert 1 not in service.opened(), "to be looked at is not to be asked"


@pytest.mark.parametrize("locked", [False, True])
async def test_to_look_in_makes_no_base(locked: bool, settings: Settings) -> None:
    """As where the server is deleted between the list of those that there are and the look at it."""
    async with Service(settings, ServedBases(settings) if locked else None) as service:
        for server in (7, None):
            with pytest.raises(NoFactBaseError):
                async with service.background_access(server):
                    pass
            assert not settings.base_path(server).exists()
        assert (await service.ask(7, QUESTION)).short == "3 March 2021"


async def test_who_asks_while_somebody_looks_in_in_vain_gets_a_base(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    looking, gate = threading.Event(), threading.Event()

    def slow(settings: Settings, server: int | None, *, make: bool) -> FactBase:
        if not make:
            looking.set()
            assert gate.wait(PATIENCE)
        return open_base(settings, server, make=make)

    monkeypatch.setattr("bot.service.service.open_base", slow)
    async with Service(settings) as service:

        async def look() -> None:
            async with service.background_access(7):
                pass

        in_vain = asyncio.create_task(look())
        await until(looking.is_set)
        asked = [asyncio.create_task(service.ask(7, QUESTION)) for _ in range(3)]
        await asyncio.sleep(0)
        gate.set()
        with pytest.raises(NoFactBaseError):
            await in_vain
        assert {(await task).short for task in asked} == {"3 March 2021"}


async def test_who_is_asked_while_it_is_looked_after_stays_open(service: Service) -> None:
    open_base(service.settings, 1).close()
    async with service.background_access(1):
        asked = asyncio.create_task(service.read(1, Session.stories), context=Context())
        await asked
    await asyncio.sleep(0.05)
    assert service.opened() == (1,)


async def test_work_without_a_session_is_done_while_it_is_closed_and_others_wait(service: Service) -> None:
    gate, order = threading.Event(), list[str]()
    working = held(service, gate, 1)
    await until(lambda: 1 in service._working.turns._held)
    path = service.settings.base_path(1)

    def work() -> None:
        order.append("wal" if path.with_name("1.db-wal").exists() else "closed")
        path.unlink()

    apart = asyncio.create_task(service._sessions.run_while_closed(1, work))
    await asyncio.sleep(0.05)
    asking = asyncio.create_task(service.ask(1, QUESTION))
    await asyncio.sleep(0.05)
    assert order == []
    gate.set()
    assert await working
    await apart
    assert order == ["closed"]
    assert (await asking).short == "3 March 2021"
    assert path.exists()


async def test_of_two_works_without_a_session_the_second_waits_for_the_first(service: Service) -> None:
    gate, order = threading.Event(), list[str]()

    def first() -> None:
        gate.wait(PATIENCE)
        order.append("first")

    works = [asyncio.create_task(service._sessions.run_while_closed(1, work)) for work in (first, lambda: order.append("second"))]
    await asyncio.sleep(0.05)
    assert order == []
    gate.set()
    await asyncio.gather(*works)
    assert order == ["first", "second"]
    assert (await service.ask(1, QUESTION)).short == "3 March 2021"


async def test_what_was_written_while_a_base_was_closed_is_noticed_by_its_file(service: Service) -> None:
    for server in (1, 2):
        await service.read(server, Session.stories)
    service._sessions.close_idle(0)
    await until(lambda: not service._sessions._closing)
    assert await service.changed({}) == ()
    signature = sign("command line", None)
    with FactBase.open(service.settings.base_path(2), create=False) as base:
        base.settings.change(signature, sureness="bold")
        assert await service.changed({}) == (2,), "the writing stands in the log beside the file still"
    assert await service.changed({}) == (2,)
    async with service.background_access(2):
        pass
    await until(lambda: not service._sessions._closing)
    assert await service.changed({}) == ()
    shutil.copy(service.settings.base_path(1), service.settings.base_path(7))
    assert await service.changed({}) == (7,)
    assert service.servers() == (1, 2, 7)


async def test_facts_that_were_changed_and_closed_between_two_looks_are_noticed_by_every_job(service: Service) -> None:
    def close() -> None:
        service._sessions.close_idle(0)

    def retract(session: Session) -> None:
        story = session.stories()[0].id
        fact = session.base.by_date("event")[0].fact.id
        session.base.revisions.apply(Edit(story, retract=(fact,)), sign("discord:1", None))

    jobs: tuple[dict[int, int], ...] = ({}, {})
    for server in (1, 2):
        await service.read(server, Session.stories)
    for seen in jobs:
        assert await service.changed(seen) == (1, 2)
    close()
    await until(lambda: not service._sessions._closing)
    assert [await service.changed(seen) for seen in jobs] == [(), ()], "nothing was changed"
    await service.read(1, Session.stories)
    await service.write(2, retract)
    close()
    await until(lambda: not service._sessions._closing)
    assert [await service.changed(seen) for seen in jobs] == [(2,), (2,)]
    assert [await service.changed(seen) for seen in jobs] == [(), ()]


async def test_a_base_that_cannot_be_opened_is_told_once_and_not_looked_at_again_until_it_changes(service: Service) -> None:
    path = service.settings.base_path(1)
    path.parent.mkdir()
    path.write_text("no base")
    assert await service.changed({}) == (1,)
    with pytest.raises(FactBaseError):
        async with service.background_access(1):
            pass
    assert await service.changed({}) == ()
    path.unlink()
    assert (await service.ask(1, QUESTION)).short == "3 March 2021"


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_many_servers_ask_at_once_each_is_answered_from_its_own_base(seed: int, settings: Settings) -> None:
    chance = random.Random(seed)
    asked: list[int] = [chance.randrange(1, 7) for _ in range(150)]

    async with Service(settings) as service:
        for server in range(1, 7):
            await service.write(server, partial(_allow_suggestions, server))

        async def one(server: int) -> int:
            await asyncio.sleep(chance.random() / 20)
            if chance.random() < 0.1:
                service._sessions.close_idle(0)
            if chance.random() < 0.2:
                async with service.background_access(server):
                    return await service.read(server, lambda session: session.base.settings.read().suggestions_a_day)
            return await service.read(server, lambda session: session.base.settings.read().suggestions_a_day)

        assert await asyncio.gather(*map(one, asked)) == asked
        await until(lambda: len(service.opened()) <= 2)
    assert not list(settings.base_path(1).parent.glob("*-wal"))


async def test_who_looks_in_comes_to_the_end_before_the_server_is_deleted(service: Service) -> None:
    """Each had waited for the other, for ever."""
    open_base(service.settings, 1).close()
    async with service.background_access(1):
        deleting = asyncio.create_task(service.delete(1))
        await asyncio.sleep(0)
        async with asyncio.timeout(PATIENCE):
            assert await service.read(1, lambda session: session.base.count()) == 8
        assert not deleting.done()
    async with asyncio.timeout(PATIENCE):
        await deleting
    assert service.servers() == ()


def _allow_suggestions(number: int, session: Session) -> None:
    session.base.settings.change(sign("test", None), suggestions_a_day=number)


async def test_open_bases_together_hold_no_more_than_the_budget_and_the_last_asked_hold_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Service(replace(settings, open_bases=20, cache_megabytes=8)) as service:
        assert BUDGET.most == 8_000_000
        for server in range(1, 9):
            await service.write(server, lambda session, server=server: rename_facts(session, server))  # type: ignore[misc]
        await until(lambda: not service._encoding._tasks)  # it holds what it reads, too
        await nothing_else_is_kept()
        await service.ask(1, QUESTION)
        monkeypatch.setattr(BUDGET, "most", int(2.5 * BUDGET.size))
        for server in (*range(1, 9), 1):
            assert (await service.ask(server, QUESTION)).short == "3 March 2021"
            assert BUDGET.size <= BUDGET.most
        assert len(service.opened()) == 8
        holding = await asyncio.gather(*(service.read(server, holds_index) for server in range(1, 9)))
        assert holding == [True, *[False] * 6, True]


async def nothing_else_is_kept() -> None:
    """Wait until nothing comes to be kept any more: what a test before left to a thread goes on, and the budget is one of all.

    What was kept in the simulated time of another test may have been used a year from now.
    """
    quiet = 0
    try:
        async with asyncio.timeout(PATIENCE):
            while quiet < 5:
                BUDGET.release_idle(-math.inf)
                await asyncio.sleep(0.1)
                quiet = 0 if BUDGET.size else quiet + 1
    except TimeoutError:
        kept = sorted({type(entry.value).__name__ for entry in BUDGET._kept.values()})
        pytest.fail(f"{kept} are kept by one of {[thread.name for thread in threading.enumerate()]}")


async def test_what_was_not_used_for_long_is_let_go_before_its_base_is_closed(service: Service) -> None:
    await service.ask(1, QUESTION)
    assert await service.read(1, holds_index)
    assert CACHE_SECONDS < IDLE_SECONDS
    BUDGET.release_idle(0)
    assert not await service.read(1, holds_index)
    assert service.opened() == (1,)
    assert (await service.ask(1, QUESTION)).short == "3 March 2021"


async def test_memory_is_given_back_after_so_many_requests(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[None] = []
    monkeypatch.setattr("bot.service.session_pool.give_back_memory", lambda: given.append(None))
    monkeypatch.setattr("bot.service.session_pool._LEASES_BETWEEN", 10)
    for _ in range(25):
        await service.read(1, Session.stories)
    await until(lambda: len(given) == 2)


def rename_facts(session: Session, server: int) -> None:
    """Give a server facts that no other has."""
    record = session.base.revisions.show(1)
    edit = Edit(record.story.id, facts=(replace(record.fact, text=f"{record.fact.text} ({server})"),))
    session.base.revisions.apply(edit, sign("test", None), action="edit")


def holds_index(session: Session) -> bool:
    """Return whether the index of a session is in memory."""
    return bool(session._answerer._indexes._indexes)
