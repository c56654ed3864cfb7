"""What the real bot logs when people ask, press, write and fail: where and what happened, and nothing of what they wrote."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.answers.models import Answer
from bot.log import set_up_logging
from bot.service.service import Service
from bot.settings import Settings
from tests.client.forms import LINK, send
from tests.client.world import TWITTER_BAN, World, answer, listen_in, press
from tests.support.logs import SECRET, logging_as_it_was

WORD = "Quuxophone"
PRIVATE = (WORD.lower(), TWITTER_BAN.lower(), SECRET, "alice", "bob", "newsroom", "ask-the-story", LINK)


class FaultyService(Service):
    """The real service with a fault whose error quotes the question."""

    async def ask(self, server: int | None, question: str, **options: Any) -> Answer:
        if "explode" in question:
            raise RuntimeError(question)
        return await super().ask(server, question, **options)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path, log_level="debug", log_format="json", listening=True, answer_deadline=60.0, member_questions=200)


@pytest.fixture
async def service(settings: Settings) -> AsyncIterator[Service]:
    async with FaultyService(settings) as service:
        yield service


@pytest.fixture
def logged(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """All that is logged, as JSON."""
    written = io.StringIO()
    monkeypatch.setenv("DISCORD_TOKEN", SECRET)
    monkeypatch.setattr("sys.stderr", written)
    with logging_as_it_was():
        set_up_logging(settings)
        yield written


def read(logged: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in logged.getvalue().splitlines()]


async def test_a_question_is_logged_with_where_it_was_asked_and_what_came_of_it(logged: io.StringIO, world: World) -> None:
    await world.ask(TWITTER_BAN)
    await world.alice.user.send_dm(TWITTER_BAN)
    here, direct = [record for record in read(logged) if record["event"] == "a-question-was-dealt-with"]
    assert (here["server"], here["shard"], here["outcome"]) == (world.guild.id, 0, "answered")
    assert here["milliseconds"] >= 0
    assert "server" not in direct


@pytest.mark.usefixtures("offered_to_all")
async def test_nothing_that_people_write_or_are_called_is_logged(logged: io.StringIO, world: World) -> None:
    await listen_in(world, world.channel.id)
    for question in (TWITTER_BAN, f"{WORD}?", f"who is {WORD} of Twitter?", f"explode {WORD}", f"{WORD} " * 90, "@@@"):
        await world.ask(question)
        await world.alice.send(world.channel, question)
        await world.alice.user.send_dm(question)
        await world.alice.slash(world.channel, "ask", question=question)
        await world.alice.context_menu(world.channel, "Answer this", await world.bob.send(world.channel, question))
    for field in ("story", "as_of"):
        await world.alice.slash(world.channel, "ask", question=TWITTER_BAN, **{field: WORD})
    await world.alice.slash(world.channel, "who", actor=WORD)
    await world.alice.slash(world.channel, "quote", speaker=WORD, about=WORD)
    await world.alice.slash(world.channel, "timeline", **{"from": WORD})
    await world.alice.slash(world.channel, "check", text=f"“{WORD} bans it all”", speaker=WORD)
    await world.alice.autocomplete(world.channel, "who", "actor", WORD)
    await world.alice.slash(world.channel, "audit")
    await press(world.alice, await world.ask(TWITTER_BAN), "Why this answer?")
    form = await world.moderator.slash(world.channel, "fact add event")
    await send(world.moderator, form, text=f"{WORD} happened.", date=f"the {WORD}", cite=LINK)
    form = await world.alice.slash(world.channel, "suggest", kind="claim")
    answer(await send(world.alice, form, text=f"{WORD} is a name.", cite=LINK))
    await world.moderator.slash(world.channel, "story import", file=("story.yaml", f"{WORD}: [".encode()))
    logging.getLogger("bot").info("The token is %s", SECRET)
    written = logged.getvalue().lower()
    people = [str(person.id) for person in (world.alice, world.bob, world.moderator)]
    assert [private for private in (*PRIVATE, *people) if private in written] == []
    kinds = {record["message"] for record in read(logged)}
    assert {
        f"Told somebody why it cannot be done: {kind}" for kind in ("NotKnownError", "DateError", "EmptyQuestionError")
    } <= kinds
    traces = [record["traceback"] for record in read(logged) if "traceback" in record]
    assert traces
    assert all("builtins.RuntimeError" in trace for trace in traces)
    assert world.env.errors
