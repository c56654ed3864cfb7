"""Content of facts, actors, sources and stories as JSON text, the form in which a revision keeps it.

The text is the same for the same content, so two contents are equal where their texts are. Fields that hold nothing are left out.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any, TypeVar

from bot.facts.dates import StoryDate, parse_date
from bot.facts.models import Actor, Citation, Fact, RecordedQuestion, Source, Story, StoryInfo

T = TypeVar("T", Fact, Actor, Source)


def record_text(record: Fact | Actor | Source) -> str:
    """Write all fields of a fact, an actor or a source as JSON, in their order; a date as its text."""
    content = {each.name: getattr(record, each.name) for each in fields(record)}
    if "citations" in content:
        content["citations"] = [_citation(citation) for citation in content["citations"]]
    return _write(**{name: value.edtf if isinstance(value, StoryDate) else value for name, value in content.items()})


def record_from(kind: type[T], text: str) -> T:
    """Read a fact, an actor or a source that `record_text` wrote."""
    content = {"citations": [], **json.loads(text)}
    return kind(**{each.name: _value(each.name, content[each.name]) for each in fields(kind) if each.name in content})


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


def _value(name: str, stored: Any) -> Any:
    if name in ("date", "published"):
        return parse_date(stored)
    if name == "citations":
        return tuple(Citation(**each) for each in stored)
    if name == "details":
        return tuple((variable, text) for variable, text in stored)
    return tuple(stored) if isinstance(stored, list) else stored


def _write(**content: Any) -> str:
    return json.dumps({name: value for name, value in content.items() if value not in (None, (), [])}, ensure_ascii=False)
