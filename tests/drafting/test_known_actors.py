"""Who is who while articles are read into a story: the same person under a title, a surname and the whole name."""

from __future__ import annotations

import pytest

from bot.drafting.article import read_article
from bot.drafting.coverage import read_coverage
from bot.drafting.known_actors import KnownActors
from bot.english.sentences import Entity
from bot.facts.dates import parse_date
from bot.facts.models import Actor, Source, StoryInfo

LEE = Actor("lee", "Maria Lee", "person", role="Mayor")


def people(*articles: str) -> list[str]:
    """Return the names of the people of articles that are read as one story, in the order in which they appeared."""
    return [name for name, kind in called(*articles) if kind == "person"]


def called(*articles: str) -> list[tuple[str, str]]:
    """Return the names and the kinds of the actors of articles that are read as one story."""
    read = [
        (read_article(text, title="Crane"), Source(f"a{day}", "webpage", "Crane", published=parse_date(f"2021-05-0{day}")))
        for day, text in enumerate(articles, 1)
    ]
    return [(actor.name, actor.kind) for actor in read_coverage(StoryInfo("crane", "Crane"), read).actors]


@pytest.mark.parametrize(
    ("articles", "names"),
    [
        (("Captain Oates said that the hut was cold.", "Lawrence Oates said that it was time to go."), ["Lawrence Oates"]),
        (("Lawrence Oates said that it was time to go.", "Captain Oates said that the hut was cold."), ["Lawrence Oates"]),
        (("Mrs Lee said that the bridge was safe.", "Tom Lee said that the bridge was closed."), ["Mrs Lee", "Tom Lee"]),
        (("Maria Lee said that it was safe.", "Mr Lee said that the bridge was closed."), ["Maria Lee", "Mr Lee"]),
        (("Maria Lee said that it was safe.", "John Lee said that it was closed."), ["Maria Lee", "John Lee"]),
    ],
)
def test_a_title_and_a_surname_are_whoever_has_that_name_unless_one_is_a_woman_and_the_other_a_man(
    articles: tuple[str, ...], names: list[str]
) -> None:
    assert people(*articles) == names


@pytest.mark.parametrize(
    "later",
    [
        "And Lee was in the picture, since the plan bore her signature. The plan was Lee’s.",
        "Lee told reporters that the bridge was closed.",
    ],
)
def test_a_surname_alone_is_whoever_an_earlier_article_names_in_full_and_no_body(later: str) -> None:
    assert called("Maria Lee said that it was safe.", later) == [("Maria Lee", "person")]
    assert ("Lee", "place") in called(
        "Maria Lee said that it was safe.", "The bridge at Lee was closed. In Lee, nobody was hurt."
    )
    company = called("Henry Ford said that it was cheap.", "The Ford Motor Company recalled 400 cars. It said that it was sorry.")
    assert company == [("Henry Ford", "person"), ("Ford Motor Company", "organization")]


def test_of_two_who_have_a_surname_a_title_means_neither() -> None:
    known = KnownActors([LEE, Actor("kim", "Kim Lee", "person")])
    assert known.id_of(Entity("Dr Lee", "person")) is None


def test_whoever_people_wrote_keeps_the_name_that_they_wrote() -> None:
    known = KnownActors([Actor("oates", "Captain Oates", "person", role="Soldier")])
    assert known.id_of(Entity("Lawrence Oates", "person", role="Captain of the dragoons")) == "oates"
    actor = known.actors["oates"]
    assert (actor.name, actor.aliases, actor.role) == ("Captain Oates", ("Lawrence Oates",), "Soldier")
