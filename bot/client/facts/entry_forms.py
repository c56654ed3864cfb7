"""Forms of sources and actors as they are filled in, and what becomes of one when somebody else was quicker."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Literal

from discord import ButtonStyle, ui

from bot.client.facts import words
from bot.client.interactions import RouteButton
from bot.client.panels import AMBER, panel
from bot.client.text import ELLIPSIS, inline
from bot.errors import UsageError
from bot.facts.models import Actor, Source
from bot.presentation.languages import say
from bot.service.session import Session

FIELDS = {"source": ("link", "title", "publisher", "published", "type"), "actor": ("name", "kind", "role", "aliases")}
_LABELS = {
    "link": words.LINK[0],
    "title": words.TITLE[0],
    "publisher": words.PUBLISHER[0],
    "published": words.PUBLISHED[0],
    "type": words.TYPE[0],
    "name": words.NAME[0],
    "kind": words.ACTOR_KIND[0],
    "role": words.ROLE[0],
    "aliases": words.ALIASES[0],
}
_VALUE = 120


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


def of_source(source: Source, story: str) -> EntryForm:
    """Return the form of a source, filled in."""
    published = source.published.edtf if source.published else ""
    values = {"link": source.url or "", "title": source.title, "publisher": source.publisher or "", "published": published}
    return EntryForm("source", story, source.id, {**values, "type": source.type})


def of_actor(actor: Actor, story: str) -> EntryForm:
    """Return the form of an actor, filled in."""
    values = {"name": actor.name, "kind": actor.kind, "aliases": "\n".join(actor.aliases), "role": actor.role or ""}
    return EntryForm("actor", story, actor.id, values)


def fresh(session: Session, entry: EntryForm) -> EntryForm:
    """Return the form of what an entry edits as it stands now. Raises UsageError where it is there no more."""
    # The revision first: what is read after it can only be newer, which then is told rather than overwritten.
    seen = session.editorial.revision_of(entry.story, entry.what, entry.id)
    found: EntryForm | None
    if entry.what == "source":
        sources = (use.source for use in session.sources(story=entry.story) if use.source.id == entry.id)
        found = next((of_source(source, entry.story) for source in sources), None)
    else:
        actors = (record.actor for record in session.actors(entry.story) if record.actor.id == entry.id)
        found = next((of_actor(actor, entry.story) for actor in actors), None)
    if found is None:
        raise UsageError(say(words.ENTRY_GONE))
    return replace(found, seen=seen, was=found.fields)


def merged(mine: EntryForm, theirs: EntryForm) -> EntryForm:
    """Put a form on top of what somebody else made of it: what I left as it was is as they made it."""
    fields = {
        name: theirs.fields[name] if mine.fields[name] == mine.was.get(name) else mine.fields[name] for name in theirs.fields
    }
    return replace(mine, fields=fields, seen=theirs.seen, was=theirs.fields)


def conflict_view(key: str, mine: EntryForm, theirs: EntryForm) -> ui.LayoutView:
    """Show the second of two editors what the first changed."""
    name = inline(theirs.fields["title" if theirs.what == "source" else "name"], _VALUE)
    lines = [say(words.ENTRY_CHANGED, name=name)]
    for each in FIELDS[mine.what]:
        before, now = mine.was.get(each, ""), theirs.fields[each]
        if before != now:
            lines.append(f"{say(_LABELS[each])}: ~~{inline(before, _VALUE) or ELLIPSIS}~~ **{inline(now, _VALUE) or ELLIPSIS}**")
    buttons = [
        RouteButton("entry-on-top", f"{theirs.seen}:{key}", say(words.ON_TOP), style=ButtonStyle.primary),
        RouteButton("fact-close", "", say(words.GIVE_UP)),
    ]
    return panel("\n".join(lines), buttons, colour=AMBER)
