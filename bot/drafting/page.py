"""An article in a web page: its paragraphs, and what the page says of itself.

The text is found by trafilatura, what the page says of itself by our own module, and by trafilatura where that finds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from bot.drafting.page_metadata import PageMetadata, metadata_of
from bot.errors import UsageError
from bot.messages import Message

ENDINGS = (".html", ".htm", ".xhtml")
"""How the names of files with web pages end."""

MAX_BYTES = 5_000_000
"""Bytes of a page; those of big papers have two million, of which the article is a small part."""

_BEGINS = re.compile(r"<(?:!doctype\s+html|html|head|body|article)\b", re.I)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?([\w-]{1,40})", re.I)
_LOOKED_AT = 4096  # bytes in which a page says its encoding
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{1000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MAX_ATTRIBUTES = 500  # of one tag: reading more takes a time that grows faster than they do
_MIN_CHARACTERS = 140  # characters, below which a page's own words are no article
_MIN_EXTRACTED = 80  # characters, below which trafilatura takes the whole page, menus and all, for its article
_BLOCKS = ("p", "quote", "item", "cell")  # of trafilatura's text; headings are none of its paragraphs
_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Page:
    """A web page: the article in it as plain text, a blank line between paragraphs, and what the page says of it."""

    text: str
    metadata: PageMetadata


def is_page(text: str) -> bool:
    """Return whether a text is a web page."""
    head = text[:_LOOKED_AT].lstrip()
    return head.startswith("<") and _BEGINS.search(head) is not None


def decode_page(content: bytes) -> str:
    """Return the text of a page that may name its encoding; signs that are none in it are replaced."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        named = _CHARSET.search(content[:_LOOKED_AT])
    try:
        return content.decode(named[1].decode("ascii") if named else "windows-1252", "replace")
    except (LookupError, UnicodeError):  # there are codecs that read no bytes whatever is asked of them, such as "undefined"
        return content.decode("windows-1252", "replace")


def read_page(text: str) -> Page:
    """Read a web page. Raises UsageError where no article is found in it."""
    from lxml import etree, html

    if any(len(_QUOTED.sub(" ", tag.group()).split()) > _MAX_ATTRIBUTES for tag in _LONG_TAG.finditer(text)):
        raise UsageError(Message("The page has a tag that no browser writes. Save the article as plain text."))
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        raise UsageError(
            Message("The page has no text to draft from. Save the article as plain text, a blank line between paragraphs.")
        )
    metadata, body = metadata_of(root)
    extracted, metadata = _extracted(text, metadata)
    article = extracted if len(extracted) >= min(_MIN_CHARACTERS, len(body)) else body
    if not article.strip():
        raise UsageError(Message("No article was found in the page. Save its text alone, a blank line between paragraphs."))
    return Page(article, metadata)


def _extracted(page: str, metadata: PageMetadata) -> tuple[str, PageMetadata]:
    """Return the text of the article, and the metadata with what they lack as far as trafilatura finds it."""
    # Imported here because it takes longer to load than most articles to read.
    from trafilatura import bare_extraction
    from trafilatura.settings import Document, use_config

    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(_MIN_EXTRACTED))
    dates = {"original_date": True, "extensive_search": False}  # no day that merely stands somewhere in the page
    document = bare_extraction(page, include_comments=False, with_metadata=True, config=config, date_extraction_params=dates)
    if not isinstance(document, Document):
        return "", metadata
    site = document.sitename or ""
    metadata = replace(
        metadata,
        title=metadata.title or document.title or "",
        publisher=metadata.publisher or (site if " " in site or "." not in site else ""),  # no name of a host
        published=metadata.published or document.date or "",
        authors=metadata.authors or tuple(filter(None, (document.author or "").split("; "))),
    )
    return "\n\n".join(_paragraphs(document.body)), metadata


def _paragraphs(body: Any) -> Iterator[str]:
    """Yield the paragraphs of trafilatura's text, parted where empty lines stand in them."""
    for block in body.iter(*_BLOCKS):
        if any(inner is not block for inner in block.iter(*_BLOCKS)):
            continue
        for line_break in block.iter("lb"):
            line_break.tail = f"\n{line_break.tail or ''}"
        for part in re.split(r"\n\s*\n", "".join(block.itertext())):
            text = " ".join(part.split())
            if text and (block.tag != "cell" or _ENDS.search(text)):
                yield text
