"""The sentences of an article that no event, quote or claim of its draft tells, so that nothing vanishes unseen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.drafting.events import EventReader
from bot.drafting.reading import ArticleReading, Assertion
from bot.english.attribution import AttributedQuote
from bot.english.sentences import Sentence, SentenceItem

MIN_WORDS = 3
"""Words from which a sentence says something by itself."""

MIN_QUOTED = 5
"""Words from which a quotation tells by itself what its sentence does."""

MAX_ATTRIBUTION = 10
"""Words beside a quotation that only say whose it is: said Nora Quill, a baker from Lea."""

MAX_UNTOLD = 5
"""Words beside what somebody asserts, and who does, that need not be told by themselves."""


@dataclass(frozen=True, slots=True)
class Remainder:
    """A sentence that is told by no entry; ``reason`` says why it should not be taken either, None where it should."""

    sentence: Sentence
    reason: str | None


def remainder_of(reading: ArticleReading, dates: EventReader) -> Iterator[Remainder]:
    """Yield the sentences of an article that nothing tells, in its order."""
    quotes: dict[Sentence, list[AttributedQuote]] = defaultdict(list)
    for quote in (*reading.quotations, *reading.set_off):
        quotes[quote.sentence].append(quote)
    asserted: dict[Sentence, list[Assertion]] = defaultdict(list)
    for assertion in reading.assertions:
        asserted[assertion.sentence].append(assertion)
    for sentence in reading.sentences:
        whole = any(event.text == sentence.text() for event in dates.events_of(sentence))
        if not (whole or _is_quoted(sentence, quotes[sentence]) or _is_asserted(sentence, asserted[sentence])):
            yield Remainder(sentence, _reason(sentence))


def _reason(sentence: Sentence) -> str | None:
    outside = [item for item in sentence.items if item.kind != "quote"]
    if sentence.items[-1].text == "?" and outside:
        return "it only asks"
    return "too short to say anything by itself" if _words(sentence.items) < MIN_WORDS else None


def _is_quoted(sentence: Sentence, quotes: Sequence[AttributedQuote]) -> bool:
    """Return whether the quotations of a sentence tell most of what it says."""
    quoted = sum(quote.words for quote in quotes)
    outside = _words([item for item in sentence.items if item.kind != "quote"])
    # Behind the last quotation of which it was said before whose it is, something else may be told.
    last = max(quotes, key=lambda quote: quote.index, default=None)
    said_before = last is not None and last.verb is not None and last.verb < last.index
    if last is not None and said_before and _words(sentence.items[last.index + 1 :]) > MAX_UNTOLD:
        return False
    if quoted >= MIN_WORDS and outside <= MAX_ATTRIBUTION:
        return True
    return quoted >= MIN_QUOTED and outside <= 2 * quoted + MAX_UNTOLD


def _is_asserted(sentence: Sentence, assertions: Sequence[Assertion]) -> bool:
    """Return whether what a sentence says is what somebody asserts in it, but for a few words."""
    for assertion in assertions:
        before = assertion.verb <= assertion.first
        rest = sentence.items[assertion.last :] if before else sentence.items[: assertion.first]
        if _words(rest) <= MAX_UNTOLD:
            return True
    return False


def _words(items: Sequence[SentenceItem]) -> int:
    return sum(len(item.text.split()) for item in items if item.kind != "mark")
