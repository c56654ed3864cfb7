"""A draft as a story file: it always loads, everything in it is marked, and its quotes are the article's own words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.article import MAX_QUOTATIONS, MAX_SIGNS, MAX_TEXT_BYTES, decode_article, read_article
from bot.drafting.draft import ArticleDetails, make_draft, write_draft
from bot.drafting.marks import MARK, marked, reviewed_questions
from bot.drafting.proposal import UNKNOWN_SPEAKER
from bot.drafting.reading import read
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
    paragraphs = {
        paragraph.number: paragraph.text for paragraph in read_article((HERE / name).read_text(encoding="utf-8")).paragraphs
    }
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
    claims = [fact for fact in story.facts if fact.kind == "claim" and fact.by]
    return [(tuple(names[speaker] for speaker in fact.by), fact.text, fact.date.edtf if fact.date else None) for fact in claims]


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


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a\x00b", b"x" * (MAX_TEXT_BYTES + 1)])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(UsageError, match=r"too large|UTF-8"):
        decode_article(content, "article.txt")


@pytest.mark.parametrize("paragraph", ["It rained. " * (MAX_SIGNS // 10), "“So,” he said. " * (MAX_QUOTATIONS + 1), '"' * 4000])
def test_a_paragraph_that_would_take_minutes_is_refused(paragraph: str) -> None:
    with pytest.raises(UsageError, match="Paragraph 2 is too long"):
        make_draft(f"It rained.\n\n{paragraph}", ArticleDetails(source="T"), today=TODAY)
    allowed = "“So,” he said. " * MAX_QUOTATIONS
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


def kept(text: str) -> tuple[list[str], list[tuple[str, str]]]:
    """Return what a draft takes as the article's own claims, and what it does not take, with the reason."""
    draft = make_draft(f"A title\n\n{text}", ArticleDetails(published="6 March 2021"), today=TODAY)
    own = [fact.text for fact in draft.story.facts if fact.kind == "claim" and not fact.by]
    return own, [(sentence, reason) for sentence, _, reason in draft.not_taken]


@pytest.mark.parametrize(
    "sentence",
    [
        "No one was injured.",
        "Google and Facebook have not stated whether or not they would follow Twitter.",
        "Ann Roth did not say that the ferry was safe.",
        "Nobody said that the ferry was safe.",
        "Ann Roth never admitted that the engine had failed.",
        "This is plainly an attempt to silence critics.",
        "The so-called “experts” of the line know nothing.",
        "The report called the ferry “unsafe” in a chapter on the engine that nobody read.",
    ],
)
def test_a_sentence_that_nobody_says_is_the_articles_own(sentence: str) -> None:
    own, _ = kept(f"Ann Roth, the mayor, came on Friday. {sentence}")
    assert sentence in own


@pytest.mark.parametrize(
    "sentence",
    [
        "Ann Roth, the mayor, denied that she had known of the crack.",
        "According to the harbour office, the ferry was not overloaded.",
        "“We heard a bang,” said Nora Quill, a baker.",
        "The dam was closed on Thursday.",
    ],
)
def test_a_sentence_that_something_tells_is_not_taken_twice(sentence: str) -> None:
    assert kept(sentence) == ([], [])


def test_what_is_not_taken_is_listed_with_the_reason() -> None:
    content = write_draft(make_draft("A title\n\nThe ferry sank. She wept. Who is to blame?", ArticleDetails(), today=TODAY))
    assert "#   She wept. (paragraph 1): too short to say anything by itself\n" in content
    assert "#   Who is to blame? (paragraph 1): it only asks\n" in content


def test_no_sentence_of_an_article_vanishes() -> None:
    for name in ("reservoir.txt", "ferry.txt"):
        text = (HERE / name).read_text(encoding="utf-8")
        draft = make_draft(text, ArticleDetails(published="6 March 2021"), today=TODAY)
        drafted = " ".join([*(fact.text for fact in draft.story.facts), *(left for left, _, _ in draft.not_taken)])
        for sentence in read(read_article(text)).sentences:
            words = [item for item in sentence.items if item.kind in ("word", "name", "quote") and len(item.text) > 5]
            missing = [item.text for item in words if item.text.strip(" ,") not in drafted]
            assert len(missing) <= len(words) / 2 + 2, sentence.text()


def test_a_draft_without_a_day_says_how_many_dates_it_cannot_read() -> None:
    text = "A title\n\nThe dam was closed on Thursday. It has been empty since Friday. It was built on 4 May 1950."
    draft = make_draft(text, ArticleDetails(), today=TODAY)
    assert draft.unread_dates == 2
    assert "so 2 dates such as “on Thursday” are not read. Give it with --published" in write_draft(draft)
    dated = make_draft(text, ArticleDetails(published="6 March 2021"), today=TODAY)
    assert "not read" not in write_draft(dated)


def test_questions_that_nobody_reviewed_are_told_apart() -> None:
    content, story = made("reservoir.txt")
    assert story.questions
    assert reviewed_questions(content, story.questions) == ()
    first = story.questions[0]
    looked_at = content.replace(f"  {MARK} would readers ask this, and do these facts answer it?", "", 1)
    assert reviewed_questions(looked_at, story.questions) == (first,)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The ferry Saint Olaf struck a pier on Thursday, and the Saint Olaf sank.", "Saint Olaf", "other"),
        ("The pier at Lea was closed on Thursday. Residents of Lea slept badly.", "Lea", "place"),
    ],
)
def test_ships_and_towns_are_no_organizations(text: str, name: str, kind: str) -> None:
    story = make_draft(
        f"A title\n\n{text}\n\n{name} was quiet on Friday.", ArticleDetails(published="6 March 2021"), today=TODAY
    ).story
    assert {actor.name: actor.kind for actor in story.actors}[name] == kind
