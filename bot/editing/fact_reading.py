"""Reading a typed fact into an edit: every field is checked, and all faults are reported at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote, urlsplit

from bot.editing.form_fields import (
    MAX_TEXT,
    TO_COME,
    check_sizes,
    is_place,
    read_citation,
    read_date,
    read_link,
    refused_link,
    typed,
)
from bot.editing.typed_fact import NewSource, TypedFact
from bot.errors import DateError, FormError
from bot.facts.dates import StoryDate, is_to_come
from bot.facts.edits import Edit
from bot.facts.models import Actor, Citation, Fact, FactKind, Source
from bot.facts.text import host_of, page_key
from bot.messages import Count, Message
from bot.stories.csl_terms import meant_type
from bot.stories.fields import shown
from bot.stories.new_ids import new_id

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
PLACE_ALONE = Message(
    "You gave a place, but not the source that it is in. Choose a source, or write its name or its link before the place."
)
_NO_TEXT: dict[FactKind, Message] = {
    "event": Message("Write what happened."),
    "quote": Message("Write the words."),
    "claim": Message("Write the claim."),
}


@dataclass(frozen=True, slots=True)
class StoryContext:
    """What a typed fact may refer to in a story, by id, and the day relative to which incomplete dates are read."""

    sources: Mapping[str, Source]
    actors: Mapping[str, Actor]
    events: Mapping[str, Fact]
    taken: frozenset[str]  # ids of all facts, retracted ones too
    taken_sources: frozenset[str]
    today: date  # the last day of the story; a date without a year is put near it


def read_typed_fact(typed_fact: TypedFact, known: StoryContext, *, fact_id: str | None = None) -> Edit:
    """Return the edit that saves a typed fact; ``fact_id`` is the id of the fact that it edits.

    Raises FormError with a sentence for each field that is at fault.
    """
    faults: dict[str, Message] = {}
    text = _text(typed_fact, faults)
    when = _date("date", typed_fact.date, known, faults)
    actors, about = (tuple(dict.fromkeys(names)) for names in (typed_fact.by, typed_fact.about))
    for field, names in (("by", actors), ("about", about)):
        for name in names:
            if name not in known.actors:
                faults[field] = Message('There is no actor "{name}". Choose another one, or add it first.', name=shown(name))
    if typed_fact.kind == "quote" and not actors and "by" not in faults:
        faults["by"] = Message("A quote needs who said it. Choose the speaker.")
    event = typed(typed_fact.event)
    if event and event not in known.events:
        faults["event"] = Message('There is no event "{name}". Choose another one, or none.', name=shown(event))
    given = {
        "where": typed_fact.where.strip(),
        "context": typed_fact.context.strip(),
        "about": about,
        "event": typed_fact.event.strip(),
    }
    faults.update(
        (field, fault) for field, fault in _HAS_NOT[typed_fact.kind].items() if given[field]
    )  # a story file has no key for it
    citations, sources = _citations(typed_fact, known, faults)
    if faults:
        raise FormError(faults)
    fact = Fact(
        id=fact_id or new_id(text, known.taken, front=actors[0] if actors and typed_fact.kind != "event" else ""),
        kind=typed_fact.kind,
        text=text,
        citations=citations,
        date=when,
        where=typed(typed_fact.where) or None,
        context=typed(typed_fact.context) or None,
        by=() if typed_fact.kind == "event" else actors,
        who=actors if typed_fact.kind == "event" else (),
        about=about,
        event=event or None,
        asked_as=tuple(dict.fromkeys(filter(None, map(typed, typed_fact.asked_as)))),
    )
    check_sizes(fact, *sources)
    seen = {fact.id: typed_fact.seen} if fact_id and typed_fact.seen is not None else {}
    return Edit(typed_fact.story, sources=sources, facts=(fact,), seen=seen)


def _text(typed_fact: TypedFact, faults: dict[str, Message]) -> str:
    """Return the text; a quote loses quotation marks around the whole of it, since they are added where it is shown."""
    text = typed(typed_fact.text)
    marks = (("“", "”"), ('"', '"'), ("„", "“"), ("«", "»")) if typed_fact.kind == "quote" else ()
    for opening, closing in marks:
        inner = text[1:-1]
        if len(text) > 2 and text[0] == opening and text[-1] == closing and opening not in inner and closing not in inner:
            text = inner.strip()
            break
    if not text:
        faults["text"] = _NO_TEXT[typed_fact.kind]
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


def _citations(
    typed_fact: TypedFact, known: StoryContext, faults: dict[str, Message]
) -> tuple[tuple[Citation, ...], tuple[Source, ...]]:
    """Return the citations, and a new source for each link that no source of the story has."""
    citations: list[Citation] = []
    new: dict[str, Source] = {}
    for line in filter(None, map(typed, typed(typed_fact.cite).splitlines())):
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
                more = NewSource() if new else typed_fact.new_source or NewSource()
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
    """Note a fault of one of the lines that name sources, each under a key of its own."""
    faults["cite" if "cite" not in faults else f"cite {sum(field.startswith('cite') for field in faults) + 1}"] = fault


def _new_source(
    link: str, more: NewSource, known: StoryContext, taken: AbstractSet[str], faults: dict[str, Message]
) -> Source | None:
    """Return a new source for a link, made of what was typed about it, or else of its address."""
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
