"""BibTeX read as others read it: twenty entries held against citation-js (`citations/entries.mjs`) and pybtex."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from pybtex.database import Entry, Person, parse_file
from pylatexenc.latex2text import LatexNodes2Text

from bot.formats.csl import csl_item
from bot.formats.csl_names import OTHERS
from bot.formats.source_import import read_sources

FOLDER = Path(__file__).parent / "citations"
FOUND = read_sources((FOLDER / "entries.bib").read_bytes(), "entries.bib")
ITEMS = {source.id: csl_item(source) for source in FOUND.sources}
ROLES = ("author", "editor", "translator")
# Where citation-js is not followed, and what is read instead.
OTHERWISE: dict[str, dict[str, Any]] = {
    "macro": {"issued": {"date-parts": [[2021, 3, 4]]}},  # BibTeX's way to write a day beside its month
    "umlaut": {"author": [{"family": "Grünwald", "given": "Käthe"}, {"family": "Ó Sé", "given": "Bríd"}]},  # i without a dot
    "drift": {"genre": "PhD thesis"},  # in words
    "toll": {"genre": "Master’s thesis"},
    "page": {"type": "webpage"},  # it has an address
    "manual": {"type": "book"},
    "undated": {"issued": None},  # "n.d." is no date
}


def plain(name: dict[str, str]) -> dict[str, str]:
    """Return a name as both have it: citation-js writes bodies, and "others", as family names alone."""
    return {"literal": OTHERS if name["family"] == "others" else name["family"]} if name.keys() == {"family"} else name


def test_every_entry_is_read_as_citation_js_reads_it() -> None:
    expected = json.loads((FOLDER / "entries.json").read_text(encoding="utf-8"))
    assert FOUND.faults == ()
    assert [item["id"] for item in expected] == list(ITEMS)
    wrong = []
    for item in expected:
        wanted = {key: [plain(name) for name in value] if key in ROLES else value for key, value in item.items()}
        wanted |= OTHERWISE.get(item["id"], {})
        actual = ITEMS[item["id"]]
        wrong += [
            f"{item['id']}: {key} is {actual.get(key)!r}, not {value!r}"
            for key, value in wanted.items()
            if actual.get(key) != value
        ]
        wrong += [f"{item['id']}: {key} is {actual[key]!r}, not there" for key in actual.keys() - wanted.keys() - {"URL"}]
    assert wrong == []


def test_every_name_and_text_is_read_as_pybtex_reads_it() -> None:
    entries = parse_file(str(FOLDER / "entries.bib"), bib_format="bibtex").entries
    assert list(entries) == list(ITEMS)
    wrong = []
    for key, entry in entries.items():
        for role in ("author", "editor"):  # the roles that pybtex knows
            wanted = [printed(person) for person in entry.persons.get(role, ())]
            actual = [parts(name) for name in ITEMS[key].get(role, ())]
            wrong += [f"{key}: {role} is {actual}, not {wanted}"] if actual != wanted else []
        for field, variable in fields(entry).items():
            wanted_text = text(entry.fields[field]).replace("–", "-")
            if ITEMS[key].get(variable) != wanted_text:
                wrong.append(f"{key}: {variable} is {ITEMS[key].get(variable)!r}, not {wanted_text!r}")
    assert wrong == []


def test_entries_that_share_a_key_are_read_as_others_are() -> None:
    content = (FOLDER / "entries.bib").read_text(encoding="utf-8")
    shared = read_sources(re.sub(r"(?m)^(@(?!string)\w+\{)[^,]+,", r"\1same,", content).encode(), "x.bib")
    assert [replace(source, id="same") for source in FOUND.sources] == list(shared.sources)


def fields(entry: Entry) -> dict[str, str]:
    """Return the fields of an entry whose variable in CSL does not depend on its type, and what its number is."""
    known = {
        "title": "title", "volume": "volume", "pages": "page", "edition": "edition", "address": "publisher-place", "doi": "DOI",
        "isbn": "ISBN", "series": "collection-title", "booktitle": "container-title", "journal": "container-title",
        "publisher": "publisher", "school": "publisher", "institution": "publisher", "url": "URL", "note": "note",
        "number": "issue" if entry.type == "article" else "number",
    }  # fmt: skip
    return {field: known[field] for field in entry.fields if field in known}


def printed(person: Person) -> tuple[str, ...]:
    """Return the parts of a name as they are printed: given, particle, family, suffix."""
    name_parts = (person.first_names + person.middle_names, person.prelast_names, person.last_names, person.lineage_names)
    return tuple(OTHERS if part == ["others"] else text(" ".join(part)) for part in name_parts)


def parts(name: dict[str, str]) -> tuple[str, ...]:
    """Return the parts of a CSL name in the same order; a body is all family name, as in BibTeX."""
    return tuple(
        name.get(key, name.get("literal", "") if key == "family" else "")
        for key in ("given", "non-dropping-particle", "family", "suffix")
    )


def text(value: str) -> str:
    """Return what TeX prints."""
    return str(LatexNodes2Text(strict_latex_spaces=False).latex_to_text(value)).strip()
