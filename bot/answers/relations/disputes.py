"""Disputes: who contradicts somebody about something, and which facts contradict each other.

Whoever says a thing does not count among those who dispute it. The reader finds what others say about it; they are counted as
another side only where their words are contrary to it: another number of the same kind, a denial, a word of opposite meaning, an
objection.

In: the words of a question, the index of a whole story, and the reader. Out: `DisputeRequest`s and the facts that answer them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from bot.answers.finding.documents import Document
from bot.answers.question.parsing import Question
from bot.answers.reader.features import ABOUT, cover
from bot.answers.reader.reading import ReadFact
from bot.answers.relations.sides import Voices, people_of
from bot.answers.relations.stances import Stance, Stances
from bot.answers.relations.topics import Topics
from bot.english.compared_words import NEGATIONS
from bot.english.numbers import numbers_in
from bot.english.search_words import content_words, words_of

_SOMEBODY = r"(?:anyone|anybody|someone|somebody|everyone|everybody|people|others|any other)"
_WHO = (
    rf"^(?:(?:so|and|but|well|ok|okay) )*(?:(?:who|what)(?: else| or what)?|which \w+|is there {_SOMEBODY} (?:who|that)|"
    rf"(?:does|do|did|has|have) {_SOMEBODY}(?: else)?)(?: (?:also|ever|publicly|openly|actually|has|have|had|did|does))*"
)
_ON = r"(?:about|on|over|regarding|concerning|as to|when it comes to)"
_AGAINST = (
    r"(?:disagree[sd]? with|contradict(?:s|ed)?|dispute[sd]?|challenge[sd]?|oppose[sd]?|argue[sd]? with|"
    r"differ(?:s|ed)? (?:from|with))"
)
_DISPUTE = (
    r"(?:disagree[sd]?(?: with| on| about)?|contradict(?:s|ed)?|dispute[sd]?|doubt(?:s|ed)?|contest(?:s|ed)?|challenge[sd]?|"
    r"question(?:s|ed)?)"
)
_ACCOUNT = r"(?:account|claim|count|estimate|excuse|figure|number|statement|story|tale|version|view|words?)s?"
_WITH = r"(?:agree[sd]? with|side[sd]? with|back(?:s|ed)?|support(?:s|ed)?|confirm(?:s|ed)?)"
_FORMS: tuple[tuple[Stance, re.Pattern[str]], ...] = (
    ("opposes", re.compile(rf"{_WHO} {_AGAINST} (?P<actor>.+?) {_ON} (?P<subject>.+)$")),
    ("supports", re.compile(rf"{_WHO} {_WITH} (?P<actor>.+?) {_ON} (?P<subject>.+)$")),
    ("opposes", re.compile(rf"{_WHO} {_DISPUTE} (?:the )?(?!that |the )(?P<actor>.+?) (?P<subject>{_ACCOUNT}\b.*|\d.*)$")),
    ("opposes", re.compile(rf"{_WHO} {_DISPUTE} (?P<clause>that )?(?P<subject>.+)$")),
)
_ASKS_MORE = re.compile(r"^(?:how|whose|which|what|whether|who)\b|\beach\b")
_MOST = 4  # facts of one answer
_WEIGHTS = 1.0, 0.5, 0.5  # of the question, of its subject and of what is disputed, where others' words are ranked
ALSO = -1.0  # log odds from which the reader takes a fact for one that answers
_SHARED = 2  # content words in common from which a denial speaks of the same


@dataclass(frozen=True, slots=True)
class DisputeRequest:
    """Who agrees or disagrees with an ``actor``, or with whoever says so where none is named, about a ``subject``; all in words.

    ``clause``: the subject is a whole statement, "that the bridge was sound".
    """

    stance: Stance
    actor: str | None
    subject: str
    clause: bool = False


def read_disputes(words: Sequence[str]) -> Iterator[DisputeRequest]:
    """Yield the requests that a question may make, likeliest first; most questions make none."""
    text = " ".join(words)
    for stance, form in _FORMS:
        match = form.match(text)
        found = match.groupdict() if match is not None else {}
        if match is not None and not any(_ASKS_MORE.search(found.get(name) or "") for name in ("actor", "subject")):
            yield DisputeRequest(stance, found.get("actor"), match["subject"], clause=bool(found.get("clause")))


class Disputes:
    """Finds who speaks against whom about what."""

    def __init__(self, topics: Topics) -> None:
        self._topics = topics
        self._index = topics.index
        self._stances = Stances(topics.lexicon)

    def opinions(self, question: str, stance: Stance, speakers: frozenset[str], subject: str) -> Voices | None:
        """Return what others say about a subject, those first who take the stance; None where nobody has stated it.

        ``speakers`` are those with whom the others are to agree or disagree; where there are none, whoever states the subject.
        """
        asked = self._topics.read(subject)
        stated = self._stated(speakers, subject, asked)
        if stated is None:
            return None
        own = speakers or stated.speakers
        own |= people_of(self._index, own)
        numbers = numbers_of(subject)
        others = [
            each.number
            for each in self._index.documents
            if each.number != stated.number
            and not (each.speakers and each.speakers <= own)
            and not (numbers and numbers <= numbers_of(each.record.fact.text))
        ]
        ranked = self._ranked(question, subject, stated, others)
        near = [each.document for each in ranked if each.judged.also >= ALSO or _is_near(each.document, stated, asked, numbers)]
        found = [each for place, each in enumerate(near) if not (each.is_event and place)]
        sides = [each for each in found if self._stance(each, stated) == stance]
        spoken = [each for each in found if each.speakers]  # an event that takes no side says nothing about it
        return Voices(tuple((sides or spoken or found)[:_MOST]), sure=bool(sides))

    def _ranked(self, question: str, subject: str, stated: Document, others: Collection[int]) -> list[ReadFact]:
        """Return what others say, nearest first to the question, to its subject, and to the words that are disputed."""
        readings = [self._topics.read_among(text, others) for text in (question, subject, stated.record.fact.text)]
        scores: Counter[int] = Counter()
        for reading, weight in zip(readings, _WEIGHTS, strict=True):
            found = {each.document.number: each.judged.score for each in reading.facts}
            least = min(found.values(), default=0.0)
            scores.update({each.document.number: weight * found.get(each.document.number, least) for each in readings[0].facts})
        return sorted(readings[0].facts, key=lambda each: -scores[each.document.number])

    def _stated(self, speakers: frozenset[str], subject: str, asked: Question) -> Document | None:
        """Return the fact that states a subject best, by some speakers or by anybody."""
        pool = [each for each in self._index.documents if not speakers or not speakers.isdisjoint(each.speakers)]
        reading = self._topics.read_among(subject, [each.number for each in pool])
        found = [each.document for each in reading.facts if cover(asked, each.document) >= ABOUT or each.judged.also >= ALSO]
        agreeing = (each for each in found if is_denied(each.record.fact.text) == is_denied(subject))
        return next(agreeing, found[0] if found else None)

    def _stance(self, document: Document, stated: Document) -> Stance | None:
        """Return the stance of a fact towards what is stated: contrary to it in what it says, or by its words of approval."""
        return "opposes" if self._differ(document, stated) else self._stances.of_fact(document)

    def _differ(self, one: Document, other: Document) -> bool:
        """Return whether two facts about the same contradict each other by a number, a denial or a word of opposite meaning."""
        texts = one.record.fact.text, other.record.fact.text
        if _other_number(one, other) or (is_denied(texts[0]) != is_denied(texts[1]) and len(one.text & other.text) >= _SHARED):
            return True
        words, others = (set(content_words(text)) for text in texts)
        return any(self._topics.lexicon.opposed(*pair) for pair in product(words - others, others - words))


def _is_near(document: Document, stated: Document, asked: Question, numbers: frozenset[str]) -> bool:
    """Return whether a fact speaks of what is disputed: by its words, by its event, or by what it has amounts of.

    ``asked`` is the subject as read, ``numbers`` are those in it.
    """
    linked = document.event is not None and document.event == stated.event
    counted = bool(numbers) and not _amounts(document).isdisjoint(_amounts(stated))
    return cover(asked, document) >= ABOUT or linked or counted


def is_denied(text: str) -> bool:
    """Return whether a text has an odd number of words of denial."""
    return sum(word in NEGATIONS for word in words_of(text)) % 2 == 1


def numbers_of(text: str) -> frozenset[str]:
    """Return the numbers of a text, in figures, whether written so or in words."""
    return frozenset(number for _, number in numbers_in(words_of(text)))


def _other_number(one: Document, other: Document) -> bool:
    """Return whether both texts have an amount of the same kind, and no number in common."""
    numbers, others = numbers_of(one.record.fact.text), numbers_of(other.record.fact.text)
    alike = not _amounts(one).isdisjoint(_amounts(other))
    return alike and bool(numbers and others) and numbers.isdisjoint(others)


def _amounts(document: Document) -> frozenset[tuple[str, str | None]]:
    """Return what a fact's text has amounts of: their kinds, and what is counted or their units."""
    return frozenset((each.kind, each.noun) for each in document.amounts)
