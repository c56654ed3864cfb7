"""Files of CSL-JSON read, and items of it as sources: what a story has fields for, and all else among its details."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from html import unescape
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
    doi_of,
    find_doi,
    publisher_keys,
    read_csl_date,
)
from bot.formats.csl_names import default_names, name_text, plain_name, read_name_text
from bot.formats.source_list import MAX_FAULTS, MEND_ABOVE, NO_ENTRY, ReadItem, SourceList, Trouble
from bot.formats.typography import MARKUP, NO_CASE, with_kept_case
from bot.messages import Message
from bot.stories.csl_terms import DATES, NAMES, RATING, TEXTS, make_details, split_note
from bot.stories.fields import IN_FULL
from bot.stories.yaml_tree import NESTED, cleaned, place

# Zotero has no fields for an archive on pages and posts; there it keeps CSL's variables as lines of the note.
_ARCHIVE_LINES = re.compile(r"^(?:archive|archive[ _-]location):[ \t]*(?P<value>.*)$\n?", re.IGNORECASE | re.MULTILINE)
_RANGES = ("page", "volume", "issue", "number", "number-of-pages", "section")
_MAX_SIZE = 1000  # characters of a detail, and how many names of one role are read
_ALIASES = {"event": "event-title", "shortTitle": "title-short"}
_AGAIN = Message("Export the list again.")
_TO_COME = re.compile(r"(?:forthcoming|in press|to appear|in preparation|submitted|accepted|under review)\.?", re.IGNORECASE)
_BEGIN = re.compile(r",\s*(?=\{)")
_MAX_TRIES = 2000  # at finding the next item
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_ESCAPED = frozenset(TEXTS) - {"DOI", "archive", "archive_location"}  # in addresses these signs are letters like others
_WHITE = " \t\r\n"
_ITEMS = re.compile(r'\s*\{\s*"items"\s*:\s*(\[.*\])\s*\}\s*', re.DOTALL)  # so Zotero's web service wraps a list
_MEND = Message("Check the quotation marks, commas and brackets around here, or export the list again.")
_WRONG = {
    str(message): message
    for message in (
        Message("expecting value"),
        Message("expecting property name enclosed in double quotes"),
        Message("expecting ':' delimiter"),
        Message("expecting ',' delimiter"),
        Message("illegal trailing comma before end of object"),
        Message("illegal trailing comma before end of array"),
        Message("unterminated string starting at"),
        Message("invalid control character at"),
        Message("invalid \\escape"),
        Message("invalid \\uXXXX escape"),
    )
}
"""What Python says is wrong with JSON."""


def read(text: str) -> SourceList:
    """Read a CSL-JSON file: a list of items, or one; every fault is noted, up to a thousand."""
    reading = SourceList()
    if wrapped := _ITEMS.fullmatch(text):
        text = re.sub(r"\S", " ", text[: wrapped.start(1)]) + wrapped[1]  # each fault keeps its place
    line, before = 1, 0
    for number, (at, item) in enumerate(_items(text, reading), 1):
        line, before = line + text.count("\n", before, at), at  # counted on: from the start it takes minutes in a long list
        column = at - text.rfind("\n", 0, at)
        if len(reading.faults) >= MAX_FAULTS - 1:
            problem = Message("From here on nothing was read, after {number} faults.", number=len(reading.faults))
            reading.faults.append(Fault(line, column, problem, MEND_ABOVE))
            break
        if not isinstance(item, dict):
            problem = Message("Item {number} is not an object.", number=number)
            reading.leave_out(Fault(line, column, problem, Message('Write each as `{"type": "webpage", "title": "…"}`.')))
            continue
        reading.add(line, read_item(item), column=column, number=number)
    if not (reading.sources or reading.faults):
        reading.faults.append(Fault(1, 1, NO_ENTRY, _AGAIN))
    return reading


def _items(text: str, reading: SourceList) -> Iterator[tuple[int, Any]]:
    """Yield the items one by one, each with the place where it begins, so that a fault can say where it is."""
    decoder = json.JSONDecoder(object_pairs_hook=_cleaned_object)
    at = _skip(text, 0)
    alone = text[at : at + 1] != "["
    at = at if alone else _skip(text, at + 1)
    while alone or text[at : at + 1] != "]":
        try:
            item, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            wrong = f"{error.msg[:1].lower()}{error.msg[1:]}"
            problem = Message("This is not JSON: {wrong}.", wrong=_WRONG.get(wrong, wrong))
            reading.leave_out(Fault(error.lineno, error.colno, problem, _MEND))
            at = _next_item(decoder, text, at + 1)
            if alone or at == len(text):
                return
            continue
        except RecursionError:
            reading.leave_out(Fault(place(text, at)[0], 1, NESTED, _AGAIN))
            return
        except ValueError:  # Python reads no number of thousands of digits
            reading.leave_out(Fault(*place(text, at), Message("A number here has too many digits."), _MEND))
            return
        yield at, item
        at = _skip(text, end)
        if alone:
            break
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
        elif text[at : at + 1] != "]":
            reading.leave_out(Fault(*place(text, at), Message("Here a comma or the end of the list is missing."), _MEND))
            return
    rest = _skip(text, at if alone else at + 1)
    if rest < len(text):
        problem = Message("Something comes after the end of the list.")
        reading.faults.append(Fault(*place(text, rest), problem, Message("Take it out.")))


def _cleaned_object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object without the signs that no story holds, which JSON can write as escapes."""
    return {key: cleaned(value) if isinstance(value, str) else value for key, value in pairs}


def _next_item(decoder: json.JSONDecoder, text: str, at: int) -> int:
    """Return where the next item begins behind one that is no JSON; the end of the text where none is found."""
    for begin, _ in zip(_BEGIN.finditer(text, at), range(_MAX_TRIES), strict=False):
        with suppress(ValueError, RecursionError):
            item, _ = decoder.raw_decode(text, begin.end())
            if isinstance(item, dict) and item.keys() & {"type", "title"}:
                return begin.end()
    return len(text)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _WHITE:
        at += 1
    return at


def read_item(item: Mapping[str, Any]) -> ReadItem:
    """Read an item of CSL-JSON as a source; a date, a type, an address or names that cannot be read are left out."""
    faults: list[Trouble] = []
    remarks: list[Trouble] = []
    item = _with_archive(_unescaped({_ALIASES.get(key, key): value for key, value in item.items()}))
    if _TO_COME.fullmatch(to_come := _date_words(item.get("issued"))):
        item = {"status": to_come, **item}
    title = _text(item.get("title")) or _text(item.get("title-short"))
    if not title:
        faults.append((Message("It has no title."), Message("Give it one.")))
    kind = _text(item.get("type"))
    if not kind:
        faults.append((Message("It has no type."), Message("Write a CSL type such as `webpage`.")))
    elif csl_type(kind) == "document" and kind.lower() != "document":
        problem = Message('"{text}" is not a CSL type.', text=shortened(kind, 60))
        remarks.append((problem, Message("Write one such as `webpage`, `article-newspaper`, `book` or `report`.")))
    kind = csl_type(kind)
    archive, doi, address = _text(item.get("archive_location")), find_doi(_text(item.get("DOI"))), _text(item.get("URL"))
    if address and not is_address(address):
        remarks.append((Message('The URL "{text}" is not a web address.', text=shortened(address, 60)), IN_FULL))
        address = ""
    note, noted = split_note("\n".join(" ".join(line.split()) for line in str(item.get("note") or "").strip().splitlines()))
    publisher = next(filter(None, (_text(item.get(key)) for key in (*publisher_keys(kind), "authority"))), None)
    names = _names(item, remarks)
    source = Source(
        id=_text(item.get("id")),
        type=kind,
        title=title,
        publisher=publisher,
        authors=tuple(plain_name(name) for name in next((names[role] for role in ROLES if names.get(role)), [])),
        published=_date(item, remarks),
        url=address or (f"https://doi.org/{doi}" if doi else None),
        archive=archive if is_address(archive) else None,
        note=_text(note) or None,
    )
    details = (*_texts(item, source, doi), *_name_details(names, source), *_date_details(item, source), *noted)
    return ReadItem(replace(source, details=make_details(details)), tuple(faults), tuple(remarks))


def _texts(item: Mapping[str, Any], source: Source, doi: str | None) -> Iterator[tuple[str, str]]:
    """Yield the texts of an item that its source does not say otherwise."""
    main, other = publisher_keys(source.type)
    recorded = {
        "title": source.title,
        "archive_location": source.archive,
        "archive": archive_name(source.archive),
        "DOI": doi_of(source),
        # The usual one of the two says nothing new, unless another one is the same.
        main: source.publisher if _text(item.get(main)) not in (_text(item.get(other)), _text(item.get("authority"))) else None,
    }
    for variable in (*TEXTS, RATING):
        value = item.get(variable)
        text = _protected(value) if variable == "title" else (doi or "") if variable == "DOI" else _text(value)
        if variable in _RANGES:
            text = re.sub(r"\s*[-–]+\s*", "-", text)
        if text and text != recorded.get(variable):
            yield variable, shortened(text, _MAX_SIZE)


def _name_details(names: Mapping[str, list[dict[str, Any]]], source: Source) -> Iterator[tuple[str, str]]:
    """Yield the names of all roles; authors where their text alone does not say which part is the family's name."""
    usual = default_names(source.authors, source.publisher)
    for role, role_names in names.items():
        texts = [name_text(name) for name in role_names]
        if role == "author":
            exact = [text for text, name in zip(texts, usual, strict=True) if read_name_text(text) != name]
            first = next((other for other in ROLES if other != "author" and names.get(other)), None)
            same = first is not None and [plain_name(name) for name in names[first]] == list(source.authors)
            texts = texts if same else exact
        yield from ((role, text) for text in texts)


def _date_details(item: Mapping[str, Any], source: Source) -> Iterator[tuple[str, str]]:
    candidates = {variable: _readable_date(item.get(variable)) for variable in DATES if variable != "issued"}
    dates = {variable: date for variable, date in candidates.items() if date is not None}
    yield from ((variable, date.edtf) for variable, date in dates.items())
    stand_in = next((dates[variable] for variable in STAND_INS if variable in dates), None)
    if stand_in is not None and stand_in == source.published and _readable_date(item.get("issued")) is not None:
        yield "issued", stand_in.edtf


def _date_words(content: Any) -> str:
    """Return a date as its program wrote it, where it is text."""
    return _text((content.get("raw") or content.get("literal")) if isinstance(content, Mapping) else content)


def _readable_date(content: Any) -> StoryDate | None:
    with suppress(DateError):
        return read_csl_date(content) if content else None
    return None


def _unescaped(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item with the signs themselves where its texts and names have them as web pages do, ``&amp;``."""

    def plain(value: Any) -> Any:
        return _ENTITY.sub(lambda match: unescape(match[0]), value) if isinstance(value, str) else value

    def named(names: Any) -> Any:
        whole = isinstance(names, list) and all(isinstance(name, Mapping) for name in names)
        return [{part: plain(value) for part, value in name.items()} for name in names] if whole else names

    by_key = {**dict.fromkeys(_ESCAPED, plain), **dict.fromkeys(NAMES, named)}
    return {key: by_key[key](value) if key in by_key else value for key, value in item.items()}


def _with_archive(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an item with the address of an archived copy in its field, be it in that of the archive or in a line of the note."""
    note = item.get("note")
    lines = [match["value"].strip() for match in _ARCHIVE_LINES.finditer(note)] if isinstance(note, str) else []
    candidates = [_text(item.get("archive_location")), _text(item.get("archive")), *lines]
    address = next(filter(is_address, candidates), None)
    if address is None:
        return item
    changed = {**item, "archive_location": address}
    if candidates[1] in (address, archive_name(address)):
        changed["archive"] = ""
    if isinstance(note, str):
        archive_lines = (address, archive_name(address))
        changed["note"] = _ARCHIVE_LINES.sub(lambda line: "" if line["value"].strip() in archive_lines else line[0], note)
    return changed


def _names(item: Mapping[str, Any], remarks: list[Trouble]) -> dict[str, list[dict[str, Any]]]:
    """Return the names in every role that has any."""
    by_role: dict[str, list[dict[str, Any]]] = {}
    for role in NAMES:
        names = item.get(role)
        if not names:
            continue
        if not isinstance(names, list) or not all(isinstance(name, Mapping) for name in names):
            mend = Message('Write it like `[{"family": "Lee", "given": "Ann"}]`.')
            remarks.append((Message("`{key}` is not a list of names.", key=role), mend))
            continue
        by_role[role] = [read_name_text(name_text(name)) for name in names[:_MAX_SIZE] if plain_name(name)]
    return {role: names for role, names in by_role.items() if names}


def _date(item: Mapping[str, Any], remarks: list[Trouble]) -> StoryDate | None:
    for key in ("issued", *STAND_INS):
        if item.get(key):
            try:
                date = read_csl_date(item[key])
            except DateError as error:
                remarks.append((Message("The date cannot be read: {problem}", problem=error.problem), error.mend))
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

    def tag(match: re.Match[str]) -> str:
        if not match[1]:
            opened.append(match[2] == "span" and "nocase" in (match[3] or ""))
            return '<span class="nocase">' if opened[-1] else ""
        return "</span>" if opened and opened.pop() else ""

    if not isinstance(value, str):
        return _text(value)
    return NO_CASE.sub(lambda match: with_kept_case(match[1]), " ".join(MARKUP.sub(tag, value).split()))
