from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.log import log_about, log_errors_of, set_up_logging, store_traceback
from bot.settings import Settings
from tests.support.logs import SECRET, logging_as_it_was


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DISCORD_TOKEN", SECRET)
    with logging_as_it_was():
        yield


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
    assert "builtins.LookupError" in logged
    assert "refused (hidden)" not in logged  # what an error says may quote what somebody wrote
    assert "in fail" in logged
    if form == "json":
        (line,) = logged.splitlines()
        assert list(json.loads(line)) == ["time", "level", "logger", "event", "message", "traceback"]
    else:
        assert "error   bot: login with (hidden)\\x0a\\x1b[2J failed" in logged.splitlines()[0]


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_an_event_has_one_name_whatever_is_told_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging(Settings(tmp_path, log_format="json"))
    for number in (1, 2):
        logging.getLogger("discord.gateway").info("Shard ID %s has connected to Gateway (Session ID: %.2s).", number, "abc")
    records = lines(capsys)
    assert {record["event"] for record in records} == {"shard-id-has-connected-to-gateway-session-id"}
    assert [record["message"] for record in records][1] == "Shard ID 2 has connected to Gateway (Session ID: ab)."


@pytest.mark.parametrize("form", ["human", "json"])
async def test_a_line_says_of_which_server_it_is_and_others_do_not(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logging(Settings(tmp_path, log_format=form))

    async def answer(server: int | None) -> None:
        log_about(server=server, shard=None if server is None else server % 2)
        await asyncio.sleep(0)
        logging.getLogger("bot").info("Answered", extra={"fields": {"milliseconds": 5}})

    await asyncio.gather(answer(41), answer(None))
    if form == "json":
        first, second = lines(capsys)
        assert (first["server"], first["shard"], first["milliseconds"]) == (41, 1, 5)
        assert "server" not in second
    else:
        with_server, without_server = capsys.readouterr().err.splitlines()
        assert with_server.endswith("info    bot: Answered [server=41 shard=1 milliseconds=5]")
        assert without_server.endswith("Answered [milliseconds=5]")


async def test_what_nobody_waited_for_is_logged_without_what_was_at_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logging(Settings(tmp_path, log_format="json"))
    loop = asyncio.get_running_loop()
    log_errors_of(loop)

    def answer(question: str) -> None:
        raise ValueError(question)

    loop.call_soon(answer, "who is zanzibar?")
    await asyncio.sleep(0)
    loop.set_exception_handler(None)
    logged = capsys.readouterr().err
    assert "zanzibar" not in logged
    assert json.loads(logged)["traceback"].endswith("raise ValueError(question)\nbuiltins.ValueError")


def test_a_chain_of_errors_is_told_from_its_cause_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging(Settings(tmp_path, log_format="json"))
    try:
        try:
            fail()
        except LookupError as error:
            raise OSError(28, "No space left on device") from error
    except OSError:
        logging.getLogger("bot").exception("It failed")
    trace = lines(capsys)[0]["traceback"]
    cause, last = trace.split("Then:\n")
    assert cause.endswith("builtins.LookupError\n")
    assert last.endswith("builtins.OSError No space left on device")


def test_the_key_in_an_address_of_discord_is_hidden(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging(Settings(tmp_path))
    for address in ("/webhooks/12/aW50-key_1.x/messages/@original", "/api/v10/interactions/34/aW50-key_1.x/callback"):
        logging.getLogger("discord.http").warning("We are being rate limited. %s %s", "PATCH", address)
    logged = capsys.readouterr().err
    assert "aW50" not in logged
    assert "/webhooks/12/(hidden)/messages/@original" in logged


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
            path = store_traceback(error, tmp_path / "home")
    assert path == tmp_path / "home" / "errors.log"
    assert os.name == "nt" or path.stat().st_mode & 0o077 == 0
    kept = path.read_text(encoding="utf-8")
    assert kept.count("LookupError: refused (hidden)") == 2


@pytest.mark.parametrize("form", ["human", "json"])
def test_a_token_of_a_file_is_not_logged_either(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DISCORD_TOKEN")
    (tmp_path / "token").write_text(f"{SECRET}\n")
    monkeypatch.setenv("DISCORD_TOKEN_FILE", str(tmp_path / "token"))
    set_up_logging(Settings(tmp_path, log_format=form))
    logging.getLogger("bot").info("Logged in with %s", SECRET)
    logged = capsys.readouterr().err
    assert "Logged in with (hidden)" in (json.loads(logged)["message"] if form == "json" else logged)
    try:
        raise LookupError(SECRET)
    except LookupError as error:
        path = store_traceback(error, tmp_path)
    assert path is not None
    assert "LookupError: (hidden)" in path.read_text()
