"""Which words of a fact are the short answer, held against the fact itself: no ranking is in between."""

from __future__ import annotations

import pytest

from bot.answers.documents import Document
from bot.answers.index import StoryIndex
from bot.answers.indexes import Indexes
from bot.answers.lexicon import Lexicon
from bot.answers.question import read_question
from bot.answers.short import short_answer
from bot.facts.base import FactBase
from bot.stories.load import read_story

STORY = """
story: {id: trial, title: The Brenner trial}
sources: {paper: {type: article-newspaper, title: Gold found}}
actors:
  dahl: {name: Nils Dahl, kind: person, role: Detective}
  voss: {name: Greta Voss, kind: person, role: Bank clerk}
  kern: {name: Otto Kern, kind: person, role: Chief prosecutor}
  bank: {name: Brenner Bank, kind: organization, role: Savings bank}
  star: {name: MV Polar Star, kind: other, role: Supply ship}
  tribune: {name: Oslo Tribune, kind: outlet, role: Daily newspaper}
events:
  arrest:
    date: 2020-03-04
    what: Nils Dahl arrested Greta Voss, 34, at Oslo airport at 6:40 a.m. after a call from Otto Kern.
    who: [dahl, voss, kern]
    cite: paper
  hired: {date: 2015, what: Greta Voss was hired by Otto Kern when she was aged 29., who: [voss, kern], cite: paper}
  theft:
    date: 2020-01-01
    what: In two nights the thieves carried off three paintings and 40 gold bars worth 12 million euros from Brenner Bank.
    who: [bank]
    cite: paper
  ship:
    date: 2020-02-02
    what: The supply ship MV Polar Star took the gold 900 miles from Bergen to Hamburg in 31 hours.
    who: [star]
    where: North Sea
    cite: paper
  search: {date: 2020-02-09, what: A search party under Greta Voss met Otto Kern., who: [voss, kern], cite: paper}
  poll: {date: 2020-07-07, what: Half of the readers told the Oslo Tribune that it was too short., who: [tribune], cite: paper}
  elected:
    date: 2020-08-08
    what: Otto Kern was elected mayor with 5,210 votes, a majority of 310 over Nils Dahl.
    who: [kern, dahl]
    cite: paper
  fired: {date: 2020-09-09, what: Brenner Bank dismissed Greta Voss and hired Nils Dahl., who: [bank, voss, dahl], cite: paper}
  cost:
    date: 2020-09-10
    what: The trial cost the state 900,000 euros, the witnesses 300 euros and the lawyers hundreds of thousands of euros.
    cite: paper
  raid: {date: 2020-09-11, what: Officers blocked the Iron Bridge for an hour and found the parasite giardia., cite: paper}
  dig: {date: 2020-09-12, what: Police dug up the gold near Lake Mjosa., cite: paper}
claims:
  copied: {by: kern, text: The key had been copied on 3 November 2019., date: 2020-10-01, cite: paper}
  motive: {by: kern, text: The thieves needed money for the 2018 race., date: 2020-10-03, cite: paper}
  toll:
    by: kern
    text: The raid cost 4 lives on the first day and 9 lives on the second, 13 in all.
    date: 2020-10-02
    cite: paper
"""


@pytest.fixture(scope="module")
def trial(lexicon: Lexicon) -> StoryIndex:
    with FactBase.memory() as base:
        base.apply(read_story(STORY, "trial"), by="test")
        return Indexes(base, lexicon).of("", None)


def short(question: str, fact: str, trial: StoryIndex, lexicon: Lexicon) -> str | None:
    return short_answer(read_question(question, trial, lexicon), _document(fact, trial), lexicon)


def _document(fact: str, trial: StoryIndex) -> Document:
    return next(document for document in trial.documents if document.record.fact.id == fact)


@pytest.mark.parametrize(
    ("question", "fact", "expected"),
    [
        ("who arrested Voss", "arrest", "Nils Dahl"),
        ("who was arrested at the airport", "arrest", "Greta Voss"),
        ("who did Dahl arrest", "arrest", "Greta Voss"),
        ("who hired Greta Voss", "hired", "Otto Kern"),
        ("who was hired by Kern", "hired", "Greta Voss"),
        ("who was dismissed", "fired", "Greta Voss"),
        ("who led the search party", "search", "Greta Voss"),
        ("which bank was robbed", "theft", "Brenner Bank"),
        ("which newspaper asked the readers", "poll", "Oslo Tribune"),
        ("who dug up the gold", "dig", None),
    ],
)
def test_who_does_it_is_told_from_whom_it_is_done_to(
    question: str, fact: str, expected: str | None, trial: StoryIndex, lexicon: Lexicon
) -> None:
    assert short(question, fact, trial, lexicon) == expected


@pytest.mark.parametrize(
    ("question", "fact", "expected"),
    [
        ("how old was Voss", "arrest", "34"),
        ("how old was she when she was hired", "hired", "29"),
        ("how many gold bars were stolen", "theft", "40 gold bars"),
        ("how many paintings did they take", "theft", "three paintings"),
        ("how much was the gold worth", "theft", "12 million euros"),
        ("how long did the voyage take", "ship", "31 hours"),
        ("how many votes did Kern get", "elected", "5,210 votes"),
        ("by how many votes did he win", "elected", "310"),
        ("how much did the witnesses get", "cost", "300 euros"),
        ("how much did the lawyers cost", "cost", "hundreds of thousands of euros"),
        ("what did the trial cost", "cost", "900,000 euros"),
        ("how many lives did the raid cost altogether", "toll", "13"),
        ("how long is the ship", "cost", None),
    ],
)
def test_the_amount_is_the_one_asked_for(
    question: str, fact: str, expected: str | None, trial: StoryIndex, lexicon: Lexicon
) -> None:
    assert short(question, fact, trial, lexicon) == expected


@pytest.mark.parametrize(
    ("question", "fact", "expected"),
    [
        ("what time was Voss arrested", "arrest", "6:40 a.m."),
        ("when was Voss arrested", "arrest", "4 March 2020"),
        ("when was the key copied", "copied", "3 November 2019"),
        ("when did the thieves need money", "motive", "3 October 2020"),
        ("when did the raid happen", "toll", "2 October 2020"),
        ("where was the ship", "ship", "North Sea"),
        ("where did the gold come from", "ship", "Bergen"),
        ("where did the ship take the gold to", "ship", "Hamburg"),
    ],
)
def test_a_time_or_place_that_the_text_tells_wins_where_it_is_asked_for(
    question: str, fact: str, expected: str, trial: StoryIndex, lexicon: Lexicon
) -> None:
    assert short(question, fact, trial, lexicon) == expected


@pytest.mark.parametrize(
    ("question", "fact", "expected"),
    [
        ("which ship took the gold", "ship", "MV Polar Star"),
        ("what did the officers block", "raid", "the Iron Bridge"),
        ("which parasite was in the river", "raid", "parasite giardia"),
        ("what did the thieves carry off", "theft", "three paintings and 40 gold bars worth"),
        ("what is this all about", "raid", None),
    ],
)
def test_a_thing_is_the_phrase_that_names_it(
    question: str, fact: str, expected: str | None, trial: StoryIndex, lexicon: Lexicon
) -> None:
    assert short(question, fact, trial, lexicon) == expected
