"""A quotation held against a recorded quote in another language than English, by its letters, marks and figures alone.

What it means that a word was lost or changed is not told, for that takes the words of the language. So a quotation is exact,
which is certain, or its words differ, and the words are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from rapidfuzz.distance import OSA

from bot.answers.question.language import ENGLISH, language_of
from bot.checking.alignment import ALTERED, Step, WordChange, align, altered_runs, joined_text
from bot.checking.altered_words import reordered
from bot.checking.flags import Flag
from bot.english.compared_words import Word, composed
from bot.facts.models import FactRecord
from bot.multilingual.compared_words import differ_in_vowels, is_unspaced, question_marks, words_of
from bot.multilingual.negations import denials_in

_MAX_REPLACED = 3  # words of a run that is a replaced word or name rather than another wording
_MIN_ADDED = 3  # words put in, in a row, that must not be overlooked
_MIN_CHARACTERS = 6  # of a script without blanks, from which something is a piece of a quote rather than what any text has


def language_of_record(record: FactRecord) -> str:
    """Return the language by which a recorded quote is compared: that of its story, unless it has no Latin letter."""
    if not record.story.is_english:
        return record.story.language
    letters = [sign for sign in record.fact.text if sign.isalpha()]
    return language_of(record.fact.text) if letters and not any(sign < "\u0250" for sign in letters) else ENGLISH


class LetterForms:
    """Of two words that differ, whether they do so in a letter or two; which of them was meant, nobody knows."""

    def is_same(self, typed: str, recorded: str, /) -> bool:
        """Return that no word is another."""
        return False

    def is_inflected(self, typed: str, recorded: str, /) -> bool:
        """Return whether two words are near in letters, figures apart."""
        return _near_in_letters(typed, recorded)


@lru_cache(maxsize=4096)
def _near_in_letters(one: str, other: str) -> bool:
    longest = max(len(one), len(other))
    if longest < 3 or any(sign.isdigit() for sign in one + other):
        return False
    return OSA.distance(one, other, score_cutoff=2) <= (1 if longest < 8 else 2)


def align_words(quoted: str, record: FactRecord) -> tuple[Step, ...]:
    """Return the cheapest alignment of a quotation with a recorded quote, by the rules of the record's language."""
    language = language_of_record(record)
    recorded = [word for word in words_of(record.fact.text, language) if not word.gap]
    steps = align(words_of(quoted, language), recorded, LetterForms(), cased=False)
    return tuple(_with_vowels(step) for step in steps)


def _with_vowels(step: Step) -> Step:
    """Return a step whose words have the same letters as a change, where both write vowels and not the same ones."""
    if step.kind == "same" and step.quoted and step.recorded and differ_in_vowels(step.quoted.text, step.recorded.text):
        return replace(step, kind="changed", inflected=True)
    return step


def is_long_enough(steps: Sequence[Step]) -> bool:
    """Return whether enough is quoted of a record to be known by it, where its script has no blanks between words."""
    signs = [step for step in steps if step.recorded and step.kind != "outside"]
    whole = not any(step.kind == "outside" for step in steps)
    return whole or len(signs) >= _MIN_CHARACTERS or not any(step.recorded and is_unspaced(step.recorded.text) for step in signs)


def flags_of(steps: Sequence[Step], record: FactRecord, quoted: str) -> dict[Flag, tuple[WordChange, ...]]:
    """Return what must not be overlooked that is seen without knowing the language, with the words that changed."""
    recorded = record.fact.text
    changes = {Flag.QUESTION: _turned_question(steps, recorded, quoted), Flag.REPLACED: tuple(_replacements(steps))}
    cut = [_text(run.recorded) for run in altered_runs(steps) if not run.quoted]
    changes[Flag.CUT] = tuple((words, "") for words in (*cut, *_cut_denials(steps, record)))
    figures = [step for step in steps if step.kind == "changed" and all(word.counts for word in step.words)]
    spaced = not any(is_unspaced(word.text) for step in steps for word in step.words)
    of_steps = {
        Flag.NUMBER: bool(figures),
        Flag.ORDER: spaced and reordered(steps),
        Flag.ADDED: any(len(run.quoted) >= _MIN_ADDED and not run.recorded for run in altered_runs(steps)),
    }
    return {flag: () for flag, has in of_steps.items() if has} | {flag: words for flag, words in changes.items() if words}


def _replacements(steps: Sequence[Step]) -> Iterator[WordChange]:
    """Yield words that were replaced by others, but for figures."""
    for run in altered_runs(steps, lambda step: len(step.words) == 2 and all(word.counts for word in step.words)):
        spaced = not any(is_unspaced(word.text) for word in (*run.recorded, *run.quoted))
        if run.recorded and run.quoted and (not spaced or max(len(run.recorded), len(run.quoted)) <= _MAX_REPLACED):
            yield _text(run.recorded), _text(run.quoted)


def _cut_denials(steps: Sequence[Step], record: FactRecord) -> tuple[str, ...]:
    """Return the words that deny and were left out of clauses that are quoted in part."""
    words = [step.recorded for step in steps if step.recorded]
    quoted = [step.recorded for step in steps if step.recorded and step.kind not in ("outside", "skipped")]
    if not quoted:
        return ()
    first, last = quoted[0], quoted[-1]
    inside = [word for word in words if word.clause in (first.clause, last.clause)]
    text = composed(record.fact.text)
    left_out = text[inside[0].start : first.start], text[last.end : inside[-1].end]
    return tuple(denial for part in left_out for denial in denials_in(part, language_of_record(record)))


def _turned_question(steps: Sequence[Step], recorded: str, quoted: str) -> tuple[WordChange, ...]:
    """Return the question mark that a sentence gained or lost, where both texts end that sentence with a mark."""
    marks, recorded_marks = question_marks(quoted), question_marks(recorded)
    last_words = {word.sentence: word for step in steps if (word := step.recorded)}
    lasts = {step.quoted.sentence: step.recorded for step in steps if step.quoted and step.recorded}
    for sentence, last in lasts.items():
        asks, asked = marks[sentence], recorded_marks[last.sentence]
        if asks and asked is not True:
            return (("", "?"),)
        if asks is False and asked and last_words[last.sentence] == last:
            return (("?", ""),)
    return ()


def joined_steps(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return steps with signs of a script without blanks put together that have the same fate, as they are shown."""
    joined: list[Step] = []
    for _, group in groupby(steps, lambda step: (step.kind, step.inflected, all(is_unspaced(word.text) for word in step.words))):
        for step in group:
            before = joined[-1] if joined else None
            if before is not None and before.kind == step.kind and _adjoins(before, step):
                joined[-1] = replace(
                    step, quoted=_join(before.quoted, step.quoted), recorded=_join(before.recorded, step.recorded)
                )
            else:
                joined.append(step)
    return tuple(joined)


def _adjoins(before: Step, step: Step) -> bool:
    pairs = ((before.quoted, step.quoted), (before.recorded, step.recorded))
    return all(
        (one is None) == (other is None)
        and (one is None or other is None or (one.end == other.start and is_unspaced(one.text) and is_unspaced(other.text)))
        for one, other in pairs
    )


def _join(one: Word | None, other: Word | None) -> Word | None:
    if one is None or other is None:
        return other
    return replace(other, text=one.text + other.text, key=one.key + other.key, start=one.start)


def _text(words: Sequence[Word]) -> str:
    """Return words as they are written, without blanks where their script has none."""
    if all(is_unspaced(word.text) for word in words):
        return "".join(word.text for word in words)
    return joined_text(words)


def is_verbatim(steps: Sequence[Step]) -> bool:
    """Return whether nothing differs; what stands in brackets may, for whom a pronoun means is not told."""
    return not any(step.kind in (*ALTERED, "bracket", "typo", "form") or _has_bracket(step) for step in steps)


def _has_bracket(step: Step) -> bool:
    return any(word.added for word in step.words)
