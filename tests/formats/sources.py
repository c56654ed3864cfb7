"""Sources of every kind, made by hypothesis, that a story file could hold."""

from __future__ import annotations

import string

from hypothesis import strategies as st

from bot.facts.dates import parse_date
from bot.facts.models import Source
from bot.stories.csl_terms import DATES as DATE_VARIABLES
from bot.stories.csl_terms import NAMES, RATING, TYPES, Details, make_details
from bot.stories.csl_terms import TEXTS as TEXT_VARIABLES

DATES = (
    "2021", "2021-03", "2021-03-04", "2021-03-04/2021-03-06", "2021-02-27/2021-03-06", "2020/2021", "2021-03~", "2021?",
    "2021-22", "../2021", "2021/..", "2021-03-04/..", "201X", "2017-10-2X", "2021-03-XX", "1950~/1960", "-0044", "0079-08-24",
    "2021-03%", "2021-03-04T10:00:00Z", "Y12000",
)  # fmt: skip
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Co", "Cn")), min_size=1, max_size=30)
TEXTS = WORDS.map(lambda text: " ".join(text.split())).filter(bool)
PEOPLE = st.sampled_from(
    (
        "Ann Lee",
        "Ludwig van Beethoven",
        "Martin King Jr.",
        "Harbour Council",
        "The Harbour Gazette",
        "Reuters",
        "Jean-Luc Picard",
        "Ó Sé",
    )
)
URLS = st.text(string.ascii_letters + string.digits + "/-_.~?&=%+;,()", max_size=20).map(
    lambda rest: f"https://example.org/{rest}"
)

PLAIN = st.text(string.ascii_letters + string.digits + " .:&%$#_()/éßØ’", min_size=1, max_size=20)
EXACT_NAMES = st.sampled_from(
    (
        "García Márquez || Gabriel", "de la Fontaine || Jeanne", "King || Martin, Jr.", "Ortega Salinas || María del Carmen",
        "Doctors Without Bridges", "Brown and Caldwell", "Holm, Sons & Co", "Rochefoucauld || François de la", "Plato",
        "van der Berg || J.-P.", "ó Sé || Bríd", "Ministry of Health and Care",
    )
)  # fmt: skip
_NUMBERS = ("volume", "issue", "number", "page", "edition", "number-of-pages", "section")
_HELD_ELSEWHERE = ("title", "DOI", "publisher", "container-title", "archive", "archive_location")


@st.composite
def details(draw: st.DrawFn) -> Details:
    """Return what is known of a source beside its fields: numbers, texts, names in several roles and dates."""
    pairs = [
        (name, draw(st.sampled_from(("3", "12-13", "IV", "A1", "211-229")))) for name in draw(st.sets(st.sampled_from(_NUMBERS)))
    ]
    free = [name for name in (*TEXT_VARIABLES, RATING) if name not in (*_NUMBERS, *_HELD_ELSEWHERE)]
    pairs += [(name, draw(PLAIN)) for name in draw(st.sets(st.sampled_from(free), max_size=5))]
    for role in draw(st.sets(st.sampled_from(NAMES[1:]), max_size=2)):
        pairs += [(role, name) for name in draw(st.lists(EXACT_NAMES, min_size=1, max_size=3, unique=True))]
    dates = [name for name in DATE_VARIABLES if name != "issued"]
    pairs += [(name, draw(st.sampled_from(("2021-03-04", "2021", "2021-03~")))) for name in draw(st.sets(st.sampled_from(dates)))]
    return make_details(pairs)


@st.composite
def sources(draw: st.DrawFn, texts: st.SearchStrategy[str] = TEXTS) -> Source:
    """Return a source."""
    return Source(
        id=draw(st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True)),
        type=draw(st.sampled_from(TYPES)),
        title=draw(texts),
        publisher=draw(st.none() | texts),
        authors=tuple(draw(st.lists(PEOPLE, max_size=3))),
        published=draw(st.none() | st.sampled_from(DATES).map(parse_date)),
        url=draw(st.none() | URLS),
        archive=draw(st.none() | URLS),
        note=draw(st.none() | texts),
    )
