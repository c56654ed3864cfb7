"""Words of the Citation Style Language, 1.0.2: types of sources and labels of places in them."""

from __future__ import annotations

import re

from bot.stories.fields import Fields, shown
from bot.stories.yaml_nodes import Node

TYPES = (
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event",
    "figure", "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical",
    "personal_communication", "post", "post-weblog", "regulation", "report", "review", "review-book", "software",
    "song", "speech", "standard", "thesis", "treaty", "webpage",
)  # fmt: skip

LOCATORS = (
    "act", "appendix", "article-locator", "book", "canon", "chapter", "column", "elocation", "equation", "figure",
    "folio", "issue", "line", "note", "opus", "page", "paragraph", "part", "rule", "scene", "section", "sub-verbo",
    "supplement", "table", "timestamp", "title-locator", "verse", "version", "volume",
)  # fmt: skip

_SURELY_MISSPELT = 88  # of 100, rapidfuzz's ratio; a type of a story's own that is less like one of CSL's is taken as written


def checked_type(fields: Fields, node: Node | None) -> str | None:
    """Read a source's type. One that CSL does not have is taken as written, unless it is all but one that CSL has.

    All but one are ``Webpage``, ``web page``, ``webpag`` and, as the last word of one, ``newspaper``.
    """
    text = fields.text(node, "The type")
    meant = meant_type(text) if text is not None else None
    if meant is None or node is None:
        return text
    fields.fault(node, f'The type "{shown(text or "")}" is not known.', f'Did you mean "{meant}"?')
    return None


def meant_type(text: str) -> str | None:
    """Return the type that a misspelt one all but is; None for one that CSL has, and for one that is like none."""
    from rapidfuzz import fuzz, process

    if text.replace("_", "-") in {known.replace("_", "-") for known in TYPES}:
        return None
    plain = "-".join(re.findall(r"[a-z]+", text.lower()))
    part_of = next((known for known in TYPES if known.endswith(f"-{plain}")), None)
    found = process.extractOne(plain, TYPES, scorer=fuzz.ratio, score_cutoff=_SURELY_MISSPELT)
    return str(found[0]) if found else part_of
