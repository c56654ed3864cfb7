"""An article in a Word document: its headline and paragraphs as plain text."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from bot.errors import UsageError
from bot.messages import Message

ENDING = ".docx"
MAX_BYTES = 5_000_000
MAX_UNPACKED = 50_000_000
"""Bytes of the parts of a document once they are unpacked; a book without pictures has a tenth of that."""

_NO_TEXT = Message("The document has no text. Save its text as a plain text file.")
_BROKEN = Message("The document cannot be read: it is damaged, or locked by a password. Save its text as a plain text file.")
_LARGE = Message(
    "The document is too large: it may have {most} MB. Save its text as a plain text file.", most=MAX_BYTES // 1_000_000
)
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError, KeyError, IndexError, ValueError, TypeError, AttributeError),
    *(AssertionError, RuntimeError),
)
_HEADLINES = ("Title", "Heading 1")
_LISTS = ("TOC", "toc")  # tables of contents
_MARGINS = frozenset({"Caption", "Header", "Footer"})


def read_docx(content: bytes) -> str:
    """Return the article in a document as plain text: its headline, then its paragraphs with blank lines between them.

    Text in tables is part of it, row by row; headings between paragraphs, captions and tables of contents are not. Raises
    UsageError where it has no text, is too large, or cannot be read.
    """
    if len(content) > MAX_BYTES:
        raise UsageError(_LARGE)
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                raise UsageError(_LARGE)
        blocks = list(_blocks(content))
    except (*_DAMAGED, OpcError, LxmlError) as error:  # what a damaged file makes of the reader may be any of these
        raise UsageError(_BROKEN) from error
    blocks = [(style, text) for style, text in blocks if any(map(str.isalnum, text))]
    if not blocks:
        raise UsageError(_NO_TEXT)
    headline = next((at for at, (style, _) in enumerate(blocks) if style in _HEADLINES), None)
    first = headline if headline is not None else 0
    body = [text for style, text in blocks[first + 1 :] if not _is_beside(style)]
    return "\n\n".join([blocks[first][1], *body]) + "\n"


def _blocks(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs of a document, those of tables too, each with the name of its style."""
    # Imported here because it takes longer to load than most articles to read.
    from docx import Document
    from docx.table import Table

    for item in Document(io.BytesIO(content)).iter_inner_content():
        if not isinstance(item, Table):
            yield from _paragraph(item)
            continue
        for row in item.rows:
            cells = dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells)  # a merged cell is there several times
            yield "", ", ".join(filter(None, cells))


def _paragraph(paragraph: Any) -> Iterator[tuple[str, str]]:
    style = paragraph.style.name if paragraph.style is not None else ""
    for part in paragraph.text.split("\n\n"):
        yield style, " ".join(part.split())


def _is_beside(style: str) -> bool:
    return style.startswith(("Heading", "Title", *_LISTS)) or style in _MARGINS
