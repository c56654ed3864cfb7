"""What is made of a Litestream that runs but does not answer: what it replicates is not known, and never taken for nothing."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread

import pytest

from bot.doctor.installation import check_replica
from bot.errors import ReplicaError
from bot.facts.base import FactBase
from bot.settings import Settings, load_settings
from bot.storage import deletion
from bot.storage.bases import open_base
from bot.storage.replica import Replica, replica_lag
from tests.support.command_line import Run
from tests.support.paths import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no Litestream for Windows")

SERVER = 11
LITESTREAM = ROOT / "config" / "litestream.yml"


@pytest.fixture
def settings(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A home with a replica and one base."""
    (tmp_path / "replica").mkdir()
    monkeypatch.setenv("FOOTNOTE_REPLICA", f"file://{tmp_path / 'replica'}")
    open_base(load_settings(), SERVER).close()
    with (home / "footnote.toml").open("a", encoding="utf-8") as file:
        file.write(f'replica = "{LITESTREAM}"\n')
    return load_settings()


@contextmanager
def litestream(settings: Settings, answer: bytes = b"") -> Iterator[None]:
    """Take what is asked of Litestream and give one answer; none, as it does on a machine that gives it no time."""
    from socketserver import BaseRequestHandler, UnixStreamServer

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(4096)
            self.request.sendall(answer)

    with UnixStreamServer(str(settings.home / "litestream.sock"), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def open_elsewhere(path: Path) -> Iterator[None]:
    """Have a base open, and read it, with another program."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM draft").fetchone()
        yield


def test_what_litestream_replicates_is_not_known_where_it_does_not_answer(settings: Settings) -> None:
    assert replica_lag(settings, SERVER) is None, "it was never started"
    with litestream(settings), pytest.raises(ReplicaError):
        replica_lag(settings, SERVER)
    assert (settings.home / "litestream.sock").exists()
    assert replica_lag(settings, SERVER) is None, "it was killed"


def test_a_base_that_may_be_open_for_litestream_alone_is_deleted_later(settings: Settings, run: Run) -> None:
    command = ("servers", "delete", str(SERVER), "--now", "--yes")
    with open_elsewhere(settings.base_path(SERVER)):
        with litestream(settings):
            assert deletion.delete_unless_open(settings, SERVER) == "unknown"
            assert "Litestream does not say whether it alone has it. Try again in a minute." in run(*command).stdout
        assert deletion.delete_unless_open(settings, SERVER) == "open"
    assert deletion.due(settings) == (SERVER,)
    assert run(*command).stdout == f"Server {SERVER} was deleted.\n"


def test_deleted_text_is_not_taken_for_gone_where_litestream_may_have_the_base_open(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with FactBase.open(settings.base_path(SERVER)) as base:
        with open_elsewhere(settings.base_path(SERVER)), litestream(settings):
            base.unfinished_forms.put("discord:1", "{}")
            assert not deletion.checkpoint(settings, SERVER, base)
            assert "could not be emptied yet" in caplog.text
        assert base.needs_checkpoint
        assert deletion.checkpoint(settings, SERVER, base)


def test_the_doctor_does_not_say_that_litestream_stands_still(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Replica, "has", lambda self, base: True)
    paths = (settings.base_path(SERVER),)
    with litestream(settings):
        assert [check.says for check in check_replica(settings, paths)] == ["Litestream runs, but does not answer."]
    (settings.home / "litestream.sock").unlink()
    with litestream(settings, b'HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{"databases":[]}'):
        assert [check.says for check in check_replica(settings, paths)] == [
            "Litestream has just been started, or replicates nothing."
        ]
    assert [check.says for check in check_replica(settings, paths)] == ["Litestream does not run."]
