"""The bot in a process of its own, with a Discord on this machine in the place of the real one, and a probe in its event loop.

    python -m data.benchmarks.watched_bot PORT PROBE

The probe sleeps `TICK` seconds again and again, and writes each time at which it woke (monotonic) into the file PROBE, a line
each: what holds up the loop shows as a gap between two lines. The home is that of FOOTNOTE_HOME.
"""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

from bot.cli.running import fit_open_files, run_until_stopped
from bot.client.start import run_bot
from bot.log import set_up_logging
from bot.settings import load_settings
from tests.support.loopback import TOKEN, turn_to

TICK = 0.05


async def _run(probe: Path) -> None:
    settings = fit_open_files(load_settings())
    set_up_logging(settings)
    probing = asyncio.create_task(_probe(probe))
    try:
        await run_bot(settings, TOKEN)
    finally:
        probing.cancel()


async def _probe(path: Path) -> None:
    with path.open("w", encoding="ascii", buffering=1) as file:
        while True:
            file.write(f"{time.monotonic():.3f}\n")
            await asyncio.sleep(TICK)


def main() -> None:
    """Run the bot until a signal stops it."""
    turn_to(int(sys.argv[1]))
    asyncio.run(run_until_stopped(_run(Path(sys.argv[2]))))


if __name__ == "__main__":
    main()
