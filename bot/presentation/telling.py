"""Sentences of articles in lists of facts, shown as what is looked for there: the words that they quote, or an event.

In an answer a passage is shown as it stands. In lists it becomes the quotation or the event that it tells, and stays marked as
not reviewed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from bot.facts.models import FactRecord
from bot.facts.sourcing import cited_together
from bot.phrases import in_marks

GAP = " … "
"""Stands between two quotations of one sentence."""


_WORD, _APOSTROPHE = re.compile(r"[^\W_]+"), re.compile("['’]")


def as_quotes(records: Iterable[FactRecord]) -> tuple[FactRecord, ...]:
    """Return facts, with passages replaced by the words that they quote.

    The same words of the same speakers appear once, citing all that have them; if one of these is a reviewed quote, as that.
    """
    listed = tuple(records)
    shown = _shown_for(listed)
    behind = defaultdict[int, list[FactRecord]](list)
    for record in listed:
        if shown.get(record.number, record.number) != record.number:
            behind[shown[record.number]].append(record)
    quotes = [as_quote(record) for record in listed if shown.get(record.number, record.number) == record.number]
    return tuple(cited_together([record, *behind[record.number]]) if behind[record.number] else record for record in quotes)


def _shown_for(records: Iterable[FactRecord]) -> dict[int, int]:
    """Return which fact is shown for each passage that quotes somebody, by number: itself, or one that has the same words."""
    reviewed, passages = defaultdict[tuple[str, ...], list[FactRecord]](list), list[FactRecord]()
    for record in records:
        if record.fact.kind == "quote" and record.fact.reviewed and not record.retracted:
            reviewed[_speakers(record)].append(record)
        elif record.fact.kind == "passage" and record.fact.quoted and not record.retracted:
            passages.append(record)
    shown, first = dict[int, int](), dict[tuple[tuple[str, ...], tuple[str, ...]], int]()
    for record in passages:
        speakers, pieces = _speakers(record), tuple(map(_words, quotations(record)))
        holding = [
            next((quote.number for quote in reviewed[speakers] if piece in _words(quote.fact.text)), None) for piece in pieces
        ]
        if None not in holding and holding[0] is not None:
            shown[record.number] = holding[0]
        else:
            shown[record.number] = first.setdefault((speakers, pieces), record.number)
    return shown


def as_events(records: Iterable[FactRecord]) -> tuple[FactRecord, ...]:
    """Return facts, with passages that tell what happened as events, and other passages as what they quote."""
    return tuple(as_event(record) if record.fact.happened else as_quote(record) for record in records)


def as_said_or_done(records: Iterable[FactRecord]) -> tuple[FactRecord, ...]:
    """Return an actor's facts, with passages as events if they tell what happened and nobody speaks, else as what they quote."""
    return as_quotes(as_event(record) if record.fact.happened and not record.fact.by else record for record in records)


def as_quote(record: FactRecord) -> FactRecord:
    """Return a passage as the words that it quotes; one that quotes nothing stays as it is.

    It keeps its date only if that is the day on which the words were said.
    """
    fact = record.fact
    if fact.kind != "passage" or not fact.quoted:
        return record
    words = quotations(record)
    text = GAP.join(map(in_marks, words)) if len(words) > 1 else words[0]
    date = None if fact.happened else fact.date
    quote = replace(fact, kind="quote", text=text, date=date, context=None, glosses=(), quoted=())
    return replace(record, fact=quote, sentences=record.cited_words)


def quotations(record: FactRecord) -> list[str]:
    """Return what a passage quotes."""
    return [record.fact.text[start:end] for start, end in record.fact.quoted]


def as_event(record: FactRecord) -> FactRecord:
    """Return a passage as an event."""
    if record.fact.kind != "passage":
        return record
    event = replace(record.fact, kind="event", context=None, quoted=())
    return replace(record, fact=event, sentences=record.cited_words)


def _speakers(record: FactRecord) -> tuple[str, ...]:
    return (record.story.id, *sorted(record.fact.by))


def _words(quoted: str) -> str:
    """Return the words of a quote with spaces around each, so that ``in`` tells whether one quote contains another's words."""
    return f" {' '.join(_WORD.findall(_APOSTROPHE.sub('', quoted.casefold())))} "
