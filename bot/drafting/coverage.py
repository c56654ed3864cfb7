"""Articles about one affair, read together: one story of their sources, the actors that they name, and their sentences.

Each sentence becomes a passage, word for word, cited to its paragraph. What it needs to be understood stands beside it: the
sentence before, who speaks and in which words, the day that "on Thursday" means by the article's own date.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.drafting.article import Article
from bot.drafting.dates import published_day
from bot.drafting.events import EventReader
from bot.drafting.glosses import glosses_of
from bot.drafting.known_actors import KnownActors
from bot.drafting.other_languages import OtherSpeakers
from bot.drafting.reading import ArticleReading, read
from bot.drafting.telling import quoted_words, sentence_day
from bot.english.attribution import AttributedQuote
from bot.english.sentences import Entity, Sentence
from bot.facts.models import Citation, Fact, Source, Story, StoryInfo
from bot.languages import ENGLISH
from bot.multilingual.compared_words import count_words

MIN_SHARED = 5
"""Words from which a sentence that two articles have is one that the later took from the earlier."""

MAX_DAY = 10**12


def read_coverage(info: StoryInfo, articles: Iterable[tuple[Article, Source]]) -> Story:
    """Read articles as one story, each with the source that it is, the oldest first.

    A sentence that several print word for word, as papers print an agency's, is one passage that cites them all.
    """
    known, sources = KnownActors(), dict[str, Source]()
    passages: dict[str, Fact] = {}
    for article, source in sorted(articles, key=lambda read: _first_day(read[1])):
        sources[source.id] = source
        shared = Counter[str]()
        for passage in _passages(read(article, info.language), source, known):
            key = sentence_key(passage.text) or passage.id
            first = passages.setdefault(key, passage)
            if first is not passage:
                if first.citations[0].source != source.id:  # an article may say a sentence twice
                    shared[first.citations[0].source] += 1
                passages[key] = replace(first, citations=tuple(dict.fromkeys((*first.citations, *passage.citations))))
        if shared:
            sources[source.id] = as_carried(source, sources[max(shared, key=shared.__getitem__)])
    return Story(info, tuple(sources.values()), tuple(known.actors.values()), tuple(passages.values()))


def passages_of(reading: ArticleReading, source: Source, known: KnownActors) -> tuple[Fact, ...]:
    """Return the sentences of one article as passages, each once; one that it says twice cites both paragraphs."""
    passages: dict[str, Fact] = {}
    for passage in _passages(reading, source, known):
        key = sentence_key(passage.text) or passage.id
        first = passages.setdefault(key, passage)
        if first is not passage:
            passages[key] = replace(first, citations=tuple(dict.fromkeys((*first.citations, *passage.citations))))
    return tuple(passages.values())


def sentence_key(text: str) -> str:
    """Return what sentences share that say the same word for word; "" for one that is too short to be told from others."""
    words = text.casefold().split()
    return " ".join(words) if count_words(text) >= MIN_SHARED else ""


def as_carried(source: Source, other: Source) -> Source:
    """Note with a source that it has sentences of another, so that both count as one where independent sources are counted."""
    carried = f"As carried by {other.publisher or other.title}."
    return replace(source, note=" ".join(filter(None, (source.note, carried))))


def _first_day(source: Source) -> int:
    """Return the key of the day of a source, such that those without one come last."""
    return source.published.earliest or MAX_DAY if source.published is not None else MAX_DAY


def _passages(reading: ArticleReading, source: Source, known: KnownActors) -> Iterator[Fact]:
    """Yield the sentences of an article as passages."""
    dates = EventReader(published_day(source.published), reading.sentences, reading.language)
    quotations, asserting = defaultdict[Sentence, list[AttributedQuote]](list), defaultdict[Sentence, list[Entity]](list)
    for quote in reading.quotations:
        quotations[quote.sentence].append(quote)
    for assertion in reading.assertions:
        asserting[assertion.sentence].extend(assertion.speakers if assertion.sure else ())
    other = OtherSpeakers(reading.sentences, reading.language, known) if reading.language != ENGLISH else None
    before, number, paragraph = "", 0, 0
    for sentence in reading.sentences:
        number = number + 1 if sentence.paragraph.number == paragraph else 1
        paragraph = sentence.paragraph.number
        quotes = quotations[sentence]
        quoting = [speaker for quote in quotes if quote.sure for speaker in quote.speakers]
        by = _ids([*quoting, *asserting[sentence]], known) if other is None else other.speakers(sentence)
        about = _ids(sentence.entities(), known) if other is None else other.named(sentence)
        own = quoted_words(sentence, quotes) if all(set(_ids(quote.speakers, known)) == set(by) for quote in quotes) else ()
        day, happened = sentence_day(sentence, quotes, dates)
        yield Fact(
            id=f"{source.id}-p{paragraph}-s{number}",
            kind="passage",
            text=sentence.text(),
            citations=(Citation(source.id, "paragraph", str(paragraph)),),
            date=day,
            context=before or None,
            by=by,
            about=tuple(name for name in about if name not in by),
            reviewed=False,
            glosses=glosses_of(sentence, reading.meant.get(sentence, {}), dates.all_of(sentence), reading.language),
            quoted=own if other is None else other.quoted_words(sentence),
            happened=happened,
        )
        before = sentence.text()


def _ids(entities: Sequence[Entity], known: KnownActors) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(known.id_of, entities))))
