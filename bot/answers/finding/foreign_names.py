"""Which actors a text in another language names: in another script, with the ending of a case, spelt as it is pronounced there.

A wrong actor is worse than none. So in Latin letters a name counts with an ending of the language alone, or spelt by its rules;
in other scripts where it sounds like the name (`sounding.py`); and short names only as they stand.

In: the names of a story's actors as words, and a text. Out: the names that it has, with where they stand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from anyascii import anyascii

from bot.answers.finding.sounding import Sound, alike, heard, script_of, sounds_of

_KATAKANA = r"\u30a1-\u30fa\u30fc"
_MARKS = r"\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0900-\u097f"  # which make no word by themselves, and do not end one
_WORD = re.compile(rf"[{_KATAKANA}]+|(?:[^\W_{_KATAKANA}]|[{_MARKS}])+")
_UNSPACED = re.compile(r"[\u3040-\u309f\u4e00-\u9fff\u0e00-\u0e7f]")  # hiragana, Chinese characters, Thai
_MIN_LETTERS = 4  # of a name that counts without its marks, or in another script
_MIN_BEFORE_ENDING = 5  # letters of one that has an ending without an apostrophe before it
_MIN_SPELT = 6  # letters of one that is spelt otherwise
_MIN_SYLLABLES = 2  # of a name in Japanese or Korean
_MIN_CONSONANTS = 3  # of one in another script that has an ending: "была" without one would be "Bell"
_MIN_STEM = 2  # letters of another script before an ending

# Endings of the cases, particles behind a name, articles and small words written together with it.
_CYRILLIC = re.compile(r"(?:ами|ого|ому|ою|ой|ей|ом|ем|ём|ым|им|ов|ам|ах|[аеиоуыюя])$")
_KOREAN = re.compile(
    r"(?:에게서|한테서|에게|한테|에서|까지|부터|처럼|보다|이랑|이라고|라고|으로|이나|은|는|이|가|을|를|의|에|와|과|로|도|만|랑|씨|측|네|야)$"
)
_ARABIC = re.compile(r"^(?:وال|بال|كال|فال|ال|لل|[وبلف])")
_LATIN = {
    "tr": r"n?[iu]n|[ny]?[aeiu]|[dt][ae]n?|l[ae]r(?:[iu]n?|[ae]|d[ae]n?)?|y?l[ae]|c[aei]",
    "pl": r"a|u|owi|i?em|i?e|y|i?a|om|ami|ach|ow|i?ego|i?emu|ej|ie",
    "de": "s",
    "nl": "s",
    "sv": "s",
}
_ENDINGS = {language: re.compile(f"(?:{endings})$") for language, endings in _LATIN.items()}
# Spellings of one sound: "Gelaszwili" is "Gelashvili".
_SPELT = ("sch", "sh"), ("sz", "sh"), ("cz", "ch"), ("tch", "ch"), ("ph", "f"), ("ck", "k"), ("c", "k"), ("w", "v"), ("y", "i")


class ForeignName(NamedTuple):
    """A name in a text: where it stands, in characters, and the names as words that it may be."""

    start: int
    end: int
    names: tuple[tuple[str, ...], ...]


class ForeignNames:
    """The names of a story's actors, each as its words, to be found in other scripts and forms."""

    def __init__(self, names: AbstractSet[tuple[str, ...]]) -> None:
        self._beginning: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for name in names:
            self._beginning[name[0]].append(name)
        self._words = frozenset(word for name in names for word in name)
        self._unspaced = [name for name in names if len(name) == 1 and len(name[0]) > 1 and _UNSPACED.search(name[0])]
        self._plain: dict[str, set[str]] = defaultdict(set)
        self._spelt: dict[str, set[str]] = defaultdict(set)
        for word in self._words:
            if script_of(word) is None:
                self._plain[(plain := anyascii(word).lower())].add(word)
                self._spelt[_spelt(plain)].add(word)
        self._sounding: dict[str, dict[str, list[tuple[Sound, str]]]] = {}

    def find(self, text: str, language: str | None) -> list[ForeignName]:
        """Return the names that a text has, in order; the longest where several begin alike.

        In words of Latin letters they are looked for by the endings and spellings of ``language`` (ISO 639-1), None: not at all.
        """
        words = [*_WORD.finditer(text)]
        meant = [self._meant(word.group().lower(), language) for word in words]
        matches: list[ForeignName] = []
        after = 0
        for index, word in enumerate(words):
            names = [name for first in meant[index] for name in self._beginning.get(first, ()) if _stands(name, meant[index:])]
            if names and index >= after:
                longest = max(map(len, names))
                after = index + longest
                chosen = tuple(sorted({name for name in names if len(name) == longest}))
                matches.append(ForeignName(word.start(), words[after - 1].end(), chosen))
        lower = text.lower()
        for name in self._unspaced:
            start = lower.find(name[0])
            if start >= 0:
                matches.append(ForeignName(start, start + len(name[0]), (name,)))
        return sorted(matches)

    def _meant(self, typed: str, language: str | None) -> AbstractSet[str]:
        """Return the words of names that a word of a text may be."""
        script = script_of(typed)
        if script is None:
            return self._in_latin(typed, language) if language is not None else frozenset()
        forms = [*_forms(typed, script)]
        if own := self._words.intersection(forms):
            return own
        heard_as = {heard(form, script) for form in forms if _tells(form, typed, script)}
        sounding = self._by_consonants(script)
        return {word for own in heard_as for sound, word in sounding.get(own.consonants, ()) if alike(own, sound, script)}

    def _in_latin(self, typed: str, language: str | None) -> AbstractSet[str]:
        plain = anyascii(typed).lower()
        if typed in self._words or (plain in self._plain and len(plain) >= _MIN_LETTERS):
            return self._plain[plain]
        forms = [plain[: match.start()] for match in _endings(plain, language)] if language in _ENDINGS else []
        for form in (form for form in forms if len(form) >= _MIN_BEFORE_ENDING):
            if words := self._plain.get(form):
                return words
        for form in (form for form in (plain, *forms) if len(form) >= _MIN_SPELT):
            if words := self._spelt.get(_spelt(form)):
                return words
        return frozenset()

    def _by_consonants(self, script: str) -> Mapping[str, Sequence[tuple[Sound, str]]]:
        """Return the words of names with how they sound in a script, by their consonants."""
        if script not in self._sounding:
            sounding: dict[str, list[tuple[Sound, str]]] = defaultdict(list)
            for word in self._words:
                for sound in sounds_of(word, script):
                    sounding[sound.consonants].append((sound, word))
            self._sounding[script] = sounding
        return self._sounding[script]


def _stands(name: Sequence[str], meant: Sequence[AbstractSet[str]]) -> bool:
    return len(name) <= len(meant) and all(word in words for word, words in zip(name, meant, strict=False))


def _forms(typed: str, script: str) -> Iterator[str]:
    """Yield a word, and what is left of it without what may be an ending or an article."""
    yield typed
    if script == "Cyrillic" and (match := _CYRILLIC.search(typed)) and match.start() >= _MIN_STEM:
        for ending in (match.group(), match.group()[-1:]):
            stem = typed.removesuffix(ending)
            yield from (stem, stem + "а", stem + "я") if ending[:1] in "аеиоуыюя" else (stem,)
    elif script == "Korean" and (match := _KOREAN.search(typed)) and match.start() >= _MIN_STEM:
        yield typed[: match.start()]
    elif script == "Arabic" and (match := _ARABIC.search(typed)) and len(typed) > match.end() + _MIN_STEM:
        yield typed[match.end() :]


def _tells(form: str, typed: str, script: str) -> bool:
    """Return whether a form of a word that was typed is long enough to be told from other words by its sound."""
    if script in ("Japanese", "Korean"):
        return len(form) >= _MIN_SYLLABLES
    if form == typed:
        return len(form.rstrip("ьъ")) >= _MIN_LETTERS
    return len(heard(form, script).consonants) >= _MIN_CONSONANTS


def _endings(plain: str, language: str | None) -> Iterator[re.Match[str]]:
    """Yield each ending of the language that a word has, the shortest first."""
    endings = _ENDINGS[language or ""]
    return (match for start in range(len(plain) - 1, 0, -1) if (match := endings.match(plain, start)))


def _spelt(plain: str) -> str:
    for letters, sound in _SPELT:
        plain = plain.replace(letters, sound)
    return re.sub(r"(.)\1", r"\1", plain)
