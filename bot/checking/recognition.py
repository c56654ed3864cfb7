"""Whether a quotation is that of the recorded quote that it is laid against: how much the two have in common."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from bot.checking.alignment import ALTERED, Step, WordChange
from bot.checking.altered_words import reordered
from bot.checking.hedges import hedges_cut
from bot.english.compared_words import Word

_COMMON = ("same", "typo", "form")  # steps at which both have a word
_LIGHT = 0.4  # what a function word weighs beside a content word
_INFLECTED = 0.7  # what a word in another form counts as common
_MAX_CUT = 1.5  # what a run of words that is cut weighs at most

_ALIKE = 0.6  # share of the words, weighed, that an altered quotation and the piece of the record must have in common
_MUCH_ALIKE = 0.75  # the share from which one content word in common is enough
_SAME_WORDS = 0.8  # share of a quotation's content words that a record has in another order
_MOSTLY = 0.6  # share of the words of a clause that a quotation of all of it has in common
_MIN_CONTENT = 2  # content words in common
_MIN_ROW = 3  # words in a row, one with content, that are a piece
_MIN_PIECE = 4  # words of a piece that has fewer content words
_LINKS = frozenset("and but or so".split())


def is_piece(steps: Sequence[Step], *, meant: bool) -> bool:
    """Return whether words that were not altered are a piece of the record, rather than a few that any text has.

    ``meant``: they are said to be of its speaker or its source, so that one word with content is enough.
    """
    words, content = len(words_in_common(steps)), content_in_common(steps)
    whole = not any(step.kind == "outside" for step in steps)
    # A few words in a row that are recorded word for word are a piece, though one of them alone has content.
    long_enough = words >= _MIN_ROW or _quoted_words(steps) >= _MIN_PIECE or _is_sentence(steps)
    known = whole or (content > 0 and long_enough) or _is_clause(steps) or content >= _MIN_CONTENT - meant
    return known and words > 0


def is_recognised(steps: Sequence[Step], turned: Collection[WordChange]) -> bool:
    """Return whether an altered quotation is still that of the record: much in common, or in a short one nearly all.

    ``turned`` are its words that became their contrary.
    """
    # Nearly all words with content are the record's, though in another order.
    words = {step.quoted.key for step in steps if step.quoted and _weight(step.quoted) == 1.0}
    same = words & {step.recorded.key for step in steps if step.recorded}
    if len(words) >= _MIN_PIECE - reordered(steps) and len(same) >= _SAME_WORDS * len(words):
        return True
    if _has_one_change(steps, turned):
        return True
    # The record's clauses are quoted from end to end, with most of their words in a place of their own.
    common = len(words_in_common(steps))
    longest = max(_quoted_words(steps), sum(1 for step in steps if step.recorded and step.kind != "outside"))
    if _is_clause(steps) and content_in_common(steps) and common >= _MIN_ROW and common >= _MOSTLY * longest:
        return True
    forms = any(step.inflected and step.recorded and _weight(step.recorded) == 1.0 for step in steps)
    share, content = share_in_common(steps), content_in_common(steps)
    if share < _ALIKE or not (content or forms):
        return False
    whole = not any(step.kind == "outside" for step in steps)
    long_enough = common >= _MIN_PIECE and share >= _MUCH_ALIKE
    return whole or long_enough or content >= _MIN_CONTENT


def share_in_common(steps: Sequence[Step]) -> float:
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
            weight = min(weight, _MAX_CUT - run)
            run += weight
        else:
            run = 0.0
        total += weight
        common += weight * (1.0 if step.kind in _COMMON else _INFLECTED if step.inflected else 0.0)
    return common / total if total else 0.0


def words_in_common(steps: Iterable[Step]) -> list[Word]:
    """Return the recorded words that the quotation has, too."""
    return [step.recorded for step in steps if step.kind in _COMMON and step.recorded]


def content_in_common(steps: Iterable[Step]) -> int:
    """Return how many of the words that both have are words with content."""
    return sum(1 for word in words_in_common(steps) if _weight(word) == 1.0)


def _has_one_change(steps: Sequence[Step], turned: Collection[WordChange]) -> bool:
    """Return whether all that differs in a short piece is one number, or one "not" that it lost or gained.

    So it is where one word of a whole sentence became its contrary, of those in ``turned``.
    """
    altered = [step for step in steps if step.kind in ALTERED]
    if len(altered) != 1 or len(words_in_common(steps)) < _MIN_ROW:
        return False
    if not content_in_common(steps):
        return len(turned) == 1 and _is_sentence(steps)
    words = altered[0].words
    return all(word.counts for word in words) if len(words) == 2 else words[0].negates


def _is_sentence(steps: Sequence[Step]) -> bool:
    """Return whether whole sentences of the record are quoted."""
    quoted = {step.recorded.sentence for step in steps if step.recorded and step.kind != "outside"}
    return not any(step.kind == "outside" and step.recorded and step.recorded.sentence in quoted for step in steps)


def _is_clause(steps: Sequence[Step]) -> bool:
    """Return whether whole clauses of the record are quoted, of some length, though of small words alone."""
    inside = [step.recorded for step in steps if step.recorded and step.kind != "outside"]
    quoted = {word.clause for word in inside}
    outside = (step.recorded for step in steps if step.recorded and step.kind == "outside")
    return len(inside) >= _MIN_PIECE and not any(word.clause in quoted and word.key not in _LINKS for word in outside)


def _quoted_words(steps: Sequence[Step]) -> int:
    return sum(1 for step in steps if step.quoted)


def _weight(word: Word) -> float:
    return _LIGHT if word.small else 1.0
