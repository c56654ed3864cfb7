"""Ids of a story file: each is given once, and each that is used is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.stories.fields import Entry, Fields, did_you_mean, nearest, shown
from bot.stories.yaml_tree import at

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node

_FACTS = ("event", "quote", "claim")
_SECTIONS = {"source": "sources", "actor": "actors", "event": "events", "fact": "events, quotes or claims"}


class References:
    """Notes where ids are given and used, and checks them when the whole file has been read."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self._defined: dict[str, dict[str, Entry]] = {}
        self._used: list[tuple[str, str, Node]] = []

    def define(self, kind: str, entry: Entry) -> None:
        """Note that an id is given here. Events, quotes and claims share their ids."""
        if kind in _FACTS:
            first = self._defined.setdefault("fact", {}).setdefault(entry.key, entry)
            if first is not entry:
                line = at(first.node)[0]
                problem = f'"{shown(entry.key)}" is already the id of another fact, in line {line}.'
                self._fields.fault(entry.node, problem, "Give each event, quote and claim an id of its own.")
        self._defined.setdefault(kind, {})[entry.key] = entry

    def use(self, kind: str, name: str, node: Node) -> None:
        """Note that an id is used here."""
        self._used.append((kind, name, node))

    def check(self) -> None:
        """Note a fault for each id that is used and never given."""
        for kind, name, node in self._used:
            known = self._defined.get(kind, {})
            if name in known:
                continue
            if kind == "event" and name in self._defined.get("fact", {}):
                self._fields.fault(node, f'"{shown(name)}" is not an event.', "Name an event, or take the line out.")
                continue
            mend = did_you_mean(nearest(name, known)) or f"Add it under {_SECTIONS[kind]}, or correct the id."
            self._fields.fault(node, f'There is no {kind} "{shown(name)}".', mend)
