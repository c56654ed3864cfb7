"""libyaml reads a text as the parser in Python does, with the same faults at the same places, and a hostile one soon."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import replace

import pytest

from bot.errors import Fault, StoryFileError
from bot.messages import Message
from bot.stories.load import read_story
from bot.stories.yaml_tree import MappingNode, Node, Parser, ScalarNode, SequenceNode, compose, parsers_for
from tests.stories_io.faulty import FAULTS, GOOD, SYNTAX

PIECES = (*"*:[]{}\"'#&*!|>%@`,?-\n\\~=", "  ", "- ", ": ", "---\n", "null", "é", "😀", " #", ">-\n", "\r\n")
_EMPTY_ENTRY = re.compile(r"(^|[\[{,])\s*:|[&*!?]|:[\]},:]", re.MULTILINE)
"""Signs that the two take differently: an empty key, a colon at the end of a word in a list, names after & and *."""


def both_parsers() -> tuple[Parser, Parser]:
    """Return libyaml and the parser in Python."""
    parsers = tuple(parsers_for("a short text"))
    assert len(parsers) == 2, "the tests need a PyYAML with libyaml"
    return parsers


def read_by(parser: Parser, text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[object, list[Fault]]:
    """Return the tree and the faults of a text as one of the parsers alone reads it."""
    monkeypatch.setattr("bot.stories.yaml_tree.parsers_for", lambda _: [parser])
    root, faults = compose(text)
    return root and shape(root), faults


def shape(node: Node) -> object:
    """Return what a node holds and where; not where nothing is, which the two see before and after the spaces."""
    if isinstance(node, ScalarNode):
        return (node.value, node.plain, (node.line, node.column) if node.value else None)
    assert isinstance(node, SequenceNode | MappingNode)
    inner = node.value if isinstance(node, SequenceNode) else [child for pair in node.value for child in pair]
    return (type(node).__name__, node.line, node.column, [shape(child) for child in inner])


def faults_of(text: str) -> list[Fault]:
    try:
        read_story(text, "x")
    except StoryFileError as error:
        return list(error.faults)
    return []


def below(problem: Message, lines: int) -> Message:
    """Return a problem that names another line as it is so many lines further down."""
    further = {name: value + lines for name, value in problem.values.items() if name == "line" and isinstance(value, int)}
    return Message(problem.template, **{**problem.values, **further})


def damaged(chance: random.Random) -> str:
    text = GOOD
    for _ in range(chance.randint(0, 3)):
        at = chance.randint(0, len(text))
        text = text[:at] + chance.choice(PIECES) + text[at + chance.choice((0, 0, 1, 3, 8)) :]
    return text


def test_both_parsers_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    chance, seen = random.Random(12), Counter[str]()
    differ = []
    for _ in range(400):
        text = damaged(chance)
        (fast, faults), (slow, expected) = (read_by(parser, text, monkeypatch) for parser in both_parsers())
        if (fast, faults) == (slow, expected):
            seen["read" if fast else "refused"] += 1
        elif fast is None and slow is None and faults and expected:
            seen["same line" if faults[-1].line == expected[-1].line else "other line"] += 1
        elif not _EMPTY_ENTRY.search("\n".join(set(text.splitlines()) - set(GOOD.splitlines()))):
            differ.append((text, fast, slow, faults, expected))
    assert not differ
    assert min(seen["read"], seen["refused"]) > 100
    assert seen["same line"] + seen["other line"] < 0.15 * seen["refused"]


@pytest.mark.parametrize(
    "line", ["where: a\x85b", "where: a\u2028b", "where: \ufeffa", "where: a\rwho: lee", 'where: "\\ud83d\\ude00"']
)
def test_signs_that_break_lines_in_one_parser_alone_move_no_fault(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = GOOD.replace("where: Harbour", line).replace("kind: person", "kind: persn").replace("cite: gazette#4", "cite: nowhere")
    faults = faults_of(text)
    in_python = both_parsers()[1]
    monkeypatch.setattr("bot.stories.yaml_tree.parsers_for", lambda _: [in_python])
    assert faults
    assert faults == faults_of(text)


def test_faults_of_a_long_file_are_named_as_those_of_a_short_one() -> None:
    """A long file is read by libyaml alone; its faults have the words and the places that the parser in Python finds."""
    lines = 10_000
    head, differ = "# a line before\n" * lines, []
    for old, new in [(str(case[0]), str(case[1])) for case in (*FAULTS, *SYNTAX)]:
        text = GOOD.replace(old, new, 1)
        short, long = faults_of(text), faults_of(head + text)
        if [replace(fault, line=fault.line + lines, problem=below(fault.problem, lines)) for fault in short] != long:
            differ.append((new, short, long))
    assert not differ


def test_without_libyaml_all_is_read_in_python(monkeypatch: pytest.MonkeyPatch) -> None:
    story = read_story(GOOD, "x")
    monkeypatch.setattr("yaml.__with_libyaml__", False)
    assert read_story(GOOD, "x") == story


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("k: v\n" * 200_000, '"k" appears twice'),
        ("".join(f"k{number}: v\n" for number in range(80_000)), '"k0" is not a key of a story file'),
        ("[" + "a," * 500_000 + "a]", "must be keys with values"),
        ("{" + "a," * 500_000 + "a}", '"a" appears twice'),
        ("- *x\n" * 200_000, "There are more faults"),
        ("- !x y\n" * 150_000, "There are more faults"),
        ("[" * 1_000_000, "nested too deeply"),
        ("- " * 500_000, "nested too deeply"),
        ("\x07" * 1_000_000, "There is a control character here (U+0007). Take it out."),
        (
            "story: {id: x, title: T}\nevents: {e: {what: x, who: &a [" + "a," * 200_000 + "a]}, " + "f: *a, " * 20_000 + "}",
            "far too large",
        ),
    ],
    ids=["same keys", "keys", "list", "group", "aliases", "tags", "brackets", "dashes", "signs", "expanding"],
)
def test_a_megabyte_of_little_is_refused_with_few_faults(text: str, sign: str) -> None:
    with pytest.raises(StoryFileError) as raised:
        read_story(text, "x")
    assert sign in str(raised.value)
    assert len(raised.value.faults) <= 1001
