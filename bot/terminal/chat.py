"""A conversation in a terminal: lines in, answers out; with a prompt where a person types, without one where input is piped."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from bot import phrases
from bot.answers.answerer import EARLIER
from bot.answers.models import Answer
from bot.checking.checker import CheckRequest
from bot.errors import EmptyQuestionError, FootnoteError, UsageError
from bot.facts.models import FactRecord
from bot.presentation import wording
from bot.presentation.telling import as_events, as_quotes
from bot.service.service import Service
from bot.service.session import Session
from bot.settings import Settings
from bot.terminal.blocks import Block, screen, show
from bot.terminal.check_page import check_page
from bot.terminal.pages import answer_page, fact_list, why_page
from bot.terminal.people import actor_page, network_list, source_list
from bot.terminal.slash import HELP, SlashCommand, read_line
from bot.terminal.text import one_line, safe

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession

WELCOME = "I know about {}. Ask a question, or type /help; /quit ends."

_NEXT_WORDS = re.compile(r"\b(?:next|then|afterwards?)\b", re.IGNORECASE)
_EXCERPT = 60  # characters of a fact by which a note that quotes it is recognised


class Conversation:
    """A conversation about the library's facts, typed or piped.

    It remembers the last answer, for ``/why``, and the last questions, which later ones may refer to.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._last: Answer | None = None
        self._anchor: FactRecord | None = None  # the event from which the last answer counted time, if it did
        self._asked: tuple[str, ...] = ()
        self.ended = False

    async def welcome(self) -> str:
        """Return a sentence that names the stories to ask about. Raises FactBaseError where the facts cannot be used."""
        titles = [story.title for story in await self._service.read(None, Session.stories)]
        return WELCOME.format(phrases.stories(titles) or "no story yet")

    async def answer(self, line: str) -> Iterable[Block]:
        """Return what to show for a line. Raises FootnoteError where it cannot be done."""
        command = read_line(line)
        if command is None:
            return ()
        if (story := command.fields.get("story")) is not None:  # an unknown story is reported before an unknown actor
            await self._service.read(None, Session.sources, story=story)
        match command.name:
            case "quit":
                self.ended = True
                return ()
            case "help":
                quoted = await self._service.read(None, Session.complete_actors, "", speakers=True, limit=1)
                question = one_line(wording.example(quoted))
                return [Block(Text(line), whole=True) for line in HELP.format(question).splitlines()]
            case "why":
                if self._last is None:
                    raise UsageError("Nothing has been asked yet.")
                return why_page(self._last)
            case _:
                return await self._look_up(command)

    async def _look_up(self, command: SlashCommand) -> Iterable[Block]:
        run, field = self._service.read, command.fields.get
        story = field("story")
        match command.name:
            case "quote":
                return fact_list(as_quotes(await run(None, Session.quotes, field("speaker"), field("about"), story=story)))
            case "who":
                name = field("actor") or ""
                if not any(map(str.isalnum, name)):
                    raise UsageError(wording.NO_NAME)
                return actor_page(await run(None, Session.who, name, story=story))
            case "timeline":
                actor, start, end, kind = field("actor"), field("from"), field("to"), field("kind") or "events"
                facts = await run(None, Session.timeline, actor=actor, start=start, end=end, story=story, kind=kind)
                return fact_list(as_events(facts), date_first=True)
            case "network":
                return network_list(await run(None, Session.network, actor=field("actor"), story=story))
            case "sources":
                return source_list(await run(None, Session.sources, story=story))
            case "check":
                request = CheckRequest(field("text") or "", field("speaker"), field("source"), field("date"), story)
                return check_page(await self._service.check(None, request))
            case _:
                return await self._ask(field("question"), field("as_of"), story)

    async def _ask(self, question: str | None, as_of: str | None, story: str | None) -> Iterable[Block]:
        if question is None:
            raise EmptyQuestionError
        before = self._followed_up(question)
        self._last = await self._service.ask(
            None, question, story=story, as_of=as_of, before=[record.number for record in before], after=self._asked
        )
        # The note of an answer names the fact from which it counts time.
        counted = self._last.by_relation and before and before[0].fact.text[:_EXCERPT] in (self._last.note or "")
        self._anchor = before[0] if counted else None
        self._asked = (*self._asked, question)[-EARLIER:]
        return answer_page(self._last, chatting=True)

    def _followed_up(self, question: str) -> list[FactRecord]:
        """Return the facts that a question follows up, the one from which time is counted first.

        "Before that" and "after that" go on counting from the same event, but "what came next" counts from the last fact shown.
        """
        facts = [fact.record for fact in self._last.facts] if self._last is not None else []
        if self._anchor is None:
            return facts
        return facts[::-1] if _NEXT_WORDS.search(question) else [self._anchor, *facts]


def run_chat(settings: Settings, report: Callable[[str], None]) -> int:
    """Converse until the end of the input or /quit; ``report`` gets a sentence for each piped line that has no answer.

    Returns the exit code: 0 after a person's conversation, after piped lines that of the first without an answer.
    """
    with asyncio.Runner() as runner:
        closing = AsyncExitStack()
        service = runner.run(closing.enter_async_context(Service(settings)))
        try:
            conversation = Conversation(service)
            welcome = runner.run(conversation.welcome())
            console = screen()
            if not sys.stdin.isatty():
                runner.run(service.warm_up())  # nobody types meanwhile: the first answer would be late for its deadline
                return _piped(runner, conversation, console, report)
            console.print(Text(safe(welcome), "dim"))
            from bot.terminal.prompt import prompt_session  # piped lines need none of this

            runner.run(_typed(conversation, console, prompt_session(settings, service)))
            return 0
        finally:
            runner.run(closing.aclose())


def _piped(runner: asyncio.Runner, conversation: Conversation, console: Console, report: Callable[[str], None]) -> int:
    """Answer piped lines. They are read outside the event loop, where Ctrl-C ends the wait for the next one at once."""
    code, first = 0, True
    while not conversation.ended and (line := sys.stdin.buffer.readline()):
        try:
            blocks = list(runner.run(conversation.answer(line.decode(errors="replace"))))
        except FootnoteError as error:
            code = code or error.exit_code
            report(str(error))
            continue
        if blocks and not first:
            console.print()
        first = first and not blocks
        show(blocks, console)
    return code


async def _typed(conversation: Conversation, console: Console, session: PromptSession[str]) -> None:
    while not conversation.ended:
        try:
            line = await session.prompt_async("> ")
        except EOFError:
            return
        except KeyboardInterrupt:
            if session.default_buffer.text:  # the first Ctrl-C takes the line back, as in a shell
                continue
            raise
        try:
            show(await conversation.answer(line), console)
        except FootnoteError as error:
            console.print(Text(safe(str(error)), "red"), soft_wrap=True)
