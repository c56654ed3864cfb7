"""Yes or No above an answer, where a fact settles it: every number, bound, share, name and deed that is asked has to be met.

Bounds and shares are compared with what the fact says ("more than 70": by 71 votes). All else is for the reader to judge, whose
Yes needs what makes a question more than its deed, and whose No has to deny what is asked. Whose word it is is said, unless the
question asks for their words; where another says the contrary, both are.

In: the question, the facts that answer and what the reader judged of them. Out: Yes, No, with whose word it is; None where
nothing settles it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.answers.denials import affirms_deed, deed_of, denies, has_denial, sets_against
from bot.answers.finding.documents import Document, actor_key
from bot.answers.finding.mentions import ActorMention, NameTable
from bot.answers.question.bounds import asked_bound
from bot.answers.question.expected_answer import SAY_VERBS, QuestionType
from bot.answers.question.extent import asks_how_far, is_met, says_as_far
from bot.answers.question.parsing import Question
from bot.answers.reader.features import date_fit
from bot.answers.reader.judging import Judged
from bot.answers.reader.reading import ReadFact
from bot.english.numbers import numbers_in
from bot.english.search_words import content_words, tokens, words_of
from bot.english.word_classes import DENYING
from bot.facts.models import Actor
from bot.facts.speakers import within_sentence
from bot.messages import Message, joined

BETWEEN = " / "
"""Stands between the sides of a short answer."""
YES, NO = "Yes", "No"
YES_BY, NO_BY = "Yes, according to {names}", "No, according to {names}"
_AS_SURE = 1.0  # log odds by which a fact that says the contrary may be less sure
_SPOKEN = 1.0  # log odds from which the word of another party is a contrary one
_BEYOND = 100.0  # log odds of what numbers say
_DENIED = 0.6  # log odds by which a No may be less sure that rests on a word of denial
_NEAR, _LINKED = -3.0, -5.0  # log odds that it answers from which a contrary word counts, by itself and of the same event
# How, how far or for whom it was done.
_MANNER = re.compile(r"\w{3,}ly|altogether|always|forever|everybody|everyone|everything")
# They look like these, but say nothing of the deed or are no adverbs.
_FILLING = frozenset(
    "actually apparently basically eventually exactly finally honestly literally obviously probably really seriously truly"
    " ally apply assembly belly bully butterfly comply family fly italy july reply rely supply".split()
)
# A choice ("the ship or the train") and what several say are asked for in the form of a question for yes or no.
_ASKS_MORE = re.compile(r"\bor (?!(?:not?|nah|so|what|something|anything)\b)|\bwhat (?:do|does|did)\b")
_COMPARED = re.compile(
    r"\bthe same\b|\bas (?:much|many) as\b"
    r"|\b(?:more|less|fewer|better|worse|(?!(?:after|other|rather|ever|never)\b)\w{3,}er) (?:\w+ ){0,5}?than\b"
)
# "More than half" compares with no other thing.
_THAN = re.compile(
    r"\bsame\b|\bequal|\bas (?:much|many)\b|\bthan (?!\d|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|half)\b)"
)
# An event may report what somebody says: "the minister told parliament that the fund was empty".
_CLAIMED = re.compile(
    r"\b(?:claim|alleg|insist|argu|maintain|accus|assert|testif|contend|suspect)\w*\b"
    r"|\b(?:said|says|told|believed?|thought|wrote)\b.* that\b|\baccording to\b"
)
_GOING_BY = r"going by|according to|judging by|if you (?:believe|ask|trust)"
_OF_OTHERS = re.compile(rf"\b(?:{_GOING_BY})\b")
_BY_WORDS = re.compile(rf"\b(?:{_GOING_BY}|account|words?|own|as \w+ (?:has|tells|sees)|says?|claims?)\b")
# Verbs of saying that ask for a deed, and the passive: "had she been warned" is not about her words.
_NO_WORDS = frozenset("find found determine determined discover discovered put add added answer answered be been".split())
# That something goes on is told by no fact that has none of these words: what is given away is not kept.
_KEEPING = frozenset(
    "keep keeps kept keeping retain retained hold holds held holding remain remains remained stay stays stayed staying still"
    " continue continued".split()
)
_PRONOUNS = frozenset("he she they it his her their its him them i we my our me us".split())


def yes_or_no(question: Question, chosen: Sequence[Document], judged: Mapping[int, Judged], least: float) -> str | None:
    """Return Yes or No as the first of the chosen facts settles it, from log odds of at least ``least``.

    ``judged`` are the judgements of facts by their numbers; of a fact that was not read closely nothing is settled. Where others
    of the chosen facts say the contrary about as surely, it is said with theirs if each is somebody's word, else not at all.
    """
    document = chosen[0]
    verdict = _verdict(question, document, judged, least)
    if verdict is None:
        return None
    for_words = _asks_for_words(question, document)
    yes = judged[document.number].yes
    sure = abs(yes) if (yes > 0) == verdict else least
    contrary = None
    for other in chosen[1:]:
        yes = judged[other.number].yes if other.number in judged else 0.0
        parties = bool(other.speakers and document.speakers) and other.speakers.isdisjoint(document.speakers)
        met = is_met(question.words, words_of(other.record.fact.text)) if parties else None
        yes = yes if met is None or met == verdict else (_BEYOND if met else -_BEYOND)  # another number settles it
        enough = _SPOKEN if parties else sure - _AS_SURE
        if (yes > 0) == verdict or abs(yes) <= enough or (for_words and other.speakers != document.speakers):
            continue
        if not parties:
            return None
        contrary = contrary or other
    said = _say(verdict, () if for_words else document.record.speakers)
    return said if contrary is None else joined([said, _say(not verdict, contrary.record.speakers)], BETWEEN)


def _say(verdict: bool, speakers: Sequence[Actor]) -> str:
    if not speakers:
        return Message(YES if verdict else NO)
    return Message(YES_BY if verdict else NO_BY, names=within_sentence(", ".join(actor.name for actor in speakers)))


def with_contrary(question: Question, chosen: Sequence[Document], read: Sequence[ReadFact], least: float) -> list[Document]:
    """Return the facts that answer, and with them the words of somebody who says the contrary of what the first one says.

    What one party says is not shown without the denial of another, nor a denial without the charge.
    """
    if question.expected.type is not QuestionType.YES_NO or not chosen or not chosen[0].speakers:
        return [*chosen]
    document, event = chosen[0], chosen[0].event
    verdict = _verdict(question, document, {fact.document.number: fact.judged for fact in read}, least)
    if verdict is None or _asks_for_words(question, document):
        return [*chosen]
    for fact in read:
        other, judged = fact.document, fact.judged
        if other in chosen or not other.speakers or other.speakers & document.speakers:
            continue
        linked = event is not None and event in (other.event, other.number)
        if (judged.yes > 0) != verdict and abs(judged.yes) >= least and judged.also >= (_LINKED if linked else _NEAR):
            return [*chosen, other]
    return [*chosen]


def _verdict(question: Question, document: Document, judged: Mapping[int, Judged], least: float) -> bool | None:
    """Return whether a fact says yes, None where it does not say."""
    judged_fact = judged.get(document.number)
    if judged_fact is None or not _is_settled(question, document):
        return None
    yes, words = judged_fact.yes, words_of(document.record.fact.text)
    met = is_met(question.words, words)
    if met:
        return True if yes > 0 or affirms_deed(question, document) else None
    if met is not None:
        return False if yes < 0 or any(term.stem in document.text for term in question.terms if not term.name) else None
    if sets_against(question, document):
        return False
    compares = _COMPARED.search(" ".join(question.words)) and not _THAN.search(" ".join(words))
    if compares or asked_bound(question.words) is not None:
        return None
    if yes > 0:
        return True if yes >= least and not _lacks(question, document) else None
    enough = -yes >= least - (_DENIED if has_denial(document) else 0.0)
    return False if enough and (not _has_numbers(question, words) or denies(question, document, -yes - least)) else None


def _is_settled(question: Question, document: Document) -> bool:
    """Return whether a fact is of the same people, date and deed as the question, and leaves nothing open."""
    words = frozenset(words_of(document.record.fact.text))
    if _ASKS_MORE.search(" ".join(question.words)) or "whether" in words:
        return False
    if not DENYING.isdisjoint(question.words) and DENYING.isdisjoint(words):
        return False  # "he never did it" denies nothing by itself
    if document.is_event and SAY_VERBS.isdisjoint(question.words) and _CLAIMED.search(document.record.fact.text):
        return False
    if _asks_for_others(question, document) or _is_of_another(question, document):
        return False
    for mention in question.mentions:
        # Its speaker's role may name somebody, too: "director of the Harbour Board".
        in_role = document.speaker_stems.issuperset(question.sequence[mention.start : mention.end])
        if mention.by_name and not in_role and not _tells_of(mention, document):
            return False
    # Its own words may have a date that is not the fact's: "the election of 2016".
    dated = all(words.issuperset(question.words[date.start : date.end]) for date in question.dates)
    return dated or date_fit(question, document) >= 0


def _is_of_another(question: Question, document: Document) -> bool:
    """Return whether a question asks whether somebody is something that a fact has of another: "Diaz is a nurse, Ek a driver"."""
    if question.sequence[:1] != ("be",) or not any(mention.by_name for mention in question.mentions):
        return False
    text, story = document.record.fact.text, document.record.story.id
    read = tokens(text)
    table = NameTable({actor_key(story, actor.id): actor for actor in document.record.involved if actor.kind != "place"})
    named = [mention for mention in table.mentions([token.word for token in read]) if mention.by_name]
    stems = [document.lexicon.stem(token.word) for token in read]
    owners = []
    for stem in {term.stem for term in deed_of(question)}.intersection(stems):
        before = [mention for mention in named if mention.start < stems.index(stem)]
        owners += [before[-1].actors] if before else []
    return bool(owners) and len(named) > 1 and all(owner.isdisjoint(question.actors) for owner in owners)


def _asks_for_others(question: Question, document: Document) -> bool:
    """Return whether a question asks for somebody's words, and a fact has those of somebody else."""
    if not document.speakers:
        return False
    if document.speakers & question.speakers or not document.speaker_stems.isdisjoint(question.sequence):
        return False
    if question.speakers and _NO_WORDS.isdisjoint(question.words):
        return True
    return document.speakers.isdisjoint(question.actors) and _OF_OTHERS.search(" ".join(question.words)) is not None


def _tells_of(mention: ActorMention, document: Document) -> bool:
    """Return whether a fact tells of somebody who is named: by name, role or pronoun, or as the one who speaks.

    Those who are only listed beside it may have had another part in it.
    """
    if mention.actors.isdisjoint(document.actors):
        return False
    if mention.actors & document.speakers or not _PRONOUNS.isdisjoint(words_of(document.record.fact.text)):
        return True
    story = document.record.story.id
    called = [actor for actor in document.record.involved if actor_key(story, actor.id) in mention.actors]
    texts = (text for actor in called for text in (actor.name, *actor.aliases, actor.role or ""))
    return any(document.lexicon.stem(word) in document.text for text in texts for word in content_words(text))


def _lacks(question: Question, document: Document) -> bool:
    """Return whether a fact lacks what makes a question more than a deed: a number, a manner, how far it goes, that it lasts."""
    words = words_of(document.record.fact.text)
    manners = (term for term in question.terms if _MANNER.fullmatch(term.word) and term.word not in _FILLING)
    if not _has_numbers(question, words) or any(term.stem not in document.text for term in manners):
        return True
    if not _KEEPING.isdisjoint(question.words) and _KEEPING.isdisjoint(words):
        return True
    return asks_how_far(question.words) and not says_as_far(question.words, words)


def _has_numbers(question: Question, words: Sequence[str]) -> bool:
    """Return whether the words of a fact have every number of a question that is no date and no part of a name."""
    named = [(date.start, date.end) for date in question.dates] + [(name.start, name.end) for name in question.mentions]
    asked = numbers_in(question.words)
    numbers = {number for index, number in asked if not any(start <= index < end for start, end in named)}
    return numbers.issubset(number for _, number in numbers_in(words))


def _asks_for_words(question: Question, document: Document) -> bool:
    """Return whether a question asks what a fact's speakers say of it, and so needs not be told whose word it is."""
    if question.speakers & document.speakers:
        # What they say of having told somebody is no more than their word for it.
        deeds = {document.lexicon.stem(word) for word in question.words if word in SAY_VERBS}
        return _NO_WORDS.isdisjoint(question.words) and not (deeds and deeds <= document.text)
    return bool(document.speakers & question.actors) and _BY_WORDS.search(" ".join(question.words)) is not None
