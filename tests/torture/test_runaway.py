"""What would run on without an end is cut off: the asker is told, and the thread is free for others."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answers.models import Answer
from bot.checking.checker import CheckRequest
from bot.errors import BusyError, EmptyQuestionError
from bot.facts.base import FactBase
from bot.facts.connection import Connections
from bot.service.service import WORKERS, Service
from bot.service.session import Session
from bot.settings import Settings
from tests.client.world import TWITTER_BAN
from tests.support.patience import PATIENCE
from tests.torture.asking import session_of, stories

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
PRODUCT = "SELECT count(*) FROM fact a, fact b, fact c, fact d WHERE a.text || b.text LIKE '%' || c.text || d.text || '%'"
LONG = {
    "one word": "twitter " * 125, "letters": "a" * 1000, "names": "Twitter RT Sputnik " * 50, "dates": "26 October 2017 " * 60,
    "digits": "9 " * 500, "befores": "what happened before what happened after " * 25, "hyphens": "a-" * 500, "marks": '"' * 1000,
    "quoted": '"a b" ' * 160, "capitals": "A B " * 250, "brackets": "(" * 1000, "who": "who said what " * 70,
}  # fmt: skip
pytestmark = pytest.mark.usefixtures("networks_run")


def busy(_: Session) -> int:
    """Take a thread for a moment and return which one it was."""
    time.sleep(0.05)
    return threading.get_ident()


@pytest.mark.parametrize("query", [ENDLESS, PRODUCT])
def test_a_query_without_an_end_is_cut_off_and_the_next_one_is_answered(query: str, tmp_path: Path) -> None:
    path = tmp_path / "base.db"
    with FactBase.open(path) as base:
        base.apply(stories()[1], by="test")
    connections = Connections.to_file(path, create=False, wait=1)
    began = time.monotonic()
    with pytest.raises(BusyError, match="took too long"), connections.reading(0.3) as connection:
        connection.execute(query).fetchall()
    print(f"cut off after {time.monotonic() - began:.2f} s of 0.3")
    with connections.reading(0.3) as connection:
        assert connection.execute("SELECT count(*) FROM fact").fetchone()[0] > 50
    connections.close()


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    """A session with four stories that has answered a question."""
    with session_of(stories()[:4]) as session:
        session.ask(TWITTER_BAN)
        yield session


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
def test_a_long_question_is_read_as_far_as_people_ask(name: str, session: Session) -> None:
    began = time.thread_time()
    try:
        assert isinstance(session.ask(LONG[name]), Answer)
    except EmptyQuestionError:
        assert name in ("marks", "brackets")
    print(f"{name}: {1000 * (time.thread_time() - began):.0f} ms of processor")


@pytest.mark.slow
async def test_a_check_that_takes_too_long_says_what_is_unchecked_and_gives_its_thread_back(
    tmp_path: Path,
) -> None:
    quotation = "“We did not come to this decision lightly and then we went home.” "
    servers = range(1, WORKERS + 1)  # each of which has one thread of them at most
    async with Service(Settings(tmp_path, answer_deadline=0.2)) as service:
        await asyncio.gather(*(service.read(server, Session.stories) for server in servers))
        threads: set[int] = set()
        checks = [service.check(server, CheckRequest(quotation * 3000)) for server in servers]
        for checked in await asyncio.gather(*checks):
            assert 0 < checked.unchecked < 3000
        async with asyncio.timeout(PATIENCE):  # as long as the checks would take, it would be many minutes
            while len(threads) < WORKERS:  # every thread does something else again
                threads.update(await asyncio.gather(*(service.write(server, busy) for server in servers)))
