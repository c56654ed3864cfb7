"""Who has a role: "who is the mayor", "who runs the bank", "who coaches them", "who is the driver's boss".

A role is what the story records of an actor, or what it calls them. Nothing is answered where several may be meant, and nothing
where a word of the question is in no role: the finance minister is not the prime minister.

In: the words of a question and the index of a whole story. Out: the actors who have the role that it asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.answers.finding.index import StoryIndex
from bot.english.lexicon import base_forms
from bot.english.search_words import STOP_WORDS, stem, words_of
from bot.facts.models import Actor

_SO = r"^(?:(?:so|and|ok|okay|well|but|then|please|tell me) )*"
_BE = r"(?P<be>is|are|was|were)"
_IS = re.compile(rf"{_SO}(?:who|what is the name of)(?: {_BE})? (?P<role>[^\d\W][\w ]*)$")
_HEADS = re.compile(
    rf"{_SO}who (?:{_BE} )?(?P<verb>runs?|ran|running|heads?|headed|leads?|leading|led|manages?|managed|in charge of|"
    r"at the head of)(?: the)? (?P<body>[\w ]+)$"
)
_DOES = re.compile(rf"{_SO}who (?P<verb>[a-z]+)(?: for)? (?P<body>[\w ]+)$")
_PRESENT = frozenset({"is", "are"})
_NOW = frozenset("now nowadays today currently presently".split())
# Words with which a question asks for more than a role, or of whom nobody knows who is meant.
_OTHERWISE = frozenset(
    """after against before during first last later next once or since then until when while he him his her hers its she their
    theirs them they it this that these those not""".split()
)
_WITHIN = re.compile(r"\b(?:of|for|at|in|from|to|on|with|who|whose|that|since|under|behind|until|about|aboard)\b")
_JOINED = re.compile(r",|;|\band\b")
# Titles of whoever is at the head of something, highest first.
_TOP = (
    ("chief executive", "ceo", "managing director", "general manager", "director general", "head", "boss", "leader"),
    ("president", "director", "manager", "chief", "captain", "commander", "editor", "principal", "governor", "rector"),
    ("chair", "chairman", "chairwoman", "chairperson"),
    ("owner",),
)
_BOSS = frozenset({"boss", "head", "chief", "leader"})
# Titles of which a word before them makes another: the finance director is not the director.
_PARTED = frozenset(title for tier in _TOP for title in tier) | {"minister", "secretary", "officer"}
LESSER = frozenset(
    "deputy vice assistant acting interim junior honorary former ex co shadow under associate candidate would".split()
)
# Verbs of which the noun for whoever does it is made otherwise than by its ending, by their base forms.
_AGENTS = {
    "coach": ("coach",), "captain": ("captain",), "referee": ("referee",), "chair": _TOP[2], "sponsor": ("sponsor",),
    "drove": ("driver",), "wrote": ("author", "writer"), "write": ("author", "writer"), "train": ("trainer", "coach"),
    "represent": ("lawyer", "counsel", "attorney"), "skipper": ("skipper",), "judge": ("judge",), "flew": ("pilot",),
    "built": ("builder",), "made": ("maker",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OfficeRequest:
    """A question for whoever has a role: its last word by the ``titles`` that it may be, and what else it says of it.

    ``qualifiers`` are the stems of its other words, ``present`` whether it asks for whoever has it now, ``top`` whether whoever
    is at the head of the ``qualifiers`` is meant. ``plural``: several may be meant; ``now``: it says "now".
    """

    titles: tuple[str, ...]
    qualifiers: tuple[str, ...]
    present: bool = False
    top: bool = False
    plural: bool = False
    now: bool = False


@dataclass(frozen=True, slots=True)
class _Position:
    """One of the roles of an actor: the words of its title, and the stems of what it is a role in."""

    title: tuple[str, ...]
    within: frozenset[str]


def read_offices(words: tuple[str, ...]) -> Iterator[OfficeRequest]:
    """Yield the requests that a question may make, likeliest first; most questions make none."""
    now = not _NOW.isdisjoint(words)
    words = tuple(word for word in words if word not in _NOW)
    if not _OTHERWISE.isdisjoint(words):
        return
    text = " ".join(words)
    if heads := _HEADS.match(text):
        present = heads["be"] in _PRESENT or heads["verb"].rstrip("s") in ("run", "head", "lead", "manage")
        yield OfficeRequest((), _stems(heads["body"].split()), present=present, top=True, now=now)
    if (does := _DOES.match(text)) and does["verb"] not in STOP_WORDS:
        verbs = (does["verb"], *base_forms(does["verb"]))
        titles = tuple(title for verb in verbs for title in (*_AGENTS.get(verb, ()), *_agents(verb)))
        yield OfficeRequest(titles, _stems(does["body"].split()), present=does["verb"].endswith("s"), now=now)
    if match := _IS.match(text):
        role = re.sub(r"^(?:the|an?) ", "", match["role"])
        title, *_ = _WITHIN.split(role, maxsplit=1)
        named = title.split()
        if not named or match["be"] is None or not STOP_WORDS.isdisjoint(named):
            return
        rest = _stems([*named[:-1], *role[len(title) :].split()])
        present = match["be"] in _PRESENT
        if named[-1] in _BOSS and rest:
            yield OfficeRequest((), rest, present=present, top=True, now=now)
        yield OfficeRequest((named[-1],), rest, present=present, plural=match["be"] in ("are", "were"), now=now)


def _agents(verb: str) -> tuple[str, ...]:
    return f"{verb}er", f"{verb}or", f"{verb}r", f"{verb}{verb[-1]}er"


def holders(request: OfficeRequest, index: StoryIndex) -> list[str]:
    """Return the keys of the actors who have the role, none where it is not clear who is meant."""
    qualifiers = frozenset(request.qualifiers)
    if request.top:
        return _at_the_top(qualifiers, index) if qualifiers else []
    if not qualifiers and len(request.titles) > 1:
        return []
    titles = frozenset(map(stem, request.titles))
    exact, near = [], []
    for key, position, known in _positions(index):
        if stem(position.title[-1]) not in titles or not qualifiers <= known:
            continue
        before = [word for word in position.title[:-1] if stem(word) not in qualifiers]
        if not before:
            exact.append(key)
        elif LESSER.isdisjoint(before) and position.title[-1] not in _PARTED:
            near.append(key)
    # "The senator" may be any of them, also whoever is recorded as a Republican senator.
    return _clear((exact or near) if qualifiers else [*exact, *near], index, plural=request.plural)


def tells_lesser(request: OfficeRequest, text: str) -> bool:
    """Return whether a text names the role only with a word that makes it a lesser one, as "deputy editor" for "the editor"."""
    words, titles = words_of(text), frozenset(map(stem, request.titles))
    before = [words[max(index - 1, 0)] for index, word in enumerate(words) if stem(word) in titles]
    return bool(before) and all(word in LESSER and stem(word) not in request.qualifiers for word in before)


def _at_the_top(body: frozenset[str], index: StoryIndex, *, but: frozenset[str] = frozenset()) -> list[str]:
    """Return whoever is at the head of a body; of a person, whoever is at the head of what their own role is in."""
    for tier in _TOP:
        keys = []
        for key, position, known in _positions(index):
            called = [word for word in position.title if stem(word) not in body or word == position.title[-1]]
            if " ".join(called) in tier and body <= known and not body <= _name_stems(index.actors[key]) and key not in but:
                keys.append(key)
        if keys:
            return _clear(keys, index)
    people = [key for key, actor in index.actors.items() if actor.kind == "person" and body <= _name_stems(actor)]
    if len(people) != 1 or but:
        return []
    bodies = {position.within for position in _read_role(index.actors[people[0]].role or "") if position.within}
    if len(bodies) != 1:
        return []
    return _at_the_top(bodies.pop(), index, but=frozenset(people))


def titles_held(key: str, index: StoryIndex) -> tuple[str, ...]:
    """Return the last words of what an actor is recorded to be."""
    return tuple(position.title[-1] for position in _read_role(index.actors[key].role or ""))


def titles_of(title: str, index: StoryIndex) -> list[str]:
    """Return the actors of whom a title (a stem) is recorded, by their keys."""
    keys = (
        key for key, position, _ in _positions(index) if stem(position.title[-1]) == title and LESSER.isdisjoint(position.title)
    )
    return list(dict.fromkeys(keys))


def _clear(candidates: Sequence[str], index: StoryIndex, *, plural: bool = False) -> list[str]:
    """Return those who may be meant if that is clear: one person, else one organisation; or all where several are asked for."""
    keys = list(dict.fromkeys(candidates))
    people = [key for key in keys if index.actors[key].kind == "person"]
    meant = people or keys
    return meant if len(meant) == 1 or plural else []


def _positions(index: StoryIndex) -> Iterator[tuple[str, _Position, frozenset[str]]]:
    """Yield what actors are by their roles, and as what they are called, with all stems that the story has for each of these.

    Whatever a role is in may be called by its other names as well: "the airline".
    """
    bodies = [_names_of(actor) for actor in index.actors.values() if actor.kind != "person"]
    for key, actor in index.actors.items():
        if actor.kind == "place":
            continue
        roles = _read_role(actor.role or "")
        called = [position for alias in actor.aliases if alias.startswith("the ") for position in _read_role(alias)]
        of_role = frozenset().union(*(role.within.union(map(stem, role.title)) for role in roles)) if roles else frozenset[str]()
        for position in (*roles, *called):
            known = position.within.union(map(stem, position.title), of_role)
            other_names = (names for name, names in bodies if name and name <= known)
            yield key, position, known.union(*other_names)


def _names_of(actor: Actor) -> tuple[frozenset[str], frozenset[str]]:
    """Return the stems of an actor's name, and those of all its names."""
    return _name_stems(actor), frozenset(_stems(words_of(" ".join((actor.name, *actor.aliases)))))


def _name_stems(actor: Actor) -> frozenset[str]:
    return frozenset(_stems(words_of(actor.name)))


def _parts(role: str) -> list[str]:
    """Return a role in its parts; a name that stands last in one, "party of Ann Lee and Bo Kim", is no role of its own."""
    parts: list[str] = []
    for part in _JOINED.split(role):
        words = part.split()
        names = bool(words) and all(word[0].isupper() for word in words) and not _WITHIN.search(part.lower())
        if names and parts and _WITHIN.search(parts[-1].lower()):
            parts[-1] += f" {part}"
        else:
            parts.append(part)
    return parts


@lru_cache(maxsize=4_096)
def _read_role(role: str) -> tuple[_Position, ...]:
    """Return the positions of a role, "owner and chairman of the bank": each is in what it names, or in what the last one is."""
    positions: list[_Position] = []
    for part in reversed([part.lower() for part in _parts(role)]):
        title, *_ = _WITHIN.split(part, maxsplit=1)
        words = tuple(word for word in words_of(title) if word not in STOP_WORDS)
        within = frozenset(_stems(words_of(part[len(title) :])))
        if words:
            positions.append(_Position(words, within or (positions[-1].within if positions else within)))
    return tuple(reversed(positions))


def _stems(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(stem(word) for word in words if word not in STOP_WORDS)
