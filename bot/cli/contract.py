"""An answer as the JSON object that other programs rely on: these keys, in this order."""

from __future__ import annotations

import json
import sys
from typing import Any

from bot.answers.models import Answer, Explanation, ScoredFact
from bot.facts.models import Citation, Source
from bot.terminal.numbering import Numbering
from bot.terminal.safe import safe_json
from bot.terminal.words import place


def answer_json(answer: Answer, *, rank: int = 0, explain: bool = False) -> str:
    """Return an answer on one line of JSON; ``ranking`` and ``explanation`` are there when asked for.

    ``as_of`` (a day in EDTF) and ``later`` are there where it was asked as of a day. Whoever asks for nothing more gets the keys
    of the contract and no others, so that what the answer notes about itself stands in the explanation.
    """
    numbering = Numbering(fact.record for fact in answer.facts)
    content: dict[str, Any] = {
        "question": answer.question,
        "status": answer.status,
        "short": answer.short,
        "facts": [_fact(fact, numbering) for fact in answer.facts],
        "suggestions": [fact.record.fact.id for fact in answer.suggestions],
    }
    if answer.as_of is not None:
        content["as_of"] = f"{answer.as_of // 10000:04}-{answer.as_of // 100 % 100:02}-{answer.as_of % 100:02}"
        content["later"] = answer.later
    if rank:
        content["ranking"] = [{"id": fact.record.fact.id, "score": fact.score} for fact in answer.ranking]
    if explain:
        content["explanation"] = {**_explanation(answer.explanation), "note": answer.note}
        if answer.as_of is not None:
            content["explanation"]["came_later"] = [record.fact.id for record in answer.came_later]
    return to_json(content)


def fault_json(question: str | None, problem: str) -> str:
    """Return what stands in the place of an answer for a line that has none, so that no line after it moves up."""
    return to_json({"question": question, "status": "unknown", "short": None, "facts": [], "suggestions": [], "error": problem})


def to_json(content: dict[str, Any]) -> str:
    """Write an object on one line, with escapes for all that a terminal would act on, or that standard output cannot hold."""
    return safe_json(json.dumps(content, ensure_ascii=not _is_unicode(sys.stdout.encoding)))


def _is_unicode(encoding: str | None) -> bool:
    return (encoding or "").lower().replace("-", "").startswith("utf")


def _fact(scored: ScoredFact, numbering: Numbering) -> dict[str, Any]:
    record = scored.record
    fact = record.fact
    return {
        "id": fact.id,
        "kind": fact.kind,
        "text": fact.text,
        "by": list(fact.by),
        "date": fact.date.edtf if fact.date else None,
        "score": scored.score,
        "citations": [
            _citation(numbering.number(record, citation), citation, source)
            for citation, source in zip(fact.citations, record.sources, strict=True)
        ],
    }


def _citation(number: int, citation: Citation, source: Source) -> dict[str, Any]:
    return {
        "n": number,
        "source": citation.source,
        "locator": place(citation),
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published.edtf if source.published else None,
        "url": source.url,
    }


def _explanation(why: Explanation) -> dict[str, Any]:
    return {
        "slot": why.slot,
        "slot_filled": why.slot_filled,
        "matched": list(why.matched),
        "met": [list(pair) for pair in why.met],
        "missing": list(why.missing),
        "names": list(why.names),
        "unknown_names": list(why.unknown_names),
        "corrections": [list(pair) for pair in why.corrections],
        "confidence": why.confidence,
        "sources": why.sources,
        "nature": why.nature,
    }
