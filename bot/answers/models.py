"""What answering hands on: the answer, its facts with their scores, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.facts.models import FactRecord
from bot.facts.sourcing import Nature

SURE = 0.95  # confidence in facts that answer beyond doubt
MAX_FACTS = 12  # of one answer
SUGGESTIONS = 3  # near facts beside one
Status = Literal["answered", "suggestions", "unknown"]


@dataclass(frozen=True, slots=True)
class ScoredFact:
    """A fact and how well it fits the question, from 0 to 1.

    Where passages tell the same, ``record`` is cited to them all, and ``retellings`` are the fact and these as they are stored.
    """

    record: FactRecord
    score: float
    retellings: tuple[FactRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an answer is as it is: what of the question the best fact has, what it lacks, and what was asked for.

    ``slot`` is what the question asks for in a word or two (``when``, ``who``, ``how much``), ``slot_filled`` whether the
    best fact has it. ``met`` are pairs of (word of the question, word of the fact that it met). ``corrections`` are pairs of (as
    typed, as read). ``sources`` counts independent ones, ``nature`` says whether the best fact is an event, somebody's words or
    claim, or the publisher's own statement. ``namesakes`` are names in the question by which several may be meant, each with the
    whole names of those. ``stories`` are the titles of the stories that it may be about, that of the best fact first; none where
    one is singled out.
    """

    matched: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    unknown_names: tuple[str, ...] = ()
    slot: str | None = None
    slot_filled: bool = False
    corrections: tuple[tuple[str, str], ...] = ()
    confidence: float = 0.0
    sources: int = 0
    nature: Nature | None = None
    met: tuple[tuple[str, str], ...] = ()
    namesakes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    stories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    ``facts`` (best first) are those that answer it; there are none unless ``status`` is ``answered``. ``suggestions`` are at most
    three near facts. ``short`` is cut verbatim out of the facts (a date is in words), or Yes or No. ``known`` is one sentence,
    where there is no answer, that says what is and what is not known. ``ranking`` holds the nearest facts whatever the status,
    as many as were asked for. ``note`` is a sentence that belongs to the facts, such as from which event "after" was counted.

    ``as_of`` is the day (yyyymmdd) as of which it was asked, if any, ``came_later`` are the facts that answer it today and became
    known only after that day, and ``perhaps`` counts the facts whose sources may have appeared after it, as far as their dates
    say. ``by_relation``: it was found by how facts stand to each other, in time or as sides. ``perhaps_answers``: it is not
    answered, and the first of the suggestions may well answer it. ``unread`` counts the facts that the reader had not encoded
    yet. ``is_question`` is False for a greeting and for thanks. ``questions`` are some to go on with. ``language`` is
    that of the question, where it is not English and the interface has it. ``page`` is what of a story as a whole is shown, where
    that is asked for: ``story``, ``news``, ``questions``, ``speakers``, or the id of the ``actor``, who is there by name.
    ``short``, ``known`` and ``note`` may be a `Message`, to be said in any language.
    """

    question: str
    status: Status
    facts: tuple[ScoredFact, ...] = ()
    suggestions: tuple[ScoredFact, ...] = ()
    short: str | None = None
    known: str | None = None
    ranking: tuple[ScoredFact, ...] = ()
    explanation: Explanation = Explanation()
    note: str | None = None
    as_of: int | None = None
    came_later: tuple[FactRecord, ...] = ()
    perhaps: int = 0
    by_relation: bool = False
    perhaps_answers: bool = False
    unread: int = 0
    is_question: bool = True
    questions: tuple[str, ...] = ()
    language: str | None = None
    page: str | None = None
    actor: str | None = None

    @property
    def later(self) -> int:
        """How many facts came later than the day as of which it was asked."""
        return len(self.came_later)
