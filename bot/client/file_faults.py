"""What may be wrong with a story file or a list of sources, and how to mend it, to be said in the language spoken.

The sentences are made in `bot.stories` and `bot.formats`, where no language is known, and found by their patterns (`say_filled`),
so that one that changes there has to change here.
"""

from __future__ import annotations

import re

from bot.errors import Fault
from bot.messages import Message
from bot.presentation.languages import say, say_filled, say_message

PHRASES = (
    "a story file",
    "the story",
    "a question",
    'the source "{name}"',
    'the actor "{name}"',
    'the event "{name}"',
    'the quote "{name}"',
    'the claim "{name}"',
    "a source",
    "an actor",
    "an event",
    "a quote",
    "a claim",
    "nothing of it can be seen",
    "it is empty",
    "it begins or ends with a space",
    "it holds a line break",
    "it holds the sign #, which stands before a paragraph in a citation",
    "it holds a control character",
    "it is longer than {most} signs",
    "expecting value",
    "expecting property name enclosed in double quotes",
    "expecting ':' delimiter",
    "expecting ',' delimiter",
    "illegal trailing comma before end of object",
    "illegal trailing comma before end of array",
    "unterminated string starting at",
    "invalid control character at",
    "invalid \\escape",
    "invalid \\uXXXX escape",
)
"""What others of these sentences are filled in with."""

_KEYS = (
    "`{key}` must be keys with values.",
    "{what} must be keys with values: {keys} at least.",
    "Write each as `key: value` on a line of its own, indented.",
    "A key must be a single word.",
    "Write it as `key: value`.",
    '"{name}" stands twice; the first is in line {line}.',
    "Rename one, or put both together.",
    '"{name}" is not a key of {what}.',
    "These keys may stand in it: {keys}.",
    "{what} has no `{key}`.",
    "Write it after `{key}:`.",
    "Add `{key}:` with its value.",
    "`{key}` must be one text.",
    "Write it on one line, in quotes if it holds signs such as : or {.",
    "`{key}` is empty.",
    "Write it.",
    "Write it, or take the line out.",
    "`{key}`: {problem}",
    '`{key}` "{text}" may hold only a-z, 0-9 and -.',
    "Write `{text}`.",
    "Write a short word.",
    "Write a short word of a-z, 0-9 and -.",
    '"{name}" cannot name {what}: {wrong}.',
    '`{key}` "{text}" is not known.',
    'Did you mean "{name}"?',
    "Write one of {keys}.",
    '`{key}` "{text}" is not a web address.',
    "Write it in full, beginning with https:// or http://.",
    '`{key}` "{text}" is not a language code.',
    "Write a code such as `en`, `de` or `pt-BR`.",
)

_REFERENCES = (
    "The list of speakers is empty.",
    "Name one by its id.",
    "The fact has no citation.",
    "Name at least one source, such as `cite: gazette#4`.",
    '"{name}" is already the id of another fact, in line {line}.',
    "Give each event, quote and claim an id of its own.",
    '"{name}" is not an event.',
    "Name an event, or take the line out.",
    'There is no fact "{name}".',
    'There is no actor "{name}".',
    'There is no source "{name}".',
    'There is no event "{name}".',
    "Add it under `{key}`, or correct the id.",
    "Add it under `events`, `quotes` or `claims`, or correct the id.",
    'The citation "{text}" is not complete.',
    "Write the source's id, or with a paragraph: `gazette#4`.",
    "The citation has no source.",
    "Write it like `{source: gazette, page: 12}`.",
    '"{name}" is not a place in a source.',
    "Write `page`, `paragraph`, `section`, `line`, `timestamp` or another CSL locator.",
    "The citation has more than one place.",
    "Keep one, or write two citations of the same source.",
)

_YAML = (
    "This is not UTF-8 text.",
    "Save the file as UTF-8.",
    "The file is empty.",
    "The file is too large: {size}.",
    "Split it into stories of at most {most} MB.",
    "There is a control character here ({code}).",
    "Take it out.",
    "This is nested too deeply.",
    "Write it as the story format shows.",
    "There is a tab here.",
    "Use spaces, and put a text with tabs in quotes.",
    "There are more faults, from here on at least.",
    "Mend these first.",
    "The name after * was never given.",
    "Put a text that begins with * in quotes.",
    "This holds itself by an alias.",
    "Its aliases (*) make this far too large.",
    "Write it out without * and &.",
    "The tag `{tag}` has no use in a story.",
    "Tags (words after !) have no use in a story.",
    "Take it out, or put the text in quotes.",
    "A second document begins here.",
    "Put each story in a file of its own.",
    "YAML cannot read this sign here.",
    "Put the text in quotes.",
    "There is a colon too many.",
    "Put a text that holds a colon in quotes.",
    "A key has no colon.",
    "Write `key: value`, or put the text in quotes and indent it.",
    "A quotation mark is never closed.",
    "Close it.",
    "A list in [ ] is not closed, or lacks a comma.",
    "Close it with ], and put texts with signs in quotes.",
    "A group in { } is not closed, or lacks a comma.",
    "Close it with }, and put texts with signs in quotes.",
    "YAML expected a text here.",
    "This line is not where YAML expects it.",
    "YAML cannot read this: `{text}`.",
    "Check the indentation, the quotes and the colons here and in the line above.",
    "YAML cannot read this file ({name}).",
    "Check its quotes and its indentation.",
)

_DATES = (
    "`{key}` cannot be read: {problem}",
    "The date cannot be read: {problem}",
    '"{text}" is not a date.',
    "The date is {length} characters long.",
    "Write it like `2021`, `2021-03`, `2021-03-04`, `2021-03-04/2021-03-06`, `2021-03~` or `../2021`.",
    '"{text}" is a set of dates.',
    "Write a span such as `2021/2023`, or a fact for each date.",
    '"{text}" gives a rounded year.',
    "Write the year in digits with ~ for about: `1950~`.",
    '"{text}" has ?, ~ or % inside.',
    "Write it at the end, for the whole date: `2021-03-04~`.",
    '"{text}" has a season that is not 21 to 24.',
    "Write the months instead: `2021-03/2021-05`.",
    '"{text}" leaves too much open.',
    "Write the days, months or years as a span: `2021-03-10/2021-03-19`.",
    '"{text}" is not in the calendar.',
    "Write a day that the month has.",
    '"{text}" ends before it begins.',
    "Write the earlier date first.",
    "A date of CSL-JSON is an object.",
    "The date-parts are not lists of numbers.",
    "The date-parts hold something else than numbers.",
    'Write it like `{"date-parts": [[2021, 3, 4]]}` or `{"raw": "2021-03-04"}`.',
    "The date has more than two ends.",
    "Write its first and its last day.",
)

_LISTS = (
    "This is not a list of sources that I can read.",
    "Export it from Zotero as CSL JSON, BibTeX or RIS.",
    "The file has more than {number} entries.",
    "The file has {number} sources.",
    "Split the file; {number} at a time can be taken in.",
    "From here on {number} more faults are not listed.",
    "From here on nothing was read, after {number} faults.",
    "Mend the faults above first.",
    'Item {number}, "{name}": {problem}',
    "Item {number}: {problem}",
    '"{name}": {problem}',
    "Item {number} is no object.",
    'Write each as `{"type": "webpage", "title": "…"}`.',
    "It has no title.",
    "Give it one.",
    "It has no type.",
    "Write a CSL type such as `webpage`.",
    '"{text}" is not a CSL type.',
    "Write one such as `webpage`, `article-newspaper`, `book` or `report`.",
    'The URL "{text}" is not a web address.',
    "`{key}` is not a list of names.",
    'Write it like `[{"family": "Lee", "given": "Ann"}]`.',
    "This is not JSON: {wrong}.",
    "A number here has too many digits.",
    "Here a comma or the end of the list is missing.",
    "Check the quotation marks, commas and brackets around here, or export the list again.",
    "Export the list again.",
    "Something stands behind the end of the list.",
    'The key "{name}" is that of an entry on line {line}, too.',
    "Give one of the two another key, or take it out.",
    "The entry has {keys} twice.",
    "The entry cannot be read.",
    "Check its braces, quotation marks and commas.",
    "There is no entry in the file.",
    "An entry begins with @ and its type: `@article{lee, …}`.",
    "Take out braces that are not needed.",
    "@{name} is not a type of BibTeX.",
    "Write a type such as `@article`, `@online`, `@book` or `@misc`.",
    "An entry begins with `TY  - ` and ends with `ER  - `.",
    "The entry does not end.",
    "End it with a line `ER  - `.",
    '"{text}" belongs to no entry.',
    "An entry begins with a line `TY  - `.",
    "The entry has {number} lines.",
    "Shorten it to {number} lines; an entry ends with a line `ER  - `.",
    '"{text}" is not a type of RIS.',
    "Write one such as `NEWS`, `ELEC`, `JOUR`, `BOOK` or `GEN`.",
)


def _own_words(message: str) -> tuple[bool, int]:
    return "{problem}" in message, len(re.sub(r"\{\w+\}", "", message))


FILE_FAULTS = tuple(sorted((*PHRASES, *_KEYS, *_REFERENCES, *_YAML, *_DATES, *_LISTS), key=_own_words, reverse=True))
"""All of these sentences as they are tried: what holds another comes first, then what has more words of its own, for one with few
is what many others may seem to be."""

_NESTED = ("what", "wrong", "problem")


def _say(sentence: str) -> str:
    return say_message(sentence) if isinstance(sentence, Message) else say_filled(sentence, FILE_FAULTS, _NESTED)


def say_file_fault(fault: Fault) -> str:
    """Return a fault of a file with its place, in the language that is spoken."""
    problem, mend = map(_say, (fault.problem, fault.mend))
    place = {"line": fault.line, "column": fault.column}
    return say("line {line}, column {column}: {problem} {mend}", **place, problem=problem, mend=mend)
