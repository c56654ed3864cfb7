"""From an article's text and what is known of its source to a draft; all that people type for it is read here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlsplit

from bot.drafting.article import read_article
from bot.drafting.proposal import Draft, draft, source_of
from bot.errors import UsageError
from bot.facts.typed_dates import typed_date

_LONGEST = 500


def make_draft(
    text: str,
    *,
    today: date,
    source: str = "",
    publisher: str = "",
    published: str = "",
    authors: Sequence[str] = (),
) -> Draft:
    """Propose a story from an article.

    ``source`` is its title, its web address, or both with ``|`` between; what it leaves out is taken from the article where that
    states it. ``published`` is a date as people type it. Raises UsageError for an article without a title or a sentence and for
    what is no web address, DateError for the date.
    """
    title, url = _title_and_url(source)
    article = read_article(text, title=title or None)
    title = title or article.title or ""
    if not title:
        raise UsageError("The article has no title of its own. Give one: --source TITLE, or on Discord in the option “source”.")
    day = typed_date(published, today).date if published.strip() else None
    names = [each for each in map(_line, authors) if each] or article.authors
    made = source_of(title, url or None, publisher=_line(publisher) or None, published=day, authors=names)
    return draft(article, made)


def _title_and_url(source: str) -> tuple[str, str]:
    title, url = "", ""
    for part in map(_line, source.split("|")):
        if part.lower().startswith(("http://", "https://")):
            url = url or _checked(part)
        elif part:
            title = f"{title} | {part}" if title else part
    return title, url


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url)
        good = bool(parts.hostname) and " " not in url
    except ValueError:
        good = False
    if not good:
        raise UsageError(f"{url[:80]} is not a web address. Write it in full, such as https://example.org/article.")
    return url


def _line(text: str) -> str:
    """Return a typed text on one line, without signs that nobody sees."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:_LONGEST]
