"""The chart over the time line of a site: where the facts stand on one scale with its breaks, and whose rows they are in.

It is drawn by ``static/timeline.js`` from what stands here; without scripts the list below it has all that it shows.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.facts.dates import StoryDate
from bot.facts.models import Actor, FactRecord
from bot.languages import say_number
from bot.pictures.scale import Precision, Scale, days, precision, scale_of, skipped

_MAX_BREAKS, _BREAK = 6, 0.06  # of the scale; how wide one is, as a share of it
_DIGITS = 7  # of a share of the scale: a day in a thousand years has three


@dataclass(frozen=True, slots=True)
class Chart:
    """The scale of a time line, and the actors whose rows it can have, those with the most facts first.

    ``rows`` has, by the number of a fact, the places in ``actors`` of those in whose rows it stands, with spaces between them.
    """

    scale: Scale
    actors: tuple[Actor, ...]
    rows: Mapping[int, str]

    @property
    def data(self) -> str:
        """What the script needs, as JSON: the days of the scale without breaks, how long each break is, and the names of rows.

        ``count`` says how many facts there are, with ``{shown}`` for how many of them are in view.
        """
        content = {
            "stretches": [[part.first, part.last, _share(part.left), _share(part.right)] for part in self.scale.stretches],
            "breaks": [skipped(part) for part in self.scale.breaks()],
            "actors": [actor.name for actor in self.actors],
            "count": say_number(len(self.rows), "{shown} of {number} fact", "{shown} of {number} facts", shown="{shown}"),
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))

    def ends(self, date: StoryDate | None) -> tuple[float, float] | None:
        """Return where a date begins and ends, from 0 to 1; at its other end where one is open, None where it is not known."""
        keys = [key for key in (date.earliest, date.latest) if key is not None] if date else []
        return (_share(self.scale.position(days(keys[0]))), _share(self.scale.position(days(keys[-1])))) if keys else None


def chart_of(records: Sequence[FactRecord]) -> Chart | None:
    """Return the chart of some facts; None where they are of nearly one day, or without dates."""
    scale = scale_of(records, _MAX_BREAKS, _BREAK)
    if scale is None:
        return None
    acting = {record.number: tuple(dict.fromkeys(record.speakers or record.participants)) for record in records}
    actors = tuple(actor for actor, _ in Counter(actor for named in acting.values() for actor in named).most_common())
    places = {actor: str(place) for place, actor in enumerate(actors)}
    return Chart(scale, actors, {number: " ".join(places[actor] for actor in named) for number, named in acting.items()})


def is_unsure(date: StoryDate | None) -> bool:
    """Return whether a date is marked as uncertain, or has an open end."""
    return precision(date) is Precision.UNSURE


def _share(position: float) -> float:
    return round(position, _DIGITS)
