"""Whose each quotation of a text is, for articles that are drafted from and texts that are checked alike.

The speaker is found by the verb beside the quotation, before or behind, by what it goes on from, or by who was spoken of last.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.english import roles
from bot.english.coreference import DiscourseModel
from bot.english.name_runs import name_runs
from bot.english.persons import begins_clause
from bot.english.sentences import Entity, Sentence, SentenceItem, is_passive, sentences, tokens_of, verbs
from bot.english.subjects import Subject, first_subject, names_end, subject_behind, subject_of
from bot.english.word_classes import ADVERBS, AUXILIARIES, DETERMINERS, PREPOSITIONS, RELATIVES, SAYING, SUBORDINATORS

_SHORT = 2  # words up to which quotation marks may only set a word off
_SPACE = 2  # signs between two sentences of a paragraph
_SEVERAL = 2  # names in a sentence of which any may be whose words follow its colon
_FAR = 24  # items behind a quotation in which its verb is looked for
_NEAR = 3  # items between a quotation inside a sentence and its verb
_TITLING = frozenset("titled entitled named nicknamed headlined".split())
_SIGNING = ("-", "–", "—", "~", "(")
_SOMEBODY = frozenset("somebody someone anybody anyone nobody".split())
_LINKS = frozenset("that it the as a an of to for is was and".split())
_ARTICLES = frozenset("the a an one another his her its our their my your".split())
_WOMAN = {"she": True, "he": False}
_ANSWERS = frozenset(
    "answer reply response comment retort verdict explanation view finding farewell conclusion remark advice opinion".split()
)
_ANSWERING = frozenset("answered replied retorted countered responded objected asked answers replies asks".split())
_NO_NOUNS = AUXILIARIES | PREPOSITIONS | SUBORDINATORS | RELATIVES | DETERMINERS | {"and", "but", "or"}
_NO_VERBS = AUXILIARIES | PREPOSITIONS | SUBORDINATORS | RELATIVES | DETERMINERS | ADVERBS | {"and", "but", "or", "so"}


@dataclass(frozen=True, slots=True)
class AttributedQuote:
    """A quotation with its speakers as read; ``verb`` is where in the sentence it is said to be theirs, None where nowhere.

    ``guessed``: nobody is named beside it. ``sure``: nobody else can be meant. ``open``: it has no closing mark, so that the next
    paragraph may go on.
    """

    text: str
    sentence: Sentence
    index: int
    speakers: tuple[Entity, ...] = ()
    verb: int | None = None
    guessed: bool = False
    sure: bool = False
    open: bool = False

    @property
    def paragraph(self) -> int:
        """The number of its paragraph."""
        return self.sentence.paragraph.number

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @property
    def opens_sentence(self) -> bool:
        """Whether no word stands before it in its sentence but other quotations."""
        return not _any_word(self.sentence.items[: self.index])


def quotations_of(sentence: Sentence, discourse: DiscourseModel, last: AttributedQuote | None) -> list[AttributedQuote]:
    """Return the quotations of a sentence with their speakers; ``last`` is the one before them."""
    quotes: list[AttributedQuote] = []
    for index, item in enumerate(sentence.items):
        if item.kind == "quote":
            last = _read(sentence, index, discourse, last)
            quotes.append(last)
    return quotes


def is_set_off(quote: AttributedQuote) -> bool:
    """Return whether the marks set off a word, as in so-called “trolls”, rather than quote somebody."""
    before = quote.sentence.items[quote.index - 1].lower if quote.index else ""
    if quote.words > _SHORT or before in _TITLING:
        return before in _TITLING
    return before == "so-called" or not (quote.speakers or _is_utterance(quote))


def _is_utterance(quote: AttributedQuote) -> bool:
    """Return whether a few words are a sentence or a turn of their own, as in: “Not today.”"""
    before = quote.sentence.items[quote.index - 1].text if quote.index else ":"
    whole = quote.text[:1].isupper() and quote.text.endswith((".", ",", "…"))
    return before in (":", ",") or whole or quote.text.endswith(("!", "?")) or quote.opens_sentence


def with_later_speakers(quotes: Sequence[AttributedQuote]) -> tuple[AttributedQuote, ...]:
    """Give quotations whose speaker is guessed, or not sure, that of the next in the same paragraph, if that is named."""
    mended = list(quotes)
    for index in range(len(mended) - 2, -1, -1):
        quote, later = mended[index], mended[index + 1]
        open_yet = (quote.guessed or not quote.speakers) and quote.opens_sentence and quote.paragraph == later.paragraph
        goes_on = later.opens_sentence or later.sentence is quote.sentence
        if open_yet and goes_on and later.speakers and not later.guessed:
            mended[index] = replace(quote, speakers=later.speakers, guessed=False, sure=later.sure and _goes_on(quote, later))
        elif quote.verb is None and not quote.sure and later.sure and _goes_on(quote, later):
            mended[index] = replace(quote, speakers=later.speakers, guessed=False, sure=True)
    return tuple(mended)


def _goes_on(quote: AttributedQuote, later: AttributedQuote) -> bool:
    """Return whether nothing but marks stands between a quotation and the next."""
    if quote.sentence is later.sentence:
        return not _any_word(quote.sentence.items[quote.index : later.index])
    if quote.paragraph != later.paragraph or not quote.opens_sentence:
        return False
    near = later.sentence.items[0].start - quote.sentence.items[-1].end <= _SPACE
    return near and later.opens_sentence and not _any_word(quote.sentence.items[quote.index :])


def _read(sentence: Sentence, index: int, discourse: DiscourseModel, last: AttributedQuote | None) -> AttributedQuote:
    """Return the quotation at a place with its speakers, by the first way to read them that finds any."""
    items = sentence.items
    number = items[index].quote
    closed = number is None or sentence.paragraph.quotations[number].closed
    quote = AttributedQuote(items[index].text.strip(), sentence, index, open=not closed)
    if not any(map(str.isalnum, quote.text)):
        return quote
    persons = {item.entity for item in items[:index] if item.entity is not None}
    for verb, subject in _attempts(items, index):
        if verb and items[verb - 1].lower in _SOMEBODY and _leads_to(items, verb, index):
            return quote  # heard somebody shouting “…”
        speakers = discourse.resolve(subject, sentence) if subject is not None else ()
        if subject is not None and speakers:
            sure = discourse.is_sure(subject, sentence, speakers)
            if items[verb].text == ":":
                sure = sure and len(persons) < _SEVERAL and begins_clause(items, subject.first)
            if (
                not sure
                and subject.kind == "pronoun"
                and last is not None
                and _adds(quote, items[subject.first], verb, last, discourse)
            ):
                return replace(quote, speakers=last.speakers, verb=verb, sure=True)
            topic = discourse.topic_before(sentence) if not sure and subject.kind == "pronoun" else None
            woman = _WOMAN.get(items[subject.first].lower)
            if topic is not None and woman is not None and topic.woman is woman and not persons:
                return replace(quote, speakers=(topic,), verb=verb, sure=True)
            return replace(quote, speakers=speakers, verb=verb, sure=sure)
    return _unattributed(quote, discourse, last)


def _adds(quote: AttributedQuote, pronoun: SentenceItem, verb: int, last: AttributedQuote, discourse: DiscourseModel) -> bool:
    """Return whether "she added" goes on with the words of whoever was quoted right before, and nobody else is named there."""
    woman = _WOMAN.get(pronoun.lower)
    speaker = last.speakers[0] if len(last.speakers) == 1 else None
    if not last.sure or speaker is None or woman is None or speaker.kind != "person" or speaker.woman not in (None, woman):
        return False
    if not quote.opens_sentence or quote.paragraph != last.paragraph or not discourse.is_next(last.sentence):
        return False
    others = (entity for entity in last.sentence.entities() if entity is not speaker and entity.kind == "person")
    answers = quote.sentence.items[verb].lower in _ANSWERING
    return not answers and all(entity.woman is (not woman) for entity in others)


def _attempts(items: Sequence[SentenceItem], index: int) -> Iterable[tuple[int, Subject | None]]:
    """Return the ways to read whose a quotation is, the surest first: where the verb is, and its subject."""
    # Where the words between the quotation before and this one begin.
    start = max((at + 1 for at in range(index) if items[at].kind == "quote"), default=0)
    beside = [verb for verb in verbs(items, index) if verb >= start and _leads_to(items, verb, index)]
    if beside:
        yield beside[-1], subject_of(items, beside[-1])
    # A subject that shares the verb of another before it: Lee said “…”, and | Reed that | “…”.
    at = index - 1 if index and items[index - 1].lower == "that" else index
    verb = max(verbs(items, start), default=None)
    if verb is not None and start <= at - 2 and items[at - 1].kind == "name" and items[at - 2].lower in ("and", "while", "but"):
        yield verb, Subject("names", at - 1, at)
    yield from _behind(items, index)
    # The agents of passives: was told by Lee that, was described by Lee as, was said by Lee.
    for verb in [*range(index - 2, -1, -1), *range(index + 1, len(items) - 2)]:
        has_agent = items[verb + 1].lower == "by" and items[verb].lower in SAYING
        if has_agent and (is_passive(items, verb) or (verb and items[verb - 1].lower == "as")):
            yield verb, subject_behind(items, verb + 2)
    yield from _signed(items, index)
    yield from _unknown_verb(items, index)
    for verb in reversed(list(verbs(items, index))):
        yield verb, subject_of(items, verb)
    yield from _according(items, index)
    if index and items[index - 1].text == ":":
        yield index - 1, first_subject(items, 0, index - 1)


def _leads_to(items: Sequence[SentenceItem], verb: int, index: int) -> bool:
    """Return whether nothing but small words and a hearer stands between a verb and a quotation."""
    between = [item for item in items[verb + 1 : index] if item.kind != "mark"]
    return len(between) <= 3 and all(item.lower in _LINKS or item.kind == "name" for item in between)


def _behind(items: Sequence[SentenceItem], index: int) -> Iterable[tuple[int, Subject | None]]:
    """Return the verb behind a quotation that says whose it is, and its subject: said Lee; Lee, the mayor, said."""
    at = index + 1
    while at < len(items) and items[at].text in (",", "—", "–", "-", ")"):
        at += 1
    if at >= len(items) or items[at].kind == "quote":
        return
    end = min(next((there for there in range(at, len(items)) if items[there].kind == "quote"), len(items)), at + _FAR)
    own = items[:end]
    verb = next((verb for verb in verbs(own) if verb >= at), None)
    if verb == at and not items[at].lower.endswith("ing"):
        yield verb, subject_behind(own, at + 1, anybody=True)
    yield from _answering(own, at)
    if verb is not None and at < verb <= at + _NEAR + 2 and own[at].lower in _ARTICLES and _is_plain_noun(own[at:verb]):
        yield verb, Subject("noun", at, verb)
    beside = verb is not None and (verb - at <= _NEAR or not _any_word(items[:index]))
    if verb is not None and verb > at and beside and items[at].lower not in ("and", "but", "while", "who"):
        yield verb, subject_of(own, verb, at)


def _is_plain_noun(items: Sequence[SentenceItem]) -> bool:
    """Return whether items with an article before them are a description of a few words in lower case: the night director."""
    return len(items) > 1 and all(item.kind == "word" and item.lower not in _NO_NOUNS for item in items[1:])


def _answering(items: Sequence[SentenceItem], at: int) -> Iterable[tuple[int, Subject | None]]:
    """Return whose answer a quotation is said to be: “…,” was Lee's reply; “…” was her comment."""
    if items[at].lower not in ("was", "is", "came", "ran") or at + 2 >= len(items):
        return
    if items[at + 1].lower in ("his", "her") and items[at + 2].lower in _ANSWERS:
        yield at, Subject("pronoun", at + 1, at + 2)
    owner = next((there for there in range(at + 1, min(at + 6, len(items) - 1)) if items[there].possessive), None)
    if owner is not None and items[owner + 1].lower in _ANSWERS:
        kind: Literal["names", "noun"] = "names" if items[owner - 1].kind == "name" else "noun"
        yield at, Subject(kind, owner - 1 if kind == "names" else at + 1, owner)


def _signed(items: Sequence[SentenceItem], index: int) -> Iterable[tuple[int, Subject | None]]:
    """Return who is named beside a quotation without a verb: “…” — Lee; “…” (Lee, Gazette); Lee “…”."""
    at = index + 1
    if index and items[index - 1].text == ":":
        return
    while at < len(items) and items[at].text in (",", ".", "*", "_"):
        at += 1
    first = at
    while at < len(items) and items[at].text in _SIGNING:
        at += 1
    if first < at < len(items) and items[at].kind == "name" and not any(item.possessive for item in items[at + 1 : at + 2]):
        yield first, Subject("names", at, names_end(items, at, len(items)))
    elif index and items[index - 1].kind == "name" and all(item.kind == "mark" for item in items[: index - 1]):
        yield index - 1, Subject("names", index - 1, index)


def _unknown_verb(items: Sequence[SentenceItem], index: int) -> Iterable[tuple[int, Subject | None]]:
    """Return who stands with any verb behind a quotation that goes on after its comma: “…,” Lee thundered; “…,” thundered Lee."""
    if _any_word(items[:index]) or not items[index].text.rstrip().endswith((",", "?", "!")):
        return
    end = next((at for at in range(index + 1, len(items)) if items[at].stops), len(items))
    verb = next((at for at in range(index + 3, min(index + _NEAR + 3, end)) if items[at].lower.endswith("ed")), None)
    if verb is not None and items[index + 1].lower in _ARTICLES and _is_plain_noun(items[index + 1 : verb]):
        yield verb, Subject("noun", index + 1, verb)  # “…,” the soprano crooned
    name = next((at for at in range(index + 1, end) if items[at].kind == "name" or items[at].lower in ("he", "she")), None)
    if name is None:
        return
    before, behind = items[index + 1 : name], items[name + 1 : end]
    kind: Literal["names", "pronoun"] = "names" if items[name].kind == "name" else "pronoun"
    role = " ".join(item.text for item in before)
    if (not before or roles.head(role) is not None) and behind and _may_be_verb(behind[0]):
        yield name + 1, Subject(kind, name, name + 1)
    elif len(before) == 1 and _may_be_verb(before[0]) and items[index].text.rstrip().endswith(","):
        yield index + 1, Subject(kind, name, name + 1)


def _any_word(items: Sequence[SentenceItem]) -> bool:
    return any(item.kind in ("word", "name") for item in items)


def _may_be_verb(item: SentenceItem) -> bool:
    return item.kind == "word" and item.text.islower() and item.lower not in _NO_VERBS


def _according(items: Sequence[SentenceItem], index: int) -> Iterable[tuple[int, Subject | None]]:
    """Return the source that is named as such: according to Lee, in the words of Lee, in Lee's words."""
    for at in range(len(items) - 2):
        if items[at].lower == "according" and items[at + 1].lower == "to":
            behind = at > index and all(item.kind == "mark" for item in items[index + 1 : at])
            if behind or at < index:
                yield at, subject_behind(items, at + 2)
    words = [item.lower for item in items]
    for at in range(len(words) - 3):
        before = set(words[index + 1 : at]) - {""}  # "…" were the words of Lee
        if words[at : at + 3] == ["the", "words", "of"] and (
            words[max(at - 1, 0)] == "in" or (at > index and before < {"were", "are"})
        ):
            yield at, subject_behind(items, at + 3)
        if words[at] == "in" and items[at + 1].kind == "name" and items[at + 2].possessive and words[at + 3] == "words":
            yield at, Subject("names", at + 1, at + 2)


def _unattributed(quote: AttributedQuote, discourse: DiscourseModel, last: AttributedQuote | None) -> AttributedQuote:
    """Read a quotation beside which no verb stands."""
    if quote.words <= _SHORT and not _is_utterance(quote):
        doers = discourse.resolve(first_subject(quote.sentence.items, 0, quote.index), quote.sentence)
        return quote if any(doer.described for doer in doers) else replace(quote, speakers=doers, guessed=True)
    hearers = set(_addressees(quote.text, discourse))
    if last is not None and last.speakers and last.open:
        return replace(quote, speakers=last.speakers, sure=last.sure)
    topic = discourse.topic_before(quote.sentence) if not _any_word(quote.sentence.items) else None
    others = last is not None and last.paragraph == quote.paragraph and topic not in last.speakers
    if topic is not None and topic not in hearers and not others:
        return replace(quote, speakers=(topic,), sure=True)
    if last is not None and _may_continue(last, quote) and last.speakers and not hearers.intersection(last.speakers):
        # Words of others between the two may be about somebody else.
        alone = not any(item.kind in ("word", "name") for item in quote.sentence.items)
        beside = last.sentence is quote.sentence or (alone and discourse.is_next(last.sentence))
        return replace(quote, speakers=last.speakers, guessed=not quote.opens_sentence, sure=last.sure and beside)
    own = () if quote.opens_sentence else discourse.resolve(first_subject(quote.sentence.items, 0, quote.index), quote.sentence)
    nearest = discourse.last_speaking(hearers)
    speakers = own or ((nearest,) if nearest is not None else ())
    return replace(quote, speakers=speakers, guessed=True)


def _may_continue(last: AttributedQuote, quote: AttributedQuote) -> bool:
    """Return whether a quotation may go on with the last one: that is in the same paragraph, and surely spoken words."""
    interrupted = last.sentence is quote.sentence and last.verb is not None and last.verb > last.index
    spoken = last.words > _SHORT or interrupted or (last.verb is not None and last.opens_sentence)
    return spoken and last.paragraph == quote.paragraph


def _addressees(text: str, discourse: DiscourseModel) -> Iterable[Entity]:
    """Return whom a quotation speaks to by name: "Mr. Lee, you knew", "You knew, Mr. Lee"."""
    for tokens in sentences(tokens_of(text)):
        for run in name_runs(tokens):
            behind = [token.text for token in tokens[run.end :]]
            begins = run.start == 0 and behind[:1] == [","]
            ends = run.start and tokens[run.start - 1].text == "," and behind[:1] in ([], [","], ["."], ["?"], ["!"])
            entity = discourse.entity_of(run) if begins or ends else None
            if entity is not None:
                yield entity
