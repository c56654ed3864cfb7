"""Measuring answers: questions with the facts that answer them, and how many of them are answered right.

Of a question, a *right* fact is one of those that it expects; a question that expects none must not be answered.

- *hit@1*: answerable questions whose nearest fact, answered or not, is right, of all answerable ones.
- *precision*: questions answered with a right fact first, of all questions answered; *recall*: the same, of all answerable ones;
  *F1*: their harmonic mean.
- *left alone*: questions that must not be answered and are not, of all such.
- *in three*: answerable questions with a right fact among the first three that are shown: the answer's, then the suggestions.
- *wrong as sure*: questions answered with a fact first that is not right, of all questions, those that must not be answered too.
- *short*: short answers that contain the expected one, in whatever case of letters, of all questions that expect one; Yes and No
  have to be said themselves.
- *headlines*: short answers that are right, of those shown where one is expected or the fact below them is wrong. Yes and No are
  counted by themselves: *yes or no*, of those said in such a place, and *settled*, of the questions that expect one of them.
- *sets*: answers that hold every expected fact, of the questions that expect several; *share*: the mean share of the expected
  facts that such answers hold; *further*: facts behind the first one that are right, of all that answers with a right one show.
- *reliability*: of the answers and suggestions with a confidence of about so much, the share whose best fact is right.
- *uncited*: facts that are shown, in answers and suggestions, without a citation.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.answers.models import Answer
from bot.cancellation import check_cancelled
from bot.english.search_words import words_of
from bot.errors import EmptyQuestionError, UsageError
from bot.facts.models import FactRecord, RecordedQuestion

SHOWN = 3
_SPANS = 10  # of confidence, for each of which the reliability is counted
_YES_NO = frozenset({"yes", "no"})


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its right answers: ids of facts, all of them right; empty where it must not be answered.

    ``type`` and ``hard`` say what kind of question it is and what makes it difficult, for the tables; ``after`` are the earlier
    questions of its conversation, oldest first.
    """

    ask: str
    expect: tuple[str, ...] = ()
    short: str | None = None
    type: str | None = None
    hard: str | None = None
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a question was answered. The answer's ranking holds the nearest fact, if there is one."""

    case: Case
    answer: Answer

    @property
    def answerable(self) -> bool:
        """Whether there is an answer to it."""
        return bool(self.case.expect)

    @property
    def answered(self) -> bool:
        """Whether it was answered."""
        return self.answer.status == "answered"

    @property
    def hit(self) -> bool:
        """Whether the nearest fact is right."""
        return bool(self.answer.ranking) and self._right(self.answer.ranking[0].record)

    @property
    def right(self) -> bool:
        """Whether it was answered with a right fact first."""
        return self.answered and bool(self.answer.facts) and self._right(self.answer.facts[0].record)

    @property
    def in_three(self) -> bool:
        """Whether a right fact is among the first three shown."""
        return any(map(self._right, self.shown[:SHOWN]))

    @property
    def short_right(self) -> bool:
        """Whether the short answer contains the expected one."""
        expected, got = self.case.short, self.answer.short
        if _first_word(expected) in _YES_NO:  # "November" has "no" in it
            return _first_word(got) == _first_word(expected)
        return expected is not None and got is not None and expected.casefold() in got.casefold()

    @property
    def says_yes_or_no(self) -> bool:
        """Whether the short answer is Yes or No, whoever's word it is."""
        return _first_word(self.answer.short) in _YES_NO

    @property
    def yes_no_right(self) -> bool:
        """Whether Yes or No is said as expected."""
        return self.right and self.says_yes_or_no and self.short_right

    @property
    def wrong(self) -> bool:
        """Whether it was answered with a fact first that is not right."""
        return self.answered and not self.right

    @property
    def judged_short(self) -> bool:
        """Whether a short answer is shown of which it is known whether it is right: one is expected, or its fact is wrong."""
        return self.answered and self.answer.short is not None and (self.case.short is not None or not self.right)

    @property
    def further(self) -> tuple[FactRecord, ...]:
        """The facts of the answer behind the first one."""
        return tuple(fact.record for fact in self.answer.facts[1:])

    @property
    def further_right(self) -> int:
        """How many of these are right."""
        return sum(map(self._right, self.further))

    @property
    def share(self) -> float:
        """The share of the expected facts that the answer holds."""
        expected = set(self.case.expect)
        return len(expected & {fact.record.fact.id for fact in self.answer.facts}) / max(1, len(expected))

    @property
    def shown(self) -> tuple[FactRecord, ...]:
        """The facts that the answer shows, then the suggestions."""
        return tuple(fact.record for fact in (*self.answer.facts, *self.answer.suggestions))

    @property
    def missed(self) -> bool:
        """Whether anything about the answer is not as expected."""
        if not self.answerable:
            return self.answered
        incomplete = len(self.case.expect) > 1 and self.share < 1
        return not self.right or incomplete or (self.case.short is not None and not self.short_right)

    def _right(self, record: FactRecord) -> bool:
        return record.fact.id in self.case.expect


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, such as 12 of 15."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """The share from 0 to 1; None of nothing."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of some questions; the module's docstring defines each."""

    hits: Share
    precision: Share
    recall: Share
    left_alone: Share
    in_three: Share
    wrong: Share
    short: Share
    headlines: Share
    yes_no: Share
    settled: Share
    sets: Share
    share: float | None
    further: Share
    uncited: int

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where nothing can be answered."""
        if not self.recall.whole:
            return None
        return 2 * self.precision.part / (self.precision.whole + self.recall.whole)


def evaluate(ask: Callable[..., Answer], cases: Iterable[Case]) -> tuple[Outcome, ...]:
    """Ask all questions; ``ask`` takes one and ``rank``. One without words counts as not answered.

    Short answers are expected in English, whatever language is spoken. Raises CutShortError.
    """
    outcomes = []
    for case in cases:
        check_cancelled()
        try:
            answer = ask(case.ask, rank=1, after=case.after) if case.after else ask(case.ask, rank=1)
        except EmptyQuestionError:
            answer = Answer(case.ask, "unknown")
        outcomes.append(Outcome(case, answer))
    return tuple(outcomes)


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Count the figures of some outcomes."""
    answerable = [outcome for outcome in outcomes if outcome.answerable]
    others = [outcome for outcome in outcomes if not outcome.answerable]
    with_short = [outcome for outcome in answerable if outcome.case.short is not None]
    several = [outcome for outcome in answerable if len(outcome.case.expect) > 1]
    right = [outcome for outcome in outcomes if outcome.right]
    judged = [outcome for outcome in outcomes if outcome.judged_short]
    headlines = [outcome for outcome in judged if not outcome.says_yes_or_no]
    yes_no = [outcome for outcome in judged if outcome.says_yes_or_no]
    settled = [outcome for outcome in with_short if _first_word(outcome.case.short) in _YES_NO]
    return Figures(
        hits=Share(sum(outcome.hit for outcome in answerable), len(answerable)),
        precision=Share(len(right), sum(outcome.answered for outcome in outcomes)),
        recall=Share(len(right), len(answerable)),
        left_alone=Share(sum(not other.answered for other in others), len(others)),
        in_three=Share(sum(outcome.in_three for outcome in answerable), len(answerable)),
        wrong=Share(sum(outcome.wrong for outcome in outcomes), len(outcomes)),
        short=Share(sum(outcome.short_right for outcome in with_short), len(with_short)),
        headlines=Share(sum(headline.right and headline.short_right for headline in headlines), len(headlines)),
        yes_no=Share(sum(outcome.yes_no_right for outcome in yes_no), len(yes_no)),
        settled=Share(sum(outcome.yes_no_right for outcome in settled), len(settled)),
        sets=Share(sum(outcome.share == 1 for outcome in several), len(several)),
        share=sum(outcome.share for outcome in several) / len(several) if several else None,
        further=Share(sum(outcome.further_right for outcome in right), sum(len(outcome.further) for outcome in right)),
        uncited=sum(not record.sources for outcome in outcomes for record in outcome.shown),
    )


def cases_of(questions: Iterable[RecordedQuestion]) -> tuple[Case, ...]:
    """Return the questions of a story as cases."""
    return tuple(Case(question.ask, question.expect, question.short) for question in questions)


def read_cases(path: Path) -> tuple[Case, ...]:
    """Read a questions file: one JSON object a line. Raises UsageError with the line that is wrong."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise UsageError(f"The questions file {path} is not UTF-8; save it as UTF-8.") from None
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "the name cannot be used").lower()
        raise UsageError(f"The questions file {path} cannot be read: {reason}. Check its name and its permissions.") from None
    return tuple(_case(line, path, number) for number, line in enumerate(lines, start=1) if line.strip())


def check_cases(cases: Iterable[Case], known: Iterable[str]) -> None:
    """Raise UsageError where questions expect facts that the story does not have."""
    ids = set(known)
    unknown = sorted({expected for case in cases for expected in case.expect} - ids)
    if unknown:
        raise UsageError(
            f"The questions expect facts that the story does not have: {', '.join(unknown)}. Mend the ids in either file."
        )


def reliability(outcomes: Sequence[Outcome]) -> tuple[tuple[float, Share], ...]:
    """Return for each span of confidence that has any its mean, and how many best facts are right of how many."""
    spans: list[list[Outcome]] = [[] for _ in range(_SPANS)]
    for outcome in outcomes:
        spans[min(_SPANS - 1, int(outcome.answer.explanation.confidence * _SPANS))].append(outcome)
    return tuple((_mean_confidence(span), _hits(span)) for span in spans if span)


def _mean_confidence(outcomes: Sequence[Outcome]) -> float:
    return sum(outcome.answer.explanation.confidence for outcome in outcomes) / len(outcomes)


def _hits(outcomes: Sequence[Outcome]) -> Share:
    return Share(sum(outcome.answerable and outcome.hit for outcome in outcomes), len(outcomes))


def _first_word(short: str | None) -> str:
    return next(iter(words_of(short or "")), "")


def _case(line: str, path: Path, number: int) -> Case:
    try:
        value = json.loads(line)
        case = Case(
            ask=value["ask"],
            expect=tuple(value.get("expect") or ()),
            short=value.get("short"),
            type=value.get("type"),
            hard=value.get("hard"),
            after=tuple(value.get("after") or ()),
        )
        given = (text for text in (case.short, case.type, case.hard) if text is not None)
        texts = (case.ask, *case.expect, *case.after, *given)
        if isinstance(value.get("expect"), str) or not all(isinstance(text, str) for text in texts):
            raise TypeError
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UsageError(f'{path}, line {number}: expected an object such as {{"ask": "When ...?", "expect": ["id"]}}.') from None
    return case
