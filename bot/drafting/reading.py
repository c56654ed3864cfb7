"""An article read from its first sentence to its last: its entities, and who says what, where and of whom."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from itertools import chain

from bot.drafting.article import Article
from bot.drafting.assertions import Assertion, assertions_of
from bot.drafting.entities import EntityIndex, find_names
from bot.english.attribution import AttributedQuote, is_set_off, quotations_of, with_later_speakers
from bot.english.coreference import DiscourseModel
from bot.english.name_runs import name_runs, plain
from bot.english.name_words import ORGANISATION_HEADS, OUTLETS, PLACES
from bot.english.sentences import Entity, Sentence, read_sentences
from bot.english.tokens import sentences, tokens_of

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
    """Read who is named in an article, and who says what in it, sentence by sentence."""
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
    for entity in dict.fromkeys(entity for each in quotations for entity in each.speakers):
        words = {plain(word) for word in entity.name.split()}
        if entity.kind == "organization" and len(words) == 2 and not entity.aliases and not words & _BODIES:
            entity.kind = "person"
            entity.add_alias(entity.name.split()[-1])


_OCCASION = re.compile(
    r"\b(?:[Ii]n|[Oo]n|[Aa]t|[Dd]uring|[Tt]hrough) (?:a|an|the|his|her|its|their) (?P<what>(?:[\w-]+ ){0,3}?"
    r"(?:statement|tweet|post|interview|press conference|news conference|conference|letter|speech|email|memo|report|hearing"
    r"|podcast|briefing|message|filing|video|meeting|lecture|sermon|debate|rally|programme|newsletter|blog(?! post))\b"
    r"(?: (?:on|to|with) (?:the )?(?!\w+day\b)[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,3})?)"
)
_REACH = 200  # characters before a quotation within which it is told


def context_of(quote: AttributedQuote) -> str | None:
    """Return where or how it was said, such as ``statement on Facebook`` or ``to AFP``."""
    sentence = quote.sentence
    items, text = sentence.items, sentence.paragraph.text
    start, end = items[quote.place].start, items[quote.place].end
    found = list(_OCCASION.finditer(text[max(items[0].start, start - _REACH) : start]))
    if not found and quote.verb is not None and quote.verb > quote.place:
        found = list(_OCCASION.finditer(text[end : min(items[-1].end, end + _REACH)]))[:1]
    if found:
        return found[-1]["what"]
    if quote.verb is None or sentence.items[quote.verb].lower not in ("told", "tells"):
        return None
    hearer = next((item for item in sentence.items[quote.verb + 1 : quote.verb + 6] if item.kind in ("name", "quote")), None)
    named = hearer is not None and hearer.entity is not None and hearer.entity.kind == "outlet"
    return f"to {hearer.text}" if hearer is not None and named else None


def about_of(quote: AttributedQuote, index: EntityIndex) -> tuple[Entity, ...]:
    """Return of whom a quotation speaks: those named in it, and what it is said to be about right before it."""
    inside = [index.entity_of(run) for tokens in sentences(tokens_of(quote.text)) for run in name_runs(tokens)]
    called = quote.sentence.entities(quote.verb + 1, quote.place) if quote.verb is not None and quote.verb < quote.place else ()
    hearer = quote.sentence.items[quote.verb].lower in ("told", "tells", "asked") if quote.verb is not None else False
    found = [*(each for each in inside if each is not None), *(() if hearer else called)]
    return tuple(dict.fromkeys(found))
