"""Sources of every kind, made by hypothesis, that a story file could hold."""

from __future__ import annotations

import string

from hypothesis import strategies as st

from bot.facts.dates import parse_date
from bot.facts.models import Source
from bot.stories.csl_terms import TYPES

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
