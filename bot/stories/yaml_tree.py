"""Turning YAML text into a tree of nodes with their places, safely: no tags, no objects, no tree that explodes.

Scalars stay the text that was written, so that ``published: 2021``, ``no`` and ``1.9`` are never numbers or truth values.

libyaml parses the text, 40 times as fast as the parser written in Python. The latter reads texts that the two read differently,
and short ones that libyaml refuses, since it accepts more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from bot.errors import Fault
from bot.messages import Message

MAX_BYTES = 10_000_000
_MAX_DEPTH = 24  # far more than a story needs
# How many characters, roughly, aliases may make of each written one, and how many are always allowed: ten lines of aliases can
# expand to gigabytes ("billion laughs").
_MAX_EXPANDED, _ALWAYS_ALLOWED = 4, 100_000
_MAX_CHARACTER_FAULTS = 20
_MAX_FAULTS = 1000  # more would help nobody
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_HALF = re.compile("[\ud800-\udfff]")
_CORE_TAGS = ("str", "int", "float", "bool", "null", "seq", "map", "timestamp", "merge", "value")
_WITHOUT_ALIASES = Message("Write it out without * and &.")
_NOT_GIVEN = (Message("The name after * was never given."), Message("Put a text that begins with * in quotes."))
_IN_ITSELF = (Message("This contains itself through an alias."), _WITHOUT_ALIASES)
# Characters that break lines, or have a width, in only one of the parsers; and JSON's half characters, which libyaml refuses.
_READ_DIFFERENTLY = re.compile(r"[\x85\u2028\u2029\ufeff]|\r(?!\n)|\\u[dD][89a-fA-F]")
_MAX_READ_TWICE = 100_000  # characters, about a second's work for the parser in Python
_CHECK_AROUND = Message("Check the indentation, the quotes and the colons here and in the line above.")
_MISPLACED = (Message("This line is not where YAML expects it."), _CHECK_AROUND)
_NO_TEXT = (Message("YAML expected a text here."), _CHECK_AROUND)
_SECOND_DOCUMENT = (Message("A second document begins here."), Message("Put each story in a file of its own."))
_AS_SHOWN = Message("Write it as the story format shows.")
NESTED = Message("This is nested too deeply.")
_WITHOUT_TAG = Message("Take it out, or put the text in quotes.")
# These faults are shown where the mark was opened, not where the file ended without closing it.
_UNCLOSED = (
    Message("A quotation mark is never closed."),
    Message("A list in [ ] is not closed, or lacks a comma."),
    Message("A group in { } is not closed, or lacks a comma."),
)
_MENDS = (
    ("cannot start any token", Message("YAML cannot read this character here."), Message("Put the text in quotes.")),
    (
        "mapping values are not allowed",
        Message("There is a colon too many."),
        Message("Put a text that holds a colon in quotes."),
    ),
    (
        "could not find expected ':'",
        Message("A key has no colon."),
        Message("Write `key: value`, or put the text in quotes and indent it."),
    ),
    ("found unexpected end of stream", _UNCLOSED[0], Message("Close it.")),
    ("expected node content", *_NO_TEXT),
    ("expected the node content", *_NO_TEXT),
    ("expected a single document", *_SECOND_DOCUMENT),
    ("but found another document", *_SECOND_DOCUMENT),
    ("expected ',' or ']'", _UNCLOSED[1], Message("Close it with ], and put texts with special characters in quotes.")),
    ("expected ',' or '}'", _UNCLOSED[2], Message("Close it with }, and put texts with special characters in quotes.")),
    ("expected <block end>", *_MISPLACED),
    ("did not find expected key", *_MISPLACED),
    ("did not find expected '-' indicator", *_MISPLACED),
    ("exceeded maximum nesting depth", NESTED, _AS_SHOWN),
    ("undefined tag handle", Message("Tags (words after !) have no use in a story."), _WITHOUT_TAG),
)


@dataclass(slots=True, eq=False)
class Node:
    """What stands at one place: ``line`` and ``column`` count from 1, ``weight`` is about how much it holds, aliases expanded."""

    line: int
    column: int
    weight: int = 1


@dataclass(slots=True, eq=False)
class ScalarNode(Node):
    """One text; ``plain``: it is written without quotes and not as a block."""

    value: str = ""
    plain: bool = False


class MissingNode(ScalarNode):
    """Takes the place of an alias that stands for nothing, which is a fault already."""

    __slots__ = ()


@dataclass(slots=True, eq=False)
class SequenceNode(Node):
    """A list."""

    value: list[Node] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class MappingNode(Node):
    """Keys with values, in the order of the file; a key may occur twice."""

    value: list[tuple[Node, Node]] = field(default_factory=list)


def decode(content: bytes) -> tuple[str, list[Fault]]:
    """Decode a file as UTF-8, with or without a byte order mark; whatever is not text is a fault."""
    if len(content) > MAX_BYTES:
        problem = Message("The file is too large: {size}.", size=f"{len(content) / 1_000_000:.1f} MB")
        mend = Message("Split it into stories of at most {most} MB.", most=MAX_BYTES // 1_000_000)
        return "", [Fault(1, 1, problem, mend)]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", errors="replace")
        return "", [Fault(*place(before, len(before)), Message("This is not UTF-8 text."), Message("Save the file as UTF-8."))]
    return text, forbidden(text)


def forbidden(text: str) -> list[Fault]:
    """List the control characters of a text, which no story may hold."""
    faults = []
    for match in FORBIDDEN.finditer(text):
        problem = Message("There is a control character here ({code}).", code=f"U+{ord(match[0]):04X}")
        faults.append(Fault(*place(text, match.start()), problem, Message("Take it out.")))
        if len(faults) == _MAX_CHARACTER_FAULTS:
            break
    return faults


def paired(text: str) -> str:
    """Join the halves of characters that JSON writes as two escapes."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") if _HALF.search(text) else text


def cleaned(text: str) -> str:
    """Return a text without control characters and halves of surrogate pairs."""
    return FORBIDDEN.sub("", paired(text))


def place(text: str, index: int) -> tuple[int, int]:
    """Return the line and column of an index, counted from 1."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def compose(text: str) -> tuple[Node | None, list[Fault]]:
    """Make the tree of a text, with the faults of its tags and aliases; None where it is not YAML, or none that a story may use.

    A `MissingNode` takes the place of an alias that stands for nothing, so that the rest can be checked.
    """
    faults: list[Fault] = []
    for parser in parsers_for(text):
        composer = _Composer(parser.events(text), _MAX_EXPANDED * len(text) + _ALWAYS_ALLOWED)
        try:
            root = composer.root()
        except GivenUpError as error:
            return None, sorted([*composer.faults, error.fault])
        except parser.marked as error:
            faults = sorted([*composer.faults, syntax_fault(error)])
        except parser.others as error:
            problem = Message("YAML cannot read this file ({name}).", name=type(error).__name__)
            faults = [Fault(1, 1, problem, Message("Check its quotes and its indentation."))]
        else:
            return (root, composer.faults) if root else (None, [Fault(1, 1, Message("The file is empty."), _AS_SHOWN)])
    return None, faults


class Parser(NamedTuple):
    """A way to read YAML: a function that yields the ``events`` of a text, and the errors it raises, with a place and without."""

    events: Callable[[str], Iterator[Any]]
    marked: type[Exception]
    others: tuple[type[Exception], ...]


def parsers_for(text: str) -> Iterator[Parser]:
    """Yield the parsers to try on a text in turn, the next one if the one before refuses it."""
    import yaml

    if yaml.__with_libyaml__ and not _READ_DIFFERENTLY.search(text):
        yield Parser(partial(yaml.parse, Loader=yaml.CSafeLoader), yaml.MarkedYAMLError, (yaml.YAMLError, ValueError))
        if len(text) > _MAX_READ_TWICE:
            return
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    others = (YAMLError, ValueError, IndexError, AttributeError, AssertionError, TypeError, OverflowError, RecursionError)
    yield Parser(YAML(typ="safe", pure=True).parse, MarkedYAMLError, others)


def syntax_fault(error: Any) -> Fault:
    """Return the fault for a parser's error with a place."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    problem = f"{error.context or ''} {error.problem or ''}".strip()
    if "\\t" in problem or "tab" in problem:
        return Fault(line, column, Message("There is a tab here."), Message("Use spaces, and put a text with tabs in quotes."))
    for sign, meaning, mend in _MENDS:
        if sign in problem:
            opened = error.context_mark if meaning in _UNCLOSED else None
            return Fault(opened.line + 1, opened.column + 1, meaning, mend) if opened else Fault(line, column, meaning, mend)
    return Fault(line, column, Message("YAML cannot read this: `{text}`.", text=problem), _CHECK_AROUND)


class _Composer:
    """Makes the tree from a text's events; an alias that was never given, or contains itself, is noted, and reading goes on."""

    def __init__(self, events: Iterator[Any], most: int) -> None:
        """Take the events, and the weight that no node may exceed."""
        self.faults: list[Fault] = []
        self._events, self._most = events, most
        self._anchors: dict[str | None, Node | None] = {}  # no node for one that is open; no alias names the anchor None

    def root(self) -> Node | None:
        """Return the tree, None for a text without any. Raises GivenUpError and what the parser raises."""
        next(self._events)  # the start of the stream
        if type(next(self._events)).__name__ == "StreamEndEvent":
            return None
        root = self._node(next(self._events), 0)
        next(self._events)  # the end of the document
        event = next(self._events)
        if type(event).__name__ != "StreamEndEvent":
            mark = event.start_mark
            self.faults.append(Fault(mark.line + 1, mark.column + 1, *_SECOND_DOCUMENT))
        return root

    def _node(self, event: Any, depth: int) -> Node:
        kind, mark = type(event).__name__, event.start_mark
        line, column = mark.line + 1, mark.column + 1
        anchor = event.anchor
        if kind == "AliasEvent":
            return self._alias(anchor, line, column)
        if depth > _MAX_DEPTH:
            raise GivenUpError(Fault(line, column, NESTED, _AS_SHOWN))
        if event.tag and event.tag.removeprefix("tag:yaml.org,2002:") not in _CORE_TAGS:
            problem = Message("The tag `{tag}` has no use in a story.", tag=event.tag)
            add_fault(self.faults, Fault(line, column, problem, _WITHOUT_TAG))
        self._anchors[anchor] = None
        node: Node
        if kind == "ScalarEvent":
            node = ScalarNode(line, column, 1 + len(event.value), event.value, plain=not event.style)
        elif kind == "SequenceStartEvent":
            node = SequenceNode(line, column)
            while type(event := next(self._events)).__name__ != "SequenceEndEvent":
                node.value.append(self._node(event, depth + 1))
                node.weight += node.value[-1].weight
        else:
            node = MappingNode(line, column)
            while type(event := next(self._events)).__name__ != "MappingEndEvent":
                key, value = self._node(event, depth + 1), self._node(next(self._events), depth + 1)
                node.value.append((key, value))
                node.weight += key.weight + value.weight
        if node.weight > self._most:
            raise GivenUpError(Fault(line, column, Message("Its aliases (*) make this far too large."), _WITHOUT_ALIASES))
        self._anchors[anchor] = node
        return node

    def _alias(self, anchor: str, line: int, column: int) -> Node:
        node = self._anchors.get(anchor)
        if node is None:
            add_fault(self.faults, Fault(line, column, *(_IN_ITSELF if anchor in self._anchors else _NOT_GIVEN)))
            return MissingNode(line, column, value=anchor)
        return node


class GivenUpError(Exception):
    """The rest of a text is not read, because of its nesting, the expansion of its aliases or the number of its faults."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def add_fault(faults: list[Fault], fault: Fault) -> None:
    """Add a fault. Raises GivenUpError where there are too many."""
    if len(faults) >= _MAX_FAULTS:
        problem = Message("There are more faults, at least from here on.")
        raise GivenUpError(Fault(fault.line, fault.column, problem, Message("Fix these first.")))
    faults.append(fault)
