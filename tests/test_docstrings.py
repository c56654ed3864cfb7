"""What docstrings say a function raises: an error that there is, and that the function, or what it calls, can raise.

A function is held to raise what it names outside of its annotations: `raise UsageError(…)`, `except HeldError: … raise`. It
raises what its private helpers raise, and of all else that it calls what that names itself, or says in its own docstring, where
"what `open` raises" is what the docstring of `open` says. Calls are followed by name: of a method that of the own class if it has
one of that name, else those of all classes.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeAlias

from tests.support.paths import ROOT

PATHS = sorted((ROOT / "bot").rglob("*.py"))
TREES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): ast.parse(path.read_text(encoding="utf-8"))
    for path in PATHS
}
BUILT_IN = {name: kind for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException)}
ENTERED = ("__init__", "__post_init__", "__enter__", "__exit__", "__call__")  # what may run where a class is named

Node: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, eq=False)
class Function:
    """A function or method of ours, with its class; "" for none."""

    module: str
    owner: str
    node: Node

    @property
    def name(self) -> str:
        return self.node.name

    @property
    def place(self) -> str:
        return f"{self.module}:{self.node.lineno} {self.name}"

    @property
    def is_private(self) -> bool:
        return self.name.startswith("_") or self.owner.startswith("_")

    @property
    def is_left_to_others(self) -> bool:
        """Whether it has no body of its own: it is a protocol's, or abstract."""
        body = self.node.body[ast.get_docstring(self.node) is not None :]
        return [ast.unparse(line) for line in body] in ([], ["..."], ["raise NotImplementedError"])

    @cached_property
    def said(self) -> list[str]:
        """The sentences in which its docstring says what it raises."""
        docstring = " ".join((ast.get_docstring(self.node) or "").split())
        return re.findall(r"\bRaises?\b,? (.+?)(?:\. |\.?$)", docstring)

    @cached_property
    def named(self) -> set[str]:
        """The errors that its docstring names."""
        return {name for sentence in self.said for name in re.findall(r"\b[A-Z]\w*(?:Error|NotFound|Failed)\b", sentence)}

    @cached_property
    def referred(self) -> set[str]:
        """The functions and arguments of which its docstring says that it raises what they raise."""
        return {name.rpartition(".")[2] for sentence in self.said for name in re.findall(r"(?:what|as) `+([\w.]+)`+", sentence)}


def functions_of(module: str, node: ast.AST, owner: str = "") -> Iterator[Function]:
    """Yield all functions of a module, also those within others."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Node):
            yield Function(module, owner, child)
        yield from functions_of(module, child, child.name if isinstance(child, ast.ClassDef) else owner)


FUNCTIONS = [function for module, tree in TREES.items() for function in functions_of(module, tree)]
AT_TOP = {(function.module, function.name): [function] for function in FUNCTIONS if not function.owner}
METHODS = defaultdict(list)  # by name, and by class and name
for function in FUNCTIONS:
    if function.owner:
        METHODS[function.name].append(function)
        METHODS[f"{function.owner}.{function.name}"].append(function)
BY_NAME = defaultdict(list)
for function in FUNCTIONS:
    BY_NAME[function.name].append(function)
BASES = {
    node.name: [ast.unparse(base).rpartition(".")[2] for base in node.bases]
    for tree in TREES.values()
    for node in ast.walk(tree)
    if isinstance(node, ast.ClassDef)
}
IMPORTED = {
    module: {
        alias.asname or alias.name: (node.module or "", alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    for module, tree in TREES.items()
}


@cache
def kinds(error: str) -> frozenset[str]:
    """Return the names of an error and of all that it is a kind of."""
    if error in BUILT_IN:
        return frozenset(base.__name__ for base in BUILT_IN[error].__mro__)
    return frozenset([error]).union(*(kinds(base) for base in BASES.get(error, ()) if base != error))


CONSTANTS = {
    (module, target.id): {name.id for name in ast.walk(node.value) if isinstance(name, ast.Name)}
    for module, tree in TREES.items()
    for node in tree.body
    if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
    for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
    if isinstance(target, ast.Name)
}


def is_ours(error: str) -> bool:
    return error in BASES and "Exception" in kinds(error)


def is_there(error: str, module: str) -> bool:
    """Return whether a module can name an error: one of ours, a built-in one, or one that it imports."""
    attributes = (node.attr for node in ast.walk(TREES[module]) if isinstance(node, ast.Attribute))
    return is_ours(error) or error in BUILT_IN or error in IMPORTED[module] or error in attributes


def running(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a function without annotations, and without the errors that it catches for good."""
    yield node
    for name, value in ast.iter_fields(node):
        is_caught = isinstance(node, ast.ExceptHandler) and name == "type" and not passes_on(node)
        if name not in ("annotation", "returns") and not is_caught:
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from running(child)


def passes_on(handler: ast.ExceptHandler) -> bool:
    return any(isinstance(node, ast.Raise) and node.exc is None for node in ast.walk(handler))


@cache
def reached_by(function: Function) -> tuple[frozenset[str], frozenset[Function]]:
    """Return the errors that a function names, and the functions that it may call."""
    errors, called = set[str](), set[Function]()
    imported = IMPORTED[function.module]
    for node in running(function.node):
        if isinstance(node, ast.Name):
            module, name = imported.get(node.id, (function.module, node.id))
            errors.update(filter(is_ours, {name} | CONSTANTS.get((module, name), set())))
            called.update(AT_TOP.get((module, name), ()))
            if name in BASES:
                called.update(*(METHODS[f"{name}.{entered}"] for entered in ENTERED))
        elif isinstance(node, ast.Attribute):
            errors |= {node.attr} if is_ours(node.attr) else set()
            called.update(attributes(function, node))
    return frozenset(errors), frozenset(called)


def attributes(function: Function, node: ast.Attribute) -> list[Function]:
    """Return the functions that an attribute may be: a module's, those of a class, or those of any class with that name."""
    value = node.value.id if isinstance(node.value, ast.Name) else ""
    if value in IMPORTED[function.module]:
        inside = ".".join(IMPORTED[function.module][value])
        if inside in TREES:
            return AT_TOP.get((inside, node.attr), [])
    owner = function.owner if value in ("self", "cls") else value
    return METHODS[f"{owner}.{node.attr}"] or METHODS[node.attr]


@cache
def said_by(function: Function) -> set[str]:
    """Return the errors that the docstring of a function names, and those that the docstrings name which it refers to."""
    referred, waiting = set[str](), {function}
    errors = set[str]()
    while waiting:
        now = waiting.pop()
        errors |= now.named
        waiting |= {other for name in now.referred - referred for other in BY_NAME.get(name, ())}
        referred |= now.referred
    return errors


def may_raise(function: Function) -> set[str]:
    """Return the errors that a function may raise, as far as names tell, and what they are kinds of."""
    errors, waiting, seen = set[str](), [function], {function}
    while waiting:
        now = waiting.pop()
        own, called = reached_by(now)
        errors |= own if now is function else own | said_by(now)
        if now is function or now.is_private:
            waiting += called - seen
            seen |= called
    return set().union(*map(kinds, errors))


def test_every_error_that_a_docstring_names_is_there_and_can_be_raised() -> None:
    faults = []
    for function in FUNCTIONS:
        for error in sorted(function.named):
            if not is_there(error, function.module):
                faults.append(f"{function.place}: there is no {error}")
            elif is_ours(error) and not function.is_left_to_others and error not in may_raise(function):
                faults.append(f"{function.place}: nothing that it calls raises {error}, or says so")
    assert not faults, "\n".join(["", *faults])


def test_what_a_docstring_refers_to_is_there() -> None:
    faults = []
    for function in FUNCTIONS:
        arguments = {argument.arg for argument in ast.walk(function.node.args) if isinstance(argument, ast.arg)}
        faults += [
            f"{function.place}: there is no {name} that raises anything"
            for name in sorted(function.referred - arguments)
            if not any(other.said for other in BY_NAME.get(name, ()))
        ]
    assert not faults, "\n".join(["", *faults])
