"""A draft read into an edit: every field is checked, and all faults are reported at once."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

from bot.editing.draft import Draft, NewSource
from bot.editing.form_fields import (
    MOST_TEXT,
    TO_COME,
    is_place,
    is_to_come,
    new_id,
    read_citation,
    read_date,
    read_link,
    refused_link,
    source_of,
    typed,
)
from bot.errors import DateError, DraftError
from bot.facts.dates import StoryDate
from bot.facts.edits import Edit
from bot.facts.models import Actor, Citation, Fact, FactKind, Source
from bot.facts.text import page_key
from bot.messages import Count, Message
from bot.stories.csl_terms import meant_type
from bot.stories.fields import shown

_HAS_NOT: dict[FactKind, dict[str, Message]] = {
    "event": {
        "context": Message("An event has no context. Leave it empty, or say it in the text."),
        "about": Message("An event has nobody that it is about. Name those who took part."),
        "event": Message("An event belongs to no other event. Leave it empty."),
    },
    "quote": {"where": Message("A quote has no place. Say it in the context.")},
    "claim": {
        "where": Message("A claim has no place. Leave it empty, or say it in the text."),
        "context": Message("A claim has no context. Leave it empty, or say it in the text."),
    },
}
PLACE_ALONE = Message("You gave a place, but not in what. Choose a source, or write its name or its link before the place.")
_NO_TEXT: dict[FactKind, Message] = {
    "event": Message("Write what happened."),
    "quote": Message("Write the words."),
    "claim": Message("Write the claim."),
}


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
    actors = _actors("by", draft.by, known, faults)
    about = _actors("about", draft.about, known, faults)
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
    seen = {fact.id: draft.seen} if fact_id and draft.seen is not None else {}
    return Edit(draft.story, sources=sources, facts=(fact,), seen=seen)


def _text(draft: Draft, faults: dict[str, Message]) -> str:
    text = _unquoted(typed(draft.text)) if draft.kind == "quote" else typed(draft.text)
    if not text:
        faults["text"] = _NO_TEXT[draft.kind]
    elif len(text) > MOST_TEXT:
        faults["text"] = Message(
            "That is {length} signs long; {most} are the most. Shorten it, or make two facts of it.",
            length=Count(len(text)),
            most=Count(MOST_TEXT),
        )
    return text


def _unquoted(text: str) -> str:
    """Return a text without quotation marks around the whole, which the card adds itself."""
    for opening, closing in (("“", "”"), ('"', '"'), ("„", "“"), ("«", "»")):
        inner = text[1:-1]
        if len(text) > 2 and text[0] == opening and text[-1] == closing and opening not in inner and closing not in inner:
            return inner.strip()
    return text


def _date(name: str, text: str, known: StoryContext, faults: dict[str, Message]) -> StoryDate | None:
    try:
        return read_date(text, known.today)
    except DateError as error:
        faults[name] = error.message
        return None


def _actors(field: str, names: tuple[str, ...], known: StoryContext, faults: dict[str, Message]) -> tuple[str, ...]:
    for name in names:
        if name not in known.actors:
            faults[field] = Message('There is no actor "{name}". Choose one from the list, or add it first.', name=shown(name))
    return tuple(dict.fromkeys(names))


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
                # The details of a new source belong to the first one.
                form = replace(draft, new_source=None) if new else draft
                added = _new_source(source, form, known, {each.id for each in new.values()}, faults)
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
    faults["cite" if "cite" not in faults else f"cite {sum(each.startswith('cite') for each in faults) + 1}"] = fault


def _new_source(
    link: str, draft: Draft, known: StoryContext, taken: AbstractSet[str], faults: dict[str, Message]
) -> Source | None:
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
    more = draft.new_source or NewSource()
    published = _date("published", more.published, known, faults)
    if is_to_come(published):
        faults["published"] = TO_COME
    if more.archive.strip() and read_link(more.archive) is None:
        faults["archive"] = refused_link(more.archive) or Message(
            '"{link}" is no link. Paste one that begins with https://, or leave it empty.', link=shown(more.archive)
        )
    meant = meant_type(typed(more.type))
    if meant is not None:
        faults["type"] = Message('"{name}" is no type of source. Did you mean {meant}?', name=shown(more.type), meant=meant)
    unnamed = source_of(link, draft.new_source, "", published)
    name = new_id(f"{unnamed.publisher} {unnamed.title}", known.taken_sources | taken)
    return replace(unnamed, id=name)
