"""Citations of a story file: ``gazette``, ``gazette#4``, ``{source: gazette, page: 12}``, or a list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.facts.models import Citation
from bot.facts.text import clean
from bot.stories.csl import LOCATORS
from bot.stories.fields import Fields, did_you_mean, is_mapping, is_null, items, nearest, shown

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node


def citations(fields: Fields, node: Node) -> list[tuple[Citation, Node]]:
    """Read one citation or a list of them, each with its place."""
    read = []
    for item in items(node):
        found = _long(fields, item) if is_mapping(item) else _short(fields, item)
        if found:
            read.append((found, item))
    return read


def _short(fields: Fields, node: Node) -> Citation | None:
    text = fields.text(node, "The citation")
    if text is None:
        return None
    source, sign, paragraph = (clean(part) for part in text.partition("#"))
    if not source or (sign and not paragraph):
        fields.fault(
            node, f'The citation "{shown(text)}" is not complete.', "Write the source's id, or with a paragraph: gazette#4."
        )
        return None
    return Citation(source, "paragraph", paragraph) if sign else Citation(source)


def _long(fields: Fields, node: Node) -> Citation | None:
    entries = {entry.key: entry for entry in fields.entries(node, "The citation")}
    source = entries.pop("source", None)
    if source is None or is_null(source.value):
        fields.fault(node, "The citation has no source.", "Write it like {source: gazette, page: 12}.")
    for entry in list(entries.values()):
        if entry.key not in LOCATORS:
            mend = (
                did_you_mean(nearest(entry.key, LOCATORS))
                or "Write page, paragraph, section, line, timestamp or another CSL locator."
            )
            fields.fault(entry.node, f'"{shown(entry.key)}" is not a place in a source.', mend)
            del entries[entry.key]
        elif is_null(entry.value):
            del entries[entry.key]
    if len(entries) > 1:
        fields.fault(node, "The citation has more than one place.", "Keep one, or write two citations of the same source.")
    name = fields.text(source.value, "The source") if source and not is_null(source.value) else None
    for label, entry in entries.items():
        locator = fields.text(entry.value, f"The {label}")
        return Citation(name, label, locator) if name and locator else None
    return Citation(name) if name else None
