"""Which facts make up an answer, the score of each, and why it is as it is.

Whatever the reader thinks of them, those of a recorded wording answer, and all words of a speaker, all of a date.

In: the question, the index of its facts and what the reader made of them. Out: documents or facts with scores, best first, and
the `Explanation` of the best one: which words of the question met which of its words, what was asked for, who may be meant.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from bot.answers.cutting import asks_identity
from bot.answers.finding.documents import Document
from bot.answers.finding.index import StoryIndex
from bot.answers.models import MOST_FACTS, SUGGESTIONS, Explanation, ScoredFact
from bot.answers.question.expected_answer import QuestionType
from bot.answers.question.parsing import Question
from bot.answers.reader.features import date_fit, phrasing, slot_filled
from bot.answers.reader.reader import Reader
from bot.answers.reader.reading import ReadFact, Reading
from bot.english.search_words import STOP_WORDS, words_of
from bot.facts.sourcing import independent, is_publishers, nature

MOST_UNASKED = 4  # facts of an answer where several are not asked for
LISTED = 1.0  # log odds by which a further fact may be less sure where several are asked for, or speakers differ on a number
SAME_WORDING = 0.95  # likeness to a recorded wording of a fact from which it is that question
_FAR = 10**9  # beyond every date
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_MET = 0.6  # cosine from which a word of the question is met by one of the fact
_NO_WORD = 3.0  # Zipf frequency below which a word that the story does not have is rather a name


def beyond_doubt(question: Question, index: StoryIndex) -> list[Document]:
    """Return the facts that answer whatever their scores; there may be more than are shown (`MOST_FACTS`)."""
    worded = [each for each in index.documents if each.asked_as and phrasing(question, each) >= SAME_WORDING]
    if worded:
        return worded
    asked, subject = question.expected, frozenset(question.subject)
    others = [mention for mention in question.mentions if not mention.actors & question.speakers]
    # It has only a speaker, dates and what is asked for: "what did Warner say", "Warner quotes", "what happened in 1941".
    bare = not others and all(term.stem in subject or term.typing for term in question.terms)
    if question.stranger is not None or not bare:
        return []
    if asked.type is QuestionType.SAID and question.speakers and not question.dates:
        spoken = [each for each in index.documents if question.speakers & each.speakers]
        if asked.findings:  # they may be told by people who speak for those who found something
            return [each for each in index.documents if each in spoken or (subject and subject <= each.speaker_stems)]
        return [each for each in spoken if each.record.fact.kind == "quote"] or spoken
    if asked.type in (QuestionType.WHAT, QuestionType.TERSE) and question.dates and not question.mentions:
        events = [each for each in index.documents if each.is_event]
        dated = [each for each in events if date_fit(question, each) > 0]
        if not dated:  # a year without an event of its own: those that went on in it and in others
            dates = [(each, each.record.fact.date) for each in events]
            dated = [each for each, date in dates if date is not None and any(year.touches(date) for year in question.dates)]
        return sorted(dated, key=_by_date)
    return []


def _by_date(document: Document) -> tuple[int, int, int]:
    """Return the key by which dated facts are sorted: by earliest day, then by latest, then in the order of the story."""
    date = document.record.fact.date
    first = date.earliest if date is not None and date.earliest is not None else 0
    last = date.latest if date is not None and date.latest is not None else _FAR
    return first, last, document.number


def of_identity(question: Question, documents: Sequence[Document], index: StoryIndex) -> list[Document]:
    """Return the facts in which the actor takes part whose role answers the question.

    They stay in the order given, but what a publisher says itself comes last: it is rather an opinion than who somebody is.
    """
    if not asks_identity(question) or len(question.given) != 1:
        return []
    (key,) = question.given
    if index.actors[key].role is None:
        return []
    return sorted((each for each in documents if key in each.actors), key=lambda each: is_publishers(each.record))


def answering(question: Question, reading: Reading, least: float) -> list[Document]:
    """Return the best of the facts that were read and those that answer too, of which ``least`` are the log odds.

    Facts of another story answer only where that may be meant as well.
    """
    best, *others = reading.facts
    stories = {each.record.story.id for each in (best.document, *reading.of_other_stories)}
    several = question.expected.wants_list
    found = [best.document]
    for each in others:
        if each.document.record.story.id not in stories:
            continue
        likely = several or are_rivals(question, best.document, each.document)
        if each.judged.also >= (least - LISTED if likely else least):
            found.append(each.document)
    return found[: MOST_FACTS if several else MOST_UNASKED]


def are_rivals(question: Question, one: Document, other: Document) -> bool:
    """Return whether two speakers give an amount each for the same event, where an amount is asked for."""
    if question.expected.type is not QuestionType.HOW_MUCH or not (one.amounts and other.amounts):
        return False
    same_event = one.record.fact.event is not None and one.record.fact.event == other.record.fact.event
    return same_event and one.amounts != other.amounts and one.speakers.isdisjoint(other.speakers)


def score_facts(reading: Reading, confidence: float, sure: Sequence[Document] = ()) -> list[ScoredFact]:
    """Return all facts with scores: the sure ones, or else the best, have the confidence, the others their odds against it."""
    best = reading.facts[0].judged.score if reading.facts else 0.0
    odds = {each.document.number: math.exp(min(0.0, each.judged.score - best)) for each in reading.facts}
    ranked = {each.number: each for each in (*sure, *(each.document for each in reading.facts), *reading.others)}
    first = list(ranked)[: max(len(sure), 1)]
    shares = {number: 1.0 if number in first else odds.get(number, 0.0) for number in ranked}
    return [ScoredFact(each.record, round(confidence * shares[number], 4)) for number, each in ranked.items()]


def nearest_others(
    scored: Sequence[ScoredFact], answering: Sequence[Document], of_other_stories: Sequence[Document] = ()
) -> list[ScoredFact]:
    """Return the facts beside those that answer: ``of_other_stories``, then those of the same stories; all where none answers."""
    taken = {document.number for document in answering}
    stories = {document.record.story.id for document in answering}
    if not stories:
        return list(scored)
    others = {document.number for document in of_other_stories if document.record.story.id not in stories}
    meant = [fact for fact in scored if fact.record.number in others]
    return [*meant, *(fact for fact in scored if fact.record.number not in taken and fact.record.story.id in stories)]


def explain(
    question: Question,
    reading: Reading,
    confidence: float,
    index: StoryIndex,
    reader: Reader,
    answering: Sequence[Document],
) -> Explanation:
    """Return the explanation for the first of the facts that answer, or where none does for the best one of the reading."""
    document = answering[0] if answering else reading.facts[0].document if reading.facts else None
    best = next((each for each in reading.facts if document is not None and each.document.number == document.number), None)
    pairs = tuple(_met(question, reading, best, reader)) if best is not None else ()
    lacks = [word for word, other in pairs if other is None]
    named = [index.actors[key].name for mention in question.mentions for key in sorted(mention.actors)]
    stories: tuple[str, ...] = ()
    if document is not None and reading.of_other_stories and document.number == reading.facts[0].document.number:
        meant = (document, *reading.of_other_stories[:SUGGESTIONS])
        stories = tuple(dict.fromkeys(each.record.story.title for each in meant))
    strange = [word for word in lacks if not index.has(index.lexicon.stem(word)) and index.lexicon.zipf(word) < _NO_WORD]
    return Explanation(
        matched=tuple(word for word, other in pairs if other is not None),
        met=tuple((word, other) for word, other in pairs if other is not None),
        missing=tuple(lacks),
        names=tuple(dict.fromkeys(named)),
        unknown_names=tuple(strange),
        slot=question.expected.type.value,
        slot_filled=document is not None and slot_filled(question, document),
        corrections=question.corrections,
        namesakes=namesakes(question, index),
        stories=stories,
        confidence=round(confidence, 4),
        sources=independent(document.record.sources) if document is not None else 0,
        nature=nature(document.record) if document is not None else None,
    )


def _met(question: Question, reading: Reading, best: ReadFact, reader: Reader) -> Iterator[tuple[str, str | None]]:
    """Yield each telling word of the question with the word of the fact that it met, None where it met none."""
    line = best.document.line
    fact_words = [word for part in line.parts for word in _words(line.line, part.start, part.end)]
    offsets = reader.encoder.fact_offsets(line.line)
    seen = {term.word for term in question.terms if term.typing}  # words that only say what is asked for need not be met
    for word, start, end in _words(reading.line, *reading.asked):
        telling = set(words_of(word)) - STOP_WORDS
        if not telling or word.lower() in seen:
            continue
        places = [place for place, (first, last) in enumerate(reading.vectors.offsets) if start <= first < last <= end]
        if not places:
            continue
        seen.add(word.lower())
        at, cosine = max((best.judged.met[place] for place in places), key=lambda each: each[1])
        where = offsets[at] if at < len(offsets) else (0, 0)
        other = next((each for each, first, last in fact_words if first <= where[0] < where[1] <= last), None)
        if cosine < _MET:  # the fact may have the very word, however little the two were near to each other there
            other = next((each for each, _, _ in fact_words if not telling.isdisjoint(words_of(each))), None)
        yield word.lower(), other


def _words(line: str, start: int, end: int) -> list[tuple[str, int, int]]:
    return [(match.group(), *match.span()) for match in _WORD.finditer(line, start, end)]


def namesakes(question: Question, index: StoryIndex) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the names of a question by which several may be meant, as the story writes them, each with the whole names of those.

    It may be a surname, a first name or an alias; one of the same name in two stories is one.
    """
    found = {}
    for mention in question.mentions:
        actors = [index.actors[key] for key in sorted(mention.actors)]
        names = tuple(sorted({actor.name for actor in actors}))
        if mention.by_name and len(names) > 1:
            asked = question.words[mention.start : mention.end]
            together = r"\W+".join(map(re.escape, asked))
            pattern = re.compile(rf"(?<!\w){together}(?!\w)", re.IGNORECASE)
            written = (pattern.search(name) for actor in actors for name in (actor.name, *actor.aliases))
            found[next((match[0] for match in written if match), " ".join(asked))] = names
    return tuple(found.items())
