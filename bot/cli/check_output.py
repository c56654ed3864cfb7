"""What ``footnote check`` prints, for people and as JSON."""

from __future__ import annotations

from typing import Any

import click

from bot.checking.checker import CheckedText
from bot.checking.verdict import Finding
from bot.cli.console import to_json
from bot.facts.models import FactRecord
from bot.presentation.differences import differences
from bot.presentation.verdicts import describe
from bot.terminal.blocks import show
from bot.terminal.check_page import check_page

_UNSAID = "cut out of its sentence"


def show_checked(checked: CheckedText, *, as_json: bool) -> None:
    """Print in full what was found of each quotation."""
    if as_json:
        findings = [_finding_json(finding) for finding in checked.findings]
        click.echo(to_json({"findings": findings, "unmarked": checked.unmarked, "passed_over": checked.passed_over}))
    else:
        show(check_page(checked))


def _finding_json(finding: Finding) -> dict[str, Any]:
    description = describe(finding)
    return {
        "quoted": finding.quoted,
        "verdict": _UNSAID if finding.unsaid else finding.verdict.value,
        "headline": description.verdict,
        "sign": description.sign,
        "flags": [flag.value for flag in finding.flags],
        "says": [description.verdict, *description.warnings, *description.notes],
        "speaker": finding.provenance.name or None,
        "place": str(finding.provenance.origin) or None,
        "fact": _fact_json(finding.record),
        "whole": finding.whole if finding.record else None,
        "joins": [_fact_json(part.record) for part in finding.joined],
        "differences": [{"state": piece.state, "text": piece.text} for piece in differences(finding)],
        "nearest": finding.nearest.fact.id if finding.nearest else None,
    }


def _fact_json(record: FactRecord | None) -> dict[str, Any] | None:
    if record is None:
        return None
    return {
        "id": record.fact.id,
        "ref": record.ref,
        "story": record.story.id,
        "text": record.fact.text,
        "by": list(record.fact.by),
        "date": record.fact.date.edtf if record.fact.date else None,
        "context": record.fact.context,
        "sources": [source.id for source in record.sources],
    }
