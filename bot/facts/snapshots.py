"""Content of facts, actors, sources and stories as JSON text, the form in which a revision keeps it.

The text is the same for the same content, so two contents are equal where their texts are. Fields that hold nothing are left out.
"""

from __future__ import annotations

import json
from typing import Any

from bot.facts.dates import StoryDate, parse_date
from bot.facts.models import Actor, Citation, Fact, RecordedQuestion, Source, Story


def fact_text(fact: Fact) -> str:
    """Write a fact as JSON."""
    return _write(
        id=fact.id,
        kind=fact.kind,
        text=fact.text,
        citations=_citations(fact.citations),
        date=fact.date.edtf if fact.date else None,
        where=fact.where,
        context=fact.context,
        by=fact.by,
        who=fact.who,
        about=fact.about,
        event=fact.event,
        asked_as=fact.asked_as,
    )


def fact_from(text: str) -> Fact:
    """Read a fact that `fact_text` wrote."""
    content = json.loads(text)
    return Fact(
        id=content["id"],
        kind=content["kind"],
        text=content["text"],
        citations=tuple(Citation(**citation) for citation in content["citations"]),
        date=_date(content),
        where=content.get("where"),
        context=content.get("context"),
        by=tuple(content.get("by", ())),
        who=tuple(content.get("who", ())),
        about=tuple(content.get("about", ())),
        event=content.get("event"),
        asked_as=tuple(content.get("asked_as", ())),
    )


def actor_text(actor: Actor) -> str:
    """Write an actor as JSON."""
    return _write(
        id=actor.id,
        name=actor.name,
        kind=actor.kind,
        aliases=actor.aliases,
        role=actor.role,
        citations=_citations(actor.citations),
    )


def source_text(source: Source) -> str:
    """Write a source as JSON."""
    return _write(
        id=source.id,
        type=source.type,
        title=source.title,
        publisher=source.publisher,
        authors=source.authors,
        published=source.published.edtf if source.published else None,
        url=source.url,
        archive=source.archive,
        note=source.note,
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


def _question(question: RecordedQuestion) -> dict[str, Any]:
    short = {"short": question.short} if question.short is not None else {}
    return {"ask": question.ask, "expect": question.expect, **short}


def _citations(citations: tuple[Citation, ...]) -> list[dict[str, str]]:
    return [
        {name: value for name, value in (("source", c.source), ("label", c.label), ("locator", c.locator)) if value is not None}
        for c in citations
    ]


def _date(content: dict[str, Any]) -> StoryDate | None:
    return parse_date(content["date"]) if "date" in content else None


def _write(**fields: Any) -> str:
    return json.dumps({name: value for name, value in fields.items() if value not in (None, (), [])}, ensure_ascii=False)
