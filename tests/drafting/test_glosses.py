"""What words of a passage mean stands behind them in brackets, as editors set it, once a sentence for each person."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.drafting.folder import read_folder

HEAD = "The dam at Lea\nLea Courier, 2017-10-28\n\n"


def glossed(tmp_path: Path, text: str) -> list[str]:
    """Return the passages of an article of Saturday, 28 October 2017 with their glosses."""
    (tmp_path / "dam.txt").write_text(f"{HEAD}{text}\n", encoding="utf-8")
    return [fact.glossed for fact in read_folder(tmp_path).story.facts]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Ann Roth, the mayor, came. She closed the dam.", "She [Ann Roth] closed the dam."),
        ("Ann Roth, the mayor, came. She said that she had wept.", "She [Ann Roth] said that she had wept."),
        ("Ann Roth, the mayor, came. When Roth closed the dam, she wept.", "When Roth closed the dam, she wept."),
        ("Ann Roth met Nora Quill. Later she closed the dam.", "Later she closed the dam."),
        ("A skipper came. He closed the dam.", "He closed the dam."),
        ("It closed on Thursday.", "It closed on Thursday [26 October 2017]."),
        ("It has been closed since Friday.", "It has been closed since Friday [27 October 2017]."),
        ("It closed on 3 March 2016.", "It closed on 3 March 2016."),
        ("It closed two weeks ago.", "It closed two weeks ago."),
        ("It closed on 4 May 1987. The next day it burst.", "The next day [5 May 1987] it burst."),
        ("“It closed on Thursday,” said Ann Roth.", "“It closed on Thursday,” said Ann Roth."),
        (
            "Ann Roth came. Yesterday she closed the dam, for she had been told on Monday.",
            "Yesterday [27 October 2017] she [Ann Roth] closed the dam, for she had been told on Monday [23 October 2017].",
        ),
    ],
)
def test_words_that_need_others_are_explained(tmp_path: Path, text: str, last: str) -> None:
    assert glossed(tmp_path, text)[-1] == last
