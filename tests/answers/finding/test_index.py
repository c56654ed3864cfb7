"""A base with more facts than are held in memory: a story of its own is answered as before, and memory has a bound."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from weakref import ref

import pytest

from bot.answers.answerer import Answerer
from bot.answers.as_of import index_as_of
from bot.answers.finding.index import CANDIDATES, Indexes
from bot.cache_budget import BUDGET
from bot.english.lexicon import Lexicon
from bot.errors import NotKnownError
from bot.facts.base import FactBase
from bot.facts.models import Citation, Fact, Source, Story, StoryInfo
from bot.resources import stories_folder
from bot.stories.load import load_story
from tests.support.documents import count_documents
from tests.support.memory import bytes_of
from tests.support.paths import HARBOUR

COUNT = 3_000


@pytest.fixture(scope="module")
def big() -> Iterator[FactBase]:
    with FactBase.memory() as base:
        base.apply(load_story(HARBOUR), by="test")
        facts = tuple(
            Fact(
                id=f"fact-{number}",
                kind="claim",
                text=f"Parcel {number} weighed {number % 90} kilos.",
                citations=(Citation("log"),),
            )
            for number in range(COUNT)
        )
        log = Source(id="log", type="report", title="The parcel log")
        base.apply(Story(StoryInfo("parcels", "The parcels"), (log,), (), facts), by="test")
        yield base


@pytest.mark.parametrize("story", [None, "harbour-bridge"])
def test_a_small_story_in_a_big_base_is_answered(story: str | None, big: FactBase, lexicon: Lexicon) -> None:
    answer = Answerer(big, lexicon).ask("When was the Harbour Bridge closed to traffic?", story=story)
    assert (answer.status, answer.short) == ("answered", "3 March 2021")


def test_only_some_facts_of_a_big_base_are_held(big: FactBase, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BUDGET, "most", 500_000)
    held = Indexes(big, lexicon)
    for number in range(0, COUNT, 60):
        index = held.of_some(held.by_words(f"how heavy was parcel {number}", None))
        assert 0 < len(index.documents) <= CANDIDATES
        assert BUDGET.size <= 500_000
    del index
    assert 0 < len(held._documents) < 100


def test_the_indexes_of_all_bases_are_held_up_to_so_many_bytes(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    story = load_story(HARBOUR)
    with ExitStack() as opened:
        indexes = []
        for number in range(8):
            base = opened.enter_context(FactBase.memory())
            base.apply(replace(story, info=StoryInfo(f"story-{number}", "A story")), by="test")
            indexes.append(Indexes(base, lexicon))
        BUDGET.release_idle(0)
        assert indexes[0].whole()
        monkeypatch.setattr(BUDGET, "most", int(3.5 * BUDGET.size))
        for held in indexes:
            assert len(held.whole().documents) == len(story.facts)
            assert BUDGET.size <= BUDGET.most
        assert [number for number, held in enumerate(indexes) if held._indexes] == [5, 6, 7]
        assert indexes[6].whole() is indexes[6].whole()
        assert len(indexes[0].whole().documents) == len(story.facts)  # what was let go is made again
        assert [number for number, held in enumerate(indexes) if held._indexes] == [0, 6, 7]


def test_an_index_of_facts_that_have_changed_is_let_go_at_once(lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(load_story(HARBOUR), by="test")
        held = Indexes(base, lexicon)
        before = ref(held.whole())
        base.apply(replace(load_story(HARBOUR), info=StoryInfo("other", "Another")), by="test")
        assert before() is not None
        held.whole()
        assert before() is None


def test_what_was_known_by_a_day_keeps_no_index_alive_and_goes_with_it(lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(load_story(HARBOUR), by="test")
        answerer = Answerer(base, lexicon)
        answerer.ask("When was the bridge closed?", as_of=20210310)
        held = answerer._indexes.whole()
        assert 20210310 in held.as_of
        before = ref(held)
        BUDGET.release(held)
        del held
        assert before() is None
        answerer.ask("When was the bridge closed?", as_of=20210310)
        known = ref(answerer._indexes.whole().as_of[20210310])
        assert known() is not None
        base.apply(replace(load_story(HARBOUR), info=StoryInfo("other", "Another")), by="test")
        answerer._indexes.whole()
        assert known() is None


def test_what_an_index_takes_is_known_well_enough(lexicon: Lexicon) -> None:
    story = load_story(min(stories_folder().glob("*.yaml")))
    with FactBase.memory() as base:
        base.apply(story, by="test")
        answerer = Answerer(base, lexicon)
        index = answerer._indexes.whole()
        assert 0.7 < index.size / bytes_of(index) < 2  # what is made of facts when they are asked for is counted beforehand
        for question in story.questions:
            answerer.ask(question.ask)
        assert len(index.answers) > 20
        assert 0.7 < index.size / bytes_of(index) < 1.4


def test_a_story_is_read_whole_only_for_words_about_something_that_it_has(
    big: FactBase, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = count_documents(monkeypatch)
    answer = Answerer(big, lexicon).ask("What did Maria Lee say about the closure of the bridge?")
    assert answer.by_relation
    assert len(made) == 2
    made.clear()
    assert Answerer(big, lexicon).ask("What did Maria Lee say about cheese and pickled herring?").question
    assert len(made) == 1
    assert sum(made) <= CANDIDATES


def test_a_named_story_in_a_big_base_is_answered_as_if_it_were_alone(big: FactBase, lexicon: Lexicon) -> None:
    story = load_story(HARBOUR)
    with FactBase.memory() as base:
        base.apply(story, by="test")
        alone, buried = Answerer(base, lexicon), Answerer(big, lexicon)
        alone.encode()
        buried.encode(story.info.id)
        for question in story.questions:
            one, other = alone.ask(question.ask, rank=5), buried.ask(question.ask, story=story.info.id, rank=5)
            assert (one.status, one.short, one.known) == (other.status, other.short, other.known)
            assert [(fact.record.fact, fact.score) for fact in one.ranking] == [
                (fact.record.fact, fact.score) for fact in other.ranking
            ]


def test_a_story_that_is_not_named_is_found_by_its_words(big: FactBase, lexicon: Lexicon) -> None:
    story = load_story(HARBOUR)
    answerer = Answerer(big, lexicon)
    asked = [question for question in story.questions if question.expect]
    first = [answerer.ask(question.ask, rank=1).ranking[0].record.fact.id for question in asked]
    assert sum(got in question.expect for got, question in zip(first, asked, strict=True)) >= len(asked) - 1


def test_an_answer_does_not_depend_on_what_was_asked_before(big: FactBase, lexicon: Lexicon) -> None:
    used = Answerer(big, lexicon)
    questions = [
        "what did the mayor say about safety",
        "why was the bridge closed",
        "how heavy was parcel 7",
        "who found the cracks",
    ]
    for question in questions:
        while used.ask(question).unread:  # facts are encoded as they are needed
            pass
    for question in [*questions, *reversed(questions)]:
        assert used.ask(question, rank=5) == Answerer(big, lexicon).ask(question, rank=5)


def test_a_change_is_seen_in_a_big_base_too(big: FactBase, lexicon: Lexicon) -> None:
    answerer = Answerer(big, lexicon)
    answerer.ask("When was the Harbour Bridge closed to traffic?")
    story = load_story(HARBOUR)
    gone = replace(
        story, facts=tuple(fact for fact in story.facts if fact.id != "closure" and fact.event != "closure"), questions=()
    )
    big.apply(gone, by="test")
    answer = answerer.ask("When was the Harbour Bridge closed to traffic?", rank=3)
    assert "closure" not in [scored.record.fact.id for scored in answer.ranking]
    big.apply(story, by="test")


def test_an_unknown_story_is_said_plainly(big: FactBase, lexicon: Lexicon) -> None:
    with pytest.raises(NotKnownError, match="no-such"):
        Indexes(big, lexicon).whole("no-such")


def test_bases_that_hold_the_same_share_an_index_until_one_of_them_changes(lexicon: Lexicon) -> None:
    story = load_story(HARBOUR)
    with FactBase.memory() as one, FactBase.memory() as other:
        for base in (one, other):
            base.apply(story, by="test")
        ours, theirs = Indexes(one, lexicon), Indexes(other, lexicon)
        assert ours.whole() is theirs.whole()
        changed = replace(story.facts[0], text="The city closed the Harbour Bridge for good.")
        other.apply(replace(story, facts=(changed, *story.facts[1:])), by="test")
        assert ours.whole() is not theirs.whole()
        assert "for good" in theirs.whole().documents[0].record.fact.text
        assert "for good" not in ours.whole().documents[0].record.fact.text


def test_a_fact_that_went_while_it_was_looked_for_is_left_out(big: FactBase, lexicon: Lexicon) -> None:
    index = Indexes(big, lexicon).of_some([COUNT + 999, 1])
    assert [document.number for document in index.documents] == [1]


def test_words_are_as_rare_as_of_a_day_as_today_in_a_big_base(big: FactBase, lexicon: Lexicon) -> None:
    indexes = Indexes(big, lexicon)
    index = index_as_of(indexes.of_some(indexes.by_words("harbour bridge", None)), 20210304)
    assert index.documents
    assert index.rarity("crack") == lexicon.unusual("crack")
