"""Facts of a base that is too big to be held whole: those found by words or by meaning, and those that are still to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from bot.answers.answerer import Answerer
from bot.answers.finding import candidates
from bot.answers.finding.candidates import NearestFacts, UnreadFacts, choose_facts, search_words
from bot.answers.finding.documents import Document
from bot.answers.finding.index import CANDIDATES, WHOLE, Indexes
from bot.answers.reader.encoder import FactVectors
from bot.answers.reader.reader import shipped_reader
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.facts.models import Actor, Citation, Fact, Source, Story, StoryInfo
from bot.facts.vectors import WHOLE as BYTES
from bot.stories.load import load_story
from tests.support.paths import HARBOUR

MODEL = "model"


def _story(slug: str, count: int) -> Story:
    facts = tuple(
        Fact(id=f"fact-{number}", kind="claim", text=f"Parcel {number} weighed a lot.", citations=(Citation("log"),))
        for number in range(count)
    )
    return Story(StoryInfo(slug, slug), (Source(id="log", type="report", title="The log"),), (), facts)


def _row(index: int) -> bytes:
    row = np.zeros(BYTES, dtype=np.int8)
    row[index % BYTES], row[(index + 1) % BYTES] = 100, index // BYTES
    return row.tobytes()


def _towards(index: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    row = np.frombuffer(_row(index), dtype=np.int8).astype(np.float32)
    return row / np.float32(np.sqrt((row**2).sum()))


@pytest.fixture
def base() -> Iterator[FactBase]:
    with FactBase.memory() as base:
        for slug in ("first", "second"):
            base.apply(_story(slug, 60), by="test")
        base.vectors.write([(number, b"", _row(number) * 3) for number in range(1, 121)], MODEL)
        yield base


def test_the_nearest_live_facts_are_found_whatever_their_words(base: FactBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "_READ_AT_ONCE", 32)
    nearest = NearestFacts(base, MODEL)
    assert [nearest.find(_towards(number), 1) for number in range(1, 121)] == [[number] for number in range(1, 121)]
    assert len(nearest) == 120
    assert set(nearest.find(_towards(7), 20, base.search.spans("second"))) <= set(range(61, 121))
    assert nearest.find(_towards(7), 500) == base.vectors.not_retracted(nearest.find(_towards(7), 500))
    base.apply(replace(_story("first", 60), facts=_story("first", 60).facts[:6]), by="test")
    assert 7 not in nearest.find(_towards(7), 20)


def test_facts_encoded_later_are_found_and_those_encoded_anew_only_by_their_new_vectors(
    base: FactBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "_READ_AT_ONCE", 32)
    for loads_first in (True, False):
        nearest = NearestFacts(base, MODEL)
        if loads_first:
            nearest.load()
        nearest.put([(5, _row(600)), (120, b"cut off")])
        assert nearest.find(_towards(600), 1) == [5]
        assert nearest.find(_towards(5), 1) != [5]
        nearest.put([(number, _row(number)) for number in range(1, 121)])
        assert (len(nearest), nearest.find(_towards(5), 1)) == (120, [5])


def test_memory_has_a_bound_and_the_newest_facts_are_held(base: FactBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "_READ_AT_ONCE", 16)
    monkeypatch.setattr(candidates, "MAX_PACKED", 48)
    nearest = NearestFacts(base, MODEL)
    assert nearest.find(_towards(120), 1) == [120]
    assert nearest.find(_towards(1), 1) != [1]
    for number in range(1, 40):
        nearest.put([(number, _row(number))])
    assert len(nearest) <= 48
    assert nearest.find(_towards(39), 1) == [39]


def test_another_models_vectors_and_a_base_without_any_find_nothing(base: FactBase) -> None:
    assert NearestFacts(base, "another").find(_towards(1), 5) == []
    assert NearestFacts(base, MODEL).find(_towards(1), 5, []) == []


def test_a_fact_that_shares_no_word_with_the_question_is_read_in_a_big_base(lexicon: Lexicon) -> None:
    question = "How come nobody was able to drive over the river any more?"
    reader = shipped_reader()
    rows = np.tile(np.frombuffer(_row(1), dtype=np.int8), (3, 1))
    blank = FactVectors(rows, rows).to_bytes()
    with FactBase.memory() as base:
        story = load_story(HARBOUR)
        base.apply(_story("parcels", WHOLE), by="test")
        base.apply(story, by="test")
        base.vectors.write([(number, b"", blank) for number in range(1, WHOLE + 1)], reader.weights.version)
        answerer = Answerer(base, lexicon)
        before = answerer.ask(question, rank=CANDIDATES)
        answerer.encode(most=len(story.facts))
        after = answerer.ask(question, rank=CANDIDATES)
    assert "closure" not in [fact.record.fact.id for fact in before.ranking]
    assert "closure" in [fact.record.fact.id for fact in after.ranking[:3]]
    assert len(after.ranking) <= CANDIDATES


COUNT = 40


def _fact(number: int, text: str = "", **values: object) -> Fact:
    text = text or f"Parcel {number} weighed a lot."
    return replace(Fact(id=f"fact-{number}", kind="claim", text=text, citations=(Citation("log"),)), **values)  # type: ignore[arg-type]


PARCELS = Story(
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
def parcels() -> Iterator[FactBase]:
    with FactBase.memory() as base:
        base.apply(PARCELS, by="test")
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
    facts = tuple(_fact(number, text) if fact.id == f"fact-{number}" else fact for fact in PARCELS.facts)
    base.apply(replace(PARCELS, facts=facts), by="test")


def test_all_facts_come_once_and_after_a_change_those_alone_that_it_touched(parcels: FactBase) -> None:
    unread = UnreadFacts(parcels, MODEL)
    lots = taken(unread, parcels)
    assert set().union(*lots) == {f"fact-{number}" for number in range(COUNT)}
    assert sum(map(len, lots)) == COUNT
    assert taken(unread, parcels) == []
    changed(parcels, 9, "Parcel 9 was light.")
    assert taken(unread, parcels) == [{"fact-9"}]
    parcels.apply(PARCELS, by="test")
    assert taken(unread, parcels) == [{"fact-9"}]
    parcels.apply(replace(PARCELS, actors=(Actor("lee", "Maria Lee", "person", role="mayor"), PARCELS.actors[1])), by="test")
    assert taken(unread, parcels) == [{"fact-2", "fact-3"}]
    parcels.apply(PARCELS, by="test")
    assert taken(unread, parcels) == [{"fact-2", "fact-3"}]
    parcels.apply(
        replace(PARCELS, facts=(replace(PARCELS.facts[0], text="Parcels were weighed."), *PARCELS.facts[1:])), by="test"
    )
    assert taken(unread, parcels) == [{"fact-0", "fact-1"}]
    parcels.apply(
        replace(PARCELS, facts=(replace(PARCELS.facts[0], text="Parcels were weighed."), *PARCELS.facts[1:-1])), by="test"
    )
    assert taken(unread, parcels) == []
    parcels.apply(replace(PARCELS, facts=(*PARCELS.facts, _fact(99))), by="test")
    assert taken(unread, parcels) == [{"fact-0", "fact-1", f"fact-{COUNT - 1}", "fact-99"}]
    assert taken(unread, parcels) == []


def test_a_change_that_comes_while_others_wait_is_not_lost(parcels: FactBase) -> None:
    unread = UnreadFacts(parcels, MODEL)
    assert len(unread.take(5)) == 5
    changed(parcels, 39, "Parcel 39 was light.")
    assert "fact-39" in {record.fact.id for record in parcels.facts(unread.take(3))}
    assert set().union(*taken(unread, parcels)) >= {f"fact-{number}" for number in range(34)}


def test_what_changed_last_is_looked_at_again_when_a_base_is_opened(parcels: FactBase, monkeypatch: pytest.MonkeyPatch) -> None:
    taken(UnreadFacts(parcels, MODEL), parcels)
    changed(parcels, 9, "Parcel 9 was light.")
    monkeypatch.setattr("bot.answers.finding.candidates._NEWEST", 1)
    assert taken(UnreadFacts(parcels, MODEL), parcels) == [{"fact-9"}]
    assert sum(map(len, taken(UnreadFacts(parcels, "newer reader"), parcels))) == COUNT + 1


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


def story_of(name: str, *texts: str) -> Story:
    log = Source(id="log", type="report", title="Log")
    facts = tuple(
        Fact(id=f"{name}-{number}", kind="claim", text=text, citations=(Citation("log"),)) for number, text in enumerate(texts)
    )
    return Story(StoryInfo(name, name.title()), (log,), (), facts)


@pytest.fixture
def ferries() -> Iterator[FactBase]:
    with FactBase.memory() as base:
        base.apply(story_of("ferry", *["The ferry left late."] * 5, "The ferry sank at noon."), by="test")
        for number in range(6):
            others = ["A vote was held.", "The ferry sank at noon." if number == 3 else "A car sank.", "Rain fell.", "Snow fell."]
            base.apply(story_of(f"other-{number}", *others), by="test")
        yield base


def chosen(
    base: FactBase, lexicon: Lexicon, text: str, most: int = 3, among: str | None = None, language: str = "en"
) -> list[str]:
    numbers = choose_facts(text, base, base.search.story_runs(), lexicon, story=among, most=most, language=language)
    return [record.fact.id for record in base.facts(numbers)]


def test_of_equal_facts_that_of_the_story_about_it_comes_first(ferries: FactBase, lexicon: Lexicon) -> None:
    assert chosen(ferries, lexicon, "When did the ferry sink?", most=1) == ["ferry-5"]
    assert "other-3-1" in chosen(ferries, lexicon, "When did the ferry sink?", most=12)


def test_a_named_story_is_kept_to(ferries: FactBase, lexicon: Lexicon) -> None:
    assert chosen(ferries, lexicon, "When did the ferry sink?", among="other-3") == ["other-3-1"]
    assert chosen(ferries, lexicon, "When did the ferry sink?", among="other-4") == ["other-4-1"]


def test_no_word_no_facts(ferries: FactBase, lexicon: Lexicon) -> None:
    assert chosen(ferries, lexicon, "who was it") == []
    assert chosen(ferries, lexicon, "zxqwv") == []


def test_a_fact_in_another_language_is_found_by_another_form_of_its_words(ferries: FactBase, lexicon: Lexicon) -> None:
    story = story_of("hafen", "Die Hafenbrücken wurden wegen der Risse gesperrt.", *["Es regnete in der Stadt."] * 40)
    ferries.apply(replace(story, info=replace(story.info, language="de")), by="test")
    assert chosen(ferries, lexicon, "Warum ist die Hafenbrücke der Stadt wegen eines Risses zu?", language="de") == ["hafen-0"]
    assert chosen(ferries, lexicon, "Hafenbrücke Riss") == ["hafen-0"]  # too short to tell its language
    assert chosen(ferries, lexicon, "When did the ferry sink?", most=1) == ["ferry-5"]


@pytest.mark.parametrize("language", ["ja", "zh"])
def test_a_fact_in_japanese_is_found_by_pieces_of_its_words(ferries: FactBase, lexicon: Lexicon, language: str) -> None:
    story = story_of("minato", "市長は港の橋を閉鎖した。", *["町では雨が降っていた。"] * 40)
    ferries.apply(replace(story, info=replace(story.info, language="ja")), by="test")
    # Without kana it is taken to be Chinese.
    assert chosen(ferries, lexicon, "橋閉鎖理由", language=language) == ["minato-0"]


def test_common_words_are_looked_for_only_where_there_is_little_else(lexicon: Lexicon) -> None:
    def words(text: str) -> list[str]:
        return [forms[0] for forms in search_words(text, lexicon)]

    assert words("Which people read the affidavit about the ferry?") == ["affidavit", "ferry"]
    assert sorted(words("people and time")) == ["people", "time"]
    assert len(words("alpha bravo charlie delta echo foxtrot golf hotel india")) == 6
