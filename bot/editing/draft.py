"""A draft: a form as somebody filled it in, stored as it was typed until it is saved, and read into an edit.

Every field is checked, and all faults are reported at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import unquote, urlsplit

from bot.editing.form_fields import (
    MAX_TEXT,
    TO_COME,
    is_place,
    read_citation,
    read_date,
    read_link,
    refused_link,
    typed,
)
from bot.editing.sentences import as_written
from bot.errors import DateError, DraftError
from bot.facts.dates import StoryDate, is_to_come
from bot.facts.edits import Edit
from bot.facts.limits import Item, excesses
from bot.facts.models import Actor, Citation, Fact, FactKind, FactRecord, Source
from bot.facts.text import host_of, page_key
from bot.facts.typed_dates import typed_date
from bot.messages import Count, Message
from bot.stories.csl_terms import meant_type
from bot.stories.fields import shown
from bot.stories.new_ids import new_id

_OF_FACT = ("text", "by", "date", "where", "context", "about", "event", "cite", "asked_as")  # fields that a fact fills in
_HAS_NOT: dict[FactKind, dict[str, Message]] = {
    "event": {
        "context": Message("An event has no context. Leave it empty, or say it in the text."),
        "about": Message("An event is not about anybody. Name those who took part."),
        "event": Message("An event belongs to no other event. Leave it empty."),
    },
    "quote": {"where": Message("A quote has no place. Say it in the context.")},
    "claim": {
        "where": Message("A claim has no place. Leave it empty, or say it in the text."),
        "context": Message("A claim has no context. Leave it empty, or say it in the text."),
    },
}
_FIELD_OF = {"citations": "cite", "who": "by", "url": "link"}  # fields of records that a form calls otherwise
PLACE_ALONE = Message(
    "You gave a place, but not the source that it is in. Choose a source, or write its name or its link before the place."
)
_NO_TEXT: dict[FactKind, Message] = {
    "event": Message("Write what happened."),
    "quote": Message("Write the words."),
    "claim": Message("Write the claim."),
}


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source that comes with a fact, as typed."""

    title: str = ""
    type: str = "webpage"
    publisher: str = ""
    published: str = ""
    url: str = ""
    archive: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A form for a fact, as typed.

    ``fact`` is the number of the fact that is edited and ``seen`` its revision when the form was opened; both are None for a new
    one. ``by`` are ids of actors: who speaks, of an event who takes part; ``about`` too. ``cite`` has a citation a line: the id
    of a source or its link, then ``#`` and a paragraph, or a place such as ``page 12``. ``new_source`` says more about a link
    that no source has. ``gap`` and ``proposal`` are the numbers of what the draft came from, ``version``
    is that of the suggestion when the form was opened. ``as_it_stands``: the fact is to be kept as it is, whatever the form says.
    A draft of a passage stands for a whole ``article``, given as text until it is decided; its own text is then the headline,
    and ``cite`` the link.
    """

    kind: FactKind
    story: str
    text: str = ""
    by: tuple[str, ...] = ()
    date: str = ""
    where: str = ""
    context: str = ""
    about: tuple[str, ...] = ()
    event: str = ""
    cite: str = ""
    new_source: NewSource | None = None
    asked_as: tuple[str, ...] = ()
    reason: str = ""
    fact: int | None = None
    seen: int | None = None
    gap: int | None = None
    proposal: int | None = None
    version: str = ""
    article: str = ""
    as_it_stands: bool = False

    def rebased(self, seen: Draft, now: Draft) -> Draft:
        """Return the draft on top of what its fact says now.

        A field left as it was ``seen`` when the form was opened is taken from ``now``; one that was changed stays as typed.
        """
        untouched = {name: getattr(now, name) for name in _OF_FACT if getattr(self, name) == getattr(seen, name)}
        return replace(self, **untouched, seen=now.seen)

    def encode(self) -> str:
        """Return it as JSON text; empty fields are left out but for the story, which may still have to be chosen."""
        content = {name: value for name, value in asdict(self).items() if name == "story" or value not in ("", (), None, False)}
        return json.dumps(content, ensure_ascii=False)

    @classmethod
    def decode(cls, text: str) -> Draft:
        """Read what `encode` wrote."""
        values: dict[str, Any] = json.loads(text)
        known = {field.name for field in fields(cls)}
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items() if name in known}
        if "new_source" in values:
            parts = {field.name for field in fields(NewSource)}
            values["new_source"] = NewSource(**{name: value for name, value in values["new_source"].items() if name in parts})
        return cls(**values)

    @classmethod
    def to_keep(cls, record: FactRecord) -> Draft:
        """Return the form of a fact that is to be kept as it stands, filled in for whoever edits it instead."""
        return replace(cls.of(record), as_it_stands=True)

    @classmethod
    def of(cls, record: FactRecord) -> Draft:
        """Return the form of a fact, filled in as the fact stands; of a sentence of an article, as what it most likely tells."""
        fact = record.fact if record.fact.kind != "passage" else as_written(record)
        return cls(
            kind=fact.kind,
            story=record.story.id,
            text=fact.text,
            by=fact.who if fact.kind == "event" else fact.by,
            date=date_words(fact.date) if fact.date else "",
            where=fact.where or "",
            context=fact.context or "",
            about=fact.about,
            event=fact.event or "",
            cite="\n".join(map(citation_words, fact.citations)),
            asked_as=fact.asked_as,
            fact=record.number,
            seen=record.revision,
        )


def citation_words(citation: Citation) -> str:
    """Return a citation as a form has it: ``gazette``, ``gazette#4``, ``gazette page 12``."""
    if citation.locator is None:
        return citation.source
    place = f"#{citation.locator}" if citation.label == "paragraph" else f" {citation.label} {citation.locator}"
    return f"{citation.source}{place}"


def date_words(stored: StoryDate) -> str:
    """Return a date as a person would type it where that reads back as the same date, else as EDTF."""
    words = stored.words()
    try:
        return words if typed_date(words, date.min).date == stored else stored.edtf
    except (DateError, OverflowError):
        return stored.edtf


@dataclass(frozen=True, slots=True)
class StoryContext:
    """What a draft may refer to in a story, by id, and the day from which incomplete dates are read."""

    sources: Mapping[str, Source]
    actors: Mapping[str, Actor]
    events: Mapping[str, Fact]
    taken: frozenset[str]  # ids of all facts, retracted ones too
    taken_sources: frozenset[str]
    today: date  # the last day of the story, from which a date without a year is read


def read_draft(draft: Draft, known: StoryContext, *, fact_id: str | None = None) -> Edit:
    """Return the edit that saves a draft; ``fact_id`` is the id of the fact that it edits.

    Raises DraftError with a sentence for each field that is at fault.
    """
    faults: dict[str, Message] = {}
    text = _text(draft, faults)
    when = _date("date", draft.date, known, faults)
    actors, about = (tuple(dict.fromkeys(names)) for names in (draft.by, draft.about))
    for field, names in (("by", actors), ("about", about)):
        for name in names:
            if name not in known.actors:
                faults[field] = Message(
                    'There is no actor "{name}". Choose one from the list, or add it first.', name=shown(name)
                )
    if draft.kind == "quote" and not actors and "by" not in faults:
        faults["by"] = Message("A quote needs who said it. Choose the speaker.")
    event = typed(draft.event)
    if event and event not in known.events:
        faults["event"] = Message('There is no event "{name}". Choose one from the list.', name=shown(event))
    given = {"where": draft.where.strip(), "context": draft.context.strip(), "about": about, "event": draft.event.strip()}
    faults.update((field, fault) for field, fault in _HAS_NOT[draft.kind].items() if given[field])  # no story file could hold it
    citations, sources = _citations(draft, known, faults)
    if faults:
        raise DraftError(faults)
    fact = Fact(
        id=fact_id or new_id(text, known.taken, front=actors[0] if actors and draft.kind != "event" else ""),
        kind=draft.kind,
        text=text,
        citations=citations,
        date=when,
        where=typed(draft.where) or None,
        context=typed(draft.context) or None,
        by=() if draft.kind == "event" else actors,
        who=actors if draft.kind == "event" else (),
        about=about,
        event=event or None,
        asked_as=tuple(dict.fromkeys(filter(None, map(typed, draft.asked_as)))),
    )
    check_sizes(fact, *sources)
    seen = {fact.id: draft.seen} if fact_id and draft.seen is not None else {}
    return Edit(draft.story, sources=sources, facts=(fact,), seen=seen)


def check_sizes(*items: Item) -> None:
    """Raise DraftError for the fields of a form that hold too much."""
    faults: dict[str, Message] = {}
    for excess in (excess for item in items for excess in excesses(item)):
        key = _FIELD_OF.get(excess.field, excess.field)
        faults[key] = Message("{name}: {text}", name=key, text=excess.message)
    if faults:
        raise DraftError(faults)


def _text(draft: Draft, faults: dict[str, Message]) -> str:
    """Return the text; of a quote without quotation marks around the whole, which the card adds itself."""
    text = typed(draft.text)
    marks = (("“", "”"), ('"', '"'), ("„", "“"), ("«", "»")) if draft.kind == "quote" else ()
    for opening, closing in marks:
        inner = text[1:-1]
        if len(text) > 2 and text[0] == opening and text[-1] == closing and opening not in inner and closing not in inner:
            text = inner.strip()
            break
    if not text:
        faults["text"] = _NO_TEXT[draft.kind]
    elif len(text) > MAX_TEXT:
        faults["text"] = Message(
            "That is {length} characters long; the limit is {most}. Shorten it, or split it into two facts.",
            length=Count(len(text)),
            most=Count(MAX_TEXT),
        )
    return text


def _date(name: str, text: str, known: StoryContext, faults: dict[str, Message]) -> StoryDate | None:
    try:
        return read_date(text, known.today)
    except DateError as error:
        faults[name] = error.message
        return None


def _citations(draft: Draft, known: StoryContext, faults: dict[str, Message]) -> tuple[tuple[Citation, ...], tuple[Source, ...]]:
    """Return the citations, and a new source for each link that no source of the story has."""
    citations: list[Citation] = []
    new: dict[str, Source] = {}
    for line in filter(None, map(typed, typed(draft.cite).splitlines())):
        try:
            source, label, locator = read_citation(line, known.sources)
        except ValueError:
            _note_cite(
                faults,
                Message('I cannot read the source "{line}". Write its id or its link, then #4 or page 12.', line=shown(line)),
            )
            continue
        if source not in known.sources:
            page = page_key(source) or source
            added = new.get(page)
            if added is None:
                # What was typed about a new source belongs to the first one.
                more = NewSource() if new else draft.new_source or NewSource()
                added = _new_source(source, more, known, {other.id for other in new.values()}, faults)
            if added is None:
                continue
            new[page] = added
            source = added.id
        citations.append(Citation(source, label, locator))
    if not citations and "cite" not in faults:
        faults["cite"] = Message("Say where it comes from: choose a source, or paste a link to it.")
    return tuple(dict.fromkeys(citations)), tuple(new.values())


def _note_cite(faults: dict[str, Message], fault: Message) -> None:
    """Note what is wrong with one of the lines that name sources, each under a key of its own."""
    faults["cite" if "cite" not in faults else f"cite {sum(field.startswith('cite') for field in faults) + 1}"] = fault


def _new_source(
    link: str, more: NewSource, known: StoryContext, taken: AbstractSet[str], faults: dict[str, Message]
) -> Source | None:
    """Return a new source for a link, from what was typed about it and else from its address."""
    if read_link(link) is None:
        refused = refused_link(link)
        if refused is not None:
            _note_cite(faults, refused)
            return None
        unknown = Message(
            'There is no source "{name}". Choose one that is known, or paste its link (https://…).', name=shown(link)
        )
        _note_cite(faults, unknown if link and not is_place(link) else PLACE_ALONE)
        return None
    published = _date("published", more.published, known, faults)
    if is_to_come(published):
        faults["published"] = TO_COME
    if more.archive.strip() and read_link(more.archive) is None:
        faults["archive"] = refused_link(more.archive) or Message(
            '"{link}" is not a link. Paste one that begins with https://, or leave it empty.', link=shown(more.archive)
        )
    meant = meant_type(typed(more.type))
    if meant is not None:
        faults["type"] = Message('"{name}" is not a type of source. Did you mean {meant}?', name=shown(more.type), meant=meant)
    host = host_of(link)
    last = typed(re.sub(r"[-_+]+", " ", unquote(urlsplit(link).path.rstrip("/").rpartition("/")[2]).rsplit(".", 1)[0]))
    title = typed(more.title) or (last[:1].upper() + last[1:] if len(last) > 3 else host)
    publisher = typed(more.publisher) or host
    return Source(
        id=new_id(f"{publisher} {title}", known.taken_sources | taken),
        type=typed(more.type) or "webpage",
        title=title,
        publisher=publisher,
        published=published,
        url=link,
        archive=read_link(more.archive),
    )
