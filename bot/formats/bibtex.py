"""BibTeX files, written for BibTeX and biblatex and read by bibtexparser.

Beside the classic ``year`` and ``month`` stands biblatex's ``date``, which is EDTF like a story's. The exact CSL type, of which
BibTeX has few, stands in ``entrysubtype``, which biblatex keeps and prints nowhere. Text is UTF-8; the signs of TeX are
escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.english.calendar import MONTHS
from bot.errors import Fault
from bot.facts.models import Actor, Source
from bot.formats.csl import csl_item, is_address, read_item
from bot.formats.source_list import SourceList
from bot.stories.csl_terms import TYPES

ARCHIVED = re.compile(r"Archived at (?:\\url\{([^{}]*)\}|(https?://\S+))")
_TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article", "article": "article",
    "review": "article", "review-book": "article", "book": "book", "chapter": "incollection", "entry": "incollection",
    "entry-dictionary": "incollection", "entry-encyclopedia": "incollection", "paper-conference": "inproceedings",
    "thesis": "phdthesis", "report": "techreport", "pamphlet": "booklet", "manuscript": "unpublished",
    "webpage": "online", "post": "online", "post-weblog": "online",
}  # fmt: skip
_READ = {
    "article": "article-journal", "book": "book", "mvbook": "book", "collection": "book", "proceedings": "book",
    "incollection": "chapter", "inbook": "chapter", "bookinbook": "chapter", "suppbook": "chapter",
    "inproceedings": "paper-conference", "conference": "paper-conference", "inreference": "entry-encyclopedia",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "techreport": "report", "report": "report",
    "booklet": "pamphlet", "manual": "book", "unpublished": "manuscript", "online": "webpage", "electronic": "webpage",
    "www": "webpage", "webpage": "webpage", "patent": "patent", "dataset": "dataset", "software": "software", "misc": "document",
    "video": "motion_picture", "movie": "motion_picture", "audio": "song", "legislation": "legislation", "letter":
    "personal_communication", "periodical": "periodical", "newspaper": "article-newspaper", "performance": "performance",
}  # fmt: skip
_SUBTYPES = {"newspaper": "article-newspaper", "magazine": "article-magazine", "journal": "article-journal"}
_CONTAINER = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle", "online": "organization"}
_MAKER = {"phdthesis": "school", "techreport": "institution"}
_CONTAINERS = ("journaltitle", "journal", "booktitle", "maintitle")
_MAKERS = ("publisher", "institution", "school", "organization", "howpublished")
_PLAIN = {
    "volume": "volume", "number": "issue", "issue": "issue", "pages": "page", "edition": "edition", "isbn": "ISBN",
    "issn": "ISSN",
    "series": "collection-title", "address": "publisher-place", "location": "publisher-place", "version": "version",
}  # fmt: skip
_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", **{sign: f"\\{sign}" for sign in "&%$#_"},
}  # fmt: skip
_KEPT = {
    "textbackslash": "\ue000", "textbraceleft": "\ue001", "textbraceright": "\ue002", "textasciitilde": "\ue003",
    "textasciicircum": "\ue004",
}  # fmt: skip
_PRINTED = str.maketrans(dict(zip(_KEPT.values(), "\\{}~^", strict=True)))
_MONTHS = tuple(month[:3].lower() for month in MONTHS)  # BibTeX's macros


def write(sources: Iterable[Source], actors: Iterable[Actor] = ()) -> str:
    """Return sources as a BibTeX file."""
    known = list(actors)
    keys: set[str] = set()
    return "\n".join(_entry(source, csl_item(source, actors=known), _key(source.id, keys)) for source in sources)


def read(text: str) -> SourceList:
    """Read a BibTeX file; every fault is noted."""
    import logging

    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import DuplicateBlockKeyBlock, Entry, ParsingFailedBlock

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # its warnings are faults here
    library = parse_string(text)
    strings = {name.lower(): str(value.value) for name, value in library.strings_dict.items()}
    reading = SourceList([], [])
    for block in library.blocks:
        line = (block.start_line or 0) + 1
        if isinstance(block, DuplicateBlockKeyBlock) and isinstance(block.ignore_error_block, Entry):
            first = (block.previous_block.start_line or 0) + 1
            mend = "Give one of the two another key, or take it out."
            reading.faults.append(Fault(line, 1, f'The key "{block.key[:60]}" is that of an entry on line {first}, too.', mend))
            _read_in_depth(reading, line, block.ignore_error_block, strings)
        elif isinstance(block, ParsingFailedBlock):
            reading.faults.append(Fault(line, 1, _failed(block), "Check its braces, quotation marks and commas."))
        elif isinstance(block, Entry):
            _read_in_depth(reading, line, block, strings)
    if not library.blocks or not (reading.sources or reading.faults):
        reading.faults.append(
            Fault(1, 1, "There is no entry in the file.", "An entry begins with @ and its type: @article{lee, …}.")
        )
    return reading


def _read_in_depth(reading: SourceList, line: int, entry: Any, strings: Mapping[str, str]) -> None:
    """Read an entry; one whose braces are nested deeper than can be followed is a fault."""
    try:
        _read_entry(reading, line, entry, strings)
    except RecursionError:
        reading.faults.append(Fault(line, 1, "This is nested too deeply.", "Take out braces that are not needed."))


def _entry(source: Source, item: Mapping[str, Any], key: str) -> str:
    kind = _TYPES.get(item["type"], "misc")
    fields: dict[str, str] = {"title": _escape(source.title)}
    if "author" in item:
        fields["author"] = " and ".join(map(_name, item["author"]))
    container, maker = item.get("container-title"), item.get("publisher")
    if container:
        fields[_CONTAINER.get(kind, "publisher")] = _escape(container)
    if maker:
        fields[_MAKER.get(kind, "publisher")] = _escape(maker)
    if source.published:
        fields |= _dates(source.published.edtf, item["issued"])
    fields["entrysubtype"] = item["type"]
    archived = rf"Archived at \url{{{_address(source.archive)}}}" if source.archive else ""
    optional = {"doi": item.get("DOI"), "url": source.url and _address(source.url)}
    fields |= {name: value for name, value in optional.items() if value}
    note = " ".join(filter(None, [_escape(source.note or ""), archived]))
    if note:
        fields["note"] = note
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}," for name, value in fields.items()]
    return "\n".join([f"@{kind}{{{key},", *lines, "}", ""])


def _dates(edtf: str, issued: Mapping[str, Any]) -> dict[str, str]:
    """Return biblatex's date, and BibTeX's year and month where they say it right."""
    parts = issued.get("date-parts")
    fields = {"date": edtf}
    if parts and len(parts) == 1 and "circa" not in issued:
        fields["year"] = str(parts[0][0])
        if len(parts[0]) > 1:
            fields["month"] = _MONTHS[parts[0][1] - 1]
    return fields


def _name(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return f"{{{_escape(name['literal'])}}}"
    family = " ".join(filter(None, [name.get("non-dropping-particle"), name["family"]]))
    return ", ".join(_escape(part) for part in (family, name.get("suffix"), name.get("given")) if part)


def _key(name: str, taken: set[str]) -> str:
    """Return a key that BibTeX takes, each once."""
    base = re.sub(r"[^A-Za-z0-9_:.-]", "", name) or "source"
    key = base if base not in taken else next(new for number in range(2, 10**9) if (new := f"{base}-{number}") not in taken)
    taken.add(key)
    return key


def _escape(text: str) -> str:
    return "".join(_ESCAPES.get(sign, sign) for sign in " ".join(text.split()))


def _address(url: str) -> str:
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _failed(block: Any) -> str:
    duplicate = getattr(block, "duplicate_keys", None)
    if duplicate:
        return f"The entry has {', '.join(sorted(duplicate))} twice."
    return "The entry cannot be read."


def _read_entry(reading: SourceList, line: int, entry: Any, strings: Mapping[str, str]) -> None:
    raw = {field.key.lower(): _value(field, strings) for field in entry.fields}
    item: dict[str, Any] = {"id": entry.key.strip(), "type": _type(entry.entry_type.lower(), raw, reading, line, entry.key)}
    title, subtitle = _text(raw.get("title")), _text(raw.get("subtitle"))
    item["title"] = f"{title}: {subtitle}" if title and subtitle else title
    item["author"] = _names(raw.get("author") or raw.get("editor") or "")
    item["container-title"] = _first(raw, _CONTAINERS)
    item["publisher"] = _first(raw, _MAKERS)
    item |= {name: _text(raw.get(field)) for field, name in _PLAIN.items() if raw.get(field)}
    item["issued"] = {"raw": _date(raw)}
    item["URL"] = _found_address(raw)
    item["DOI"] = raw.get("doi", "")
    note = " ".join(filter(None, [raw.get("note"), raw.get("addendum")]))
    archived = ARCHIVED.search(note)
    if archived:
        item["archive_location"] = archived[1] or archived[2].rstrip(".,;)")
        note = note.replace(archived[0], "")
    item["note"] = _text(note)
    reading.add(line, read_item({name: value for name, value in item.items() if value}))


def _type(kind: str, raw: Mapping[str, str], reading: SourceList, line: int, key: str) -> str:
    subtype = raw.get("entrysubtype", "").strip().lower()
    if subtype in TYPES:
        return subtype
    if subtype in _SUBTYPES and kind == "article":
        return _SUBTYPES[subtype]
    if kind not in _READ:
        mend = "Write a type such as @article, @online, @book or @misc."
        reading.faults.append(Fault(line, 1, f'"{key[:60]}": @{kind[:60]} is not a type of BibTeX.', mend))
    if kind == "misc" and _found_address(raw):
        return "webpage"
    return _READ.get(kind, "document")


def _value(field: Any, strings: Mapping[str, str]) -> str:
    """Return a field's value; abbreviations, and values joined by #, are written out."""
    value = str(field.value)
    if field.enclosing != "no-enclosing":
        return value
    parts = re.findall(r'"[^"]*"|\{[^{}]*\}|[^#\s]+', value)
    return "".join(part[1:-1] if part[0] in '"{' else strings.get(part.lower(), part) for part in parts)


def _first(raw: Mapping[str, str], names: Iterable[str]) -> str:
    return next((text for name in names if (text := _text(raw.get(name))) and not is_address(text.strip("<>"))), "")


def _found_address(raw: Mapping[str, str]) -> str:
    """Return the address, which stands in ``url``, or as ``\\url{…}`` in other fields."""
    for name in ("url", "howpublished", "note"):
        value = ARCHIVED.sub("", raw.get(name, "")).strip()
        wrapped = re.search(r"\\url\{([^{}]*)\}", value)
        if wrapped:
            return wrapped[1]
        if name == "url" and value:
            return re.sub(r"\\([&%$#_{}])", r"\1", value)
        if is_address(value):
            return value
    return ""


def _date(raw: Mapping[str, str]) -> str:
    """Return the date as EDTF or as people write it: biblatex's, else the year, month and day."""
    if raw.get("date", "").strip():
        return raw["date"].strip()
    year, month, day = (_text(raw.get(name)) for name in ("year", "month", "day"))
    year = re.sub(r"^(\d{4})\s*[-–]{1,2}\s*(\d{4})$", r"\1/\2", year)
    short = month[:3].lower()
    if not year or not month:
        return year
    number = _MONTHS.index(short) + 1 if short in _MONTHS else int(month) if re.fullmatch(r"0?[1-9]|1[0-2]", month) else 0
    if not number or not re.fullmatch(r"\d{4}", year):
        return f"{day} {month} {year}".strip()
    return "-".join([year, f"{number:02}", *([f"{int(day):02}"] if day.isdecimal() else [])])


def _names(value: str) -> list[dict[str, str]]:
    return [name for name in map(_read_name, _people(value)) if any(name.values())]


def _people(value: str) -> Iterator[str]:
    from bibtexparser.middlewares.names import split_multiple_persons_names

    return iter(split_multiple_persons_names(" ".join(value.split())))


def _read_name(name: str) -> dict[str, str]:
    from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

    text = name.strip()
    if text.lower() == "others":
        return {"literal": "et al."}
    if text.startswith("{") and text.endswith("}") and "}" not in text[1:-1]:
        return {"literal": _text(text)}
    try:
        parts = parse_single_name_into_parts(text, strict=False)
    except InvalidNameError:
        return {"literal": _text(text)}
    found = {"given": parts.first, "non-dropping-particle": parts.von, "family": parts.last, "suffix": parts.jr}
    return {key: _text(" ".join(words)) for key, words in found.items() if words}


def _text(value: str | None) -> str:
    """Return a value without TeX: accents, escapes and braces become what they print."""
    if not value:
        return ""
    if not re.search(r"[\\{}$~%]|--|``|''", value):
        return " ".join(value.split())
    from pylatexenc.latex2text import LatexNodes2Text

    # These are put aside meanwhile, for pylatexenc prints others in their place, or none.
    kept = re.sub(rf"\\({'|'.join(_KEPT)})(?:\{{\}}|(?![A-Za-z]))", lambda found: _KEPT[found[1]], value)
    plain = LatexNodes2Text(math_mode="verbatim", strict_latex_spaces=False, keep_comments=True).latex_to_text(kept)
    return " ".join(plain.replace("\N{NO-BREAK SPACE}", " ").translate(_PRINTED).split())
