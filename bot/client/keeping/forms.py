"""The form in which a moderator edits what was read: the kind of fact, its words, day, speaker and people, all filled in.

Where it happened and its sources are in the form of the fact, which the preview opens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

import discord
from discord import ui

from bot.client.bot import Interaction
from bot.client.facts.adding import FACT
from bot.client.facts.chosen_options import likely_actors
from bot.client.facts.forms import TypedFactForm
from bot.client.facts.words import KINDS, kind_name
from bot.client.forms.fields import ChoiceField, TextField
from bot.client.forms.records import StoredForm
from bot.client.interactions import RouteInput, read_for
from bot.client.keeping import words
from bot.client.panels import MAX_CHOICES, actor_options, option
from bot.editing.typed_fact import TypedFact
from bot.facts.models import ActorRecord, FactKind
from bot.languages import say


def _kinds(_: str) -> list[discord.SelectOption]:
    return [option(kind_name(kind), kind) for kind in KINDS]


_KIND = ChoiceField("kind", words.KIND, required=True, options=_kinds)
_TEXT = TextField("text", words.TEXT, required=True, long=True)
_DATE = TextField("date", words.DATE)


class SentenceForm(TypedFactForm):
    """The form of a sentence, which becomes a fact that somebody wrote; after it the form of a fact takes over."""

    name = "sentence"
    steps = ("open", "sent")

    async def fields(self, interaction: Interaction, content: TypedFact) -> list[ui.Label[Any]]:
        """Return the fields, filled in."""
        actors = await read_for(interaction, likely_actors, content)
        fields = [_KIND.shown(content.kind), _TEXT.shown(content.text), _DATE.shown(content.date)]
        if actors:
            fields += [_who("by", words.BY, actors, content.by), _who("about", words.ABOUT, actors, content.about)]
        return fields

    def filled(self, content: TypedFact, given: RouteInput) -> TypedFact:
        """Return the fact with what was typed; what its kind does not have is left out."""
        kind = cast("FactKind", given.text("kind")) if given.text("kind") in KINDS else content.kind
        by, about = given.fields.get("by", content.by), given.fields.get("about", content.about)
        is_event = kind == "event"
        return replace(
            content,
            kind=kind,
            text=given.text("text"),
            date=given.text("date"),
            by=tuple(dict.fromkeys((*by, *about))) if is_event else by,
            about=() if is_event else about,
            where=content.where if is_event else "",
            context=content.context if kind == "quote" else "",
            event="" if is_event else content.event,
        )

    async def proceed(self, interaction: Interaction, form: StoredForm[TypedFact]) -> None:
        """Go on with the preview of the fact."""
        await FACT.proceed(interaction, form)


SENTENCE = SentenceForm()


def _who(name: str, asked: tuple[str, str], actors: Sequence[ActorRecord], chosen: Sequence[str]) -> ui.Label[Any]:
    """Return the field in which actors are chosen; those chosen already come first and are marked."""
    options = actor_options(sorted(actors, key=lambda record: record.actor.id not in chosen))
    shown, placeholder = options[:MAX_CHOICES], say(words.CHOOSE)
    if len(options) > len(shown):
        placeholder = say("Choose: the first {shown} of {number}", shown=len(shown), number=len(options))
    for choice in shown:
        choice.default = choice.value in chosen
    select: ui.Select[Any] = ui.Select(
        custom_id=name, options=shown, required=False, min_values=0, max_values=len(shown), placeholder=placeholder
    )
    title, description = map(say, asked)
    return ui.Label(text=title, description=description, component=select)
