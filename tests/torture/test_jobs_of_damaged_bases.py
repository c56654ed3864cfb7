"""Whatever happens to one base stays with that base: the running bot's jobs go on with the other servers."""

from __future__ import annotations

import logging
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.client import words
from bot.facts.connection import Connections
from bot.facts.logbook import sign
from bot.service.session import Session
from bot.settings import Settings
from bot.storage import deletion
from tests.client.exposition import metrics, value
from tests.client.forms import in_session
from tests.client.world import World, bot_of, closed, log_channel, make_world, remove_bot, text
from tests.support.paths import HARBOUR
from tests.support.slow import slow
from tests.torture import SCALE
from tests.torture.damages import ERRORS, damaged, failing, with_half_a_letter

QUESTION = "When was the bridge closed?"
QUICK, BATCH, BATCHES = 20, 100, SCALE  # damages: in a plain run, and in each of the batches of a slow one


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path, stories=(str(HARBOUR),))


class Jobs:
    """A server whose base is damaged and one whose base is not, with work for every job in both."""

    def __init__(self, world: World, other: World, log: Any) -> None:
        self.world, self.other, self.log = world, other, log
        self.bot = bot_of(world)
        self.path = world.service.settings.base_path(world.guild.id)
        self.whole = b""

    async def run(self) -> None:
        """Run every job, and assert that it has done its work in the other server, and has deleted the damaged base."""
        asked, logged = await self._prepare_other(), len(self.log.history())
        for server in (self.world, self.other):
            self.bot.question_counts.count(server.guild.id, "answered", 0.1)
        deletion.plan(self.world.service.settings, self.world.guild.id, left=False, days=0)
        cogs: Any = self.bot.cogs
        await cogs["CatchingUp"].minutely()  # the first, for it opens no base twice in vain
        await self.bot.question_counts.store()
        await cogs["Forgetting"].daily()
        for server in (self.world, self.other):
            await cogs["Following"].on_feeds_changed(server.guild.id)
        await cogs["Following"].minutely()
        await cogs["Leaving"].minutely()
        await self.bot.background.finish()
        assert await self._in_other("SELECT sum(questions) FROM usage") == asked + 1
        assert await self._in_other("SELECT count(*) FROM draft") == 0
        assert await self._in_other("SELECT failures FROM feed") == 1
        assert len(self.log.history()) == logged + 1
        assert not self.path.exists()

    async def damage(self, content: bytes) -> None:
        """Put a damaged base into the place of the server's, which is closed."""
        await closed(self.world)
        for left in (*self.path.parent.glob(f"{self.path.name}*"), self.path.with_suffix(".deleted")):
            left.unlink(missing_ok=True)
        self.path.write_bytes(content)

    async def _prepare_other(self) -> int:
        """Give the other server something to be forgotten and something for its log channel; return what it has counted."""
        old = (datetime.now(UTC) - timedelta(days=400)).isoformat()

        def prepare(session: Session) -> None:
            with session.base._connections.writing(facts=False) as database:
                database.execute("REPLACE INTO draft VALUES ('old', 'discord:1', '{}', ?)", (old,))
                # A feed in a private network, so that it is looked at, and fails, without one.
                database.execute(
                    "REPLACE INTO feed(id, story_id, url, title, next_at) VALUES (1, 1, 'http://127.0.0.2/', 'Feed', ?)", (old,)
                )
            days = 90 if session.settings().question_days == 30 else 30
            session.base.settings.change(sign("test", None), question_days=days)

        await in_session(self.other, prepare)
        return await self._in_other("SELECT sum(questions) FROM usage")

    async def _in_other(self, query: str) -> int:
        def read(session: Session) -> int:
            with session.base._connections.reading() as connection:
                return int(connection.execute(query).fetchone()[0] or 0)

        return int(await in_session(self.other, read))


@pytest.fixture
async def jobs(world: World) -> Jobs:
    other = make_world(world.env, world.service)
    jobs = Jobs(world, other, await log_channel(other))
    await world.service.read(world.guild.id, Session.stories)
    await closed(world)
    jobs.whole = jobs.path.read_bytes()
    return jobs


async def test_a_schema_of_which_sqlite_speaks_in_no_utf_8_stops_no_job(jobs: Jobs, caplog: pytest.LogCaptureFixture) -> None:
    await jobs.damage(with_half_a_letter(jobs.whole))
    with caplog.at_level(logging.WARNING):
        await jobs.run()
    assert f"Counting failed in server {jobs.world.guild.id}: {jobs.path} is damaged." in caplog.text
    assert not any(record.exc_info for record in caplog.records)
    values = await metrics(jobs.bot)
    for job in ("Counting", "Forgetting", "Catching up", "Following feeds"):
        assert value(values, "footnote_base_failures_total", job) == 1
    assert str(jobs.world.guild.id) not in jobs.bot.metrics.exposition().decode()
    assert text(await jobs.other.ask(QUESTION)).startswith("###")


@pytest.mark.parametrize("first", [0, *slow(range(BATCH, BATCH * BATCHES, BATCH))])
async def test_no_damage_to_one_base_stops_a_job(first: int, jobs: Jobs, pytestconfig: pytest.Config) -> None:
    count = BATCH if pytestconfig.getoption("slow") else QUICK
    for number in range(first, first + count):
        await jobs.damage(damaged(jobs.whole, number))
        try:
            await jobs.run()
        except AssertionError as error:
            raise AssertionError(f"Damage {number}") from error
    assert text(await jobs.other.ask(QUESTION)).startswith("###")


@pytest.mark.parametrize("opens", [False, True], ids=["opening", "working"])
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
async def test_no_error_of_one_base_stops_a_job(
    error: Exception, opens: bool, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    await jobs.damage(jobs.whole)
    version = Connections.version

    def fail(connections: Connections) -> int:
        if connections.name == str(jobs.path):
            raise error
        return version(connections)

    if opens:
        monkeypatch.setattr(Connections, "version", fail)
    with nullcontext() if opens else failing(jobs.path, error):
        await jobs.run()
    assert text(await jobs.other.ask(QUESTION)).startswith("###")


async def test_a_server_whose_base_is_damaged_is_deleted_too_once_it_was_left(jobs: Jobs) -> None:
    await jobs.damage(with_half_a_letter(jobs.whole))
    assert text(await jobs.world.ask(QUESTION)) == words.UNUSABLE
    await remove_bot(jobs.world)
    planned = deletion.planned(jobs.world.service.settings, jobs.world.guild.id)
    assert planned is not None
    assert planned.left
    assert deletion.exports(jobs.world.service.settings, jobs.world.guild.id) == ()
