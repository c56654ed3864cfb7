"""An article in a web page: its paragraphs, and what the page says of itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from bot.errors import UsageError
from bot.messages import Message

ENDINGS = (".html", ".htm", ".xhtml")
"""How the names of files with web pages end."""

MAX_BYTES = 5_000_000
"""Bytes of a page; those of big papers have two million, of which the article is a small part."""

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
_ARTICLES = re.compile(r"(?:Article|Posting|Report|NewsItem)$")
_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?!\d)")
_BYLINE = re.compile(r"^\s*by[:\s]\s*", re.I)
_CLASSES = re.compile(r"(?:^|[\s_-])(?:byline|author)(?:[\s_-]?name)?(?:$|\s)", re.I)
_DEEPEST = 6  # levels of lists and graphs of JSON-LD
_LONGEST = 500  # signs of a title, a publisher or an address
_LONGEST_NAME = 100  # signs of a byline; what is longer is a text about the author
_MOST_AUTHORS = 20

# Names of meta tags, the surest first.
_TITLES = "citation_title og:title dc.title dcterms.title parsely-title twitter:title".split()
_PUBLISHERS = "citation_journal_title og:site_name citation_publisher dc.publisher dcterms.publisher application-name".split()
_DATES = """citation_publication_date citation_date citation_online_date article:published_time og:article:published_time
    dc.date.issued dcterms.issued dc.date dcterms.date dcterms.created parsely-pub-date datepublished pubdate publishdate
    publish-date date""".split()
_AUTHORS = "citation_author article:author author dc.creator dcterms.creator parsely-author byl".split()
_URLS = "og:url citation_public_url citation_fulltext_html_url parsely-link".split()


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
    metadata, body = _metadata_of(root)
    found = "\n\n".join(_paragraphs(root))
    article = found if len(found) >= min(_LEAST, len(body)) else body
    if not article.strip():
        raise UsageError(Message("No article is found in the page. Save its text alone, a blank line between paragraphs."))
    return Page(article, metadata)


def _paragraphs(root: Any) -> Iterator[str]:
    """Return the paragraphs of the element that holds the article."""
    _prune(root)
    for element in _article(root).iter(*_TEXT_BLOCKS):
        linked = sum(len(link.text_content()) for link in element.iter("a"))  # a list of links leads elsewhere
        inside = any(each.tag in _PARENTS for each in element.iterancestors())
        if inside or linked > _LINKED * len(element.text_content()):
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


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page says of its article, "" where it does not. ``published`` is a date as in ISO 8601, to its day at most.

    ``is_free`` is False where it says that only subscribers get to read the whole of it.
    """

    title: str = ""
    publisher: str = ""
    published: str = ""
    authors: tuple[str, ...] = ()
    url: str = ""
    is_free: bool = True


def _metadata_of(root: Any) -> tuple[PageMetadata, str]:
    """Return the metadata of a parsed page, and the text of the article where its JSON-LD has that, too."""
    linked = next(_articles(root), {})
    tags = _tags(root)

    def tagged(names: Iterable[str]) -> list[str]:
        return [value for name in names for value in tags.get(name, [])]

    titles, headings = ([" ".join(each.text_content().split()) for each in root.iter(tag)] for tag in ("title", "h1"))
    # The heading that the page's title holds beside the paper's name, or the only one, goes before that title.
    named = [each for each in headings if each and any(each.casefold() in title.casefold() for title in titles)]
    named = named or (headings if len(headings) == 1 else [])
    publisher = _named(linked.get("publisher")) or _named(linked.get("sourceOrganization"))
    times = (element.get("datetime", "") for element in root.iter("time"))
    days = (_DATE.match(text.strip()) for text in (_text(linked.get("datePublished")), *tagged(_DATES), *times))
    canonical = (link.get("href", "") for link in root.iter("link") if link.get("rel", "").lower() == "canonical")
    page = linked.get("mainEntityOfPage")
    own = _text(linked.get("url")) or _text(page.get("@id") if isinstance(page, dict) else page)
    metadata = PageMetadata(
        title=_first((_text(linked.get("headline")), _text(linked.get("name")), *tagged(_TITLES), *named, *titles, *headings)),
        publisher=_first((*publisher, *tagged(_PUBLISHERS))),
        published=next(("-".join(part.zfill(2) for part in day.groups() if part) for day in days if day), ""),
        authors=tuple(_authors(root, _named(linked.get("author")), tags)),
        url=_first(
            each
            for each in (*canonical, own, *tagged(_URLS))
            if each.lower().startswith(("http://", "https://")) and " " not in each
        ),
    )
    free = linked.get("isAccessibleForFree")
    metadata = replace(
        metadata, is_free=str(free).lower() not in ("false", "http://schema.org/false", "https://schema.org/false")
    )
    body = linked.get("articleBody")
    return metadata, body if isinstance(body, str) else ""


def _tags(root: Any) -> dict[str, list[str]]:
    """Return the meta tags of a page, and its elements with itemprop, by their names in lower case."""
    found: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            found.setdefault(name.lower(), []).append(content)
    return found


def _articles(root: Any) -> Iterator[dict[str, Any]]:
    """Yield the articles that a page's JSON-LD describes."""
    for script in root.iter("script"):
        if script.get("type", "").split(";")[0].strip().lower() == "application/ld+json":
            try:
                yield from _in_graph(json.loads(script.text or "", strict=False))
            except (ValueError, RecursionError):
                continue


def _in_graph(value: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _in_graph(each, depth + 1)
    elif isinstance(value, dict):
        types = value.get("@type")
        if any(isinstance(each, str) and _ARTICLES.search(each) for each in (types if isinstance(types, list) else [types])):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _in_graph(value.get(key), depth + 1)


def _authors(root: Any, linked: list[str], tags: dict[str, list[str]]) -> list[str]:
    """Return the authors that the surest place names: JSON-LD (``linked``), a meta tag, or where the page says who wrote it."""
    marked = (
        element
        for element in root.iter("a", "span", "p", "div", "address", "cite", "li")
        if element.get("rel") == "author" or element.get("itemprop") == "author" or _CLASSES.search(element.get("class", ""))
    )
    texts = (" ".join(element.text_content().split()) for element in marked)
    byline = next((text for text in texts if 0 < len(text) <= _LONGEST_NAME), "")
    for names in (linked, *(tags.get(name, []) for name in _AUTHORS), [byline]):
        found = [part for name in names for part in _people(name)]
        if found:
            return list(dict.fromkeys(found))[:_MOST_AUTHORS]
    return []


def _people(text: str) -> Iterator[str]:
    """Return the names of a byline: "By Ann Lee and Bob Reed"; a name with its surname first stays whole: "Lee, Ann"."""
    plain = _BYLINE.sub("", " ".join(text.split()))
    if plain.lower().startswith(("http://", "https://", "@")) or len(plain) > _LONGEST:
        return
    parts = re.split(r"\s*(?:;|\||\band\b|&)\s*", plain)
    for part in parts:
        several = part.split(",")
        whole = len(several) == 2 and all(len(each.split()) <= 2 for each in several) and len(several[0].split()) == 1
        for name in (f"{several[1].strip()} {several[0].strip()}",) if whole else several:
            if name.strip() and not any(map(str.isdigit, name)):
                yield name.strip()


def _named(value: object) -> list[str]:
    """Return the names in a value of JSON-LD: a text, an object with a name, or a list of them."""
    if isinstance(value, list):
        return [name for each in value[:_MOST_AUTHORS] for name in (_named(each) if not isinstance(each, list) else [])]
    text = _text(value.get("name")) if isinstance(value, dict) else _text(value)
    return [text] if text else []


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _first(texts: Iterable[str]) -> str:
    return next((" ".join(text.split())[:_LONGEST] for text in texts if text and text.strip()), "")
