from __future__ import annotations

from pathlib import Path

import pytest

from bot.answers.question.lexicon import Lexicon
from bot.errors import SetupError


def test_common_words_are_commoner_than_rare_and_unknown_ones(lexicon: Lexicon) -> None:
    assert lexicon.zipf("money") > lexicon.zipf("affidavit") > lexicon.zipf("zxqwv")


def test_irregular_forms_share_the_stem_of_their_lemma(lexicon: Lexicon) -> None:
    assert lexicon.stem("bought") == lexicon.stem("buy")
    assert lexicon.stem("children") == lexicon.stem("child")


def test_irregular_forms_of_a_word_are_found_from_each_other(lexicon: Lexicon) -> None:
    assert {"sank", "sunk"} <= set(lexicon.irregular("sink"))
    assert {"sink", "sunk"} <= set(lexicon.irregular("sank"))
    assert lexicon.irregular("walk") == ()


def test_related_words_stand_for_each_other_the_nearest_most(lexicon: Lexicon) -> None:
    strengths = {related.stem: related.strength for related in lexicon.related("bought")}
    assert strengths[lexicon.stem("purchase")] > 0.5
    assert lexicon.stem("banana") not in strengths
    assert all(0 < strength < 1 for strength in strengths.values())


@pytest.mark.parametrize(("one", "other"), [("accept", "reject"), ("wrong", "right"), ("lost", "saved"), ("sold", "bought")])
def test_contraries_are_known_both_ways_and_in_their_forms(lexicon: Lexicon, one: str, other: str) -> None:
    assert lexicon.opposed(one, other)
    assert lexicon.opposed(other, one)


def test_words_that_only_differ_are_no_contraries(lexicon: Lexicon) -> None:
    assert not lexicon.opposed("breakfast", "lunch")
    assert not lexicon.opposed("love", "love")
    assert not lexicon.opposed("zxqwv", "love")


def test_a_missing_lexicon_says_how_to_mend_it(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="install Footnote again"):
        Lexicon(tmp_path / "none.db")
