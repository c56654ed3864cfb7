"""The lines that the reader reads."""

from __future__ import annotations

from bot.answers.finding.documents import fact_text, question_text
from bot.answers.finding.index import StoryIndex


def test_a_fact_says_who_speaks_when_and_what_it_belongs_to(index: StoryIndex) -> None:
    records = {document.record.fact.id: document.record for document in index.documents}
    quote = records["lee-safety"]
    line = fact_text(quote, records["closure"]).line
    assert line.startswith("quote: Maria Lee (Mayor of Harbour")
    assert quote.fact.text in line
    assert "date: 3 March 2021" in line
    assert line.endswith("topic: lee safety, closure")


def test_every_field_stands_where_its_part_says(index: StoryIndex) -> None:
    for document in index.documents:
        fact, line = document.record.fact, document.line
        fields = {part.field: line.line[part.start : part.end] for part in line.parts}
        assert fields["text"] == fact.text
        assert fields.get("where") == fact.where
        assert fields.get("date") == (fact.date.words() if fact.date else None)
        assert [part.start for part in line.parts] == sorted(part.start for part in line.parts)


def test_a_question_is_read_with_what_came_before_and_whom_it_names() -> None:
    line = question_text("why?", names=["Maria Lee", "Maria Lee"], after=["when was it shut"])
    assert line == "when was it shut > why? [Maria Lee]"
    assert question_text("what did maria lee say", names=["Maria Lee"]) == "what did maria lee say"
