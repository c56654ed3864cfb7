from __future__ import annotations

import stat
from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, InMemoryHistory

from bot.errors import BusyError
from bot.service.service import Service
from bot.terminal.prompt import LineCompleter, history


async def offered(service: Service, typed: str) -> list[str]:
    """Return the lines that the completions make of what was typed."""
    completer = LineCompleter(service)
    completions = completer.get_completions_async(Document(typed), CompleteEvent())
    return [typed[: len(typed) + completion.start_position] + completion.text async for completion in completions]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("/t", "/timeline "),
        ("/quote Le", "/quote Maria Lee"),
        ("/who daniel oko", "/who Daniel Okoro"),
        ("/timeline actor: por", "/timeline actor: Port of Harbour"),
        ("/quote lee story: harb", "/quote lee story: harbour-bridge"),
        ("/ask when was it? story: harb", "/ask when was it? story: harbour-bridge"),
        ("/sources ", "/sources harbour-bridge"),
    ],
)
async def test_commands_names_and_stories_are_offered(service: Service, typed: str, line: str) -> None:
    assert (await offered(service, typed))[0] == line


@pytest.mark.parametrize("typed", ["", "when was", "/nope x", "/quote lee about bri", "/timeline from 20", "/help x"])
async def test_nothing_is_offered_where_a_person_writes_words(service: Service, typed: str) -> None:
    assert await offered(service, typed) == []


async def test_nothing_is_offered_where_names_cannot_be_looked_up(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    async def busy(*_: object, **__: object) -> None:
        raise BusyError("That took too long; ask again.")

    monkeypatch.setattr(service, "read", busy)
    assert await offered(service, "/quote Le") == []


async def test_speakers_are_offered_where_a_speaker_goes(service: Service) -> None:
    assert set(await offered(service, "/quote ")) == {"/quote Maria Lee", "/quote Daniel Okoro"}


def test_the_history_is_for_its_owner_alone_or_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "home" / "chat-history"
    assert isinstance(history(path), FileHistory)
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert isinstance(history(tmp_path / "file" / "chat-history"), InMemoryHistory)
