from __future__ import annotations

import pytest

from bot.answers.finding.index import StoryIndex
from bot.answers.finding.mentions import NameTable
from bot.facts.models import Actor


@pytest.mark.parametrize(
    ("words", "actors"),
    [
        ("what did maria lee say", {"lee"}),
        ("what did the mayor say", {"lee"}),
        ("okoro quotes", {"okoro"}),
        ("what did the chief engineer of the port say", {"okoro"}),
        ("is the harbour bridge safe", {"bridge"}),
        ("what is the best pizza", set()),
    ],
)
def test_actors_are_named_by_name_alias_surname_and_role(words: str, actors: set[str], index: StoryIndex) -> None:
    mentioned = [mention.actors for mention in index.names.mentions(words.split())]
    assert {f"harbour-bridge/{actor}" for actor in actors} <= set().union(*mentioned)
    if not actors:
        assert not mentioned


def test_a_longer_name_is_taken_before_a_shorter(index: StoryIndex) -> None:
    (mention,) = index.names.mentions(["port", "of", "harbour"])
    assert (mention.start, mention.end) == (0, 3)


def test_a_name_is_not_also_the_role_of_those_who_belong_to_it() -> None:
    union = Actor(id="union", name="Civic Union", kind="organization")
    mayor = Actor(id="mayor", name="Ada Venn", kind="person", role="Mayor, Civic Union")
    (mention,) = NameTable({"s/union": union, "s/mayor": mayor}).mentions(["the", "civic", "union"])
    assert mention.actors == {"s/union"}
