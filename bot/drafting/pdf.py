"""An article in a PDF: its headline and paragraphs as plain text, as far as its layout tells them.

A headline is what is printed largest on the first page. Lines are one paragraph where they stand as far apart as lines of their
size mostly do, and each is as full as its next word lets it be. What stands at the head or the foot of most pages is left out,
and a paragraph that goes on over a column or a page is one. A page that lies on its side is turned.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bot.errors import UsageError
from bot.messages import Message

ENDING = ".pdf"
MAX_BYTES = 5_000_000
MAX_PAGES = 60

_NO_TEXT = Message("The PDF has no text; it may be a picture of a page. Save its text as a plain text file.")
_BROKEN = Message("The PDF cannot be read: it is damaged, or locked by a password. Save its text as a plain text file.")
_LONG = Message("The PDF has more than {most} pages. Save the pages with the article alone.", most=MAX_PAGES)
_LARGE = Message("The PDF is too large: it may have {most} MB. Save its text as a plain text file.", most=MAX_BYTES // 1_000_000)
_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_ENDS = re.compile(r"[.!?:;…][\"'“”‘’«»)\]\s]*$")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_LINE_MARGIN = 1.4  # heights of a line; lines with less space between them are read before what stands beside them
_SAME_SIZE = 1.1  # times
_SAME_PITCH = 1.2  # times


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: the size of its letters, its edges and the width of its first word, all in points."""

    text: str
    size: float
    left: float
    right: float
    foot: float
    word: float

    def is_beside(self, other: _Line) -> bool:
        """Return whether it is of one size and one column with a line above or below it."""
        alike = max(self.size, other.size) <= _SAME_SIZE * min(self.size, other.size)
        return alike and self.left < other.right and other.left < self.right


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of text on a page: the size of its letters in points, the places of its first and last line, from 0 at the foot
    of the page to 1 at its head.
    """

    text: str
    size: float
    first: float
    last: float
    page: int


def read_pdf(content: bytes) -> str:
    """Return the article in a PDF as plain text: its headline, a blank line, its paragraphs with blank lines between them.

    Raises UsageError where it has no text, too many pages, or cannot be read.
    """
    if len(content) > MAX_BYTES:
        raise UsageError(_LARGE)
    blocks = [block for block in _blocks(content) if any(map(str.isalnum, block.text))]
    if not blocks:
        raise UsageError(_NO_TEXT)
    repeated = Counter(re.sub(r"\d+", "#", block.text) for block in blocks)
    pages = blocks[-1].page + 1
    body = [block for block in blocks if not _is_margin(block, repeated[re.sub(r"\d+", "#", block.text)], pages)] or blocks
    largest = max(block.size for block in body if block.page == 0) if body[0].page == 0 else 0.0
    first = next((index for index, block in enumerate(body) if block.page == 0 and block.size == largest), 0)
    return "\n\n".join(_joined(body[first:])) + "\n"


def _blocks(content: bytes) -> Iterator[_Block]:
    """Yield the blocks of text of each page, in the order in which they are read."""
    pages = list(_pages(content))
    pitches = _pitches([lines for _, lines in pages])
    for number, (height, lines) in enumerate(pages):
        for block in _parted(lines, pitches):
            text = _HYPHEN.sub("", "\n".join(line.text for line in block))
            first, last = (line.foot / (height or 1) for line in (block[0], block[-1]))
            yield _Block(" ".join(text.split()), max(line.size for line in block), first, last, number)


def _pages(content: bytes) -> Iterator[tuple[float, list[_Line]]]:
    """Yield the height of each page, and its lines in the order in which they are read. Raises UsageError."""
    # Imported here because it takes longer to load than most articles to read.
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams, LTTextContainer, LTTextLine
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.psexceptions import PSException

    manager, layout = PDFResourceManager(), LAParams(line_margin=_LINE_MARGIN)
    device = PDFPageAggregator(manager, laparams=None)  # to find the lines of a page that is turned would take seconds
    interpreter = PDFPageInterpreter(manager, device)
    try:
        for number, page in enumerate(PDFPage.get_pages(io.BytesIO(content), maxpages=MAX_PAGES + 1)):
            if number == MAX_PAGES:
                raise UsageError(_LONG)
            interpreter.process_page(page)
            if turned := _turned(device.get_result()):
                page.rotate = (page.rotate + turned) % 360
                interpreter.process_page(page)
            read = device.get_result()
            read.analyze(layout)
            boxes = (box for box in read if isinstance(box, LTTextContainer))
            lines = (_line(line) for box in boxes for line in box if isinstance(line, LTTextLine))
            yield read.height, [line for line in lines if line is not None]
    except UsageError:
        raise
    except (PSException, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, AssertionError) as error:
        raise UsageError(_BROKEN) from error  # what a damaged file makes of the reader may be any of these


def _turned(page: Any) -> int:
    """Return by how many degrees a page has to be turned so that most of its letters stand upright."""
    from pdfminer.layout import LTChar

    turns = Counter(_quarter_turns(letter.matrix) for letter in page if isinstance(letter, LTChar))
    return 90 * max(turns, key=turns.__getitem__, default=0)


def _quarter_turns(matrix: Sequence[float]) -> int:
    """Return how many quarter turns to the right bring a letter upright that is printed by a matrix."""
    along, up = matrix[0], matrix[1]
    if abs(along) >= abs(up):
        return 0 if along > 0 or matrix[3] > 0 else 2  # one that is mirrored stands upright
    return 1 if up > 0 else 3


def _line(line: Any) -> _Line | None:
    """Return a line as it was read, None where nothing is printed in it."""
    from pdfminer.layout import LTChar

    letters = [letter for letter in line if isinstance(letter, LTChar) and letter.get_text().strip()]
    if not letters:
        return None
    text = line.get_text().strip()
    last = letters[min(len(text.split()[0]), len(letters)) - 1]
    size = Counter(round(letter.size, 1) for letter in letters).most_common(1)[0][0]
    return _Line(text.translate(_LIGATURES), size, line.x0, line.x1, line.y0, last.x1 - letters[0].x0)


def _pitches(pages: Sequence[Sequence[_Line]]) -> dict[float, float]:
    """Return how far apart lines of each size mostly are, in points from one to the next."""
    seen: dict[float, Counter[float]] = {}
    for lines in pages:
        for above, line in pairwise(lines):
            if above.is_beside(line) and above.foot > line.foot and _is_full(above, line, lines):
                seen.setdefault(line.size, Counter())[round(above.foot - line.foot)] += 1
    # Of two that are as common, the closer one: the other parts paragraphs.
    return {size: min(counts, key=lambda pitch: (-counts[pitch], pitch)) for size, counts in seen.items()}


def _is_full(line: _Line, following: _Line, lines: Sequence[_Line]) -> bool:
    """Return whether the first word of the following line had no room left in a line, so that it had to end there."""
    edge = max(other.right for other in lines if other.is_beside(line) and abs(other.left - line.left) < line.size)
    return line.right + following.word > edge


def _parted(lines: Sequence[_Line], pitches: dict[float, float]) -> Iterator[list[_Line]]:
    """Yield the lines of each block of a page."""
    block: list[_Line] = []
    for line in lines:
        if block and not _goes_on(block[-1], line, lines, pitches):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _goes_on(above: _Line, line: _Line, lines: Sequence[_Line], pitches: dict[float, float]) -> bool:
    """Return whether a line goes on with the paragraph of the one above it."""
    pitch = pitches.get(line.size, 0.0)
    near = above.is_beside(line) and 0 < above.foot - line.foot <= _SAME_PITCH * pitch
    return near and (_is_full(above, line, lines) or not _ENDS.search(above.text))


def _is_margin(block: _Block, times: int, pages: int) -> bool:
    """Return whether a block is a running head or foot: at the edge of its page, and the same on most pages, or a number."""
    at_edge = block.last < 0.08 or block.last > 0.92
    return at_edge and (block.text.strip(" -–—").isdecimal() or (pages > 1 and times > pages / 2))


def _joined(blocks: Sequence[_Block]) -> Iterator[str]:
    """Yield paragraphs; a block that ends within a sentence goes on in small letters at the head of the next column or page."""
    paragraph, before = "", blocks[0]
    for block in blocks:
        is_below = block.page == before.page and block.first <= before.last
        goes_on = paragraph and not is_below and not _ENDS.search(paragraph) and block.text[:1].islower()
        if paragraph and not goes_on:
            yield paragraph
        paragraph = f"{paragraph} {block.text}" if goes_on else block.text
        before = block
    if paragraph:
        yield paragraph
