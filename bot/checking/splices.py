"""Two recorded quotes that a quotation runs together as if they were one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from bot.checking.flags import Flag, in_order
from bot.checking.verdict import Finding, Verdict
from bot.english.compared_words import Word, composed, words_of

_LEAST = 3  # words of a part
_MOST = 80  # words of a quotation that is looked at
_MOST_WAYS = 12  # places at which it is cut, ends of sentences first
_LIKE = 0.7  # likeness from which a part is that of its record
_BETTER = 0.1  # how much better two records must explain a quotation than one
_JOINTS = frozenset("and but because so that then while".split())


def with_splice(finding: Finding, check: Callable[[str], Finding]) -> Finding:
    """Return that a quotation joins two recorded quotes, where they explain it better than one; else the finding as it is.

    ``check`` holds a part of the quotation against the recorded quotes.
    """
    if not any(step.kind in ("added", "changed") for step in finding.steps) and finding.record is not None:
        return finding
    words = words_of(finding.quoted)
    parts = _parts(composed(finding.quoted), words, _seams(words, finding)) if len(words) <= _MOST else ()
    pairs = [(check(head), check(tail)) for head, tail in parts]
    found = [pair for pair in pairs if _are_two_quotes(*pair)]
    best = max(found, key=_mean_likeness, default=None)
    if best is None or (finding.record is not None and _mean_likeness(best) < finding.likeness + _BETTER):
        return finding
    flags = in_order({Flag.JOINED, *best[0].flags, *best[1].flags})
    return replace(
        finding, verdict=Verdict.DIFFERS, record=best[0].record, steps=(), flags=flags, nearest=None, frame="", joined=best
    )


def _seams(words: Sequence[Word], finding: Finding) -> frozenset[int]:
    """Return where the longest run of words that the nearest recorded quote has begins and ends, for want of a mark."""
    record = finding.record or finding.nearest
    if record is None:
        return frozenset()
    recorded = [word.key for word in words_of(record.fact.text)]
    run = SequenceMatcher(None, [word.key for word in words], recorded, autojunk=False).find_longest_match()
    return frozenset((run.a, run.a + run.size))


def _parts(text: str, words: Sequence[Word], seams: Collection[int]) -> Iterator[tuple[str, str]]:
    """Yield the ways to cut a quotation in two, with neither a mark of omission nor an "and" between the parts."""
    places = [place for place in range(_LEAST, len(words) - _LEAST + 1) if place in seams or _may_join(words, place)]
    places.sort(key=lambda place: words[place].sentence == words[place - 1].sentence and not words[place].gap)
    for place in places[:_MOST_WAYS]:
        begins = place
        while begins < len(words) and (words[begins].gap or words[begins].key in _JOINTS):
            begins += 1
        long_enough = _length(words[:place]) >= _LEAST and _length(words[begins:]) >= _LEAST
        if long_enough and not words[place - 1].gap:
            yield text[: words[place].start], text[words[begins].start :]


def _length(words: Sequence[Word]) -> int:
    return sum(1 for word in words if not word.gap)


def _may_join(words: Sequence[Word], place: int) -> bool:
    before, word = words[place - 1], words[place]
    return word.gap or word.key in _JOINTS or word.clause != before.clause or word.sentence != before.sentence


def _are_two_quotes(head: Finding, tail: Finding) -> bool:
    known = all(part.record and part.verdict is not Verdict.UNKNOWN and part.likeness >= _LIKE for part in (head, tail))
    return known and head.record != tail.record


def _mean_likeness(pair: tuple[Finding, Finding]) -> float:
    lengths = [len(part.quoted) for part in pair]
    shares = (part.likeness * length for part, length in zip(pair, lengths, strict=True))
    return sum(shares) / sum(lengths)
