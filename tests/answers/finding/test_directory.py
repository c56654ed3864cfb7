"""Finding actors and stories by what people type."""

from __future__ import annotations

import time
from random import Random

import pytest

from bot.answers.finding.directory import ActorDirectory, TitleTable
from bot.errors import NotKnownError
from bot.facts.models import Actor, ActorRecord, StoryInfo

PORT, RIVER = StoryInfo("port", "The port"), StoryInfo("river", "The river")
ACTORS = [
    (PORT, Actor("lee", "Maria Lee", "person", ("Mayor Lee",), "Mayor of Harbour"), 3, 9),
    (RIVER, Actor("lee", "Bruno Lee", "person", (), "Ferryman"), 1, 2),
    (PORT, Actor("2", "Sputnik", "outlet", ("Sputnik News",)), 0, 8),
    (PORT, Actor("doj", "Department of Justice", "government", ("DOJ",)), 2, 7),
    (PORT, Actor("rt", "RT", "outlet", ("Russia Today",)), 0, 6),
    (PORT, Actor("rtl", "RTL Group", "outlet"), 0, 30),
    (RIVER, Actor("NYT/2", "New York Times", "outlet"), 0, 1),
    (RIVER, Actor("okoro", "Daniel Okoro", "person", (), "Mayor of Port"), 1, 1),
    (RIVER, Actor("port/lee", "The Port Authority", "government"), 0, 1),
]

TITLES = TitleTable(
    [
        StoryInfo("works", "The closure of the Orrin Works"),
        StoryInfo("brine", "Brinecell, the salt battery that was not"),
        StoryInfo("fire", "The fire"),
        StoryInfo("station", "The fire at Halvard Station"),
        StoryInfo("one", "The vote"),
        StoryInfo("two", "A vote"),
        StoryInfo("none", "Who is it?"),
    ]
)


@pytest.fixture(scope="module")
def directory() -> ActorDirectory:
    return ActorDirectory(ActorRecord(number, *actor) for number, actor in enumerate(ACTORS, start=1))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("maria lee", "Maria Lee"),
        ("lee maria", "Maria Lee"),
        ("port/lee", "Maria Lee"),
        ("river/lee", "Bruno Lee"),
        ("river/port/lee", "The Port Authority"),
        ("river/NYT/2", "New York Times"),
        ("NYT/2", "New York Times"),
        ("2", "Sputnik"),
        (" doj ", "Department of Justice"),
        ("the doj", "Department of Justice"),
        ("rt", "RT"),
        ("russia tody", "RT"),
        ("Mayor of Port", "Daniel Okoro"),
        ("mayor of prot", "Daniel Okoro"),
        ("Mayor Lee", "Maria Lee"),
        ("okor", "Daniel Okoro"),
        ("Окоро", "Daniel Okoro"),
        ("ダニエル・オコロ", "Daniel Okoro"),
        ("스푸트니크", "Sputnik"),
    ],
)
def test_an_actor_is_found_by_key_id_name_alias_or_role(typed: str, name: str, directory: ActorDirectory) -> None:
    assert directory.find(typed).actor.name == name


PRYCES = [
    (PORT, Actor("pryce", "Maria Pryce", "person", ("Mo", "Mayor Pryce"), "Mayor of Harbour"), 3, 9),
    (PORT, Actor("tom", "Tom Pryce", "person", ("Mo",), "Contractor of the mayor"), 1, 2),
    (PORT, Actor("sons", "Pryce and Sons", "organization"), 0, 4),
    (PORT, Actor("lund", "Ada Lund", "person", (), "Spokeswoman of Pryce and Sons"), 4, 20),
    (PORT, Actor("hale-1", "John Hale", "person", (), "Baker"), 1, 1),
    (PORT, Actor("hale-2", "John Hale", "person", (), "Ferryman"), 2, 2),
    (RIVER, Actor("maria", "Maria Pryce", "person", (), "Mayor of Harbour"), 1, 1),
    (RIVER, Actor("keyes", "Keyes", "person"), 1, 1),
    (RIVER, Actor("nell", "Nell Keyes", "person"), 5, 5),
]


@pytest.fixture(scope="module")
def alike() -> ActorDirectory:
    return ActorDirectory(ActorRecord(number, *pryce) for number, pryce in enumerate(PRYCES, start=1))


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("Pryce", "Maria Pryce, Tom Pryce"),
        ("pryce", "Maria Pryce, Tom Pryce"),  # the id of one of them, too
        ("Mo", "Maria Pryce, Tom Pryce"),
        ("prycee", "Maria Pryce, Pryce and Sons, Tom Pryce"),
        ("John Hale", "John Hale (Ferryman), John Hale (Baker)"),
        ("Прайс", "Maria Pryce, Tom Pryce"),
    ],
)
def test_what_several_are_called_is_asked_back(typed: str, named: str, alike: ActorDirectory) -> None:
    with pytest.raises(NotKnownError) as caught:
        alike.find(typed)
    assert str(caught.value) == f"“{typed}” may be {named}. Write which one in full."


@pytest.mark.parametrize(
    ("typed", "actor"),
    [
        ("Maria Pryce", "pryce"),  # the same name in another story is the same person
        ("Pryce, Tom", "tom"),
        ("Mayor Pryce", "pryce"),
        ("port/pryce", "pryce"),
        ("John Hale (Baker)", "hale-1"),
        ("Keyes", "keyes"),  # whose whole name it is
        ("lund", "lund"),
    ],
)
def test_whoever_is_named_so_that_nobody_else_can_be_meant_is_found(typed: str, actor: str, alike: ActorDirectory) -> None:
    assert alike.find(typed).actor.id == actor


def test_in_a_story_of_its_own_a_surname_may_be_enough(alike: ActorDirectory) -> None:
    assert alike.find("pryce", story="river").actor.name == "Maria Pryce"


def test_an_actor_is_looked_for_in_one_story_alone(directory: ActorDirectory) -> None:
    assert directory.find("lee", story="river").actor.name == "Bruno Lee"
    assert directory.find("river/lee", story="river").actor.name == "Bruno Lee"
    with pytest.raises(NotKnownError):
        directory.find("Sputnik", story="river")
    with pytest.raises(NotKnownError):
        directory.find("port/lee", story="nowhere")


@pytest.mark.parametrize("typed", ["1", "7", "river/doj", "zzz", "", "!?"])
def test_what_nobody_is_called_is_no_number_of_a_row(typed: str, directory: ActorDirectory) -> None:
    with pytest.raises(NotKnownError, match="I know nobody called"):
        directory.find(typed)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("sputnic", ["Sputnik"]),
        ("sput", ["Sputnik"]),
        ("rt", ["RT", "RTL Group"]),
        ("r", ["RTL Group", "RT"]),
        ("mayor", ["Maria Lee", "Daniel Okoro"]),
        ("mayor of p", ["Daniel Okoro"]),
        ("Daniel Okoro, Mayor of Port", ["Daniel Okoro"]),
        ("daniel okoor", ["Daniel Okoro"]),
        ("lee", ["Maria Lee", "Bruno Lee"]),
        ("new yrok", ["New York Times"]),
        ("the port", ["The Port Authority", "Daniel Okoro"]),
        ("th", ["The Port Authority"]),
        ("putnik", ["Sputnik"]),
        ("zzz", []),
        ("x y z", []),
    ],
)
def test_only_what_begins_so_or_is_near_the_best_is_offered(typed: str, names: list[str], directory: ActorDirectory) -> None:
    assert [record.actor.name for record in directory.complete(typed)] == names


def test_offers_keep_to_speakers_a_story_and_a_limit(directory: ActorDirectory) -> None:
    def names(typed: str, **options: object) -> list[str]:
        return [record.actor.name for record in directory.complete(typed, **options)]  # type: ignore[arg-type]

    assert names("", limit=2) == ["RTL Group", "Maria Lee"]
    assert names("lee", story="river") == ["Bruno Lee"]
    assert names("r", speakers=True) == []
    assert names("", speakers=True, story="river") == ["Bruno Lee", "Daniel Okoro"]


def test_among_a_hundred_thousand_actors_offers_come_at_once() -> None:
    random = Random(7)
    parts = [a + b + c for a in "b d f g k l m n p r s t v z".split() for b in "aeiou" for c in "n r l s ska nov den".split()]
    stories = [StoryInfo(f"s-{number}", "Made") for number in range(20)]
    names = [f"{random.choice(parts)} {random.choice(parts)}{random.choice(parts)}".title() for _ in range(100_000)]
    directory = ActorDirectory(
        ActorRecord(n, stories[n % 20], Actor(str(n), name, "person", (f"Mr {name}",)), n % 2, n % 31)
        for n, name in enumerate(names)
    )
    directory.complete("a")
    typed = [name[: random.randint(1, 9)] for name in names[:150]] + [
        name[:4] + name[5] + name[4] + name[6:] for name in names[:150]
    ]
    times = []
    for text in [*typed, "m", "mr", "mr b"]:
        start = time.process_time()
        directory.complete(text)
        times.append(time.process_time() - start)
    assert sorted(times)[int(len(times) * 0.99)] < 0.010


@pytest.mark.parametrize(
    ("question", "story"),
    [
        ("who resigned after the closure of the Orrin Works?", "works"),
        ("works orrin closure: who resigned", "works"),
        ("who resigned at the Orrin Works", None),
        ("who resigned (Brinecell)", "brine"),
        ("when did the fire start", "fire"),
        ("when did the fire at halvard station start", "station"),
        ("how did the vote go", None),
        ("who is it", None),
        ("", None),
    ],
)
def test_a_story_is_named_by_all_words_of_its_title(question: str, story: str | None) -> None:
    assert TITLES.named(question) == story


def test_a_name_in_another_script_is_completed_once_it_is_whole(directory: ActorDirectory) -> None:
    assert [record.actor.name for record in directory.complete("Окоро")] == ["Daniel Okoro"]


def test_a_name_in_another_script_that_nobody_has_is_not_known(directory: ActorDirectory) -> None:
    with pytest.raises(NotKnownError):
        directory.find("Тиллерсон")
