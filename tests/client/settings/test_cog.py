"""`/settings` on the real bot: how things stand, each choice saved, logged and in force at once; who may choose what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import discord
import pytest
from simcord import ChannelHandle

from bot.client.permissions import MANAGERS_ONLY, MODERATORS_ONLY
from bot.client.settings import words
from bot.client.text import escape
from bot.facts.logbook import sign
from bot.facts.state.server_settings import ServerSettings
from bot.settings import Settings
from tests.client.forms import in_session, open_settings
from tests.client.world import TWITTER_BAN, Message, World, answer, change_settings, demote, manager, parts, text
from tests.support.paths import HARBOUR


async def kept(world: World) -> ServerSettings:
    return await world.service.read(world.guild.id, lambda session: session.base.settings.read())


def lists(message: Message) -> dict[str, dict[str, Any]]:
    """Return the lists of a message by custom id."""
    return {part["custom_id"]: part for part in parts(message) if part["type"] in (3, 5, 6, 8)}


async def test_a_new_server_works_with_no_setting_and_the_panel_says_how_it_stands(world: World) -> None:
    result = await world.moderator.slash(world.channel, "settings")
    assert result.ephemeral
    shown = text(answer(result))
    for line in (
        "**Stories:** all of them in every channel",
        "**Listening:** nowhere",
        "**Review channel:** none",
        "**Moderators:** who may manage messages",
        "**How sure:** Usual",
        "**Language:** English",
        "**Questions:** Keep questions for 30 days",
        "**Suggestions:** 5 suggestions a day per member",
    ):
        assert line in shown
    assert [option["value"] for option in lists(answer(result))["pick:settings-open:"]["options"]] == list(words.PAGES)


@pytest.mark.parametrize("page", list(words.PAGES))
async def test_every_page_opens_and_leads_back(page: str, world: World) -> None:
    opened = await open_settings(world, page=page)
    assert text(opened).startswith(f"### {words.PAGES[page][0]}")
    await world.moderator.click(opened, label=words.BACK)
    assert text(opened).startswith(words.TITLE)


@pytest.mark.parametrize(
    ("page", "name", "index", "value", "line"),
    [
        ("answers", "sureness", 0, "careful", "**How sure:** Careful"),
        ("answers", "only_reviewed", 1, True, "**What may answer:** Only reviewed facts answer"),
        ("limits", "question_days", 1, 7, "Keep questions for 7 days"),
        ("limits", "correction_days", 0, 0, "Leave my replies as they are"),
        ("limits", "suggestions_a_day", 0, 0, "No suggestions from members"),
    ],
)
async def test_a_choice_is_saved_shown_and_logged_at_once(
    page: str, name: str, index: int, value: object, line: str, world: World
) -> None:
    opened = await open_settings(world, page=page)
    await world.moderator.select(opened, [str(index)], custom_id=f"pick:settings-set:{name}")
    assert getattr(await kept(world), name) == value
    assert line in text(opened)
    assert words.SAVED in text(opened)
    chosen = lists(opened)[f"pick:settings-set:{name}"]["options"][index]
    assert chosen["default"]
    entry = (await world.service.read(world.guild.id, lambda session: session.base.logbook.entries(limit=1)))[0]
    assert (entry.by, entry.action) == (f"discord:{world.moderator.id}", "settings")


async def test_the_page_on_which_a_language_is_chosen_speaks_it(world: World) -> None:
    opened = await open_settings(world, page="answers")
    await world.moderator.select(opened, ["1"], custom_id="pick:settings-set:language")
    assert (await kept(world)).language == "de"
    assert "**Sprache:** Deutsch" in text(opened)
    assert "Gespeichert. Es gilt von jetzt an." in text(opened)
    assert words.SAVED not in text(opened)
    chosen = lists(opened)["pick:settings-set:language"]["options"][1]
    assert chosen["default"]
    entry = (await world.service.read(world.guild.id, lambda session: session.base.logbook.entries(limit=1)))[0]
    assert (entry.by, entry.action) == (f"discord:{world.moderator.id}", "settings")


async def test_lists_of_different_pages_are_never_taken_for_one_another(world: World) -> None:
    """A client knows a list again by its number, and would show what was chosen in it as chosen in another."""
    numbers: dict[int, str] = {}
    for page in words.PAGES:
        opened = await open_settings(world, page=page)
        for custom_id, items in lists(opened).items():
            assert numbers.setdefault(items["id"], custom_id) == custom_id
    assert len(numbers) >= 8


async def test_channels_are_chosen_and_taken_away_again_and_the_log_channel_is_told(world: World) -> None:
    log, other = world.guild.create_text_channel("log"), world.guild.create_text_channel("other")
    opened = await open_settings(world, page="posts")
    await world.moderator.select(opened, [log], custom_id="channel:settings-channels:log_channel")
    assert (await kept(world)).log_channel == log.id
    assert f"**Log channel:** <#{log.id}>" in text(opened)
    await world.moderator.select(opened, [other], custom_id="channel:settings-channels:review_channel")
    await world.env.settle(timeout=2)
    assert log.last_message is not None
    assert text(log.last_message).startswith(f"<@{world.moderator.id}> changed the settings · <t:")
    assert f"**Review channel:** <#{other.id}>" in text(log.last_message)
    (sent,) = [request for request in world.env.http_requests if request.path.startswith(f"/channels/{log.id}/messages")][-1:]
    assert isinstance(sent.json, dict)
    assert sent.json["allowed_mentions"] == {"parse": []}
    await world.moderator.select(opened, [], custom_id="channel:settings-channels:review_channel")
    assert (await kept(world)).review_channel is None


async def test_a_channel_in_which_the_bot_may_not_write_is_told(world: World) -> None:
    closed = world.guild.create_text_channel(
        "closed", overwrites={world.guild.default_role: discord.PermissionOverwrite(send_messages=False)}
    )
    opened = await open_settings(world, page="posts")
    await world.moderator.select(opened, [closed], custom_id="channel:settings-channels:log_channel")
    assert words.CANNOT_WRITE.format(channel=f"<#{closed.id}>") in text(opened)


async def test_a_channel_that_was_deleted_is_told_like_one_in_which_the_bot_may_not_write(world: World) -> None:
    channel = world.guild.create_text_channel("gone")
    await change_settings(world, review_channel=channel.id)
    world.env.backend.delete_channel(channel.id)
    await world.env.settle()
    assert words.CANNOT_WRITE.format(channel=f"<#{channel.id}>") in text(await open_settings(world, page="posts"))


async def test_what_is_chosen_holds_after_a_restart_and_its_lists_still_work(world: World) -> None:
    opened = await open_settings(world, page="answers")
    await world.restart()
    await world.moderator.select(opened, ["2"], custom_id="pick:settings-set:sureness")
    assert (await kept(world)).sureness == "bold"
    await world.restart()
    assert "**How sure:** Bold" in text(await open_settings(world))


@pytest.mark.usefixtures("offered_to_all")
async def test_readers_and_members_may_not_look_nor_choose(world: World) -> None:
    result = await world.alice.slash(world.channel, "settings")
    assert result.ephemeral
    assert text(answer(result)) == escape(MODERATORS_ONLY)
    assert await kept(world) == ServerSettings()
    assert world.env.errors


async def test_a_moderator_who_is_demoted_with_the_panel_open_chooses_nothing_more(world: World) -> None:
    opened = await open_settings(world, page="answers")
    demote(world)
    result = await world.moderator.select(opened, ["0"], custom_id="pick:settings-set:sureness")
    assert text(answer(result)) == escape(MODERATORS_ONLY)
    assert (await kept(world)).sureness == "usual"


@pytest.mark.usefixtures("offered_to_all")
async def test_only_managers_say_who_moderates_and_it_counts_at_once(world: World) -> None:
    opened = await open_settings(world, page="moderators")
    keepers = world.guild.create_role("Keepers")
    for custom_id, values in (("role:settings-roles:", [keepers]), ("pick:settings-two:two_moderators", ["1"])):
        result = await world.moderator.select(opened, values, custom_id=custom_id)
        assert text(answer(result)) == escape(MANAGERS_ONLY)
    assert await kept(world) == ServerSettings()
    boss = manager(world)
    opened = await open_settings(world, boss, page="moderators")
    await boss.select(opened, [keepers], custom_id="role:settings-roles:")
    await boss.select(opened, ["1"], custom_id="pick:settings-two:two_moderators")
    assert await kept(world) == ServerSettings(moderator_roles=(keepers.id,), two_moderators=True)
    assert f"**Moderators:** <@&{keepers.id}>" in text(opened)
    assert text(answer(await world.moderator.slash(world.channel, "settings"))) == escape(MODERATORS_ONLY)
    keeper = world.guild.add_member(world.env.create_user("keeper"), roles=[keepers])
    assert words.TITLE in text(answer(await keeper.slash(world.channel, "settings")))
    assert words.TITLE in text(answer(await boss.slash(world.channel, "settings")))
    assert world.env.errors


async def test_listening_says_plainly_that_it_is_off_and_how_to_switch_it_on(world: World) -> None:
    opened = await open_settings(world, page="listening")
    assert "Listening is switched off on this bot" in text(opened)
    assert "`listening = true`" in text(opened)
    await world.moderator.select(opened, [world.channel], custom_id="channel:settings-channels:listening")
    assert f"**Listening:** <#{world.channel.id}> (switched off on this bot)" in text(opened)
    assert (await kept(world)).listening == (world.channel.id,)


async def test_where_there_is_one_story_there_is_nothing_to_choose(world: World) -> None:
    opened = await open_settings(world, page="stories")
    assert words.ONE_STORY in text(opened)
    assert lists(opened) == {}


class TestTwoStories:
    """A server with two stories, one of which is chosen for a channel."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return Settings(tmp_path, stories=("twitter-rt-sputnik.yaml", str(HARBOUR)))

    async def choose(self, world: World, index: str = "1") -> Message:
        opened = await open_settings(world, page="stories")
        await world.moderator.select(opened, [index], custom_id="pick:settings-story:")
        await world.moderator.select(opened, [world.channel], custom_id=f"channel:settings-story-channels:{index}")
        return opened

    async def test_a_channel_speaks_of_its_story_alone_and_so_do_its_threads(self, world: World) -> None:
        other = world.guild.create_text_channel("other")
        opened = await self.choose(world)
        assert f"**The Harbour Bridge closure:** <#{world.channel.id}>" in text(opened)
        assert (await kept(world)).channels == {str(world.channel.id): "harbour-bridge"}
        assert not text(await world.ask(TWITTER_BAN)).startswith("### 26 October 2017")
        assert "3 March 2021" in text(await world.ask("when was the bridge closed?"))
        asked = await world.alice.slash(world.channel, "ask", question=TWITTER_BAN)
        assert "### 26 October 2017" not in text(answer(asked))
        made = world.env.backend.create_thread(world.channel.id, "About the bridge", world.alice.id)
        thread = ChannelHandle(world.env, world.guild, made)
        await world.alice.send(thread, f"{world.mention} {TWITTER_BAN}")
        assert thread.last_message is not None
        assert not text(thread.last_message).startswith("### 26 October 2017")
        await world.alice.send(other, f"{world.mention} {TWITTER_BAN}")
        assert other.last_message is not None
        assert text(other.last_message).startswith("### 26 October 2017")

    async def test_a_thread_with_a_story_of_its_own_is_asked_and_worked_on_in_that(self, world: World) -> None:
        await self.choose(world)
        made = world.env.backend.create_thread(world.channel.id, "About the ban", world.alice.id)
        thread = ChannelHandle(world.env, world.guild, made)
        signature, channels = sign("test", None), {str(world.channel.id): "harbour-bridge", str(thread.id): "twitter-rt-sputnik"}
        await in_session(world, lambda session: session.base.settings.change(signature, channels=channels))
        asked = await world.alice.slash(thread, "ask", question=TWITTER_BAN)
        assert "### 26 October 2017" in text(answer(asked))
        for channel, title in ((thread, "Twitter's advertising ban"), (world.channel, "The Harbour Bridge closure")):
            reported = await world.moderator.slash(channel, "story report")
            assert title in text(answer(reported))

    async def test_a_story_that_is_named_is_asked_wherever(self, world: World) -> None:
        await self.choose(world)
        named = await world.alice.slash(world.channel, "ask", question=TWITTER_BAN, story="twitter-rt-sputnik")
        assert "### 26 October 2017" in text(answer(named))

    async def test_a_channel_goes_from_one_story_to_another(self, world: World) -> None:
        await self.choose(world)
        await self.choose(world, "0")
        assert (await kept(world)).channels == {str(world.channel.id): "twitter-rt-sputnik"}
        opened = await open_settings(world, page="stories")
        await world.moderator.select(opened, ["0"], custom_id="pick:settings-story:")
        await world.moderator.select(opened, [], custom_id="channel:settings-story-channels:0")
        assert (await kept(world)).channels == {}


async def test_a_careful_server_leaves_more_unanswered_and_a_bold_one_answers_more(world: World) -> None:
    questions = (
        "when was Sputnik founded?",
        "who owns Twitter?",
        "how many followers does RT have on Twitter?",
        "what did the senate do?",
        "who pays for the ads?",
        "why was RT banned from ads?",
        "how much did RT spend?",
        "what does Google say?",
    )
    answered = {}
    for sureness in ("careful", "usual", "bold"):
        await world.service.write(world.guild.id, lambda session, to=sureness: _choose(session, to))  # type: ignore[misc]
        answers = [await world.service.ask(world.guild.id, question) for question in questions]
        answered[sureness] = {result.question for result in answers if result.status == "answered"}
    assert answered["careful"] <= answered["usual"] <= answered["bold"]
    assert answered["careful"] < answered["bold"]


def _choose(session: Any, sureness: str) -> None:
    session.base.settings.change(sign("test", None), sureness=sureness)


async def test_what_was_chosen_already_is_not_said_to_be_changed(world: World) -> None:
    opened = await open_settings(world, page="answers")
    await world.moderator.select(opened, ["1"], custom_id="pick:settings-set:sureness")
    assert words.SAME in text(opened)
    assert words.SAVED not in text(opened)
