"""The feeds of a site, in Atom (RFC 4287) and JSON Feed 1.1, of new facts and corrections; and its sitemap (sitemaps.org).

The id of an entry is that of the revision, so that it stays wherever the site is moved to.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from urllib.parse import quote
from xml.etree import ElementTree

from bot.languages import say
from bot.site import views
from bot.site.addresses import ATOM, INDEX, JSON_FEED, fact_page
from bot.site.published import Change, PublishedStory
from bot.site.words import FEED_TITLES

MAX_ENTRIES = 100
"""How many of the newest changes a feed has."""

_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEVER = "1970-01-01T00:00:00Z"


def atom(story: PublishedStory, base_url: str, content: Callable[[Change], str]) -> str:
    """Return the Atom feed; ``content`` gives what is said of a change, as HTML. Links are relative without a ``base_url``."""
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": story.info.language})
    _add(feed, "id", base_url or _id(story))
    _add(feed, "title", story.info.title)
    if story.info.summary:
        _add(feed, "subtitle", story.info.summary)
    _add(feed, "updated", story.last_change or _NEVER)
    _add(_add(feed, "author"), "name", story.info.title)
    _add(feed, "generator", "Footnote")
    _add(feed, "link", rel="self", type="application/atom+xml", href=base_url + ATOM)
    _add(feed, "link", rel="alternate", type="text/html", href=base_url or INDEX)
    for change in story.changes[:MAX_ENTRIES]:
        entry = _add(feed, "entry")
        _add(entry, "id", _id(story, change))
        _add(entry, "title", _title(change))
        _add(entry, "updated", change.step.at)
        _add(entry, "link", rel="alternate", type="text/html", href=base_url + fact_page(change.record.fact.id))
        _add(entry, "category", term=change.step.act)
        _add(entry, "content", content(change), type="html")
    return _written(feed)


def json_feed(story: PublishedStory, base_url: str, content: Callable[[Change], str]) -> str:
    """Return the JSON feed, of the same entries as the other."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": story.info.title,
        "description": story.info.summary,
        "language": story.info.language,
        "home_page_url": base_url or None,
        "feed_url": base_url + JSON_FEED if base_url else None,
        "items": [
            {
                "id": _id(story, change),
                "url": base_url + fact_page(change.record.fact.id),
                "title": _title(change),
                "content_html": content(change),
                "date_modified": change.step.at,
                "tags": [change.step.act],
            }
            for change in story.changes[:MAX_ENTRIES]
        ],
    }
    return json.dumps({name: value for name, value in feed.items() if value is not None}, ensure_ascii=False, indent=1) + "\n"


def sitemap(story: PublishedStory, base_url: str, pages: Iterable[str]) -> str:
    """Return the sitemap of some pages; those of facts say when they last changed."""
    changed = {fact_page(record.fact.id): story.histories[record.number][-1].at for record in story.records}
    urls = ElementTree.Element("urlset", {"xmlns": _SITEMAP})
    for page in pages:
        url = _add(urls, "url")
        _add(url, "loc", base_url + ("" if page == INDEX else page))
        if last := changed.get(page, "" if "/" in page else story.last_change):
            _add(url, "lastmod", last)
    return _written(urls)


def _title(change: Change) -> str:
    """Return the title of an entry; a fact that was withdrawn is named by its number alone."""
    words = change.ref if change.step.act == "withdrawn" else views.title(change.record)
    return say(FEED_TITLES[change.step.act], fact=words)


def _id(story: PublishedStory, change: Change | None = None) -> str:
    whole = f"urn:footnote:{quote(story.info.id, safe='')}"
    return f"{whole}:{quote(change.record.fact.id, safe='')}:{change.step.revision}" if change else whole


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name, attributes)
    element.text = text
    return element


def _written(root: ElementTree.Element) -> str:
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'
