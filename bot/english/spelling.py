"""Words that are the same but for their spelling: slips of the fingers, and British beside American forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.english.grammar import NEGATING_PREFIXES
from bot.english.lexicon import Lexicon
from bot.english.search_words import stem

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
_MOST_LONGER = 3  # letters by which a word may be longer than what was meant
_OFTEN_MIXED_UP = frozenset(["it's"])
_DOUBLED = re.compile(r"(.)\1")
_PREFIX = re.compile("|".join(NEGATING_PREFIXES))
_NOT_MADE_INTO_I = re.compile(r"\w+[b-df-hj-np-tv-z]y(?:ed|s)")


class Vocabulary:
    """What is a word of English: frequency alone does not tell, for people misspell the same words again and again."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.knows = lru_cache(maxsize=16_384)(self._knows)

    def _knows(self, word: str) -> bool:
        """Return whether it is a word or a form of one; a letter that its root lost (occured, tryed) makes it none."""
        lexicon = self._lexicon
        if lexicon.zipf(word) >= _COMMON or lexicon.lemma(word) != word:
            return True
        return lexicon.has_entry(word) and not self._lost_a_letter(word) and _NOT_MADE_INTO_I.fullmatch(word) is None

    def _lost_a_letter(self, word: str) -> bool:
        match = re.fullmatch(r"(\w+[aeiou][bdgmnprt])(ed|ing)", word)
        if match is None:
            return False
        doubled = f"{match[1]}{match[1][-1]}{match[2]}"
        return self._lexicon.zipf(doubled) >= self._lexicon.zipf(word) + 1.0


def same_spelt_otherwise(typed: str, recorded: str, knows: Callable[[str], bool]) -> bool:
    """Return whether a word was meant that was only spelt otherwise.

    ``knows`` tells whether something is a word or a name: what is one was not meant for another, however near in letters.
    """
    if abs(len(typed) - len(recorded)) > _MOST_LONGER or _scripts(typed) != _scripts(recorded):
        return False
    if typed.replace("'", "") == recorded.replace("'", ""):
        # One apostrophe left out is a slip; one in another place is another word: workers', worker's.
        return "'" not in typed or typed in _OFTEN_MIXED_UP
    if american(typed) == american(recorded):
        return True
    if not near_in_letters(typed, recorded) or _is_turned(typed, recorded):
        return False
    return not knows(typed) and (stem(typed) != stem(recorded) or _is_slip_inside(typed, recorded))


def near_in_letters(one: str, other: str) -> bool:
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


def _is_slip_inside(typed: str, recorded: str) -> bool:
    """Return whether two forms of a stem end alike, so that not the form but a letter within is another: -ance, -ence."""
    single = _DOUBLED.sub(r"\1", typed) == _DOUBLED.sub(r"\1", recorded)
    return single or (len(typed) == len(recorded) and typed[-2:] == recorded[-2:])


def _is_turned(one: str, other: str) -> bool:
    """Return whether one is the other with a prefix that turns its meaning round, or with another such prefix."""
    return _PREFIX.sub("", one, count=1) == _PREFIX.sub("", other, count=1)


@lru_cache(maxsize=16_384)
def american(word: str) -> str:
    """Return a word as Americans spell it, near enough that two spellings of it come out alike."""
    if word in _AMERICAN:
        return _AMERICAN[word]
    if len(word) > 4:
        for pattern, instead in _BRITISH:
            word = pattern.sub(instead, word)
    return word
