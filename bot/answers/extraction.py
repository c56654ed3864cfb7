"""The short answer that one fact gives: cut out of it verbatim, or who somebody is.

In: the question, a fact and what the reader judged of it. Out: a piece of the fact, the role or the name of an actor; None where
the fact gives none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answers.finding.documents import Document, actor_key
from bot.answers.finding.mentions import NameTable
from bot.answers.fitting import is_beside, is_given, is_of_kind
from bot.answers.meanings import in_full, meaning, with_whole_glosses
from bot.answers.ownership import is_of_another
from bot.answers.question.expected_answer import QuestionType
from bot.answers.question.parsing import Question
from bot.answers.reader.judging import Judged
from bot.answers.reader.reader import QuestionReader
from bot.english.amounts import find_amounts, fits
from bot.english.numbers import SMALL_NUMBERS, TENS
from bot.english.search_words import STOP_WORDS, words_of
from bot.facts.models import Actor
from bot.messages import in_words

# What before an amount makes it inexact or is its sign, so that "5,000" alone would be wrong.
_BOUND = re.compile(
    r"\b(?:(?:no )?(?:more|less|fewer|better) than|as (?:many|much|few|little) as|at (?:least|most)|up to|close to|"
    r"(?:just |well )?(?:over|under|above|below)|an estimated|about|around|approximately|roughly|some|nearly|almost|only|"
    r"not quite|minus) $",
    re.IGNORECASE,
)
_BOUND_AFTER = re.compile(r" (?:at (?:the )?(?:(?:very )?most|least)|or (?:more|less|fewer|so))\b")  # the same behind an amount
# What follows an amount and belongs to it, so that "eleven million euros" alone would be wrong of "eleven million euros a year".
_PERIODS = "second|minute|hour|day|night|week|month|quarter|season|year"
_RATE = re.compile(rf" (?:(?:per|each|every) [a-z]+|an? (?:{_PERIODS}|head|person|piece|share))\b")
_WHOLE_BEFORE_HALF = re.compile(r"\b[\w-]+ and a $")  # "nine and a half feet"
_REASON = re.compile(  # what opens a reason, and makes it one
    r"\b(?:because(?: of)?|since|as|for|due to|owing to|thanks to|out of|so (?:that|as to)|(?:in order )?to|lest|"
    r"on the grounds? (?:that|of)) $",
    re.IGNORECASE,
)
_CAUSE = re.compile(  # what opens a reason and nothing else, inside a piece that tells more
    r"(?<=[,; ])(?:because\b|lest\b|for fear\b|due to\b|owing to\b|thanks to\b|on account of\b|in order to\b|so as to\b)",
    re.IGNORECASE,
)
_MEANS = re.compile(
    r"\b(?:by|with|without|through|via|using|in|on|under|over|from|as) (?:(?:an?|the|his|her|its|their) )?$", re.IGNORECASE
)
_COUNTED = re.compile(
    rf"(?:minus )?(?:[$€£¥]?\d|(?:{'|'.join((*SMALL_NUMBERS, *TENS, 'hundred', 'half', 'a dozen'))})\b)", re.IGNORECASE
)
_ABBREVIATED = re.compile(r"\.\w+\.$|\b[A-Z][a-z]{1,4}\.$")  # "p.m.", "Bros."
# The letters of a word before and after a point in it, but for the scripts of the East, which write words without blanks.
_LETTERS_BEFORE = re.compile(r"[^\W\d_\u2e80-\uffff]+\Z")
_LETTERS_AFTER = re.compile(r"[^\W\d_\u2e80-\uffff]+")
# Fields out of which a short answer may be cut: a topic is an id, and a recorded wording is a question.
_CUT = frozenset({"text", "date", "where", "context", "actor", "role"})


def extract_answer(question: Question, document: Document, judged: Judged, reader: QuestionReader) -> str | None:
    """Return the short answer that a fact gives, None where it gives none or the reader is not sure of it."""
    short = _extracted(question, document, judged, reader)
    return None if short is not None and is_beside(short, question, document) else short


def _extracted(question: Question, document: Document, judged: Judged, reader: QuestionReader) -> str | None:
    asked = question.expected.type
    if asks_identity(question) and (role := _identity(question, document)) is not None:
        return role
    if asked is QuestionType.WHO_SAID and (speakers := _not_given(document.record.speakers, question, document)):
        return ", ".join(speakers)
    if judged.short < reader.weights.short:
        return None
    by_what_means = asked is QuestionType.WHAT and question.words[:1] == ("how",)
    opening = _REASON if asked is QuestionType.WHY else _MEANS if by_what_means else None
    for span in judged.spans:
        cut = cut_out(document, span, reader, opening)
        if cut is not None and asked is QuestionType.WHY:
            # The blank before it lets one that opens the piece count first: "because it was split in order to ..."
            cut = cut[cause.start() - 1 :] if (cause := _CAUSE.search(f" {cut}")) else cut
        if cut is None or not is_of_kind(cut, question, document):
            continue
        if asked is not QuestionType.WHO and is_of_another(cut, question, document):
            continue
        if asked is QuestionType.WHO:
            cut = _name_in(cut, question, document)
        if cut is not None and not is_given(cut, question, document):
            return _identified(cut, document) if asked is QuestionType.WHO else cut
    named = [actor for actor in document.record.involved if actor.name in document.record.fact.text]
    others = _not_given(named, question, document)
    return others[0] if asked is QuestionType.WHO and len(others) == 1 else None


def asks_identity(question: Question) -> bool:
    """Return whether a question only asks who or what an actor is: "who is John McCain", "who was the commander"."""
    bare = all(term.name or term.typing for term in question.terms)
    of_being = question.sequence[1:2] == ("be",) and question.expected.type in (QuestionType.WHO, QuestionType.WHAT)
    return bare and of_being and bool(question.mentions)


def _identity(question: Question, document: Document) -> str | None:
    """Return the role of the actor that the question names, or the name of the one that it describes."""
    record = document.record
    described = question.actors - question.given  # "the director of Lake Bank" is not the bank
    for actor in record.involved:
        key = actor_key(record.story.id, actor.id)
        if key in question.given and not described:
            return actor.role
        if key in described:
            return actor.name
    return None


def cut_out(
    document: Document, span: tuple[int, int], reader: QuestionReader, opening: re.Pattern[str] | None = None
) -> str | None:
    """Return the text of a span of a fact's tokens, None where it does not lie in one field that may be cut.

    One that reaches from a time of day into the date, or from the date into the place, is the date. Words that match ``opening``
    directly before it are taken with it.
    """
    line = document.line
    offsets = reader.fact_offsets(line)
    start, end = offsets[span[0]][0], offsets[span[1]][1]
    start += len(line.line[start:end]) - len(line.line[start:end].lstrip())  # a piece of a word may hold the blank before it
    date_part = next((part for part in line.parts if part.field == "date" and start < part.end and part.start < end), None)
    part = next((part for part in line.parts if part.start <= start < end <= part.end), date_part)
    if part is None or part.field not in _CUT:
        return None
    date = document.record.fact.date
    if part.field == "date" and date is not None:
        return in_words(date)
    fact = document.record.fact
    if part.field == "text":
        start, end = start - part.start, end - part.start
        if fact.kind == "passage" and (meant := meaning(fact, start, end)) is not None:
            return meant
        start, end = _with_bounds(document, start, end, opening)
        start, end = with_whole_glosses(fact, start, end) if fact.kind == "passage" else (start, end)
        start, end = start + part.start, end + part.start
    if line.line[start:end].count('"') % 2:  # a quotation that it cuts into is taken whole, where that is a matter of its mark
        start, end = start - (line.line[start - 1 : start] == '"'), end + (line.line[end : end + 1] == '"')
    start, end = _whole_words(line.line, start, end)
    cut = line.line[start:end].strip(" ,;:")
    cut = cut if _ABBREVIATED.search(cut) else cut.rstrip(".")
    return (in_full(cut, fact.date) if fact.kind == "passage" else cut) or None


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span with the words that it begins or ends in whole; in scripts that part no words it stays as it is."""
    before, after = _LETTERS_BEFORE.search(text, 0, start), _LETTERS_AFTER.match(text, end)
    if before is not None and _LETTERS_AFTER.match(text, start):
        start = before.start()
    if after is not None and _LETTERS_BEFORE.search(text, 0, end):
        end = after.end()
    return start, end


def only_amount(question: Question, document: Document) -> str | None:
    """Return the one amount of a fact's text that is of a kind that is asked for, with what bounds it; None of several."""
    amounts = [amount for amount in document.amounts if fits(amount, question.expected.amounts)]
    if len(amounts) != 1:
        return None
    start, end = _with_bounds(document, amounts[0].start, amounts[0].end, None)
    whole = _WHOLE_BEFORE_HALF.search(document.record.fact.text, 0, start)
    return document.record.fact.text[whole.start() if whole else start : end]


def _with_bounds(document: Document, start: int, end: int, opening: re.Pattern[str] | None) -> tuple[int, int]:
    """Widen a span of a fact's text to the whole of the amounts that it cuts into, to what bounds them, and to what opens it."""
    fact = document.record.fact
    text, amounts = fact.text, document.amounts
    if fact.kind == "passage" and fact.glosses:  # it is read with what stands in brackets
        text, amounts = fact.glossed, find_amounts(fact.glossed)
    for amount in amounts:
        if amount.start < end and start < amount.end and (amount.start <= start or end < amount.end):
            start, end = min(start, amount.start), max(end, amount.end)
    if _COUNTED.match(text, start):
        while bound := _BOUND.search(text, 0, start):  # "below minus fifty degrees" has two
            start = bound.start()
    if any(amount.end == end for amount in amounts):
        for what_belongs in (_RATE, _BOUND_AFTER):
            if (behind := what_belongs.match(text, end)) is not None:
                end = behind.end()
    if opening is not None and not opening.search(text, 0, text.find(" ", start) + 1):  # no piece has two openings
        words = opening.search(text, 0, start)
        start = words.start() if words else start
    return start, end


def _not_given(actors: Sequence[Actor], question: Question, document: Document) -> list[str]:
    """Return the names of the actors that the question does not name."""
    story = document.record.story.id
    return [actor.name for actor in actors if actor_key(story, actor.id) not in question.given]


def _name_in(cut: str, question: Question, document: Document) -> str | None:
    """Return the first name in a piece that holds more than names, with the names joined to it, but none that the question names.

    Names joined to one that the question names ("RT and Sputnik") are left out with it.
    """
    involved = [actor for actor in document.record.involved if actor.name in cut]
    name = "|".join(sorted((re.escape(actor.name) for actor in involved), key=len, reverse=True))
    if not involved or not any(map(str.isalpha, re.sub(rf"{name}|and|the", "", cut))):
        return cut
    others = _not_given(involved, question, document)
    given = {actor.name for actor in involved}.difference(others)
    joined = [match.group() for match in re.finditer(rf"(?:{name})(?:(?:,|,? (?:and|or)) (?:{name})(?!\w))*", cut)]
    free = (names for names in joined if given.isdisjoint(re.findall(name, names)))
    return next(free, None if others else cut)


def _identified(cut: str, document: Document) -> str:
    """Return a part of a name, or a description, with the whole name of the one actor of the fact that it stands for."""
    actors = {actor.id: actor for actor in document.record.involved}
    words = [word for word in words_of(cut) if word not in STOP_WORDS]
    meant = (mention.actors for mention in NameTable(actors).mentions(words) if (mention.start, mention.end) == (0, len(words)))
    keys = next(meant, frozenset[str]())
    name = actors[min(keys)].name if len(keys) == 1 else cut
    if name.casefold() in cut.casefold():
        return cut
    return name if cut.casefold() in name.casefold() else f"{cut} ({name})"
