"""Real concurrency on one file, by threads and by processes: exactly one wins, nothing is lost, nothing is there twice."""

from __future__ import annotations

import multiprocessing
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.facts.base import FactBase
from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.stories.load import load_story
from tests.support.base_checks import check_whole
from tests.support.paths import HARBOUR
from tests.support.patience import PATIENCE
from tests.torture import SCALE
from tests.torture.racers import COST, FIRST_CHANGE, FIRST_FACT, PIECE, STORY, run, run_races

RACERS = 4
TURNS = 12 * SCALE
Outcomes = dict[int, list[object]]


def with_threads(race: str, path: Path) -> Outcomes:
    barrier, outcomes = threading.Barrier(RACERS), list[tuple[int, int, object]]()
    threads = [threading.Thread(target=run, args=(race, path, TURNS, racer, barrier, outcomes.append)) for racer in range(RACERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return by_turn(outcomes)


class Processes:
    """Racers that are processes of their own; they run all races of a test run, since to start them takes longer than a race."""

    def __init__(self) -> None:
        fresh = multiprocessing.get_context("spawn")
        self._barrier, self._outcomes = fresh.Barrier(RACERS), fresh.Queue()
        self._races = [fresh.Queue() for _ in range(RACERS)]
        self._racers = [
            fresh.Process(target=run_races, args=(racer, self._barrier, races, self._outcomes), daemon=True)
            for racer, races in enumerate(self._races)
        ]
        for racer in self._racers:
            racer.start()

    def run(self, race: str, path: Path) -> Outcomes:
        for races in self._races:
            races.put((race, path, TURNS))
        return by_turn([self._outcomes.get(timeout=PATIENCE) for _ in range(RACERS * TURNS)])

    def end(self) -> None:
        for races in self._races:
            races.put(None)
        for racer in self._racers:
            racer.join()
        for queue in (*self._races, self._outcomes):
            queue.close()
            queue.join_thread()


def by_turn(outcomes: Sequence[tuple[int, int, object]]) -> Outcomes:
    turns: Outcomes = defaultdict(list)
    for turn, _, outcome in outcomes:
        turns[turn].append(outcome)
    assert sorted(turns) == list(range(TURNS))
    assert {len(group) for group in turns.values()} == {RACERS}
    return turns


Race = Callable[[str, Path], Outcomes]


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    processes = Processes()
    yield processes
    processes.end()


@pytest.fixture(params=["threads", pytest.param("processes", marks=pytest.mark.slow)])
def race(request: pytest.FixtureRequest) -> Race:
    if request.param == "threads":
        return with_threads
    processes: Processes = request.getfixturevalue("processes")
    return processes.run


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "server.db"
    with FactBase.open(path) as base:
        base.apply(load_story(HARBOUR), by="test")
    return path


def winners(outcomes: list[object], lost: str) -> list[object]:
    """Return the outcomes of those who won; all others must have lost in the one way."""
    won = [outcome for outcome in outcomes if outcome != lost]
    assert outcomes.count(lost) == RACERS - len(won)
    return won


def test_of_those_who_edit_one_fact_at_once_one_wins(race: Race, path: Path) -> None:
    for outcomes in race("edit", path).values():
        assert len(winners(outcomes, "ConflictError")) == 1
    with FactBase.open(path, create=False) as base:
        assert base.revisions.show(COST).revision == TURNS + 1
    check_whole(path)


def test_the_same_form_sent_at_once_is_one_fact(race: Race, path: Path) -> None:
    for outcomes in race("add", path).values():
        assert len(winners(outcomes, "again")) == 1
    with FactBase.open(path, create=False) as base:
        assert base.count() == 8 + TURNS
    check_whole(path)


def test_facts_of_the_same_words_added_at_once_are_all_there(race: Race, path: Path) -> None:
    for outcomes in race("add alike", path).values():
        assert len({fact for added in outcomes for fact in added}) == RACERS  # type: ignore[attr-defined]
    with FactBase.open(path, create=False) as base:
        assert base.count() == 8 + RACERS * TURNS
        assert all(record.revision == 1 for record in base.all_facts())
    check_whole(path)


def test_a_suggestion_that_is_approved_and_rejected_at_once_is_decided_once(race: Race, path: Path) -> None:
    with FactBase.open(path, create=False) as base:
        for turn in range(TURNS):
            base.proposals.add(PIECE.encode(), sign(f"member {turn}", None))
    decided = [winners(outcomes, "DecidedError") for outcomes in race("decide", path).values()]
    assert {len(decisions) for decisions in decided} == {1}
    with FactBase.open(path, create=False) as base:
        assert base.proposals.open() == ()
        assert base.count() == 8 + [decisions[0] for decisions in decided].count("approved")
        assert [base.proposals.get(number + 1).status for number in range(TURNS)] == [decisions[0] for decisions in decided]
    check_whole(path)


def test_an_undoing_and_an_edit_at_once_are_one_change(race: Race, path: Path) -> None:
    with FactBase.open(path, create=False) as base:
        cost = base.revisions.show(COST).fact
        facts = [replace(cost, id=f"turn-{turn}", text="First.") for turn in range(TURNS)]
        base.revisions.apply(Edit(STORY, facts=tuple(facts)), sign("test", None))
        changes = [
            base.revisions.apply(Edit(STORY, facts=(replace(fact, text="Second."),)), sign("test", None)) for fact in facts
        ]
        assert [(change.change, change.revised) for change in changes] == [
            (FIRST_CHANGE + turn, (FIRST_FACT + turn,)) for turn in range(TURNS)
        ]
    for outcomes in race("undo or edit", path).values():
        assert len(winners(outcomes, "ConflictError")) == 1
    with FactBase.open(path, create=False) as base:
        assert {base.revisions.show(FIRST_FACT + turn).revision for turn in range(TURNS)} == {3}
    check_whole(path)
