"""Reviews: the published rating of a claim, recorded as a source of the claim."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.editing.form_fields import (
    TO_COME,
    check_not_retracted,
    read_date,
    read_link,
    refused_link,
    same_page,
    typed,
)
from bot.errors import DateError, FormError, UsageError
from bot.facts.dates import StoryDate, is_to_come
from bot.facts.edits import Edit
from bot.facts.models import Citation, Fact, FactKind, FactRecord, Source, Story
from bot.messages import Message
from bot.stories.csl_terms import RATING, make_details, texts_of
from bot.stories.fields import shown
from bot.stories.new_ids import new_id

_NO_CLAIM: Mapping[FactKind, str] = {
    "event": "F{number} is an event. Name a claim.",
    "quote": "F{number} is a quote. Name a claim.",
}
NO_RATING = Message("The rating needs words. Write them, with its scale if it has one: Mostly false (2 of 5).")
_NO_REVIEW = 'This link is that of "{source}", which is no review. Give the link of the review itself.'
_MARKS = " .,;:!?'\"“”‘’()"  # may surround a name without being part of it


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
    check_not_retracted(record)
    if record.fact.kind != "claim":
        raise UsageError(Message(_NO_CLAIM[record.fact.kind], number=record.number))


def review_edit(
    record: FactRecord, review: Review, story: Story, taken: Container[str], today: date, *, seen: int | None = None
) -> Edit:
    """Return the edit that records a review of a claim; a review with that address is revised, except in what it says of others.

    ``taken`` are all ids that the story has ever given to sources, ``seen`` the revision of the claim that was looked at. Raises
    UsageError where the fact is not a claim, FormError with every fault of the review.
    """
    check_claim(record)
    faults: dict[str, Message] = {}
    rating, by, url = typed(review.rating), typed(review.by), read_link(review.url)
    same = [candidate for candidate in story.sources if same_page(url, (candidate,))]
    reviews = [candidate for candidate in same if candidate.type == "review"]
    published = _check(review, record, None if reviews else next(iter(same), None), today, faults)
    if faults:
        raise FormError(faults)
    # A review with that address is revised if no other fact cites it or it gives the same rating; this claim's own comes first.
    mine = {citation.source for citation in record.fact.citations}
    others = {citation.source for fact in story.facts if fact.id != record.fact.id for citation in fact.citations}
    free = [candidate for candidate in reviews if candidate.id not in others or rating in texts_of(candidate.details, RATING)]
    known = min(free, key=lambda candidate: candidate.id not in mine, default=None)
    like = known or next(iter(reviews), Source("", "review", "", url=url))
    # A title that was made here, rather than typed, changes with the rating.
    made = {"", *(_made_title(old, fact) for old in texts_of(like.details, RATING) for fact in story.facts)}
    source = replace(
        like,
        id=known.id if known else new_id(f"{by} {record.fact.text}", taken),
        title=typed(review.title) or (_made_title(rating, record.fact) if like.title in made else like.title),
        publisher=by,
        published=published or like.published,
        details=make_details((*(pair for pair in like.details if pair[0] != RATING), (RATING, rating))),
    )
    earlier = {candidate.id for candidate in reviews} - {source.id}
    citations = tuple(citation for citation in record.fact.citations if citation.source not in earlier)
    if all(citation.source != source.id for citation in citations):
        citations = (*citations, Citation(source.id))
    fact = replace(record.fact, citations=citations)
    return Edit(story.info.id, sources=(source,), facts=(fact,), seen={} if seen is None else {fact.id: seen})


def _made_title(rating: str, fact: Fact) -> str:
    return f"{rating}: {fact.text}"


def _check(
    review: Review, record: FactRecord, no_review: Source | None, today: date, faults: dict[str, Message]
) -> StoryDate | None:
    """Return when a review was published, and add a sentence for each field that is at fault."""
    by = typed(review.by)
    if not typed(review.rating):
        faults["rating"] = NO_RATING
    if not by:
        faults["by"] = Message("This name has no words. Write the name of the fact-checker.")
    elif _bare(by) in (_bare(name) for actor in record.speakers for name in (actor.name, *actor.aliases)):
        faults["by"] = Message("{name} makes this claim. A review has to come from somebody else.", name=shown(by))
    if read_link(review.url) is None:
        faults["url"] = refused_link(review.url) or Message(
            '"{link}" is not a link. Paste one that begins with https://', link=shown(review.url)
        )
    elif no_review is not None:
        faults["url"] = Message(_NO_REVIEW, source=no_review.id)
    try:
        published = read_date(review.published, today, past=True)
    except DateError as error:
        faults["published"] = error.message
        return None
    if is_to_come(published):
        faults["published"] = TO_COME
    return published


def _bare(name: str) -> str:
    """Return a name without the marks around it, so that a full stop does not make it another person's."""
    return name.strip(_MARKS).casefold()
