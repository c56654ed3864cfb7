from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.history import FileHistory, InMemoryHistory
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.service.service import Service
from bot.terminal import chat
from bot.terminal.conversation import Conversation
from bot.terminal.screen import screen
from tests.cli.conftest import Run, home, run

__all__ = ["home", "run"]


@pytest.fixture
def keyboard() -> Iterator[PipeInput]:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        yield keys


async def converse(service: Service) -> None:
    await chat._typed(Conversation(service), screen(), chat._session(service.settings, service))


def test_piped_lines_are_answered_in_turn_without_prompts(run: Run) -> None:
    result = run("chat", stdin="when was the bridge closed\n\n/who the mayor\n/quit\nnever read\n")
    assert result.stdout.startswith("3 March 2021\n\nThe city closed")
    assert "\n\nMaria Lee\nMayor of Harbour\n" in result.stdout
    assert "> " not in result.stdout
    assert (result.stderr, result.exit_code) == ("", 0)


def test_a_piped_line_that_cannot_be_answered_does_not_end_the_others(run: Run) -> None:
    result = run("chat", stdin=b"/who xyzzy\n\xff\xfe\n/foo\nwhen was the bridge closed")
    assert "\n3 March 2021\n" in f"\n{result.stdout}"
    assert "There is no command /foo" in result.stderr
    assert result.exit_code == 2


async def test_typed_lines_are_answered_and_remembered(
    service: Service, keyboard: PipeInput, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    keyboard.send_text("when was the bridge closed\r/who xyzzy\r/quit\r")
    await converse(service)
    output = capsys.readouterr().out
    assert "3 March 2021" in output
    assert "xyzzy" in output
    assert "+when was the bridge closed" in (tmp_path / "chat-history").read_text(encoding="utf-8")


async def test_the_first_ctrl_c_takes_the_line_back_and_the_next_ends(service: Service, keyboard: PipeInput) -> None:
    keyboard.send_text("half a quest\x03\x03")
    with pytest.raises(KeyboardInterrupt):
        await converse(service)


async def test_the_end_of_the_input_ends(service: Service, keyboard: PipeInput) -> None:
    keyboard.send_text("\x04")
    await converse(service)


def test_the_history_is_for_its_owner_alone_or_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "home" / "chat-history"
    assert isinstance(chat.history(path), FileHistory)
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert isinstance(chat.history(tmp_path / "file" / "chat-history"), InMemoryHistory)
