"""What happened when: the sentences of an article that give a date for something that happened."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.article import read_article
from bot.drafting.entities import EntityIndex, find_names
from bot.drafting.events import DatedEvent, EventReader
from bot.drafting.reading import read
from bot.english.sentences import read_sentences

PUBLISHED = date(2021, 3, 6)
PIECES = [
    "Maria Lee",
    "the bridge",
    "closed",
    "said",
    "who",
    "was",
    "elected",
    "on 3 March",
    "in 2019",
    "on Thursday",
    "after",
    ",",
    ";",
    ".",
    "“It is shut”",
    "she",
    "and",
]


def events(text: str) -> list[DatedEvent]:
    article = read_article(text)
    index, reader = EntityIndex(article), EventReader(PUBLISHED)
    read = (read_sentences(paragraph, partial(find_names, index)) for paragraph in article.paragraphs)
    return [event for some in read for sentence in some for event in reader.events_of(sentence)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The city closed the old bridge on 3 March 2021.", "2021-03-03"),
        ("On 3 March the city closed the old bridge.", "2021-03-03"),
        ("The city closed the old bridge on Thursday.", "2021-03-04"),
        ("The city closed the old bridge in 2019.", "2019"),
        ("The old bridge was closed on Thursday, after the city had asked for more time.", "2021-03-04"),
    ],
)
def test_a_sentence_with_a_date_tells_an_event(text: str, day: str) -> None:
    (event,) = events(text)
    assert event.text == text
    assert event.dated.date is not None
    assert event.dated.date.edtf == day


@pytest.mark.parametrize(
    "text",
    [
        "The city closed the old bridge.",
        "Maria Lee said on Thursday that the old bridge was shut.",
        "Maria Lee wrote “the bridge was closed on 3 March 2021” beside it.",
    ],
)
def test_where_nothing_is_dated_or_only_the_words_are_there_is_none(text: str) -> None:
    assert events(text) == []


@pytest.mark.parametrize(
    ("second", "day"),
    [
        ("The next day the ferry stopped.", "2021-03-03"),
        ("Two days later the ferry stopped.", "2021-03-04"),
        ("On the Friday the ferry stopped.", "2021-03-05"),
        ("The ferry had stopped the day before.", "2021-03-01"),
        ("The ferry stopped the next day.", None),
        ("It was cold. The next day the ferry stopped.", None),
    ],
)
def test_a_paragraph_goes_on_from_the_day_of_the_one_before(second: str, day: str | None) -> None:
    reading = read(read_article(f"The city closed the bridge on 2 March 2021.\n\n{second}"))
    reader = EventReader(PUBLISHED, reading.sentences)
    (dated,) = reader.all_of(reading.sentences[-1])
    assert (dated.date and dated.date.edtf) == day


def test_a_dispatch_is_told_from_the_day_of_its_dateline() -> None:
    dispatch = "HARBOUR, March 1 (CW) – The ferry stopped yesterday. It was repaired on Saturday."
    reading = read(read_article(f"A title\n\n{dispatch}\n\nIt sailed again on Thursday."))
    reader = EventReader(PUBLISHED, reading.sentences)
    days = [dated.date and dated.date.edtf for sentence in reading.sentences for dated in reader.all_of(sentence)]
    assert days == ["2021-02-28", "2021-02-27", "2021-03-04"]


def test_what_is_said_beside_a_name_is_told_of_that_person_alone() -> None:
    (event,) = events("Maria Lee, who was elected mayor of Harbour in 2019, said that the old bridge was shut.")
    assert event.text == "Maria Lee was elected mayor of Harbour in 2019."
    assert [entity.name for entity in event.who][:1] == ["Maria Lee"]


def test_whoever_is_named_takes_part() -> None:
    (event,) = events("Maria Lee and Jo Kim closed the old bridge on 3 March 2021.")
    assert {entity.name for entity in event.who} == {"Maria Lee", "Jo Kim"}


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map(" ".join))
def test_events_of_any_text_have_a_date_that_stands_in_their_paragraph(text: str) -> None:
    for event in events(f"{text} there."):
        paragraph = event.sentence.paragraph.text
        assert 0 <= event.dated.start < event.dated.end <= len(paragraph)
        assert event.text.strip()
