"""YAML text made into events, by libyaml where it can be, and what its syntax errors are called.

libyaml reads 40 times as fast as the parser written in Python. The latter reads what the two read differently, and a short text
that libyaml refuses, for it takes more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from bot.errors import Fault
from bot.messages import Message

# What breaks lines, or has a width, in one of them alone; and halves of characters, as JSON writes them, which libyaml refuses.
_READ_DIFFERENTLY = re.compile(r"[\x85\u2028\u2029\ufeff]|\r(?!\n)|\\u[dD][89a-fA-F]")
_MOST_READ_TWICE = 100_000  # characters, about a second's work for the parser in Python
_CHECK_AROUND = Message("Check the indentation, the quotes and the colons here and in the line above.")
_MISPLACED = (Message("This line is not where YAML expects it."), _CHECK_AROUND)
_NO_TEXT = (Message("YAML expected a text here."), _CHECK_AROUND)
SECOND_DOCUMENT = (Message("A second document begins here."), Message("Put each story in a file of its own."))
AS_SHOWN = Message("Write it as the story format shows.")
NESTED = Message("This is nested too deeply.")
WITHOUT_TAG = Message("Take it out, or put the text in quotes.")
# Faults of these are shown where the mark was opened, not where the file ended without closing it.
_UNCLOSED = (
    Message("A quotation mark is never closed."),
    Message("A list in [ ] is not closed, or lacks a comma."),
    Message("A group in { } is not closed, or lacks a comma."),
)
_MENDS = (
    ("cannot start any token", Message("YAML cannot read this sign here."), Message("Put the text in quotes.")),
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
    ("expected a single document", *SECOND_DOCUMENT),
    ("but found another document", *SECOND_DOCUMENT),
    ("expected ',' or ']'", _UNCLOSED[1], Message("Close it with ], and put texts with signs in quotes.")),
    ("expected ',' or '}'", _UNCLOSED[2], Message("Close it with }, and put texts with signs in quotes.")),
    ("expected <block end>", *_MISPLACED),
    ("did not find expected key", *_MISPLACED),
    ("did not find expected '-' indicator", *_MISPLACED),
    ("exceeded maximum nesting depth", NESTED, AS_SHOWN),
    ("undefined tag handle", Message("Tags (words after !) have no use in a story."), WITHOUT_TAG),
)


class Parser(NamedTuple):
    """A way to read YAML: ``events`` of a text, and what they raise: errors with a place, and any others."""

    events: Callable[[str], Iterator[Any]]
    marked: type[Exception]
    others: tuple[type[Exception], ...]


def parsers_for(text: str) -> list[Parser]:
    """Return the parsers that a text is to be read with: the next one where the one before finds it faulty."""
    fast = None if _READ_DIFFERENTLY.search(text) else _libyaml()
    if fast is None:
        return [_in_python()]
    return [fast, _in_python()] if len(text) <= _MOST_READ_TWICE else [fast]


def _libyaml() -> Parser | None:
    """Return libyaml, None where this machine does not have it."""
    import yaml

    if not yaml.__with_libyaml__:
        return None

    return Parser(partial(yaml.parse, Loader=yaml.CSafeLoader), yaml.MarkedYAMLError, (yaml.YAMLError, ValueError))


def _in_python() -> Parser:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    others = (YAMLError, ValueError, IndexError, AttributeError, AssertionError, TypeError, OverflowError, RecursionError)
    return Parser(YAML(typ="safe", pure=True).parse, MarkedYAMLError, others)


def syntax_fault(error: Any) -> Fault:
    """Return the fault that a parser's error with a place tells of."""
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
