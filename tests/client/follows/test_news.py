"""/news, and “what's new since yesterday?”: what came, was corrected or was retracted since a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from bot.client.follows.views import PAGE
from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.service.session import Session
from tests.client.follows.following import BOUGHT, NOON, add
from tests.client.forms import in_session
from tests.client.world import World, answer, buttons, press, text

NOW = datetime.now(UTC)


async def test_what_is_new_since_a_day_is_listed_latest_first_page_by_page(world: World) -> None:
    await world.ask("who is the head of RT?")
    await add(world, at=NOW)
    await add(world, "Twitter bought a barn.", at=NOW)
    await add(world, "Twitter sold it.", at=NOW, name="sold")
    listed = answer(await world.alice.slash(world.channel, "news", since="today"))
    assert text(listed).startswith("### New since <t:")
    assert text(listed).index("Twitter sold it. [1]") < text(listed).index("Twitter bought a barn. [1]")
    assert "-# [1] " in text(listed)
    of_bob = await press(world.bob, listed, "Next")
    assert of_bob.ephemeral, "others turn the pages of a copy of their own"
    assert "Page 1 of" in text(listed)
    page = answer(await press(world.alice, listed, "Next"))
    assert "Page 2 of" in text(page)
    assert "Twitter sold it." not in text(page)


async def test_that_nothing_is_new_is_said(world: World) -> None:
    await world.ask("who is the head of RT?")
    with time_machine.travel(NOON):
        said = text(answer(await world.alice.slash(world.channel, "news", since="today")))
    head, latest, *_ = said.split("\n")[1:]
    assert said.startswith("Nothing is new since <t:")
    assert (head, latest) == ("The latest events that I know of:", "**28 October 2017**")
    assert said.count("**\n") == PAGE, "so many events, each under its date"
    assert "[1]" in said
    assert "-# [1] " in said, "with their sources"


async def test_where_nothing_is_new_and_nothing_has_happened_only_that_is_said(world: World) -> None:
    await world.ask("who is the head of RT?")
    await in_session(world, retract_events)
    with time_machine.travel(NOON):
        said = text(answer(await world.alice.slash(world.channel, "news", since="today")))
    assert said.startswith("Nothing is new since <t:")
    assert "\n" not in said


def retract_events(session: Session) -> None:
    events = session.base.by_date("event")
    edit = Edit(events[0].story.id, retract=tuple(event.fact.id for event in events))
    session.base.revisions.apply(edit, sign("discord:1", None))


async def test_what_is_more_than_is_listed_is_counted_on_the_last_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("bot.facts.news", "bot.client.follows.views"):
        monkeypatch.setattr(f"{module}.MAX_READ", PAGE + 1)
    await world.ask("who is the head of RT?")
    for number in range(PAGE + 3):
        await add(world, f"Twitter bought lighthouse {number}.", at=NOW, name=f"new-{number}")
    facts = await in_session(world, lambda session: session.base.count())
    listed = answer(await world.alice.slash(world.channel, "news", since="today"))
    assert "more fact" not in text(listed)
    page = text(answer(await press(world.alice, listed, "Next")))
    assert f"-# and {facts - PAGE - 1} more facts" in page


async def test_a_day_that_cannot_be_read_is_refused_in_a_sentence(world: World) -> None:
    said = text(answer(await world.alice.slash(world.channel, "news", since="the blue week")))
    assert "the blue week" in said
    assert world.env.errors


@pytest.mark.parametrize(
    "question",
    [
        "what's new since yesterday?",
        "What is new since Monday",
        "so, any news since 3 May?",
        "anything new since last week?",
        "what's new?",
        "any updates?",
        "What's new today?",
        "anything new this week?",
        "what changed since yesterday?",
    ],
)
async def test_a_question_for_what_is_new_since_a_day_is_answered_with_it(question: str, world: World) -> None:
    await world.ask("who is the head of RT?")
    await add(world, at=NOW)
    said = text(await world.ask(question))
    assert said.startswith("### New since <t:")
    assert BOUGHT in said


@pytest.mark.parametrize(
    "question",
    [
        "What is new about Twitter since yesterday?",
        "what changed since the sky fell?",
        "what happened since 2016?",
        "what changed?",
    ],
)
async def test_any_other_question_is_answered_as_ever(question: str, world: World) -> None:
    assert not text(await world.ask(question)).startswith("### New since <t:")


async def test_yesterday_is_meant_where_no_day_is_given(world: World) -> None:
    await world.ask("who is the head of RT?")
    said = text(answer(await world.alice.slash(world.channel, "news")))
    midnight = datetime.combine((datetime.now(UTC) - timedelta(days=1)).date(), datetime.min.time(), UTC)
    assert said.startswith(f"### New since <t:{int(midnight.timestamp())}:D>")
    assert buttons(answer(await world.alice.slash(world.channel, "news")))


@pytest.mark.parametrize(
    "question",
    [
        "Was gibt es seit gestern Neues?",
        "¿Qué hay de nuevo desde ayer?",
        "Что нового со вчерашнего дня?",
        "昨日から何か新しいことはありますか？",
        "Was gibt es seit letztem Montag Neues?",
        "Quoi de neuf depuis trois jours ?",
        "Что нового с прошлого понедельника?",
    ],
)
async def test_a_question_in_another_language_for_what_is_new_is_answered_with_it(question: str, world: World) -> None:
    await world.ask("who is the head of RT?")
    await add(world, at=NOW)
    assert BOUGHT in text(await world.ask(question))


@pytest.mark.parametrize(
    "since",
    [
        "gestern",
        "вчера",
        "昨日",
        "depuis lundi",
        "seit letztem Montag",
        "lundi dernier",
        "3 дня назад",
        "3 Mar",
        "seit dem 3. März",
        "من أمس",
    ],
)
async def test_the_day_is_typed_in_any_of_the_languages(since: str, world: World) -> None:
    await world.ask("who is the head of RT?")
    await add(world, at=NOW)
    assert BOUGHT in text(answer(await world.alice.slash(world.channel, "news", since=since)))


async def test_a_day_that_is_to_come_is_said_to_be(world: World) -> None:
    await world.ask("who is the head of RT?")
    said = text(await world.ask("what's new since tomorrow?"))
    assert said.endswith(" is still to come. Name a day that is past, and I list what is new since then.")
    listed = text(answer(await world.alice.slash(world.channel, "news", since="2 May 2199")))
    assert listed.startswith("2 May 2199 is still to come.")
    assert world.env.errors
