"""The adapter: questions in other languages, held by the first network's vectors against facts in English."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from bot.answers.finding.index import Indexes
from bot.answers.reader.features import NOT_COMPARED
from bot.answers.reader.judging import JUDGED, JointJudge, Judge
from bot.answers.reader.reader import Reader, VectorStock, shipped_reader
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.stories.load import load_story
from tests.support.paths import HARBOUR

CLOSED = [
    "wann wurde die brücke gesperrt?",
    "¿cuándo cerraron el puente?",
    "quand le pont a-t-il été fermé ?",
    "когда закрыли мост",
    "橋はいつ閉鎖された？",
]


@pytest.fixture(scope="module")
def stock(lexicon: Lexicon) -> Iterator[tuple[VectorStock, Indexes]]:
    with FactBase.memory() as base:
        base.apply(load_story(HARBOUR), by="test")
        indexes, stock = Indexes(base, lexicon), VectorStock(base, shipped_reader())
        stock.make(indexes.whole().documents)
        yield stock, indexes


@pytest.mark.parametrize("question", CLOSED)
def test_the_first_network_alone_finds_the_fact_of_a_question_in_another_language(
    stock: tuple[VectorStock, Indexes], question: str
) -> None:
    reader, documents = shipped_reader(), stock[1].whole().documents
    facts = [vectors for vectors in stock[0].of(documents) if vectors is not None]
    near, _, _ = Judge(reader.weights).near(reader.adapted.question(question), facts)
    assert documents[int(near.argmax())].record.fact.id == "closure"


def test_a_question_keeps_the_tokens_of_the_second_network_and_lies_where_the_first_has_its_own() -> None:
    reader: Reader = shipped_reader()
    adapted = reader.adapted.question("когда закрыли мост")
    assert adapted.second is not None
    assert adapted.offsets == adapted.second.offsets
    assert np.linalg.norm(adapted.tokens, axis=1) == pytest.approx(1, abs=1e-3)
    assert adapted.weights.sum() == pytest.approx(1, abs=1e-3)
    english, far = (
        reader.encoder.first.question("when did the bridge close"),
        reader.encoder.first.question("who paid the bakers"),
    )
    assert adapted.whole @ english.whole > adapted.whole @ far.whole + 0.2


def test_both_judges_read_the_same_facts_and_their_opinions_are_averaged(stock: tuple[VectorStock, Indexes]) -> None:
    reader, documents = shipped_reader(), stock[1].whole().documents
    facts = [vectors for vectors in stock[0].of(documents) if vectors is not None][:JUDGED]
    question, nothing = reader.adapted.question(CLOSED[0]), np.zeros(len(facts), dtype=np.float32)
    second, first = reader.alone.judge, Judge(reader.adapted.weights)

    def scores(weight: float) -> dict[int, float]:
        judge = JointJudge(second, first, weight)
        judgement = judge.judge(question, facts, lambda _: NOT_COMPARED, range(len(facts)), nothing)
        assert [fact.score for fact in judgement.facts] == sorted((fact.score for fact in judgement.facts), reverse=True)
        return {fact.position: fact.score for fact in judgement.facts}

    alone, both, mostly_first = scores(0.0), scores(1.0), scores(1e9)
    assert len(alone) == JUDGED
    assert any(abs(alone[place] - mostly_first[place]) > 1 for place in alone)
    assert both == pytest.approx({place: (alone[place] + mostly_first[place]) / 2 for place in alone}, abs=0.01)


def test_nothing_is_judged_where_there_are_no_facts() -> None:
    reader = shipped_reader()
    question = reader.adapted.question(CLOSED[1])
    judgement = reader.adapted.judge.judge(question, [], lambda _: NOT_COMPARED, (), np.zeros(0, dtype=np.float32))
    assert (judgement.facts, len(judgement.near.both)) == ((), 0)
