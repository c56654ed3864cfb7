"""What changes when a story is put into a base that holds another state of it: named before, and nothing is left over after."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NotKnownError, UsageError
from bot.facts.base import FactBase
from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.facts.models import Actor, Citation, Fact, RecordedQuestion, Source, Story, StoryChanges, StoryInfo
from bot.stories.dump import dump_story
from tests.facts.stories import ANN, CITED, CLOSURE, COST, DEARER, GAZETTE, LEE, RADIO, SAFETY, STORY

CLAIMS = [Fact(f"c{number}", "claim", text, CITED, by=("lee",)) for number in range(4) for text in ("It is so.", "It is not.")]


@st.composite
def states(draw: st.DrawFn) -> Story:
    """A state of one story: some of its claims, in some words and some order."""
    claims = draw(st.lists(st.sampled_from(CLAIMS), unique_by=lambda fact: fact.id))
    actors = draw(st.permutations([LEE, Actor("kim", "Jo Kim", "person")]))
    sources = draw(st.permutations([GAZETTE, RADIO]))
    info = StoryInfo("bridge", draw(st.sampled_from(["The bridge", "The old bridge"])))
    recorded = draw(st.booleans())
    asked = (RecordedQuestion("Is it so?", (claims[0].id,)),) if claims and recorded else ()
    return Story(info, tuple(sources), tuple(actors), tuple(claims), asked)


@given(st.lists(states(), min_size=1, max_size=4))
def test_after_each_state_the_base_holds_that_state_and_nothing_is_left_to_change(following: list[Story]) -> None:
    with FactBase.memory() as base:
        before: dict[str, Fact] = {}
        for story in following:
            planned = base.preview(story)
            after = {fact.id: fact for fact in story.facts}
            assert set(planned.added) == after.keys() - before.keys()
            assert set(planned.retracted) == before.keys() - after.keys()
            assert set(planned.revised) == {name for name in after.keys() & before.keys() if after[name] != before[name]}
            assert base.apply(story, by="test") == planned
            assert base.story("bridge") == story
            assert base.preview(story) == StoryChanges("bridge")
            before = after


def test_a_preview_writes_nothing(base: FactBase) -> None:
    version = base.version()
    planned = base.preview(replace(STORY, facts=(CLOSURE, SAFETY, DEARER)))
    assert planned.revised == ("cost",)
    assert (base.version(), base.story("bridge")) == (version, STORY)


def test_a_fact_that_comes_back_counts_as_added(base: FactBase) -> None:
    base.apply(replace(STORY, facts=(CLOSURE, SAFETY)), by="test")
    planned = base.preview(replace(STORY, facts=(CLOSURE, SAFETY, DEARER)))
    assert (planned.added, planned.revised) == (("cost",), ())
    base.apply(STORY, by="test")
    assert sorted(base.search.find(["lee"])) == [1, 2, 3]


def test_room_for_a_new_fact_is_no_other_order_and_an_exchange_is(base: FactBase) -> None:
    first = replace(COST, id="first")
    assert not base.preview(replace(STORY, facts=(CLOSURE, SAFETY, first, COST))).other
    assert base.preview(replace(STORY, sources=(RADIO, GAZETTE))).other


@pytest.mark.parametrize(
    ("story", "fault"),
    [
        (replace(STORY, actors=(replace(LEE, citations=(Citation("x"),)),)), 'no source "x"'),
        (replace(STORY, facts=(replace(CLOSURE, citations=(Citation("x"),)),)), 'no source "x"'),
        (replace(STORY, facts=(replace(CLOSURE, who=("x",)),)), 'no actor "x"'),
        (replace(STORY, facts=(replace(SAFETY, about=("x",)),)), 'no actor "x"'),
        (replace(STORY, facts=(SAFETY,)), 'no event "closure"'),
        (replace(STORY, questions=(RecordedQuestion("When?", ("x",)),)), 'no fact "x"'),
        (replace(STORY, facts=(replace(CLOSURE, citations=()),)), "no citation"),
    ],
)
def test_an_id_that_the_story_lacks_is_refused_before_anything_is_written(base: FactBase, story: Story, fault: str) -> None:
    with pytest.raises(NotKnownError, match=fault):
        base.preview(story)
    with pytest.raises(NotKnownError, match=fault):
        base.apply(story, by="test")
    assert base.story("bridge") == STORY


def test_a_source_that_nothing_cites_any_more_is_named(base: FactBase) -> None:
    planned = base.preview(replace(STORY, sources=(GAZETTE, Source("radio", "broadcast", "Late news"))))
    assert (planned.sources, planned.other, planned.new) == (("radio",), False, False)


MANY = tuple(f"name {number}" for number in range(101))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"facts": (replace(COST, text="x" * 20_001),)}, '"cost": `text`: This has 20,001 characters, and the limit is 20,000.'),
        ({"facts": (replace(COST, context="x" * 20_001),)}, "`context`: This has 20,001 characters"),
        (
            {"facts": (replace(CLOSURE, where="x" * 2_001),)},
            "`where`: This has 2,001 characters, and the limit is 2,000. Shorten it.",
        ),
        (
            {"facts": (replace(COST, asked_as=MANY),)},
            "`asked_as`: There are 101 of these, and the limit is 100. Leave some of them out.",
        ),
        ({"facts": (replace(COST, asked_as=("x" * 6_000, "y" * 6_000)),)}, "Together these have 12,000 characters"),
        ({"facts": (replace(COST, citations=COST.citations * 1_001),)}, "`citations`: There are 1,001 of these"),
        (
            {"facts": (replace(COST, citations=(Citation("gazette", "page", "1" * 2_001),)),)},
            "`citations`: This has 2,001 characters",
        ),
        ({"actors": (replace(LEE, aliases=MANY),)}, '"lee": `aliases`: There are 101 of these, and the limit is 100.'),
        ({"actors": (replace(LEE, name="x" * 2_001),)}, "`name`: This has 2,001 characters"),
        ({"sources": (replace(GAZETTE, title="x" * 2_001),)}, "`title`: This has 2,001 characters"),
        ({"sources": (replace(GAZETTE, url="https://example.org/" + "x" * 8_000),)}, "`url`: This has 8,020 characters"),
        ({"sources": (replace(GAZETTE, authors=("x" * 999,) * 501),)}, "`authors`: Together these have 500,499 characters"),
        ({"info": replace(STORY.info, summary="x" * 20_001)}, "`summary`: This has 20,001 characters"),
        ({"questions": (RecordedQuestion("x" * 6_001),)}, "`ask`: This has 6,001 characters"),
    ],
)
def test_what_holds_too_much_is_refused_however_it_comes(change: dict[str, Any], sentence: str, base: FactBase) -> None:
    parts: dict[str, Any] = {name: items if name == "info" else (*getattr(STORY, name), *items) for name, items in change.items()}
    story = replace(STORY, **parts)
    for attempt in (
        lambda: base.revisions.apply(Edit("bridge", **change), ANN),
        lambda: base.apply(story, by="test"),
        lambda: base.preview(story),
    ):
        with pytest.raises(UsageError) as refused:
            attempt()
        assert sentence in str(refused.value)
    assert base.story("bridge") == STORY


def test_as_much_as_may_be_is_taken(base: FactBase) -> None:
    fact = replace(COST, text="x" * 20_000, asked_as=("y" * 5_000, "z" * 5_000), citations=COST.citations * 1_000)
    actor = replace(LEE, aliases=MANY[:100])
    base.revisions.apply(Edit("bridge", facts=(fact,), actors=(actor,)), ANN)
    assert base.revisions.show(3).fact == fact


def test_a_story_taken_in_again_leaves_passages_and_whom_they_name_as_they_are(base: FactBase) -> None:
    paper = Source("paper", "article-newspaper", "No bridge")
    carter = Actor("carter", "Ann Carter", "person")
    passage = Fact(
        "paper-p1-s1",
        "passage",
        "She said it was too old.",
        (Citation("paper", "paragraph", "1"),),
        by=("carter",),
        reviewed=False,
        glosses=((0, 3, "Ann Carter"),),
        quoted=((9, 23),),
        happened=True,
    )
    edit = Edit(STORY.info.id, sources=(paper,), actors=(carter,), facts=(passage,))
    base.revisions.apply(edit, sign("reader", None))
    assert not base.apply(STORY, by="editor")
    assert passage in [record.fact for record in base.all_facts()]
    assert passage.glossed == "She [Ann Carter] said it was too old."
    assert "She said" not in dump_story(base.story(STORY.info.id))
    kept = replace(passage, reviewed=True)
    base.revisions.apply(Edit(STORY.info.id, facts=(kept,)), ANN)
    assert not base.apply(STORY, by="editor"), "one that somebody kept is in no story file either"
    assert kept in [record.fact for record in base.all_facts()]
