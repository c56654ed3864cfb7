"""A sentence of an article as the fact that a person would write from it, with which its form begins."""

from __future__ import annotations

from dataclasses import replace

from bot.english.quotation_marks import quoted_spans
from bot.facts.models import Fact, FactRecord

LATEST_DAY = 9999_12_31

MIN_QUOTED = 4
"""A quotation of at least so many words is likely to be what somebody wants from its sentence."""


def as_written(record: FactRecord) -> Fact:
    """Return what a person would most likely write from a sentence: its one speaker's words, a dated event, or else a claim.

    The meanings of its pronouns and weekdays are put into the text, as only a passage has glosses. A day still to come when the
    article was published is not when anything happened or was claimed.
    """
    passage = record.fact
    quotations = [passage.text[span.start : span.end] for span in quoted_spans(passage.text) if span.closed]
    if len(quotations) == 1 and len(quotations[0].split()) >= MIN_QUOTED and len(passage.by) == 1:
        return replace(passage, kind="quote", text=quotations[0].strip(" ,"), context=None)
    published = record.sources[0].published
    if passage.date is not None and published is not None and (passage.date.earliest or 0) > (published.latest or LATEST_DAY):
        return replace(passage, kind="claim", text=passage.glossed, context=None, date=None)
    if passage.date is not None and not passage.by:
        return replace(passage, kind="event", text=passage.glossed, context=None, who=passage.about, about=())
    return replace(passage, kind="claim", text=passage.glossed, context=None)
