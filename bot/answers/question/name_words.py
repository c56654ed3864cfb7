"""Words of names, found by how they begin or, misspelt, by what they are like; quick among a hundred thousand names."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain

from rapidfuzz import fuzz, process

_LAST = "\U0010ffff"
_LIKE = 70  # likeness from which a word may be a misspelling of another
_LIKEST = 20  # words that a misspelt one may stand for
_LENGTHS = 2  # letters by which a misspelt word may be longer or shorter
_LOOKED_UP = 10_000  # owners of a word up to which they are gathered; of more, one is met soon by going through all


class NameWords:
    """Words and whose they are. An owner is its place in the order of preference, best first."""

    def __init__(self, words: Iterable[Sequence[str]]) -> None:
        self._of = [tuple(dict.fromkeys(each)) for each in words]
        owners: dict[str, list[int]] = defaultdict(list)
        for place, own in enumerate(self._of):
            for word in own:
                owners[word].append(place)
        self._words = sorted(owners)
        self._owners = [owners[word] for word in self._words]
        self._upto = [0, *accumulate(map(len, self._owners))]
        self._alike: dict[tuple[int, str], list[str]] = defaultdict(list)
        for word in self._words:
            self._alike[len(word), word[0]].append(word)
        self._initials = sorted({word[0] for word in self._words})

    def beginning(self, asked: Sequence[str]) -> Iterator[int]:
        """Yield, best first, the owners that have for each asked word one that begins with it."""
        rarest, *others = sorted(dict.fromkeys(asked), key=lambda word: self._count(self._span(word)))
        if not others and self._count(self._span(rarest)) > _LOOKED_UP:
            return (place for place in range(len(self._of)) if self._begins(place, rarest))
        places = self._having(rarest)
        for word in others[:1]:
            places &= self._having(word) if places else set()
        return (place for place in sorted(places) if all(self._begins(place, word) for word in others[1:]))

    def near(self, asked: Sequence[str]) -> dict[int, float]:
        """Return the owners of words that are like the asked ones, with their likeness up to 100 over all asked words."""
        scores: dict[int, float] = defaultdict(float)
        for word in asked:
            for place, score in self._near(word).items():
                scores[place] += score / len(asked)
        return scores

    def _near(self, word: str) -> dict[int, float]:
        """Score the owners of what a word may be: its beginning if any is that, else what it may be a misspelling of."""
        if count := self._count(self._span(word)):
            return dict.fromkeys(self._having(word), 100.0) if count <= _LOOKED_UP else {}
        # Most misspelt words begin right, or with their first two letters swapped: only where none does are all compared.
        found = self._like(word, sorted(set(word[:2])), _LENGTHS) or self._like(word, self._initials, 1)
        best: dict[int, float] = {}
        for like, score in found:
            for place in self._owners[bisect_left(self._words, like)]:
                best[place] = max(score, best.get(place, 0.0))
        return best

    def _like(self, word: str, initials: Iterable[str], lengths: int) -> list[tuple[str, float]]:
        """Return the words with one of these initials that are like a word, each with its likeness."""
        found: list[tuple[str, float]] = []
        for length in range(len(word) - lengths, len(word) + lengths + 1):
            for initial in initials:
                choices = self._alike.get((length, initial), ())
                near = process.extract(word, choices, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=_LIKEST)
                found.extend((like, score) for like, score, _ in near)
        return found

    def _having(self, start: str) -> set[int]:
        first, last = self._span(start)
        return set(chain.from_iterable(self._owners[first:last]))

    def _begins(self, place: int, asked: str) -> bool:
        return any(word.startswith(asked) for word in self._of[place])

    def _span(self, start: str) -> tuple[int, int]:
        return bisect_left(self._words, start), bisect_left(self._words, start + _LAST)

    def _count(self, span: tuple[int, int]) -> int:
        return self._upto[span[1]] - self._upto[span[0]]
