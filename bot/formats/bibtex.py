"""BibTeX files, written for BibTeX and biblatex, and which types and fields of CSL are which of theirs.

Beside the classic ``year`` and ``month`` stands biblatex's ``date``, which is EDTF like a story's. The exact CSL type, of which
BibTeX has few, stands in ``entrysubtype``, which biblatex keeps and prints nowhere. Text is UTF-8; the signs of TeX are
escaped, and what is written with a capital inside a title stands in braces, which keep it through BibTeX's styles. What neither
has a field for stands in one of ours, named after the variable of CSL: ``csl-archive_location``. Programs leave alone what they
do not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.english.calendar import MONTHS
from bot.facts.models import Actor, Source
from bot.formats.csl import csl_item
from bot.formats.csl_names import OTHERS, family_and_given
from bot.formats.typography import NO_CASE, title_case
from bot.stories.csl_terms import NAMES, RATING, TEXTS, texts_of
from bot.stories.new_ids import numbered

_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", **{sign: f"\\{sign}" for sign in "&%$#_"},
}  # fmt: skip
MONTH_MACROS = tuple(month[:3].lower() for month in MONTHS)
WRITTEN_TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article", "article": "article",
    "review": "article", "review-book": "article", "book": "book", "chapter": "incollection", "entry": "incollection",
    "entry-dictionary": "incollection", "entry-encyclopedia": "incollection", "paper-conference": "inproceedings",
    "thesis": "phdthesis", "report": "techreport", "pamphlet": "booklet", "manuscript": "unpublished",
    "webpage": "online", "post": "online", "post-weblog": "online",
}  # fmt: skip
READ_TYPES = {
    "article": "article-journal", "book": "book", "mvbook": "book", "collection": "book", "proceedings": "book",
    "incollection": "chapter", "inbook": "chapter", "bookinbook": "chapter", "suppbook": "chapter",
    "inproceedings": "paper-conference", "conference": "paper-conference", "inreference": "entry-encyclopedia",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "techreport": "report", "report": "report",
    "booklet": "pamphlet", "manual": "book", "unpublished": "manuscript", "online": "webpage", "electronic": "webpage",
    "www": "webpage", "webpage": "webpage", "patent": "patent", "dataset": "dataset", "software": "software", "misc": "document",
    "video": "motion_picture", "movie": "motion_picture", "audio": "song", "legislation": "legislation", "letter":
    "personal_communication", "periodical": "periodical", "newspaper": "article-newspaper", "performance": "performance",
}  # fmt: skip
SUBTYPES = {"newspaper": "article-newspaper", "magazine": "article-magazine", "journal": "article-journal"}
GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"}
"""What two types of BibTeX say beside that they are theses."""

CONTAINER = {"article": "journal", "online": "organization"}
MAKER = {"phdthesis": "school", "techreport": "institution"}
CONTAINERS = ("journaltitle", "journal", "booktitle", "maintitle")
MAKERS = ("publisher", "institution", "school", "howpublished")
ROLES = ("author", "editor", "translator")
"""Roles that have a field of the same name."""

DATES = {"accessed": "urldate", "original-date": "origdate", "event-date": "eventdate"}
LANGUAGES = {
    "ar": "arabic", "de": "ngerman", "en": "english", "en-GB": "british", "en-US": "american", "es": "spanish", "fr": "french",
    "hi": "hindi", "it": "italian", "ja": "japanese", "ko": "korean", "nl": "dutch", "pl": "polish", "pt": "portuguese",
    "pt-BR": "brazilian", "ru": "russian", "tr": "turkish", "uk": "ukrainian",
}  # fmt: skip
"""The languages of babel, by which ``langid`` names how the words of a title are hyphenated."""

_FIELDS = {
    "volume": "volume", "page": "pages", "edition": "edition", "publisher-place": "address", "collection-title": "series",
    "ISBN": "isbn", "ISSN": "issn", "version": "version", "genre": "type", "event-title": "eventtitle", "event-place": "venue",
    "number-of-pages": "pagetotal", "number-of-volumes": "volumes", "chapter-number": "chapter", "status": "pubstate",
    "language": "language", "title-short": "shorttitle", "part-number": "part",
}  # fmt: skip
_ARTICLE = {"issue": "number", "number": "eid"}  # in a journal the number is that of the issue
_OTHER = {"number": "number", "issue": "issue"}
_ALSO_READ = {"location": "publisher-place", "issue": "issue"}


def written_fields(kind: str) -> Mapping[str, str]:
    """Return the field of each text of CSL in an entry of a type."""
    named = _FIELDS | (_ARTICLE if kind == "article" else _OTHER)
    elsewhere = ("title", "DOI", "container-title", "publisher")
    return {variable: named.get(variable, f"csl-{variable}") for variable in (*TEXTS, RATING) if variable not in elsewhere}


def read_fields(kind: str) -> Mapping[str, str]:
    """Return the text of CSL that each field of an entry of a type is."""
    ours = {f"csl-{variable}".lower(): variable for variable in (*TEXTS, RATING)}
    return ours | _ALSO_READ | {field: variable for variable, field in written_fields(kind).items()}


def write(sources: Iterable[Source], actors: Iterable[Actor] = ()) -> str:
    """Return sources as a BibTeX file."""
    known = list(actors)
    keys: set[str] = set()
    entries = []
    for source in sources:
        key = numbered(re.sub(r"[^A-Za-z0-9_:.-]", "", source.id) or "source", keys)  # what BibTeX takes, each once
        keys.add(key)
        entries.append(_entry(source, csl_item(source, actors=known), key))
    return "\n".join(entries)


def _entry(source: Source, item: Mapping[str, Any], key: str) -> str:
    kind = WRITTEN_TYPES.get(item["type"], "misc")
    fields: dict[str, str] = {"title": _title(item["title"])}
    fields |= {role: _names(item[role]) for role in ROLES if role in item}
    container, maker = item.get("container-title"), item.get("publisher")
    if container:
        fields[CONTAINER.get(kind, "booktitle")] = _escape(container)
    if maker:
        fields[MAKER.get(kind, "publisher")] = _escape(maker)
    if "issued" in item and source.published:
        fields["date"] = source.published.edtf  # which is biblatex's; BibTeX has year and month, where they say it right
        parts = item["issued"].get("date-parts")
        if parts and len(parts) == 1 and "circa" not in item["issued"]:
            fields["year"] = str(parts[0][0])
            if len(parts[0]) > 1:
                fields["month"] = MONTH_MACROS[parts[0][1] - 1]
    fields["entrysubtype"] = item["type"]
    fields |= _details(source, item, kind)
    archived = rf"Archived at \url{{{_address(source.archive)}}}" if source.archive else ""
    optional = {"doi": item.get("DOI"), "url": source.url and _address(source.url)}
    fields |= {name: value for name, value in optional.items() if value}
    note = " ".join(filter(None, [_escape(source.note or ""), archived]))
    if note:
        fields["note"] = note
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}," for name, value in fields.items()]
    return "\n".join([f"@{kind}{{{key},", *lines, "}", ""])


def _details(source: Source, item: Mapping[str, Any], kind: str) -> dict[str, str]:
    """Return what else is known of a source, each in its field."""
    known = {field: " ".join(texts_of(source.details, variable)) for variable, field in written_fields(kind).items()}
    if source.archive:
        del known["csl-archive_location"]  # which the note says
    fields = {field: _escape(text) for field, text in known.items() if text}
    if known.get("language") in LANGUAGES:
        fields["langid"] = LANGUAGES[known["language"]]
    if "pages" in fields:
        fields["pages"] = re.sub(r"(?<=\w)-(?=\w)", "--", fields["pages"])
    dates = {variable: texts_of(source.details, variable) for variable, _ in source.details if variable not in NAMES}
    fields |= {field: dates[variable][0] for variable, field in DATES.items() if variable in dates}
    fields |= {f"csl-{name}": dates[name][0] for name in ("submitted", "available-date", "issued") if name in dates}
    for role in NAMES:
        if role in item and role not in ROLES:
            fields[f"csl-{role}"] = _names(item[role])
    return fields


def _names(names: Iterable[Mapping[str, str]]) -> str:
    written = []
    for name in names:
        if name.get("literal") == OTHERS:
            written.append("others")
        elif "literal" in name:
            written.append(f"{{{_escape(name['literal'])}}}")
        else:
            family, given = family_and_given(name)
            parts = [part for part in (family, name.get("suffix"), given) if part]
            # A part that holds a word by which BibTeX parts names stands in braces.
            braced = [f"{{{_escape(part)}}}" if re.search(r"\band\b|,", part) else _escape(part) for part in parts]
            written.append(", ".join(braced))
    return " and ".join(written)


def _title(text: str) -> str:
    """Return a title with braces around what keeps its case: what the title says so of, and what has a capital inside it."""
    parts = NO_CASE.split(text)  # every second part is marked
    if len(parts) > 1:
        escaped = [_escape(part, strip=False) for part in parts]
        return "".join(f"{{{part}}}" if index % 2 else part for index, part in enumerate(escaped))
    first, *rest = text.split() or [""]
    words = [_escape(first)]
    for word in rest:
        if any(sign.isupper() for sign in word) and title_case(word) == word:  # titles in capitals have this capital too
            before, core, after = re.fullmatch(r"(\W*)(.*?)(\W*)", word, re.DOTALL).groups()  # type: ignore[union-attr]
            words.append(f"{_escape(before)}{{{_escape(core)}}}{_escape(after)}")
        else:
            words.append(_escape(word))
    return " ".join(words)


def _escape(text: str, *, strip: bool = True) -> str:
    return "".join(_ESCAPES.get(sign, sign) for sign in (" ".join(text.split()) if strip else text))


def _address(url: str) -> str:
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
