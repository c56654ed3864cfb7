"""What ``footnote mcp`` answers: facts with their revisions and citations as plain objects, and "not known" in so many words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.answers.models import Answer
from bot.checking.checker import CheckedText
from bot.checking.verdict import Finding, Verdict
from bot.facts.models import Citation, FactRecord, Source
from bot.presentation.citation_numbers import locator_words
from bot.presentation.telling import as_events, as_said_or_done
from bot.presentation.text_fragment import scrolling_to
from bot.presentation.verdicts import describe
from bot.presentation.wording import NO_ANSWER, NOT_REVIEWED, NOT_SURE, as_of, beside, timeline_title, worded
from bot.service.lists import SourceUse, Timeline
from bot.terminal.pages import NOTHING_FOUND

KNOWN, PERHAPS, NOT_KNOWN = "known", "perhaps", "not known"
MAX_LISTED = 40
"""Facts or sources of one answer; an assistant asks for the others with ``skip``."""


_COMMANDS = {
    "Start typing a name to choose from those I know.": "Who spoke is named in the timeline, with kind all.",
    "/timeline shows them all": "the timeline shows them all",
}
"""What sentences written for Discord suggest, and what replaces it for those who have the tools."""


def for_assistants(sentence: str) -> str:
    """Return a sentence with the tools in place of the commands of Discord."""
    for discord, tools in _COMMANDS.items():
        sentence = sentence.replace(discord, tools)
    return sentence


def not_known(sentence: str) -> dict[str, Any]:
    """Return the answer where nothing answers, with a sentence that says so."""
    return {"status": NOT_KNOWN, "says": for_assistants(sentence), "facts": []}


def answered(answer: Answer) -> dict[str, Any]:
    """Return an answer: the facts that answer, or those that may, or none; the nearest facts stand apart, as no answer."""
    answer = worded(answer)
    near = [fact_object(fact.record) for fact in answer.suggestions]
    note = for_assistants(beside(answer) or "") or None
    if answer.status == "answered":
        facts = [fact_object(fact.record) for fact in answer.facts]
        return {"status": KNOWN, "says": answer.short, "note": note, "facts": facts, "see_also": near}
    if answer.perhaps_answers:
        return {"status": PERHAPS, "says": NOT_SURE, "note": note, "facts": near[:1], "nearest": near[1:]}
    says = " ".join(filter(None, [NO_ANSWER if answer.is_question else "", answer.known, as_of(answer)]))
    return {**not_known(says), "nearest": near}


def checked(found: CheckedText) -> dict[str, Any]:
    """Return what was found of each quotation of a text; one that is not in the facts is not thereby false."""
    findings = [_finding(finding) for finding in found.findings]
    known = any(finding.verdict is not Verdict.UNKNOWN for finding in found.findings)
    counts = {"too_short": found.passed_over, "unchecked": found.unchecked}
    return {"status": KNOWN if known else NOT_KNOWN, "quotations": findings, **counts}


def said(actor: str, records: Sequence[FactRecord], skip: int = 0) -> dict[str, Any]:
    """Return what an actor said, of articles the words that they quote; the name is that of whom was found for what was typed."""
    return {"actor": actor, **_listed(as_said_or_done(records), skip)}


def happened(timeline: Timeline, skip: int = 0) -> dict[str, Any]:
    """Return a time line by date, with the period as it was understood."""
    return {"title": timeline_title(timeline.actor, timeline.period), **_listed(as_events(timeline.facts), skip)}


def cited(uses: Sequence[SourceUse], skip: int = 0) -> dict[str, Any]:
    """Return sources, each with its story and the number of facts that cite it."""
    shown = [{"story": use.story.title, **_source(use.source), "cited_by": use.cited} for use in uses[skip : skip + MAX_LISTED]]
    says = NOTHING_FOUND if not uses else None
    return {"status": KNOWN if uses else NOT_KNOWN, "says": says, "sources": shown, "left": _left(uses, skip)}


def fact_object(record: FactRecord) -> dict[str, Any]:
    """Return a fact: its revision, words, speakers and date, whether somebody checked it, and each place that it cites."""
    fact = record.fact
    places = zip(record.cited, record.cited_words, strict=True)
    return {
        "revision": record.ref,
        "story": record.story.title,
        "kind": fact.kind,
        "text": fact.glossed,
        "by": [actor.name for actor in record.speakers],
        "date": fact.date.words() if fact.date else None,
        "where": fact.where,
        "context": fact.context,
        "checked": None if fact.reviewed else NOT_REVIEWED,
        "citations": [_citation(citation, source, words) for (citation, source), words in places],
    }


def _citation(citation: Citation, source: Source, words: str) -> dict[str, Any]:
    link = scrolling_to(source.url, words) if words else source.url
    return {**_source(source), "locator": locator_words(citation), "link": link or source.archive}


def _source(source: Source) -> dict[str, Any]:
    return {
        "source": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "authors": list(source.authors),
        "published": source.published.words() if source.published else None,
        "link": source.url or source.archive,
        "archived": source.archive,
        "note": source.note,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    description = describe(finding)
    records = [part.record for part in finding.joined] or [finding.record]
    return {
        "quotation": finding.quoted,
        "verdict": description.verdict,
        "says": [*description.warnings, *description.notes],
        "facts": [fact_object(record) for record in records if record],
        "nearest": [fact_object(finding.nearest)] if finding.nearest else [],
    }


def _listed(records: Sequence[FactRecord], skip: int) -> dict[str, Any]:
    if not records:
        return {**not_known(NOTHING_FOUND), "left": 0}
    facts = [fact_object(record) for record in records[skip : skip + MAX_LISTED]]
    return {"status": KNOWN, "says": None, "facts": facts, "left": _left(records, skip)}


def _left(listed: Sequence[object], skip: int) -> int:
    return max(len(listed) - skip - MAX_LISTED, 0)
