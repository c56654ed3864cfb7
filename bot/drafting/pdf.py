"""An article in a PDF: its headline and paragraphs as plain text, as far as its layout tells them.

A headline is what is printed largest on the first page. What stands at the head or the foot of most pages is left out, and a
paragraph that goes on over a page is one.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.errors import UsageError
from bot.messages import Message

ENDING = ".pdf"
MAX_BYTES = 5_000_000
MAX_PAGES = 60

_NO_TEXT = Message("The PDF holds no text, as where it is a picture of a page. Save its text as a plain text file.")
_BROKEN = Message("The PDF cannot be read: it is damaged, or locked by a password. Save its text as a plain text file.")
_LONG = Message("The PDF has more than {most} pages. Save the pages with the article alone.", most=MAX_PAGES)
_LARGE = Message("The PDF is too large: it may have {most} MB. Save its text as a plain text file.", most=MAX_BYTES // 1_000_000)
_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_ENDS = re.compile(r"[.!?:;…][\"'“”‘’«»)\]\s]*$")


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of text on a page: the size of its letters in points, its place from 0 at the foot of the page to 1 at its head."""

    text: str
    size: float
    place: float
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
    first = next((place for place, block in enumerate(body) if block.page == 0 and block.size == largest), 0)
    return "\n\n".join(_joined(body[first:])) + "\n"


def _blocks(content: bytes) -> Iterator[_Block]:
    """Yield the blocks of text of each page, in the order in which they are read."""
    # Imported here because it takes longer to load than most articles to read.
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTChar, LTTextContainer, LTTextLine
    from pdfminer.psexceptions import PSException

    try:
        for number, page in enumerate(extract_pages(io.BytesIO(content), maxpages=MAX_PAGES + 1, laparams=LAParams())):
            if number == MAX_PAGES:
                raise UsageError(_LONG)
            for box in page:
                if not isinstance(box, LTTextContainer):
                    continue
                lines = [line for line in box if isinstance(line, LTTextLine)]
                sizes = [char.size for line in lines for char in line if isinstance(char, LTChar)]
                if sizes:
                    text = _HYPHEN.sub("", "".join(line.get_text() for line in lines).strip())
                    yield _Block(" ".join(text.split()), round(max(sizes), 1), box.y0 / page.height, number)
    except UsageError:
        raise
    except (PSException, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, AssertionError) as error:
        raise UsageError(_BROKEN) from error  # what a damaged file makes of the reader may be any of these


def _is_margin(block: _Block, times: int, pages: int) -> bool:
    """Return whether a block is a running head or foot: at the edge of its page, and the same on most pages, or a number."""
    at_edge = block.place < 0.08 or block.place > 0.92
    return at_edge and (block.text.strip(" -–—").isdecimal() or (pages > 1 and times > pages / 2))


def _joined(blocks: Sequence[_Block]) -> Iterator[str]:
    """Yield paragraphs; a block that ends in the middle of a sentence goes on in the next page's first in small letters."""
    paragraph, page = "", 0
    for block in blocks:
        goes_on = paragraph and block.page > page and not _ENDS.search(paragraph) and block.text[:1].islower()
        if paragraph and not goes_on:
            yield paragraph
        paragraph = f"{paragraph} {block.text}" if goes_on else block.text
        page = block.page
    if paragraph:
        yield paragraph
