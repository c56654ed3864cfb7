"""The tree of a YAML text: nodes with the place where each begins, whatever parser read it."""

from __future__ import annotations


class Node:
    """What stands at one place: ``line`` and ``column`` count from 1, ``weight`` is about how much it holds, aliases expanded."""

    __slots__ = ("column", "line", "weight")

    def __init__(self, line: int, column: int, weight: int = 1) -> None:
        self.line, self.column, self.weight = line, column, weight


class ScalarNode(Node):
    """One text; ``plain`` is whether it stands there without quotes and is no block."""

    __slots__ = ("plain", "value")

    def __init__(self, line: int, column: int, value: str, *, plain: bool) -> None:
        super().__init__(line, column, 1 + len(value))
        self.value, self.plain = value, plain


class MissingNode(ScalarNode):
    """What stands in the place of an alias that stands for nothing, which is a fault already."""

    __slots__ = ()


class SequenceNode(Node):
    """A list."""

    __slots__ = ("value",)

    def __init__(self, line: int, column: int) -> None:
        super().__init__(line, column)
        self.value: list[Node] = []


class MappingNode(Node):
    """Keys with values, in the order in which they stand; a key may stand twice."""

    __slots__ = ("value",)

    def __init__(self, line: int, column: int) -> None:
        super().__init__(line, column)
        self.value: list[tuple[Node, Node]] = []
