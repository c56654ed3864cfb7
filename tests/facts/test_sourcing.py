"""How many independent sources stand behind a fact."""

from __future__ import annotations

import pytest

from bot.facts.models import Actor, Fact, FactKind, FactRecord, Source, StoryInfo
from bot.facts.sourcing import independent, is_publishers, nature, origin, origins


def source(name: str, **values: object) -> Source:
    return Source(id=name, type="article-newspaper", title=str(values.pop("title", name)), **values)  # type: ignore[arg-type]


GAZETTE = source("gazette", publisher="Harbour Gazette")
QUOTED = source("statement", publisher="City of Harbour", note="As quoted by the Harbour Gazette.")


@pytest.mark.parametrize(
    ("sources", "count"),
    [
        ([GAZETTE], 1),
        ([GAZETTE, source("later", publisher="Harbour Gazette")], 1),
        ([GAZETTE, source("radio", publisher="Harbour Radio")], 2),
        (
            [
                source("a", publisher="Gazette", authors=("AFP",)),
                source("b", publisher="Radio", authors=("Agence France-Presse",)),
            ],
            1,
        ),
        ([source("a", publisher="Gazette", authors=("Ann Lee and Reuters",)), source("b", publisher="Reuters")], 1),
        ([source("a", publisher="Gazette", note="Agency: dpa."), source("b", publisher="Radio", note="via dpa")], 1),
        ([source("a", publisher="A", title="Bridge shut!"), source("b", publisher="B", title="Bridge shut")], 1),
        ([source("a", url="https://www.example.org/a"), source("b", url="https://example.org/b")], 1),
        ([source("a", authors=("Ann Lee",)), source("b", authors=("Bo Lee",))], 2),
        ([], 0),
        ([GAZETTE, QUOTED], 1),
        ([QUOTED, GAZETTE], 1),
        ([QUOTED, source("post", publisher="Chirp", note="As reported by Harbour Gazette, which gives no link.")], 1),
        ([QUOTED, source("radio", publisher="Harbour Radio")], 2),
        ([QUOTED, source("speech", publisher="City of Harbour")], 1),
        ([GAZETTE, QUOTED, source("radio", publisher="The Harbour Radio", note="Reported by Ann Lee.")], 2),
    ],
)
def test_what_comes_from_one_place_counts_once(sources: list[Source], count: int) -> None:
    assert independent(sources) == count


def test_an_outlet_that_only_mentions_an_agency_is_no_agency() -> None:
    assert origin(source("a", publisher="Gazette", note="Retrieved by the city library.")) == "Gazette"
    assert origins([source("a", publisher="Gazette", note="It criticises reports from AFP, among others.")]) == ("Gazette",)


@pytest.mark.parametrize(
    ("kind", "by", "is_a"),
    [("event", (), "event"), ("quote", ("lee",), "quote"), ("claim", ("lee",), "claim"), ("claim", (), "own")],
)
def test_a_fact_is_an_event_words_a_claim_or_the_publishers_own(kind: FactKind, by: tuple[str, ...], is_a: str) -> None:
    assert nature(FactRecord(1, 1, StoryInfo("s", "S"), Fact("f", kind, "It is so.", (), by=by))) == is_a


@pytest.mark.parametrize(
    ("text", "is_a"),
    [
        ("Ann Lee is the mayor of Harbour.", "role"),
        ("Lee is Harbour's mayor.", "role"),
        ("Ann Lee is the worst mayor of Harbour.", "own"),
        ("Ann Lee is not the mayor of Harbour.", "own"),
        ("Ann Lee.", "own"),
    ],
)
def test_who_somebody_is_is_no_opinion_of_the_publisher(text: str, is_a: str) -> None:
    lee = Actor("lee", "Ann Lee", "person", role="Mayor of Harbour", aliases=("the mayor of Harbour",))
    record = FactRecord(1, 1, StoryInfo("s", "S"), Fact("f", "claim", text, ()), subjects=(lee,), sources=(GAZETTE,))
    assert nature(record) == is_a
    assert is_publishers(record) is (is_a == "own")


def test_a_review_that_rates_a_claim_is_no_source_of_it() -> None:
    paper = Source("a", "article-newspaper", "Dear bridge", "Harbour Gazette")
    review = Source("b", "review", "False: It is dear", "Harbour Checks", details=(("rating", "False"),))
    assert origins((paper, review)) == ("Harbour Gazette",)
