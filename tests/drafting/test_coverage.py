"""Articles about one affair read together: every sentence a passage, cited and understood."""

from __future__ import annotations

import pytest

from bot.drafting.article import read_article
from bot.drafting.coverage import read_coverage
from bot.facts.dates import parse_date
from bot.facts.models import Fact, Source, Story, StoryInfo

WIRE = """\
Bridge closed after inspection
Coast Wire, 2021-03-04

HARBOUR (Coast Wire) – The city closed the Harbour Bridge on Wednesday. Mayor Maria Lee said that the bridge was not safe.

“Safety comes first,” she told reporters. No one was injured.
"""
LOCAL = """\
No bridge for a year
By Ann Toft
Harbour Gazette, 2021-03-05

The city closed the Harbour Bridge on Wednesday. Mayor Maria Lee said that the bridge was not safe.

Photo: the bridge at dawn

Lee expects the repair to take a year.
"""


def coverage(**articles: str) -> Story:
    read = []
    for name, text in articles.items():
        article = read_article(text, keep_headings=True)
        day = parse_date(article.published) if article.published else None
        read.append((article, Source(name, "article-newspaper", article.title or "", article.outlet, published=day)))
    return read_coverage(StoryInfo("articles", "Articles"), read)


def passage(story: Story, name: str) -> Fact:
    return next(fact for fact in story.facts if fact.id == name)


def test_every_sentence_is_a_passage_word_for_word_and_nobody_has_reviewed_it() -> None:
    story = coverage(wire=WIRE)
    assert [(fact.id, fact.text) for fact in story.facts] == [
        ("wire-p1-s1", "The city closed the Harbour Bridge on Wednesday."),
        ("wire-p1-s2", "Mayor Maria Lee said that the bridge was not safe."),
        ("wire-p2-s1", "“Safety comes first,” she told reporters."),
        ("wire-p2-s2", "No one was injured."),
    ]
    assert all(fact.kind == "passage" and not fact.reviewed for fact in story.facts)


def test_a_passage_has_what_it_needs_to_be_understood() -> None:
    story = coverage(wire=WIRE)
    closed, said = passage(story, "wire-p1-s1"), passage(story, "wire-p2-s1")
    assert closed.date == parse_date("2021-03-03")
    assert (closed.context, said.context) == (None, "Mayor Maria Lee said that the bridge was not safe.")
    names = {actor.id: actor.name for actor in story.actors}
    assert [names[actor] for actor in said.by] == ["Maria Lee"]
    assert [(citation.source, citation.locator) for citation in said.citations] == [("wire", "2")]


def test_sentences_that_several_print_word_for_word_are_one_passage_of_the_first_that_counts_once() -> None:
    story = coverage(gazette=LOCAL, wire=WIRE)
    closed = passage(story, "wire-p1-s1")
    assert [(citation.source, citation.locator) for citation in closed.citations] == [("wire", "1"), ("gazette", "1")]
    assert not any(fact.id == "gazette-p1-s1" for fact in story.facts)
    notes = {source.id: source.note for source in story.sources}
    assert notes == {"wire": None, "gazette": "As carried by Coast Wire."}


def test_a_block_without_a_full_stop_counts_as_a_paragraph() -> None:
    story = coverage(gazette=LOCAL)
    assert passage(story, "gazette-p2-s1").text == "Photo: the bridge at dawn"
    assert passage(story, "gazette-p3-s1").text == "Lee expects the repair to take a year."


def test_somebody_whom_two_articles_name_is_one_actor() -> None:
    story = coverage(gazette=LOCAL, wire=WIRE)
    assert [actor.name for actor in story.actors if "Lee" in actor.name] == ["Maria Lee"]


@pytest.mark.parametrize("text", ["A headline\n\nOne sentence.", "A headline\nOutlet, 2021-03-04\n\nOne sentence."])
def test_an_article_may_leave_out_who_wrote_it_and_where(text: str) -> None:
    assert [fact.id for fact in coverage(a=text).facts] == ["a-p1-s1"]


@pytest.mark.parametrize(
    ("head", "authors", "dateline"),
    [
        ("By Émile Vasseur", ("Émile Vasseur",), "ÉVREUX, March 14 (Interwire) – "),
        ("By Åsa Öberg and Łukasz Żak", ("Åsa Öberg", "Łukasz Żak"), "MALMÖ (TT) — "),
        ("By Ann Toft", ("Ann Toft",), "ŁÓDŹ – "),
    ],
)
def test_names_and_towns_may_begin_with_any_letter(head: str, authors: tuple[str, ...], dateline: str) -> None:
    text = f"Theatre burns\n\n{head}\n\nLa Tribune, 2021-03-15\n\n{dateline}Émile É. Roy saw the fire. Nobody was hurt.\n"
    article = read_article(text)
    assert (article.authors, article.outlet) == (authors, "La Tribune")
    (paragraph,) = article.paragraphs
    assert paragraph.text[: paragraph.first] == dateline
    source = Source("wire", "article-newspaper", "Theatre burns", "La Tribune", published=parse_date("2021-03-15"))
    story = read_coverage(StoryInfo("fire", "Fire"), [(article, source)])
    assert [fact.text for fact in story.facts] == ["Émile É. Roy saw the fire.", "Nobody was hurt."]
