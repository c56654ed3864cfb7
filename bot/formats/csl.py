"""Sources as items of CSL-JSON 1.0, the form that Zotero, pandoc and citation processors share, and back.

A story's source has a publisher, which CSL splits: of what stands inside something larger (an article, a page of a website, a
post) it is the container's title, of everything else the publisher. A DOI and where something was archived have fields of their
own in CSL and none in a story: the one is read from an address or a note, the other stands in ``archive`` and
``archive_location``, as Zotero has it (Archive, and Loc. in Archive). What an item says beyond a story's fields is kept in the
note, in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from bot.errors import DateError
from bot.facts.models import Actor, Source
from bot.formats.csl_dates import csl_date, read_csl_date
from bot.formats.csl_names import csl_names, plain_name
from bot.stories.csl_terms import TYPES

IN_CONTAINERS = frozenset(
    "article article-journal article-magazine article-newspaper chapter entry entry-dictionary entry-encyclopedia "
    "paper-conference post post-weblog review review-book webpage".split()
)
_ARCHIVES = {
    "archive.org": "Internet Archive",
    "perma.cc": "Perma.cc",
    "archive.ph": "archive.today",
    "archive.is": "archive.today",
}
# Zotero has no fields for an archive on pages and posts; there it keeps CSL's variables as lines of the note.
_ARCHIVE_LINES = re.compile(r"^(?:archive|archive[ _-]location):[ \t]*(?P<value>.*)$\n?", re.IGNORECASE | re.MULTILINE)
DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+")
# What CSL-JSON may say beyond a story's fields, with the words by which the note keeps it.
_KEPT = {
    "container-title": "In", "publisher": "Publisher", "publisher-place": "Place", "collection-title": "Series",
    "edition": "Edition", "volume": "Volume", "issue": "Issue", "number": "Number", "page": "Pages", "section": "Section",
    "version": "Version", "event-title": "Event", "event": "Event", "event-place": "Event in", "genre": "Genre",
    "medium": "Medium",
    "archive": "Archive", "archive_location": "Archived at", "call-number": "Call number", "jurisdiction": "Jurisdiction",
    "authority": "Authority", "ISBN": "ISBN", "ISSN": "ISSN", "PMID": "PMID",
}  # fmt: skip
_ROLES = (
    "author", "director", "interviewer", "host", "composer", "illustrator", "container-author", "original-author", "editor",
    "translator", "recipient", "collection-editor",
)  # fmt: skip
_MAX_KEPT = 300  # characters of a field that goes into the note


def csl_item(source: Source, *, actors: Iterable[Actor] = ()) -> dict[str, Any]:
    """Return a source as an item of CSL-JSON; the story's ``actors`` tell which authors are people."""
    known = list(actors)
    people = {name for actor in known if actor.kind == "person" for name in (actor.name, *actor.aliases)}
    bodies = {name for actor in known if actor.kind != "person" for name in (actor.name, *actor.aliases)}
    bodies |= {source.publisher} if source.publisher else set()
    item: dict[str, Any] = {"id": source.id, "type": csl_type(source.type), "title": source.title}
    if source.publisher:
        item["container-title" if item["type"] in IN_CONTAINERS else "publisher"] = source.publisher
    if source.authors:
        item["author"] = csl_names(source.authors, bodies=bodies - people, people=people)
    if source.published:
        item["issued"] = csl_date(source.published)
    if item["type"] == "document" and source.type != "document":
        item["genre"] = source.type.replace("-", " ").replace("_", " ")
    optional = {
        "URL": source.url,
        "DOI": doi_of(source),
        "archive": _archive_name(source.archive),
        "archive_location": source.archive,
        "note": source.note,
    }
    return item | {key: value for key, value in optional.items() if value}


def _archive_name(address: str | None) -> str | None:
    """Return the name of the archive that an address belongs to, by which citation styles print it."""
    host = (urlsplit(address).hostname or "").removeprefix("www.") if address else ""
    return next((name for end, name in _ARCHIVES.items() if f".{host}".endswith(f".{end}")), host) or None


def csl_type(name: str) -> str:
    """Return the CSL type of a source; a story may have types of its own, which are documents."""
    plain = name.strip().lower().replace("_", "-")
    return next((known for known in TYPES if known.replace("_", "-") == plain), "document")


def doi_of(source: Source) -> str | None:
    """Return the DOI of a source, from its address or its note; None for none."""
    for text in (source.url, source.archive, source.note):
        found = DOI.search(unquote(text or ""))
        if found and (text is source.note or "doi.org" in (text or "")):
            return found[0].rstrip(".,;)")
    return None


def read_item(item: Mapping[str, Any]) -> tuple[Source, list[str]]:
    """Read an item of CSL-JSON as a source, with a plain sentence for each of its faults.

    The source has the item's id as its own, which may be none that a story takes.
    """
    faults: list[str] = []
    item = _with_archive(item)
    title = _text(item.get("title")) or _text(item.get("title-short"))
    if not title:
        faults.append("It has no title. Give it one.")
    kind = _text(item.get("type"))
    if not kind:
        faults.append('It has no type. Write a CSL type such as "webpage".')
    elif csl_type(kind) == "document" and kind.lower() != "document":
        faults.append(f'"{_short(kind)}" is not a CSL type. Write one such as webpage, article-newspaper, book or report.')
    address, archive = _address(item, faults), _text(item.get("archive_location"))
    doi = _doi(item.get("DOI"))
    return Source(
        id=_text(item.get("id")),
        type=csl_type(kind),
        title=title,
        publisher=_publisher(item, csl_type(kind)) or None,
        authors=tuple(_authors(item, faults)),
        published=_date(item, faults),
        url=address or (f"https://doi.org/{doi}" if doi else None),
        archive=archive if is_address(archive) else None,
        note=_note(item, csl_type(kind), doi if address and doi and doi.lower() not in unquote(address).lower() else None),
    ), faults


def is_address(text: str) -> bool:
    """Return whether a text is a web address that a story takes."""
    try:
        parts = urlsplit(text)
        return parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text)
    except ValueError:
        return False


def _with_archive(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an item with the address of an archived copy in its field, be it in that of the archive or in a line of the note."""
    note = item.get("note")
    lines = [found["value"].strip() for found in _ARCHIVE_LINES.finditer(note)] if isinstance(note, str) else []
    places = [_text(item.get("archive_location")), _text(item.get("archive")), *lines]
    address = next(filter(is_address, places), None)
    if address is None:
        return item
    changed = {**item, "archive_location": address}
    if places[1] in (address, _archive_name(address)):
        changed["archive"] = ""
    if isinstance(note, str):
        said = (address, _archive_name(address))
        changed["note"] = _ARCHIVE_LINES.sub(lambda line: "" if line["value"].strip() in said else line[0], note)
    return changed


def _address(item: Mapping[str, Any], faults: list[str]) -> str | None:
    text = _text(item.get("URL"))
    if not text or is_address(text):
        return text or None
    faults.append(f'The URL "{_short(text)}" is not a web address. Write it in full, beginning with https:// or http://.')
    return None


def _authors(item: Mapping[str, Any], faults: list[str]) -> Iterable[str]:
    """Return the names in the first of the roles that has any."""
    for role in _ROLES:
        names = item.get(role)
        if not names:
            continue
        if not isinstance(names, list) or not all(isinstance(name, Mapping) for name in names):
            faults.append(f'The {role} is not a list of names. Write it like [{{"family": "Lee", "given": "Ann"}}].')
            continue
        return [text for name in names if (text := plain_name(name))]
    return []


def _date(item: Mapping[str, Any], faults: list[str]) -> Any:
    for key in ("issued", "submitted", "original-date", "event-date"):
        if item.get(key):
            try:
                return read_csl_date(item[key])
            except DateError as error:
                faults.append(f"The date cannot be read: {error}")
                return None
    return None


def _publisher(item: Mapping[str, Any], kind: str) -> str:
    first, second = ("container-title", "publisher") if kind in IN_CONTAINERS else ("publisher", "container-title")
    return _text(item.get(first)) or _text(item.get(second)) or _text(item.get("authority"))


def _note(item: Mapping[str, Any], kind: str, doi: str | None) -> str | None:
    """Return the note, with what a story has no field for."""
    note, publisher = _text(item.get("note")), _publisher(item, kind)
    said = [note] if note else []
    for key, name in _KEPT.items():
        value = _text(item.get(key))
        known = value in (publisher, "") or (key == "archive_location" and is_address(value))
        if not known and f"{name}: {value}" not in note:
            said.append(f"{name}: {_short(value, _MAX_KEPT)}.")
    if doi and doi not in note:
        said.append(f"DOI: {doi}")
    return " ".join(said) or None


def _doi(value: Any) -> str | None:
    found = DOI.search(unquote(_text(value)))
    return found[0].rstrip(".,;)") if found else None


def _text(value: Any) -> str:
    """Return a value as text on one line, without the markup that CSL-JSON allows in titles; "" for none."""
    if value is None or isinstance(value, (Mapping, list, bool)):
        return ""
    return " ".join(re.sub(r"</?(?:i|b|sub|sup|sc|span)(?:\s[^<>]*)?>", "", str(value)).split())


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
