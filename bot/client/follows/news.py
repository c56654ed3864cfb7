"""`/news`, and questions such as “what's new since yesterday?”: facts that came, were corrected or were retracted since a day."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from discord import app_commands, ui
from discord.app_commands import Range
from discord.ext import commands

from bot.answers.news import DayToComeError, beginning, day_asked_for
from bot.client.bot import Interaction
from bot.client.follows.views import news_view
from bot.client.interactions import read_for, route, sends
from bot.client.options import MAX_TYPED, STORY, StoryName
from bot.client.panels import AMBER, panel, show_page
from bot.client.permissions import Permission, everywhere
from bot.client.sending import respond
from bot.client.story_scope import scope_of
from bot.errors import DateError, UsageError
from bot.languages import say_message
from bot.service.service import Service
from bot.service.session import Session


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


def _start(session: Session, since: str | None) -> str:
    return beginning(since, ZoneInfo(session.settings().timezone))


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
    since = day_asked_for(question)
    if since is None:
        return None

    def answered(session: Session) -> ui.LayoutView:
        ids = [info.id for info in session.stories()]
        number = ids.index(story) + 1 if story in ids else 0
        return news_view(session, _start(session, since or None), story, 0, number, owner)

    try:
        return await service.read(server, answered)
    except DayToComeError as error:
        return panel(say_message(error.message), colour=AMBER)
    except (DateError, UsageError):
        return None
