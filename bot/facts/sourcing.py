"""How many independent sources a fact has: a publisher counts once, and so does an agency whose report two outlets carry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from bot.english.compared_words import NEGATIONS
from bot.english.search_words import content_words, stem, words_of
from bot.facts.models import Citation, FactRecord, Source
from bot.facts.text import host_of

Nature = Literal["event", "quote", "claim", "passage", "role", "own"]

AGENCIES = {
    "ap": "Associated Press", "associated press": "Associated Press", "the associated press": "Associated Press",
    "afp": "AFP", "agence france-presse": "AFP", "reuters": "Reuters", "thomson reuters": "Reuters",
    "dpa": "dpa", "deutsche presse-agentur": "dpa", "apa": "APA", "austria presse agentur": "APA",
    "epd": "epd", "kna": "KNA", "sda": "Keystone-SDA", "keystone-sda": "Keystone-SDA",
    "tass": "TASS", "itar-tass": "TASS", "interfax": "Interfax", "ria novosti": "RIA Novosti",
    "xinhua": "Xinhua", "xinhua news agency": "Xinhua", "kyodo": "Kyodo", "kyodo news": "Kyodo", "jiji press": "Jiji",
    "yonhap": "Yonhap", "yonhap news agency": "Yonhap", "pti": "PTI", "press trust of india": "PTI", "ani": "ANI",
    "efe": "EFE", "agencia efe": "EFE", "ansa": "ANSA", "lusa": "Lusa", "belga": "Belga", "anp": "ANP",
    "ntb": "NTB", "tt": "TT", "ritzau": "Ritzau", "pa": "PA Media", "pa media": "PA Media", "press association": "PA Media",
    "upi": "UPI", "united press international": "UPI", "canadian press": "The Canadian Press",
    "the canadian press": "The Canadian Press", "aap": "AAP", "australian associated press": "AAP",
    "anadolu": "Anadolu", "anadolu agency": "Anadolu", "unian": "UNIAN", "ukrinform": "Ukrinform", "pap": "PAP",
}  # fmt: skip
"""News agencies whose reports other outlets carry, by the names under which they sign."""

_SIGNED = re.compile(
    r"(?:^|[.;,\n]\s*)(?:agency|agencies|agency report|via|source|credit|wire)\s*:?\s+(?P<name>[^.;,\n]+)", re.IGNORECASE
)

_SECOND_HAND = re.compile(
    r"\b(?:quoted|as\s+(?:reported|cited|told|carried|given))\s+(?:by|in)\s+(?P<name>[^.;,\n]+)", re.IGNORECASE
)


def nature(record: FactRecord) -> Nature:
    """Return what a fact is to a reader: an event, somebody's words or claim, who somebody is, or a publisher's statement."""
    if record.fact.kind != "claim" or record.fact.by:
        return record.fact.kind
    return "role" if is_role(record) else "own"


def is_role(record: FactRecord) -> bool:
    """Return whether a fact says no more about its actors than their names and roles: "Ann Lee is the mayor of Harbour"."""
    known = {
        word for actor in record.involved for text in (actor.name, *actor.aliases, actor.role or "") for word in _stems(text)
    }
    named = {word for actor in record.involved for word in _stems(actor.name)}
    stems, words = frozenset(_stems(record.fact.text)), words_of(record.fact.text)
    return stems <= known and not stems <= named and NEGATIONS.isdisjoint(words)


def _stems(text: str) -> Iterator[str]:
    return map(stem, content_words(text))


def is_publishers(record: FactRecord) -> bool:
    """Return whether a fact is a publisher's claim in its own publication; saying who somebody is does not count as one."""
    publishers = {(source.publisher or "").casefold() for source in record.sources}
    own = all(speaker.name.casefold() in publishers for speaker in record.speakers)
    return record.fact.kind == "claim" and own and not is_role(record)


def independent(sources: Iterable[Source]) -> int:
    """Return how many independent sources there are among these."""
    return len(origins(sources))


def cited_together(records: Sequence[FactRecord]) -> FactRecord:
    """Return the first of some records with the citations of all of them, each once."""
    first, cited = records[0], dict[tuple[Citation, Source], str]()
    for record in records:
        for pair, words in zip(record.cited, record.cited_words, strict=True):
            cited[pair] = cited.get(pair) or words
    citations, sources = tuple(citation for citation, _ in cited), tuple(source for _, source in cited)
    return replace(first, fact=replace(first.fact, citations=citations), sources=sources, sentences=tuple(cited.values()))


def origins(sources: Iterable[Source]) -> tuple[str, ...]:
    """Return the origins of sources, each once: an agency, else a publisher, an author, a host or a title.

    Two sources with the same title are one report that both carry, whoever publishes it. A source known only through another
    publisher, as its note says ("As quoted by the Harbour Gazette"), adds nothing to that one, nor to its own publisher. A review
    that rates a claim does not make it, and is not counted.
    """
    reports: dict[str, Source] = {}
    for source in sources:
        if any(variable == "rating" for variable, _ in source.details):
            continue
        reports.setdefault(_plain(source.title), source)
    quoting = {source: quoting_publisher(source) for source in reports.values()}
    known = {_key(name): name for name in (origin(source) for source, name in quoting.items() if name is None)}
    for source, name in quoting.items():
        if name is not None and not {_key(name), _key(origin(source))} & known.keys():
            known[_key(name)] = name
    return tuple(known.values())


def origin(source: Source) -> str:
    """Return the origin of a source: the agency that it names, else its publisher, author, host or title.

    An agency is named as the author, as the publisher, or in a note such as "agency: AFP".
    """
    signed = (part for name in (*source.authors, source.publisher or "") for part in re.split(r"[/,;&]| and | with ", name))
    names = [*signed, *(match["name"] for match in _SIGNED.finditer(source.note or ""))]
    agency = next((AGENCIES[_plain(name)] for name in names if _plain(name) in AGENCIES), None)
    author = source.authors[0] if source.authors else None
    return agency or source.publisher or author or host_of(source.url) or source.title


def quoting_publisher(source: Source) -> str | None:
    """Return the publisher that alone makes a source known, None for a source that was seen itself."""
    match = _SECOND_HAND.search(source.note or "")
    return match["name"].strip().removeprefix("the ") if match else None


def published_by(name: str, sources: Iterable[Source]) -> Source | None:
    """Return the first source that a publisher of this name has published, None for none."""
    return next(
        (source for source in sources if _key(origin(source)) == _key(name) or _key(source.publisher or "") == _key(name)), None
    )


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s-]", " ", text.casefold()).split())


def _key(name: str) -> str:
    return _plain(name).removeprefix("the ")
