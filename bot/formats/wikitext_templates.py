"""The citation templates of Wikipedia (Citation Style 1): which one is a source's, and the parameters that each documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_ALL = frozenset(
    "last first author editor editor-last editor-first translator translator-last translator-first display-authors date title "
    "url access-date archive-url archive-date url-status language quote".split()
)
_PAGES = frozenset(("page", "pages", "at"))
_JOURNAL = frozenset("volume issue publisher location issn doi pmid pmc series".split()) | _PAGES


@dataclass(frozen=True, slots=True)
class Template:
    """A template: its name, and the parameters that Wikipedia documents for it, without the numbers of names.

    ``container`` is the parameter for what a source stands in, such as a newspaper; "" where it has none.
    """

    name: str
    container: str
    parameters: frozenset[str]


def _template(name: str, container: str, parameters: frozenset[str]) -> Template:
    return Template(name, container, _ALL | parameters | ({container} if container else set()))


NEWS = _template("cite news", "newspaper", _PAGES | set("publisher location volume issue issn doi type".split()))
WEB = _template("cite web", "website", _PAGES | set("publisher location type doi".split()))
BOOK = _template(
    "cite book", "", _PAGES | set("publisher location edition volume series isbn doi chapter chapter-url pmid pmc".split())
)
JOURNAL = _template("cite journal", "journal", _JOURNAL)
MAGAZINE = _template("cite magazine", "magazine", _JOURNAL - {"pmid", "pmc"})
REPORT = _template("cite report", "", _PAGES | set("publisher location type series volume id isbn issn doi".split()))
SPEECH = _template("cite speech", "", _PAGES | {"publisher", "location", "event"})
AV_MEDIA = _template("cite AV media", "", frozenset("publisher location type time isbn".split()))
PODCAST = _template("cite podcast", "website", frozenset(("publisher", "time")))
PRESS_RELEASE = _template("cite press release", "", _PAGES | {"publisher", "location"})
THESIS = _template("cite thesis", "", _PAGES | set("publisher location type id isbn doi".split()))
CONFERENCE = _template(
    "cite conference", "book-title", _PAGES | set("publisher location conference volume series isbn doi".split())
)
OFFLINE = Template(
    "cite document", "", frozenset("last first author date title publisher location language quote".split()) | _PAGES
)
"""What is on no website; of cite web and cite podcast an address is required."""

COURT = Template("cite court", "reporter", frozenset("litigants vol reporter opinion pinpoint court date url quote".split()))
"""A case, which names its parties instead of a title; it is of another style than the others and has few of their parameters."""

TEMPLATES = (
    NEWS, WEB, BOOK, JOURNAL, MAGAZINE, REPORT, SPEECH, AV_MEDIA, PODCAST, PRESS_RELEASE, THESIS, CONFERENCE, OFFLINE, COURT,
)  # fmt: skip

_OF_TYPE = {
    "article-newspaper": NEWS, "article-journal": JOURNAL, "review-book": JOURNAL, "article-magazine": MAGAZINE,
    "book": BOOK, "chapter": BOOK, "classic": BOOK, "collection": BOOK, "pamphlet": BOOK, "entry-dictionary": BOOK,
    "entry-encyclopedia": BOOK, "report": REPORT, "standard": REPORT, "speech": SPEECH, "broadcast": AV_MEDIA,
    "motion_picture": AV_MEDIA, "song": AV_MEDIA, "thesis": THESIS, "paper-conference": CONFERENCE, "legal_case": COURT,
}  # fmt: skip
_OF_GENRE = {"podcast": PODCAST, "press release": PRESS_RELEASE}
_NEEDS_CONTAINER = (JOURNAL, MAGAZINE)
_NEEDS_ADDRESS = {WEB: OFFLINE, PODCAST: AV_MEDIA}


def template_of(item: Mapping[str, Any], address: str | None) -> Template:
    """Return the template of a source, given as CSL-JSON, that has or has no address."""
    genres = " ".join(str(item.get(key, "")) for key in ("genre", "medium")).casefold()
    template = next((of_genre for genre, of_genre in _OF_GENRE.items() if genre in genres), None)
    template = template or _OF_TYPE.get(item["type"], WEB)
    if template in _NEEDS_CONTAINER and not item.get("container-title"):
        template = WEB
    return template if address else _NEEDS_ADDRESS.get(template, template)
