"""`/setup` on the real bot: each step saved at once and shown again later, and at the end questions that are surely answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from simcord import ChannelHandle, MemberActor

from bot.client.facts.words import TAKE_BACK
from bot.client.permissions import MODERATORS_ONLY
from bot.client.settings import words as settings_words
from bot.client.setup import words
from bot.client.text import escape
from bot.client.words import NEXT
from bot.facts.state.server_settings import ServerSettings
from bot.presentation import wording
from bot.service.session import Session
from bot.settings import Settings
from tests.client.forms import in_session, second_moderator
from tests.client.world import (
    Message,
    World,
    answer,
    buttons,
    change_settings,
    demote,
    last_message,
    listen_in,
    manager,
    offer_to_all,
    options,
    parts,
    pick,
    press,
    text,
)
from tests.support.paths import HARBOUR

TWITTER, BRIDGE = "twitter-rt-sputnik", "harbour-bridge"
POST = "Post the first in #ask-the-story"


async def open_setup(world: World, who: MemberActor | None = None, step: int = 1) -> Message:
    """Begin, and skip the steps before one; 5 is the page behind the last."""
    who = who or world.moderator
    opened = answer(await who.slash(world.channel, "setup"))
    for _ in range(step - 1):
        await who.click(opened, label=words.SKIP)
    return opened


async def choose(who: MemberActor, opened: Message, name: str, values: Sequence[object]) -> None:
    """Choose in the list of a page."""
    (of_list,) = [part["custom_id"] for part in parts(opened) if f":{name}:" in part.get("custom_id", "")]
    await who.select(opened, values, custom_id=of_list)


async def saved(world: World) -> ServerSettings:
    return await world.service.read(world.guild.id, Session.settings)


def title(opened: Message) -> str:
    return text(opened).partition("\n")[0].removeprefix("### ")


def tried(world: World, opened: Message) -> list[str]:
    """Return the questions that the last page offers."""
    return re.findall(rf"^-# {world.mention} (.+)$", text(opened), re.MULTILINE)


async def test_it_goes_from_step_to_step_on_one_private_message_and_each_is_saved_at_once(world: World) -> None:
    boss, keepers = manager(world), world.guild.create_role("Keepers")
    started = await boss.slash(world.channel, "setup")
    assert started.ephemeral
    opened = answer(started)
    assert title(opened) == words.STEPS[1]
    assert "**Stories:** all of them in every channel" in text(opened)
    await choose(boss, opened, "setup-channel", [world.channel])
    assert (await saved(world)).channels == {str(world.channel.id): TWITTER}
    assert settings_words.SAVED in text(opened)
    assert f"**Stories:** Twitter's advertising ban on RT and Sputnik in <#{world.channel.id}>" in text(opened)
    await boss.click(opened, label=NEXT)
    assert title(opened) == words.STEPS[2]
    assert f"**<#{world.channel.id}>:** Twitter's advertising ban on RT and Sputnik" in text(opened)
    await boss.click(opened, label=words.SKIP)
    assert title(opened) == words.STEPS[3]
    await choose(boss, opened, "setup-roles", [keepers])
    assert (await saved(world)).moderator_roles == (keepers.id,)
    assert f"**Moderators:** <@&{keepers.id}>" in text(opened)
    await boss.click(opened, label=NEXT)
    assert title(opened) == words.STEPS[4]
    await choose(boss, opened, "setup-listening", ["1"])
    assert (await saved(world)).listening == (world.channel.id,)
    assert f"**<#{world.channel.id}>:** {words.UNASKED[True]}" in text(opened)
    await boss.click(opened, label=NEXT)
    assert text(opened).startswith(words.DONE)
    for line in (
        f"**Stories:** Twitter's advertising ban on RT and Sputnik in <#{world.channel.id}>",
        f"**Moderators:** <@&{keepers.id}>",
        f"**Listening:** <#{world.channel.id}>",
    ):
        assert line in text(opened)


async def test_every_step_can_be_skipped_and_gone_back_to_and_nothing_is_changed(world: World) -> None:
    opened = await open_setup(world)
    assert words.BACK not in buttons(opened)
    for step in (2, 3, 4):
        await world.moderator.click(opened, label=words.SKIP)
        assert title(opened) == words.STEPS[step]
    await world.moderator.click(opened, label=words.SKIP)
    assert text(opened).startswith(words.DONE)
    for step in (4, 3, 2, 1):
        await world.moderator.click(opened, label=words.BACK)
        assert title(opened) == words.STEPS[step]
    assert await saved(world) == ServerSettings()


async def test_called_again_elsewhere_and_after_a_restart_it_shows_what_is_set(world: World) -> None:
    other = world.guild.create_text_channel("other")
    opened = await open_setup(world)
    await choose(world.moderator, opened, "setup-channel", [other])
    await world.restart()
    await world.moderator.click(opened, label=NEXT)
    assert f"**<#{other.id}>:** Twitter's" in text(opened), "the buttons of the old message still work"
    again = await open_setup(world)
    assert f"in <#{other.id}>" in text(again)
    (channels,) = [part for part in parts(again) if part["type"] == 8]
    assert [int(chosen["id"]) for chosen in channels["default_values"]] == [other.id]
    await world.moderator.click(again, label=words.SKIP)
    assert f"**<#{other.id}>:** Twitter's" in text(again)


async def test_the_questions_to_try_are_answered_surely_and_each_with_another_fact(world: World) -> None:
    opened = await open_setup(world, step=5)
    questions = tried(world, opened)
    assert len(set(questions)) == 3
    replies = [text(await world.ask(question)) for question in questions]
    for reply in replies:
        assert wording.NO_ANSWER not in reply
        assert wording.NOT_SURE not in reply
    assert len(set(replies)) == 3


async def test_one_of_them_is_posted_as_an_example_whose_buttons_work(world: World) -> None:
    opened = await open_setup(world, step=5)
    question = tried(world, opened)[0]
    await world.moderator.click(opened, label=POST)
    posted = last_message(world.channel)
    assert posted is not None
    assert question in text(posted)
    assert posted.jump_url in text(opened)
    assert POST not in buttons(opened)
    assert tried(world, opened)[0] == question
    await world.restart()
    sources = answer(await press(world.alice, posted, wording.SOURCES))
    assert text(sources).startswith(f"### {wording.SOURCES}")


async def test_a_channel_in_which_the_bot_may_not_write_is_told_and_gets_no_example(world: World) -> None:
    closed = world.guild.create_text_channel("closed")
    opened = await open_setup(world)
    await choose(world.moderator, opened, "setup-channel", [closed])
    world.env.inject_error("POST", f"/channels/{closed.id}/messages", status=403, code=50013)
    for _ in range(4):
        await world.moderator.click(opened, label=NEXT if NEXT in buttons(opened) else words.SKIP)
    await world.moderator.click(opened, label="Post the first in #closed")
    assert settings_words.CANNOT_WRITE.format(channel=f"<#{closed.id}>") in text(opened)
    assert last_message(closed) is None


async def test_moderators_see_who_moderates_but_only_managers_choose(world: World) -> None:
    opened = await open_setup(world, step=3)
    assert "**Moderators:** who may manage messages" in text(opened)
    assert "Only members who may manage the server can do that" in text(opened)
    assert not [part for part in parts(opened) if part["type"] == 6]


async def test_two_moderators_at_once_take_nothing_from_each_other(world: World) -> None:
    other, channel = second_moderator(world), world.guild.create_text_channel("other")
    mine, theirs = await open_setup(world), await open_setup(world, other)
    await choose(world.moderator, mine, "setup-channel", [world.channel])
    await choose(other, theirs, "setup-channel", [channel])
    both = {str(world.channel.id): TWITTER, str(channel.id): TWITTER}
    assert (await saved(world)).channels == both
    for who, opened in ((world.moderator, mine), (other, theirs)):
        for _ in range(3):
            await who.click(opened, label=NEXT if NEXT in buttons(opened) else words.SKIP)
    await choose(world.moderator, mine, "setup-listening", ["1"])
    await choose(other, theirs, "setup-listening", ["1"])
    assert (await saved(world)).listening == (world.channel.id, channel.id)
    await choose(world.moderator, mine, "setup-listening", ["0"])
    assert (await saved(world)).listening == (channel.id,)


async def test_what_was_chosen_is_logged_and_in_force_at_once(world: World) -> None:
    log = world.guild.create_text_channel("log")
    await change_settings(world, log_channel=log.id)
    opened = await open_setup(world)
    await choose(world.moderator, opened, "setup-channel", [world.channel])
    await world.env.settle(timeout=2)
    assert log.last_message is not None
    assert text(log.last_message).startswith(f"<@{world.moderator.id}> changed the settings · <t:")
    await world.moderator.click(opened, label=NEXT)
    await pick(world.moderator, opened, "*")
    assert (await saved(world)).channels == {}
    assert f"**<#{world.channel.id}>:** {words.EVERY_STORY}" in text(opened)


async def test_readers_and_who_is_moderator_no_more_are_refused(world: World) -> None:
    opened = await open_setup(world)
    offer_to_all(world)
    refused = await world.alice.slash(world.channel, "setup")
    assert refused.ephemeral
    assert text(answer(refused)) == escape(MODERATORS_ONLY)
    demote(world)
    refused = await world.moderator.click(opened, label=words.SKIP)
    assert text(answer(refused)) == escape(MODERATORS_ONLY)
    assert world.env.errors


async def test_in_a_thread_it_is_about_the_channel_of_the_thread(world: World) -> None:
    made = world.env.backend.create_thread(world.channel.id, "About the ban", world.moderator.id)
    opened = answer(await world.moderator.slash(ChannelHandle(world.env, world.guild, made), "setup"))
    await world.moderator.click(opened, label=words.SKIP)
    assert f"**<#{world.channel.id}>:** {words.EVERY_STORY}" in text(opened)


async def test_a_story_of_ones_own_is_told_how_to_bring(world: World) -> None:
    opened = await open_setup(world, step=2)
    await world.moderator.click(opened, label=words.OWN_STORY)
    assert title(opened) == words.STEPS[2]
    assert "Send it with `/story import`" in text(opened)


async def test_a_channel_that_listens_already_is_shown_as_such(world: World) -> None:
    await listen_in(world, world.channel.id)
    opened = await open_setup(world, step=4)
    assert [option["label"] for option in options(opened) if option.get("default")] == [words.UNASKED[True]]


class TestSeveralStories:
    """A server of one story, whose operator lets new servers start with another one as well."""

    @pytest.fixture
    async def world(self, world: World) -> World:
        await world.ask("")
        both = (f"{TWITTER}.yaml", str(HARBOUR))
        world.service.settings = replace(world.service.settings, stories=both)
        return world

    async def test_a_story_that_comes_with_the_bot_is_added_and_spoken_of(self, world: World) -> None:
        opened = await open_setup(world, step=2)
        assert words.ADDED in [option.get("description") for option in options(opened)]
        await pick(world.moderator, opened, f"+{BRIDGE}")
        assert (await saved(world)).channels == {str(world.channel.id): BRIDGE}
        assert f"**<#{world.channel.id}>:** The Harbour Bridge closure" in text(opened)
        assert words.ADDED not in [option.get("description") for option in options(opened)]
        audit = text(answer(await world.moderator.slash(world.channel, "audit")))
        assert "default story" in audit
        await world.moderator.click(opened, label=NEXT)
        for _ in range(2):
            await world.moderator.click(opened, label=words.SKIP)
        questions = tried(world, opened)
        assert questions
        for question in questions:
            assert wording.NO_ANSWER not in text(await world.ask(question))

    async def test_two_who_add_it_at_once_add_it_once_and_may_once_more_after_an_undo(self, world: World) -> None:
        other = second_moderator(world)
        mine, theirs = await open_setup(world, step=2), await open_setup(world, other, step=2)
        await pick(world.moderator, mine, f"+{BRIDGE}")
        await pick(other, theirs, f"+{BRIDGE}")
        assert f"**<#{world.channel.id}>:** The Harbour Bridge closure" in text(theirs)
        entries = await in_session(world, lambda session: session.logbook.entries(limit=9))
        added = [entry.by for entry in entries if entry.action == "import" and BRIDGE in entry.what]
        assert added == [f"discord:{world.moderator.id}"]
        asked = answer(await world.moderator.slash(world.channel, "fact undo"))
        sure = answer(await world.moderator.click(asked, label=TAKE_BACK))
        await world.moderator.click(sure, label=buttons(sure)[0])
        again = await open_setup(world, step=2)
        await pick(world.moderator, again, f"+{BRIDGE}")
        assert "3 March 2021" in text(await world.ask("When was the bridge closed?"))


class TestWithoutAStory:
    """A server that starts with no story."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return Settings(tmp_path, stories=())

    async def test_the_channel_is_remembered_and_there_is_nothing_to_try(self, world: World) -> None:
        other = world.guild.create_text_channel("other")
        opened = await open_setup(world)
        await choose(world.moderator, opened, "setup-channel", [other])
        assert title(opened) == words.STEPS[2]
        assert f"**<#{other.id}>:** {words.EVERY_STORY}" in text(opened)
        for _ in range(3):
            await world.moderator.click(opened, label=words.SKIP)
        assert words.NOTHING_TO_TRY in text(opened)
        assert buttons(opened) == [words.BACK]


class TestWrongRecords:
    """A story with a recorded question that its facts do not answer, and one that they answer with another fact."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        wrong = (
            "\nquestions:\n"
            "  - {ask: 'Which cheese does the moon run on?', expect: [closure]}\n"
            "  - {ask: 'When was the bridge closed?', expect: [ferry]}\n"
            "  - {ask: 'When did the free ferry begin?', expect: [ferry]}\n"
        )
        path = tmp_path / "harbour.yaml"
        path.write_text(HARBOUR.read_text(encoding="utf-8") + wrong, encoding="utf-8")
        return Settings(tmp_path, stories=(str(path),))

    async def test_neither_is_offered(self, world: World) -> None:
        questions = tried(world, await open_setup(world, step=5))
        assert questions
        assert not {"Which cheese does the moon run on?", "When was the bridge closed?"} & {*questions}


class TestManyStories:
    """A server with more stories than Discord's lists can hold."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        harbour = HARBOUR.read_text(encoding="utf-8")
        paths = []
        for number in range(101):
            path = tmp_path / f"{number}.yaml"
            path.write_text(harbour.replace("id: harbour-bridge", f"id: bridge-{number}"), encoding="utf-8")
            paths.append(str(path))
        return Settings(tmp_path, stories=tuple(paths))

    async def test_a_channel_can_still_speak_of_all_of_them(self, world: World) -> None:
        opened = await open_setup(world)
        await choose(world.moderator, opened, "setup-channel", [world.channel])
        await world.moderator.click(opened, label=NEXT)
        assert "-# Only 100 of 102 can be chosen here." in text(opened)
        await pick(world.moderator, opened, "*")
        assert (await saved(world)).channels == {}
