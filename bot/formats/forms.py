"""The forms of a citation: the styles of handbooks, one record each, and the formats of other programs.

Whatever offers or writes citations takes them from here. It loads nothing, so that the help is quick.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """The style of a handbook: what people call it, its name in the CSL project's collection, and the English of its words.

    ``numbered``: a text gives the number that a source has in the list, such as ``[2, p. 4]``, not its author. ``marks_circa``: a
    date that is not certain is printed as such by the style itself; where it is not, it is given to the style in words. Lists of
    references are sorted by the authors, "van der Berg" under B where it ``sorts_by_family``; ``author_date``: then by the date.
    Of ``many_authors`` or more only the first ``authors_named`` count.
    """

    title: str
    collected_as: str
    english: str = "en-US"
    numbered: bool = False
    marks_circa: bool = True
    sorts_by_family: bool = False
    author_date: bool = True
    many_authors: int = 21
    authors_named: int = 19


STYLES = {
    "apa": Style("APA", "apa"),
    "mla": Style("MLA", "modern-language-association", author_date=False, many_authors=3, authors_named=1),
    "chicago": Style("Chicago", "chicago-author-date", sorts_by_family=True, many_authors=7, authors_named=3),
    "harvard": Style(
        "Harvard",
        "harvard-cite-them-right",
        english="en-GB",
        marks_circa=False,
        sorts_by_family=True,
        many_authors=4,
        authors_named=1,
    ),
    "ieee": Style("IEEE", "ieee", numbered=True, marks_circa=False),
}
"""Styles by our names, in the order in which they are offered."""

FORMS = {
    **{name: style.title for name, style in STYLES.items()},
    "bibtex": "BibTeX",
    "ris": "RIS",
    "csl-json": "CSL-JSON",
    "markdown": "Discord markdown",
    "wikitext": "Wikipedia (wikitext)",
}
"""The forms of a citation: their names, and what people call them."""

DEFAULT_FORM = "apa"
