"""What each side says of an event: everybody in their own words with their own source, never one sentence made of several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from discord import ButtonStyle, Colour, ui

from bot import wording
from bot.client import words
from bot.client.authority import Who
from bot.client.citations import Numbering, source_lines
from bot.client.fact_text import fact_text
from bot.client.routes import Given, Interaction, RouteButton, route
from bot.client.sending import replace_message, respond, server_of
from bot.client.text import inline
from bot.facts.models import FactRecord
from bot.facts.voices import Side, Sides
from bot.language import say
from bot.service import SidesOf

_BLUE = Colour(0x3B82F6)
_PAGE, _MOST_PARTS = 3200, 12
_FACT, _SOURCES, _NAME = 700, 500, 100
_MOST_NAMES = 6


def sides_button(sides: SidesOf) -> RouteButton:
    """Return the button that shows what each side says of an event, or had said by a day."""
    return RouteButton("sides", _argument(sides.event, 0, sides.day), say(words.SIDES))


def _argument(event: int, page: int, day: int | None) -> str:
    return f"{event}:{page}" if day is None else f"{event}:{page}:{day}"


@route("sides", Who.ANYONE)
async def open_sides(interaction: Interaction, given: Given) -> None:
    """Show what each side says, for one person alone."""
    await respond(interaction, _view(interaction, given), private=True)


@route("sides-page", Who.ANYONE)
async def turn_sides(interaction: Interaction, given: Given) -> None:
    """Show another page of it in its place."""
    await replace_message(interaction, _view(interaction, given))


async def _view(interaction: Interaction, given: Given) -> ui.LayoutView:
    event, page, *days = map(int, given.argument.split(":"))
    day = days[0] if days else None
    sides = await interaction.client.service.sides(server_of(interaction), event, day)
    return sides_panel(sides, page, day)


def sides_panel(sides: Sides, page: int, day: int | None = None) -> ui.LayoutView:
    """Return a page of what each side says, headed by the event, and by the day as of which it is, if any."""
    numbering = Numbering([sides.event, *(record for side in sides.sides for record in side.facts)])
    head = f"### {say(words.SIDES)}\n{_with_source(sides.event, numbering)}\n-# {say(words.SIDES_NOTE)}"
    head += f"\n-# {wording.told_by(day)}" if day is not None else ""
    pages = _pages(len(head), list(_parts(sides.sides, numbering)))
    page = min(max(page, 0), len(pages) - 1)
    container: ui.Container[Any] = ui.Container(ui.TextDisplay(head), accent_colour=_BLUE)
    for part in pages[page]:
        container.add_item(ui.Separator()).add_item(ui.TextDisplay(part))
    view = ui.LayoutView(timeout=None).add_item(container)
    if len(pages) > 1:
        container.add_item(ui.TextDisplay(f"-# {words.page_number(page, len(pages))}"))
        number = sides.event.number
        view.add_item(
            ui.ActionRow(
                RouteButton("sides-page", _argument(number, page - 1, day), say(words.PREVIOUS), disabled=page == 0),
                RouteButton(
                    "sides-page",
                    _argument(number, page + 1, day),
                    say(words.NEXT),
                    style=ButtonStyle.primary,
                    disabled=page == len(pages) - 1,
                ),
            )
        )
    return view


def _parts(sides: Sequence[Side], numbering: Numbering) -> Iterator[str]:
    """Yield the words of each side, the first of them under its name."""
    for side in sides:
        name = _name(side)
        for number, record in enumerate(side.facts):
            text = _with_source(record, numbering, introduced=number > 0)
            yield text if number else f"**{name}**\n{text}"


def _name(side: Side) -> str:
    names = wording.listed([inline(actor.name, _NAME) for actor in side.speakers[:_MOST_NAMES]])
    return names or inline(side.publisher, _NAME)


def _with_source(record: FactRecord, numbering: Numbering, *, introduced: bool = True) -> str:
    """Return a fact with the sources of it alone below it."""
    text = fact_text(record, numbering.marks(record), _FACT, introduced=record.speakers if introduced else ())
    sources = source_lines(numbering.of([record]), _SOURCES)
    # Words that follow a quotation at once are taken into it by some apps.
    return "\n".join([text, *([""] if record.fact.kind == "quote" and sources else []), *([sources] if sources else [])])


def _pages(head: int, parts: Sequence[str]) -> list[list[str]]:
    pages: list[list[str]] = [[]]
    for part in parts:
        full = head + sum(map(len, pages[-1])) + len(part) > _PAGE or len(pages[-1]) == _MOST_PARTS
        if pages[-1] and full:
            pages.append([part])
        else:
            pages[-1].append(part)
    return pages
