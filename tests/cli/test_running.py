from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.support.command_line import Run, process
from tests.support.paths import ROOT
from tests.support.patience import PATIENCE

BOT = """
import asyncio
from bot.cli.running import run_until_stopped

async def bot():
    try:
        print("started", flush=True)
        await asyncio.sleep(60)
    finally:
        await asyncio.sleep(0.1)
        print("closed")

print(asyncio.run(run_until_stopped(bot())))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_the_bot_close_first(number: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", BOT], cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "started\n"
        running.send_signal(number)
        assert running.communicate(timeout=PATIENCE)[0] == f"closed\n{int(number)}\n"
    assert running.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal for one process")
def test_preview_serves_the_page_on_the_port_that_is_named_until_it_is_ended(home: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with process("preview", "--port", str(port), "--no-browser") as running:
        assert running.stdout is not None
        said = b"".join(running.stdout.readline() for _ in range(4)).decode()
        address = re.search(rf"http://127\.0\.0\.1:{port}/\S*", said)
        assert address is not None, said
        with urlopen(address[0], timeout=20) as page:
            assert page.status == 200
        running.send_signal(signal.SIGTERM)
        rest, errors = running.communicate(timeout=PATIENCE)
    assert (running.returncode, errors) == (0, b"")
    assert "stopped" in rest.decode()


def test_preview_with_settings_that_are_not_there(run: Run, tmp_path: Path) -> None:
    result = run("preview", "--config", str(tmp_path / "no.toml"))
    assert (result.exit_code, result.stdout.count("\n")) == (5, 1)  # that it starts, and no page
    assert "There is no settings file" in result.stderr


ASK = """
import logging, resource, sys
from pathlib import Path
from bot.cli.running import fit_open_files
from bot.settings import Settings
logging.basicConfig(format="%(message)s")
resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[1]), int(sys.argv[2])))
settings = fit_open_files(Settings(Path("."), open_bases=int(sys.argv[3])))
print(settings.open_bases, *resource.getrlimit(resource.RLIMIT_NOFILE))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
@pytest.mark.parametrize(
    ("soft", "hard", "bases", "printed"),
    [
        (1024, 4096, 200, "200 1400 4096"),
        (1024, 4096, 100, "100 1024 4096"),
        (1024, 1024, 200, "137 1024 1024"),
        (150, 150, 200, "1 150 150"),
    ],
)
def test_as_many_bases_are_open_as_the_system_allows(soft: int, hard: int, bases: int, printed: str) -> None:
    command = [sys.executable, "-c", ASK, str(soft), str(hard), str(bases)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == printed
    assert ("raise its limit" in done.stderr) is (printed.split()[0] != str(bases))


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
    assert f"replicates to '{replica or ''}/servers', which is not an address. Set the environment variable FOOTNOTE_REPLICA" in (
        result.stderr
    )
    assert not list(home.glob("**/*.db"))
