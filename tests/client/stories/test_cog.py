"""`/story`: exported in every format, listed, and asked its recorded questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from discord import InteractionResponseType, MessageFlags
from icalendar import Calendar

from bot.answers.evaluation import Case, Outcome, evaluate
from bot.answers.models import Answer
from bot.client import sending
from bot.client.stories import cog
from bot.client.stories.cog import NO_QUESTIONS, TOO_LARGE_TO_SEND
from bot.client.words import NO_STORY, WHICH_STORY
from bot.facts.models import Story
from bot.formats.export import FORMATS
from bot.service.session import Session
from bot.settings import Settings
from bot.stories.load import read_story
from tests.client.forms import in_session
from tests.client.world import World, answer, parts, status_text, text

STORY = "twitter-rt-sputnik"


async def test_a_story_goes_out_as_it_is(world: World) -> None:
    shown = await world.moderator.slash(world.channel, "story export")
    attached = answer(shown).attachments[0]
    assert attached.filename == f"{STORY}.yaml"
    assert read_story(await attached.read(), "x") == await in_session(world, lambda session: session.base.story(STORY))


async def test_a_file_is_deferred_first_for_a_large_one_takes_long_to_send(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "QUICK", 60.0)  # however long a busy machine takes, that is not why it is deferred
    monkeypatch.setattr(sending, "LATEST", 60.0)
    for command, file in (("story list", False), ("story export", True)):
        shown = await world.moderator.slash(world.channel, command)
        assert bool(answer(shown).attachments) == file
        (call,) = [request.json for request in world.env.http_requests if request.path.endswith("/callback")][-1:]
        assert isinstance(call, dict)
        assert (call["type"] == InteractionResponseType.deferred_channel_message.value) == file
        assert call["data"]["flags"] & MessageFlags.ephemeral.flag


async def test_recorded_questions_are_asked(world: World) -> None:
    shown = await world.moderator.slash(world.channel, "story check")
    reply_text = text(answer(shown))
    assert "recorded questions are answered as expected" in reply_text
    ids = [fact.id for fact in (await in_session(world, lambda session: session.base.story(STORY))).facts]
    expected = [line for line in reply_text.splitlines() if line.strip().startswith("expected: ")]
    # A moderator knows facts by their numbers and words; their ids are for whoever writes the file.
    assert expected
    assert all(re.search(r"\*\*F\d+\*\* \w|“.+”|no answer", line) for line in expected)
    assert not [name for name in ids if f"expected: {name}" in reply_text]


async def test_of_many_recorded_questions_those_are_asked_whose_cost_the_moderator_has(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits, asked = world.env.bot.limits, list[int]()  # type: ignore[attr-defined]

    def dear(ask: object, cases: Sequence[Case]) -> Sequence[Outcome]:
        asked.append(len(cases))
        if len(asked) == 2:
            limits._charge([("member", world.moderator.id)], 1000.0)
        return evaluate(lambda question, rank=0: Answer(question, "unknown"), cases)

    monkeypatch.setattr(cog, "evaluate", dear)
    reply_text = text(answer(await world.moderator.slash(world.channel, "story check")))
    assert asked == [cog._AT_ONCE] * 2
    assert cog.ONLY_SOME_ASKED.format(asked=20, questions=126) in reply_text
    assert "of 20 recorded questions" in reply_text


@pytest.mark.parametrize("form", FORMATS)
async def test_a_story_goes_out_in_every_format(world: World, form: str) -> None:
    shown = answer(await world.moderator.slash(world.channel, "story export", format=form))
    attached = shown.attachments[0]
    assert attached.filename == f"{STORY}.{FORMATS[form].ending}"
    content = await attached.read()
    assert content
    if form == "ical":
        assert len(Calendar.from_ical(content).walk("VEVENT")) == 39
        assert "Without a date, and so not in it: 30 facts." in text(shown)
    assert any(part["type"] == 13 for part in parts(shown))


async def test_a_story_without_recorded_questions_says_so(world: World) -> None:
    story = read_story("story: {id: quay, title: The quay}\n", "x.yaml")
    await in_session(world, lambda session: session.base.apply(story, by="test"))
    said = text(answer(await world.moderator.slash(world.channel, "story check", story="quay")))
    assert said == f"### The quay\n{NO_QUESTIONS}"


async def test_a_story_too_large_for_discord_is_not_sent(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cog, "MAX_SENT", 1000)
    shown = answer(await world.moderator.slash(world.channel, "story export"))
    assert text(shown) == TOO_LARGE_TO_SEND
    assert shown.attachments == []
    assert world.env.errors


class TestWithoutAStory:
    """Of a server that begins with none."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return Settings(tmp_path, stories=())

    async def test_it_is_said_how_to_bring_one(self, world: World) -> None:
        assert text(answer(await world.moderator.slash(world.channel, "story list"))) == NO_STORY
        for command in ("fact add event", "actor add", "story export"):
            assert text(answer(await world.moderator.slash(world.channel, command))) == NO_STORY
            assert world.env.errors

    async def test_nothing_was_changed_yet(self, world: World) -> None:
        assert "**Last change**\nNothing was changed yet." in await status_text(world)


def plain_story(number: int) -> Story:
    text = f"""\
story: {{id: ferry-{number}, title: Ferry {number}}}
sources:
  log: {{type: report, title: The log of ferry {number}}}
events:
  sailed: {{what: Ferry {number} sailed for the first time., date: 2021-05-06, cite: log}}
"""
    return read_story(text, "ferry.yaml")


async def with_ferries(world: World, most: int) -> None:
    def add(session: Session) -> None:
        for number in range(most):
            session.base.apply(plain_story(number), by="test")

    await in_session(world, add)


def choices(result: Any) -> dict[str, list[str]]:
    """Return the values that each list of a message offers, by its custom id."""
    lists = (part for part in parts(result) if part.get("custom_id", "").startswith("pick"))
    return {part["custom_id"]: [option["value"] for option in part["options"]] for part in lists}


@pytest.mark.parametrize(
    ("command", "options", "route", "said"),
    [
        ("story export", {"format": "csv"}, "story-export:csv", "### Ferry 1"),
        ("story check", {}, "story-check:", "### Ferry 1\nThis story has no recorded questions."),
        ("story report", {}, "story-lacks:", "### What is missing: Ferry 1"),
    ],
)
async def test_where_it_is_not_clear_which_story_is_meant_it_is_asked(
    world: World, command: str, options: dict[str, str], route: str, said: str
) -> None:
    await with_ferries(world, 2)
    asked = await world.moderator.slash(world.channel, command, **options)
    assert text(answer(asked)) == WHICH_STORY
    assert choices(answer(asked)) == {f"pick:{route}": ["ferry-1", "ferry-0", STORY]}
    shown = await world.moderator.select(answer(asked), ["ferry-1"], custom_id=f"pick:{route}")
    assert text(answer(shown)).startswith(said)
    assert [file.filename for file in answer(shown).attachments] == (["ferry-1.csv"] if "format" in options else [])


async def test_of_many_stories_each_can_be_chosen_and_of_too_many_it_is_said(world: World) -> None:
    await with_ferries(world, 30)
    asked = await world.moderator.slash(world.channel, "story report")
    lists = choices(answer(asked))
    assert [*lists] == ["pick:story-lacks:", "pick1:story-lacks:"]
    assert [len(values) for values in lists.values()] == [25, 6]
    placeholders = [part["placeholder"] for part in parts(answer(asked)) if part.get("custom_id") in lists]
    assert placeholders == ["Choose a story", "More: 26 to 31"]
    shown = await world.moderator.select(answer(asked), ["ferry-0"], custom_id="pick1:story-lacks:")
    assert text(answer(shown)).startswith("### What is missing: Ferry 0")
    await with_ferries(world, 104)
    asked = await world.moderator.slash(world.channel, "story report")
    assert sum(map(len, choices(answer(asked)).values())) == 100
    assert text(answer(asked)).endswith("-# Only 100 of 105 can be chosen here.")
