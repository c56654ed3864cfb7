"""Who belongs to an organisation or to somebody, and who may speak for it, by the roles that the story gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.answers.index import StoryIndex

_APART = re.compile(r"\b(?:former|formerly|ex|critics?|opponents?|rivals?|against|victim|accuser)\b", re.IGNORECASE)
_OFFICE = (
    r"(?:spokes\w+|spokesperson|head|chief|chair\w*|president|director|editor|executive|CEO|minister|secretary|manager|captain|coach|"
    r"owner|(?:co-?)?founder|leader|officer|boss|governor|commissioner|principal|partner|lawyer|counsel|solicitor|barrister|"
    r"attorney|ambassador|trustee|treasurer|superintendent|curator|dean|rector)"
)


def people_of(index: StoryIndex, actors: Iterable[str]) -> frozenset[str]:
    """Return whose role names one of some actors (all by their keys), unless it sets them apart: "former head of RT"."""
    return _with_role(index, actors, "{name}")


def spokespeople_of(index: StoryIndex, actors: Iterable[str]) -> frozenset[str]:
    """Return the persons who hold an office at one of some actors, so that they may speak for it: "editor-in-chief of RT"."""
    organisations = [key for key in actors if index.actors[key].kind != "person"]
    of = rf"\b{_OFFICE}\b(?:[ -][\w-]+){{{{0,4}}}}? (?:of|for|at|to|with) (?:the )?{{name}}(?!['’])"
    before = rf"{{name}}(?:['’]s?)?(?: [\w-]+){{{{0,2}}}}? {_OFFICE}\b"
    found = _with_role(index, organisations, f"(?:{of}|{before})", re.IGNORECASE)
    return frozenset(key for key in found if index.actors[key].kind == "person")


def _with_role(index: StoryIndex, actors: Iterable[str], pattern: str, flags: re.RegexFlag = re.NOFLAG) -> frozenset[str]:
    names = [re.escape(name) for key in actors for name in (index.actors[key].name, *index.actors[key].aliases)]
    if not names:
        return frozenset()
    named = rf"(?<!\w)(?-i:{'|'.join(names)})(?!\w)"
    wanted = re.compile(pattern.format(name=named), flags)
    roles = ((key, actor.role or "") for key, actor in index.actors.items())
    return frozenset(key for key, role in roles if wanted.search(role) and not _APART.search(role))
