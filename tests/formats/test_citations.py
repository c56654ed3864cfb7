"""Twenty sources of ten types in four styles, held against what citeproc-js prints of them (`citations/expected.mjs`)."""

from __future__ import annotations

import json
from pathlib import Path

from bot.facts.models import Citation
from bot.formats.styles import STYLES, styled

FOLDER = Path(__file__).parent / "citations"
SOURCES = json.loads((FOLDER / "sources.json").read_text(encoding="utf-8"))
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
LEAST = 78  # of 80, of the entries as of the citations in a text


def test_sources_are_cited_as_citeproc_js_cites_them() -> None:
    wrong: dict[str, list[str]] = {"entry": [], "in text": []}
    for item in SOURCES:
        for style in STYLES:
            found = styled(item, style, Citation("it", "page", "12"))
            for kind, printed, expected in zip(wrong, (found.entry, found.in_text), EXPECTED[item["id"]][style], strict=True):
                if printed != expected:
                    wrong[kind].append(f"{item['id']}, {style}:\n  not {expected}\n  but {printed}")
    assert len({item["type"] for item in SOURCES}) == 10
    for kind, faults in wrong.items():
        assert len(SOURCES) * len(STYLES) - len(faults) >= LEAST, "\n".join([kind, *faults])
