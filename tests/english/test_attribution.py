"""Whose words a quotation is, by its sentence alone, where the names in it are given."""

from __future__ import annotations

import pytest

from bot.english.attribution import Named, attribute
from bot.english.quotation_marks import quoted_spans
from bot.english.speech import UTTERING


def speakers(text: str, *names: str) -> list[tuple[str, ...]]:
    """Return the speakers of each quotation; each name stands once in the text, and is a person's."""
    named = [Named(text.index(name), text.index(name) + len(name), name, frozenset([name]), person=True) for name in names]
    found = attribute(text, quoted_spans(text), sorted(named, key=lambda each: each.start))
    return [tuple(each.name for each in whose.speakers) for whose in found]


@pytest.mark.parametrize("verb", ["stresses", "dismisses it as", "disclosed that it was", "slammed it as"])
def test_a_verb_of_saying_is_known_in_every_form(verb: str) -> None:
    assert speakers(f"Lee, to the surprise of all, {verb} “a great success”.", "Lee") == [("Lee",)]


@pytest.mark.parametrize("form", ["denys", "telled", "saies", "stresss"])
def test_no_form_is_listed_that_is_no_word(form: str) -> None:
    assert form not in UTTERING


def test_whoever_reads_words_has_not_said_them() -> None:
    assert speakers("Lee, to the surprise of all, reads “a great success”.", "Lee") == [()]


def test_a_title_with_a_full_stop_ends_no_sentence() -> None:
    text = "She met Capt. Roth and said “no”."
    assert attribute(text, quoted_spans(text), [])[0].context.startswith("She met Capt. Roth")
