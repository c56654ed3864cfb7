"""ClaimReview of schema.org: who rated a claim of somebody else how, and where that is to be read.

A rating stands in the details of a source of type ``review`` that the claim cites; without one, or without an address, there is
no ClaimReview, for both are required. Fields: https://developers.google.com/search/docs/appearance/structured-data/factcheck
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from bot.facts.models import Actor, FactRecord, Source
from bot.formats.csl import csl_type, default_names
from bot.formats.exported import iso_day
from bot.stories.csl_terms import RATING, texts_of

Node = dict[str, Any]

_NUMBERED = re.compile(  # the value is a whole number of the text: not the end of 2.5, of 1/2, of -1 or of a date
    r"(?P<words>.*?)[\s,;:–-]*\(?(?<!\d)(?<!\d[.,/])(?<![-−])(?P<value>\d{1,9}(?:[.,]\d{1,9})?)"
    r"\s*(?:of|out of|von|de|sur|/)\s*(?P<best>\d{1,9})\)?"
)


def claim_reviews(record: FactRecord) -> Iterator[Node]:
    """Yield a ClaimReview for each source that rates the claim of somebody else."""
    if record.fact.kind != "claim":
        return
    said_in = [source for source in record.sources if not _is_review(source)]
    claimants = {actor.name.casefold() for actor in record.speakers}
    claimants = claimants or {(source.publisher or "").casefold() for source in said_in}
    for number, source in enumerate(record.sources, 1):
        reviewers = {name.casefold() for name in (source.publisher or "", *source.authors) if name}
        if _is_review(source) and source.url and claimants and not reviewers & claimants:
            yield {
                "@id": f"#{record.ref}/review/{number}",
                "@type": "ClaimReview",
                "claimReviewed": record.fact.text,
                "url": source.url,
                "datePublished": iso_day(source.published),
                "author": _reviewer(source),
                "reviewRating": rating(texts_of(source.details, RATING)[0]),
                "itemReviewed": _claim(record, said_in),
            }


def rating(text: str) -> Node:
    """Return a rating: its words, and its number and scale where it has them, as ``Mostly false (2 of 5)`` does."""
    numbered = _NUMBERED.fullmatch(text)
    value = float(numbered["value"].replace(",", ".")) if numbered is not None else 0.0
    if numbered is None or not 1 <= value <= int(numbered["best"]):
        return {"@type": "Rating", "alternateName": text}
    scale = {"ratingValue": int(value) if value.is_integer() else value, "bestRating": int(numbered["best"]), "worstRating": 1}
    return {"@type": "Rating", "alternateName": numbered["words"] or text, **scale}


def _is_review(source: Source) -> bool:
    return csl_type(source.type) == "review" and bool(texts_of(source.details, RATING))


def _reviewer(source: Source) -> Node:
    """Return who rated: the publisher, else the first author."""
    if source.publisher:
        parts = urlsplit(source.url or "")
        return {"@type": "Organization", "name": source.publisher, "url": f"{parts.scheme}://{parts.netloc}/"}
    if source.authors:
        (name,) = default_names(source.authors[:1], None)
        return {"@type": "Organization" if "literal" in name else "Person", "name": source.authors[0]}
    return {"@type": "Organization", "name": (urlsplit(source.url or "").hostname or "").removeprefix("www.")}


def _claim(record: FactRecord, said_in: Sequence[Source]) -> Node:
    """Return the claim that is rated, with who makes it, when and where."""
    authors = [{"@type": _kind(actor), "name": actor.name} for actor in record.speakers] or [
        {"@type": "Organization", "name": source.publisher} for source in said_in if source.publisher
    ]
    return {
        "@type": "Claim",
        "identifier": record.ref,
        "author": authors[0] if len(authors) == 1 else authors,
        "datePublished": iso_day(record.fact.date),
        "appearance": [{"@type": "CreativeWork", "url": source.url} for source in said_in if source.url],
    }


def _kind(actor: Actor) -> str:
    return "Person" if actor.kind == "person" else "Organization"
