"""Blocks of text as a terminal shows them."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from bot.terminal.blocks import Block, show


def shown(text: str, width: int) -> list[str]:
    console = Console(file=StringIO(), width=width, markup=False, emoji=False, highlight=False)
    show([Block(Text(text))], console)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue().splitlines()


@pytest.mark.parametrize("width", range(30, 60))
def test_no_line_of_japanese_begins_with_a_closing_sign_or_is_too_long(width: int) -> None:
    text = "そのときにはもう起きていましたが、「挙げられている出典」は、すべてその後に出たものです（2017年）。"
    text += "手元の事実では答えられません。"
    lines = shown(text, width)
    assert "".join(lines) == text
    assert [line for line in lines if line[0] in "、。」）"] == []
    assert [line for line in lines if cell_len(line) > width] == []


def test_other_text_fills_the_lines() -> None:
    assert shown("aa " * 10 + "bb", 30) == ["aa aa aa aa aa aa aa aa aa aa", "bb"]
