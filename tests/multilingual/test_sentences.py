"""Where sentences end, in paragraphs with abbreviations, ordinals, quotations and the marks of each script."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.english.quotation_marks import quoted_spans
from bot.multilingual.sentences import sentence_bounds

PARAGRAPHS: dict[str, list[str]] = YAML(typ="safe", pure=True).load(Path(__file__).with_name("sentences.yaml"))
UNSPACED = ("ja", "zh")
# Ends that are missed, for a sentence that ends with an abbreviation looks as one that goes on: "in mm. Das", "2019 г. Теперь".
MISSED = {"de": 1, "es": 1, "ru": 1, "zh": 1}


def sentences(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in sentence_bounds(text, quoted_spans(text), language)]


@pytest.mark.parametrize("language", PARAGRAPHS)
def test_no_sentence_is_cut_and_few_stay_together(language: str) -> None:
    wanted = [paragraph.split("|") for paragraph in PARAGRAPHS[language]]
    assert sum(map(len, wanted)) >= 19
    missed = []
    for expected in wanted:
        read = sentences(("" if language in UNSPACED else " ").join(expected), language)
        cut = [sentence for sentence in read if not sentence.startswith(tuple(expected))]
        assert cut == [], read
        missed += [expected] * (len(expected) - len(read))
    assert len(missed) <= MISSED.get(language, 0), missed


def test_no_sentence_ends_within_a_quotation() -> None:
    text = "„Wir wussten nichts. Niemand rief an. Niemand!“, sagte sie. Dann ging sie."
    assert sentences(text, "de") == ["„Wir wussten nichts. Niemand rief an. Niemand!“, sagte sie.", "Dann ging sie."]
    assert sentences("", "de") == []
