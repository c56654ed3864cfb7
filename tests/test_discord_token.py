from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from bot.discord_token import read_token
from bot.errors import SetupError
from bot.log import keep_traceback, set_up_logging
from bot.settings import Settings
from tests.support.logs import logging_as_it_was

TOKEN = "an.invented.token"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISCORD_TOKEN", "DISCORD_TOKEN_FILE", "CREDENTIALS_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)


def test_the_token_comes_from_the_environment_then_a_file_then_systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_token() is None
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert read_token() is None
    (tmp_path / "discord-token").write_text("of-systemd\n")
    assert read_token() == "of-systemd"
    (tmp_path / "mine").write_text(" of-a-file\n\n")
    monkeypatch.setenv("DISCORD_TOKEN_FILE", str(tmp_path / "mine"))
    assert read_token() == "of-a-file"
    monkeypatch.setenv("DISCORD_TOKEN", " of-the-environment ")
    assert read_token() == "of-the-environment"


@pytest.mark.parametrize(
    ("content", "says"),
    [(None, "no such file or directory"), (b"\xff\xfe", "it is no text"), (b" \n", "is empty: put Discord's token")],
)
def test_a_file_without_a_token_is_one_sentence(
    content: bytes | None, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "token"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("DISCORD_TOKEN_FILE", str(path))
    with pytest.raises(SetupError, match=says):
        read_token()


@pytest.mark.parametrize("form", ["human", "json"])
def test_a_token_of_a_file_is_not_logged_either(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    monkeypatch.setenv("DISCORD_TOKEN_FILE", str(tmp_path / "token"))
    with logging_as_it_was():
        set_up_logging(Settings(tmp_path, log_format=form))
        logging.getLogger("bot").info("Logged in with %s", TOKEN)
    logged = capsys.readouterr().err
    assert "Logged in with (hidden)" in (json.loads(logged)["message"] if form == "json" else logged)
    try:
        raise LookupError(TOKEN)
    except LookupError as error:
        path = keep_traceback(error, tmp_path)
    assert path is not None
    assert "LookupError: (hidden)" in path.read_text()
