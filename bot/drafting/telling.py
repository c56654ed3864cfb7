"""What a sentence of an article tells for sure: words of its speakers, and what happened on which day."""

from __future__ import annotations

from collections.abc import Sequence

from bot.drafting.dates import is_after
from bot.drafting.events import EventReader
from bot.english.attribution import AttributedQuote
from bot.english.sentences import Sentence
from bot.facts.dates import StoryDate

MIN_QUOTED = 3
"""Words of a quotation; fewer are a term that somebody uses, unless they are a sentence."""


def quoted_words(sentence: Sentence, quotes: Sequence[AttributedQuote]) -> tuple[tuple[int, int], ...]:
    """Return which characters of a sentence are quoted, without their marks; none where it is not sure whose words all are."""
    text, spans, end = sentence.text(), list[tuple[int, int]](), 0
    if not all(quote.sure and quote.speakers == quotes[0].speakers for quote in quotes):
        return ()
    for quote in quotes:
        words = quote.text.rstrip(",").rstrip()
        start = text.find(words, end)
        if start < 0:
            return ()
        end = start + len(words)
        if quote.words >= MIN_QUOTED or (words[:1].isupper() and not quote.text[-1:].isalnum()):
            spans.append((start, end))
    return tuple(spans)


def sentence_day(sentence: Sentence, quotes: Sequence[AttributedQuote], dates: EventReader) -> tuple[StoryDate | None, bool]:
    """Return the day of a sentence and whether it tells what happened then; the day on which its words were said goes first.

    What is told of a day behind that of the article has not happened.
    """
    said = next((dated.date for quote in quotes if (dated := dates.date_of_words(sentence, quote.verb)) and dated.date), None)
    if said is not None:
        return said, False
    for event in dates.events_of(sentence):
        if event.dated.date is not None and event.text == sentence.text():  # not only what a clause adds of somebody
            return event.dated.date, not is_after(event.dated.date, dates.published)
    day = next((dated.date for dated in dates.dates_of(sentence) if dated.date is not None), None)
    return day, day is not None and bool(quotes)  # it is of something else than the words
