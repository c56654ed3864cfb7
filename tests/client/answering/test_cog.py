"""Questions: in messages to the bot, by command, and in other people's messages; and those that follow others."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import discord
import pytest
from simcord import ChannelHandle
from simcord.backend.models.message import AllowedMentions

from bot.client import words
from bot.client.answering import cog
from bot.client.text import escape
from bot.facts.dates import parse_date
from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.facts.models import Citation, Fact, Source, Story
from bot.presentation import wording
from bot.service import session as session_module
from bot.service.replies import Reply
from bot.service.session import Session
from bot.stories.load import read_story
from tests.client.world import TWITTER_BAN, World, answer, buttons, options, parts, press, text
from tests.support.towns import ORRIN, WEXLEY

QUARREL = """
story: {id: quarrel, title: The Silver Tern}
sources: {paper: {type: article-newspaper, title: Ferry on the rocks, publisher: Coast Wire}}
actors:
  holm: {name: Ida Holm, kind: person, role: Mate of the Silver Tern}
  berg: {name: Jon Berg, kind: person, role: Captain of the Silver Tern}
events:
  stranding: {date: 2021-05-03, what: The Silver Tern ran onto the rocks off Gull Point., cite: paper}
claims:
  asleep: {by: holm, text: Jon Berg was asleep in his cabin when the ship struck., about: [berg], event: stranding, cite: paper}
  awake: {by: berg, text: He was never asleep on the night of the stranding., event: stranding, cite: paper}
"""


async def test_a_mention_is_answered_with_the_short_answer_first_then_fact_and_source(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    assert text(reply).startswith("### 26 October 2017\n")
    assert "Twitter announced" in text(reply)
    assert "-# [1] [Twitter bans RT and Sputnik from advertising](https://www.wsws.org/" in text(reply)
    assert buttons(reply) == ["Yes", "No", wording.SOURCES, words.DELETE]
    assert [option["label"] for option in options(reply)][:2] == [words.SIDES, words.WHY]
    assert reply.reference is not None


@pytest.mark.parametrize("caution", [0.0, 1.0])  # answered, and shown as what may answer
async def test_an_answer_says_about_which_story_it_is_where_several_may_be_meant(
    caution: float, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(session_module._CAUTION, "usual", caution)
    for file in (WEXLEY, ORRIN):
        story = read_story(file, "town.yaml")
        await world.service.write(world.guild.id, partial(_import, story))
    shown = text(await world.ask("when did the mayor resign?"))
    assert (wording.NOT_SURE in shown) is (caution > 0)
    towns = [("Wexley", "Orrin"), ("Orrin", "Wexley")]
    assert any(f"This is about The {one} inquiry. You may also mean The {other} inquiry." in shown for one, other in towns)


def _import(story: Story, session: Session) -> None:
    session.base.apply(story, by="test")


async def test_the_words_of_two_parties_are_both_shown_and_neither_is_the_answer(world: World) -> None:
    await world.service.write(world.guild.id, partial(_import, read_story(QUARREL, "quarrel.yaml")))
    shown = text(await world.ask("was jon berg asleep?"))
    first = shown.split("\n")[0].removeprefix("### ")
    both = {"Yes, according to Ida Holm", "No, according to Jon Berg"}
    assert set(first.split(" / ")) == both or not first.startswith(("Yes", "No"))
    assert "Jon Berg was asleep in his cabin" in shown
    assert "He was never asleep" in shown


async def test_an_answer_pings_nobody(world: World) -> None:
    reply = await world.ask(f"{TWITTER_BAN} @everyone {world.bob.mention}")
    sent = [request for request in world.env.http_requests if request.method == "POST"][-1]
    assert reply.mentions == []
    assert not reply.mention_everyone
    assert isinstance(sent.json, dict)
    assert sent.json["allowed_mentions"] == {"parse": [], "replied_user": False}


async def test_chatter_and_bots_are_left_alone(world: World) -> None:
    other = world.guild.add_member(world.env.create_user("other", bot=True))
    before = len(world.env.http_requests)
    await world.alice.send(world.channel, "When did Twitter ban RT?")
    await world.alice.send(world.channel, f"{world.bob.mention} when did Twitter ban RT?")
    await other.send(world.channel, f"{world.mention} when did Twitter ban RT?")
    assert len(world.env.http_requests) == before


async def test_a_mention_without_words_gets_a_short_help(world: World) -> None:
    helped = text(await world.ask(""))
    assert helped == words.SHORT_HELP.format(mention=world.mention, question="what did Twitter say?")
    assert not text(await world.ask("what did Twitter say?")).startswith(f"**{wording.NO_ANSWER}")


async def test_a_command_that_came_as_a_message_is_no_question(world: World) -> None:
    await world.alice.user.send_dm(TWITTER_BAN)
    await world.alice.user.send_dm("/settings")
    reply = world.alice.user.dm_channel.last_message
    assert reply is not None
    assert text(reply) == words.NO_COMMAND.format(typed="/settings")
    assert not buttons(reply)
    assert text(await world.ask("/fact add a thing")) == words.NO_COMMAND.format(typed="/fact")
    assert text(await world.ask(f"/ {TWITTER_BAN}")).startswith("### 26 October 2017\n")


async def test_a_mention_in_a_thread_is_answered_there(world: World) -> None:
    made = world.env.backend.create_thread(world.channel.id, "About the ban", world.alice.id)
    thread = ChannelHandle(world.env, world.guild, made)
    await world.alice.send(thread, f"hey {world.mention}, {TWITTER_BAN}")
    assert thread.last_message is not None
    assert text(thread.last_message).startswith("### 26 October 2017")


async def test_a_direct_message_needs_no_mention(world: World) -> None:
    await world.alice.user.send_dm(TWITTER_BAN)
    reply = world.alice.user.dm_channel.last_message
    assert reply is not None
    assert text(reply).startswith("### 26 October 2017")
    await world.alice.user.click(reply, label=words.DELETE)
    assert len(world.alice.user.dm_channel.history()) == 1


async def test_commands_work_in_direct_messages(world: World) -> None:
    result = await world.alice.user.slash("ask", question=TWITTER_BAN)
    assert "### 26 October 2017" in text(answer(result))


async def test_a_reply_to_an_answer_is_a_question(world: World) -> None:
    first = await world.ask("What is known about cheese on the moon?")
    await world.bob.send(world.channel, TWITTER_BAN, reply_to=first)
    assert text(world.last).startswith("### 26 October 2017")


async def test_a_reply_without_a_ping_cannot_be_read_and_a_passing_hint_says_so(world: World) -> None:
    first = await world.ask(TWITTER_BAN)
    reference = {"channel_id": str(world.channel.id), "message_id": str(first.id)}
    silent = AllowedMentions(replied_user=False)
    world.env.backend.create_message(world.channel.id, world.bob.id, "and why?", reference=reference, allowed_mentions=silent)
    await world.env.settle(timeout=2)
    assert text(world.last) == escape(words.CANNOT_READ)
    await world.env.advance_time(31)
    assert world.last.content == "and why?"


async def test_ask_repeats_the_question_on_the_card(world: World) -> None:
    result = await world.alice.slash(world.channel, "ask", question=TWITTER_BAN, story="twitter-rt-sputnik")
    assert not result.ephemeral
    assert text(answer(result)).startswith(f"-# Question: {TWITTER_BAN}\n### 26 October 2017\n")


async def test_an_unknown_story_is_named_to_the_asker_alone(world: World) -> None:
    result = await world.alice.slash(world.channel, "ask", question=TWITTER_BAN, story="atlantis")
    assert result.ephemeral
    assert "atlantis" in text(answer(result))
    assert world.env.errors


async def test_an_empty_question_is_answered_with_how_to_ask(world: World) -> None:
    result = await world.alice.slash(world.channel, "ask", question="  ")
    assert result.ephemeral
    assert "I need a question in words. Ask me who, when" in text(answer(result))
    assert world.env.errors


async def test_answer_this_reads_the_message_it_is_used_on(world: World) -> None:
    message = await world.bob.send(world.channel, TWITTER_BAN)
    result = await world.alice.context_menu(world.channel, "Answer this", message)
    assert "### 26 October 2017" in text(answer(result))


async def test_answer_this_says_when_there_is_nothing_to_read(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    result = await world.bob.context_menu(world.channel, "Answer this", reply)
    assert result.ephemeral
    assert text(answer(result)) == words.NOTHING_TO_READ


async def test_what_the_facts_do_not_answer_gets_near_facts_that_can_be_opened(world: World) -> None:
    reply = await near_facts(world)
    assert text(reply).startswith(f"**{wording.NO_ANSWER}**\n")
    opening = [part["custom_id"] for part in parts(reply) if part.get("label") == words.SHOW]
    assert 1 <= len(opening) <= 3
    for custom_id in opening:
        shown = await world.bob.click(reply, custom_id=custom_id)
        assert shown.ephemeral
        assert "[1]" in text(answer(shown))


async def near_facts(world: World) -> discord.Message:
    """Ask about known names what no fact tells, until near facts are offered; which of these it is at is a matter of tuning."""
    for question in ("when was Sputnik founded?", "who owns Twitter?", "when was RT founded?", "did RT sue Twitter?"):
        reply = await world.ask(question)
        if wording.NEAREST in text(reply):
            return reply
    pytest.fail("near facts are never offered")


async def test_a_question_about_something_else_says_what_there_is_to_ask(world: World) -> None:
    reply = await world.ask("best pizza dough recipe?")
    assert text(reply).startswith(f"**{wording.NO_ANSWER}**\n")


async def test_a_fact_beside_the_answer_opens_for_one_person(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    choice = options(reply)[0]
    result = await world.bob.select(reply, [choice["value"]])
    assert result.ephemeral
    assert "[1]" in text(answer(result))


@pytest.mark.parametrize(
    "question",
    [
        "когда Твиттер запретил RT?",
        "متى حظر تويتر RT؟",
        "👩\u200d🚒" * 50,
        '"NOT" (a OR b* ^ {',
        "\x00\x01",
        "a" * 1900,
        "> # `*_~|",
        "‮abc",
    ],
)
async def test_any_question_gets_a_reply(world: World, question: str) -> None:
    reply = await world.ask(question)
    assert text(reply).strip()
    assert reply.author == world.env.bot.user


async def test_ask_as_of_a_day_shows_only_what_the_sources_had_told_and_keeps_to_it(world: World) -> None:
    result = await world.alice.slash(world.channel, "ask", question="who supports the ban?", as_of="27 Oct 2017")
    said = text(answer(result))
    assert "This is what the sources had reported by 27 October 2017. 2 facts came later." in said
    assert "positive step" in said
    shown, marked, later = said.partition("Came later: ")
    assert marked
    assert "applauded" not in shown
    assert "applauded" in later.split("\n")[0]
    why = await press(world.alice, world.last, words.WHY)
    assert text(answer(why)).startswith(f"### {wording.WHY}\n")


async def test_an_answer_as_of_a_day_stays_as_of_that_day_when_the_story_goes_on(world: World) -> None:
    asked = await world.alice.slash(world.channel, "ask", question="who supports the ban?", as_of="27 October")
    said, reply = text(answer(asked)), world.last
    assert "This is what the sources had reported by 27 October 2017." in said
    fact = await world.service.write(world.guild.id, tell_a_year_later, "positive step")
    assert "A year later" in text(answer(await world.alice.slash(world.channel, "ask", question=fact.text)))
    for label in (wording.SOURCES, words.WHY):
        assert "A year later" not in text(answer(await press(world.alice, reply, label)))


def tell_a_year_later(session: Session, words: str) -> Fact:
    """Let the story go on for a year, in which another source says what a fact with some words in it says; return that fact."""
    record = next(record for record in session.base.by_date("quote", "claim") if words in record.fact.text)
    later = Source("later", "webpage", "A year later", published=parse_date("2018-02-01"), url="https://example.org/later")
    fact = replace(record.fact, citations=(*record.fact.citations, Citation("later")))
    event = Fact("next", "event", "Nothing was taken back.", (Citation("later"),), date=parse_date("2018-12-01"))
    edit = Edit(record.story.id, sources=(later,), facts=(fact, event))
    session.base.revisions.apply(edit, sign("test", None), action="edit")
    return fact


async def test_what_was_not_known_by_a_day_is_no_gap(world: World) -> None:
    result = await world.alice.slash(world.channel, "ask", question="who supports the ban?", as_of="2016")
    assert wording.NO_ANSWER in text(answer(result)).replace("\\", "")
    assert "This is what the sources had reported by 31 December 2016. 3 facts came later." in text(answer(result))
    assert await world.service.read(world.guild.id, lambda session: session.base.gaps.open()) == ()


async def test_a_date_that_is_none_is_told_to_the_asker_alone(world: World) -> None:
    result = await world.alice.slash(world.channel, "ask", question=TWITTER_BAN, as_of="someday")
    assert result.ephemeral
    assert "Write it like 26 October 2017" in text(answer(result))
    assert world.env.errors


async def test_what_happened_next_is_counted_from_the_answer_to_which_it_is_a_reply(world: World) -> None:
    first = await world.ask("When did Google change its search algorithms?")
    assert "### April 2017" in text(first)
    await world.bob.send(world.channel, "what happened next?", reply_to=first)
    assert "Counted from: Google changed the algorithms of its search engine" in text(world.last)
    assert "each announced plans" in text(world.last)
    await world.bob.send(world.channel, f"{world.mention} what happened next?")
    assert "Counted from" not in text(world.last)


async def test_who_commented_is_answered_with_each_in_their_own_words(world: World) -> None:
    said = text(await world.ask("Who has commented on the ban?"))
    assert said.startswith(("### Twitter, Maria Zakharova", "### Twitter, Margarita Simonyan"))
    assert "Klobuchar" in said.split("\n")[0]


async def test_a_reply_is_read_with_the_question_before(world: World) -> None:
    first = await world.ask("how much did Twitter make off RT's ads?")
    await world.bob.send(world.channel, "and what will be done with it?", reply_to=first)
    assert "outside research" in text(world.last)


async def test_a_reply_to_a_reply_is_read_with_both_questions(world: World) -> None:
    first = await world.ask("how much did Twitter make off RT's ads?")
    await world.bob.send(world.channel, "what will they do with it?", reply_to=first)
    await world.bob.send(world.channel, "and who said so?", reply_to=world.last)
    kept = await world.service.read(world.guild.id, replies_of)
    assert kept["and who said so?"].after == ("how much did Twitter make off RT's ads?", "what will they do with it?")


async def test_a_reply_to_an_answer_that_is_no_longer_kept_stands_alone(world: World) -> None:
    first = await world.ask("how much did Twitter make off RT's ads?")
    await world.service.write(world.guild.id, forget_replies)
    await world.bob.send(world.channel, "what will they do with it?", reply_to=first)
    kept = await world.service.read(world.guild.id, replies_of)
    assert kept["what will they do with it?"].after == ()


def forget_replies(session: Session) -> None:
    with session.base._connections.writing(facts=False) as database:
        database.execute("DELETE FROM reply")


def replies_of(session: Session) -> dict[str | None, Reply]:
    with session.base._connections.reading() as connection:
        keys = [row[0] for row in connection.execute("SELECT key FROM reply")]
    return {reply.title: reply for reply in map(session.replies.load, keys)}


async def test_a_direct_message_is_read_with_what_was_asked_just_before(world: World) -> None:
    await world.alice.user.send_dm("how much did Twitter make off RT's ads?")
    await world.alice.user.send_dm("and what will be done with it?")
    last = world.alice.user.dm_channel.last_message
    assert last is not None
    assert "outside research" in text(last)


async def test_a_direct_message_after_a_while_stands_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cog, "MINUTES", 0)
    await world.alice.user.send_dm("how much did Twitter make off RT's ads?")
    await world.alice.user.send_dm("and what will be done with it?")
    kept = await world.service.read(None, replies_of)
    assert kept["and what will be done with it?"].after == ()


async def test_of_many_direct_messages_the_conversation_is_forgotten_that_was_longest_ago(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cog, "MAX_CHANNELS", 1)
    await world.alice.user.send_dm("how much did Twitter make off RT's ads?")
    await world.bob.user.send_dm("When did Twitter ban RT and Sputnik from advertising?")
    await world.alice.user.send_dm("and what will be done with it?")
    kept = await world.service.read(None, replies_of)
    assert kept["and what will be done with it?"].after == ()


async def test_greetings_and_thanks_are_answered_in_kind_and_are_no_gap(world: World) -> None:
    assert text(await world.ask("hello!")).startswith("Hello.")
    assert text(await world.ask("thank you so much")) == "You are welcome."
    assert await world.service.read(world.guild.id, lambda session: session.base.gaps.count_open()) == 0


async def test_what_it_is_about_comes_with_questions_that_a_press_asks(world: World) -> None:
    reply = await world.ask("what is this about?")
    assert "advertising ban on RT and Sputnik" in text(reply)
    question = next(button for button in buttons(reply) if button.endswith("?"))
    asked = answer(await press(world.bob, reply, question))
    assert not asked.ephemeral
    assert question in text(asked)
    assert wording.SOURCES in buttons(asked)


async def test_what_can_be_asked_is_offered(world: World) -> None:
    reply = await world.ask("what can I ask?")
    questions = [button for button in buttons(reply) if button.endswith("?")]
    assert len(questions) == 4
    await world.restart()
    for question in questions:
        assert wording.NO_ANSWER not in text(answer(await press(world.alice, reply, question)))


async def test_tell_me_about_somebody_shows_their_page(world: World) -> None:
    shown = text(await world.ask("tell me about Margarita Simonyan"))
    assert shown == text(answer(await world.alice.slash(world.channel, "who", actor="Margarita Simonyan")))
