"""Who belongs to an organisation or to somebody, and who may speak for it, by the roles that the story gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.answers.finding.index import StoryIndex

_APART = re.compile(r"\b(?:former|formerly|ex|critics?|opponents?|rivals?|against|victim|accuser)\b", re.IGNORECASE)
_OFFICE = (
    r"(?:spokes\w+|spokesperson|head|chief|chair\w*|president|director|editor|executive|CEO|minister|secretary|manager|captain|coach|"
    r"owner|(?:co-?)?founder|leader|officer|boss|governor|commissioner|principal|partner|lawyer|counsel|solicitor|barrister|"
    r"attorney|ambassador|candidate|commander|chancellor|organi[sz]er|trustee|treasurer|superintendent|curator|dean|rector)"
)
_OF = rf"\b{_OFFICE}\b(?:[ -][\w-]+){{{{0,4}}}}? (?:of|for|at|to|with) (?:the )?{{name}}(?!['’])"
_BEFORE = rf"{{name}}(?:['’]s?)?(?: [\w-]+){{{{0,2}}}}? {_OFFICE}\b"


def people_of(index: StoryIndex, actors: Iterable[str]) -> frozenset[str]:
    """Return whose role names one of some actors (all by their keys), unless it sets them apart: "former head of RT"."""
    return _with_role(index, re.compile(_named(index, actors)))


def spokespeople_of(index: StoryIndex, actors: Iterable[str]) -> frozenset[str]:
    """Return the persons who hold an office at one of some actors, so that they may speak for it: "editor-in-chief of RT"."""
    organisations = [key for key in actors if index.actors[key].kind != "person"]
    of, before = _OF.format(name=_named(index, organisations)), _BEFORE.format(name=_named(index, organisations))
    return _persons(index, _with_role(index, re.compile(f"{of}|{before}", re.IGNORECASE)))


def spokespeople_for(index: StoryIndex, words: str) -> frozenset[str]:
    """Return the persons who speak for some by their role whom the story has no entry for: "spokesman of the families"."""
    called = re.escape(words.removeprefix("the "))
    return _persons(index, _with_role(index, re.compile(_OF.format(name=rf"(?:[\w-]+['’]? ){{0,2}}{called}\b"), re.IGNORECASE)))


def _named(index: StoryIndex, actors: Iterable[str]) -> str:
    names = (re.escape(name) for key in actors for name in (index.actors[key].name, *index.actors[key].aliases))
    return rf"(?<!\w)(?-i:{'|'.join(names) or '(?!)'})(?!\w)"


def _with_role(index: StoryIndex, pattern: re.Pattern[str]) -> frozenset[str]:
    roles = ((key, actor.role or "") for key, actor in index.actors.items())
    return frozenset(key for key, role in roles if pattern.search(role) and not _APART.search(role))


def _persons(index: StoryIndex, actors: Iterable[str]) -> frozenset[str]:
    return frozenset(key for key in actors if index.actors[key].kind == "person")
