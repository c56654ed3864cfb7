from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.benchmarks.buried import main, other_stories
from tests.support.paths import TESTS


def test_others_are_real_as_far_as_wanted_and_made_beyond() -> None:
    ids = [story.info.id for story in other_stories(TESTS / "stories", 5, 2)]
    assert [each.startswith("made-") for each in ids] == [True, True, True, False, False]
    assert len(list(other_stories(TESTS / "stories", 1, 9))) == 1


@pytest.mark.slow
def test_the_table_has_each_measure_and_the_base_is_made_once(tmp_path: Path) -> None:
    arguments = ["--folder", str(tmp_path), "--stories", "1", "--others", "1", "--real", "0", "--made", "2"]
    results = [CliRunner().invoke(main, arguments) for _ in range(2)]
    for result in results:
        assert result.exit_code == 0, result.output
        for measure in ("right fact first", "F1 of answering", "left alone", "by words", "and by meaning"):
            assert measure in result.output
    assert len(list(tmp_path.glob("*.db"))) == 1
