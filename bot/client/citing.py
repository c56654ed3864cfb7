"""The button "Cite": a fact or a source in every form that people paste into something, ready to be copied.

It stands under the sources of a reply, under all sources, and under a fact that was opened. What is shown, and in which form,
stands in the custom ids: ``form:page:chosen:scope``, where the scope is a fact's revision (``F12@3``), the sources of a reply
(``R`` and its key) or all sources (``A`` and the number of their story, 0 for all), and ``chosen`` a source.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeAlias

from discord import ui

from bot.client import words
from bot.client.bot import Interaction
from bot.client.interactions import NUMBER, RouteButton, RouteChoice, RouteInput, read_for, route
from bot.client.panels import AMBER, BLUE, MAX_CHOICES, option, page_buttons, page_of, panel
from bot.client.permissions import Permission
from bot.client.sending import replace_message, respond_privately
from bot.client.story_scope import numbered_story
from bot.client.text import clean, inline, timestamp
from bot.errors import NotKnownError, SetupError
from bot.facts.models import Actor, FactRecord, Source, StoryInfo
from bot.formats.cite import CitedSource, cite_fact, cite_sources, has_words
from bot.formats.forms import DEFAULT_FORM, FORMS
from bot.languages import language, say
from bot.phrases import in_marks
from bot.presentation import wording
from bot.presentation.wording import page_number
from bot.service.session import Session

_REQUEST = rf"[^:]*:{NUMBER}:[^:]*:.*"  # the argument that a request is encoded in
_MAX_CITATION = 3400  # characters of a citation; Discord takes 4000 of a whole message
_REASON = 150  # characters of why a fact was withdrawn
_WHOLE = "fact"  # the choice of a fact itself, beside its sources
_MAX_CITATIONS = 100  # of one fact: more do not fit into a message, and formatting each takes a while
_CODE = {"bibtex": "bibtex", "csl-json": "json"}  # how Discord colours a format

Cite: TypeAlias = Callable[[str, Sequence[Actor], Sequence[Source]], str]
"""Cites something in a form, with the actors and the sources of its story."""


@dataclass(frozen=True, slots=True)
class CitationRequest:
    """What somebody wants to cite, in which form, and which page of the sources they see."""

    scope: str
    form: str = DEFAULT_FORM
    page: int = 0
    chosen: str = ""

    def encode(self) -> str:
        """Return the argument of a custom id."""
        return f"{self.form}:{self.page}:{self.chosen}:{self.scope}"

    @classmethod
    def decode(cls, argument: str) -> CitationRequest:
        """Read the argument of a custom id."""
        form, page, chosen, scope = argument.split(":", 3)
        return cls(scope, form if form in FORMS else DEFAULT_FORM, int(page), chosen)


def cite_button(scope: str) -> RouteButton:
    """Return the button that cites a fact's revision, the sources of a reply or all sources of a story."""
    return RouteButton("cite", scope, say(words.CITE))


def of_reply(key: str) -> str:
    """Return the scope of a reply's sources."""
    return f"R{key}"


def of_story(number: int) -> str:
    """Return the scope of all sources of the story with a number (see `StoryScope.number`); 0: of all stories."""
    return f"A{number}"


_ALL_SOURCES = re.compile(rf"A({NUMBER})?")  # older buttons have no number


@route("cite", Permission.ANYONE, send=respond_privately)
async def _open(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Show what can be cited, for one person alone."""
    return await read_for(interaction, _panel, CitationRequest(given.argument))


@route("cite-as", Permission.ANYONE, _REQUEST, send=replace_message)
@route("cite-page", Permission.ANYONE, _REQUEST, send=replace_message)
async def _change(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Show the same in another form, or other sources to choose from."""
    request = CitationRequest.decode(given.argument)
    return await read_for(interaction, _panel, replace(request, form=next(iter(given.values), request.form)))


@route("cite-source", Permission.ANYONE, _REQUEST, send=replace_message)
async def _source_chosen(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Cite another source."""
    request = replace(CitationRequest.decode(given.argument), chosen=next(iter(given.values), ""))
    return await read_for(interaction, _panel, request)


def _panel(session: Session, request: CitationRequest) -> ui.LayoutView:
    """Look up what is cited and cite it, with the forms and the other sources to choose from. Raises NotKnownError."""
    record = session.facts.show_named(request.scope) if request.scope.startswith("F") else None
    if record is not None and record.retracted:
        raise NotKnownError(say(words.RETRACTED))
    since = _Since()
    if of_all := _ALL_SOURCES.fullmatch(request.scope):
        story = numbered_story(session, int(of_all[1] or 0))
        sources = [(use.story, use.source) for use in session.sources(story=story)]
    else:
        facts = session.replies.load(request.scope[1:]).facts if record is None else (record,)
        since = _Since(words.left_out(sum(fact.retracted for fact in facts))) if record is None else _since(session, record)
        sources = [*dict.fromkeys((fact.story, source) for fact in facts if not fact.retracted for source in fact.sources)]
    first = record is None and not request.chosen  # the first source until one is chosen, unless a fact itself is cited
    match = next((pair for pair in sources if first or mark(*pair) == request.chosen), None)
    cite: Cite
    if match is not None:
        (info, source), request = match, replace(request, chosen=mark(*match))
        name, cite = in_marks(source.title), partial(_cite_source, CitedSource(source), info.language)
    elif record is not None:
        info, name, cite = record.story, record.ref, partial(_cite_fact, record)
    else:
        raise NotKnownError(say(words.GONE))
    if match is None and len(record.fact.citations if record else ()) > _MAX_CITATIONS:
        shown = say(words.TOO_LONG)
    else:
        mark_of_fact = since.withdrawn if match is None and has_words(request.form) else ""
        shown = _to_copy(session, info, request.form, cite, mark_of_fact)
    text = f"### {say('Cite {name}', name=inline(name, 150))}\n{shown}"
    options = [option(name, form, default=form == request.form) for form, name in FORMS.items()]
    forms = RouteChoice("cite-as", request.encode(), options=options, placeholder=say("Another format"))
    choice = _choice(request, sources) if len(sources) > 1 else ()
    return panel([since.note, text], [forms], *choice, colour=AMBER if since.note else BLUE)


def _cite_source(cited: CitedSource, written_in: str, form: str, actors: Sequence[Actor], others: Sequence[Source]) -> str:
    return cite_sources([cited], form, actors, others, language=language(), written_in=written_in)


def _cite_fact(record: FactRecord, form: str, actors: Sequence[Actor], others: Sequence[Source]) -> str:
    return cite_fact(record, form, actors, others, language=language())


def _to_copy(session: Session, info: StoryInfo, form: str, cite: Cite, first: str) -> str:
    """Return a citation to be copied, below a ``first`` line that is copied with it; or why there is none."""
    actors = [actor.actor for actor in session.actors(info.id)]
    others = [use.source for use in session.sources_in_order(info.id)]
    try:
        text = "\n\n".join(filter(None, (first, cite(form, actors, others))))
    except SetupError:
        return say(words.NO_STYLES)
    shown = code_block(text, _CODE.get(form, ""))
    return say(words.TOO_LONG) if len(shown) > _MAX_CITATION else f"{shown}\n-# {say(words.COPY)}"


@dataclass(frozen=True, slots=True)
class _Since:
    """What became of a fact since the revision that is cited: a note above it, and the line that marks what was withdrawn."""

    note: str = ""
    withdrawn: str = ""


def _since(session: Session, record: FactRecord) -> _Since:
    """Return what became of a fact since the revision in ``record``."""
    now = session.facts.show(record.number)
    if now.retracted:
        step = session.facts.history(record.number)[-1]
        why = step.reason or ""
        sentence = wording.WITHDRAWN_BECAUSE if why else wording.WITHDRAWN
        note = f"**{say(words.RETRACTED)}** {say(sentence, when=timestamp(step.at), reason=inline(why, _REASON))}"
        return _Since(note, clean(wording.withdrawal(record.ref, step)))
    if now.revision != record.revision:
        return _Since(f"-# {say('This is how it was; it is {ref} now.', ref=now.ref)}")
    return _Since()


def mark(story: StoryInfo, source: Source) -> str:
    """Return a short sign for a source, for use in a custom id, in which its own id may not fit."""
    return hashlib.sha256(f"{story.id}\n{source.id}".encode("utf-8", "surrogatepass")).hexdigest()[:10]


def code_block(text: str, language: str = "") -> str:
    """Return text in a code block, with invisible characters inside anything that Discord would take for the block's end."""
    safe = re.sub("`(?=``)", "`\N{ZERO WIDTH SPACE}", text)
    return f"```{language}\n{safe}\n```"


def _choice(request: CitationRequest, sources: Sequence[tuple[StoryInfo, Source]]) -> tuple[Sequence[ui.Item[Any]], ...]:
    """Return the list of sources to choose from, and the buttons to its other pages."""
    whole = []
    if request.scope.startswith("F"):
        whole.append(option(request.scope, _WHOLE, default=request.chosen in ("", _WHOLE)))
    shown, page, pages = page_of(sources, request.page, MAX_CHOICES - len(whole))
    options = [
        option(source.title, mark(story, source), source.publisher or "", default=mark(story, source) == request.chosen)
        for story, source in shown
    ]
    current = replace(request, page=page).encode()
    choice = RouteChoice("cite-source", current, options=[*whole, *options], placeholder=say("Choose a source to cite"))
    number = "".join(f" ({text})" for text in page_number(page, pages))
    return [choice], page_buttons("cite-page", page, pages, lambda to: replace(request, page=to).encode(), number=number)
