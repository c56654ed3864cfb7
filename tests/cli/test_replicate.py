from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Run

LITESTREAM = ROOT / "config" / "litestream.yml"
needs_litestream = pytest.mark.skipif(sys.platform == "win32", reason="there is no Litestream for Windows")


def test_without_the_setting_it_is_said_what_to_set(run: Run) -> None:
    result = run("replicate")
    assert result.exit_code == 5
    assert "The setting replica is empty: give it the path of Litestream's configuration" in result.stderr


@pytest.mark.parametrize("command", ["run", "replicate"])
def test_faulty_shards_are_told_before_anything_is_done(command: str, run: Run, home: Path) -> None:
    before = os.listdir(home)
    result = run(command, "--shards", "0-8", "--shard-count", "8")
    assert result.exit_code == 5
    assert result.stderr == "--shards names shard 8, but of 8 shards the last is 7. Count from 0.\n"
    assert os.listdir(home) == before


@needs_litestream
def test_where_the_replicas_disk_is_not_there_nothing_is_replicated(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_REPLICA", f"file://{tmp_path}/not/mounted")
    with (home / "footnote.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'replica = "{LITESTREAM.as_posix()}"\n')
    result = run("replicate")
    assert result.exit_code == 4
    assert "The facts are kept in a replica that cannot be reached just now." in result.stderr
    assert not (tmp_path / "not").exists()


@pytest.mark.parametrize("replica", [None, "/mnt/replica/footnote"])
@pytest.mark.parametrize("line", [("replicate",), ("run",), ("story", "list"), ("facts", "list")])
def test_where_to_replicate_must_be_an_address_before_anything_is_made(
    line: tuple[str, ...], replica: str | None, run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "a.b.c")
    monkeypatch.delenv("FOOTNOTE_REPLICA", raising=False)
    if replica is not None:
        monkeypatch.setenv("FOOTNOTE_REPLICA", replica)
    with (home / "footnote.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'replica = "{LITESTREAM.as_posix()}"\n')
    result = run(*line)
    assert result.exit_code == 5
    assert f"replicates to '{replica or ''}/servers', which is no address. Set the environment variable FOOTNOTE_REPLICA" in (
        result.stderr
    )
    assert not list(home.glob("**/*.db"))
