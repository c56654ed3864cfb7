from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UsageError
from bot.terminal.slash import FIELDS, SlashCommand, read_line


@pytest.mark.parametrize(
    ("line", "name", "fields"),
    [
        ("when was it?", "ask", {"question": "when was it?"}),
        ("when was it? story: harbour", "ask", {"question": "when was it?", "story": "harbour"}),
        ("/ask when was it, from what I know", "ask", {"question": "when was it, from what I know"}),
        ("when did he say: a story: of trolls", "ask", {"question": "when did he say: a story: of trolls"}),
        ("when did he tell the story:", "ask", {"question": "when did he tell the story:"}),
        ("his question: why?", "ask", {"question": "his question: why?"}),
        ("/ask question: why? story: harbour", "ask", {"question": "why?", "story": "harbour"}),
        ("when was it? as_of: 4 March 2021", "ask", {"question": "when was it?", "as_of": "4 March 2021"}),
        ("/ask why? as_of: 2021 story: harbour", "ask", {"question": "why?", "as_of": "2021", "story": "harbour"}),
        ("/ask why? story: harbour as_of: May 2021", "ask", {"question": "why?", "as_of": "May 2021", "story": "harbour"}),
        ("what is it as of today", "ask", {"question": "what is it as of today"}),
        ("/check “Safety first” speaker: Lee", "check", {"text": "“Safety first”", "speaker": "Lee"}),
        ("/check “the date: today” date: 2021", "check", {"text": "“the date: today”", "date": "2021"}),
        ('/check "a" and "b" source: Gazette story: h', "check", {"text": '"a" and "b"', "source": "Gazette", "story": "h"}),
        ("/check", "check", {}),
        ("/quote", "quote", {}),
        ("/quote lee", "quote", {"speaker": "lee"}),
        ("/quote Maria Lee about the bridge", "quote", {"speaker": "Maria Lee", "about": "the bridge"}),
        ("/quote about the bridge", "quote", {"about": "the bridge"}),
        ("/QUOTE speaker:lee about: money", "quote", {"speaker": "lee", "about": "money"}),
        ("/who the mayor", "who", {"actor": "the mayor"}),
        ("/timeline from May 2020 to 3 June 2021", "timeline", {"from": "May 2020", "to": "3 June 2021"}),
        ("/timeline the port from 2021", "timeline", {"actor": "the port", "from": "2021"}),
        ("/timeline the port kind: quotes", "timeline", {"actor": "the port", "kind": "quotes"}),
        ("/network the port", "network", {"actor": "the port"}),
        ("/timeline actor: Port to: 2021 story: harbour", "timeline", {"actor": "Port", "to": "2021", "story": "harbour"}),
        ("/sources story:harbour", "sources", {"story": "harbour"}),
        ("/quit now", "quit", {}),
    ],
)
def test_a_line_is_read_as_a_command_with_its_fields(line: str, name: str, fields: dict[str, str]) -> None:
    assert read_line(f" {line}\n") == SlashCommand(name, fields)


def test_an_empty_line_asks_nothing() -> None:
    assert read_line(" \n") is None


@pytest.mark.parametrize("line", ["/", "/nope", "/ ask when", "/who-is it", "//"])
def test_an_unknown_command_is_told(line: str) -> None:
    with pytest.raises(UsageError, match="/help"):
        read_line(line)


@given(st.text(max_size=40), st.sampled_from(["", "/ask ", "/check ", "/quote ", "/timeline ", "/"]))
def test_any_line_is_read_or_told(text: str, start: str) -> None:
    try:
        command = read_line(start + text)
    except UsageError:
        return
    assert command is None or set(command.fields) <= set(FIELDS[command.name])


@pytest.mark.parametrize("line", ["quit", "exit", "Exit ", "bye", "/quit"])
def test_a_conversation_is_ended_as_in_other_programs(line: str) -> None:
    command = read_line(line)
    assert command is not None
    assert command.name == "quit"
