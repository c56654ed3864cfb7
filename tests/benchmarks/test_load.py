from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.facts.base import FactBase
from bot.phrases import known_stories
from bot.settings import Settings
from data.benchmarks.load import main
from data.benchmarks.load_shares import LOOP, SqliteClock, profiler, shares
from data.benchmarks.load_week import Load, set_back, week
from data.benchmarks.new_questions import wordings


@pytest.mark.slow
def test_the_tables_have_each_measure() -> None:
    sizes = {"--messages": 24, "--questions": 3, "--burst": 12, "--presses": 1, "--changes": 1, "--days": 1}
    result = CliRunner().invoke(main, [word for name, size in sizes.items() for word in (name, str(size))])
    assert result.exit_code == 0, result.output
    for measure in (
        "not listening: a few words",
        "listening: replies to a member",
        "listening: Footnote's part alone",
        "answers a second",
        "of it SQLite",
        "of it discord.py",
        "longest step of the event loop",
        "memory before, at most, after",
    ):
        assert measure in result.output
    assert re.search(r"^left without a reply +0$", result.output, re.MULTILINE)


def test_no_two_questions_are_the_same() -> None:
    asked = [*wordings(("When was the bridge closed?", "Who closed it?"))]
    assert len(set(asked)) == len(asked) > 200


def test_the_time_in_sqlite_is_counted_where_the_rows_are_made(tmp_path: Path) -> None:
    clock = SqliteClock()
    with clock.running(), FactBase.open(tmp_path / "library.db") as base:
        before = clock.seconds
        with base._connections.reading() as connection:
            count = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT i FROM n"
            assert sum(i for (i,) in connection.execute(count, (3,))) == 6
            few = clock.seconds - before
            assert connection.execute(f"SELECT sum(i) FROM ({count})", (100_000,)).fetchone() == (5_000_050_000,)
    assert 0 < few < clock.seconds - before


def test_what_python_does_counts_for_the_package_that_calls_it() -> None:
    profile = profiler()
    profile.enable()
    known_stories(["a story"] * 3)
    profile.disable()
    mine = shares(profile)
    assert mine["Footnote"] > mine.get(LOOP, 0) > 0 or set(mine) == {"Footnote"}
    profile = profiler()
    profile.enable()
    json.loads("[1]")
    profile.disable()
    assert shares(profile) == {LOOP: 1.0}


def test_a_night_makes_what_is_kept_a_day_older(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with FactBase.open(path) as base:
        key = base.replies.store("{}")
        set_back(path)
        base.forget(question_days=30, reply_days=2)
        assert base.replies.content(key) == "{}"
        set_back(path)
        base.forget(question_days=30, reply_days=1)
        assert base.replies.content(key) is None


@pytest.mark.slow
async def test_a_day_goes_by_and_its_base_is_closed(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    (day,) = [day async for day in week(settings, 1, Load(100, 20, 5, 3), hours=2)]
    assert day.replies >= 15
    assert day.memory > 0
    assert not [*(tmp_path / "servers").glob("*-wal")]
