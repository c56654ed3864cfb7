"""The forms of sources and actors, which are saved without a preview when they are sent, and can be undone."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import ClassVar, Generic, Literal, TypeVar

from discord import ButtonStyle, ui

from bot.client.bot import Interaction
from bot.client.facts import words
from bot.client.facts.adding import with_actor
from bot.client.facts.forms import type_options
from bot.client.facts.views import saved_buttons
from bot.client.forms.fields import MAX_TYPED, ChoiceField, RadioField, TextField
from bot.client.forms.flow import PlainFormKind
from bot.client.forms.records import StoredForm, TypedFields, store_form
from bot.client.interactions import RouteButton, read_for, write_for
from bot.client.logbook.aftermath import ChangeResult, make_change
from bot.client.panels import AMBER, GREEN, option, panel
from bot.client.permissions import signature_of
from bot.client.text import ELLIPSIS, inline, link, wikidata_link
from bot.client.words import source_type
from bot.editing.form_fields import TO_COME, check_sizes, read_date, read_link, refused_link, same_page, typed
from bot.errors import DateError, FormError, UsageError
from bot.facts.dates import is_to_come
from bot.facts.logbook import Signature
from bot.facts.models import ACTOR_KINDS, Actor, Source
from bot.facts.revisions import Applied
from bot.facts.text import wikidata_fault
from bot.languages import language, say, say_message
from bot.phrases import labelled
from bot.service.session import Session

_VALUE = 120
_SAME_LINK = "The source “{title}” has this link already. Change that one with /source edit."

ItemT = TypeVar("ItemT", bound=Source | Actor)


class ItemForm(PlainFormKind, Generic[ItemT]):
    """The form of a source or an actor; its subject is the id of the one that is changed."""

    name: ClassVar[Literal["source", "actor"]]
    steps = ("story", "open", "sent", "on-top", "cancel")

    @abstractmethod
    def fields_now(self, session: Session, content: TypedFields) -> Mapping[str, str] | None:
        """Return what stands in the fields of the item that is changed; None if it no longer exists."""

    @abstractmethod
    def write(self, session: Session, content: TypedFields, signature: Signature, key: str) -> ItemT:
        """Store what a form describes, and return it as it is stored; what the form does not ask for stays.

        Raises FormError with every fault, and ConflictError if it was changed since the form was filled in.
        """

    @abstractmethod
    def message(self, item: ItemT, *, new: bool) -> str:
        """Say that an item was added or changed."""

    async def edit(self, interaction: Interaction, story: str, name: str) -> None:
        """Open the form of an item, filled in. Raises UsageError if it no longer exists."""
        await self.begin(interaction, await read_for(interaction, self.fresh, TypedFields(story, name)))

    def fresh(self, session: Session, content: TypedFields) -> TypedFields:
        """Return the form of an item as it is now. Raises UsageError if it no longer exists, or is too long."""
        # The revision first: what is read after it can only be newer, and is then reported rather than overwritten.
        seen = session.sources_and_actors.revision_of(content.story, self.name, content.subject)
        fields = self.fields_now(session, content)
        if fields is None:
            raise UsageError(say("It is no longer there: somebody has taken it back. Look for it in the list, or add it again."))
        if max(map(len, fields.values())) > MAX_TYPED:  # sending a form that shows only a part would delete the rest
            name = inline(fields["title" if self.name == "source" else "name"], _VALUE)
            raise UsageError(say(words.TOO_LONG_FOR_FORM, name=name))
        return TypedFields(content.story, content.subject, fields, seen, was=fields)

    async def proceed(self, interaction: Interaction, form: StoredForm[TypedFields]) -> None:
        """Save what was sent."""
        await make_change(interaction, self.saved(interaction, form))

    async def save(self, interaction: Interaction, form: StoredForm[TypedFields]) -> ChangeResult:
        """Add or change the item; a fact whose form waits for an actor goes on."""
        content, signature = form.content, signature_of(interaction)
        item, applied = await write_for(interaction, self._write_once, content, signature, form.idempotency_key)

        async def shown() -> ui.LayoutView:
            now = await read_for(interaction, self.fresh, replace(content, subject=item.id))
            await store_form(interaction, replace(now, waiting=content.waiting), form.key)
            if content.waiting:
                return await with_actor(interaction, content.waiting, item.id)
            undo = saved_buttons(applied.change if applied else None, None)
            text = self.message(item, new=not content.subject) if undo else say(words.NO_CHANGE)
            return panel(text, [*undo, RouteButton(self.route("open"), form.key, say(words.EDIT))], colour=GREEN)

        return ChangeResult(shown, applied)

    def _write_once(self, session: Session, content: TypedFields, signature: Signature, key: str) -> tuple[ItemT, Applied | None]:
        before = session.changes.result_for_key(key)
        item = self.write(session, content, signature, key)
        applied = session.changes.result_for_key(key)
        return item, applied and replace(applied, repeated=before is not None)

    async def conflict(self, interaction: Interaction, form: StoredForm[TypedFields]) -> ui.LayoutView | None:
        """Show the second of two editors what the first changed, field by field."""
        before, now = form.content.was, await read_for(interaction, self.fresh, form.content)
        name = now.fields["title" if self.name == "source" else "name"]
        lines = [say(words.ENTRY_CHANGED, name=inline(name, _VALUE))]
        for field in self.asked:
            was, value = (inline(fields.get(field.name, ""), _VALUE) or ELLIPSIS for fields in (before, now.fields))
            if before.get(field.name, "") != now.fields[field.name]:
                lines.append(labelled(say(field.asked[0]), f"~~{was}~~ **{value}**"))
        buttons = [
            RouteButton(self.route("on-top"), f"{now.seen}:{form.key}", say(words.ON_TOP), style=ButtonStyle.primary),
            RouteButton(self.route("cancel"), form.key, say(words.GIVE_UP)),
        ]
        return panel("\n".join(lines), buttons, colour=AMBER)

    def on_top(self, session: Session, content: TypedFields, revision: int) -> TypedFields:
        """Return what was typed, based on the item as it is now."""
        return content.on_top_of(self.fresh(session, content))


class SourceForm(ItemForm[Source]):
    """The form of a source."""

    name = "source"
    asked = (
        TextField("link", words.LINK, max_length=2000),
        TextField("title", words.TITLE, required=True),
        TextField("publisher", words.PUBLISHER),
        TextField("published", words.PUBLISHED),
        ChoiceField("type", words.TYPE, required=True, options=type_options, default="webpage"),
    )

    def title(self, content: TypedFields) -> str:
        """Head the form."""
        return say("Change a source" if content.subject else "Add a source")

    def fields_now(self, session: Session, content: TypedFields) -> Mapping[str, str] | None:
        """Return the fields of a source."""
        source = _sources(session, content.story).get(content.subject)
        if source is None:
            return None
        published = source.published.edtf if source.published else ""
        fields = {"link": source.url or "", "title": source.title, "publisher": source.publisher or ""}
        return {**fields, "published": published, "type": source.type}

    def write(self, session: Session, content: TypedFields, signature: Signature, key: str) -> Source:
        """Store a source."""
        source = self._read(content, _sources(session, content.story))
        return session.sources_and_actors.put_source(content.story, source, signature, seen=content.seen, key=key)

    def _read(self, content: TypedFields, known: Mapping[str, Source]) -> Source:
        values = {name: typed(value) for name, value in content.fields.items()}
        url, published = read_link(values["link"]), None
        faults = {}
        if not values["title"]:
            faults["title"] = say("Write the title of the source.")
        if values["link"] and url is None:
            faults["link"] = refused_link(values["link"]) or say("That is not a link. Paste one that begins with https://")
        try:
            published = read_date(values["published"], datetime.now(UTC).date(), past=True)
        except DateError as error:
            faults["published"] = error.message
        if is_to_come(published):
            faults["published"] = TO_COME
        same = same_page(url, known.values())
        if same is not None and same.id != content.subject:
            faults["link"] = say(_SAME_LINK, title=same.title)
        if faults:
            raise FormError(faults)
        source = Source(
            content.subject, values["type"] or "webpage", values["title"], values["publisher"] or None, (), published, url
        )
        check_sizes(source)
        before = known.get(content.subject)
        if before is None:
            return source
        return replace(source, authors=before.authors, archive=before.archive, note=before.note, details=before.details)

    def message(self, item: Source, *, new: bool) -> str:
        """Show a source, and the id by which forms name it."""
        done = say("### Source added" if new else "### Source changed")
        hint = say("-# In a form it is called {name}", name=inline(item.id, 100))
        published = item.published.words(language()) if item.published else ""
        about = ", ".join(inline(part, 100) for part in (item.publisher or "", published, source_type(item.type)) if part)
        return f"{done}\n**{link(item.title, item.url, 200)}**\n{about}\n{hint}"


class ActorForm(ItemForm[Actor]):
    """The form of an actor."""

    name = "actor"
    asked = (
        TextField("name", words.NAME, required=True),
        RadioField(
            "kind",
            words.ACTOR_KIND,
            options=lambda _: [option(say(words.ACTOR_KINDS[kind]), kind) for kind in ACTOR_KINDS],
            default="person",
        ),
        TextField("role", words.ROLE),
        TextField("aliases", words.ALIASES, long=True),
        TextField("wikidata", words.WIKIDATA),
    )

    def title(self, content: TypedFields) -> str:
        """Head the form."""
        return say("Change a person, organisation or place" if content.subject else "Add a person, organisation or place")

    def fields_now(self, session: Session, content: TypedFields) -> Mapping[str, str] | None:
        """Return the fields of an actor."""
        actor = _actors(session, content.story).get(content.subject)
        if actor is None:
            return None
        texts = {"name": actor.name, "kind": actor.kind, "role": actor.role or "", "aliases": "\n".join(actor.aliases)}
        return {**texts, "wikidata": actor.wikidata or ""}

    def write(self, session: Session, content: TypedFields, signature: Signature, key: str) -> Actor:
        """Store an actor."""
        known = _actors(session, content.story)
        name, role, wikidata = (typed(content.fields[field]) for field in ("name", "role", "wikidata"))
        aliases = tuple(dict.fromkeys(filter(None, map(typed, content.fields["aliases"].splitlines()))))
        same = next((actor for actor in known.values() if actor.name.casefold() == name.casefold()), None)
        faults: dict[str, str] = {}
        if not name:
            faults["name"] = say("Write a name.")
        elif same is not None and same.id != content.subject:
            faults["name"] = say(words.SAME_NAME, name=same.name)
        if wikidata and (fault := wikidata_fault(wikidata)):
            faults["wikidata"] = say_message(fault)
        if faults:
            raise FormError(faults)
        kind = content.fields["kind"] or "other"
        actor = Actor(content.subject, name, kind, aliases, role or None, wikidata=wikidata or None)
        check_sizes(actor)
        before = known.get(content.subject)
        actor = actor if before is None else replace(actor, citations=before.citations)
        return session.sources_and_actors.put_actor(content.story, actor, signature, seen=content.seen, key=key)

    def message(self, item: Actor, *, new: bool) -> str:
        """Show an actor."""
        also = f"\n{say('-# Also called')} {inline(', '.join(item.aliases), 300)}" if item.aliases else ""
        role = f", {inline(item.role, 200)}" if item.role else ""
        same = f"\n-# {wikidata_link(item.wikidata)}" if item.wikidata else ""
        return f"{say('### Added' if new else '### Changed')}\n**{inline(item.name, 200)}**{role}{also}{same}"


def _sources(session: Session, story: str) -> Mapping[str, Source]:
    return {use.source.id: use.source for use in session.sources_in_order(story)}


def _actors(session: Session, story: str) -> Mapping[str, Actor]:
    return {record.actor.id: record.actor for record in session.actors(story)}


SOURCE, ACTOR = SourceForm(), ActorForm()
