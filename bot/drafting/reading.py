"""An article read from its first sentence to its last: the cast, and who says what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.drafting.article import Article
from bot.drafting.asserting import Assertion, assertions_of
from bot.drafting.cast import Cast, Member
from bot.drafting.discourse import Discourse
from bot.drafting.runs import plain
from bot.drafting.scene import Sentence, sentences_of
from bot.drafting.speaking import Said, is_set_off, quotations_of, with_later
from bot.drafting.subjects import first_subject
from bot.english.names import ORGANISATION_HEADS, OUTLETS, PLACES

_BODIES = ORGANISATION_HEADS | OUTLETS | PLACES


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: ``said`` are the quotations, ``set_off`` words in quotation marks that quote nobody."""

    article: Article
    cast: Cast
    sentences: tuple[Sentence, ...]
    said: tuple[Said, ...]
    asserted: tuple[Assertion, ...]
    set_off: tuple[Said, ...]


def read(article: Article) -> Reading:
    """Read an article."""
    cast = Cast(article)
    discourse = Discourse(cast)
    read_sentences, asserted = list[Sentence](), list[Assertion]()
    said: list[Said] = []
    for sentence in sentences_of(article, cast):
        read_sentences.append(sentence)
        found = quotations_of(sentence, discourse, said)
        said += found
        told = list(assertions_of(sentence, discourse))
        asserted += told
        _note_described(sentence, [*found, *told])
        speakers = [*(each.speakers for each in told), *(each.speakers for each in found if not each.guessed)]
        discourse.note(_prominent(sentence, discourse, speakers))
    said = list(with_later(said))
    _take_for_people(said)
    return Reading(
        article,
        cast,
        tuple(read_sentences),
        tuple(each for each in said if not is_set_off(each)),
        tuple(asserted),
        tuple(each for each in said if is_set_off(each)),
    )


def _note_described(sentence: Sentence, speaking: Iterable[Said | Assertion]) -> None:
    """Note where somebody speaks whom no name names."""
    for each in speaking:
        for member in each.speakers:
            if each.sentence is sentence and not member.paragraphs:
                member.paragraphs.append(sentence.paragraph.number)


def _take_for_people(said: Iterable[Said]) -> None:
    """Take those who are quoted under two names of which none is a body's for people."""
    for member in {id(member): member for each in said for member in each.speakers}.values():
        words = {plain(word) for word in member.name.split()}
        if member.kind == "organization" and len(words) == 2 and not member.aliases and not words & _BODIES:
            member.kind = "person"
            member.call(member.name.split()[-1])


def _prominent(sentence: Sentence, discourse: Discourse, speakers: Iterable[tuple[Member, ...]]) -> list[Member]:
    """Return who a sentence is about, the most prominent last: those named, its first subject, its speakers."""
    subject = discourse.resolve(first_subject(sentence.items), sentence)
    return [*reversed(sentence.members()), *subject, *(member for several in speakers for member in several)]
