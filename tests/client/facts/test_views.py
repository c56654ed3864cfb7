"""The panels of editing at their fullest: whatever is stored, Discord takes them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from discord import ui
from simcord.components import walk_components

from bot.client.facts.forms import source_option
from bot.client.facts.history import history_panel
from bot.client.facts.views import (
    Preview,
    conflict_panel,
    kind_panel,
    preview_panel,
    source_line,
    speaker_panel,
    trial_lines,
)
from bot.client.forms.panels import trouble_panel, way_back
from bot.client.forms.records import StoredForm
from bot.client.stories.imports import import_panel
from bot.editing.previews import TOO_LARGE, TOO_MANY, Effect, FactPreview, Trial
from bot.editing.typed_fact import TypedFact
from bot.errors import FormError
from bot.facts.dates import parse_date
from bot.facts.edits import Edit
from bot.facts.models import (
    Actor,
    ActorRecord,
    FactKind,
    RecordedQuestion,
    Revision,
    Source,
    Story,
    StoryChanges,
    StoryInfo,
)
from bot.languages import speaking
from bot.service.facts import Conflict, FactHistory, Names
from bot.service.story_files import ImportPreview
from tests.client.records import long_fact, long_record

KEY = "k" * 12


def fits(view: ui.LayoutView) -> None:
    components: list[dict[str, Any]] = list(walk_components(view.to_components()))  # type: ignore[no-untyped-call]
    text = [part["content"] for part in components if part["type"] == 10]
    assert sum(map(len, text)) <= 4000
    assert all(text)
    assert len(components) <= 40
    assert all(len(part.get("custom_id") or "") <= 100 for part in components)
    assert all(1 <= len(part["components"]) <= 5 for part in components if part["type"] == 1)


@pytest.mark.parametrize("sign", ["x", "*", "word ", "# ", "🦭", "@everyone ", "\n"])
@pytest.mark.parametrize("kind", ["event", "quote", "claim"])
def test_every_panel_fits(kind: FactKind, sign: str) -> None:
    one, other = long_record(kind, sign, 1), long_record(kind, sign, 2)
    names = Names({}, {f"e{number}{sign}": sign * 4000 for number in (1, 2)})
    effects = tuple(Effect(sign * 900, one, other, worse=index < 5) for index in range(9))
    trial = Trial((Effect(sign * 900, one, one, True, sign * 900, sign * 900), *effects), untried=TOO_MANY)
    edit = Edit("s", sources=one.sources[:5], facts=(other.fact,))
    look = FactPreview(edit, other, (one, one, one), trial, people=True)
    kept = StoredForm(KEY, TypedFact(kind, "s", text=sign * 4000, fact=1, seen=7, cite=sign * 4000))
    fits(preview_panel(kept, Preview(look, one.fact, names)))
    fits(preview_panel(StoredForm(KEY, TypedFact(kind, "s")), Preview(look, None, names, second=True)))
    actors = [ActorRecord(1, one.story, Actor(str(number), sign * 300 or "x", "person", role=sign * 300)) for number in range(30)]
    history = tuple(
        Revision(number, "revise", "2026-11-25T00:00:00.000Z", "discord:" + "9" * 19, sign * 900, long_fact(kind, sign, number))
        for number in range(1, 12)
    )
    many = {str(number): sign * 900 for number in range(12)}
    for panel in (
        trouble_panel(FormError(many), way_back("fact", KEY)),
        speaker_panel(kept, FormError({"by": sign * 900}), actors),
        speaker_panel(kept, FormError(many), actors),
        conflict_panel(kept, Conflict(other, one, history, names)),
        kind_panel(kept),
    ):
        fits(panel)
    for page in range(3):
        fits(history_panel(FactHistory(one, history, names), page))
    assert trial_lines(Trial()) == ""


@pytest.mark.parametrize("sign", ["x", "*", "word ", "🦭", "\n"])
def test_the_preview_of_an_import_fits(sign: str) -> None:
    before = tuple(long_fact("event", sign, number) for number in range(40))
    after = tuple(long_fact("event", sign[::-1] + "y", number) for number in range(40))
    ids = tuple(fact.id for fact in before)
    info = StoryInfo("s", sign * 500)
    changes = StoryChanges("s", ids, ids, ids, ids, ids, other=True)
    effects = tuple(Effect(sign * 900, long_record("event", sign, 1), None, worse=True) for _ in range(9))
    trial = Trial(effects, tuple(RecordedQuestion(sign * 900) for _ in range(9)), TOO_LARGE)
    preview = ImportPreview(Story(info, (), (), after), changes, trial, Story(info, (), (), before), 10**9)
    fits(import_panel(KEY, preview))
    fits(import_panel(KEY, preview, again=True))


def test_the_heading_counts_all_questions_that_are_listed_and_says_how_many_get_worse() -> None:
    one, other = long_record("event", "x", 1), long_record("event", "y", 2)
    better, worse = Effect("When?", one, other, worse=False), Effect("Who?", one, other, worse=True)
    assert trial_lines(Trial((worse, better))).startswith(
        "**⚠️ 2 recorded questions would get another answer, 1 of them a worse one**\n- ⚠️ “Who?”"
    )
    assert trial_lines(Trial((worse, worse))).startswith("**⚠️ 2 recorded questions would get a worse answer**\n- “Who?”")
    assert trial_lines(Trial((better,))).startswith("**1 recorded question would get another answer**\n- “When?”")


@pytest.mark.parametrize(("language", "published"), [("en", "4 March 2021"), ("de", "4. März 2021")])
def test_a_source_names_its_site_once_and_its_date_in_the_language(language: str, published: str) -> None:
    known_by_its_address = Source("a", "webpage", "example.org", "example.org", published=parse_date("2021-03-04"))
    named = replace(known_by_its_address, title="The bridge")
    with speaking(language):
        assert source_line(known_by_its_address).replace("\\", "").startswith(f"example.org, {published}, ")
        assert source_line(named).replace("\\", "").startswith(f"The bridge, example.org, {published}, ")
        assert source_option(known_by_its_address).description == published
        assert source_option(named).description == f"example.org, {published}"


def test_short_answers_before_and_after_are_said_in_the_language() -> None:
    before, after = (
        replace(record, fact=replace(record.fact, date=parse_date(day)))
        for record, day in ((long_record("event", "x", 1), "2017-10-26"), (long_record("event", "x", 1), "2017-10-27"))
    )
    effect = Effect("When was it?", before, after, False, "26 October 2017", "27 October 2017")
    with speaking("de"):
        assert trial_lines(Trial((effect,))).endswith(
            "jetzt: „26. Oktober 2017“\n  dann: „27. Oktober 2017“".replace(". O", "\\. O")
        )
