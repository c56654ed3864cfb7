from __future__ import annotations

import pytest

from bot.answers.question.clauses import clause_weights
from bot.answers.question.words import normalise, tokens


@pytest.mark.parametrize(
    ("text", "main"),
    [
        ("When was the bridge closed?", {"when", "was", "the", "bridge", "closed"}),
        ("hey all random question, does anyone know when it closed? cant find it lol", {"when", "it", "closed"}),
        ("I live nearby. Who shut it? My cat sleeps.", {"who", "shut", "it"}),
        ("did they say why it closed", {"did", "they", "say", "why", "it", "closed"}),
        ("bridge closure date", {"bridge", "closure", "date"}),
    ],
)
def test_the_clause_that_asks_counts_in_full_and_chatter_less(text: str, main: set[str]) -> None:
    plain = normalise(text)
    read = tokens(plain)
    words = [token.word for token in read]
    weights = clause_weights(plain, read, words, ())
    assert {word for word, weight in zip(words, weights, strict=True) if weight == 1.0} == main


def test_quoted_words_count_in_full_wherever_they_stand() -> None:
    plain = normalise('there is this line "we never give up", who said it?')
    read = tokens(plain)
    start, end = plain.index('"'), plain.rindex('"') + 1
    weights = clause_weights(plain, read, [token.word for token in read], [(start, end)])
    quoted = [weight for token, weight in zip(read, weights, strict=True) if start <= token.start < end]
    assert quoted == [1.0] * 4
