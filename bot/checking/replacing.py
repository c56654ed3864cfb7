"""Words with content that a quotation has put in the place of others, or has lost, which must be named."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from bot.answers.question.words import STOP_WORDS
from bot.checking.alignment import ALTERED, Step
from bot.checking.senses import turned
from bot.checking.units import unit_of
from bot.english.words import Word, opposites

_LONGEST = 3  # words of a run that is a replaced word or name rather than another wording


def replacements(steps: Sequence[Step], told: Collection[tuple[str, str]] = ()) -> tuple[tuple[str, str], ...]:
    """Return words that were replaced by others, names first: as recorded and as quoted.

    What is told elsewhere is not among them: numbers, hedges, words of the sense, and ``told``, the pairs that are contraries.
    """
    found = []
    for run in _runs(steps, told):
        recorded, quoted = _sides(run)
        both = recorded and quoted and not _has_lost(recorded, quoted)
        if both and any(map(has_content, (*recorded, *quoted))) and max(len(recorded), len(quoted)) <= _LONGEST:
            found.append((_text(recorded), _text(quoted)))
    return tuple(sorted(found, key=lambda pair: not any(map(str.isupper, "".join(pair)))))


def losses(steps: Sequence[Step]) -> tuple[str, ...]:
    """Return the runs of words that were left out without a mark, but for those that are told by themselves."""
    found = []
    for run in _runs(steps):
        recorded, quoted = _sides(run)
        if _has_lost(recorded, quoted):
            found.append(_text([word for word in recorded if has_content(word)]))
        else:
            found += [_text(words) for words in _cut(run) if not all(map(_is_told, words))]
    return tuple(found)


def has_content(word: Word) -> bool:
    """Tell whether a word has a meaning of its own."""
    return word.key not in STOP_WORDS


def _runs(steps: Sequence[Step], told: Collection[tuple[str, str]] = ()) -> Iterator[list[Step]]:
    """Yield what is altered in a row, without changes that are told by themselves."""
    run: list[Step] = []
    for step in steps:
        if step.kind in ALTERED and not (step.kind == "changed" and _is_told_change(step, told)):
            run.append(step)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_told_change(step: Step, told: Collection[tuple[str, str]]) -> bool:
    if step.recorded is None or step.quoted is None:
        return False
    recorded, quoted = step.recorded, step.quoted
    units = unit_of(recorded.key), unit_of(quoted.key)
    return (
        step.inflected
        or any(map(_is_told, step.words))
        or turned(recorded, quoted)
        or opposites(recorded, quoted)
        or None not in units
        or (recorded.text, quoted.text) in told
    )


def _is_told(word: Word) -> bool:
    return word.negates or word.counts or word.hedges


def _sides(run: Sequence[Step]) -> tuple[list[Word], list[Word]]:
    return [step.recorded for step in run if step.recorded], [step.quoted for step in run if step.quoted]


def _has_lost(recorded: Sequence[Word], quoted: Sequence[Word]) -> bool:
    """Tell whether a word with content was left out, of several in whose place a small word stands: a sound, an."""
    return 0 < len(quoted) < len(recorded) and any(map(has_content, recorded)) and not any(map(has_content, quoted))


def _cut(run: Sequence[Step]) -> Iterator[list[Word]]:
    words: list[Word] = []
    for step in run:
        if step.kind == "cut" and step.recorded:
            words.append(step.recorded)
        elif words:
            yield words
            words = []
    if words:
        yield words


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)
