"""People whom the story does not have, under a name that reminds of one of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answers.answerer import Answerer
from bot.answers.finding.index import Indexes, StoryIndex
from bot.answers.question.parsing import read_question
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.resources import stories_folder
from bot.stories.load import load_story, read_story


@pytest.fixture(scope="module")
def base() -> Iterator[FactBase]:
    with FactBase.memory() as base:
        base.apply(load_story(stories_folder() / "twitter-rt-sputnik.yaml"), by="test")
        yield base


@pytest.fixture(scope="module")
def index(base: FactBase, lexicon: Lexicon) -> StoryIndex:
    return Indexes(base, lexicon).whole()


@pytest.mark.parametrize(
    ("text", "stranger"),
    [
        ("who is mark zuckerberg", "zuckerberg"),
        ("did Mark Zuckerberg ban ads", "zuckerberg"),
        ("what did John Smith say", "smith"),
        ("what did john smith say", "smith"),
        ("is Hillary Duff in this", "duff"),
        ("who is mark de niro", "niro"),
        ("what did John van der Berg say", "berg"),
        ("when did maria sharapova play", "sharapova"),
        ("what did Jean-Luc Warner say", "luc"),
        ("what did jean-luc warner say", "luc"),
        ("When did Robert Warner tweet?", "robert"),
        ("what did T. K. Warner say", "k"),
        ("what did Mark Varner say", "varner"),  # a name that is in use is no slip of "Warner"
    ],
)
def test_another_surname_is_another_person(text: str, stranger: str, index: StoryIndex) -> None:
    question = read_question(text, index)
    assert question.stranger == stranger
    assert not question.mentions
    assert stranger in question.words


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("what did mark say", "Mark Warner"),
        ("What Did Mark Say", "Mark Warner"),
        ("what did mark really say", "Mark Warner"),
        ("what did mark later say", "Mark Warner"),
        ("why did Mark tweet", "Mark Warner"),
        ("Mark on fake accounts", "Mark Warner"),
        ("did Mark praise RT", "Mark Warner"),
        ("what did M. Warner say", "Mark Warner"),
        ("what did Senator Warner say", "Mark Warner"),
        ("Did Warner say that", "Mark Warner"),
        ("what did Mark Warnar say", "Mark Warner"),
        ("who is margarita simonian", "Margarita Simonyan"),
        ("what did Maria Zakarova say", "Maria Zakharova"),
        ("what did McCain say", "John McCain"),
    ],
)
def test_whoever_is_named_by_a_first_name_or_with_a_slip_is_no_stranger(text: str, name: str, index: StoryIndex) -> None:
    question = read_question(text, index)
    assert question.stranger is None
    assert name in {index.actors[key].name for key in question.actors}


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("what did Putin say about the ban", "putin"),
        ("Zuckerberg said what", None),  # every first word has a capital
        ("what did Twitter say in November", None),
        ("WHAT DID PUTIN SAY", None),
        ("what did Mr Putin say about the ban", "putin"),
        ("what did Mr. Putin say", "putin"),
        ("does Mr McCain own shares", None),
        ("did Dr Klobuchar approve", None),
        ("how much did RT pay. Answer in Euros", "euros"),
        ("what did RT pay? Quickly please", None),
        ("what did putin say", None),
    ],
)
def test_a_word_that_is_written_as_a_name_and_that_no_fact_has_is_unknown(
    text: str, unknown: str | None, index: StoryIndex
) -> None:
    assert read_question(text, index).unknown == unknown


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("who is margarita zakharova", "margarita zakharova"),
        ("Who is Kirill Simonyan?", "kirill simonyan"),
        ("what did mark mccain say", "mark mccain"),
        ("what did mark, mccain and amy klobuchar say", None),
        ("did mark warner quote amy klobuchar", None),
    ],
)
def test_one_persons_first_name_with_anothers_surname_is_nobodys(
    text: str, nobody: str | None, base: FactBase, index: StoryIndex, lexicon: Lexicon
) -> None:
    question = read_question(text, index)
    assert question.stranger == nobody
    if nobody is not None:
        assert not question.mentions
        answer = Answerer(base, lexicon).ask(text)
        assert (answer.status, answer.short) == ("suggestions", None)
        assert answer.known == f"None of the 69 facts that I know mentions “{nobody}”."


@pytest.mark.parametrize("text", ["who is mark zuckerberg", "what did amy schumer say", "what did John Smith say about the ban"])
def test_a_stranger_is_said_to_be_in_no_fact(text: str, base: FactBase, lexicon: Lexicon) -> None:
    answer = Answerer(base, lexicon).ask(text)
    assert answer.status != "answered"
    assert not answer.perhaps_answers
    surname = text.split()[3].lower()
    assert answer.known == f"None of the 69 facts that I know mentions “{surname}”."


def test_what_else_belongs_to_a_name_is_no_other_surname(lexicon: Lexicon) -> None:
    story = """
story: {id: race, title: The race}
sources: {paper: {type: article-newspaper, title: The race}}
actors:
  croft: {name: Sir Digby Croft, kind: person}
  mary: {name: Mary Ann Lee, kind: person}
events:
  race: {what: Sir Digby Croft started the race and Mary Ann Lee won it., who: [croft, mary], cite: paper}
"""
    with FactBase.memory() as base:
        base.apply(read_story(story, "race"), by="test")
        index = Indexes(base, lexicon).whole()
        for text, key in (("did Sir Digby start it", "race/croft"), ("did Mary Ann win", "race/mary")):
            assert key in read_question(text, index).actors
        assert not read_question("did Sir Lancelot start it", index).mentions
