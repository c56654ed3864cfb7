"""`footnote mcp` as an assistant meets it, with the client of the package `mcp`, mostly on the shipped story."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.cli import assistants
from bot.facts.files import connect
from bot.settings import load_settings
from tests.support.command_line import Run
from tests.support.paths import ROOT

pytest.importorskip("mcp")  # an optional part
from mcp import Client, StdioServerParameters
from mcp.types import TextContent

SHIPPED = ("--story", "twitter-rt-sputnik")
ARTICLE = "https://www.wsws.org/en/articles/2017/10/28/twit-o28.html"


@asynccontextmanager
async def served(*args: str) -> AsyncIterator[Client]:
    """Start the command, and be its client."""
    command = StdioServerParameters(command=sys.executable, args=["-m", "bot", "mcp", *args], env=dict(os.environ), cwd=ROOT)
    async with Client(command) as client:
        yield client


async def call(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    """Call a tool; what it answers is the same as an object and as text."""
    result = await client.call_tool(tool, arguments)
    (text,) = result.content
    assert isinstance(text, TextContent)
    assert not result.is_error, text.text
    content: dict[str, Any] = json.loads(text.text)
    assert result.structured_content == content
    return content


async def test_five_tools_are_offered_and_none_writes(home: Path) -> None:
    async with served(*SHIPPED) as client:
        tools = (await client.list_tools()).tools
        assert [tool.name for tool in tools] == ["ask", "check_quotation", "said_by", "timeline", "sources"]
        assert all(tool.annotations is not None and tool.annotations.read_only_hint for tool in tools)
        assert "not known" in (client.instructions or "")
        assert all("\n " not in (tool.description or "\n ") for tool in tools)  # the indentation of our code is not theirs


async def test_what_is_new_since_a_day_is_told_with_its_revisions(home: Path) -> None:
    async with served() as client:  # the library, which has a history
        answer = await call(client, "ask", question="what's new since yesterday?")
        assert answer["status"] == "known"
        assert answer["note"].startswith("New since ")
        assert all(fact["revision"].endswith("@1") and fact["citations"] for fact in answer["facts"])


async def test_every_answer_has_its_revisions_and_citations(home: Path) -> None:
    async with served(*SHIPPED) as client:
        answer = await call(client, "ask", question="how much did twitter make off rt's ads?")
        assert (answer["status"], answer["says"]) == ("known", "$1.9 million")
        assert answer["facts"][0]["text"] == "In six years Twitter took $1.9 million from RT's advertising."
        (citation,) = answer["facts"][0]["citations"]
        assert citation["link"].startswith(ARTICLE)
        assert (citation["publisher"], citation["published"]) == ("World Socialist Web Site", "28 October 2017")
        assert citation["locator"].startswith("paragraph ")
        lists = [
            await call(client, "said_by", actor="Sputnik"),
            await call(client, "said_by", actor="Sputnik", about="advertising"),
            await call(client, "timeline", start="26 October 2017", kind="all"),
            await call(client, "timeline", actor="Google"),
        ]
        for listed in [answer, *lists]:
            assert listed["status"] == "known"
            assert listed["facts"]
            for fact in listed["facts"]:
                assert fact["revision"] == f"F{fact['revision'][1:].partition('@')[0]}@1"
                assert all({"source", "title", "locator", "link"} <= cited.keys() for cited in fact["citations"])
                assert fact["citations"]
        assert all("Sputnik" in fact["by"] for fact in lists[0]["facts"])
        assert lists[2]["title"].endswith("from 26 October 2017")


async def test_it_is_said_for_whom_a_name_was_taken(home: Path) -> None:
    async with served(*SHIPPED) as client:
        listed = await call(client, "said_by", actor="Simonyan")
        assert listed["actor"] == "Margarita Simonyan"
        assert {name for fact in listed["facts"] for name in fact["by"]} == {listed["actor"]}


async def test_what_nobody_checked_is_marked(home: Path, run: Run, tmp_path: Path) -> None:
    article = tmp_path / "crane.txt"
    article.write_text("Crane falls\n\n5 March 2021\n\nA crane fell on the quay of Harbour on Thursday.\n", encoding="utf-8")
    assert run("read", str(article), "--publisher", "Gazette").exit_code == 0
    async with served() as client:
        answer = await call(client, "ask", question="when did the crane fall?")
        assert answer["facts"][0]["text"].startswith("A crane fell on the quay")
        assert answer["facts"][0]["checked"] == "From the article, not checked by a moderator"
        assert answer["facts"][0]["citations"][0]["publisher"] == "Gazette"


async def test_what_nothing_answers_is_not_known(home: Path) -> None:
    async with served(*SHIPPED) as client:
        answer = await call(client, "ask", question="who won the football world cup in 1990?")
        assert (answer["status"], answer["facts"]) == ("not known", [])
        assert answer["says"].startswith("I can't answer that from the facts I have.")
        unknown = await call(client, "said_by", actor="Napoleon Bonaparte")
        assert (unknown["status"], unknown["facts"]) == ("not known", [])
        assert unknown["says"] == "I know nobody called “Napoleon Bonaparte”. Who spoke is named in the timeline, with kind all."
        assert (await call(client, "timeline", start="1 January 2100"))["status"] == "not known"
        invented = await call(client, "check_quotation", text='Napoleon said "my horse has never liked the winters of Moscow".')
        assert (invented["status"], invented["quotations"][0]["verdict"]) == ("not known", "Not in the facts")


async def test_a_quotation_is_checked_and_cited(home: Path) -> None:
    async with served(*SHIPPED) as client:
        found = await call(client, "check_quotation", text='Sputnik said it "has always used advertising on Twitter".')
        (quotation,) = found["quotations"]
        assert quotation["verdict"] == "Not what was said"
        assert quotation["facts"][0]["text"] == "has never used advertising on Twitter."
        assert quotation["facts"][0]["citations"][0]["link"].startswith(ARTICLE)


async def test_sources_are_listed_with_their_links(home: Path) -> None:
    async with served(*SHIPPED) as client:
        listed = await call(client, "sources")
        assert listed["sources"][0]["link"] == ARTICLE
        assert listed["left"] == 0
        passed_over = await call(client, "sources", skip=1)
        assert passed_over["sources"] == listed["sources"][1:]


async def test_what_cannot_be_done_is_said_in_a_sentence_and_the_next_call_answers(home: Path) -> None:
    async with served(*SHIPPED) as client:
        result = await client.call_tool("ask", {"question": "when?", "as_of": "the day of reckoning"})
        (text,) = result.content
        assert result.is_error
        assert isinstance(text, TextContent)
        assert "the day of reckoning" in text.text
        assert (await client.call_tool("ask", {"question": "x" * 20_001})).is_error
        assert (await call(client, "ask", question="when did google change its algorithm?"))["says"] == "April 2017"


@pytest.mark.parametrize(
    ("tool", "arguments", "other"),
    [
        ("ask", {"question": "who banned rt?", "story": "bridge"}, "story"),
        ("timeline", {"since": "2018"}, "since"),
        ("said_by", {"actor": "Zakharova", "topic": "ads"}, "topic"),
    ],
)
async def test_an_argument_that_a_tool_does_not_take_is_not_passed_over(
    home: Path, tool: str, arguments: dict[str, str], other: str
) -> None:
    async with served(*SHIPPED) as client:
        (offered,) = (listed for listed in (await client.list_tools()).tools if listed.name == tool)
        assert offered.input_schema["additionalProperties"] is False
        result = await client.call_tool(tool, arguments)
        (text,) = result.content
        assert isinstance(text, TextContent)
        assert (result.is_error, f"{tool} does not take '{other}'. It takes " in text.text) == (True, True)
        assert (await call(client, "timeline"))["status"] == "known"


async def test_the_library_is_read_and_not_changed(home: Path, run: Run) -> None:
    run("facts", "edit", "F4", "--text", "Safety first.", "--yes")
    before = changes()
    async with served() as client:
        listed = await call(client, "said_by", actor="Maria Lee")
        assert {"F4@2": "Safety first."}.items() <= {fact["revision"]: fact["text"] for fact in listed["facts"]}.items()
        await call(client, "ask", question="what did Maria Lee say?")
    assert changes() == before


def changes() -> list[Any]:
    """Return the logbook of the library and the revisions of its facts."""
    connection = connect(load_settings().base_path(None))
    try:
        return [connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("logbook", "revision", "gap")]
    finally:
        connection.close()


def test_without_the_package_it_is_said_how_to_install_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "bot.cli.assistant_tools", raising=False)
    monkeypatch.setitem(sys.modules, "mcp", None)
    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)
    result = run("mcp")
    assert (result.exit_code, result.stderr) == (5, f"{assistants.NO_PACKAGE}\n")
