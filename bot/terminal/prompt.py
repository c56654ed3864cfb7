"""The prompt at which a person types the lines of a conversation: its history, and completion of commands, names and stories."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory

from bot.errors import FootnoteError
from bot.service.service import Service
from bot.service.session import Session
from bot.settings import Settings
from bot.terminal.slash import FIELDS, field_names
from bot.terminal.text import one_line

_MAX_NAMES = 25  # as many as Discord offers


def prompt_session(settings: Settings, service: Service) -> PromptSession[str]:
    """Return the prompt of a conversation, whose history is in the home folder."""
    lines = history(settings.home / "chat-history")
    return PromptSession(history=lines, completer=LineCompleter(service), complete_while_typing=True)


def history(path: Path) -> History:
    """Return the history of a file that only its owner may read, or one in memory where the file cannot be made."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(path)


class LineCompleter(Completer):
    """Completes slash commands, speakers and actors (typos allowed), and stories."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Offer nothing: names are looked up off the event loop."""
        return ()

    async def get_completions_async(self, document: Document, complete_event: CompleteEvent) -> AsyncGenerator[Completion, None]:
        """Offer what the text before the cursor may become."""
        before = document.text_before_cursor.lstrip()
        if not before.startswith("/"):
            return
        name, blank, rest = before[1:].partition(" ")
        if not blank:
            for command in FIELDS:
                if command.startswith(name.lower()):
                    yield Completion(f"/{command} ", start_position=-len(before), display=f"/{command}")
        elif name.lower() in FIELDS:
            for completion in await self._values(name.lower(), rest):
                yield completion

    async def _values(self, command: str, text: str) -> list[Completion]:
        """Return what the field that is being typed may become."""
        field, typed = (FIELDS[command] or ("",))[0], text
        for match in field_names(command).finditer(text):
            field, typed = (match["named"] or match["bare"]).lower(), text[match.end() :]
        run, offered = self._service.read, list[tuple[str, str | None]]()
        try:
            if field in ("speaker", "actor"):
                people = await run(None, Session.complete_actors, typed, speakers=field == "speaker", limit=_MAX_NAMES)
                offered = [(person.actor.name, person.actor.role) for person in people]
            elif field == "story":
                stories = await run(None, Session.complete_stories, typed, limit=_MAX_NAMES)
                offered = [(story.id, story.title) for story in stories]
        except FootnoteError:
            return []  # the error is shown once the line is entered
        return [
            Completion(one_line(value), start_position=-len(typed), display_meta=one_line(about or ""))
            for value, about in offered
        ]
