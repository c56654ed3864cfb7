"""Sources as items of CSL-JSON 1.0, the form that Zotero, pandoc and citation processors share.

A story's source has a publisher, which CSL splits: of what stands inside something larger (an article, a page of a website, a
post) it is the container's title, of everything else the publisher; the other of the two, where both are known, is among the
source's details. A DOI is read from the details, or else from an address or a note. Where something was archived stands in
``archive`` and ``archive_location``, as Zotero has it (Archive, and Loc. in Archive).

Of dates CSL has years, months, days and seasons, a span of two of them, and ``circa``. What else a date says (an end that is
open, a digit that is not known, a time of day) stands there as ``literal``, its words, by which styles print it. ``raw`` is the
EDTF text itself, wherever the rest does not say it whole, so that it comes back as it went.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import unquote

from bot.errors import DateError
from bot.facts.dates import StoryDate, parse_date
from bot.facts.edtf import date_ends
from bot.facts.models import Actor, Source
from bot.facts.text import host_of
from bot.facts.typed_dates import typed_date
from bot.formats.csl_names import default_names, plain_name, read_name_text
from bot.formats.typography import MARKUP
from bot.messages import Message
from bot.stories.csl_terms import DATES, NAMES, RATING, TYPES, Details, join_note, make_details, texts_of

IN_CONTAINERS = frozenset(
    "article article-journal article-magazine article-newspaper chapter entry entry-dictionary entry-encyclopedia "
    "paper-conference post post-weblog review review-book webpage".split()
)
_NUMBERS = re.compile(r"\[(?:\s*\[)?\n[-\d,\s\[\]]+\](?:\s*\])?")  # dates, to stand on one line
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+")
ROLES = (
    "author", "director", "interviewer", "host", "composer", "illustrator", "container-author", "original-author", "editor",
    "translator", "recipient", "collection-editor",
)  # fmt: skip
"""The roles whose names stand where an author would, in this order."""

STAND_INS = ("submitted", "original-date", "event-date")
"""The dates that stand where the day of publication would, in this order."""

_ARCHIVES = {
    "archive.org": "Internet Archive", "perma.cc": "Perma.cc", "archive.ph": "archive.today", "archive.is": "archive.today",
}  # fmt: skip


def write(sources: Iterable[Source], actors: Iterable[Actor] = ()) -> str:
    """Return sources as a CSL-JSON file."""
    known = list(actors)
    text = json.dumps([csl_item(source, actors=known) for source in sources], ensure_ascii=False, indent=2)
    return _NUMBERS.sub(lambda match: "".join(match[0].split()).replace(",", ", "), text) + "\n"


def csl_item(source: Source, *, actors: Iterable[Actor] = ()) -> dict[str, Any]:
    """Return a source as an item of CSL-JSON; the story's ``actors`` tell which authors are people."""
    held = _held(source.details)
    item: dict[str, Any] = {"id": source.id, "type": csl_type(source.type), "title": source.title}
    if held["title"] and MARKUP.sub("", held["title"][0]) == source.title:
        item["title"] = held["title"][0]
    main, other = publisher_keys(item["type"])
    # A court or a parliament that issued a source stands for its publisher in a story, and is none in a citation.
    if source.publisher and not (held["authority"] == [source.publisher] and not held[main] and not held[other]):
        item[other if held[other] == [source.publisher] and not held[main] else main] = source.publisher
    # Those whom a source names may stand there as editors or the like, where it has no author.
    role = next((role for role in ROLES if held.get(role)), "author")
    in_other_role = role != "author" and tuple(plain_name(read_name_text(text)) for text in held[role]) == source.authors
    if source.authors and not in_other_role:
        exact = {plain_name(name): name for name in map(read_name_text, held.get("author", ()))}
        usual = default_names(source.authors, source.publisher, actors)
        item["author"] = [exact.get(plain, name) for plain, name in zip(source.authors, usual, strict=True)]
    stand_in = next((held[key][0] for key in STAND_INS if held.get(key)), None)
    if source.published and ("issued" in held or source.published.edtf != stand_in):
        item["issued"] = csl_date(source.published)
    if item["type"] == "document" and source.type != "document":
        item["genre"] = source.type.replace("-", " ").replace("_", " ")
    optional = {
        "URL": source.url,
        "DOI": doi_of(source),
        "archive": archive_name(source.archive),
        "archive_location": source.archive,
        "note": join_note(source.note, tuple(pair for pair in source.details if pair[0] == RATING)),
    }
    return csl_details(source.details) | item | {key: value for key, value in optional.items() if value}


def in_language(source: Source, language: str) -> Source:
    """Return a source of a story in a language; it has that language itself, unless its details name one or it is English.

    English is what a story is in that names none.
    """
    if language == "en" or texts_of(source.details, "language"):
        return source
    return replace(source, details=make_details((*source.details, ("language", language))))


def csl_details(details: Details) -> dict[str, Any]:
    """Return details as CSL-JSON has them, but for those that a source has fields for."""
    fields: dict[str, Any] = {}
    for variable, texts in _held(details).items():
        if variable in ("author", "issued", "title", RATING):
            continue
        if variable in NAMES:
            fields[variable] = [read_name_text(text) for text in texts]
        elif variable in DATES:
            with suppress(DateError):  # a date that a person wrote into a note
                fields[variable] = csl_date(parse_date(texts[0]))
        else:
            fields[variable] = texts[0]
    return fields


def publisher_keys(kind: str) -> tuple[str, str]:
    """Return the variables that may hold a source's publisher, the one that usually does first."""
    return ("container-title", "publisher") if kind in IN_CONTAINERS else ("publisher", "container-title")


def csl_type(name: str) -> str:
    """Return the CSL type of a source; a story may have types of its own, which are documents."""
    plain = name.strip().lower().replace("_", "-")
    return next((known for known in TYPES if known.replace("_", "-") == plain), "document")


def doi_of(source: Source) -> str | None:
    """Return the DOI of a source, from its details, its address or its note; None for none."""
    addresses = (url for url in (source.url, source.archive) if url and "doi.org" in url)
    return next(filter(None, map(find_doi, (*texts_of(source.details, "DOI"), *addresses, source.note or ""))), None)


def find_doi(text: str) -> str | None:
    """Return the first DOI that stands in a text, None for none."""
    match = _DOI.search(unquote(text))
    return match[0].rstrip(".,;)") if match else None


def archive_name(address: str | None) -> str | None:
    """Return the name of the archive that an address belongs to, by which citation styles print it."""
    host = host_of(address)
    return next((name for end, name in _ARCHIVES.items() if f".{host}".endswith(f".{end}")), host) or None


_UNDATED = re.compile(r"\W*(?:n ?d|s ?[adf]|o ?[dj]|no ?date|undated)\W*", re.IGNORECASE)
"""What reference managers write where a date is missing; the short ones in English, Latin, Spanish and German."""

FORM = Message('Write it like `{"date-parts": [[2021, 3, 4]]}` or `{"raw": "2021-03-04"}`.')
_FIRST_SEASON = 20  # EDTF numbers the seasons from 21, CSL from 1
_MONTHS = range(1, 13)


def csl_date(date: StoryDate) -> dict[str, Any]:
    """Return a date as CSL-JSON has it."""
    ends = date_ends(date.edtf)
    parts = [list(end.numbers[: 1 if end.season else 3]) if end and not (end.time or end.unspecified) else None for end in ends]
    seasons = {end.season for end in ends if end} - {None}
    is_numeric = all(parts) and (not seasons or len(ends) == 1)
    content: dict[str, Any] = {"date-parts": parts} if is_numeric else {"literal": date.words()}
    if is_numeric and seasons:
        content["season"] = seasons.pop() - _FIRST_SEASON  # type: ignore[operator]
    if any(end and end.qualifier for end in ends):
        content["circa"] = True
    if not is_numeric or "circa" in content:
        content["raw"] = date.edtf
    return content


def read_csl_date(content: Any) -> StoryDate | None:
    """Read a date of CSL-JSON; None where it says nothing. Raises DateError with the way to mend it."""
    if isinstance(content, str):
        return read_date_text(content)
    if not isinstance(content, Mapping):
        raise DateError(Message("A CSL-JSON date must be an object."), FORM)
    if content.get("raw"):
        return read_date_text(str(content["raw"]))
    parts = content.get("date-parts")
    if not parts:
        return read_date_text(str(content["literal"])) if content.get("literal") else None
    if not isinstance(parts, Sequence) or isinstance(parts, str) or not all(isinstance(part, Sequence) for part in parts):
        raise DateError(Message("The date-parts are not lists of numbers."), FORM)
    if len(parts) > 2:
        raise DateError(Message("The date has more than two ends."), Message("Write its first and its last day."))
    if all(len(part) == 1 and _is_undated(str(part[0])) for part in parts):
        return None
    season, circa = content.get("season"), "~" if content.get("circa") not in (None, False, 0, "", "0", "false") else ""
    return parse_date("/".join(f"{_end(part, season)}{circa}" for part in parts))


def read_date_text(text: str) -> StoryDate | None:
    """Read a date as EDTF, or as people type it: ``4 March 2021``, ``March 2021``, ``2021/03/04``; None for none, ``n.d.``.

    Raises DateError.
    """
    text = " ".join(text.split())
    slashed = re.fullmatch(r"(\d{4})/(\d{1,2})(?:/(\d{1,2}))?/?\.?", text)
    lettered = re.fullmatch(r"(\d{4})[a-z]", text)  # by which lists tell works of one year apart
    if lettered:
        text = lettered[1]
    elif slashed and int(slashed[2]) not in _MONTHS and int(slashed[2]) == (int(slashed[1]) + 1) % 100:  # 2020/21
        text = f"{slashed[1]}/{int(slashed[1]) + 1:04}"
    elif slashed:
        text = "-".join(part.zfill(2) for part in slashed.groups() if part)
    plain = text if text.endswith("..") else text.rstrip(".")
    if not plain or _is_undated(plain):
        return None
    with suppress(DateError):
        return parse_date(plain)
    if re.search(r"\d{3}", plain):  # without a year, a reading would be a guess
        with suppress(DateError):
            return typed_date(plain, date.max).date
    return parse_date(text)  # which says what is wrong with it


def _is_undated(text: str) -> bool:
    """Return whether a text says that there is no date: ``n.d.``, ``[s. d.]``, ``undated``."""
    return _UNDATED.fullmatch(text.replace(".", " ").replace("  ", " ")) is not None


def _end(numbers: Sequence[Any], season: Any) -> str:
    """Return one end of a date as EDTF. Raises DateError."""
    try:
        year, *rest = [int(number) for number in numbers if number not in (None, "")]
        number = int(season) if season not in (None, "") and not rest else 0
    except (OverflowError, TypeError, ValueError):  # 1e400 is read as infinite
        raise DateError(Message("The date-parts contain something other than numbers."), FORM) from None
    if number:
        rest = [number if number > _FIRST_SEASON else number + _FIRST_SEASON]
    front = f"{'-' if year < 0 else ''}{abs(year):04}" if abs(year) < 10000 else f"Y{year}"
    return "-".join([front, *(f"{part:02}" for part in rest)])


def _held(details: Details) -> dict[str, list[str]]:
    """Return the texts of each variable."""
    held: dict[str, list[str]] = defaultdict(list)
    for variable, text in details:
        held[variable].append(text)
    return held
