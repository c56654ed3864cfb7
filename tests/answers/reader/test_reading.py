"""How sure an answer is, and a question that may be about several stories, or that a title or its conversation gives to one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from bot.answers.answerer import Answerer
from bot.answers.models import Answer
from bot.answers.reader.features import FEATURES, PairFeatures
from bot.answers.reader.judging import Judged, Judgement, Nearness
from bot.answers.reader.reader import Reader, shipped_reader
from bot.answers.reader.reading import DOUBTFUL, PREFERRED, Evidence, order_by_story, probability, weigh
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.facts.models import Citation, Fact, Source, Story, StoryInfo
from bot.presentation.wording import beside
from bot.resources import reader_folder
from bot.stories.load import read_story
from tests.support.towns import ORRIN, WEXLEY

NO_FEATURES = PairFeatures(*(0.0 for _ in FEATURES))
PARCELS = 1_600  # facts, so that the base is not held whole


def judgement(*scores: float, none: float = 0.0) -> Judgement:
    facts = tuple(
        Judged(index, score, score - none, score, score, 0.0, 0.0, ((0, 0),), ((0, 0.8), (1, 0.4)))
        for index, score in enumerate(scores)
    )
    return Judgement(facts, none, nearness(*scores, none=none))


def nearness(*scores: float, none: float = 0.0) -> Nearness:
    first = np.array(scores, dtype=np.float32)
    return Nearness(first, first - none, first)


def chance(given: Judgement) -> float:
    weights = shipped_reader().weights
    evidence = weigh(given, NO_FEATURES, (0.7, 0.3), named=False, figures_left=0.0, follow_up=False, passage=False, foreign=False)
    return probability(evidence, weights.decide, weights.bias)


def test_it_is_surer_the_further_the_best_fact_is_above_none_and_above_the_second() -> None:
    near, clear, alone = chance(judgement(2, 1, none=1)), chance(judgement(8, 1, none=1)), chance(judgement(8, -9, none=1))
    assert 0 < near < clear <= alone < 1


@pytest.mark.parametrize("score", [1e9, -1e9, 0.0])
def test_no_score_is_beyond_it(score: float) -> None:
    assert 0 <= chance(judgement(score, none=-score)) <= 1


def test_one_fact_alone_can_be_weighed() -> None:
    evidence = weigh(
        judgement(3.0), NO_FEATURES, (0.5, 0.5), named=True, figures_left=1.0, follow_up=True, passage=True, foreign=True
    )
    assert all(np.isfinite(evidence))
    assert evidence.names_left == 1.0
    assert set(shipped_reader().weights.decide) <= set(Evidence._fields)


def test_an_answer_is_as_sure_as_it_says(answerer: Answerer) -> None:
    answer = answerer.ask("when was the bridge closed")
    assert answer.facts[0].score == answer.explanation.confidence >= shipped_reader().weights.threshold


def test_between_sure_and_silent_the_fact_is_shown_as_one_that_may_answer(answerer: Answerer) -> None:
    sure = answerer.ask("when was the bridge closed")
    unsure = answerer.ask("when was the bridge closed", caution=1.0)
    assert sure.status == "answered"
    assert not sure.perhaps_answers
    assert unsure.status == "suggestions"
    assert unsure.perhaps_answers
    assert unsure.known is None
    assert unsure.suggestions[0].record == sure.facts[0].record


def parcels() -> Story:
    facts = tuple(
        Fact(id=f"parcel-{number}", kind="claim", text=f"Parcel {number} weighed much.", citations=(Citation("log"),))
        for number in range(PARCELS)
    )
    return Story(StoryInfo("parcels", "Parcels"), (Source(id="log", type="report", title="Log"),), (), facts)


@pytest.fixture(scope="module", params=["small", "big"])
def towns(request: pytest.FixtureRequest, lexicon: Lexicon) -> Iterator[Answerer]:
    """Answer from two stories that are alike, alone or in a base that is too big to be held whole."""
    with FactBase.memory() as base:
        if request.param == "big":
            base.apply(parcels(), by="test")
        for text in (WEXLEY, ORRIN):
            base.apply(read_story(text, "town.yaml"), by="test")
        answerer = Answerer(base, lexicon)
        answerer.encode(most=6)  # in a big base the newest, which are those of the towns
        assert answerer.is_big() == (request.param == "big")
        yield answerer


def first_story(answer: Answer) -> str:
    assert answer.status == "answered"
    return answer.facts[0].record.story.id


@pytest.mark.parametrize("question", ["when did the mayor resign", "who resigned?"])
def test_an_answer_says_about_which_story_it_is_and_which_others_may_be_meant(question: str, towns: Answerer) -> None:
    answer = towns.ask(question)
    story = first_story(answer)
    titles = {"wexley": "The Wexley inquiry", "orrin": "The Orrin inquiry"}
    other = "orrin" if story == "wexley" else "wexley"
    assert answer.explanation.stories == (titles[story], titles[other])
    assert (beside(answer) or "").startswith(f"This is about {titles[story]}. You may also mean {titles[other]}.")
    shown = [fact.record for fact in (*answer.facts, *answer.suggestions)]
    assert (other, "resigned") in [(record.story.id, record.fact.id) for record in shown]


@pytest.mark.parametrize(
    ("question", "story"),
    [
        ("what did Ada Lund say about the culvert", "wexley"),
        ("what did Tom Vance say about the lighthouse", "orrin"),
        ("when was the report on the culvert published", "wexley"),
        ("when was the report on the lighthouse published", "orrin"),
    ],
)
def test_nothing_is_said_of_other_stories_where_one_is_singled_out(question: str, story: str, towns: Answerer) -> None:
    answer = towns.ask(question)
    assert first_story(answer) == story
    assert answer.explanation.stories == ()
    assert {fact.record.story.id for fact in (*answer.facts, *answer.suggestions)} == {story}


@pytest.mark.parametrize("story", ["wexley", "orrin"])
def test_the_story_of_the_answer_before_is_preferred(story: str, towns: Answerer) -> None:
    (before,) = [fact.record.number for fact in towns.ask("who resigned?", story=story, rank=1).ranking]
    answer = towns.ask("when did the mayor resign", before=[before])
    assert first_story(answer) == story
    assert answer.explanation.stories == ()


@pytest.mark.parametrize(("thing", "story"), [("culvert", "wexley"), ("lighthouse", "orrin")])
def test_the_story_of_the_earlier_question_is_preferred(thing: str, story: str, towns: Answerer) -> None:
    assert first_story(towns.ask("and when did the mayor resign?", after=[f"what did the mayor say about the {thing}?"])) == story


@pytest.mark.parametrize(("name", "story"), [("Wexley", "wexley"), ("Orrin", "orrin")])
def test_a_conversation_turns_to_another_story_that_is_named_by_its_title(name: str, story: str, towns: Answerer) -> None:
    for other in ("wexley", "orrin"):
        (before,) = [fact.record.number for fact in towns.ask("who resigned?", story=other, rank=1).ranking]
        assert first_story(towns.ask(f"when did the mayor resign in the {name} inquiry", before=[before])) == story


def judged(index: int, near: float, score: float) -> Judged:
    return Judged(index, near, near, score, also=0.0, short=0.0, yes=0.0, spans=(), met=())


@pytest.mark.parametrize(
    ("preferred", "order", "of_other_stories"),
    [(None, [0, 1, 2, 3], [2]), ("b", [2, 0, 1, 3], []), ("c", [3, 0, 1, 2], [0, 2])],
)
def test_a_preferred_story_gains_and_those_that_fall_little_short_may_be_meant(
    preferred: str | None, order: list[int], of_other_stories: list[int]
) -> None:
    facts = (judged(0, 10.0, 12.0), judged(1, 12.0, 11.5), judged(2, 8.0, 11.0), judged(3, 7.0, 7.0))
    ordered, others = order_by_story(Judgement(facts, 0.0, nearness(*4 * [0.0])), ["a", "a", "b", "c"], preferred)
    assert [fact.position for fact in ordered.facts] == order
    assert [other.position for other in others] == of_other_stories
    assert 12 - 11 < DOUBTFUL < 12 - 7 < PREFERRED


def test_of_one_story_the_order_of_the_judge_is_left() -> None:
    facts = (judged(1, 9.0, 11.0), judged(0, 12.0, 10.0), judged(2, 15.0, 9.0))
    judgement = Judgement(facts, 0.0, nearness(*3 * [0.0]))
    assert order_by_story(judgement, ["a"] * 3, "a") == (judgement, ())


BRIDGES = """\
story: {id: bridges, title: The bridges}
sources:
  log: {type: report, title: The log}
events:
  south: {date: 2021-03-03, what: The city closed the south bridge because divers had found cracks., cite: log}
  lamps: {what: The lamps on the north bridge were closed off., cite: log}
  toll: {what: The toll house at the north bridge closed., cite: log}
  shop: {what: The shop beside the north bridge closed., cite: log}
  path: {what: The path below the north bridge closed., cite: log}
  barge: {date: 2021-05-07, what: The north bridge closed after a barge had hit it., cite: log}
"""


@pytest.mark.parametrize(
    ("question", "alone", "answer"),
    [
        (
            "why was the north bridge closed?",
            None,
            "barge",
        ),  # all but the first have its words, and only four are encoded at once
        ("when was the north bridge closed?", None, "barge"),
        ("when was the south bridge closed?", "south", "south"),
        ("what did a barge hit?", "barge", "barge"),
    ],
)
def test_of_facts_that_are_not_all_encoded_the_best_answers_only_where_words_find_it_best(
    question: str, alone: str | None, answer: str, lexicon: Lexicon
) -> None:
    with FactBase.memory() as base:
        base.apply(read_story(BRIDGES, "bridges.yaml"), by="test")
        answerer = Answerer(base, lexicon, Reader(reader_folder()))
        answerer.encode(most=1)
        first = answerer.ask(question)
        assert first.unread == 1
        assert next((fact.record.fact.id for fact in first.facts), None) == alone
        assert first.known == (None if alone else "I have not read all of these facts yet. Ask again in a moment.")
        answerer.encode()
        assert answerer.ask(question).facts[0].record.fact.id == answer


def test_the_story_of_the_earlier_question_is_not_guessed_from_those_facts_that_are_encoded(lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        for text in (WEXLEY, ORRIN):
            base.apply(read_story(text, "town.yaml"), by="test")
        answerer = Answerer(base, lexicon, Reader(reader_folder()))
        answerer.encode(most=4)  # all of one town, and one of the other
        earlier = "what did the mayor say about the lighthouse?"
        assert answerer._lookup.likely_story("and when did the mayor resign?", (), (earlier,)) is None
        answerer.encode()
        assert answerer._lookup.likely_story("and when did the mayor resign?", (), (earlier,)) == "orrin"
