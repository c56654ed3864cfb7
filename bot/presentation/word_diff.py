"""What differs between two texts, word by word: pieces that stayed, that went and that came."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Literal

State = Literal["same", "gone", "new"]
GAP = " … "
"""What stands for words that stayed and are not shown."""

_TOKENS = re.compile(r"\s+|[$€£¥₹]?\d+(?:[.,:]\d+)*(?:%|[^\W_]+)?|[^\W_]+(?:['’][^\W_]+)*|[^\w\s]|_")
"""Blanks, words and signs; a number such as 1.9 or $12,000 is one word, since its pieces would mean nothing."""
_CONTEXTS = (40, 16, 8, 4, 2)  # words shown beside a change; the first of these that fits is used
_MAX_PAIRS = 4_000_000  # pairs of a token of each text up to which all are compared; more would take too much memory
_WORDS_APART = 0.2  # similarity of words below which both texts are shown whole, since mixed pieces would be a puzzle


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that stayed, went or came; whitespace is part of it."""

    text: str
    state: State


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces of both texts in order: without those that came they make the old text, without those that went the new.

    In very long texts, only a common beginning and end are recognised, since comparing more would take too much memory.
    """
    from rapidfuzz.distance import Indel

    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    if before == after:
        return (Piece(after, "same"),) if after else ()
    if len(old) * len(new) > _MAX_PAIRS:
        return _joined(_between_ends(old, new))
    if Indel.normalized_similarity(_words(old), _words(new)) < _WORDS_APART:
        return tuple(piece for piece in (Piece(before, "gone"), Piece(after, "new")) if piece.text)
    pieces: list[Piece] = []
    for step in Indel.opcodes(old, new):
        if step.tag == "equal":
            pieces.append(Piece("".join(new[step.dest_start : step.dest_end]), "same"))
        elif step.tag == "delete":
            pieces.append(Piece("".join(old[step.src_start : step.src_end]), "gone"))
        else:
            pieces.append(Piece("".join(new[step.dest_start : step.dest_end]), "new"))
    return _joined(pieces)


def marked(pieces: Sequence[Piece], show: Callable[[str], str] = str, *, room: int = 4000) -> str:
    """Write a diff as markdown: ``~~gone~~ **new**``; text far from any change is replaced by an ellipsis.

    ``show`` makes a text fit to stand between marks. What does not fit into ``room`` even then is cut at the end.
    """
    for context in _CONTEXTS:
        text = _written(_near(pieces, context), show)
        if len(text) <= room:
            return text
    return _fitted(pieces, show, room)


def _between_ends(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    """Yield the common beginning of two texts, what is between in the old and in the new one, and their common end."""
    shorter = min(len(old), len(new))
    start = next((index for index in range(shorter) if old[index] != new[index]), shorter)
    end = next((index for index in range(shorter - start) if old[-1 - index] != new[-1 - index]), shorter - start)
    yield Piece("".join(new[:start]), "same")
    yield Piece("".join(old[start : len(old) - end]), "gone")
    yield Piece("".join(new[start : len(new) - end]), "new")
    yield Piece("".join(new[len(new) - end :]), "same")


def _words(tokens: Iterable[str]) -> list[str]:
    return [token for token in tokens if token[-1].isalnum() or (len(token) > 1 and not token.isspace())]


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Join runs, so that a replaced phrase reads as one change, not as word by word with single blanks between."""
    joined: list[Piece] = []
    gone = new = ""
    kept = [piece for piece in pieces if piece.text]
    for index, piece in enumerate(kept):
        blank = piece.state == "same" and piece.text.isspace() and (gone or new)
        if blank and index + 1 < len(kept):
            gone, new = gone + piece.text, new + piece.text
        elif piece.state == "same":
            joined += _changed(gone, new)
            gone = new = ""
            joined.append(piece)
        elif piece.state == "gone":
            gone += piece.text
        else:
            new += piece.text
    return (*joined, *_changed(gone, new))


def _changed(gone: str, new: str) -> list[Piece]:
    """Return what went and what came, with the blanks that both begin and end with as pieces that stayed."""
    start = _common_blank(gone, new)
    gone, new = gone[len(start) :], new[len(start) :]
    end = _common_blank(gone[::-1], new[::-1])[::-1]
    if end:
        gone, new = gone[: -len(end)], new[: -len(end)]
    pieces = (Piece(start, "same"), Piece(gone, "gone"), Piece(new, "new"), Piece(end, "same"))
    return [piece for piece in pieces if piece.text]


def _common_blank(one: str, other: str) -> str:
    pairs = takewhile(lambda pair: pair[0] == pair[1] and pair[0].isspace(), zip(one, other, strict=False))
    return "".join(blank for blank, _ in pairs)


def _near(pieces: Sequence[Piece], context: int) -> Iterable[Piece]:
    """Yield the pieces; of long ones that stayed, only the words beside a change."""
    last = len(pieces) - 1
    for index, piece in enumerate(pieces):
        tokens = _TOKENS.findall(piece.text)
        most = 2 * context * 2  # on both sides, a word and the blank after it
        if piece.state != "same" or len(tokens) <= most + 4:
            yield piece
            continue
        before = tokens[: most // 2] if index else []
        after = tokens[-(most // 2) :] if index < last else []
        yield Piece("".join(before).rstrip() + GAP + "".join(after).lstrip(), "same")


def _written(pieces: Iterable[Piece], show: Callable[[str], str]) -> str:
    """Write pieces one after the other, with a blank between what went and what came in its place."""
    written, before = "", "same"
    for piece in pieces:
        written += (" " if before == "gone" and piece.state == "new" else "") + _marked(piece, show)
        before = piece.state
    return written


def _marked(piece: Piece, show: Callable[[str], str]) -> str:
    """Show a piece between its marks, line by line and with its blanks outside: Discord's marks do not work otherwise."""
    mark = {"same": "", "gone": "~~", "new": "**"}[piece.state]
    shown = []
    for line in piece.text.split("\n"):
        core = line.strip()
        start = line[: len(line) - len(line.lstrip())]
        end = line[len(line.rstrip()) :] if core else ""
        shown.append(f"{start}{mark}{show(core)}{mark}{end}" if core else line)
    return "\n".join(shown)


def _fitted(pieces: Sequence[Piece], show: Callable[[str], str], room: int) -> str:
    """Shorten also the pieces that went and came, more and more, until the text fits."""
    near = list(_near(pieces, _CONTEXTS[-1]))
    for most in (400, 200, 100, 40, 15):
        half = most // 2
        cut = [
            piece
            if len(piece.text) <= most
            else replace(piece, text=piece.text[:half].rstrip() + GAP.strip() + piece.text[-half:].lstrip())
            for piece in near
        ]
        text = _written(cut, show)
        if len(text) <= room:
            return text
    shown = ""
    for piece in cut:
        following = _marked(piece, show)
        if len(shown) + len(following) + len(GAP) > room:
            return shown + GAP.rstrip()
        shown += following
    return shown
