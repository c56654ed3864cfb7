"""Putting blocks of text on the screen: wrapped to its width, styled where it can show styles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from bot.presentation.word_diff import Piece
from bot.terminal.text import one_line, safe

NARROWEST = 16  # columns that a text has at least beside its indent
_WEB = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f]+")


@dataclass(frozen=True, slots=True)
class Block:
    """Text with the indent of its first line and of the others. A ``whole`` one is not wrapped, so that it can be copied."""

    text: Text
    first: str = ""
    rest: str = ""
    whole: bool = False


BLANK = Block(Text())


def screen() -> Console:
    """Return the console of standard output. Piped, it is plain text of 80 columns, or as many as $COLUMNS says."""
    return Console(markup=False, emoji=False, highlight=False)


def show(console: Console, blocks: Iterable[Block]) -> None:
    """Print blocks, one below the other."""
    for block in blocks:
        for line in _lines(console, block):
            console.print(line, soft_wrap=True)


def verbatim(text: str, style: str = "") -> Text:
    """Return stored text for the screen: inert, its line breaks kept."""
    return Text(safe(text), style)


def phrase(text: str, style: str = "") -> Text:
    """Return stored text on one line, inert."""
    return Text(one_line(text), style)


def address(url: str) -> Text:
    """Return a web address, to be opened by a click where the terminal can."""
    text = one_line(url)
    return Text(text, f"link {text}" if _WEB.fullmatch(text) else "")


def diff_text(pieces: Iterable[Piece]) -> Text:
    """Return a word diff as ``git diff --word-diff`` writes it: [-removed-] and {+added+}, legible without colours too."""
    text = Text()
    for piece in pieces:
        if piece.state == "gone":
            text.append_text(verbatim(f"[-{piece.text}-]", "red strike"))
        elif piece.state == "new":
            text.append_text(verbatim(f"{{+{piece.text}+}}", "bold green"))
        else:
            text.append_text(verbatim(piece.text))
    return text


def _lines(console: Console, block: Block) -> Iterator[Text]:
    if block.whole:
        yield Text(block.first) + block.text
        return
    width = max(console.width - len(block.first), NARROWEST)
    before = block.first
    for line in block.text.wrap(console, width, overflow="fold") or [Text()]:
        line.rstrip()
        yield (Text(before) + line) if line else Text(before.rstrip())
        before = block.rest
