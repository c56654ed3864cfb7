"""What is only known through another publication is cited as cited in it."""

from __future__ import annotations

import pytest

from bot.facts.dates import parse_date
from bot.facts.models import Citation, Fact, FactRecord, Source, StoryInfo
from bot.formats.cite import CitedSource, cite_fact, cite_sources

PAPER = Source("paper", "article-newspaper", "Bridge shut", "Harbour Gazette", ("Ann Lee",), parse_date("2021-03-04"))
POST = Source(
    "post", "post", "On the bridge", "Chatter", ("Dan Okoro",), parse_date("2021-03-03"), note="As quoted by the Harbour Gazette."
)
FACT = Fact("f", "quote", "It is safe.", (Citation("post"), Citation("paper", "page", "4")))


@pytest.mark.parametrize(
    ("style", "mark", "entry"),
    [
        (
            "apa",
            "(Okoro, 2021, as cited in Lee, 2021, p. 4)",
            "As cited in Lee, A. (2021, March 4). Bridge shut. Harbour Gazette.",
        ),
        ("mla", "(Okoro, as cited in Lee 4)", "As cited in Lee, Ann. “Bridge Shut.” Harbour Gazette, 4 Mar. 2021."),
        (
            "chicago",
            "(Okoro 2021, as cited in Lee 2021, 4)",
            "As cited in Lee, Ann. 2021. “Bridge Shut.” Harbour Gazette, March 4.",
        ),
        (
            "harvard",
            "(Okoro, 2021, as cited in Lee, 2021, p. 4)",
            "As cited in Lee, A. (2021) ‘Bridge shut’, Harbour Gazette, 4 March.",
        ),
        ("ieee", "“It is safe.” [1], as cited in [2, p. 4], [2, p. 4]\n", "As cited in [2]."),
    ],
)
def test_a_text_and_the_list_name_both(style: str, mark: str, entry: str) -> None:
    record = FactRecord(1, 1, StoryInfo("s", "S"), FACT, sources=(POST, PAPER))
    cited = cite_fact(record, style)
    assert mark in cited
    assert entry in cited.splitlines()


def test_the_publication_is_found_among_the_sources_of_the_story_or_named() -> None:
    assert "As cited in Lee, A. (2021, March 4)" in cite_sources([CitedSource(POST)], "apa", others=[POST, PAPER])
    assert cite_sources([CitedSource(POST)], "apa").endswith("\nAs cited in Harbour Gazette.")
    record = FactRecord(1, 1, StoryInfo("s", "S"), Fact("f", "quote", "It is safe.", (Citation("post"),)), sources=(POST,))
    assert "(Okoro, 2021, as cited in Harbour Gazette)" in cite_fact(record, "apa")
    assert "as cited in Lee, 2021" in cite_fact(record, "apa", others=[PAPER])
    assert "as cited in Harbour Gazette" in cite_fact(record, "markdown")


def test_by_number_the_publication_has_an_entry_of_its_own() -> None:
    alone = cite_sources([CitedSource(POST)], "ieee", others=[POST, PAPER])
    assert alone == (
        "[1] D. Okoro, “On the bridge,” Chatter.\nAs cited in [2].\n\n[2] A. Lee, “Bridge shut,” Harbour Gazette, Mar. 04, 2021."
    )
    assert cite_sources([CitedSource(POST)], "ieee").endswith("Chatter.\nAs cited in Harbour Gazette.")
    record = FactRecord(1, 1, StoryInfo("s", "S"), Fact("f", "quote", "It is safe.", (Citation("post"),)), sources=(POST,))
    assert cite_fact(record, "ieee").startswith("“It is safe.” [1, as cited in Harbour Gazette]\n\n[1] D. Okoro,")
    assert cite_fact(record, "ieee", others=[PAPER]).startswith("“It is safe.” [1], as cited in [2]\n\n[1] D. Okoro,")


def test_sources_are_numbered_in_the_order_in_which_a_fact_cites_them() -> None:
    other = Source("radio", "broadcast", "Morning news", "Radio Harbour", published=parse_date("2021-03-05"))
    fact = Fact("f", "event", "It shut.", (Citation("radio"), Citation("paper", "page", "4"), Citation("radio", "section", "3")))
    cited = cite_fact(FactRecord(1, 1, StoryInfo("s", "S"), fact, sources=(other, PAPER, other)), "ieee")
    assert cited == (
        "It shut. [1], [2, p. 4], [1, Sec. 3]\n\n[1] “Morning news,” Radio Harbour, Mar. 05, 2021.\n\n"
        "[2] A. Lee, “Bridge shut,” Harbour Gazette, Mar. 04, 2021.\n\nF1@1"
    )


@pytest.mark.parametrize(
    ("style", "order"),
    [
        ("apa", ("Lee, A.", "van der Berg, A.")),
        ("chicago", ("Berg, Annika van der.", "Lee, Ann.")),
        ("ieee", ("[1] A. van", "[2] A. Lee")),
    ],
)
def test_a_list_is_sorted_as_its_style_sorts_names(style: str, order: tuple[str, str]) -> None:
    dykes = Source("dykes", "book", "Dykes", "Water Press", ("Annika van der Berg",), parse_date("2001"))
    fact = Fact("f", "event", "It broke.", (Citation("dykes"), Citation("paper")))
    cited = cite_fact(FactRecord(1, 1, StoryInfo("s", "S"), fact, sources=(dykes, PAPER)), style)
    first, second = cited.split("\n\n")[1:3]
    assert (first.startswith(order[0]), second.startswith(order[1])) == (True, True)
