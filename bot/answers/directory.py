"""Finding an actor or a story by what somebody typed: its id, name, alias or role, misspelt or half typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process, utils

from bot.errors import NotKnownError
from bot.facts.models import ActorRecord, StoryInfo

_NEAR = 80  # likeness from which a misspelt name is taken for the one that was meant
_SUGGESTED = 55
_SHORTEST = 3  # letters of a word of a name that is looked for by itself
_BEGINS = 30.0  # head start of a name that begins with what was typed


class ActorDirectory:
    """The actors of a fact base, to be found by what people type."""

    def __init__(self, actors: Iterable[ActorRecord]) -> None:
        self._actors = tuple(sorted(actors, key=lambda record: (-record.mentioned, record.actor.name)))
        self._names: list[str] = []
        self._owner: list[ActorRecord] = []
        for record in self._actors:
            names = [utils.default_process(name) for name in (record.actor.name, *record.actor.aliases)]
            words = [word for name in names for word in name.split() if len(word) >= _SHORTEST]
            for name in dict.fromkeys((*names, *words)):
                self._names.append(name)
                self._owner.append(record)

    def find(self, typed: str, *, story: str | None = None) -> ActorRecord:
        """Return the actor that was meant. Raises NotKnownError with the nearest names."""
        exact = [record for record in self._actors if typed in (str(record.number), record.actor.id) and _in(record, story)]
        if exact:
            return exact[0]
        ranked = self._ranked(typed, story, limit=3)
        if ranked and ranked[0][1] >= _NEAR:
            return ranked[0][0]
        near = [record.actor.name for record, score in ranked if score >= _SUGGESTED]
        hint = f"Did you mean {' or '.join(near)}?" if near else "Start typing a name to choose from those I know."
        raise NotKnownError(f"I know nobody called “{_short(typed)}”. {hint}")

    def complete(
        self, typed: str, *, speakers: bool = False, story: str | None = None, limit: int = 25
    ) -> tuple[ActorRecord, ...]:
        """Return the actors that what was typed may mean, best first; nothing typed: those spoken of most."""
        fitting = [record for record in self._actors if _in(record, story) and (record.spoken or not speakers)]
        if not utils.default_process(typed):
            return tuple(fitting[:limit])
        allowed = {record.number for record in fitting}
        ranked = [record for record, _ in self._ranked(typed, story, limit=limit * 3) if record.number in allowed]
        return tuple(ranked[:limit])

    def _ranked(self, typed: str, story: str | None, *, limit: int) -> list[tuple[ActorRecord, float]]:
        asked = utils.default_process(typed)
        if not asked:
            return []
        best: dict[int, tuple[ActorRecord, float]] = {}
        for name, score, place in process.extract(asked, self._names, scorer=fuzz.ratio, score_cutoff=45, limit=limit * 3):
            record = self._owner[place]
            if not _in(record, story):
                continue
            begins = _BEGINS if any(word.startswith(asked) for word in (name, *name.split())) else 0.0
            if record.number not in best or best[record.number][1] < score + begins:
                best[record.number] = record, score + begins
        return sorted(best.values(), key=lambda found: (-found[1], -found[0].mentioned, found[0].actor.name))[:limit]


def find_stories(stories: Sequence[StoryInfo], typed: str, limit: int) -> tuple[StoryInfo, ...]:
    """Return the stories that what was typed may mean, best first; nothing typed: all of them."""
    asked = utils.default_process(typed)
    if not asked:
        return tuple(stories[:limit])
    names = [utils.default_process(f"{info.title} {info.id}") for info in stories]
    found = process.extract(asked, names, scorer=fuzz.partial_ratio, score_cutoff=_SUGGESTED, limit=limit)
    return tuple(stories[place] for _, _, place in found)


def _in(record: ActorRecord, story: str | None) -> bool:
    return story is None or record.story.id == story


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
