"""The button "Cite": a fact or a source in every form that people paste into something, ready to be copied.

It stands under the sources of a reply, under all sources, and under a fact that was opened. What is shown, and in which form,
stands in the custom ids: ``form:page:chosen:scope``, where the scope is a fact's revision (``F12@3``), the sources of a reply
(``R`` and its key) or all sources (``A``), and ``chosen`` a source.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from discord import ui

from bot.client import words
from bot.client.bot import Interaction
from bot.client.interactions import NUMBER, RouteButton, RouteChoice, RouteInput, route, run_to_end
from bot.client.panels import BLUE, MOST_CHOICES, option, page_buttons, page_of, panel
from bot.client.permissions import Permission
from bot.client.sending import replace_message, respond_privately
from bot.client.text import inline
from bot.errors import NotKnownError, SetupError
from bot.facts.models import Actor, Source, StoryInfo
from bot.formats.cite import FORMS, CitedPlace, cite_fact, cite_sources
from bot.presentation.languages import say
from bot.presentation.wording import in_marks, page_number
from bot.service.session import Session

_FIRST = "apa"
_REQUEST = rf"[^:]*:{NUMBER}:[^:]*:.*"  # the argument that a request is encoded in
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


def cite_button(scope: str) -> RouteButton:
    """Return the button that cites a fact's revision, the sources of a reply or all sources."""
    return RouteButton("cite", scope, say(words.CITE))


def of_reply(key: str) -> str:
    """Return the scope of a reply's sources."""
    return f"R{key}"


ALL = "A"


@route("cite", Permission.ANYONE, send=respond_privately)
async def _open(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Show what can be cited, for one person alone."""
    return await run_to_end(interaction, _panel, CitationRequest(given.argument))


@route("cite-as", Permission.ANYONE, _REQUEST, send=replace_message)
@route("cite-page", Permission.ANYONE, _REQUEST, send=replace_message)
async def _change(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Show the same in another form, or other sources to choose from."""
    request = CitationRequest.decode(given.argument)
    return await run_to_end(interaction, _panel, replace(request, form=next(iter(given.values), request.form)))


@route("cite-source", Permission.ANYONE, _REQUEST, send=replace_message)
async def _source_chosen(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Cite another source."""
    request = replace(CitationRequest.decode(given.argument), chosen=next(iter(given.values), ""))
    return await run_to_end(interaction, _panel, request)


def _panel(session: Session, request: CitationRequest) -> ui.LayoutView:
    """Look up what is cited and cite it, with the forms and the other sources to choose from. Raises NotKnownError."""
    record = session.facts.show_named(request.scope) if request.scope.startswith("F") else None
    if record is not None and record.retracted:
        raise NotKnownError(say(words.RETRACTED))
    if request.scope == ALL:
        sources = [(use.story, use.source) for use in session.sources()]
    else:
        facts = session.replies.load(request.scope[1:]).facts if record is None else (record,)
        sources = [*dict.fromkeys((each.story, source) for each in facts if not each.retracted for source in each.sources)]
    first = record is None and not request.chosen  # until one is chosen; a fact is cited itself
    found = next((each for each in sources if first or mark(*each) == request.chosen), None)
    cite: Callable[[str, Sequence[Actor], Sequence[Source]], str]
    if found is not None:
        (info, source), request = found, replace(request, chosen=mark(*found))
        name, cite = in_marks(source.title), partial(cite_sources, [CitedPlace(source)])
    elif record is not None:
        info, name, cite = record.story, record.ref, partial(cite_fact, record)
    else:
        raise NotKnownError(say(words.GONE))
    story = session.story(info.id)
    text = f"### {say('Cite {name}', name=inline(name, 150))}\n"
    try:
        shown = code_block(cite(request.form, story.actors, story.sources), _CODE.get(request.form, ""))
        text += say(words.TOO_LONG) if len(shown) > _MOST else f"{shown}\n-# {say(words.COPY)}"
    except SetupError:
        text += say(words.NO_STYLES)
    options = [option(name, form, default=form == request.form) for form, name in FORMS.items()]
    forms = RouteChoice("cite-as", request.encode(), options=options, placeholder=say("Another format"))
    return panel(text, [forms], *(_choice(request, sources) if len(sources) > 1 else ()), colour=BLUE)


def mark(story: StoryInfo, source: Source) -> str:
    """Return a short sign for a source, to stand in a custom id, where its own id may not fit."""
    return hashlib.sha256(f"{story.id}\n{source.id}".encode("utf-8", "surrogatepass")).hexdigest()[:10]


def code_block(text: str, language: str = "") -> str:
    """Return text in a code block, in which Discord reads nothing but its end; that is parted by signs that nobody sees."""
    safe = re.sub("`(?=``)", "`\N{ZERO WIDTH SPACE}", text)
    return f"```{language}\n{safe}\n```"


def _choice(request: CitationRequest, sources: Sequence[tuple[StoryInfo, Source]]) -> tuple[Sequence[ui.Item[Any]], ...]:
    """Return the list of sources to choose from, and the buttons to its other pages."""
    whole = []
    if request.scope.startswith("F"):
        whole.append(option(request.scope, _WHOLE, default=request.chosen in ("", _WHOLE)))
    shown, page, pages = page_of(sources, request.page, MOST_CHOICES - len(whole))
    options = [
        option(source.title, mark(story, source), source.publisher or "", default=mark(story, source) == request.chosen)
        for story, source in shown
    ]
    current = replace(request, page=page).encode()
    choice = RouteChoice("cite-source", current, options=[*whole, *options], placeholder=say("Choose a source to cite"))
    number = "".join(f" ({each})" for each in page_number(page, pages))
    return [choice], page_buttons("cite-page", page, pages, lambda to: replace(request, page=to).encode(), number=number)
