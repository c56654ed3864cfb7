"""What a piece of a passage means by itself, and short answers that say the day for "Thursday" and the name for "she"."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers.meanings import in_full, meaning, with_whole_glosses
from bot.english.lexicon import Lexicon
from bot.facts.dates import parse_date
from bot.facts.models import Citation, Fact
from bot.languages import say_message, speaking
from tests.answers.articles import answering, coverage

TEXT = "On Thursday she closed the dam of the old mill, they told the mayor."
THEY = TEXT.index("they")
GLOSSES = ((0, 11, "26 October 2017"), (12, 15, "Ann Roth"), (THEY, THEY + 4, "The Millers"))
PASSAGE = Fact(
    "lea-p1-s1",
    "passage",
    TEXT,
    (Citation("lea", "paragraph", "1"),),
    date=parse_date("2017-10-26"),
    reviewed=False,
    glosses=GLOSSES,
)
GLOSSED = PASSAGE.glossed


def at(piece: str) -> tuple[int, int]:
    start = GLOSSED.index(piece)
    return start, start + len(piece)


@pytest.mark.parametrize(
    ("piece", "meant"),
    [
        ("Thursday", "26 October 2017"),
        ("On Thursday [26 October 2017]", "26 October 2017"),
        ("26 October", "26 October 2017"),
        ("she", "Ann Roth"),
        ("[Ann", "Ann Roth"),
        ("they [The Millers]", "The Millers"),
        ("she [Ann Roth] closed the dam", None),
        ("closed the dam", None),
        ("26 October 2017] she [Ann", None),
    ],
)
def test_a_piece_of_nothing_but_explained_words_is_what_they_mean(piece: str, meant: str | None) -> None:
    assert meaning(PASSAGE, *at(piece)) == meant


def test_a_day_is_said_in_the_language_spoken() -> None:
    with speaking("de"):
        assert say_message(meaning(PASSAGE, *at("Thursday")) or "") == "26. Oktober 2017"


@pytest.mark.parametrize(
    ("piece", "whole"),
    [
        ("closed the dam", "closed the dam"),
        ("she [Ann Roth] closed", "she [Ann Roth] closed"),
        ("the old mill, they", "the old mill, they [The Millers]"),
        ("Millers] told the mayor", "they [The Millers] told the mayor"),
    ],
)
def test_a_longer_piece_has_its_glosses_whole(piece: str, whole: str) -> None:
    start, end = with_whole_glosses(PASSAGE, *at(piece))
    assert GLOSSED[start:end] == whole


@pytest.mark.parametrize(
    ("cut", "date", "full"),
    [
        ("Thursday", "2017-10-26", "26 October 2017"),
        ("on Thursday night", "2017-10-26", "26 October 2017"),
        ("26 October", "2017-10-26", "26 October 2017"),
        ("in October", "2017-10", "October 2017"),
        ("on Friday", "2017-10-26", "on Friday"),
        ("26", "2017-10-26", "26"),
        ("Thursday", "2017-10", "Thursday"),
        ("a Thursday of rain", "2017-10-26", "a Thursday of rain"),
        ("in October", "2017", "in October"),
        ("Thursday", None, "Thursday"),
    ],
)
def test_a_part_of_a_date_is_said_in_full_where_it_is_of_the_passages_date(cut: str, date: str | None, full: str) -> None:
    assert in_full(cut, parse_date(date) if date else None) == full


ARTICLE = """\
The dam at Lea
Lea Courier, 2017-10-28

Ann Roth, the mayor of Lea, came to the dam in the rain. On Thursday she closed the sluices of the dam for good.
"""


def test_short_answers_say_the_day_and_the_name(lexicon: Lexicon) -> None:
    story = coverage(ARTICLE)
    glossed = {"lea-p1-s2": ((3, 11, "26 October 2017"), (12, 15, "Ann Roth"))}
    facts = tuple(replace(fact, glosses=glossed.get(fact.id, ())) for fact in story.facts)
    with answering(replace(story, facts=facts), lexicon) as answerer:
        when = answerer.ask("when were the sluices of the dam closed?")
        who = answerer.ask("who closed the sluices of the dam?")
    assert (when.short, who.short) == ("26 October 2017", "Ann Roth")
    assert when.facts[0].record.fact.text == "On Thursday she closed the sluices of the dam for good.", "word for word"
