"""The verdict on a quotation: exact, exact but for brackets, worded otherwise, another's, from elsewhere, or not in the facts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from rapidfuzz import fuzz, process

from bot.checking.alignment import ALTERED, Step, align
from bot.checking.brackets import Cast
from bot.checking.changes import contraries, other_subjects, reordered, replacements, traded_subjects, without_articles
from bot.checking.flags import Flag, cut_frame, flags_of, in_order
from bot.checking.hedges import hedges_cut, hedges_replaced
from bot.checking.lexis import Lexis
from bot.english.search_words import STOP_WORDS
from bot.english.words import Word, with_compounds, words_of
from bot.facts.models import FactRecord

_COMPARED = 5  # recorded quotes that are laid against a quotation word by word
_ROUGH = 45.0  # likeness of letters, of 100, from which a recorded quote is worth that
ALIKE = 0.6
"""Share of the words, weighed, that a quotation and the piece of the record that it is laid against must have in common."""
NEAR = 0.3
"""The same share from which a recorded quote that it is not is worth naming."""
_LIGHT = 0.4  # what a function word weighs beside a content word
_INFLECTED = 0.7  # what a word in another form counts as common
_LEAST_COMMON = 2  # content words in common
_LEAST_ROW = 3  # words in a row, one with content, that are a piece
_LEAST_PIECE = 4  # words of a piece that has fewer content words
_MUCH_ALIKE = 0.75  # the share from which one content word in common is enough
_SAME_WORDS = 0.8  # share of a quotation's content words that a record has in another order
_MOSTLY = 0.6  # share of the words of a clause that a quotation of all of it has in common
_LINKS = frozenset(["and", "but", "or", "so"])
_COMMON = ("same", "typo", "form")  # steps at which both have a word
_LONGEST_CUT = 1.5  # what a run of words that is cut weighs at most


class Verdict(Enum):
    """What a quotation is, held against the facts."""

    EXACT = "exact"
    INSERTED = "exact but for brackets"
    DIFFERS = "wording differs"
    OTHER_SPEAKER = "said by someone else"
    OTHER_PLACE = "from another source or date"
    UNKNOWN = "not in the facts"


VERBATIM = (Verdict.EXACT, Verdict.INSERTED)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Whose a quotation is said to be, and from where.

    ``name`` is the speaker as named, "" where nobody is; ``is_by`` returns whether a recorded quote is that speaker's. ``place``
    are the source and the date in words; ``is_from`` returns whether a recorded quote agrees with them. ``of_date``: the place is
    a date. ``of_source``: the source was given as an option, not read from the sentence.
    """

    name: str = ""
    is_by: Callable[[FactRecord], bool] | None = None
    place: str = ""
    is_from: Callable[[FactRecord], bool] | None = None
    of_date: bool = False
    of_source: bool = False

    def fits_speaker(self, record: FactRecord) -> bool:
        """Return whether a recorded quote is by the named speaker; by anybody where none is named."""
        return self.is_by is None or self.is_by(record)

    def fits_place(self, record: FactRecord) -> bool:
        """Return whether a recorded quote agrees with the named source and date."""
        return self.is_from is None or self.is_from(record)

    def points_to(self, record: FactRecord) -> bool:
        """Return whether a speaker or a source is named, and a recorded quote is theirs."""
        return bool(self.is_by or self.of_source) and self.fits_speaker(record) and self.fits_place(record)


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one quotation, with the recorded quote and how the two differ.

    ``record`` is None where it is not in the facts; ``nearest`` is then a recorded quote that has something of it.
    ``frame`` is what was left out around it that it depends on, ``contraries`` the words that became their contrary,
    ``subjects`` those of whom or what something else is said, ``cast`` whom the quote's pronouns may stand for.
    ``joined`` are the parts of one that runs two recorded quotes together, each with its own record; it then has the first's.
    ``comparable``: there are recorded quotes at all.
    """

    quoted: str
    verdict: Verdict
    record: FactRecord | None = None
    steps: tuple[Step, ...] = ()
    flags: tuple[Flag, ...] = ()
    provenance: Provenance = field(default=Provenance(), compare=False)
    likeness: float = 0.0
    nearest: FactRecord | None = None
    frame: str = ""
    contraries: tuple[tuple[str, str], ...] = ()
    cast: Cast = field(default=Cast(), compare=False)
    subjects: tuple[tuple[str, str], ...] = ()
    joined: tuple[Finding, ...] = ()
    comparable: bool = True

    @property
    def whole(self) -> bool:
        """Whether it is the whole of the recorded quote."""
        return not self.joined and not any(step.kind in ("outside", "skipped") for step in self.steps)

    @property
    def matched(self) -> int:
        """The number of recorded words that it has."""
        return sum(1 for step in self.steps if step.recorded and step.kind in _COMMON)

    @property
    def typos(self) -> tuple[tuple[str, str], ...]:
        """Words spelt otherwise: as typed, and as recorded."""
        pairs = ((step.quoted, step.recorded) for step in self.steps if step.kind == "typo")
        return tuple((quoted.text, recorded.text) for quoted, recorded in pairs if quoted and recorded)

    def changes(self, kind: Callable[[Word], bool]) -> tuple[tuple[str, str], ...]:
        """Return the altered words of a kind: as recorded and as quoted, "" for none."""
        altered = (step for step in self.steps if step.kind in ALTERED and any(map(kind, step.words)))
        return tuple((step.recorded.text if step.recorded else "", step.quoted.text if step.quoted else "") for step in altered)


def check_quotation(
    quoted: str,
    records: Sequence[FactRecord],
    *,
    lexis: Lexis,
    provenance: Provenance | None = None,
    cast: Callable[[FactRecord], Cast] = lambda _: Cast(),
    cased: bool = True,
) -> Finding:
    """Hold a quotation against the recorded quotes.

    ``cast`` returns whom the pronouns of a quote may stand for; ``cased``: whoever wrote the quotation uses capitals, so that
    "us" is not "US".
    """
    stated = provenance or Provenance()
    words = words_of(quoted)
    asked = [word for word in words if not word.gap]
    if not asked:
        return Finding(quoted, Verdict.UNKNOWN, provenance=stated)

    def compared(record: FactRecord) -> Finding:
        meant = stated.points_to(record)
        recorded = [word for word in words_of(record.fact.text) if not word.gap]
        steps = align(with_compounds(words, recorded), with_compounds(recorded, words), lexis, cased=cased)
        known = cast(record) if any(word.added for word in words) else Cast()
        return _compare(quoted, steps, record, known, lexis, meant=meant)

    likely = [*_most_alike(asked, [record for record in records if stated.points_to(record)]), *_most_alike(asked, records)]
    found = [compared(record) for record in {record.number: record for record in likely}.values()]
    real = [replace(each, provenance=stated) for each in found if each.verdict is not Verdict.UNKNOWN]
    if not real:
        nearest = max(found, key=lambda each: each.likeness, default=None)
        near = nearest is not None and nearest.likeness >= NEAR and _in_common(nearest.steps) > 0
        return Finding(
            quoted,
            Verdict.UNKNOWN,
            provenance=stated,
            likeness=nearest.likeness if nearest else 0.0,
            nearest=nearest.record if nearest and near else None,
        )
    return _with_provenance_flags(max(real, key=_rank))


def _rank(finding: Finding) -> tuple[bool, bool, bool, float]:
    record = finding.record
    assert record is not None
    by, placed = finding.provenance.fits_speaker(record), finding.provenance.fits_place(record)
    return finding.verdict in VERBATIM, by, placed, finding.likeness


def _with_provenance_flags(best: Finding) -> Finding:
    """Return the best finding with what is wrong about its speaker and its place."""
    _, by, placed, _ = _rank(best)
    more = tuple(flag for flag, right in ((Flag.SPEAKER, by), (Flag.PLACE, placed)) if not right)
    flags = in_order({*best.flags, *more})
    verdict = best.verdict
    if verdict in VERBATIM and more:
        verdict = Verdict.OTHER_PLACE if by else Verdict.OTHER_SPEAKER
    return replace(best, verdict=verdict, flags=flags)


def _most_alike(asked: Sequence[Word], records: Sequence[FactRecord]) -> list[FactRecord]:
    """Return the recorded quotes whose letters are most like the quotation's."""
    query = " ".join(word.key for word in asked)
    texts = [" ".join(word.key for word in words_of(record.fact.text)) for record in records]
    found = process.extract(query, texts, scorer=_likeness, score_cutoff=_ROUGH, limit=_COMPARED)
    return [records[place] for _, _, place in found]


def _likeness(one: str, other: str, *, score_cutoff: float | None = None, processor: object = None) -> float:
    """Return the better of two likenesses: as a piece in place, and as the same words in pieces."""
    return max(fuzz.partial_ratio(one, other), fuzz.token_set_ratio(one, other) * 0.9)


def _compare(
    quoted: str,
    steps: tuple[Step, ...],
    record: FactRecord,
    cast: Cast,
    lexis: Lexis,
    *,
    meant: bool,
) -> Finding:
    """Return what one recorded quote makes of a quotation.

    ``cast`` is whom its pronouns may stand for. ``meant``: it is said to be by its speaker or from its source, so that one word
    with content is enough to be a piece.
    """
    frame = cut_frame(steps, record.fact.text)
    found = flags_of(steps, record.fact.text, quoted, cast)
    turned = contraries(steps, lexis.opposed)
    subjects = () if turned else (traded_subjects if Flag.ORDER in found else other_subjects)(steps, lexis)
    other = Flag.ORDER not in found and (replacements(steps, (*turned, *without_articles(subjects))) or hedges_replaced(steps))
    more = {Flag.FRAME: frame, Flag.OPPOSITE: turned, Flag.SUBJECT: subjects, Flag.REPLACED: other}
    flags = in_order({*found, *(flag for flag, has in more.items() if has)})
    finding = Finding(
        quoted,
        Verdict.UNKNOWN,
        record,
        steps,
        flags,
        likeness=_share(steps),
        frame=frame,
        contraries=turned,
        cast=cast,
        subjects=subjects,
    )
    if not any(step.kind in ALTERED for step in steps):
        whole = not any(step.kind == "outside" for step in steps)
        some = _in_common(steps) > 0 and (_quoted_words(steps) >= _LEAST_PIECE or _is_sentence(steps))
        # A few words in a row that are recorded word for word are a piece, though one of them alone has content.
        row = _in_common(steps) > 0 and _in_common(steps, light=True) >= _LEAST_ROW
        known = whole or some or row or _is_clause(steps) or _in_common(steps) >= _LEAST_COMMON - meant
        inserted = any(step.kind == "bracket" for step in steps)
        verbatim = Verdict.INSERTED if inserted else Verdict.EXACT
        verdict = Verdict.DIFFERS if flags or _is_reworded(steps) else verbatim
        return replace(finding, verdict=verdict) if known and _in_common(steps, light=True) else finding
    return replace(finding, verdict=Verdict.DIFFERS) if _is_known(finding) else finding


def _quoted_words(steps: Sequence[Step]) -> int:
    return sum(1 for step in steps if step.quoted)


def _is_sentence(steps: Sequence[Step]) -> bool:
    """Return whether whole sentences of the record are quoted."""
    quoted = {step.recorded.sentence for step in steps if step.recorded and step.kind != "outside"}
    return not any(step.kind == "outside" and step.recorded and step.recorded.sentence in quoted for step in steps)


def _is_clause(steps: Sequence[Step]) -> bool:
    """Return whether whole clauses of the record are quoted, of some length, though of small words alone."""
    inside = [step.recorded for step in steps if step.recorded and step.kind != "outside"]
    quoted = {word.clause for word in inside}
    outside = (step.recorded for step in steps if step.recorded and step.kind == "outside")
    return len(inside) >= _LEAST_PIECE and not any(word.clause in quoted and word.key not in _LINKS for word in outside)


def _is_known(finding: Finding) -> bool:
    """Return whether an altered quotation is still that of the record: much in common, or in a short one nearly all."""
    steps = finding.steps
    if _has_same_words(steps) or _has_one_change(steps, finding.contraries) or _is_short_clause(steps):
        return True
    forms = any(step.inflected and step.recorded and _weight(step.recorded) == 1.0 for step in steps)
    if finding.likeness < ALIKE or not (_in_common(steps) or forms):
        return False
    whole = not any(step.kind == "outside" for step in steps)
    long_enough = _in_common(steps, light=True) >= _LEAST_PIECE and finding.likeness >= _MUCH_ALIKE
    return whole or long_enough or _in_common(steps) >= _LEAST_COMMON


def _is_short_clause(steps: Sequence[Step]) -> bool:
    """Return whether it is the record's clauses from end to end, with most of their words in a place of their own."""
    common = _in_common(steps, light=True)
    longest = max(_quoted_words(steps), sum(1 for step in steps if step.recorded and step.kind != "outside"))
    return _is_clause(steps) and _in_common(steps) > 0 and common >= _LEAST_ROW and common >= _MOSTLY * longest


def _has_one_change(steps: Sequence[Step], turned: Collection[tuple[str, str]]) -> bool:
    """Return whether all that differs in a short piece is one number, or one "not" that it lost or gained.

    So it is where one word of a whole sentence became its contrary, of those in ``turned``.
    """
    altered = [step for step in steps if step.kind in ALTERED]
    if len(altered) != 1 or _in_common(steps, light=True) < _LEAST_ROW:
        return False
    if not _in_common(steps):
        return len(turned) == 1 and _is_sentence(steps)
    words = altered[0].words
    return all(word.counts for word in words) if len(words) == 2 else words[0].negates


def _has_same_words(steps: Sequence[Step]) -> bool:
    """Return whether nearly all words with content are the record's, though in another order."""
    quoted = {step.quoted.key for step in steps if step.quoted and _weight(step.quoted) == 1.0}
    recorded = {step.recorded.key for step in steps if step.recorded}
    return len(quoted) >= _LEAST_PIECE - reordered(steps) and len(quoted & recorded) >= _SAME_WORDS * len(quoted)


def _is_reworded(steps: Sequence[Step]) -> bool:
    """Return whether words are drawn together or written out, or more of it is in brackets than not."""
    bracketed = sum(1 for step in steps if step.kind == "bracket")
    verbatim = sum(1 for step in steps if step.kind in ("same", "typo"))
    return any(step.kind == "form" for step in steps) or bracketed > verbatim


def _in_common(steps: Iterable[Step], *, light: bool = False) -> int:
    """Count the words in common that have content, or all of them."""
    common = (step.recorded for step in steps if step.kind in _COMMON and step.recorded)
    return sum(1 for word in common if light or _weight(word) == 1.0)


def _share(steps: Sequence[Step]) -> float:
    """Return the weight of what both have in common, of all that lies between the quotation's beginning and end.

    A hedge that was left out weighs nothing: who leaves it out quotes those words.
    """
    common = total = run = 0.0
    softer = {id(word) for word in hedges_cut(steps)}
    for step in steps:
        if step.kind in ("outside", "skipped", "bracket") or id(step.recorded) in softer:
            continue
        weight = max(map(_weight, step.words))
        if step.kind == "cut":
            weight = min(weight, _LONGEST_CUT - run)
            run += weight
        else:
            run = 0.0
        total += weight
        common += weight * (1.0 if step.kind in _COMMON else _INFLECTED if step.inflected else 0.0)
    return common / total if total else 0.0


def _weight(word: Word) -> float:
    return _LIGHT if word.key in STOP_WORDS and not word.negates else 1.0
