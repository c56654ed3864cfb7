from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.log import keep_traceback, set_up_logging
from bot.settings import Settings

SECRET = "an-invented-token"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DISCORD_TOKEN", SECRET)
    names = (None, "discord", "aiohttp", "asyncio")
    before = [(logging.getLogger(name), logging.getLogger(name).level) for name in names]
    handlers = logging.getLogger().handlers[:]
    yield
    for logger, level in before:
        logger.setLevel(level)
    logging.getLogger().handlers[:] = handlers


def fail() -> None:
    raise LookupError(f"refused {SECRET}")


@pytest.mark.parametrize("form", ["human", "json"])
def test_neither_token_nor_control_characters_reach_the_log(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logging(Settings(tmp_path, log_format=form))
    try:
        fail()
    except LookupError:
        logging.getLogger("bot").exception("login with %s\n\x1b[2J failed", SECRET)
    logged = capsys.readouterr().err
    assert SECRET not in logged
    assert "\x1b" not in logged
    assert "refused (hidden)" in logged
    if form == "json":
        (line,) = logged.splitlines()
        assert list(json.loads(line)) == ["time", "level", "logger", "message", "traceback"]
    else:
        assert "error   bot: login with (hidden)\\x0a\\x1b[2J failed" in logged.splitlines()[0]


def test_the_libraries_never_log_what_people_wrote(tmp_path: Path) -> None:
    set_up_logging(Settings(tmp_path, log_level="debug"))
    assert logging.getLogger("bot").isEnabledFor(logging.DEBUG)
    assert not logging.getLogger("discord.gateway").isEnabledFor(logging.DEBUG)
    set_up_logging(Settings(tmp_path, log_level="error"))
    assert not logging.getLogger("discord").isEnabledFor(logging.WARNING)
    assert sum(type(handler) is logging.StreamHandler for handler in logging.getLogger().handlers) == 1


def test_tracebacks_are_kept_one_after_another(tmp_path: Path) -> None:
    for _ in range(2):
        try:
            fail()
        except LookupError as error:
            path = keep_traceback(error, tmp_path / "home")
    assert path == tmp_path / "home" / "errors.log"
    kept = path.read_text(encoding="utf-8")
    assert kept.count("LookupError: refused (hidden)") == 2
