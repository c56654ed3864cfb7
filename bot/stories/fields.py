"""Reading the fields of a story file one by one; a fault is noted with its place, and reading goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from anyascii import anyascii

from bot.errors import DateError, Fault
from bot.facts.dates import StoryDate, parse_date
from bot.facts.text import clean, is_address, on_one_line, shortened, wikidata_fault
from bot.messages import Message
from bot.stories.yaml_tree import MappingNode, MissingNode, Node, ScalarNode, SequenceNode, add_fault, forbidden, paired

_NULLS = ("", "~", "null", "Null", "NULL")
_LIKE_ENOUGH = 65  # rapidfuzz's ratio, 0 to 100: "sorces" is meant for "sources"
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_SLUG = 48
"""Most characters of an id that is made from a text."""

_LINE_BREAK = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_MAX_ID = 500  # a longer key would need another syntax in YAML
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_AS_KEYS = Message("Write each as `key: value` on a line of its own, indented.")
_NAMED = {"source": "a source", "actor": "an actor", "event": "an event", "quote": "a quote", "claim": "a claim"}
IN_FULL = Message("Write it in full, beginning with https:// or http://.")


class Pair(NamedTuple):
    """A key, where it stands, and its value."""

    key: str
    node: Node
    value: Node


class Fields:
    """Reads fields and gathers every fault."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._required: set[int] = set()

    def fault(self, node: Node, problem: Message, mend: Message) -> None:
        """Add a fault at a node, unless it is a `MissingNode`, which is a fault already. Raises GivenUpError at too many."""
        if not isinstance(node, MissingNode):
            add_fault(self.faults, Fault(node.line, node.column, problem, mend))

    def entries(self, node: Node | None, what: str) -> list[Pair]:
        """Read a mapping's keys and values, noting repeated keys as faults; nothing where it is empty.

        ``what`` is the key of the mapping, as faults name it.
        """
        if node is None or is_null(node):
            return []
        if not isinstance(node, MappingNode):
            self.fault(node, Message("`{key}` must be keys with values.", key=what), _AS_KEYS)
            return []
        entries: dict[str, Pair] = {}
        for key_node, value in node.value:
            if not isinstance(key_node, ScalarNode):
                self.fault(key_node, Message("A key must be a single word."), Message("Write it as `key: value`."))
                continue
            key = paired(key_node.value)
            if key in entries:
                line = entries[key].node.line
                problem = Message('"{name}" appears twice; the first is on line {line}.', name=shown(key), line=line)
                self.fault(key_node, problem, Message("Rename one, or merge the two."))
                continue
            entries[key] = Pair(key, key_node, value)
        return list(entries.values())

    def mapping(
        self, node: Node, what: Message, required: Sequence[str], optional: Sequence[str], place: Node | None = None
    ) -> dict[str, Node]:
        """Read a mapping whose possible keys are known; keys without a value are left out.

        ``what`` is what has these keys, as faults name it; ``place`` is where a missing key is noted.
        """
        if not isinstance(node, MappingNode):
            problem = Message("{what} must be keys with values: {keys} at least.", what=what, keys=coded(required))
            self.fault(node, problem, _AS_KEYS)
            return {}
        known = (*required, *optional)
        nodes: dict[str, Node] = {}
        misspelt = set()
        for entry in self.entries(node, what):
            if entry.key not in known:
                meant = nearest(entry.key, known)
                misspelt.add(meant)
                mend = did_you_mean(meant) or Message("It may have these keys: {keys}.", keys=coded(known))
                self.fault(entry.node, Message('"{name}" is not a key of {what}.', name=shown(entry.key), what=what), mend)
            elif not is_null(entry.value):
                nodes[entry.key] = entry.value
            elif entry.key in required:
                misspelt.add(entry.key)
                self.fault(entry.node, _lacks(what, entry.key), Message("Write it after `{key}:`.", key=entry.key))
        self._required.update(id(nodes[key]) for key in required if key in nodes)
        for key in required:
            if key not in nodes and key not in misspelt:
                self.fault(place or node, _lacks(what, key), Message("Add `{key}:` with its value.", key=key))
        return nodes

    def text(self, fields: Mapping[str, Node], key: str) -> str | None:
        """Read the text of a key, None where the key is missing; an empty text is a fault."""
        return self.text_at(fields[key], key) if key in fields else None

    def text_at(self, node: Node, key: str) -> str | None:
        """Read a text that stands under a key."""
        if not isinstance(node, ScalarNode):
            mend = Message("Write it on one line, in quotes if it contains characters such as : or {.")
            self.fault(node, Message("`{key}` must be one text.", key=key), mend)
            return None
        text = clean(paired(node.value))
        if not text:
            mend = Message("Write it." if id(node) in self._required else "Write it, or take the line out.")
            self.fault(node, Message("`{key}` is empty.", key=key), mend)
            return None
        bad = forbidden(text)
        if bad:
            self.fault(node, Message("`{key}`: {problem}", key=key, problem=bad[0].problem), bad[0].mend)
            return None
        return text

    def line(self, fields: Mapping[str, Node], key: str) -> str | None:
        """Read a title or a name: a text whose line breaks become spaces."""
        text = self.text(fields, key)
        return None if text is None else on_one_line(text)

    def texts(self, fields: Mapping[str, Node], key: str) -> list[tuple[str, Node]]:
        """Read a list of texts, each with its place; a single text is a list of one."""
        read = ((self.text_at(item, key), item) for item in (items(fields[key]) if key in fields else ()))
        return [(text, item) for text, item in read if text is not None]

    def slug(self, fields: Mapping[str, Node], key: str) -> str | None:
        """Read a slug: a-z, 0-9 and -."""
        text = self.text(fields, key)
        if text is None or _SLUG.fullmatch(text):
            return text
        made = slug_of(text)
        mend = Message("Write `{text}`.", text=made) if made else Message("Write a short word.")
        self.fault(fields[key], Message('`{key}` "{text}" may hold only a-z, 0-9 and -.', key=key, text=shown(text)), mend)
        return None

    def is_id(self, entry: Pair, kind: str) -> bool:
        """Check a key that is an id: any text on one line without #, which citations use."""
        wrong = _wrong_in_id(entry.key)
        if not wrong:
            return True
        made = slug_of(entry.key)
        mend = Message("Write `{text}`.", text=made) if made else Message("Write a short word of a-z, 0-9 and -.")
        what = Message(_NAMED[kind])
        self.fault(
            entry.node, Message('"{name}" cannot name {what}: {wrong}.', name=shown(entry.key), what=what, wrong=wrong), mend
        )
        return False

    def choice(self, fields: Mapping[str, Node], key: str, choices: Sequence[str]) -> str | None:
        """Read one of some words."""
        text = self.text(fields, key)
        if text is None or text in choices:
            return text
        mend = did_you_mean(nearest(text, choices)) or Message("Write one of {keys}.", keys=coded(choices))
        self.fault(fields[key], not_known(key, text), mend)
        return None

    def date(self, fields: Mapping[str, Node], key: str) -> StoryDate | None:
        """Read an EDTF date."""
        text = self.text(fields, key)
        if text is None:
            return None
        try:
            return parse_date(text)
        except DateError as error:
            problem = Message("`{key}` cannot be read: {problem}", key=key, problem=error.problem)
            self.fault(fields[key], problem, error.mend)
            return None

    def url(self, fields: Mapping[str, Node], key: str) -> str | None:
        """Read a web address: http or https."""
        text = self.text(fields, key)
        if text is None or is_address(text):
            return text
        self.fault(fields[key], Message('`{key}` "{text}" is not a web address.', key=key, text=shown(text)), IN_FULL)
        return None

    def wikidata(self, fields: Mapping[str, Node], key: str) -> str | None:
        """Read the id of an item of Wikidata: Q and digits."""
        text = self.text(fields, key)
        mend = wikidata_fault(text) if text is not None else None
        if mend is not None:
            problem = Message('`{key}` "{text}" is not an id of Wikidata.', key=key, text=shown(text or ""))
            self.fault(fields[key], problem, mend)
        return text

    def language(self, fields: Mapping[str, Node], key: str) -> str | None:
        """Read a BCP 47 language tag."""
        text = self.text(fields, key)
        if text is None or _LANGUAGE.fullmatch(text):
            return text
        problem = Message('`{key}` "{text}" is not a language code.', key=key, text=shown(text))
        self.fault(fields[key], problem, Message("Write a code such as `en`, `de` or `pt-BR`."))
        return None


def items(node: Node) -> list[Node]:
    """Return the items of a list; a single value is a list of one."""
    return list(node.value) if isinstance(node, SequenceNode) else [node]


def is_null(node: Node) -> bool:
    """Return whether nothing was written, or `null` without quotes."""
    return isinstance(node, ScalarNode) and node.plain and node.value in _NULLS


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most like a word, if any is like enough."""
    from rapidfuzz import fuzz, process, utils

    match = process.extractOne(word, list(known), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=_LIKE_ENOUGH)
    return str(match[0]) if match else None


def _wrong_in_id(key: str) -> Message | None:
    """Return what is wrong with an id, None where nothing is."""
    if not clean(key):
        return Message("nothing in it can be seen" if key.strip() else "it is empty")
    if key != key.strip():
        return Message("it begins or ends with a space")
    if _LINE_BREAK.search(key):
        return Message("it contains a line break")
    if "#" in key:
        return Message("it contains #, which marks a paragraph in a citation")
    if forbidden(key):
        return Message("it contains a control character")
    return Message("it is longer than {most} characters", most=_MAX_ID) if len(key) > _MAX_ID else None


def _lacks(what: Message, key: str) -> Message:
    return Message("{what} has no `{key}`.", what=what, key=key)


def not_known(key: str, text: str) -> Message:
    """Return the problem of a value that is not one of those that a key may have."""
    return Message('`{key}` "{text}" is not known.', key=key, text=shown(text))


def slug_of(text: str, longest: int = MAX_SLUG) -> str:
    """Return a text as an id: a-z, 0-9 and -, cut after a whole word; "" where nothing is left of it.

    Other scripts are spelt in Latin letters, by AnyAscii; the signs that only soften or harden a letter are left out.
    """
    plain = anyascii(re.sub(r"['’]s(?= )|[ьъ]", "", text.casefold())).casefold()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(made) > longest:
        made = made[:longest].rpartition("-")[0] or made[:longest]
    return made.strip("-")


def did_you_mean(word: str | None) -> Message | None:
    """Return a question whether a word was meant, None for no word."""
    return Message('Did you mean "{name}"?', name=word) if word else None


def shown(text: str) -> str:
    """Shorten a text for a message."""
    return shortened(" ".join(text.split()), 60)


def coded(words: Sequence[str]) -> str:
    """List keys and words of a story file for a sentence, each marked as code."""
    return ", ".join(f"`{word}`" for word in words)


def listed(words: Sequence[str]) -> str:
    """List words for a sentence."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
