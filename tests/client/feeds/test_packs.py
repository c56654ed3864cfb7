"""A server that imported a signed pack hears of its editor's corrections, and takes them, or leaves them out, at a press."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest
import time_machine
from simcord import ChannelHandle
from simcord.results import to_discord_message

from bot.client.facts.words import UNDO
from bot.client.feeds import packs, words
from bot.client.feeds.offers import BROKEN
from bot.client.stories import imports
from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.facts.models import Story
from bot.service.session import Session
from bot.stories.packs import write_pack
from bot.stories.signing import SecretKey, make_key
from tests.client.feeds.pages import visit
from tests.client.forms import in_session
from tests.client.world import World, answer, bot_of, buttons, finish_background, last_message, log_channel, text, upload
from tests.support.paths import HARBOUR
from tests.support.web_site import Site, serve

BRIDGE, PATH = "harbour-bridge", "/harbour.pack"
KEY, OTHER = make_key(), make_key()
STORY = HARBOUR.read_text(encoding="utf-8")
NEW = "**5** million"
CORRECTED = STORY.replace("4.2 million", "5 million")


def packed(site: str, story: str = STORY, *, key: SecretKey = KEY, day: str = "2026-03-01", home: bool = True) -> bytes:
    with time_machine.travel(day):
        return write_pack("harbour-bridge.yaml", story.encode(), key, f"{site}{PATH}" if home else "")


def publish(site: str, story: str = CORRECTED, *, key: SecretKey = KEY, day: str = "2026-03-02", etag: str = '"two"') -> None:
    serve(PATH, packed(site, story, key=key, day=day), ETag=etag)


async def imported(world: World, site: str) -> ChannelHandle:
    """Import a pack that says where the next one will be; return the log channel."""
    channel = await log_channel(world)
    shown = answer(await upload(world, packed(site), "harbour.pack"))
    await world.moderator.click(shown, label=imports.APPLY)
    await finish_background(bot_of(world))
    return channel


async def later(world: World, hours: float = 1.1) -> None:
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=hours), tick=True):
        await visit(world)


async def bridge(world: World) -> Story:
    story: Story = await in_session(world, lambda session: session.base.story(BRIDGE))
    return story


async def fact(world: World, name: str) -> str:
    return next((fact.text for fact in (await bridge(world)).facts if fact.id == name), "")


def offer(channel: ChannelHandle) -> discord.Message:
    message = last_message(channel)
    assert message is not None
    assert buttons(message) == [words.TAKE_PACK, words.LOOK_AT_PACK, words.LEAVE_PACK_OUT], text(message)
    return message


def as_it_stands(world: World, message: discord.Message) -> discord.Message:
    return to_discord_message(world.env, world.env.backend.get_message(message.channel.id, message.id))


def said(world: World, channel: ChannelHandle, words: str) -> int:
    stored = world.env.backend.messages[channel.id].values()
    return sum(words in str(message.components) for message in stored)


async def change_here(world: World, **texts: str) -> None:
    """Let a moderator of the server change some facts, or retract those without a text."""

    def work(session: Session) -> None:
        by_id = {record.fact.id: record for record in session.base.all_facts(BRIDGE)}
        changed = tuple(replace(by_id[name].fact, text=new) for name, new in texts.items() if new)
        edit = Edit(BRIDGE, facts=changed, retract=tuple(name for name, new in texts.items() if not new))
        session.base.revisions.apply(edit, sign("discord:1", "we know better"))

    await in_session(world, work)


async def test_a_correction_is_offered_once_and_taken_as_one_change_that_can_be_undone(world: World, site: str) -> None:
    channel = await imported(world, site)
    publish(site)
    await later(world)
    message = offer(channel)
    shown = text(message)
    assert shown.startswith("### The editor of “The Harbour Bridge closure” has published a newer pack")
    assert f"{site}{PATH}" in shown.replace("\\", "")
    assert imports.SIGNED_AS_BEFORE.format(key=KEY.public) in shown
    assert "**1 fact changed**\n- **cost**" in shown
    assert "~~4\\.2~~" in shown
    await later(world, 2.2)
    assert said(world, channel, "has published a newer pack") == 1
    assert Site.marks[-1][0] == '"two"'

    await world.moderator.click(message, label=words.TAKE_PACK)
    await finish_background(bot_of(world))
    assert "5 million" in await fact(world, "cost")
    entry = (await in_session(world, lambda session: session.base.logbook.entries()))[0]
    assert (entry.action, entry.by) == ("import", f"discord:{world.moderator.id}")
    assert entry.reason == f"import of harbour.pack ({KEY.public})"
    message = as_it_stands(world, message)
    assert text(message).startswith("### Imported: The Harbour Bridge closure\n- **1 fact changed**")
    assert text(answer(await world.moderator.click(message, label=UNDO))).startswith("### Taken back")
    assert "4.2 million" in await fact(world, "cost")
    await later(world, 3.3)
    assert said(world, channel, "has published a newer pack") == 0, "the offer became the report, and what was undone stays so"


async def test_the_look_shows_all_and_applies_it_too(world: World, site: str) -> None:
    channel = await imported(world, site)
    publish(site)
    await later(world)
    message = offer(channel)
    looked = answer(await world.moderator.click(message, label=words.LOOK_AT_PACK))
    assert imports.NOTHING_YET in text(looked)
    assert NEW in text(looked)
    await world.moderator.click(looked, label=buttons(looked)[0])
    assert "5 million" in await fact(world, "cost")
    again = answer(await world.moderator.click(message, label=words.TAKE_PACK))
    assert text(again) == "This pack has already been taken."
    world.env.errors.clear()


async def test_what_was_changed_here_stays_and_the_offer_names_it(world: World, site: str) -> None:
    channel = await imported(world, site)
    ours = "Repairs will cost 6 million dollars."
    await change_here(world, cost=ours, closure="The city closed the bridge.")
    publish(site, CORRECTED.replace("Safety comes first", "Safety comes before all"))
    await later(world)
    shown = text(offer(channel))
    assert "**1 fact changed**\n- **lee-safety**" in shown
    assert f"**1 thing stays as it was changed here**, though the pack says otherwise\n- **cost**: {ours}" in shown
    await world.moderator.click(offer(channel), label=words.TAKE_PACK)
    assert [await fact(world, name) for name in ("cost", "closure")] == [ours, "The city closed the bridge."]
    assert "Safety comes before all" in await fact(world, "lee-safety")


async def test_a_pack_that_is_left_out_is_not_offered_again_but_the_next_one_is(world: World, site: str) -> None:
    channel = await imported(world, site)
    publish(site)
    await later(world)
    message = offer(channel)
    await world.moderator.click(message, label=words.LEAVE_PACK_OUT)
    await later(world, 2.2)
    assert said(world, channel, "has published a newer pack") == 0
    assert said(world, channel, "left a newer pack of “The Harbour Bridge closure” out") == 1
    publish(site, STORY.replace("4.2 million", "6 million"), day="2026-03-03", etag='"three"')
    await later(world, 3.3)
    assert "~~4\\.2~~" in text(offer(channel))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (lambda site: packed(site, CORRECTED, key=OTHER, day="2026-03-02"), "is signed with the key"),
        (lambda site: packed(site, CORRECTED, day="2026-02-01"), "was signed before the one that was imported last"),
        (lambda site: packed(site, CORRECTED.replace("id: harbour-bridge", "id: quay")), "holds another story, “quay”"),
        (lambda site: packed(site, CORRECTED)[:-30], "is not a whole pack"),
        (lambda site: b"<html>Moved</html>", "is not a whole pack"),
        (lambda site: packed(site, CORRECTED.replace("kind: person", "kind: persn")), "has faults"),
    ],
)
async def test_what_is_not_the_editors_next_pack_is_never_taken_and_said_once(
    world: World, site: str, content: Any, problem: str
) -> None:
    channel = await imported(world, site)
    before = await bridge(world)
    serve(PATH, content(site))
    for hours in (1.1, 5, 30):
        await later(world, hours)
    assert said(world, channel, "A newer pack of “The Harbour Bridge closure” is refused") == 1
    assert problem in text(last_message(channel) or pytest.fail("nothing was said"))
    assert await bridge(world) == before
    publish(site)
    await later(world, 60)
    assert NEW in text(offer(channel))


async def test_another_pack_than_was_offered_is_shown_before_it_is_taken(world: World, site: str) -> None:
    channel = await imported(world, site)
    publish(site)
    await later(world)
    message = offer(channel)
    publish(site, STORY.replace("4.2 million", "6 million"), day="2026-03-03")
    await world.moderator.click(message, label=words.TAKE_PACK)
    assert "4.2 million" in await fact(world, "cost")
    message = as_it_stands(world, message)
    assert words.PACK_IS_NEWER in text(message)
    await change_here(world, closure="The city closed the bridge.")
    await world.moderator.click(message, label=words.TAKE_PACK)
    assert "4.2 million" in await fact(world, "cost"), "the facts were changed since it was shown"
    await world.moderator.click(as_it_stands(world, message), label=words.TAKE_PACK)
    assert "6 million" in await fact(world, "cost")
    assert await fact(world, "closure") == "The city closed the bridge."


async def test_a_pack_that_changes_nothing_is_no_news(world: World, site: str) -> None:
    channel = await imported(world, site)
    publish(site, f"{STORY}\n# a comment\n")
    await later(world)
    assert said(world, channel, "newer pack") == 0
    publish(site, day="2026-03-01T12:00:00", etag='"three"')
    await later(world, 2.2)
    assert said(world, channel, "is refused") == 1, "it is older than the one that changed nothing"


async def test_without_a_log_channel_it_waits_until_there_is_one(world: World, site: str) -> None:
    shown = answer(await upload(world, packed(site), "harbour.pack"))
    await world.moderator.click(shown, label=imports.APPLY)
    assert words.NO_LOG_CHANNEL in text(shown)
    publish(site)
    await later(world)
    listed = text(answer(await world.moderator.slash(world.channel, "feed list")))
    assert "The Harbour Bridge closure: the next pack by its editor · a newer pack waits" in listed
    assert words.NO_LOG_CHANNEL in listed
    channel = await log_channel(world)
    await later(world, 2.2)
    assert NEW in text(offer(channel))


async def test_it_is_no_longer_looked_for_once_the_feed_is_removed(world: World, site: str) -> None:
    await imported(world, site)
    publish(site)
    listed = answer(await world.moderator.slash(world.channel, "feed list"))
    await world.moderator.click(listed, label=words.REMOVE)
    Site.asked.clear()
    await later(world)
    assert PATH not in Site.asked


async def test_a_pack_is_imported_by_its_address_which_is_where_the_next_one_is_if_it_names_none(world: World, site: str) -> None:
    channel = await log_channel(world)
    serve(PATH, packed(site, home=False))
    shown = answer(await world.moderator.slash(world.channel, "story import", link=f"{site}{PATH}"))
    assert imports.PACK_HOME.format(address=f"{site}{PATH}") in text(shown).replace("\\", "")
    await world.moderator.click(shown, label=imports.APPLY)
    publish(site)
    await later(world)
    assert NEW in text(offer(channel))
    for given in ({}, {"link": f"{site}/gone.pack"}, {"link": "nowhere"}):
        refused = text(answer(await world.moderator.slash(world.channel, "story import", **given)))
        assert refused.startswith(("Give a file or a link", "The site says that there is no such page", "This is not a link"))
    world.env.errors.clear()


async def test_an_error_of_no_known_kind_stays_with_its_pack(world: World, site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise ZeroDivisionError

    await imported(world, site)
    monkeypatch.setattr(packs, "open_pack", fail)
    await later(world)
    (feed,) = await in_session(world, lambda session: session.feeds.all())
    assert (feed.kind, feed.failing_since is not None, feed.problem) == ("pack", True, BROKEN)
    assert not bot_of(world).supervisor.failing()
    world.env.errors.clear()


async def test_after_its_import_was_undone_nothing_is_asked_for(world: World, site: str) -> None:
    await imported(world, site)
    change = await in_session(world, lambda session: session.logbook.last_change().change)
    await in_session(world, lambda session: session.base.revisions.undo(change, sign("discord:1", None)))
    publish(site)
    Site.asked.clear()
    await later(world)
    assert PATH not in Site.asked
