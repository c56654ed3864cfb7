"""A fact that speaks of somebody without a name does not tell the name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answers.answerer import Answerer
from bot.answers.indexes import Indexes
from bot.answers.lexicon import Lexicon
from bot.answers.question import read_question
from bot.answers.unnamed import is_unnamed
from bot.facts.base import FactBase
from bot.stories.load import read_story

WITNESS = """
story: {id: theft, title: The theft at the mill}
sources: {paper: {type: article-newspaper, title: Theft, publisher: Paper}}
events:
  seen: {what: "A baker saw the van, and so did a tall nurse, Ann Lee.", cite: paper}
  sold: {what: "The van was sold to a farmer called Sam Pike.", cite: paper}
"""


@pytest.fixture
def theft() -> Iterator[FactBase]:
    with FactBase.memory() as base:
        base.apply(read_story(WITNESS, "theft.yaml"), by="test")
        yield base


@pytest.mark.parametrize(
    ("text", "fact", "unnamed"),
    [
        ("which baker saw the van", "seen", True),
        ("who was the baker who saw the van", "seen", True),
        ("what's the name of the baker", "seen", True),
        ("what was the baker's name", "seen", True),
        ("who was the nurse who saw the van", "seen", False),
        ("which farmer bought the van", "sold", False),
        ("when did the baker see the van", "seen", False),
        ("who saw the van", "seen", False),
        ("list which bakers saw it", "seen", False),
    ],
)
def test_a_noun_after_an_indefinite_article_names_nobody(
    text: str, fact: str, unnamed: bool, theft: FactBase, lexicon: Lexicon
) -> None:
    index = Indexes(theft, lexicon).of("", None)
    document = next(each for each in index.documents if each.record.fact.id == fact)
    assert is_unnamed(read_question(text, index, lexicon), document, lexicon) is unnamed


def test_a_name_that_no_fact_tells_is_not_answered(theft: FactBase, lexicon: Lexicon) -> None:
    answerer = Answerer(theft, lexicon)
    assert answerer.ask("which baker saw the van").status != "answered"
    assert answerer.ask("when was Ann Lee born").status != "answered"
