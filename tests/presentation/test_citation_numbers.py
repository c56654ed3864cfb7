"""Where the links of numbered citations lead: to the words that are cited, where it is known which these are."""

from __future__ import annotations

import pytest

from bot.facts.models import Citation, Fact, FactKind, FactRecord, Source, StoryInfo
from bot.presentation.citation_numbers import CitationNumbers

PAGE = "https://gazette.example/bridge"
GAZETTE = Source("gazette", "article-newspaper", "Bridge shut", url=PAGE)
PLACE = Citation("gazette", "paragraph", "4")


def cited(text: str, kind: FactKind = "quote", place: Citation = PLACE, number: int = 1) -> FactRecord:
    return FactRecord(number, 1, StoryInfo("bridge", "Bridge"), Fact(f"f{number}", kind, text, (place,)), sources=(GAZETTE,))


def links(*records: FactRecord) -> list[str]:
    return [(citation.url or "").removeprefix(PAGE) for citation in CitationNumbers(records).citations]


@pytest.mark.parametrize(
    ("quote", "fragment"),
    [
        ("Safety comes first.", "#:~:text=Safety%20comes%20first"),
        ("It is not a substitute [for government regulation].", "#:~:text=It%20is%20not%20a%20substitute"),
        ("[...]", ""),
    ],
)
def test_a_quote_is_linked_to_its_words(quote: str, fragment: str) -> None:
    assert links(cited(quote)) == [fragment]


def test_what_somebody_wrote_in_their_own_words_is_not_looked_for_in_the_source() -> None:
    assert links(cited("The city closed the bridge.", "event")) == [""]
    assert links(cited("Repairs will cost millions.", "claim")) == [""]


def test_a_place_leads_to_the_first_words_that_are_cited_from_there() -> None:
    one, other = cited("Safety comes first."), cited("We had no choice.", number=2)
    assert links(cited("It is shut.", "event", number=3), one, other) == ["#:~:text=Safety%20comes%20first"]


def test_a_whole_source_leads_to_its_words_only_where_no_others_are_cited() -> None:
    whole = Citation("gazette")
    one, other = cited("Safety comes first.", place=whole), cited("We had no choice.", place=whole, number=2)
    assert links(one, one) == ["#:~:text=Safety%20comes%20first"]
    assert links(one, other, one) == [""]
