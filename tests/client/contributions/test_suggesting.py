"""Suggestions of members: the form, the look at it, and what stands in the way."""

from __future__ import annotations

import asyncio
from copy import deepcopy
from typing import Any

import pytest

from bot.client.contributions import suggesting, views
from bot.client.facts import words as fact_words
from bot.editing.typed_fact import TypedFact
from bot.facts.logbook import sign
from bot.stories.load import load_story
from tests.client.forms import LINK, MARKS, count, count_trips, fields, in_session, send, values
from tests.client.suggestions import SUGGESTED, filled, open_suggestion, proposals, suggested
from tests.client.world import (
    TWITTER_BAN,
    World,
    answer,
    buttons,
    change_settings,
    choose_language,
    go_on_for_a_year,
    options,
    parts,
    pick,
    text,
)
from tests.support.paths import HARBOUR


@pytest.mark.parametrize(
    ("kind", "asked"),
    [("event", ["text", "date", "place", "source", "cite"]), ("claim", ["text", "date", "source", "cite"])],
)
async def test_a_member_fills_in_a_form_of_the_kind(world: World, kind: str, asked: list[str]) -> None:
    shown = await open_suggestion(world, kind)
    assert shown.modal is not None
    assert shown.modal["title"] == suggesting.FORM_TITLES[kind]  # type: ignore[index]
    assert [field["component"]["custom_id"] for field in fields(shown)] == asked


async def test_a_suggestion_is_looked_at_sent_once_and_changes_no_fact(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    before = await count(world)
    form = await open_suggestion(world)
    trips = count_trips(world, monkeypatch)
    shown = await send(world.alice, form, text=SUGGESTED, date="4 march 2018", place="Oslo", cite=LINK)
    assert trips == ["run_briefly", "write"], "what was typed is stored before anything else, then looked at"
    assert shown.ephemeral
    assert SUGGESTED in text(answer(shown))
    assert "4 March 2018 · Oslo" in text(answer(shown))
    assert f"[Bridge report]({LINK})" in text(answer(shown))
    assert buttons(answer(shown)) == [suggesting.SEND, fact_words.EDIT, fact_words.CANCEL]
    await world.alice.click(answer(shown), label=suggesting.SEND)
    assert text(answer(shown)) == suggesting.SENT
    (proposal,) = await proposals(world)
    assert (proposal.by, proposal.status) == (f"discord:{world.alice.id}", "open")
    assert await count(world) == before


async def test_the_date_of_a_suggestion_is_sent_as_it_was_shown_when_the_story_has_gone_on(world: World) -> None:
    shown = answer(await filled(world, date="4 march"))
    assert "4 March 2018" in text(shown)
    await go_on_for_a_year(world)
    await world.alice.click(shown, label=suggesting.SEND)
    assert TypedFact.decode((await proposals(world))[0].content).date == "4 March 2018"


async def test_send_pressed_twice_is_one_suggestion(world: World) -> None:
    shown = answer(await filled(world))
    channel = world.guild.create_text_channel("review")
    await change_settings(world, review_channel=channel.id)
    custom_id = next(part["custom_id"] for part in parts(shown) if part.get("label") == suggesting.SEND)
    key = custom_id.removeprefix("do:suggest-save:")
    signature = sign(f"discord:{world.alice.id}", None)

    def press(session: Any) -> int:
        typed_fact = TypedFact.decode(session.base.unfinished_forms.get(signature.by, key))
        number: int = session.suggestions.suggest(typed_fact, signature, key=f"suggestion {key}").number
        return number

    assert len(set(await asyncio.gather(*(in_session(world, press) for _ in range(4))))) == 1
    await world.alice.click(shown, label=suggesting.SEND)
    assert text(shown) == suggesting.SENT
    assert len(await proposals(world)) == 1
    assert len(channel.history()) == 1
    kept = await in_session(world, lambda session: session.base.privacy.personal_data(signature.by, world.alice.id))
    assert kept.forms == 0


async def test_send_pressed_again_on_a_slow_phone_says_once_more_that_it_was_sent(world: World) -> None:
    shown = answer(await filled(world))
    stored = world.env.backend.get_message(world.channel.id, shown.id)
    panel = deepcopy(stored.components)
    await world.alice.click(shown, label=suggesting.SEND)
    stored.components = panel  # as a phone shows it that is slow to hear of the first press
    await world.alice.click(shown, label=suggesting.SEND)
    assert text(shown) == suggesting.SENT
    assert len(await proposals(world)) == 1


async def test_a_speaker_who_was_taken_back_meanwhile_is_asked_for_anew_and_nothing_is_lost(world: World) -> None:
    form = await world.moderator.slash(world.channel, "actor add")
    added = answer(await send(world.moderator, form, name="Ida Frost"))
    form = await open_suggestion(world, "quote", speaker="Ida Frost")
    shown = await send(world.alice, form, text="It is a good first step.", cite=LINK)
    assert "— **Ida Frost**" in text(answer(shown))
    await world.moderator.click(added, label=fact_words.UNDO)
    await world.alice.click(answer(shown), label=suggesting.SEND)
    assert text(answer(shown)).startswith(views.NOT_SENT)
    assert await proposals(world) == ()
    (klobuchar,) = (option["value"] for option in options(answer(shown)) if "Klobuchar" in option["label"])
    await pick(world.alice, answer(shown), klobuchar)
    assert "It is a good first step." in text(answer(shown))
    assert "— **Amy Klobuchar**" in text(answer(shown))
    await world.alice.click(answer(shown), label=suggesting.SEND)
    assert len(await proposals(world)) == 1


async def test_the_form_opens_again_as_it_was_left(world: World) -> None:
    shown = await filled(world, place="Oslo")
    again = await world.alice.click(answer(shown), label=fact_words.EDIT)
    assert values(again) == {"text": SUGGESTED, "date": "4 March 2018", "place": "Oslo", "source": "", "cite": f"{LINK} #4"}
    await send(world.alice, again, date="5 march 2018")
    assert "5 March 2018" in text(answer(shown))


async def test_all_faults_are_told_at_once_and_nothing_typed_is_lost(world: World) -> None:
    shown = await filled(world, date="the day after", cite="no such thing at all ###")
    said = text(answer(shown))
    assert said.startswith(views.NOT_SENT)
    assert said.count("\n- ") == 2
    assert buttons(answer(shown)) == [fact_words.BACK_TO_FORM, fact_words.CANCEL]
    again = await world.alice.click(answer(shown), label=fact_words.BACK_TO_FORM)
    assert values(again)["text"] == SUGGESTED
    assert values(again)["date"] == "the day after"
    await send(world.alice, again, date="4 march 2018", cite=LINK)
    assert suggesting.SEND in buttons(answer(shown))


@pytest.mark.parametrize("field", ["text", "date", "place", "cite"])
async def test_marks_and_long_texts_in_any_field_ping_nobody_and_fit(world: World, field: str) -> None:
    long = {"text": 4000, "cite": 4000}.get(field, 300)
    shown = await filled(world, **{field: (MARKS * 100)[:long]})
    said = text(answer(shown))
    assert len(said) <= 4000
    assert "@everyone" not in said
    assert "[x](https://evil.example)" not in said


async def test_a_quote_asks_who_said_it_before_the_form(world: World) -> None:
    asked = await open_suggestion(world, "quote")
    assert asked.ephemeral
    assert text(answer(asked)).startswith(suggesting.ASK_SPEAKER)
    warner = next(option["value"] for option in options(answer(asked)) if "Warner" in option["label"])
    shown = await pick(world.alice, answer(asked), warner)
    look = await send(world.alice, shown, text="It is a good first step.", cite=LINK)
    assert "Mark Warner" in text(answer(look))


async def test_a_fact_that_is_there_already_is_named(world: World) -> None:
    fact = await in_session(world, lambda session: session.ask(TWITTER_BAN).facts[0].record)
    shown = await filled(world, text=fact.fact.text, date="26 october 2017")
    assert suggesting.NEAR in text(answer(shown))
    assert f"F{fact.number} " in text(answer(shown))


async def test_what_is_cancelled_is_forgotten(world: World) -> None:
    shown = answer(await filled(world))
    await world.alice.click(shown, label=fact_words.CANCEL)
    assert text(shown) == suggesting.CANCELLED
    kept = await in_session(
        world, lambda session: session.base.privacy.personal_data(f"discord:{world.alice.id}", world.alice.id)
    )
    assert not kept


async def test_the_limit_of_a_day_is_told_before_anything_is_typed(world: World) -> None:
    await change_settings(world, suggestions_a_day=1)
    second = await filled(world, text="Another thing happened in Oslo that day.")
    await suggested(world)
    refused = await world.alice.click(answer(second), label=suggesting.SEND)
    assert "1 suggestion in one day" in text(refused.followups[-1] if refused.followups else answer(refused))
    refused = await open_suggestion(world)
    assert refused.modal is None
    assert world.env.errors
    assert "1 suggestion in one day" in text(answer(refused))
    assert len(await proposals(world)) == 1


async def test_where_the_limit_was_reached_meanwhile_nothing_typed_is_lost(world: World) -> None:
    await change_settings(world, suggestions_a_day=1)
    second = answer(await filled(world, text="Another thing happened in Oslo that day."))
    await suggested(world)
    await world.alice.click(second, label=suggesting.SEND)
    assert text(second).startswith(views.NOT_SENT)
    again = await world.alice.click(second, label=fact_words.BACK_TO_FORM)
    assert values(again)["text"] == "Another thing happened in Oslo that day."


async def test_suggestions_can_be_switched_off(world: World) -> None:
    await change_settings(world, suggestions_a_day=0)
    assert "switched off" in text(answer(await open_suggestion(world)))
    await choose_language(world, "de")
    assert "sind auf diesem Server ausgeschaltet" in text(answer(await open_suggestion(world)))
    assert world.env.errors


async def test_a_form_is_its_owner_s_alone(world: World) -> None:
    shown = answer(await filled(world))
    key = next(part["custom_id"] for part in parts(shown) if part.get("label") == suggesting.SEND).split(":")[-1]
    kept = await in_session(world, lambda session: session.base.unfinished_forms.get(f"discord:{world.alice.id}", key))
    assert SUGGESTED in kept
    with pytest.raises(Exception, match="no longer kept"):
        await in_session(world, lambda session: session.base.unfinished_forms.get(f"discord:{world.bob.id}", key))


async def test_it_goes_on_after_a_restart(world: World) -> None:
    shown = answer(await filled(world))
    await world.restart()
    await world.alice.click(shown, label=suggesting.SEND)
    assert len(await proposals(world)) == 1


async def test_several_stories_are_asked_about_first(world: World) -> None:
    await in_session(world, lambda session: session.base.apply(load_story(HARBOUR), by="test"))
    asked = await open_suggestion(world)
    assert text(answer(asked)) == fact_words.WHICH_STORY
    story = options(answer(asked))[1]["value"]
    shown = await world.alice.select(answer(asked), [story])
    await world.alice.click(answer(await send(world.alice, shown, text=SUGGESTED, cite=LINK)), label=suggesting.SEND)
    (proposal,) = await proposals(world)
    assert f'"story": "{story}"' in proposal.content
