from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import click
import pytest

from bot.cli.run import until_told_to_stop
from tests.cli.conftest import Run


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
async def test_a_service_managers_signal_lets_the_bot_close_first() -> None:
    closed = []

    async def bot() -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.sleep(10)
        finally:
            closed.append(True)

    await until_told_to_stop(bot())
    assert closed == [True]


def test_preview_hands_its_options_on(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def preview(config: Path | None, *, port: int | None, browser: bool) -> None:
        click.echo(f"{config} {port} {browser}")

    monkeypatch.setattr("bot.preview.run_preview", preview)
    assert run("preview").output == "None None True\n"
    assert run("preview", "--config", "a.toml", "--port", "8080", "--no-browser").output == "a.toml 8080 False\n"
