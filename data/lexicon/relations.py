"""The related words of a word, from WordNet: synonyms, derivations over one or two steps, antonyms."""

from __future__ import annotations

from collections.abc import Iterator

from english import more_antonyms
from forms import MIN_ZIPF
from wordnet import Sense, Synset, WordNet

from bot.english.search_words import STOP_WORDS, stem

#: Entries below are dropped, for hardly anything would let them count.
MIN_WEIGHT = {"s": 24, "d": 24, "a": 18}
MIN_MIDDLE_WEIGHT = 50  # of the first of two steps
LIMITS = ((300, 48), (250, 24), (0, 12))  # fewer for rare words: from this Zipf on, so many
MAX_OF_KIND = {"s": 14, "d": 10, "a": 6}
BASE_WEIGHT = {"s": 71.25, "d": 90.0, "a": 90.0}

#: The share of a weight that stays when the related word hardly ever has the sense in question.
FLOOR = {"s": 0.5, "d": 0.6, "a": 0.5}

Weighted = dict[str, tuple[float, str]]  # word: (weight, kind)


def keep_best(found: Weighted, word: str, weight: float, kind: str) -> None:
    """Record a related word unless a heavier relation to it is known."""
    if word not in found or found[word] < (weight, kind):
        found[word] = (weight, kind)


def order(item: tuple[str, tuple[float, str]]) -> tuple[float, str]:
    """Sort related words, best first."""
    word, (weight, _) = item
    return -weight, word


class Relations:
    """Finds the related words of a word."""

    def __init__(self, wordnet: WordNet, zipf: dict[str, int], lemmas: dict[str, str]) -> None:
        self.wordnet = wordnet
        self.zipf = zipf
        self.lemmas = lemmas
        self.words = sorted(word for word in wordnet.senses if self.is_usable(word))
        self.more_antonyms = more_antonyms()
        self.direct = {word: self.from_wordnet(word) for word in self.words}
        self.opposites = {word: {o for o, (_, kind) in self.direct[word].items() if kind == "a"} for word in self.words}

    def is_usable(self, word: str) -> bool:
        """Whether a word may be a key or an entry: a phrase, joined with ``_``, may not."""
        return "_" not in word and self.zipf.get(word, 0) >= MIN_ZIPF and word not in STOP_WORDS

    def canonical(self, word: str) -> str:
        """What is compared: the stem of the lemma."""
        return stem(self.lemmas.get(word, word))

    def steps(self, sense: Sense) -> Iterator[tuple[str, Synset, int, float]]:
        """The synsets one relation away from a sense: kind, synset, position of the word (0: all), weight."""
        synset = sense.synset
        yield "s", synset, 0, BASE_WEIGHT["s"] * (0.15 + 0.85 * sense.strength)
        for pointer in synset.pointers:
            if pointer.source_word not in (0, sense.position):
                continue
            target = self.wordnet.synsets[pointer.target]
            if pointer.symbol == "+":
                yield "d", target, pointer.target_word, BASE_WEIGHT["d"] * (0.4 + 0.6 * sense.strength)
            elif pointer.symbol == "!":  # lie has both sit and stand
                several = sum(p.symbol == "!" and p.source_word == pointer.source_word for p in synset.pointers)
                yield "a", target, pointer.target_word, BASE_WEIGHT["a"] * sense.strength / several

    def from_wordnet(self, word: str) -> Weighted:
        """The words one relation of WordNet away."""
        found: Weighted = {}
        antonyms: Weighted = {}
        for sense in self.wordnet.senses.get(word, ()):
            for kind, synset, position, weight in self.steps(sense):
                for at, spelled in enumerate(synset.words, 1):
                    other = spelled.lower()
                    if position not in (0, at) or other == word or other not in self.wordnet.senses:
                        continue
                    if not self.is_usable(other) or (kind != "d" and not spelled.islower()):
                        continue
                    strength = self.wordnet.strength(other, synset.id)
                    rated = weight * (FLOOR[kind] + (1 - FLOOR[kind]) * strength)
                    keep_best(antonyms if kind == "a" else found, other, rated, kind)
        for other in self.more_antonyms.get(word, ()):
            keep_best(antonyms, other, 0.8 * BASE_WEIGHT["a"], "a")
        return found | antonyms  # what is an antonym in any sense is nothing else

    def two_steps(self, word: str) -> Weighted:
        """Derivations of derivations (seller, sell, sale) and of synonyms (avow, admit, admission)."""
        found: Weighted = {}
        for middle, (weight, kind) in self.direct[word].items():
            if kind == "a" or weight < MIN_MIDDLE_WEIGHT or middle not in self.direct:
                continue
            share = 0.8 if kind == "d" else 0.65
            for other, (further, how) in self.direct[middle].items():
                if how == "d" and other != word:
                    keep_best(found, other, share * weight * further / BASE_WEIGHT["d"], "d")
        return found

    def related(self, word: str) -> list[tuple[int, str, str]]:
        """The related words of a word, best first: weight, kind, word."""
        found = dict(self.direct[word])
        for other, (weight, kind) in self.two_steps(word).items():
            if found.get(other, (0.0, ""))[1] != "a":
                keep_best(found, other, weight, kind)
        opposite = {self.canonical(other) for other, (_, kind) in found.items() if kind == "a"}
        seen = {self.canonical(word)}
        room = dict(MAX_OF_KIND)
        chosen = []
        for other, (weight, kind) in sorted(found.items(), key=order):
            key = self.canonical(other)
            if key in seen or room[kind] == 0 or weight < MIN_WEIGHT[kind]:
                continue
            if kind != "a" and (key in opposite or word in self.opposites.get(other, ())):
                continue
            seen.add(key)
            room[kind] -= 1
            chosen.append((min(99, round(weight)), kind, other))
        return chosen[: next(most for least, most in LIMITS if self.zipf.get(word, 0) >= least)]

    def table(self) -> Iterator[tuple[str, str]]:
        """The rows of ``related``: all words of WordNet, for it also tells what is a word."""
        for word in self.words:
            yield word, " ".join(f"{kind}{weight:02d}{other}" for weight, kind, other in self.related(word))
