"""Cards of what was read in an article: kept, edited, dropped, skipped and taken back, by one moderator or by two at once."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from simcord import MemberActor

from bot.client.facts import words as fact_words
from bot.client.keeping import words
from bot.client.logbook.gathering import MAX_MINUTES
from bot.client.permissions import MODERATORS_ONLY
from bot.client.words import KEEP, NEXT_CARD
from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.presentation.wording import NOT_REVIEWED
from tests.client.forms import fields, in_session, second_moderator, send, values, warns_of_worse
from tests.client.read_articles import BOATS, CRANE, FALL, HURT, RUSTY, STORY, read_crane, sentence, take
from tests.client.world import (
    Message,
    World,
    answer,
    bot_of,
    buttons,
    change_settings,
    finish_background,
    log_channel,
    parts,
    press,
    reread,
    text,
)


@pytest.fixture
async def crane(world: World) -> World:
    """A world with an article that nobody has reviewed."""
    await read_crane(world)
    return world


async def keep(world: World, who: MemberActor | None = None) -> Message:
    """Open the first card."""
    return answer(await (who or world.moderator).slash(world.channel, "keep", story=STORY))


async def act(world: World, card: Message, label: str, who: MemberActor | None = None) -> Message:
    """Press a button of a card and return what stands in its place."""
    return answer(await press(who or world.moderator, card, label))


async def test_a_card_shows_a_sentence_with_its_neighbours_and_what_is_known_of_it(crane: World) -> None:
    card = await keep(crane)
    lines = text(card).splitlines()
    assert lines[0] == "-# 1 of 5", "what drafting knows most of comes first"
    assert "“The crane was forty years old and rusty,” Sallow told reporters." in lines[2]
    assert lines[1] == "-# Harbour master Ingrid Sallow said that nobody had been hurt."
    assert lines[3] == "-# She expects the quay to open again in June."
    assert "-# Source: [Crane falls at Fish Quay](https://wire.example/crane), Coast Wire, 6 May 2021, ¶2" in lines
    assert "-# Speaker: Ingrid Sallow" in lines
    assert buttons(card) == [KEEP, words.EDIT, words.DROP, words.SKIP, words.LIST]
    assert all(part.get("type") != 2 or not part["label"].startswith("F") for part in parts(card))


async def test_one_press_a_card_and_the_next_one_takes_its_place(crane: World) -> None:
    first = await keep(crane)
    second = await act(crane, first, KEEP)
    assert second.id == first.id
    assert text(second).startswith("**Kept:** “The crane was forty years old")
    assert "-# 2 of 5" in text(second)
    third = await act(crane, second, words.DROP)
    assert text(third).startswith("**Dropped:** ")
    assert "-# 3 of 5" in text(third)
    fourth = await act(crane, third, words.SKIP)
    assert text(fourth).startswith("-# 4 of 5")
    kept = await sentence(crane, RUSTY)
    assert (kept.fact.kind, kept.fact.reviewed, kept.revision, kept.retracted) == ("passage", True, 2, False)
    entries = await in_session(crane, lambda session: session.logbook.entries(limit=2))
    assert [(entry.action, entry.by) for entry in entries] == [
        ("drop fact", f"discord:{crane.moderator.id}"),
        ("keep fact", f"discord:{crane.moderator.id}"),
    ]


async def test_what_was_skipped_comes_again_at_the_end_and_then_all_is_reviewed(crane: World) -> None:
    card = await keep(crane)
    skipped = text(card).splitlines()[2]
    card = await act(crane, card, words.SKIP)
    for _ in range(4):
        assert skipped not in text(card)
        card = await act(crane, card, KEEP)
    assert words.AGAIN in text(card)
    assert "-# 1 of 1" in text(card)
    assert skipped in text(card)
    card = await act(crane, card, KEEP)
    assert words.ALL_REVIEWED in text(card)
    assert "5 of 5 sentences reviewed, 1 article" in text(card)
    assert words.ALL_REVIEWED in text(await keep(crane))


async def test_a_kept_sentence_answers_without_its_mark(crane: World) -> None:
    reply = await crane.ask("when did the crane fall?")
    assert NOT_REVIEWED in text(reply)
    record = await sentence(crane, FALL)
    signature = sign("discord:1", None)
    await in_session(crane, lambda session: session.keeping.keep(record.number, record.revision, signature))
    assert NOT_REVIEWED not in text(await crane.ask("when did the crane fall?"))


async def test_undo_brings_back_what_was_kept_and_what_was_dropped(crane: World) -> None:
    card = await keep(crane)
    for label, name in ((KEEP, RUSTY), (words.DROP, RUSTY)):
        done = await act(crane, card, label)
        back = await act(crane, done, words.UNDO)
        assert text(back).startswith(words.WAITS_AGAIN)
        assert "-# 1 of 5" in text(back)
        assert "forty years old" in text(back)
        record = await sentence(crane, name)
        assert (record.fact.reviewed, record.retracted) == (False, False)
        card = back
    own = answer(await crane.moderator.slash(crane.channel, "fact undo"))
    assert "You have changed nothing yet" in text(own), "both are taken back already"
    assert crane.env.errors


@pytest.mark.parametrize("command", [False, True])
async def test_undo_of_a_keep_leaves_the_sources_that_came_since(crane: World, command: bool) -> None:
    card = await act(crane, await keep(crane), KEEP)
    reprint = CRANE.replace("Coast Wire", "Harbour Herald").replace("Crane falls", "Crane down")
    await in_session(crane, lambda session: take(session.base, reprint, "herald"))
    assert (await sentence(crane, RUSTY)).revision == 3
    if command:
        shown = answer(await crane.moderator.slash(crane.channel, "fact undo"))
        await crane.moderator.click(shown, label=fact_words.TAKE_BACK)
    else:
        back = await act(crane, card, words.UNDO)
        assert text(back).startswith(words.WAITS_AGAIN)
        assert "Harbour Herald" in text(back)
    record = await sentence(crane, RUSTY)
    assert (record.fact.reviewed, [citation.source for citation in record.fact.citations]) == (False, ["wire", "herald"])


async def test_undo_of_a_keep_whose_words_were_edited_since_changes_nothing(crane: World) -> None:
    card = await act(crane, await keep(crane), KEEP)
    record = await sentence(crane, RUSTY)
    edited = Edit(STORY, facts=(replace(record.fact, text="The crane was old."),))
    await in_session(crane, lambda session: session.base.revisions.apply(edited, sign("discord:7", None)))
    assert "was changed" in text(answer(await press(crane.moderator, card, words.UNDO)))
    assert (await sentence(crane, RUSTY)).fact.text == "The crane was old."


async def test_fact_undo_takes_a_keep_back_too(crane: World) -> None:
    await act(crane, await keep(crane), KEEP)
    shown = answer(await crane.moderator.slash(crane.channel, "fact undo"))
    assert "Reviewed: ~~no~~ **yes**" in text(shown)
    await crane.moderator.click(shown, label=fact_words.TAKE_BACK)
    assert not (await sentence(crane, RUSTY)).fact.reviewed


async def test_edit_opens_the_form_filled_in_and_the_fact_takes_the_place_of_the_sentence(crane: World) -> None:
    form = await press(crane.moderator, await keep(crane), words.EDIT)
    assert [field["component"]["custom_id"] for field in fields(form)] == ["kind", "text", "date", "by", "about"]
    assert values(form)["kind"] == "quote"
    assert values(form)["text"] == "The crane was forty years old and rusty"
    by = values(form)["by"]
    assert by
    preview = answer(await send(crane.moderator, form, text="The crane was forty years old.", date="6 May 2021"))
    assert "Kind: ~~Sentence of an article~~ **Quote**" in text(preview)
    label = fact_words.SAVE_ANYWAY if warns_of_worse(text(preview)) else fact_words.SAVE
    saved = await act(crane, preview, label)
    assert buttons(saved)[0] == NEXT_CARD
    record = await sentence(crane, RUSTY)
    assert (record.fact.kind, record.fact.text, record.fact.reviewed) == ("quote", "The crane was forty years old.", True)
    assert (record.fact.by, record.fact.date and record.fact.date.edtf) == ((by,), "2021-05-06")
    assert [(citation.source, citation.locator) for citation in record.fact.citations] == [("wire", "2")]
    following = await act(crane, saved, NEXT_CARD)
    assert "-# 2 of 5" in text(following)
    assert "forty years old" not in text(following).splitlines()[2]


async def test_a_sentence_becomes_an_event_with_those_who_are_named_in_it(crane: World) -> None:
    record = await sentence(crane, FALL)
    listed = await act(crane, await keep(crane), words.LIST)
    assert words.LIST_TITLE in text(listed)
    opened = answer(await crane.moderator.click(listed, custom_id=f"do:keep-open:{record.number}"))
    form = await press(crane.moderator, opened, words.EDIT)
    assert values(form)["kind"] == "event"
    assert values(form)["text"] == "A crane fell onto the quay of Harbour on Wednesday [5 May 2021]."
    assert values(form)["date"] == "5 May 2021"
    preview = answer(await send(crane.moderator, form, text="A crane fell onto the quay."))
    await act(crane, preview, fact_words.SAVE_ANYWAY if warns_of_worse(text(preview)) else fact_words.SAVE)
    event = await sentence(crane, FALL)
    assert (event.fact.kind, event.fact.glosses, event.fact.context) == ("event", (), None)
    timeline = await crane.alice.slash(crane.channel, "timeline", story="crane", **{"from": "2021"})
    assert "A crane fell onto the quay." in text(answer(timeline))


async def test_giving_a_form_up_leads_on_to_the_next_card(crane: World) -> None:
    form = await press(crane.moderator, await keep(crane), words.EDIT)
    preview = answer(await send(crane.moderator, form, text="The crane was old."))
    given_up = await act(crane, preview, fact_words.CANCEL)
    assert fact_words.CANCELLED in text(given_up)
    assert "forty years old" in text(await act(crane, given_up, NEXT_CARD))
    assert not (await sentence(crane, RUSTY)).fact.reviewed


async def test_two_moderators_never_have_the_same_card(crane: World) -> None:
    other = second_moderator(crane)
    shown: list[str] = []
    mine, theirs = await keep(crane), await keep(crane, other)
    for _ in range(2):
        shown += [
            next(line for line in text(card).splitlines() if line.startswith("**") and "Kept" not in line)
            for card in (mine, theirs)
        ]
        mine, theirs = await act(crane, mine, KEEP), await act(crane, theirs, KEEP, other)
    assert len(set(shown)) == 4
    ends = {words.OTHERS_HAVE_THEM in text(card) for card in (mine, theirs)}
    assert ends == {True, False}, "the last card is before one of them"


async def test_of_two_presses_on_one_card_the_second_is_told_who_was_quicker(crane: World) -> None:
    card = await keep(crane)
    await crane.restart()
    other = second_moderator(crane)
    record = await sentence(crane, RUSTY)
    await in_session(
        crane, lambda session: session.keeping.keep(record.number, record.revision, sign(f"discord:{other.id}", None))
    )
    late = await act(crane, card, words.DROP)
    assert f"**Nothing was changed:** <@{other.id}> kept it <t:" in text(late)
    assert (await sentence(crane, RUSTY)).revision == 2
    assert "-# 2 of 5" in text(late)


async def test_pressed_twice_by_one_moderator_it_is_kept_once(crane: World) -> None:
    card = await keep(crane)
    stored = crane.env.backend.get_message(crane.channel.id, card.id)
    panel = deepcopy(stored.components)
    await act(crane, card, KEEP)
    stored.components = panel  # as a phone shows it that is slow to hear of the first press
    again = await act(crane, card, KEEP)
    assert text(again).startswith("**Kept:** ")
    assert words.UNDO in buttons(again)
    assert (await sentence(crane, RUSTY)).revision == 2
    assert "-# 2 of 5" in text(again)


@pytest.mark.parametrize("label", [KEEP, words.DROP])
async def test_a_card_of_a_sentence_that_changed_meanwhile_is_shown_anew_and_nothing_is_done(crane: World, label: str) -> None:
    card = await keep(crane)
    await read_crane(crane, CRANE.replace("forty years old and rusty", "fifty years old and rusty"))
    shown = await act(crane, card, label)
    assert "**Nothing was changed yet:**" in text(shown)
    assert "fifty years old" in text(shown)
    record = await sentence(crane, RUSTY)
    assert (record.revision, record.fact.reviewed, record.retracted) == (2, False, False)
    await act(crane, shown, label)
    record = await sentence(crane, RUSTY)
    assert (record.revision, record.fact.reviewed, record.retracted) == (3, label == KEEP, label == words.DROP)


async def test_edit_of_what_somebody_else_reviewed_meanwhile_says_so_over_the_next_card(crane: World) -> None:
    card = await keep(crane)
    record = await sentence(crane, RUSTY)
    await in_session(crane, lambda session: session.keeping.drop(record.number, record.revision, sign("discord:7", None)))
    shown = await act(crane, card, words.EDIT)
    assert "<@7> took it back" in text(shown)
    assert "-# 2 of 5" in text(shown)


async def test_what_was_kept_edited_and_dropped_stays_so_when_the_article_is_read_again(crane: World) -> None:
    card = await act(crane, await keep(crane), KEEP)
    card = await act(crane, card, words.DROP)
    form = await press(crane.moderator, card, words.EDIT)
    preview = answer(await send(crane.moderator, form, text="In other words."))
    await act(crane, preview, fact_words.SAVE_ANYWAY if warns_of_worse(text(preview)) else fact_words.SAVE)
    before = await in_session(crane, lambda session: session.story(STORY))
    assert (await read_crane(crane)).applied.change is None
    assert await in_session(crane, lambda session: session.story(STORY)) == before
    assert "-# 1 of 2" in text(await keep(crane))


async def test_the_most_asked_comes_first_and_is_listed_with_how_often(crane: World) -> None:
    for _ in range(2):
        await crane.ask("where do fishing boats land their catch?")
    card = await keep(crane)
    assert "-# 1 of 5 · answered 2 questions" in text(card)
    assert "Fishing boats land their catch" in text(card)
    listed = await act(crane, card, words.LIST)
    lines = text(listed).splitlines()
    assert lines[:3] == [
        words.LIST_TITLE,
        "Fishing boats land their catch at the old pier.",
        "-# Coast Wire, ¶3 · answered 2 questions",
    ]
    assert buttons(listed) == [words.OPEN] * 5
    boats = await sentence(crane, BOATS)
    opened = answer(await crane.moderator.click(listed, custom_id=f"do:keep-open:{boats.number}"))
    assert "Fishing boats land their catch" in text(opened)
    assert KEEP in buttons(opened)


async def test_a_sentence_that_another_has_before_them_is_not_opened_from_the_list(crane: World) -> None:
    other = second_moderator(crane)
    await keep(crane, other)
    listed = await act(crane, await keep(crane), words.LIST)
    rusty = await sentence(crane, RUSTY)
    opened = answer(await crane.moderator.click(listed, custom_id=f"do:keep-open:{rusty.number}"))
    assert text(opened).startswith(words.OTHER_HAS_IT)
    assert "**“The crane was forty years old" not in text(opened)


async def test_cards_work_after_a_restart(crane: World) -> None:
    card = await keep(crane)
    await crane.restart()
    following = await act(crane, card, KEEP)
    assert text(following).startswith("**Kept:** ")
    await crane.restart()
    back = await act(crane, following, words.UNDO)
    assert not (await sentence(crane, RUSTY)).fact.reviewed
    assert "forty years old" in text(back)


async def test_keep_under_an_answer_keeps_its_sentence_for_moderators_alone(crane: World) -> None:
    reply = await crane.ask("where do fishing boats land their catch?")
    assert NOT_REVIEWED in text(reply)
    refused = answer(await press(crane.bob, reply, KEEP))
    assert MODERATORS_ONLY in text(refused)
    assert not (await sentence(crane, BOATS)).fact.reviewed
    stored = crane.env.backend.get_message(crane.channel.id, reply.id)
    panel = deepcopy(stored.components)
    kept = answer(await press(crane.moderator, reply, KEEP))
    assert text(kept).startswith("**Kept:** Fishing boats")
    assert buttons(kept) == [words.UNDO, NEXT_CARD]
    assert (await sentence(crane, BOATS)).fact.reviewed
    await finish_background(bot_of(crane))
    corrected = reread(crane, reply)
    assert NOT_REVIEWED not in text(corrected)
    assert "Corrected" not in text(corrected), "it says what it said"
    assert KEEP not in buttons(corrected)
    stored.components = panel  # as somebody has it before them whose app has not heard of the edit
    late = answer(await press(crane.moderator, reply, KEEP))
    assert words.REVIEWED_ALREADY in text(late)
    await act(crane, kept, words.UNDO)
    assert not (await sentence(crane, BOATS)).fact.reviewed


async def test_of_an_answer_that_rests_on_several_sentences_one_is_chosen(crane: World) -> None:
    reply = await crane.ask("what happened to the crane and the quay?")
    assert text(reply).count(NOT_REVIEWED) > 1
    asked = answer(await press(crane.moderator, reply, KEEP))
    assert words.WHICH_TO_KEEP in text(asked)
    fall = await sentence(crane, FALL)
    card = answer(await crane.moderator.click(asked, custom_id=f"do:keep-open:{fall.number}"))
    await act(crane, card, KEEP)
    assert (await sentence(crane, FALL)).fact.reviewed
    assert not (await sentence(crane, RUSTY)).fact.reviewed


async def test_fact_edit_opens_a_sentence_as_what_a_person_would_write_of_it(crane: World) -> None:
    form = await crane.moderator.slash(crane.channel, "fact edit", fact=HURT)
    assert values(form)["text"] == "Harbour master Ingrid Sallow said that nobody had been hurt."
    preview = answer(await send(crane.moderator, form, text="Nobody was hurt.", reason="shorter"))
    await act(crane, preview, fact_words.SAVE_ANYWAY if warns_of_worse(text(preview)) else fact_words.SAVE)
    record = await sentence(crane, HURT)
    assert (record.fact.kind, record.fact.text, record.fact.reviewed) == ("claim", "Nobody was hurt.", True)


async def test_gaps_tell_how_many_sentences_wait(crane: World) -> None:
    assert "5 sentences of articles are waiting for review in `/keep`" in text(
        answer(await crane.moderator.slash(crane.channel, "gaps"))
    )


async def test_an_answer_from_reviewed_facts_has_nothing_to_keep(world: World) -> None:
    reply = await world.ask("When did Twitter ban RT and Sputnik from advertising?")
    assert "keep-answer" not in str([part.get("custom_id") for part in parts(reply)])


async def test_where_two_moderators_agree_about_persons_a_keep_waits_for_the_second(crane: World) -> None:
    await change_settings(crane, two_moderators=True)
    other = second_moderator(crane)
    following = await act(crane, await keep(crane), KEEP)
    assert words.PROPOSED in text(following)
    assert not (await sentence(crane, RUSTY)).fact.reviewed
    assert "forty years old" not in text(following).splitlines()[2]
    review = answer(await other.slash(crane.channel, "review"))
    (number,) = [proposal.number for proposal in await in_session(crane, lambda session: session.proposals.open())]
    case = answer(await other.select(review, [f"{number}"], custom_id="pick:review-open:"))
    assert "forty years old" in text(case)
    assert "Reviewed: ~~no~~ **yes**" in text(case)
    form = await press(other, case, "Edit")
    assert values(form)["text"] == "The crane was forty years old and rusty", "whoever edits it writes a fact of their own"
    await other.click(case, label="Approve")
    record = await sentence(crane, RUSTY)
    assert (record.fact.kind, record.fact.reviewed) == ("passage", True)


async def test_where_two_moderators_agree_one_may_drop_and_take_that_back(crane: World) -> None:
    await change_settings(crane, two_moderators=True)
    done = await act(crane, await keep(crane), words.DROP)
    assert (await sentence(crane, RUSTY)).retracted
    await act(crane, done, words.UNDO)
    assert not (await sentence(crane, RUSTY)).retracted


async def test_the_log_channel_tells_what_was_kept_and_dropped(crane: World) -> None:
    channel = await log_channel(crane)
    card = await act(crane, await keep(crane), KEEP)
    await act(crane, card, words.DROP)
    await finish_background(bot_of(crane))
    lines = [text(message) for message in channel.history()]
    assert any("**kept** · " in line and "forty years old" in line for line in lines)
    assert any("**dropped** · " in line for line in lines)


async def test_without_an_article_there_is_nothing_to_keep(world: World) -> None:
    assert text(answer(await world.moderator.slash(world.channel, "keep"))) == words.NOTHING_WAITS


async def test_reviews_in_a_row_are_one_message_of_the_log_channel_each_with_its_undo(crane: World) -> None:
    channel = await log_channel(crane)
    card = await keep(crane)
    for label in (KEEP, words.DROP, KEEP):
        card = await act(crane, card, label)
        await finish_background(bot_of(crane))
    (message,) = channel.history()
    lines = [part["content"] for part in parts(message) if part["type"] == 10]
    verbs = ["**kept**", "**dropped**", "**kept**"]
    assert [verb in line for verb, line in zip(verbs, lines, strict=True)] == [True] * 3
    assert "forty years old and rusty" in lines[0]
    undos = [part["custom_id"] for part in parts(message) if part["type"] == 2]
    await crane.moderator.click(message, custom_id=undos[1])
    await finish_background(bot_of(crane))
    now, undone = channel.history()
    assert now.id == message.id
    lines = [part["content"] for part in parts(now) if part["type"] == 10]
    assert [f"Taken back by <@{crane.moderator.id}>" in line for line in lines] == [False, True, False]
    assert [part.get("disabled", False) for part in parts(now) if part["type"] == 2] == [False, True, False]
    assert "**took back a change of**" in text(undone)
    await act(crane, card, KEEP)
    await finish_background(bot_of(crane))
    assert len(list(channel.history())) == 3, "what somebody did meanwhile stands between"


async def test_reviews_of_two_moderators_and_those_of_another_time_stand_apart(crane: World) -> None:
    channel, other = await log_channel(crane), second_moderator(crane)
    mine, theirs = await keep(crane), await keep(crane, other)
    mine = await act(crane, mine, KEEP)
    await finish_background(bot_of(crane))
    await act(crane, theirs, KEEP, other)
    await finish_background(bot_of(crane))
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=MAX_MINUTES + 1), tick=True):
        theirs = await keep(crane, other)
        await act(crane, theirs, KEEP, other)
        await finish_background(bot_of(crane))
    assert [text(message).count("**kept**") for message in channel.history()] == [1, 1, 1]
