"""`/story draft` and `/story report`: a story file proposed from an article, and what a story lacks."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import discord
from discord import ButtonStyle, ui

from bot.client.bot import Interaction
from bot.client.interactions import RouteButton, RouteInput, route, run_to_end
from bot.client.panels import BLUE, GREY, show
from bot.client.permissions import Permission
from bot.client.sending import defer, server_of
from bot.client.stories import words
from bot.client.stories.files import fetched
from bot.client.stories.views import sentence_panel
from bot.client.story_scope import channel_of, story_for
from bot.client.text import inline
from bot.client.words import NEXT, PREVIOUS, page_number
from bot.drafting.article import most_bytes
from bot.drafting.draft import ArticleDetails, draft_file
from bot.drafting.proposal import StoryDraft
from bot.editing.report import Report, ReportItem, common_detail, report_on
from bot.errors import UsageError
from bot.presentation.languages import say
from bot.service.session import Session

_PAGE = 1600  # characters of a page, so that it is read without much scrolling on a phone
_LINES = 8
_TEXT = 90
_FILE_NAME = 60


async def draft_story(interaction: Interaction, article: discord.Attachment, details: ArticleDetails) -> None:
    """Send the draft of a story file made from an article. Raises UsageError where it is too large."""
    if article.size > most_bytes(article.filename):  # before a byte of it is fetched
        size, most = (f"{each / 1000:,.0f} kB" for each in (article.size, most_bytes(article.filename)))
        raise UsageError(say(words.ARTICLE_TOO_LARGE).format(size=size, most=most))
    await defer(interaction)
    content = await fetched(article)
    draft, text = await interaction.client.upload_reading.call(
        server_of(interaction),
        draft_file,
        content,
        article.filename,
        details,
        today=datetime.now().astimezone().date(),
    )
    name = f"{re.sub('[^a-z0-9-]', '-', draft.story.info.id)[:_FILE_NAME]}.draft.yaml"
    file = discord.File(io.BytesIO(text.encode()), name)
    await interaction.edit_original_response(view=_draft_panel(draft, name), attachments=[file])


@route("story-report", Permission.MODERATOR)
async def _turn(interaction: Interaction, given: RouteInput) -> None:
    """Turn to another page of a report, as the story is now."""
    page, _, place = given.argument.partition(":")
    await show(interaction, _page_of(interaction, int(place), int(page)))


async def story_report(interaction: Interaction, named: str | None) -> ui.LayoutView:
    """Return the first page of the report on a story. Raises UsageError where it is not clear which."""
    channel = channel_of(interaction)
    found = await run_to_end(interaction, _place_of, named, channel)
    if found is None:
        raise UsageError(say(words.WHICH))
    return await _page_of(interaction, found, 0)


async def _page_of(interaction: Interaction, place: int, page: int) -> ui.LayoutView:
    """Return a page of the report on a story, named by its place among the stories: an id may be too long for a button."""
    return report_panel(await run_to_end(interaction, _report_at, place), place, page)


def _place_of(session: Session, named: str | None, channel: int | None) -> int | None:
    story = story_for(session, named, (), channel)
    return next((place for place, info in enumerate(session.stories()) if info.id == story), None)


def _report_at(session: Session, place: int) -> Report:
    stories = session.stories()
    if place >= len(stories):
        raise UsageError(say(words.WHICH))
    return report_on(session.story(stories[place].id))


def report_panel(report: Report, place: int, page: int) -> ui.LayoutView:
    """Return one page of a report."""
    head = words.report_title(inline(report.title, 150), report.facts, report.sources)
    pages = list(_pages(report))
    if not pages:
        return sentence_panel(f"{head}\n\n{say(words.NOTHING_LACKS)}\n{say(words.NO_LINKS)}", good=True)
    page = min(max(page, 0), len(pages) - 1)
    overview = [words.counted_lack(lack, len(items)) for lack, items in report.lacks.items()] if page == 0 else []
    container: ui.Container[Any] = ui.Container(ui.TextDisplay("\n".join([head, *overview])), accent_colour=BLUE)
    for part in pages[page]:
        container.add_item(ui.Separator()).add_item(ui.TextDisplay(part))
    foot = [f"-# {page_number(page, len(pages))}"] if len(pages) > 1 else []
    container.add_item(ui.Separator()).add_item(ui.TextDisplay("\n".join([*foot, say(words.NO_LINKS)])))
    view = ui.LayoutView(timeout=None).add_item(container)
    if len(pages) == 1:
        return view
    before = RouteButton("story-report", f"{page - 1}:{place}", say(PREVIOUS), disabled=page == 0)
    after = RouteButton(
        "story-report", f"{page + 1}:{place}", say(NEXT), style=ButtonStyle.primary, disabled=page >= len(pages) - 1
    )
    return view.add_item(ui.ActionRow(before, after))


def _pages(report: Report) -> Iterator[list[str]]:
    """Cut a report into pages of parts, each with the title of what is lacking and what to do."""
    page: list[str] = []
    room, lines = _PAGE, _LINES
    for lack, items in report.lacks.items():
        part: list[str] = []
        common = common_detail(items)
        for number, item in enumerate(items):
            line = f"- {_line(item, detail=not common)}"
            if part and (room < len(line) + 1 or not lines):
                page.append("\n".join(part))
                part = []
                yield page
                page, room, lines = [], _PAGE, _LINES
            elif not part and page and (room < 400 or lines < 3):
                yield page
                page, room, lines = [], _PAGE, _LINES
            if not part:
                part = [words.lack_section(lack, len(items), inline(words.lack_detail(common), 100), again=number > 0)]
                room -= len(part[0]) + 1
            part.append(line)
            room, lines = room - len(line) - 1, lines - 1
        page.append("\n".join(part))
    if page:
        yield page


def _line(item: ReportItem, *, detail: bool) -> str:
    beside = f" ({inline(words.lack_detail(item.detail), 160)})" if item.detail and detail else ""
    return f"**{inline(item.id, 60)}**: {inline(item.text, _TEXT)}{beside}"


def _draft_panel(draft: StoryDraft, name: str) -> ui.LayoutView:
    head = words.draft_title(inline(draft.story.info.title, 150))
    text = "\n".join([head, words.draft_found(draft), say(words.DRAFT_NOT_STORED)])
    container: ui.Container[Any] = ui.Container(ui.TextDisplay(text), accent_colour=BLUE if draft.story.facts else GREY)
    return ui.LayoutView(timeout=None).add_item(container).add_item(ui.File(f"attachment://{name}"))
