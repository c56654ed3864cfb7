"""/follow and /following: what is said, asked, listed and refused."""

from __future__ import annotations

import pytest

from bot.client.follows import words
from bot.client.follows.views import unfollow_button
from bot.client.panels import panel
from bot.facts.state.follows import MAX_QUESTIONS
from tests.client.follows.following import add, follow, look, of_channel, told
from tests.client.forms import in_session
from tests.client.world import World, answer, bot_of, buttons, make_world, options, pick, text, upload

TITLE = "Twitter's advertising ban on RT and Sputnik"
OTHER_STORY = """
story: {id: ferry, title: The ferry}
sources: {gazette: {type: webpage, title: Ferries sail}}
events:
  sailing: {what: The ferry sailed., cite: gazette}
"""


async def test_who_follows_is_told_privately_what_and_how(world: World) -> None:
    done = await follow(world, world.alice)
    assert done.ephemeral
    said = text(answer(done))
    assert said.startswith(f"### You follow “{TITLE}”\nI send you a direct message when a fact comes")
    assert "10 a day at most, and none between 22:00 and 8:00 (UTC)" in said
    assert buttons(answer(done)) == [f"Unfollow {TITLE}"]
    daily = text(answer(await follow(world, world.alice, "actor", actor="twitter", when="once a day")))
    assert "I send you a direct message at 8:00 (UTC)" in daily


async def test_who_follows_a_question_is_told_that_they_hear_of_its_answer(world: World) -> None:
    news = world.guild.create_text_channel("news")
    question = "Who pays for the bridge?"
    at_once = text(answer(await follow(world, world.alice, "question", question=question)))
    daily = text(answer(await follow(world, world.alice, "question", question=question, when="once a day")))
    channel = text(answer(await follow(world, world.moderator, "question", question=question, channel=news)))
    channel_daily = text(
        answer(await follow(world, world.moderator, "question", question=question, channel=news, when="once a day"))
    )
    assert "I send you a direct message when its answer comes, changes or goes: 10 a day at most" in at_once
    assert "I send you a direct message at 8:00 (UTC) if its answer came, changed or went." in daily
    assert "I write there when its answer comes, changes or goes." in channel
    assert "I write there at 8:00 (UTC) if its answer came, changed or went." in channel_daily
    assert not any("a fact" in said or "the facts" in said for said in (at_once, daily, channel, channel_daily))


@pytest.mark.parametrize("question", ["what's new?", "Was gibt es seit gestern Neues?"])
async def test_whoever_follows_what_is_new_follows_the_story(question: str, world: World) -> None:
    done = text(answer(await follow(world, world.alice, "question", question=question, when="once a day")))
    assert done.startswith(f"### You follow “{TITLE}”\nI send you a direct message at 8:00")
    (followed,) = await in_session(world, lambda session: session.follows.of_user(world.alice.id))
    assert (followed.target.kind, followed.daily) == ("story", True)


async def test_with_several_stories_whoever_follows_what_is_new_chooses_one(world: World) -> None:
    await upload_other(world)
    asked = answer(await follow(world, world.alice, "question", question="any news?"))
    done = await pick(world.alice, asked, "ferry")
    assert text(answer(done)).startswith("### You follow “The ferry”\n")


async def test_an_actor_or_a_story_that_is_not_known_is_not_followed(world: World) -> None:
    for what in ({"what": "actor", "actor": "Nobody Atall"}, {"what": "story", "story": "No such story"}):
        result = await follow(world, world.alice, **what)
        assert "You follow" not in text(answer(result))
        assert world.env.errors
    assert await in_session(world, lambda session: session.follows.of_user(world.alice.id)) == ()


async def test_with_several_stories_it_asks_which(world: World) -> None:
    await upload_other(world)
    asked = answer(await follow(world, world.alice, when="once a day"))
    assert {option["label"] for option in options(asked)} == {TITLE, "The ferry"}
    done = await pick(world.alice, asked, "ferry")
    assert text(answer(done)).startswith("### You follow “The ferry”\nI send you a direct message at 8:00")
    (followed,) = await in_session(world, lambda session: session.follows.of_user(world.alice.id))
    assert (followed.target.story, followed.daily) == ("ferry", True)


async def upload_other(world: World) -> None:
    shown = answer(await upload(world, OTHER_STORY))
    await world.moderator.click(shown, label=buttons(shown)[0])


async def test_what_is_followed_is_listed_and_unfollowed(world: World) -> None:
    await follow(world, world.alice)
    await follow(world, world.alice, "question", question="Who pays for the bridge?", when="once a day")
    await follow(world, world.bob, "actor", actor="Twitter")
    listed = answer(await world.alice.slash(world.channel, "following"))
    assert text(listed) == (f"{words.FOLLOWS_TITLE}\n**{TITLE}**\n-# at once\n**Who pays for the bridge?**\n-# once a day")
    await world.alice.click(listed, label=f"Unfollow {TITLE}")
    listed = answer(await world.alice.slash(world.channel, "following"))
    assert text(listed) == f"{words.FOLLOWS_TITLE}\n**Who pays for the bridge?**\n-# once a day"


async def test_too_many_questions_are_refused_in_a_sentence(world: World) -> None:
    for number in range(MAX_QUESTIONS):
        await follow(world, world.alice, "question", question=f"Who pays for bridge {number}?")
    refused = text(answer(await follow(world, world.alice, "question", question="Who pays?")))
    assert refused.startswith(f"That would be more than {MAX_QUESTIONS} follows")
    assert world.env.errors


async def test_only_moderators_have_a_channel_follow_and_see_it(world: World) -> None:
    news = world.guild.create_text_channel("news")
    refused = await follow(world, world.alice, channel=news)
    assert "Only moderators" in text(answer(refused))
    assert world.env.errors
    assert of_channel(news) == []
    done = text(answer(await follow(world, world.moderator, channel=news, when="once a day")))
    assert done.startswith(f"### <#{news.id}> follows “{TITLE}”\nI write there at 8:00 (UTC)")
    assert of_channel(news) == [done]
    assert words.CHANNELS_TITLE in text(answer(await world.moderator.slash(world.channel, "following")))
    assert words.CHANNELS_TITLE not in text(answer(await world.alice.slash(world.channel, "following")))


async def test_a_channel_in_which_the_bot_may_not_write_follows_nothing(world: World) -> None:
    news = world.guild.create_text_channel("news")
    world.env.inject_error("POST", f"/channels/{news.id}/messages", status=403, code=50013)
    refused = text(answer(await follow(world, world.moderator, channel=news)))
    assert f"I may not write in <#{news.id}>" in refused
    assert await in_session(world, lambda session: session.follows.of_channels()) == ()


async def test_what_a_channel_followed_stays_as_it_was_where_the_bot_may_not_write(world: World) -> None:
    news = world.guild.create_text_channel("news")
    await follow(world, world.moderator, channel=news, when="once a day")
    world.env.inject_error("POST", f"/channels/{news.id}/messages", status=403, code=50013)
    assert f"I may not write in <#{news.id}>" in text(answer(await follow(world, world.moderator, channel=news)))
    (kept,) = await in_session(world, lambda session: session.follows.of_channels())
    assert kept.daily


async def test_what_somebody_follows_is_shown_and_deleted_with_all_that_is_stored_about_them(world: World) -> None:
    for who in (world.alice, world.bob):
        await follow(world, who)
    shown = answer(await world.alice.slash(world.channel, "privacy"))
    assert f"- 1 thing that you follow:\n  - {TITLE}" in text(shown)
    for _ in range(2):
        await world.alice.click(shown, label=buttons(shown)[0])
    await add(world)
    await look(world)
    assert (told(world.alice), len(told(world.bob))) == ([], 1)


async def test_unfollow_leads_nowhere_in_another_server(world: World) -> None:
    other = make_world(world.env, world.service)
    guest = other.guild.add_member(world.alice.user)
    await follow(world, world.alice)
    (followed,) = await in_session(world, lambda session: session.follows.of_user(world.alice.id))
    elsewhere = bot_of(world).get_partial_messageable(other.channel.id)
    await elsewhere.send(view=panel("News", [unfollow_button(followed, world.guild.id)]))
    pressed = await guest.click(other.last, label=f"Unfollow {TITLE}")
    assert text(answer(pressed)) == words.IN_THE_SERVER
    assert await in_session(world, lambda session: session.follows.of_user(world.alice.id)) == (followed,)
