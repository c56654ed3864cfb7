"""Review: where suggestions are shown, who decides them, and that each is decided once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from simcord import InteractionResult, MemberActor

from bot.client.bot import FootnoteBot
from bot.client.contributions import decisions, suggesting, views
from bot.client.facts import words as fact_words
from bot.client.logbook import notices
from bot.client.logbook.lines import decided
from bot.client.permissions import MODERATORS_ONLY
from bot.editing.typed_fact import TypedFact
from bot.errors import BusyError, DecidedError
from bot.facts.logbook import sign
from bot.facts.state.proposals import Proposal
from bot.languages import speaking
from tests.client.forms import LINK, MARKS, count, count_trips, in_session, second_moderator, send, values
from tests.client.suggestions import (
    SUGGESTED,
    open_suggestion,
    posted,
    proposals,
    reread_in_review,
    review_channel,
    sent_to,
    suggested,
)
from tests.client.world import (
    TWITTER_BAN,
    World,
    answer,
    bot_of,
    buttons,
    change_settings,
    demote,
    finish_background,
    log_channel,
    options,
    parts,
    text,
)

WHY = "The source does not say so."


def private_text(result: InteractionResult) -> str:
    """Return what only the person who pressed is shown."""
    message = result.followups[-1] if result.followups else answer(result)
    assert message.ephemeral
    return text(message)


async def reject(world: World, who: MemberActor, message: Any, why: str = WHY) -> InteractionResult:
    return await send(who, await who.click(message, label=views.REJECT), reason=why)


async def test_a_suggestion_is_shown_to_the_moderators_with_its_author(world: World) -> None:
    post = await posted(world, place="Oslo")
    assert text(post).startswith("### Suggestion 1: a new event\n-# by " + world.alice.mention)
    assert SUGGESTED in text(post)
    assert "[Bridge report](" in text(post)
    assert buttons(post) == [views.APPROVE, fact_words.EDIT, views.REJECT]
    request = [request.json for request in world.env.http_requests if request.path == f"/channels/{post.channel.id}/messages"][-1]
    assert isinstance(request, dict)
    assert request["allowed_mentions"] == {"parse": []}


async def test_approving_makes_a_fact_shows_who_did_and_thanks_the_member(world: World) -> None:
    post = await posted(world)
    before = await count(world)
    await world.moderator.click(post, label=views.APPROVE)
    now = text(reread_in_review(world, post))
    assert f"**Approved** by {world.moderator.mention}" in now
    assert f"it is F{before + 1}@1 now" in now
    assert buttons(reread_in_review(world, post)) == []
    assert await count(world) == before + 1
    assert notices.TAKEN.format(server="**The newsroom**", ref=f"F{before + 1}@1") in sent_to(world.alice)


async def test_rejecting_needs_a_reason_which_the_member_is_sent(world: World) -> None:
    post = await posted(world)
    await reject(world, world.moderator, post)
    now = text(reread_in_review(world, post))
    assert f"**Rejected** by {world.moderator.mention}" in now
    assert WHY in now
    assert buttons(reread_in_review(world, post)) == []
    assert WHY in sent_to(world.alice)
    assert "was not accepted" in sent_to(world.alice)


@pytest.mark.parametrize("label", [fact_words.EDIT, views.REJECT, views.APPROVE])
async def test_who_comes_second_is_told_in_the_language_of_the_server(world: World, label: str) -> None:
    post = await posted(world)
    await change_settings(world, language="de")
    (proposal,) = await proposals(world)
    signature = sign(f"discord:{world.moderator.id}", None)
    await in_session(world, lambda session: session.suggestions.approve(proposal.number, signature))
    assert "Dieser Vorschlag wurde schon angenommen." in private_text(await second_moderator(world).click(post, label=label))


async def test_a_blank_reason_is_none(world: World) -> None:
    post = await posted(world)
    assert decisions.NO_REASON in private_text(await reject(world, world.moderator, post, "   "))
    assert buttons(reread_in_review(world, post)) == [views.APPROVE, fact_words.EDIT, views.REJECT]


async def test_a_member_who_takes_no_direct_messages_sees_the_reason_at_the_next_suggestion(world: World) -> None:
    post = await posted(world)
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)
    await reject(world, world.moderator, post)
    assert sent_to(world.alice) == ""
    shown = await world.alice.slash(world.channel, "suggest", kind="event")
    look = await send(world.alice, shown, text="Something else happened there.", cite=LINK)
    assert views.earlier_line(SUGGESTED, "rejected", WHY) in text(answer(look))
    assert WHY in text(answer(await world.alice.slash(world.channel, "privacy")))


@pytest.mark.parametrize("label", [views.APPROVE, fact_words.EDIT, views.REJECT])
async def test_readers_and_members_decide_nothing(world: World, label: str) -> None:
    post = await posted(world)
    for who in (world.alice, world.bob):
        assert private_text(await who.click(post, label=label)) == MODERATORS_ONLY
    assert len(await proposals(world)) == 1


async def test_somebody_demoted_with_the_form_open_rejects_nothing_and_has_back_what_was_typed(world: World) -> None:
    post = await posted(world)
    shown = await world.moderator.click(post, label=views.REJECT)
    demote(world)
    said = private_text(await send(world.moderator, shown, reason=WHY))
    assert MODERATORS_ONLY in said
    assert WHY in said
    assert private_text(await world.moderator.click(post, label=views.APPROVE)) == MODERATORS_ONLY
    assert len(await proposals(world)) == 1


async def test_who_decides_second_is_told_and_shown_the_decision(world: World) -> None:
    post = await posted(world)
    other = second_moderator(world)
    late = await other.click(post, label=views.REJECT)
    await world.moderator.click(post, label=views.APPROVE)
    assert "has already been approved" in private_text(await send(other, late, reason=WHY))
    assert buttons(reread_in_review(world, post)) == []
    assert "**Approved**" in text(reread_in_review(world, post))


async def test_two_decisions_at_once_are_one(world: World) -> None:
    post = await posted(world)
    other = second_moderator(world)
    number = (await proposals(world))[0].number

    def approve(session: Any) -> str:
        status: str = session.suggestions.approve(number, sign(f"discord:{world.moderator.id}", None)).proposal.status
        return status

    def refuse(session: Any) -> str:
        status: str = session.suggestions.reject(number, sign(f"discord:{other.id}", WHY)).status
        return status

    outcomes = await asyncio.gather(in_session(world, approve), in_session(world, refuse), return_exceptions=True)
    won = [outcome for outcome in outcomes if isinstance(outcome, str)]
    assert len(won) == 1
    assert [type(outcome) for outcome in outcomes if not isinstance(outcome, str)] == [DecidedError]
    assert (await in_session(world, lambda session: session.base.proposals.get(number))).status == won[0]
    assert post is not None


async def test_a_suggestion_that_says_what_a_fact_says_gives_it_its_source(world: World) -> None:
    fact = await in_session(world, lambda session: session.ask(TWITTER_BAN).facts[0].record)
    post = await posted(world, text=fact.fact.text, date="26 october 2017")
    before = await count(world)
    assert fact_words.NEAR in text(post)
    await world.moderator.click(post, label=views.SAME_FACT)
    assert f"it is F{fact.number}@2 now" in text(reread_in_review(world, post))
    assert await count(world) == before
    now = await in_session(world, lambda session: session.base.revisions.show(fact.number))
    assert [source.url for source in now.sources] == [*(source.url for source in fact.sources), LINK]
    assert f"F{fact.number}@2" in sent_to(world.alice)


async def test_two_moderators_agree_on_a_fact_that_names_a_person(world: World) -> None:
    await change_settings(world, two_moderators=True)
    channel = await review_channel(world)
    await suggested(world, "quote", text="It is a good first step, all in all.")
    post = channel.last_message
    assert post is not None
    assert "**0 of 2 moderators agree**" in text(post)
    before = await count(world)
    await world.moderator.click(post, label=views.APPROVE)
    assert f"**1 of 2 moderators agree** ({world.moderator.mention})" in text(reread_in_review(world, post))
    twice = await world.moderator.click(reread_in_review(world, post), label=views.APPROVE)
    assert "another moderator has to agree too" in private_text(twice)
    assert await count(world) == before
    await second_moderator(world).click(reread_in_review(world, post), label=views.APPROVE)
    assert "**Approved**" in text(reread_in_review(world, post))
    assert await count(world) == before + 1


@pytest.mark.slow
async def test_who_agreed_and_was_demoted_since_counts_no_more(world: World) -> None:
    await change_settings(world, two_moderators=True)
    channel = await review_channel(world)
    await suggested(world, "quote", text="It is a good first step, all in all.")
    post = channel.last_message
    assert post is not None
    before = await count(world)
    other = second_moderator(world)
    await world.moderator.click(post, label=views.APPROVE)
    demote(world)
    await other.click(reread_in_review(world, post), label=views.APPROVE)
    assert f"**1 of 2 moderators agree** ({other.mention})" in text(reread_in_review(world, post))
    assert await count(world) == before
    third = world.guild.add_member(world.env.create_user("third"), roles=[world.guild.roles["More moderators"]])
    await third.click(reread_in_review(world, post), label=views.APPROVE)
    assert await count(world) == before + 1


@pytest.mark.slow
async def test_the_form_of_a_suggestion_reverts_nothing_that_nobody_saw(world: World) -> None:
    channel = await review_channel(world)
    signature = sign(f"discord:{world.moderator.id}", "better words")
    fact = (await in_session(world, lambda session: session.ask(TWITTER_BAN).facts[0].record)).number
    mine = await in_session(
        world, lambda session: replace(session.editor.open_form(fact), text="Twitter banned two media companies.")
    )
    proposal = await in_session(world, lambda session: session.suggestions.propose(mine, signature))
    bot = world.env.bot
    assert isinstance(bot, FootnoteBot)
    await decisions.post(bot, world.guild.id, proposal)
    post = channel.last_message
    assert post is not None
    other = second_moderator(world)
    shown = await other.click(post, label=fact_words.EDIT)
    theirs = await in_session(world, lambda session: replace(session.editor.open_form(fact), date="27 October 2017"))
    await in_session(world, lambda session: session.editor.save(theirs, signature))
    await send(other, shown, text="Twitter banned two of the media companies.")
    assert views.CHANGED_SINCE.format(fact=fact, ref=f"F{fact}@2") in text(reread_in_review(world, post)).replace("\\", "")
    form = await other.click(reread_in_review(world, post), label=fact_words.EDIT)
    assert values(form)["date"] == "27 October 2017"
    await send(other, form)
    await other.click(reread_in_review(world, post), label=views.APPROVE)
    now = await in_session(world, lambda session: session.base.revisions.show(fact))
    assert (now.fact.text, now.fact.date.edtf) == ("Twitter banned two of the media companies.", "2017-10-27")


async def test_a_long_list_says_that_more_wait(world: World) -> None:
    signature = sign(f"discord:{world.alice.id}", None)
    content = TypedFact("claim", "twitter-rt-sputnik", text=SUGGESTED).encode()
    for _ in range(28):
        await in_session(world, lambda session: session.base.proposals.add(content, signature))
    shown = answer(await world.moderator.slash(world.channel, "review"))
    assert len(options(shown)) == 25
    assert decisions.MORE_WAIT.format(number=3) in text(shown)


@pytest.mark.slow
async def test_a_change_that_waits_while_its_fact_is_changed_is_put_on_top(world: World) -> None:
    channel = await review_channel(world)
    signature = sign(f"discord:{world.moderator.id}", "better words")
    fact = (await in_session(world, lambda session: session.ask(TWITTER_BAN).facts[0].record)).number
    mine = await in_session(
        world, lambda session: replace(session.editor.open_form(fact), text="Twitter banned two media companies.")
    )
    proposal = await in_session(world, lambda session: session.suggestions.propose(mine, signature))
    theirs = await in_session(world, lambda session: replace(session.editor.open_form(fact), date="27 October 2017"))
    await in_session(world, lambda session: session.editor.save(theirs, signature))
    assert isinstance(world.env.bot, FootnoteBot)
    await decisions.post(world.env.bot, world.guild.id, proposal)
    post = channel.last_message
    assert post is not None
    assert f"F{fact} was changed in the meantime" in text(post)
    other = second_moderator(world)
    refused = await other.click(post, label=views.APPROVE)
    assert f"F{fact} was changed in the meantime" in private_text(refused)
    shown = await other.click(post, label=fact_words.EDIT)
    assert values(shown)["date"] == "27 October 2017"
    assert values(shown)["text"] == "Twitter banned two media companies."
    await send(other, shown)
    await other.click(reread_in_review(world, post), label=views.APPROVE)
    now = await in_session(world, lambda session: session.base.revisions.show(fact))
    assert (now.revision, now.fact.text) == (3, "Twitter banned two media companies.")
    assert now.fact.date.edtf == "2017-10-27"


async def test_a_moderator_edits_a_suggestion_before_it_is_approved(world: World) -> None:
    post = await posted(world)
    shown = await world.moderator.click(post, label=fact_words.EDIT)
    assert values(shown)["text"] == SUGGESTED
    await send(world.moderator, shown, text="Engineers measured the frost in Oslo.")
    assert "Engineers measured the frost in Oslo." in text(reread_in_review(world, post))
    await world.moderator.click(reread_in_review(world, post), label=views.APPROVE)
    assert "**Approved**" in text(reread_in_review(world, post))


async def test_a_suggestion_whose_speaker_was_taken_back_says_why_it_cannot_be_taken(world: World) -> None:
    form = await world.moderator.slash(world.channel, "actor add")
    added = answer(await send(world.moderator, form, name="Ida Frost"))
    form = await open_suggestion(world, "quote", speaker="Ida Frost")
    await world.alice.click(answer(await send(world.alice, form, text="Frost is no excuse.", cite=LINK)), label=suggesting.SEND)
    await world.moderator.click(added, label=fact_words.UNDO)
    before = await count(world)
    shown = answer(await world.moderator.slash(world.channel, "review"))
    await world.moderator.select(shown, [options(shown)[0]["value"]])
    assert "**It cannot be accepted as it is:** There is no actor" in text(shown)
    assert "Frost is no excuse." in text(shown)
    refused = await world.moderator.click(shown, label=views.APPROVE)
    assert "There is no actor" in private_text(refused)
    assert await count(world) == before


async def test_a_fault_of_an_edit_loses_nothing(world: World) -> None:
    post = await posted(world)
    shown = await world.moderator.click(post, label=fact_words.EDIT)
    refused = await send(world.moderator, shown, text="Engineers measured the frost.", date="the day after")
    said = refused.followups[-1] if refused.followups else answer(refused)
    assert text(said).startswith(views.NOT_SENT)
    back = await world.moderator.click(said, label=fact_words.BACK_TO_FORM)
    assert values(back)["text"] == "Engineers measured the frost."
    assert values(back)["date"] == "the day after"
    await send(world.moderator, back, date="4 march 2018")
    assert "Engineers measured the frost." in text(reread_in_review(world, post))


async def test_an_edit_that_is_given_up_changes_no_suggestion(world: World) -> None:
    post = await posted(world)
    refused = await send(world.moderator, await world.moderator.click(post, label=fact_words.EDIT), date="the day after")
    said = refused.followups[-1] if refused.followups else answer(refused)
    await world.moderator.click(said, label=fact_words.CANCEL)
    assert text(said) == fact_words.CANCELLED
    assert SUGGESTED in text(reread_in_review(world, post))


@pytest.mark.slow
async def test_what_was_changed_meanwhile_is_neither_overwritten_nor_approved_unseen(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = await posted(world)
    other = second_moderator(world)
    late = await other.click(post, label=fact_words.EDIT)
    approve = next(part["custom_id"] for part in parts(post) if part.get("label") == views.APPROVE)
    await send(world.moderator, await world.moderator.click(post, label=fact_words.EDIT), text="The first change.")
    await finish_background(bot_of(world))
    trips = count_trips(world, monkeypatch)
    refused = await send(other, late, text="The second change.")
    assert trips == ["run_briefly", "write"], "what was typed is stored before anything else, then compared"
    said = refused.followups[-1] if refused.followups else answer(refused)
    assert "The first change." in text(said)
    assert "The first change." in text(reread_in_review(world, post))
    back = await other.click(said, label=fact_words.BACK_TO_FORM)
    assert values(back)["text"] == "The second change."
    await send(other, back)
    assert "The second change." in text(reread_in_review(world, post))
    assert approve not in {part.get("custom_id") for part in parts(reread_in_review(world, post))}


@pytest.mark.usefixtures("offered_to_all")
async def test_a_suggestion_without_a_review_channel_waits_in_the_list(world: World) -> None:
    await suggested(world)
    assert MODERATORS_ONLY in text(answer(await world.alice.slash(world.channel, "review")))
    assert world.env.errors
    listed = await world.moderator.slash(world.channel, "review")
    assert listed.ephemeral
    assert [option["label"] for option in options(answer(listed))] == [f"1 · Event: {SUGGESTED}"]
    await world.moderator.select(answer(listed), ["1"])
    await world.moderator.click(answer(listed), label=views.APPROVE)
    assert "**Approved**" in text(answer(listed))
    assert decisions.NONE_OPEN in text(answer(await world.moderator.slash(world.channel, "review")))


async def test_a_decision_in_the_list_shows_in_the_review_channel(world: World) -> None:
    post = await posted(world)
    listed = answer(await world.moderator.slash(world.channel, "review"))
    await world.moderator.select(listed, ["1"])
    await world.moderator.click(listed, label=views.APPROVE)
    assert "**Approved**" in text(reread_in_review(world, post))
    assert buttons(reread_in_review(world, post)) == []


async def test_a_decision_stands_though_the_review_channel_is_out_of_reach(world: World) -> None:
    await posted(world)
    listed = answer(await world.moderator.slash(world.channel, "review"))
    await world.moderator.select(listed, ["1"])
    channel = world.guild.channels["review"]
    world.env.inject_error("PATCH", f"/channels/{channel.id}/messages/*", status=403, code=50001)
    await world.moderator.click(listed, label=views.APPROVE)
    await finish_background(bot_of(world))
    assert "**Approved**" in text(listed)
    assert await proposals(world) == ()


@pytest.mark.parametrize("field", ["text", "cite", "date"])
async def test_marks_in_a_suggestion_ping_nobody_in_the_review_channel(world: World, field: str) -> None:
    typed = {"text": MARKS * 40, "cite": f"{LINK} page {MARKS}", "date": "4 march 2018"}
    post = await posted(world, **{field: typed[field]})
    assert "@everyone" not in text(post)
    assert len(text(post)) <= 4000
    await reject(world, world.moderator, post, MARKS)
    assert "@everyone" not in text(reread_in_review(world, post)) + sent_to(world.alice)


async def test_decisions_work_after_a_restart(world: World) -> None:
    post = await posted(world)
    await world.restart()
    await world.moderator.click(post, label=views.APPROVE)
    assert "**Approved**" in text(reread_in_review(world, post))


async def test_the_log_channel_tells_of_decisions(world: World) -> None:
    log = world.guild.create_text_channel("log")
    await change_settings(world, log_channel=log.id)
    post = await posted(world)
    await reject(world, world.moderator, post)
    assert log.last_message is not None
    assert text(log.last_message) == decided(world.moderator.mention, "reject", 1, WHY)


async def test_what_follows_a_decision_is_done_though_its_panel_cannot_be_made(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = await log_channel(world)
    await world.ask(TWITTER_BAN)
    fact = await in_session(world, lambda session: session.ask(TWITTER_BAN).facts[0].record)
    post = await posted(world, text=fact.fact.text, date="26 october 2017")

    async def busy(*_: object) -> None:
        raise BusyError("The base is busy.")

    monkeypatch.setattr(decisions, "_panel", busy)
    assert "The base is busy." in private_text(await world.moderator.click(post, label=views.SAME_FACT))
    await finish_background(bot_of(world))
    assert await proposals(world) == ()
    assert any(f"F{fact.number}@2" in text(line) for line in log.history())
    assert await in_session(world, lambda session: session.base.replies.stale(days=7)) == ()
    assert f"F{fact.number}@2" in sent_to(world.alice)


def test_what_was_withdrawn_is_headed_in_the_language_spoken() -> None:
    withdrawn = Proposal(7, "", "discord:1", "2026-11-25T00:00:00.000Z", 1, "withdrawn", None, None, None, None, None, None)
    with speaking("de"):
        panel = views.suggestion_panel(views.ShownSuggestion(withdrawn, None))
        shown = [getattr(child, "content", "") for child in panel.walk_children()]
        assert "### Vorschlag 7" in shown
