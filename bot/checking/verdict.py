"""The verdict on a quotation: exact, worded otherwise, another's, from elsewhere, two run together, or not in the facts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from enum import Enum

from rapidfuzz import fuzz, process

from bot.answers.question.language import ENGLISH
from bot.cancellation import check_cancelled
from bot.checking.alignment import ALTERED, Step, WordChange, align
from bot.checking.altered_words import contraries, other_subjects, replacements, traded_subjects, without_articles
from bot.checking.brackets import Bracket, Cast, meanings
from bot.checking.flags import Flag, flags_of, in_order
from bot.checking.hedges import denial_changes, hedges_replaced
from bot.checking.other_languages import align_words, is_long_enough, is_verbatim, joined_steps, language_of_record
from bot.checking.other_languages import flags_of as other_flags_of
from bot.checking.provenance import Provenance
from bot.checking.recognition import content_in_common, is_piece, is_recognised, share_in_common
from bot.checking.surroundings import Surroundings, surroundings_of
from bot.checking.vocabulary import Vocabulary
from bot.english.compared_words import Word, composed, with_compounds, words_of
from bot.facts.models import FactRecord
from bot.multilingual.compared_words import words_of as other_words_of

_COMPARED = 5  # recorded quotes that are laid against a quotation word by word
_ROUGH = 45.0  # likeness of letters, of 100, from which a recorded quote is worth that
_IN_PIECES = 0.9  # what the same words in pieces count beside a piece in place, for any long text has many of them
_NEAR = 0.3  # share of the words in common, weighed, from which a recorded quote that it is not is worth naming
# Of a quotation that may run two recorded quotes together:
_MIN_PART = 3  # words of a part
_MAX_CUT = 80  # words of a quotation that is cut in two
_MAX_WAYS = 12  # places at which it is cut, ends of sentences first
_LIKE = 0.7  # likeness from which a part is that of its record
_BETTER = 0.1  # how much better two records must explain it than one
_CUT_OFF = frozenset({Flag.CUT_NEGATION, Flag.FRAME, Flag.DEPENDENT})
_JOINTS = frozenset("and but because so that then while".split())


class Verdict(Enum):
    """What a quotation is, held against the facts."""

    EXACT = "exact"
    INSERTED = "exact but for brackets"
    CUT_OUT = "to be read in its sentence"
    DIFFERS = "wording differs"
    OTHER_SPEAKER = "said by someone else"
    OTHER_PLACE = "from another source or date"
    CLAIM = "recorded as a claim"
    UNKNOWN = "not in the facts"


VERBATIM = (Verdict.EXACT, Verdict.INSERTED)


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one quotation, with the recorded quote and how the two differ.

    ``record`` is None where it is not in the facts; ``nearest`` is then a recorded quote that has something of it.
    ``changes`` are what must not be overlooked, with the words that changed as far as one tells. ``brackets`` are
    its words in brackets.
    ``joined`` are the parts of one that runs two recorded quotes together, each with its own record; it then has the first's.
    ``comparable``: there are recorded quotes at all.
    """

    quoted: str
    verdict: Verdict
    record: FactRecord | None = None
    steps: tuple[Step, ...] = ()
    changes: Mapping[Flag, tuple[WordChange, ...]] = field(default_factory=dict, hash=False)
    provenance: Provenance = field(default=Provenance(), compare=False)
    likeness: float = 0.0
    nearest: FactRecord | None = None
    brackets: tuple[Bracket, ...] = field(default=(), compare=False)
    joined: tuple[Finding, ...] = ()
    comparable: bool = True

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What must not be overlooked, the gravest first."""
        return in_order(self.changes)

    @property
    def whole(self) -> bool:
        """Whether it is the whole of the recorded quote."""
        return not self.joined and not any(step.kind in ("outside", "skipped") for step in self.steps)

    @property
    def misleads(self) -> bool:
        """Whether what differs changes what was said: a negation, a number, a question mark."""
        return self.verdict is Verdict.DIFFERS and any(flag.misleads for flag in self.changes)

    @property
    def unsaid(self) -> bool:
        """Whether its words are recorded, and words that were cut off around them surely take them back: a "not", an "if"."""
        of_the_record = not any(step.kind in ALTERED or step.kind == "form" for step in self.steps)
        return self.misleads and not self.joined and of_the_record and self.changes.keys() <= _CUT_OFF

    @property
    def typos(self) -> tuple[WordChange, ...]:
        """Words spelt otherwise."""
        pairs = ((step.recorded, step.quoted) for step in self.steps if step.kind == "typo")
        return tuple((recorded.text, quoted.text) for recorded, quoted in pairs if recorded and quoted)


def check_quotation(
    quoted: str,
    records: Sequence[FactRecord],
    *,
    vocabulary: Vocabulary,
    stated: Provenance,
    cast: Callable[[FactRecord], Cast],
    cased: bool,
) -> Finding:
    """Hold a quotation against the recorded quotes, and return the verdict with the quote that fits best.

    ``stated`` is what is said of its speaker and its source. ``cast`` returns whom the pronouns of a quote may stand for.
    ``cased``: whoever wrote the quotation uses capitals, so that "us" is not "US".
    """
    words = words_of(quoted)
    if all(word.gap for word in words):
        return Finding(quoted, Verdict.UNKNOWN, provenance=stated)

    def compared(record: FactRecord) -> Finding:
        if language_of_record(record) != ENGLISH:
            return _compare_letters(quoted, record, meant=stated.points_to(record))
        recorded = [word for word in words_of(record.fact.text) if not word.gap]
        steps = align(with_compounds(words, recorded), with_compounds(recorded, words), vocabulary, cased=cased)
        brackets = meanings(steps, cast(record)) if any(word.added for word in words) else ()
        return _compare(quoted, steps, record, brackets, vocabulary, meant=stated.points_to(record))

    likely = [*_most_alike(quoted, [record for record in records if stated.points_to(record)]), *_most_alike(quoted, records)]
    findings = [compared(record) for record in {record.number: record for record in likely}.values()]
    real = [replace(finding, provenance=stated) for finding in findings if finding.verdict is not Verdict.UNKNOWN]
    if not real:
        nearest = max(findings, key=lambda finding: finding.likeness, default=None)
        near = nearest is not None and nearest.likeness >= _NEAR and content_in_common(nearest.steps) > 0
        return Finding(
            quoted,
            Verdict.UNKNOWN,
            provenance=stated,
            likeness=nearest.likeness if nearest else 0.0,
            nearest=nearest.record if nearest and near else None,
        )
    best = max(real, key=_rank)
    by, placed = _fits(best)
    wrong = {flag: () for flag, right in ((Flag.SPEAKER, by), (Flag.PLACE, placed)) if not right}
    verdict = best.verdict
    if verdict in (*VERBATIM, Verdict.CUT_OUT) and wrong:
        verdict = Verdict.OTHER_PLACE if by else Verdict.OTHER_SPEAKER
    return replace(best, verdict=verdict, changes={**best.changes, **wrong})


def as_claim(finding: Finding) -> Finding:
    """Return a finding on a recorded claim, which is no quotation, however exact its words are."""
    verbatim = finding.verdict in (*VERBATIM, Verdict.CUT_OUT)
    verdict = Verdict.CLAIM if verbatim else finding.verdict
    return replace(finding, verdict=verdict, changes={**finding.changes, Flag.CLAIM: ()})


def _rank(finding: Finding) -> tuple[bool, bool, bool, float]:
    return finding.verdict in VERBATIM, *_fits(finding), finding.likeness


def _fits(finding: Finding) -> tuple[bool, bool]:
    """Return whether the recorded quote is by the speaker that is stated, and whether it is from where that is stated to be."""
    record = finding.record
    assert record is not None
    return finding.provenance.fits_speaker(record), finding.provenance.fits_place(record)


def _most_alike(quoted: str, records: Sequence[FactRecord]) -> list[FactRecord]:
    """Return the recorded quotes whose letters are most like the quotation's, of each language as many."""
    by_language: dict[str, list[FactRecord]] = {}
    for record in records:
        by_language.setdefault(language_of_record(record), []).append(record)
    alike: list[FactRecord] = []
    for language, of_language in by_language.items():
        query = _letters(quoted, language)
        texts = [_letters(record.fact.text, language) for record in of_language]
        matches = process.extract(query, texts, scorer=_likeness, score_cutoff=_ROUGH, limit=_COMPARED)
        alike += [of_language[index] for _, _, index in matches]
    return alike


def _letters(text: str, language: str) -> str:
    """Return the words of a text as they are compared in a language, with blanks between them."""
    words = words_of(text) if language == ENGLISH else other_words_of(text, language)
    return " ".join(word.key for word in words if not word.gap)


def _likeness(one: str, other: str, *, score_cutoff: float | None = None, processor: object = None) -> float:
    """Return the better of two likenesses: as a piece in place, and as the same words in pieces.

    Raises CutShortError where that takes too long.
    """
    check_cancelled()
    return max(fuzz.partial_ratio(one, other), fuzz.token_set_ratio(one, other) * _IN_PIECES)


def _compare(
    quoted: str,
    steps: tuple[Step, ...],
    record: FactRecord,
    brackets: tuple[Bracket, ...],
    vocabulary: Vocabulary,
    *,
    meant: bool,
) -> Finding:
    """Return what one recorded quote makes of a quotation.

    ``meant``: it is said to be by its speaker or from its source, so that one word with content is enough to be a piece.
    """
    changes = flags_of(steps, record.fact.text, quoted, brackets)
    turned = contraries(steps, vocabulary.opposed)
    subjects = (
        () if turned else traded_subjects(steps, vocabulary) if Flag.ORDER in changes else other_subjects(steps, vocabulary)
    )
    named = (*turned, *denial_changes(steps), *without_articles(subjects))
    replaced = () if Flag.ORDER in changes else (*replacements(steps, named), *hedges_replaced(steps))
    more = {Flag.OPPOSITE: turned, Flag.SUBJECT: subjects, Flag.REPLACED: replaced}
    changes |= {flag: changed for flag, changed in more.items() if changed}
    changes = _with_surroundings(changes, surroundings_of(steps, record.fact.text, vocabulary))
    finding = Finding(quoted, Verdict.UNKNOWN, record, steps, changes, likeness=share_in_common(steps), brackets=brackets)
    if any(step.kind in ALTERED for step in steps):
        return replace(finding, verdict=Verdict.DIFFERS) if is_recognised(steps, turned) else finding
    if not is_piece(steps, meant=meant):
        return finding
    kinds = [step.kind for step in steps]
    # Words that are drawn together or written out are another wording, and so is what has more in brackets than not.
    if "form" in kinds or kinds.count("bracket") > kinds.count("same") + kinds.count("typo") or set(changes) - {Flag.DEPENDENT}:
        return replace(finding, verdict=Verdict.DIFFERS)
    if changes:
        return replace(finding, verdict=Verdict.CUT_OUT)
    return replace(finding, verdict=Verdict.INSERTED if brackets else Verdict.EXACT)


def _with_surroundings(changes: dict[Flag, tuple[WordChange, ...]], around: Surroundings) -> dict[Flag, tuple[WordChange, ...]]:
    """Return the flags of a quotation with that of what was cut off around it, beside which a "not" of another clause is none."""
    others = dict(changes)
    if around.own_clause and Flag.FRAME not in changes:
        others.pop(Flag.CUT_NEGATION, None)
    negated = " ".join(words for words, _ in others.get(Flag.CUT_NEGATION, ()))
    if others.get(Flag.FRAME) and all(words in negated for words, _ in others[Flag.FRAME]):
        del others[Flag.FRAME]  # said with its "not" already: of "I do not believe that" it would say "believe that"
    if Flag.FRAME in others:  # of "It is too early to say that" the last words alone say little
        others[Flag.FRAME] = tuple(
            (around.before if around.before.endswith(words) else words, left) for words, left in others[Flag.FRAME]
        )
    framed = Flag.FRAME in others or Flag.CUT_NEGATION in others
    stood = "" if framed else around.before, around.behind
    return {**others, Flag.DEPENDENT: (stood,)} if any(stood) else others


def _compare_letters(quoted: str, record: FactRecord, *, meant: bool) -> Finding:
    """Return what a recorded quote in another language than English makes of a quotation, by letters, marks and figures alone."""
    steps = align_words(quoted, record)
    likeness, shown = share_in_common(steps), joined_steps(steps)
    finding = Finding(quoted, Verdict.UNKNOWN, record, shown, likeness=likeness)
    altered = any(step.kind in ALTERED for step in steps)
    known = is_recognised(steps, ()) if altered else is_piece(steps, meant=meant)
    if not known or not is_long_enough(steps):
        return finding
    changes = other_flags_of(steps, record, quoted)
    exact = is_verbatim(steps) and not changes
    return replace(finding, verdict=Verdict.EXACT if exact else Verdict.DIFFERS, changes=changes)


def with_splice(finding: Finding, check: Callable[[str], Finding]) -> Finding:
    """Return that a quotation joins two recorded quotes, where they explain it better than one; else the finding as it is.

    ``check`` holds a part of the quotation against the recorded quotes.
    """
    if not any(step.kind in ("added", "changed") for step in finding.steps) and finding.record is not None:
        return finding
    record = finding.record or finding.nearest
    if record is not None and language_of_record(record) != ENGLISH:
        return finding
    words = words_of(finding.quoted)
    if len(words) > _MAX_CUT:
        return finding
    # Where there is no mark, the longest run of words that the nearest recorded quote has begins and ends at a seam.
    seams: Sequence[int] = ()
    if record:
        keys = [word.key for word in words], [word.key for word in words_of(record.fact.text)]
        run = SequenceMatcher(None, *keys, autojunk=False).find_longest_match()
        seams = (run.a, run.a + run.size)
    pairs = []
    for pair in ((check(head), check(tail)) for head, tail in _parts(composed(finding.quoted), words, seams)):
        known = all(part.record and part.verdict is not Verdict.UNKNOWN and part.likeness >= _LIKE for part in pair)
        if known and pair[0].record != pair[1].record:
            pairs.append(pair)
    best = max(pairs, key=_mean_likeness, default=None)
    if best is None or (finding.record is not None and _mean_likeness(best) < finding.likeness + _BETTER):
        return finding
    head, tail = best
    changes = {Flag.JOINED: (), **head.changes, **tail.changes}
    return replace(
        finding, verdict=Verdict.DIFFERS, record=head.record, steps=(), changes=changes, brackets=(), nearest=None, joined=best
    )


def _parts(text: str, words: Sequence[Word], seams: Collection[int]) -> Iterator[tuple[str, str]]:
    """Yield the ways to cut a quotation in two, with neither a mark of omission nor an "and" between the parts."""
    for end in _cuts(words, seams)[:_MAX_WAYS]:
        start = end
        while start < len(words) and (words[start].gap or words[start].key in _JOINTS):
            start += 1
        long_enough = all(sum(not word.gap for word in part) >= _MIN_PART for part in (words[:end], words[start:]))
        if long_enough and not words[end - 1].gap:
            yield text[: words[end].start], text[words[start].start :]


def _cuts(words: Sequence[Word], seams: Collection[int]) -> list[int]:
    """Return the words before which a quotation may be cut in two, those behind a sentence or an omission first."""
    cuts = []
    for index in range(_MIN_PART, len(words) - _MIN_PART + 1):
        before, word = words[index - 1], words[index]
        joins = word.gap or word.key in _JOINTS or (word.clause, word.sentence) != (before.clause, before.sentence)
        if joins or index in seams:
            cuts.append(index)
    return sorted(cuts, key=lambda index: words[index].sentence == words[index - 1].sentence and not words[index].gap)


def _mean_likeness(pair: tuple[Finding, Finding]) -> float:
    lengths = [len(part.quoted) for part in pair]
    shares = (part.likeness * length for part, length in zip(pair, lengths, strict=True))
    return sum(shares) / sum(lengths)
