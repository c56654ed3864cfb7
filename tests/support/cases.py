"""Questions with what a careful person would want to see: what stands first, what is shown, and what is never an answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.answers.answerer import Answerer
from bot.answers.models import Answer
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.stories.load import load_story


def fault(case: dict[str, Any], answer: Answer) -> str | None:
    """Return what is wrong with an answer, None where nothing is."""
    shown = [fact.record.fact.id for fact in answer.facts]
    if "page" in case:
        page = getattr(answer, "page", None)
        return None if page == case["page"] else f"{shown[:2]} instead of the page: {answer.known}"
    if "first" in case and not case["first"]:
        return f"{answer.short}: {shown}" if shown else None
    if not shown and ("first" in case or "short" in case):
        return f"no answer: {answer.known}, perhaps {[fact.record.fact.id for fact in answer.suggestions]}"
    if "short" in case and answer.short != case["short"]:
        return f"{answer.short}: {shown}"
    if "first" in case and shown[0] not in case["first"]:
        return f"{shown[0]} stands first"
    missing = sorted(set(case.get("shown", ())) - set(shown))
    wrong = sorted(set(case.get("never", ())) & set(shown))
    return f"lacks {missing}" if missing else f"shows {wrong}" if wrong else None


def faults_of(cases: dict[str, list[dict[str, Any]]], folder: Path, lexicon: Lexicon) -> list[str]:
    """Ask the stories of a folder their cases, and return what is wrong with the answers."""
    faults: list[str] = []
    for story, asked in cases.items():
        with FactBase.memory() as base:
            for name in cases if story == "together" else [story]:
                if name != "together":
                    base.apply(load_story(folder / f"{name}.yaml"), by="test")
            answerer = Answerer(base, lexicon)
            answerer.encode()
            for case in asked:
                wrong = fault(case, answerer.ask(case["ask"], after=case.get("after", ()), as_of=_day(case.get("as_of"))))
                faults += [f"{story}: {case['ask']} {wrong}"] if wrong else []
    return faults


def _day(date: Any) -> int | None:
    return None if date is None else int(str(date).replace("-", ""))
