from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.cli.conftest import ROOT, Run, process

BOT = """
import asyncio
from bot.cli.run import until_told_to_stop

async def bot():
    try:
        print("started", flush=True)
        await asyncio.sleep(60)
    finally:
        await asyncio.sleep(0.1)
        print("closed")

print(asyncio.run(until_told_to_stop(bot())))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_the_bot_close_first(number: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", BOT], cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "started\n"
        running.send_signal(number)
        assert running.communicate(timeout=20)[0] == f"closed\n{int(number)}\n"
    assert running.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal for one process")
def test_preview_serves_the_page_on_the_port_that_is_named_until_it_is_ended(home: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with process("preview", "--port", str(port), "--no-browser") as running:
        assert running.stdout is not None
        said = b"".join(running.stdout.readline() for _ in range(3)).decode()
        address = re.search(rf"http://127\.0\.0\.1:{port}/\S*", said)
        assert address is not None, said
        with urlopen(address[0], timeout=20) as page:
            assert page.status == 200
        running.send_signal(signal.SIGTERM)
        rest, errors = running.communicate(timeout=20)
    assert (running.returncode, errors) == (0, b"")
    assert "stopped" in rest.decode()


def test_preview_with_settings_that_are_not_there(run: Run, tmp_path: Path) -> None:
    result = run("preview", "--config", str(tmp_path / "no.toml"))
    assert (result.exit_code, result.stdout) == (5, "")
    assert "There is no settings file" in result.stderr
