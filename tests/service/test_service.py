from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.answers.answerer import Answerer
from bot.answers.models import Answer
from bot.errors import BusyError, FactBaseError, StoryFileError
from bot.facts.base import FactBase
from bot.service.service import WORKERS, Service, Turns
from bot.service.session import Session
from bot.settings import Settings
from bot.storage.bases import open_base
from bot.stories.load import load_story
from tests.support.paths import HARBOUR

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
        await service.run_with_deadline(1, Session.sources)
        asking = asyncio.create_task(service.run_with_deadline(1, Session.stories))
        for _ in range(50):
            await asyncio.sleep(0.001)
            assert not asking.done()
        steps_made.set()
        assert await asking


async def test_work_that_takes_too_long_is_given_up_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given_up = threading.Event()
    monkeypatch.setattr(Session, "stories", lambda self: given_up.wait(LONG))
    async with Service(make(tmp_path, answer_deadline=0.1)) as service:
        with pytest.raises(BusyError, match="ask again"):
            await service.run_with_deadline(1, Session.stories)
        given_up.set()


async def test_a_flood_of_questions_holds_up_neither_other_servers_nor_other_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, gate = list[str](), threading.Semaphore(0)

    def slow(self: Session, question: str, **options: Any) -> Answer:
        begun.append(question)
        gate.acquire()
        return Answer(question, "unknown")

    monkeypatch.setattr(Session, "ask", slow)
    async with Service(make(tmp_path)) as service, asyncio.timeout(LONG):
        for server in (1, 2):
            await service.run_with_deadline(server, Session.stories)
        asked = [asyncio.create_task(service.ask(1, "flood")) for _ in range(10 * WORKERS)]
        while len(begun) < WORKERS:
            await asyncio.sleep(0.005)
        asked.append(asyncio.create_task(service.ask(2, "other")))
        listing = asyncio.create_task(service.run_with_deadline(1, Session.stories))
        while service._threads._work_queue.empty():
            await asyncio.sleep(0)
        gate.release()
        try:
            assert [story.id for story in await listing]
        finally:
            gate.release(len(asked))
        await asyncio.gather(*asked)
    assert begun.index("other") < 3 * WORKERS


async def test_a_question_that_gets_no_turn_for_long_is_given_up_in_words(tmp_path: Path) -> None:
    async with Service(make(tmp_path)) as service:
        service._turns = Turns(0, patience=0.0)
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
        await service.run_to_end(7, lambda session: session.base.apply(replace(story, facts=story.facts[:-1]), by="test"))
        async with asyncio.timeout(20):
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
        asking = asyncio.create_task(service.run_with_deadline(1, Session.stories))
        await asyncio.sleep(0.05)
        for slot in service._sessions._slots.values():
            slot.opening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
    with pytest.raises(FactBaseError, match="has been closed"):
        opened[0].count()
    with pytest.raises(BusyError, match="stopping"):
        await service.run_with_deadline(2, Session.stories)


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
