"""What a line of a conversation is answered with. It knows the service, not the keyboard."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from bot.answers.answerer import EARLIER
from bot.answers.models import Answer
from bot.checking.checker import CheckRequest
from bot.errors import EmptyQuestionError, UsageError
from bot.presentation import wording
from bot.service.service import Service
from bot.terminal import words
from bot.terminal.answers import answer_page, why_page
from bot.terminal.checks import check_page
from bot.terminal.pages import actor_page, fact_list, network_list, source_list
from bot.terminal.safe import one_line
from bot.terminal.screen import Paragraph
from bot.terminal.slash import Command, read_line


class Conversation:
    """One conversation with the library's facts; it remembers the last answer and questions, for ``/why`` and for what follows
    them up."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._last: Answer | None = None
        self._asked: tuple[str, ...] = ()
        self.ended = False

    async def welcome(self) -> str:
        """Say what there is to ask about. Raises FactBaseError where the facts cannot be used."""
        titles = [story.title for story in await self._service.stories(None)]
        return words.WELCOME.format(wording.stories(titles) or "no story yet")

    async def answer(self, line: str) -> Iterable[Paragraph]:
        """Return what to show for a line. Raises FootnoteError where it cannot be done."""
        command = read_line(line)
        if command is None:
            return ()
        if command.get("story") is not None:  # whoever is looked for in it, an unknown story is told as such
            await self._service.sources(None, story=command.get("story"))
        match command.name:
            case "quit":
                self.ended = True
                return ()
            case "help":
                return await self._help()
            case "why":
                return self._why()
            case _:
                return await self._look_up(command)

    async def _look_up(self, command: Command) -> Iterable[Paragraph]:
        service, story = self._service, command.get("story")
        match command.name:
            case "quote":
                return fact_list(await service.quotes(None, command.get("speaker"), command.get("about"), story=story))
            case "who":
                return actor_page(await service.who(None, _name(command), story=story))
            case "timeline":
                start, end, kind = command.get("from"), command.get("to"), command.get("kind") or "events"
                facts = await service.timeline(None, actor=command.get("actor"), start=start, end=end, story=story, kind=kind)
                return fact_list(facts, date_first=True)
            case "network":
                return network_list(await service.network(None, actor=command.get("actor"), story=story))
            case "sources":
                return source_list(await service.sources(None, story=story))
            case "check":
                speaker, source, date = command.get("speaker"), command.get("source"), command.get("date")
                return check_page(
                    await service.check(None, CheckRequest(command.get("text") or "", speaker, source, date, story))
                )
            case _:
                return await self._ask(command.get("question"), command.get("as_of"), story)

    async def _ask(self, question: str | None, as_of: str | None, story: str | None) -> Iterable[Paragraph]:
        if question is None:
            raise EmptyQuestionError
        before = [fact.record.number for fact in self._last.facts] if self._last is not None else []
        self._last = await self._service.ask(None, question, story=story, as_of=as_of, before=before, after=self._asked)
        self._asked = (*self._asked, question)[-EARLIER:]
        return answer_page(self._last)

    async def _help(self) -> Iterable[Paragraph]:
        question = wording.example(await self._service.complete_actors(None, "", speakers=True, limit=1))
        return [Paragraph(Text(line), whole=True) for line in words.HELP.format(one_line(question)).splitlines()]

    def _why(self) -> Iterable[Paragraph]:
        if self._last is None:
            raise UsageError(words.NOTHING_ASKED)
        return why_page(self._last)


def _name(command: Command) -> str:
    value = command.get("actor") or ""
    if not any(map(str.isalnum, value)):
        raise UsageError(wording.NO_NAME)
    return value
