"""`/story draft` and `/story report` on Discord: a file to review and nothing stored; what is lacking, page by page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from simcord import InteractionResult

from bot.client.stories.drafting import DRAFT_NOT_STORED, NOTHING_LACKS, report_panel
from bot.client.text import escape
from bot.client.words import NEXT, PREVIOUS
from bot.drafting import article
from bot.drafting.draft import NO_TITLE
from bot.drafting.marks import marked
from bot.editing.report import Lack, Report, ReportItem
from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.stories.load import read_story
from tests.client.forms import in_session
from tests.client.world import World, answer, buttons, text

ARTICLE = (Path(__file__).parents[2] / "drafting" / "reservoir.txt").read_bytes()
STORY = "twitter-rt-sputnik"
MAX_TEXT = 4000


async def draft(world: World, content: bytes, **options: str) -> InteractionResult:
    return await world.moderator.slash(world.channel, "story draft", article=("dam.txt", content), **options)


async def sent_file(result: InteractionResult) -> tuple[str, str]:
    (file,) = answer(result).attachments
    return file.filename, (await file.read()).decode()


async def test_an_article_comes_back_as_a_file_and_nothing_is_stored(world: World) -> None:
    before = await in_session(world, lambda session: (session.base.count(), session.stories()))
    result = await draft(world, ARTICLE, source="https://example.org/dam", published="6 March 2021", publisher="Courier")
    assert result.ephemeral
    said = text(answer(result))
    assert said.startswith("### Draft: City orders reservoir drained")
    assert "25 quotes" in said
    assert DRAFT_NOT_STORED in said
    name, content = await sent_file(result)
    assert name == "city-orders-reservoir-drained-after-cracks-are.draft.yaml"
    story = read_story(content, name)
    assert marked(content) == len(story.facts) + len(story.actors) + len(story.questions) + 1
    assert await in_session(world, lambda session: (session.base.count(), session.stories())) == before


async def test_a_web_page_fills_in_its_source(world: World) -> None:
    page = (
        b"<html><head><meta property='og:site_name' content='Harbour Gazette'></head><article><p>It rained in 2019.</p></article>"
    )
    _, content = await sent_file(await draft(world, page, source="The rain"))
    assert read_story(content, "x").sources[0].publisher == "Harbour Gazette"


async def test_a_draft_can_be_imported_as_any_story_file(world: World) -> None:
    name, content = await sent_file(await draft(world, ARTICLE, published="6 March 2021"))
    shown = await world.moderator.slash(world.channel, "story import", file=(name, content.encode()))
    assert "### New story: City orders reservoir drained" in text(answer(shown))


async def test_quotes_beside_which_nobody_is_named_are_to_be_looked_at_first(world: World) -> None:
    page = "The reservoir was drained. “The dam will surely break before the summer comes.” It rained on."
    said = text(answer(await draft(world, page.encode(), source="The dam", published="6 March 2021")))
    assert "- 1 quote has no speaker beside it: look at it first" in said


async def test_sentences_that_were_not_taken_and_dates_that_could_not_be_read_are_counted(world: World) -> None:
    page = "The reservoir was drained on Thursday. Reed wrote to the council on Monday. She wept."
    result = await draft(world, page.encode(), source="The dam")
    assert "- 2 dates such as “on Thursday” cannot be read" in text(answer(result))
    assert "- 1 sentence not taken; it is listed at the top of the file, with the reason" in text(answer(result))
    assert "#   She wept. (paragraph 1): too short" in (await sent_file(result))[1]
    said = text(answer(await draft(world, page.encode(), source="The dam", published="6 March 2021")))
    assert "cannot be read" not in said


async def test_what_is_no_article_says_so(world: World) -> None:
    for content, options, says in (
        (b"\x89PNG\x00", {}, "Save it as plain text"),
        (b"", {"source": "T"}, "no sentence"),
        (b"It rained. It stopped.", {}, escape(NO_TITLE)),
        (b"It rained. It stopped.", {"source": "T", "published": "soonish"}, "I cannot read"),
    ):
        result = await draft(world, content, **options)
        message = answer(result)
        assert says in (message.content or text(message))
        assert not message.attachments
    assert len(world.env.errors) == 4  # each told to the person


@pytest.mark.parametrize(("name", "most"), [("dam.txt", "MAX_TEXT_BYTES"), ("dam.html", "MAX_PAGE_BYTES")])
async def test_an_article_that_is_too_large_is_refused_before_it_is_fetched(
    name: str, most: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(article, most, 1000)
    shown = await world.moderator.slash(world.channel, "story draft", article=(name, b"x" * 2000))
    assert text(answer(shown)).startswith("The article is too large: 2 kB.")
    assert world.env.errors


async def test_what_is_typed_cannot_format_the_reply(world: World) -> None:
    said = text(answer(await draft(world, b"It rained. It stopped.", source="**@everyone** [x](https://a.b)")))
    assert "### Draft: \\*\\*" in said
    assert "@everyone" not in said.replace("@\u200beveryone", "")


async def test_a_report_says_what_is_lacking_and_turns_its_pages(world: World) -> None:
    result = await world.moderator.slash(world.channel, "story report")
    assert result.ephemeral
    first = text(answer(result))
    assert first.startswith("### What is missing: Twitter's advertising ban")
    assert f"- {Lack.ONE_SOURCE.title}: **69**\n" in first
    assert f"**{Lack.ONE_SOURCE.title}** (69, all from World Socialist Web Site alone)\n{Lack.ONE_SOURCE.mend}\n- " in first
    assert "-# Page 1 of " in first
    assert buttons(answer(result)) == [NEXT]
    seen = [first]
    while NEXT in buttons(answer(result)):
        await world.moderator.click(answer(result), label=NEXT)
        seen.append(text(answer(result)))
    assert all(len(page) <= MAX_TEXT for page in seen)
    shown = "\n".join(seen)
    assert shown.count("World Socialist Web Site alone") >= 5
    assert f"**{Lack.NO_ARCHIVE.title}** (1)" in shown
    assert f"**{Lack.ONE_SOURCE.title}** (69, all from World Socialist Web Site alone) …" in shown


async def test_a_report_shows_the_facts_as_they_are_when_the_page_is_turned(world: World) -> None:
    result = await world.moderator.slash(world.channel, "story report", story=STORY)
    record = next(
        record for record in await in_session(world, lambda session: session.base.all_facts(STORY)) if record.fact.kind == "quote"
    )
    edit = Edit(STORY, facts=(replace(record.fact, date=None),))
    await in_session(world, lambda session: session.base.revisions.apply(edit, sign("test", None)))
    await world.restart()
    await world.moderator.click(answer(result), label=NEXT)
    pages = [text(answer(result))]
    while PREVIOUS in buttons(answer(result)):
        await world.moderator.click(answer(result), label=PREVIOUS)
        pages.append(text(answer(result)))
    assert f"**{Lack.UNDATED_QUOTE.title}** (1)" in "\n".join(pages)


def test_every_page_fits_whatever_a_story_holds() -> None:
    items = tuple(ReportItem("*" * 90, "_" * 400, "`" * 400) for _ in range(60))
    report = Report("s", "@" * 300, 60, 3, {Lack.ONE_SOURCE: items, Lack.THIN: items, Lack.NO_ROLE: items[:1]})
    first = "\n".join(getattr(child, "content", "") for child in report_panel(report, 0, 0).walk_children())
    pages = int(first.partition("Page 1 of ")[2].split()[0])
    assert pages > 5
    for page in range(pages):
        view = report_panel(report, 0, page)
        assert view.content_length() <= MAX_TEXT
        assert view.total_children_count <= 40


def test_a_story_that_lacks_nothing_says_so() -> None:
    view = report_panel(Report("s", "T", 3, 2), 0, 0)
    assert any(NOTHING_LACKS in getattr(child, "content", "") for child in view.walk_children())
