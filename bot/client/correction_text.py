"""How a reply is marked whose facts were corrected or retracted after it was sent."""

from __future__ import annotations

from bot.client import words
from bot.client.text import fitting, inline, one_line, timestamp
from bot.editing.corrections import Correction
from bot.facts.models import FactRecord
from bot.presentation import wording
from bot.presentation.languages import language, say
from bot.presentation.word_diff import marked, word_diff
from bot.service.service import Reply

_FIELD = 100
_REASON = 200
_CHANGE = 300


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
        reason = inline(correction.reason or "", min(_REASON, limit))
        return f"~~{inline(correction.before.fact.text, limit)}~~\n-# {words.withdrawn(when, reason)}"
    return f"{text}\n-# {words.corrected(when, _change(correction, max(min(limit, _CHANGE), 60)))}"


def _change(correction: Correction, limit: int) -> str:
    """Say what was otherwise: the words, with what went and what came, else the date, the speaker, the place or the sources."""
    before, now = correction.before, correction.now
    if before.fact.text != now.fact.text:
        return marked(
            word_diff(one_line(before.fact.text), one_line(now.fact.text)), lambda text: fitting(text, limit), room=limit
        )
    if before.fact.date != now.fact.date:
        return words.its_date_was(before.fact.date.words(language()) if before.fact.date else say(wording.NO_DATE))
    if before.fact.by != now.fact.by:
        names = wording.listed([inline(actor.name, _FIELD) for actor in before.speakers[:3]])
        return words.its_speaker_was(names or inline(wording.publisher(before), _FIELD))
    return say(words.DETAILS_CHANGED)
