"""A conversation in a terminal: lines in, answers out; with a prompt where a person types, without one where input is piped."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from bot.errors import FootnoteError
from bot.service.service import Service
from bot.settings import Settings
from bot.terminal.conversation import Conversation
from bot.terminal.safe import safe
from bot.terminal.screen import screen, show

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import History

HISTORY = "chat-history"
PROMPT = "> "


def run_chat(settings: Settings, complain: Callable[[str], None]) -> int:
    """Converse until the end of the input or /quit; ``complain`` is told what cannot be done.

    Returns an exit code: of a person's conversation 0, of piped lines that of the first that could not be answered.
    """
    with asyncio.Runner() as runner:
        closing = AsyncExitStack()
        service = runner.run(closing.enter_async_context(Service(settings)))
        try:
            conversation = Conversation(service)
            welcome = runner.run(conversation.welcome())
            console = screen()
            if not sys.stdin.isatty():
                return _piped(runner, conversation, console, complain)
            show_welcome(console, welcome)
            runner.run(_typed(conversation, console, _session(settings, service)))
            return 0
        finally:
            runner.run(closing.aclose())


def show_welcome(console: Console, welcome: str) -> None:
    """Print the first line of a conversation."""
    console.print(Text(safe(welcome), "dim"))


def _piped(runner: asyncio.Runner, conversation: Conversation, console: Console, complain: Callable[[str], None]) -> int:
    """Answer lines. They are read outside of the event loop, where Ctrl-C ends the wait for the next at once."""
    code, first = 0, True
    while not conversation.ended and (line := sys.stdin.buffer.readline()):
        try:
            paragraphs = list(runner.run(conversation.answer(line.decode(errors="replace"))))
        except FootnoteError as error:
            code = code or error.exit_code
            complain(str(error))
            continue
        if paragraphs and not first:
            console.print()
        first = first and not paragraphs
        show(console, paragraphs)
    return code


async def _typed(conversation: Conversation, console: Console, session: PromptSession[str]) -> None:
    while not conversation.ended:
        try:
            line = await session.prompt_async(PROMPT)
        except EOFError:
            return
        except KeyboardInterrupt:
            if session.default_buffer.text:  # the first Ctrl-C takes the line back, as in a shell
                continue
            raise
        try:
            show(console, await conversation.answer(line))
        except FootnoteError as error:
            console.print(Text(safe(str(error)), "red"), soft_wrap=True)


def _session(settings: Settings, service: Service) -> PromptSession[str]:
    from prompt_toolkit import PromptSession

    from bot.terminal.completion import LineCompleter

    return PromptSession(history=history(settings.home / HISTORY), completer=LineCompleter(service), complete_while_typing=True)


def history(path: Path) -> History:
    """Return the history kept in a file that its owner alone may read; one in memory where there can be no such file."""
    from prompt_toolkit.history import FileHistory, InMemoryHistory

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(path)
