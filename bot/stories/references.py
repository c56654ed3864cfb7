"""Ids and citations of a story file: each id is given once, and each that is used is given.

A citation is ``gazette``, ``gazette#4``, ``{source: gazette, page: 12}``, or a list of them.
"""

from __future__ import annotations

from bot.facts.models import Citation
from bot.facts.text import clean
from bot.messages import Message
from bot.stories.csl_terms import LOCATORS
from bot.stories.fields import Fields, Pair, did_you_mean, is_null, items, nearest, shown
from bot.stories.yaml_tree import MappingNode, Node

_A_LOCATOR = Message("Write `page`, `paragraph`, `section`, `line`, `timestamp` or another CSL locator.")
_FACTS = ("event", "quote", "claim")
_MISSING = {
    "source": 'There is no source "{name}".',
    "actor": 'There is no actor "{name}".',
    "event": 'There is no event "{name}".',
    "fact": 'There is no fact "{name}".',
}
_ADD_UNDER = "Add it under `{key}`, or correct the id."
_ADD_FACT = Message("Add it under `events`, `quotes` or `claims`, or correct the id.")


class References:
    """Records where ids are given and used, and checks them once the whole file has been read."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self._defined: dict[str, dict[str, Pair]] = {}
        self._used: list[tuple[str, str, Node]] = []

    def define(self, kind: str, entry: Pair) -> None:
        """Record an id that is given here. Events, quotes and claims share one space of ids."""
        if kind in _FACTS:
            first = self._defined.setdefault("fact", {}).setdefault(entry.key, entry)
            if first is not entry:
                line = first.node.line
                problem = Message('"{name}" is already the id of another fact, in line {line}.', name=shown(entry.key), line=line)
                self._fields.fault(entry.node, problem, Message("Give each event, quote and claim an id of its own."))
        self._defined.setdefault(kind, {})[entry.key] = entry

    def use(self, kind: str, name: str, node: Node) -> None:
        """Record an id that is used here."""
        self._used.append((kind, name, node))

    def check(self) -> None:
        """Add a fault for each id that is used and never given."""
        for kind, name, node in self._used:
            known = self._defined.get(kind, {})
            if name in known:
                continue
            if kind == "event" and name in self._defined.get("fact", {}):
                problem = Message('"{name}" is not an event.', name=shown(name))
                self._fields.fault(node, problem, Message("Name an event, or take the line out."))
                continue
            mend = did_you_mean(nearest(name, known)) or (_ADD_FACT if kind == "fact" else Message(_ADD_UNDER, key=f"{kind}s"))
            self._fields.fault(node, Message(_MISSING[kind], name=shown(name)), mend)


def citations(fields: Fields, node: Node) -> list[tuple[Citation, Node]]:
    """Read one citation or a list of them, each with its place."""
    read = []
    for item in items(node):
        found = _long(fields, item) if isinstance(item, MappingNode) else _short(fields, item)
        if found:
            read.append((found, item))
    return read


def _short(fields: Fields, node: Node) -> Citation | None:
    text = fields.text(node, "cite")
    if text is None:
        return None
    source, sign, paragraph = (clean(part) for part in text.partition("#"))
    if not source or (sign and not paragraph):
        mend = Message("Write the source's id, or with a paragraph: `gazette#4`.")
        fields.fault(node, Message('The citation "{text}" is not complete.', text=shown(text)), mend)
        return None
    return Citation(source, "paragraph", paragraph) if sign else Citation(source)


def _long(fields: Fields, node: Node) -> Citation | None:
    entries = {entry.key: entry for entry in fields.entries(node, "cite")}
    source = entries.pop("source", None)
    if source is None or is_null(source.value):
        fields.fault(node, Message("The citation has no source."), Message("Write it like `{source: gazette, page: 12}`."))
    for entry in list(entries.values()):
        if entry.key not in LOCATORS:
            mend = did_you_mean(nearest(entry.key, LOCATORS)) or _A_LOCATOR
            fields.fault(entry.node, Message('"{name}" is not a place in a source.', name=shown(entry.key)), mend)
            del entries[entry.key]
        elif is_null(entry.value):
            del entries[entry.key]
    if len(entries) > 1:
        mend = Message("Keep one, or write two citations of the same source.")
        fields.fault(node, Message("The citation has more than one place."), mend)
    name = fields.text(source.value, "source") if source and not is_null(source.value) else None
    for label, entry in entries.items():
        locator = fields.text(entry.value, label)
        return Citation(name, label, locator) if name and locator else None
    return Citation(name) if name else None
