"""A newer pack merged with what was changed here: whoever alone changed something has their way."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.facts.base import FactBase
from bot.facts.models import Fact, Story
from bot.stories.load import load_story
from bot.stories.merging import Merged, marks_of, merge
from tests.support.paths import HARBOUR

STORY = load_story(HARBOUR)
MARKS = marks_of(STORY)
IDS = [fact.id for fact in STORY.facts]


def changed(story: Story, name: str, text: str = "") -> Story:
    """Return a story in which a fact says something else, or without it and all that leads to it."""
    if text:
        return replace(story, facts=tuple(replace(fact, text=text) if fact.id == name else fact for fact in story.facts))
    facts = (replace(fact, event=None if fact.event == name else fact.event) for fact in story.facts if fact.id != name)
    questions = (
        replace(question, expect=tuple(fact for fact in question.expect if fact != name))
        for question in story.questions
        if question.expect != (name,)
    )
    return replace(story, facts=tuple(facts), questions=tuple(questions))


def texts(merged: Merged | Story) -> dict[str, str]:
    story = merged.story if isinstance(merged, Merged) else merged
    return {fact.id: fact.text for fact in story.facts}


def held(story: Story) -> FactBase:
    base = FactBase.memory()
    base.apply(story, by="test")
    return base


def test_what_the_editor_alone_changed_is_taken() -> None:
    newer = changed(changed(STORY, "cost", "Repairs will cost 5 million dollars."), IDS[-1])
    added = replace(newer.facts[0], id="opened", text="The bridge was opened again.")
    newer = replace(newer, facts=(added, *newer.facts))
    merged = merge(STORY, newer, MARKS)
    assert (merged.story, merged.kept, merged.others) == (newer, (), ())


def test_what_was_changed_here_stays_and_is_named_only_where_the_editor_changed_it_too() -> None:
    ours = changed(changed(changed(STORY, "cost", "Here it says 6 million."), "closure", "It was closed."), "lee-safety")
    newer = changed(changed(STORY, "cost", "Repairs will cost 5 million dollars."), "lee-safety", "Safety first.")
    merged = merge(ours, newer, MARKS)
    assert texts(merged) == texts(ours)
    assert sorted(merged.kept) == ["cost", "lee-safety"]
    gone = merge(ours, changed(STORY, "cost"), MARKS)
    assert (texts(gone)["cost"], gone.kept) == ("Here it says 6 million.", ("cost",))


def test_the_same_correction_here_and_there_is_no_difference() -> None:
    both = changed(STORY, "cost", "Repairs will cost 5 million dollars.")
    assert merge(both, both, MARKS) == Merged(both)


def test_what_was_added_here_stays_with_all_that_it_names() -> None:
    lee = STORY.actors[0]
    ours = replace(
        STORY,
        facts=(*STORY.facts, Fact("ours", "claim", "Lee will resign.", STORY.facts[0].citations, by=(lee.id,), event="closure")),
    )
    newer = changed(STORY, "closure")
    used = {actor for fact in newer.facts for actor in (*fact.by, *fact.who, *fact.about)}
    newer = replace(newer, actors=tuple(actor for actor in newer.actors if actor.id in used and actor.id != lee.id))
    newer = replace(newer, facts=tuple(replace(fact, by=(), who=(), about=()) for fact in newer.facts if fact.kind != "quote"))
    newer = replace(newer, questions=())
    merged = merge(ours, newer, MARKS)
    assert merged.story.facts[-1] == replace(ours.facts[-1], event=None)
    assert lee in merged.story.actors
    with held(ours) as base:
        base.apply(merged.story, by="test")
        assert texts(base.story("harbour-bridge")) == texts(merged)


def test_that_an_event_was_retracted_here_changes_no_fact_that_belonged_to_it() -> None:
    with held(STORY) as base:
        base.apply(changed(STORY, "closure"), by="test")
        ours = base.story("harbour-bridge")
    newer = changed(STORY, "cost", "Repairs will cost 5 million dollars.")
    merged = merge(ours, newer, MARKS)
    assert texts(merged)["cost"] == "Repairs will cost 5 million dollars."
    assert "closure" not in texts(merged)
    assert merged.kept == ()


def test_what_is_called_otherwise_here_stays_and_is_named() -> None:
    def called(title: str, name: str) -> Story:
        first, *rest = STORY.actors
        return replace(STORY, info=replace(STORY.info, title=title), actors=(replace(first, name=name), *rest))

    merged = merge(called("Our bridge", "Ours"), called("Their bridge", "Theirs"), MARKS)
    assert (merged.story.info.title, merged.story.actors[0].name) == ("Our bridge", "Ours")
    assert merged.others == ("Their bridge", "Theirs")


VERSIONS = st.dictionaries(st.sampled_from(IDS), st.sampled_from(["", "One.", "Two."]))


@given(VERSIONS, VERSIONS)
def test_every_fact_is_as_whoever_alone_changed_it_has_it(here: dict[str, str], there: dict[str, str]) -> None:
    def made(versions: dict[str, str]) -> Story:
        story = STORY
        for name, text in versions.items():
            story = changed(story, name, text)
        return story

    theirs = made(there)
    with held(STORY) as base:
        base.apply(made(here), by="test")
        merged = merge(base.story("harbour-bridge"), theirs, MARKS)
        base.apply(merged.story, by="test")
        after = texts(base.story("harbour-bridge"))
    for name in IDS:
        wanted = here.get(name, there.get(name, texts(STORY)[name]))
        assert after.get(name, "") == wanted
        assert (name in merged.kept) == (name in here and name in there and here[name] != there[name])
