"""Which facts of a big base a question is held against: those with its rarest words, and those nearest to it in meaning.

A word speaks for a fact that holds it by how rare it is, and for a story by how much more of its facts hold it than facts of all
stories do (the square root of the likelihood ratio that tells a subject from chance). Very common words say nothing about either
and are left out where there are others; each word costs a walk through the facts that hold it.

Facts that share no word with the question are found by one vector a fact, the first row of those that the reader made of it. All
are compared, which takes some 2 ms for 100,000; of more than `MAX_PACKED` facts the newest are.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Self

import numpy as np
from numpy.typing import NDArray

from bot.english.lexicon import Lexicon
from bot.english.search_words import content_words
from bot.facts.base import FactBase
from bot.facts.searching import StoryRuns
from bot.facts.stems import stemmed_words
from bot.facts.vectors import WHOLE
from bot.languages import ENGLISH

WORDS = 6  # of a question that are looked for, the rarest in English
MAX_STEMS = 32  # of a question in another language that are looked for
MAX_FACTS = (5_000, 100_000)  # facts up to which a word is worth a walk through them; further only where no word is
_MIN_SHARE = 0.6  # share of the best fact's score that a fact needs, to be worth the reader's time
_SHARE = 0.1  # of all facts, from which the stem of a word of another language is taken for one that says nothing
_COMMON = 5.5  # Zipf frequency from which a word is left out where two rarer ones are there

MAX_PACKED = 200_000  # facts of one base that are held in memory, 108 bytes each
NEAREST = 256  # facts that are looked at more closely
_READ_AT_ONCE = 8_192  # facts
_AT_ONCE = 1_024  # facts that are compared at once, which stay in the processor's cache
_SPARE = 2  # times as many are looked up as are wanted, since retracted facts are among them
_NEWEST = 200  # revisions that are looked at again when a base is opened
_LAST = (1 << 63) - 1  # the highest number that a fact can have, that of SQLite's rows
Floats = NDArray[np.float32]


def choose_facts(
    text: str, base: FactBase, runs: StoryRuns, lexicon: Lexicon, *, story: str | None, most: int, language: str = ENGLISH
) -> list[int]:
    """Return the numbers of at most ``most`` facts, of one story or of all, the most promising first.

    ``language`` is that of the text.
    """
    holding = _facts_by_word(text, base, lexicon, story, language, common=max(int(_SHARE * runs.count), most))
    facts = np.unique(np.concatenate([numbers for by_form in holding for numbers in by_form] or [np.zeros(0, dtype=np.int64)]))
    if not len(facts):
        return []
    stories, story_of = np.unique(runs.stories_of(facts), return_inverse=True)
    sizes = np.array([runs.sizes[number] for number in stories.tolist()], dtype=np.float64)
    scores, at_home = np.zeros(len(facts)), np.zeros(len(sizes))
    for by_form in holding:
        held = [np.searchsorted(facts, numbers) for numbers in by_form if len(numbers)]
        rarest = np.zeros(len(facts))  # how rare the rarest form of the word is that a fact holds
        for indexes in held:
            rarest[indexes] = np.maximum(rarest[indexes], math.log1p(runs.count / len(indexes)))
        scores += rarest
        if story is None:
            at_home += _at_home([story_of[indexes] for indexes in held], sizes, runs.count)
    scores += at_home[story_of]
    good = np.flatnonzero(scores >= _MIN_SHARE * scores.max())
    best = good[np.argsort(-scores[good], kind="stable")[:most]]  # of the same score the oldest first
    return [int(number) for number in facts[best]]


def _facts_by_word(
    text: str, base: FactBase, lexicon: Lexicon, story: str | None, language: str, *, common: int
) -> list[list[NDArray[np.int64]]]:
    """Return for each word that is looked for the facts (by number) with each of its forms and stems, but ``common`` stems."""
    asked = with_stems(text, search_words(text, lexicon), language, base.search.languages(story))
    terms = [form for forms, _ in asked for form in forms]
    stems = [stem for _, own in asked for stem in own]
    by_term: list[list[int]] = []
    by_stem: list[list[int]] = []
    for most in MAX_FACTS:
        by_term = base.search.facts_by_term(terms, story=story, most=most)
        by_stem = base.search.facts_by_stem(stems, story=story, most=min(most, common))
        if any(by_term) or any(by_stem):
            break
    with_term, with_stem = (iter([np.array(numbers, dtype=np.int64) for numbers in by]) for by in (by_term, by_stem))
    return [[*islice(with_term, len(forms)), *islice(with_stem, len(own))] for forms, own in asked]


def search_words(text: str, lexicon: Lexicon) -> list[tuple[str, ...]]:
    """Return the words of a question that tell the most, rarest first, each with its irregular forms."""
    words = dict.fromkeys(content_words(text))
    lexicon.fetch(words)
    rarest = sorted(words, key=lexicon.zipf)
    telling = [word for word in rarest if lexicon.zipf(word) < _COMMON]
    return [(word, *lexicon.irregular(word)) for word in (telling if len(telling) > 1 else rarest)[:WORDS]]


def with_stems(
    text: str, asked: Sequence[tuple[str, ...]], language: str, languages: Sequence[str]
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the words that are looked for, each by its forms and by its stems in the ``languages`` of the stories, not English.

    Of a question in one of these all words have stems, since how common a word is is known of English alone. Of one in another
    language, as which a short one is easily taken, those that were ``asked`` have.
    """
    forms_of = {forms[0]: forms for forms in asked}
    stems_of: dict[str, dict[str, None]] = {}
    is_own = language in languages
    for own in (language,) if is_own else languages:
        for part in (text,) if is_own else forms_of:
            for word, stem in islice(stemmed_words(part, own), MAX_STEMS):
                stems_of.setdefault(word, {})[stem] = None
    words = dict.fromkeys((*forms_of, *stems_of))
    return [(forms_of.get(word, ()), tuple(stems_of.get(word, ()))) for word in words]


def _at_home(holding: Sequence[NDArray[np.intp]], sizes: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Return for each story how much a word is at home there.

    ``holding`` are the places of the stories of the facts with each form of it; ``sizes`` are the stories' counts of facts.
    """
    at_home = np.zeros(len(sizes))
    for stories in holding:
        share = len(stories) / count
        counts = np.bincount(stories, minlength=len(sizes)).astype(np.float64)
        surprise = counts * np.log(np.maximum(counts, 1) / (share * sizes))
        at_home = np.maximum(at_home, np.sqrt(np.maximum(surprise, 0)))
    return at_home


@dataclass(frozen=True, slots=True)
class _Packed:
    """Vectors of some facts: their numbers (facts), rows (facts, WHOLE) of 8 bits, and one over the length of each row."""

    numbers: NDArray[np.int64]
    rows: NDArray[np.int8]
    scales: Floats

    @classmethod
    def of(cls, facts: Sequence[tuple[int, bytes]]) -> Self:
        """Pack the vectors of facts, given as number and row; rows of another length are left out."""
        whole = [(number, row) for number, row in facts if len(row) == WHOLE]
        rows = np.frombuffer(b"".join(row for _, row in whole), dtype=np.int8).reshape(-1, WHOLE)
        values = rows.astype(np.float32)
        lengths = np.sqrt(np.einsum("ij,ij->i", values, values))
        numbers = np.array([number for number, _ in whole], dtype=np.int64)
        return cls(numbers, rows, (1 / np.maximum(lengths, 1e-6)).astype(np.float32))

    def nearness(self, question: Floats) -> Floats:
        """Return the cosine of each fact with a question.

        The rows are turned into floats a few at a time, in the same memory: new memory for all of them costs ten times as much.
        """
        cosines = np.empty(len(self.rows), dtype=np.float32)
        floats = np.empty((_AT_ONCE, WHOLE), dtype=np.float32)
        for start in range(0, len(self.rows), _AT_ONCE):
            rows = self.rows[start : start + _AT_ONCE]
            np.copyto(floats[: len(rows)], rows)
            np.dot(floats[: len(rows)], question, out=cosines[start : start + len(rows)])
        cosines *= self.scales
        return cosines

    def only(self, chosen: NDArray[np.bool_]) -> _Packed:
        """Return the vectors of some facts."""
        return _Packed(self.numbers[chosen], self.rows[chosen], self.scales[chosen])

    def followed_by(self, other: _Packed) -> _Packed:
        """Return these, then those of other facts, as many as are held in memory."""
        is_new = ~np.isin(other.numbers, self.numbers)
        other = other if is_new.all() else other.only(is_new)
        return _Packed(
            np.concatenate([self.numbers, other.numbers])[:MAX_PACKED],
            np.concatenate([self.rows, other.rows])[:MAX_PACKED],
            np.concatenate([self.scales, other.scales])[:MAX_PACKED],
        )


class NearestFacts:
    """The packed vectors of one base, read when first needed. Facts that are not encoded yet are not among them.

    Safe to use from several threads. A fact that was changed is found by its former vectors until it is encoded again, and one
    that was retracted is left out when it is looked up, so that a change of facts costs nothing.
    """

    def __init__(self, base: FactBase, model: str) -> None:
        """``model`` is the version of the reader whose vectors are used."""
        self._base = base
        self._model = model
        self._lock = threading.Lock()
        self._loading = threading.Lock()
        self._packed = _Packed.of(())  # the newest facts first, never changed but as a whole
        self._loaded = False

    def __len__(self) -> int:
        """Return how many facts have their vectors here."""
        return len(self._packed.numbers)

    def load(self) -> None:
        """Read the stored vectors unless that was done, or is being done in another thread, which is not waited for."""
        if self._loaded or not self._loading.acquire(blocking=False):
            return
        try:
            below, left = _LAST, MAX_PACKED
            while left and (facts := self._base.vectors.wholes(self._model, below, min(left, _READ_AT_ONCE))):
                packed, below, left = _Packed.of(facts), facts[-1][0], left - len(facts)
                with self._lock:  # what was put in meanwhile is newer than what was read
                    self._packed = self._packed.followed_by(packed)
            self._loaded = True
        finally:
            self._loading.release()

    def put(self, facts: Sequence[tuple[int, bytes]]) -> None:
        """Put in the vectors of facts that were encoded just now, given as number and first row, in the place of older ones."""
        added = _Packed.of(facts)
        with self._lock:
            self._packed = added.followed_by(self._packed)

    def find(self, question: Floats, most: int, spans: Sequence[tuple[int, int]] | None = None) -> list[int]:
        """Return the numbers of at most ``most`` live facts, the nearest first.

        ``question`` is a vector of length one; ``spans`` are the first and the last number of each run of facts to look among,
        None for all.
        """
        self.load()
        packed = self._packed
        if spans is not None:
            bounds = np.array(sorted(spans) or [(0, -1)], dtype=np.int64)
            run_of = np.maximum(np.searchsorted(bounds[:, 0], packed.numbers, side="right") - 1, 0)
            packed = packed.only((packed.numbers >= bounds[run_of, 0]) & (packed.numbers <= bounds[run_of, 1]))
        numbers, near = packed.numbers, packed.nearness(question)
        count = min(_SPARE * most, len(numbers))
        best = np.argpartition(-near, count - 1)[:count] if count else np.zeros(0, dtype=np.int64)
        ordered = best[np.argsort(-near[best], kind="stable")]
        return self._base.vectors.not_retracted(numbers[ordered].tolist())[:most]


class UnreadFacts:
    """The facts of one base that the reader has still to look at, those of the newest changes first. For one thread.

    Going through all facts of a big base takes minutes, so after a change only what it touched is looked at: the facts that it
    wrote, those of events and those with actors that it wrote. The newest changes are looked at again when a base is opened,
    since a crash may have come between a change and its vectors. What another program wrote past the history is encoded when a
    question needs it.
    """

    def __init__(self, base: FactBase, model: str) -> None:
        """``model`` is the version of the reader whose vectors are wanted."""
        self._vectors = base.vectors
        self._model = model
        self._seen = max(self._vectors.newest_revision() - _NEWEST, 0)
        self._touched: list[int] = []
        self._below = _LAST  # the number below which facts without vectors are still to be found

    def take(self, most: int) -> tuple[int, ...]:
        """Return at most ``most`` facts, by number, that were not returned since they changed; none where there are no more."""
        newest = self._vectors.newest_revision()
        if newest > self._seen:
            self._touched = [*self._vectors.touched_since(self._seen), *self._touched]
            self._seen = newest
        if self._touched:
            taken = dict.fromkeys(self._touched[:most])
            del self._touched[:most]
            return tuple(taken)
        numbers = self._vectors.missing(self._model, self._below, most)
        self._below = min(numbers, default=0)
        return numbers
