"""Questions by role, about the whole story, as of a moment and after others: what stands first and what may not be shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.english.lexicon import Lexicon
from tests.support.cases import faults_of
from tests.support.paths import ROOT

CASES: dict[str, list[dict[str, Any]]] = YAML(typ="safe").load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
STORIES = ROOT / "data/reader/corpus/train"
MIN_RIGHT = 53


@pytest.mark.slow
def test_most_questions_by_role_and_about_the_whole_story_are_answered_right(lexicon: Lexicon) -> None:
    faults, total = faults_of(CASES, STORIES, lexicon), sum(map(len, CASES.values()))
    assert total == 62
    assert total - len(faults) >= MIN_RIGHT, f"{total - len(faults)} right\n" + "\n".join(faults)
