"""`/story draft` and `/story report`: a story file proposed from an article, and what a story lacks."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, cast

import discord
from discord import ButtonStyle, app_commands, ui
from discord.app_commands import Range
from discord.ext import commands

from bot.client import completion
from bot.client.bot import FootnoteBot, Interaction
from bot.client.interactions import Given, RouteButton, route, run_to_end
from bot.client.panels import BLUE, GREY, show
from bot.client.permissions import Who, only
from bot.client.sending import respond
from bot.client.stories import words
from bot.client.stories.files import StoryFiles, fetched, in_time
from bot.client.stories.views import sentence_panel
from bot.client.stories.words import WHICH
from bot.client.story_scope import channel_of, story_for
from bot.client.text import inline
from bot.drafting.article import MOST_BYTES, decode_article
from bot.drafting.making import make_draft
from bot.drafting.proposal import Draft
from bot.drafting.writing import summary, write_draft
from bot.editing.report import Item, Report, common_detail, report_on
from bot.errors import UsageError
from bot.service.session import Session

_PAGE = 1600  # characters of a page, so that it is read without much scrolling on a phone
_LINES = 8
_TEXT = 90
_FILE_NAME = 60


class StoryWork(commands.Cog):
    """Adds its commands to those of `/story`; must be loaded after them."""

    def __init__(self, bot: FootnoteBot) -> None:
        self._bot = bot
        self._commands: tuple[app_commands.Command[Any, ..., Any], ...] = (
            app_commands.Command(
                name="draft", description="Get a story file proposed from an article, to review", callback=_draft
            ),
            app_commands.Command(name="report", description="See what a story lacks, and what to do about it", callback=_report),
        )

    async def cog_load(self) -> None:
        """Add the commands."""
        for command in self._commands:
            self._group.add_command(command)

    async def cog_unload(self) -> None:
        """Take them away again."""
        for command in self._commands:
            self._group.remove_command(command.name)

    @property
    def _group(self) -> app_commands.Group:
        return cast("app_commands.Group", self._bot.tree.get_command("story"))


@app_commands.describe(
    article="The article as plain text, a blank line between paragraphs",
    source="Its title, its web address, or both: Title | https://…",
    publisher="Who published it",
    published="When: “on Thursday” is read from that day",
    author="Who wrote it",
)
@only(Who.MODERATOR)
async def _draft(
    interaction: Interaction,
    article: discord.Attachment,
    source: Range[str, 0, 500] = "",
    publisher: Range[str, 0, 200] = "",
    published: Range[str, 0, 60] = "",
    author: Range[str, 0, 200] = "",
) -> None:
    if article.size > MOST_BYTES:  # before a byte of it is fetched
        size, most = (f"{each / 1000:,.0f} kB" for each in (article.size, MOST_BYTES))
        raise UsageError(words.ARTICLE_TOO_LARGE.format(size=size, most=most))
    await interaction.response.defer(ephemeral=True, thinking=True)
    content = await fetched(article)

    def drafted() -> Draft:
        text = decode_article(content, article.filename)
        today = datetime.now().astimezone().date()
        return make_draft(text, today=today, source=source, publisher=publisher, published=published, authors=(author,))

    cog = cast("StoryFiles", interaction.client.get_cog(StoryFiles.__name__))
    draft = await in_time(cog.reading, asyncio.to_thread(drafted))
    name = f"{re.sub('[^a-z0-9-]', '-', draft.story.info.id)[:_FILE_NAME]}.draft.yaml"
    file = discord.File(io.BytesIO(write_draft(draft).encode()), name)
    await interaction.edit_original_response(view=_draft_panel(draft, name), attachments=[file])


@app_commands.describe(story="The story; left out: this channel's")
@app_commands.autocomplete(story=completion.stories)
@only(Who.MODERATOR)
async def _report(interaction: Interaction, story: str | None = None) -> None:
    await respond(interaction, _reported(interaction, story), private=True)


@route("story-report", Who.MODERATOR)
async def _turn(interaction: Interaction, given: Given) -> None:
    """Turn to another page of a report, as the story is now."""
    page, _, place = given.argument.partition(":")
    await show(interaction, _page_of(interaction, int(place), int(page)))


async def _reported(interaction: Interaction, named: str | None) -> ui.LayoutView:
    channel = channel_of(interaction)

    def place(session: Session) -> int | None:
        story = story_for(session, named, (), channel)
        return next((at for at, info in enumerate(session.stories()) if info.id == story), None)

    found = await run_to_end(interaction, place)
    if found is None:
        raise UsageError(WHICH)
    return await _page_of(interaction, found, 0)


async def _page_of(interaction: Interaction, place: int, page: int) -> ui.LayoutView:
    """Return a page of the report on a story, named by its place among the stories: an id may be too long for a button."""

    def reported(session: Session) -> Report:
        stories = session.stories()
        if place >= len(stories):
            raise UsageError(WHICH)
        return report_on(session.base.story(stories[place].id))

    return report_panel(await run_to_end(interaction, reported), place, page)


def report_panel(report: Report, place: int, page: int) -> ui.LayoutView:
    """Return one page of a report."""
    head = words.report_title(inline(report.title, 150), report.facts, report.sources)
    pages = list(_pages(report))
    if not pages:
        return sentence_panel(f"{head}\n\n{words.NOTHING_LACKS}\n{words.NO_LINKS}", good=True)
    page = min(max(page, 0), len(pages) - 1)
    overview = [words.counted_lack(lack.title, len(items)) for lack, items in report.lacks.items()] if page == 0 else []
    container: ui.Container[Any] = ui.Container(ui.TextDisplay("\n".join([head, *overview])), accent_colour=BLUE)
    for part in pages[page]:
        container.add_item(ui.Separator()).add_item(ui.TextDisplay(part))
    foot = [words.report_page(page, len(pages))] if len(pages) > 1 else []
    container.add_item(ui.Separator()).add_item(ui.TextDisplay("\n".join([*foot, words.NO_LINKS])))
    view = ui.LayoutView(timeout=None).add_item(container)
    if len(pages) == 1:
        return view
    before = RouteButton("story-report", f"{page - 1}:{place}", words.PREVIOUS, disabled=page == 0)
    after = RouteButton(
        "story-report", f"{page + 1}:{place}", words.NEXT, style=ButtonStyle.primary, disabled=page >= len(pages) - 1
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
                part = [words.lack_section(lack.title, len(items), lack.mend, inline(common, 100), again=number > 0)]
                room -= len(part[0]) + 1
            part.append(line)
            room, lines = room - len(line) - 1, lines - 1
        page.append("\n".join(part))
    if page:
        yield page


def _line(item: Item, *, detail: bool) -> str:
    beside = f" ({inline(item.detail, 160)})" if item.detail and detail else ""
    return f"**{inline(item.id, 60)}**: {inline(item.text, _TEXT)}{beside}"


def _draft_panel(draft: Draft, name: str) -> ui.LayoutView:
    head = words.draft_title(inline(draft.story.info.title, 150))
    text = "\n".join([head, words.draft_found(summary(draft), draft.unsure, len(draft.set_off)), words.DRAFT_NOT_STORED])
    container: ui.Container[Any] = ui.Container(ui.TextDisplay(text), accent_colour=BLUE if draft.story.facts else GREY)
    return ui.LayoutView(timeout=None).add_item(container).add_item(ui.File(f"attachment://{name}"))
