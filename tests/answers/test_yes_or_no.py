"""Yes or No above an answer: where it is earned, whose word it is, and where another says the contrary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.answers.answerer import Answerer
from bot.answers.finding.documents import Document
from bot.answers.finding.index import Indexes, StoryIndex
from bot.answers.question.parsing import read_question
from bot.answers.reader.judging import Judged
from bot.answers.yes_or_no import yes_or_no
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.languages import say_message, speaking
from bot.resources import stories_folder
from bot.stories.load import load_story, read_story
from data.benchmarks.ablation import VALIDATION

TRIAL = """
story: {id: trial, title: The Brenner trial}
sources: {paper: {type: article-newspaper, title: Gold found}}
actors:
  dahl: {name: Nils Dahl, kind: person, role: Detective}
  voss: {name: Greta Voss, kind: person, role: Clerk of the Brenner Bank}
  kern: {name: Otto Kern, kind: person, role: Chief prosecutor}
  bank: {name: Brenner Bank, kind: organization, role: Savings bank}
events:
  arrest: {date: 2020-03-04, what: Nils Dahl arrested Greta Voss at the airport., who: [dahl, voss], cite: paper}
  race: {date: 2020-05, what: Greta Voss won the race of 2018., who: [voss], cite: paper}
  leak: {what: The boat leaked oil into the harbour., cite: paper}
  no-leak: {what: The ship never leaked oil into the harbour., cite: paper}
claims:
  paid: {text: "The bank paid 1,900,000 euros to twenty-two owners in six countries.", about: [bank], cite: paper}
  fine: {by: kern, text: The bank paid its owners., about: [bank], cite: paper}
  open: {by: kern, text: Otto Kern has not said whether the bank will sue Greta Voss., about: [voss, bank], cite: paper}
  told: {by: voss, text: I told the board of the gap in May., cite: paper}
  parties: {text: "Greta Voss is a Liberal, and Otto Kern a Green.", about: [voss, kern], cite: paper}
  enough: {by: kern, text: The fine does not go as far as it should., about: [bank], cite: paper}
  more: {by: kern, text: The owners lost 30 million euros., cite: paper}
  less: {by: voss, text: The owners lost no more than 8 million euros., cite: paper}
quotes:
  lied: {by: voss, text: They lied to us about the gold., cite: paper}
"""
LEAST = 2.5


@pytest.fixture(scope="module")
def trial(lexicon: Lexicon) -> Iterator[StoryIndex]:
    with FactBase.memory() as base:
        base.apply(read_story(TRIAL, "trial"), by="test")
        yield Indexes(base, lexicon).whole()


def document(index: StoryIndex, fact: str) -> Document:
    return next(candidate for candidate in index.documents if candidate.record.fact.id == fact)


def said(index: StoryIndex, question: str, fact: str, yes: float, others: Sequence[tuple[str, float]] = ()) -> str | None:
    """Return what is said where the reader judges a fact, and others of the same answer, by these log odds."""
    chosen = [(document(index, fact_id), odds) for fact_id, odds in ((fact, yes), *others)]
    judged = {
        candidate.number: Judged(position, near=0, second=0, score=0, also=0, short=0, yes=odds, spans=(), met=())
        for position, (candidate, odds) in enumerate(chosen)
    }
    return yes_or_no(read_question(question, index), [candidate for candidate, _ in chosen], judged, LEAST)


def test_yes_or_no_is_said_only_where_the_reader_is_sure(trial: StoryIndex) -> None:
    verdicts = [said(trial, "did Dahl arrest Voss", "arrest", yes) for yes in (3.5, LEAST / 2)]
    assert verdicts == ["Yes", None]
    verdicts = [said(trial, "did Dahl let Voss go", "arrest", yes) for yes in (-3.5, -LEAST / 2)]
    assert verdicts == ["No", None]
    assert said(trial, "did Dahl deny that he arrested Voss", "arrest", 3.5) is None


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("did Kern arrest Voss", "arrest"),  # another person
        ("did the Brenner Bank arrest Voss", "arrest"),
        ("did Dahl arrest Voss in 2019", "arrest"),  # another year
        ("did Dahl arrest Voss in May", "arrest"),
        ("did the boat leak oil in 2020", "leak"),  # a year that nothing tells
        ("will the bank sue Voss", "open"),  # it is left open
        ("did Dahl arrest Voss or Kern", "arrest"),  # a choice
        ("did Dahl arrest Voss, what does each of them say", "arrest"),
    ],
)
@pytest.mark.parametrize("yes", [4.0, -4.0])
def test_a_fact_of_another_person_or_date_settles_nothing(question: str, fact: str, yes: float, trial: StoryIndex) -> None:
    assert said(trial, question, fact, yes) is None


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("did Dahl arrest Voss in 2020", "arrest"),
        ("did Voss win the race of 2018", "race"),  # the year is in the fact's words
        ("did Voss feel betrayed", "lied"),
        ("did Dahl arrest Voss or not", "arrest"),
    ],
)
def test_a_fact_of_the_same_person_and_date_settles_it(question: str, fact: str, trial: StoryIndex) -> None:
    assert said(trial, question, fact, 4.0) == "Yes"


@pytest.mark.parametrize(
    ("question", "settled"),
    [
        ("did the bank pay 1.9 million euros", True),
        ("did the bank pay 3 million euros", False),
        ("did the bank pay 22 owners", True),
        ("did the bank pay twenty owners", False),
        ("did the bank pay in seven countries", False),
        ("did it pay owners in 6 countries", True),
        ("did the bank pay anyone", True),
        ("did the bank pay no one", True),
    ],
)
def test_a_fact_with_another_number_is_no_yes(question: str, settled: bool, trial: StoryIndex) -> None:
    assert said(trial, question, "paid", 4.0) == ("Yes" if settled else None)
    assert settled or said(trial, question, "paid", -4.0) == "No"


def test_whose_word_it_is_is_said_where_the_question_does_not_name_them(trial: StoryIndex) -> None:
    asked = "did somebody at the Brenner Bank feel betrayed"  # the speaker's role names the bank
    verdicts = [said(trial, asked, "lied", yes) for yes in (4.0, -4.0)]
    assert verdicts == ["Yes, according to Greta Voss", "No, according to Greta Voss"]
    assert said(trial, "did the bank pay anyone", "fine", 4.0) == "Yes, according to Otto Kern"
    with speaking("de"):
        assert say_message(said(trial, asked, "lied", 4.0) or "") == "Ja, laut Greta Voss"


def test_a_fact_that_has_all_of_the_question_and_denies_nothing_does_not_say_no(trial: StoryIndex) -> None:
    assert said(trial, "did the boat leak oil", "leak", -4.0) is None
    assert said(trial, "did the ship leak oil", "no-leak", -4.0) == "No"
    assert said(trial, "did the boat leak water", "leak", -4.0) == "No"


def test_what_a_fact_says_of_another_settles_nothing(trial: StoryIndex) -> None:
    assert said(trial, "is Otto Kern a Liberal", "parties", 4.0) is None
    assert said(trial, "is Greta Voss a Liberal", "parties", 4.0) == "Yes"
    assert said(trial, "is Otto Kern a Green", "parties", 4.0) == "Yes"


def test_a_denial_does_not_deny_what_is_denied_in_the_question(trial: StoryIndex) -> None:
    assert said(trial, "does anyone think the fine was not enough", "enough", -4.0) is None
    assert said(trial, "didn't the ship leak oil", "no-leak", -4.0) == "No"
    assert said(trial, "did the ship leak oil or not", "no-leak", -4.0) == "No"


def test_facts_that_say_the_contrary_of_each_other_settle_nothing(trial: StoryIndex) -> None:
    question = "did it leak into the harbour"
    assert said(trial, question, "leak", 4.0, [("no-leak", -3.5)]) is None
    assert said(trial, question, "leak", 4.0, [("no-leak", 3.5)]) == "Yes"
    assert said(trial, question, "leak", 4.0, [("no-leak", -1.0)]) == "Yes"


def test_a_fact_that_was_not_read_settles_nothing(trial: StoryIndex) -> None:
    question = read_question("did Dahl arrest Voss", trial)
    assert yes_or_no(question, [document(trial, "arrest")], {}, LEAST) is None


FERRY = """
story: {id: ferry, title: The Silver Tern}
sources: {paper: {type: article-newspaper, title: Ferry on the rocks, publisher: Coast Wire}}
actors:
  line: {name: Tern Line, kind: organization, role: Ferry company, aliases: [the company]}
  holm: {name: Ida Holm, kind: person, role: Mate of the Silver Tern}
  berg: {name: Jon Berg, kind: person, role: Captain of the Silver Tern}
  lind: {name: Eva Lind, kind: person, role: Passenger}
events:
  stranding: {date: 2021-05-03, what: The Silver Tern ran onto the rocks off Gull Point with 212 passengers., cite: paper}
  unhurt: {date: 2021-05-03, what: No one was injured on the Silver Tern., cite: paper}
  boats: {date: 2021-05-03, what: Nine of the eleven lifeboats were lowered in forty minutes., cite: paper}
  refund: {date: 2021-06-10, what: The Tern Line paid each passenger 300 euros., who: [line], cite: paper}
  prize: {date: 2021-09-01, what: The Tern Line gave the salvage money away to the lifeboat crew., who: [line], cite: paper}
  appeal: {date: 2021-12-01, what: Ida Holm appealed against the fine; Jon Berg did not., who: [holm, berg], cite: paper}
  offer:
    date: 2021-12-20
    what: The Tern Line offered Eva Lind a free trip, which she turned down.
    who: [line, lind]
    cite: paper
claims:
  asleep:
    by: holm
    text: Jon Berg was asleep in his cabin when the ship struck.
    about: [berg]
    event: stranding
    cite: paper
  awake:
    by: berg
    text: He was never asleep on the night of the stranding and stood at the wheel.
    about: [berg]
    event: stranding
    cite: paper
"""


@pytest.fixture(scope="module")
def ferry(lexicon: Lexicon) -> Iterator[Answerer]:
    with FactBase.memory() as base:
        base.apply(read_story(FERRY, "ferry"), by="test")
        yield Answerer(base, lexicon)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("were more than 200 passengers on the silver tern", "Yes"),
        ("were more than 300 passengers on the silver tern", "No"),
        ("did it take over half an hour to lower the lifeboats", "Yes"),
        ("did it take over an hour to lower the lifeboats", "No"),
        ("were most of the lifeboats lowered", "Yes"),
        ("were all of the lifeboats lowered", "No"),
        ("did each passenger get at least 250 euros", "Yes"),
        ("did each passenger get at least 500 euros", "No"),
    ],
)
def test_a_bound_or_a_share_is_answered_by_what_the_fact_says(question: str, short: str, ferry: Answerer) -> None:
    assert ferry.ask(question).short == short


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("is the silver tern safe", "No"),  # that no one was injured denies nothing but that
        ("is the company keeping the salvage money", "Yes"),
        ("did ida holm appeal", "No"),
        ("did jon berg appeal", "Yes"),
        ("was eva lind offered a free trip", "No"),
        ("can someone tell me what happened to the silver tern", "Yes"),
        ("does anyone know who was asleep", "Yes"),
    ],
)
def test_yes_and_no_are_not_said_where_the_fact_does_not_say_them(question: str, wrong: str, ferry: Answerer) -> None:
    answer = ferry.ask(question)
    assert answer.facts or answer.suggestions
    assert not (answer.short or "").startswith(wrong)


def test_a_charge_is_shown_with_its_denial_and_a_denial_with_the_charge(ferry: Answerer) -> None:
    answer = ferry.ask("was jon berg asleep when the ship struck")
    assert answer.short in (
        "Yes, according to Ida Holm / No, according to Jon Berg",
        "No, according to Jon Berg / Yes, according to Ida Holm",
        None,  # where the reader is not sure enough of either
    )
    assert {fact.record.fact.id for fact in answer.facts} >= {"asleep", "awake"}


def test_whoever_asks_for_somebodys_words_gets_theirs_alone(ferry: Answerer) -> None:
    assert ferry.ask("does ida holm say that berg was asleep").short in ("Yes", None)
    assert [fact.record.fact.id for fact in ferry.ask("does ida holm say that berg was asleep").facts] == ["asleep"]


ALLOWED: dict[str, set[str | None]] = {"yes": {"Yes"}, "no": {"No"}, "not yes": {"No", None}, "neither": {None}}
CASES: dict[str, dict[str, list[str]]] = YAML(typ="safe").load(
    Path(__file__).with_name("yes_no.yaml").read_text(encoding="utf-8")
)
MIN_RIGHT, MAX_WRONG = 34, 5  # of 124


@pytest.mark.slow
def test_few_questions_with_another_person_date_number_or_verb_get_a_yes_or_no(lexicon: Lexicon) -> None:
    right, wrong = [], []
    for story, kinds in CASES.items():
        with FactBase.memory() as base:
            path = stories_folder() / f"{story}.yaml"
            base.apply(load_story(path if path.exists() else VALIDATION / path.name), by="test")
            answerer = Answerer(base, lexicon)
            for kind, questions in kinds.items():
                answers = {question: (answerer.ask(question).short or "").split(",")[0] for question in questions}
                given = {question: short for question, short in answers.items() if short in ("Yes", "No")}
                right += [question for question, short in given.items() if short in ALLOWED[kind]]
                wrong += [question for question, short in given.items() if short not in ALLOWED[kind]]
    assert len(right) >= MIN_RIGHT, right
    assert len(wrong) <= MAX_WRONG, wrong


def test_who_says_that_they_told_somebody_has_only_their_word_for_it(trial: StoryIndex) -> None:
    assert said(trial, "did Voss tell the board of the gap", "told", 5.0) == "Yes, according to Greta Voss"
    assert said(trial, "did Voss say that she told the board of the gap", "told", 5.0) == "Yes"


def test_a_number_of_another_party_beyond_the_bound_that_is_asked_is_a_contrary_word(trial: StoryIndex) -> None:
    given = said(trial, "did the owners lose more than 10 million euros", "more", 5.0, [("less", 0.5)])
    assert given == "Yes, according to Otto Kern / No, according to Greta Voss"
