"""YAML text made into a tree of nodes with their places, safely: no tags, no objects, no tree that explodes.

Scalars stay the text that was written, so that ``published: 2021``, ``no`` and ``1.9`` are never numbers or truth values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bot.errors import Fault

if TYPE_CHECKING:
    from ruamel.yaml.composer import Composer
    from ruamel.yaml.error import MarkedYAMLError
    from ruamel.yaml.nodes import Node

MAX_BYTES = 5_000_000
_MAX_DEPTH = 24  # far more than a story needs
_MAX_EXPANDED = 4 * MAX_BYTES  # about characters, once aliases are expanded: ten lines can make gigabytes ("billion laughs")
_MOST_CHARACTER_FAULTS = 20
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_HALF = re.compile("[\ud800-\udfff]")
_CORE_TAGS = ("str", "int", "float", "bool", "null", "seq", "map", "timestamp", "merge", "value")
_MISSING = "no such alias"  # a tag that nobody can write
_NOT_GIVEN = ("The name after * was never given.", "Put a text that begins with * in quotes.")
_IN_ITSELF = ("This holds itself by an alias.", "Write it out without * and &.")
_CHECK_AROUND = "Check the indentation, the quotes and the colons here and in the line above."
# Faults of these are shown where the mark was opened, not where the file ended without closing it.
_UNCLOSED = (
    "A quotation mark is never closed.",
    "A list in [ ] is not closed, or lacks a comma.",
    "A group in { } is not closed, or lacks a comma.",
)
_MENDS = (
    ("cannot start any token", "YAML cannot read this sign here.", "Put the text in quotes."),
    ("mapping values are not allowed", "There is a colon too many.", "Put a text that holds a colon in quotes."),
    ("could not find expected ':'", "A key has no colon.", "Write `key: value`, or put the text in quotes and indent it."),
    ("found unexpected end of stream", _UNCLOSED[0], "Close it."),
    ("expected the node content", "YAML expected a text here.", _CHECK_AROUND),
    ("expected a single document", "A second document begins here.", "Put each story in a file of its own."),
    ("but found another document", "A second document begins here.", "Put each story in a file of its own."),
    (
        "expected ',' or ']'",
        _UNCLOSED[1],
        "Close it with ], and put texts with signs in quotes.",
    ),
    (
        "expected ',' or '}'",
        _UNCLOSED[2],
        "Close it with }, and put texts with signs in quotes.",
    ),
    ("expected <block end>", "This line is not where YAML expects it.", _CHECK_AROUND),
    ("undefined tag handle", "Tags (words after !) have no use in a story.", "Take it out, or put the text in quotes."),
)


def decode(content: bytes) -> tuple[str, list[Fault]]:
    """Decode a file as UTF-8, with or without a byte order mark; what is no text in it is a fault."""
    if len(content) > MAX_BYTES:
        size = f"{len(content) / 1_000_000:.1f} MB"
        return "", [
            Fault(1, 1, f"The file is too large: {size}.", f"Split it into stories of at most {MAX_BYTES // 1_000_000} MB.")
        ]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", errors="replace")
        return "", [Fault(*place(before, len(before)), "This is not UTF-8 text.", "Save the file as UTF-8.")]
    return text, forbidden(text)


def forbidden(text: str) -> list[Fault]:
    """List the control characters of a text, which no story may hold."""
    faults = []
    for found in FORBIDDEN.finditer(text):
        problem = f"There is a control character here (U+{ord(found[0]):04X})."
        faults.append(Fault(*place(text, found.start()), problem, "Take it out."))
        if len(faults) == _MOST_CHARACTER_FAULTS:
            break
    return faults


def paired(text: str) -> str:
    """Join the halves of characters that JSON writes as two escapes."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") if _HALF.search(text) else text


def place(text: str, index: int) -> tuple[int, int]:
    """Return the line and column of an index, counted from 1."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def compose(text: str) -> tuple[Node | None, list[Fault]]:
    """Make the tree of a text, with the faults of its tags and aliases; None where it is no YAML that a story may be written in.

    In the place of an alias that stands for nothing is a node that `is_missing`, so that the rest can be checked.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    faults: list[Fault] = []
    yaml = YAML(typ="safe", pure=True)
    yaml.Composer = _composer(faults)
    yaml.composer.warn_double_anchors = False
    try:
        root = yaml.compose(text)
    except MarkedYAMLError as error:
        return None, sorted([*faults, _syntax(error)])
    except RecursionError:
        return None, [Fault(1, 1, "The file is nested too deeply.", "Write it as the story format shows.")]
    except (YAMLError, ValueError, IndexError, AttributeError, AssertionError, TypeError, OverflowError) as error:
        return None, [
            Fault(1, 1, f"YAML cannot read this file ({type(error).__name__}).", "Check its quotes and its indentation.")
        ]
    if root is None:
        return None, [Fault(1, 1, "The file is empty.", "Write a story as the story format shows.")]
    try:
        _check_size(root, faults)
    except _UnsafeError as error:
        return None, sorted([*faults, error.fault])
    return root, faults


def is_missing(node: Node) -> bool:
    """Return whether a node replaces an alias that was never given, which is a fault already."""
    return str(node.tag) == _MISSING


def _composer(faults: list[Fault]) -> type[Composer]:
    """Make a composer that notes an alias which was never given, or which holds itself, and goes on."""
    from ruamel.yaml.composer import Composer
    from ruamel.yaml.events import AliasEvent
    from ruamel.yaml.nodes import ScalarNode

    class Forgiving(Composer):
        def compose_node(self, parent: Any, index: Any) -> Any:
            if not self.parser.check_event(AliasEvent):
                return super().compose_node(parent, index)
            known = self.anchors.get(self.parser.peek_event().anchor)
            if known is not None and known.end_mark is not None:
                return super().compose_node(parent, index)
            event = self.parser.get_event()
            node = ScalarNode(_MISSING, event.anchor, event.start_mark, event.end_mark, style='"')
            faults.append(Fault(*at(node), *(_NOT_GIVEN if known is None else _IN_ITSELF)))
            return node

    return Forgiving


def at(node: Node) -> tuple[int, int]:
    """Return the line and column where a node begins, counted from 1."""
    return node.start_mark.line + 1, node.start_mark.column + 1


def _syntax(error: MarkedYAMLError) -> Fault:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    problem = f"{error.context or ''} {error.problem or ''}".strip()
    if "\\t" in problem or "tab" in problem:
        return Fault(line, column, "There is a tab here.", "Use spaces, and put a text with tabs in quotes.")
    for sign, said, mend in _MENDS:
        if sign in problem:
            opened = error.context_mark if said in _UNCLOSED else None
            return Fault(opened.line + 1, opened.column + 1, said, mend) if opened else Fault(line, column, said, mend)
    return Fault(line, column, f"YAML cannot read this: {problem}.", _CHECK_AROUND)


def _check_size(root: Node, faults: list[Fault]) -> None:
    """Add faults for tags. Raises _UnsafeError for a tree that is too deep, or whose aliases expand without end."""
    weights: dict[int, int] = {}

    def weigh(node: Node, depth: int) -> int:
        if id(node) in weights:
            return weights[id(node)]
        if depth > _MAX_DEPTH:
            raise _UnsafeError(Fault(*at(node), "This is nested too deeply.", "Write it as the story format shows."))
        faults.extend(_tag_faults(node))
        weight = (
            8 + sum(weigh(child, depth + 1) for child in children(node)) + (len(node.value) if isinstance(node.value, str) else 0)
        )
        if weight > _MAX_EXPANDED:
            raise _UnsafeError(Fault(*at(node), "Its aliases (*) make this far too large.", "Write it out without * and &."))
        weights[id(node)] = weight
        return weight

    weigh(root, 0)


class _UnsafeError(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def children(node: Node) -> list[Node]:
    """Return the nodes in a node: of a mapping, its keys and values."""
    from ruamel.yaml.nodes import MappingNode, SequenceNode

    if isinstance(node, MappingNode):
        return [child for pair in node.value for child in pair]
    return list(node.value) if isinstance(node, SequenceNode) else []


def _tag_faults(node: Node) -> Iterator[Fault]:
    tag = str(node.tag)
    if tag and not is_missing(node) and tag.removeprefix("tag:yaml.org,2002:") not in _CORE_TAGS:
        yield Fault(*at(node), f"The tag {tag} has no use in a story.", "Take it out, or put the text in quotes.")
