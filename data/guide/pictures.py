"""``python -m data.guide.pictures``: make the pictures of the guide anew, and write down what they say.

Needs Playwright and a Chromium, the system's or Playwright's own: ``pip install playwright && playwright install chromium``.
"""

from __future__ import annotations

import asyncio
import io
import json
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.async_api import async_playwright

from data.guide.scenes import FOLDER, SCENES, WORDS, Stage, open_stage, words_of

_VIEWPORT = (600, 2000)  # as wide as a message reads well on a page, and higher than any of them
_COLOURS = 64


@asynccontextmanager
async def _camera(stage: Stage) -> AsyncIterator[Any]:
    """Open the preview of the channel with a browser that shows one message of it at a time."""
    server = stage.server
    async with (
        async_playwright() as playwright,
        stage.env.preview(server.channel, viewers=[server.reader, server.moderator]) as preview,
    ):
        # By itself simcord takes no browser but Playwright's own.
        preview._capture_manager._browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"))
        yield preview


def _small(png: bytes) -> Image.Image:
    """Return a picture with few colours, for it is text on plain grounds."""
    return Image.open(io.BytesIO(png)).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)


async def make_pictures() -> None:
    """Play all scenes, and write what they show and what they say."""
    FOLDER.mkdir(exist_ok=True)
    said: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as home:
        async with open_stage(Path(home)) as stage, _camera(stage) as preview:
            for name, play in SCENES.items():
                shown = await play(stage)
                said[name] = words_of(shown.message)
                capture = await preview.screenshot(viewer=shown.viewer, target=shown.message, viewport=_VIEWPORT)
                _small(capture.png).save(FOLDER / f"{name}.png", optimize=True)
                print(f"{name}.png")
    WORDS.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(make_pictures())
