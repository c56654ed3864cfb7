"""An article read from its first sentence to its last: its entities, and who says what, where and of whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, takewhile

from bot.drafting.article import Article
from bot.drafting.entities import EntityIndex, find_names
from bot.drafting.other_languages import sentences_of
from bot.english.attribution import AttributedQuote, is_set_off, quotations_of, with_later_speakers
from bot.english.coreference import DiscourseModel
from bot.english.name_runs import name_runs, plain
from bot.english.name_words import ORGANISATION_HEADS, OUTLETS, PLACES
from bot.english.sentences import Entity, Sentence, SentenceItem, before_verb, read_sentences, sentences, tokens_of, verbs
from bot.english.subjects import subject_behind, subject_of
from bot.english.word_classes import (
    ADVERBS,
    AUXILIARIES,
    CALLING,
    DENYING,
    DETERMINERS,
    JUDGING,
    PARTICIPLES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SAYING,
    STATING,
    SUBORDINATORS,
)
from bot.languages import ENGLISH

_MIN_WORDS = 4  # words of an assertion; fewer say nothing by themselves
_THAT = 14  # items behind a verb within which its clause begins
_NOUN = 5  # words within which a clause has its verb
_MAX_BETWEEN = 9  # items from the comma to the verb of who is named last
_MAX_BEHIND = 6  # items behind that verb
_INTRODUCING = PREPOSITIONS | SUBORDINATORS | frozenset({"according", "asked"})
_PARTS_CLAUSES = SAYING | RELATIVES | AUXILIARIES | {"and", "but"}
_NO_NOUNS = PREPOSITIONS | ADVERBS | AUXILIARIES | SUBORDINATORS
_DENIALS = frozenset("not never nobody none neither nor no hardly without cannot".split())
_MAX_QUOTED = 0.5  # share of an assertion that may be quoted words, which stand as a quotation of their own
_BODIES = ORGANISATION_HEADS | OUTLETS | PLACES
_OCCASION = re.compile(
    r"\b(?:[Ii]n|[Oo]n|[Aa]t|[Dd]uring|[Tt]hrough) (?:a|an|the|his|her|its|their) (?P<what>(?:[\w-]+ ){0,3}?"
    r"(?:statement|tweet|post|interview|press conference|news conference|conference|letter|speech|email|memo|report|hearing"
    r"|podcast|briefing|message|filing|video|meeting|lecture|sermon|debate|rally|programme|newsletter|blog(?! post))\b"
    r"(?: (?:on|to|with) (?:the )?(?!\w+day\b)[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,3})?)"
)
_REACH = 200  # characters before a quotation within which it is told


@dataclass(frozen=True, slots=True)
class Assertion:
    """What somebody asserts, from one item of the sentence to before another; ``verb`` is the place of its verb.

    ``sure``: nobody else can be meant by the words for its speakers.
    """

    text: str
    speakers: tuple[Entity, ...]
    sentence: Sentence
    verb: int
    first: int
    last: int
    sure: bool = True


def assertions_of(sentence: Sentence, discourse: DiscourseModel) -> Iterator[Assertion]:
    """Return what a sentence says that somebody asserts."""
    items = sentence.items
    taken = 0
    for verb in verbs(items):
        if verb < taken or items[verb].lower not in STATING | JUDGING or _is_denied(items, verb):
            continue
        span = _asserted(items, verb)
        if span is None or not _enough(sentence, *span):
            continue
        subject = subject_of(items, verb)
        speakers = discourse.resolve(subject, sentence)
        if subject is not None and speakers:
            taken = span[1]
            sure = discourse.is_sure(subject, sentence, speakers)
            yield Assertion(_text(sentence, verb, span, speakers), speakers, sentence, verb, *span, sure)
    behind = _attribution_behind(items)
    if behind is not None and taken <= behind[0]:
        verb, comma = behind
        subject = subject_behind(items, verb + 1) if verb == comma + 1 else subject_of(items, verb)
        speakers = discourse.resolve(subject, sentence)
        if subject is not None and speakers and _enough(sentence, 0, comma):
            sure = discourse.is_sure(subject, sentence, speakers)
            yield Assertion(_text(sentence, verb, (0, comma), speakers), speakers, sentence, verb, 0, comma, sure)
    yield from _according(sentence, discourse)


def _attribution_behind(items: Sequence[SentenceItem]) -> tuple[int, int] | None:
    """Return the verb, and the comma before who says it, of a sentence that tells this last: "The dam is safe, the mayor said."

    None of other sentences, and of those with quoted words.
    """
    verb = max(verbs(items), default=None)
    if verb is None or items[verb].lower not in STATING or any(item.kind == "quote" for item in items):
        return None
    if _is_denied(items, verb):
        return None
    subject = subject_of(items, verb)
    before = min(verb, subject.first) if subject is not None else verb
    comma = next((at for at in range(before - 1, 0, -1) if items[at].text == ","), None)
    if comma is None or comma < _MIN_WORDS or verb - comma > _MAX_BETWEEN or items[0].lower in _INTRODUCING:
        return None
    rest = [item for item in items[verb + 1 :] if item.text not in (".", "!", "?")]
    inverted = verb == comma + 1
    ends = not rest or rest[0].lower in PREPOSITIONS or rest[0].text.lower().endswith("day")
    return (verb, comma) if len(rest) <= _MAX_BEHIND and (inverted or ends) and (rest or not inverted) else None


def _is_denied(items: Sequence[SentenceItem], verb: int) -> bool:
    """Return whether nobody says what follows, or it is left open: have not stated that, nobody said that, said whether."""
    before = before_verb(items, verb)
    between = {item.lower for item in items[max(before, 0) : verb]} | {
        item.text.lower() for item in items[max(before - 3, 0) : verb]
    }
    behind = [item.lower for item in items[verb + 1 : verb + 4]]
    contracted = any(word.endswith(("n't", "n’t")) for word in between)
    return bool(between & _DENIALS) or contracted or "whether" in behind


def _asserted(items: Sequence[SentenceItem], verb: int) -> tuple[int, int] | None:
    """Return what follows a verb as its assertion."""
    end = _end(items, verb)
    that = next((at for at in range(verb + 1, min(verb + _THAT, end)) if items[at].lower == "that"), None)
    with_verb = (verb, end) if end > verb + 1 and items[verb + 1].kind != "mark" else None
    if items[verb].lower in DENYING:
        return with_verb
    # Another clause may begin before the "that"; a comma may as well belong to a date: said on Wednesday, August 16, that.
    if that is not None and not any(
        item.lower in _PARTS_CLAUSES or (item.stops and item.text not in (",", "(", ")")) for item in items[verb + 1 : that]
    ):
        # "a memo that was seen": a clause that has no subject belongs to the word before it
        return (that + 1, end) if that + 1 < end and items[that + 1].lower not in AUXILIARIES else None
    if items[verb].lower in JUDGING:
        quoted = items[verb].lower in CALLING and any(item.kind == "quote" for item in items[verb:end])
        return None if quoted else with_verb
    first = verb + 1
    if first >= end or items[verb].lower in PARTICIPLES - {"saying", "insisting", "claiming", "adding"}:
        return None
    begins = items[first].kind == "name" or items[first].lower in DETERMINERS | PRONOUNS
    if not begins and items[first].kind == "word" and items[first].lower not in _NO_NOUNS:
        # A bare noun may begin a clause: "repairs would cost a million".
        noun = takewhile(lambda item: not item.stops, items[first + 1 : min(first + _NOUN, end)])
        begins = any(item.lower in AUXILIARIES for item in noun)
    return (first, end) if begins and items[verb].lower not in ("told", "tells", "tell", "added", "adds") else None


def _end(items: Sequence[SentenceItem], verb: int) -> int:
    """Return where an assertion ends: with the sentence or its clause, or where the next verb of speech begins."""
    introduces = items[0].lower in SUBORDINATORS and not any(item.text == "," for item in items[:verb])
    for at in range(verb + 1, len(items)):
        following_verb = items[at + 1].lower if at + 1 < len(items) else ""
        if items[at].text in (".", ";", "?", "!") or (introduces and items[at].text == ","):
            return at
        if items[at].text in (",", "and", "but") and following_verb in SAYING and at > verb + 1:
            return at
        if items[at].text == "," and following_verb in ("but", "while", "according", "and"):
            behind = items[at + 2].lower if at + 2 < len(items) else ""
            if following_verb == "according" or behind in SAYING or (at + 2 < len(items) and items[at + 2].kind == "name"):
                return at
    return len(items)


def _enough(sentence: Sentence, first: int, last: int) -> bool:
    """Return whether there are words enough that are not quoted."""
    items = sentence.items[first:last]
    length = sum(item.end - item.start for item in items)
    quoted = sum(item.end - item.start for item in items if item.kind == "quote")
    words = len(sentence.text(first, last).split())
    return words >= _MIN_WORDS and quoted < _MAX_QUOTED * length


def _text(sentence: Sentence, verb: int, span: tuple[int, int], speakers: Sequence[Entity]) -> str:
    text = sentence.text(*span)
    if span[0] == verb:
        text = f"{' and '.join(entity.name for entity in speakers)} {text}"
    return _as_sentence(text)


def _as_sentence(text: str) -> str:
    text = text.rstrip(" ,;:.")
    return f"{text[:1].upper()}{text[1:]}."


def _according(sentence: Sentence, discourse: DiscourseModel) -> Iterator[Assertion]:
    """Return what is so according to somebody, where nothing of it is quoted."""
    items = sentence.items
    for at in range(len(items) - 2):
        if items[at].lower != "according" or items[at + 1].lower != "to":
            continue
        subject = subject_behind(items, at + 2)
        speakers = discourse.resolve(subject, sentence)
        if subject is None or not speakers:
            continue
        if at == 0:
            comma = next((position for position in range(subject.last, len(items)) if items[position].text == ","), len(items))
            first, last = comma + 1, len(items)
        elif at > 1 and items[0].lower not in ADVERBS:
            first, last = 0, at
        else:
            continue
        stated = any(first <= verb < last and items[verb].lower in STATING for verb in verbs(items))
        if not stated and _enough(sentence, first, last):
            sure = discourse.is_sure(subject, sentence, speakers)
            yield Assertion(_as_sentence(sentence.text(first, last)), speakers, sentence, at, first, last, sure)


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """What was read; ``set_off`` are words in quotation marks that quote nobody.

    ``meant`` says of each sentence whom its "he" and "she" mean, by their places among its items, where that is sure. Of an
    article in another ``language`` than English only the sentences are read.
    """

    index: EntityIndex
    sentences: tuple[Sentence, ...]
    quotations: tuple[AttributedQuote, ...]
    assertions: tuple[Assertion, ...]
    set_off: tuple[AttributedQuote, ...]
    meant: Mapping[Sentence, Mapping[int, Entity]]
    language: str = ENGLISH


def read(article: Article, fallback: str = ENGLISH) -> ArticleReading:
    """Read who is named in an article, and who says what in it, sentence by sentence.

    ``fallback`` is its language where that is not known.
    """
    language = article.language or fallback
    if language.partition("-")[0] != ENGLISH:
        return ArticleReading(
            EntityIndex(replace(article, paragraphs=())), sentences_of(article, language), (), (), (), {}, language
        )
    index = EntityIndex(article)
    discourse = DiscourseModel(index)
    passed, assertions = list[Sentence](), list[Assertion]()
    quotations: list[AttributedQuote] = []
    meant: dict[Sentence, Mapping[int, Entity]] = {}
    find = partial(find_names, index)
    for sentence in chain.from_iterable(read_sentences(paragraph, find) for paragraph in article.paragraphs):
        passed.append(sentence)
        new_quotations = quotations_of(sentence, discourse, quotations[-1] if quotations else None)
        quotations += new_quotations
        new_assertions = list(assertions_of(sentence, discourse))
        assertions += new_assertions
        meant[sentence] = discourse.persons_meant(sentence)
        asserting = [assertion.speakers for assertion in new_assertions]
        for entity in chain.from_iterable([*(quotation.speakers for quotation in new_quotations), *asserting]):
            if not entity.paragraphs:  # somebody whom no name names
                entity.paragraphs.append(sentence.paragraph.number)
        speakers = [*asserting, *(quotation.speakers for quotation in new_quotations if not quotation.guessed)]
        discourse.note_sentence(sentence, speakers)
    quotations = list(with_later_speakers(quotations))
    # Those who are quoted under two names, of which none is a body's, are people.
    for entity in dict.fromkeys(chain.from_iterable(quotation.speakers for quotation in quotations)):
        words = {plain(word) for word in entity.name.split()}
        if entity.kind == "organization" and len(words) == 2 and not entity.aliases and not words & _BODIES:
            entity.kind = "person"
            entity.add_alias(entity.name.split()[-1])
    return ArticleReading(
        index,
        tuple(passed),
        tuple(quotation for quotation in quotations if not is_set_off(quotation)),
        tuple(assertions),
        tuple(quotation for quotation in quotations if is_set_off(quotation)),
        meant,
    )


def context_of(quote: AttributedQuote) -> str | None:
    """Return where or how it was said, such as ``statement on Facebook`` or ``to AFP``."""
    sentence = quote.sentence
    items, text = sentence.items, sentence.paragraph.text
    start, end = items[quote.index].start, items[quote.index].end
    occasions = list(_OCCASION.finditer(text[max(items[0].start, start - _REACH) : start]))
    if not occasions and quote.verb is not None and quote.verb > quote.index:
        occasions = list(_OCCASION.finditer(text[end : min(items[-1].end, end + _REACH)]))[:1]
    if occasions:
        return occasions[-1]["what"]
    if quote.verb is None or sentence.items[quote.verb].lower not in ("told", "tells"):
        return None
    hearer = next((item for item in sentence.items[quote.verb + 1 : quote.verb + 6] if item.kind in ("name", "quote")), None)
    named = hearer is not None and hearer.entity is not None and hearer.entity.kind == "outlet"
    return f"to {hearer.text}" if hearer is not None and named else None


def about_of(quote: AttributedQuote, index: EntityIndex) -> tuple[Entity, ...]:
    """Return of whom a quotation speaks: those named in it, and what it is said to be about right before it."""
    inside = [index.entity_of(run) for tokens in sentences(tokens_of(quote.text)) for run in name_runs(tokens)]
    called = quote.sentence.entities(quote.verb + 1, quote.index) if quote.verb is not None and quote.verb < quote.index else ()
    hearer = quote.sentence.items[quote.verb].lower in ("told", "tells", "asked") if quote.verb is not None else False
    entities = [*(entity for entity in inside if entity is not None), *(() if hearer else called)]
    return tuple(dict.fromkeys(entities))
