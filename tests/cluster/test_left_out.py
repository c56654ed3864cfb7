"""A base that cannot be replicated is named and left out; the others are replicated."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from bot.doctor.installation import check_replica
from bot.errors import ReplicaError
from bot.storage.served_bases import ServedBases
from tests.cluster.homes import Homes, is_replicated, replicate_until_done, until
from tests.support.patience import PATIENCE

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="there is no Litestream for Windows"),
    pytest.mark.slow,
]

SERVER = 5 << 22


def damage(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:100] + bytes(len(content) - 100))


def test_a_damaged_base_is_named_and_left_out_while_the_others_are_replicated(homes: Homes, replica: Path) -> None:
    """The next ones are as near as ids can be: what is left out is this base alone, and one that is made later comes in."""
    home, others = homes("only"), (None, SERVER + 1, SERVER * 10, SERVER // 10)
    for server in (SERVER, *others):
        home.open(server).close()
    replicate_until_done(home, SERVER)
    sound = files(replica / "servers" / f"{SERVER}.db")
    damage(home.path(SERVER))
    started = home.replicate()
    for server in others:
        until(lambda server=server: is_replicated(home, server))  # type: ignore[misc]
    home.open(SERVER + 2).close()
    until(lambda: is_replicated(home, SERVER + 2))
    assert any(
        check.says == f"Litestream does not replicate {SERVER}.db."
        for check in check_replica(home.settings, (home.path(SERVER),))
    )
    started.send_signal(signal.SIGTERM)
    said = home.heard + started.communicate(timeout=PATIENCE)[0].decode()
    assert f"{home.path(SERVER)} is not replicated until footnote replicate is started again: " in said
    assert "is damaged. Restore it" in said
    # The replica has what it had: it is what the base can be restored from.
    assert files(replica / "servers" / f"{SERVER}.db") == sound


def files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_base_of_which_the_replica_is_damaged_is_left_out_and_the_others_are_not(
    homes: Homes, replica: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home = homes("only")
    for server in (SERVER, SERVER + 1):
        home.open(server).close()
    replicate_until_done(home, SERVER, SERVER + 1)
    for file in (replica / "servers" / f"{SERVER}.db").rglob("*.ltx"):
        file.write_bytes(file.read_bytes()[:200] + b"\0" * 400)
    assert ServedBases(home.settings).prepare_replication() == (home.path(SERVER),)
    assert f"{home.path(SERVER)} is not replicated" in caplog.text
    replica.rename(replica.with_name("away"))
    with pytest.raises(ReplicaError):
        ServedBases(home.settings).prepare_replication()
