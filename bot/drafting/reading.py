"""An article read from its first sentence to its last: its entities, and who says what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from itertools import chain

from bot.drafting.article import Article
from bot.drafting.assertions import Assertion, assertions_of
from bot.drafting.entities import EntityIndex, find_names
from bot.english.attribution import AttributedQuote, is_set_off, quotations_of, with_later_speakers
from bot.english.coreference import DiscourseModel
from bot.english.name_runs import plain
from bot.english.names import ORGANISATION_HEADS, OUTLETS, PLACES
from bot.english.sentences import Sentence, read_sentences

_BODIES = ORGANISATION_HEADS | OUTLETS | PLACES


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """What was read; ``set_off`` are words in quotation marks that quote nobody."""

    article: Article
    index: EntityIndex
    sentences: tuple[Sentence, ...]
    quotations: tuple[AttributedQuote, ...]
    assertions: tuple[Assertion, ...]
    set_off: tuple[AttributedQuote, ...]


def read(article: Article) -> ArticleReading:
    """Read an article."""
    index = EntityIndex(article)
    discourse = DiscourseModel(index)
    passed, assertions = list[Sentence](), list[Assertion]()
    quotations: list[AttributedQuote] = []
    find = partial(find_names, index)
    for sentence in chain.from_iterable(read_sentences(paragraph, find) for paragraph in article.paragraphs):
        passed.append(sentence)
        found = quotations_of(sentence, discourse, quotations[-1] if quotations else None)
        quotations += found
        found_assertions = list(assertions_of(sentence, discourse))
        assertions += found_assertions
        _note_described(sentence, [*found, *found_assertions])
        speakers = [*(each.speakers for each in found_assertions), *(each.speakers for each in found if not each.guessed)]
        discourse.note_sentence(sentence, speakers)
    quotations = list(with_later_speakers(quotations))
    _mark_as_people(quotations)
    return ArticleReading(
        article,
        index,
        tuple(passed),
        tuple(each for each in quotations if not is_set_off(each)),
        tuple(assertions),
        tuple(each for each in quotations if is_set_off(each)),
    )


def _note_described(sentence: Sentence, speaking: Iterable[AttributedQuote | Assertion]) -> None:
    """Note where somebody speaks whom no name names."""
    for each in speaking:
        for entity in each.speakers:
            if each.sentence is sentence and not entity.paragraphs:
                entity.paragraphs.append(sentence.paragraph.number)


def _mark_as_people(quotations: Iterable[AttributedQuote]) -> None:
    """Take those who are quoted under two names of which none is a body's for people."""
    for entity in {id(entity): entity for each in quotations for entity in each.speakers}.values():
        words = {plain(word) for word in entity.name.split()}
        if entity.kind == "organization" and len(words) == 2 and not entity.aliases and not words & _BODIES:
            entity.kind = "person"
            entity.add_alias(entity.name.split()[-1])
