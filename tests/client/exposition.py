"""What a running bot shows to the outside: its metrics as Prometheus reads them, and whether it is ready."""

from __future__ import annotations

import shutil
import subprocess

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from bot.client.bot import FootnoteBot
from bot.metrics import serve_metrics


async def look(bot: FootnoteBot, path: str) -> tuple[int, str]:
    """Return the status and the text of a page that a bot serves."""
    async with (
        serve_metrics("127.0.0.1:0", bot) as port,
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as response,
    ):
        return response.status, await response.text()


async def metrics(bot: FootnoteBot) -> dict[tuple[str, frozenset[str]], float]:
    """Return what Prometheus reads: values by the name and the values of the labels."""
    status, text = await look(bot, "/metrics")
    assert status == 200
    if promtool := shutil.which("promtool"):
        checked = subprocess.run([promtool, "check", "metrics"], input=text, capture_output=True, text=True, check=False)
        assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {(sample.name, frozenset(sample.labels.values())): sample.value for sample in samples}


def value(samples: dict[tuple[str, frozenset[str]], float], name: str, *labels: str) -> float:
    return samples.get((name, frozenset(labels)), 0)
