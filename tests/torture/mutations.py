"""Inputs of the kind that people, programs and attackers send: real ones, changed a little or a lot."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

PIECES = (
    "NOT", "AND (", "NEAR(", '"', "'", "“", "”", "*", "^", "a:b", "a-b", "50%", "\x00", "%s", "{}", "{0}", "\\", "--", ";", "/*",
    "@everyone", "<@1>", "<#1>", "</ask:1>", "<t:1:R>", "`", "```", "||", "[x](https://evil.example)", "# ", "> ", "-# ",
    "https://example.org/a?b=c#d", "\u200b", "\u202e", "\ufeff", "\u2028", "é", "e\u0301", "İ", "ß", "ﬁ", "½", "²", "٣", "א",
    "你好", "👩\u200d👩\u200d👧", "🏳️\u200d🌈", "\U0010ffff", "\ud83d", "$1.9 million", "1e999", "-0", "00000000001", "9" * 30,
    "0x1f", "1,000.5",
    "26 October 2017", "2017-10-26", "31 February 2021", "0000-00-00", "last Friday", "before", "after", "between", "and", "or",
    "who", "what", "when", "where", "why", "how much", "how many", "who said", "did", "not", "never", "next", "first", "last",
    "which of them", "what each side says", "since", "until", "more than", "?", "!", "...", "…", "\n", "\r\n", "\t", "\u00a0",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, float("inf"), 10**30, "", " ", "~", "null", "yes", "2021-02-30", "../2021", "2021/2020", "9999-12-31",
    "-9999", "Y17000000000", "a#1", "#", "a" * 5000, "\u0000", "\u2028", "😀", [], {}, [[]], [None], {"a": {"b": 1}}, ["x"] * 50,
    "https://", "javascript:alert(1)", "http://[", "lee", "gazette", "gazette#99999999999", {"source": "gazette", "page": 0},
)  # fmt: skip
LINES = (
    "  - ",
    "? ",
    "- [",
    "{",
    "}",
    "&a *a",
    "*a",
    "!!python/object:os.system x",
    "%YAML 1.1",
    "---",
    "...",
    "<<: *a",
    "  x: |",
    "\t",
)


def text(chance: random.Random, seeds: Sequence[str]) -> str:
    """Change a text by words and by signs."""
    words = chance.choice(seeds).split(" ")
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 5))):
        chance.choice(_WORDWISE)(chance, words, seeds)
    made = " ".join(words)
    for _ in range(chance.choice((0, 0, 0, 1, 2, 8))):
        at = chance.randrange(len(made) + 1)
        made = (
            made[:at]
            + chance.choice((chance.choice(PIECES), chr(chance.randrange(1, 0x3000)), ""))
            + made[at + chance.randrange(3) :]
        )
    return made


def _drop(chance: random.Random, words: list[str], seeds: Sequence[str]) -> None:
    del words[chance.randrange(len(words) + 1) :][: chance.randrange(3)]


def _swap(chance: random.Random, words: list[str], seeds: Sequence[str]) -> None:
    chance.shuffle(words)


def _insert(chance: random.Random, words: list[str], seeds: Sequence[str]) -> None:
    words.insert(chance.randrange(len(words) + 1), chance.choice(PIECES))


def _splice(chance: random.Random, words: list[str], seeds: Sequence[str]) -> None:
    other = chance.choice(seeds).split(" ")
    at = chance.randrange(len(words) + 1)
    words[at : at + chance.randrange(4)] = other[chance.randrange(len(other)) :]


def _repeat(chance: random.Random, words: list[str], seeds: Sequence[str]) -> None:
    if words:
        at = chance.randrange(len(words))
        words[at:at] = words[at : at + chance.choice((1, 2, 5))] * chance.choice((1, 2, 3, 40))


def _signs(chance: random.Random, words: list[str], seeds: Sequence[str]) -> None:
    if words:
        at = chance.randrange(len(words))
        words[at] = chance.choice((str.upper, str.title, str.swapcase, lambda word: word[::-1], lambda word: word[:-1]))(
            words[at]
        )


_WORDWISE: tuple[Callable[[random.Random, list[str], Sequence[str]], None], ...] = (
    _drop, _swap, _insert, _insert, _splice, _splice, _repeat, _signs,
)  # fmt: skip


def content(chance: random.Random, seeds: Sequence[bytes]) -> bytes:
    """Change the bytes of a file: some of them, its lines, or a part of it for one of another file."""
    made = bytearray(chance.choice(seeds))
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        way = chance.randrange(6)
        at = chance.randrange(len(made) + 1)
        if way == 0:
            made[at : at + 1] = bytes([chance.randrange(256)])
        elif way == 1:
            made[at : at + chance.randrange(40)] = b""
        elif way == 2:
            made[at:at] = chance.choice((*PIECES, *LINES)).encode("utf-8", "surrogatepass")
        elif way == 3:
            other = chance.choice(seeds)
            start = chance.randrange(len(other) + 1)
            made[at : at + chance.randrange(200)] = other[start : start + chance.randrange(200)]
        else:
            _linewise(chance, made)
    return bytes(made)


def _linewise(chance: random.Random, made: bytearray) -> None:
    lines = bytes(made).split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    way = chance.randrange(5)
    if way == 0:
        del lines[one]
    elif way == 1:
        lines.insert(other, lines[one])
    elif way == 2:
        lines[one], lines[other] = lines[other], lines[one]
    elif way == 3:
        lines[one] = chance.choice((b" ", b"  ", b"    ", b"\t")) + lines[one]
    else:
        key, colon, _ = lines[one].partition(b":")
        value = (
            lines[other].partition(b":")[2] if chance.random() < 0.5 else b" " + chance.choice(PIECES).encode("utf-8", "replace")
        )
        lines[one] = key + colon + value
    made[:] = b"\n".join(lines)


def tree(chance: random.Random, seeds: Sequence[Any]) -> bytes:
    """Change the values, keys and order of a file that is read already, and write it as JSON, which is YAML too."""
    made = json.loads(json.dumps(chance.choice(seeds)))
    for _ in range(chance.choice((1, 1, 2, 4))):
        _change(chance, made, seeds)
    return json.dumps(made, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")


def _change(chance: random.Random, made: Any, seeds: Sequence[Any]) -> None:
    inside = _inside(made)
    if not inside:
        return
    where = chance.choice(inside)
    keys = list(where) if isinstance(where, dict) else list(range(len(where)))
    key = chance.choice(keys)
    way = chance.randrange(5)
    if way == 0:
        del where[key]
    elif way == 1 and isinstance(where, dict):
        where[str(chance.choice((*VALUES, *PIECES)))] = where.pop(key)
    elif way == 2:
        others = _inside(chance.choice(seeds))
        where[key] = json.loads(json.dumps(chance.choice(others)))
    elif way == 3 and isinstance(where[key], str):
        where[key] = text(chance, [where[key] or "x"])
    else:
        where[key] = deepcopy(chance.choice(VALUES))


def _inside(made: Any) -> list[Any]:
    """Return all mappings and lists in a tree that have something in them, with itself."""
    if not isinstance(made, (dict, list)) or not made:
        return []
    values = made.values() if isinstance(made, dict) else made
    return [made, *(inner for value in values for inner in _inside(value))]
