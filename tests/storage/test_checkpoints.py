"""Deleted means gone: every byte of the files below a home is read for what was deleted, while others have them open."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.facts.logbook import sign
from bot.service.replies import Reply
from bot.service.service import Service
from bot.service.session import Session
from bot.settings import Settings
from bot.storage import deletion
from tests.support.leftovers import files_with
from tests.support.paths import HARBOUR

SERVER = 5 << 22
WORD, OWNER, USER = "zebedeeword", "discord:471147114711", 471147114711
TRACES = (WORD, str(USER))


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    async with Service(Settings(tmp_path / "home", stories=(str(HARBOUR),), answer_deadline=60.0)) as service:
        yield service


async def leave_traces(service: Service, server: int | None) -> None:
    """Store a question, a reply, a form, a suggestion and a follower of one person, and move them from the log into the file."""

    def store(session: Session) -> None:
        gap = session.gaps.note(f"Which cheese does {WORD} eat? " * 30, "unanswered")
        session.gaps.follow(gap or 0, USER)
        session.replies.store(Reply(f"{WORD}? " * 400, None, None, (), ()))
        session.unfinished_forms.put(OWNER, f'{{"text": "{WORD * 900}"}}')
        session.proposals.add(f'{{"text": "{WORD * 900}"}}', sign(OWNER, None))
        session.base.checkpoint()
        session.unfinished_forms.put(OWNER, f'{{"text": "{WORD * 9}"}}')

    await service.write(server, store)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Read in a base with another program, which has not finished."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM draft").fetchone()
        yield


def age(session: Session) -> None:
    """Make all that is stored for a time expire."""
    with session.base._connections.writing(facts=False) as database:
        for table in ("asked", "draft", "reply", "suggested"):
            database.execute(f"UPDATE {table} SET at = '2001-01-01T00:00:00.000Z'")


async def test_what_a_person_has_deleted_is_in_no_file_any_more(service: Service) -> None:
    await leave_traces(service, SERVER)
    assert files_with(TRACES, service.settings.home)
    await service.write(SERVER, Session.delete_person, OWNER, USER)
    assert files_with([str(USER), WORD * 9], service.settings.home) == set()  # questions, which have no name, are there
    await service.write(SERVER, age)
    await service.write(SERVER, Session.forget)
    assert files_with(TRACES, service.settings.home) == set()
    assert service.needing_checkpoint() == ()


async def test_what_is_deleted_while_somebody_reads_is_gone_once_that_is_tried_again(service: Service) -> None:
    await leave_traces(service, SERVER)
    await service.write(SERVER, age)
    with reading(service.settings.base_path(SERVER)):
        await service.write(SERVER, Session.delete_person, OWNER, USER)
        await service.write(SERVER, Session.forget)
        assert not await service.checkpoint(SERVER)
        assert files_with(TRACES, service.settings.home)
        assert service.needing_checkpoint() == (SERVER,)
    assert await service.checkpoint(SERVER)
    assert files_with(TRACES, service.settings.home) == set()
    assert service.needing_checkpoint() == ()


async def test_what_is_forgotten_as_a_base_is_opened_is_tried_again_too(service: Service) -> None:
    await leave_traces(service, SERVER)
    await service.write(SERVER, age)
    with reading(service.settings.base_path(SERVER)):
        service._sessions.close_idle(0)
        await service.read(SERVER, Session.settings)
        assert service.needing_checkpoint() == (SERVER,)
    assert await service.checkpoint(SERVER)
    await service.write(SERVER, Session.delete_person, OWNER, USER)
    assert files_with(TRACES, service.settings.home) == set()


async def test_who_asks_does_not_wait_for_what_is_tried_again(service: Service) -> None:
    await service.read(SERVER, Session.settings)
    with reading(service.settings.base_path(SERVER)):
        await service.write(SERVER, lambda session: session.unfinished_forms.put(OWNER, "{}"))
        base = await service.read(SERVER, lambda session: session.base)
        waits: list[int] = []
        base._connections._writer.set_trace_callback(lambda sql: waits.append(1) if "busy_timeout = 0" in sql else None)
        assert not base.try_to_checkpoint()
        assert waits
        assert base._connections._writer.execute("PRAGMA busy_timeout").fetchone()[0] == 5000


async def test_nothing_of_a_server_that_was_deleted_is_left(service: Service) -> None:
    await leave_traces(service, SERVER)
    await service.export(SERVER)
    deletion.plan(service.settings, SERVER, left=False)
    deletion.plan(service.settings, SERVER, left=False, days=0)
    await service.delete(SERVER)
    assert files_with(TRACES, service.settings.home) == set()
    assert service.needing_checkpoint() == ()
