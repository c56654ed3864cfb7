"""Whose a piece of a sentence is that speaks of several alike."""

from __future__ import annotations

import pytest

from bot.answers.finding.index import Indexes
from bot.answers.parallels import is_of_another
from bot.answers.question.parsing import read_question
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.stories.load import read_story

STORY = """
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
        base.apply(read_story(STORY.format(text=text), "trial"), by="test")
        index = Indexes(base, lexicon).of("", None)
        assert is_of_another(cut, read_question(question, index, lexicon), index.documents[0]) is another
