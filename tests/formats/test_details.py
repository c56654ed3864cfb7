"""What is known of a source beside its fields: through every format, a base and a story file and back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.facts.base import FactBase
from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.facts.models import Source, Story, StoryInfo
from bot.formats import bibtex, csl, ris
from bot.formats.csl import csl_item
from bot.formats.csl_names import name_text, plain_name, read_name_text
from bot.formats.csl_read import read_item
from bot.formats.source_import import read_sources
from bot.stories.csl_terms import Details, join_note, make_details, split_note
from bot.stories.dump import dump_story
from bot.stories.load import read_story
from tests.formats.sources import EXACT_NAMES, PLAIN, details, sources

WRITERS = {"x.bib": bibtex.write, "x.ris": ris.write, "x.json": csl.write}
NAME_PARTS = ("family", "given", "non-dropping-particle", "dropping-particle", "suffix")


def described(source: Source, known: Details, authors: list[str]) -> Source:
    """Return a source as an import makes it: with details, and with authors whose parts are known exactly."""
    item = csl_item(replace(source, authors=(), details=known))
    return read_item(item | {"author": [read_name_text(author) for author in authors]}).source


@pytest.mark.parametrize("name", WRITERS)
@given(source=sources(PLAIN), known=details(), authors=st.lists(EXACT_NAMES, max_size=3, unique=True))
def test_whatever_is_known_of_a_source_comes_back(name: str, source: Source, known: Details, authors: list[str]) -> None:
    before = described(source, known, authors)
    (after,) = read_sources(WRITERS[name]([before]).encode(), name).sources
    assert after == before
    assert csl_item(after) == csl_item(before)


@given(source=sources(), known=details(), authors=st.lists(EXACT_NAMES, max_size=3, unique=True))
def test_a_base_and_a_story_file_give_back_what_they_took(source: Source, known: Details, authors: list[str]) -> None:
    before = described(source, known, authors)
    story = Story(StoryInfo("s", "S"), (before,), (), ())
    assert read_story(dump_story(story), "s.yaml") == story
    with FactBase.memory() as base:
        base.apply(story, by="test")
        assert base.story("s") == story


def test_what_is_known_of_a_source_is_part_of_its_history() -> None:
    before = Source("a", "book", "A", details=(("volume", "3"),))
    with FactBase.memory() as base:
        base.apply(Story(StoryInfo("s", "S"), (before,), (), ()), by="test")
        applied = base.revisions.apply(Edit("s", sources=(replace(before, details=(("volume", "4"),)),)), sign("test", None))
        assert base.story("s").sources[0].details == (("volume", "4"),)
        base.revisions.undo(applied.change or 0, sign("test", None))
        assert base.story("s").sources == (before,)


@pytest.mark.parametrize(
    ("name", "text", "plain"),
    [
        ({"family": "García Márquez", "given": "Gabriel"}, "García Márquez || Gabriel", "Gabriel García Márquez"),
        (
            {"family": "Fontaine", "given": "Jeanne", "non-dropping-particle": "de la"},
            "de la Fontaine || Jeanne",
            "Jeanne de la Fontaine",
        ),
        ({"family": "King", "given": "Martin", "suffix": "Jr."}, "King || Martin, Jr.", "Martin King Jr."),
        (
            {"family": "Alembert", "given": "Jean", "non-dropping-particle": "d’"},
            "d’Alembert || Jean",
            "Jean d’Alembert",
        ),
        ({"family": "Van den Broeck", "given": "Karel"}, "Van den Broeck || Karel", "Karel Van den Broeck"),
        ({"family": "bell hooks", "given": "Gloria"}, "bell hooks || Gloria", "Gloria bell hooks"),
        ({"literal": "Doctors Without Bridges"}, "Doctors Without Bridges", "Doctors Without Bridges"),
    ],
)
def test_names_are_one_line_as_zotero_has_them(name: dict[str, str], text: str, plain: str) -> None:
    assert (name_text(name), plain_name(name), read_name_text(text)) == (text, plain, name)


@given(st.dictionaries(st.sampled_from((*NAME_PARTS, "literal")), st.text(max_size=12)))
def test_any_name_is_one_line_that_is_read_as_it_was_written(name: dict[str, str]) -> None:
    text = name_text(name)
    assert "\n" not in text
    assert read_name_text(name_text(read_name_text(text))) == read_name_text(text)


@given(st.none() | st.text(min_size=1), details())
def test_the_last_lines_of_a_note_are_the_details(said: str | None, known: Details) -> None:
    before = split_note(said)[0]
    assert split_note(join_note(before, known)) == (before, known)


def test_other_lines_of_a_note_stay_there() -> None:
    assert split_note("volume: 3\nSeen in the library.") == ("volume: 3\nSeen in the library.", ())
    assert split_note("Agency: AFP.\nvolume: 3") == ("Agency: AFP.", (("volume", "3"),))
    assert make_details([("volume", " 3 \n"), ("editor", "A"), ("nothing", "x"), ("volume", "3")]) == (
        ("editor", "A"),
        ("volume", "3"),
    )


def test_a_story_names_the_day_of_publication_or_another_in_its_place() -> None:
    speech = {"type": "speech", "title": "T", "event-date": {"raw": "2020-01-02"}}
    both = speech | {"issued": {"raw": "2020-01-02"}}
    for item in (speech, both):
        (source,) = read_sources(json.dumps([item]).encode(), "x.json").sources
        assert source.published is not None
        assert ("issued" in csl_item(source)) == ("issued" in item)


def test_what_has_editors_and_no_author_is_cited_by_its_editors_alone() -> None:
    book = {"type": "book", "title": "T", "editor": [{"family": "Lee", "given": "Ann"}]}
    (source,) = read_sources(json.dumps([book]).encode(), "x.json").sources
    assert source.authors == ("Ann Lee",)
    assert "author" not in csl_item(source)
    (both,) = read_sources(json.dumps([book | {"author": book["editor"]}]).encode(), "x.json").sources
    assert csl_item(both)["author"] == csl_item(both)["editor"]
