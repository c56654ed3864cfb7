"""How text and web addresses are treated on their way into a fact base, decided here alone.

Text is stored as it was written, character for character, with two exceptions: line breaks become line feeds, and white space at
both ends is removed. Nothing else is changed, not even the Unicode form, since quotes are verbatim. Titles and names in a story
file are on one line each. A text with no visible character counts as empty.

An address is stored as it was given. Whether it can be shown as a link, and whether two lead to the same page, is decided here;
so is what an id of Wikidata looks like, and where it leads.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, unquote, urlsplit

from bot.messages import Count, Message

_BREAK = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
_UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs that are blank
_UNSEEN_KINDS = frozenset({"Cc", "Cf", "Cs", "Mn", "Me", "Zs", "Zl", "Zp"})
MAX_LINK = 400
"""Characters of an address that is shown; longer ones would leave no room for the facts in a message."""

_SAFE = "%/:;,=+$!.-_~?&#"  # characters of an address that are not percent-encoded again
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_cid|mc_eid)(?:=|$)", re.IGNORECASE)
_WIKIDATA = re.compile(r"Q[1-9][0-9]{0,14}")
_PORTS = {"http": 80, "https": 443}


def clean(text: str) -> str:
    """Return the text as it is stored."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    seen = any(sign not in _UNSEEN and unicodedata.category(sign) not in _UNSEEN_KINDS for sign in text)
    return text if seen else ""


def on_one_line(text: str) -> str:
    """Return a text with a space for each of its line breaks, as a title or a name is stored."""
    return _BREAK.sub(" ", text)


def shortened(text: str, most: int) -> str:
    """Return a text cut to ``most`` characters, the last of which is an ellipsis if anything was cut."""
    return text if len(text) <= most else f"{text[: max(most - 1, 1)].rstrip()}…"


def safe_url(url: str | None) -> str | None:
    """Return an address in the form in which it may stand in a masked link: http or https, no credentials, not too long.

    Return None for any other.
    """
    address = _address(url)
    return address if address is not None and len(address) <= MAX_LINK else None


def link_fault(url: str) -> Message | None:
    """Return a sentence that says why an address cannot be shown and how to mend it, None where it can be shown."""
    try:
        parts = urlsplit(url.strip())
        named = parts.username is not None or parts.password is not None
    except ValueError:
        return Message("This link cannot be read. Paste it as your browser shows it, beginning with https://")
    if parts.scheme not in _PORTS or not parts.hostname:
        return Message("This is not a link. Paste it as your browser shows it, beginning with https://")
    if named:
        return Message("This link has a name or a password before the @. Take it out: every reader would see it.")
    address = _address(url)
    if address is None:
        return Message("This link has an impossible host or port. Paste it as your browser shows it, beginning with https://")
    if len(address) > MAX_LINK:
        return Message(
            "This link has {length} characters, and the limit is {most}. Leave out what comes after the ? in it.",
            length=Count(len(address)),
            most=MAX_LINK,
        )
    return None


def is_address(text: str) -> bool:
    """Return whether a text is a web address that a story takes: http or https, a host, no name or password, no blank."""
    try:
        parts = urlsplit(text)
        written = parts.scheme in _PORTS and bool(parts.hostname) and not re.search(r"\s", text)
        return written and parts.username is None and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def host_of(url: str | None) -> str:
    """Return the host of an address without www, "" for what is no address."""
    try:
        return (urlsplit((url or "").strip()).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def page_key(url: str | None) -> str | None:
    """Return a key that all addresses of one page share, None for what is no address.

    The scheme, www, a slash at the end, percent-encoding, a place in the page and tracking parameters make no difference.
    """
    try:
        parts = urlsplit((url or "").strip())
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname:
        return None
    host = host_of(url) if port in (None, *_PORTS.values()) else f"{host_of(url)}:{port}"
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _TRACKING.match(pair))
    fragment = f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else ""  # these name the page
    return f"{host}{unquote(parts.path).rstrip('/')}{f'?{query}' if query else ''}{fragment}"


def wikidata_fault(text: str) -> Message | None:
    """Return a sentence that says how an id of Wikidata is written, None for one."""
    if _WIKIDATA.fullmatch(text):
        return None
    return Message("Write the Q and the number alone, such as Q918: they stand beside the title of the item on wikidata.org.")


def wikidata_url(item: str) -> str:
    """Return the address of the page of an item of Wikidata."""
    return f"https://www.wikidata.org/wiki/{item}"


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
