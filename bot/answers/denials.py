"""Denials: whether a fact that the reader takes for a No denies what is asked, and not something else, or nothing at all.

A No rests on a word of denial ("never"), on one that turns down or ends ("refused"), or on a word of opposite meaning. It negates
only its own predicate: that no one was hurt on a ferry does not say that the ferry is not safe, and that Sosa did not appeal says
nothing of Lima.

In: a question and a fact. Out: whether the fact denies it.
"""

from __future__ import annotations

import re

from bot.answers.finding.documents import Document
from bot.answers.question.expected_answer import SAY_VERBS, VAGUE
from bot.answers.question.extent import asks_how_far, says_as_far
from bot.answers.question.parsing import Question, Term
from bot.english.compared_words import NEGATIONS
from bot.english.compared_words import words_of as compared
from bot.english.search_words import words_of

_SURER = 1.0  # log odds by which a No has to be surer that rests on no such word
_LIGHT = frozenset("come get give go keep make put take turn".split())
_ANY = re.compile(r"\b(?:any|anyone|anybody|anything|anywhere|even one)\b")
_NOBODY = frozenset("none nobody no-one neither nothing".split())  # as `compared_words` has them
# Words that turn down, end or take back, without a negation.
_TURNING = re.compile(
    r"\b(?:refus|reject|declin|turn(?:ed|s|ing)? (?:down|back|away)|den(?:y|i)|fail|miss(?:ed|ing)|lack|los[et]|lapse|drop"
    r"|clear(?:ed|s) of|acquit|cancel|call(?:ed|s)? off|withdr|dismiss|stop|ban(?:ned|s)?\b|forb|prevent|block|unable|instead"
    r"|except|overturn|quash|thr(?:ow|ew|own) out|abandon|only|unsold|unpaid|too \w+ to|ignor|postpone|break|broke|sank|sunk"
    r"|let (?:\w+ ){1,2}(?:go|off)\b)"
)
_CONTRAST = re.compile(r",? (?:and |but )?not (?:the |a |an |one\b|only\b|\d)")  # "two, not one" denies no deed
_SET_AGAINST = re.compile(
    r"(?:, (?:and |but )?not (?:only )?|\brather than |\binstead of )(?:(?:by|in|on|at|to|for|of|from) )?"
    r"(?:(?:the|an?|his|her|its|their) )?(?P<against>\w+(?: \w+)?)"
)


def deed_of(question: Question) -> list[Term]:
    """Return the terms of a question that tell what is asked of those whom it names."""
    return [
        term
        for term in question.terms
        if not (term.name or term.typing or term.word in VAGUE or term.word in _LIGHT or term.word in SAY_VERBS)
    ]


def has_denial(document: Document) -> bool:
    """Return whether a fact has a word of denial, beside those that only set one thing against another: "two, not one"."""
    return not NEGATIONS.isdisjoint(words_of(_CONTRAST.sub(" ", document.record.fact.text)))


def affirms_deed(question: Question, document: Document) -> bool:
    """Return whether a fact has most of what is asked and no word that denies or turns down."""
    words, deed = words_of(document.record.fact.text), deed_of(question)
    had = sum(term.stem in document.text for term in deed)
    denied = not NEGATIONS.isdisjoint((*question.words, *words)) or _TURNING.search(" ".join(words))
    return 3 * had >= 2 * len(deed) and not denied


def sets_against(question: Question, document: Document) -> bool:
    """Return whether a fact sets what is asked against what it tells: "the patch, not the altimeter", "instead of in church"."""
    text = document.record.fact.text
    contrast = _SET_AGAINST.search(text)
    if contrast is None or not NEGATIONS.isdisjoint(question.words):
        return False
    stem = document.lexicon.stem
    against = {term.stem for term in deed_of(question)}.intersection(map(stem, words_of(contrast["against"])))
    return bool(against) and against.isdisjoint(map(stem, words_of(text.replace(contrast["against"], " "))))


def denies(question: Question, document: Document, sure: float) -> bool:
    """Return whether a fact denies what is asked; the reader is ``sure`` log odds surer of No than it has to be."""
    words, deed = words_of(document.record.fact.text), deed_of(question)
    asked, said = " ".join(question.words), " ".join(words)
    opposed = any(document.lexicon.opposed(term.word, word) for term in deed for word in words)
    denied, turned = has_denial(document), _TURNING.search(said) is not None
    if not (denied or opposed or turned) and sure < _SURER:
        return False
    # What denies a denial affirms it; "didn't they" and "or not" deny nothing.
    if denied and not NEGATIONS.isdisjoint(question.words[2:]) and " or not" not in asked:
        return opposed
    any_asked = _ANY.search(asked) is not None
    if any_asked and not (denied or says_as_far(("all",), words)):
        return False
    if denied and not turned and _TURNING.search(asked):  # nobody was seen again: they did stay missing
        return False
    by_nobody = denied and not document.speakers and not _NOBODY.isdisjoint(_keys(document))
    if by_nobody and not any_asked and not all(term.stem in document.text for term in deed):
        return False
    if NEGATIONS.isdisjoint(question.words) and not (opposed or asks_how_far(question.words)) and _affirms(question, document):
        return False
    return opposed or not (denied and _denies_something_else(question, document))


def _affirms(question: Question, document: Document) -> bool:
    """Return whether a fact has all that is asked in one clause that denies nothing, and denies it of nobody who is named."""
    stems, names = {term.stem for term in deed_of(question)}, _names(question)
    affirmed, negated = _by_denial(document)
    if not stems or not any(stems <= clause for clause in affirmed) or any(names & clause for clause in negated):
        return False
    if negated and any(names & clause and stems <= clause for clause in affirmed):
        return True
    verbs = [word for word in question.words if word in _LIGHT or word in SAY_VERBS]
    return all(document.lexicon.stem(verb) in document.sequence for verb in verbs)


def _denies_something_else(question: Question, document: Document) -> bool:
    """Return whether words of a question stand only in those clauses of a fact that deny nothing."""
    affirmed, negated = _by_denial(document)
    stems, names = {term.stem for term in deed_of(question)}, _names(question)
    if not (affirmed and negated) or any((names | stems) & clause for clause in negated):
        return False
    return any(stems & clause for clause in affirmed) and _NOBODY.isdisjoint(_keys(document))


def _by_denial(document: Document) -> tuple[list[frozenset[str]], list[frozenset[str]]]:
    """Return the stems of the clauses of a fact that affirm something, and of those that deny something."""
    clauses: dict[tuple[int, int], list[str]] = {}
    denying: set[tuple[int, int]] = set()
    parts, before = 0, ""
    for word in compared(document.record.fact.text):
        # What is done without something is done; of "six passengers and no sailor" only the sailors are denied.
        parts += word.key == "without" or (word.negates and before in ("and", "but"))
        before = word.key
        clauses.setdefault((word.clause, parts), []).append(document.lexicon.stem(word.key))
        if word.negates:
            denying.add((word.clause, parts))
    affirmed = [frozenset(stems) for clause, stems in clauses.items() if clause not in denying]
    return affirmed, [frozenset(stems) for clause, stems in clauses.items() if clause in denying]


def _keys(document: Document) -> frozenset[str]:
    return frozenset(word.key for word in compared(document.record.fact.text))


def _names(question: Question) -> frozenset[str]:
    spans = (question.sequence[mention.start : mention.end] for mention in question.mentions if mention.by_name)
    return frozenset(stem for span in spans for stem in span)
