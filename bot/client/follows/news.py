"""`/news`, and questions such as “what's new since yesterday?”: facts that came, were corrected or were retracted since a day."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from discord import app_commands, ui
from discord.app_commands import Range
from discord.ext import commands

from bot.client.bot import Interaction
from bot.client.follows import words
from bot.client.follows.hours import begins
from bot.client.follows.views import news_view
from bot.client.interactions import read_for, route, sends
from bot.client.options import MAX_TYPED, STORY, StoryName
from bot.client.panels import AMBER, panel, show_page
from bot.client.permissions import Permission, everywhere
from bot.client.sending import respond
from bot.client.story_scope import scope_of
from bot.errors import DateError, UsageError
from bot.facts.dates import iso_of, key_of, parse_date
from bot.facts.typed_dates import typed_period
from bot.languages import language, say
from bot.multilingual.news_questions import news_asked_for as news_asked_in
from bot.service.service import Service
from bot.service.session import Session

_ASKED = re.compile(
    r"\W*(?:(?:so|and|ok|hi|hello|hey)\W+)?"
    r"(?:(?P<new>what(?:['’]?s|\s+is|\s+was|\s+has)\s+new|(?:is\s+there\s+)?any(?:thing)?\s+new"
    r"|(?:(?:is|are)\s+there\s+)?(?:any\s+|the\s+)?(?:news|updates))|what(?:['’]?s|\s+is|\s+was|\s+has)?\s+changed)"
    r"(?:\s+since\s+(?P<since>[^?!]+?)|\s+(?P<near>today|yesterday|this\s+week|lately|recently))?\W*",
    re.IGNORECASE,
)
"""A question for what is new, since a day if it names one, whole: one that asks for more is answered as any other."""

_NO_DAY = ("lately", "recently")
_EARLIEST = 1970_01_02  # before any base: a button carries the day as seconds, which are not negative


class News(commands.Cog):
    """Shows what is new."""

    @app_commands.command()
    @everywhere
    @app_commands.describe(since="From this day on, for example: yesterday, Monday, 3 May; if left out, yesterday", story=STORY)
    @sends(respond)
    async def news(
        self, interaction: Interaction, since: Range[str, 1, MAX_TYPED] | None = None, story: StoryName | None = None
    ) -> ui.LayoutView:
        """See which facts are new, corrected or retracted since a day."""
        scope = await scope_of(interaction, story)
        start = await read_for(interaction, _start, since)
        return await read_for(interaction, news_view, start, scope.story, 0, scope.number, interaction.user.id)


class DayToComeError(UsageError):
    """A day since which nothing can be new yet."""


def _start(session: Session, since: str | None) -> str:
    """Return when the typed day begins by the server's clock; yesterday if none was typed.

    Raises DateError, UsageError and, for a day that is to come, DayToComeError.
    """
    zone = ZoneInfo(session.settings().timezone)
    today = datetime.now(zone).date()
    if since is None:
        return begins(key_of(today - timedelta(days=1)), zone)
    first = _first_day(since, today)
    if first > key_of(today):
        raise DayToComeError(say(words.DAY_TO_COME, day=parse_date(iso_of(first)).words(language())))
    return begins(max(first, _EARLIEST), zone)


def _first_day(since: str, today: date) -> int:
    """Return the first day that is meant, as a key; the word that says "since" may stand with it, in any language."""
    try:
        return typed_period(since, None, today, past=True).first or 0
    except DateError:
        with suppress(DateError):
            return typed_period(since, None, today, past=True, since=True).first or 0
        raise


@route("news-page", Permission.ANYONE, numbers=4)
async def turn_news(interaction: Interaction, page: int, owner: int, story: int, since: int) -> None:
    """Show another page: in place to whoever asked, and to others in a copy of their own."""
    start = datetime.fromtimestamp(since, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    async def turned(_: bool) -> ui.LayoutView:
        scope = await scope_of(interaction, number=story)
        return await read_for(interaction, news_view, start, scope.story, page, story, owner)

    await show_page(interaction, owner, turned)


async def news_asked_for(
    service: Service, server: int | None, question: str, story: str | None, owner: int
) -> ui.LayoutView | None:
    """Answer a question for what is new since a day; None for any other, or where its day cannot be read."""
    since = _day_asked_for(question)
    if since is None:
        return None

    def answered(session: Session) -> ui.LayoutView:
        ids = [info.id for info in session.stories()]
        number = ids.index(story) + 1 if story in ids else 0
        return news_view(session, _start(session, since or None), story, 0, number, owner)

    try:
        return await service.read(server, answered)
    except DayToComeError as error:
        return panel(str(error), colour=AMBER)
    except (DateError, UsageError):
        return None


def _day_asked_for(question: str) -> str | None:
    """Return the day since which a question asks what is new, "" where it names none; None for any other question."""
    match = _ASKED.fullmatch(question)
    if match is None or not (match["new"] or match["since"] or match["near"]):
        return news_asked_in(question)
    near = " ".join((match["near"] or "").lower().split())
    return match["since"] or ("" if near in _NO_DAY else near)
