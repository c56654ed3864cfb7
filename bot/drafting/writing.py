"""A draft as a story file: every entry with a comment that says what to look at, and its other phrasings left to be written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.drafting.proposal import Draft
from bot.stories.dump import dump_story
from bot.stories.fields import listed

MARK = "# review:"
"""What begins the comment beside each entry that nobody has looked at."""

_SECTIONS = {"sources", "actors", "events", "quotes", "claims"}
_FACTS = {"events", "quotes", "claims"}
_HEAD = """\
# A draft, made by rules from one article: nothing in it has been checked, and nothing of it is in a fact base yet.
# Look at each entry, mend it or take it out, and take its comment "review:" away. Say events and claims in your own words, keep
# quotes word for word, and write under asked_as how readers may ask for a fact. Then: footnote story check, and story import."""


def write_draft(draft: Draft) -> str:
    """Return a draft as the text of a story file, which loads as it is."""
    ids = {
        "sources": [source.id for source in draft.story.sources],
        "actors": [actor.id for actor in draft.story.actors],
        "events": [fact.id for fact in draft.story.facts if fact.kind == "event"],
        "quotes": [fact.id for fact in draft.story.facts if fact.kind == "quote"],
        "claims": [fact.id for fact in draft.story.facts if fact.kind == "claim"],
    }
    head = [_HEAD, *_set_off(draft.set_off)]
    return "\n".join([*head, "", *_lines(dump_story(draft.story), ids, draft)]) + "\n"


def summary(draft: Draft) -> str:
    """Say what a draft holds: ``3 quotes, 2 claims, 1 event and 4 actors``."""
    parts = ((draft.count("quote"), "quote"), (draft.count("claim"), "claim"), (draft.count("event"), "event"))
    actors = len(draft.story.actors)
    return listed([_counted(*part) for part in (*parts, (actors, "actor"))])


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def marked(text: str) -> int:
    """Return how many entries of a story file nobody has looked at yet, by their comments."""
    return sum(1 for line in text.splitlines() if re.match(r"  \S.*:\s+# review:", line))


def _lines(text: str, ids: dict[str, list[str]], draft: Draft) -> Iterator[str]:
    """Put a comment beside the key of each entry, and an empty ``asked_as`` at the end of each fact.

    Only the key of an entry stands two spaces in, so that the entries of a section come as its ids do.
    """
    section, place, open_fact = "", 0, False
    for line in text.splitlines():
        entry = section in _SECTIONS and re.match(r"  \S", line)
        if open_fact and (entry or not line or re.match(r"\S", line)):
            yield "    asked_as: []"
            open_fact = False
        if entry:
            note = draft.notes.get((section, ids[section][place]), "look at it")
            yield f"{line}  {MARK} {_plain(note)}"
            place, open_fact = place + 1, section in _FACTS
            continue
        if re.match(r"\S", line):
            section, place = line.rstrip(":"), 0
        yield line
    if open_fact:
        yield "    asked_as: []"


def _set_off(words: Sequence[tuple[str, int]]) -> Iterator[str]:
    if words:
        yield "#"
        yield "# In quotation marks, but rather set off than said by somebody:"
        yield from (f"#   “{_plain(text)}” (paragraph {paragraph})" for text, paragraph in words)


def _plain(text: str) -> str:
    """Return a text that may stand in a comment: on one line, without signs that no YAML file may hold."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
