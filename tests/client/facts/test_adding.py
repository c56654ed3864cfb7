"""Adding facts: the form, the preview of what it would do, saving once, and nothing lost on the way."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import pytest
from simcord import InteractionResult

from bot.client.errors import TYPED
from bot.client.facts import words
from bot.client.permissions import MODERATORS_ONLY
from bot.client.words import SEVERAL_STORIES
from bot.editing.typed_fact import TypedFact
from bot.facts.logbook import sign
from bot.facts.models import Story, StoryInfo
from bot.stories.load import read_story
from tests.client.forms import LINK, MARKS, count, fields, in_session, look, second_moderator, send, values, warns_of_worse
from tests.client.world import World, answer, buttons, demote, go_on_for_a_year, options, parts, pick, text
from tests.support.namesakes import PRYCES

WHAT = "A panel of engineers in Oslo measured the frost on forty weather masts."


async def add_event(world: World, **typed: str) -> InteractionResult:
    """Let the moderator fill in the form of an event; return its preview."""
    shown = await world.moderator.slash(world.channel, "fact add event")
    return await send(world.moderator, shown, **{"text": WHAT, "date": "4 march 2018", "cite": f"{LINK} #4", **typed})


async def test_the_dates_of_a_preview_are_saved_as_it_shows_them_when_the_story_has_gone_on(world: World) -> None:
    preview = answer(await add_event(world, date="4 march"))
    assert "“4 march” is read as 4 March 2018." in text(preview)
    described = await world.moderator.click(preview, label=words.DESCRIBE)
    preview = answer(await send(world.moderator, described, published="5 march"))
    assert "4 March 2018" in text(preview)
    assert "5 March 2018" in text(preview)
    await go_on_for_a_year(world)
    saved = text(answer(await world.moderator.click(preview, label=words.SAVE)))
    assert "4 March 2018" in saved
    assert "2019" not in saved
    record = (await in_session(world, lambda session: session.facts.complete(WHAT)))[0]
    assert record.sources[0].published.edtf == "2018-03-05"


async def test_a_preview_says_nothing_of_a_date_that_was_typed_in_full(world: World) -> None:
    assert "is read as" not in text(answer(await add_event(world)))


@pytest.mark.parametrize(
    ("kind", "options", "asked"),
    [
        ("event", {}, ["text", "date", "place", "source", "cite"]),
        ("quote", {"speaker": "warner"}, ["text", "date", "place", "source", "cite"]),
        ("claim", {}, ["text", "date", "source", "cite"]),
    ],
)
async def test_each_kind_has_its_form_within_the_limits_of_discord(
    world: World, kind: str, options: dict[str, str], asked: list[str]
) -> None:
    shown = await world.moderator.slash(world.channel, f"fact add {kind}", **options)
    assert [field["component"]["custom_id"] for field in fields(shown)] == asked
    for field in fields(shown):
        assert len(field["label"]) <= 45
        assert 0 < len(field["description"]) <= 100
        assert len(field["component"]["placeholder"]) <= 100
    assert not any(values(shown).values())


async def test_the_preview_shows_the_fact_as_readers_will_see_it_and_saves_it(world: World) -> None:
    before = await count(world)
    preview = await add_event(world, place="Oslo")
    said = text(answer(preview))
    assert preview.ephemeral
    assert WHAT in said
    assert "4 March 2018 · Oslo" in said
    assert f"**{words.NEW_SOURCE}:** [Bridge report]({LINK}), example.org, web page" in said
    assert buttons(answer(preview)) == [words.SAVE, words.EDIT, words.DESCRIBE, words.CANCEL]
    assert await count(world) == before
    await world.moderator.click(answer(preview), label=words.SAVE)
    assert f"### Saved as F{before + 1}@1" in text(answer(preview))
    record = await look(world, before + 1)
    assert (record.fact.text, record.fact.date and record.fact.date.edtf, record.fact.where) == (WHAT, "2018-03-04", "Oslo")
    assert (record.sources[0].url, record.fact.citations[0].locator) == (LINK, "4")
    assert "measured the frost" in text(await world.ask("Who measured the frost on weather masts?"))


async def test_a_quote_with_all_its_options(world: World) -> None:
    speaker = (await world.moderator.autocomplete(world.channel, "fact add quote", "speaker", "klobuch"))[0]["value"]
    event = (await world.moderator.autocomplete(world.channel, "fact add quote", "event", "twitter banned"))[0]["value"]
    source = (await world.moderator.autocomplete(world.channel, "fact add quote", "source", "klobuchar"))[0]["value"]
    shown = await world.moderator.slash(
        world.channel, "fact add quote", speaker=speaker, about="Twitter", event=event, source=source
    )
    assert values(shown)["source"] == source.split("/")[1]
    preview = await send(world.moderator, shown, text="“Frost is no excuse for masts.”", date="Oct 2017", cite="page 3")
    said = text(answer(preview))
    assert "“Frost is no excuse for masts.”\n> — **Amy Klobuchar**" in said
    assert "October 2017" in said
    assert "About: Twitter" in said
    await world.moderator.click(answer(preview), label=words.SAVE)
    record = await look(world, await count(world))
    assert record.fact.text == "Frost is no excuse for masts."
    assert (record.fact.citations[0].label, record.fact.citations[0].locator) == ("page", "3")
    assert record.fact.event == (await look(world, int(event[1:]))).fact.id


async def test_pressed_twice_it_is_stored_once(world: World) -> None:
    before = await count(world)
    preview = await add_event(world)
    stored = world.env.backend.get_message(world.channel.id, answer(preview).id)
    panel = deepcopy(stored.components)
    await world.moderator.click(answer(preview), label=words.SAVE)
    stored.components = panel  # as a phone shows it that is slow to hear of the first press
    await world.moderator.click(answer(preview), label=words.SAVE)
    assert words.ALREADY_SAVED in text(answer(preview))
    assert await count(world) == before + 1
    assert [entry.action for entry in await in_session(world, lambda session: session.base.logbook.entries())] == [
        "add",
        "import",
    ]


async def test_what_is_at_fault_is_told_at_once_and_the_form_comes_back_filled_in(world: World) -> None:
    preview = await add_event(world, date="soonish", cite=f"nowhere #4\n{MARKS}", place=MARKS)
    said = text(answer(preview))
    assert said.startswith(words.NOT_SAVED)
    assert "I cannot read" in said
    assert "There is no source" in said
    assert "@everyone" not in said
    assert "](https://evil" not in said
    again = await world.moderator.click(answer(preview), label=words.BACK_TO_FORM)
    assert values(again) == {"text": WHAT, "date": "soonish", "place": MARKS, "source": "", "cite": f"nowhere #4\n{MARKS}"}
    mended = await send(world.moderator, again, date="March 2018", cite=LINK)
    assert buttons(answer(mended))[0] == words.SAVE
    assert text(answer(preview)).startswith("### New event"), "one message for the whole conversation"


async def test_everything_that_is_typed_is_shown_without_its_power(world: World) -> None:
    preview = await add_event(world, text=MARKS, place=MARKS)
    said = text(answer(preview))
    assert "@everyone" not in said
    assert "<@1>" not in said
    assert "](https://evil" not in said
    await world.moderator.click(answer(preview), label=words.SAVE)
    assert "@everyone" not in text(answer(preview))
    assert (await look(world, await count(world))).fact.text == MARKS


@pytest.mark.slow
@pytest.mark.parametrize("sign", ["x", "*", "word ", "🦭", "\n"])
async def test_the_longest_text_that_a_form_takes_fits(world: World, sign: str) -> None:
    long = (f"Masts {sign * 4000}")[:4000]
    preview = await add_event(world, text=long, place=(sign * 300)[:300], cite=f"{LINK} #4")
    assert len(text(answer(preview))) <= 4000
    again = await world.moderator.click(answer(preview), label=words.EDIT)
    assert values(again)["text"] == long


async def test_a_near_duplicate_is_offered_and_one_press_adds_the_source_to_it(world: World) -> None:
    fact = await look(world, 4)
    before = await count(world)
    preview = await add_event(world, text=fact.fact.text.replace("announced", "anounced"), date="")
    assert words.NEAR in text(answer(preview))
    await world.moderator.click(answer(preview), custom_id=_same(preview, 4))
    assert f"### F4@{fact.revision + 1} now cites your source" in text(answer(preview))
    now = await look(world, 4)
    assert now.fact == replace(fact.fact, citations=now.fact.citations)
    assert now.sources[-1].url == LINK
    assert await count(world) == before
    await world.moderator.click(answer(preview), label=words.UNDO)
    assert (await look(world, 4)).fact == fact.fact


async def test_a_near_duplicate_that_was_retracted_meanwhile_takes_no_source_and_nothing_is_lost(world: World) -> None:
    typed = (await look(world, 4)).fact.text.replace("announced", "anounced")
    preview = await add_event(world, text=typed, date="")
    cited = (await look(world, 4)).sources
    await in_session(world, lambda session: session.editor.retract(4, sign("test", "gone")))
    await world.moderator.click(answer(preview), custom_id=_same(preview, 4))
    assert "retracted" in text(answer(preview))
    assert (await look(world, 4)).sources == cited
    again = await world.moderator.click(answer(preview), label=words.BACK_TO_FORM)
    assert values(again)["text"] == typed


async def test_a_question_that_would_be_answered_worse_is_warned_of(world: World) -> None:
    shown = await world.moderator.slash(world.channel, "fact add event")
    said = "Twitter banned RT and Sputnik from advertising on its platform."
    preview = await send(world.moderator, shown, text=said, date="1 October 2017", cite=LINK)
    assert warns_of_worse(text(answer(preview)))
    assert "now: " in text(answer(preview))
    assert buttons(answer(preview))[0] == words.SAVE_ANYWAY


async def test_a_new_source_is_described(world: World) -> None:
    preview = await add_event(world)
    shown = await world.moderator.click(answer(preview), label=words.DESCRIBE)
    assert values(shown) == {
        "title": "Bridge report",
        "publisher": "example.org",
        "published": "",
        "type": "webpage",
        "archive": "",
    }
    wrong = await send(world.moderator, shown, published="tomorrowish", archive="no link")
    assert "I cannot read" in text(answer(wrong))
    assert "is not a link" in text(answer(wrong))
    again = await world.moderator.click(answer(wrong), label=words.DESCRIBE)
    assert values(again)["published"] == "tomorrowish"
    await send(
        world.moderator, again, title="Frost", published="5 March 2018", type="report", archive="https://archive.example/1"
    )
    assert "[Frost](https://example.org/news/bridge-report), example.org, 5 March 2018, report" in text(answer(preview))
    await world.moderator.click(answer(preview), label=words.SAVE)
    source = (await look(world, await count(world))).sources[0]
    assert (source.title, source.type, source.archive) == ("Frost", "report", "https://archive.example/1")


@pytest.mark.slow
async def test_two_new_links_are_two_sources_and_the_first_is_described(world: World) -> None:
    preview = await add_event(world, cite="https://example.org/a #1\nhttps://example.org/b #2")
    shown = await world.moderator.click(answer(preview), label=words.DESCRIBE)
    await send(world.moderator, shown, title="Only the first")
    await world.moderator.click(answer(preview), label=_first(preview))
    one, other = (await look(world, await count(world))).sources
    assert (one.title, one.url) == ("Only the first", "https://example.org/a")
    assert (other.title, other.url) == ("example.org", "https://example.org/b")
    assert one.id != other.id


async def test_cancel_forgets_it(world: World) -> None:
    before = await count(world)
    preview = await add_event(world)
    await world.moderator.click(answer(preview), label=words.CANCEL)
    assert text(answer(preview)) == words.CANCELLED
    assert await count(world) == before


async def test_a_message_becomes_a_fact(world: World) -> None:
    message = await world.alice.send(world.channel, f"{world.mention} Masts froze.\n**All** of them, said Warner")
    shown = await world.moderator.context_menu(world.channel, "Add as fact", message)
    assert shown.ephemeral
    assert buttons(answer(shown)) == ["Event", "Quote", "Claim"]
    form = await world.moderator.click(answer(shown), label="Quote")
    assert values(form)["text"] == "Masts froze.\n**All** of them, said Warner"
    assert values(form)["cite"] == message.jump_url
    preview = await send(world.moderator, form)
    assert text(answer(preview)).startswith(words.WHO_IS_IT)
    assert options(answer(preview))[0]["label"] == "Mark Warner", "whom the text names comes first"
    await pick(world.moderator, answer(preview), options(answer(preview))[0]["value"])
    assert "— **Mark Warner**" in text(answer(preview))
    await world.moderator.click(answer(preview), label=_first(preview))
    assert (await look(world, await count(world))).sources[0].url == message.jump_url


async def test_the_link_in_a_message_is_its_source_and_the_message_stands_below(world: World) -> None:
    message = await world.alice.send(world.channel, f"Masts froze. <{LINK}>")
    shown = await world.moderator.context_menu(world.channel, "Add as fact", message)
    form = await world.moderator.click(answer(shown), label="Event")
    assert values(form)["text"] == "Masts froze."
    assert values(form)["cite"] == f"{LINK}\n{message.jump_url}"
    preview = await send(world.moderator, form, cite=LINK)
    await world.moderator.click(answer(preview), label=_first(preview))
    assert [source.url for source in (await look(world, await count(world))).sources] == [LINK]


async def test_a_message_with_several_links_or_nothing_else_is_left_as_it_is(world: World) -> None:
    for said in (f"{LINK} and {LINK}/2", LINK):
        message = await world.alice.send(world.channel, said)
        shown = await world.moderator.context_menu(world.channel, "Add as fact", message)
        form = await world.moderator.click(answer(shown), label="Event")
        assert values(form)["text"] == said
        assert values(form)["cite"].endswith(message.jump_url)


async def test_a_message_without_text_makes_no_fact(world: World) -> None:
    message = await world.alice.send(world.channel, world.mention)
    shown = await world.moderator.context_menu(world.channel, "Add as fact", message)
    assert text(answer(shown)) == "That message has no text that I can read. Add what it says with /fact add."
    assert world.env.errors


async def test_somebody_new_is_added_on_the_way(world: World) -> None:
    message = await world.alice.send(world.channel, "Masts froze.")
    shown = await world.moderator.context_menu(world.channel, "Add as fact", message)
    preview = await send(world.moderator, await world.moderator.click(answer(shown), label="Quote"))
    form = await world.moderator.click(answer(preview), label=words.ADD_ACTOR)
    assert values(form)["kind"] == "person"
    await send(world.moderator, form, name="Ida Frost", role="Engineer", aliases="Ms Frost\nthe engineer")
    assert "— **Ida Frost**, Engineer" in text(answer(preview))
    await world.moderator.click(answer(preview), label=_first(preview))
    assert (await look(world, await count(world))).speakers[0].aliases == ("Ms Frost", "the engineer")


@pytest.mark.usefixtures("offered_to_all")
async def test_members_are_told_that_it_is_for_moderators(world: World) -> None:
    message = await world.alice.send(world.channel, "Masts froze.")
    for result in (
        await world.alice.slash(world.channel, "fact add event"),
        await world.alice.context_menu(world.channel, "Add as fact", message),
        await world.alice.slash(world.channel, "source add"),
        await world.alice.slash(world.channel, "actor add"),
    ):
        assert result.ephemeral
        assert text(answer(result)) == MODERATORS_ONLY
        assert world.env.errors


async def test_somebody_demoted_in_the_middle_saves_nothing_and_has_back_what_was_typed(world: World) -> None:
    before = await count(world)
    preview = await add_event(world)
    shown = await world.moderator.slash(world.channel, "fact add event")
    demote(world)
    refused = await world.moderator.click(answer(preview), label=words.SAVE)
    assert text(answer(refused)) == MODERATORS_ONLY
    sent = await send(world.moderator, shown, text=WHAT, cite=LINK)
    assert text(answer(sent)).startswith(f"{MODERATORS_ONLY}\n{TYPED}\n{WHAT}")
    assert await count(world) == before


async def test_what_is_too_long_for_a_message_is_given_back_as_a_file(world: World) -> None:
    long = "All masts froze in the night. " * 125 + "The last word."
    shown = await world.moderator.slash(world.channel, "fact add event")
    demote(world)
    sent = answer(await send(world.moderator, shown, text=long, cite=LINK))
    assert text(sent).startswith(MODERATORS_ONLY)
    (file,) = sent.attachments
    assert file.filename == "what-you-wrote.txt"
    kept = (await file.read()).decode()
    assert long in kept
    assert LINK in kept


async def test_nobody_else_may_use_a_form(world: World) -> None:
    before = await count(world)
    preview = await add_event(world)
    stored = world.env.backend.get_message(world.channel.id, answer(preview).id)
    stored.flags = 1 << 15  # as if it were not for one person alone
    result = await second_moderator(world).click(answer(preview), label=words.SAVE)
    assert "no longer kept" in text(answer(result))
    assert await count(world) == before


async def test_a_form_sent_after_a_restart_works(world: World) -> None:
    preview = await add_event(world)
    await world.restart()
    again = await world.moderator.click(answer(preview), label=words.EDIT)
    await world.restart()
    changed = await send(world.moderator, again, text=f"{WHAT} Twice.")
    await world.moderator.click(answer(changed), label=words.SAVE)
    assert (await look(world, await count(world))).fact.text == f"{WHAT} Twice."


async def test_where_several_stories_are_one_is_asked_for(world: World) -> None:
    await _second_story(world)
    shown = await world.moderator.slash(world.channel, "fact add event")
    assert [option["value"] for option in options(answer(shown))] == ["twitter-rt-sputnik", "other"]
    form = await world.moderator.select(answer(shown), ["other"])
    preview = await send(world.moderator, form, text=WHAT, cite=LINK)
    await world.moderator.click(answer(preview), label=words.SAVE)
    assert (await look(world, await count(world))).story.id == "other"


async def test_the_story_is_that_of_the_channel_or_of_what_was_chosen(world: World) -> None:
    await _second_story(world)
    await in_session(
        world, lambda session: session.base.settings.change(sign("test", None), channels={str(world.channel.id): "other"})
    )
    form = await world.moderator.slash(world.channel, "fact add event")
    assert "source" not in values(form), "a story without sources has none to choose"
    chosen = await world.moderator.slash(world.channel, "fact add quote", speaker="twitter-rt-sputnik/warner")
    assert "source" in values(chosen)
    mixed = await world.moderator.slash(world.channel, "fact add quote", speaker="twitter-rt-sputnik/warner", story="other")
    assert "I know nobody" in text(answer(mixed))
    assert world.env.errors


async def test_a_speaker_whose_name_several_have_is_asked_back_or_taken_from_the_story_of_the_channel(world: World) -> None:
    one = "story: {id: quay, title: Quay}\nactors: {reed: {name: Nan Pryce, kind: person}}\n"
    for story in (PRYCES, one):
        await in_session(world, lambda session, story=story: session.base.apply(read_story(story, "x.yaml"), by="test"))
    shown = await world.moderator.slash(world.channel, "fact add quote", speaker="Pryce")
    assert text(answer(shown)) == "“Pryce” may be Maria Pryce, Tom Pryce, Nan Pryce. Write which one in full."
    assert world.env.errors
    channels = {str(world.channel.id): "quay"}
    await in_session(world, lambda session: session.base.settings.change(sign("test", None), channels=channels))
    form = await world.moderator.slash(world.channel, "fact add quote", speaker="Pryce")
    preview = await send(world.moderator, form, text=WHAT, cite=LINK)
    assert "Nan Pryce" in text(answer(preview))
    shown = await world.moderator.slash(world.channel, "fact add quote", speaker="Mo")
    assert text(answer(shown)) == "“Mo” may be Maria Pryce, Tom Pryce. Write which one in full.", "nobody of the channel's story"
    assert world.env.errors


async def test_a_speaker_of_several_stories_is_asked_back_which_story_is_meant(world: World) -> None:
    for story in ("quay", "pier"):
        file = f"story: {{id: {story}, title: The {story}}}\nactors: {{reed: {{name: Nan Reed, kind: person}}}}\n"
        await in_session(world, lambda session, file=file: session.base.apply(read_story(file, "x.yaml"), by="test"))
    shown = await world.moderator.slash(world.channel, "fact add quote", speaker="Nan Reed")
    said = text(answer(shown))
    assert said.startswith("“Nan Reed” is in several stories: ")
    assert "The quay" in said
    assert "The pier" in said
    assert world.env.errors
    mixed = await world.moderator.slash(world.channel, "fact add quote", speaker="quay/reed", about="pier/reed")
    assert text(answer(mixed)) == SEVERAL_STORIES
    assert world.env.errors
    event = (await world.moderator.autocomplete(world.channel, "fact add quote", "event", "twitter banned"))[0]["value"]
    mixed = await world.moderator.slash(world.channel, "fact add quote", speaker="quay/reed", story="quay", event=event)
    assert text(answer(mixed)) == SEVERAL_STORIES
    assert world.env.errors


async def test_what_was_not_chosen_from_a_list_is_looked_up_or_told(world: World) -> None:
    quote = (await world.moderator.autocomplete(world.channel, "fact edit", "fact", "enhanced efforts"))[0]["value"]
    await in_session(world, lambda session: session.editor.retract(3, sign("test", "gone")))
    for options_, said in (
        ({"speaker": "nobody at all xyz"}, "I know nobody called"),
        ({"speaker": "warner", "event": "F99999"}, "There is no fact"),
        ({"speaker": "warner", "event": quote}, f"{quote} is not an event. Choose an event from the list."),
        ({"speaker": "warner", "event": "F3"}, words.EVENT_GONE.format(number=3)),
        ({"speaker": "warner", "source": "zzzz"}, "There is no such source"),
        ({"speaker": "warner", "story": "no-such-story"}, "no-such-story"),
    ):
        result = await world.moderator.slash(world.channel, "fact add quote", **options_)
        assert said in text(answer(result)).replace("\\", "")
        assert world.env.errors
    pasted = await world.moderator.slash(world.channel, "fact add quote", speaker="warner", source=LINK)
    assert values(pasted)["cite"] == LINK


async def test_a_source_goes_by_its_title_or_by_words_that_it_alone_has(world: World) -> None:
    for typed in ("Announcement: RT and Sputnik Advertising", "sputnik announcement"):
        form = await world.moderator.slash(world.channel, "fact add quote", speaker="warner", source=typed)
        assert values(form)["source"] == "twitter-blog", typed
    for typed in ("RT and Sputnik", "A talk with Amy on the radio", "  "):
        result = await world.moderator.slash(world.channel, "source edit", source=typed)
        assert text(answer(result)) == words.NO_SUCH_SOURCE, "words of several sources, or one word of one"
        assert world.env.errors


@pytest.mark.slow
async def test_where_two_moderators_must_agree_it_waits_for_the_second(world: World) -> None:
    await in_session(world, lambda session: session.base.settings.change(sign("test", None), two_moderators=True))
    before = await count(world)
    shown = await world.moderator.slash(world.channel, "fact add quote", speaker="warner")
    preview = await send(world.moderator, shown, text="Masts must not freeze over.", cite=LINK)
    assert buttons(answer(preview))[0] == words.SEND_TO_SECOND
    await world.moderator.click(answer(preview), label=words.SEND_TO_SECOND)
    assert text(answer(preview)) == words.PROPOSED
    assert await count(world) == before
    proposals = await in_session(world, lambda session: session.base.proposals.open())
    assert [TypedFact.decode(proposal.content).text for proposal in proposals] == ["Masts must not freeze over."]
    assert proposals[0].needed == 2
    event = await add_event(world)
    await world.moderator.click(answer(event), label=words.SAVE)
    assert await count(world) == before + 1, "an event that names nobody needs no second moderator"


def _first(preview: InteractionResult) -> str:
    return buttons(answer(preview))[0]


def _buttons(preview: InteractionResult) -> list[dict[str, str]]:
    return [part for part in parts(answer(preview)) if part["type"] == 2]


def _same(preview: InteractionResult, number: int) -> str:
    return next(button["custom_id"] for button in _buttons(preview) if button["custom_id"].startswith(f"do:fact-same:{number}:"))


async def _second_story(world: World) -> None:
    await in_session(world, lambda session: session.base.apply(Story(StoryInfo("other", "Another story"), (), (), ()), by="test"))
