"""What stands above an answer: what is cut out of its best fact, the number of each side, with whose it is, or Yes or No."""

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
from bot.answers.short_answer import yes_or_no
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.presentation.languages import speaking
from bot.resources import stories_folder
from bot.stories.load import load_story, read_story
from tests.benchmarks.ablation import VALIDATION

FAIR = """
story: {id: fair, title: The village fair}
sources: {paper: {type: article-newspaper, title: Fair day}}
actors:
  ann: {name: Ann Lee, kind: person, role: Head of the fair}
  bob: {name: Bob Roy, kind: person, role: Baker}
  mill: {name: Old Mill, kind: place}
  guild: {name: Bakers' Guild, kind: organization}
  fair: {name: Village fair, kind: other, aliases: [the fair]}
events:
  opening: {date: 2020-05-01, what: Ann Lee and Bob Roy opened the fair together., who: [ann, bob, fair], cite: paper}
  prize:
    date: 2020-05-02
    what: The Bakers' Guild gave Bob Roy a prize of 300 dollars for his rye bread.
    who: [guild, bob]
    cite: paper
  visitors: {date: 2020-05-03, what: In three days 2400 visitors drank 900 litres of cider near the Old Mill., cite: paper}
quotes:
  proud: {by: bob, text: I have never been so proud of a loaf., date: 2020-05-02, cite: paper}
"""


@pytest.fixture
def fair(lexicon: Lexicon) -> Iterator[Answerer]:
    with FactBase.memory() as base:
        base.apply(read_story(FAIR, "fair"), by="test")
        yield Answerer(base, lexicon)


@pytest.mark.parametrize("bound", ["More than", "About", "At least", "Nearly", "No fewer than", "Well over"])
def test_a_word_by_which_an_amount_is_not_exact_belongs_to_it(bound: str, lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(read_story(FAIR.replace("In three days 2400", f"{bound} 2400"), "fair"), by="test")
        assert Answerer(base, lexicon).ask("how many visitors drank cider").short == f"{bound} 2400 visitors"


def test_the_sign_of_an_amount_belongs_to_it(lexicon: Lexicon) -> None:
    cold = "In the night of the fair it was minus seventy-seven degrees Celsius at the Old Mill"
    with FactBase.memory() as base:
        base.apply(
            read_story(FAIR.replace("In three days 2400 visitors drank 900 litres of cider near the Old Mill", cold), "fair"),
            by="test",
        )
        assert (
            Answerer(base, lexicon).ask("how cold was it in the night of the fair").short == "minus seventy-seven degrees Celsius"
        )


@pytest.mark.parametrize("question", ["where was the fair opened", "wher was the fair opened", "were was the fair opened"])
def test_no_date_answers_where(question: str, fair: Answerer) -> None:
    answer = fair.ask(question, caution=-1)
    assert answer.facts[0].record.fact.id == "opening"
    assert "2020" not in (answer.short or "")


def test_the_date_of_a_fact_is_no_amount(fair: Answerer) -> None:
    answer = fair.ask("how long has the fair been open", caution=-1)
    assert answer.facts[0].record.fact.id == "opening"
    assert "2020" not in (answer.short or "")


@pytest.mark.parametrize("prize", ["1900 dollars", "$2000", "€1,500"])
def test_an_amount_that_looks_like_a_year_answers_how_much(prize: str, lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(read_story(FAIR.replace("a prize of 300 dollars", f"a prize of {prize}"), "fair"), by="test")
        assert Answerer(base, lexicon).ask("how much was the prize for the rye bread").short == prize


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("when did the fair open", "1 May 2020"),
        ("who opened the fair", "Ann Lee and Bob Roy"),
        ("how much was the prize for the rye bread", "300 dollars"),
        ("how many visitors drank cider", "2400 visitors"),
        ("how many litres of cider did they drink", "900 litres"),
        ("who said never been so proud of a loaf", "Bob Roy"),
        ("what did Bob Roy say", None),
    ],
)
def test_the_short_answer_is_what_was_asked_for(question: str, short: str | None, fair: Answerer) -> None:
    answer = fair.ask(question)
    assert answer.status == "answered"
    assert answer.short == short


def test_what_the_question_describes_is_not_its_answer_either(fair: Answerer) -> None:
    assert fair.ask("who opened the fair together").short == "Ann Lee and Bob Roy"
    assert fair.ask("who is the head of the fair").short in (None, "Ann Lee")


def test_who_the_question_names_is_not_its_answer(fair: Answerer) -> None:
    answer = fair.ask("who gave Bob Roy a prize for his rye bread")
    assert answer.short == "Bakers' Guild"


@pytest.mark.parametrize(
    ("who", "short"),
    [
        ("Bakers Ann Lee and Bob Roy", "Ann Lee and Bob Roy"),
        ("Neighbours Bob Roy, Cy Poe and Ann Lee", "Bob Roy, Cy Poe and Ann Lee"),
        ("The baker Bob Roy, with the help of Ann Lee,", "Bob Roy"),
    ],
)
def test_names_that_are_joined_answer_together(who: str, short: str, lexicon: Lexicon) -> None:
    story = FAIR.replace("  mill:", "  cy: {name: Cy Poe, kind: person}\n  mill:")
    story = story.replace(
        "Ann Lee and Bob Roy opened the fair together., who: [ann, bob", f'"{who} opened the fair.", who: [ann, bob, cy'
    )
    with FactBase.memory() as base:
        base.apply(read_story(story, "fair"), by="test")
        assert Answerer(base, lexicon).ask("who opened the fair").short == short


MARCH = """
story: {id: march, title: The march on the dam}
sources:
  radio: {type: broadcast, title: Morning news, publisher: Larkmoor Radio, published: 2020-06-02}
  diary: {type: webpage, title: Our diary, publisher: The Union, published: 2020-06-09}
actors:
  police: {name: Larkmoor Police, kind: government, aliases: [the police]}
  union: {name: Dam Workers' Union, kind: organization, aliases: [the union]}
  mayor: {name: Olga Brandt, kind: person}
events:
  march: {date: 2020-06-01, what: Workers marched from the station to the dam., who: [union], cite: radio#1}
claims:
  march-police: {by: police, text: "About 1,800 people took part in the march.", event: march, cite: radio#2}
  march-union: {by: union, text: "More than 5,000 workers took part in the march.", event: march, cite: diary#1}
  march-mayor: {by: mayor, text: "Some 1,800 people took part in the march.", event: march, cite: radio#3}
  cost: {by: police, text: "Guarding the march cost 40,000 crowns.", event: march, cite: radio#4}
"""


@pytest.fixture
def march(lexicon: Lexicon) -> Answerer:
    base = FactBase.memory()
    base.apply(read_story(MARCH, "march"), by="test")
    return Answerer(base, lexicon)


def test_each_number_stands_with_whose_it_is_the_same_one_once(march: Answerer) -> None:
    short = march.ask("how many people took part in the march?").short or ""
    assert short.split(" / ") in (
        ["About 1,800 people (Larkmoor Police)", "More than 5,000 workers (Dam Workers' Union)"],
        ["More than 5,000 workers (Dam Workers' Union)", "About 1,800 people (Larkmoor Police)"],
        ["Some 1,800 people (Olga Brandt)", "More than 5,000 workers (Dam Workers' Union)"],
        ["More than 5,000 workers (Dam Workers' Union)", "Some 1,800 people (Olga Brandt)"],
    )


def test_a_number_that_nobody_disputes_stands_alone(march: Answerer) -> None:
    assert march.ask("how much did guarding the march cost?").short == "40,000 crowns"


def test_who_asks_for_one_side_gets_its_number(march: Answerer) -> None:
    assert march.ask("how many people took part in the march according to the police?").short == "About 1,800 people"


def test_as_of_a_day_a_number_that_came_later_is_not_told(march: Answerer) -> None:
    answer = march.ask("how many people took part in the march?", as_of=20200603)
    assert answer.short in ("About 1,800 people", "Some 1,800 people")
    assert [record.fact.id for record in answer.came_later] == ["march-union"]


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
    return next(each for each in index.documents if each.record.fact.id == fact)


def said(index: StoryIndex, question: str, fact: str, yes: float, others: Sequence[tuple[str, float]] = ()) -> str | None:
    """Return what is said where the reader judges a fact, and others of the same answer, by these log odds."""
    chosen = [(document(index, each), odds) for each, odds in ((fact, yes), *others)]
    judged = {
        each.number: Judged(place, near=0, score=0, also=0, short=0, yes=odds, spans=(), met=())
        for place, (each, odds) in enumerate(chosen)
    }
    return yes_or_no(read_question(question, index), [each for each, _ in chosen], judged, LEAST)


def test_yes_or_no_is_said_only_where_the_reader_is_sure(trial: StoryIndex) -> None:
    found = [said(trial, "did Dahl arrest Voss", "arrest", yes) for yes in (3.5, LEAST / 2)]
    assert found == ["Yes", None]
    found = [said(trial, "did Dahl let Voss go", "arrest", yes) for yes in (-3.5, -LEAST / 2)]
    assert found == ["No", None]
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
    found = [said(trial, asked, "lied", yes) for yes in (4.0, -4.0)]
    assert found == ["Yes, according to Greta Voss", "No, according to Greta Voss"]
    assert said(trial, "did the bank pay anyone", "fine", 4.0) == "Yes, according to Otto Kern"
    with speaking("de"):
        assert said(trial, asked, "lied", 4.0) == "Ja, laut Greta Voss"


def test_a_fact_that_has_all_of_the_question_and_denies_nothing_does_not_say_no(trial: StoryIndex) -> None:
    assert said(trial, "did the boat leak oil", "leak", -4.0) is None
    assert said(trial, "did the ship leak oil", "no-leak", -4.0) == "No"
    assert said(trial, "did the boat leak water", "leak", -4.0) == "No"


def test_facts_that_say_the_contrary_of_each_other_settle_nothing(trial: StoryIndex) -> None:
    question = "did it leak into the harbour"
    assert said(trial, question, "leak", 4.0, [("no-leak", -3.5)]) is None
    assert said(trial, question, "leak", 4.0, [("no-leak", 3.5)]) == "Yes"
    assert said(trial, question, "leak", 4.0, [("no-leak", -1.0)]) == "Yes"


def test_a_fact_that_was_not_read_settles_nothing(trial: StoryIndex) -> None:
    question = read_question("did Dahl arrest Voss", trial)
    assert yes_or_no(question, [document(trial, "arrest")], {}, LEAST) is None


ALLOWED: dict[str, set[str | None]] = {"yes": {"Yes"}, "no": {"No"}, "not yes": {"No", None}, "neither": {None}}
CASES: dict[str, dict[str, list[str]]] = YAML(typ="safe").load(
    Path(__file__).with_name("yes_no.yaml").read_text(encoding="utf-8")
)
LEAST_RIGHT, MOST_WRONG = 34, 5  # of 124


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
    assert len(right) >= LEAST_RIGHT, right
    assert len(wrong) <= MOST_WRONG, wrong
