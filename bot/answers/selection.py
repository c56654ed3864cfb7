"""Which facts make up an answer, and the score of each.

Whatever the reader thinks of them, those of a recorded wording answer, and all words of a speaker, all of a date.

In: the question, the index of its facts and what the reader made of them. Out: documents or facts with scores, best first.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.answers.changed_figures import may_correct
from bot.answers.extraction import asks_identity
from bot.answers.finding.documents import Document
from bot.answers.finding.index import StoryIndex
from bot.answers.models import MAX_FACTS, SURE, ScoredFact
from bot.answers.question.expected_answer import QuestionType
from bot.answers.question.parsing import Question
from bot.answers.reader.features import date_fit, phrasing
from bot.answers.reader.reading import ReadFact, Reading
from bot.english.amounts import fits
from bot.english.search_words import STOP_WORDS, content_words, stem, words_of
from bot.facts.sourcing import is_publishers

MAX_OF_SOMEBODY = 2  # facts that show who somebody is, where none tells it
MAX_UNASKED = 4  # facts of an answer where several are not asked for
# Log odds by which a further fact may be less sure, fitted on the validation stories: where several are asked for; by more the
# likeliest where what each side says is, of which there are two at least; where speakers differ on a number, or it changed.
# Of one side, more may be less likely than its likeliest by `AS_LIKELY`. Any other fact may be right in the place of the best
# one rather than beside it, and so has to have about its score.
LISTED = 0.5
OTHER_SIDE = 1.5
RIVAL = 2.0
CHANGED = 1.0
AS_LIKELY = 2.0
INSTEAD = 1.3
BEHIND = 0.3
# Fitted on the validation stories and their articles: as many of the facts shown are right of either.
PASSAGE = 1.2  # log odds by which a further sentence of an article must be surer than a further fact
WORDS_IN_A_ROW = 5  # of a question, from which a fact that has them comes first
SEE_ALSO = 0.0001  # score from which a fact may be right in the place of one that answers: it is steep, so most have none
SAME_WORDING = 0.95  # likeness to a recorded wording of a fact from which it is that question
_FAR = 10**9  # beyond every date
_WHOSE_WORDS = re.compile(
    r"\b(?:according to|going by) (.+?)(?= (?:how|what|which)\b|$)"
    r"|\b(?:did|does|do) (.+?) (?:believe|claim|estimate|give|name|put|report|reckon|say|think)\b"
)


def beyond_doubt(question: Question, index: StoryIndex) -> list[Document]:
    """Return the facts that answer whatever their scores; there may be more than are shown (`MAX_FACTS`)."""
    with_wordings = (document for document in index.documents if document.record.fact.asked_as)
    worded = [document for document in with_wordings if phrasing(question, document) >= SAME_WORDING]
    if worded:
        return worded
    asked, subject = question.expected, frozenset(question.subject)
    others = [mention for mention in question.mentions if not mention.actors & question.speakers]
    # It has only a speaker, dates and what is asked for: "what did Warner say", "Warner quotes", "what happened in 1941".
    bare = not others and all(term.stem in subject or term.typing for term in question.terms)
    if question.stranger is not None or not bare:
        return []
    if asked.type is QuestionType.SAID and question.speakers and not question.dates:
        spoken = [document for document in index.documents if question.speakers & document.speakers]
        if asked.findings:  # they may be told by people who speak for those who found something
            return [
                document for document in index.documents if document in spoken or (subject and subject <= document.speaker_stems)
            ]
        return [document for document in spoken if document.record.fact.kind == "quote"] or spoken
    if asked.type in (QuestionType.WHAT, QuestionType.TERSE) and question.dates and not question.mentions:
        events = [document for document in index.documents if document.is_event]
        dated = [event for event in events if date_fit(question, event) > 0]
        if not dated:  # a year without an event of its own: those that went on in it and in others
            dates = [(event, event.record.fact.date) for event in events]
            dated = [event for event, date in dates if date is not None and any(year.touches(date) for year in question.dates)]
        return sorted(dated, key=_by_date)
    return []


def _by_date(document: Document) -> tuple[int, int, int]:
    """Return the key by which dated facts are sorted: by earliest day, then by latest, then in the order of the story."""
    date = document.record.fact.date
    first = date.earliest if date is not None and date.earliest is not None else 0
    last = date.latest if date is not None and date.latest is not None else _FAR
    return first, last, document.number


def least_confidence(threshold: float, caution: float) -> float:
    """Return the least confidence of an answer, moved by caution towards 1 or 0."""
    return threshold + caution * ((1 - threshold) if caution > 0 else threshold)


def select_facts(
    question: Question, reading: Reading, index: StoryIndex, certain: Sequence[Document], threshold: float, also: float
) -> tuple[list[Document], float]:
    """Return the facts that answer, none where none does, and the confidence of the answer.

    The ``certain`` ones answer whatever the reading says. Else the best fact has to reach the ``threshold`` of confidence, and
    those beside it ``also``, in log odds; failing that, facts may show who somebody is.
    """
    confidence = reading.confidence
    if certain:
        return [*certain[:MAX_FACTS]], max(confidence, SURE)
    if reading.facts and confidence >= threshold:
        return answering(question, reading, also), confidence
    about = of_identity(question, [fact.document for fact in reading.facts], index)[:MAX_OF_SOMEBODY]
    return about, max(confidence, SURE) if about else confidence


def of_identity(question: Question, documents: Sequence[Document], index: StoryIndex) -> list[Document]:
    """Return the facts in which the actor takes part whose role answers the question.

    They stay in the order given, but what a publisher says itself comes last: it is rather an opinion than who somebody is.
    """
    if not asks_identity(question) or len(question.given) != 1 or question.actors > question.given:
        return []  # "the director of Lake Bank" is not the bank
    (key,) = question.given
    if index.actors[key].role is None:
        return []
    return sorted(
        (document for document in documents if key in document.actors), key=lambda document: is_publishers(document.record)
    )


def answering(question: Question, reading: Reading, least: float) -> list[Document]:
    """Return the best of the facts that were read and those that answer too, of which ``least`` are the log odds.

    Facts of another story answer only where that may be meant as well.
    """
    best, *others = reading.facts
    stories = {best.document.record.story.id, *(document.record.story.id for document in reading.of_other_stories)}
    others = [fact for fact in others if fact.document.record.story.id in stories]
    if question.expected.sides:
        enough = _other_sides(question, best, others, least)
    else:
        enough = [fact for fact in others if further_odds(question, best, fact) >= least]
    chosen = [best.document, *(fact.document for fact in enough)]
    return chosen[: MAX_FACTS if question.expected.wants_list else MAX_UNASKED]


def _other_sides(question: Question, best: ReadFact, others: Sequence[ReadFact], least: float) -> list[ReadFact]:
    """Return what the other sides say: there is one at least; what nobody says stands for one where none speaks, or is
    another number.

    More of a side, as of the one that the best fact has, is only shown where it is about as likely.
    """
    heard = dict.fromkeys(best.document.speakers, best.judged.also)
    chosen = set[int]()
    for fact in sorted(others, key=lambda other: (not other.document.speakers, -other.judged.also)):
        speakers, likely = fact.document.speakers, fact.judged.also
        if any(likely < heard.get(speaker, likely) - AS_LIKELY for speaker in speakers):
            continue
        if chosen and not speakers and not are_rivals(question, best.document, fact.document):
            continue
        gain = OTHER_SIDE if heard.keys().isdisjoint(speakers) and (not chosen or speakers & question.actors) else 0.0
        if further_odds(question, best, fact) + gain >= least:
            heard |= {speaker: max(likely, heard.get(speaker, likely)) for speaker in speakers}
            chosen.add(fact.document.number)
    return [fact for fact in others if fact.document.number in chosen]


def further_odds(question: Question, best: ReadFact, fact: ReadFact) -> float:
    """Return the log odds that a fact answers beside the best one, as much as the question asks for more than one."""
    first, other = best.document, fact.document
    passage = other.record.fact.kind == "passage"
    odds = fact.judged.also - (PASSAGE if passage else 0.0)
    if question.expected.wants_list or _goes_on(question, first, other):
        return odds + LISTED
    if are_rivals(question, first, other):
        return odds + RIVAL
    if may_correct(question, first, other):
        return odds + CHANGED
    # Whether yes or no is said depends on who says the contrary, and a number on who has it too or another; articles repeat much.
    amounts = _give_amounts(question, first, other) or _give_same_amount(question, first, other)
    if passage or question.expected.type is QuestionType.YES_NO or amounts:
        return odds
    return odds + INSTEAD - BEHIND * (best.judged.score - fact.judged.score)


def _goes_on(question: Question, first: Document, other: Document) -> bool:
    """Return whether somebody's words are asked for, and two facts are words of theirs."""
    asked = question.expected.type
    named = asked is not QuestionType.YES_NO and not question.actors.isdisjoint(first.speakers)
    return (named or asked is QuestionType.SAID) and bool(first.speakers) and first.speakers == other.speakers


def word_for_word_first(question: Question, reading: Reading) -> Reading:
    """Return the reading with that fact first that alone has so many words of the question in a row (`WORDS_IN_A_ROW`)."""
    asked = {run for run in _runs(question.words) if not STOP_WORDS.issuperset(run)}
    shared = [asked & _runs(words_of(fact.document.record.fact.text)) for fact in reading.facts] if asked else []
    times = Counter(run for runs in shared for run in runs)
    having = [fact for fact, runs in zip(reading.facts, shared, strict=False) if any(times[run] == 1 for run in runs)]
    if len(having) != 1 or having[0] is reading.facts[0]:
        return reading
    return replace(reading, facts=(having[0], *(fact for fact in reading.facts if fact is not having[0])))


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    size = WORDS_IN_A_ROW
    return {tuple(words[start : start + size]) for start in range(len(words) - size + 1)}


def are_rivals(question: Question, one: Document, other: Document) -> bool:
    """Return whether two facts give different amounts of a kind that is asked for, and somebody claims at least one of them.

    Of another event the second one has to speak of what the first one and the question speak of: the price of the repairs is no
    new bridge's. Who asks for one side's number asks for no other.
    """
    if asks_one_side(question, one) or not _give_amounts(question, one, other):
        return False
    same_event = one.record.fact.event is not None and one.record.fact.event == other.record.fact.event
    if same_event and one.speakers and other.speakers:
        return True
    counted = {amount.noun for amount in (*one.amounts, *other.amounts)}
    telling = {term.stem for term in question.terms if not (term.typing or term.name or stem(term.word) in counted)} & one.text
    return bool(telling) and telling <= other.text


def asks_one_side(question: Question, document: Document) -> bool:
    """Return whether a question asks for the words of those who speak in a fact: by name, or by a word of it, "the union"."""
    if question.actors & document.speakers:
        return True
    match = _WHOSE_WORDS.search(" ".join(question.words))
    called = {document.lexicon.stem(word) for word in content_words(match[1] or match[2])} if match else set()
    return bool(called) and called <= document.speaker_stems


def _give_amounts(question: Question, one: Document, other: Document) -> bool:
    """Return whether an amount is asked for, of which two facts give different ones that not both are established."""
    if question.expected.type is not QuestionType.HOW_MUCH or one.numbers == other.numbers:
        return False
    if (one.is_event and other.is_event) or not one.speakers.isdisjoint(other.speakers):
        return False
    kinds = [{amount.kind for amount in document.amounts if fits(amount, question.expected.amounts)} for document in (one, other)]
    return not kinds[0].isdisjoint(kinds[1])


def _give_same_amount(question: Question, one: Document, other: Document) -> bool:
    """Return whether an amount is asked for, of which two facts give one and the same number."""
    wanted = question.expected.amounts
    fitting = (any(fits(amount, wanted) for amount in document.amounts) for document in (one, other))
    return question.expected.type is QuestionType.HOW_MUCH and all(fitting) and not one.numbers.isdisjoint(other.numbers)


def score_facts(reading: Reading, confidence: float, sure: Sequence[Document] = ()) -> list[ScoredFact]:
    """Return all facts with scores: the sure ones, or else the best, have the confidence, the others their odds against it."""
    best = reading.facts[0].judged.score if reading.facts else 0.0
    odds = {fact.document.number: math.exp(min(0.0, fact.judged.score - best)) for fact in reading.facts}
    ranked = {document.number: document for document in (*sure, *(fact.document for fact in reading.facts), *reading.others)}
    first = list(ranked)[: max(len(sure), 1)]
    shares = {number: 1.0 if number in first else odds.get(number, 0.0) for number in ranked}
    return [ScoredFact(document.record, round(confidence * shares[number], 4)) for number, document in ranked.items()]


def nearest_others(
    scored: Sequence[ScoredFact], answering: Sequence[Document], of_other_stories: Sequence[Document] = ()
) -> list[ScoredFact]:
    """Return the facts beside those that answer: ``of_other_stories``, then those of the same stories that are near enough.

    Where none answers, all are returned.
    """
    taken = {document.number for document in answering}
    stories = {document.record.story.id for document in answering}
    if not stories:
        return list(scored)
    others = {document.number for document in of_other_stories if document.record.story.id not in stories}
    meant = [fact for fact in scored if fact.record.number in others]
    beside = (fact for fact in scored if fact.record.number not in taken and fact.record.story.id in stories)
    return [*meant, *(fact for fact in beside if _is_near(fact, answering))]


def _is_near(fact: ScoredFact, answering: Sequence[Document]) -> bool:
    """Return whether a fact may be right in the place of those that answer, or is of the same event; passages tell no events."""
    record = fact.record
    if fact.score >= SEE_ALSO or record.fact.kind == "passage":
        return True
    others = (document.record.fact for document in answering if document.record.story.id == record.story.id)
    return any(
        record.fact.event == other.id
        or other.event == record.fact.id
        or (other.event is not None and other.event == record.fact.event)
        for other in others
    )
