"""Buttons under a reply: what each opens, who may press it, what is kept of a press, and that it works after a restart."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simcord import InteractionResult, ResponseMessage

from bot.answers.models import Answer, Explanation, ScoredFact
from bot.client import words
from bot.client.answering.presses import all_sources_panel, fact_panel, sources_panel, why_panel
from bot.client.custom_ids import Press, ReplyAction, ReplyKind
from bot.client.story_scope import StoryScope
from bot.client.words import CITE
from bot.errors import NotKnownError
from bot.facts.logbook import sign
from bot.facts.state.gaps import Gap
from bot.presentation import wording
from bot.service.lists import SourceUse
from bot.service.replies import Reply
from bot.settings import Settings
from tests.client.forms import in_session
from tests.client.records import (
    EMPTY_REPLY,
    EVENT,
    GAZETTE,
    QUOTE,
    STORY,
    assert_harmless,
    labels,
    replies,
    shown_text,
    sources,
    texts,
)
from tests.client.world import TWITTER_BAN, World, answer, buttons, options, press, text
from tests.discord_limits import assert_within_limits

ALL = StoryScope(None, 0, ())
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
    shown = text(answer(result))
    assert shown.startswith(f"### {wording.WHY_NOT}\n- You asked when")
    assert "says that" not in shown
    assert "Names that I recognised: “Sputnik”." in shown
    assert "“founded”" in shown


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
    assert not any(record.exc_info for record in caplog.records)


async def test_who_moderates_by_a_chosen_role_deletes_the_reply_and_who_has_not_the_role_does_not(world: World) -> None:
    role = world.guild.create_role("Keepers")
    keeper = world.guild.add_member(world.env.create_user("keeper"), roles=[role])
    signature = sign("test", None)
    await in_session(world, lambda session: session.base.settings.change(signature, moderator_roles=(role.id,)))
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
        assert re.sub(r"#:~:text=[^)]*", "", "".join(pages)).count("again") == 340  # links scroll to some of it

    async def test_its_marks_have_no_power(self, world: World) -> None:
        card = answer(await world.alice.slash(world.channel, "quote", speaker="lee"))
        assert "@everyone" not in text(card)
        assert "<@1>" not in text(card)
        assert "— **Maria \\*\\*Lee\\*\\* \\<\\@1\\>**, \\# Mayor [1]" in text(card)
        assert (
            "(https://example.org/a_%28b%29#:~:text=everyone%20%3C%401%3E%20%2A%2AFerries,sail%20again%20and%20sail%20again)"
            in text(card)
        )
        assert card.message.mentions == []


PRESS = Press(ReplyAction.SOURCES, ReplyKind.ANSWER, 1, "key")


@given(replies(), st.integers(0, 30))
def test_sources_and_facts_of_any_reply_are_within_limits(reply: Reply, page: int) -> None:
    views = [sources_panel(reply, replace(PRESS, page=page))]
    views += [fact_panel(reply, replace(PRESS, page=page, fact=fact.number)) for fact in (*reply.facts, *reply.suggestions)]
    for view in views:
        assert_within_limits(view)
        assert_harmless(shown_text(view))


@given(st.lists(sources.map(lambda source: SourceUse(STORY, source, 3)), max_size=30), st.integers(0, 9))
def test_any_list_of_sources_is_within_limits(uses: list[SourceUse], page: int) -> None:
    view = all_sources_panel(uses, page, 1, ALL)
    assert_within_limits(view)
    assert_harmless(shown_text(view))


@given(st.lists(texts).map(tuple), st.lists(st.tuples(texts, texts)).map(tuple), st.none() | texts)
def test_any_reason_is_within_limits(terms: tuple[str, ...], corrections: tuple[tuple[str, str], ...], slot: str | None) -> None:
    view = why_panel(Answer("?", "unknown", explanation=Explanation(terms, terms, terms, terms, slot, False, corrections)))
    assert_within_limits(view)
    assert_harmless(shown_text(view))


def test_sources_are_in_full() -> None:
    assert shown_text(sources_panel(replace(EMPTY_REPLY, facts=(EVENT, QUOTE)), PRESS)).startswith(
        "### Sources\n"
        "**[Bridge shut](https://example.org/a)**\n"
        "Ann Lee, Harbour Gazette, 4 March 2021, newspaper article\n"
        "<https://example.org/a>\n"
        "Archived: <https://archive.example/b>\n"
        "Seen in the library.\n"
        "-# [1] ¶1 · [3] [¶4](https://example.org/a#:~:text=Safety%20comes%20first.%20It%20is%20not%20safe)\n"
        "**Morning news**"
    )


def test_many_sources_fill_pages() -> None:
    uses = [SourceUse(STORY, replace(GAZETTE, id=str(number)), number) for number in range(30)]
    assert labels(all_sources_panel(uses, 0, 1, ALL)) == [words.PREVIOUS, words.NEXT, CITE]
    assert "cited by 1 fact\n" in shown_text(all_sources_panel(uses, 0, 1, ALL))
    assert "cited by 29 facts" in shown_text(all_sources_panel(uses, 99, 1, ALL))


def test_a_fact_that_the_reply_has_no_longer_is_said_so() -> None:
    with pytest.raises(NotKnownError):
        fact_panel(replace(EMPTY_REPLY, facts=(EVENT,)), replace(PRESS, fact=99))


def test_why_says_what_decided() -> None:
    why = Explanation(("bridge",), ("ferry",), ("Harbour",), ("Atlantis",), "when", True, (("brigde", "bridge"),), 0.874, 2)
    shown = shown_text(why_panel(Answer("?", "answered", explanation=why)))
    for part in (
        "“brigde” as “bridge”",
        "when, and",
        "“Harbour”",
        "“Atlantis”",
        "other words for: “bridge”",
        "have: “ferry”",
        "87 out of 100",
    ):
        assert part in shown


def test_why_no_answer_does_not_say_that_the_nearest_fact_has_what_was_asked_for() -> None:
    for filled in (True, False):
        why = Explanation(matched=("bridge",), missing=("founded",), slot="when", slot_filled=filled, confidence=0.13, sources=1)
        shown = shown_text(why_panel(Answer("?", "suggestions", suggestions=(ScoredFact(EVENT, 0.13),), explanation=why)))
        assert shown.startswith(f"### {wording.WHY_NOT}\n- You asked when")
        assert "says that" not in shown
        assert ("does not say that" in shown) is not filled
        assert "Words that it does not have: “founded”." in shown


UNKNOWN = "What is known about cheese on the moon?"


async def gaps(world: World, server: int | None = 0) -> tuple[Gap, ...]:
    where = world.guild.id if server == 0 else server
    return await world.service.read(where, lambda session: session.base.gaps.open())


def private_text(result: InteractionResult) -> str:
    assert result.ephemeral
    return text(answer(result))


async def test_an_answer_asks_calmly_whether_it_helped_and_a_yes_is_thanked_for(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    assert text(reply).endswith(f"-# {words.DID_IT_ANSWER}")
    assert [button for button in buttons(reply) if button in (words.YES, words.NO)] == [words.YES, words.NO]
    assert private_text(await world.bob.click(reply, label=words.YES)) == words.THANKS
    assert await gaps(world) == ()


async def test_a_no_counts_once_for_a_reply_whoever_presses_and_keeps_no_name(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    for reader in (world.alice, world.bob, world.bob):
        assert private_text(await reader.click(reply, label=words.NO)) == words.NOTED_AND_FOLLOW
    (gap,) = await gaps(world)
    assert (gap.question, gap.asked, gap.unhelpful, gap.unanswered) == (TWITTER_BAN, 1, 1, 0)
    assert gap.followers == 0


async def test_a_question_without_an_answer_counts_by_itself_and_offers_to_tell(world: World) -> None:
    reply = await world.ask(UNKNOWN)
    assert words.TELL_ME in buttons(reply)
    assert words.DID_IT_ANSWER not in text(reply)
    (gap,) = await gaps(world)
    assert (gap.question, gap.asked, gap.unanswered) == (UNKNOWN, 1, 1)
    for _ in range(2):
        assert private_text(await world.alice.click(reply, label=words.TELL_ME)) == words.FOLLOWED
    (gap,) = await gaps(world)
    assert (gap.asked, gap.followers) == (1, 1)


async def test_the_offer_behind_a_no_is_taken_up(world: World) -> None:
    result = await world.alice.click(await world.ask(TWITTER_BAN), label=words.NO)
    assert private_text(await world.alice.click(answer(result), label=words.TELL_ME)) == words.FOLLOWED
    (gap,) = await gaps(world)
    assert (gap.unhelpful, gap.followers) == (1, 1)


async def test_the_buttons_work_after_a_restart(world: World) -> None:
    reply = await world.ask(UNKNOWN)
    await world.restart()
    assert private_text(await world.bob.click(reply, label=words.TELL_ME)) == words.FOLLOWED


@pytest.mark.parametrize("command", ["ask", "Answer this"])
async def test_questions_by_command_count_too(world: World, command: str) -> None:
    if command == "ask":
        result = await world.alice.slash(world.channel, "ask", question=UNKNOWN)
    else:
        result = await world.alice.context_menu(world.channel, command, await world.bob.send(world.channel, UNKNOWN))
    assert words.TELL_ME in buttons(answer(result))
    assert [gap.question for gap in await gaps(world)] == [UNKNOWN]


async def test_what_is_no_question_to_the_bot_does_not_count(world: World) -> None:
    await world.alice.send(world.channel, UNKNOWN)
    await world.ask("")
    listed = answer(await world.alice.slash(world.channel, "timeline"))
    assert words.YES not in buttons(listed)
    assert await gaps(world) == ()


async def test_a_direct_message_counts_for_the_library_and_promises_nothing(world: World) -> None:
    await world.alice.user.send_dm(UNKNOWN)
    reply = world.alice.user.dm_channel.last_message
    assert reply is not None
    assert words.TELL_ME not in buttons(reply)
    await world.alice.user.send_dm(TWITTER_BAN)
    reply = world.alice.user.dm_channel.last_message
    assert reply is not None
    result = await world.alice.user.click(reply, label=words.NO)
    assert text(answer(result)) == words.NOTED
    assert {gap.question for gap in await gaps(world, None)} == {UNKNOWN, TWITTER_BAN}
    assert await gaps(world) == ()


async def test_a_question_that_is_closed_cannot_be_waited_for(world: World) -> None:
    reply = await world.ask(UNKNOWN)
    (gap,) = await gaps(world)
    await world.service.write(world.guild.id, lambda session: session.gaps.dismiss(gap.number, sign("test", None)))
    assert "has already been dismissed" in private_text(await world.alice.click(reply, label=words.TELL_ME))


async def test_a_reply_that_is_no_longer_kept_takes_no_opinion(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    await world.service.write(world.guild.id, _forget_replies)
    assert "too old" in private_text(await world.alice.click(reply, label=words.NO))


def _forget_replies(session: object) -> None:
    base = session.base  # type: ignore[attr-defined]
    with base.transaction():
        base._connections._writer.execute("DELETE FROM reply")
