"""Work beside answers: under way once, and jobs that are done again and again; each failure stays where it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.client import jobs
from bot.client.jobs import Background, PutOff, Supervisor, confine_to_server
from bot.errors import BusyError, NoFactBaseError
from bot.metrics import Metrics
from tests.client.exposition import look, metrics, value
from tests.client.world import World, bot_of
from tests.support.patience import PATIENCE


async def test_the_end_waits_for_work_and_for_what_it_begins() -> None:
    work, done = Background(), []

    async def correct() -> None:
        await asyncio.sleep(0.01)
        done.append("corrected")

    async def answer() -> None:
        work.hold()
        await asyncio.sleep(0.01)
        done.append("answered")
        work.start(correct())

    answering = asyncio.create_task(answer())
    await asyncio.sleep(0)
    assert work.under_way() == 1
    await work.finish()
    assert done == ["answered", "corrected"]
    assert answering.done()
    assert work.under_way() == 0


async def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(jobs, "_PATIENCE", 0.01)
    work = Background()

    async def hang() -> None:
        work.hold()
        await asyncio.Event().wait()

    hanging = asyncio.create_task(hang())
    await asyncio.sleep(0)
    await work.finish()
    with pytest.raises(asyncio.CancelledError):
        await hanging
    assert "Work that was under way is given up: 1" in caplog.text


async def test_work_that_fails_is_logged_and_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    work, done = Background(), []

    async def fail() -> None:
        raise RuntimeError("a fault")

    async def correct() -> None:
        await asyncio.sleep(0)
        done.append("corrected")

    work.start(fail())
    work.start(correct())
    await work.finish()
    assert done == ["corrected"]
    (record,) = (record for record in caplog.records if record.getMessage() == "Work in the background failed")
    assert record.exc_info is not None


async def test_the_end_does_not_wait_for_who_asks_for_it(caplog: pytest.LogCaptureFixture) -> None:
    work = Background()
    work.hold()
    await work.finish()
    assert caplog.text == ""


SOON = timedelta(milliseconds=1)


class Work:
    """Work that does one thing after the other: it raises what is an error, and then goes well for ever."""

    def __init__(self, *errors: BaseException) -> None:
        self.errors, self.runs = list(errors), 0

    async def __call__(self) -> None:
        self.runs += 1
        if self.errors:
            raise self.errors.pop(0)

    async def run(self) -> None:
        await self()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_FIRST_PAUSE", 0.001)


@pytest.fixture
async def supervisor() -> AsyncIterator[Supervisor]:
    supervisor = Supervisor(Metrics())
    yield supervisor
    supervisor.stop()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.001)


@pytest.mark.parametrize("error", [RuntimeError(), OSError("full"), MemoryError(), asyncio.CancelledError()], ids=repr)
async def test_a_job_that_dies_is_started_again(error: BaseException, supervisor: Supervisor) -> None:
    work = Work(error, error)
    supervisor.start("Testing", work.run, every=SOON)
    supervisor.start("Another", (another := Work()).run, every=SOON)
    await until(lambda: work.runs > 4 and another.runs > 4)
    assert supervisor.failing() == ()


async def test_what_a_job_needs_first_is_tried_again_too(supervisor: Supervisor) -> None:
    work, prepare = Work(), Work(RuntimeError())
    supervisor.start("Testing", work.run, every=SOON, prepare=prepare.run)
    await until(lambda: work.runs > 1)
    assert prepare.runs == 2


async def test_a_job_makes_up_for_nothing_where_what_it_needs_first_took_long(world: World) -> None:
    work, ready = Work(), asyncio.Event()

    async def prepare() -> None:
        await ready.wait()

    bot_of(world).supervisor.start("Testing", work.run, every=timedelta(minutes=1), prepare=prepare)
    await world.env.advance_time(20 * 60)
    assert work.runs == 0
    ready.set()
    await until(lambda: work.runs > 0)
    await world.env.settle()
    assert work.runs == 1


@pytest.fixture
async def pauses(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[float]]:
    """Return for how many seconds a job waits each time, and have it wait no longer."""
    noted: list[float] = []
    call_later = asyncio.get_running_loop().call_later

    def soon(pause: float, *work: Any) -> asyncio.TimerHandle:
        noted.append(round(pause))
        return call_later(0, *work)

    monkeypatch.setattr(jobs, "_FIRST_PAUSE", 5.0)
    with monkeypatch.context() as patch:
        patch.setattr(asyncio.get_running_loop(), "call_later", soon)
        yield noted


async def test_the_pause_grows_up_to_a_limit_while_a_job_goes_on_dying(
    pauses: list[float], supervisor: Supervisor, caplog: pytest.LogCaptureFixture
) -> None:
    work = Work(*[RuntimeError("a secret") for _ in range(8)])
    supervisor.start("Testing", work.run, every=timedelta(days=1))
    while len(pauses) < 10:
        await asyncio.sleep(0)
    assert pauses == [5, 10, 20, 40, 80, 160, 300, 300, 24 * 60 * 60, 24 * 60 * 60]
    assert "Testing died, and is started again in 5 seconds" in caplog.text


async def test_a_job_that_has_died_for_weeks_is_started_again_still(pauses: list[float], supervisor: Supervisor) -> None:
    work = Work(RuntimeError())
    supervisor.start("Testing", work.run, every=timedelta(days=1))
    supervisor._died["Testing"] = 5000
    while work.runs < 2:
        await asyncio.sleep(0)
    assert pauses[0] == 300
    assert supervisor.failing() == ()


async def test_after_the_end_nothing_is_started(supervisor: Supervisor) -> None:
    work = Work(RuntimeError())
    supervisor.start("Testing", work.run, every=SOON)
    supervisor.start("Another", (another := Work()).run, every=SOON)
    await until(lambda: bool(supervisor.failing()))
    supervisor.stop()
    runs = work.runs, another.runs
    await asyncio.sleep(0.02)
    assert (work.runs, another.runs) == runs


async def test_a_job_that_has_died_is_seen_until_it_goes_well(world: World) -> None:
    bot, mended = bot_of(world), asyncio.Event()
    assert value(await metrics(bot), "footnote_job_up", "Forgetting") == 1
    work = Work(RuntimeError())

    async def run() -> None:
        if work.runs:
            await mended.wait()
        await work.run()

    bot.supervisor.start("Testing", run, every=timedelta(days=1))
    await until(lambda: bool(bot.supervisor.failing()))
    assert await look(bot, "/readyz") == (503, "Died, and tried again soon: Testing.\n")
    samples = await metrics(bot)
    assert value(samples, "footnote_job_up", "Testing") == 0
    assert value(samples, "footnote_job_deaths_total", "Testing") == 1
    mended.set()
    await until(lambda: work.runs == 2 and not bot.supervisor.failing())
    assert await look(bot, "/readyz") == (200, "ready\n")
    assert value(await metrics(bot), "footnote_job_up", "Testing") == 1


@pytest.mark.parametrize(
    ("error", "said", "counted"),
    [
        (BusyError("Another program holds it."), "Testing failed in server 7: Another program holds it.", 1),
        (RuntimeError("somebody's words"), "Testing failed in server 7", 1),
        (NoFactBaseError("It is gone."), "", 0),
    ],
    ids=["ours", "unexpected", "deleted"],
)
def test_what_fails_in_one_server_is_named_and_counted(
    error: Exception, said: str, counted: int, caplog: pytest.LogCaptureFixture
) -> None:
    counts = Metrics()
    with confine_to_server(counts, "Testing", 7):
        raise error
    assert [record.getMessage() for record in caplog.records] == ([said] if said else [])
    assert f'footnote_base_failures_total{{job="Testing"}} {counted}.0' in counts.exposition().decode() or not counted


def test_what_is_put_off_stays_so_while_something_else_is_tried_for_minutes() -> None:
    put_off = PutOff()
    put_off.settle("Correcting", 1, (), {"reply"})
    waiting = put_off.not_due("Correcting", 1)
    assert waiting == {"reply"}
    for _ in range(3):
        put_off.pass_minute()
    put_off.settle("Correcting", 1, waiting, {"other"})
    assert put_off.due("Correcting", 1) == {"reply"}
    assert put_off.not_due("Correcting", 1) == {"other"}, "nothing is forgotten, and nothing tried too soon"
    put_off.settle("Correcting", 1, {"other"}, ())
    assert put_off.due("Correcting", 1) == set()
