"""**Share** under what shows facts: their permanent pages, where their story is on the web."""

from __future__ import annotations

from collections.abc import Sequence

from discord import ui

from bot.client.bot import Interaction
from bot.client.fact_text import summary
from bot.client.interactions import NUMBER, RouteButton, RouteInput, read_for, route
from bot.client.panels import AMBER, BLUE, panel
from bot.client.permissions import Permission
from bot.client.sending import respond_privately
from bot.client.sites import words
from bot.languages import say
from bot.service.session import Session

_MAX_FACTS = 8  # the facts of one page of a reply; more numbers have no room in a custom id
_TEXT = 150


def share_buttons(numbers: Sequence[int]) -> list[RouteButton]:
    """Return the button that gives the pages of facts that have one, given by their numbers; none where there is none."""
    argument = ".".join(map(str, numbers[:_MAX_FACTS]))
    return [RouteButton("share", argument, say(words.SHARE))] if numbers else []


@route("share", Permission.ANYONE, rf"{NUMBER}(\.{NUMBER}){{0,{_MAX_FACTS - 1}}}", send=respond_privately)
async def share(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Give the pages of facts, to one person alone."""
    return await read_for(interaction, _pages, tuple(map(int, given.argument.split("."))))


def _pages(session: Session, numbers: Sequence[int]) -> ui.LayoutView:
    pages = [(record, session.sites.page_of(record)) for record in session.facts.select(numbers)]
    shown = [f"{summary(record, _TEXT)}\n<{page}>" for record, page in pages if page]
    return panel([say(words.PAGES), *shown], colour=BLUE) if shown else panel(say(words.NO_PAGE), colour=AMBER)
