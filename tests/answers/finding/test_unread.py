"""Which facts of a big base the reader looks at: after a change, those alone that it touched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from bot.answers.answerer import Answerer
from bot.answers.finding.documents import Document
from bot.answers.finding.index import Indexes
from bot.answers.finding.unread import UnreadFacts
from bot.answers.reader.reader import shipped_reader
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.facts.models import Actor, Citation, Fact, Source, Story, StoryInfo
from bot.stories.load import load_story
from tests.support.paths import HARBOUR

MODEL = "model"
COUNT = 40


def _fact(number: int, text: str = "", **values: object) -> Fact:
    text = text or f"Parcel {number} weighed a lot."
    return replace(Fact(id=f"fact-{number}", kind="claim", text=text, citations=(Citation("log"),)), **values)  # type: ignore[arg-type]


STORY = Story(
    StoryInfo("parcels", "Parcels"),
    (Source(id="log", type="report", title="The log"),),
    (Actor("lee", "Maria Lee", "person"), Actor("reed", "Ann Reed", "person")),
    (
        replace(_fact(0), kind="event"),
        _fact(1, event="fact-0"),
        _fact(2, by=("lee",)),
        _fact(3, about=("lee",)),
        _fact(4, by=("reed",)),
        *map(_fact, range(5, COUNT)),
    ),
)


@pytest.fixture
def base() -> Iterator[FactBase]:
    with FactBase.memory() as base:
        base.apply(STORY, by="test")
        yield base


def taken(unread: UnreadFacts, base: FactBase) -> list[set[str]]:
    """Return the facts of each lot, by id, as if each were encoded at once, until there are no more."""
    lots = []
    while numbers := unread.take(7):
        lots.append({record.fact.id for record in base.facts(numbers)})
        base.vectors.write([(number, b"", b"") for number in numbers], MODEL)
    return lots


def changed(base: FactBase, number: int, text: str) -> None:
    """Change the text of a fact."""
    facts = tuple(_fact(number, text) if fact.id == f"fact-{number}" else fact for fact in STORY.facts)
    base.apply(replace(STORY, facts=facts), by="test")


def test_all_facts_come_once_and_after_a_change_those_alone_that_it_touched(base: FactBase) -> None:
    unread = UnreadFacts(base, MODEL)
    lots = taken(unread, base)
    assert set().union(*lots) == {f"fact-{number}" for number in range(COUNT)}
    assert sum(map(len, lots)) == COUNT
    assert taken(unread, base) == []
    changed(base, 9, "Parcel 9 was light.")
    assert taken(unread, base) == [{"fact-9"}]
    base.apply(STORY, by="test")
    assert taken(unread, base) == [{"fact-9"}]
    base.apply(replace(STORY, actors=(Actor("lee", "Maria Lee", "person", role="mayor"), STORY.actors[1])), by="test")
    assert taken(unread, base) == [{"fact-2", "fact-3"}]
    base.apply(STORY, by="test")
    assert taken(unread, base) == [{"fact-2", "fact-3"}]
    base.apply(replace(STORY, facts=(replace(STORY.facts[0], text="Parcels were weighed."), *STORY.facts[1:])), by="test")
    assert taken(unread, base) == [{"fact-0", "fact-1"}]
    base.apply(replace(STORY, facts=(replace(STORY.facts[0], text="Parcels were weighed."), *STORY.facts[1:-1])), by="test")
    assert taken(unread, base) == []
    base.apply(replace(STORY, facts=(*STORY.facts, _fact(99))), by="test")
    assert taken(unread, base) == [{"fact-0", "fact-1", f"fact-{COUNT - 1}", "fact-99"}]
    assert taken(unread, base) == []


def test_a_change_that_comes_while_others_wait_is_not_lost(base: FactBase) -> None:
    unread = UnreadFacts(base, MODEL)
    assert len(unread.take(5)) == 5
    changed(base, 39, "Parcel 39 was light.")
    assert "fact-39" in {record.fact.id for record in base.facts(unread.take(3))}
    assert set().union(*taken(unread, base)) >= {f"fact-{number}" for number in range(34)}


def test_what_changed_last_is_looked_at_again_when_a_base_is_opened(base: FactBase, monkeypatch: pytest.MonkeyPatch) -> None:
    taken(UnreadFacts(base, MODEL), base)
    changed(base, 9, "Parcel 9 was light.")
    monkeypatch.setattr("bot.answers.finding.unread._NEWEST", 1)
    assert taken(UnreadFacts(base, MODEL), base) == [{"fact-9"}]
    assert sum(map(len, taken(UnreadFacts(base, "newer reader"), base))) == COUNT + 1


def test_a_changed_fact_of_a_big_base_has_new_vectors_and_no_other_is_read(
    lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.answers.finding.index.WHOLE", 3)
    model = shipped_reader().weights.version
    story = load_story(HARBOUR)
    with FactBase.memory() as base:
        base.apply(story, by="test")
        answerer = Answerer(base, lexicon)
        while answerer.encode():
            pass
        looked: list[int] = []
        documents = Indexes.documents

        def watched(self: Indexes, numbers: Sequence[int]) -> list[Document]:
            looked.extend(numbers)
            return documents(self, numbers)

        monkeypatch.setattr(Indexes, "documents", watched)
        number = base.all_facts()[0].number
        before = base.vectors.of([number], model)
        first = replace(story.facts[0], text="The bridge stays open.")
        base.apply(replace(story, facts=(first, *story.facts[1:])), by="test")
        while answerer.encode():
            pass
        assert base.vectors.of([number], model) != before
        assert len(base.vectors.of([record.number for record in base.all_facts()], model)) == len(story.facts)
        assert number in looked
        assert len(looked) < len(story.facts) / 2
