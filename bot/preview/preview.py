"""`footnote preview`: the real bot on a simulated Discord, in the browser. No token, no network.

The page of the preview lacks the menu that a message has in Discord, under Apps; `/message-menu` takes its place.
"""

from __future__ import annotations

import asyncio
import signal
import tempfile
import webbrowser
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager, suppress
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import click
import discord
from discord import app_commands, ui
from discord.app_commands import Choice
from discord.ext import commands
from discord.utils import maybe_coroutine

from bot.client.bot import FootnoteBot, Interaction
from bot.client.start import make_bot
from bot.client.text import label
from bot.errors import NotKnownError, SetupError, UsageError
from bot.service.service import Service
from bot.settings import Settings, load_settings
from bot.stories.load import load_story

MISSING = (
    "The preview needs an optional part that is not installed: "
    "run `python -m pip install -c config/constraints.txt -e '.[preview]'` in the checkout and try again."
)
NO_PORT = (
    "The preview cannot use port {}, because another program has it or it is reserved: choose another with --port, or leave it "
    "out."
)
STARTED = (
    "Footnote's preview is running at\n\n  {channel}\n\n"
    "and direct messages with it at\n\n  {direct}\n\n{facts}\nAsk in the page; press Ctrl-C here to stop."
)
GONE_AFTERWARDS = "What you change here is gone once the preview stops; --folder FOLDER keeps it."
STOPPED = "The preview has stopped."

_PATIENCE = 60.0  # seconds for an action in the page, on a slow machine too
_TICK = 1.0  # seconds between two steps of the simulated clock
_OPEN_SECONDS = 30 * 24 * 3600.0  # for which an unused page stays open: in effect until the preview is ended


def run_preview(config: Path | None = None, *, folder: Path | None = None, port: int | None = None, browser: bool = True) -> None:
    """Serve the preview until it is ended in the page or by Ctrl-C; ``folder`` keeps its facts, which are otherwise lost.

    Raises SetupError where it cannot start.
    """
    if find_spec("simcord") is None:
        raise SetupError(MISSING)
    with preview_settings(config, folder) as settings:
        facts = GONE_AFTERWARDS if folder is None else f"What you change here stays in {folder}."
        with suppress(KeyboardInterrupt, asyncio.CancelledError):
            asyncio.run(_stop_on_sigterm(serve(settings, port=port, browser=browser, say=click.echo, facts=facts)))
        click.echo(STOPPED)


async def _stop_on_sigterm(serving: Coroutine[None, None, None]) -> None:
    """Serve until done; SIGTERM cancels it, as Ctrl-C does anyway, so that the preview deletes its folder first."""
    task = asyncio.ensure_future(serving)
    with suppress(NotImplementedError):  # Windows has no such signals
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    await task


@contextmanager
def preview_settings(config: Path | None, folder: Path | None = None) -> Iterator[Settings]:
    """Load the settings with a home folder of the preview's own, so that it leaves the facts of the real bot alone.

    Without ``folder`` it is a temporary one. Raises SetupError where the folder cannot be made.
    """
    settings = load_settings(config)
    if folder is None:
        with tempfile.TemporaryDirectory(prefix="footnote-preview-") as home:
            yield replace(settings, home=Path(home))
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = f"The preview cannot keep its facts in {folder} ({error.strerror})"
        raise SetupError(f"{problem}: give another folder with --folder, or leave it out.") from error
    if folder.resolve() == settings.home.resolve():
        problem = f"{folder} is the folder of the real bot"
        raise SetupError(f"{problem}: give the preview another one with --folder, or leave it out.")
    yield replace(settings, home=folder.absolute())


async def serve(
    settings: Settings, *, port: int | None, browser: bool, say: Callable[[str], None], facts: str = GONE_AFTERWARDS
) -> None:
    """Run the bot in a simulated server and serve its pages. Raises SetupError (a port in use, a part that is missing)."""
    # Not imported at the top: only the preview extra installs simcord, and `run_preview` says so where it is missing.
    import simcord

    from bot.preview.server import clock_running, open_server

    stories = [load_story(path) for path in settings.story_paths()]
    bot = make_bot(Service(settings))
    async with (
        bot.service as service,
        simcord.run(bot, shard_count=1, check_errors=False, settle_timeout=_PATIENCE) as env,
        AsyncExitStack() as closing,
    ):
        await bot.add_cog(MessageMenus(bot))
        await bot.tree.sync()
        server = await open_server(env, service, stories)
        pages = Pages(env)
        await closing.enter_async_context(clock_running(env, _TICK, pages.show_time))
        closing.push_async_callback(pages.close)
        try:
            channel = await pages.open(server.channel, [server.reader, server.moderator], port)
            direct = await pages.open(server.direct, [server.reader.user], None)
        except simcord.SetupError as error:
            raise SetupError(NO_PORT.format(port) if isinstance(error.__cause__, OSError) else MISSING) from error
        say(STARTED.format(channel=channel, direct=direct, facts=facts))
        if browser:
            await asyncio.to_thread(webbrowser.open, channel)
        await pages.wait_closed()


class Pages:
    """The pages of one simulated Discord: a simcord preview serves one conversation, so each page has a preview of its own."""

    def __init__(self, env: Any) -> None:
        self._env = env
        self._previews: list[Any] = []

    async def open(self, channel: Any, viewers: Sequence[Any], port: int | None) -> str:
        """Serve a channel to those who may be chosen to view it, and return the address of the page."""
        from bot.preview.page import PageServer  # here, as simcord is in `serve`

        # simcord allows one preview at a time, which it finds by this attribute, and notifies it of what is sent.
        # So it is cleared to open another, and then set to this object, which passes the notices on to all of them.
        self._env._preview = None
        preview = self._env.preview(channel, viewers=viewers, layout="channel", port=port)
        preview._server = PageServer(preview, preview._server._requested_port)
        preview._PAGE_LEASE_SECONDS = _OPEN_SECONDS
        await preview.__aenter__()
        self._previews.append(preview)
        self._env._preview = self
        return str(preview.url)

    @property
    def _closed(self) -> bool:
        return all(preview._closed for preview in self._previews)

    def show_time(self) -> None:
        """Let the pages show how long ago something was as of now, not as of their last refresh."""
        for preview in self._previews:
            preview.capture_time = self._env.now()

    def _mark_action_dispatched(self) -> None:
        for preview in self._previews:
            preview._mark_action_dispatched()

    async def wait_closed(self) -> None:
        """Wait until somebody ends one of the pages."""
        waiting = [asyncio.ensure_future(preview.wait_closed()) for preview in self._previews]
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waiting:
                task.cancel()

    async def close(self) -> None:
        """End all pages."""
        for preview in self._previews:
            await preview.close()


_MAX_MESSAGES = 25  # messages to choose from, the newest first; Discord takes no more
_LABEL_LENGTH = 100  # characters that a choice of Discord's may have

NO_SUCH_MENU = "That is only in the menus of messages in a server."


class MessageMenus(commands.Cog):
    """Offers the message commands of the bot as a slash command."""

    def __init__(self, bot: FootnoteBot) -> None:
        self._bot = bot

    @app_commands.command(name="message-menu")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.describe(
        entry="What to pick: in Discord it is in the menu of the message, under Apps",
        message="Of which message; left out: the newest that a person wrote",
    )
    async def pick(self, interaction: Interaction, entry: str, message: str | None = None) -> None:
        """Preview only: pick something from the menu of a message."""
        menu = next((candidate for candidate in self._menus() if candidate.name == entry), None)
        if menu is None:
            raise UsageError(f"There is no such entry. Choose one of {', '.join(candidate.name for candidate in self._menus())}.")
        if interaction.guild is None and menu.allowed_contexts is not None and not menu.allowed_contexts.dm_channel:
            raise UsageError(NO_SUCH_MENU)
        for check in menu.checks:
            await maybe_coroutine(check, interaction)
        callback = cast("Callable[[Interaction, discord.Message], Awaitable[Any]]", menu.callback)
        async for recent in _newest(interaction):
            if message == str(recent.id) or (message is None and not recent.author.bot):
                await callback(interaction, recent)
                return
        problem = "There is no such message here"
        raise NotKnownError(f"{problem}. Choose one from the list, or leave it empty for the newest that a person wrote.")

    @pick.autocomplete("entry")
    async def _entries(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        return [Choice(name=menu.name, value=menu.name) for menu in self._menus() if typed.casefold() in menu.name.casefold()]

    @pick.autocomplete("message")
    async def _messages(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        named = [(message, f"{message.author.display_name}: {_text_of(message)}") async for message in _newest(interaction)]
        matches = [(message, name) for message, name in named if typed.casefold() in name.casefold()]
        return [Choice(name=label(name, _LABEL_LENGTH), value=str(message.id)) for message, name in matches[:_MAX_MESSAGES]]

    def _menus(self) -> list[app_commands.ContextMenu]:
        return self._bot.tree.get_commands(type=discord.AppCommandType.message)


async def _newest(interaction: Interaction) -> AsyncIterator[discord.Message]:
    channel = interaction.channel
    if isinstance(channel, discord.abc.Messageable):
        async for message in channel.history(limit=_MAX_MESSAGES):
            yield message


def _text_of(message: discord.Message) -> str:
    """Return what a message says; for a reply, the text on its card."""
    view = ui.LayoutView.from_message(message)
    texts = (item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay))
    return message.content or " ".join(texts)
