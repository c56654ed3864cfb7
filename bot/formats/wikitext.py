"""Sources and facts as wikitext, with the citation templates of the English Wikipedia: ``{{cite news |title=...}}``.

Only parameters that Wikipedia documents for the template are written. What a template would take for its own signs stands as an
entity, or as ``{{!}}``. An archived copy is given beside an address that is said to be live, for a base does not know of one that
is dead; a copy whose address does not say its day stands behind the template, which requires that day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from bot.english.calendar import MONTHS
from bot.errors import DateError
from bot.facts.dates import SEASONS, StoryDate, parse_date
from bot.facts.edtf import date_ends
from bot.facts.models import Actor, Citation, FactRecord, Source
from bot.facts.sourcing import published_by, quoting_publisher
from bot.formats.csl import ROLES, csl_item
from bot.formats.csl_names import OTHERS, family_and_given
from bot.formats.exported_story import sentence
from bot.formats.wikitext_templates import BOOK, COURT, Template, template_of
from bot.stories.csl_terms import texts_of

_SIGNS = {"|": "{{!}}", **{sign: f"&#{ord(sign)};" for sign in "{}[]<>=~"}}
_BREAKING = re.compile(r"[|{}\[\]<>=~]|&(?=#?\w+;)|'(?=')|(?<=')'|_(?=_)|(?<=_)_|^[*#:;](?=.)|^-(?=---)")
_URL_SAFE = "%/:;,=+$!.-_~?&#@()*"
_STAMPED = re.compile(r"/(\d{4})(\d\d)(\d\d)\d*[a-z_]*/")
_FIELDS = {
    "volume": "volume", "issue": "issue", "edition": "edition", "publisher-place": "location", "collection-title": "series",
    "event-title": "event", "ISBN": "isbn", "ISSN": "issn", "DOI": "doi", "PMID": "pmid", "genre": "type", "number": "id",
}  # fmt: skip
_MONTH, _YEAR = f"(?:{'|'.join(MONTHS)})", r"\d{4}"
_DAY = rf"\d{{1,2}} {_MONTH}"
_DATE = re.compile(
    rf"{_DAY} {_YEAR}|{_DAY} – {_DAY} {_YEAR}|{_DAY} {_YEAR} – {_DAY} {_YEAR}|\d{{1,2}}–{_DAY} {_YEAR}|{_MONTH} {_YEAR}"
    rf"|{_MONTH}–{_MONTH} {_YEAR}|{_MONTH} {_YEAR} – {_MONTH} {_YEAR}"
    rf"|(?:{'|'.join(SEASONS.values())}) {_YEAR}|{_YEAR}(?:–{_YEAR})?",
    re.IGNORECASE,
)


def write(sources: Iterable[Source], actors: Iterable[Actor] = ()) -> str:
    """Return sources as wikitext, a template on each line."""
    known = list(actors)
    return "".join(f"{write_source(source, actors=known)}\n" for source in sources)


def write_fact(record: FactRecord, actors: Iterable[Actor] = (), others: Iterable[Source] = ()) -> str:
    """Return a fact as wikitext: its sentence with a reference for each place that it cites, and its revision in a comment.

    What stands word for word in a source is its ``quote``. What is only known second-hand is followed by the publication that
    cites it, where that is among ``others``.
    """
    known, sources = list(actors), [*record.sources, *others]
    references = []
    for (citation, source), words in zip(record.cited, record.cited_words, strict=True):
        language = record.story.language if words and not record.story.is_english else ""
        written = write_source(source, citation, known, sources, quoted=words, language=language)
        references.append(f"<ref>{written}</ref>")
    return f"{escape(sentence(record))}{''.join(dict.fromkeys(references))}\n<!-- {record.ref} -->"


def write_source(
    source: Source,
    citation: Citation | None = None,
    actors: Iterable[Actor] = (),
    others: Iterable[Source] = (),
    *,
    quoted: str = "",
    language: str = "",
) -> str:
    """Return a source as its template, with the place in it that is cited and what is ``quoted`` from there.

    ``language`` is that of a source which names none itself.
    """
    known = list(actors)
    item = csl_item(source, actors=known)
    address, archive = source.url or source.archive, source.archive if source.url and source.archive != source.url else None
    template = template_of(item, address)
    stamp = _STAMPED.search(archive or "")
    archived = _day("-".join(stamp.groups())) if stamp and "archive-url" in template.parameters else ""
    place = _place(template, item, citation)
    values = _names(item) | _titles(template, item, source.title, address) | _details(template, item)
    accessed = _day(next(iter(texts_of(source.details, "accessed")), "")) if address else ""
    language = next(iter(texts_of(source.details, "language")), language)
    values |= {"date": _date(source.published), "access-date": accessed, "language": language, "quote": quoted} | place
    if archive and archived:
        values |= {"archive-url": _address(archive), "archive-date": archived, "url-status": "live"}
    written = " ".join(
        f"|{name}={text if name.endswith('url') else escape(text)}"
        for name, text in values.items()
        if text and name.rstrip("0123456789") in template.parameters
    )
    behind = [f"{{{{{template.name} {written}}}}}"]
    if citation and citation.locator and not place.keys() & template.parameters:
        behind.append(f"{escape(' '.join(filter(None, [citation.label, citation.locator])))}.")
    if archive and not archived:
        behind.append(f"[{_address(archive)} Archived copy].")
    if name := quoting_publisher(source):
        quoting = published_by(name, others)
        behind.append(f"As cited in {write_source(quoting, actors=known) if quoting else f'{escape(name)}.'}")
    return " ".join(behind)


def escape(text: str) -> str:
    """Return text on one line that wikitext shows as it is, also as the value of a parameter."""
    return _BREAKING.sub(lambda match: _SIGNS.get(match[0], f"&#{ord(match[0])};"), " ".join(text.split()))


def _address(url: str) -> str:
    return quote(url, safe=_URL_SAFE)


def _names(item: Mapping[str, Any]) -> dict[str, str]:
    """Return the parameters of the authors, the editors and the translators; others stand where an author would."""
    apart = ("editor", "translator")
    role = next((role for role in ROLES if role in item and role not in apart), "author")
    named: dict[str, str] = {}
    for prefix, names in (("", item.get(role, ())), *((f"{role}-", item.get(role, ())) for role in apart)):
        listed = [name for name in names if name.get("literal") != OTHERS]
        if not prefix and len(listed) < len(names):
            named["display-authors"] = "etal"
        for index, name in enumerate(listed, 1):
            number = str(index) if len(listed) > 1 else ""
            family, given = family_and_given(name)
            if given:
                suffix = name.get("suffix", "")
                named |= {f"{prefix}last{number}": family, f"{prefix}first{number}": f"{given} {suffix}"}
            else:
                named[f"{prefix.rstrip('-') or 'author'}{number}"] = family
    return named


def _titles(template: Template, item: Mapping[str, Any], title: str, address: str | None) -> dict[str, str]:
    """Return the parameters of the title, the address, what a source stands in and who published it."""
    container, publisher, url = item.get("container-title", ""), item.get("publisher", ""), _address(address or "")
    if template is COURT:
        court = item.get("authority") or publisher
        return {"litigants": title, "url": url, "reporter": container, "court": court} | _report_of_case(item)
    if template is BOOK and container:
        return {"chapter": title, "chapter-url": url, "title": container, "publisher": publisher}
    if not template.container:
        return {"title": title, "url": url, "publisher": publisher or container}
    return {"title": title, "url": url, template.container: container, "publisher": "" if publisher == container else publisher}


def _report_of_case(item: Mapping[str, Any]) -> dict[str, str]:
    """Return where a case is reported: the volume, and the page or else the number by which its opinion goes."""
    return {"vol": str(item.get("volume", "")), "opinion": str(item.get("page") or item.get("number", ""))}


def _details(template: Template, item: Mapping[str, Any]) -> dict[str, str]:
    """Return what else is known of a source, each in its parameter."""
    values = {field: str(item.get(variable, "")) for variable, field in _FIELDS.items()}
    values["pmc"] = str(item.get("PMCID", "")).upper().removeprefix("PMC")
    values["conference"] = values["event"]
    edition = values["edition"]
    if edition.isascii() and edition.isdecimal():  # the template writes "ed." behind it
        ending = "th" if edition[-2:-1] == "1" else {"1": "st", "2": "nd", "3": "rd"}.get(edition[-1], "th")
        values["edition"] = f"{edition}{ending}"
    return values


def _place(template: Template, item: Mapping[str, Any], citation: Citation | None) -> dict[str, str]:
    """Return the parameter of the place that is cited, else of the pages that a source has; a template takes one of them."""
    label, locator = (citation.label, citation.locator) if citation else (None, None)
    if template is COURT:
        return {"pinpoint": " ".join(filter(None, [label if label != "page" else None, locator]))}
    if locator and label == "timestamp" and "time" in template.parameters:
        return {"time": locator}
    if locator and label != "page":
        return {"at": f"{label} {locator}" if label and label != "timestamp" else locator}
    pages = re.sub(r"(?<=\w)--?(?=\w)", "–", locator or str(item.get("page", "")))
    return {"pages" if re.search(r"[–,]|\band\b", pages) else "page": pages}


def _date(date: StoryDate | None) -> str:
    """Return a date as the templates take it, "" for one that they would not take: such as one with an open end."""
    if date is None:
        return ""
    words = date.words().partition(",")[0]  # without a time of day
    if _DATE.fullmatch(words):
        return f"{words[0].upper()}{words[1:]}"
    ends = date_ends(date.edtf)
    first = ends[0]
    marked = first and len(ends) == 1 and first.qualifier and not first.unspecified and re.fullmatch(_YEAR, first.year)
    return f"c. {first.year}" if first and marked and int(first.year) >= 1000 else ""


def _day(text: str) -> str:
    """Return a whole day in words, "" for what is none."""
    try:
        return parse_date(text).words() if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else ""
    except DateError:
        return ""
