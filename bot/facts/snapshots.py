"""Content of facts, actors, sources and stories as JSON text, the form in which a revision keeps it.

The text is the same for the same content, so two contents are equal where their texts are. Fields that hold nothing are left out.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from bot.facts.dates import StoryDate, parse_date
from bot.facts.models import Actor, Citation, Fact, RecordedQuestion, Source, Story, StoryInfo


def record_text(record: Fact | Actor | Source) -> str:
    """Write all fields of a fact, an actor or a source as JSON, in their order; a date as its text."""
    content = {each.name: getattr(record, each.name) for each in fields(record)}
    if "citations" in content:
        content["citations"] = [_citation(citation) for citation in content["citations"]]
    return _write(**{name: value.edtf if isinstance(value, StoryDate) else value for name, value in content.items()})


def fact_from(text: str) -> Fact:
    """Read a fact that `record_text` wrote."""
    content = json.loads(text)
    return Fact(
        id=content["id"],
        kind=content["kind"],
        text=content["text"],
        citations=_citations(content),
        date=_date(content),
        where=content.get("where"),
        context=content.get("context"),
        by=tuple(content.get("by", ())),
        who=tuple(content.get("who", ())),
        about=tuple(content.get("about", ())),
        event=content.get("event"),
        asked_as=tuple(content.get("asked_as", ())),
    )


def actor_from(text: str) -> Actor:
    """Read an actor that `record_text` wrote."""
    content = json.loads(text)
    return Actor(
        id=content["id"],
        name=content["name"],
        kind=content["kind"],
        aliases=tuple(content.get("aliases", ())),
        role=content.get("role"),
        citations=_citations(content),
    )


def source_from(text: str) -> Source:
    """Read a source that `record_text` wrote."""
    content = json.loads(text)
    return Source(
        id=content["id"],
        type=content["type"],
        title=content["title"],
        publisher=content.get("publisher"),
        authors=tuple(content.get("authors", ())),
        published=_date(content, "published"),
        url=content.get("url"),
        archive=content.get("archive"),
        note=content.get("note"),
        details=tuple((variable, text) for variable, text in content.get("details", ())),
    )


def story_text(story: Story) -> str:
    """Write what a story is called, and the questions that it must be able to answer, as JSON."""
    info = story.info
    return _write(
        id=info.id,
        title=info.title,
        summary=info.summary,
        language=info.language,
        questions=[_question(question) for question in story.questions],
    )


def story_from(text: str) -> tuple[StoryInfo, tuple[RecordedQuestion, ...]]:
    """Read what `story_text` wrote."""
    content = json.loads(text)
    questions = (RecordedQuestion(each["ask"], tuple(each["expect"]), each.get("short")) for each in content.get("questions", ()))
    return StoryInfo(content["id"], content["title"], content.get("summary"), content.get("language", "en")), tuple(questions)


def _question(question: RecordedQuestion) -> dict[str, Any]:
    short = {"short": question.short} if question.short is not None else {}
    return {"ask": question.ask, "expect": question.expect, **short}


def _citation(citation: Citation) -> dict[str, str]:
    places = (("source", citation.source), ("label", citation.label), ("locator", citation.locator))
    return {name: value for name, value in places if value is not None}


def _citations(content: dict[str, Any]) -> tuple[Citation, ...]:
    return tuple(Citation(**citation) for citation in content.get("citations", ()))


def _date(content: dict[str, Any], name: str = "date") -> StoryDate | None:
    return parse_date(content[name]) if name in content else None


def _write(**content: Any) -> str:
    return json.dumps({name: value for name, value in content.items() if value not in (None, (), [])}, ensure_ascii=False)
