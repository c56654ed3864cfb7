"""Authors as the Citation Style Language has them: family and given name of a person, the whole name of anything else.

A story names its authors in one text, as people write them. Whether that is a person is told from what surrounds it (the
publisher, the story's actors) and from the name itself; in doubt it stays whole, for a body that is cut in two is worse than a
person who is not.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from typing import Any

from bot.facts.models import Actor
from bot.facts.sourcing import AGENCIES
from bot.formats.typography import APOSTROPHE

_PARTICLES = (
    "van von vom zu zum zur de der den del dela della delle dello dei degli des di da dal dalla du do dos das la las le les lo "
    "los ter ten aan het 't ’t af av el al bin ben ibn"
).split()
_PARTICLE = re.compile(rf"(?:(?:von und zu|{'|'.join(_PARTICLES)}) |(?:d|l|dall|dell)['’]|(?:a[dlnrstz]|e[ls])-)(?=\S)")
_SUFFIX = re.compile(r"(?:jr|sr)\.?|[ivx]{2,4}", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]*)*")
_BODIES = frozenset(
    "agency agence agentur association authority bank board broadcasting bureau centre center chronicle church city club college "
    "commission committee company congress corporation council court daily department session editors foundation gazette "
    "government "
    "group guardian herald house inc institute institution journal law limited llc ltd magazine media ministry museum network "
    "news newspaper office organisation organization parliament party police post press program project radio report reporters "
    "review school senate service society staff state states studio team television times tribune tv union university website "
    "amt institut ministerium presse redaktion verband verein zeitung".split()
)
_JOINING = frozenset("and & of for the at on und die et of's".split())

_JOINED = ("'", "’", APOSTROPHE, "-")

OTHERS = "et al."
"""The name that stands at the end of a list for those whom a source does not name."""

Name = dict[str, str]


def csl_name(name: str, *, bodies: Container[str] = (), people: Container[str] = ()) -> Name:
    """Return an author as a CSL name; ``bodies`` and ``people`` are names that are known to be one or the other."""
    text = " ".join(name.split())
    if not text or text in bodies:
        return {"literal": text}
    if "," in text:  # "Lee, Ann" is a person; other names hold a comma too
        family, _, given = (part.strip() for part in text.partition(","))
        other = not family or not given or "," in given or _SUFFIX.fullmatch(given) or len(family.split()) > 3
        return {"literal": text} if other else {"family": family, "given": given}
    return _person(text) if text in people or _is_person(text) else {"literal": text}


def default_names(names: Iterable[str], publisher: str | None, actors: Iterable[Actor] = ()) -> list[Name]:
    """Return authors as CSL names, from their text, the publisher and the story's actors alone."""
    known = list(actors)
    people = {name for actor in known if actor.kind == "person" for name in (actor.name, *actor.aliases)}
    bodies = {name for actor in known if actor.kind != "person" for name in (actor.name, *actor.aliases)}
    bodies |= {publisher} if publisher else set()
    return [csl_name(name, bodies=bodies - people, people=people) for name in names]


def plain_name(name: Mapping[str, Any]) -> str:
    """Return a CSL name as people write it: ``Ann Lee``, ``Ludwig van Beethoven``, ``Martin King Jr.``; "" for none."""
    literal = str(name.get("literal") or "").strip()
    if literal:
        return " ".join(literal.split())
    keys = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    given, dropping, particle, family, suffix = (" ".join(str(name.get(key) or "").split()) for key in keys)
    return " ".join(filter(None, [given, with_particle(dropping, with_particle(particle, family)), suffix]))


def with_particle(particle: str | None, name: str) -> str:
    """Return a name behind its particle: ``van der Berg``, and without a blank ``d’Alembert`` and ``al-Assad``."""
    return f"{particle or ''}{'' if not particle or not name or particle[-1] in _JOINED else ' '}{name}"


def split_particle(name: str) -> tuple[str, str]:
    """Return the particle in front of a family's name, "" for none, and the name; with a capital it is part of the name."""
    end = 0
    while match := _PARTICLE.match(name, end):
        end = match.end()
    return name[:end].rstrip(), name[end:]


def family_and_given(name: Mapping[str, Any]) -> tuple[str, str | None]:
    """Return the family and the given name of a person, each with the particle printed with it; of a body its name and None."""
    part = {key: _on_one_line(value) for key, value in name.items() if value and isinstance(value, str)}
    if "literal" in part or "family" not in part:
        return part.get("literal") or part.get("given", ""), None
    family = with_particle(part.get("non-dropping-particle"), part["family"])
    return family, " ".join(filter(None, [part.get("given"), part.get("dropping-particle")]))


def name_text(name: Mapping[str, Any]) -> str:
    """Return a CSL name as one line, as Zotero's field Extra has it: ``Family || Given``, or the whole name of a body.

    Particles stand where they are printed and a suffix behind a comma: ``de la Fontaine || Jeanne``, ``King || Martin, Jr.``
    """
    family, given = family_and_given(name)
    if given is None:
        return family
    suffix = name.get("suffix")
    rest = filter(None, [given, _on_one_line(suffix) if isinstance(suffix, str) else ""])
    return f"{family} || {', '.join(rest)}".strip()


def _on_one_line(part: str) -> str:
    """Return a part of a name on one line, without the sign that parts names there."""
    return " ".join(part.replace("||", "|").split())


def read_name_text(text: str) -> Name:
    """Read a name that `name_text` wrote, or that a person wrote like it."""
    family, parted, rest = (part.strip() for part in text.partition("||"))
    if not parted or not family:
        return {"literal": family or rest}
    given, _, suffix = (part.strip() for part in rest.partition(","))
    given_words = given.split()
    particle, family = split_particle(" ".join(family.split()))
    end = len(given_words)
    while end > 1 and given_words[end - 1].islower():
        end -= 1
    parts = {
        "family": family,
        "given": " ".join(given_words[:end]),
        "non-dropping-particle": particle,
        "dropping-particle": " ".join(given_words[end:]),
        "suffix": suffix,
    }
    return {key: value for key, value in parts.items() if value}


def _is_person(text: str) -> bool:
    words = text.split()
    if not 2 <= len(words) <= 5 or text.casefold() in AGENCIES:
        return False
    plain = [word.strip(".,").casefold() for word in words]
    if any(word in _BODIES or word in _JOINING for word in plain):
        return False
    named = [split_particle(word)[1] for word in words if word.casefold() not in _PARTICLES]
    whole = all(_WORD.fullmatch(word.rstrip(".")) and word[0].isupper() for word in named)
    return whole and len(named) >= 2 and not all(word.isupper() and len(word) > 2 for word in named)


def _person(text: str) -> Name:
    words = text.split()
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else None
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    if len(words) == 1:
        return {"literal": text}
    particle, family = split_particle(" ".join(words[start:]))
    parts = {"family": family, "given": " ".join(words[:start]), "non-dropping-particle": particle, "suffix": suffix}
    return {key: value for key, value in parts.items() if value}
