"""An article in another language than English: its sentences, and who speaks in them as far as that is certain."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.drafting.article import Article
from bot.drafting.known_actors import KnownActors
from bot.english.first_names import is_first_name
from bot.english.sentences import Entity, Paragraph, Sentence, SentenceItem, TextToken
from bot.multilingual.compared_words import count_words, is_unspaced
from bot.multilingual.sentences import sentence_bounds
from bot.multilingual.speakers import people_in, speakers_of

_MIN_QUOTED = 3  # words of a quotation; fewer are a term that somebody uses
_MIN_NAME = 2  # signs of a name in a script without blanks, or words of any other


def sentences_of(article: Article, language: str) -> tuple[Sentence, ...]:
    """Return the sentences of an article, with quotations as items but without names."""
    return tuple(sentence for paragraph in article.paragraphs for sentence in _of_paragraph(paragraph, language))


def _of_paragraph(paragraph: Paragraph, language: str) -> Iterator[Sentence]:
    first = paragraph.first
    inside = tuple(span.moved(-first) for span in paragraph.quotations if span.whole[0] >= first)
    tokens = paragraph.tokens()
    for start, end in sentence_bounds(paragraph.text[first:], inside, language):
        items = tuple(_item(token) for token in tokens if start + first <= token.start < end + first)
        if items:
            yield Sentence(items, paragraph)


def _item(token: TextToken) -> SentenceItem:
    lower = token.lower if token.kind == "word" else ""
    return SentenceItem(token.kind, token.text, token.start, token.end, None, token.quote, lower)


class OtherSpeakers:
    """Who speaks and who is named in the sentences of an article, as ids of a story's actors.

    A speaker whom the story does not know is added to its ``known`` actors.
    """

    def __init__(self, sentences: Sequence[Sentence], language: str, known: KnownActors) -> None:
        self._known = known
        self._ids: dict[str, set[str]] = defaultdict(set)
        for actor in known.actors.values():
            for name in (actor.name, *actor.aliases):
                self._ids[name].add(actor.id)
        self._names = re.compile(
            "|".join(map(_as_pattern, sorted(filter(_is_telling, self._ids), key=len, reverse=True))) or r"\b\B"
        )
        self._speakers: dict[int, tuple[str | None, ...]] = {}
        # A last name alone is that of a person of the story, or of one whom the article named whole before.
        people = {actor.name for actor in known.actors.values() if actor.kind == "person"}
        for paragraph in {sentence.paragraph.number: sentence.paragraph for sentence in sentences}.values():
            people.update(people_in(paragraph.text, language))
            self._speakers[paragraph.number] = speakers_of(
                paragraph.text, paragraph.quotations, language, self._ids, sorted(people)
            )

    def speakers(self, sentence: Sentence) -> tuple[str, ...]:
        """Return who surely says the quotations of a sentence."""
        return tuple(dict.fromkeys(filter(None, (self._id_of(name) for _, name in self._quotes(sentence) if name))))

    def named(self, sentence: Sentence) -> tuple[str, ...]:
        """Return the actors of the story whose whole names stand in a sentence."""
        ids = [self._ids[match.group()] for match in self._names.finditer(sentence.text())]
        return tuple(dict.fromkeys(id_ for several in ids if len(several) == 1 for id_ in several))

    def quoted_words(self, sentence: Sentence) -> tuple[tuple[int, int], ...]:
        """Return which characters of a sentence are quoted, without their marks; none where it is not certain whose all are."""
        quotes = self._quotes(sentence)
        if not quotes or len({name for _, name in quotes}) != 1 or not self.speakers(sentence):
            return ()
        begin, spans = sentence.items[0].start, list[tuple[int, int]]()
        for index, _ in quotes:
            span = sentence.paragraph.quotations[index]
            words = sentence.paragraph.text[span.start : span.end].rstrip(",، ")
            if count_words(words) >= _MIN_QUOTED:
                spans.append((span.start - begin, span.start - begin + len(words)))
        return tuple(spans)

    def _quotes(self, sentence: Sentence) -> list[tuple[int, str | None]]:
        """Return the quotations of a sentence, by their places among those of its paragraph, each with its speaker's name."""
        names = self._speakers[sentence.paragraph.number]
        return [(item.quote, names[item.quote]) for item in sentence.items if item.quote is not None]

    def _id_of(self, name: str) -> str | None:
        ids = self._ids.get(name, set())
        if ids:
            return next(iter(ids)) if len(ids) == 1 else None
        kind = "person" if is_first_name(name.split()[0]) else "other"
        return self._known.id_of(Entity(name, kind))


def _is_telling(name: str) -> bool:
    return (len(name) if is_unspaced(name) else len(name.split())) >= _MIN_NAME


def _as_pattern(name: str) -> str:
    """Return the pattern of a name as a whole; where a script has no blanks, it may stand among any signs."""
    return re.escape(name) if is_unspaced(name) else rf"(?<![^\W_]){re.escape(name)}(?![^\W_'’])"
