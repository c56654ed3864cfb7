"""Function words of English and prefixes: the small closed classes by which a sentence is read without a parser."""

from __future__ import annotations

from bot.english.numbers import UP_TO_TEN


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list that is written as text, parted by blanks."""
    return frozenset(text.split())


AUXILIARIES = word_set(
    "has have had having is are was were be been being will would shall should can could may might must do does did"
)

PASSIVE = word_set("is are was were be been being gets got")
"""Forms of be and get that make a participle behind them a passive."""

ADVERBS = word_set(
    """also later then now not never once again still already just only even simply merely repeatedly reportedly publicly
    earlier today yesterday since first further both all himself herself itself themselves though however meanwhile"""
)

PREPOSITIONS = word_set(
    """in on at by for from with without within under over after before since until during through across against among
    amid around as about above behind below beneath beside between beyond despite inside into like near of off onto out
    outside past per to toward towards upon via than according regarding citing"""
)

SUBORDINATORS = word_set("while when although though because if unless after before since as whereas where once")

RELATIVES = word_set("who which whose whom that where")

DETERMINERS = UP_TO_TEN | word_set(
    "the a an this that these those his her its their our my your some any no every each both several many most another other"
    " such all"
)

PRONOUNS = word_set("he she it they we i you who")

NEGATING_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "mis")
"""What turns a word round that it stands before: legal, illegal."""
