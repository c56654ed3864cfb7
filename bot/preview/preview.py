"""`footnote preview`: the real bot on a simulated Discord, in the browser. No token, no network."""

from __future__ import annotations

import asyncio
import signal
import tempfile
import webbrowser
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import click

from bot.client.start import make_bot
from bot.errors import SetupError
from bot.service.service import Service
from bot.settings import Settings, load_settings
from bot.stories.load import load_story

MISSING = (
    'The preview needs an optional part that is not installed: run `python -m pip install "footnote-bot[preview]"` and try again.'
)
NO_PORT = (
    "The preview cannot use port {}, for another program has it or it is reserved: choose another with --port, or leave it out."
)
STARTED = "Footnote's preview is running at\n\n  {}\n\nAsk in the page; press Ctrl-C here to stop."
STOPPED = "The preview has stopped."


def run_preview(
    config: Path | None = None, *, port: int | None = None, browser: bool = True, say: Callable[[str], None] = click.echo
) -> None:
    """Serve the preview until it is ended in the page or by Ctrl-C. Raises SetupError where it cannot start."""
    if find_spec("simcord") is None:
        raise SetupError(MISSING)
    with preview_settings(config) as settings:
        with suppress(KeyboardInterrupt, asyncio.CancelledError):
            asyncio.run(_stop_on_sigterm(serve(settings, port=port, browser=browser, say=say)))
        say(STOPPED)


async def _stop_on_sigterm(serving: Coroutine[None, None, None]) -> None:
    """Serve until done; SIGTERM cancels it, as Ctrl-C does by itself, so that the preview deletes its folder first."""
    task = asyncio.ensure_future(serving)
    with suppress(NotImplementedError):  # Windows has no such signals
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    await task


@contextmanager
def preview_settings(config: Path | None) -> Iterator[Settings]:
    """Load the settings with a temporary home folder, so that the preview leaves the facts of the real bot alone."""
    settings = load_settings(config)
    with tempfile.TemporaryDirectory(prefix="footnote-preview-") as home:
        yield replace(settings, home=Path(home))


async def serve(settings: Settings, *, port: int | None, browser: bool, say: Callable[[str], None]) -> None:
    """Run the bot in a simulated server and serve its page. Raises SetupError (a port in use, a part that is missing)."""
    # Not at the top: only the preview extra installs simcord, and `run_preview` says so where it is missing.
    import simcord

    from bot.preview.server import open_server

    stories = [load_story(path) for path in settings.story_paths()]
    async with Service(settings) as service, simcord.run(make_bot(service), shard_count=1, check_errors=False) as env:
        server = await open_server(env, service, stories)
        preview = env.preview(server.channel, viewers=[server.reader, server.moderator], layout="channel", port=port)
        try:
            await preview.__aenter__()
        except simcord.SetupError as error:
            raise SetupError(NO_PORT.format(port) if isinstance(error.__cause__, OSError) else MISSING) from error
        try:
            say(STARTED.format(preview.url))
            if browser:
                await asyncio.to_thread(webbrowser.open, preview.url)
            await preview.wait_closed()
        finally:
            await preview.close()
