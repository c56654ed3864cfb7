"""`/story draft` and `/story report`: a story file proposed from an article, and what a story lacks."""

from __future__ import annotations

import re
from datetime import datetime
from functools import partial

import discord
from discord import ui

from bot.client.bot import Interaction
from bot.client.interactions import RouteInput, read_for, read_until_cancelled, route
from bot.client.panels import BLUE, GREEN, GREY, attach, page_buttons, panel, show
from bot.client.permissions import Permission
from bot.client.sending import server_of
from bot.client.stories.sent_files import fetched
from bot.client.story_scope import ask_story, of_story
from bot.client.text import inline
from bot.client.words import WHICH_OF_SEVERAL, page_foot
from bot.drafting.article import most_bytes
from bot.drafting.draft import ArticleDetails, draft_file
from bot.drafting.proposal import StoryDraft
from bot.editing.report import Report, common_detail, report_on
from bot.errors import UsageError
from bot.languages import say, say_message, say_number
from bot.phrases import labelled, listed
from bot.service.session import Session

_PAGE = 1600  # characters of a page: few enough to read on a phone without much scrolling
_LINES = 8
_FOOT = 400  # with fewer characters left on a page, no new part is begun on it
_TEXT = 90
_FILE_NAME = 60

DRAFT_NOT_STORED = "-# Nothing was stored. Look at every entry of the file, then bring it in with `/story import`."
ARTICLE_TOO_LARGE = "The article is too large: {size}. An article can have {most} here. Send its text alone."
NOTHING_LACKS = "Nothing is missing."
NO_LINKS = "-# No link was opened: whoever runs the bot can have them checked with `footnote story report --check-links`."


async def draft_story(interaction: Interaction, article: discord.Attachment, details: ArticleDetails) -> ui.LayoutView:
    """Return the draft of a story file made from an article. Raises UsageError if the article is too large."""
    name = article.filename
    content = await fetched(article, most_bytes(name), say(ARTICLE_TOO_LARGE), "kB")
    today = datetime.now().astimezone().date()
    reading = interaction.client.upload_reading
    draft, file = await reading.call(server_of(interaction), draft_file, content, name, details, today=today)
    title = say("### Draft: {title}", title=inline(draft.story.info.title, 150))
    text = "\n".join([title, _contents(draft), say(DRAFT_NOT_STORED)])
    name = f"{re.sub('[^a-z0-9-]', '-', draft.story.info.id)[:_FILE_NAME]}.draft.yaml"
    return attach(panel(text, colour=BLUE if draft.story.facts else GREY), (name, file.encode()))


def _contents(draft: StoryDraft) -> str:
    """Say what a draft holds, and how much of it is uncertain."""
    quotes, claims, events = (draft.count(kind) for kind in ("quote", "claim", "event"))
    parts = (
        say_number(quotes, "{number} quote", "{number} quotes"),
        say_number(claims, "{number} claim", "{number} claims"),
        say_number(events, "{number} event", "{number} events"),
        say_number(len(draft.story.actors), "{number} actor", "{number} actors"),
        say_number(len(draft.story.questions), "{number} question", "{number} questions"),
    )
    lines = [say("I found {what}.", what=listed(parts))]
    if draft.unsure:
        lines.append(
            say_number(
                draft.unsure,
                "- {number} quote has no speaker beside it: look at it first",
                "- {number} quotes have no speaker beside them: look at these first",
            )
        )
    if draft.set_off:
        lines.append(
            say_number(
                len(draft.set_off),
                "- {number} piece in quotation marks left out; it is listed at the top of the file",
                "- {number} pieces in quotation marks left out; they are listed at the top of the file",
            )
        )
    if draft.not_taken:
        lines.append(
            say_number(
                len(draft.not_taken),
                "- {number} sentence not taken; it is listed at the top of the file, with the reason",
                "- {number} sentences not taken; they are listed at the top of the file, with the reasons",
            )
        )
    if draft.unread_dates:
        lines.append(
            say_number(
                draft.unread_dates,
                "- {number} date such as “on Thursday” cannot be read, because the day of publication is not known: give it in "
                "the option “published”",
                "- {number} dates such as “on Thursday” cannot be read, because the day of publication is not known: give it "
                "in the option “published”",
            )
        )
    return "\n".join(lines)


async def story_report(interaction: Interaction, named: str | None) -> ui.LayoutView:
    """Return the first page of the report on a story; if it is not clear which story, ask."""
    return await of_story(interaction, named, partial(_first_page, interaction), partial(ask_story, "story-lacks", ""))


@route("story-lacks", Permission.MODERATOR, least=1, send=show)
async def _story_chosen(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Return the first page of the report on the story that was chosen."""
    return await _first_page(interaction, given.values[0])


async def _first_page(interaction: Interaction, story: str) -> ui.LayoutView:
    def index_of(session: Session) -> int:
        session.check_story(story)
        return [info.id for info in session.stories()].index(story)

    return await _page_of(interaction, 0, await read_for(interaction, index_of))


@route("story-report", Permission.MODERATOR, numbers=2, send=show)
async def _page_of(interaction: Interaction, page: int, index: int) -> ui.LayoutView:
    """Return a page of the report on a story, which is named by its index, as its id may be too long for a button."""

    def view(session: Session) -> ui.LayoutView:
        stories = session.stories()
        if index >= len(stories):
            raise UsageError(say(WHICH_OF_SEVERAL))
        return report_panel(report_on(session.story(stories[index].id)), index, page)

    return await read_until_cancelled(interaction, view)


def report_panel(report: Report, index: int, page: int) -> ui.LayoutView:
    """Return one page of a report."""
    title = say("### What is missing: {title}", title=inline(report.title, 150))
    facts = say_number(report.facts, "{number} fact", "{number} facts")
    sources = say_number(report.sources, "{number} source", "{number} sources")
    head = f"{title}\n{facts}, {sources}"
    pages = _pages(report)
    if not pages:
        return panel(f"{head}\n\n{say(NOTHING_LACKS)}\n{say(NO_LINKS)}", colour=GREEN)
    page = min(max(page, 0), len(pages) - 1)
    lacks = report.lacks.items() if page == 0 else ()
    overview = [say("- {title}: **{number}**", title=say(lack.value[0]), number=len(items)) for lack, items in lacks]
    foot = "\n".join(filter(None, (page_foot(page, len(pages)), say(NO_LINKS))))
    blocks = ["\n".join([head, *overview]), *pages[page], foot]
    return panel(blocks, page_buttons("story-report", page, len(pages), lambda to: f"{to}:{index}"), colour=BLUE)


def _pages(report: Report) -> list[list[str]]:
    """Cut a report into pages of parts, each headed by what is lacking and what to do about it."""
    pages: list[list[list[str]]] = [[]]
    room, lines = _PAGE, _LINES
    for lack, items in report.lacks.items():
        common = common_detail(items)
        part: list[str] = []
        for index, item in enumerate(items):
            beside = f" ({inline(say_message(item.detail), 160)})" if item.detail and not common else ""
            line = "- " + labelled(f"**{inline(item.id, 60)}**", f"{inline(item.text, _TEXT)}{beside}")
            # A new part is not begun at the foot of a page.
            full = (room < len(line) + 1 or not lines) if part else pages[-1] and (room < _FOOT or lines < 3)
            if full:
                pages.append([])
                part, room, lines = [], _PAGE, _LINES
            if not part:
                also = inline(say_message(common), 100)  # the detail that all of them share
                number = say("{number}, all {detail}", number=len(items), detail=also) if also else len(items)
                goes_on = " …" if index else f"\n{say(lack.value[1])}"
                part = [f"**{say(lack.value[0])}** ({number}){goes_on}"]
                pages[-1].append(part)
                room -= len(part[0]) + 1
            part.append(line)
            room, lines = room - len(line) - 1, lines - 1
    return [["\n".join(part) for part in page] for page in pages if page]
