"""The fact base on real files: applying stories, reading facts, finding, history, kept replies."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import BusyError, FactBaseError, NotKnownError
from bot.facts.base import FactBase
from bot.facts.dates import parse_date
from bot.facts.models import FACT_KINDS, Citation, Fact, Story, StoryInfo
from tests.facts.dated_story import (
    BRIDGE,
    CLOSURE,
    COST,
    GAZETTE,
    LEE,
    OPENING,
    RADIO,
    SAFETY,
    STORM,
    STORY,
    VOTE,
    having,
    with_fact,
    without,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "base.db"


def test_a_story_comes_back_as_it_went_in_after_reopening(path: Path) -> None:
    with FactBase.open(path) as base:
        changes = base.apply(STORY, by="ann", reason="first")
        assert changes.added == ("closure", "storm", "opening", "vote", "safety", "cost")
        assert (changes.actors, changes.sources) == (("lee", "bridge"), ("gazette", "radio"))
        assert (changes.new, changes.other) == (True, False)
    with FactBase.open(path, create=False) as base:
        assert base.story("bridge") == STORY
        assert base.stories() == (STORY.info,)
        assert base.questions("bridge") == STORY.questions
        assert base.count() == base.count("bridge") == 6
        assert [record.ref for record in base.all_facts()] == [f"F{number}@1" for number in range(1, 7)]


def test_an_unchanged_story_writes_nothing(path: Path) -> None:
    with FactBase.open(path) as base:
        base.apply(STORY, by="ann")
        before = base.version(), path.read_bytes(), path.with_name("base.db-wal").read_bytes()
        assert not base.preview(STORY)
        assert not base.apply(STORY, by="bob")
        assert (base.version(), path.read_bytes(), path.with_name("base.db-wal").read_bytes()) == before


def test_a_changed_fact_is_revised_and_keeps_its_number(path: Path) -> None:
    with FactBase.open(path) as base:
        base.apply(STORY, by="ann")
        changed = with_fact(replace(COST, text="Repairs will cost 5 million.", by=(), asked_as=("how dear?",), event="storm"))
        assert base.preview(changed).revised == ("cost",)
        assert base.count() == 6
        assert base.apply(changed, by="bob", reason="new figure").revised == ("cost",)
        assert base.story("bridge") == changed
        assert [(step.number, step.action, step.by, step.reason) for step in base.revisions.history(6)] == [
            (1, "add", "ann", None),
            (2, "revise", "bob", "new figure"),
        ]
        assert base.revisions.history(6)[0].fact == COST
        assert base.facts([6])[0].ref == "F6@2"
        assert having(base, "dear") == (6,)
        assert having(base, "price") == ()


def test_a_fact_that_goes_is_retracted_and_comes_back_with_its_history(path: Path) -> None:
    with FactBase.open(path) as base:
        base.apply(STORY, by="ann")
        assert base.apply(without("storm"), by="bob").retracted == ("storm",)
        assert having(base, "storm") == ()
        assert base.facts([2])[0].retracted
        assert base.facts([2])[0].fact == STORM
        assert base.apply(STORY, by="cy").added == ("storm",)
        assert [step.action for step in base.revisions.history(2)] == ["add", "retract", "restore"]
        assert base.facts([2])[0].ref == "F2@3"
        assert base.story("bridge") == STORY


def test_an_actor_and_a_source_go_though_a_retracted_fact_has_them(path: Path) -> None:
    with FactBase.open(path) as base:
        base.apply(STORY, by="ann")
        smaller = replace(
            without("storm"), sources=(GAZETTE,), facts=tuple(f for f in STORY.facts if f.id not in ("storm", "safety"))
        )
        smaller = replace(smaller, actors=(LEE,))
        changes = base.apply(smaller, by="bob")
        assert (changes.actors, changes.sources, changes.retracted) == (("bridge",), ("radio",), ("storm", "safety"))
        assert base.story("bridge") == smaller
        assert [record.actor for record in base.actors()] == [LEE]
        assert [source for _, source, _ in base.sources()] == [GAZETTE]
        assert base.facts([2])[0].sources == (RADIO,)
        assert base.apply(STORY, by="cy").actors == ("bridge",)
        assert base.story("bridge") == STORY


def test_a_change_of_kind_under_the_same_id_is_a_revision(path: Path) -> None:
    claim = replace(VOTE, kind="claim", by=("lee",))
    story = replace(STORY, facts=(CLOSURE, STORM, OPENING, SAFETY, claim, COST))
    with FactBase.open(path) as base:
        base.apply(STORY, by="ann")
        assert base.apply(story, by="bob").revised == ("vote",)
        assert base.story("bridge") == story
        assert base.facts([4])[0].fact == claim


def test_a_new_order_is_kept_without_revisions(path: Path) -> None:
    turned = replace(STORY, facts=(VOTE, OPENING, STORM, CLOSURE, SAFETY, COST), actors=(BRIDGE, LEE), sources=(RADIO, GAZETTE))
    with FactBase.open(path) as base:
        base.apply(STORY, by="ann")
        changes = base.apply(turned, by="bob")
        assert changes.other
        assert (changes.revised, changes.actors, changes.sources) == ((), (), ())
        assert base.story("bridge") == turned
        assert len(base.revisions.history(1)) == 1
        assert not base.apply(turned, by="bob")


def test_what_makes_room_for_something_new_has_not_changed(path: Path) -> None:
    with FactBase.open(path) as base:
        base.apply(replace(STORY, facts=tuple(fact for fact in STORY.facts if fact != STORM)), by="ann")
        changes = base.apply(STORY, by="ann")
        assert (changes.added, changes.other, changes.new) == ((STORM.id,), False, False)
        assert base.story("bridge") == STORY


def test_title_and_questions_are_kept_in_the_history_of_the_story(path: Path) -> None:
    changed = replace(STORY, info=replace(STORY.info, title="Bridge", summary=None), questions=STORY.questions[1:])
    with FactBase.open(path) as base:
        base.apply(STORY, by="ann")
        changes = base.apply(changed, by="bob")
        assert changes.other
        assert not changes.revised
        assert base.story("bridge") == changed
        with closing(sqlite3.connect(path)) as connection, connection:
            rows = connection.execute("SELECT number, action, content FROM revision WHERE kind = 'story' ORDER BY id").fetchall()
        connection.close()
        assert [row[:2] for row in rows] == [(1, "add"), (2, "revise")]
        assert "Who ate the fish?" in rows[0][2]


def test_two_stories_do_not_meet(path: Path) -> None:
    other = replace(STORY, info=StoryInfo("other", "Another"))
    with FactBase.open(path) as base:
        base.apply(STORY, by="ann")
        base.apply(other, by="ann")
        assert (base.count(), base.count("other")) == (12, 6)
        assert base.story("bridge") == STORY
        assert base.story("other") == other
        assert {record.story.id for record in base.facts(having(base, "crossing", story="other"))} == {"other"}
        assert len(base.actors()) == 4
        assert len(base.actors("other")) == 2
        assert [fact.story.id for fact in base.by_date("event", story="other")] == ["other"] * 4


def test_events_are_by_date_and_touch_the_range(path: Path) -> None:
    with FactBase.open(path) as base:
        base.apply(STORY, by="ann")
        assert [record.fact.id for record in base.by_date("event")] == ["storm", "closure", "opening", "vote"]
        assert [record.fact.id for record in base.by_date("event", start=20210301, end=20210302)] == ["storm"]
        assert [record.fact.id for record in base.by_date("event", start=20210303)] == ["closure", "opening"]
        assert [record.fact.id for record in base.by_date("event", end=20210303)] == ["storm", "closure"]
        assert [record.fact.id for record in base.by_date("event", actor=1)] == ["closure"]
        assert [record.fact.id for record in base.by_date("quote")] == ["safety"]
        assert [record.fact.id for record in base.by_date("quote", speaker=2)] == []
        assert [record.fact.id for record in base.by_date(*FACT_KINDS, actor=1)] == ["closure", "safety", "cost"]
        assert [record.fact.id for record in base.by_date(*FACT_KINDS, actor=2)] == ["safety"]


def test_records_have_their_people_and_sources(path: Path) -> None:
    with FactBase.open(path) as base:
        base.apply(STORY, by="ann")
        (record,) = base.facts([5])
        assert (record.speakers, record.subjects, record.participants, record.sources) == ((LEE,), (BRIDGE,), (), (GAZETTE,))
        assert [fact.number for fact in base.facts([3, 99, 1, 3])] == [3, 1, 3]
        assert [(actor.actor.id, actor.spoken, actor.mentioned) for actor in base.actors()] == [("lee", 2, 3), ("bridge", 0, 1)]
        assert [(source.id, cited) for _, source, cited in base.sources()] == [("gazette", 5), ("radio", 1)]


@pytest.mark.parametrize("story", ["none", "", "\0"])
def test_an_unknown_story_is_named(path: Path, story: str) -> None:
    with FactBase.open(path) as base:
        with pytest.raises(NotKnownError, match="Import a story first"):
            base.story(story)
        base.apply(STORY, by="ann")
        for ask in (base.story, base.questions, base.count, base.all_facts, base.actors, base.sources):
            with pytest.raises(NotKnownError, match="Stories here: bridge"):
                ask(story)
        with pytest.raises(NotKnownError, match="no fact F99"):
            base.revisions.history(99)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(COST, by=("nobody",)),
        replace(COST, citations=(Citation("nowhere"),)),
        replace(COST, event="never"),
        replace(COST, citations=()),
    ],
)
def test_a_story_that_does_not_hold_together_changes_nothing(path: Path, wrong: Fact) -> None:
    with FactBase.open(path) as base:
        with pytest.raises(NotKnownError, match="cost"):
            base.apply(with_fact(wrong), by="ann")
        assert base.stories() == ()


def test_the_version_moves_with_facts_and_not_with_replies(path: Path) -> None:
    with FactBase.open(path) as base, FactBase.open(path) as other:
        seen = [base.version()]
        base.apply(STORY, by="ann")
        seen.append(base.version())
        base.replies.store("{}")
        base.apply(STORY, by="ann")
        assert base.version() == seen[-1]
        other.apply(without("storm"), by="bob")
        seen.append(base.version())
        raw = sqlite3.connect(path)
        raw.execute("UPDATE fact SET \"where\" = 'Dock' WHERE id = 1")
        raw.commit()
        raw.close()
        seen.append(base.version())
        assert len(set(seen)) == 4
        assert base.count() == 5
        assert having(base, "dock") == (1,)


def test_replies_are_kept_for_a_time(path: Path) -> None:
    with FactBase.open(path) as base:
        key = base.replies.store('{"facts": [1]}')
        assert base.replies.content(key) == '{"facts": [1]}'
        assert base.replies.content("other") is None
        assert len(key) <= 16
        time.sleep(1.1)
        assert base.replies.content(base.replies.store("new", days=0)) == "new"
        assert base.replies.content(key) is None
    with FactBase.open(path) as base:
        assert base.replies.store("x") != base.replies.store("x")


def test_a_read_is_cut_off_at_its_deadline(path: Path) -> None:
    facts = tuple(replace(VOTE, id=f"vote-{number}") for number in range(3000))
    with FactBase.open(path, deadline=0.0) as base:
        base.apply(replace(STORY, facts=(*STORY.facts, *facts)), by="ann")
        with pytest.raises(BusyError, match="took too long"):
            having(base, "council")
        assert len(base.all_facts()) == 3006


def test_many_threads_read_while_one_writes(path: Path) -> None:
    stories = [with_fact(replace(VOTE, text=f"The council voted {number} times.")) for number in range(20)]
    failures: list[Exception] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                records = base.facts(having(base, "council"))
                assert [record.fact.text.startswith("The council voted") for record in records] == [True]
                assert base.count() == 6
        except Exception as error:  # noqa: BLE001 - handed to the test's own thread
            failures.append(error)

    with FactBase.open(path, deadline=20) as base:
        base.apply(STORY, by="ann")
        readers = [threading.Thread(target=read) for _ in range(4)]
        for reader in readers:
            reader.start()
        for story in stories:
            base.apply(story, by="bob")
        done.set()
        for reader in readers:
            reader.join()
        assert failures == []
        assert len(base.revisions.history(4)) == 21


def test_two_programs_that_write_at_once_both_get_through(path: Path) -> None:
    def write(name: str) -> None:
        with FactBase.open(path) as base:
            for number in range(10):
                story = replace(STORY, info=StoryInfo(name, f"Title {number}"))
                base.apply(story, by=name)

    writers = [threading.Thread(target=write, args=(f"story-{number}",)) for number in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with FactBase.open(path) as base:
        assert base.count() == 18
        assert {story.title for story in base.stories()} == {"Title 9"}


def test_a_closed_base_says_so(path: Path) -> None:
    base = FactBase.open(path)
    base.close()
    with pytest.raises(FactBaseError, match="has been closed"):
        base.count()
    with pytest.raises(FactBaseError, match="has been closed"):
        base.apply(STORY, by="ann")


def test_two_hundred_facts_take_a_few_queries(path: Path) -> None:
    facts = tuple(replace(SAFETY, id=f"safety-{number}", asked_as=("a?", "b?")) for number in range(400))
    with FactBase.open(path) as base:
        base.apply(replace(STORY, facts=(*STORY.facts, *facts)), by="ann")
        queries: list[str] = []
        base._connections._reader.set_trace_callback(queries.append)
        assert len(base.facts(range(100, 300))) == 200
        assert len(queries) <= 12


def test_the_last_day_of_the_events_is_found_without_reading_them() -> None:
    def story(name: str, *dates: str | None) -> Story:
        event = Fact("event", "event", "It was.", (Citation(GAZETTE.id),))
        events = [replace(event, id=f"e{n}", date=parse_date(date) if date else None) for n, date in enumerate(dates)]
        said = replace(event, id="said", kind="claim", by=(LEE.id,), date=parse_date("2025-01-01"))
        return Story(StoryInfo(name, name), (GAZETTE,), (LEE,), (*events, said))

    with FactBase.memory() as base:
        assert base.last_event_day() is None
        for one in (story("a", "2021-03-04", "2020-11-05", "2019/2023"), story("b", "2019/2022", "../2024", None), story("c")):
            base.apply(one, by="test")
        queries: list[str] = []
        base._connections._reader.set_trace_callback(queries.append)
        assert [base.last_event_day(name) for name in (None, "a", "b", "c")] == [20210304, 20210304, 20241231, None]
        assert not [query for query in queries if "citation" in query]
        with pytest.raises(NotKnownError):
            base.last_event_day("d")
        base.apply(story("a", None, "2020-11-05", "2019/2023"), by="test")
        assert base.last_event_day() == 20201105
