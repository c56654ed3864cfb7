"""Questions asked in vain: the list for moderators, what they decide, and who is told."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from simcord import InteractionResult, MemberActor

from bot.client import words as feedback_words
from bot.client.bot import FootnoteBot
from bot.client.contributions import gaps
from bot.client.facts import words as fact_words
from bot.client.logbook.cog import TAKE_ALL_BACK
from bot.client.logbook.notices import notify_followers
from bot.client.permissions import MODERATORS_ONLY
from bot.facts.base import FactBase
from bot.facts.logbook import sign
from bot.facts.state.gaps import Gap
from bot.stories.load import read_story
from tests.client.forms import LINK, MARKS, count, count_reads, count_trips, in_session, second_moderator, send
from tests.client.world import (
    UNANSWERED,
    World,
    answer,
    ask_and_wait,
    buttons,
    closed,
    demote,
    last_direct_message,
    options,
    parts,
    text,
)

SAME = "which cheese does the moon run on"
ANOTHER = "Who painted the lighthouse green?"
OTHER_STORY = """
story: {id: ferry, title: The ferry}
sources: {gazette: {type: webpage, title: Ferries sail}}
events:
  sailing: {what: The ferry sailed., cite: gazette}
"""


async def listed(world: World) -> InteractionResult:
    return await world.moderator.slash(world.channel, "gaps")


async def opened(world: World, who: MemberActor | None = None) -> Any:
    """Let a moderator open the first question; return the message."""
    shown = answer(await (who or world.moderator).slash(world.channel, "gaps"))
    await (who or world.moderator).click(shown, label=gaps.OPEN_GAP)
    return shown


async def open_gaps(world: World) -> tuple[Gap, ...]:
    waiting: tuple[Gap, ...] = await in_session(world, lambda session: session.base.gaps.open())
    return waiting


def private_text(result: InteractionResult) -> str:
    message = result.followups[-1] if result.followups else answer(result)
    assert message.ephemeral
    return text(message)


async def test_questions_are_grouped_counted_and_without_names_the_most_asked_first(world: World) -> None:
    await world.ask(ANOTHER)
    await world.ask(UNANSWERED)
    await world.bob.send(world.channel, f"{world.mention} {SAME}")
    shown = await listed(world)
    assert shown.ephemeral
    said = text(answer(shown))
    assert said.startswith(gaps.GAPS_TITLE)
    assert said.index("which cheese") < said.index("Who painted")
    assert "asked twice" in said
    assert "alice" not in said
    assert str(world.alice.id) not in said
    assert buttons(answer(shown)) == [gaps.OPEN_GAP, gaps.OPEN_GAP]


@pytest.mark.usefixtures("offered_to_all")
async def test_an_empty_list_says_so_and_members_see_none(world: World) -> None:
    assert text(answer(await listed(world))) == gaps.NO_GAPS
    assert text(answer(await world.alice.slash(world.channel, "gaps"))) == MODERATORS_ONLY
    assert world.env.errors


async def test_suggestions_that_wait_are_told_of(world: World) -> None:
    shown = await world.alice.slash(world.channel, "suggest", kind="event")
    look = await send(world.alice, shown, text="Something happened in Oslo.", cite=LINK)
    await world.alice.click(answer(look), label="Send to the moderators")
    assert "1 suggestion from a member is waiting in `/review`." in text(answer(await listed(world)))


async def test_the_list_is_paged(world: World) -> None:
    things = ("anchor", "bakery", "candle", "dragon", "engine", "feather", "guitar", "hammock")
    for thing in things:
        await in_session(
            world, lambda session, thing=thing: session.gaps.note(f"Where was the {thing} hidden?", "unanswered", reply=thing)
        )
    shown = answer(await listed(world))
    assert "Page 1 of 2, 8 questions" in text(shown)
    await world.moderator.click(shown, label="Next")
    assert "Page 2 of 2" in text(shown)
    assert len([label for label in buttons(shown) if label == gaps.OPEN_GAP]) == 2
    await world.moderator.click(shown, label="Previous")
    assert "Page 1 of 2" in text(shown)


async def test_a_question_opens_with_its_wordings_and_the_nearest_facts(world: World) -> None:
    await world.ask(UNANSWERED)
    await world.ask(SAME)
    shown = await opened(world)
    assert text(shown).startswith(f"### {SAME}")
    assert f"- {UNANSWERED}" in text(shown)
    assert buttons(shown) == [gaps.ADD_FACT, gaps.DISMISS, gaps.NEVER, gaps.BACK_TO_GAPS]
    assert all(option["label"].startswith("F") for option in options(shown))


async def test_one_choice_says_that_a_fact_answers_it_and_the_next_one_who_asks_is_answered(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ask_and_wait(world, world.alice)
    shown = await opened(world)
    fact = options(shown)[0]["value"]
    trips = count_trips(world, monkeypatch)
    await world.moderator.select(shown, [fact])
    assert trips[:2] == ["write", "read"], "it is recorded, then all that is shown is read at once"
    assert text(shown).startswith("### Solved")
    assert f"it is answered with F{fact}@2" in text(shown)
    assert await open_gaps(world) == ()
    reply = await world.ask(UNANSWERED)
    assert feedback_words.DID_IT_ANSWER in text(reply)
    recorded = await in_session(world, lambda session: session.base.questions(session.stories()[0].id))
    assert UNANSWERED in {question.ask for question in recorded}


async def test_several_facts_answer_one_question_together(world: World) -> None:
    await world.ask(UNANSWERED)
    shown = await opened(world)
    chosen = [option["value"] for option in options(shown)[:3]]
    await world.moderator.select(shown, chosen)
    refs = [f"F{number}@2" for number in chosen]
    assert f"{refs[0]}, {refs[1]} and {refs[2]} are recorded as answers to this wording" in text(shown).replace("\\", "")
    assert await open_gaps(world) == ()
    recorded = await in_session(world, lambda session: session.base.questions(session.stories()[0].id))
    (question,) = (question for question in recorded if question.ask == UNANSWERED)
    assert len(question.expect) == 3
    assert fact_words.EDIT not in buttons(shown)
    asked = answer(await world.moderator.click(shown, label=fact_words.UNDO))
    await world.moderator.click(asked, label=TAKE_ALL_BACK.format(number=3))
    assert f"{UNANSWERED}" in text(asked)
    assert len(await open_gaps(world)) == 1


async def test_several_questions_are_dismissed_at_once_and_one_that_was_decided_meanwhile_is_left(world: World) -> None:
    for thing in ("anchor", "bakery", "candle", "dragon"):
        await in_session(
            world, lambda session, thing=thing: session.gaps.note(f"Where was the {thing} hidden?", "unanswered", reply=thing)
        )
    shown = answer(await listed(world))
    (menu,) = (part for part in parts(shown) if part["type"] == 3)
    assert (menu["placeholder"], menu["max_values"]) == (gaps.DISMISS_SEVERAL, 4)
    numbers = {option["label"]: option["value"] for option in menu["options"]}
    signature = sign("test", None)
    await in_session(world, lambda session: session.gaps.dismiss(int(numbers["Where was the dragon hidden?"]), signature))
    chosen = [value for name, value in numbers.items() if "candle" not in name]
    await world.moderator.select(shown, chosen)
    assert "2 questions dismissed" in text(shown)
    assert [gap.question for gap in await open_gaps(world)] == ["Where was the candle hidden?"]
    assert not options(shown)  # one is no several


async def test_who_waits_is_told_with_the_answer_and_forgotten(world: World) -> None:
    await ask_and_wait(world, world.alice)
    await ask_and_wait(world, world.bob)
    shown = await opened(world)
    await world.moderator.select(shown, [options(shown)[0]["value"]])
    for who in (world.alice, world.bob):
        assert last_direct_message(who).startswith(feedback_words.SOLVED.format(server="The newsroom"))
        assert UNANSWERED in last_direct_message(who)
        message = who.user.dm_channel.last_message
        assert message is not None
        assert buttons(message) == []
        kept = await in_session(world, lambda session, who=who: session.base.privacy.personal_data("", who.id))
        assert kept.waiting_for == ()


async def test_who_takes_no_direct_messages_finds_the_answer_where_it_was_asked_without_a_ping(world: World) -> None:
    await ask_and_wait(world, world.alice)
    reply = world.last
    shown = await opened(world)
    world.env.inject_error("POST", f"/channels/{world.alice.user.dm_channel.id}/messages", status=403, code=50007)
    await world.moderator.select(shown, [options(shown)[0]["value"]])
    assert text(world.last).startswith(feedback_words.SOLVED_IN_CHANNEL)
    assert world.last.reference is not None
    assert world.last.reference.message_id == reply.id
    assert world.last.mentions == []
    assert world.alice.mention not in text(world.last)


async def test_where_replying_fails_too_the_answer_stands_in_the_channel_by_itself(world: World) -> None:
    await ask_and_wait(world, world.alice)
    shown = await opened(world)
    world.env.inject_error("POST", f"/channels/{world.alice.user.dm_channel.id}/messages", status=403, code=50007)
    world.env.inject_error("POST", f"/channels/{world.channel.id}/messages", status=400, code=160002, times=1)
    await world.moderator.select(shown, [options(shown)[0]["value"]])
    assert text(world.last).startswith(feedback_words.SOLVED_IN_CHANNEL)
    assert world.last.reference is None


async def test_the_fact_that_is_added_from_a_question_solves_it(world: World) -> None:
    await ask_and_wait(world, world.alice)
    before = await count(world)
    shown = await opened(world)
    await world.moderator.click(shown, label=gaps.ADD_FACT)
    assert UNANSWERED in text(shown)
    form = await world.moderator.click(shown, label=fact_words.KINDS["claim"])
    await send(world.moderator, form, text="The moon runs on Swiss cheese.", cite=LINK)
    assert fact_words.SAVE in buttons(shown)
    await world.moderator.click(shown, label=fact_words.SAVE)
    assert await count(world) == before + 1
    assert await open_gaps(world) == ()
    assert "The moon runs on Swiss cheese." in last_direct_message(world.alice)
    assert "The moon runs on Swiss cheese." in text(await world.ask(UNANSWERED))


async def test_a_fact_for_a_question_that_was_decided_meanwhile_can_be_saved_all_the_same(world: World) -> None:
    await world.ask(UNANSWERED)
    before = await count(world)
    other = second_moderator(world)
    shown, elsewhere = await opened(world), await opened(world, other)
    await world.moderator.click(shown, label=gaps.ADD_FACT)
    form = await world.moderator.click(shown, label=fact_words.KINDS["claim"])
    await send(world.moderator, form, text="The moon runs on Swiss cheese.", cite=LINK)
    await other.click(elsewhere, label=gaps.DISMISS)
    await world.moderator.click(shown, label=fact_words.SAVE)
    assert text(shown).startswith(f"This question has already been dismissed. {fact_words.SAVE_ALL_THE_SAME}")
    assert await count(world) == before
    await world.moderator.click(shown, label=fact_words.SAVE)
    assert text(shown).startswith(f"### Saved as F{before + 1}@1")
    assert await count(world) == before + 1


async def recorded(world: World) -> set[str]:
    """Return what the server's first story records as having to stay unanswered."""
    questions = await in_session(world, lambda session: session.base.questions(session.stories()[0].id))
    return {question.ask for question in questions if not question.expect}


async def test_how_often_it_was_asked_without_an_answer_and_with_one_that_did_not_help(world: World) -> None:
    for outcome in ("unanswered", "unanswered", "unhelpful"):
        await in_session(world, lambda session, outcome=outcome: session.gaps.note(UNANSWERED, outcome, reply=None))
    said = text(answer(await listed(world)))
    assert "asked 3 times, last <t:" in said
    assert "2 without an answer, 1 with one that did not help" in said


async def test_a_question_that_must_stay_unanswered_is_recorded(world: World) -> None:
    await world.ask(UNANSWERED)
    shown = await opened(world)
    await world.moderator.click(shown, label=gaps.NEVER)
    assert text(shown) == f"{gaps.DISMISSED.format(question=UNANSWERED)}\n-# {gaps.STAYS_UNANSWERED}"
    assert UNANSWERED in await recorded(world)
    assert await open_gaps(world) == ()


async def test_which_story_must_not_answer_it_is_asked_where_there_are_several(world: World) -> None:
    signature = sign("test", None)
    other = read_story(OTHER_STORY, "ferry.yaml")
    await in_session(world, lambda session: session.base.revisions.import_story(other, signature))
    await world.ask(UNANSWERED)
    shown = await opened(world)
    await world.moderator.click(shown, label=gaps.NEVER)
    assert len(await open_gaps(world)) == 1
    await world.moderator.select(shown, ["ferry"])
    assert text(shown).endswith(gaps.STAYS_UNANSWERED)
    assert UNANSWERED not in await recorded(world)
    assert UNANSWERED in {question.ask for question in await in_session(world, lambda session: session.base.questions("ferry"))}


async def test_all_open_questions_are_counted_and_can_be_leafed_to(world: World) -> None:
    for number in range(107):
        question = f"Where was the {hashlib.md5(str(number).encode()).hexdigest()}?"
        await in_session(world, lambda session, ask=question: session.gaps.note(ask, "unanswered", reply=ask))
    shown = answer(await listed(world))
    assert "Page 1 of 18, 107 questions" in text(shown)
    for _ in range(17):
        await world.moderator.click(shown, label="Next")
    assert "Page 18 of 18, 107 questions" in text(shown)
    assert len([label for label in buttons(shown) if label == gaps.OPEN_GAP]) == 5


async def test_a_dismissed_question_is_gone_and_nothing_of_it_is_recorded(world: World) -> None:
    await ask_and_wait(world, world.alice)
    shown = await opened(world)
    await world.moderator.click(shown, label=gaps.DISMISS)
    assert text(shown) == gaps.DISMISSED.format(question=UNANSWERED)
    assert UNANSWERED not in await recorded(world)
    assert await open_gaps(world) == ()
    assert last_direct_message(world.alice) == ""
    kept = await in_session(world, lambda session: session.base.privacy.personal_data("", world.alice.id))
    assert kept.waiting_for == ()


async def test_who_decides_second_is_told(world: World) -> None:
    await world.ask(UNANSWERED)
    other = second_moderator(world)
    first, second = await opened(world), await opened(world, other)
    await world.moderator.click(first, label=gaps.DISMISS)
    assert "has already been dismissed" in private_text(await other.select(second, [options(second)[0]["value"]]))
    assert "has already been dismissed" in private_text(await other.click(second, label=gaps.DISMISS))


@pytest.mark.parametrize("what", [gaps.DISMISS, gaps.NEVER, gaps.ADD_FACT, gaps.BACK_TO_GAPS, "choose"])
async def test_somebody_demoted_with_a_question_open_decides_nothing(world: World, what: str) -> None:
    await world.ask(UNANSWERED)
    shown = await opened(world)
    fact = options(shown)[0]["value"]
    demote(world)
    result = await (world.moderator.select(shown, [fact]) if what == "choose" else world.moderator.click(shown, label=what))
    assert private_text(result) == MODERATORS_ONLY
    assert len(await open_gaps(world)) == 1


async def test_marks_in_a_question_do_nothing(world: World) -> None:
    await world.alice.slash(world.channel, "ask", question=f"which cheese {MARKS}")
    shown = await opened(world)
    assert "@everyone" not in text(shown)
    assert "[x](https" not in text(shown)
    ids = [part["custom_id"] for part in parts(shown) if "custom_id" in part]
    assert all(len(id_) <= 100 for id_ in ids)


async def test_old_questions_are_forgotten_every_day(world: World) -> None:
    await world.ask(UNANSWERED)
    bot = world.env.bot
    assert isinstance(bot, FootnoteBot)
    cog = bot.get_cog("Forgetting")
    await cog.daily()  # type: ignore[union-attr]
    assert len(await open_gaps(world)) == 1
    old = (datetime.now(UTC) - timedelta(days=31)).isoformat()

    def age(session: Any) -> None:
        with session.base._connections.writing(facts=False) as database:
            database.execute("UPDATE asked SET at = ?", (old,))

    await in_session(world, age)
    await cog.daily()  # type: ignore[union-attr]
    assert await open_gaps(world) == ()


async def test_old_questions_are_forgotten_in_a_base_that_nobody_asks_any_more(world: World) -> None:
    await world.ask(UNANSWERED)
    old = (datetime.now(UTC) - timedelta(days=31)).isoformat()
    await closed(world)
    path = world.service.settings.base_path(world.guild.id)
    with FactBase.open(path) as base, base._connections.writing(facts=False) as database:
        database.execute("UPDATE asked SET at = ?", (old,))
    cog: Any = world.env.bot.get_cog("Forgetting")  # type: ignore[attr-defined]
    await cog.daily()
    with FactBase.open(path) as base:
        assert base.gaps.open() == ()
    await closed(world)


async def test_forgetting_makes_no_base_of_a_server_that_is_deleted_meanwhile(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await world.ask(UNANSWERED)
    await world.service.delete(world.guild.id)
    monkeypatch.setattr(world.service, "servers", lambda: (world.guild.id,))  # as they were before
    cog: Any = world.env.bot.get_cog("Forgetting")  # type: ignore[attr-defined]
    await cog.daily()
    assert not world.service.settings.base_path(world.guild.id).exists()
    assert "Forgetting failed" not in caplog.text


async def test_it_goes_on_after_a_restart(world: World) -> None:
    await world.ask(UNANSWERED)
    shown = await opened(world)
    await world.restart()
    await world.moderator.click(shown, label=gaps.DISMISS)
    assert await open_gaps(world) == ()


async def test_a_question_that_is_taken_back_by_undo_is_not_told_as_solved(world: World) -> None:
    await ask_and_wait(world, world.alice)
    (gap,) = await open_gaps(world)
    signature = sign("test", None)
    fact = await in_session(world, lambda session: session.gaps.near(gap.number)[0].number)
    applied = await in_session(world, lambda session: session.gaps.answered_by(gap.number, fact, signature))
    await in_session(world, lambda session: session.base.revisions.undo(applied.change, signature))
    bot = world.env.bot
    assert isinstance(bot, FootnoteBot)
    await notify_followers(bot, world.guild.id)
    assert last_direct_message(world.alice) == ""
    assert [remaining.number for remaining in await open_gaps(world)] == [gap.number]


async def test_questions_are_looked_for_by_words_page_after_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = (
        "Who repaired the ferry in the harbour?",
        "Which harbour sells tickets for a ferry to Iceland?",
        "Does any ferry leave the old harbour before sunrise?",
        "Why did sailors paint their ferry green outside this harbour?",
        "How deep is the harbour below the sunken ferry?",
        "Was a ferry seen drifting near Bergen harbour in fog?",
        "What insurance covers collisions of a ferry within the harbour walls?",
        "Where was the harbour lamp moored?",
    )
    for question in asked:
        await in_session(world, lambda session, question=question: session.gaps.note(question, "unanswered", reply=question))
    await world.ask(UNANSWERED)
    reads = count_reads(world, monkeypatch)
    shown = answer(await world.moderator.slash(world.channel, "gaps", text="  Ferry harbour "))
    assert len(reads) == 1, "one reply shows one state of the base"
    assert text(shown).startswith(f"{gaps.GAPS_TITLE}\n-# {gaps.GAPS_WITH.format(words='Ferry harbour')}")
    assert "Page 1 of 2, 7 questions" in text(shown)
    await world.moderator.click(shown, label="Next")
    assert text(shown).count("ferry") == 1
    assert "lamp" not in text(shown)
    assert "cheese" not in text(shown)
    none = answer(await world.moderator.slash(world.channel, "gaps", text="zeppelin"))
    assert text(none).startswith(gaps.NO_GAP_WITH)
