"""Answers as JSON objects with the keys that other programs rely on, in their order: one, or one for each line of a batch."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import click

from bot.answers.as_of import read_day
from bot.answers.models import Answer, Explanation, ScoredFact
from bot.cli.console import to_json
from bot.cli.opening import Ask
from bot.errors import FootnoteError, UsageError
from bot.facts.dates import iso_of
from bot.facts.models import Citation, Source
from bot.presentation.numbering import CitationNumbers, locator_words
from bot.terminal import safe

_EXPECTED = 'expected an object such as {"question": "When ...?"}.'
_AFTER = '"after" must be a list of questions, oldest first.'
_AS_OF = '"as_of" must be a day such as "2021-03-04".'


class BatchLine(NamedTuple):
    """A line of a batch: the question, the earlier ones of its conversation, and the day (yyyymmdd) as of which it is asked."""

    question: str
    after: tuple[str, ...] = ()
    as_of: int | None = None


class BatchLineError(UsageError):
    """A line of a batch that holds no question."""


def answer_json(answer: Answer, *, rank: int = 0, explain: bool = False) -> str:
    """Return an answer on one line of JSON; ``ranking`` and ``explanation`` only if asked for.

    ``as_of`` (a day in EDTF) and ``later`` are there where it was asked as of a day. Without options the keys are those of the
    first version, and no others: the note of an answer stands in the explanation.
    """
    numbering = CitationNumbers(fact.record for fact in answer.facts)
    content: dict[str, Any] = {
        "question": answer.question,
        "status": answer.status,
        "short": answer.short,
        "facts": [_fact(fact, numbering) for fact in answer.facts],
        "suggestions": [fact.record.fact.id for fact in answer.suggestions],
    }
    if answer.as_of is not None:
        content["as_of"] = iso_of(answer.as_of)
        content["later"] = answer.later
    if rank:
        content["ranking"] = [{"id": fact.record.fact.id, "score": fact.score} for fact in answer.ranking]
    if explain:
        content["explanation"] = {**_explanation(answer.explanation), "note": answer.note}
        if answer.as_of is not None:
            content["explanation"]["came_later"] = [record.fact.id for record in answer.came_later]
    return to_json(content)


def fault_json(question: str | None, problem: str) -> str:
    """Return the object in place of an answer for a line that could not be answered, so that output and input stay in step."""
    return to_json({"question": question, "status": "unknown", "short": None, "facts": [], "suggestions": [], "error": problem})


def answer_lines(ask: Ask, lines: Iterable[bytes], *, rank: int = 0, explain: bool = False) -> tuple[int, int]:
    """Answer each line and print the answer at once; return how many were answered and how many could not be.

    A line that could not be is reported on standard error, and an object in its place keeps the order. Empty lines are skipped.
    """
    answered = faults = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        question = None
        try:
            batch_line = _read_line(line)
            question = batch_line.question
            # Options that a line lacks are left to `ask`, which may have a day of its own for all lines.
            options: dict[str, Any] = {"after": batch_line.after} if batch_line.after else {}
            if batch_line.as_of is not None:
                options["as_of"] = batch_line.as_of
            printed = answer_json(ask(question, rank=rank, **options), rank=rank, explain=explain)
            answered += 1
        except FootnoteError as error:
            faults += 1
            printed = fault_json(question, str(error))
            click.echo(f"line {number}: {safe(str(error))}", err=True)
        click.echo(printed)
    return answered, faults


def _read_line(line: bytes) -> BatchLine:
    try:
        content = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BatchLineError("this is not UTF-8; save the file as UTF-8.") from None
    except (ValueError, RecursionError):
        raise BatchLineError(f"this is not JSON; {_EXPECTED}") from None
    if not isinstance(content, dict) or not isinstance(content.get("question"), str):
        raise BatchLineError(f"there is no question; {_EXPECTED}")
    after = content.get("after", [])
    if not isinstance(after, list) or not all(isinstance(each, str) for each in after):
        raise BatchLineError(_AFTER)
    return BatchLine(content["question"], tuple(after), read_as_of(content.get("as_of")))


def read_as_of(typed: object) -> int | None:
    """Read the day (yyyymmdd) as of which a question is asked, None where none is named. Raises DateError, UsageError."""
    if typed is None:
        return None
    if not isinstance(typed, str):
        raise BatchLineError(_AS_OF)
    return read_day(typed, datetime.now().astimezone().date())


def _fact(scored: ScoredFact, numbering: CitationNumbers) -> dict[str, Any]:
    record = scored.record
    fact = record.fact
    return {
        "id": fact.id,
        "kind": fact.kind,
        "text": fact.text,
        "by": list(fact.by),
        "date": fact.date.edtf if fact.date else None,
        "score": scored.score,
        "citations": [_citation(numbering.number(record, citation), citation, source) for citation, source in record.cited],
    }


def _citation(number: int, citation: Citation, source: Source) -> dict[str, Any]:
    return {
        "n": number,
        "source": citation.source,
        "locator": locator_words(citation),
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
        "namesakes": {name: list(names) for name, names in why.namesakes},
        "stories": list(why.stories),
        "corrections": [list(pair) for pair in why.corrections],
        "confidence": why.confidence,
        "sources": why.sources,
        "nature": why.nature,
    }
