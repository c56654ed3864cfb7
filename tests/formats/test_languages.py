"""The language of a story and of its sources in what is exported and imported."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import mwparserfromhell
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from icalendar import Calendar

from bot.facts.dates import parse_date
from bot.facts.models import Citation, Source
from bot.formats import bibtex, csl, ris
from bot.formats.csl import in_language
from bot.formats.export import FORMATS, unstored
from bot.formats.exported_story import ExportedStory
from bot.formats.source_import import read_sources
from bot.stories.csl_terms import texts_of
from bot.stories.load import load_story
from tests.support.paths import HARBOUR

STORY = load_story(HARBOUR)
WRITERS: dict[str, Callable[..., str]] = {"x.bib": bibtex.write, "x.ris": ris.write, "x.json": csl.write}
ARTICLE = Source(
    "hafen", "article-newspaper", "Brücke nach Prüfung gesperrt", "Hafenzeitung", ("Anna Lee", "Bo Sand"),
    parse_date("2021-03-04"), "https://example.org/a",
)  # fmt: skip


def told_in(language: str) -> ExportedStory:
    """Return a story in a language, the first of whose sources is in Polish."""
    first, *others = STORY.sources
    polish = replace(first, details=(*first.details, ("language", "pl")))
    return unstored(replace(STORY, info=replace(STORY.info, language=language), sources=(polish, *others)))


def languages(language: str) -> dict[str, list[Any]]:
    """Return the language of each source in the formats that have one, as readers read them that are not ours."""
    forms = ("csl-json", "bibtex", "ris", "jsonld", "wikitext")
    written = {form: FORMATS[form].write(told_in(language)).decode() for form in forms}
    entries = [{field.key: field.value for field in entry.fields} for entry in parse_string(written["bibtex"]).entries]
    cited = [
        {str(parameter.name): str(parameter.value) for parameter in template.params}
        for template in mwparserfromhell.parse(written["wikitext"]).filter_templates()
    ]
    return {
        "csl-json": [item.get("language") for item in json.loads(written["csl-json"])],
        "bibtex": [entry.get("language") for entry in entries],
        "langid": [entry.get("langid") for entry in entries],
        "ris": [entry.get("language") for entry in rispy.loads(written["ris"])],
        "wikitext": [values.get("language") for values in cited],
        "jsonld": [node.get("inLanguage") for node in json.loads(written["jsonld"])["@graph"] if "#source" in node["@id"]],
    }


def test_sources_are_in_the_language_of_their_story_unless_they_name_another() -> None:
    others = len(STORY.sources) - 1
    exported = languages("de")
    assert exported.pop("langid") == ["polish", *["ngerman"] * others]
    assert list(exported.values()) == [["pl", *["de"] * others]] * 5


def test_a_story_that_names_no_language_says_none_of_its_sources() -> None:
    exported = languages("en")
    assert exported.pop("langid") == ["polish", *[None] * (len(STORY.sources) - 1)]
    assert {tuple(named) for named in exported.values()} == {("pl", *[None] * (len(STORY.sources) - 1))}


@pytest.mark.parametrize(("language", "tagged"), [("de", "de"), ("en", None)])
def test_a_calendar_says_in_which_language_its_events_are(language: str, tagged: str | None) -> None:
    events = Calendar.from_ical(FORMATS["ical"].write(told_in(language))).walk("VEVENT")
    assert events
    assert {event["SUMMARY"].params.get("LANGUAGE") for event in events} == {tagged}


@pytest.mark.parametrize(
    ("language", "shown", "published"),
    [("de", "März 2021", "3. März 2021"), ("ja", "2021年3月", "2021年3月3日"), ("en", "March 2021", "3 March 2021")],
)
def test_dates_of_a_time_line_and_a_calendar_are_in_the_language_of_the_story(language: str, shown: str, published: str) -> None:
    fact = replace(STORY.facts[0], date=parse_date("2021-03"))
    source = replace(STORY.sources[0], published=parse_date("2021-03-03"))
    fact = replace(fact, citations=(Citation(source.id),))
    info = replace(STORY.info, language=language)
    told = unstored(replace(STORY, info=info, facts=(fact,), sources=(source, *STORY.sources[1:])))
    (slide,) = json.loads(FORMATS["timelinejs"].write(told))["events"]
    (event,) = Calendar.from_ical(FORMATS["ical"].write(told)).walk("VEVENT")
    assert slide["display_date"] == shown
    assert f", {published}" in slide["text"]["text"]
    assert str(event["SUMMARY"]).startswith(f"({shown}) ")
    assert f", {published}" in str(event["DESCRIPTION"])


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("language", ["de", "pt-BR", "ja", "sr-Latn"])
def test_a_language_comes_back_as_it_went(name: str, language: str) -> None:
    source = in_language(ARTICLE, language)
    assert read_sources(WRITERS[name]([source]).encode(), name).sources == (source,)


@pytest.mark.parametrize(
    ("field", "read"),
    [
        ("langid = {ngerman}", "de"),
        ("langid = {german}", "de"),
        ("language = {French}", "fr"),
        ("language = {de-AT}, langid = {naustrian}", "de-AT"),
        ("langid = {british}", "en-GB"),
        ("language = {Klingon}", "Klingon"),
    ],
)
def test_a_language_that_other_programs_write_is_read(field: str, read: str) -> None:
    (source,) = read_sources(f"@book{{b, title = {{Die Kais}}, {field}}}".encode(), "x.bib").sources
    assert texts_of(source.details, "language") == (read,)
