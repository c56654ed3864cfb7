"""What each side says about an event: everybody in their own words, each with its source, never one sentence made of several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from discord import ui

from bot.client import words
from bot.client.bot import Interaction
from bot.client.fact_text import Numbering, fact_text, source_lines
from bot.client.interactions import NUMBER, RouteButton, RouteInput, route, run_with_deadline
from bot.client.panels import BLUE, page_buttons, panel
from bot.client.permissions import Permission
from bot.client.sending import replace_message, respond_privately
from bot.client.text import inline
from bot.facts.speakers import EventSides, Side
from bot.presentation import wording
from bot.presentation.languages import say
from bot.service.facts import SidesOf

_PAGE, _MOST_SIDES = 2600, 12  # characters of the words of all sides; their sources come on top
_FACT, _SOURCES, _NAME = 700, 1100, 100
_MOST_NAMES = 6
_EVENT = rf"{NUMBER}:{NUMBER}(:-?{NUMBER})?"  # the argument of its buttons: event, page, and the day as of which it is


def sides_button(sides: SidesOf) -> RouteButton:
    """Return the button that shows what each side says of an event, or had said by a day."""
    return RouteButton("sides", _argument(sides.event, 0, sides.day), say(words.SIDES))


def _argument(event: int, page: int, day: int | None) -> str:
    return f"{event}:{page}" if day is None else f"{event}:{page}:{day}"


@route("sides", Permission.ANYONE, _EVENT, send=respond_privately)
@route("sides-page", Permission.ANYONE, _EVENT, send=replace_message)
async def open_sides(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Show what each side says, for one person alone, or another page of it in its place."""
    event, page, *days = map(int, given.argument.split(":"))
    day = days[0] if days else None
    sides = await run_with_deadline(interaction, lambda session: session.facts.sides_of(event, day))
    return sides_panel(sides, page, day)


def sides_panel(sides: EventSides, page: int, day: int | None = None) -> ui.LayoutView:
    """Return a page of what each side says, headed by the event, and by the day as of which it is, if any."""
    numbering = Numbering([sides.event, *(record for side in sides.sides for record in side.facts)])
    as_of = f"\n-# {wording.as_of_day(day)}" if day is not None else ""
    head = f"### {say(words.SIDES)}\n-# {say(words.SIDES_NOTE)}{as_of}"
    event = fact_text(sides.event, numbering.marks(sides.event), _FACT)
    pages = _pages(len(head) + len(event), sides.sides, numbering)
    page = min(max(page, 0), len(pages) - 1)
    shown = [sides.event, *(record for side in pages[page] for record in side.facts)]
    sources = source_lines(numbering.of(shown), _SOURCES)
    turning = page_buttons("sides-page", page, len(pages), lambda to: _argument(sides.event.number, to, day))
    foot = words.page_foot(page, len(pages))
    return panel([(head, event), *_parts(pages[page], numbering), sources, foot], turning, colour=BLUE)


def _pages(head: int, sides: Sequence[Side], numbering: Numbering) -> list[list[Side]]:
    """Deal the words of all sides out on pages; a side that goes on on the next one is there with what is left of it."""
    pages: list[list[Side]] = [[]]
    for side in sides:
        begun = False
        for record in side.facts:
            last = pages[-1][-1] if begun else replace(side, facts=())
            before = pages[-1][:-1] if begun else pages[-1]
            tried = [*before, replace(last, facts=(*last.facts, record))]
            full = len(tried) > _MOST_SIDES or head + sum(map(len, _parts(tried, numbering))) > _PAGE
            if pages[-1] and full:
                pages.append([replace(side, facts=(record,))])
            else:
                pages[-1] = tried
            begun = True
    return pages


def _parts(sides: Sequence[Side], numbering: Numbering) -> list[str]:
    """Return the words of each side under its name."""
    # Words that follow a quotation at once are taken into it by some apps.
    return [f"**{_name(side)}**\n" + "\n\n".join(_words(side, numbering)) for side in sides]


def _words(side: Side, numbering: Numbering) -> Iterator[str]:
    """Yield what a side says, with its role where it speaks first."""
    for number, record in enumerate(side.facts):
        yield fact_text(record, numbering.marks(record), _FACT, introduced=record.speakers if number else ())


def _name(side: Side) -> str:
    names = wording.listed([inline(actor.name, _NAME) for actor in side.speakers[:_MOST_NAMES]])
    return names or inline(side.publisher, _NAME)
