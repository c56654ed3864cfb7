"""Sources and actors: added, changed, refused with nothing lost, and undone."""

from __future__ import annotations

from dataclasses import replace

import discord
import pytest
from simcord import InteractionResult, MemberActor

from bot.client import words as client_words
from bot.client.facts import words
from bot.client.logbook.cog import TAKE_CHANGE_BACK
from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.facts.models import Actor, Source
from bot.stories.load import read_story
from tests.client.forms import LINK, MARKS, fields, in_session, look, second_moderator, send, values
from tests.client.world import World, answer, demote, text

STORY = "twitter-rt-sputnik"


async def source(world: World, title: str) -> Source | None:
    matches: list[Source] = [
        match for _, match, _ in await in_session(world, lambda session: session.base.sources()) if match.title == title
    ]
    return matches[0] if matches else None


async def actor(world: World, name: str) -> Actor | None:
    matches: list[Actor] = [
        record.actor for record in await in_session(world, lambda session: session.base.actors()) if record.actor.name == name
    ]
    return matches[0] if matches else None


async def test_a_source_is_added_changed_and_undone(world: World) -> None:
    form = await world.moderator.slash(world.channel, "source add")
    assert [field["component"]["custom_id"] for field in fields(form)] == ["link", "title", "publisher", "published", "type"]
    assert values(form)["type"] == "webpage"
    done = await send(
        world.moderator, form, link=LINK, title="Frost on masts", publisher="Gazette", published="5 march 2018", type="report"
    )
    assert text(answer(done)).startswith(f"### Source added\n**[Frost on masts]({LINK})**\nGazette, 5 March 2018, report")
    kept = await source(world, "Frost on masts")
    assert kept is not None
    assert (kept.type, kept.published and kept.published.edtf) == ("report", "2018-03-05")
    again = await world.moderator.click(answer(done), label=words.EDIT)
    assert values(again)["title"] == "Frost on masts"
    await send(world.moderator, again, title="Frost upon masts")
    assert "### Source changed" in text(answer(done))
    changed = await source(world, "Frost upon masts")
    assert changed is not None
    assert changed.id == kept.id
    await world.moderator.click(answer(done), label=words.UNDO)
    assert await source(world, "Frost on masts") is not None


async def test_every_fault_of_a_source_is_told_and_the_form_comes_back(world: World) -> None:
    form = await world.moderator.slash(world.channel, "source add")
    typed = {"link": "not a link", "title": " \u200b ", "publisher": MARKS, "published": "once upon a time"}
    result = await send(world.moderator, form, **typed)
    said = text(answer(result))
    assert "That is not a link." in said
    assert "I cannot read" in said
    again = await world.moderator.click(answer(result), label=words.BACK_TO_FORM)
    assert values(again)["publisher"] == MARKS
    assert values(again)["link"] == "not a link"
    mended = await send(world.moderator, again, link="", title=MARKS, published="2018")
    assert "@everyone" not in text(answer(mended))
    assert await source(world, MARKS) is not None


async def test_a_link_that_another_source_has_is_refused(world: World) -> None:
    form = await world.moderator.slash(world.channel, "source add")
    known = (await in_session(world, lambda session: session.base.sources()))[0][1]
    result = await send(world.moderator, form, link=known.url, title="Once more")
    assert known.title in text(answer(result))
    form = await world.moderator.slash(world.channel, "source add")
    result = await send(world.moderator, form, link=f"{known.url}/?utm_source=feed#top", title="Once more")
    assert known.title in text(answer(result))
    assert await source(world, "Once more") is None


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (f"https://example.org/{'a' * 500}", "the limit is 400"),
        ("https://ann:secret@example.org/", "a password"),
        ("https://example.org:99999/", "an impossible host or port"),
    ],
)
async def test_a_link_that_could_not_be_shown_is_refused_with_the_reason(world: World, link: str, said: str) -> None:
    form = await world.moderator.slash(world.channel, "source add")
    shown = text(answer(await send(world.moderator, form, link=link, title="A page")))
    assert said in shown
    assert await source(world, "A page") is None


async def test_a_known_source_is_changed(world: World) -> None:
    chosen = (await world.moderator.autocomplete(world.channel, "source edit", "source", "klobuchar"))[0]["value"]
    form = await world.moderator.slash(world.channel, "source edit", source=chosen)
    before = await source(world, values(form)["title"])
    assert before is not None
    await send(world.moderator, form, title="Her statement")
    after = await source(world, "Her statement")
    assert after is not None
    assert (after.id, after.url, after.published, after.authors, after.note) == (
        before.id,
        before.url,
        before.published,
        before.authors,
        before.note,
    )


async def test_an_actor_is_added_and_changed_and_found_by_its_other_names(world: World) -> None:
    form = await world.moderator.slash(world.channel, "actor add")
    assert [field["component"]["custom_id"] for field in fields(form)] == ["name", "kind", "role", "aliases", "wikidata"]
    done = await send(
        world.moderator, form, name="Ida Frost", kind="person", role="Engineer", aliases="Ms Frost\n\nthe masts lady"
    )
    assert text(answer(done)).startswith("### Added\n**Ida Frost**, Engineer\n-# Also called Ms Frost, the masts lady")
    offered = await world.moderator.autocomplete(world.channel, "fact add quote", "speaker", "masts lady")
    assert offered[0]["name"] == "Ida Frost, Engineer"
    form = await world.moderator.slash(world.channel, "actor edit", actor="Ms Frost")
    known = {"name": "Ida Frost", "kind": "person", "role": "Engineer", "aliases": "Ms Frost\nthe masts lady"}
    assert values(form) == {**known, "wikidata": ""}
    await send(world.moderator, form, role="Chief engineer")
    changed = await actor(world, "Ida Frost")
    assert changed is not None
    assert changed.role == "Chief engineer"


async def test_the_item_of_wikidata_is_typed_once_checked_and_shown_as_a_link(world: World) -> None:
    form = await world.moderator.slash(world.channel, "actor edit", actor="Twitter")
    refused = await send(world.moderator, form, wikidata="twitter")
    assert "Write the Q and the number alone, such as Q918" in text(answer(refused))
    again = await world.moderator.click(answer(refused), label=words.BACK_TO_FORM)
    assert values(again)["wikidata"] == "twitter"
    link = "[Wikidata: Q918](https://www.wikidata.org/wiki/Q918)"
    assert link in text(answer(await send(world.moderator, again, wikidata=" Q918 ")))
    page = answer(await world.alice.slash(world.channel, "who", actor="twitter"))
    assert f"-# {link}" in text(page).splitlines()
    turned = answer(await world.alice.click(page, label=client_words.NEXT))
    assert link in text(turned)
    form = await world.moderator.slash(world.channel, "actor edit", actor="Twitter")
    assert values(form)["wikidata"] == "Q918"
    changed = await actor(world, "Twitter")
    assert changed is not None
    assert changed.citations


async def test_a_name_that_is_there_already_is_refused_with_nothing_lost(world: World) -> None:
    form = await world.moderator.slash(world.channel, "actor add")
    result = await send(world.moderator, form, name="mark warner", role="Somebody else", aliases="W")
    assert "Mark Warner" in text(answer(result))
    again = await world.moderator.click(answer(result), label=words.BACK_TO_FORM)
    typed = {"name": "mark warner", "kind": "person", "role": "Somebody else", "aliases": "W"}
    assert values(again) == {**typed, "wikidata": ""}


async def test_more_names_than_an_actor_may_have_are_refused_with_nothing_lost(world: World) -> None:
    form = await world.moderator.slash(world.channel, "actor add")
    names = "\n".join(f"name {number}" for number in range(101))
    result = await send(world.moderator, form, name="Ida Frost", aliases=names)
    assert "aliases: There are 101 of these, and the limit is 100. Leave some of them out." in text(answer(result))
    again = await world.moderator.click(answer(result), label=words.BACK_TO_FORM)
    assert values(again)["aliases"] == names
    assert await actor(world, "Ida Frost") is None


async def test_a_name_that_shows_nothing_is_refused_with_nothing_lost(world: World) -> None:
    form = await world.moderator.slash(world.channel, "actor add")
    result = await send(world.moderator, form, name=" \u200b ", role="Engineer")
    assert "Write a name." in text(answer(result))
    again = await world.moderator.click(answer(result), label=words.BACK_TO_FORM)
    assert values(again)["role"] == "Engineer"


async def test_what_was_taken_back_meanwhile_is_said_to_be_gone(world: World) -> None:
    for what, typed in (("actor", {"name": "Ida Frost"}), ("source", {"title": "Frost", "link": LINK})):
        done = answer(await send(world.moderator, await world.moderator.slash(world.channel, f"{what} add"), **typed))
        mine = await world.moderator.click(done, label=words.EDIT)
        change = (await in_session(world, lambda session: session.base.logbook.entries(limit=1)))[0].change
        await in_session(world, lambda session, change=change: session.changes.undo_once(change, sign("test", None)))
        result = await send(world.moderator, mine, **typed)
        assert "It is no longer there" in text(result.followups[-1] if result.followups else answer(result)), what


async def test_where_several_stories_are_a_new_actor_is_asked_for_one(world: World) -> None:
    story = read_story("story: {id: quay, title: Quay}\n", "x.yaml")
    await in_session(world, lambda session: session.base.apply(story, by="test"))
    asked = await world.moderator.slash(world.channel, "actor add")
    assert text(answer(asked)).startswith(words.WHICH_STORY)
    form = await world.moderator.select(answer(asked), ["quay"])
    await send(world.moderator, form, name="Ida Frost")
    (added,) = await in_session(world, lambda session: session.base.actors("quay"))
    assert added.actor.name == "Ida Frost"


async def test_undo_of_ones_own_last_change_of_an_actor_says_what_it_was(world: World) -> None:
    form = await world.moderator.slash(world.channel, "actor edit", actor="AFP")
    await send(world.moderator, form, role="Firm")
    shown = answer(await world.moderator.slash(world.channel, "fact undo"))
    assert "AFP" in text(shown)
    await world.moderator.click(shown, label=words.TAKE_BACK)
    assert text(shown) == words.TAKEN_BACK.format(what="“AFP” is as it was before.")


async def test_somebody_demoted_in_the_middle_adds_nothing_and_has_back_what_was_typed(world: World) -> None:
    form = await world.moderator.slash(world.channel, "actor add")
    demote(world)
    refused = await send(world.moderator, form, name="Ida Frost", aliases="Ms Frost")
    assert "Only moderators" in text(answer(refused))
    assert "Ms Frost" in text(answer(refused))
    assert await actor(world, "Ida Frost") is None


async def open_edit(world: World, who: MemberActor, what: str) -> InteractionResult:
    """Open the form of a source or an actor that is there already."""
    option = {"actor": ("actor", f"{STORY}/warner"), "source": ("source", f"{STORY}/twitter-blog")}[what]
    return await who.slash(world.channel, f"{what} edit", **{option[0]: option[1]})


@pytest.mark.parametrize(
    ("what", "first", "second"),
    [
        ("actor", {"role": "Senator for Virginia"}, {"aliases": "Senator Mark"}),
        ("source", {"publisher": "The company"}, {"title": "Another title"}),
    ],
)
async def test_the_second_of_two_editors_overwrites_nothing_unseen(
    world: World, what: str, first: dict[str, str], second: dict[str, str]
) -> None:
    other = second_moderator(world)
    mine, theirs = await open_edit(world, world.moderator, what), await open_edit(world, other, what)
    await send(other, theirs, **first)
    refused = answer(await send(world.moderator, mine, **second))
    assert "was changed while you were writing" in text(refused)
    assert next(iter(first.values())) in text(refused)
    again = await world.moderator.click(refused, label=words.ON_TOP)
    for name, value in {**first, **second}.items():
        assert values(again)[name] == value
    await send(world.moderator, again)
    stored = values(await open_edit(world, world.moderator, what))
    for name, value in {**first, **second}.items():
        assert stored[name] == value


async def test_who_gives_up_a_change_of_an_actor_leaves_the_others(world: World) -> None:
    other = second_moderator(world)
    mine, theirs = await open_edit(world, world.moderator, "actor"), await open_edit(world, other, "actor")
    await send(other, theirs, role="Senator for Virginia")
    refused = answer(await send(world.moderator, mine, role="Somebody"))
    await world.moderator.click(refused, label=words.GIVE_UP)
    assert values(await open_edit(world, world.moderator, "actor"))["role"] == "Senator for Virginia"


@pytest.mark.usefixtures("offered_to_all")
async def test_where_two_must_agree_a_moderator_alone_changes_no_person_and_takes_nothing_about_one_back(world: World) -> None:
    signature = sign("test", None)
    await in_session(world, lambda session: session.base.settings.change(signature, two_moderators=True))
    sent = await send(world.moderator, await open_edit(world, world.moderator, "actor"), role="Nobody in particular")
    assert "two moderators must agree" in text(sent.followups[-1] if sent.followups else answer(sent))
    person = await in_session(world, lambda session: next(fact for fact in session.base.all_facts() if "warner" in fact.fact.by))
    form_of_source = await world.moderator.slash(world.channel, "source edit", source=person.sources[0].id)
    sent = await send(world.moderator, form_of_source, title="Another title")
    assert "two moderators must agree" in text(sent.followups[-1] if sent.followups else answer(sent))
    shown = answer(await world.moderator.slash(world.channel, "fact retract", fact=person.ref))
    form = await world.moderator.click(shown, label=words.RETRACT)
    sent = await send(world.moderator, form, reason="it was another")
    assert "two moderators must agree" in text(sent.followups[-1] if sent.followups else answer(sent))
    change = await in_session(world, lambda session: session.editor.retract(person.number, sign("test", "why")).change)
    opened = answer(await world.moderator.slash(world.channel, "audit"))
    refused = await world.moderator.click(opened, label=TAKE_CHANGE_BACK.format(change=change))
    assert "two moderators must agree" in text(refused.followups[-1] if refused.followups else answer(refused))
    assert (await look(world, person.number)).retracted
    boss = world.guild.create_role("Boss", permissions=discord.Permissions(manage_guild=True))
    manager = world.guild.add_member(world.env.create_user("manager"), roles=[boss])
    opened = answer(await manager.slash(world.channel, "audit"))
    await manager.click(opened, label=TAKE_CHANGE_BACK.format(change=change))
    assert not (await look(world, person.number)).retracted


async def test_what_needs_a_second_moderator_is_told_with_the_way_back_to_what_was_typed(world: World) -> None:
    signature = sign("test", None)
    await in_session(world, lambda session: session.base.settings.change(signature, two_moderators=True))
    reply = answer(await send(world.moderator, await open_edit(world, world.moderator, "actor"), role="Nobody in particular"))
    assert text(reply).startswith(words.NOT_SAVED)
    again = await world.moderator.click(reply, label=words.BACK_TO_FORM)
    assert values(again)["role"] == "Nobody in particular"


async def test_a_form_that_is_sent_unchanged_changes_nothing_and_says_so(world: World) -> None:
    form = await world.moderator.slash(world.channel, "actor edit", actor="Twitter")
    assert text(answer(await send(world.moderator, form))) == words.NO_CHANGE
    form = await world.moderator.slash(world.channel, "source edit", source="wsws")
    assert text(answer(await send(world.moderator, form))) == words.NO_CHANGE


async def test_taking_back_says_by_name_what_is_as_before(world: World) -> None:
    done = answer(await send(world.moderator, await world.moderator.slash(world.channel, "source add"), title="Frost", link=LINK))
    await world.moderator.click(done, label=words.UNDO)
    assert text(done) == words.TAKEN_BACK.format(what="“Frost” is gone again.")
    done = answer(await send(world.moderator, await world.moderator.slash(world.channel, "actor edit", actor="AFP"), role="Firm"))
    await world.moderator.click(done, label=words.UNDO)
    assert text(done) == words.TAKEN_BACK.format(what="“AFP” is as it was before.")


async def test_an_actor_with_more_names_than_a_form_can_hold_keeps_them_all(world: World) -> None:
    names = tuple(f"{number} {'x' * 90}" for number in range(60))
    warner = await actor(world, "Mark Warner")
    assert warner is not None
    edit = Edit("twitter-rt-sputnik", actors=(replace(warner, aliases=names),))
    await in_session(world, lambda session: session.base.revisions.apply(edit, sign("command line: ann", None)))
    result = await world.moderator.slash(world.channel, "actor edit", actor="Mark Warner")
    assert text(answer(result)).startswith("Mark Warner is longer than a Discord form can hold, so it cannot be edited here.")
    assert world.env.errors
    kept = await actor(world, "Mark Warner")
    assert kept is not None
    assert kept.aliases == names
