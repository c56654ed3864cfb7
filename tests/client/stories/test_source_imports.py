"""Lists of sources: what is new and what is known, faults, and adding them once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from simcord import InteractionResult

from bot.client.facts.words import CANCEL, CANCELLED, UNDO
from bot.client.stories import source_imports
from bot.client.stories.imports import APPLY
from bot.client.words import WHICH_STORY
from bot.stories.load import read_story
from tests.client.forms import in_session
from tests.client.world import World, answer, buttons, demote, parts, text

STORY = "twitter-rt-sputnik"
ZOTERO = (Path(__file__).parents[2] / "formats" / "zotero.json").read_bytes()


async def upload_list(world: World, content: bytes, name: str = "zotero.json") -> InteractionResult:
    return await world.moderator.slash(world.channel, "source import", file=(name, content))


async def source_ids(world: World) -> set[str]:
    return {source.id for _, source, _ in await in_session(world, lambda session: session.base.sources(STORY))}


async def test_a_list_is_shown_then_applied_once_and_undone(world: World) -> None:
    before = await source_ids(world)
    shown = await upload_list(world, ZOTERO)
    assert shown.ephemeral
    said = text(answer(shown))
    assert said.startswith("### Add 3 sources to Twitter's advertising ban on RT and Sputnik\n-# Nothing is changed yet.")
    assert "- **Bridge shut, again**, Harbour Gazette, 5 March 2021" in said
    assert await source_ids(world) == before
    await world.moderator.click(answer(shown), label=APPLY)
    assert text(answer(shown)).startswith("### Added 3 sources to Twitter's advertising ban")
    assert len(await source_ids(world)) == len(before) + 3
    entry = (await in_session(world, lambda session: session.base.logbook.entries()))[0]
    assert (entry.action, entry.reason) == ("import", "import of zotero.json")
    await world.moderator.click(answer(shown), label=UNDO)
    assert await source_ids(world) == before


async def test_what_is_known_is_told_and_not_stored_again(world: World) -> None:
    first = await upload_list(world, ZOTERO)
    second = await upload_list(world, ZOTERO)
    await world.moderator.click(answer(first), label=APPLY)
    stored = await source_ids(world)
    await world.moderator.click(answer(second), label=APPLY)
    assert text(answer(second)).startswith(source_imports.NO_NEW_SOURCES)
    third = text(answer(await upload_list(world, ZOTERO)))
    assert third.startswith(source_imports.NO_NEW_SOURCES)
    assert "- Bridge shut, again: the same address as **Bridge shut, again**" in third
    assert await source_ids(world) == stored


async def test_the_preview_tells_new_from_known(world: World) -> None:
    known = {"type": "webpage", "title": "**Same** @everyone", "URL": "http://wsws.org/en/articles/2017/10/28/twit-o28.html/"}
    shown = text(answer(await upload_list(world, json.dumps([known, {"type": "report", "title": "New"}]).encode())))
    assert shown.startswith("### Add 1 source to")
    assert source_imports.KNOWN_SOURCES in shown
    assert "the same address as **Twitter bans RT and Sputnik from advertising**" in shown
    assert "@everyone" not in shown


async def test_what_cannot_be_read_is_named_and_the_rest_comes_in(world: World) -> None:
    before = await source_ids(world)
    shown = await upload_list(world, b'[{"type":"webpage","title":"Good"},\n{"type":"webpge"}]')
    said = text(answer(shown))
    assert "### Add 1 source to" in said
    assert f"\n{source_imports.LEFT_OUT} (1)\n" in said
    assert said.count("line 2, column 1") == 2
    await world.moderator.click(answer(shown), label=APPLY)
    assert len(await source_ids(world)) == len(before) + 1
    stored = {"type": "webpage", "title": "Same", "URL": "http://wsws.org/en/articles/2017/10/28/twit-o28.html/"}
    for good in ({"type": "report", "title": "Another"}, stored):
        many = json.dumps([good, *({"type": "webpage"} for _ in range(100))]).encode()
        attaching = answer(await upload_list(world, many))
        assert (await attaching.attachments[0].read()).decode().count("\n") == 99
        assert [part["file"]["url"].rpartition("/")[2] for part in parts(attaching) if part["type"] == 13] == ["faults.txt"]


async def test_every_fault_is_told_where_nothing_can_be_read(world: World) -> None:
    before = await source_ids(world)
    shown = answer(await upload_list(world, b'[{"type":"webpage"},\n{"type":"report"}]'))
    assert "has 2 faults" in text(shown)
    assert "line 2, column 1" in text(shown)
    assert buttons(shown) == []
    many = json.dumps([{"type": "webpage"} for _ in range(100)]).encode()
    attached = answer(await upload_list(world, many)).attachments[0]
    assert (await attached.read()).decode().count("\n") == 99
    assert await source_ids(world) == before


@pytest.mark.parametrize(("content", "name"), [(b"\x00\x01", "x.bib"), (b"", "x.ris"), (b"hello", "x.txt"), (b"@book{", "x.bib")])
async def test_what_is_no_list_is_told_in_a_sentence(world: World, content: bytes, name: str) -> None:
    assert "fault" in text(answer(await upload_list(world, content, name)))


async def test_a_list_that_is_too_large_is_refused_before_it_is_fetched(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_imports, "MAX_UPLOAD_BYTES", 1000)
    assert text(answer(await upload_list(world, b"x" * 2000))).startswith("The file is too large")
    assert world.env.errors


async def test_cancel_forgets_a_list(world: World) -> None:
    shown = await upload_list(world, ZOTERO)
    await world.moderator.click(answer(shown), label=CANCEL)
    assert text(answer(shown)) == CANCELLED


async def test_who_is_demoted_applies_nothing(world: World) -> None:
    shown = await upload_list(world, ZOTERO)
    before = await source_ids(world)
    demote(world)
    await world.moderator.click(answer(shown), label=APPLY)
    assert await source_ids(world) == before


async def test_preview_and_outcome_keep_within_what_discord_takes(world: World) -> None:
    items = [{"type": "webpage", "title": "*" * 300 + str(number), "container-title": "_" * 300} for number in range(60)]
    shown = await upload_list(world, json.dumps(items).encode())
    assert len(text(answer(shown))) <= 4000
    assert "and 50 more sources" in text(answer(shown))
    await world.moderator.click(answer(shown), label=APPLY)
    assert len(text(answer(shown))) <= 4000


async def upload_for_the_ferry(world: World, content: bytes, name: str = "zotero.json") -> InteractionResult:
    """Upload a list of sources where there are two stories, and choose the one of the ferry."""
    other = read_story(
        """\
story: {id: ferry, title: The ferry}
sources:
  log: {type: report, title: The log}
events:
  sailed: {what: The ferry sailed., cite: log}
""",
        "ferry.yaml",
    )
    await in_session(world, lambda session: session.base.apply(other, by="test"))
    asked = await upload_list(world, content, name)
    assert text(answer(asked)) == WHICH_STORY
    (choice,) = [part["custom_id"] for part in parts(answer(asked)) if part.get("custom_id", "").startswith("pick:")]
    return await world.moderator.select(answer(asked), ["ferry"], custom_id=choice)


async def test_where_it_is_not_clear_to_which_story_sources_belong_it_is_asked(world: World) -> None:
    shown = await upload_for_the_ferry(world, ZOTERO)
    assert text(answer(shown)).startswith("### Add 3 sources to The ferry\n-# Nothing is changed yet.")


async def test_a_list_that_is_no_utf_8_is_refused_where_its_story_is_asked_for_too(world: World) -> None:
    shown = await upload_for_the_ferry(world, '[{"type": "webpage", "title": "Fähre"}]'.encode("latin-1"))
    assert "This is not UTF-8 text" in text(answer(shown))


LATIN_1 = "TY  - BOOK\nTI  - Die Fähre\nPY  - einst\nER  - \n".encode("latin-1")


async def test_what_a_source_is_taken_without_is_named_at_its_line(world: World) -> None:
    before = await source_ids(world)
    shown = await upload_list(world, LATIN_1, "old.ris")
    said = text(answer(shown))
    assert said.startswith("### Add 1 source to")
    assert "- **Die Fähre**" in said
    assert (
        f'{source_imports.TAKEN_WITHOUT} (1)\n- line 1, column 1: "Die Fähre": The date cannot be read: "einst" is not a date.'
        in said
    )
    assert source_imports.LEFT_OUT not in said
    await world.moderator.click(answer(shown), label=APPLY)
    assert len(await source_ids(world)) == len(before) + 1


async def test_a_list_of_an_older_program_keeps_its_letters_where_its_story_is_asked_for(world: World) -> None:
    shown = await upload_for_the_ferry(world, LATIN_1, "old.ris")
    assert "- **Die Fähre**" in text(answer(shown))
    await world.moderator.click(answer(shown), label=APPLY)
    assert "Die Fähre" in text(answer(shown))


async def test_an_empty_list_is_told_in_a_sentence_with_what_to_do(world: World) -> None:
    said = text(answer(await upload_list(world, b"[]")))
    assert "There is no entry in the file. Export the list again." in said
    assert "0 faults" not in said
