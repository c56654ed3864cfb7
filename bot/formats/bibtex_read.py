"""BibTeX files read by bibtexparser, each entry by itself: one that cannot be read is named, and the others are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.errors import Fault
from bot.facts.text import is_address
from bot.formats.bibtex import (
    CONTAINERS,
    DATES,
    GENRES,
    LANGUAGES,
    MAKERS,
    MONTH_MACROS,
    READ_TYPES,
    ROLES,
    SUBTYPES,
    read_fields,
)
from bot.formats.csl_names import OTHERS
from bot.formats.csl_read import read_item
from bot.formats.source_list import NO_ENTRY, SourceList, Trouble
from bot.formats.typography import PROTECTED, with_kept_case
from bot.messages import Message
from bot.stories.csl_terms import NAMES, TYPES
from bot.stories.yaml_tree import NESTED

ARCHIVED = re.compile(r"Archived at (?:\\url\{([^{}]*)\}|(https?://\S+))")
_LEFT_ALONE = {
    "textbackslash": "\ue000", "textbraceleft": "\ue001", "textbraceright": "\ue002", "textasciitilde": "\ue003",
    "textasciicircum": "\ue004",
}  # fmt: skip
_PRINTED = str.maketrans(dict(zip(_LEFT_ALONE.values(), "\\{}~^", strict=True)))
_CODES = {name: code for code, name in LANGUAGES.items()} | {"german": "de", "ukenglish": "en-GB", "usenglish": "en-US"}
_GROUP = re.compile(r"(?<![\w\\}{])\{([^{}\\]*)\}(?![\w{])")


def read(text: str) -> SourceList:
    """Read a BibTeX file; every fault is noted, and what has none is read."""
    import logging

    from bibtexparser.entrypoint import parse_string
    from bibtexparser.middlewares.enclosing import RemoveEnclosingMiddleware
    from bibtexparser.model import DuplicateBlockKeyBlock, Entry, ParsingFailedBlock

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # its warnings are faults here
    library = parse_string(text)
    strings = {name.lower(): str(value.value) for name, value in library.strings_dict.items()}
    unenclose = RemoveEnclosingMiddleware()
    reading = SourceList()
    for block in library.blocks:
        line = (block.start_line or 0) + 1
        # Of a key that stands there twice the second entry is read too: a story gives each source an id of its own.
        entry = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else block
        if entry is not block and isinstance(entry, Entry):
            entry = unenclose.transform_entry(entry, library)  # which bibtexparser leaves as it stands
        if isinstance(entry, ParsingFailedBlock):
            twice = ", ".join(f"`{key}`" for key in sorted(getattr(entry, "duplicate_keys", ())))
            problem = Message("The entry has {keys} twice.", keys=twice) if twice else Message("The entry cannot be read.")
            reading.leave_out(Fault(line, 1, problem, Message("Check its braces, quotation marks and commas.")))
        elif isinstance(entry, Entry):
            try:
                _read_entry(reading, line, entry, strings)
            except RecursionError:
                reading.leave_out(Fault(line, 1, NESTED, Message("Take out braces that are not needed.")))
    if not library.blocks or not (reading.sources or reading.faults):
        mend = Message("An entry begins with @ and its type: `@article{lee, …}`.")
        reading.faults.append(Fault(1, 1, NO_ENTRY, mend))
    return reading


def _read_entry(reading: SourceList, line: int, entry: Any, strings: Mapping[str, str]) -> None:
    raw: dict[str, str] = {}
    for field in entry.fields:
        value = str(field.value)
        if field.enclosing == "no-enclosing":  # abbreviations, and values joined by #, are written out
            parts = re.findall(r'"[^"]*"|\{[^{}]*\}|[^#\s]+', value)
            value = "".join(part[1:-1] if part[0] in '"{' else strings.get(part.lower(), part) for part in parts)
        raw[field.key.lower()] = value
    kind = entry.entry_type.lower()
    remarks: list[Trouble] = []
    item: dict[str, Any] = {"id": entry.key.strip(), "type": _type(kind, raw, remarks)}
    item["title"] = ": ".join(filter(None, [_title(raw.get("title")), _title(raw.get("subtitle"))]))
    item |= {role: _names(raw[role]) for role in ROLES if raw.get(role)}
    item |= {role: _names(raw[f"csl-{role}"]) for role in NAMES if raw.get(f"csl-{role}")}
    item |= {name: _text(raw.get(field)) for field, name in read_fields(kind).items() if raw.get(field)}
    item["language"] = _language(item.get("language") or raw.get("langid", ""))
    container, publisher, organisation = _first(raw, CONTAINERS), _first(raw, MAKERS), _first(raw, ("organization",))
    if kind in ("online", "electronic", "www", "webpage") and not container:
        container = organisation  # which is the website
    else:
        publisher = publisher or organisation
    item |= {name: text for name, text in (("container-title", container), ("publisher", publisher)) if text}
    item |= {variable: {"raw": raw[field]} for variable, field in DATES.items() if raw.get(field)}
    item |= {name: {"raw": raw[f"csl-{name}"]} for name in ("submitted", "available-date") if raw.get(f"csl-{name}")}
    if "entrysubtype" not in raw:
        item.setdefault("genre", GENRES.get(kind, ""))
    item["issued"] = {"raw": date} if (date := _date(raw)) else None
    item["URL"], item["DOI"] = _address(raw), raw.get("doi", "")
    note = " ".join(filter(None, [raw.get("note"), raw.get("addendum")]))
    archived = ARCHIVED.search(note)
    if archived:
        item["archive_location"] = archived[1] or archived[2].rstrip(".,;)")
        note = note.replace(archived[0], "")
    item["note"] = _text(note)
    read_as = read_item({name: value for name, value in item.items() if value})
    reading.add(line, replace(read_as, remarks=(*remarks, *read_as.remarks)))


def _language(text: str) -> str:
    """Return the code of a language that is named as babel does, and any other text as it is."""
    return _CODES.get(text.strip().lower(), text)


def _type(kind: str, raw: Mapping[str, str], remarks: list[Trouble]) -> str:
    subtype = raw.get("entrysubtype", "").strip().lower()
    if subtype in TYPES:
        return subtype
    if subtype in SUBTYPES and kind == "article":
        return SUBTYPES[subtype]
    if kind not in READ_TYPES:
        mend = Message("Write a type such as `@article`, `@online`, `@book` or `@misc`.")
        remarks.append((Message("@{name} is not a type of BibTeX.", name=kind[:60]), mend))
    if (kind == "misc" or kind not in READ_TYPES) and _address(raw):
        return "webpage"
    return READ_TYPES.get(kind, "document")


def _first(raw: Mapping[str, str], names: Iterable[str]) -> str:
    return next((text for name in names if (text := _text(raw.get(name))) and not is_address(text.strip("<>"))), "")


def _address(raw: Mapping[str, str]) -> str:
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
    number = (
        MONTH_MACROS.index(short) + 1 if short in MONTH_MACROS else int(month) if re.fullmatch(r"0?[1-9]|1[0-2]", month) else 0
    )
    if not number or not re.fullmatch(r"\d{4}", year):
        return f"{day} {month} {year}".strip()
    return "-".join([year, f"{number:02}", *([f"{int(day):02}"] if day.isdecimal() else [])])


def _names(value: str) -> list[dict[str, str]]:
    from bibtexparser.middlewares.names import split_multiple_persons_names

    names = map(_read_name, split_multiple_persons_names(" ".join(value.split())))
    return [name for name in names if any(name.values())]


def _read_name(name: str) -> dict[str, str]:
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    text = name.strip()
    if text.lower() == "others":
        return {"literal": OTHERS}
    if text.startswith("{") and text.endswith("}") and "}" not in text[1:-1]:
        return {"literal": _text(text)}
    parts = parse_single_name_into_parts(text, strict=False)
    name_parts = {"given": parts.first, "non-dropping-particle": parts.von, "family": parts.last, "suffix": parts.jr}
    return {key: _text(" ".join(words)) for key, words in name_parts.items() if words}


def _text(value: str | None) -> str:
    """Return a value without TeX: accents, escapes and braces become what they print."""
    if not value:
        return ""
    if not re.search(r"[\\{}$~%]|--|``|''", value):
        return " ".join(value.split())
    from pylatexenc.latex2text import LatexNodes2Text

    value = re.sub(r"(?<!\\)&", r"\\&", value)  # in a list of sources it parts no columns of a table
    # These are put aside meanwhile, for pylatexenc prints others in their place, or none.
    unescaped = re.sub(rf"\\({'|'.join(_LEFT_ALONE)})(?:\{{\}}|(?![A-Za-z]))", lambda match: _LEFT_ALONE[match[1]], value)
    plain = LatexNodes2Text(math_mode="verbatim", strict_latex_spaces=False, keep_comments=True).latex_to_text(unescaped)
    return " ".join(plain.replace("\N{NO-BREAK SPACE}", " ").translate(_PRINTED).split())


def _title(value: str | None) -> str:
    """Return a title; what its braces keep from capitals is marked as CSL-JSON marks it."""
    if not value:
        return ""
    whole = value.strip()
    if whole.startswith("{") and whole.endswith("}") and not re.search(r"[{}]", whole[1:-1]):
        return _text(whole)  # as some programs write every title
    marked = _text(_GROUP.sub(rf"{PROTECTED[0]}\1{PROTECTED[1]}", value))
    return re.sub(f"{PROTECTED[0]}(.*?){PROTECTED[1]}", lambda match: with_kept_case(match[1]), marked)
