"""What a web page says of its article: in JSON-LD, in meta tags, in its headings and bylines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

_ARTICLES = re.compile(r"(?:Article|Posting|Report|NewsItem)$")
_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?!\d)")
_BYLINE = re.compile(r"^\s*(?:(?:posted|written|reported) )?by[:\s]\s*", re.I)
_CLASSES = re.compile(r"(?:^|[\s_-])(?:byline|author)(?:[\s_-]?name)?(?:$|\s)", re.I)
_DEEPEST = 6  # levels of lists and graphs of JSON-LD
_MAX_CHARACTERS = 500  # signs of a title, a publisher or an address
_MAX_NAME = 100  # signs of a byline; what is longer is a text about the author
_MAX_AUTHORS = 20

# Names of meta tags, the surest first.
_TITLES = "citation_title og:title dc.title dcterms.title parsely-title twitter:title".split()
_PUBLISHERS = "citation_journal_title og:site_name citation_publisher dc.publisher dcterms.publisher application-name".split()
_DATES = """citation_publication_date citation_date citation_online_date article:published_time og:article:published_time
    dc.date.issued dcterms.issued dc.date dcterms.date dcterms.created parsely-pub-date datepublished pubdate publishdate
    publish-date date""".split()
_AUTHORS = "citation_author article:author author dc.creator dcterms.creator parsely-author byl".split()
_URLS = "og:url citation_public_url citation_fulltext_html_url parsely-link".split()


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


def metadata_of(root: Any) -> tuple[PageMetadata, str]:
    """Return the metadata of a parsed page, and the text of the article where its JSON-LD has that, too."""
    linked = next(_articles(root), {})
    tags = _tags(root)

    def tagged(names: Iterable[str]) -> list[str]:
        return [value for name in names for value in tags.get(name, [])]

    titles, headings = ([" ".join(element.text_content().split()) for element in root.iter(tag)] for tag in ("title", "h1"))
    # The heading that the page's title holds beside the paper's name, or the only one, goes before that title.
    named = [heading for heading in headings if heading and any(heading.casefold() in title.casefold() for title in titles)]
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
            address
            for address in (*canonical, own, *tagged(_URLS))
            if address.lower().startswith(("http://", "https://")) and " " not in address
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
    tags: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            tags.setdefault(name.lower(), []).append(content)
    return tags


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
        for node in value:
            yield from _in_graph(node, depth + 1)
    elif isinstance(value, dict):
        types = value.get("@type")
        if any(isinstance(type_, str) and _ARTICLES.search(type_) for type_ in (types if isinstance(types, list) else [types])):
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
    byline = next((text for text in texts if 0 < len(text) <= _MAX_NAME), "")
    for names in (linked, *(tags.get(name, []) for name in _AUTHORS), [byline]):
        authors = [part for name in names for part in _people(name)]
        if authors:
            return list(dict.fromkeys(authors))[:_MAX_AUTHORS]
    return []


def _people(text: str) -> Iterator[str]:
    """Return the names of a byline: "By Ann Lee and Bob Reed"; a name with its surname first stays whole: "Lee, Ann"."""
    plain = _BYLINE.sub("", " ".join(text.split()))
    if plain.lower().startswith(("http://", "https://", "@")) or len(plain) > _MAX_CHARACTERS:
        return
    parts = re.split(r"\s*(?:;|\||\band\b|&)\s*", plain)
    for part in parts:
        several = part.split(",")
        whole = len(several) == 2 and all(len(half.split()) <= 2 for half in several) and len(several[0].split()) == 1
        for name in (f"{several[1].strip()} {several[0].strip()}",) if whole else several:
            if name.strip() and not any(map(str.isdigit, name)):
                yield name.strip()


def _named(value: object) -> list[str]:
    """Return the names in a value of JSON-LD: a text, an object with a name, or a list of them."""
    if isinstance(value, list):
        return [name for node in value[:_MAX_AUTHORS] for name in (_named(node) if not isinstance(node, list) else [])]
    text = _text(value.get("name")) if isinstance(value, dict) else _text(value)
    return [text] if text else []


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _first(texts: Iterable[str]) -> str:
    return next((" ".join(text.split())[:_MAX_CHARACTERS] for text in texts if text and text.strip()), "")
