"""Who rated a claim how: typed into a form, previewed, recorded as a source, exported as a ClaimReview and taken back."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from simcord import InteractionResult

from bot.client.facts import words
from bot.editing.form_fields import TO_COME
from bot.editing.reviews import NO_RATING
from bot.facts.models import FactRecord
from bot.formats.export import FORMATS
from bot.service.session import Session
from tests.client.forms import fields, in_session, look, send, values
from tests.client.world import World, answer, buttons, change_settings, demote, text

STORY = "twitter-rt-sputnik"
CHECK = "https://example.org/check"
TYPED = {"rating": "Mostly false (2 of 5)", "by": "Harbour Checks", "url": CHECK, "published": "9 March 2018"}


async def claim(world: World, *, person: bool = False) -> int:
    """Return the number of a claim that a person makes, or an organisation."""
    records: tuple[FactRecord, ...] = await in_session(world, lambda session: session.base.all_facts(STORY))
    claims = (record for record in records if record.fact.kind == "claim" and record.speakers)
    return next(record.number for record in claims if (record.speakers[0].kind == "person") == person)


async def reviews(world: World) -> list[dict[str, Any]]:
    """Return the ClaimReviews that the story is exported with."""

    def graph(session: Session) -> list[dict[str, Any]]:
        written = FORMATS["jsonld"].write(session.files.to_export(STORY))
        nodes: list[dict[str, Any]] = json.loads(written)["@graph"]
        return nodes

    return [node for node in await in_session(world, graph) if node["@type"] == "ClaimReview"]


async def begun(world: World, number: int) -> InteractionResult:
    form: InteractionResult = await world.moderator.slash(world.channel, "fact rating", fact=f"F{number}")
    return form


async def test_a_review_is_previewed_recorded_exported_and_taken_back(world: World) -> None:
    number = await claim(world)
    form = await begun(world, number)
    assert [field["component"]["custom_id"] for field in fields(form)] == ["rating", "by", "url", "published", "title"]
    assert [field["component"]["required"] for field in fields(form)] == [True, True, True, False, False]
    seen = answer(await send(world.moderator, form, **TYPED))
    assert text(seen).startswith(f"### Review of the claim F{number}\n{words.LOOKS_LIKE}\n\n**Rated:** Mostly false (2 of 5)\n[")
    assert f"]({CHECK}), Harbour Checks, 9 March 2018, review" in text(seen)
    assert "press Sources" not in text(seen)  # there is no such button
    assert buttons(seen) == [words.SAVE, words.EDIT, words.CANCEL]
    assert await reviews(world) == []
    done = answer(await world.moderator.click(seen, label=words.SAVE))
    assert text(done).startswith(f"### Review recorded: the claim is F{number}@2 now\n")
    (review,) = await reviews(world)
    assert review["claimReviewed"] == (await look(world, number)).fact.text
    assert (review["url"], review["datePublished"], review["author"]["name"]) == (CHECK, "2018-03-09", "Harbour Checks")
    assert review["reviewRating"] == {
        "@type": "Rating", "alternateName": "Mostly false", "ratingValue": 2, "bestRating": 5, "worstRating": 1,
    }  # fmt: skip
    await world.moderator.click(done, label=words.UNDO)
    assert await reviews(world) == []


async def test_yesterday_is_kept_as_the_day_that_it_was(world: World) -> None:
    seen = answer(await send(world.moderator, await begun(world, await claim(world)), **{**TYPED, "published": "yesterday"}))
    kept = values(await world.moderator.click(seen, label=words.EDIT))["published"]
    assert re.fullmatch(r"\d{1,2} \w+ \d{4}", kept)
    assert f"Harbour Checks, {kept}, review" in text(seen)


async def test_every_fault_of_a_review_is_told_at_once_and_the_form_comes_back(world: World) -> None:
    number = await claim(world)
    speaker = (await look(world, number)).speakers[0].name
    wrong = {"rating": " \u200b ", "by": speaker, "url": "nowhere", "published": "once upon a time"}
    reply = answer(await send(world.moderator, await begun(world, number), **wrong))
    said = text(reply)
    assert said.startswith(f"{words.NOT_SAVED}\n- {NO_RATING}\n- {speaker} makes this claim.")
    assert "is not a link" in said
    assert "I cannot read" in said
    again = await world.moderator.click(reply, label=words.BACK_TO_FORM)
    assert values(again)["url"] == "nowhere"
    reply = answer(await send(world.moderator, again, **{**TYPED, "by": "\u200b"}))
    assert text(reply).startswith(f"{words.NOT_SAVED}\n- This name has no words. Write the name of the fact-checker.")
    again = await world.moderator.click(reply, label=words.BACK_TO_FORM)
    mended = answer(await send(world.moderator, again, **TYPED))
    assert buttons(mended)[0] == words.SAVE


async def test_a_review_that_is_given_up_is_forgotten(world: World) -> None:
    seen = answer(await send(world.moderator, await begun(world, await claim(world)), **TYPED))
    await world.moderator.click(seen, label=words.CANCEL)
    assert text(seen) == words.CANCELLED
    stored = await in_session(
        world, lambda session: session.base.privacy.personal_data(f"discord:{world.moderator.id}", world.moderator.id)
    )
    assert stored.forms == 0


async def test_nobody_rates_their_own_claim_and_nothing_is_published_in_the_future(world: World) -> None:
    number = await claim(world)
    speaker = (await look(world, number)).speakers[0].name
    typed = {**TYPED, "by": f"{speaker.upper()}.", "published": "9 March 2099"}
    reply = answer(await send(world.moderator, await begun(world, number), **typed))
    assert f"- {speaker.upper()}. makes this claim. A review has to come from somebody else." in text(reply).replace("\\", "")
    assert f"- {TO_COME}" in text(reply)


async def test_a_source_is_not_published_in_the_future(world: World) -> None:
    form = await world.moderator.slash(world.channel, "source add")
    reply = answer(await send(world.moderator, form, title="Tomorrow's news", published="9 March 2099"))
    assert f"- {TO_COME}" in text(reply)


async def test_a_second_review_of_the_same_address_takes_the_place_of_the_first(world: World) -> None:
    number = await claim(world)
    for rating in ("Mostly false (2 of 5)", "False"):
        seen = answer(await send(world.moderator, await begun(world, number), **{**TYPED, "rating": rating}))
        await world.moderator.click(seen, label=words.SAVE)
    (review,) = await reviews(world)
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "False"}
    record = await look(world, number)
    assert [source.title for source in record.sources[-1:]] == [f"False: {record.fact.text}"]  # and not "Mostly false" any more
    assert len(record.sources) == len({source.id for source in record.sources})


async def test_one_page_rates_two_claims_each_in_its_own_way(world: World) -> None:
    first, second = await claim(world), await claim(world, person=True)
    rated = {first: "Mostly false (2 of 5)", second: "True"}
    for number, rating in rated.items():
        seen = answer(await send(world.moderator, await begun(world, number), **{**TYPED, "rating": rating}))
        await world.moderator.click(seen, label=words.SAVE)
    assert {review["reviewRating"]["alternateName"] for review in await reviews(world)} == {"Mostly false", "True"}
    for number, rating in rated.items():
        record = await look(world, number)
        assert record.sources[-1].title == f"{rating}: {record.fact.text}"


async def test_what_was_changed_meanwhile_is_shown_before_the_review_is_recorded(world: World) -> None:
    number = await claim(world)
    seen = answer(await send(world.moderator, await begun(world, number), **TYPED))
    other = answer(await send(world.moderator, await begun(world, number), **{**TYPED, "url": f"{CHECK}/2", "by": "Others"}))
    await world.moderator.click(other, label=words.SAVE)
    again = answer(await world.moderator.click(seen, label=words.SAVE))
    assert words.CHANGED_SINCE in text(again)
    assert len(await reviews(world)) == 1
    await world.moderator.click(again, label=words.SAVE)
    assert len(await reviews(world)) == 2


async def test_only_claims_are_reviewed_and_a_claim_that_is_shown_offers_it(world: World) -> None:
    refused = await begun(world, 1)
    assert "Name a claim." in text(answer(refused))
    assert world.env.errors
    number = await claim(world)
    shown = answer(await world.moderator.slash(world.channel, "fact show", fact=f"F{number}"))
    form = await world.moderator.click(shown, label=words.ADD_REVIEW)
    assert values(form)["rating"] == ""
    assert words.ADD_REVIEW not in buttons(answer(await world.moderator.slash(world.channel, "fact show", fact="F1")))


async def test_where_two_moderators_agree_one_alone_records_no_review_about_a_person(world: World) -> None:
    await change_settings(world, two_moderators=True)
    number = await claim(world, person=True)
    seen = answer(await send(world.moderator, await begun(world, number), **TYPED))
    reply = answer(await world.moderator.click(seen, label=words.SAVE))
    assert "two moderators" in text(reply)
    assert await reviews(world) == []


@pytest.mark.parametrize("control", ["claim-review-save", "form"])
async def test_who_moderates_no_more_records_nothing(world: World, control: str) -> None:
    number = await claim(world)
    form = await begun(world, number)
    if control == "form":
        demote(world)
        await send(world.moderator, form, **TYPED)
    else:
        seen = answer(await send(world.moderator, form, **TYPED))
        demote(world)
        await world.moderator.click(seen, label=words.SAVE)
    assert await reviews(world) == []
