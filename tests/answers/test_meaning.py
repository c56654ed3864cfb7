from __future__ import annotations

import math

from bot.answers.index import StoryIndex
from bot.answers.lexicon import Lexicon
from bot.answers.meaning import gist
from bot.answers.question import read_question


def likeness(one: str, other: str, lexicon: Lexicon) -> float:
    vectors = [gist(text.split(), lexicon) for text in (one, other)]
    first, second = (vector for vector in vectors if vector is not None)
    return sum(a * b for a, b in zip(first, second, strict=True)) / math.hypot(*first) / math.hypot(*second)


def test_a_question_has_the_gist_of_its_paraphrase(lexicon: Lexicon) -> None:
    question = "which boat was waiting for them"
    near = likeness(question, "they landed four miles from the recovery ship", lexicon)
    assert near > likeness(question, "the council raised the price of water", lexicon)


def test_the_word_that_asks_draws_to_what_it_asks_for(lexicon: Lexicon) -> None:
    dated, priced = "it was opened on a day in march", "it was bought for six million dollars"
    assert likeness("when was it", dated, lexicon) > likeness("when was it", priced, lexicon)
    assert likeness("how much was it", priced, lexicon) > likeness("how much was it", dated, lexicon)


def test_words_that_are_not_known_have_no_gist(lexicon: Lexicon) -> None:
    assert gist(["zxqwv"], lexicon) is None
    assert gist(["zxqwv", "harbour"], lexicon) == gist(["harbour"], lexicon)


def test_each_fact_is_held_against_the_gist_of_a_question(index: StoryIndex, lexicon: Lexicon) -> None:
    gists = index.gists(read_question("When was the bridge shut?", index, lexicon).gist)
    assert len(gists) == len(index.documents)
    assert max(gists) > 0.3
    assert index.gists(None) == [0.0] * len(index.documents)
