"""Share: under what shows facts that are on the web, their permanent pages; nowhere else."""

from __future__ import annotations

from bot.client.sites import words
from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.site.addresses import fact_page
from tests.client.forms import in_session
from tests.client.sites.published import ADDRESS, STORY, folder, look, page, put_on_the_web
from tests.client.world import TWITTER_BAN, World, answer, change_settings, offered, press, text

BAN = f"{STORY}/{fact_page('twitter-ban')}"


async def test_an_answer_gives_the_pages_of_its_facts_to_whoever_presses(world: World) -> None:
    await put_on_the_web(world)
    asked = await world.ask(TWITTER_BAN)
    shared = await press(world.bob, asked, words.SHARE)
    assert shared.ephemeral
    assert text(answer(shared)).startswith(words.PAGES)
    address = f"{ADDRESS}/{world.guild.id}/{BAN}"
    assert f"<{address}>" in text(answer(shared))
    assert (folder(world) / BAN).is_file(), "the page is there"


async def test_lists_opened_facts_and_facts_shown_to_moderators_have_it_too(world: World) -> None:
    await put_on_the_web(world)
    for command, options in (("quote", {"speaker": "Mark Warner"}), ("timeline", {}), ("who", {"actor": "Twitter"})):
        listed = answer(await world.alice.slash(world.channel, command, **options))
        assert f"<{ADDRESS}/{world.guild.id}/{STORY}/fact/" in text(answer(await press(world.alice, listed, words.SHARE)))
    shown = answer(await world.moderator.slash(world.channel, "fact show", fact="twitter-ban"))
    assert BAN in text(answer(await press(world.moderator, shown, words.SHARE)))


async def test_it_is_not_offered_where_the_story_is_not_on_the_web(world: World) -> None:
    assert words.SHARE not in offered(await world.ask(TWITTER_BAN))
    await change_settings(world, published_stories=(STORY,))
    assert words.SHARE not in offered(await world.ask(TWITTER_BAN)), "nothing is written yet"
    await look(world)
    assert words.SHARE in offered(await world.ask(TWITTER_BAN))


async def test_a_fact_that_was_not_reviewed_has_no_page(world: World) -> None:
    await put_on_the_web(world)
    read = "Twitter was seen at the harbour with a lighthouse."

    def add(session: object) -> None:
        base = session.base  # type: ignore[attr-defined]
        first = base.by_date("event")[0].fact
        from dataclasses import replace

        passage = replace(first, id="seen", kind="passage", text=read, reviewed=False, date=None, where=None, who=())
        base.revisions.apply(Edit(STORY, facts=(passage,)), sign("test", None))

    await in_session(world, add)
    await look(world)
    shown = answer(await world.moderator.slash(world.channel, "fact show", fact="seen"))
    assert read in text(shown)
    assert words.SHARE not in offered(shown)


async def test_what_was_taken_off_since_is_said_to_be_gone_and_what_was_withdrawn_keeps_its_page(world: World) -> None:
    await put_on_the_web(world)
    asked = await world.ask(TWITTER_BAN)
    await in_session(world, lambda session: session.base.revisions.apply(
        Edit(STORY, retract=("twitter-ban",)), sign("test", "It was another.")))  # fmt: skip
    await look(world)
    assert "It was another." in page(world, fact_page("twitter-ban"))
    assert BAN in text(answer(await press(world.alice, asked, words.SHARE)))
    await change_settings(world, published_stories=())
    await look(world)
    assert text(answer(await press(world.alice, asked, words.SHARE))) == words.NO_PAGE
