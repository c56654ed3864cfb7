"""The lexicon's words, and looking them up: one by one or many at once, the same; what is held in memory has a bound."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.english import lexicon as lexicon_module
from bot.english.lexicon import Lexicon
from bot.errors import SetupError
from bot.resources import lexicon_file


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


def test_closing_while_others_read_ends_their_reading_with_an_error_not_the_process() -> None:
    reading = """
import sqlite3, sys, threading, time
from pathlib import Path
from bot.english.lexicon import Lexicon

def read(lexicon):
    try:
        while True:
            Lexicon._lemmas.func(lexicon)  # the irregular forms, read anew
    except sqlite3.ProgrammingError:
        ended.append(True)

ended = []
for number in range(40):
    lexicon = Lexicon(Path(sys.argv[1]))
    threads = [threading.Thread(target=read, args=(lexicon,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    time.sleep(number * 0.0005)
    lexicon.close()
    for thread in threads:
        thread.join()
print(len(ended))
"""
    done = subprocess.run([sys.executable, "-c", reading, str(lexicon_file())], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "80\n"), done.stderr


@pytest.fixture
def numbered(tmp_path: Path) -> Iterator[Lexicon]:
    """Return a lexicon of 1200 words, each as common as its number says."""
    path = tmp_path / "words.db"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE word (word TEXT PRIMARY KEY, zipf INTEGER)")
        database.executemany("INSERT INTO word VALUES (?, ?)", [(f"word{number}", number) for number in range(1200)])
    with closing(Lexicon(path)) as lexicon:
        yield lexicon


def test_a_word_has_its_value_and_an_unknown_one_none(numbered: Lexicon) -> None:
    assert [numbered.zipf(word) for word in ("word0", "word7", "none", "word7")] == [0.0, 0.07, 1.5, 0.07]
    assert [numbered.knows(word) for word in ("word0", "word7", "none")] == [True, True, False]


def test_words_read_together_need_no_further_read(numbered: Lexicon) -> None:
    numbered.fetch([*(f"word{number}" for number in range(1200)), "none"])
    numbered.close()
    assert [numbered.zipf(f"word{number}") for number in range(1200)] == [number / 100 for number in range(1200)]
    assert not numbered.knows("none")


def test_no_more_is_kept_than_allowed(numbered: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon_module, "_MAX_WORDS", 10)
    for number in range(100):
        assert numbered.zipf(f"word{number}") == number / 100
        assert len(numbered._zipfs) <= 10
    numbered.fetch(f"word{number}" for number in range(8))
    numbered.fetch(f"word{number}" for number in range(20, 28))
    assert len(numbered._zipfs) <= 10
    assert numbered.zipf("word21") == 0.21
