"""Where quotations begin and end in a running text, whatever marks it uses and however they are mixed.

A mark is read by what stands around it rather than by its shape: “so", "so” and «so» are quotations as “so” is. A quotation in
another is a part of it. One that runs over paragraphs opens each of them anew and closes the last alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MASK = "\x1a"
"""Stands for each sign of a quotation in a text of which only the words around are read."""

_DOUBLE = re.compile("''|``|[“”„«»‹›「」『』\"]")
_SINGLE = re.compile("['‘’]")
_PARAGRAPH = re.compile(r"\S+(?:[^\S\n]*(?:\n[^\S\n]*)?\S+)*")
_BEFORE_OPENING = frozenset(" \n\t\u00a0\u202f([{—–-‘'“„«")
# What a mark closes; others close any.
_CLOSES = {"“": "„»", "«": "»", "»": '«„“"', "„": "", "``": "", "‹": "›", "›": "‹", "「": "", "」": "「", "『": "", "』": "『"}
_ELISIONS = re.compile(r"(?:tis|twas|em|til|cause|bout|n)\b|\d\ds\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """The inside of a quotation; ``whole`` takes its marks in. ``closed``: it has a closing mark of its own."""

    start: int
    end: int
    whole: tuple[int, int]
    closed: bool = True

    def moved(self, by: int) -> Span:
        """Return where it stands in a text that begins so many signs before this one, or behind it."""
        return Span(self.start + by, self.end + by, (self.whole[0] + by, self.whole[1] + by), self.closed)


def quoted_spans(text: str) -> tuple[Span, ...]:
    """Return the quotations of a text, in its order; blank lines part its paragraphs."""
    spans: list[Span] = []
    paragraphs = paragraph_bounds(text)
    for index, (start, end) in enumerate(paragraphs):
        following = paragraphs[index + 1][0] if index + 1 < len(paragraphs) else len(text)
        double = _double(text[start:end], goes_on=bool(_DOUBLE.match(text, following)))
        single = _single(text[start:end], goes_on=bool(_SINGLE.match(text, following)))
        passed = 0
        for span in sorted([*double, *single], key=lambda span: (span.whole[0], -span.whole[1])):
            if span.whole[0] >= passed:
                spans.append(span.moved(start))
                passed = span.whole[1]
    return tuple(spans)


def paragraph_bounds(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the paragraphs of a text begin and end."""
    return tuple(match.span() for match in _PARAGRAPH.finditer(text))


def _double(text: str, *, goes_on: bool) -> Iterator[Span]:
    """Return quotations of a paragraph in double marks, also those inside one that is never closed."""
    open_marks: list[re.Match[str]] = []
    inner: list[Span] = []
    for mark in _DOUBLE.finditer(text):
        sign, (before, behind) = mark.group(), _beside(mark)
        # One inside another has a word behind it, none before it.
        if not open_marks or (before in _BEFORE_OPENING and behind.isalnum() and sign not in ("”", "''")):
            # A word follows a mark that opens, or as in French a space between, where none is before it.
            spaced = sign == "«" and re.match(r"\s\S", text[mark.end() : mark.end() + 2])
            may_open = before in _BEFORE_OPENING if spaced else not behind.isspace()
            if may_open:
                open_marks.append(mark)
        elif sign not in _CLOSES or open_marks[-1].group() in _CLOSES[sign]:
            span = _span(open_marks.pop(), mark)
            if open_marks:
                inner.append(span)
            else:
                yield span
                inner = []
    if open_marks and goes_on:
        yield _unclosed(open_marks[0])
    elif open_marks:
        yield from inner or [_unclosed(open_marks[-1])]


def _beside(mark: re.Match[str]) -> tuple[str, str]:
    """Return the signs before and behind a mark, a blank where there is none."""
    return mark.string[mark.start() - 1 : mark.start()] or " ", mark.string[mark.end() : mark.end() + 1] or " "


def _unclosed(mark: re.Match[str]) -> Span:
    end = len(mark.string)
    return Span(mark.end(), end, (mark.start(), end), closed=False)


def _span(opening: re.Match[str], closing: re.Match[str]) -> Span:
    inside = opening.string[opening.end() : closing.start()]
    start, end = opening.end() + len(inside) - len(inside.lstrip()), closing.start() - len(inside) + len(inside.rstrip())
    return Span(min(start, end), end, (opening.start(), closing.end()))


def _single(text: str, *, goes_on: bool) -> Iterator[Span]:
    """Return quotations of a paragraph in single marks; an apostrophe is not one."""
    marks = list(_SINGLE.finditer(text))
    index = 0
    while index < len(marks):
        mark = marks[index]
        index += 1
        if not _single_opens(mark):
            continue
        closing = _single_closing(marks, index)
        if closing is not None:
            yield _span(mark, marks[closing])
            index = closing + 1
        elif goes_on and not any(_single_opens(later) for later in marks[index:]):
            yield _unclosed(mark)
            return


def _single_opens(mark: re.Match[str]) -> bool:
    before, behind = _beside(mark)
    opens = before in _BEFORE_OPENING - {"'"} and (behind.isalnum() or behind in '“"[…')
    return opens and mark.group() != "’" and not _ELISIONS.match(mark.string, mark.end())


def _single_closing(marks: Sequence[re.Match[str]], first: int) -> int | None:
    """Return which mark closes, before another opens: the first behind a word, but for an s' that a word and a mark follow."""
    possible = []
    for index in range(first, len(marks)):
        before, behind = _beside(marks[index])
        if marks[index].group() == "‘" or _single_opens(marks[index]):
            break
        if not before.isspace() and not behind.isalnum():
            possible.append(index)
    for index in possible[:-1]:
        mark = marks[index]
        if not (_beside(mark)[0] == "s" and re.match(r" [a-z]", mark.string[mark.end() : mark.end() + 2])):
            return index
    return possible[-1] if possible else None


def masked(text: str, spans: Sequence[Span]) -> str:
    """Return the text with its quotations, marks and all, blotted out, every other sign in its place."""
    pieces, position = [], 0
    for span in spans:
        begin, end = max(span.whole[0], position), max(span.whole[1], position)
        pieces += [text[position:begin], MASK * (end - begin)]
        position = end
    return "".join((*pieces, text[position:]))
