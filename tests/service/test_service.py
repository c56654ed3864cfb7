from __future__ import annotations

import asyncio
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.answers.answerer import Answerer
from bot.answers.models import Answer
from bot.cancellation import check_cancelled
from bot.errors import BusyError, FactBaseError, StoryFileError
from bot.facts.base import FactBase
from bot.service.lanes import TOO_MUCH_AT_ONCE, Turns, charge_to
from bot.service.service import SHARE, WORKERS, Service, nobody_waits
from bot.service.session import Session
from bot.settings import Settings
from bot.storage.bases import open_base
from bot.stories.load import load_story
from tests.support.paths import HARBOUR
from tests.support.patience import PATIENCE

LONG = 60.0


def make(home: Path, *, answer_deadline: float = LONG) -> Settings:
    """Return settings under which nothing is given up, however slow the machine."""
    return Settings(home, stories=(str(HARBOUR),), answer_deadline=answer_deadline)


async def test_many_servers_ask_at_once_each_from_its_own_base(tmp_path: Path) -> None:
    async with Service(make(tmp_path)) as service:
        answers = await asyncio.gather(*(service.ask(server, "When was the bridge closed?") for server in [1, 2, 3, None] * 5))
    assert {answer.short for answer in answers} == {"3 March 2021"}
    assert sorted(path.name for path in (tmp_path / "servers").iterdir()) == ["1.db", "2.db", "3.db"]


async def test_the_event_loop_goes_on_while_a_base_is_at_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps_made = threading.Event()
    monkeypatch.setattr(Session, "stories", lambda self: steps_made.wait(LONG))
    async with Service(make(tmp_path, answer_deadline=2 * LONG)) as service:
        await service.read(1, Session.sources)
        asking = asyncio.create_task(service.read(1, Session.stories))
        for _ in range(50):
            await asyncio.sleep(0.001)
            assert not asking.done()
        steps_made.set()
        assert await asking


async def test_a_busy_thread_hands_the_interpreter_over_soon(tmp_path: Path) -> None:
    """The loop waits for that at each write, read and lock; as Python comes it is ten times as long."""
    async with Service(make(tmp_path)):
        assert sys.getswitchinterval() == pytest.approx(0.0005)


async def test_work_that_takes_too_long_is_given_up_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given_up = threading.Event()
    monkeypatch.setattr(Session, "stories", lambda self: given_up.wait(LONG))
    async with Service(make(tmp_path, answer_deadline=0.1)) as service:
        with pytest.raises(BusyError, match="ask again"):
            await service.read(1, Session.stories)
        given_up.set()


async def until_true(is_so: Callable[[], bool]) -> None:
    """Let the event loop and the threads go on until something is so."""
    async with asyncio.timeout(LONG):
        while not is_so():
            await asyncio.sleep(0.002)


@contextmanager
def blocked_asking(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Have each question wait in its thread until the block ends; yield what was begun."""
    begun, gate = list[str](), threading.Semaphore(0)

    def slow(self: Session, question: str, **options: Any) -> Answer:
        begun.append(question)
        gate.acquire(timeout=LONG)
        return Answer(question, "unknown")

    monkeypatch.setattr(Session, "ask", slow)
    try:
        yield begun
    finally:
        gate.release(1000)


async def test_a_flood_of_questions_leaves_threads_to_other_servers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with Service(make(tmp_path)) as service, asyncio.timeout(LONG):
        for server in (1, 2):
            await service.read(server, Session.stories)
        with blocked_asking(monkeypatch) as begun:
            asked = [asyncio.create_task(service.ask(1, "flood")) for _ in range(10 * WORKERS)]
            await until_true(lambda: len(begun) == SHARE)
            asked.append(asyncio.create_task(service.ask(2, "other")))
            await until_true(lambda: "other" in begun)  # though none of the flood has ended
            assert begun == ["flood"] * (SHARE) + ["other"]
            assert [story.id for story in await service.read(1, Session.stories)]
            assert await service.language(1) == "en"
        await asyncio.gather(*asked)


async def test_dear_work_keeps_no_question_waiting_nor_short_work_nor_another_server(tmp_path: Path) -> None:
    gate, begun = threading.Event(), list[int]()

    def dear(session: Session, server: int) -> int:
        begun.append(server)
        gate.wait(LONG)
        return server

    async with Service(make(tmp_path)) as service, asyncio.timeout(LONG):
        work = [asyncio.create_task(service.write(1, dear, 1)) for _ in range(20)]
        await until_true(lambda: begun == [1])
        for server in (1, 2):  # the readers of the server itself, too
            assert (await service.ask(server, "When was the bridge closed?")).short == "3 March 2021"
            assert await service.run_briefly(server, Session.stories)
        assert await service.read(2, Session.stories)
        work.append(asyncio.create_task(service.write(2, dear, 2)))
        await until_true(lambda: begun == [1, 2])
        assert (await service.ask(3, "When was the bridge closed?")).short == "3 March 2021"  # whose base is opened for it
        gate.set()
        assert await asyncio.gather(*work) == [1] * 20 + [2]


async def test_twenty_pieces_of_work_of_one_server_leave_another_server_the_next_turn(tmp_path: Path) -> None:
    gate, begun = threading.Semaphore(0), list[int]()

    def dear(session: Session, server: int) -> None:
        begun.append(server)
        gate.acquire(timeout=LONG)

    async with Service(make(tmp_path)) as service, asyncio.timeout(LONG):
        service._working.turns = Turns(2, share=1)
        for server in (1, 2, 3):
            await service.run_briefly(server, Session.stories)
        servers = [1] * 20 + [2] * 20 + [3]
        work = [asyncio.create_task(service.write(server, dear, server)) for server in servers]
        await until_true(lambda: len(begun) == 2 and set(service._working.turns._waiting) == {1, 2, 3})
        gate.release()
        await until_true(lambda: len(begun) == 3)
        gate.release(1000)
        await asyncio.gather(*work)
    assert (set(begun[:2]), begun[2]) == ({1, 2}, 3)


async def test_more_work_than_may_wait_in_a_server_is_refused_in_words(tmp_path: Path) -> None:
    gate = threading.Event()
    async with Service(make(tmp_path)) as service, asyncio.timeout(LONG):
        await service.run_briefly(1, Session.stories)
        work = [asyncio.create_task(service.write(1, lambda _: gate.wait(LONG))) for _ in range(100)]
        await until_true(lambda: any(task.done() for task in work))
        assert await service.read(2, Session.stories)
        gate.set()
        done = await asyncio.gather(*work, return_exceptions=True)
    refused = [result for result in done if result is not True]
    assert refused
    assert {str(error) for error in refused} == {TOO_MUCH_AT_ONCE}


async def test_work_that_is_given_up_ends_and_keeps_its_turn_until_then(tmp_path: Path) -> None:
    ended, gate = list[str](), threading.Event()

    def endless(session: Session) -> None:
        gate.wait(LONG)
        try:
            while True:
                check_cancelled()
        except BusyError as error:
            ended.append(str(error))
            raise

    async with Service(make(tmp_path, answer_deadline=0.05)) as service, asyncio.timeout(LONG):
        with pytest.raises(BusyError, match="too long"):
            await service.read(1, endless)
        assert service._working.turns._held == {1: 1}
        gate.set()
        await until_true(lambda: not service._working.turns._held)
    assert len(ended) == 1


async def test_work_ends_whose_task_is_cancelled(tmp_path: Path) -> None:
    begun = threading.Event()

    def endless(session: Session) -> None:
        begun.set()
        while True:
            check_cancelled()

    async with Service(make(tmp_path)) as service, asyncio.timeout(LONG):
        work = asyncio.create_task(service.read_until_cancelled(1, endless))
        await until_true(begun.is_set)
        work.cancel()
        await until_true(lambda: not service._working.turns._held)


async def test_a_query_of_work_that_is_given_up_is_broken_off(tmp_path: Path) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    async with Service(make(tmp_path, answer_deadline=0.05)) as service, asyncio.timeout(LONG):
        await service.run_briefly(1, Session.stories)  # opens the base
        for _ in range(2):
            with pytest.raises(BusyError, match="too long"):
                await service.read(1, lambda session: session.base._connections.rows(endless))
        await until_true(lambda: not service._working.turns._held)


async def test_what_work_costs_is_told_to_whoever_pays(tmp_path: Path) -> None:
    costs = list[float]()

    async def of_member(server: int) -> None:
        charge_to(costs.append)
        await service.ask(server, "When was the bridge closed?")
        await service.read(server, Session.stories)
        await service.run_briefly(server, Session.stories)

    async with Service(make(tmp_path)) as service:
        await service.read(1, Session.stories)
        await asyncio.create_task(of_member(1))
        await until_true(lambda: len(costs) == 3)
        await service.read(1, Session.stories)
        await asyncio.sleep(0)
    assert len(costs) == 3
    assert all(cost > 0 for cost in costs)


async def test_what_nobody_waits_for_takes_no_turn_of_what_somebody_does(tmp_path: Path) -> None:
    gate, begun = threading.Event(), threading.Event()

    def hold_up(session: Session) -> None:
        begun.set()
        gate.wait(LONG)

    async def unhurried() -> None:
        nobody_waits()
        await service.write(1, hold_up)

    async with Service(make(tmp_path)) as service, asyncio.timeout(LONG):
        work = [asyncio.create_task(unhurried()) for _ in range(60)]
        await until_true(begun.is_set)
        assert await service.read(1, Session.stories)
        gate.set()
        await asyncio.gather(*work)


async def test_what_nobody_waits_for_is_not_given_up_for_the_time_on_the_clock(tmp_path: Path) -> None:
    async def unhurried() -> bool:
        nobody_waits()
        return await service.read(1, lambda _: threading.Event().wait(0.3))

    async with Service(make(tmp_path, answer_deadline=0.1)) as service:
        assert not await asyncio.create_task(unhurried())


async def test_a_base_that_is_deleted_while_work_on_it_waits_keeps_no_turn(tmp_path: Path) -> None:
    gate, begun = threading.Event(), threading.Event()

    def hold_up(session: Session) -> None:
        begun.set()
        gate.wait(LONG)

    async def unhurried(server: int, work: Callable[[Session], Any]) -> Any:
        nobody_waits()
        return await service.write(server, work)

    async def visit() -> Any:
        async with service.background_access(1):
            return await service.read(1, Session.stories)

    async with Service(make(tmp_path)) as service, asyncio.timeout(LONG):
        for server in (1, 2):
            await service.run_briefly(server, Session.stories)
        work = [asyncio.create_task(unhurried(2, hold_up))]
        await until_true(begun.is_set)
        turns = service._later.turns
        for number, waiting in enumerate([unhurried(1, Session.stories), visit()], start=1):
            work.append(asyncio.create_task(waiting))
            await until_true(lambda number=number: len(turns._waiting.get(1, ())) == number)  # type: ignore[misc]
        work.append(asyncio.create_task(service.delete(1)))
        await until_true(lambda: 1 in service._sessions._closing)
        gate.set()
        await asyncio.gather(*work)
        await until_true(lambda: not turns._held)
    assert not service.settings.base_path(1).exists()


async def test_a_question_that_gets_no_turn_for_long_is_given_up_in_words(tmp_path: Path) -> None:
    async with Service(make(tmp_path)) as service:
        service._answering.turns = Turns(0, patience=0.0)
        with pytest.raises(BusyError, match="ask again"):
            await service.ask(2, "When was the bridge closed?")


async def test_a_base_that_could_not_be_made_is_tried_again_at_the_next_question(tmp_path: Path) -> None:
    story = tmp_path / "mine.yaml"
    story.write_text("story: 3")
    async with Service(Settings(tmp_path, stories=(str(story),), answer_deadline=LONG)) as service:
        with pytest.raises(StoryFileError):
            await service.ask(1, "when")
        story.write_text(HARBOUR.read_text(encoding="utf-8"))
        assert (await service.ask(1, "When was the bridge closed?")).short == "3 March 2021"


async def test_a_faulty_default_story_does_not_keep_the_service_from_starting(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    open_base(make(tmp_path), 1).close()
    story = tmp_path / "mine.yaml"
    story.write_text("story: 3")
    async with Service(Settings(tmp_path, stories=(str(story),), answer_deadline=LONG)) as service:
        await service.warm_up()
        assert "Not all that the first answer needs could be loaded" in caplog.text
        assert (await service.ask(1, "When was the bridge closed?")).short == "3 March 2021"


async def test_facts_that_cannot_be_encoded_are_logged_with_their_server_and_answers_go_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def encode(answerer: Answerer, *, most: int) -> int:
        raise FactBaseError("7.db is damaged.")

    monkeypatch.setattr(Answerer, "encode", encode)
    story = load_story(HARBOUR)
    async with Service(make(tmp_path)) as service:
        await service.write(7, lambda session: session.base.apply(replace(story, facts=story.facts[:-1]), by="test"))
        async with asyncio.timeout(PATIENCE):
            while "The facts of 7 could not be encoded" not in caplog.text:
                await asyncio.sleep(0.005)
        assert (await service.ask(7, "When was the bridge closed?")).short == "3 March 2021"


async def test_a_base_that_nobody_waits_for_any_more_is_closed_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[FactBase] = []

    def slow(settings: Settings, server: int | None, *, make: bool) -> FactBase:
        time.sleep(0.2)
        opened.append(open_base(settings, server, make=make))
        return opened[-1]

    monkeypatch.setattr("bot.service.service.open_base", slow)
    async with Service(make(tmp_path)) as service:
        asking = asyncio.create_task(service.read(1, Session.stories))
        await asyncio.sleep(0.05)
        for slot in service._sessions._slots.values():
            slot.opening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
    with pytest.raises(FactBaseError, match="has been closed"):
        opened[0].count()
    with pytest.raises(BusyError, match="stopping"):
        await service.read(2, Session.stories)


async def hold(turns: Turns, server: int, log: list[int], *, until: asyncio.Event | None = None) -> None:
    async with turns.turn(server):
        log.append(server)
        if until is not None:
            await until.wait()


async def test_servers_take_turns_and_each_in_its_order() -> None:
    turns, log, free = Turns(1), list[int](), asyncio.Event()
    first = asyncio.create_task(hold(turns, 0, log, until=free))
    await asyncio.sleep(0)
    others = [asyncio.create_task(hold(turns, server, log)) for server in (1, 1, 1, 2, 3, 3)]
    await asyncio.sleep(0)
    free.set()
    await asyncio.gather(first, *others)
    assert log == [0, 1, 2, 3, 1, 3, 1]


async def test_no_more_are_held_at_once_than_there_are() -> None:
    turns, log, free = Turns(2), list[int](), asyncio.Event()
    tasks = [asyncio.create_task(hold(turns, server, log, until=free)) for server in range(5)]
    await asyncio.sleep(0)
    assert log == [0, 1]
    free.set()
    await asyncio.gather(*tasks)
    assert sorted(log) == [0, 1, 2, 3, 4]


async def test_one_server_holds_its_share_at_most_and_others_the_rest() -> None:
    turns, log, free = Turns(4, share=2), list[int](), asyncio.Event()
    tasks = [asyncio.create_task(hold(turns, server, log, until=free)) for server in (1, 1, 1, 2, 2, 2)]
    await asyncio.sleep(0)
    assert log == [1, 1, 2, 2]
    free.set()
    await asyncio.gather(*tasks)
    assert sorted(log) == [1, 1, 1, 2, 2, 2]


async def test_no_more_wait_in_a_server_than_may() -> None:
    turns, log, free = Turns(1, depth=2), list[int](), asyncio.Event()
    tasks = [asyncio.create_task(hold(turns, server, log, until=free)) for server in (1, 1, 1, 1, 2)]
    await asyncio.sleep(0)
    free.set()
    done = await asyncio.gather(*tasks, return_exceptions=True)
    assert [isinstance(result, BusyError) for result in done] == [False, False, False, True, False]
    assert log == [1, 2, 1, 1]


async def test_whoever_waits_for_long_gives_up_and_takes_no_turn() -> None:
    turns, log, free = Turns(1, patience=0.0), list[int](), asyncio.Event()
    first = asyncio.create_task(hold(turns, 0, log, until=free))
    await asyncio.sleep(0)
    with pytest.raises(BusyError, match="ask again"):
        await hold(turns, 1, log)
    free.set()
    await first
    await hold(turns, 2, log)
    assert log == [0, 2]


@pytest.mark.parametrize("too_late", [False, True])
async def test_whoever_is_cancelled_takes_no_turn(too_late: bool) -> None:
    turns, log, free = Turns(1), list[int](), asyncio.Event()
    first = asyncio.create_task(hold(turns, 0, log, until=free))
    await asyncio.sleep(0)
    cancelled = asyncio.create_task(hold(turns, 1, log))
    await asyncio.sleep(0)
    if too_late:
        free.set()
        await first  # which gives its turn to the one that is cancelled before it can use it
    cancelled.cancel()
    free.set()
    with pytest.raises(asyncio.CancelledError):
        await cancelled
    await first
    await asyncio.wait_for(hold(turns, 2, log), LONG)
    assert log == [0, 2]
