"""RIS files, the form that Zotero, EndNote and Mendeley exchange, written and read by rispy.

The exact CSL type, of which RIS has other ones, stands in ``M3`` (type of work), and an EDTF date that year, month and day
cannot say in the last part of ``DA``, which RIS leaves to words: ``2017/10//2017-10~``.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.errors import DateError, Fault
from bot.facts.dates import parse_date
from bot.facts.models import Actor, Source
from bot.facts.text import is_address
from bot.formats.csl import csl_details, csl_item
from bot.formats.csl_names import family_and_given
from bot.formats.csl_read import read_item
from bot.formats.source_list import NO_ENTRY, SourceList, Trouble
from bot.messages import Count, Message
from bot.stories.csl_terms import RATING, TYPES, split_note

_WRITTEN = {
    "article": "GEN", "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS", "bill": "BILL",
    "book": "BOOK", "broadcast": "VIDEO", "chapter": "CHAP", "classic": "CLSWK", "dataset": "DATA", "entry": "ENCYC",
    "entry-dictionary": "DICT", "entry-encyclopedia": "ENCYC", "figure": "FIGURE", "graphic": "ART", "hearing": "HEAR",
    "interview": "PCOMM", "legal_case": "CASE", "legislation": "STAT", "manuscript": "MANSCPT", "map": "MAP",
    "motion_picture": "MPCT", "musical_score": "MUSIC", "pamphlet": "PAMP", "paper-conference": "CPAPER", "patent": "PAT",
    "periodical": "JFULL", "personal_communication": "PCOMM", "post": "ICOMM", "post-weblog": "BLOG", "regulation": "LEGAL",
    "report": "RPRT", "review": "JOUR", "review-book": "JOUR", "software": "COMP", "song": "SOUND", "standard": "STAND",
    "thesis": "THES", "webpage": "ELEC",
}  # fmt: skip
_READ = {code: kind for kind, code in reversed(_WRITTEN.items())} | {
    "GEN": "document", "JOUR": "article-journal", "EJOUR": "article-journal", "INPR": "article-journal",
    "ABST": "article-journal",
    "EBOOK": "book", "EDBOOK": "book", "SER": "book", "ECHAP": "chapter", "CONF": "paper-conference", "SLIDE": "speech",
    "GOVDOC": "report", "UNPB": "manuscript", "ADVS": "motion_picture", "MULTI": "webpage", "DBASE": "dataset", "AGGR": "dataset",
    "ANCIENT": "classic", "CTLG": "book", "CHART": "figure", "EQUA": "figure", "GRANT": "document",
    "PCOMM": "personal_communication",
    "ENCYC": "entry-encyclopedia", "VIDEO": "motion_picture", "MGZN": "article-magazine", "ART": "graphic", "BLOG": "post-weblog",
}  # fmt: skip
_MAX_LINES = 2000  # of an entry
_NO_END = (Message("The entry does not end."), Message("End it with a line `ER  - `."))
_LINE = re.compile(r"([A-Z][A-Z0-9])  ?- ?(.*)")
_FIELDS = {
    "volume": "volume", "issue": "number", "edition": "edition", "publisher-place": "place_published", "ISSN": "issn",
    "collection-title": "tertiary_title", "number-of-volumes": "number_of_volumes", "section": "section",
    "title-short": "short_title", "language": "language", "call-number": "call_number",
}  # fmt: skip
_ROLES = {"editor": "secondary_authors", "translator": "subsidiary_authors", "collection-editor": "tertiary_authors"}
_OTHER = "user_defined"  # U1, of which RIS says nothing: what else is known, each as its variable of CSL with its text
_COMMON = ("author", "container-title", "publisher", "DOI")  # in fields that every source has
_SPAN = re.compile(r"([^\s,;–-]+)-([^\s,;–-]+)")


def write(sources: Iterable[Source], actors: Iterable[Actor] = ()) -> str:
    """Return sources as a RIS file."""
    import rispy

    class Writer(rispy.RisWriter):  # type: ignore[misc]
        """The writer of rispy without the numbers that it puts between entries, which not every reader takes."""

        def set_header(self, count: int) -> str:
            return ""

    known = list(actors)
    entries = [_entry(source, csl_item(source, actors=known)) for source in sources]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return str(rispy.dumps(entries, implementation=Writer, **_fields()))


def read(text: str) -> SourceList:
    """Read a RIS file; every fault is noted."""
    reading = SourceList()
    for line, lines in _records(text, reading):
        _read_entry(reading, line, lines)
    if not (reading.sources or reading.faults):
        mend = Message("An entry begins with `TY  - ` and ends with `ER  - `.")
        reading.faults.append(Fault(1, 1, NO_ENTRY, mend))
    return reading


def _fields() -> dict[str, Any]:
    """Return which tags rispy reads and writes as which fields: its own and two more."""
    from rispy.config import LIST_TYPE_TAGS, TAG_KEY_MAPPING

    return {"mapping": {**TAG_KEY_MAPPING, "AV": "archive_location", "U1": _OTHER}, "list_tags": [*LIST_TYPE_TAGS, "U1"]}


def _entry(source: Source, item: Mapping[str, Any]) -> dict[str, Any]:
    optional: dict[str, Any] = {
        "title": source.title,  # without the marks of CSL-JSON
        "authors": [_name(name) for name in item.get("author", ())],
        "secondary_title": item.get("container-title"),
        "publisher": item.get(_maker(item["type"])),
        "urls": [source.url] if source.url else [],
        "doi": item.get("DOI"),
        "type_of_work": item["type"],
        "notes": [source.note] if source.note else [],
        "archive_location": source.archive,
        "id": source.id,
    }
    optional |= _details(source, item)
    if source.published and "issued" in item:
        issued = item["issued"]
        first, *others = issued.get("date-parts") or [[]]
        numbers = [f"{first[0]:04}", *(f"{part:02}" for part in first[1:])] if first and 0 < first[0] < 10000 else []
        exact = numbers and not others and "circa" not in issued and "season" not in issued
        optional |= {"year": numbers[0]} if numbers else {}
        optional["date"] = "/".join([*numbers, *[""] * (3 - len(numbers)), "" if exact else source.published.edtf])
    entry: dict[str, Any] = {"type_of_reference": _WRITTEN.get(item["type"], "GEN")}
    for name, value in optional.items():
        if value:  # each on one line
            entry[name] = [" ".join(text.split()) for text in value] if isinstance(value, list) else " ".join(str(value).split())
    return entry


def _maker(kind: str) -> str:
    """Return the variable that ``PB`` is in an entry of a type: of a case the court, as Zotero has it."""
    return "authority" if kind == "legal_case" else "publisher"


def _details(source: Source, item: Mapping[str, Any]) -> dict[str, Any]:
    """Return what else is known of a source: in its field where RIS has one, else in lines of the note."""
    fields: dict[str, Any] = {_ROLES[role]: [_name(name) for name in item[role]] for role in _ROLES if role in item}
    maker = _maker(item["type"])
    other = [f"publisher: {item['publisher']}"] if maker != "publisher" and "publisher" in item else []
    for variable, text in source.details:
        if variable in _FIELDS:
            fields[_FIELDS[variable]] = text
        elif variable == "page" and (span := _SPAN.fullmatch(text)):
            fields |= {"start_page": span[1], "end_page": span[2]}
        elif variable == "page":
            fields["start_page"] = text
        elif variable == "accessed" and re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
            fields["access_date"] = "/".join([*text.split("-"), "", "", ""][:3]) + "/"
        elif variable not in (*_ROLES, *_COMMON, maker):
            other.append(f"{variable}: {text}")
    return fields | ({_OTHER: other} if other else {})


def _name(name: Mapping[str, str]) -> str:
    if "literal" in name:  # a comma at its end tells EndNote, too, that those inside it part nothing
        return f"{name['literal']}," if "," in name["literal"] else name["literal"]
    return ", ".join(filter(None, [*family_and_given(name), name.get("suffix")]))


def _records(text: str, reading: SourceList) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines of each entry with the number of its first one; lines that belong to none are faults."""
    begun, lines = 0, []
    number, stray = 0, -1
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.rstrip()
        match = _LINE.fullmatch(line)
        tag = match[1] if match else None
        if tag == "TY":
            if begun:
                reading.leave_out(Fault(begun, 1, *_NO_END))
            begun, lines = number, [f"TY  - {match[2]}"] if match else []
        elif tag == "ER" and begun:
            yield begun, [*lines, "ER  - "]
            begun, lines = 0, []
        elif begun:
            lines.append(f"{tag}  - {match[2]}" if match else line)
        elif line.strip() and not re.fullmatch(r"\d+\.", line.strip()):  # some programs number the entries
            problem = Message('"{text}" belongs to no entry.', text=line.strip()[:60])
            fault = Fault(number, 1, problem, Message("An entry begins with a line `TY  - `."))
            if stray != number - 1:  # lines in a row are one entry that lacks its beginning
                reading.leave_out(fault)
            else:
                reading.faults.append(fault)
            stray = number
    if begun:
        reading.leave_out(Fault(begun, 1, *_NO_END))


def _read_entry(reading: SourceList, line: int, lines: list[str]) -> None:
    import rispy

    if len(lines) > _MAX_LINES:  # which it would join one by one, copying all of them each time
        problem = Message("The entry has {number} lines.", number=Count(len(lines)))
        mend = Message("Shorten it to {number} lines; an entry ends with a line `ER  - `.", number=_MAX_LINES)
        reading.leave_out(Fault(line, 1, problem, mend))
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        entries = rispy.loads("\n".join(lines), delimiter_tags_mapping={}, **_fields())
    raw: dict[str, Any] = entries[0] if entries else {}
    remarks: list[Trouble] = []
    address = next(iter(raw.get("urls", ())), "")
    kind = _type(raw, remarks)
    item: dict[str, Any] = {
        "id": raw.get("id") or raw.get("label") or "",
        "type": kind,
        "title": raw.get("title") or raw.get("primary_title") or "",
        "author": [_read_name(name) for key in ("authors", "first_authors") for name in raw.get(key, ())],
        **{role: [_read_name(name) for name in raw[key]] for role, key in _ROLES.items() if raw.get(key)},
        "container-title": _first(
            raw, "secondary_title", "journal_name", "alternate_title3", "alternate_title2", "alternate_title1"
        ),
        _maker(kind): _first(raw, "publisher", "name_of_database"),
        "issued": {"raw": _date(raw)},
        "URL": address,
        "DOI": raw.get("doi", ""),
        "page": "-".join(filter(None, [raw.get("start_page"), raw.get("end_page")])),
        "accessed": {"raw": _numbers(str(raw.get("access_date", "")))},
        "note": " ".join(raw.get("notes", ())),
        "archive_location": raw.get("archive_location", ""),
        **{name: raw[key] for name, key in _FIELDS.items() if raw.get(key)},
    }
    details = split_note("\n".join(raw.get(_OTHER, ())))[1]
    item |= csl_details(details) | {name: text for name, text in details if name in ("title", RATING)}
    read_as = read_item({name: value for name, value in item.items() if value})
    reading.add(line, replace(read_as, remarks=(*remarks, *read_as.remarks)))


def _type(raw: Mapping[str, Any], remarks: list[Trouble]) -> str:
    exact, code = str(raw.get("type_of_work", "")).strip(), str(raw.get("type_of_reference", "")).strip().upper()
    if exact in TYPES:
        return exact
    if code not in _READ:
        mend = Message("Write one such as `NEWS`, `ELEC`, `JOUR`, `BOOK` or `GEN`.")
        remarks.append((Message('"{text}" is not a type of RIS.', text=code[:20]), mend))
    return _READ.get(code, "document")


def _numbers(date: str) -> str:
    """Return a date of RIS, ``2021/03/04/``, as EDTF."""
    parts = [part.strip() for part in date.split("/")[:3]]
    return "-".join(part.zfill(2) for part in parts if part) if re.fullmatch(r"\d{4}", parts[0]) else date


def _first(raw: Mapping[str, Any], *keys: str) -> str:
    return next((str(raw[key]) for key in keys if raw.get(key) and not is_address(str(raw[key]))), "")


def _read_name(name: str) -> dict[str, str]:
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 1 or not all(parts[:2]) or not parts[-1]:
        return {"literal": name.strip(" ,")}
    return {"family": parts[0], "given": parts[1], **({"suffix": parts[2]} if len(parts) > 2 and parts[2] else {})}


def _date(raw: Mapping[str, Any]) -> str:
    """Return the date: the words of ``DA`` where they are EDTF, else its numbers, else the year."""
    for key in ("date", "publication_year", "year"):
        value = str(raw.get(key, "")).strip()
        if not value:
            continue
        numbers = value.split("/", 3)
        words = numbers[3].strip() if len(numbers) == 4 else ""
        try:
            return parse_date(words).edtf
        except DateError:
            pass
        if re.fullmatch(r"\d{4}/\d\d", value):
            return value  # a month, or the second of two years
        if re.fullmatch(r"\d{4}", numbers[0]):
            return "-".join(part.zfill(2) for part in numbers[:3] if part.strip())
        return words or value
    return ""
