"""What the command line does beside ``footnote replicate`` is what it says, and reaches the replica."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.facts.base import FactBase
from bot.storage.replica import Replica
from tests.cluster.homes import Home, Homes, lag, until
from tests.support.patience import PATIENCE

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="there is no Litestream for Windows"),
    pytest.mark.slow,
]

SERVER = 5 << 22


def run(home: Home, *arguments: str) -> tuple[int, str]:
    started = home.start(*arguments)
    printed = started.communicate(timeout=PATIENCE)[0].decode()
    return started.returncode, printed


def facts(path: Path) -> int:
    with FactBase.open(path, create=False) as base:
        return base.count()


def test_an_import_is_undone_only_when_told_so_and_that_reaches_the_replica(homes: Homes) -> None:
    home = homes("only")
    home.open(SERVER).close()
    home.replicate()
    until(lambda: lag(home, SERVER) is not None)
    undo = ("facts", "undo", "--change", "1", "--server", str(SERVER))
    code, printed = run(home, *undo)
    assert (code, facts(home.path(SERVER))) == (2, 8)
    assert "This would retract 8 facts that were imported. Nothing was undone." in printed
    code, printed = run(home, *undo, "--yes")
    assert (code, facts(home.path(SERVER))) == (0, 0), printed
    replica = Replica.of(home.settings)
    assert replica is not None

    def replicated() -> bool:
        with replica.fetched(home.path(SERVER)) as fetched:
            return fetched is not None and facts(fetched) == 0

    until(replicated)


def test_a_damaged_base_that_is_left_out_is_deleted_here_and_in_the_replica(homes: Homes, replica: Path) -> None:
    home = homes("only")
    home.open(SERVER).close()
    home.replicate()
    until(lambda: bool(list((replica / "servers").rglob("*.ltx"))))
    home.stop()
    content = home.path(SERVER).read_bytes()
    home.path(SERVER).write_bytes(content[:100] + bytes(len(content) - 100))
    home.replicate()
    code, printed = run(home, "servers", "delete", str(SERVER), "--now", "--yes")
    assert code == 0
    assert printed.endswith(f"Server {SERVER} was deleted.\n")
    assert not home.path(SERVER).exists()
    assert not list((replica / "servers").rglob("*.ltx"))
