"""Sixty questions about time and sides of four stories: what stands first, what may not be shown, what may not be said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.answers.answerer import Answerer
from bot.answers.models import Answer
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.stories.load import load_story

HERE = Path(__file__).parent / "cases"
CASES: dict[str, list[dict[str, Any]]] = YAML(typ="safe").load((HERE / "cases.yaml").read_text(encoding="utf-8"))
MIN_RIGHT = 57


def fault(case: dict[str, Any], answer: Answer) -> str | None:
    """Return what is wrong with an answer, None where nothing is."""
    shown = [fact.record.fact.id for fact in answer.facts]
    if shown[:1] and shown[0] not in case["first"]:
        return f"{shown[0]} stands first"
    if case["first"] and not shown:
        return f"no answer: {answer.known}"
    missing = sorted(set(case.get("shown", ())) - set(shown))
    wrong = sorted(set(case.get("never", ())) & set(shown))
    words = " ".join(filter(None, (answer.note, answer.known)))
    if "not_said" in case and case["not_said"] in words:
        return f"says {words}"
    return f"lacks {missing}" if missing else f"shows {wrong}" if wrong else None


def test_most_of_sixty_questions_about_time_and_sides_are_answered_right(lexicon: Lexicon) -> None:
    faults: list[str] = []
    for story, cases in CASES.items():
        with FactBase.memory() as base:
            base.apply(load_story(HERE / f"{story}.yaml"), by="test")
            answerer = Answerer(base, lexicon)
            answerer.encode()
            for case in cases:
                wrong = fault(case, answerer.ask(case["ask"], as_of=_day(case.get("as_of"))))
                faults += [f"{story}: {case['ask']} {wrong}"] if wrong else []
    total = sum(map(len, CASES.values()))
    assert total == 60
    assert total - len(faults) >= MIN_RIGHT, f"{total - len(faults)} right\n" + "\n".join(faults)


def _day(date: Any) -> int | None:
    return None if date is None else int(str(date).replace("-", ""))
