"""The button "Cite": a fact or a source in every form that people paste into something, ready to be copied.

It stands under the sources of a reply, under all sources, and under a fact that was opened. What is shown, and in which form,
stands in the custom ids: ``form:page:chosen:scope``, where the scope is a fact's revision (``F12@3``), the sources of a reply
(``R`` and its key) or all sources (``A``), and ``chosen`` a source.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import discord
from discord import ui

from bot.client import words
from bot.client.bot import Interaction
from bot.client.interactions import RouteButton, RouteChoice, RouteInput, route, run_to_end
from bot.client.panels import BLUE, MOST_CHOICES, page_buttons, page_of, panel
from bot.client.permissions import Permission
from bot.client.sending import replace_message, respond
from bot.client.text import inline, label
from bot.client.words import RETRACTED, page_number
from bot.errors import NotKnownError, SetupError
from bot.facts.models import FactRecord, Source, Story, StoryInfo
from bot.formats.cite import FORMS, CitedPlace, cite_fact, cite_sources, places_of
from bot.presentation.languages import say
from bot.service.session import Session

_FIRST = "apa"
_MOST = 3400  # characters of a citation; Discord takes 4000 of a whole message
_WHOLE = "fact"  # the choice of a fact itself, beside its sources
_CODE = {"bibtex": "bibtex", "csl-json": "json"}  # how Discord colours a format


@dataclass(frozen=True, slots=True)
class CitationRequest:
    """What somebody wants to cite, in which form, and which page of the sources they see."""

    scope: str
    form: str = _FIRST
    page: int = 0
    chosen: str = ""

    def encode(self) -> str:
        """Return the argument of a custom id."""
        return f"{self.form}:{self.page}:{self.chosen}:{self.scope}"

    @classmethod
    def decode(cls, argument: str) -> CitationRequest:
        """Read the argument of a custom id."""
        form, page, chosen, scope = argument.split(":", 3)
        return cls(scope, form if form in FORMS else _FIRST, int(page), chosen)


@dataclass(frozen=True, slots=True)
class CitedText:
    """What is shown: the sources to choose from, what is cited by its name, and its citation; "" where that cannot be made."""

    wish: CitationRequest
    sources: tuple[tuple[StoryInfo, Source], ...]
    name: str
    text: str


def cite_button(scope: str) -> RouteButton:
    """Return the button that cites a fact's revision, the sources of a reply or all sources."""
    return RouteButton("cite", scope, say(words.CITE))


def of_reply(key: str) -> str:
    """Return the scope of a reply's sources."""
    return f"R{key}"


ALL = "A"


@route("cite", Permission.ANYONE)
async def _open(interaction: Interaction, given: RouteInput) -> None:
    """Show what can be cited, for one person alone."""
    await respond(interaction, _shown(interaction, CitationRequest(given.argument)), private=True)


@route("cite-as", Permission.ANYONE)
async def _form_chosen(interaction: Interaction, given: RouteInput) -> None:
    """Show the same in another form."""
    wish = CitationRequest.decode(given.argument)
    await replace_message(interaction, _shown(interaction, replace(wish, form=next(iter(given.values), wish.form))))


@route("cite-source", Permission.ANYONE)
async def _source_chosen(interaction: Interaction, given: RouteInput) -> None:
    """Cite another source."""
    wish = CitationRequest.decode(given.argument)
    await replace_message(interaction, _shown(interaction, replace(wish, chosen=next(iter(given.values), ""))))


@route("cite-page", Permission.ANYONE)
async def _turn(interaction: Interaction, given: RouteInput) -> None:
    """Show other sources to choose from."""
    await replace_message(interaction, _shown(interaction, CitationRequest.decode(given.argument)))


async def _shown(interaction: Interaction, wish: CitationRequest) -> ui.LayoutView:
    return citation_panel(await run_to_end(interaction, _cited, wish))


def _cited(session: Session, wish: CitationRequest) -> CitedText:
    """Look up what is cited and cite it. Raises NotKnownError."""
    if wish.scope.startswith("F"):
        record = session.facts.show_named(wish.scope)
        if record.retracted:
            raise NotKnownError(say(RETRACTED))
        return _fact(session, wish, record)
    sources = _sources(session, wish.scope)
    found = next((each for each in sources if wish.chosen in ("", mark(*each))), None)  # at first the one that stands first
    if found is None:
        raise NotKnownError(say(words.GONE))
    story = session.story(found[0].id)
    wish = replace(wish, chosen=mark(*found))
    return CitedText(wish, sources, f"“{found[1].title}”", _cited_source(found[1], wish, story))


def _fact(session: Session, wish: CitationRequest, record: FactRecord) -> CitedText:
    story = session.story(record.story.id)
    sources = tuple((record.story, source) for source in dict.fromkeys(place.source for place in places_of(record)))
    found = next((each for each in sources if mark(*each) == wish.chosen), None)
    if found is not None:
        return CitedText(wish, sources, f"“{found[1].title}”", _cited_source(found[1], wish, story))
    return CitedText(wish, sources, record.ref, _made(lambda: cite_fact(record, wish.form, story.actors, story.sources)))


def _cited_source(source: Source, wish: CitationRequest, story: Story) -> str:
    return _made(lambda: cite_sources([CitedPlace(source)], wish.form, story.actors, story.sources))


def _made(make: Any) -> str:
    """Make a citation; "" where the styles are not installed."""
    try:
        return str(make())
    except SetupError:
        return ""


def _sources(session: Session, scope: str) -> tuple[tuple[StoryInfo, Source], ...]:
    if scope == ALL:
        return tuple((use.story, use.source) for use in session.sources())
    records = (record for record in session.replies.load(scope[1:]).facts if not record.retracted)
    return tuple(dict.fromkeys((record.story, source) for record in records for source in record.sources))


def mark(story: StoryInfo, source: Source) -> str:
    """Return a short sign for a source, to stand in a custom id, where its own id may not fit."""
    return hashlib.sha256(f"{story.id}\n{source.id}".encode("utf-8", "surrogatepass")).hexdigest()[:10]


def citation_panel(citing: CitedText) -> ui.LayoutView:
    """Return a citation in a code block, with the forms and the other sources to choose from."""
    options = [discord.SelectOption(label=name, value=form, default=form == citing.wish.form) for form, name in FORMS.items()]
    forms = RouteChoice("cite-as", citing.wish.encode(), options=options, placeholder=say(words.CHOOSE_FORM))
    return panel(_text(citing), [forms], *(_choice(citing) if len(citing.sources) > 1 else ()), colour=BLUE)


def _text(citing: CitedText) -> str:
    title = f"### {say(words.CITE_TITLE, name=inline(citing.name, 150))}"
    if not citing.text:
        return f"{title}\n{say(words.NO_STYLES)}"
    shown = code_block(citing.text, _CODE.get(citing.wish.form, ""))
    return f"{title}\n{say(words.TOO_LONG)}" if len(shown) > _MOST else f"{title}\n{shown}\n-# {say(words.COPY)}"


def code_block(text: str, language: str = "") -> str:
    """Return text in a code block, in which Discord reads nothing but its end; that is parted by signs that nobody sees."""
    safe = re.sub("`(?=``)", "`\N{ZERO WIDTH SPACE}", text)
    return f"```{language}\n{safe}\n```"


def _choice(citing: CitedText) -> tuple[Sequence[ui.Item[Any]], ...]:
    """Return the list of sources to choose from, and the buttons to its other pages."""
    wish = citing.wish
    whole = []
    if wish.scope.startswith("F"):
        whole.append(discord.SelectOption(label=wish.scope, value=_WHOLE, default=wish.chosen in ("", _WHOLE)))
    shown, page, pages = page_of(citing.sources, wish.page, MOST_CHOICES - len(whole))
    options = [
        discord.SelectOption(
            label=label(source.title, 100),
            value=mark(story, source),
            description=label(source.publisher, 100) if source.publisher else None,
            default=mark(story, source) == wish.chosen,
        )
        for story, source in shown
    ]
    here = replace(wish, page=page).encode()
    choice = RouteChoice("cite-source", here, options=[*whole, *options], placeholder=say(words.CHOOSE_SOURCE))
    number = f" ({page_number(page, pages)})"
    return [choice], page_buttons("cite-page", page, pages, lambda to: replace(wish, page=to).encode(), number=number)
