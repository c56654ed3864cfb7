"""An article in a web page: its paragraphs, and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.drafting.page_metadata import PageMetadata, metadata_of
from bot.errors import UsageError
from bot.messages import Message

ENDINGS = (".html", ".htm", ".xhtml")
"""How the names of files with web pages end."""

_BEGINS = re.compile(r"<(?:!doctype\s+html|html|head|body|article)\b", re.I)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?([\w-]{1,40})", re.I)
_LOOKED_AT = 4096  # bytes in which a page says its encoding
_LEFT_OUT = frozenset(
    """script style noscript template nav header footer aside form figure figcaption button iframe svg select picture video audio
    object canvas dialog""".split()
)
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:related|share|sharing|social|promo|newsletter|comments?|byline|author|caption|advert|advertisement|ad|ads|cookie"
    r"|banner|breadcrumbs?|tags|recommended|subscribe|paywall|most-read|sidebar|toolbar)(?:$|[\s_-])",
    re.I,
)
_TEXT_BLOCKS = ("p", "h2", "h3", "h4", "li", "blockquote", "pre")
_PARENTS = ("p", "li", "blockquote")
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{4000,}")
_MOST_ATTRIBUTES = 500  # of one tag: reading more takes a time that grows faster than they do
_LEAST = 140  # characters, below which a page's own words are no article
_LINKED = 0.6  # share of a block's characters in links, from which it leads elsewhere


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

    if any(len(tag.group().split()) > _MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(text)):
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
    found = "\n\n".join(_paragraphs(root))
    article = found if len(found) >= min(_LEAST, len(body)) else body
    if not article.strip():
        raise UsageError(Message("No article is found in the page. Save its text alone, a blank line between paragraphs."))
    return Page(article, metadata)


def _paragraphs(root: Any) -> Iterator[str]:
    """Return the paragraphs of the element that holds the article."""
    _prune(root)
    for element in _article(root).iter(*_TEXT_BLOCKS):
        inside = next((each for each in element.iterancestors() if each.tag in _PARENTS), None)
        if inside is not None or _leads_elsewhere(element):
            continue
        for part in _own_parts(element):
            text = " ".join(part.split())
            if text:
                yield text


def _own_parts(element: Any) -> Iterator[str]:
    """Return the text of a block, parted where it has paragraphs of its own or empty lines."""
    inner = [each for each in element.iter("p", "li") if each is not element]
    if inner:
        yield from (each.text_content() for each in inner)
        return
    for each in element.iter("br"):
        each.tail = f"\n{each.tail or ''}"
    yield from re.split(r"\n\s*\n", element.text_content())


def _prune(root: Any) -> None:
    """Take out of a page what is no text of its article, what follows it left in its place."""
    from lxml import etree

    for element in root.iter("*"):
        named = f"{element.get('class', '')} {element.get('id', '')}"
        hidden = "hidden" in element.attrib or element.get("aria-hidden") == "true"
        if hidden or (_ASIDE.search(named) and element.tag not in ("html", "body", "article")):
            element.tag = "aside"
    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, *_LEFT_OUT, with_tail=False)


def _article(root: Any) -> Any:
    """Return the element that holds most of the running text, no more than it."""
    marked = [each for each in root.iter() if each.get("itemprop") == "articleBody" or each.tag in ("article", "main")]
    best = max(marked, key=_running, default=None)
    if best is not None and _running(best) >= _LEAST:
        return best
    sizes: dict[Any, int] = {}
    for paragraph in root.iter("p"):
        parent = paragraph.getparent()
        if parent is not None:
            sizes[parent] = sizes.get(parent, 0) + len(paragraph.text_content())
    return max(sizes, key=lambda each: sizes[each], default=root)


def _running(element: Any) -> int:
    return sum(len(paragraph.text_content()) for paragraph in element.iter("p"))


def _leads_elsewhere(element: Any) -> bool:
    """Return whether a block is a list of links rather than text."""
    linked = sum(len(link.text_content()) for link in element.iter("a"))
    return linked > _LINKED * len(element.text_content())
