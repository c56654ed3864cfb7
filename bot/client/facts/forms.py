"""The form of a fact, and how what was typed in it becomes a draft again, stored before anything else is done with it.

Any route may show the form: it is filled in from a draft. A draft is found by its key, by its owner alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import discord
from discord import ui

from bot.client.bot import Interaction
from bot.client.facts import words
from bot.client.interactions import Form, RouteInput, run_to_end
from bot.client.panels import CHOICE_LENGTH, MOST_CHOICES, option
from bot.client.permissions import signature
from bot.client.sending import send_form
from bot.client.text import label, one_line
from bot.editing.draft import Draft
from bot.editing.form_fields import read_citation
from bot.facts.models import Source
from bot.presentation.languages import say
from bot.presentation.wording import published
from bot.service.session import Session

MOST_TYPED = 4000  # characters that Discord takes in one field
_SHORT = 300
_OFFERED = 24  # sources
_PLACE_ALONE = re.compile(r"\s*(?:#|¶|\d|[a-z]{1,11}\.?\s*\d)", re.IGNORECASE)


async def send_fact_form(interaction: Interaction, route: str, argument: object, draft: Draft, title: str = "") -> None:
    """Open the form of a draft, filled in, under a title of its own if given."""
    sources = await run_to_end(interaction, _sources_to_choose, draft.story, draft.cite) if draft.fact is None else ()
    await send_form(interaction, Form(route, argument, title or fact_title(draft), _fields(draft, sources)))


def _fields(draft: Draft, sources: Sequence[Source]) -> list[ui.Label[Any]]:
    """Return the fields of a fact. ``sources`` are those to choose from; an edited fact has its sources as text.

    The fields are text, date, place (where or how), source and cite; of an edited fact reason in the place of source.
    """
    text = words.TEXT[draft.kind]
    date = words.DATE[draft.kind]
    fields = [
        typed("text", text, draft.text, long=True, required=True),
        typed("date", (*date, say(words.DATE_EXAMPLE)), draft.date),
    ]
    if draft.kind == "event":
        fields.append(typed("place", words.WHERE, draft.where))
    elif draft.kind == "quote":
        fields.append(typed("place", words.CONTEXT, draft.context))
    if draft.fact is not None:
        fields.append(typed("cite", words.SOURCES, draft.cite, long=True))
        fields.append(typed("reason", words.REASON_OF_EDIT, draft.reason))
    else:
        fields += _source_fields(draft.cite, sources)
    return fields


def fact_title(draft: Draft) -> str:
    """Head the form or the preview of a draft: ``New quote``, ``Change F12``."""
    return say(words.NEW[draft.kind]) if draft.fact is None else say(words.CHANGE, number=draft.fact)


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


def typed(
    name: str, asked: tuple[str, str, str], value: str, *, long: bool = False, required: bool = False, most: int = 0
) -> ui.Label[Any]:
    """Return a field to type into: ``asked`` is its label, what to write, and an example."""
    title, description, example = map(say, asked)
    most = most or (MOST_TYPED if long else _SHORT)
    return ui.Label(
        text=title,
        description=description,
        component=ui.TextInput(
            custom_id=name,
            style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
            default=(value if long else one_line(value))[:MOST_TYPED] or None,
            placeholder=label(example, 100),
            required=required,
            max_length=min(max(most, len(value)), MOST_TYPED),
        ),
    )


def chosen(
    name: str,
    asked: tuple[str, str],
    options: Sequence[discord.SelectOption],
    value: str,
    *,
    required: bool = False,
    placeholder: str | None = None,
) -> ui.Label[Any]:
    """Return a field to choose from."""
    for each in options:
        each.default = each.value == value
    title, description = map(say, asked)
    select: ui.Select[Any] = ui.Select(
        custom_id=name,
        options=list(options[:MOST_CHOICES]),
        required=required,
        min_values=1 if required else 0,
        placeholder=placeholder,
    )
    return ui.Label(text=title, description=description, component=select)


def source_option(source: Source) -> discord.SelectOption:
    """Return a source as a choice: its title, with who published it and when."""
    return option(source.title, source.id, ", ".join(published(source)))


def _source_fields(cite: str, sources: Sequence[Source]) -> list[ui.Label[Any]]:
    """Return the list of known sources and the field beside it, or the field alone where there is nothing to choose from."""
    options = [source_option(each) for each in sources if len(each.id) <= CHOICE_LENGTH][:MOST_CHOICES]
    if not options:
        return [typed("cite", words.SOURCES, cite, long=True)]
    offered = {option.value for option in options}
    source, rest = without_source(cite, [each for each in sources if each.id in offered])
    return [
        chosen("source", words.SOURCE, options, source, placeholder=say(words.SOURCE_CHOICE)),
        typed("cite", words.PLACE, rest, long=True),
    ]


def _sources_to_choose(session: Session, story: str, cite: str = "") -> tuple[Source, ...]:
    """Return the sources of a story that a form offers: those that are cited already, then the most used and the newest."""
    by_use = [use.source for use in session.sources(story=story)]
    in_order = [use.source for use in session.sources_in_order(story)]
    named = [source for source in in_order if cite.startswith(source.id)]
    turns = [source for pair in zip(by_use, reversed(in_order), strict=True) for source in pair]
    return tuple({source.id: source for source in (*named, *turns)}.values())[:_OFFERED]


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft and the key under which it is stored."""

    key: str
    draft: Draft

    @property
    def idempotency_key(self) -> str:
        """Names the intention to do what the draft says now."""
        return idempotency_key("draft", self.key, self.draft.encode())


def idempotency_key(kind: str, key: str, content: str) -> str:
    """Name the intention to do what a stored form says now: pressed twice it is done once, but another text is another."""
    return f"{kind} {key} {hashlib.sha256(content.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


async def store_draft(interaction: Interaction, draft: Draft, key: str | None = None) -> StoredDraft:
    """Store a draft, in the place of the one under ``key`` if given."""
    return StoredDraft(await store_text(interaction, draft.encode(), key), draft)


async def load_draft(interaction: Interaction, key: str) -> StoredDraft:
    """Return the draft that is stored under a key. Raises NotKnownError where it is gone, or its owner is somebody else."""
    return StoredDraft(key, Draft.decode(await load_text(interaction, key)))


async def change_draft(interaction: Interaction, key: str, change: Callable[[Draft], Draft]) -> StoredDraft:
    """Change the draft that is stored under a key, and store it in its place. Raises what `load_draft` raises."""
    before = await load_draft(interaction, key)
    return await store_draft(interaction, change(before.draft), key)


async def store_text(interaction: Interaction, content: str, key: str | None = None) -> str:
    """Store what somebody typed or uploaded, in the place of what is under ``key`` if given, and return its key."""
    owner = signature(interaction.user)
    return await run_to_end(interaction, lambda session: session.drafts.put(owner, content, key=key))


async def load_text(interaction: Interaction, key: str) -> str:
    """Return what is stored under a key. Raises NotKnownError where it is gone, or its owner is somebody else."""
    owner = signature(interaction.user)
    return await run_to_end(interaction, lambda session: session.drafts.get(owner, key))


async def drop_draft(interaction: Interaction, key: str) -> None:
    """Delete a stored draft."""
    owner = signature(interaction.user)
    await run_to_end(interaction, lambda session: session.drafts.drop(owner, key))
