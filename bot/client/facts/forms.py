"""The form of a fact, filled in from a draft, and how what was typed in it becomes a draft again. Any route may show it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import discord
from discord import ui

from bot.client.bot import Interaction
from bot.client.facts import words
from bot.client.facts.views import fact_title
from bot.client.forms.fields import ChoiceField, TextField
from bot.client.interactions import Form, RouteInput, run_to_end
from bot.client.panels import CHOICE_LENGTH, option
from bot.client.sending import send_form
from bot.editing.draft import Draft
from bot.editing.form_fields import read_citation
from bot.facts.models import Source
from bot.presentation.languages import say
from bot.presentation.wording import published
from bot.service.session import Session

_SOURCES = TextField("cite", words.SOURCES, long=True)
_OFFERED = 24  # sources
_PLACE_ALONE = re.compile(r"\s*(?:#|¶|\d|[a-z]{1,11}\.?\s*\d)", re.IGNORECASE)


async def send_fact_form(interaction: Interaction, route: str, argument: object, draft: Draft, title: str = "") -> None:
    """Open the form of a draft, filled in, under a title of its own if given.

    The fields are text, date, place (where or how), source and cite; of an edited fact, which has its sources as text, reason in
    the place of source.
    """
    fields = [
        TextField("text", words.TEXT[draft.kind], required=True, long=True).shown(draft.text),
        TextField("date", (*words.DATE[draft.kind], words.DATE_EXAMPLE)).shown(draft.date),
    ]
    if draft.kind == "event":
        fields.append(TextField("place", words.WHERE).shown(draft.where))
    elif draft.kind == "quote":
        fields.append(TextField("place", words.CONTEXT).shown(draft.context))
    if draft.fact is None:
        fields += _source_fields(draft.cite, await run_to_end(interaction, _sources_to_choose, draft.story, draft.cite))
    else:
        fields.append(_SOURCES.shown(draft.cite))
        fields.append(TextField("reason", words.REASON_OF_EDIT).shown(draft.reason))
    await send_form(interaction, Form(route, argument, title or fact_title(draft), fields))


def filled(draft: Draft, given: RouteInput) -> Draft:
    """Return a draft with what was typed into its form; what the form did not ask for stays."""
    place = given.text("place")
    source, cite = given.text("source"), given.text("cite")
    return replace(
        draft,
        text=given.text("text"),
        date=given.text("date"),
        where=place if draft.kind == "event" else draft.where,
        context=place if draft.kind == "quote" else draft.context,
        cite=with_source(source, cite),
        reason=given.text("reason") if draft.fact is not None else draft.reason,
    )


def with_source(source: str, cite: str) -> str:
    """Join a chosen source with what was typed beside it: a place in it, or more sources, one a line."""
    if not source:
        return cite
    first, _, rest = cite.partition("\n")
    if not _PLACE_ALONE.match(first):
        return f"{source}\n{cite}" if cite.strip() else source
    place = first.strip() if first.strip().startswith("#") else f" {first.strip()}"
    return f"{source}{place}" + (f"\n{rest}" if rest.strip() else "")


def without_source(cite: str, sources: Sequence[Source]) -> tuple[str, str]:
    """Take `with_source` apart again: the chosen source ("" where the first line names none of them) and the text beside it."""
    first, _, rest = cite.partition("\n")
    known = {source.id: source for source in sources}
    try:
        name = read_citation(first, known)[0]
    except ValueError:
        return "", cite
    if name not in known or not first.strip().startswith(name):
        return "", cite
    place = first.strip()[len(name) :].strip()
    return name, "\n".join(filter(None, (place, rest)))


def source_option(source: Source) -> discord.SelectOption:
    """Return a source as a choice: its title, with who published it and when."""
    return option(source.title, source.id, ", ".join(published(source)))


def _source_fields(cite: str, sources: Sequence[Source]) -> list[ui.Label[Any]]:
    """Return the list of known sources and the field beside it, or the field alone where there is nothing to choose from."""
    offered = [each for each in sources if len(each.id) <= CHOICE_LENGTH]
    if not offered:
        return [_SOURCES.shown(cite)]
    source, rest = without_source(cite, offered)

    def options(_: str) -> list[discord.SelectOption]:
        return [*map(source_option, offered)]

    return [
        ChoiceField("source", words.SOURCE, options=options, placeholder=say(words.SOURCE_CHOICE)).shown(source),
        TextField("cite", words.PLACE, long=True).shown(rest),
    ]


def _sources_to_choose(session: Session, story: str, cite: str) -> tuple[Source, ...]:
    """Return the sources of a story that a form offers: those that are cited already, then the most used and the newest."""
    by_use = [use.source for use in session.sources(story=story)]
    in_order = [use.source for use in session.sources_in_order(story)]
    named = [source for source in in_order if cite.startswith(source.id)]
    turns = [source for pair in zip(by_use, reversed(in_order), strict=True) for source in pair]
    return tuple({source.id: source for source in (*named, *turns)}.values())[:_OFFERED]
