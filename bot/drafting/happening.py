"""What happened when: sentences with a date that tell an event, and not only that something was said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.drafting.cast import Member
from bot.drafting.dated import Dated, dates_in
from bot.drafting.scene import Item, Sentence, verbs
from bot.english.grammar import RELATIVES
from bot.english.speech import SPOKEN_ONLY

_NEAR = 6  # items behind a verb of speech within which a date is that of the words
_LEAST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as a sentence tells it, the date as the text says it and as it was resolved, and who takes part."""

    text: str
    dated: Dated
    who: tuple[Member, ...]
    sentence: Sentence


def happenings_of(sentence: Sentence, published: date | None) -> Iterator[Happening]:
    """Return the events that a sentence gives a date for."""
    dates = dates_of(sentence, published)
    if not dates:
        return
    spoken = [verb for verb in verbs(sentence.items) if sentence.items[verb].lower in SPOKEN_ONLY]
    clauses = [(dated, _relative(sentence, dated)) for dated in dates]
    beside = next(((dated, clause) for dated, clause in clauses if clause is not None), None)
    if beside is not None:
        dated, (text, who) = beside
        yield Happening(text, dated, who, sentence)
    own = [dated for dated, clause in clauses if clause is None]
    outside = sum(len(item.text.split()) for item in sentence.items if item.kind in ("word", "name"))
    if own and not spoken and outside >= _LEAST_WORDS:
        yield Happening(sentence.text(), own[0], sentence.members(), sentence)


def date_of_words(sentence: Sentence, verb: int | None, published: date | None) -> Dated | None:
    """Return the date that a sentence gives for what is said in it: before the verb, or right behind it."""
    if verb is None:
        return None
    items = sentence.items
    last = items[min(verb + _NEAR, len(items) - 1)].start
    for dated in dates_of(sentence, published):
        between = [item for item in items if items[verb].start < item.start < dated.start]
        beside = not any(item.kind == "quote" or item.lower == "that" for item in between)
        if dated.start <= last and beside and _relative(sentence, dated) is None and not _is_aside(items, dated):
            return dated
    return None


def _is_aside(items: Sequence[Item], dated: Dated) -> bool:
    """Return whether a date stands in a clause that only says more of somebody: "Lee, 54, who was elected in 2019, said"."""
    before = [item for item in items if item.start < dated.start]
    begins = next((at for at in range(len(before) - 1, 0, -1) if before[at].text == ","), None)
    return begins is not None and begins + 1 < len(before) and before[begins + 1].lower in RELATIVES


def dates_of(sentence: Sentence, published: date | None) -> tuple[Dated, ...]:
    """Return the dates of a sentence outside its quotations; places are those in its paragraph."""
    text = sentence.paragraph.text
    first, last = sentence.items[0].start, sentence.items[-1].end
    shown = list(text[:last])
    shown[:first] = " " * first
    for item in sentence.items:
        if item.kind == "quote":
            shown[item.start : item.end] = "\0" * (item.end - item.start)
    return dates_in("".join(shown), published)


def _relative(sentence: Sentence, dated: Dated) -> tuple[str, tuple[Member, ...]] | None:
    """Return the event of a clause with ``who`` that holds the date, told of those to whom it belongs."""
    items = sentence.items
    inside = next((at for at, item in enumerate(items) if item.end > dated.start), None)
    if inside is None:
        return None
    who = _clause_start(items, inside)
    if who is None:
        return None
    end = next((at for at in range(inside, len(items)) if items[at].kind == "quote" or items[at].text in (";", ".")), len(items))
    verb = next((at for at in verbs(items) if at > inside and items[at - 1].text == ","), end)
    first = who - 2
    while first - 2 >= 0 and items[first - 2].kind == "name" and items[first - 1].text in ("and", ","):
        first -= 2
    names = " and ".join(member.name for member in sentence.members(first, who - 1))
    text = f"{names} {sentence.text(who + 1, min(end, verb)).rstrip(' ,')}."
    return text, sentence.members(first, min(end, verb))


def _clause_start(items: Sequence[Item], inside: int) -> int | None:
    for at in range(inside - 1, 1, -1):
        if items[at].kind == "quote" or items[at].text == ",":
            return None if items[at + 1].lower != "who" or items[at - 1].kind != "name" else at + 1
    return None
