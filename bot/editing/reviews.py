"""Reviews: the published rating of a claim, recorded as a source of the claim."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace

from bot.editing.form_fields import RETRACTED, new_id, read_link, refused_link, same_page
from bot.errors import UsageError
from bot.facts.dates import StoryDate
from bot.facts.edits import Edit
from bot.facts.models import Citation, FactRecord, Source, Story
from bot.stories.source_details import RATING, make_details


@dataclass(frozen=True, slots=True)
class Review:
    """A published rating of a claim: the rating in words, its author (``by``), and where and when it was published."""

    rating: str
    by: str
    url: str
    published: StoryDate | None = None
    title: str = ""


def review_edit(record: FactRecord, review: Review, story: Story, taken: Container[str]) -> Edit:
    """Return the edit that records a review of a claim; one of the same address is revised. Raises UsageError.

    ``taken`` are the ids that the story ever gave to sources.
    """
    if record.retracted:
        raise UsageError(RETRACTED.format(record.number))
    if record.fact.kind != "claim":
        raise UsageError(f"F{record.number} is {'an event' if record.fact.kind == 'event' else 'a quote'}. Name a claim.")
    for name, value in (("--rating", review.rating), ("--by", review.by)):
        if not value.strip():
            raise UsageError(f"The review needs words for {name}. Write them.")
    url = read_link(review.url)
    if url is None:
        raise UsageError(refused_link(review.url) or f'"{review.url}" is no link. Paste one that begins with https://.')
    known = same_page(url, story.sources)
    if known is not None and known.type != "review":
        raise UsageError(f'This link is that of "{known.id}", which is no review. Give the link of the review itself.')
    title = review.title.strip() or (known.title if known else f"{review.rating}: {record.fact.text}")
    source = Source(
        id=known.id if known else new_id(f"{review.by} {record.fact.text}", taken),
        type="review",
        title=" ".join(title.split()),
        publisher=" ".join(review.by.split()),
        published=review.published or (known.published if known else None),
        url=url,
    )
    if known is not None:
        source = replace(source, authors=known.authors, archive=known.archive, note=known.note, url=known.url)
    other_details = tuple(pair for pair in (known.details if known else ()) if pair[0] != RATING)
    source = replace(source, details=make_details((*other_details, (RATING, review.rating))))
    citations = tuple(dict.fromkeys((*record.fact.citations, Citation(source.id))))
    return Edit(story.info.id, sources=(source,), facts=(replace(record.fact, citations=citations),))
