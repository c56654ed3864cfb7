"""Looking around: quotes, actors, the timeline, the network and the sources, as lists and as pictures told in words too."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from PIL import Image

from bot.client import words
from bot.pictures.canvas import DARK, LIGHT, WIDTH
from bot.pictures.letters import NO_LETTERS
from bot.presentation import wording
from bot.stories.load import read_story
from tests.client.forms import count_reads, in_session
from tests.client.world import World, answer, buttons, offered, options, parts, press, text
from tests.support.namesakes import PRYCES


async def test_quotes_of_a_speaker_are_verbatim_with_who_when_and_where(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    reads = count_reads(world, monkeypatch)
    result = await world.alice.slash(world.channel, "quote", speaker="warner")
    assert len(reads) == 1, "one reply shows one state of the base"
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
    await in_session(world, lambda session: session.base.apply(read_story(PRYCES, "wexley.yaml"), by="test"))
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
    others = next(label for label in offered(page) if label.startswith(wording.SAID_ABOUT))
    theirs = await press(world.bob, page, others)
    assert theirs.ephemeral
    mine = await press(world.alice, page, others)
    assert not mine.ephemeral
    for shown in (answer(theirs), answer(mine)):
        assert next(line for line in text(shown).splitlines() if line.startswith("**")) == f"**{wording.SAID_ABOUT}**"
        assert f"**{wording.HAPPENED}**" not in text(shown)
    turned = answer(await world.alice.click(answer(mine), label=words.NEXT))
    assert f"**{wording.SAID_ABOUT}**" in text(turned)
    whole = next(label for label in offered(turned) if label.startswith(words.ALL))
    assert text(answer(await press(world.alice, turned, whole))) == text(page)


async def test_every_fact_of_an_actor_can_be_opened(world: World) -> None:
    page = answer(await world.alice.slash(world.channel, "who", actor="Mark Warner"))
    facts = [option["label"] for option in options(page) if option.get("description") == words.SHOW]
    assert len(facts) == 4
    for fact in facts:
        result = await press(world.bob, page, fact)
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


async def test_a_timeline_is_read_in_one_trip_to_the_base(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    reads = count_reads(world, monkeypatch)
    shown = text(answer(await world.alice.slash(world.channel, "timeline", actor="google", **{"from": "2017"})))
    assert shown.startswith("### Timeline of Google from 2017\n")
    assert len(reads) == 1


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


TITLE = "Twitter's advertising ban on RT and Sputnik"


async def picture(message: Any) -> Image.Image:
    """Return the picture of a message as a viewer opens it."""
    (attachment,) = message.attachments
    assert attachment.filename.endswith(".png")
    image = Image.open(io.BytesIO(await attachment.read()))
    image.load()
    return image


def alternative_text(message: Any) -> str:
    """Return the alternative text of the picture of a message."""
    gallery = next(part for part in parts(message) if part["type"] == 12)
    description = gallery["items"][0]["description"]
    assert 0 < len(description) <= 1024
    return str(description)


async def test_a_time_line_is_drawn_for_who_presses_and_told_in_words(world: World) -> None:
    listed = answer(await world.alice.slash(world.channel, "timeline"))
    assert words.AS_PICTURE in buttons(listed)
    result = await world.bob.click(listed, label=words.AS_PICTURE)
    shown = answer(result)
    assert result.ephemeral
    image = await picture(shown)
    assert image.width == WIDTH
    assert image.convert("RGB").getpixel((20, 20)) == DARK.ground
    assert alternative_text(shown).startswith(f"Timeline, {TITLE}, Page 1 of 3. 1939–1945: The Foreign Agents Registration Act")


async def test_a_picture_is_turned_and_changes_its_colours_in_its_place(world: World) -> None:
    listed = answer(await world.alice.slash(world.channel, "timeline"))
    shown = answer(await world.alice.click(listed, label=words.AS_PICTURE))
    assert buttons(shown) == [words.NEXT, words.LIGHT_PICTURE, words.OVERVIEW]
    turned = answer(await world.alice.click(shown, label=words.NEXT))
    assert "Page 2 of 3" in alternative_text(turned)
    assert buttons(turned) == [words.PREVIOUS, words.NEXT, words.LIGHT_PICTURE, words.OVERVIEW]
    light = answer(await world.alice.click(turned, label=words.LIGHT_PICTURE))
    assert "Page 2 of 3" in alternative_text(light)
    assert (await picture(light)).convert("RGB").getpixel((20, 20)) == LIGHT.ground
    last = answer(await world.alice.click(light, label=words.NEXT))
    assert "Page 3 of 3" in alternative_text(last)
    assert buttons(last) == [words.PREVIOUS, words.DARK_PICTURE, words.OVERVIEW]


async def test_a_time_line_of_several_pages_is_drawn_on_one_wide_page_too(world: World) -> None:
    listed = answer(await world.alice.slash(world.channel, "timeline"))
    shown = answer(await world.alice.click(listed, label=words.AS_PICTURE))
    result = await world.alice.click(shown, label=words.OVERVIEW)
    image = await picture(answer(result))
    assert result.ephemeral
    assert image.width > image.height
    assert alternative_text(answer(result)).startswith(f"Timeline, {TITLE}. 1939–1945: The Foreign Agents Registration Act")
    one_page = answer(await world.alice.slash(world.channel, "timeline", actor="google"))
    assert words.OVERVIEW not in buttons(answer(await world.alice.click(one_page, label=words.AS_PICTURE)))


async def test_the_button_works_after_a_restart(world: World) -> None:
    listed = answer(await world.alice.slash(world.channel, "timeline", actor="google"))
    await world.restart()
    assert "Timeline of Google" in alternative_text(answer(await world.alice.click(listed, label=words.AS_PICTURE)))


@pytest.mark.parametrize(("kind", "start"), [("quotes", "> “"), ("claims", "According to"), ("all", "")])
async def test_a_time_line_shows_what_was_said_or_claimed_too(world: World, kind: str, start: str) -> None:
    listed = answer(await world.alice.slash(world.channel, "timeline", kind=kind))
    assert start in text(listed)
    shown = answer(await world.alice.click(listed, label=words.AS_PICTURE))
    assert alternative_text(shown).startswith(f"Timeline, {TITLE}, Page 1 of")


async def test_lists_that_are_no_time_lines_have_no_such_button(world: World) -> None:
    assert words.AS_PICTURE not in buttons(answer(await world.alice.slash(world.channel, "quote")))


async def test_who_speaks_about_whom_is_listed_by_speaker_with_counts(world: World) -> None:
    result = await world.alice.slash(world.channel, "network")
    shown = text(answer(result))
    assert not result.ephemeral
    assert shown.startswith(f"### {wording.NETWORK}\n")
    assert "**Margarita Simonyan** → Twitter 4×" in shown
    assert "-# Page 1 of" in shown


@pytest.mark.parametrize("sign", ["i", "*"])
async def test_the_longest_names_that_a_page_of_the_network_has_fit_into_a_message(world: World, sign: str) -> None:
    names = [(f"{number} {sign * 200}")[:200] + "." for number in range(30)]
    actors = "".join(f"  a{number}: {{name: '{name}', kind: person}}\n" for number, name in enumerate(names))
    speaks = [(by, about) for by in range(28) for about in (28, 29)]
    quotes = "".join(
        f"  q{by}-{about}: {{by: a{by}, about: [a{about}], text: {by} {about}., cite: log}}\n" for by, about in speaks
    )
    head = "story: {id: council, title: Council}\nsources: {log: {type: webpage, title: Log}}\n"
    story = read_story(f"{head}actors:\n{actors}quotes:\n{quotes}", "x.yaml")
    await world.service.write(world.guild.id, lambda session: session.base.apply(story, by="test"))
    shown = answer(await world.alice.slash(world.channel, "network", story="council"))
    listed = 0
    for _ in range(len(speaks)):
        said = text(shown)
        assert len(said) <= 3600
        listed += len(re.findall(r"[→,] ", said))
        if words.NEXT not in buttons(shown):
            break
        shown = answer(await world.alice.click(shown, label=words.NEXT))
    assert listed >= len(speaks)


async def test_the_network_of_one_actor_is_only_of_them_on_all_pages(world: World) -> None:
    shown = answer(await world.alice.slash(world.channel, "network", actor="zakharova"))
    assert "Maria Zakharova" in text(shown).splitlines()[0]
    lines = [line for line in text(shown).splitlines()[1:] if not line.startswith("-# ")]
    assert lines
    assert all("Maria Zakharova" in line for line in lines)
    shown = answer(await world.alice.slash(world.channel, "network", actor="world socialist web site"))
    turned = answer(await world.alice.click(shown, label=words.NEXT))
    assert all("World Socialist" in line for line in text(turned).splitlines() if not line.startswith("-# "))


async def test_others_leaf_through_a_copy_of_their_own(world: World) -> None:
    shown = answer(await world.alice.slash(world.channel, "network"))
    result = await world.bob.click(shown, label=words.NEXT)
    assert result.ephemeral
    assert "Page 2 of" in text(answer(result))
    turned = answer(await world.bob.click(answer(result), label=words.NEXT))
    assert "Page 3 of" in text(turned)
    mine = await world.alice.click(shown, label=words.NEXT)
    assert not mine.ephemeral
    assert "Page 2 of" in text(answer(mine))


async def test_whom_nobody_knows_or_speaks_about_is_told_to_the_asker_alone(world: World) -> None:
    for name in ("Captain Nemo", "?!"):
        result = await world.alice.slash(world.channel, "network", actor=name)
        assert result.ephemeral
    assert world.env.errors


async def test_a_story_in_letters_that_cannot_be_drawn_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.pictures.letters._MAX_MISSING", -1)
    listed = answer(await world.alice.slash(world.channel, "timeline"))
    result = await world.alice.click(listed, label=words.AS_PICTURE)
    assert result.ephemeral
    assert text(answer(result)) == NO_LETTERS
