"""What a picture of facts shows, in words for people who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence

from bot import phrases
from bot.facts.models import FactRecord
from bot.facts.speakers import publisher_of, within_sentence
from bot.facts.text import shortened
from bot.languages import say
from bot.pictures.canvas import ALT_ENDING
from bot.pictures.letters import plain
from bot.presentation import wording

_MAX_NAMES = 3  # speakers of one fact
_MIN_CHARACTERS = 40  # characters of a fact, below which the last ones are counted instead
_ENDS = (".", "!", "?", "…", ".”", "!”", "?”", "…”")


def in_words(head: str, records: Sequence[FactRecord], longest: int) -> str:
    """Return a page of a time line fact by fact, in ``longest`` characters at most, each fact with its share of them.

    What has no room is counted.
    """
    room = longest - len(head) - ALT_ENDING
    shown = min(len(records), max(room // (_MIN_CHARACTERS + 1), 1))
    fitted: list[str] = []
    for number, record in enumerate(records[:shown]):
        share = room // (shown - number) - 1
        fitted.append(shortened(fact_in_words(record), share - 1))
        room -= len(fitted[-1]) + 2
    if shown < len(records):
        fitted.append(f"{say('{number} more').format(number=len(records) - shown)}.")
    return " ".join([head, *(line if line.endswith(_ENDS) else f"{line}." for line in fitted)])


def fact_in_words(record: FactRecord) -> str:
    """Return a fact with its date and who says it."""
    unchecked = "" if record.fact.reviewed else f" ({say(wording.NOT_REVIEWED)})"
    date = f"{wording.date_words(record)}{unchecked}"
    if record.fact.kind in ("event", "passage"):
        return phrases.labelled(date, plain(record.fact.glossed))
    more = len(record.speakers) - _MAX_NAMES
    others = [say("{number} more").format(number=more)] if more > 0 else []
    speakers = [plain(actor.name) for actor in record.speakers[:_MAX_NAMES]]
    names = phrases.listed([*speakers, *others]) or publisher_of(record)
    if record.fact.kind == "quote":
        return phrases.labelled(f"{date}, {names}", f"“{plain(record.fact.text)}”")
    return f"{date}. {say('According to {names}:').format(names=within_sentence(names))} {plain(record.fact.text)}"
