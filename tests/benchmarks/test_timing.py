from __future__ import annotations

import math
from pathlib import Path

from data.benchmarks.table import figure, ratio, table
from data.benchmarks.timing import Times, drop_from_memory, median, time_all


def test_percentiles_are_times_that_were_taken() -> None:
    times = Times(tuple(float(number) for number in range(1, 201)))
    assert (times.at(50), times.at(99), times.at(100), times.mean) == (100.0, 198.0, 200.0, 100.5)
    assert Times((3.0,)).at(99) == 3.0
    assert math.isnan(Times(()).at(50))


def test_of_several_rounds_each_question_has_its_median() -> None:
    assert median([[1.0, 9.0], [2.0, 8.0], [30.0, 7.0]]).milliseconds == (2.0, 8.0)
    asked: list[str] = []
    assert len(time_all(asked.append, ["a", "b"], rounds=2).milliseconds) == 2
    assert asked == ["a", "b", "a", "b"]


def test_files_can_be_dropped_from_memory(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("x")
    drop_from_memory(path)
    assert path.read_text() == "x"


def test_a_table_lines_up_and_says_what_is_missing() -> None:
    lines = table(
        ("", "time", "of ours"), [("a peer", figure(1.5, 1), ratio(3, 2)), ("b", figure(None), ratio(1, 0))]
    ).splitlines()
    assert lines == ["        time  of ours", "------  ----  -------", "a peer   1.5    1.50x", "b          -        -"]
    assert [ratio(value, 1) for value in (0.25, 12.34, 250.0)] == ["0.25x", "12.3x", "250x"]
