"""The stages of answering: each folder imports only those before it."""

from __future__ import annotations

import re
from pathlib import Path

import bot.answers

FOLDER = Path(bot.answers.__file__).parent
ORDER = (
    "models",
    "unnamed",
    "finding",
    "question",
    "namesakes",
    "reader",
    "meanings",
    "fitting",
    "ownership",
    "extraction",
    "denials",
    "yes_or_no",
    "retellings",
    "changed_figures",
    "selection",
    "short_answer",
    "relations",
    "following",
    "news",
    "overview",
    "as_of",
    "told_from_today",
    "explanation",
    "fallbacks",
    "deciding",
    "answerer",
    "evaluation",
)


def test_each_stage_imports_only_those_before_it() -> None:
    faults = []
    for path in sorted(FOLDER.rglob("*.py")):
        own = path.relative_to(FOLDER).parts[0].removesuffix(".py")
        if own == "__init__":
            continue
        imported = set(re.findall(r"from bot\.answers\.(\w+)", path.read_text(encoding="utf-8"))) - {own}
        faults += [f"{path.name} imports {stage}" for stage in imported if ORDER.index(stage) > ORDER.index(own)]
    assert not faults
