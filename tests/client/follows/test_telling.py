"""Who follows something is told what is new of it: once, in time, with its sources, and only while they are there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import discord
import pytest

from bot.client.follows import telling, words
from bot.client.follows.words import MAX_A_DAY
from bot.facts.dates import parse_date
from tests.client.follows.following import (
    BOUGHT,
    NOON,
    add,
    follow,
    look,
    messages,
    of_channel,
    restart,
    retract,
    told,
)
from tests.client.forms import in_session
from tests.client.suggestions import suggested
from tests.client.world import (
    World,
    answer,
    bot_of,
    buttons,
    change_settings,
    closed,
    finish_background,
    make_world,
    press,
    text,
)


@pytest.fixture(autouse=True)
def fails_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.client.retrying.PAUSES", ())


async def test_a_new_a_corrected_and_a_retracted_fact_are_told_once_each(world: World) -> None:
    await follow(world, world.alice)
    await look(world)
    assert told(world.alice) == []
    await add(world)
    await look(world)
    await add(world, "Twitter bought a barn.")
    await look(world)
    await retract(world)
    for _ in range(2):
        await look(world)
    new, corrected, retracted = told(world.alice)
    assert new.startswith("### What is new: “Twitter's advertising ban on RT and Sputnik”\n-# The newsroom")
    assert f"**New** · F{await number(world)}@1\n{BOUGHT} [1]" in new
    assert "-# [1] " in new, "its source is listed"
    assert "@2\nTwitter bought a barn. [1]" in corrected
    assert "Twitter bought a ~~lighthouse~~ **barn**" in corrected
    assert "**Retracted** · F" in retracted
    assert "~~Twitter bought a barn.~~" in retracted
    assert "It was a barn." in retracted
    assert told(world.bob) == []


async def number(world: World) -> int:
    return int(await in_session(world, lambda session: session.facts.number("new")[0]))


async def test_what_is_told_is_told_once_after_a_restart_and_what_was_not_is_not_lost(world: World) -> None:
    await follow(world, world.alice)
    await add(world)
    await look(world)
    await closed(world)
    await restart(world)
    await look(world)
    assert len(told(world.alice)) == 1
    await add(world, "Twitter sold it.", name="sold")
    await closed(world)
    await restart(world)
    await look(world)
    assert ["Twitter sold it." in said for said in told(world.alice)] == [False, True]


async def test_what_changed_in_a_base_that_was_closed_before_the_next_look_is_told(world: World) -> None:
    await follow(world, world.alice)
    await look(world)
    await closed(world)
    await look(world)
    await add(world)
    await closed(world)
    await look(world)
    assert [BOUGHT in said for said in told(world.alice)] == [True]


async def test_an_actor_is_followed_alone_and_what_nobody_reviewed_is_not_told(world: World) -> None:
    await follow(world, world.alice, "actor", actor="Twitter")
    await add(world, "A ferry sank.", name="ferry", who=())
    await add(world, "Twitter was seen.", name="seen", kind="passage", who=(), reviewed=False)
    await look(world)
    assert told(world.alice) == []
    await add(world)
    await look(world)
    (said,) = told(world.alice)
    assert said.startswith("### What is new: “Twitter”")
    assert BOUGHT in said


async def test_a_member_is_told_of_a_fact_once_however_many_of_their_follows_it_is_of(world: World) -> None:
    await follow(world, world.alice)
    await follow(world, world.alice, "actor", actor="Twitter")
    await add(world)
    await look(world)
    (said,) = messages(world.alice.user.dm_channel)
    assert text(said).count(BOUGHT) == 1
    assert buttons(said) == ["Unfollow Twitter's advertising ban on RT and Sputnik", "Unfollow Twitter"]


async def test_a_question_is_told_when_its_answer_comes_changes_and_goes(world: World) -> None:
    question = "Who bought the lighthouse?"
    await follow(world, world.alice, "question", question=question)
    await add(world, "A ferry sank.", name="ferry", who=())
    await look(world)
    assert told(world.alice) == []
    await add(world)
    await encoded(world)
    await look(world)
    (came,) = told(world.alice)
    assert f"Answered now: **{question}**\n{BOUGHT} [1]" in came
    await add(world, "Twitter bought a lighthouse in 2017.")
    await encoded(world)
    await look(world)
    assert "Twitter bought a lighthouse in 2017. [1]" in told(world.alice)[-1]
    await retract(world)
    await encoded(world)
    await look(world)
    await look(world)
    assert len(told(world.alice)) == 3
    assert f"No longer answered: **{question}**" in told(world.alice)[-1]


async def test_a_question_is_told_when_only_the_date_of_its_answer_changes(world: World) -> None:
    await follow(world, world.alice, "question", question="Who bought the lighthouse?")
    for number, date in enumerate(("2017-05-03", "2017-05-04")):
        await add(world, date=parse_date(date))
        await encoded(world)
        for minute in range(0, 6, 2):  # a fact that is just being read in the background is asked for a minute later
            await look(world, NOON + timedelta(minutes=10 * number + minute))
    assert len(told(world.alice)) == 2


async def test_what_answered_a_question_already_is_no_answer_that_came_since_it_was_followed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "Who bought the lighthouse?"
    await add(world)
    with monkeypatch.context() as patch:  # as if encoding took long
        patch.setattr(world.service._encoding, "start", lambda server: None)
        patch.setattr("bot.answers.reader.reading.MADE_NOW", 0)
        await follow(world, world.alice, "question", question=question)
    await add(world, "A ferry sank.", name="ferry", who=())
    await encoded(world)
    await look(world)
    assert told(world.alice) == []
    await add(world, "Twitter bought a lighthouse in 2017.")
    await encoded(world)
    await look(world)
    (said,) = told(world.alice)
    assert f"Answered now: **{question}**\nTwitter bought a lighthouse in 2017. [1]" in said


async def test_an_answer_that_came_before_a_question_could_be_asked_of_all_facts_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.ask("who is the head of RT?")
    with monkeypatch.context() as patch:
        patch.setattr(world.service._encoding, "start", lambda server: None)
        patch.setattr("bot.answers.reader.reading.MADE_NOW", 0)
        await add(world, "A ferry sank.", name="ferry", who=())
        await follow(world, world.alice, "question", question="Who bought the lighthouse?")
    await add(world)
    await encoded(world)
    await look(world)
    assert [BOUGHT in said for said in told(world.alice)] == [True]


async def encoded(world: World) -> None:
    """Wait until the reader knows the new facts, without which it does not answer for sure."""
    await in_session(world, lambda session: session.encode())


async def test_at_night_nobody_is_told_and_in_the_morning_all_at_once(world: World) -> None:
    await change_settings(world, timezone="Europe/Berlin")
    await follow(world, world.alice)
    night = NOON.replace(hour=1)
    await add(world, at=night)
    await add(world, "Twitter sold it.", at=night, name="sold")
    await look(world, night)
    await closed(world)
    winter = 7  # eight in Berlin, or in summer an hour earlier
    await look(world, night.replace(hour=winter - 2, minute=59))
    assert told(world.alice) == []
    await look(world, night.replace(hour=winter, minute=1))
    (said,) = told(world.alice)
    assert BOUGHT in said
    assert "Twitter sold it." in said


async def test_a_digest_comes_in_the_morning_after_a_change_and_not_without_one(world: World) -> None:
    await follow(world, world.alice, when="once a day")
    for day in range(2):
        await look(world, NOON + timedelta(days=day))
    changed = NOON + timedelta(days=2)
    await add(world, at=changed)
    await look(world, changed)
    await look(world, changed + timedelta(hours=9))
    assert told(world.alice) == []
    await closed(world)
    for hours in (20, 21, 44):
        await look(world, changed + timedelta(hours=hours))
    assert [BOUGHT in said for said in told(world.alice)] == [True]


async def test_a_correction_in_the_morning_puts_no_digest_off(world: World) -> None:
    await follow(world, world.alice, when="once a day")
    await add(world, at=NOON)
    morning = NOON.replace(hour=8, minute=0) + timedelta(days=1)
    await add(world, "Twitter bought two lighthouses.", at=morning + timedelta(minutes=1))
    await look(world, morning + timedelta(minutes=2))
    (said,) = told(world.alice)
    assert "Twitter bought two lighthouses." in said


async def test_who_left_the_server_is_told_nothing_and_forgotten(world: World) -> None:
    for who in (world.alice, world.bob):
        await follow(world, who)
    await add(world)
    world.guild.remove_member(world.alice)
    await look(world)
    assert told(world.alice) == []
    assert len(told(world.bob)) == 1
    assert await in_session(world, lambda session: session.follows.of_user(world.alice.id)) == ()


async def test_who_takes_no_direct_message_is_told_so_when_they_come_back(world: World) -> None:
    await follow(world, world.alice)
    await add(world)
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)
    await look(world)
    await add(world, "Twitter sold it.", name="sold")
    await look(world)
    assert told(world.alice) == []
    listed = text(answer(await world.alice.slash(world.channel, "following")))
    assert listed.startswith("⚠ I no longer tell you of “Twitter's advertising ban on RT and Sputnik”: Discord did not")
    assert words.NO_FOLLOWS in listed
    again = text(answer(await world.alice.slash(world.channel, "following")))
    assert again == words.NO_FOLLOWS


@pytest.mark.parametrize("status", [500, 403])
async def test_what_discord_did_not_take_is_told_later(status: int, world: World) -> None:
    await follow(world, world.alice)
    await follow(world, world.bob)
    await add(world)
    world.env.inject_error("POST", f"/channels/{world.alice.user.dm_channel.id}/messages", status=status, code=0)
    await look(world)
    assert (told(world.alice), len(told(world.bob))) == ([], 1)
    cog: Any = world.env.bot.get_cog("CatchingUp")  # type: ignore[attr-defined]
    for minute in range(1, 3):
        await cog.minutely()
        await look(world, NOON + timedelta(minutes=minute))
    assert [BOUGHT in said for said in told(world.alice)] == [True]
    assert len(told(world.bob)) == 1
    path = f"/channels/{world.alice.user.dm_channel.id}/messages"
    sent = [request.json for request in world.env.http_requests if request.method == "POST" and request.path == path]
    nonces = [message["nonce"] for message in sent if isinstance(message, dict) and message["enforce_nonce"]]
    assert len(nonces) == 2, "Discord knows by it that both are one message, should the first have arrived"
    assert len(set(nonces)) == 1


async def test_a_member_is_sent_so_many_messages_a_day_and_the_rest_on_the_next(world: World) -> None:
    await follow(world, world.alice)
    for number in range(MAX_A_DAY + 2):
        await add(world, f"Twitter bought lighthouse {number}.", name=f"new-{number}")
        await look(world)
    assert len(told(world.alice)) == MAX_A_DAY
    await look(world, NOON + timedelta(days=1))
    *_, last = told(world.alice)
    assert len(told(world.alice)) == MAX_A_DAY + 1
    assert f"lighthouse {MAX_A_DAY}." in last
    assert f"lighthouse {MAX_A_DAY + 1}." in last


async def test_a_channel_is_told_and_by_its_moderators_unfollowed(world: World) -> None:
    news = world.guild.create_text_channel("news")
    await follow(world, world.moderator, channel=news)
    night = NOON.replace(hour=23)
    await add(world, at=night)
    await look(world, night)
    _, said = messages(news)
    assert BOUGHT in text(said)
    assert "The newsroom" not in text(said)
    refused = await world.alice.click(said, label=buttons(said)[0])
    assert "Only moderators" in text(answer(refused))
    done = await press(world.moderator, said, buttons(said)[0])
    assert text(answer(done)).startswith("### No longer followed: “Twitter's")
    await add(world, "Twitter sold it.", name="sold")
    await look(world)
    assert len(of_channel(news)) == 2


async def test_a_channel_that_is_gone_follows_nothing_any_more(world: World) -> None:
    news = world.guild.create_text_channel("news")
    await follow(world, world.moderator, channel=news)
    other = world.guild.create_text_channel("other")
    await follow(world, world.moderator, channel=other)
    world.env.backend.delete_channel(news.id)
    await world.env.settle()
    await finish_background(bot_of(world))
    (left,) = await in_session(world, lambda session: session.follows.of_channels())
    assert left.channel == other.id, "it ends at once, not with the next news"


async def test_a_channel_that_was_deleted_while_the_bot_was_away_follows_nothing_after_its_start(world: World) -> None:
    news = world.guild.create_text_channel("news")
    for channel in (news, world.channel):
        await follow(world, world.moderator, channel=channel)
    await bot_of(world).remove_cog(telling.Telling.__name__)  # it hears of nothing any more
    world.env.backend.delete_channel(news.id)
    await world.env.settle()
    await closed(world)
    await restart(world)
    await look(world)
    (left,) = await in_session(world, lambda session: session.follows.of_channels())
    assert left.channel == world.channel.id


async def test_a_question_of_who_was_sent_enough_today_takes_no_turn_of_anothers(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "MAX_ASKED", 1)
    monkeypatch.setattr(telling, "MAX_A_DAY", 0)
    question = "Who bought the lighthouse?"
    await follow(world, world.alice, "question", question=question)
    await follow(world, world.moderator, "question", question=question, channel=world.channel)
    await add(world)
    await encoded(world)
    await look(world)
    assert told(world.alice) == []
    assert f"Answered now: **{question}**" in of_channel(world.channel)[-1]


async def test_another_time_zone_of_the_server_counts_at_once(world: World) -> None:
    await follow(world, world.alice)
    night = NOON.replace(hour=23)
    await add(world, at=night)
    await look(world, night)
    assert told(world.alice) == []
    await change_settings(world, timezone="America/New_York")
    await look(world, night + timedelta(minutes=1))
    assert [BOUGHT in said for said in told(world.alice)] == [True]


async def test_what_members_suggest_is_no_news_until_it_is_approved(world: World) -> None:
    await follow(world, world.alice)
    await suggested(world, text=BOUGHT)
    await look(world)
    assert told(world.alice) == []


async def test_an_import_of_many_facts_hides_none_of_a_followed_actor(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.facts.news.MAX_READ", 2)
    await follow(world, world.alice, "actor", actor="Twitter")
    for number in range(4):
        await add(world, f"A ferry sank, the {number + 1}th.", name=f"ferry-{number}", who=())
    await add(world)
    await look(world)
    assert [BOUGHT in said for said in told(world.alice)] == [True]


async def test_a_server_that_fails_keeps_no_other_from_being_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    other = make_world(world.env, world.service)
    for server in (world, other):
        await follow(server, server.alice)
        await add(server)
    tell = telling._Round.tell

    async def broken(self: Any) -> Any:
        if self.server == world.guild.id:
            raise RuntimeError("broken")
        return await tell(self)

    with monkeypatch.context() as patch:
        patch.setattr(telling._Round, "tell", broken)
        await look(world)
    assert (len(told(world.alice)), len(told(other.alice))) == (0, 1)
    await look(world)
    assert (len(told(world.alice)), len(told(other.alice))) == (1, 1)


async def test_so_many_messages_are_sent_in_one_look_and_the_others_in_the_next(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "MAX_SENT", 1)
    for who in (world.alice, world.bob):
        await follow(world, who)
    await add(world)
    await look(world)
    assert len(told(world.alice)) + len(told(world.bob)) == 1
    await look(world, NOON + timedelta(minutes=1))
    assert (len(told(world.alice)), len(told(world.bob))) == (1, 1)


async def test_unfollow_under_a_direct_message_ends_it_for_that_member_alone(world: World) -> None:
    for who in (world.alice, world.bob):
        await follow(world, who)
    await add(world)
    await look(world)
    (said,) = messages(world.alice.user.dm_channel)
    done = await world.alice.user.click(said, label=buttons(said)[0])
    assert text(answer(done)) == "### No longer followed: “Twitter's advertising ban on RT and Sputnik”"
    again = await world.alice.user.click(said, label=buttons(said)[0])
    assert text(answer(again)) == "That is not followed any more."
    await add(world, "Twitter sold it.", name="sold")
    await look(world)
    assert (len(told(world.alice)), len(told(world.bob))) == (1, 2)


async def test_many_changes_at_once_are_one_message_that_says_how_many_more_there_are(world: World) -> None:
    await follow(world, world.alice)
    for number in range(9):
        await add(world, f"Twitter bought *lighthouse* {number}. " + "Very_long " * 60, name=f"new-{number}", where="w_" * 200)
    await look(world)
    (said,) = messages(world.alice.user.dm_channel)
    assert isinstance(said, discord.Message)
    assert "-# and 5 more facts" in text(said)
    assert words.SEE_ALL in text(said)


async def test_how_many_more_there_are_is_right_for_more_facts_than_are_read(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await follow(world, world.alice)
    await follow(world, world.alice, "actor", actor="Twitter")
    for number in range(9):
        await add(world, f"Twitter bought lighthouse {number}.", name=f"new-{number}")
    for module in ("bot.facts.news", "bot.service.follows"):
        monkeypatch.setattr(f"{module}.MAX_READ", 5)
    await look(world)
    (said,) = told(world.alice)
    assert "-# and 5 more facts" in said


async def test_what_nobody_reviewed_hides_no_news_however_much_it_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.facts.news.MAX_READ", 2)
    await follow(world, world.alice)
    for number in range(3):
        await add(world, f"Twitter was seen {number}.", name=f"seen-{number}", kind="passage", who=(), reviewed=False)
    await add(world)
    await look(world)
    assert [BOUGHT in said for said in told(world.alice)] == [True]
