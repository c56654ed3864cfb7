"""Which words of a fact are the short answer, held against the fact itself: no ranking is in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.extraction import cut_out, extract_answer
from bot.answers.finding.index import Indexes, StoryIndex
from bot.answers.ownership import is_of_another
from bot.answers.question.expected_answer import QuestionType
from bot.answers.question.parsing import Question, read_question
from bot.answers.reader.reader import VectorStock, shipped_reader
from bot.answers.reader.reading import ReadFact, read
from bot.english.lexicon import Lexicon
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
CASES = (
    ("who arrested Voss", "arrest", "Nils Dahl"),
    ("who was arrested at the airport", "arrest", "Greta Voss"),
    ("who did Dahl arrest", "arrest", "Greta Voss"),
    ("who hired Greta Voss", "hired", "Otto Kern"),
    ("who was hired by Kern", "hired", "Greta Voss"),
    ("who was dismissed", "fired", "Greta Voss"),
    ("who led the search party", "search", "Greta Voss"),
    ("which bank was robbed", "theft", "Brenner Bank"),
    ("which newspaper asked the readers", "poll", "Oslo Tribune"),
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
    ("what time was Voss arrested", "arrest", "6:40 a.m."),
    ("when was Voss arrested", "arrest", "4 March 2020"),
    ("when was the key copied", "copied", "3 November 2019"),
    ("when did the thieves need money", "motive", "3 October 2020"),
    ("when did the raid happen", "toll", "2 October 2020"),
    ("where was the ship", "ship", "North Sea"),
    ("where did the gold come from", "ship", "Bergen"),
    ("where did the ship take the gold to", "ship", "Hamburg"),
    ("which ship took the gold", "ship", "MV Polar Star"),
    ("what did the officers block", "raid", "the Iron Bridge"),
    ("which parasite was in the river", "raid", "parasite giardia"),
    ("what did the thieves carry off", "theft", "three paintings and 40 gold bars worth"),
)


@pytest.fixture(scope="module")
def trial(lexicon: Lexicon) -> Iterator[tuple[StoryIndex, VectorStock]]:
    with FactBase.memory() as base:
        base.apply(read_story(STORY, "trial"), by="test")
        index, stock = Indexes(base, lexicon).whole(), VectorStock(base, shipped_reader())
        stock.make(index.documents)
        yield index, stock


def judged(question: str, fact: str, trial: tuple[StoryIndex, VectorStock]) -> tuple[Question, ReadFact]:
    index, stock = trial
    asked = read_question(question, index)
    facts = read(question, asked, index, stock).facts
    return asked, next(read_fact for read_fact in facts if read_fact.document.record.fact.id == fact)


def test_most_short_answers_are_the_ones_asked_for(trial: tuple[StoryIndex, VectorStock]) -> None:
    """Out of a fact with several people, amounts, times and places, the right one is cut."""
    wrong = []
    for question, fact, expected in CASES:
        _, read_fact = judged(question, fact, trial)
        got = cut_out(read_fact.document, read_fact.judged.spans[0], shipped_reader())
        if got is None or (expected.casefold() not in got.casefold() and got.casefold() not in expected.casefold()):
            wrong.append((question, expected, got))
    assert len(wrong) <= len(CASES) // 3, wrong


@given(data=st.data())
def test_a_short_answer_is_a_piece_of_one_field(data: st.DataObject, trial: tuple[StoryIndex, VectorStock]) -> None:
    document = data.draw(st.sampled_from(trial[0].documents))
    last = len(shipped_reader().encoder.fact_offsets(document.line)) - 1
    first = data.draw(st.integers(0, last))
    span = (first, data.draw(st.integers(first, last)))
    cut = cut_out(document, span, shipped_reader())
    fields = [document.line.line[part.start : part.end] for part in document.line.parts]
    assert cut is None or any(cut in field for field in fields)


@pytest.mark.parametrize(
    ("fact", "first", "last", "expected"),
    [
        ("arrest", "6:40", "2020", "4 March 2020"),  # from the time of day into the date
        ("ship", "February", "North", "2 February 2020"),  # from the date into the place
        ("copied", "3 November", "November", "3 November"),
        ("dig", "Mjosa", "dig", "12 September 2020"),
        ("hired", "Otto", "29", "Otto Kern when she was aged 29"),
    ],
)
def test_a_span_that_reaches_into_the_date_is_the_date(
    fact: str, first: str, last: str, expected: str | None, trial: tuple[StoryIndex, VectorStock]
) -> None:
    document = next(document for document in trial[0].documents if document.record.fact.id == fact)
    text, reader = document.line, shipped_reader()
    line = text.line
    start, end = line.index(first), line.rindex(last) + len(last)
    inside = [position for position, (one, other) in enumerate(reader.encoder.fact_offsets(text)) if start <= one < other <= end]
    assert cut_out(document, (inside[0], inside[-1]), reader) == expected


def test_who_somebody_is_is_their_role(trial: tuple[StoryIndex, VectorStock]) -> None:
    question, read_fact = judged("who is Greta Voss", "arrest", trial)
    assert extract_answer(question, read_fact.document, read_fact.judged, shipped_reader()) == "Bank clerk"


@pytest.mark.parametrize(
    ("question", "piece", "expected"),
    [
        ("what did Greta Voss say", "Greta Voss", None),  # the question names her
        ("what happened to voss", "Voss", None),
        ("who arrested Voss", "Nils Dahl arrested Greta Voss", "Nils Dahl"),
        ("who paid Voss", "Greta Voss and Nils Dahl were paid by the bank", None),  # whoever is paid, too
        ("did they take the ship or the train", "ship", "ship"),  # it chooses of what the question offers
    ],
)
def test_what_the_question_names_is_no_answer(
    question: str, piece: str, expected: str | None, trial: tuple[StoryIndex, VectorStock]
) -> None:
    asked, read_fact = judged(question, "arrest", trial)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.answers.extraction.cut_out", lambda *_: piece)
        sure = replace(read_fact.judged, short=9.0)
        wanted = replace(asked.expected, type=QuestionType.WHO if question.startswith("who") else QuestionType.WHAT)
        assert extract_answer(replace(asked, expected=wanted), read_fact.document, sure, shipped_reader()) == expected


PHRASES = """
story: {id: quay, title: The quay}
sources: {paper: {type: article-newspaper, title: The quay}}
actors:
  board: {name: Harbour Board of Vik, kind: government, aliases: [the board]}
  ines: {name: Ines Holm, kind: person, role: Chief engineer}
events:
  lease:
    date: 2020-01-01
    what: The board let the quay to Holm for some two and a half million euros a year because the crane was failing.
    who: [board, ines]
    cite: paper
  break-in:
    date: 2020-01-02
    what: With a crowbar the thieves took up to 900 watt-hours per kilogram, and the chief engineer fled for fear of them.
    who: [ines]
    cite: paper
  year:
    date: 2020-12-31
    what: The quay had 48,000 visitors in 2018 and only 31,000 in 2019, and its clerk was fired a year after for stealing copper.
    cite: paper
  dive: {date: 2021-02-01, what: A diver froze for six minutes at the most in a sea below minus two degrees., cite: paper}
  permit: {date: 2021-03-01, what: A court annulled the permit because it had been split in order to hide a pier., cite: paper}
"""


@pytest.mark.parametrize(
    ("question", "fact", "piece", "expected"),
    [
        ("how many visitors came in 2019", "year", "48,000 visitors in 2018 and only 31,000", None),
        ("how many visitors came in 2019", "year", "31,000", "only 31,000"),
        ("why was the clerk fired", "year", "for stealing copper", "for stealing copper"),
        ("why was the quay let", "lease", "a year because the crane was failing", "because the crane was failing"),
        ("when was the quay let", "lease", "to Holm", None),
        ("when was the quay let", "lease", "1 January 2020", "1 January 2020"),
        ("when was the clerk fired", "year", "a year after", "a year after"),
        ("how much is the lease", "lease", "the crane was failing", None),
        ("how much is the lease", "lease", "two and a half million euros", "some two and a half million euros a year"),
        ("how much was taken", "break-in", "900", "up to 900 watt-hours per kilogram"),
        ("why was the quay let", "lease", "the crane was failing", "because the crane was failing"),
        ("why did the engineer flee", "break-in", "fear", "for fear"),
        ("how long did the diver freeze", "dive", "six minutes", "six minutes at the most"),
        ("how cold was the sea of the diver", "dive", "minus two degrees", "below minus two degrees"),
        (
            "why was the permit annulled",
            "permit",
            "it had been split in order to hide a pier",
            "because it had been split in order to hide a pier",
        ),
        ("what was failing", "lease", "the crane", "the crane"),
        ("how did the thieves do it", "break-in", "crowbar", "With a crowbar"),
        ("what did the thieves carry", "break-in", "crowbar", "crowbar"),
        ("who let the quay", "lease", "The board", "The board (Harbour Board of Vik)"),
        ("who took the quay", "lease", "Holm", "Ines Holm"),
        ("who fled", "break-in", "the chief engineer", "the chief engineer (Ines Holm)"),
        ("who broke in", "break-in", "the thieves", "the thieves"),
    ],
)
def test_a_piece_is_widened_to_what_makes_it_true_and_whole(
    question: str, fact: str, piece: str, expected: str | None, lexicon: Lexicon
) -> None:
    reader = shipped_reader()
    with FactBase.memory() as base:
        base.apply(read_story(PHRASES, "quay"), by="test")
        index = Indexes(base, lexicon).whole()
        asked = read_question(question, index)
        stock = VectorStock(base, reader)
        read_fact = next(
            read_fact for read_fact in read(question, asked, index, stock).facts if read_fact.document.record.fact.id == fact
        )
    start = read_fact.document.line.line.index(piece)
    tokens = [
        position
        for position, (first, last) in enumerate(reader.encoder.fact_offsets(read_fact.document.line))
        if start <= first < last <= start + len(piece)
    ]
    sure = replace(read_fact.judged, short=9.0, spans=((tokens[0], tokens[-1]),))
    assert extract_answer(asked, read_fact.document, sure, reader) == expected


BANK_TRIAL = """
story: {{id: trial, title: The bank trial}}
sources: {{paper: {{type: article-newspaper, title: Verdict}}}}
actors:
  salvi: {{name: Marco Salvi, kind: person}}
  rossi: {{name: Lena Rossi, kind: person}}
  court: {{name: Turin court, kind: organization}}
  milan: {{name: Milan, kind: place}}
events:
  verdict: {{date: 2020-01-01, what: "{text}", who: [salvi, rossi, court, milan], cite: paper}}
"""
JAILED = "Marco Salvi was jailed for six years and Lena Rossi for four years."
FIRST = "Six years went to Marco Salvi and four years to Lena Rossi."
ALIKE = "Marco Salvi was jailed for four years and Lena Rossi for four years."
BOTH = "The Turin court gave Salvi and Rossi six years and four years in prison."
DATED = "Marco Salvi was arrested on 3 May 2019 and Lena Rossi on 9 June 2019."
BORN = "Marco Salvi was born in Milan and Lena Rossi in Naples."
PARTY = "Lena Rossi is a baker in Turin, and Marco Salvi a clerk."
LIST = "The Turin court heard Marco Salvi in Milan, Turin, Pavia and Lodi."
ONE = "Marco Salvi paid Lena Rossi 300 euros and a rent of 40 euros."


@pytest.mark.parametrize(
    ("text", "question", "cut", "another"),
    [
        (JAILED, "how long did Salvi get", "six years", False),
        (JAILED, "how long did Salvi get", "four years", True),
        (JAILED, "how long did Rossi get", "six years", True),
        (JAILED, "how long did Rossi get", "four years", False),
        (ALIKE, "how long did Salvi get", "four years", False),
        (ALIKE, "how long did Rossi get", "four years", False),
        (JAILED, "how long did they get", "four years", False),  # nobody is named
        (FIRST, "how long did Salvi get", "Six years", False),
        (FIRST, "how long did Rossi get", "Six years", True),
        (FIRST, "how long did Rossi get", "four years", False),
        (BOTH, "how long did Salvi get", "six years and four years", True),
        (BOTH, "how long did Salvi and Rossi get", "six years and four years", False),
        (DATED, "when was Salvi arrested", "9 June 2019", True),
        (DATED, "when was Rossi arrested", "9 June 2019", False),
        (DATED, "when was Salvi arrested", "1 January 2020", True),  # the fact's own date
        (JAILED, "when was Salvi jailed", "1 January 2020", False),
        (BORN, "where was Salvi born", "Milan", False),
        (BORN, "where was Salvi born", "Milan and Lena Rossi in Naples", True),
        (BORN, "where was Rossi born", "Milan and Lena Rossi in Naples", True),
        (PARTY, "what is Salvi", "baker in Turin, and Marco Salvi", True),
        (PARTY, "what is Salvi", "a clerk", False),
        (PARTY, "what is Rossi", "a baker in Turin", False),
        (LIST, "where was Salvi heard", "Milan, Turin, Pavia and Lodi", False),
        (ONE, "how much did Salvi pay", "300 euros", False),  # Rossi alone has amounts
        (ONE, "how much rent did Salvi pay", "40 euros", False),
        (ONE, "whom did Salvi pay", "Lena Rossi", False),
    ],
)
def test_a_piece_is_of_the_one_beside_whom_it_stands(text: str, question: str, cut: str, another: bool, lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(read_story(BANK_TRIAL.format(text=text), "trial"), by="test")
        index = Indexes(base, lexicon).whole()
        assert is_of_another(cut, read_question(question, index), index.documents[0]) is another
