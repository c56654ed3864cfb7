"""Sources of many types in every style, held against what citeproc-js prints of them (`citations/expected.mjs`)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.facts.base import FactBase
from bot.facts.models import Citation, Source, Story, StoryInfo
from bot.formats import bibtex, csl, ris
from bot.formats.csl import csl_item
from bot.formats.forms import STYLES
from bot.formats.reference_order import order_key
from bot.formats.source_import import read_sources
from bot.formats.styles import styled
from bot.stories.dump import dump_story
from bot.stories.load import read_story

FOLDER = Path(__file__).parent / "citations"
SOURCES = json.loads((FOLDER / "sources.json").read_text(encoding="utf-8"))
ORDER = json.loads((FOLDER / "order.json").read_text(encoding="utf-8"))
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


def stored(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """Return sources as a base gives them back."""
    with FactBase.memory() as base:
        base.apply(Story(StoryInfo("s", "S"), sources, (), ()), by="test")
        return base.story("s").sources


IMPORTED = stored(read_sources((FOLDER / "sources.json").read_bytes(), "sources.json").sources)


def test_sources_are_cited_as_citeproc_js_cites_them() -> None:
    wrong = []
    for source in IMPORTED:
        for style in STYLES:
            cited = styled(csl_item(source), style, Citation(source.id, "page", "12"))
            for printed, expected in zip((cited.entry, cited.in_text), EXPECTED[source.id][style], strict=True):
                if printed != (expected or cited.entry):  # what a style does not list is listed here all the same
                    wrong.append(f"{source.id}, {style}:\n  not {expected}\n  but {printed}")
    assert (len(SOURCES), len({item["type"] for item in SOURCES})) == (72, 27)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("style", [name for name, style in STYLES.items() if not style.numbered])
def test_a_list_of_references_is_sorted_as_citeproc_js_sorts_it(style: str) -> None:
    items = {source.id: csl_item(source) for source in IMPORTED}
    entries = {name: EXPECTED[name][style][0] or styled(item, style).entry for name, item in items.items()}
    assert sorted(items, key=lambda name: order_key(items[name], entries[name], style)) == ORDER[style]


def test_what_an_item_says_is_said_by_the_source_that_is_stored() -> None:
    items = {source.id: csl_item(source) for source in IMPORTED}
    for item in SOURCES:
        assert {key: items[item["id"]][key] for key in item} == item
    assert [item["id"] for item in items.values() if item.keys() - SOURCES[list(items).index(item["id"])].keys() - {"URL"}] == []


@pytest.mark.parametrize(("name", "module"), [("x.bib", bibtex), ("x.ris", ris), ("x.json", csl)])
def test_every_detail_comes_back_from_every_format(name: str, module: object) -> None:
    written = module.write(IMPORTED)  # type: ignore[attr-defined]
    assert stored(read_sources(written.encode(), name).sources) == IMPORTED


def test_a_story_file_has_the_details_in_the_notes() -> None:
    story = Story(StoryInfo("s", "S"), IMPORTED, (), ())
    written = dump_story(story)
    assert read_story(written, "s.yaml") == story
    assert "      editor: Novak || Pavel\n      editor: Quist || Greta\n" in written
