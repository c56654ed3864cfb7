"""Reviews: the published rating of a claim, recorded as a source of the claim."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.editing.form_fields import RETRACTED, new_id, read_date, read_link, refused_link, same_page, typed
from bot.errors import DateError, DraftError, UsageError
from bot.facts.dates import StoryDate
from bot.facts.edits import Edit
from bot.facts.models import Citation, FactKind, FactRecord, Source, Story
from bot.stories.fields import shown
from bot.stories.source_details import RATING, make_details

NO_CLAIM: Mapping[FactKind, str] = {
    "event": "F{number} is an event. Name a claim.",
    "quote": "F{number} is a quote. Name a claim.",
}
NO_RATING = "The rating needs words. Write them, with its scale if it has one: Mostly false (2 of 5)."
NO_REVIEWER = "Who rated it needs words. Write the name of the fact-checker."
NO_ADDRESS = '"{link}" is no link. Paste one that begins with https://'
NO_REVIEW = 'This link is that of "{source}", which is no review. Give the link of the review itself.'
OWN_CLAIM = "{name} makes this claim. A review is by somebody else."


@dataclass(frozen=True, slots=True)
class Review:
    """A published rating of a claim, as typed: the rating in words, its author (``by``), where and when it was published."""

    rating: str
    by: str
    url: str
    published: str = ""
    title: str = ""


def check_claim(record: FactRecord) -> None:
    """Raise UsageError where a fact cannot be reviewed."""
    if record.retracted:
        raise UsageError(RETRACTED.format(number=record.number))
    if record.fact.kind != "claim":
        raise UsageError(NO_CLAIM[record.fact.kind].format(number=record.number))


def review_edit(
    record: FactRecord, review: Review, story: Story, taken: Container[str], today: date, *, seen: int | None = None
) -> Edit:
    """Return the edit that records a review of a claim; one of the same address is revised.

    ``taken`` are the ids that the story ever gave to sources, ``seen`` the revision of the claim that was looked at. Raises
    UsageError where the fact is no claim, DraftError with every fault of the review.
    """
    check_claim(record)
    faults: dict[str, str] = {}
    rating, by, url = typed(review.rating), typed(review.by), read_link(review.url)
    known = same_page(url, story.sources)
    published = _check(review, record, known, today, faults)
    if faults:
        raise DraftError(faults)
    source = Source(
        id=known.id if known else new_id(f"{by} {record.fact.text}", taken),
        type="review",
        title=typed(review.title) or (known.title if known else f"{rating}: {record.fact.text}"),
        publisher=by,
        published=published or (known.published if known else None),
        url=url,
    )
    if known is not None:
        source = replace(source, authors=known.authors, archive=known.archive, note=known.note, url=known.url)
    other_details = tuple(pair for pair in (known.details if known else ()) if pair[0] != RATING)
    source = replace(source, details=make_details((*other_details, (RATING, rating))))
    citations = tuple(dict.fromkeys((*record.fact.citations, Citation(source.id))))
    fact = replace(record.fact, citations=citations)
    return Edit(story.info.id, sources=(source,), facts=(fact,), seen={} if seen is None else {fact.id: seen})


def _check(review: Review, record: FactRecord, known: Source | None, today: date, faults: dict[str, str]) -> StoryDate | None:
    """Return when a review was published, and add a sentence for each field that is at fault."""
    by = typed(review.by)
    if not typed(review.rating):
        faults["rating"] = NO_RATING
    if not by:
        faults["by"] = NO_REVIEWER
    elif by.casefold() in (name.casefold() for actor in record.speakers for name in (actor.name, *actor.aliases)):
        faults["by"] = OWN_CLAIM.format(name=shown(by))
    if read_link(review.url) is None:
        faults["url"] = refused_link(review.url) or NO_ADDRESS.format(link=shown(review.url))
    elif known is not None and known.type != "review":
        faults["url"] = NO_REVIEW.format(source=known.id)
    try:
        return read_date(review.published, today)
    except DateError as error:
        faults["published"] = str(error)
        return None
