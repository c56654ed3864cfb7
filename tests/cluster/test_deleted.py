"""What was deleted on purpose stays deleted, and what began anew after that is not taken for it."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from bot.errors import FactBaseError
from bot.facts.state.ownership import Ownership, read_ownership
from bot.settings import Settings
from bot.storage.deletion import delete
from bot.storage.deletion_marks import tombstone
from bot.storage.replica_deletion import delete_replica, sweep_deleted
from tests.cluster.homes import LITESTREAM, Home, Homes, change, is_replicated, lag, replicate_until_done, title, until
from tests.support.paths import HARBOUR
from tests.support.patience import PATIENCE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no Litestream for Windows")

SERVER = 5 << 22


@pytest.mark.slow
def test_what_was_deleted_does_not_come_back(homes: Homes, replica: Path) -> None:
    home = homes("only")
    home.replicate()
    with home.open(SERVER) as base:
        change(base, "To be deleted")
    until(lambda: is_replicated(home, SERVER))
    delete(home.settings, SERVER)
    assert not (replica / "servers" / f"{SERVER}.db").exists()
    until(lambda: lag(home, SERVER) is None)  # Litestream has seen that it is gone
    assert not list(replica.rglob("*.ltx"))
    for name in ("only", "new"):
        with homes(name).open(SERVER) as base:
            assert title(base) == "The Harbour Bridge closure"


@pytest.mark.slow
def test_a_server_is_deleted_from_the_command_line_while_litestream_has_its_base_open(homes: Homes, replica: Path) -> None:
    home = homes("only")
    home.open(SERVER).close()
    home.replicate()
    until(lambda: lag(home, SERVER) is not None)
    deleting = home.start("servers", "delete", str(SERVER), "--now", "--yes")
    assert deleting.communicate(timeout=PATIENCE)[0].decode() == f"Server {SERVER} was deleted.\n"
    assert not home.path(SERVER).exists()
    until(lambda: lag(home, SERVER) is None)  # Litestream has seen that it is gone
    assert not list(replica.rglob("*.ltx"))


def upload_late(home: Home, replica: Path) -> Path:
    """Delete a server as Litestream had an upload of it on its way; return the file that arrives after the deletion."""
    with home.open(SERVER) as base:
        home.replicate()
        change(base, "Before")
        until(lambda: is_replicated(home, SERVER))
        change(base, "To be deleted")
        until(lambda: is_replicated(home, SERVER))
    last = max(replica.rglob("ltx/0/*.ltx"))
    content = last.read_bytes()
    home.stop()
    delete(home.settings, SERVER)
    last.parent.mkdir(parents=True)
    last.write_bytes(content)
    return last


@pytest.mark.slow
def test_what_litestream_uploads_after_a_deletion_keeps_nobody_from_beginning_anew(homes: Homes, replica: Path) -> None:
    home = homes("only")
    late = upload_late(home, replica)
    with home.open(SERVER) as base:
        assert title(base) == "The Harbour Bridge closure"
    assert not late.exists()
    replicate_until_done(home, SERVER)
    with homes("new").open(SERVER) as base:
        assert title(base) == "The Harbour Bridge closure"


@pytest.mark.slow
def test_what_litestream_uploads_after_a_deletion_is_swept_away(homes: Homes, replica: Path) -> None:
    home = homes("only")
    late = upload_late(home, replica)
    assert sweep_deleted(home.settings, lambda server: False) == ()
    assert late.exists()
    assert sweep_deleted(home.settings, lambda server: True) == (SERVER,)
    assert not late.parent.exists()
    assert sweep_deleted(home.settings, lambda server: True) == ()


@pytest.mark.slow
def test_a_whole_base_is_swept_away_and_what_began_anew_elsewhere_is_not(
    homes: Homes, replica: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = homes("first"), homes("second")
    with first.open(SERVER) as base:
        change(base, "To be deleted")
    replicate_until_done(first, SERVER)
    with monkeypatch.context() as out_of_reach:
        out_of_reach.setattr("bot.storage.deletion.delete_replica", lambda settings, server: None)
        delete(first.settings, SERVER)
    assert sweep_deleted(first.settings, lambda server: True) == (SERVER,)
    assert not list(replica.rglob("*.ltx"))
    sleep_into_the_next_second()
    with second.open(SERVER) as base:
        change(base, "From the second home")
    replicate_until_done(second, SERVER)
    assert sweep_deleted(first.settings, lambda server: True) == ()
    with first.open(SERVER) as base:
        assert title(base) == "From the second home"


@pytest.mark.slow
def test_a_deletion_lasts_until_litestream_has_let_go_of_the_base(
    homes: Homes, replica: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where it could not be told to: each look that it has the base still is one more upload that may arrive."""
    home = homes("only")
    home.open(SERVER).close()
    replicate_until_done(home, SERVER)
    looks = iter((True, True, False))

    def replicated(_: object) -> frozenset[str]:
        if next(looks):
            (replica / "servers" / f"{SERVER}.db" / "ltx").mkdir(parents=True, exist_ok=True)
            return frozenset({str(home.path(SERVER))})
        return frozenset()

    monkeypatch.setattr("bot.storage.replica.Replica.replicated", replicated)
    delete(home.settings, SERVER)
    assert not (replica / "servers" / f"{SERVER}.db").exists()
    assert next(looks, "all looked at") == "all looked at"


def test_a_deletion_ends_though_litestream_never_lets_go(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_REPLICA", f"file://{tmp_path}")
    monkeypatch.setattr("bot.storage.replica_deletion.SECONDS_BETWEEN_LOOKS", 0.0)
    settings = Settings(tmp_path, replica=str(LITESTREAM))
    (tmp_path / "servers").mkdir()
    monkeypatch.setattr("bot.storage.replica.Replica.replicated", lambda _: {str(settings.base_path(SERVER))})
    delete_replica(settings, SERVER)
    assert "Litestream may still be writing" in caplog.text


@pytest.mark.slow
def test_what_the_replica_still_has_of_a_deleted_base_stays_away(homes: Homes, monkeypatch: pytest.MonkeyPatch) -> None:
    """As with storage in which nothing can be deleted from here."""
    with homes("first").open(SERVER) as base:
        change(base, "To be deleted")
    replicate_until_done(homes("first"), SERVER)
    with homes("second").open(SERVER) as base:
        assert title(base) == "To be deleted"
    replicate_until_done(homes("second"), SERVER)
    with monkeypatch.context() as patched:
        patched.setattr("bot.storage.deletion.delete_replica", lambda settings, server: None)
        delete(homes("second").settings, SERVER)
    for _ in range(2):
        with homes("second").open(SERVER) as base:
            assert title(base) == "The Harbour Bridge closure"
    replicate_until_done(homes("second"), SERVER)
    with homes("first").open(SERVER) as base:
        assert title(base) == "The Harbour Bridge closure"


@pytest.mark.slow
def test_what_began_anew_elsewhere_after_a_deletion_comes_back(homes: Homes, replica: Path) -> None:
    """The shards go to a second home and come back; what the first one knows of an earlier deletion says nothing of that."""
    first, second = homes("first"), homes("second")
    with first.open(SERVER) as base:
        change(base, "To be deleted")
    replicate_until_done(first, SERVER)
    delete(first.settings, SERVER)
    assert not list(replica.rglob("*.ltx"))
    sleep_into_the_next_second()
    with second.open(SERVER) as base:
        change(base, "From the second home")
    replicate_until_done(second, SERVER)
    with first.open(SERVER) as base:
        assert title(base) == "From the second home"


@pytest.mark.slow
def test_what_was_deleted_stays_away_though_its_successor_was_only_half_made(
    homes: Homes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the bot is killed, or the disk is full, after the new base is there and before it has a term."""
    home = homes("only")
    with home.open(SERVER) as base:
        change(base, "To be deleted")
    replicate_until_done(home, SERVER)
    monkeypatch.setattr("bot.storage.deletion.delete_replica", lambda settings, server: None)
    delete(home.settings, SERVER)
    with monkeypatch.context() as full:
        full.setattr("bot.storage.served_bases.take_over", fail)
        with pytest.raises(FactBaseError):
            home.open(SERVER)
    assert read_ownership(home.path(SERVER)) == Ownership()
    with home.open(SERVER) as base:
        assert title(base) == "The Harbour Bridge closure"


@pytest.mark.slow
@pytest.mark.parametrize("said", ["", "{}", '{"on": "2026-01-02"}', '{"term": "soon"}'])
def test_a_note_of_a_deletion_that_says_no_term_speaks_of_all_that_was_before_it(said: str, homes: Homes) -> None:
    with homes("old").open(SERVER) as base:
        change(base, "To be deleted")
    replicate_until_done(homes("old"), SERVER)
    path = homes("new").path(SERVER)
    path.parent.mkdir()
    tombstone(path).write_text(said)
    with homes("new").open(SERVER) as base:
        assert title(base) == "The Harbour Bridge closure"


def sleep_into_the_next_second() -> None:
    now = int(time.time())
    until(lambda: int(time.time()) > now)


def fail(*_: object, **__: object) -> None:
    raise FactBaseError("The disk is full.")


def test_where_nothing_can_be_deleted_from_here_it_is_said_what_to_delete(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_REPLICA", "s3://bucket/footnote")
    settings = Settings(tmp_path, stories=(str(HARBOUR),), replica=str(LITESTREAM))
    settings.base_path(SERVER).parent.mkdir()
    delete(settings, SERVER)
    assert f"delete all below s3://bucket/footnote/servers/{SERVER}.db there" in caplog.text
