"""What a finding says in plain words, alike on Discord and in a terminal: the verdict first, then what must not be overlooked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.checking.brackets import Meaning
from bot.checking.flag_wording import Show, bracket_sentences, each_change, warnings_of
from bot.checking.quotations import LEAST_WORDS
from bot.checking.verdict import Finding, Verdict
from bot.presentation.languages import say, say_number

LONG = 30
"""Words from which a text without quotation marks is rather a passage than one quotation, which is worth a word."""

EXACT = "Exact"
PIECE = "Exact, and a part of what was said"
BRACKETS = "Exact, but for what stands in brackets"
DIFFERS = "The wording differs"
MISLEADS = "Not what was said"
OTHER_SPEAKER = "Real words, but somebody else's"
OTHER_PLACE = "Real words, but from another source or date"
UNKNOWN = "Not in the facts"
NOT_FALSE = "That does not mean that it is false: the facts I have hold no such quotation."
NO_QUOTES = "There are no recorded quotes"
NOTHING_TO_COMPARE = "The facts I have hold nobody's words, so I cannot tell whether anybody said this."
IN_SENTENCE = "In its sentence: “{sentence}”"
NEAREST = "The nearest quotation that they hold:"
JOINED = "Two quotations run together as one"
SPELT = "Spelt otherwise: “{quoted}” for “{recorded}”."

SIGNS = {
    Verdict.EXACT: "✅",
    Verdict.INSERTED: "☑️",
    Verdict.DIFFERS: "⚠️",
    Verdict.OTHER_SPEAKER: "👥",
    Verdict.OTHER_PLACE: "📅",
    Verdict.UNKNOWN: "❔",
}
MISLEADING_SIGN = "❌"


@dataclass(frozen=True, slots=True)
class Description:
    """A finding in words: a sign and the verdict, what must not be overlooked, and what may be of use."""

    sign: str
    verdict: str
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def describe(finding: Finding, show: Show = str) -> Description:
    """Say a finding in words; ``show`` makes what is stored or typed fit to be shown."""
    if not finding.comparable:
        return Description(SIGNS[Verdict.UNKNOWN], say(NO_QUOTES), (), (say(NOTHING_TO_COMPARE),))
    if finding.verdict is Verdict.UNKNOWN:
        notes = (say(NOT_FALSE), *((say(NEAREST),) if finding.nearest else ()))
        return Description(SIGNS[Verdict.UNKNOWN], say(UNKNOWN), (), notes)
    return Description(
        sign(finding), _verdict(finding), tuple(dict.fromkeys(warnings_of(finding, show))), tuple(_notes(finding, show))
    )


def passed_over(number: int) -> str:
    """Say how many pieces in quotation marks are no quotations."""
    return say_number(
        number,
        "{number} piece in quotation marks was passed over: it is too short, and nobody is said to have said it.",
        "{number} pieces in quotation marks were passed over: they are too short, and nobody is said to have said them.",
    )


def is_repeated(finding: Finding) -> bool:
    """Return whether the recorded words are those of the quotation, so that showing them shows it."""
    return finding.verdict is Verdict.EXACT and finding.whole and not finding.typos


def sign(finding: Finding) -> str:
    """Return the sign of a verdict, which tells it without its colour."""
    return MISLEADING_SIGN if finding.misleads else SIGNS[finding.verdict]


def _verdict(finding: Finding) -> str:
    """Say the verdict on a quotation that is known."""
    if finding.verdict is Verdict.EXACT:
        return say(EXACT) if finding.whole else say(PIECE)
    if finding.verdict is Verdict.INSERTED:
        return say(BRACKETS)
    if finding.joined:
        return say(JOINED)
    if finding.verdict is Verdict.DIFFERS:
        return say(MISLEADS) if finding.misleads else say(DIFFERS)
    return say(OTHER_SPEAKER) if finding.verdict is Verdict.OTHER_SPEAKER else say(OTHER_PLACE)


def _notes(finding: Finding, show: Show) -> Iterator[str]:
    """Yield what may be of use: other spellings, what brackets stand for, and that a piece is short."""
    yield from each_change(say(SPELT), finding.typos, show)
    yield from bracket_sentences(finding, Meaning.FITTING, show)
    words = finding.matched
    if finding.verdict is Verdict.EXACT and not finding.whole and words < LEAST_WORDS:
        yield say_number(
            words,
            "It is only {number} word of what was said, which does not show what was meant.",
            "It is only {number} words of what was said, which do not show what was meant.",
        )
