"""How one fact reads, with who, when and where; and how it is marked where it was corrected after a reply showed it."""

from __future__ import annotations

from collections.abc import Container

from bot.client import words
from bot.client.text import ELLIPSIS, clean, escape, fitting, inline, one_line, quoted, shorten, timestamp
from bot.facts.models import Actor, FactRecord
from bot.facts.speakers import publisher_of
from bot.presentation import wording
from bot.presentation.languages import language, say, say_number
from bot.presentation.word_diff import marked, word_diff
from bot.service.replies import Correction, Reply

_FIELD = 100
_MOST_NAMES = 6
_ROLE_OF_QUOTED, _ROLE_OF_CLAIMING = ", {}", " ({})"

_NAMED = 100
_MOST_REASON = 200
_MOST_CHANGED = 300


def fact_text(record: FactRecord, marks: str, limit: int, *, introduced: Container[Actor] = (), date_first: bool = False) -> str:
    """Return a fact for a card, its words cut at the limit.

    Those who are ``introduced`` already are named without their role; ``date_first`` is for timelines.
    """
    if record.retracted:
        return say(words.RETRACTED)
    text = fitting(clean(record.fact.text), limit) or ELLIPSIS
    field = min(_FIELD, limit)
    if record.fact.kind == "event":
        return _event(record, text, marks, field, date_first=date_first)
    role = _ROLE_OF_QUOTED if record.fact.kind == "quote" else _ROLE_OF_CLAIMING
    speaker = _names(record.speakers, field, introduced, role) or f"**{inline(publisher_of(record), field)}**"
    small = _circumstances(record, field)
    if record.fact.kind == "quote":
        return quoted(_with_small(f"{_in_quotation_marks(text)}\n— {speaker}{marks}", small))
    if wording.is_attributed(text):
        return _with_small(f"{text}{marks}", small)
    return _with_small(f"{say(words.ACCORDING_TO, names=speaker)}\n{text}{marks}", small)


def is_cut(record: FactRecord, limit: int) -> bool:
    """Return whether a card with this limit shows less than the whole fact."""
    text = clean(record.fact.text)
    return not record.retracted and (len(text) > limit or len(escape(text)) > limit)


def summary(record: FactRecord, limit: int, *, also_retracted: bool = False) -> str:
    """Return a fact on one line, to be chosen from a list; never empty, for Discord takes no empty text.

    Of a retracted one that says that it is, unless its words are asked for.
    """
    return inline(plain_summary(record, limit, also_retracted=also_retracted), limit) or ELLIPSIS


def plain_summary(record: FactRecord, limit: int, *, also_retracted: bool = False) -> str:
    """Return a fact on one line without markdown, for places where Discord reads none."""
    if record.retracted and not also_retracted:
        return say(words.RETRACTED)
    text = " ".join(clean(record.fact.text).split())
    if record.fact.kind == "event" or (record.fact.kind == "claim" and wording.is_attributed(text)):
        return shorten(text, limit)
    name = shorten(wording.listed([speaker.name for speaker in record.speakers[:2]]) or publisher_of(record), 40)
    if record.fact.kind == "quote":
        room = limit - len(wording.labelled(name, "")) - 2
        return wording.labelled(name, _in_quotation_marks(shorten(text, max(room, 1))))
    start = say(words.ACCORDING_TO, names=name)
    return f"{start} {shorten(text, max(limit - len(start) - 1, 1))}"


def _names(actors: tuple[Actor, ...], field: int, introduced: Container[Actor], role: str) -> str:
    """Name the speakers; a single one with the role, for among several nobody could tell whose it is."""
    if len(actors) == 1:
        return _with_role(actors[0], field, introduced, role)
    most = _MOST_NAMES if field == _FIELD else 2
    shown = [f"**{inline(actor.name, field)}**" for actor in actors[:most]]
    if len(actors) > most:
        shown.append(say_number(len(actors) - most, "{number} other", "{number} others"))
    return wording.listed(shown)


def _event(record: FactRecord, text: str, marks: str, field: int, *, date_first: bool) -> str:
    if not date_first:
        return _with_small(f"{text}{marks}", _circumstances(record, field))
    date = inline(wording.date_words(record), field)
    return _with_small(f"**{date}**\n{text}{marks}", _circumstances(record, field, date=False))


def _circumstances(record: FactRecord, field: int, *, date: bool = True) -> str:
    fact = record.fact
    when = fact.date.words(language()) if fact.date and date else ""
    return " · ".join(part for part in (inline(each or "", field) for each in (when, fact.where, fact.context)) if part)


def _with_small(text: str, small: str) -> str:
    return f"{text}\n-# {small}" if small else text


def _with_role(actor: Actor, field: int, introduced: Container[Actor], form: str) -> str:
    role = "" if actor in introduced else inline(actor.role or "", field)
    return f"**{inline(actor.name, field)}**{form.format(role) if role else ''}"


def _in_quotation_marks(text: str) -> str:
    return text if text.startswith(("“", '"', "„", "«")) and text.endswith(("”", '"', "“", "»")) else f"“{text}”"


def head_note(reply: Reply) -> str:
    """Return the line above a reply that tells of its corrections; "" where there are none."""
    shown = {fact.number for fact in reply.facts or reply.suggestions}
    if not any(each.now.number in shown for each in reply.corrected):
        return ""
    withdrawn = bool(reply.facts) and all(fact.retracted for fact in reply.facts)
    return say(words.WITHDRAWN_ANSWER) if withdrawn else say(words.CORRECTED_ANSWER)


def corrected_text(reply: Reply, record: FactRecord, text: str, limit: int) -> str:
    """Return the text of a fact with what it said before, or struck out where it was retracted; else as it is."""
    correction = next((each for each in reply.corrected if each.now.number == record.number), None)
    if correction is None:
        return text
    when = timestamp(correction.at)
    if record.retracted:
        reason = inline(correction.reason or "", min(_MOST_REASON, limit))
        note = say(words.WITHDRAWN_BECAUSE if reason else words.WITHDRAWN, when=when, reason=reason)
        return f"~~{inline(correction.before.fact.text, limit)}~~\n-# {note}"
    change = _change(correction, max(min(limit, _MOST_CHANGED), 60))
    return f"{text}\n-# {say(words.CORRECTED, when=when, change=change)}"


def _change(correction: Correction, limit: int) -> str:
    """Say what was otherwise: the words, with what went and what came, else the date, the speaker, the place or the sources."""
    before, now = correction.before, correction.now
    if before.fact.text != now.fact.text:
        return marked(
            word_diff(one_line(before.fact.text), one_line(now.fact.text)), lambda text: fitting(text, limit), room=limit
        )
    if before.fact.date != now.fact.date:
        return say(words.DATE_WAS, date=f"~~{wording.date_words(before)}~~")
    if before.fact.by != now.fact.by:
        names = wording.listed([inline(actor.name, _NAMED) for actor in before.speakers[:3]])
        return say(words.SPEAKER_WAS, names=f"~~{names or inline(publisher_of(before), _NAMED)}~~")
    return say(words.DETAILS_CHANGED)
