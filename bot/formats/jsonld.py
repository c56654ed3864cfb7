"""schema.org as JSON-LD 1.1: events, quotations and claims with what they cite, for search engines and other programs.

The context names the vocabulary itself instead of linking to it, so that the file means the same without a network. What
schema.org cannot say is not said: a ClaimReview stands only where a source of type ``review`` that the claim cites has a rating
among its details, an address, and another author than the claim. Its fields:
https://developers.google.com/search/docs/appearance/structured-data/factcheck
Vocabulary: https://schema.org, of which no term is used outside its own meaning.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from bot.facts.dates import StoryDate
from bot.facts.edtf import date_ends
from bot.facts.models import Actor, FactRecord, Source
from bot.facts.text import host_of
from bot.formats.csl import csl_type
from bot.formats.csl_names import default_names
from bot.formats.exported_story import ExportedStory, is_certain
from bot.stories.csl_terms import RATING, texts_of

CONTEXT = {"@vocab": "https://schema.org/", **{name: {"@type": "@id"} for name in ("url", "archivedAt", "sameAs")}}
_SOURCES = {
    "article": "Article", "article-journal": "ScholarlyArticle", "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "bill": "Legislation", "book": "Book", "chapter": "Chapter", "dataset": "Dataset", "interview": "Conversation",
    "legislation": "Legislation", "manuscript": "Manuscript", "map": "Map", "motion_picture": "Movie", "periodical": "Periodical",
    "personal_communication": "Message", "post": "SocialMediaPosting", "post-weblog": "BlogPosting", "regulation": "Legislation",
    "report": "Report", "review": "Review", "review-book": "Review", "software": "SoftwareApplication", "thesis": "Thesis",
    "webpage": "WebPage",
}  # fmt: skip
_ACTORS = {
    "person": "Person", "organization": "Organization", "outlet": "NewsMediaOrganization", "platform": "Organization",
    "government": "GovernmentOrganization", "place": "Place", "group": "Organization", "other": "Thing",
}  # fmt: skip

_ENTITY = "https://www.wikidata.org/entity/"
Node = dict[str, Any]
_NUMBERED = re.compile(  # the value is a whole number of the text: not the end of 2.5, of 1/2, of -1 or of a date
    r"(?P<words>.*?)[\s,;:–-]*\(?(?<!\d)(?<!\d[.,/])(?<![-−])(?P<value>\d{1,9}(?:[.,]\d{1,9})?)"
    r"\s*(?:of|out of|von|de|sur|/)\s*(?P<best>\d{1,9})\)?"
)


def write(whole: ExportedStory) -> bytes:
    """Return a story as JSON-LD."""
    info = whole.story.info
    facts = [_fact(record) for record in whole.records]
    head: Node = {
        "@id": "#story",
        "@type": "Collection",
        "identifier": info.id,
        "name": info.title,
        "description": info.summary,
        "inLanguage": info.language,
        "hasPart": [{"@id": node["@id"]} for node in facts if node["@type"] != "Event"],
        "about": [{"@id": node["@id"]} for node in facts if node["@type"] == "Event"],
    }
    actors = [_actor(actor) for actor in whole.story.actors]
    nodes = [
        head,
        *actors,
        *(_source(source) for source in whole.story.sources),
        *facts,
        *(review for record in whole.records for review in claim_reviews(record)),
    ]
    context = {"@base": f"urn:footnote:{info.id}", **CONTEXT}
    content = {"@context": context, "@graph": [_without_nothing(node) for node in nodes]}
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def fact_page_data(record: FactRecord, address: str = "") -> Node:
    """Return JSON-LD for the page of one fact, with all that it names; ``address`` is that of the page, "" if it is not known."""
    nodes = [
        _fact(record) | {"url": address},
        *map(_actor, dict.fromkeys(record.involved)),
        *map(_source, dict.fromkeys(record.sources)),
        *claim_reviews(record),
    ]
    context = {"@base": address or f"urn:footnote:{record.story.id}", **CONTEXT}
    return {"@context": context, "@graph": [_without_nothing(node) for node in nodes]}


def actor_page_data(actor: Actor, story: str, address: str = "") -> Node:
    """Return JSON-LD for the page of an actor of a story, with the id of the story; ``address`` is as for a fact's."""
    context = {"@base": address or f"urn:footnote:{story}", **CONTEXT}
    return {"@context": context, "@graph": [_without_nothing(_actor(actor) | {"url": address})]}


def rating_of(record: FactRecord) -> Iterator[tuple[str, str]]:
    """Yield who rates a claim, and the words of the rating."""
    for source in record.sources:
        if record.fact.kind == "claim" and _is_review(source):
            yield source.publisher or host_of(source.url), texts_of(source.details, RATING)[0]


def _actor(actor: Actor) -> Node:
    return {
        "@id": f"#actor/{actor.id}",
        "@type": _ACTORS.get(actor.kind, "Thing"),
        "name": actor.name,
        "alternateName": list(actor.aliases),
        "description": actor.role,
        "sameAs": _ENTITY + actor.wikidata if actor.wikidata else None,
    }


def _source(source: Source) -> Node:
    authors = default_names(source.authors, source.publisher)
    return {
        "@id": f"#source/{source.id}",
        "@type": _SOURCES.get(csl_type(source.type), "CreativeWork"),
        "name": source.title,
        "author": [
            {"@type": "Organization" if "literal" in name else "Person", "name": plain}
            for name, plain in zip(authors, source.authors, strict=True)
        ],
        "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else None,
        "datePublished": _iso_day(source.published),
        "inLanguage": next(iter(texts_of(source.details, "language")), None),
        "url": source.url,
        "archivedAt": source.archive,
        "description": source.note,
    }


def _fact(record: FactRecord) -> Node:
    fact, date = record.fact, record.fact.date
    names: Node = {"@id": f"#{record.ref}", "identifier": [record.ref, fact.id]}
    # schema.org has single days that are certain alone; any other date is said in words.
    doubt = f"Date: {date.words()}" if date and ("/" in date.edtf or not is_certain(record)) else None
    if fact.kind == "event":
        ends = _iso_ends(date) if date else (None,)  # each as precise as it is known
        return names | {
            "@type": "Event",
            "name": fact.text,
            "startDate": ends[0],
            "endDate": ends[1] if len(ends) == 2 else None,
            "disambiguatingDescription": doubt,
            "location": {"@type": "Place", "name": fact.where} if fact.where else None,
            "about": _refs(record.participants),
            "subjectOf": _cited(record),
        }
    is_claim, speakers = fact.kind == "claim", _refs(record.speakers)
    return names | {
        "@type": "Claim" if is_claim else "Quotation",
        "text": fact.text,
        "spokenByCharacter": None if is_claim else speakers,
        "author": speakers or _publishers(record.sources[:1]) if is_claim else None,
        "about": _refs(record.subjects),
        "appearance": [{"@id": f"#source/{source.id}"} for source in record.sources] if is_claim else None,
        "dateCreated": _iso_day(date),
        "disambiguatingDescription": doubt,
        "description": fact.context,
        "citation": _cited(record),
    }


def _cited(record: FactRecord) -> list[Node]:
    """Return the places cited: the source itself, or a part of it that says where."""
    nodes: list[Node] = []
    for citation, source in record.cited:
        whole = {"@id": f"#source/{source.id}"}
        if citation.locator:
            name = f"{citation.label} {citation.locator}"
            nodes.append({"@type": "CreativeWork", "name": name, "position": citation.locator, "isPartOf": whole})
        else:
            nodes.append(whole)
    return nodes


def _refs(actors: Sequence[Actor]) -> list[Node]:
    return [{"@id": f"#actor/{actor.id}"} for actor in actors]


def _publishers(sources: Sequence[Source]) -> list[Node]:
    return [{"@type": "Organization", "name": source.publisher} for source in sources if source.publisher]


def _iso_ends(date: StoryDate) -> tuple[str | None, ...]:
    """Return a date, or both ends of a span, as ISO 8601 has it; None for an end that is open or not certain."""
    written: list[str | None] = []
    for end in date_ends(date.edtf):
        if end is None or end.qualifier or end.season or end.unspecified or end.year.startswith("Y"):
            written.append(None)
        else:
            written.append("-".join(part for part in end[:3] if part) + (end.time or ""))
    return tuple(written)


def _iso_day(date: StoryDate | None) -> str | None:
    """Return a date as ISO 8601 has it; None for a span, and for one that is not certain."""
    ends = _iso_ends(date) if date else ()
    return ends[0] if len(ends) == 1 else None


def _without_nothing(node: Node) -> Node:
    full = {key: _without_nothing(value) if isinstance(value, dict) else value for key, value in node.items()}
    return {key: value for key, value in full.items() if value not in (None, [], {}, "")}


def claim_reviews(record: FactRecord) -> Iterator[Node]:
    """Yield a ClaimReview for each source that rates the claim of somebody else."""
    if record.fact.kind != "claim":
        return
    claimed_in = [source for source in record.sources if not _is_review(source)]
    claimants = {actor.name.casefold() for actor in record.speakers}
    claimants = claimants or {(source.publisher or "").casefold() for source in claimed_in}
    for number, source in enumerate(record.sources, 1):
        reviewers = {name.casefold() for name in (source.publisher or "", *source.authors) if name}
        if _is_review(source) and source.url and claimants and not reviewers & claimants:
            yield {
                "@id": f"#{record.ref}/review/{number}",
                "@type": "ClaimReview",
                "claimReviewed": record.fact.text,
                "url": source.url,
                "datePublished": _iso_day(source.published),
                "author": _reviewer(source),
                "reviewRating": rating(texts_of(source.details, RATING)[0]),
                "itemReviewed": _reviewed_claim(record, claimed_in),
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
    return {"@type": "Organization", "name": host_of(source.url)}


def _reviewed_claim(record: FactRecord, claimed_in: Sequence[Source]) -> Node:
    """Return the claim that is rated, with who makes it, when and where."""
    speakers = record.speakers
    people = [{"@type": "Person" if speaker.kind == "person" else "Organization", "name": speaker.name} for speaker in speakers]
    authors = people or _publishers(claimed_in)
    return {
        "@type": "Claim",
        "identifier": record.ref,
        "author": authors[0] if len(authors) == 1 else authors,
        "datePublished": _iso_day(record.fact.date),
        "appearance": [{"@type": "CreativeWork", "url": source.url} for source in claimed_in if source.url],
    }
