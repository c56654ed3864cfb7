from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import answerer as answerer_module
from bot.answers.answerer import Answerer
from bot.answers.deciding import Decider
from bot.answers.fallbacks import ABOUT_ME
from bot.answers.models import Answer
from bot.english.lexicon import Lexicon
from bot.english.search_words import words_of
from bot.errors import HOW_TO_ASK, EmptyQuestionError, NotKnownError
from bot.facts.base import FactBase
from bot.messages import Message
from bot.resources import stories_folder
from bot.stories.load import load_story, read_story
from tests.support.paths import HARBOUR

STORIES = HARBOUR.parent / "stories"


def ids(answer: Answer) -> list[str]:
    return [scored.record.fact.id for scored in answer.facts]


@pytest.mark.parametrize(
    ("question", "fact", "short"),
    [
        ("When was the bridge closed?", "closure", "3 March 2021"),
        ("wen was teh brigde closed", "closure", "3 March 2021"),
        ("How much will the repairs cost?", "cost", "4.2 million dollars"),
        ("Where does the free ferry leave?", "ferry", "Fish Quay"),
        ('who said "the bridge is not safe"', "lee-safety", "Maria Lee"),
        ("how many cars did the bridge carry a day", "crossings", "31,000 cars"),
    ],
)
def test_questions_are_answered_with_the_fact_and_a_short_answer(
    question: str, fact: str, short: str | None, answerer: Answerer
) -> None:
    answer = answerer.ask(question)
    assert answer.status == "answered"
    assert ids(answer)[0] == fact
    assert short is None or short in (answer.short or "")


SHIP = """
story: {id: ship, title: The Hesperus}
sources: {paper: {type: article-newspaper, title: Boat race}}
events:
  sinking: {what: The Hesperus filled and sank two hundred yards below the finish., cite: paper}
  race: {what: The Swan Club won its heat against a college crew by two lengths., cite: paper}
  boat: {what: A builder delivered the cedar eight in May., cite: paper}
"""


def test_who_somebody_is_is_their_role_and_nobody_else(answerer: Answerer) -> None:
    for question in ("who is Daniel Okoro", "who is Maria Lee?"):
        answer = answerer.ask(question)
        assert answer.short in (None, "Chief engineer of the port", "Mayor of Harbour")
        assert "Mayor" in f"{answer.short} {answer.known}" or "engineer" in f"{answer.short} {answer.known}"


@pytest.mark.parametrize(("question", "known"), [("help", ABOUT_ME), ("what can you do", ABOUT_ME), ("test", HOW_TO_ASK)])
def test_small_talk_is_answered_with_how_to_ask(question: str, known: Message, answerer: Answerer) -> None:
    answer = answerer.ask(question)
    assert answer.status == "unknown"
    assert answer.known == known


def test_a_question_without_a_telling_word_is_answered_where_a_fact_surely_does(lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(read_story(SHIP, "ship"), by="test")
        answer = Answerer(base, lexicon).ask("where's the spot it went under")
    assert ids(answer) == ["sinking"]


def test_what_happened_in_a_period_stands_in_order_of_time(answerer: Answerer) -> None:
    assert ids(answerer.ask("what happened after 26 february 2021")) == ["closure", "ferry"]
    assert ids(answerer.ask("what happened before March 2021")) == ["inspection"]
    assert ids(answerer.ask("what happened between 1 March and 3 March 2021")) == ["closure"]


@pytest.mark.parametrize(
    "question", ["everything the mayor said", "what quotes are there from Lee", "tell me what Maria Lee said about all this"]
)
def test_everything_said_is_read_from_many_forms(question: str, answerer: Answerer) -> None:
    assert set(ids(answerer.ask(question))) == {"lee-safety", "lee-sorry"}


@pytest.mark.parametrize("question", ["what did the mayor say", "Lee quotes", "what did Maria Lee say?"])
def test_what_somebody_said_is_all_that_they_said(question: str, answerer: Answerer) -> None:
    assert set(ids(answerer.ask(question))) == {"lee-safety", "lee-sorry"}


def test_what_happened_on_a_date_is_every_event_of_it(answerer: Answerer) -> None:
    assert ids(answerer.ask("what happened on 3 March 2021")) == ["closure"]
    assert set(ids(answerer.ask("what happened in March"))) == {"closure", "ferry"}


@pytest.mark.parametrize(
    "question",
    [
        "what is the best pizza topping",
        "how old is the mayor",
        "what did Daniel Okoro say about the ferry",
        "who won the cup",
        "why did Daniel Okoro resign",
        "when was Maria Lee born",
        "how long do you boil an egg",
    ],
)
def test_what_the_facts_do_not_answer_gets_no_answer(question: str, answerer: Answerer) -> None:
    answer = answerer.ask(question)
    assert answer.status != "answered"
    assert answer.facts == ()
    assert answer.short is None
    assert answer.known or answer.suggestions


def test_what_should_have_been_done_is_never_answered_as_if_sure(answerer: Answerer) -> None:
    answer = answerer.ask("Should the Harbour Board have closed the bridge?")
    assert (answer.status, answer.short) == ("suggestions", None)


def test_another_wording_that_was_recorded_wins_over_everything(answerer: Answerer) -> None:
    answer = answerer.ask("how big is the bill")
    assert ids(answer) == ["cost"]
    assert answer.explanation.confidence >= 0.95


def test_a_change_of_the_facts_changes_the_answer(answerer: Answerer, base: FactBase) -> None:
    assert answerer.ask("When was the bridge closed?").short == "3 March 2021"
    changed = HARBOUR.read_text(encoding="utf-8").replace(
        "date: 2021-03-03\n    what: The city", "date: 2021-03-02\n    what: The city"
    )
    base.apply(read_story(changed, "changed"), by="test")
    assert answerer.ask("When was the bridge closed?").short == "2 March 2021"


def test_so_many_answers_are_remembered_and_asking_again_forgets_none(
    answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_out: list[str] = []
    work_out = Decider.work_out

    def counted(self: Decider, asked: Any, *given: Any) -> Answer:
        worked_out.append(asked.text)
        return work_out(self, asked, *given)

    monkeypatch.setattr(Decider, "work_out", counted)
    monkeypatch.setattr(answerer_module, "REMEMBERED", 2)
    answerer._indexes.whole().answers.clear()  # those of the same facts in other bases
    one, other, third = "When was the bridge closed?", "Who is the mayor?", "Where was it closed?"
    answers = [answerer.ask(question) for question in (one, other, one, other)]
    assert answers[:2] == answers[2:]
    assert worked_out == [one, other]
    for question in (third, third, one):
        answerer.ask(question)
    assert worked_out == [one, other, third, one]


def test_the_ranking_holds_as_many_facts_as_asked_for_whatever_the_status(answerer: Answerer) -> None:
    answer = answerer.ask("what is the best pizza topping", rank=5)
    assert len(answer.ranking) == 5
    scores = [scored.score for scored in answer.ranking]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_an_unknown_story_is_named_with_those_that_there_are(answerer: Answerer) -> None:
    with pytest.raises(NotKnownError, match="harbour-bridge"):
        answerer.ask("when", story="no-such")


def test_two_stories_with_the_same_ids_do_not_mix(answerer: Answerer, base: FactBase) -> None:
    text = (
        HARBOUR.read_text(encoding="utf-8").replace("id: harbour-bridge", "id: other-bridge").replace("2021-03-03", "2011-03-03")
    )
    base.apply(read_story(text, "other"), by="test")
    assert answerer.ask("When was the bridge closed?", story="other-bridge").short == "3 March 2011"
    assert answerer.ask("When was the bridge closed?", story="harbour-bridge").short == "3 March 2021"


@pytest.fixture(scope="module")
def of_three_stories(lexicon: Lexicon) -> Iterator[Answerer]:
    with FactBase.memory() as base:
        for path in (
            stories_folder() / "twitter-rt-sputnik.yaml",
            STORIES / "halvard-station.yaml",
            STORIES / "okafor-transfer.yaml",
        ):
            base.apply(load_story(path), by="test")
        yield Answerer(base, lexicon)


@pytest.mark.parametrize(
    "question", ["What happened in April 2017?", "the last thing Zakharova said", "google algoritm change when"]
)
def test_what_is_offered_beside_an_answer_is_of_its_story(question: str, of_three_stories: Answerer) -> None:
    answer = of_three_stories.ask(question)
    assert answer.status == "answered"
    assert {fact.record.story.id for fact in (*answer.facts, *answer.suggestions)} == {"twitter-rt-sputnik"}


@pytest.mark.parametrize("question", ["", "   ", "?!", "🙂", "\0"])
def test_a_question_without_words_is_refused_kindly(question: str, answerer: Answerer) -> None:
    with pytest.raises(EmptyQuestionError, match=r"I need a question in words\. Ask me who"):
        answerer.ask(question)


HOSTILE = st.one_of(
    st.text(max_size=4000),
    st.lists(
        st.sampled_from(["who", "NOT", "(", '"', "*", "NEAR/2", "bridge", "ads:now", "1.9", "^", "-", "\0", "’", "said", "2021"]),
        max_size=40,
    ).map(" ".join),
)


@given(text=HOSTILE)
def test_any_text_is_answered_or_refused_in_words(text: str, answerer: Answerer) -> None:
    try:
        answer = answerer.ask(text, rank=3)
    except EmptyQuestionError:
        return
    assert (answer.status == "answered") == bool(answer.facts)
    assert len(answer.suggestions) <= 3
    assert all(scored.record.fact.citations for scored in (*answer.facts, *answer.suggestions))
    assert answer.short is None or answer.status == "answered"


def test_the_file_is_the_story(base: FactBase) -> None:
    assert base.story("harbour-bridge") == load_story(HARBOUR)


@pytest.mark.parametrize(
    "question",
    ["what did Mayor Smith say?", "last thing Mayor Smith said", "what did mayor jones claim", "what did Maria Zuckerberg say"],
)
def test_somebody_of_the_same_title_is_not_given_the_words_of_the_one_who_is_known(question: str, answerer: Answerer) -> None:
    assert answerer.ask(question).facts == ()
    assert answerer.ask("what did Mayor Lee say?").facts
    assert answerer.ask("what did Maria recently say").facts


@pytest.mark.parametrize(
    ("question", "role"), [("who is Daniel Okoro", "Chief engineer of the port"), ("who's lee?", "Mayor of Harbour")]
)
def test_who_somebody_is_is_answered_with_the_role_and_what_they_took_part_in(
    question: str, role: str, answerer: Answerer
) -> None:
    answer = answerer.ask(question)
    assert answer.short == role
    assert answer.facts


@pytest.mark.parametrize("question", ["when was the bridge closed", "how big is the bill", "who is the king of France"])
def test_a_question_mark_changes_nothing(question: str, answerer: Answerer) -> None:
    bare, marked = answerer.ask(question), answerer.ask(f"{question}?")
    assert (bare.short, ids(bare), bare.explanation.confidence) == (marked.short, ids(marked), marked.explanation.confidence)


@pytest.mark.parametrize(
    "question", ["How much did Twitter earn from RT's ads?", "When did Twitter ban RT?", "What did RT pay Twitter?"]
)
def test_a_word_that_stands_in_the_fact_is_not_said_to_be_missing(question: str, lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(load_story(stories_folder() / "twitter-rt-sputnik.yaml"), by="test")
        answer = Answerer(base, lexicon).ask(question)
    assert answer.facts
    said = set(words_of(answer.facts[0].record.fact.text))
    assert [word for word in answer.explanation.missing if said & set(words_of(word))] == []
