"""Items of CSL-JSON read as sources: what a story has fields for, and all else among its details; and what a list gave."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from bot.errors import DateError, Fault
from bot.facts.dates import StoryDate
from bot.facts.models import Source
from bot.facts.text import is_address, shortened
from bot.formats.csl import (
    ROLES,
    STAND_INS,
    archive_name,
    csl_type,
    default_names,
    doi_of,
    find_doi,
    publisher_keys,
    read_csl_date,
)
from bot.formats.csl_names import name_text, plain_name, read_name_text
from bot.formats.typography import MARKUP, NO_CASE, with_kept_case
from bot.messages import Message
from bot.stories.csl_terms import DATES, NAMES, RATING, TEXTS, make_details, split_note
from bot.stories.fields import IN_FULL

# Zotero has no fields for an archive on pages and posts; there it keeps CSL's variables as lines of the note.
_ARCHIVE_LINES = re.compile(r"^(?:archive|archive[ _-]location):[ \t]*(?P<value>.*)$\n?", re.IGNORECASE | re.MULTILINE)
_RANGES = ("page", "volume", "issue", "number", "number-of-pages", "section")
_MOST = 1000  # characters of a detail, and how many names of one role are read
_ALIASES = {"event": "event-title", "shortTitle": "title-short"}
MOST_FAULTS = 1000
"""How many faults of a file are listed: nobody mends more by hand."""
MEND_ABOVE = Message("Mend the faults above first.")
NO_ENTRY = Message("There is no entry in the file.")
NO_TYPE = Message("It has no type.")
Trouble = tuple[Message, Message]
"""What is wrong with an item, and how to mend it."""


@dataclass(frozen=True, slots=True)
class ListedSource:
    """A source of a file and the line where it begins. Its id is the file's key, which may be none that a story takes."""

    line: int
    source: Source


@dataclass(frozen=True, slots=True)
class SourceList:
    """A file as far as it could be read."""

    sources: list[ListedSource]
    faults: list[Fault]

    def add(self, line: int, read: tuple[Source, Iterable[Trouble]], *, column: int = 1, number: int | None = None) -> None:
        """Add a source that was read, or the faults that it has. ``number`` says which one of several on a line it is."""
        source, troubles = read
        faults = [Fault(line, column, _placed(problem, source, number), mend) for problem, mend in troubles]
        self.faults.extend(faults)
        if not faults:
            self.sources.append(ListedSource(line, source))


def read_item(item: Mapping[str, Any]) -> tuple[Source, list[Trouble]]:
    """Read an item of CSL-JSON as a source, with what is wrong with it.

    The source has the item's id as its own, which may be none that a story takes.
    """
    faults: list[Trouble] = []
    item = _with_archive({_ALIASES.get(key, key): value for key, value in item.items()})
    title = _text(item.get("title")) or _text(item.get("title-short"))
    if not title:
        faults.append((Message("It has no title."), Message("Give it one.")))
    kind = _text(item.get("type"))
    if not kind:
        faults.append((NO_TYPE, Message("Write a CSL type such as `webpage`.")))
    elif csl_type(kind) == "document" and kind.lower() != "document":
        problem = Message('"{text}" is not a CSL type.', text=shortened(kind, 60))
        faults.append((problem, Message("Write one such as `webpage`, `article-newspaper`, `book` or `report`.")))
    kind = csl_type(kind)
    address, archive, doi = _address(item, faults), _text(item.get("archive_location")), find_doi(_text(item.get("DOI")))
    note, noted = split_note("\n".join(" ".join(line.split()) for line in str(item.get("note") or "").strip().splitlines()))
    publisher = next(filter(None, (_text(item.get(key)) for key in (*publisher_keys(kind), "authority"))), None)
    names = _names(item, faults)
    source = Source(
        id=_text(item.get("id")),
        type=kind,
        title=title,
        publisher=publisher,
        authors=tuple(plain_name(name) for name in next((names[role] for role in ROLES if names.get(role)), [])),
        published=_date(item, faults),
        url=address or (f"https://doi.org/{doi}" if doi else None),
        archive=archive if is_address(archive) else None,
        note=_text(note) or None,
    )
    found = (*_texts(item, source, doi), *_name_details(names, source), *_date_details(item, source), *noted)
    return replace(source, details=make_details(found)), faults


def _texts(item: Mapping[str, Any], source: Source, doi: str | None) -> Iterator[tuple[str, str]]:
    """Yield the texts of an item that its source does not say otherwise."""
    main, other = publisher_keys(source.type)
    recorded = {
        "title": source.title,
        "archive_location": source.archive,
        "archive": archive_name(source.archive),
        "DOI": doi_of(source),
        # The usual one of the two says nothing new, unless the other one is the same.
        main: source.publisher if _text(item.get(main)) != _text(item.get(other)) else None,
        "authority": source.publisher if not _text(item.get(main)) and not _text(item.get(other)) else None,
    }
    for variable in (*TEXTS, RATING):
        value = item.get(variable)
        text = _protected(value) if variable == "title" else (doi or "") if variable == "DOI" else _text(value)
        if variable in _RANGES:
            text = re.sub(r"\s*[-–]+\s*", "-", text)
        if text and text != recorded.get(variable):
            yield variable, shortened(text, _MOST)


def _name_details(names: Mapping[str, list[dict[str, Any]]], source: Source) -> Iterator[tuple[str, str]]:
    """Yield the names of all roles; authors where their text alone does not say which part is the family's name."""
    usual = default_names(source.authors, source.publisher)
    for role, found in names.items():
        texts = [name_text(name) for name in found]
        if role == "author":
            exact = [text for text, name in zip(texts, usual, strict=True) if read_name_text(text) != name]
            first = next((each for each in ROLES if each != "author" and names.get(each)), None)
            same = first is not None and [plain_name(name) for name in names[first]] == list(source.authors)
            texts = texts if same else exact
        yield from ((role, text) for text in texts)


def _date_details(item: Mapping[str, Any], source: Source) -> Iterator[tuple[str, str]]:
    found = {variable: _readable_date(item.get(variable)) for variable in DATES if variable != "issued"}
    dates = {variable: date for variable, date in found.items() if date is not None}
    yield from ((variable, date.edtf) for variable, date in dates.items())
    stand_in = next((dates[variable] for variable in STAND_INS if variable in dates), None)
    if stand_in is not None and stand_in == source.published and _readable_date(item.get("issued")) is not None:
        yield "issued", stand_in.edtf


def _readable_date(content: Any) -> StoryDate | None:
    with suppress(DateError):
        return read_csl_date(content) if content else None
    return None


def _with_archive(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an item with the address of an archived copy in its field, be it in that of the archive or in a line of the note."""
    note = item.get("note")
    lines = [found["value"].strip() for found in _ARCHIVE_LINES.finditer(note)] if isinstance(note, str) else []
    places = [_text(item.get("archive_location")), _text(item.get("archive")), *lines]
    address = next(filter(is_address, places), None)
    if address is None:
        return item
    changed = {**item, "archive_location": address}
    if places[1] in (address, archive_name(address)):
        changed["archive"] = ""
    if isinstance(note, str):
        archive_lines = (address, archive_name(address))
        changed["note"] = _ARCHIVE_LINES.sub(lambda line: "" if line["value"].strip() in archive_lines else line[0], note)
    return changed


def _address(item: Mapping[str, Any], faults: list[Trouble]) -> str | None:
    text = _text(item.get("URL"))
    if not text or is_address(text):
        return text or None
    faults.append((Message('The URL "{text}" is not a web address.', text=shortened(text, 60)), IN_FULL))
    return None


def _names(item: Mapping[str, Any], faults: list[Trouble]) -> dict[str, list[dict[str, Any]]]:
    """Return the names in every role that has any."""
    found: dict[str, list[dict[str, Any]]] = {}
    for role in NAMES:
        names = item.get(role)
        if not names:
            continue
        if not isinstance(names, list) or not all(isinstance(name, Mapping) for name in names):
            mend = Message('Write it like `[{"family": "Lee", "given": "Ann"}]`.')
            faults.append((Message("`{key}` is not a list of names.", key=role), mend))
            continue
        found[role] = [read_name_text(name_text(name)) for name in names[:_MOST] if plain_name(name)]
    return {role: names for role, names in found.items() if names}


def _date(item: Mapping[str, Any], faults: list[Trouble]) -> StoryDate | None:
    for key in ("issued", *STAND_INS):
        if item.get(key):
            try:
                date = read_csl_date(item[key])
            except DateError as error:
                faults.append((Message("The date cannot be read: {problem}", problem=error.problem), error.mend))
                return None
            if date is not None:
                return date
    return None


def _text(value: Any) -> str:
    """Return a value as text on one line, without the markup that CSL-JSON allows in titles; "" for none."""
    if value is None or isinstance(value, (Mapping, list, bool)):
        return ""
    return " ".join(MARKUP.sub("", str(value)).split())


def _protected(value: Any) -> str:
    """Return a title with the markup that keeps the case of words, and no other."""
    opened: list[bool] = []

    def tag(found: re.Match[str]) -> str:
        if not found[1]:
            opened.append(found[2] == "span" and "nocase" in (found[3] or ""))
            return '<span class="nocase">' if opened[-1] else ""
        return "</span>" if opened and opened.pop() else ""

    if not isinstance(value, str):
        return _text(value)
    return NO_CASE.sub(lambda found: with_kept_case(found[1]), " ".join(MARKUP.sub(tag, value).split()))


def _placed(problem: Message, source: Source, number: int | None) -> Message:
    """Return what is wrong with an item, which is named by its number in the file and its id or title, as far as it has them."""
    name = (source.id or source.title)[:60]
    if number is None:
        return Message('"{name}": {problem}', name=name, problem=problem) if name else problem
    if not name:
        return Message("Item {number}: {problem}", number=number, problem=problem)
    return Message('Item {number}, "{name}": {problem}', number=number, name=name, problem=problem)
