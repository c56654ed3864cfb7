"""The form of a fact: how it is filled in from a typed fact, and how what was typed becomes one again."""

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
from bot.client.forms.flow import FormKind
from bot.client.interactions import RouteInput, read_for
from bot.client.panels import CHOICE_LENGTH, option
from bot.client.words import SOURCE_TYPES, source_type
from bot.editing.form_fields import read_citation
from bot.editing.typed_fact import TypedFact
from bot.facts.models import Source
from bot.languages import say
from bot.presentation.wording import published
from bot.service.session import Session

_SOURCES = TextField("cite", words.SOURCES, long=True)
_OFFERED = 24  # sources
_LOCATOR_ALONE = re.compile(r"\s*(?:#|¶|\d|[a-z]{1,11}\.?\s*\d)", re.IGNORECASE)


class TypedFactForm(FormKind[TypedFact]):
    """A kind of form that describes a fact.

    Its fields are text, date, place (where or how), source and cite; for an edited fact, whose sources are all text, it has
    reason instead of source.
    """

    content = TypedFact

    def title(self, content: TypedFact) -> str:
        """Head the form."""
        return fact_title(content)

    async def fields(self, interaction: Interaction, content: TypedFact) -> list[ui.Label[Any]]:
        """Return the fields, filled in."""
        fields = [
            TextField("text", words.TEXT[content.kind], required=True, long=True).shown(content.text),
            TextField("date", (*words.DATE[content.kind], words.DATE_EXAMPLE)).shown(content.date),
        ]
        if content.kind == "event":
            fields.append(TextField("place", words.WHERE).shown(content.where))
        elif content.kind == "quote":
            fields.append(TextField("place", words.CONTEXT).shown(content.context))
        if content.fact is None:
            sources = await read_for(interaction, _sources_to_choose, content.story, content.cite)
            return [*fields, *_source_fields(content.cite, sources)]
        return [*fields, _SOURCES.shown(content.cite), TextField("reason", words.REASON_OF_EDIT).shown(content.reason)]

    def filled(self, content: TypedFact, given: RouteInput) -> TypedFact:
        """Return the fact with what was typed into its form."""
        place = given.text("place")
        return replace(
            content,
            text=given.text("text"),
            date=given.text("date"),
            where=place if content.kind == "event" else content.where,
            context=place if content.kind == "quote" else content.context,
            cite=with_source(given.text("source"), given.text("cite")),
            reason=given.text("reason") if content.fact is not None else content.reason,
        )


def with_source(source: str, cite: str) -> str:
    """Join a chosen source with what was typed beside it: a place in it, or more sources, one per line."""
    if not source:
        return cite
    first, _, rest = cite.partition("\n")
    if not _LOCATOR_ALONE.match(first):
        return f"{source}\n{cite}" if cite.strip() else source
    locator = first.strip() if first.strip().startswith("#") else f" {first.strip()}"
    return f"{source}{locator}" + (f"\n{rest}" if rest.strip() else "")


def without_source(cite: str, sources: Sequence[Source]) -> tuple[str, str]:
    """Undo `with_source`: return the chosen source ("" if the first line names none of them) and the text beside it."""
    first, _, rest = cite.partition("\n")
    known = {source.id: source for source in sources}
    try:
        name = read_citation(first, known)[0]
    except ValueError:
        return "", cite
    if name not in known or not first.strip().startswith(name):
        return "", cite
    locator = first.strip()[len(name) :].strip()
    return name, "\n".join(filter(None, (locator, rest)))


def type_options(now: str) -> list[discord.SelectOption]:
    """Return the kinds of sources to choose from, with the one that a source has ``now``, however unusual."""
    names = dict.fromkeys([*SOURCE_TYPES, *([now] if now else [])])
    return [option(source_type(name).capitalize(), name[:CHOICE_LENGTH]) for name in names]


def source_option(source: Source) -> discord.SelectOption:
    """Return a source as a choice: its title, with who published it and when."""
    return option(source.title, source.id, ", ".join(published(source)))


def _source_fields(cite: str, sources: Sequence[Source]) -> list[ui.Label[Any]]:
    """Return the list of known sources and the field beside it, or the field alone if there is nothing to choose from."""
    offered = [source for source in sources if len(source.id) <= CHOICE_LENGTH]
    if not offered:
        return [_SOURCES.shown(cite)]
    chosen, rest = without_source(cite, offered)

    def options(_: str) -> list[discord.SelectOption]:
        return [*map(source_option, offered)]

    return [
        ChoiceField("source", words.SOURCE, options=options, placeholder=say(words.SOURCE_CHOICE)).shown(chosen),
        TextField("cite", words.LOCATOR, long=True).shown(rest),
    ]


def _sources_to_choose(session: Session, story: str, cite: str) -> tuple[Source, ...]:
    """Return the sources of a story that a form offers: those that are cited already, then the most used and the newest."""
    by_use = [use.source for use in session.sources(story=story)]
    in_order = [use.source for use in session.sources_in_order(story)]
    named = [source for source in in_order if cite.startswith(source.id)]
    turns = [source for pair in zip(by_use, reversed(in_order), strict=True) for source in pair]
    return tuple({source.id: source for source in (*named, *turns)}.values())[:_OFFERED]
