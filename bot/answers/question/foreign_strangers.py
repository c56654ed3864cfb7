"""Names in a question in another language than English that no fact has: a person, a firm or a place the story does not know.

A capital inside a sentence writes a name, but in German, where all nouns have one: there a word counts that English knows and no
dictionary has, or what stands behind a first name. Institutions and wars are written like names, and are translated; countries
and cities are known by their names in CLDR (Babel). A name is that of a fact where they are spelt alike.

In: a question as typed, its language, the mentions of actors in it, and an index. Out: the first such name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz import fuzz, process

from bot.answers.finding.index import StoryIndex
from bot.answers.finding.mentions import ActorMention
from bot.english.first_names import is_first_name
from bot.english.search_words import Token

_MIN_LETTERS = 4  # of a word that is compared by its beginning or its letters
_SAME_LETTERS, _SAME_SHORT = 65, 72  # of 100, from which two spellings may be of one name; of a short one more
_SHORT = 5  # letters of a short name
_IN_USE = 3.1  # Zipf frequency from which a word that no dictionary has is a name that English knows: Netflix, BBC
_SENTENCE_END = frozenset('.!?:;¿¡\n"«„“')
_NOUNS_IN_CAPITALS = frozenset({"de"})
# Beginnings of what is written like a name, and called otherwise in another language: institutions, the world wars.
_INSTITUTIONS = {
    "es": "gobierno|naci|reino|republica|senad|camara|asamblea|consej|corte|guardia|fiscal|justicia"
    "|ayuntamiento|alcald|iglesia|guerra|mundial|primera|segunda|hospital|agencia|ejercito|ley|bolsa",
    "fr": "gouvernement|etat|nation|royaume|republique|parlement|chambre|assemblee|conseil|cour|gendarm|justice"
    "|parquet|mairie|eglise|guerre|mondiale|premiere|seconde|deuxieme|hopital|agence|armee|bourse|loi",
    "pt": "governo|nacoes|reino|republica|senad|camara|assembleia|conselho|corte|procurad|justica|prefeit"
    "|igreja|guerra|mundial|primeira|segunda|hospital|agencia|exercito|lei|bolsa|uniao",
    "it": "govern|nazion|regno|repubblica|camera|assemblea|consigli|corte|polizi|carabinier|procur|giustizia"
    "|comune|sindac|chiesa|guerra|mondiale|prima|seconda|ospedale|agenzia|esercito|legge|borsa",
    "nl": "regering|republiek|senaat|kamer|parlement|raad|rechtbank|hof|politie|justitie|gemeente|kerk"
    "|wereldoorlog|oorlog|eerste|tweede|ziekenhuis|leger|wet|beurs|unie",
    "pl": "rzad|panstw|stan|narod|krolestw|rzeczpospolit|rzeczypospolit|sejm|izb|prezydent|rad|sad|trybunal"
    "|prokurat|sprawiedliwosc|koscio|wojn|swiatow|pierwsz|drug|uniwersytet|szpital|agencj|wojsk|ustaw"
    "|gield|uni",
    "ru": "pravitel|gosud|shtat|natsi|korolevstv|respublik|dum|gosdum|minyust|prezident|sovet|sud|verkhovn"
    "|politsi|prokurat|yustits|tserk|voyn|mirov|perv|vtor|agentstv|armi|zakon|birzh|soyuz|tsentr",
    "tr": "hukum|devlet|ulus|krall|cumhur|kongre|meclis|bakan|basbakan|baskan|konsey|mahkeme|yargitay|savci"
    "|emniyet|adalet|disisleri|icisleri|belediye|kilise|sava|dunya|birinci|ikinci|hastane|ajans|ordu"
    "|kanun|yasa|borsa|birl",
}
# In several of these languages.
_INSTITUTIONS_OF_MANY = (
    "minist|president|parlament|senat|congres|kongres|polic|polis|trib|suprem|univers|parti|ban[ckq]|union|state?|estad"
)


def unknown_foreign_name(
    text: str, read: Sequence[Token], language: str, mentions: Sequence[ActorMention], index: StoryIndex
) -> str | None:
    """Return the first name in a question that no fact has; None where there is none, or the language writes none as such.

    ``text`` is the question that was ``read``.
    """
    if (language not in _INSTITUTIONS and language not in _NOUNS_IN_CAPITALS) or all(token.capital for token in read):
        return None
    named = {position for mention in mentions for position in range(mention.start, mention.end)}
    spellings = _Spellings(index)
    for position, token in enumerate(read):
        written = re.split("['’]", text[token.start : token.end])[0]  # Turkish sets endings apart by it
        if position in named or not token.capital or not position or not written.isalpha():
            continue
        before = read[position - 1]
        if not _SENTENCE_END.isdisjoint(text[before.end : token.start]):
            continue
        if _may_be_name(written, before, language, index) and not spellings.have(written.lower(), language):
            return written.lower()
    return None


def _may_be_name(written: str, before: Token, language: str, index: StoryIndex) -> bool:
    plain, lexicon = anyascii(written).lower(), index.lexicon
    in_use = lexicon.zipf(plain) >= _IN_USE and not lexicon.has_entry(plain)
    if written.isupper():  # an acronym of another language is another: ONU, OTAN
        return in_use and len(written) > 2
    if language in _NOUNS_IN_CAPITALS:
        return in_use or (before.capital and is_first_name(before.word))
    institutions = _INSTITUTIONS.get(language)
    return (
        institutions is not None and len(plain) >= _MIN_LETTERS and not re.match(f"{_INSTITUTIONS_OF_MANY}|{institutions}", plain)
    )


class _Spellings:
    """The words of facts as they are compared with names of another language."""

    def __init__(self, index: StoryIndex) -> None:
        self._words = index.known_words
        self._plain: list[str] | None = None

    def have(self, name: str, language: str) -> bool:
        """Return whether a name may be a word of the facts: by its letters, its beginning, or as a country's or a city's."""
        if self._plain is None:
            self._plain = [anyascii(word).lower() for word in self._words]
        return any(map(self._has, _in_english(name, language)))

    def _has(self, name: str) -> bool:
        plain, words = anyascii(name).lower(), self._plain or []
        if plain in words or (len(plain) >= _MIN_LETTERS and any(word[:_MIN_LETTERS] == plain[:_MIN_LETTERS] for word in words)):
            return True
        cutoff = _SAME_LETTERS if len(plain) > _SHORT else _SAME_SHORT
        return process.extractOne(plain, words, scorer=fuzz.ratio, score_cutoff=cutoff) is not None


def _in_english(name: str, language: str) -> Iterator[str]:
    yield name
    yield from _places(language).get(anyascii(name).lower(), ())


@lru_cache
def _places(language: str) -> dict[str, tuple[str, ...]]:
    """Return the English words for countries by each telling word of their names in a language."""
    from babel import Locale, UnknownLocaleError

    try:
        own, english = Locale.parse(language).territories, Locale.parse("en").territories
    except (UnknownLocaleError, ValueError):
        return {}
    names = ((str(own[code]), str(english[code])) for code in own if code in english)
    words = ((word, other) for name, other in names for word in re.findall(r"[^\W\d_]{3,}", anyascii(name).lower()))
    places: dict[str, tuple[str, ...]] = {}
    for word, other in words:
        places[word] = (*places.get(word, ()), *re.findall(r"[^\W\d_]{3,}", other.lower()))
    return places
