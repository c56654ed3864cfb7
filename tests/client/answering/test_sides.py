"""What each side says: everybody in their own words with their own source, and never one sentence of several."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.client import words
from bot.client.answering.presses import sides_panel
from bot.facts.models import Actor
from bot.facts.speakers import EventSides, Side
from tests.client.records import CLAIM, EVENT, QUOTE, UNSIGNED, actors, assert_harmless, filled, records_of_a_story, shown_text
from tests.client.world import TWITTER_BAN, Message, World, answer, buttons, offered, options, press, text
from tests.discord_limits import assert_within_limits


@st.composite
def events_with_sides(draw: st.DrawFn) -> EventSides:
    records = draw(records_of_a_story())
    side = st.builds(
        Side, st.lists(actors, max_size=9).map(tuple), filled, st.lists(records(1), min_size=1, max_size=4).map(tuple)
    )
    return EventSides(replace(draw(records(1)), retracted=False), draw(st.lists(side, min_size=1, max_size=5).map(tuple)))


def lines(message: object) -> list[str]:
    return text(message).split("\n")  # type: ignore[arg-type]


async def test_an_answer_of_which_several_sides_speak_shows_each_of_them(world: World) -> None:
    said = await world.ask(TWITTER_BAN)
    assert words.SIDES in offered(said)
    result = await press(world.bob, said, words.SIDES)
    panel = answer(result)
    assert result.ephemeral
    assert text(panel).startswith(f"### {words.SIDES}\n-# {words.SIDES_NOTE}\nTwitter announced on Thursday")
    named = [line for line in lines(panel) if line.startswith("**")]
    assert len(named) == len(set(named)) >= 2


async def test_the_sides_of_an_answer_as_of_a_day_keep_the_day_on_every_page(world: World) -> None:
    today = await _all_pages(world, answer(await press(world.alice, await world.ask(TWITTER_BAN), words.SIDES)))
    result = await world.alice.slash(world.channel, "ask", question=TWITTER_BAN, as_of="26 October 2017")
    then = await _all_pages(world, answer(await press(world.alice, answer(result), words.SIDES)))
    assert all("This is what the sources had reported by 26 October 2017." in page for page in then)
    assert not any("This is what the sources had reported" in page for page in today)
    quotes, known = ({line for page in pages for line in page.split("\n") if line.startswith("> “")} for pages in (today, then))
    assert known < quotes


async def _all_pages(world: World, panel: Message) -> list[str]:
    pages = [text(panel)]
    while words.NEXT in buttons(panel):
        panel = answer(await world.alice.click(panel, label=words.NEXT))
        pages.append(text(panel))
    return pages


async def test_every_word_of_a_side_has_its_sources_below_on_the_same_page_each_once(world: World) -> None:
    panel = answer(await press(world.alice, await world.ask(TWITTER_BAN), words.SIDES))
    seen = set()
    while True:
        said, _, below = text(panel).partition("\n-# [")
        marked = set(re.findall(r"\[(\d+)\]", said))
        listed = re.findall(r"\[(\d+)\](?!\()", f"[{below}")
        assert marked == set(listed)
        assert len(listed) == len(set(listed))
        seen.update(said.split("\n> “")[1:])
        if words.NEXT not in buttons(panel):
            break
        panel = answer(await world.alice.click(panel, label=words.NEXT))
    assert len(seen) >= 5


async def test_an_opened_fact_leads_to_the_sides_too(world: World) -> None:
    page = answer(await world.alice.slash(world.channel, "who", actor="Mark Warner"))
    first = next(option["label"] for option in options(page) if option.get("description") == words.SHOW)
    opened = answer(await press(world.alice, page, first))
    assert words.SIDES in offered(opened)
    assert text(answer(await press(world.alice, opened, words.SIDES))).startswith(f"### {words.SIDES}\n")


async def test_a_fact_of_which_one_side_speaks_has_no_such_button(world: World) -> None:
    said = await world.ask("When did the Foreign Agents Registration Act come into being?")
    assert "Foreign Agents Registration Act" in text(said)
    assert words.SIDES not in offered(said)


def test_sides_keep_their_words_apart() -> None:
    panel = sides_panel(
        EventSides(
            EVENT, (Side(QUOTE.speakers, "", (QUOTE,)), Side(CLAIM.speakers, "", (CLAIM,)), Side((), "Gazette", (UNSIGNED,)))
        ),
        0,
    )
    shown = shown_text(panel)
    assert "**Maria Lee**\n> “Safety comes first.\n> It is not safe.”\n> — **Maria Lee**, Mayor of Harbour [3]" in shown
    assert "**Maria Lee and Jo Kim**\nAccording to **Maria Lee** and **Jo Kim**:\nRepairs will cost" in shown
    assert [line[:6] for line in shown.split("\n") if line.startswith("-# [")] == ["-# [1]", "-# [2]"]
    assert "· [3] [¶4](https://example.org/a#:~:text=Safety%20comes%20first.%20It%20is%20not%20safe) · [4]" in shown


def test_a_side_names_its_sources_once_and_its_name_on_every_page() -> None:
    long = [
        replace(QUOTE, number=number, fact=replace(QUOTE.fact, text=f"Point {number}, {'words and ' * 40}"))
        for number in range(12)
    ]
    event_sides = EventSides(EVENT, (Side(QUOTE.speakers, "", (*long,)), Side((), "Gazette", (UNSIGNED,))))
    pages = [shown_text(sides_panel(event_sides, page)) for page in range(4)]
    assert len(set(pages)) > 2
    for page in pages:
        assert page.count("**Maria Lee**\n> ") == 1
        assert page.count("[3] [¶4](https://example.org/a#:~:text=Point%200%2C%20words") == 1
    shown = "".join(dict.fromkeys(pages))
    assert all(shown.count(f"“Point {number}, ") == 1 for number in range(12))


@given(events_with_sides(), st.integers(-1, 9))
def test_any_sides_are_within_limits(event_sides: EventSides, page: int) -> None:
    view = sides_panel(event_sides, page)
    assert_within_limits(view)
    assert_harmless(shown_text(view))


def test_sides_with_long_names_of_many_are_cut_to_what_a_message_takes() -> None:
    speakers = tuple(Actor(f"a{number}", f"*{number}* {'Long_Name ' * 30}", "person", role="Role " * 60) for number in range(9))
    long = replace(CLAIM.fact, text="Words_ " * 600, where="Place " * 60, context="Context " * 60)
    claims = [replace(CLAIM, number=number, fact=long, speakers=speakers) for number in range(2, 40)]
    sides = [Side(speakers, "", (claim,)) for claim in claims[:30]] + [Side(speakers[:1], "", (*claims[30:],))]
    event_sides = EventSides(
        replace(EVENT, fact=replace(EVENT.fact, text="What_happened " * 300, where="Place " * 60)), tuple(sides)
    )
    for page in range(40):
        assert_within_limits(sides_panel(event_sides, page))
