"""What holds for all tests holds for each: a folder's fixture of the same name would silently take its place."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.client.world import TWITTER_BAN, World, text
from tests.support.bot_on_discord import made_once, service, settings, simcord_bot, world
from tests.support.paths import TESTS

__all__ = ["made_once", "service", "settings", "simcord_bot", "world"]


def fixtures(path: Path, *, autouse: bool = False) -> set[str]:
    """Return the names of the fixtures that a file defines; with ``autouse`` only of those that no test has to name."""
    mark = "autouse=True" if autouse else "fixture"
    functions = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {
        function.name
        for function in functions
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and any(mark in ast.unparse(decorator) for decorator in function.decorator_list)
    }


def test_no_file_hides_a_fixture_that_all_tests_have() -> None:
    of_all = fixtures(TESTS / "conftest.py", autouse=True)
    assert "patient" in of_all
    hidden = {
        str(path.relative_to(TESTS)): names
        for path in TESTS.rglob("*.py")
        if path != TESTS / "conftest.py" and (names := fixtures(path) & of_all)
    }
    assert hidden == {}


async def test_a_bot_that_needs_longer_than_a_test_waits_is_waited_for(world: World) -> None:
    """As on a busy machine: to open a base and answer from it takes longer than a hundredth of a second on any."""
    world.env.settle_timeout = 0.01
    assert text(await world.ask(TWITTER_BAN)).startswith("### 26 October 2017")
