"""Adding and editing a fact: begun by a command, a message or a button, typed into a form, previewed and saved."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from discord import ButtonStyle, ui

from bot.client.bot import Interaction
from bot.client.completing import Look
from bot.client.contributions.decisions import post
from bot.client.errors import sentence_for
from bot.client.facts import words
from bot.client.facts.chosen_options import Options, likely_actors, new_fact, with_options
from bot.client.facts.forms import TypedFactForm, type_options
from bot.client.facts.views import (
    Preview,
    conflict_panel,
    fact_lines,
    kind_panel,
    preview_panel,
    saved_buttons,
    speaker_panel,
)
from bot.client.forms.fields import MAX_TYPED, ChoiceField, TextField
from bot.client.forms.panels import trouble_panel, way_back
from bot.client.forms.records import StoredForm, drop_text, store_as_read, store_form
from bot.client.incoming_messages import without_link
from bot.client.interactions import NUMBER, RouteButton, RouteInput, read_for, route, write_for
from bot.client.logbook.aftermath import ChangeResult, make_change
from bot.client.panels import GREEN, panel, show
from bot.client.permissions import Permission, signature_of
from bot.client.sending import server_of
from bot.client.story_scope import channel_and_parent, story_for
from bot.client.words import NEXT_CARD
from bot.editing.suggesting import as_read
from bot.editing.typed_fact import NewSource, TypedFact
from bot.errors import DecidedError, FootnoteError, FormError, UsageError
from bot.facts.logbook import BACK_TO
from bot.facts.models import FactKind, Source
from bot.facts.revisions import Applied
from bot.facts.state.proposals import Proposal
from bot.languages import say
from bot.service.session import Session

_OF_SOURCE = frozenset(("published", "archive", "type"))  # fields of the form that describes a new source


class FactForm(TypedFactForm):
    """The form of a moderator, for a new fact or one that is changed."""

    name = "fact"

    def look(self, session: Session, owner: str, form: StoredForm[TypedFact], first: str) -> Look:
        """Return the preview of what was typed, or what others changed in the fact meanwhile."""
        changed = _conflict_view(session, form)
        if changed is not None:
            return Look(changed, None)
        typed_fact = form.content
        current = session.facts.show(typed_fact.fact).fact if typed_fact.fact is not None else None
        look = session.editor.preview(typed_fact)
        preview = Preview(look, current, session.facts.names(typed_fact.story), session.suggestions.needs_second(look))
        now = replace(form, content=as_read(typed_fact, look))
        return Look(preview_panel(now, preview, first=first), look.trial, lambda: store_as_read(session, owner, now))

    async def save(self, interaction: Interaction, form: StoredForm[TypedFact]) -> ChangeResult:
        """Save a fact, or have another moderator agree to it first."""
        typed_fact, key = form.content, form.idempotency_key
        signature = signature_of(interaction, typed_fact.reason)
        result = await write_for(interaction, lambda session: session.suggestions.save_or_propose(typed_fact, signature, key=key))
        if isinstance(result, Proposal):
            interaction.client.background.start(post(interaction.client, server_of(interaction), result))
            return ChangeResult(panel(say(words.PROPOSED)))
        if not result.facts:
            return ChangeResult(panel(say(words.ALREADY_SAVED if result.repeated else words.NO_CHANGE)), result)
        message = say("### Saved as {ref}" if typed_fact.fact is None else "### Saved: it is {ref} now")
        repeated = f"\n-# {say(words.ALREADY_SAVED)}" if result.repeated else ""
        return changed_fact(interaction, result, result.facts[0], message + repeated)

    async def _cancelled(self, interaction: Interaction, given: RouteInput) -> ui.LayoutView:
        """Delete what was typed; whoever came from reviewing sentences of articles can go on with the next card."""
        number = (await self.load(interaction, given.argument)).content.fact
        await drop_text(interaction, given.argument)
        more = await read_for(interaction, next_card, number) if number is not None else []
        return panel(self.cancelled(), more)

    async def conflict(self, interaction: Interaction, form: StoredForm[TypedFact]) -> ui.LayoutView | None:
        """Show the second of two editors what the first changed."""
        return await read_for(interaction, _conflict_view, form)

    def on_top(self, session: Session, content: TypedFact, revision: int) -> TypedFact:
        """Return what was typed, based on a later revision of its fact."""
        return session.facts.rebase(content, revision)

    async def fault_view(self, interaction: Interaction, form: StoredForm[TypedFact], error: FootnoteError) -> ui.LayoutView:
        """Return what is at fault; a missing speaker can be chosen there, and a new source described."""
        typed_fact, back = form.content, way_back(self.name, form.key)
        if isinstance(error, DecidedError) and typed_fact.gap is not None:
            # The question behind it was closed meanwhile; the fact may still be worth saving.
            now = await store_form(interaction, replace(typed_fact, gap=None), form.key)
            return await self.preview(interaction, now, first=f"{sentence_for(error)} {say(words.SAVE_ALL_THE_SAME)}")
        if isinstance(error, FormError) and "by" in error.faults:
            return speaker_panel(form, error, await read_for(interaction, likely_actors, typed_fact))
        if isinstance(error, FormError) and typed_fact.new_source is not None and not _OF_SOURCE.isdisjoint(error.faults):
            back = [RouteButton("describe-open", form.key, say(words.DESCRIBE)), *back]
        return trouble_panel(error, back)


FACT = FactForm()


class DescribeForm(TypedFactForm):
    """Another page of the form of a fact, which says more about its new source."""

    name = "describe"
    steps = ("open", "sent")
    asked = (
        TextField("title", words.TITLE, required=True),
        TextField("publisher", words.PUBLISHER),
        TextField("published", words.PUBLISHED),
        ChoiceField("type", words.TYPE, required=True, options=type_options),
        TextField("archive", words.ARCHIVE, max_length=2000),
    )

    def title(self, content: TypedFact) -> str:
        """Head the form."""
        return say(words.DESCRIBE)

    async def fields(self, interaction: Interaction, content: TypedFact) -> list[ui.Label[Any]]:
        """Return the fields with what was typed about the source, else with what its address gives away."""
        now = content.new_source
        if now is None:
            look = await read_for(interaction, lambda session: session.editor.preview(content, trial=False))
            source = look.edit.sources[0] if look.edit.sources else Source("", "webpage", "")
            now = NewSource(title=source.title, publisher=source.publisher or "")
        return [field.shown(getattr(now, field.name)) for field in self.asked]

    def filled(self, content: TypedFact, given: RouteInput) -> TypedFact:
        """Return what was typed with what was said about its source."""
        return replace(content, new_source=NewSource(**{field.name: given.text(field.name) for field in self.asked}))

    async def proceed(self, interaction: Interaction, form: StoredForm[TypedFact]) -> None:
        """Go back to the preview of the fact."""
        await FACT.proceed(interaction, form)


DescribeForm()  # made for its routes, which this registers


def _conflict_view(session: Session, form: StoredForm[TypedFact]) -> ui.LayoutView | None:
    """Return what others changed in the fact of a form; None if they changed nothing."""
    conflict = session.facts.conflict(form.content)
    return None if conflict is None else conflict_panel(form, conflict)


async def start(interaction: Interaction, kind: FactKind, options: Options) -> None:
    """Open the form of a new fact, or ask first which story it belongs to. Raises NotKnownError and UsageError."""
    options = replace(options, channels=channel_and_parent(interaction.channel))
    await FACT.begin(interaction, await read_for(interaction, new_fact, kind, options))


async def from_message(interaction: Interaction, text: str, link: str) -> ui.LayoutView:
    """Store what a message says and ask what kind of fact it is.

    A single link in the message becomes its source, with the link of the message itself in a second line, to be deleted or left;
    otherwise the message is the source.
    """
    story = await read_for(interaction, story_for, None, channel_and_parent(interaction.channel))
    text, named = without_link(text)
    typed_fact = TypedFact("claim", story or "", text=text[:MAX_TYPED], cite="\n".join(filter(None, (named, link))))
    return kind_panel(await store_form(interaction, typed_fact))


@route("fact-kind", Permission.MODERATOR, rf"({'|'.join(words.KINDS)}):.*")
async def _kind_chosen(interaction: Interaction, given: RouteInput) -> None:
    """Note what kind of fact it is and open its form."""
    kind, _, key = given.argument.partition(":")
    now = await FACT.change(interaction, key, lambda typed_fact: replace(typed_fact, kind=cast("FactKind", kind)))
    await FACT.go_on(interaction, now)


@route("fact-edit", Permission.MODERATOR, numbers=1)
async def edit(interaction: Interaction, number: int, options: Options | None = None) -> None:
    """Open the form of a fact, filled in, with what options of a command change. Raises NotKnownError and UsageError."""
    typed_fact = await read_for(interaction, lambda session: session.editor.open_form(number))
    if max(len(typed_fact.text), len(typed_fact.cite)) > MAX_TYPED:
        raise UsageError(say(words.TOO_LONG_FOR_FORM, name=f"F{number}"))
    if options is not None:
        typed_fact = await read_for(interaction, with_options, typed_fact, options)
    await FACT.begin(interaction, typed_fact)


@route("fact-back", Permission.MODERATOR, numbers=3, send=show)
async def _back(interaction: Interaction, number: int, revision: int, seen: int) -> ui.LayoutView:
    """Show what going back to an earlier revision would do; it is saved like any other edit."""
    typed_fact = await read_for(interaction, lambda session: session.facts.earlier_form(number, revision))
    reason = BACK_TO.format(revision=revision)  # stored, and so in English
    return await FACT.preview(interaction, await store_form(interaction, replace(typed_fact, seen=seen, reason=reason)))


@route("fact-who", Permission.MODERATOR)
async def _speaker_chosen(interaction: Interaction, given: RouteInput) -> None:
    """Note who said it and show the preview."""
    now = await FACT.change(interaction, given.argument, lambda typed_fact: replace(typed_fact, by=given.values))
    await FACT.proceed(interaction, now)


async def with_actor(interaction: Interaction, key: str, name: str) -> ui.LayoutView:
    """Return the preview of a fact that waited for an actor, who said it."""
    now = await FACT.change(
        interaction, key, lambda typed_fact: replace(typed_fact, by=tuple(dict.fromkeys((*typed_fact.by, name))))
    )
    return await FACT.preview(interaction, now)


@route("fact-same", Permission.MODERATOR, rf"{NUMBER}:.*", send=make_change)
async def _add_source(interaction: Interaction, given: RouteInput) -> ChangeResult:
    """Give a fact that says the same the sources of one that was typed."""
    named, _, key = given.argument.partition(":")
    number, form = int(named), await FACT.load(interaction, key)
    signature, once = signature_of(interaction, form.content.reason), f"{form.idempotency_key} to {number}"
    try:
        applied = await write_for(
            interaction, lambda session: session.editor.add_source_to(number, form.content, signature, key=once)
        )
    except FootnoteError as error:
        return ChangeResult(await FACT.trouble(interaction, form, error))
    return changed_fact(interaction, applied, number, say("### {ref} now cites your source"))


def next_card(session: Session, number: int) -> list[RouteButton]:
    """Return the button to the next sentence that waits for a review, if the fact waited for one before its last revision."""
    before = [step.fact for step in session.facts.history(number)][-2:]
    unreviewed = any(not fact.reviewed for fact in before)
    return [RouteButton("keep-next", "", say(NEXT_CARD), style=ButtonStyle.primary)] if unreviewed else []


def changed_fact(interaction: Interaction, applied: Applied, number: int, message: str) -> ChangeResult:
    """Show a fact as it is after a change, under a message about its revision, ``{ref}``."""

    def shown(session: Session) -> ui.LayoutView:
        record, names = session.facts.with_names(number)
        title = message.format(ref=record.ref) if applied.change is not None else say(words.NO_CHANGE)
        more = next_card(session, number)
        return panel(f"{title}\n{fact_lines(record, names)}", more, saved_buttons(applied.change, number), colour=GREEN)

    return ChangeResult(lambda: read_for(interaction, shown), applied)
