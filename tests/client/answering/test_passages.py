"""Sentences of articles on Discord: what several tell is one entry, marked as not reviewed, and stays so in later pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.client import words
from bot.facts.logbook import sign
from bot.presentation import wording
from bot.presentation.wording import NOT_REVIEWED
from bot.service.session import Session
from tests.answers.articles import LATER, LOCAL, WIRE, coverage, with_reviewed
from tests.client.forms import in_session
from tests.client.world import World, answer, change_settings, parts, press, text


@pytest.fixture
async def bridge(world: World) -> World:
    """A world with articles about a bridge."""
    await in_session(world, lambda session: session.base.apply(coverage(WIRE, LOCAL, LATER), by="test"))
    await in_session(world, lambda session: session.encode())
    return world


def keep_first(session: Session) -> None:
    first = session.unreviewed.waiting("bridge", limit=1)[0].record
    session.keeping.keep(first.number, first.revision, sign("ann", None))


async def test_what_several_articles_tell_is_shown_once_with_all_its_sources_also_when_it_is_opened(bridge: World) -> None:
    reply = await bridge.ask("when was the Harbour Bridge closed?")
    shown = text(reply)
    assert "Told by 3 independent sources." in shown
    assert NOT_REVIEWED in shown
    assert "Divers had found cracks in two piers" not in shown, "that sentence is only cited"
    sources = text(answer(await bridge.bob.click(reply, label=wording.SOURCES)))
    assert all(outlet in sources for outlet in ("Coast Wire", "Harbour Gazette", "Lake Herald"))


async def test_what_is_near_to_a_question_says_that_nobody_has_reviewed_it_either(bridge: World) -> None:
    shown = text(await bridge.ask("why did the trams stop?"))
    assert wording.NEAREST in shown
    assert NOT_REVIEWED in shown


async def test_a_server_may_say_that_only_reviewed_facts_answer(bridge: World) -> None:
    assert "Market Street" in text(await bridge.ask("where do the trams stop?"))
    await change_settings(bridge, only_reviewed=True)
    assert "Market Street" not in text(await bridge.ask("where do the trams stop?"))


async def test_the_list_of_stories_says_how_much_of_the_coverage_is_reviewed(bridge: World) -> None:
    listed = text(answer(await bridge.moderator.slash(bridge.channel, "story list")))
    assert "bridge · 8 facts · 0 of 8 sentences reviewed, 3 articles" in listed
    assert "69 facts · " not in listed, "where no article was read, nothing is said"
    await in_session(bridge, lambda session: session.base.apply(with_reviewed(coverage(WIRE, LOCAL, LATER)), by="test"))
    await in_session(bridge, lambda session: session.encode())
    listed = text(answer(await bridge.moderator.slash(bridge.channel, "story list")))
    assert "bridge · 9 facts · 0 of 8 sentences reviewed, 3 articles" in listed, "what somebody wrote was never to be reviewed"
    await in_session(bridge, keep_first)
    listed = text(answer(await bridge.moderator.slash(bridge.channel, "story list")))
    assert "bridge · 9 facts · 1 of 8 sentences reviewed, 3 articles" in listed


CRANE = """\
Crane falls at Fish Quay
Coast Wire, 2021-05-06

A crane fell onto the quay of Harbour on Wednesday. Harbour master Ingrid Sallow said that nobody had been hurt.

“The crane was forty years old,” Sallow told reporters. On 12 April the council had voted to replace it.

“Nobody listened to us for years,” Sallow said on Tuesday.
"""
MARK = f"-# {NOT_REVIEWED}"
DATED_MARK = f"-# 4 May 2021 · {NOT_REVIEWED}"


@pytest.fixture
async def crane(world: World) -> World:
    """A world whose channel speaks of a story that is nothing but one article."""
    await in_session(world, lambda session: session.base.apply(coverage(CRANE), by="test"))
    await in_session(world, lambda session: session.encode())
    await change_settings(world, channels={str(world.channel.id): "bridge"})
    return world


async def test_what_an_article_quotes_is_listed_without_the_sentence_around_it_and_marked(crane: World) -> None:
    shown = text(answer(await crane.alice.slash(crane.channel, "quote", speaker="Sallow")))
    first, second = shown.split("> “")[1:]
    assert first.startswith("Nobody listened to us for years”\n> — **Ingrid Sallow**")
    assert second.startswith("The crane was forty years old”\n> — **Ingrid Sallow**")
    assert f"> {DATED_MARK}" in first
    assert f"> {MARK}" in second
    assert "told reporters" not in shown
    near = text(answer(await crane.alice.slash(crane.channel, "quote", about="age of the crane")))
    assert "> “The crane was forty years old”" in near


async def test_what_an_article_tells_of_days_is_a_time_line_also_as_a_picture(crane: World) -> None:
    reply = answer(await crane.alice.slash(crane.channel, "timeline"))
    shown = text(reply)
    voted, fell = shown.split("\n**")[1:]
    assert voted.startswith("12 April 2021**\nOn 12 April \\[12 April 2021\\] the council had voted to replace it.")
    assert fell.startswith("5 May 2021**\nA crane fell onto the quay")
    assert MARK in voted
    assert MARK in fell
    picture = answer(await press(crane.alice, reply, words.AS_PICTURE))
    (alt,) = (item["description"] for part in parts(picture) if part["type"] == 12 for item in part["items"])
    assert f"5 May 2021 ({NOT_REVIEWED}): A crane fell" in alt
    said = text(answer(await crane.alice.slash(crane.channel, "timeline", kind="quotes")))
    assert "> “Nobody listened to us for years”" in said


async def test_what_an_article_tells_of_somebody_is_on_their_page_section_by_section(crane: World) -> None:
    page = answer(await crane.alice.slash(crane.channel, "who", actor="Sallow"))
    shown = text(page)
    assert f"**{words.IN_THEIR_WORDS}**\n> “Nobody listened to us for years”" in shown
    assert f"**{words.CLAIMED}**\nHarbour master Ingrid Sallow said that nobody had been hurt." in shown
    assert shown.count(NOT_REVIEWED) == 3


async def test_pages_of_a_list_that_are_turned_show_words_that_articles_quote_as_the_first_did(crane: World) -> None:
    crane.service.settings = replace(crane.service.settings, page_size=1)
    first = answer(await crane.alice.slash(crane.channel, "quote"))
    turned = answer(await crane.alice.click(first, label=words.NEXT))
    assert "> “The crane was forty years old”" in text(turned)
    assert f"> {MARK}" in text(turned)


@pytest.mark.parametrize(
    ("command", "options"), [("quote", {}), ("quote", {"about": "the crane"}), ("timeline", {}), ("who", {"actor": "Sallow"})]
)
async def test_lists_have_nothing_of_articles_where_only_reviewed_facts_answer(
    command: str, options: dict[str, str], crane: World
) -> None:
    await change_settings(crane, only_reviewed=True)
    result = await crane.alice.slash(crane.channel, command, **options)
    assert result.ephemeral
    assert "nothing in the facts I have" in text(answer(result))
    assert crane.env.errors


async def test_what_articles_say_is_in_no_list_of_who_speaks_about_whom(crane: World) -> None:
    shown = answer(await crane.alice.slash(crane.channel, "network"))
    assert "Coast Wire" not in text(shown)
    assert crane.env.errors


async def test_links_scroll_to_the_sentences_that_are_cited_and_those_of_facts_that_people_wrote_do_not(world: World) -> None:
    story = with_reviewed(coverage(WIRE, LOCAL, LATER))
    linked = tuple(replace(source, url=f"https://{source.id}.example/bridge") for source in story.sources)
    await in_session(world, lambda session: session.base.apply(replace(story, sources=linked), by="test"))
    await in_session(world, lambda session: session.encode())
    reply = await world.ask("why was the Harbour Bridge closed?")
    for shown in (text(reply), text(answer(await world.bob.click(reply, label=wording.SOURCES)))):
        assert "(https://report.example/bridge)" in shown
        assert "(https://coast.example/bridge#:~:text=The%20city%20closed%20the%20Harbour,in%20two%20of%20its%20piers)" in shown
        assert "(https://lake.example/bridge#:~:text=Divers%20had%20found%20cracks%20in,and%20the%20city%20closed%20it)" in shown
    tram = text(await world.ask("where do the trams stop?"))
    assert "(https://harbour.example/bridge#:~:text=The%20trams%20stop%20at%20Market%20Street%20now)" in tram


async def test_what_is_quoted_links_to_its_sentence_in_each_article_that_has_it(crane: World) -> None:
    again = CRANE.replace("Coast Wire", "Lake Herald").replace("Sallow said on Tuesday", "Sallow told the Lake Herald")
    story = coverage(CRANE, again)
    linked = tuple(replace(source, url=f"https://{source.id}.example/crane") for source in story.sources)
    await in_session(crane, lambda session: session.base.apply(replace(story, sources=linked), by="test"))
    await in_session(crane, lambda session: session.encode())
    reply = answer(await crane.alice.slash(crane.channel, "quote", speaker="Sallow"))
    assert text(reply).count("> “Nobody listened to us for years”") == 1
    sources = text(answer(await crane.alice.click(reply, label=wording.SOURCES)))
    for shown in (text(reply), sources):
        assert "coast.example/crane#:~:text=Nobody%20listened%20to%20us%20for%20years%2C%E2%80%9D%20Sallow%20said" in shown
        assert "lake.example/crane#:~:text=Nobody%20listened%20to%20us%20for%20years%2C%E2%80%9D%20Sallow%20told" in shown


async def test_what_words_mean_stands_behind_them_alone_on_every_page_of_a_long_sentence(crane: World) -> None:
    story = coverage(CRANE)
    long = f"She said that {'nobody had wanted to pay for a new one, and ' * 60}that was all."
    said = replace(story.facts[1], text=long, context=None, glosses=((0, 3, "Ingrid Sallow"),))
    await in_session(crane, lambda session: session.base.apply(replace(story, facts=(said,)), by="test"))
    await in_session(crane, lambda session: session.encode())
    page = answer(await crane.alice.slash(crane.channel, "timeline", kind="claims"))
    opened = answer(await crane.alice.click(page, label=words.READ_ALL))
    assert "She \\[Ingrid Sallow\\] said that nobody had wanted to pay" in text(opened)
    turned = answer(await crane.alice.click(opened, label=words.NEXT))
    assert "Ingrid Sallow" not in text(turned)
    assert "and that was all." in text(turned)
