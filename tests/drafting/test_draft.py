"""A draft as a story file: it always loads, everything in it is marked, and its quotes are the article's own words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.article import MOST_BYTES, MOST_QUOTATIONS, MOST_SIGNS, decode_article, read_article
from bot.drafting.draft import MARK, ArticleDetails, make_draft, marked, write_draft
from bot.drafting.proposal import UNKNOWN_SPEAKER
from bot.errors import DateError, UsageError
from bot.facts.models import Story
from bot.facts.sourcing import origin
from bot.stories.load import read_story

HERE = Path(__file__).parent
TODAY = date(2021, 3, 6)
WORDS = st.sampled_from(
    [
        *"Maria Lee said the mayor of Harbour RT (RT) claimed that it was closed on Thursday and who told AFP she 2017".split(),
        *"“ ” \" ' ‘ ’ , . : ; — ( ) #x [y] - “We go, ” & @ ``` {z} %% | > ! ? according to in April Mr. U.S. 'tis".split(),
        *("\\", "\x00", "\u202e", "é", "中文", "\n", "\n\n"),
    ]
)


def made(name: str, **options: str) -> tuple[str, Story]:
    text = (HERE / name).read_text(encoding="utf-8")
    content = write_draft(make_draft(text, ArticleDetails(published="6 March 2021", **options), today=TODAY))
    return content, read_story(content, name)


@pytest.mark.parametrize("name", ["reservoir.txt", "ferry.txt"])
def test_a_draft_loads_and_everything_in_it_is_marked(name: str) -> None:
    content, story = made(name, source="A title | https://example.org/a")
    assert marked(content) == len(story.facts) + len(story.actors) + len(story.sources) + len(story.questions)
    assert content.count("    asked_as: []\n") == len(story.facts)
    assert all(not fact.asked_as for fact in story.facts)
    assert (story.info.title, story.sources[0].url) == ("A title", "https://example.org/a")


@pytest.mark.parametrize("name", ["reservoir.txt", "ferry.txt"])
def test_quotes_are_verbatim_and_cite_their_paragraph(name: str) -> None:
    _, story = made(name)
    paragraphs = {each.number: each.text for each in read_article((HERE / name).read_text(encoding="utf-8")).paragraphs}
    for fact in story.facts:
        (citation,) = fact.citations
        assert citation.label == "paragraph"
        if fact.kind == "quote":
            assert fact.text in paragraphs[int(citation.locator or 0)]


def test_the_article_says_its_title_and_authors_itself() -> None:
    _, story = made("reservoir.txt")
    assert story.info.title == "City orders reservoir drained after cracks are found in dam wall"
    assert story.sources[0].authors == ("Dana Whitlock", "Peter Osei")


def test_actors_have_their_names_roles_and_places() -> None:
    _, story = made("reservoir.txt", publisher="Larkmoor Courier")
    actors = {actor.name: actor for actor in story.actors}
    assert actors["Hollis Creek Anglers Association"].aliases == ("HCAA",)
    assert actors["Tollan Engineering"].aliases == ("Tollan",)
    assert actors["Elena Brandt"].aliases == ("Brandt", "Mayor Brandt", "the mayor")
    assert actors["Irene Falk"].role == "Retired nurse"
    assert actors["Rosa Delgado"].role == "State Senator, Democrat"
    assert actors["Larkmoor Courier"].kind == "outlet"
    assert all(actor.citations for actor in story.actors if actor.id != UNKNOWN_SPEAKER)


def test_events_have_the_date_that_the_text_says() -> None:
    _, story = made("reservoir.txt")
    dates = {fact.text[:30]: fact.date.edtf for fact in story.facts if fact.kind == "event" and fact.date}
    assert dates["The HCAA filed its lawsuit on "] == "2021-03-05"
    assert dates["The cracks were discovered on "] == "2021-03-03"
    quote = {fact.text[:20]: fact for fact in story.facts if fact.kind == "quote"}
    assert (quote["They wanted this val"].date or TODAY) != TODAY
    assert quote["They wanted this val"].context == "interview"


def test_a_sentence_may_tell_two_events() -> None:
    text = "HARBOUR, Ore. (AP) — The sale was made on 12 January 2019 by Ann Lee, who left the bank in 2020."
    story = make_draft(text, ArticleDetails(source="T"), today=TODAY).story
    assert [(fact.text, fact.date.edtf) for fact in story.facts if fact.date] == [
        ("Ann Lee left the bank in 2020.", "2020"),
        ("The sale was made on 12 January 2019 by Ann Lee, who left the bank in 2020.", "2019-01-12"),
    ]
    assert [actor.name for actor in story.actors] == ["Ann Lee"]


def test_a_denial_stays_one() -> None:
    _, story = made("ferry.txt")
    assert "Northern Isles Ferries denied that the door was unsafe." in [fact.text for fact in story.facts]


def claims_of(text: str) -> list[tuple[tuple[str, ...], str, str | None]]:
    story = make_draft(
        f"The dam was built long ago.\n\n{text}", ArticleDetails(source="T", published="6 March 2021"), today=TODAY
    ).story
    names = {actor.id: actor.name for actor in story.actors}
    claims = [fact for fact in story.facts if fact.kind == "claim"]
    return [(tuple(names[each] for each in fact.by), fact.text, fact.date.edtf if fact.date else None) for fact in claims]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "The dam was closed on Thursday after engineers found a crack, officials said.",
            (("Officials",), "The dam was closed on Thursday after engineers found a crack.", "2021-03-04"),
        ),
        ("The wall has a crack, Maria Lee said on Friday.", (("Maria Lee",), "The wall has a crack.", "2021-03-05")),
        (
            "The crack was found by a diver, said Carl Osei, a deputy mayor.",
            (("Carl Osei",), "The crack was found by a diver.", None),
        ),
        ("Maria Lee said repairs would cost $4.2 million.", (("Maria Lee",), "Repairs would cost $4.2 million.", None)),
        (
            "Maria Lee, 54, who was elected in 2019, said repairs would cost a lot.",
            (("Maria Lee",), "Repairs would cost a lot.", None),
        ),
    ],
)
def test_what_somebody_says_without_quotation_marks_is_a_claim(text: str, claim: tuple[tuple[str, ...], str, str | None]) -> None:
    assert claims_of(text) == [claim]


@pytest.mark.parametrize("text", ["In May, the mayor of the town, Maria Lee, said nothing.", "A day later, Maria Lee said."])
def test_what_only_introduces_a_speaker_is_no_claim(text: str) -> None:
    assert claims_of(text) == []


def test_the_agency_that_signs_a_report_is_noted_at_its_source() -> None:
    draft = make_draft(
        "LARKMOOR, March 6 (Reuters) - The dam was closed on Thursday.", ArticleDetails(source="T", publisher="P"), today=TODAY
    )
    (source,) = read_story(write_draft(draft), "x").sources
    assert origin(source) == "Reuters"
    assert [fact.text for fact in draft.story.facts] == ["The dam was closed on Thursday."]


def test_without_a_speaker_a_quote_says_so() -> None:
    draft = make_draft("“We have lost the whole of the harbour.” It rained.", ArticleDetails(source="T"), today=TODAY)
    content = write_draft(draft)
    assert f"{MARK} whose words? the text does not say" in content
    assert read_story(content, "x").facts[0].by == ("unknown-speaker",)


@given(st.lists(WORDS, max_size=120).map(" ".join), st.text(max_size=40))
def test_whatever_the_article_says_the_draft_loads(text: str, title: str) -> None:
    try:
        content = write_draft(make_draft(text, ArticleDetails(source=title, published="2021-03-04"), today=TODAY))
    except UsageError:
        return
    story = read_story(content, "made")
    assert marked(content) == len(story.facts) + len(story.actors) + len(story.sources) + len(story.questions)


@pytest.mark.parametrize(
    ("text", "options", "says"),
    [
        ("", {"source": "T"}, "no sentence"),
        ("It rained. It stopped.", {}, "no title"),
        ("It rained. It stopped.", {"source": "https://"}, "not a web address"),
    ],
)
def test_what_cannot_be_drafted_says_what_to_do(text: str, options: dict[str, str], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        make_draft(text, ArticleDetails(**options), today=TODAY)


def test_a_date_that_nobody_can_read_is_refused() -> None:
    with pytest.raises(DateError):
        make_draft("It rained. It stopped.", ArticleDetails(source="T", published="soon"), today=TODAY)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a\x00b", b"x" * (MOST_BYTES + 1)])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(UsageError, match=r"too large|UTF-8"):
        decode_article(content, "article.txt")


@pytest.mark.parametrize("paragraph", ["It rained. " * (MOST_SIGNS // 10), "“So,” he said. " * (MOST_QUOTATIONS + 1), '"' * 4000])
def test_a_paragraph_that_would_take_minutes_is_refused(paragraph: str) -> None:
    with pytest.raises(UsageError, match="Paragraph 2 is too long"):
        make_draft(f"It rained.\n\n{paragraph}", ArticleDetails(source="T"), today=TODAY)
    allowed = "“So,” he said. " * MOST_QUOTATIONS
    assert len(make_draft(f"It rained.\n\n{allowed}", ArticleDetails(source="T"), today=TODAY).story.facts) > 1


def test_marks_around_no_word_are_no_quotation() -> None:
    article = 'The bridge was shut. "We had no time," said Ann Lee, the mayor. ""leven minutes," she said. "…" she said.'
    story = read_story(write_draft(make_draft(article, ArticleDetails(source="The bridge"), today=TODAY)), "x")
    quotes = [fact.text for fact in story.facts if fact.kind == "quote"]
    assert quotes[0] == "We had no time"
    assert all(any(map(str.isalnum, quote)) for quote in quotes)


def test_control_characters_of_other_encodings_are_left_out() -> None:
    article = 'The bridge was shut. "We had\x88 no \uffff time," said Ann Lee, the mayor.'
    story = read_story(write_draft(make_draft(article, ArticleDetails(source="The bridge"), today=TODAY)), "x")
    assert [fact.text for fact in story.facts if fact.kind == "quote"] == ["We had no time"]
