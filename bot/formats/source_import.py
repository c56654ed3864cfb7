"""Lists of sources that others wrote: what can be read of them, and how it is held against the sources that a story has."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import PurePath

from bot.errors import Fault, StoryFileError
from bot.facts.base import FactBase
from bot.facts.edits import Edit
from bot.facts.logbook import Signature
from bot.facts.models import Source
from bot.facts.revisions import Applied
from bot.facts.text import page_key
from bot.formats import bibtex_read, csl_read, ris
from bot.formats.csl import doi_of
from bot.formats.source_list import MAX_FAULTS, MEND_ABOVE, SourceList
from bot.messages import Message
from bot.stories.new_ids import new_id
from bot.stories.yaml_tree import cleaned, decode

MAX_SOURCES = 5000
_READERS: dict[str, Callable[[str], SourceList]] = {
    ".json": csl_read.read, ".bib": bibtex_read.read, ".bibtex": bibtex_read.read, ".ris": ris.read,
}  # fmt: skip
_ENTRY = re.compile(r"@\w+\s*[{(]")  # of BibTeX
_SIGNS = ((re.compile(r"\A\s*[\[{]"), csl_read.read), (re.compile("TY  ?-"), ris.read), (_ENTRY, bibtex_read.read))
_SPLIT = Message("Split the file; at most {number} can be taken in at a time.", number=MAX_SOURCES)
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,60}")


@dataclass(frozen=True, slots=True)
class ReadSources:
    """The sources of a file, the faults of its entries that could not be read, and what others were taken without.

    The ids are the file's own keys, or "". ``left_out`` and ``lessened`` count the entries of the faults and the remarks.
    """

    sources: tuple[Source, ...]
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()
    left_out: int = 0
    lessened: int = 0


@dataclass(frozen=True, slots=True)
class KnownSource:
    """A source of a file that the story has already, or that stands in the file twice, and by what that was seen."""

    source: Source
    same_as: Source
    by: str


@dataclass(frozen=True, slots=True)
class SortedSources:
    """The sources of a file: those that are new, each with the id that it gets, and those that are known."""

    new: tuple[Source, ...]
    known: tuple[KnownSource, ...]


def read_sources(content: bytes, name: str) -> ReadSources:
    """Read a list of sources: CSL-JSON, BibTeX or RIS, by its ending or else by its content.

    An entry that cannot be read is left out and named; a date, a type, an address or names that cannot be read are left out of
    their entry, and named too. Raises StoryFileError with the faults where nothing can be read, and where the file is too large.
    """
    content = _from_utf_16(content)
    text, faults = decode(content if _is_json(content, name) else _in_utf_8(content))
    if faults:
        raise StoryFileError(name, tuple(faults))
    by_content = (reader for sign, reader in _SIGNS if sign.search(text))
    reader = _READERS.get(PurePath(name).suffix.lower()) or next(by_content, None)
    if reader is None:
        problem = Message("This is not a list of sources that I can read.")
        raise StoryFileError(name, (Fault(1, 1, problem, Message("Export it from Zotero as CSL JSON, BibTeX or RIS.")),))
    if reader is bibtex_read.read and sum(1 for _ in _ENTRY.finditer(text)) > MAX_SOURCES:
        # Its reader would take many seconds only to count them.
        problem = Message("The file has more than {number} entries.", number=MAX_SOURCES)
        raise StoryFileError(name, (Fault(1, 1, problem, _SPLIT),))
    reading = reader(text)
    if len(reading.sources) > MAX_SOURCES:
        problem = Message("The file has {number} sources.", number=len(reading.sources))
        reading.faults.append(Fault(reading.sources[MAX_SOURCES].line, 1, problem, _SPLIT))
    if len(reading.sources) > MAX_SOURCES or not reading.sources:
        raise StoryFileError(name, _listed(reading.faults))
    sources = tuple(listed.source for listed in reading.sources)
    return ReadSources(sources, _listed(reading.faults), _listed(reading.remarks), reading.left_out, reading.lessened)


def _is_json(content: bytes, name: str) -> bool:
    return PurePath(name).suffix.lower() == ".json" or content.lstrip()[:1] in (b"[", b"{")


def _from_utf_16(content: bytes) -> bytes:
    """Return as UTF-8 what is in UTF-16, with or without a mark of its order; any other content as it is.

    Lists of sources begin with two letters that ASCII has, of which one byte is zero there.
    """
    if content[:2] in (BOM_UTF16_LE, BOM_UTF16_BE):
        encoding = "utf-16"
    elif len(content) > 1 and bool(content[0]) != bool(content[1]):
        encoding = "utf-16-le" if content[0] else "utf-16-be"
    else:
        return content
    with suppress(UnicodeDecodeError):
        return content.decode(encoding).encode()
    return content


def _in_utf_8(content: bytes) -> bytes:
    """Return text as UTF-8 that is in the encoding in which older programs write BibTeX and RIS; any other content as it is.

    The control characters that they leave in abstracts, and behind the end of a file, are left out.
    """
    if b"\0" in content:
        return content
    for encoding in ("utf-8", "cp1252"):
        with suppress(UnicodeDecodeError):
            return cleaned(content.decode(encoding)).encode()
    return cleaned(content.decode("latin-1")).encode()


def sort_sources(sources: Iterable[Source], stored: Sequence[Source], taken: Collection[str] = ()) -> SortedSources:
    """Hold the sources of a file against those of a story: the same address, DOI, or title and publisher is the same source.

    ``taken`` are the ids that the story ever gave to sources.
    """
    by_mark: dict[tuple[str, str], Source] = {}
    for source in stored:
        by_mark |= {mark: source for mark in _marks(source) if mark not in by_mark}
    ids = {source.id for source in stored}.union(taken)
    new: list[Source] = []
    known: list[KnownSource] = []
    for source in sources:
        marks = _marks(source)
        same = next((mark for mark in marks if mark in by_mark), None)
        if same is not None:
            known.append(KnownSource(source, by_mark[same], same[0]))
            continue
        own = _KEY.fullmatch(source.id) and source.id not in ids and not source.id.isdigit()  # it is one that a story takes
        made = source if own else replace(source, id=new_id(f"{source.publisher or ''} {source.title}", ids))
        ids.add(made.id)
        new.append(made)
        by_mark |= dict.fromkeys(marks, made)
    return SortedSources(tuple(new), tuple(known))


def compare_with_story(base: FactBase, story: str, sources: Sequence[Source]) -> SortedSources:
    """Hold the sources of a file against those of a stored story. Raises NotKnownError."""
    return sort_sources(sources, base.story(story).sources, base.revisions.ids(story, "source"))


def import_sources(
    base: FactBase, story: str, sources: Sequence[Source], signature: Signature, *, key: str | None = None
) -> tuple[SortedSources, Applied]:
    """Add to a story the sources of a file that it has not, in one change. ``key`` names the intention, carried out once.

    Raises NotKnownError, FactBaseError where nothing can be written.
    """
    with base.transaction():  # held against what there is at this moment
        sorted_ = compare_with_story(base, story, sources)
        return sorted_, base.revisions.apply(Edit(story, sources=sorted_.new), signature, action="import", key=key)


def _listed(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Return the faults in the order of the file: the first of them, and how many more there are."""
    ordered = sorted(faults)
    if len(ordered) <= MAX_FAULTS:
        return tuple(ordered)
    first, rest = ordered[: MAX_FAULTS - 1], len(ordered) - MAX_FAULTS + 1
    problem = Message("From here on {number} more faults are not listed.", number=rest)
    return (*first, Fault(ordered[len(first)].line, 1, problem, MEND_ABOVE))


def _marks(source: Source) -> list[tuple[str, str]]:
    """Return what makes a source the same as another, surest first."""
    doi, addresses = doi_of(source), [page_key(url) or url for url in (source.url, source.archive) if url]
    title, publisher = _plain(source.title), _plain(source.publisher or "")
    marks = [("DOI", doi.lower())] if doi else []
    marks += [("address", address) for address in addresses]
    return marks + ([("title and publisher", f"{title}\n{publisher}")] if title and publisher else [])


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
