"""The types and fields of BibTeX and biblatex, and which of CSL they are.

What neither has a field for stands in one of ours, named after the variable of CSL: ``csl-archive_location``. Programs leave
alone what they do not know.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.stories.csl_terms import RATING, TEXTS

WRITTEN_TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article", "article": "article",
    "review": "article", "review-book": "article", "book": "book", "chapter": "incollection", "entry": "incollection",
    "entry-dictionary": "incollection", "entry-encyclopedia": "incollection", "paper-conference": "inproceedings",
    "thesis": "phdthesis", "report": "techreport", "pamphlet": "booklet", "manuscript": "unpublished",
    "webpage": "online", "post": "online", "post-weblog": "online",
}  # fmt: skip
READ_TYPES = {
    "article": "article-journal", "book": "book", "mvbook": "book", "collection": "book", "proceedings": "book",
    "incollection": "chapter", "inbook": "chapter", "bookinbook": "chapter", "suppbook": "chapter",
    "inproceedings": "paper-conference", "conference": "paper-conference", "inreference": "entry-encyclopedia",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "techreport": "report", "report": "report",
    "booklet": "pamphlet", "manual": "book", "unpublished": "manuscript", "online": "webpage", "electronic": "webpage",
    "www": "webpage", "webpage": "webpage", "patent": "patent", "dataset": "dataset", "software": "software", "misc": "document",
    "video": "motion_picture", "movie": "motion_picture", "audio": "song", "legislation": "legislation", "letter":
    "personal_communication", "periodical": "periodical", "newspaper": "article-newspaper", "performance": "performance",
}  # fmt: skip
SUBTYPES = {"newspaper": "article-newspaper", "magazine": "article-magazine", "journal": "article-journal"}
GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"}
"""What two types of BibTeX say beside that they are theses."""

CONTAINER = {"article": "journal", "online": "organization"}
MAKER = {"phdthesis": "school", "techreport": "institution"}
CONTAINERS = ("journaltitle", "journal", "booktitle", "maintitle")
MAKERS = ("publisher", "institution", "school", "howpublished")
ROLES = {"editor": "editor", "translator": "translator"}
DATES = {"accessed": "urldate", "original-date": "origdate", "event-date": "eventdate"}
_FIELDS = {
    "volume": "volume", "page": "pages", "edition": "edition", "publisher-place": "address", "collection-title": "series",
    "ISBN": "isbn", "ISSN": "issn", "version": "version", "genre": "type", "event-title": "eventtitle", "event-place": "venue",
    "number-of-pages": "pagetotal", "number-of-volumes": "volumes", "chapter-number": "chapter", "status": "pubstate",
    "title-short": "shorttitle", "part-number": "part",
}  # fmt: skip
_ARTICLE = {"issue": "number", "number": "eid"}  # in a journal the number is that of the issue
_OTHER = {"number": "number", "issue": "issue"}
_ALSO_READ = {"location": "publisher-place", "issue": "issue"}


def written_fields(kind: str) -> Mapping[str, str]:
    """Return the field of each text of CSL in an entry of a type."""
    named = _FIELDS | (_ARTICLE if kind == "article" else _OTHER)
    elsewhere = ("title", "DOI", "container-title", "publisher")
    return {variable: named.get(variable, f"csl-{variable}") for variable in (*TEXTS, RATING) if variable not in elsewhere}


def read_fields(kind: str) -> Mapping[str, str]:
    """Return the text of CSL that each field of an entry of a type is."""
    ours = {f"csl-{variable}".lower(): variable for variable in (*TEXTS, RATING)}
    return ours | _ALSO_READ | {field: variable for variable, field in written_fields(kind).items()}
