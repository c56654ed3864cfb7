"""The tools that ``footnote mcp`` offers: they read one session, one call at a time, and change no fact.

An error that is raised on purpose reaches the assistant as its sentence; a name that is not known is an answer like others.
"""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable
from typing import Annotated, Any, Literal

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, InputRequiredResult, Tool, ToolAnnotations
from pydantic import Field

from bot import __version__
from bot.cancellation import processor_limit
from bot.checking.checker import CheckRequest
from bot.cli.assistant_answers import answered, checked, cited, for_assistants, happened, not_known, said
from bot.errors import FootnoteError, NotKnownError
from bot.service.session import Session

MAX_SECONDS = 60.0
"""Processor time of one call: an assistant may send any text."""

MAX_TEXT = 20_000
"""Characters of one text."""

INSTRUCTIONS = (
    "Facts about news stories that people recorded with their sources. Every fact has its revision, such as F12@3, and its "
    "citations: source, locator, link. Give them with whatever you say from here. Where status is 'not known', the facts do not "
    "answer: say so. Where it is 'perhaps', say that it is not sure. What stands under 'nearest' and 'see_also' is near, and no "
    "answer. Where 'checked' says that nobody checked a sentence of an article, say that too."
)
_ONLY_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

Text = Annotated[str, Field(max_length=MAX_TEXT)]
Day = Annotated[
    str | None, Field(max_length=100, description="As people write dates: 26 October 2017, October 2017, 2017-10-26.")
]
Name = Annotated[str, Field(max_length=200, description="The name of a person or an organisation.")]
Skip = Annotated[int, Field(ge=0, description="How many to pass over; 'left' says how many there are beyond those shown.")]


def make_server(session: Session, story: str | None) -> MCPServer[Any]:
    """Return a server whose tools read one story of a session, or all (None)."""
    server = _Server("footnote", title="Footnote", instructions=INSTRUCTIONS, version=__version__, log_level="WARNING")
    tools = _Tools(session, story)
    for tool in (tools.ask, tools.check_quotation, tools.said_by, tools.timeline, tools.sources):
        server.tool(description=inspect.getdoc(tool), annotations=_ONLY_READS)(tool)
    return server


class _Server(MCPServer[Any]):
    """A server that refuses what its tools do not take: passed over, "since" would answer of all time as if of that time."""

    async def list_tools(self) -> list[Tool]:
        """Return the tools, which say of themselves that they take nothing else."""
        tools = await super().list_tools()
        for tool in tools:
            tool.input_schema["additionalProperties"] = False
        return tools

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool. Raises ToolError, also for an argument that it does not take."""
        taken = next((tool.input_schema["properties"] for tool in await self.list_tools() if tool.name == name), arguments)
        if other := sorted(arguments.keys() - taken.keys()):
            raise ToolError(f"{name} does not take {', '.join(map(repr, other))}. It takes {', '.join(taken)}.")
        return await super().call_tool(name, arguments, context)


class _Tools:
    """The tools. Their docstrings are what an assistant reads about them."""

    def __init__(self, session: Session, story: str | None) -> None:
        self._session = session
        self._story = story
        self._turn = threading.Lock()  # calls come in threads, and a session serves one at a time

    def ask(self, question: Text, as_of: Day = None, after: list[Text] | None = None) -> dict[str, Any]:
        """Answer a question from the recorded facts, with citations; 'not known' where they do not answer it.

        as_of: answer from what the sources had published by that day. after: the earlier questions of the conversation, oldest
        first, where the question refers to them.
        """
        return self._read(lambda: answered(self._session.ask(question, story=self._story, as_of=as_of, after=tuple(after or ()))))

    def check_quotation(
        self, text: Text, speaker: Name | None = None, source: Text | None = None, date: Day = None
    ) -> dict[str, Any]:
        """Check every quotation of a text word for word against the recorded ones: exact, changed, somebody else's, or not known.

        A quotation that is not known is not thereby false. speaker, source and date say whose it is said to be, from where and
        from when; without them, the sentences around a quotation say it.
        """
        return self._read(lambda: checked(self._session.checks.check(CheckRequest(text, speaker, source, date, self._story))))

    def said_by(self, actor: Name, about: Text | None = None, skip: Skip = 0) -> dict[str, Any]:
        """List what a person or an organisation said or claimed, with citations; with about, their quotes on a topic."""

        def read() -> dict[str, Any]:
            page = self._session.who(actor, story=self._story)
            spoken = self._session.quotes(actor, about, story=self._story) if about else page.spoken
            return said(page.record.actor.name, spoken, skip)

        return self._read(read)

    def timeline(
        self,
        actor: Name | None = None,
        start: Day = None,
        end: Day = None,
        kind: Literal["events", "quotes", "claims", "all"] = "events",
        skip: Skip = 0,
    ) -> dict[str, Any]:
        """List what happened by date, or what was said or claimed, with citations; of one actor or period if named."""
        return self._read(
            lambda: happened(self._session.timeline(actor=actor, start=start, end=end, story=self._story, kind=kind), skip)
        )

    def sources(self, skip: Skip = 0) -> dict[str, Any]:
        """List the sources that the facts cite, most cited first, each with its link and archived copy."""
        return self._read(lambda: cited(self._session.sources(story=self._story), skip))

    def _read(self, read: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """Read in turn and within the processor time of a call. Raises ToolError with the sentence of what went wrong."""
        with self._turn, processor_limit(MAX_SECONDS):
            try:
                return read()
            except NotKnownError as error:
                return not_known(str(error))
            except FootnoteError as error:
                raise ToolError(for_assistants(str(error))) from error
