"""How common each word is, and the lemmas of inflected words that a stemmer does not bring together with them."""

from __future__ import annotations

import math
import re
from difflib import SequenceMatcher

import simplemma
import wordfreq
from english import NOT_INFLECTED, irregular_forms
from wordnet import WordNet

from bot.english.search_words import stem

MIN_ZIPF = 200  # of the words in all tables: once in ten million words
WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*")


def read_frequencies() -> dict[str, int]:
    """A hundred times the Zipf frequency of each English word that is frequent enough."""
    frequencies = wordfreq.get_frequency_dict("en", wordlist="large")
    zipf = {word: round(100 * (math.log10(frequency) + 9)) for word, frequency in frequencies.items()}
    return {word: value for word, value in zipf.items() if value >= MIN_ZIPF and WORD.fullmatch(word)}


def is_plausible(form: str, lemma: str, zipf: dict[str, int], wordnet: WordNet) -> bool:
    """Whether simplemma's lemma can be trusted: looks like the form, is common, has the right part of speech."""
    kinds = wordnet.parts_of_speech(lemma)
    if "'" in form or len(form) < 4 or form[0] != lemma[0] or form in NOT_INFLECTED or not kinds:
        return False
    if zipf.get(lemma, 0) < max(MIN_ZIPF, zipf[form] - 130) or not wordnet.is_common(lemma):
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
