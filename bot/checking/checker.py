"""The verdict on a quotation: exact, worded otherwise, somebody else's, from elsewhere, or not in the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from rapidfuzz import fuzz, process

from bot.answers.words import STOP_WORDS
from bot.checking.alignment import Step, align, near_in_letters
from bot.checking.words import Word, opposites, words_of
from bot.facts.models import FactRecord

_COMPARED = 6  # recorded quotes that are laid against a quotation word by word
_ROUGH = 45.0  # likeness of letters, of 100, from which a recorded quote is worth that
ALIKE = 0.6
"""Share of the words, weighed, that a quotation and the piece of the record that it is laid against must have in common."""
_LIGHT = 0.4  # what a function word weighs beside a content word
_RARER = 1.0  # on the Zipf scale, from which a word that is near another in letters is a slip of the fingers
_LEAST_COMMON = 2  # content words in common
_ALTERED = ("changed", "added", "cut")


class Verdict(Enum):
    """What a quotation is, held against the facts."""

    EXACT = "exact"
    DIFFERS = "wording differs"
    OTHER_SPEAKER = "said by someone else"
    OTHER_PLACE = "from another source or date"
    UNKNOWN = "not in the facts"


class Flag(Enum):
    """What about a changed wording must not be overlooked."""

    NEGATION = "negation"  # lost or added
    NUMBER = "number"  # a figure changed, lost or added
    CUT = "cut"  # words left out without a mark
    HEDGE = "hedge"  # a may, only or perhaps lost or added
    CUT_NEGATION = "cut negation"  # what was left out of the same clause has a "not"


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one quotation, with the recorded quote and how the two differ."""

    quoted: str
    verdict: Verdict
    record: FactRecord | None = None
    steps: tuple[Step, ...] = ()
    flags: tuple[Flag, ...] = ()
    claimed: str = ""  # whom it was said to be by
    likeness: float = 0.0

    @property
    def whole(self) -> bool:
        """Whether it is the whole of the recorded quote."""
        return not any(step.kind in ("outside", "skipped") for step in self.steps)

    @property
    def typos(self) -> tuple[tuple[str, str], ...]:
        """Slips of the fingers: as typed, and as recorded."""
        pairs = ((step.quoted, step.recorded) for step in self.steps if step.kind == "typo")
        return tuple((quoted.text, recorded.text) for quoted, recorded in pairs if quoted and recorded)


def check_quotation(
    quoted: str,
    records: Sequence[FactRecord],
    *,
    zipf: Callable[[str], float],
    speakers: frozenset[str] | None = None,
    fits_place: Callable[[FactRecord], bool] | None = None,
) -> Finding:
    """Hold a quotation against the recorded quotes.

    ``zipf`` is how common a word of English is, which tells a typing error from another word. ``speakers`` are the ids
    (``story/actor``) of those it is said to be by, empty where that is nobody known, None where nothing is said. ``fits_place``
    tells whether a quote is from the source and date that were named.
    """
    words = words_of(quoted)
    asked = [word for word in words if not word.gap]
    if not asked:
        return Finding(quoted, Verdict.UNKNOWN)

    def is_typo(one: str, other: str) -> bool:
        return near_in_letters(one, other) and zipf(one) <= zipf(other) - _RARER

    found = [_lay(quoted, words, record, is_typo) for record in _rough(asked, records)]
    real = [each for each in found if each.verdict is not Verdict.UNKNOWN]
    if not real:
        return Finding(quoted, Verdict.UNKNOWN, likeness=max((each.likeness for each in found), default=0.0))

    def rank(each: Finding) -> tuple[bool, bool, bool, float]:
        record = each.record
        assert record is not None
        by = speakers is None or bool(speakers & _keys(record))
        placed = fits_place is None or fits_place(record)
        return each.verdict is Verdict.EXACT, by, placed, each.likeness

    best = max(real, key=rank)
    _, by, placed, _ = rank(best)
    if not by:
        return _as(best, Verdict.OTHER_SPEAKER) if best.verdict is Verdict.EXACT else best
    if not placed and best.verdict is Verdict.EXACT:
        return _as(best, Verdict.OTHER_PLACE)
    return best


def _as(finding: Finding, verdict: Verdict) -> Finding:
    return Finding(finding.quoted, verdict, finding.record, finding.steps, finding.flags, finding.claimed, finding.likeness)


def _keys(record: FactRecord) -> frozenset[str]:
    return frozenset(f"{record.story.id}/{name}" for name in record.fact.by)


def _rough(asked: Sequence[Word], records: Sequence[FactRecord]) -> list[FactRecord]:
    """Return the recorded quotes whose letters are most like the quotation's."""
    query = " ".join(word.key for word in asked)
    texts = [" ".join(word.key for word in words_of(record.fact.text)) for record in records]
    found = process.extract(query, texts, scorer=_likeness, score_cutoff=_ROUGH, limit=_COMPARED)
    return [records[place] for _, _, place in found]


def _likeness(one: str, other: str, *, score_cutoff: float | None = None, processor: object = None) -> float:
    """Return the better of two likenesses: as a piece in place, and as the same words in pieces."""
    return max(fuzz.partial_ratio(one, other), fuzz.token_set_ratio(one, other) * 0.9)


def _lay(quoted: str, words: tuple[Word, ...], record: FactRecord, is_typo: Callable[[str, str], bool]) -> Finding:
    recorded = [word for word in words_of(record.fact.text) if not word.gap]
    steps = align(words, recorded, is_typo)
    flags = _flags(steps)
    likeness = _share(steps)
    changed = any(step.kind in ("changed", "added", "cut") for step in steps)
    if not changed and any(step.kind in ("same", "typo") for step in steps):
        verdict = Verdict.DIFFERS if flags else Verdict.EXACT
        return Finding(quoted, verdict, record, steps, flags, likeness=likeness)
    common = sum(1 for step in steps if step.kind in ("same", "typo") and step.recorded and _weight(step.recorded) == 1.0)
    known = likeness >= ALIKE and common >= _LEAST_COMMON
    return Finding(quoted, Verdict.DIFFERS if known else Verdict.UNKNOWN, record, steps, flags, likeness=likeness)


def _share(steps: Iterable[Step]) -> float:
    """Return the weight of what both have in common, of all that lies between the quotation's beginning and end."""
    common = total = 0.0
    for step in steps:
        if step.kind in ("outside", "skipped", "bracket"):
            continue
        weight = max(_weight(word) for word in (step.quoted, step.recorded) if word is not None)
        total += weight
        common += weight if step.kind in ("same", "typo") else 0.0
    return common / total if total else 0.0


def _weight(word: Word) -> float:
    return _LIGHT if word.key in STOP_WORDS and not word.negates else 1.0


def _flags(steps: Sequence[Step]) -> tuple[Flag, ...]:
    """Return what must not be overlooked, the gravest first."""
    found: set[Flag] = set()
    for step in steps:
        words = [word for word in (step.quoted, step.recorded) if word is not None]
        turned = any(word.negates for word in words) or (len(words) == 2 and opposites(*words))
        if turned and (step.kind in _ALTERED or (step.kind == "bracket" and step.recorded is not None)):
            found.add(Flag.NEGATION)
        if step.kind in _ALTERED:
            found.update([Flag.NUMBER] if any(word.counts for word in words) else [])
            found.update([Flag.HEDGE] if any(word.hedges for word in words) else [])
        if step.kind == "cut":
            found.add(Flag.CUT)
    if _cut_negation(steps):
        found.add(Flag.CUT_NEGATION)
    return tuple(flag for flag in Flag if flag in found)


def _cut_negation(steps: Sequence[Step]) -> bool:
    """Tell whether a clause of which words are quoted has a negation among those that are not."""
    quoted = {step.recorded.clause for step in steps if step.kind in ("same", "typo", "changed", "bracket") and step.recorded}
    left = (step.recorded for step in steps if step.kind in ("outside", "skipped") and step.recorded)
    return any(word.negates and word.clause in quoted for word in left)
