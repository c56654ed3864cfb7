"""The related words of a word: from WordNet, over one or two relations, and from a table of informal words."""

from __future__ import annotations

import math
from collections.abc import Iterator

from english import STOP_WORDS, more_antonyms, word_set
from forms import MIN_RELATED_ZIPF, stem
from informal import informal_words
from wordnet import Sense, Synset, WordNet

#: Entries below are dropped, for the reader would hardly let them count.
MIN_WEIGHT = {"s": 24, "d": 24, "p": 40, "c": 40, "b": 55, "m": 45, "i": 18, "a": 18}
MIN_MIDDLE_WEIGHT = 50  # of the first of two steps
CLOSE_WEIGHT = 55  # of a synonym or derivation that has the opposites of its word
LIMITS = ((300, 48), (250, 24), (0, 12))  # fewer for rare words: from this Zipf on, so many
MAX_OF_KIND = {"s": 14, "d": 10, "p": 4, "c": 8, "b": 4, "m": 8, "a": 6, "i": 12}
MAX_DESCENDANTS = 250  # a hypernym with more is too general to be an entry (act, change, make)
MAX_SIBLINGS = 14  # a hypernym with more children is too general for its children to be siblings
UNSEEN = 0.75  # share of a weight that is left, for a relation of WordNet says nothing of how alike two words are used
BASE_WEIGHT = {"s": 95.0, "d": 90.0, "p": 70.0, "c": 58.0, "b": 45.0, "m": 66.0, "a": 90.0}

#: The share of a weight that stays when the related word hardly ever has the sense in question.
FLOOR = {"d": 0.6, "a": 0.5, "s": 0.5, "m": 0.2}
MIN_STRENGTH = 0.25  # of the sense in question, for hypernyms, hyponyms and siblings: money is no lettuce

POINTER_KINDS = {"@": "p", "~": "c", "&": "m", "^": "m", "*": "m", ">": "m", "$": "m", "\\": "m", "<": "m", "+": "d"}

#: Lexicographer files where words near each other contrast (units, months, animals): no neighbours or siblings there.
CONTRASTING_FILES = {"05", "08", "13", "20", "23", "27", "28"}
#: Words whose hyponyms contrast as well, by the first word of the synset.
CONTRASTING_HEADS = word_set(
    """
    achromatic_color athlete chromatic_color color compass_point digit direction game integer kinsman kinswoman letter
    nationality number parent person_of_color rank relative sport
    """
)

Weighted = dict[str, tuple[float, str]]  # word: (weight, kind)


def keep_best(found: Weighted, word: str, weight: float, kind: str) -> None:
    """Record a related word unless a heavier relation to it is known."""
    if word not in found or found[word] < (weight, kind):
        found[word] = (weight, kind)


def order(item: tuple[str, tuple[float, str]]) -> tuple[float, str]:
    """Sort related words, best first."""
    word, (weight, _) = item
    return -weight, word


def is_phrase(word: str) -> bool:
    """Whether it is several words, joined as WordNet does."""
    return "_" in word


class Relations:
    """Finds the related words of a word."""

    def __init__(self, wordnet: WordNet, zipf: dict[str, int], lemmas: dict[str, str]) -> None:
        self.wordnet = wordnet
        self.zipf = zipf
        self.lemmas = lemmas
        self.informal = informal_words()
        self.words = sorted(word for word in wordnet.senses.keys() | self.informal if self.is_usable(word))
        self.more_antonyms = more_antonyms()
        self.direct = {word: self.from_wordnet(word) for word in self.words}
        self.opposites = {word: {o for o, (_, kind) in self.direct[word].items() if kind == "a"} for word in self.words}

    def is_usable(self, word: str) -> bool:
        """Whether a word may be a key or an entry."""
        return not is_phrase(word) and self.frequency(word) >= MIN_RELATED_ZIPF and word not in STOP_WORDS

    def frequency(self, word: str) -> int:
        """A hundred times the Zipf frequency of a word."""
        return self.zipf.get(word, 0)

    def canonical(self, word: str) -> str:
        """What is compared: the stem of the lemma."""
        return stem(self.lemmas.get(word, word))

    def specificity(self, synset: Synset) -> float:
        """1.0 for a synset with nothing below it, falling to 0.2 for the most general ones."""
        return max(0.2, 1.0 - math.log10(1 + self.wordnet.descendants[synset.id]) / 4.0)

    def contrasts(self, synset: Synset) -> bool:
        """Whether the words beside this one exclude it (numbers, months, colours, animals ...)."""
        if synset.file in CONTRASTING_FILES and synset.id[0] == "n":
            return True
        line, level = {synset.id: synset}, [synset]
        for _ in range(3):
            level = [parent for child in level for parent in self.wordnet.parents(child)]
            line.update((parent.id, parent) for parent in level)
        if any(ancestor.words[0] in CONTRASTING_HEADS for ancestor in line.values()):
            return True
        heads = [self.wordnet.synsets[p.target].words[0] for p in synset.pointers if p.symbol in "&\\"]
        return any(head in ("cardinal", "ordinal", "chromatic", "achromatic") for head in heads)

    def steps(self, sense: Sense) -> Iterator[tuple[str, Synset, int, float]]:
        """The synsets one relation away from a sense: kind, synset, position of the word (0: all), weight."""
        synset = sense.synset
        yield "s", synset, 0, BASE_WEIGHT["s"] * (0.15 + 0.85 * sense.strength)
        children = len(self.wordnet.children(synset))
        for pointer in synset.pointers:
            if pointer.source_word not in (0, sense.position):
                continue
            kind = "a" if pointer.symbol == "!" else POINTER_KINDS.get(pointer.symbol)
            if kind is None:
                continue
            target = self.wordnet.synsets[pointer.target]
            weight = BASE_WEIGHT[kind] * sense.strength
            if kind == "d":
                weight = BASE_WEIGHT[kind] * (0.4 + 0.6 * sense.strength)
            elif kind == "a":  # lie has both sit and stand
                weight /= sum(p.symbol == "!" and p.source_word == pointer.source_word for p in synset.pointers)
            elif kind == "p":
                if self.wordnet.descendants[target.id] > MAX_DESCENDANTS:
                    continue
                weight *= self.specificity(target)
            elif kind == "c":
                weight /= 1.0 + math.log10(max(1, children)) / 3.0
            yield kind, target, pointer.target_word, weight
        yield from self.siblings(sense)
        yield from self.indirect_antonyms(sense)

    def siblings(self, sense: Sense) -> Iterator[tuple[str, Synset, int, float]]:
        """The other children of a specific hypernym."""
        if self.contrasts(sense.synset):
            return
        for parent in self.wordnet.parents(sense.synset):
            children = self.wordnet.children(parent)
            if len(children) <= MAX_SIBLINGS:
                weight = BASE_WEIGHT["b"] * sense.strength * (0.4 + 0.6 * self.specificity(parent))
                yield from (("b", child, 0, weight) for child in children if child.id != sense.synset.id)

    def indirect_antonyms(self, sense: Sense) -> Iterator[tuple[str, Synset, int, float]]:
        """The antonyms of the adjective that this one is similar to."""
        for similar in sense.synset.pointers:
            if similar.symbol == "&":
                for pointer in self.wordnet.synsets[similar.target].pointers:
                    if pointer.symbol == "!":
                        target = self.wordnet.synsets[pointer.target]
                        yield "a", target, pointer.target_word, 0.6 * BASE_WEIGHT["a"] * sense.strength

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
                    if not self.is_usable(other) or (kind not in "dm" and not spelled.islower()):
                        continue
                    strength = self.wordnet.strength(other, synset.id)
                    if kind in "pcb" and strength < MIN_STRENGTH:
                        continue
                    floor = FLOOR.get(kind, 0.1)
                    rated = weight * (floor + (1 - floor) * strength) * (1.0 if kind in "da" else UNSEEN)
                    keep_best(antonyms if kind == "a" else found, other, rated, kind)
        for other in self.more_antonyms.get(word, ()):
            keep_best(antonyms, other, 0.8 * BASE_WEIGHT["a"], "a")
        return found | antonyms  # what is an antonym in any sense is nothing else

    def two_steps(self, word: str) -> Weighted:
        """Derivations of derivations (seller, sell, sale) and of synonyms (avow, admit, admission)."""
        found: Weighted = {}
        for middle, (weight, kind) in self.direct[word].items():
            if kind not in "sd" or weight < MIN_MIDDLE_WEIGHT or middle not in self.direct:
                continue
            share = 0.8 if kind == "d" else 0.65
            for other, (further, how) in self.direct[middle].items():
                if how == "d" and other != word:
                    keep_best(found, other, share * weight * further / BASE_WEIGHT["d"], "d")
        return found

    def excluded(self, word: str) -> set[str]:
        """The stems of the antonyms and of the words around these."""
        derived = [o for o, (weight, kind) in self.direct[word].items() if kind in "sd" and weight >= CLOSE_WEIGHT]
        opposites = set(self.opposites[word]).union(*(self.opposites.get(o, set()) for o in derived))
        around = {o for opposite in opposites if opposite in self.direct for o in self.close(opposite)}
        return {self.canonical(o) for o in opposites | around}

    def close(self, word: str) -> Iterator[str]:
        """Good synonyms and derivations of a word."""
        return (o for o, (weight, kind) in self.direct[word].items() if kind in "sd" and weight >= CLOSE_WEIGHT)

    def from_informal(self, word: str) -> Weighted:
        """The plain words of an informal one, and the other way about."""
        return {other: (weight, "i") for other, weight in self.informal.get(word, {}).items() if self.is_usable(other)}

    def related(self, word: str) -> list[tuple[int, str, str]]:
        """The related words of a word, best first: weight, kind, word."""
        found = dict(self.direct[word])
        for more in (self.two_steps(word), self.from_informal(word)):
            for other, (weight, kind) in more.items():
                if found.get(other, (0.0, ""))[1] != "a":
                    keep_best(found, other, weight, kind)
        opposite = {self.canonical(other) for other, (_, kind) in found.items() if kind == "a"}
        excluded = self.excluded(word)
        seen = {self.canonical(word)}
        room = dict(MAX_OF_KIND)
        chosen = []
        for other, (weight, kind) in sorted(found.items(), key=order):
            key = self.canonical(other)
            if key in seen or room[kind] == 0 or weight < MIN_WEIGHT[kind]:
                continue
            if kind != "a" and word in self.opposites.get(other, ()):
                continue
            if kind != "a" and (key in opposite or (kind in "bcp" and key in excluded)):
                continue
            seen.add(key)
            room[kind] -= 1
            chosen.append((min(99, round(weight)), kind, other))
        return chosen[: self.limit(word)]

    def limit(self, word: str) -> int:
        """How many entries a word may have: fewer for rare words."""
        zipf = self.frequency(word)
        return next(most for least, most in LIMITS if zipf >= least)

    def table(self) -> Iterator[tuple[str, str]]:
        """The rows of ``related``."""
        for word in self.words:
            others = self.related(word)
            if others:
                yield word, " ".join(f"{kind}{weight:02d}{other}" for weight, kind, other in others)
