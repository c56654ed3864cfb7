"""Changing facts: edits of one or of two at once, history, going back, retracting and undoing."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import pytest
from simcord import InteractionResult, MemberActor

from bot.client import words as citing_words
from bot.client.facts import words
from bot.client.permissions import MODERATORS_ONLY
from bot.client.text import escape
from bot.facts.edits import Edit
from bot.facts.limits import MAX_LINE
from bot.facts.logbook import BACK_TO, sign
from bot.languages import LANGUAGES, say, speaking
from tests.client.forms import (
    MARKS,
    count_reads,
    count_trips,
    fields,
    in_session,
    look,
    second_moderator,
    send,
    values,
    warns_of_worse,
)
from tests.client.records import long_record
from tests.client.world import (
    World,
    answer,
    bot_of,
    buttons,
    choose_language,
    demote,
    finish_background,
    offered,
    options,
    parts,
    press,
    text,
)

EARNED = "In six years Twitter took $1.9 million from RT's advertising."


async def edit(world: World, who: MemberActor | None = None, number: int = 3, **typed: str) -> InteractionResult:
    """Let somebody change a fact in its form; return the preview."""
    who = who or world.moderator
    return await send(who, await who.slash(world.channel, "fact edit", fact=f"F{number}"), **typed)


async def save(world: World, who: MemberActor | None = None, number: int = 3, **typed: str) -> InteractionResult:
    """Let somebody change a fact and save it."""
    preview = await edit(world, who, number, **typed)
    await (who or world.moderator).click(answer(preview), label=buttons(answer(preview))[0])
    return preview


async def test_the_form_is_filled_in_and_the_preview_shows_what_changes(world: World) -> None:
    shown = await world.moderator.slash(world.channel, "fact edit", fact="F3")
    assert [field["component"]["custom_id"] for field in fields(shown)] == ["text", "date", "place", "cite", "reason"]
    assert values(shown)["text"] == EARNED
    assert values(shown)["cite"] == "wsws#4"
    preview = await send(world.moderator, shown, text=EARNED.replace("six", "seven"), date="2011 to 2018", reason="recount")
    said = text(answer(preview))
    assert "In ~~six~~ **seven** years Twitter took" in said
    assert "Date: ~~about 2011 – 2017~~ **2011–2018**" in said.replace("2011 – 2018", "2011–2018")
    await world.moderator.click(answer(preview), label=buttons(answer(preview))[0])
    assert "### Saved: it is F3@2 now" in text(answer(preview))
    assert [step.reason for step in await in_session(world, lambda session: session.base.revisions.history(3))] == [
        "default story",
        "recount",
    ]


async def test_options_change_who_it_is_about(world: World) -> None:
    quote = (await world.moderator.autocomplete(world.channel, "fact edit", "fact", "enhanced efforts"))[0]["value"]
    shown = await world.moderator.slash(world.channel, "fact edit", fact=quote, speaker="klobuchar", about="Twitter")
    preview = await send(world.moderator, shown)
    assert "Who: ~~Mark Warner~~ **Amy Klobuchar**" in text(answer(preview))
    await world.moderator.click(answer(preview), label=buttons(answer(preview))[0])
    assert [actor.name for actor in (await look(world, int(quote[1:]))).speakers] == ["Amy Klobuchar"]


async def test_nothing_changed_is_said_so(world: World) -> None:
    preview = await edit(world)
    assert words.NO_CHANGE in text(answer(preview))
    await world.moderator.click(answer(preview), label=words.SAVE)
    assert text(answer(preview)) == words.NO_CHANGE
    assert (await look(world, 3)).revision == 1


async def test_every_fault_of_an_edit_is_told_and_nothing_is_lost(world: World) -> None:
    preview = await edit(world, text=MARKS, date="no date", cite="nothing here\nnor here", reason="because")
    assert text(answer(preview)).startswith(words.NOT_SAVED)
    again = await world.moderator.click(answer(preview), label=words.BACK_TO_FORM)
    assert values(again) == {
        "text": MARKS,
        "date": "no date",
        "place": "Twitter",
        "cite": "nothing here\nnor here",
        "reason": "because",
    }


@pytest.mark.parametrize("late", ["in the form", "in the preview"])
async def test_the_second_of_two_editors_is_shown_what_the_first_changed(world: World, late: str) -> None:
    other = second_moderator(world)
    mine = await world.moderator.slash(world.channel, "fact edit", fact="F3")
    typed = {"text": EARNED.replace("six", "seven")}
    if late == "in the preview":
        mine = await send(world.moderator, mine, **typed)
    await save(world, other, date="2012", reason="a better source")
    if late == "in the preview":
        await world.moderator.click(answer(mine), label=buttons(answer(mine))[0])
        result = mine
    else:
        result = await send(world.moderator, mine, **typed)
    said = text(answer(result))
    assert said.startswith("### F3 was changed while you were writing\nYou were looking at F3@1; it is F3@2 now.")
    assert f"by <@{other.id}>: a better source" in said
    assert "Date: ~~about 2011 – 2017~~ **2012**" in said
    assert (await look(world, 3)).revision == 2
    again = await world.moderator.click(answer(result), label=words.ON_TOP)
    assert values(again)["text"] == EARNED.replace("six", "seven"), "mine is kept"
    assert values(again)["date"] == "2012", "theirs too, where I changed nothing"
    preview = await send(world.moderator, again)
    await world.moderator.click(answer(preview), label=buttons(answer(preview))[0])
    fact = (await look(world, 3)).fact
    assert (fact.text, fact.date and fact.date.edtf) == (EARNED.replace("six", "seven"), "2012")


async def test_who_gives_up_changes_nothing(world: World) -> None:
    mine = await world.moderator.slash(world.channel, "fact edit", fact="F3")
    await save(world, second_moderator(world), date="2012")
    result = await send(world.moderator, mine, text="Mine.")
    await world.moderator.click(answer(result), label=words.GIVE_UP)
    assert text(answer(result)) == words.CANCELLED
    assert (await look(world, 3)).fact.text == EARNED


@pytest.mark.slow
async def test_a_third_change_while_on_top_is_shown_too(world: World) -> None:
    other = second_moderator(world)
    mine = await world.moderator.slash(world.channel, "fact edit", fact="F3")
    await save(world, other, date="2012")
    result = await send(world.moderator, mine, text="Mine of the three.")
    again = await world.moderator.click(answer(result), label=words.ON_TOP)
    await save(world, other, place="Elsewhere")
    result = await send(world.moderator, again)
    assert "You were looking at F3@2; it is F3@3 now" in text(answer(result))


@pytest.mark.slow
async def test_history_says_who_when_why_and_what_and_goes_back(world: World) -> None:
    for number in range(6):
        await save(world, text=f"{EARNED} Count {number}.", reason=f"because {number} {MARKS}")
    shown = await world.moderator.slash(world.channel, "fact history", fact="F3")
    said = text(answer(shown))
    assert shown.ephemeral
    assert "@everyone" not in said
    assert "**@7** changed <t:" in said
    assert f"by <@{world.moderator.id}>\n-# because 5" in said
    assert "Count ~~4~~ **5**." in said
    assert "Page 1 of 2" in said
    assert words.GO_BACK.format(revision=7) not in buttons(answer(shown))
    await world.moderator.click(answer(shown), label="Next")
    assert "**@1** added" in text(answer(shown))
    await world.moderator.click(answer(shown), label=words.GO_BACK.format(revision=1))
    assert "~~Count 5.~~" in text(answer(shown))
    await world.moderator.click(answer(shown), label=buttons(answer(shown))[0])
    assert "### Saved: it is F3@8 now" in text(answer(shown))
    assert (await look(world, 3)).fact.text == EARNED
    assert (await in_session(world, lambda session: session.base.revisions.history(3)))[-1].reason == BACK_TO.format(revision=1)


async def test_going_back_from_an_old_history_shows_what_changed_since(world: World) -> None:
    await save(world, text=f"{EARNED} Once.")
    shown = await world.moderator.slash(world.channel, "fact history", fact="F3")
    await save(world, second_moderator(world), text=f"{EARNED} Twice.")
    await world.moderator.click(answer(shown), label=words.GO_BACK.format(revision=1))
    assert "it is F3@3 now" in text(answer(shown))


async def test_a_fact_at_a_revision(world: World) -> None:
    await save(world, text=f"{EARNED} Once.")
    shown = await world.moderator.slash(world.channel, "fact show", fact="F3@1")
    said = text(answer(shown))
    assert said.startswith("### F3@1\n-# This is how it was; it is F3@2 now.")
    assert "Once" not in said
    assert buttons(answer(shown)) == [words.GO_BACK.format(revision=1), words.HISTORY, citing_words.CITE]
    now = await world.moderator.slash(world.channel, "fact show", fact="3")
    assert "Once" in text(answer(now))
    assert offered(answer(now)) == [words.EDIT, words.RETRACT, words.HISTORY, citing_words.CITE]
    for name in ("F3@9", "F99999", "zzz"):
        missing = await world.moderator.slash(world.channel, "fact show", fact=name)
        assert "has no revision" in text(answer(missing)) or "There is no fact" in text(answer(missing))
        assert world.env.errors


async def test_retracting_shows_what_it_does_asks_why_and_can_be_undone(world: World) -> None:
    shown = await world.moderator.slash(world.channel, "fact retract", fact="F3")
    said = text(answer(shown))
    assert said.startswith("### Retract F3@1?")
    assert warns_of_worse(said)
    form = await world.moderator.click(answer(shown), label=words.RETRACT)
    done = await send(world.moderator, form, reason=f"The source took it back {MARKS}")
    assert "### Retracted: F3@2" in text(answer(done))
    assert "@everyone" not in text(answer(done))
    assert (await look(world, 3)).retracted
    assert "$1.9 million from RT" not in text(await world.ask("how much did twitter make off rt's ads?"))
    again = await world.moderator.slash(world.channel, "fact retract", fact="F3")
    assert "already retracted" in text(answer(again))
    assert world.env.errors
    await world.moderator.click(answer(done), label=words.UNDO)
    assert "### Taken back\nF3@3 is there again: " in text(answer(done))
    assert (await look(world, 3)).fact.text == EARNED
    assert not (await look(world, 3)).retracted


async def test_what_was_retracted_says_so_in_its_history_and_as_it_was(world: World) -> None:
    await in_session(world, lambda session: session.editor.retract(3, sign("test", "gone")))
    for command, named in (("fact history", "F3"), ("fact show", "F3@1"), ("fact show", "F3")):
        shown = text(answer(await world.moderator.slash(world.channel, command, fact=named)))
        assert f"-# {words.RETRACTED}" in shown


async def test_a_fact_changed_meanwhile_is_looked_at_again_before_it_is_retracted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    trips = count_trips(world, monkeypatch)
    shown = await world.moderator.slash(world.channel, "fact retract", fact="F3")
    assert trips == ["read", "write"], "the fact is looked up, then looked at"
    form = await world.moderator.click(answer(shown), label=words.RETRACT)
    await save(world, second_moderator(world), text=f"{EARNED} Mended.")
    await finish_background(bot_of(world))
    trips.clear()
    result = await send(world.moderator, form, reason="It is wrong.")
    await finish_background(bot_of(world))
    assert trips == ["write", "write"], "one for the reply, then one for the log channel"
    assert "it is F3\\@2 now" in text(answer(result))
    assert "Mended" in text(answer(result))
    again = await world.moderator.click(answer(result), label=words.RETRACT)
    assert values(again)["reason"] == "It is wrong.", "the reason need not be typed again"
    await send(world.moderator, again)
    assert (await look(world, 3)).retracted


async def test_a_fact_that_somebody_else_retracted_meanwhile_is_neither_retracted_again_nor_edited(world: World) -> None:
    shown = await world.moderator.slash(world.channel, "fact retract", fact="F3")
    why = await world.moderator.click(answer(shown), label=words.RETRACT)
    form = await world.moderator.slash(world.channel, "fact edit", fact="F3")
    await in_session(world, lambda session: session.editor.retract(3, sign("test", "gone")))
    result = await send(world.moderator, why, reason="It is wrong.")
    assert "already retracted" in text(answer(result))
    assert buttons(answer(result)) == []
    result = await send(world.moderator, form, text="Mine.")
    assert text(answer(result)).startswith("### F3 was changed while you were writing\nYou were looking at F3@1; it is F3@2 now.")
    assert text(answer(result)).endswith(words.RETRACTED)
    assert (await look(world, 3)).revision == 2


async def test_undo_takes_ones_own_last_change_back(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = await world.moderator.slash(world.channel, "fact undo")
    assert text(answer(nothing)).startswith("You have changed nothing yet")
    assert world.env.errors
    await save(world, text=f"{EARNED} Mine.")
    await save(world, second_moderator(world), 4, text="Somebody else's.")
    reads = count_reads(world, monkeypatch)
    shown = await world.moderator.slash(world.channel, "fact undo")
    assert len(reads) == 1, "one reply shows one state of the base"
    assert "**F3** In six years" in text(answer(shown))
    assert "**Mine.**" in text(answer(shown))
    await world.moderator.click(answer(shown), label=words.TAKE_BACK)
    assert (await look(world, 3)).fact.text == EARNED
    assert (await look(world, 4)).fact.text == "Somebody else's."
    nothing = await world.moderator.slash(world.channel, "fact undo")
    assert text(answer(nothing)).startswith("You have changed nothing yet")
    assert world.env.errors


async def test_undo_of_a_fact_is_shown_first_and_done_once(world: World) -> None:
    await save(world, second_moderator(world), text=f"{EARNED} Theirs.", reason="why not")
    shown = await world.moderator.slash(world.channel, "fact undo", fact="F3")
    assert "**Theirs.**" in text(answer(shown))
    assert "why not" in text(answer(shown))
    stored = world.env.backend.get_message(world.channel.id, answer(shown).id)
    panel = deepcopy(stored.components)
    await world.moderator.click(answer(shown), label=words.TAKE_BACK)
    stored.components = panel
    await world.moderator.click(answer(shown), label=words.TAKE_BACK)
    assert (await look(world, 3)).fact.text == EARNED
    assert (await look(world, 3)).revision == 3


async def test_an_undo_of_what_was_changed_since_is_refused(world: World) -> None:
    saved = await save(world, text=f"{EARNED} Mine.")
    await save(world, second_moderator(world), text=f"{EARNED} Theirs.")
    result = await world.moderator.click(answer(saved), label=words.UNDO)
    assert "F3\\@3" in text(answer(result))
    assert (await look(world, 3)).fact.text == f"{EARNED} Theirs."


@pytest.mark.usefixtures("offered_to_all")
async def test_members_and_the_demoted_change_nothing(world: World) -> None:
    for name, given in (
        ("fact edit", {"fact": "F3"}),
        ("fact retract", {"fact": "F3"}),
        ("fact history", {"fact": "F3"}),
        ("fact undo", {}),
        ("fact show", {"fact": "F3"}),
    ):
        assert text(answer(await world.alice.slash(world.channel, name, **given))) == MODERATORS_ONLY
        assert world.env.errors
    preview = await edit(world, text="Changed.")
    retraction = await world.moderator.slash(world.channel, "fact retract", fact="F3")
    why = await world.moderator.click(answer(retraction), label=words.RETRACT)
    history = await world.moderator.slash(world.channel, "fact history", fact="F3")
    demote(world)
    for result in (
        await world.moderator.click(answer(preview), label=buttons(answer(preview))[0]),
        await world.moderator.click(answer(preview), label=words.EDIT),
        await send(world.moderator, why, reason="Because."),
        await world.moderator.click(answer(retraction), label=words.RETRACT),
    ):
        assert text(answer(result)).startswith(MODERATORS_ONLY)
    assert history.ephemeral
    assert (await look(world, 3)).revision == 1


@pytest.mark.slow
async def test_a_fact_whose_event_is_gone_can_be_edited_and_gone_back_to(world: World) -> None:
    quotes = [record for record in await in_session(world, lambda session: session.base.all_facts()) if record.fact.event]
    number = quotes[0].number
    event = await in_session(world, lambda session: session.base.search.number(quotes[0].fact.event))
    await save(world, number=number, text="Something else that was said.")
    await in_session(world, lambda session: session.editor.retract(event[0], sign("test", "gone")))
    preview = await save(world, number=number, text="Said anew.")
    assert "### Saved" in text(answer(preview))
    shown = await world.moderator.slash(world.channel, "fact history", fact=f"F{number}")
    await world.moderator.click(answer(shown), label=words.GO_BACK.format(revision=1))
    await world.moderator.click(answer(shown), label=buttons(answer(shown))[0])
    assert (await look(world, number)).fact.text == quotes[0].fact.text


async def test_who_changed_it_on_the_command_line_is_named_as_their_name_is_written(world: World) -> None:
    record = await look(world, 3)
    edited, name = Edit(record.story.id, facts=(replace(record.fact, text="It was less."),)), "command line: ann_b_c *d*"
    await in_session(world, lambda session: session.base.revisions.apply(edited, sign(name, None)))
    assert escape(name) in text(answer(await world.moderator.slash(world.channel, "fact history", fact="F3")))
    assert escape(name) in text(answer(await world.moderator.slash(world.channel, "fact undo", fact="F3")))


async def test_a_fact_too_long_for_a_form_says_what_to_do(world: World) -> None:
    long = "Masts froze. " * 400
    long_record = await look(world, 3)
    edited = Edit(long_record.story.id, facts=(replace(long_record.fact, text=long.strip()),))
    await in_session(world, lambda session: session.base.revisions.apply(edited, sign("test", None)))
    result = await world.moderator.slash(world.channel, "fact edit", fact="F3")
    assert "/story export" in text(answer(result))
    assert world.env.errors
    shown = await world.moderator.slash(world.channel, "fact show", fact="F3")
    pages = [text(answer(shown))]
    while "Next" in buttons(answer(shown)):
        await world.moderator.click(answer(shown), label="Next")
        pages.append(text(answer(shown)))
    assert sum(page.count("Masts froze.") for page in pages) == 400
    assert all(len(page) <= 4000 for page in pages)


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["*", "word ", "@everyone "])
async def test_a_fact_with_as_much_of_everything_as_there_can_be_is_shown(world: World, piece: str) -> None:
    worst = long_record("quote", piece, 1)
    actors = tuple(
        {actor.id: replace(actor, name=actor.name[:MAX_LINE], role=(piece * 500)[:MAX_LINE]) for actor in worst.subjects}.values()
    )
    sources = tuple(
        replace(source, title=(piece * 500)[:MAX_LINE], publisher=(piece * 500)[:MAX_LINE]) for source in worst.sources
    )
    stuffed = replace(worst.fact, id="stuffed", event=None, where=None)
    edit = Edit("twitter-rt-sputnik", sources=sources, actors=actors, facts=(stuffed,))
    applied = await in_session(world, lambda session: session.base.revisions.apply(edit, sign("test", piece * 500)))
    name = f"F{applied.facts[0]}"
    assert "### F" in text(answer(await world.moderator.slash(world.channel, "fact show", fact=name)))
    assert "### History" in text(answer(await world.moderator.slash(world.channel, "fact history", fact=name)))
    assert "last change" in text(answer(await world.moderator.slash(world.channel, "fact undo", fact=name)))
    shown = await world.moderator.slash(world.channel, "fact retract", fact=name)
    done = await send(
        world.moderator, await world.moderator.click(answer(shown), label=words.RETRACT), reason=(piece * 300)[:300]
    )
    assert "### Retracted" in text(answer(done))
    await world.moderator.click(answer(done), label=words.UNDO)
    assert "### Taken back" in text(answer(done))


async def test_facts_are_found_by_number_id_and_words(world: World) -> None:
    async def offered(typed: str, command: str = "fact edit") -> list[str]:
        return [choice["value"] for choice in await world.moderator.autocomplete(world.channel, command, "fact", typed)]

    long_record = await look(world, 3)
    assert (await offered("3"))[0] == "F3"
    assert (await offered("f3@2"))[0] == "F3"
    assert "F3" in await offered(long_record.fact.id)
    assert (await offered("1.9 million advertising"))[0] == "F3"
    assert len(await offered("")) == 25
    assert await offered("%_%'\"") == await offered("")
    await in_session(world, lambda session: session.editor.retract(3, sign("test", "gone")))
    assert "F3" not in await offered("1.9 million advertising")
    assert (await offered("1.9 million advertising", "fact history"))[0] == "F3"


async def test_a_fact_that_is_named_by_nothing_is_said_not_to_be_there(world: World) -> None:
    assert "There is no fact" in text(answer(await world.moderator.slash(world.channel, "fact show", fact=" ")))
    assert world.env.errors


async def test_words_that_several_facts_have_lead_to_a_list_of_them(world: World) -> None:
    result = answer(await world.moderator.slash(world.channel, "fact show", fact="six years advertising"))
    assert text(result) == words.WHICH_FACT
    assert options(result)[0]["label"].startswith("F3 ")
    await world.moderator.select(result, values=["3"], custom_id="pick:fact-meant:show")
    assert text(result).startswith(f"### F3@1\n{EARNED}")
    listed = answer(await world.moderator.slash(world.channel, "fact edit", fact="six years advertising"))
    form = await world.moderator.select(listed, values=["3"], custom_id="pick:fact-meant:edit")
    assert values(form)["text"] == EARNED
    nothing = answer(await world.moderator.slash(world.channel, "fact show", fact="zeppelin"))
    assert "There is no fact" in text(nothing)
    assert world.env.errors


async def test_what_was_typed_beside_words_that_several_facts_have_is_kept_for_the_one_chosen(world: World) -> None:
    typed = {"speaker": "klobuchar"}
    listed = answer(await world.moderator.slash(world.channel, "fact edit", fact="six years advertising", **typed))
    assert text(listed) == words.WHICH_FACT
    (choice,) = (part["custom_id"] for part in parts(listed) if part.get("custom_id", "").startswith("pick:fact-meant:edit:"))
    form = await world.moderator.select(listed, values=["3"], custom_id=choice)
    assert values(form)["text"] == EARNED
    preview = text(answer(await send(world.moderator, form)))
    assert "Amy Klobuchar" in preview
    single = await world.moderator.slash(world.channel, "fact edit", fact="F3", **typed)
    assert text(answer(await send(world.moderator, single))) == preview


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_phone_has_room_for_the_buttons_under_a_claim_and_the_menu_has_the_others(world: World, language: str) -> None:
    await choose_language(world, language)
    shown = answer(await world.moderator.slash(world.channel, "fact show", fact="F31"))
    assert 1 <= len(buttons(shown)) < 5
    assert sum(32 + 7.5 * len(label) + 8 for label in buttons(shown)) - 8 <= 304
    assert len(offered(shown)) == 5
    with speaking(language):
        opened = await press(world.moderator, shown, say(words.HISTORY))
        assert text(answer(opened)).startswith(say(words.HISTORY_TITLE, number=31))
