"""Web addresses: which can be shown, why one cannot, and which two lead to the same page."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

LONGEST = 400
"""Signs of an address that is shown; longer ones would leave no room for the facts."""

_SAFE = "%/:;,=+$!.-_~?&#"
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_cid|mc_eid)(?:=|$)", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}


def safe_url(url: str | None) -> str | None:
    """Return a web address that may stand in a masked link, or None: http and https only, no credentials, not too long."""
    address = _address(url)
    return address if address is not None and len(address) <= LONGEST else None


def link_fault(url: str) -> str | None:
    """Say why an address cannot be shown, and what to do; None where it can."""
    try:
        parts = urlsplit(url.strip())
        named = parts.username is not None or parts.password is not None
    except ValueError:
        return f"This link cannot be read. {_MEND}"
    if parts.scheme not in _PORTS or not parts.hostname:
        return f"This is no link. {_MEND}"
    if named:
        return "This link holds a name or a password before the @. Take them out, for every reader would see them."
    address = _address(url)
    if address is None:
        return f"This link has a host or a port that there cannot be. {_MEND}"
    if len(address) > LONGEST:
        return f"This link has {len(address):,} signs, and {LONGEST} are the most. Leave out what stands after the ? in it."
    return None


def page_key(url: str | None) -> str | None:
    """Return what is the same for addresses of one page, None for no address.

    Whether http or https, a slash at the end, a place in the page and marks that follow readers about make no other page.
    """
    try:
        parts = urlsplit((url or "").strip())
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname:
        return None
    host = parts.hostname if port in (None, *_PORTS.values()) else f"{parts.hostname}:{port}"
    query = "&".join(each for each in parts.query.split("&") if each and not _TRACKING.match(each))
    place = f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else ""  # there it names the page
    return f"{host}{parts.path.rstrip('/')}{f'?{query}' if query else ''}{place}"


_MEND = "Paste it as your browser shows it, beginning with https://"


def _address(url: str | None) -> str | None:
    try:
        parts = urlsplit((url or "").strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in _PORTS or not re.fullmatch(r"[a-z0-9.-]+", host) or parts.username is not None:
        return None
    rest = url.strip().partition("//")[2][len(parts.netloc) :] if url else ""
    return f"{parts.scheme}://{host}{port}{quote(rest, safe=_SAFE, errors='replace')}"
