"""Buttons: what each opens, who may press it, and that it works after a restart."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from simcord import ResponseMessage

from bot.client import words
from bot.facts.writing import note
from bot.presentation import wording
from bot.settings import Settings
from tests.client.forms import run_to_end
from tests.client.world import TWITTER_BAN, World, answer, buttons, options, press, text

LONG = """
story: {id: long, title: A long story}
sources: {gazette: {type: webpage, title: "Long [reads] @everyone", url: "https://example.org/a_(b)"}}
actors: {lee: {name: "Maria **Lee** <@1>", kind: person, role: "# Mayor"}}
quotes:
  speech:
    by: lee
    text: "@everyone <@1> **Ferries** ``` # sail %s"
    cite: gazette#1
""" % ("and sail again " * 340)


async def test_sources_open_in_full_for_one_person(world: World) -> None:
    result = await world.bob.click(await world.ask(TWITTER_BAN), label=wording.SOURCES)
    assert result.ephemeral
    assert "**[Twitter bans RT and Sputnik from advertising](https://www.wsws.org/" in text(answer(result))
    assert "World Socialist Web Site, 28 October 2017, web page" in text(answer(result))
    assert "-# [1] ¶1" in text(answer(result))


async def test_why_this_answer_is_told_in_plain_words(world: World) -> None:
    result = await press(world.bob, await world.ask("wen did twiter ban sputnic ads"), words.WHY)
    assert result.ephemeral
    assert "You asked when" in text(answer(result))
    assert "I read “sputnic” as “Sputnik”" in text(answer(result)) or "sputnik" in text(answer(result)).lower()


async def test_why_no_answer_is_told_too(world: World) -> None:
    result = await press(world.bob, await world.ask("when was Sputnik founded?"), words.WHY_NOT)
    told = text(answer(result))
    assert told.startswith(f"### {wording.WHY_NOT}\n- You asked when")
    assert "says that" not in told
    assert "Names that I recognised: “Sputnik”." in told
    assert "“founded”" in told


async def test_why_a_full_answer_names_no_word_that_only_asks(world: World) -> None:
    result = await press(world.bob, await world.ask("What did Mark Warner say?"), words.WHY)
    assert "does not have" not in text(answer(result))


async def test_the_asker_deletes_the_reply(world: World) -> None:
    await world.alice.click(await world.ask(TWITTER_BAN), label=words.DELETE)
    assert TWITTER_BAN in world.last.content


async def test_a_moderator_deletes_the_reply(world: World) -> None:
    await world.moderator.click(await world.ask(TWITTER_BAN), label=words.DELETE)
    assert TWITTER_BAN in world.last.content


async def test_a_reply_that_is_gone_counts_as_deleted(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    world.env.inject_error("DELETE", "/webhooks/*", status=404)
    pressed = await world.alice.click(reply, label=words.DELETE)
    assert pressed.followups == []
    assert world.env.errors == []


@pytest.mark.parametrize("custom_id", ["fn:zz:1:0:0:k", "fn:p?:1:0:0:k", "do:no-such-route:7", "answers:next:7", "x"])
async def test_a_button_of_another_version_is_answered_with_a_sentence(
    custom_id: str, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    reply = await world.ask(TWITTER_BAN)
    stored = world.env.backend.get_message(reply.channel.id, reply.id)
    stored.components[-1]["components"] = [{"type": 2, "style": 2, "label": "Next", "custom_id": custom_id}]
    pressed = await world.alice.click(ResponseMessage(world.env, stored), custom_id=custom_id)
    assert text(answer(pressed)) == words.OTHER_VERSION
    assert pressed.ephemeral
    assert not any(each.exc_info for each in caplog.records)


async def test_who_moderates_by_a_chosen_role_deletes_the_reply_and_who_has_not_the_role_does_not(world: World) -> None:
    role = world.guild.create_role("Keepers")
    keeper = world.guild.add_member(world.env.create_user("keeper"), roles=[role])
    signed = note("test", None)
    await run_to_end(world, lambda session: session.base.settings.change(signed, moderator_roles=(role.id,)))
    reply = await world.ask(TWITTER_BAN)
    assert text(answer(await world.moderator.click(reply, label=words.DELETE))) == words.ONLY_ASKER
    await keeper.click(reply, label=words.DELETE)
    assert reply.id not in {message.id for message in world.channel.history()}


async def test_nobody_else_deletes_the_reply(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    result = await world.bob.click(reply, label=words.DELETE)
    assert result.ephemeral
    assert text(answer(result)) == words.ONLY_ASKER
    assert reply.id in {message.id for message in world.channel.history()}


async def test_a_reply_to_a_command_is_deleted_too(world: World) -> None:
    listed = answer(await world.alice.slash(world.channel, "timeline"))
    await press(world.alice, listed, words.DELETE)
    assert world.channel.history() == []


async def test_the_asker_turns_the_page_for_all(world: World) -> None:
    listed = answer(await world.alice.slash(world.channel, "timeline"))
    assert "Page 1 of" in text(listed)
    first = text(listed)
    await world.alice.click(listed, label=words.NEXT)
    assert "Page 2 of" in text(listed)
    await world.alice.click(listed, label=words.PREVIOUS)
    assert text(listed) == first


async def test_others_turn_pages_of_their_own(world: World) -> None:
    listed = answer(await world.alice.slash(world.channel, "timeline"))
    result = await world.bob.click(listed, label=words.NEXT)
    copy = answer(result)
    assert result.ephemeral
    assert "Page 1 of" in text(listed)
    assert "Page 2 of" in text(copy)
    assert words.DELETE not in buttons(copy)
    await world.bob.click(copy, label=words.NEXT)
    assert "Page 3 of" in text(copy)


async def test_every_button_works_after_a_restart(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    listed = answer(await world.alice.slash(world.channel, "timeline"))
    await world.restart()
    assert "### Sources" in text(answer(await world.bob.click(reply, label=wording.SOURCES)))
    assert wording.WHY in text(answer(await press(world.bob, reply, words.WHY)))
    assert "[1]" in text(answer(await world.bob.select(reply, [options(reply)[0]["value"]])))
    await world.alice.click(listed, label=words.NEXT)
    assert "Page 2 of" in text(listed)
    await world.alice.click(reply, label=words.DELETE)
    assert reply.id not in {message.id for message in world.channel.history()}


async def test_a_reply_that_is_no_longer_kept_says_so(world: World, settings: Settings) -> None:
    reply = await world.ask(TWITTER_BAN)
    with closing(sqlite3.connect(settings.base_path(world.guild.id))) as base, base:
        base.execute("DELETE FROM reply")
    result = await world.bob.click(reply, label=wording.SOURCES)
    assert result.ephemeral
    assert "ask again" in text(answer(result))


@pytest.fixture
def long_settings(tmp_path: Path) -> Settings:
    path = tmp_path / "long.yaml"
    path.write_text(LONG, encoding="utf-8")
    return Settings(tmp_path, stories=(str(path),))


class TestLongFact:
    """A fact of 5,000 characters, full of marks."""

    @pytest.fixture
    def settings(self, long_settings: Settings) -> Settings:
        return long_settings

    async def test_it_is_cut_on_the_card_and_read_whole_on_a_press(self, world: World) -> None:
        card = answer(await world.alice.slash(world.channel, "quote", speaker="lee"))
        assert "…”" in text(card)
        opened = answer(await world.bob.click(card, label=words.READ_ALL))
        assert opened.ephemeral
        pages = [text(opened)]
        while words.NEXT in buttons(opened):
            await world.bob.click(opened, label=words.NEXT)
            pages.append(text(opened))
        assert len(pages) > 2
        assert "".join(pages).count("again") == 340

    async def test_its_marks_have_no_power(self, world: World) -> None:
        card = answer(await world.alice.slash(world.channel, "quote", speaker="lee"))
        assert "@everyone" not in text(card)
        assert "<@1>" not in text(card)
        assert "— **Maria \\*\\*Lee\\*\\* \\<\\@1\\>**, \\# Mayor [1]" in text(card)
        assert "(https://example.org/a_%28b%29)" in text(card)
        assert card.message.mentions == []
