"""Where the pages of a site are: permanent names of files for facts and actors, and whole addresses under the site's own."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from bot.errors import UsageError
from bot.facts.text import is_address

INDEX, ACTORS, SOURCES, SIDES, CORRECTIONS, SEARCH = (
    f"{name}.html" for name in ("index", "actors", "sources", "sides", "corrections", "search")
)
ATOM, JSON_FEED, SITEMAP = "feed.xml", "feed.json", "sitemap.xml"
TIMELINE_EMBED = "embed/timeline.html"

_PLAIN = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_MAX_NAME = 100  # characters of a file's name; file systems take 255 bytes
_MAX_SHOWN = 40  # characters of an id that stay legible in a name that is made for it


def file_name(item_id: str) -> str:
    """Return the name, without an ending, of the page of a fact or an actor: its id, where any file system takes that.

    Of another id, such as one with capitals or a slash, it is what can be kept and a part of its hash, so that no two are alike.
    """
    if _PLAIN.fullmatch(item_id) and len(item_id) <= _MAX_NAME:
        return item_id
    plain = unicodedata.normalize("NFKD", item_id).encode("ascii", "ignore").decode().lower()
    kept = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_MAX_SHOWN].strip("-")
    return f"{kept or 'id'}-{hashlib.sha256(item_id.encode()).hexdigest()[:10]}"


def fact_page(fact_id: str) -> str:
    """Return where in a site the page of a fact is."""
    return f"fact/{file_name(fact_id)}.html"


def fact_embed(fact_id: str) -> str:
    """Return where in a site the page is that shows a fact within a page of somebody else."""
    return f"embed/fact/{file_name(fact_id)}.html"


def actor_page(actor_id: str) -> str:
    """Return where in a site the page of an actor is."""
    return f"actor/{file_name(actor_id)}.html"


def source_anchor(source_id: str) -> str:
    """Return where in a site a source is listed."""
    return f"{SOURCES}#{file_name(source_id)}"


def site_address(base_url: str) -> str:
    """Return the address of a site, ending in a slash. Raises UsageError for what is none."""
    address = base_url.strip()
    if not is_address(address) or "?" in address or "#" in address:
        raise UsageError(f'"{base_url}" is not the address of a site. Write it like https://example.org/story/')
    return f"{address.rstrip('/')}/"


def fact_address(base_url: str, fact_id: str) -> str:
    """Return the permanent address of a fact's page in the site at ``base_url``. Raises UsageError for what is no address."""
    return site_address(base_url) + fact_page(fact_id)
