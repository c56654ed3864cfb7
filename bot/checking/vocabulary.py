"""What is known of English words, their spellings and the names of a base, as quotations are compared by them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.english.lexicon import Lexicon
from bot.english.numbers import same_abbreviated
from bot.english.search_words import STOP_WORDS, stem
from bot.english.word_classes import NEGATING_PREFIXES

_BRITISH = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"(?<=[a-z]{2}[b-df-hj-np-tv-z])our|(?<=[a-z][vh]i)our", "or"),
        (r"is(?=e$|ed$|es$|ing$|ers?$|ations?$)", "iz"),
        (r"(?<=[al])ys(?=e$|ed$|es$|ing$|ers?$)", "yz"),
        (r"(?<=[bcdfgkptv])re(?=s?$)", "er"),
        (r"(?<=[a-z]{2}[aeu])ll(?=ed$|ing$|[eo]rs?$|ous)", "l"),
        (r"(?<=ci)ll(?=ed$|ing$|ors?$)", "l"),
        (r"(?<=[a-z]{2}[aeiou])ll(?=$|ment|ful)", "l"),
        (r"enc(?=es?$)", "ens"),
        (r"ogue(?=s?$)", "og"),
        (r"amme(?=s?$)", "am"),
        (r"ae(?=[cdmorstv])|(?<=[fmh])oe(?=[atbu])|^oe(?=s)", "e"),
        (r"(?<=dg)e(?=ment)|(?<=ag)e(?=ing$)|(?<=k)e(?=able$)", ""),
        (r"(?<=m)oul(?=[dt])", "ol"),
        (r"(?<=^to)wards$|(?<=^after)wards$|(?<=^back)wards$|(?<=^for)wards$|(?<=^up)wards$|(?<=^down)wards$", "ward"),
    )
)
_AMERICAN = dict(
    pair.split("/")
    for pair in """cheque/check cheques/checks grey/gray tyre/tire tyres/tires kerb/curb kerbs/curbs plough/plow ploughs/plows
    ploughed/plowed gaol/jail draught/draft draughts/drafts storey/story storeys/stories aluminium/aluminum sceptic/skeptic
    sceptics/skeptics sceptical/skeptical scepticism/skepticism moustache/mustache moustaches/mustaches jewellery/jewelry
    pyjamas/pajamas cosy/cozy sulphur/sulfur artefact/artifact artefacts/artifacts doughnut/donut doughnuts/donuts yoghurt/yogurt
    enquiry/inquiry enquiries/inquiries mum/mom mums/moms practise/practice practises/practices practised/practiced
    practising/practicing licenced/licensed centred/centered manoeuvre/maneuver manoeuvres/maneuvers woollen/woolen
    learnt/learned dreamt/dreamed burnt/burned leant/leaned leapt/leaped spelt/spelled spilt/spilled spoilt/spoiled
    smelt/smelled carcase/carcass mollusc/mollusk omelette/omelet axe/ax""".split()
)
"""Words whose American form follows from no pattern; whoever writes the one has not changed the other."""
_COMMON = 4.0  # Zipf frequency from which anything is a word; below it, a dictionary or a form of what is in one decides
_MAX_LONGER = 3  # letters by which a word may be longer than what was meant
_OFTEN_MIXED_UP = frozenset(["it's"])
_DOUBLED = re.compile(r"(.)\1")
_PREFIX = re.compile("|".join(NEGATING_PREFIXES))
_NOT_MADE_INTO_I = re.compile(r"\w+[b-df-hj-np-tv-z]y(?:ed|s)")
_OPPOSED = tuple(
    tuple(frozenset(map(stem, side.split())) for side in pair.split(" / "))
    for pair in (
        "pass / fail flunk",
        "approve endorse back support favour favor / reject oppose veto refuse condemn",
        "praise applaud commend / criticise criticize condemn blame",
        "convict / acquit clear exonerate",
        "hire appoint employ / fire sack dismiss",
        "permit allow authorise authorize / forbid ban prohibit",
        "confess admit concede / deny",
    )
)
"""What the lexicon does not know as contraries, though who reports a vote, a test or a trial says one or the other."""
_AKIN = 0.25  # strength of a relation from which one word may be put for another


def same_spelt_otherwise(typed: str, recorded: str, knows: Callable[[str], bool]) -> bool:
    """Return whether a word was meant that was only spelt otherwise.

    ``knows`` tells whether something is a word or a name: what is one was not meant for another, however near in letters.
    """
    if abs(len(typed) - len(recorded)) > _MAX_LONGER or _scripts(typed) != _scripts(recorded):
        return False
    if typed.replace("'", "") == recorded.replace("'", ""):
        # One apostrophe left out is a slip; one in another place is another word: workers', worker's.
        return "'" not in typed or typed in _OFTEN_MIXED_UP
    if _american(typed) == _american(recorded):
        return True
    if not _near_in_letters(typed, recorded) or _PREFIX.sub("", typed, count=1) == _PREFIX.sub("", recorded, count=1):
        return False  # one is the other with a prefix that turns its meaning round, or with another such prefix
    # Of two forms of a stem that end alike not the form but a letter within is another: -ance, -ence.
    single = _DOUBLED.sub(r"\1", typed) == _DOUBLED.sub(r"\1", recorded)
    inside = single or (len(typed) == len(recorded) and typed[-2:] == recorded[-2:])
    return not knows(typed) and (inside or stem(typed) != stem(recorded))


def _near_in_letters(one: str, other: str) -> bool:
    """Return whether two words differ as a slip of the fingers would have it: one or two letters, never in a figure."""
    if any(sign.isdigit() for sign in one + other):
        return False
    longest = max(len(one), len(other))
    if longest < 4:
        return False
    return OSA.distance(one, other, score_cutoff=2) <= (1 if longest < 8 else 2)


def _scripts(word: str) -> frozenset[str]:
    """Return the scripts of a word's letters; a Cyrillic o among Latin letters is no slip of the fingers."""
    letters = () if word.isascii() else (sign for sign in word if sign.isalpha() and not sign.isascii())
    return frozenset(unicodedata.name(sign, "").split(" ")[0] for sign in letters) - {"LATIN"}


@lru_cache(maxsize=16_384)
def _american(word: str) -> str:
    """Return a word as Americans spell it, near enough that two spellings of it come out alike."""
    if word in _AMERICAN:
        return _AMERICAN[word]
    if len(word) > 4:
        for pattern, instead in _BRITISH:
            word = pattern.sub(instead, word)
    return word


class Vocabulary:
    """The words of English and the names of one base."""

    def __init__(self, lexicon: Lexicon, names: Collection[str] = ()) -> None:
        self._lexicon, self._names = lexicon, names
        self.lemma = lexicon.lemma
        self.knows = lru_cache(maxsize=4_096)(self._knows)
        self.is_same = lru_cache(maxsize=16_384)(self._is_same)

    @property
    def remembered(self) -> int:
        """Of how many words and pairs of words it is remembered what was found."""
        return self.knows.cache_info().currsize + self.is_same.cache_info().currsize

    def is_name(self, word: str) -> bool:
        """Return whether a word is of the name of an actor."""
        return word.removesuffix("'s") in self._names

    def _knows(self, word: str) -> bool:
        """Return whether something is a name, or a word of English or a form of one.

        Frequency alone does not tell, for people misspell the same words again and again: a letter that its root lost (occured,
        tryed) makes it none.
        """
        if word in self._names or self._lexicon.zipf(word) >= _COMMON or self._lexicon.lemma(word) != word:
            return True
        if not self._lexicon.has_entry(word) or _NOT_MADE_INTO_I.fullmatch(word):
            return False
        match = re.fullmatch(r"(\w+[aeiou][bdgmnprt])(ed|ing)", word)
        doubled = f"{match[1]}{match[1][-1]}{match[2]}" if match else ""
        return not doubled or self._lexicon.zipf(doubled) < self._lexicon.zipf(word) + 1.0

    def _is_same(self, typed: str, recorded: str) -> bool:
        """Return whether a word that was typed is a recorded one in another spelling, or the same unit or number abbreviated."""
        return same_abbreviated(typed, recorded) or same_spelt_otherwise(typed, recorded, self.knows)

    def opposed(self, one: str, other: str) -> bool:
        """Return whether two words mean the contrary."""
        stems = self._lexicon.stem(one), self._lexicon.stem(other)
        listed = any((first in ones and second in others) for ones, others in _OPPOSED for first, second in (stems, stems[::-1]))
        return listed or self._lexicon.opposed(one, other)

    def akin(self, one: str, other: str) -> bool:
        """Return whether one of two words may be put for the other: hurry and haste."""
        stems = {self._lexicon.stem(one), self._lexicon.stem(other)}
        related = (
            related_word
            for word in (one, other)
            for related_word in self._lexicon.related(word)
            if related_word.strength >= _AKIN
        )
        return len(stems) == 1 or any(related_word.stem in stems for related_word in related)

    def is_inflected(self, typed: str, recorded: str) -> bool:
        """Return whether two words are forms of the same one: burst, bursts; pay, paid."""
        irregular = typed not in STOP_WORDS and recorded not in STOP_WORDS
        return stem(typed) == stem(recorded) or (irregular and self._lexicon.stem(typed) == self._lexicon.stem(recorded))
