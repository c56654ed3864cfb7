"""CSL-JSON files: lists of items, as Zotero, pandoc and citation processors write and read them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from bot.errors import Fault
from bot.facts.models import Actor, Source
from bot.formats.csl import csl_item
from bot.formats.csl_read import MEND_ABOVE, MOST_FAULTS, SourceList, read_item
from bot.messages import Message
from bot.stories.yaml_tree import NESTED, place

_NUMBERS = re.compile(r"\[(?:\s*\[)?\n[-\d,\s\[\]]+\](?:\s*\])?")  # dates, to stand on one line
_BEGIN = re.compile(r",\s*(?=\{)")
_MOST_TRIES = 2000  # at finding the next item
_WHITE = " \t\r\n"
_MEND = Message("Check the quotation marks, commas and brackets around here, or export the list again.")
_WRONG = (
    Message("expecting value"),
    Message("expecting property name enclosed in double quotes"),
    Message("expecting ':' delimiter"),
    Message("expecting ',' delimiter"),
    Message("illegal trailing comma before end of object"),
    Message("illegal trailing comma before end of array"),
    Message("unterminated string starting at"),
    Message("invalid control character at"),
    Message("invalid \\escape"),
    Message("invalid \\uXXXX escape"),
)
"""What Python says is wrong with JSON."""
_KNOWN = {str(message): message for message in _WRONG}


def write(sources: Iterable[Source], actors: Iterable[Actor] = ()) -> str:
    """Return sources as a CSL-JSON file."""
    known = list(actors)
    text = json.dumps([csl_item(source, actors=known) for source in sources], ensure_ascii=False, indent=2)
    return _NUMBERS.sub(lambda found: "".join(found[0].split()).replace(",", ", "), text) + "\n"


def read(text: str) -> SourceList:
    """Read a CSL-JSON file: a list of items, or one; every fault is noted, up to a thousand."""
    reading = SourceList([], [])
    line, before = 1, 0
    for number, (at, item) in enumerate(_items(text, reading.faults), 1):
        line, before = line + text.count("\n", before, at), at  # counted on: from the start it takes minutes in a long list
        column = at - text.rfind("\n", 0, at)
        if len(reading.faults) >= MOST_FAULTS - 1:
            problem = Message("From here on nothing was read, after {number} faults.", number=len(reading.faults))
            reading.faults.append(Fault(line, column, problem, MEND_ABOVE))
            break
        if not isinstance(item, dict):
            problem = Message("Item {number} is no object.", number=number)
            reading.faults.append(Fault(line, column, problem, Message('Write each as `{"type": "webpage", "title": "…"}`.')))
            continue
        reading.add(line, read_item(item), column=column, number=number)
    return reading


def _items(text: str, faults: list[Fault]) -> Iterator[tuple[int, Any]]:
    """Yield the items one by one, each with the place where it begins, so that a fault can say where it is."""
    decoder = json.JSONDecoder(object_pairs_hook=dict)
    at = _skip(text, 0)
    alone = text[at : at + 1] != "["
    at = at if alone else _skip(text, at + 1)
    while alone or text[at : at + 1] != "]":
        try:
            item, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            wrong = f"{error.msg[:1].lower()}{error.msg[1:]}"
            problem = Message("This is not JSON: {wrong}.", wrong=_KNOWN.get(wrong, wrong))
            faults.append(Fault(error.lineno, error.colno, problem, _MEND))
            at = _next_item(decoder, text, at + 1)
            if alone or at == len(text):
                return
            continue
        except RecursionError:
            faults.append(Fault(place(text, at)[0], 1, NESTED, Message("Export the list again.")))
            return
        except ValueError:  # Python reads no number of thousands of digits
            faults.append(Fault(*place(text, at), Message("A number here has too many digits."), _MEND))
            return
        yield at, item
        at = _skip(text, end)
        if alone:
            break
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
        elif text[at : at + 1] != "]":
            faults.append(Fault(*place(text, at), Message("Here a comma or the end of the list is missing."), _MEND))
            return
    rest = _skip(text, at if alone else at + 1)
    if rest < len(text):
        problem = Message("Something stands behind the end of the list.")
        faults.append(Fault(*place(text, rest), problem, Message("Take it out.")))


def _next_item(decoder: json.JSONDecoder, text: str, at: int) -> int:
    """Return where the next item begins behind one that is no JSON; the end of the text where none is found."""
    for begin, _ in zip(_BEGIN.finditer(text, at), range(_MOST_TRIES), strict=False):
        with suppress(ValueError, RecursionError):
            item, _ = decoder.raw_decode(text, begin.end())
            if isinstance(item, dict) and item.keys() & {"type", "title"}:
                return begin.end()
    return len(text)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _WHITE:
        at += 1
    return at
