"""WordNet: synsets, the senses of each word and how much the word means each, read from the files of WordNet 3.1."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

RELATABLE = re.compile(r"[a-z]{2,}(?:[-_][a-z]+)*")
SENSE_TYPES = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}

SynsetId = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Pointer:
    """A relation from a synset (or its ``source``-th word, 1-based; 0: all words) to another one."""

    symbol: str
    target: SynsetId
    source_word: int
    target_word: int


@dataclass(frozen=True, slots=True)
class Synset:
    """One synset of WordNet: its spelled words (``_`` for spaces) and pointers."""

    id: SynsetId
    file: str
    words: tuple[str, ...]
    pointers: tuple[Pointer, ...]


@dataclass(slots=True)
class Sense:
    """A word in a synset; ``strength`` is 1.0 for the dominating sense of the word and falls towards 0."""

    synset: Synset
    position: int
    rank: int
    tags: int
    strength: float = 0.0

    @property
    def spelled(self) -> str:
        """The word as WordNet spells it."""
        return self.synset.words[self.position - 1]


@dataclass(slots=True)
class WordNet:
    """Synsets by id and the senses of each lower-case word."""

    synsets: dict[SynsetId, Synset] = field(default_factory=dict)
    senses: dict[str, list[Sense]] = field(default_factory=dict)

    def parts_of_speech(self, word: str) -> set[str]:
        """The parts of speech (n, v, a, r) that the word has."""
        return {sense.synset.id[0] for sense in self.senses.get(word, ())}

    def tags(self, word: str, pos: str) -> int:
        """How often the word was tagged in WordNet's corpora as that part of speech."""
        return sum(sense.tags for sense in self.senses.get(word, ()) if sense.synset.id[0] == pos)

    def strength(self, word: str, synset: SynsetId) -> float:
        """How much the word means that synset."""
        return max((sense.strength for sense in self.senses.get(word, ()) if sense.synset.id == synset), default=0.0)

    def is_common(self, word: str) -> bool:
        """Whether a word is mostly no name: WordNet has it in lower case, and tagged it so more often."""
        lower = [sense.tags for sense in self.senses.get(word, ()) if sense.spelled.islower()]
        proper = [sense.tags for sense in self.senses.get(word, ()) if not sense.spelled.islower()]
        return bool(lower) and (not proper or sum(lower) > sum(proper))


def parse_synset(line: str) -> Synset:
    """Parse one line of a WordNet ``data`` file."""
    fields = line.split(" | ", 1)[0].split()
    pos = "a" if fields[2] == "s" else fields[2]
    count = int(fields[3], 16)
    words = tuple(re.sub(r"\([a-z]+\)$", "", word) for word in fields[4 : 4 + 2 * count : 2])
    start = 5 + 2 * count
    pointers = []
    for at in range(start, start + 4 * int(fields[start - 1]), 4):
        symbol, offset, target_pos, ends = fields[at : at + 4]
        target = ("a" if target_pos == "s" else target_pos, int(offset))
        pointers.append(Pointer(symbol, target, int(ends[:2], 16), int(ends[2:], 16)))
    return Synset((pos, int(fields[0])), fields[1], words, tuple(pointers))


def read_senses(path: Path, synsets: dict[SynsetId, Synset]) -> dict[str, list[Sense]]:
    """Read ``index.sense``: the rank and the tag count of each sense of each single word."""
    senses: dict[str, list[Sense]] = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        key, offset, rank, tags = line.split()
        word, _, rest = key.partition("%")
        if not RELATABLE.fullmatch(word):
            continue
        synset = synsets[SENSE_TYPES[rest[0]], int(offset)]
        position = 1 + next(i for i, spelled in enumerate(synset.words) if spelled.lower() == word)
        senses[word].append(Sense(synset, position, int(rank), int(tags)))
    return senses


def rate_senses(senses: list[Sense]) -> None:
    """Set the strength of the senses of one word, from tag counts within and across parts of speech and from ranks."""
    evidence: dict[str, list[tuple[Sense, float]]] = defaultdict(list)
    for sense in senses:
        evidence[sense.synset.id[0]].append((sense, sense.tags + 1.5 / sense.rank**1.5))
    totals = {pos: sum(amount for _, amount in rated) for pos, rated in evidence.items()}
    for pos, rated in evidence.items():
        across = (totals[pos] / max(totals.values())) ** 0.15
        best = max(amount for _, amount in rated)
        for sense, amount in rated:
            sense.strength = across * (amount / best) ** 0.3


def read_wordnet(package: Path) -> WordNet:
    """Read the WordNet files of the unpacked npm package."""
    wordnet = WordNet()
    for name in ("noun", "verb", "adj", "adv"):
        for line in (package / "dict" / f"data.{name}").read_text("utf-8").splitlines():
            if not line.startswith("  "):  # the licence
                synset = parse_synset(line)
                wordnet.synsets[synset.id] = synset
    wordnet.senses = read_senses(package / "dict" / "index.sense", wordnet.synsets)
    for senses in wordnet.senses.values():
        rate_senses(senses)
    return wordnet
