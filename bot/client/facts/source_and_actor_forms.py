"""Forms of sources and actors: their fields, what was typed read, and what becomes of one when somebody else was quicker."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal

import discord
from discord import ButtonStyle, ui

from bot.client.facts import words
from bot.client.forms.fields import ChoiceField, Field, RadioField, TextField
from bot.client.interactions import Form, RouteButton
from bot.client.panels import AMBER, CHOICE_LENGTH, option, panel
from bot.client.text import ELLIPSIS, inline
from bot.client.words import SOURCE_TYPES, source_type
from bot.editing.draft import check_sizes
from bot.editing.form_fields import TO_COME, is_to_come, read_date, read_link, refused_link, same_page
from bot.editing.form_fields import typed as plain
from bot.errors import DateError, DraftError, UsageError
from bot.facts.models import ACTOR_KINDS, Actor, Source
from bot.presentation.languages import say
from bot.presentation.wording import labelled
from bot.service.session import Session

FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "source": {
        "link": words.LINK,
        "title": words.TITLE,
        "publisher": words.PUBLISHER,
        "published": words.PUBLISHED,
        "type": words.TYPE,
    },
    "actor": {"name": words.NAME, "kind": words.ACTOR_KIND, "role": words.ROLE, "aliases": words.ALIASES},
}
"""The fields of each form, with what is said beside them."""

_VALUE = 120


def _kind_options(_: str) -> list[discord.SelectOption]:
    return [option(say(words.ACTOR_KINDS[kind]), kind) for kind in ACTOR_KINDS]


def type_options(now: str) -> list[discord.SelectOption]:
    """Return the kinds of sources to choose from; an unusual one that a source has ``now`` stands among them."""
    names = dict.fromkeys([*SOURCE_TYPES, *([now] if now else [])])
    return [option(source_type(name).capitalize(), name[:CHOICE_LENGTH]) for name in names]


ASKED: Mapping[str, tuple[Field, ...]] = {
    "source": (
        TextField("link", words.LINK, max_length=2000),
        TextField("title", words.TITLE, required=True),
        TextField("publisher", words.PUBLISHER),
        TextField("published", words.PUBLISHED),
        ChoiceField("type", words.TYPE, required=True, options=type_options, default="webpage"),
    ),
    "actor": (
        TextField("name", words.NAME, required=True),
        RadioField("kind", words.ACTOR_KIND, options=_kind_options, default="person"),
        TextField("role", words.ROLE),
        TextField("aliases", words.ALIASES, long=True),
    ),
}


@dataclass(frozen=True, slots=True)
class EntryForm:
    """A form of a source or an actor as typed: ``id`` of the one edited, ``draft`` the key of a fact that waits for it.

    ``seen`` is the revision of the one edited from which the form was filled in, ``was`` what stood in it then.
    """

    what: Literal["source", "actor"]
    story: str
    id: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    draft: str = ""
    seen: int | None = None
    was: Mapping[str, str] = field(default_factory=dict)

    def encode(self) -> str:
        """Return the form as text, to be stored."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def decode(cls, text: str) -> EntryForm:
        """Return the form that was stored as text."""
        return cls(**json.loads(text))


def fresh(session: Session, entry: EntryForm) -> EntryForm:
    """Return the form of what an entry edits as it stands now. Raises UsageError where it is there no more."""
    # The revision first: what is read after it can only be newer, which then is told rather than overwritten.
    seen = session.editorial.revision_of(entry.story, entry.what, entry.id)
    fields: dict[str, str] = {}
    if entry.what == "source":
        sources = {use.source.id: use.source for use in session.sources(story=entry.story)}
        if source := sources.get(entry.id):
            published = source.published.edtf if source.published else ""
            fields = {"link": source.url or "", "title": source.title, "publisher": source.publisher or ""}
            fields |= {"published": published, "type": source.type}
    else:
        actors = {record.actor.id: record.actor for record in session.actors(entry.story)}
        if actor := actors.get(entry.id):
            aliases = "\n".join(actor.aliases)
            fields = {"name": actor.name, "kind": actor.kind, "aliases": aliases, "role": actor.role or ""}
    if not fields:
        raise UsageError(say("It is there no more: somebody has taken it back. Look for it in the list, or add it anew."))
    return EntryForm(entry.what, entry.story, entry.id, fields, seen=seen, was=fields)


def conflict_view(key: str, mine: EntryForm, theirs: EntryForm) -> ui.LayoutView:
    """Show the second of two editors what the first changed."""
    name = inline(theirs.fields["title" if theirs.what == "source" else "name"], _VALUE)
    lines = [say(words.ENTRY_CHANGED, name=name)]
    for each, asked in FIELDS[mine.what].items():
        before, now = mine.was.get(each, ""), theirs.fields[each]
        if before != now:
            changed = f"~~{inline(before, _VALUE) or ELLIPSIS}~~ **{inline(now, _VALUE) or ELLIPSIS}**"
            lines.append(labelled(say(asked[0]), changed))
    buttons = [
        RouteButton("entry-on-top", f"{theirs.seen}:{key}", say(words.ON_TOP), style=ButtonStyle.primary),
        RouteButton("fact-close", "", say(words.GIVE_UP)),
    ]
    return panel("\n".join(lines), buttons, colour=AMBER)


def form_of(key: str, entry: EntryForm) -> Form:
    """Return the form of a source or an actor that is stored under a key, filled in."""
    if entry.what == "source":
        title = say("Change a source" if entry.id else "Add a source")
    else:
        title = say("Change a person, organisation or place" if entry.id else "Add a person, organisation or place")
    return Form("entry-form", key, title, [field.shown(entry.fields.get(field.name, "")) for field in ASKED[entry.what]])


def read_source(session: Session, entry: EntryForm) -> Source:
    """Return the source that a form describes; one that is edited keeps what the form does not ask for.

    Raises DraftError with every fault.
    """
    values = {name: plain(value) for name, value in entry.fields.items()}
    known = {use.source.id: use.source for use in session.sources_in_order(entry.story)}
    url, published = read_link(values["link"]), None
    faults = {}
    if not values["title"]:
        faults["title"] = say("Write the title of the source.")
    if values["link"] and url is None:
        faults["link"] = refused_link(values["link"]) or say("That is no link. Paste one that begins with https://")
    try:
        published = read_date(values["published"], datetime.now(UTC).date())
    except DateError as error:
        faults["published"] = error.message
    if is_to_come(published):
        faults["published"] = TO_COME
    same = same_page(url, known.values())
    if same is not None and same.id != entry.id:
        faults["link"] = say("The source “{title}” has this link already. Change that one with /source edit.", title=same.title)
    if faults:
        raise DraftError(faults)
    source = Source(entry.id, values["type"] or "webpage", values["title"], values["publisher"] or None, (), published, url)
    check_sizes(source)
    before = known.get(entry.id)
    if before is None:
        return source
    return replace(source, authors=before.authors, archive=before.archive, note=before.note, details=before.details)


def read_actor(session: Session, entry: EntryForm) -> Actor:
    """Return the actor that a form describes; one that is edited keeps what the form does not ask for.

    Raises DraftError with every fault.
    """
    name, role = plain(entry.fields["name"]), plain(entry.fields["role"])
    aliases = tuple(dict.fromkeys(filter(None, map(plain, entry.fields["aliases"].splitlines()))))
    known = {record.actor.id: record.actor for record in session.actors(entry.story)}
    same = next((actor for actor in known.values() if actor.name.casefold() == name.casefold()), None)
    if not name:
        raise DraftError({"name": say("Write a name.")})
    if same is not None and same.id != entry.id:
        raise DraftError({"name": say(words.SAME_NAME, name=same.name)})
    actor = Actor(entry.id, name, entry.fields["kind"] or "other", aliases, role or None)
    check_sizes(actor)
    before = known.get(entry.id)
    return actor if before is None else replace(actor, citations=before.citations)
