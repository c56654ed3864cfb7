"""Lists: quotes, actors, the timeline and the sources."""

from __future__ import annotations

import pytest

from bot.client import words
from bot.presentation import wording
from bot.stories.load import read_story
from tests.client.forms import run_to_end
from tests.client.world import World, answer, offered, options, press, text
from tests.support.namesakes import PRYCES


async def test_quotes_of_a_speaker_are_verbatim_with_who_when_and_where(world: World) -> None:
    result = await world.alice.slash(world.channel, "quote", speaker="warner")
    shown = text(answer(result))
    assert not result.ephemeral
    assert shown.startswith("### Quotes by Mark Warner\n")
    assert "> “I appreciate the effort, although RT and Sputnik have been known entities for some time" in shown
    assert "> — **Mark Warner**, " in shown


async def test_a_misspelt_speaker_is_understood(world: World) -> None:
    result = await world.alice.slash(world.channel, "quote", speaker="Siymonyan")
    assert "Margarita Simonyan" in text(answer(result))


async def test_quotes_about_something(world: World) -> None:
    result = await world.alice.slash(world.channel, "quote", about="fake accounts")
    assert text(answer(result)).startswith("### Quotes about fake accounts\n")
    assert "fake accounts as well as avatars" in text(answer(result))


async def test_somebody_who_only_claims_is_shown_with_what_they_claim(world: World) -> None:
    shown = text(answer(await world.alice.slash(world.channel, "quote", speaker="google")))
    assert shown.startswith(f"### Google\n{words.NOT_QUOTED}\n")
    assert "According to **Google**" in shown


async def test_all_quotes_fill_pages(world: World) -> None:
    result = await world.alice.slash(world.channel, "quote")
    assert text(answer(result)).startswith("### Quotes\n")
    assert "Page 1 of" in text(answer(result))


@pytest.mark.parametrize(
    ("command", "option"), [("quote", "speaker"), ("who", "actor"), ("timeline", "actor"), ("network", "actor")]
)
@pytest.mark.parametrize("typed", ["Pryce", "mo", "prycee"])
async def test_who_is_meant_by_what_several_are_called_is_asked_back(command: str, option: str, typed: str, world: World) -> None:
    await run_to_end(world, lambda session: session.base.apply(read_story(PRYCES, "wexley.yaml"), by="test"))
    result = await world.alice.slash(world.channel, command, **{option: typed})
    assert text(answer(result)) == f"“{typed}” may be Maria Pryce, Tom Pryce. Write which one in full."
    assert world.env.errors
    named = await world.alice.slash(world.channel, command, **{option: "Tom Pryce"})
    assert "may be" not in text(answer(named))


async def test_an_unknown_speaker_is_told_to_the_asker_alone(world: World) -> None:
    result = await world.alice.slash(world.channel, "quote", speaker="Captain Nemo")
    assert result.ephemeral
    assert "Captain Nemo" in text(answer(result))
    assert world.env.errors


async def test_who_shows_what_an_actor_did_and_said_and_what_others_say(world: World) -> None:
    shown = text(answer(await world.alice.slash(world.channel, "who", actor="Mark Warner")))
    assert shown.startswith("### Mark Warner\n")
    assert f"**{words.IN_THEIR_WORDS}**" in shown
    assert "Senate Intelligence Committee" in shown


async def test_the_sections_of_an_actor_are_opened_in_its_page_and_others_get_a_copy(world: World) -> None:
    page = answer(await world.alice.slash(world.channel, "who", actor="Twitter"))
    others = next(each for each in offered(page) if each.startswith(wording.SAID_ABOUT))
    theirs = await press(world.bob, page, others)
    assert theirs.ephemeral
    mine = await press(world.alice, page, others)
    assert not mine.ephemeral
    for shown in (answer(theirs), answer(mine)):
        assert next(line for line in text(shown).splitlines() if line.startswith("**")) == f"**{wording.SAID_ABOUT}**"
        assert f"**{wording.HAPPENED}**" not in text(shown)
    turned = answer(await world.alice.click(answer(mine), label=words.NEXT))
    assert f"**{wording.SAID_ABOUT}**" in text(turned)
    whole = next(each for each in offered(turned) if each.startswith(words.ALL))
    assert text(answer(await press(world.alice, turned, whole))) == text(page)


async def test_every_fact_of_an_actor_can_be_opened(world: World) -> None:
    page = answer(await world.alice.slash(world.channel, "who", actor="Mark Warner"))
    facts = [option["label"] for option in options(page) if option.get("description") == words.SHOW]
    assert len(facts) == 4
    for each in facts:
        result = await press(world.bob, page, each)
        assert result.ephemeral
        assert "Warner" in text(answer(result))


async def test_the_timeline_runs_by_date(world: World) -> None:
    shown = text(answer(await world.alice.slash(world.channel, "timeline", **{"from": "26 October 2017", "to": "26.10.2017"})))
    assert shown.startswith("### Timeline from 26 October 2017 to 26 October 2017\n")
    assert "**26 October 2017**\nTwitter announced" in shown


async def test_the_title_of_a_timeline_says_the_period_as_it_was_understood(world: World) -> None:
    shown = text(answer(await world.alice.slash(world.channel, "timeline", **{"from": "in April"})))
    assert shown.startswith("### Timeline from April 2017\n")


@pytest.mark.parametrize("actor", [" ", '" "', "?!"])
async def test_who_without_a_name_asks_for_one(world: World, actor: str) -> None:
    result = await world.alice.slash(world.channel, "who", actor=actor)
    assert result.ephemeral
    assert text(answer(result)) == wording.NO_NAME
    assert world.env.errors


async def test_the_timeline_of_an_actor(world: World) -> None:
    shown = text(answer(await world.alice.slash(world.channel, "timeline", actor="google")))
    assert shown.startswith("### Timeline of Google\n")


@pytest.mark.parametrize("fields", [{"from": "the day after"}, {"from": "2018", "to": "2017"}, {"to": "32.13.2017"}])
async def test_a_wrong_date_is_told_to_the_asker_alone(world: World, fields: dict[str, str]) -> None:
    result = await world.alice.slash(world.channel, "timeline", **fields)
    assert result.ephemeral
    assert text(answer(result)).strip()
    assert "Traceback" not in text(answer(result))
    assert world.env.errors


async def test_an_empty_period_says_so(world: World) -> None:
    result = await world.alice.slash(world.channel, "timeline", **{"from": "2031", "to": "2032"})
    assert result.ephemeral
    assert "nothing in the facts I have" in text(answer(result))
    assert world.env.errors


async def test_sources_are_listed_in_full_for_one_person(world: World) -> None:
    result = await world.alice.slash(world.channel, "sources")
    assert result.ephemeral
    assert "World Socialist Web Site" in text(answer(result))
    assert "cited by" in text(answer(result))
