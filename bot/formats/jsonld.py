"""schema.org as JSON-LD 1.1: events, quotations and claims with what they cite, for search engines and other programs.

The context names the vocabulary itself instead of linking to it, so that the file means the same without a network. What
schema.org cannot say is not said: a ClaimReview stands only where a source rates a claim of somebody else (`claim_review`).
Vocabulary: https://schema.org, of which no term is used outside its own meaning.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bot.facts.dates import StoryDate
from bot.facts.models import Actor, Citation, FactRecord, Source
from bot.formats.claim_review import claim_reviews
from bot.formats.csl import csl_type
from bot.formats.csl_names import csl_name
from bot.formats.exported import ExportedStory, is_certain, iso_day, iso_end

CONTEXT = {
    "@vocab": "https://schema.org/",
    **{name: {"@type": "@id"} for name in ("url", "archivedAt", "sameAs")},
}
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

Node = dict[str, Any]


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
    nodes = [
        head,
        *(_actor(actor) for actor in whole.story.actors),
        *(_source(source) for source in whole.story.sources),
        *facts,
        *(review for record in whole.records for review in claim_reviews(record)),
    ]
    context = {"@base": f"urn:footnote:{info.id}", **CONTEXT}
    content = {"@context": context, "@graph": [_without_nothing(node) for node in nodes]}
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _actor(actor: Actor) -> Node:
    node: Node = {"@id": f"#actor/{actor.id}", "@type": _ACTORS.get(actor.kind, "Thing"), "name": actor.name}
    return node | {"alternateName": list(actor.aliases), "description": actor.role}


def _source(source: Source) -> Node:
    authors = [csl_name(name, bodies=(source.publisher or "",)) for name in source.authors]
    return {
        "@id": f"#source/{source.id}",
        "@type": _SOURCES.get(csl_type(source.type), "CreativeWork"),
        "name": source.title,
        "author": [
            {"@type": "Organization" if "literal" in name else "Person", "name": plain}
            for name, plain in zip(authors, source.authors, strict=True)
        ],
        "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else None,
        "datePublished": iso_day(source.published),
        "url": source.url,
        "archivedAt": source.archive,
        "description": source.note,
    }


def _fact(record: FactRecord) -> Node:
    build = {"event": _event, "quote": _quotation, "claim": _claim}[record.fact.kind]
    return {"@id": f"#{record.ref}", "identifier": [record.ref, record.fact.id], **build(record)}


def _event(record: FactRecord) -> Node:
    fact = record.fact
    return {
        "@type": "Event",
        "name": fact.text,
        **_ends(fact.date),
        "disambiguatingDescription": _doubt(record),
        "location": {"@type": "Place", "name": fact.where} if fact.where else None,
        "about": _refs(record.participants),
        "subjectOf": _cited(record),
    }


def _quotation(record: FactRecord) -> Node:
    return {
        "@type": "Quotation",
        "text": record.fact.text,
        "spokenByCharacter": _refs(record.speakers),
        "about": _refs(record.subjects),
        **_said(record),
    }


def _claim(record: FactRecord) -> Node:
    return {
        "@type": "Claim",
        "text": record.fact.text,
        "author": _refs(record.speakers) or _publishers(record.sources[:1]),
        "about": _refs(record.subjects),
        "appearance": [{"@id": f"#source/{source.id}"} for source in record.sources],
        **_said(record),
    }


def _said(record: FactRecord) -> Node:
    fact = record.fact
    return {
        "dateCreated": iso_day(fact.date),
        "disambiguatingDescription": _doubt(record),
        "description": fact.context,
        "citation": _cited(record),
    }


def _cited(record: FactRecord) -> list[Node]:
    """Return the places cited: the source itself, or a part of it that says where."""
    return [_place(citation, source) for citation, source in zip(record.fact.citations, record.sources, strict=True)]


def _place(citation: Citation, source: Source) -> Node:
    whole = {"@id": f"#source/{source.id}"}
    if not citation.locator:
        return whole
    name = f"{citation.label} {citation.locator}"
    return {"@type": "CreativeWork", "name": name, "position": citation.locator, "isPartOf": whole}


def _refs(actors: Sequence[Actor]) -> list[Node]:
    return [{"@id": f"#actor/{actor.id}"} for actor in actors]


def _publishers(sources: Sequence[Source]) -> list[Node]:
    return [{"@type": "Organization", "name": source.publisher} for source in sources if source.publisher]


def _ends(date: StoryDate | None) -> Node:
    """Return the first and last day of an event, each as precise as it is known; one that is open or not certain is not said."""
    if date is None:
        return {}
    ends = [None if end in ("", "..") else iso_end(end) for end in date.edtf.split("/")]
    return {"startDate": ends[0], "endDate": ends[1] if len(ends) == 2 else None}


def _doubt(record: FactRecord) -> str | None:
    """Return a date in words where it is not one certain day, the only kind that schema.org has; None for such a day."""
    date = record.fact.date
    return f"Date: {date.words()}" if date and ("/" in date.edtf or not is_certain(record)) else None


def _without_nothing(node: Node) -> Node:
    full = {key: _without_nothing(value) if isinstance(value, dict) else value for key, value in node.items()}
    return {key: value for key, value in full.items() if value not in (None, [], {}, "")}
