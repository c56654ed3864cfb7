"""Sent replies of one base: stored so that their buttons work after a restart, and corrected when their facts change."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.answers.as_of import record_as_of
from bot.answers.models import Answer
from bot.errors import NotKnownError
from bot.facts.base import FactBase
from bot.facts.models import Fact, FactRecord, Revision
from bot.facts.sourcing import cited_together
from bot.facts.state.replies import SentReply
from bot.messages import Message

# Fields stored as they are.
_STORED = (
    "title", "short", "note", "story", "as_of", "before", "after", "perhaps", "is_question", "questions", "language", "wikidata",
)  # fmt: skip
_LISTS = ("before", "after", "questions")  # those that JSON turns from tuples into lists


@dataclass(frozen=True, slots=True)
class Correction:
    """A fact as a reply showed it and as it is now; since when (``at``, ISO 8601) and, if it was retracted, why."""

    before: FactRecord
    now: FactRecord
    at: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a sent reply shows, stored so that its buttons work after a restart.

    ``title`` is the question or what was looked up, ``story`` the id of the story that was asked, None: all. ``corrected`` are
    those of its facts that no longer say what they said when it was sent. ``before`` and ``after`` are what the question was
    asked with (see `Session.ask`). ``as_of`` is a day (yyyymmdd), not the date as it was typed, whose meaning may change as the
    story goes on. ``perhaps``: nothing answers for sure, but the first of the suggestions may. ``is_question``: its title is a
    question, not a greeting, thanks or a list. ``retellings`` are the numbers of the passages that tell the same as a fact, by
    the number of that fact, which is cited to all of their sources. ``questions`` are offered to be asked next. ``language`` is
    the one that it is shown in, where that is the question's and not the server's. ``wikidata`` is the item of the actor whose
    page it is.
    """

    title: str | None
    short: str | None
    note: str | None
    facts: tuple[FactRecord, ...]
    suggestions: tuple[FactRecord, ...]
    story: str | None = None
    corrected: tuple[Correction, ...] = ()
    as_of: int | None = None
    before: tuple[int, ...] = ()
    after: tuple[str, ...] = ()
    perhaps: bool = False
    is_question: bool = True
    retellings: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    questions: tuple[str, ...] = ()
    language: str | None = None
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class CorrectedReply:
    """A reply as it has to look now, None where no reader could see that its facts changed, and their revisions by number.

    ``seen`` is the last change when it was looked at.
    """

    reply: Reply | None
    revisions: Mapping[int, int]
    seen: int


def unreviewed_in(reply: Reply) -> tuple[FactRecord, ...]:
    """Return the facts that a reply answers with, or perhaps does, and that nobody has reviewed."""
    answering = reply.facts or (reply.suggestions[:1] if reply.perhaps else ())
    return tuple(record for record in answering if not record.fact.reviewed and not record.retracted)


class SentReplies:
    """Stores what replies show, and finds those that no longer say what the facts say."""

    def __init__(
        self,
        base: FactBase,
        *,
        ask: Callable[..., Answer],
        days: int,
    ) -> None:
        """Take ``Session.ask``, and for how many days a reply is stored."""
        self._base = base
        self._ask = ask
        self._days = days

    def store(self, reply: Reply) -> str:
        """Store what a reply shows and return its key."""
        content = {name: getattr(reply, name) for name in _STORED}
        listed = () if reply.is_question else reply.facts
        shown = {"facts": () if listed else reply.facts, "suggestions": reply.suggestions}
        content |= {name: [fact.number for fact in facts] for name, facts in shown.items()}
        if reply.retellings:
            content["retellings"] = [(number, others) for number, others in reply.retellings.items()]
        return self._base.replies.store(
            json.dumps(content, ensure_ascii=False),
            ((fact.number, fact.revision) for facts in shown.values() for fact in facts),
            listed=[(fact.number, fact.revision) for fact in listed],
            days=self._days,
        )

    def load(self, key: str) -> Reply:
        """Return a stored reply with its facts as they are now. Raises NotKnownError where it is too old."""
        content = self._base.replies.content(key)
        if content is None:
            raise NotKnownError(Message("That reply is too old for its buttons to work; ask again."))
        stored = json.loads(content)
        listed = self._base.replies.listed(key) or stored["facts"]
        facts, suggestions = self._base.facts(listed), self._base.facts(stored["suggestions"])
        corrected = _corrections(self._base, self._base.replies.revisions(key), (*facts, *suggestions))
        day = stored["as_of"]
        retellings = {number: tuple(others) for number, others in stored.get("retellings", ())}
        facts, suggestions = self._with_retellings(facts, retellings), self._with_retellings(suggestions, retellings)
        if day is not None:
            facts, suggestions = (tuple(record_as_of(record, day) for record in records) for records in (facts, suggestions))
        fields: dict[str, Any] = {name: tuple(stored[name]) if name in _LISTS else stored[name] for name in _STORED}
        reply = Reply(facts=facts, suggestions=suggestions, corrected=corrected, retellings=retellings, **fields)
        if not reply.short or not {correction.now.number for correction in corrected} & {fact.number for fact in facts}:
            return reply
        # The short answer is cut anew out of the facts as they are now, and left out where the first no longer answers.
        answer = self._ask(reply.title or "", story=reply.story, as_of=reply.as_of, before=reply.before, after=reply.after)
        first = next((fact.number for fact in facts if not fact.retracted), None)
        is_current = bool(answer.facts) and answer.facts[0].record.number == first
        return replace(reply, short=answer.short if is_current else None)

    def _with_retellings(
        self, facts: tuple[FactRecord, ...], retellings: Mapping[int, tuple[int, ...]]
    ) -> tuple[FactRecord, ...]:
        """Return facts that also cite the sources of the passages that tell the same, except those retracted since."""
        if not retellings:
            return facts
        others = {
            record.number: record
            for record in self._base.facts([number for numbers in retellings.values() for number in numbers])
        }
        pairs = ((fact, [others[number] for number in retellings.get(fact.number, ()) if number in others]) for fact in facts)
        return tuple(cited_together([fact, *(other for other in telling if not other.retracted)]) for fact, telling in pairs)

    def mark_sent(self, key: str, channel: int, message: int) -> None:
        """Record where a reply was sent."""
        self._base.replies.mark_sent(key, channel, message)

    def stale(self, leave_out: Iterable[int | str] = ()) -> tuple[SentReply, ...]:
        """Return the sent replies that show a fact at an earlier revision, newest first, as far back as the server corrects.

        ``leave_out`` names replies by their keys, or by their channels.
        """
        days = self._base.settings.read().correction_days
        return self._base.replies.stale(days=days, leave_out=leave_out) if days else ()

    def corrected(self, key: str) -> CorrectedReply:
        """Return how a stale reply has to look now. Raises NotKnownError where it is too old.

        It is one to be corrected if a reader could see a difference at any time since it was sent, even one that was undone.
        """
        seen, shown = self._base.replies.last_change(), self._base.replies.revisions(key)
        # Read before the reply: what changes between the two makes the reply stale again, and is corrected once more.
        revisions = {record.number: record.revision for record in self._base.facts(tuple(shown))}
        for number, revision in shown.items():
            steps = [step for step in self._base.revisions.history(number) if step.number >= revision]
            if any(step.action == "retract" or _visible(step.fact) != _visible(steps[0].fact) for step in steps[1:]):
                return CorrectedReply(self.load(key), revisions, seen)
        return CorrectedReply(None, revisions, seen)

    def mark_corrected(self, key: str, now: CorrectedReply) -> None:
        """Record at which revisions a reply shows its facts now."""
        self._base.replies.mark_corrected(key, now.revisions.items(), seen=now.seen)


def _corrections(base: FactBase, shown: Mapping[int, int], records: Iterable[FactRecord]) -> tuple[Correction, ...]:
    """Return what changed of the facts of a reply; ``shown`` has the revision at which it showed each of them.

    A change of what no reply shows, such as phrasings, is not a correction; nor is one that was undone.
    """
    corrections = []
    for record in records:
        revision = shown.get(record.number, record.revision)
        if revision == record.revision:
            continue
        before = base.revisions.show(record.number, revision)
        if record.retracted or _said(before.fact) != _said(record.fact):
            last = _last_correcting_step(base.revisions.history(record.number))
            corrections.append(Correction(before, record, last.at, last.reason if record.retracted else None))
    return tuple(corrections)


def _visible(fact: Fact) -> Fact:
    """Return a fact without what no reply shows of it, such as the sentence before a passage."""
    context = fact.context if fact.kind != "passage" else None
    return replace(fact, event=None, asked_as=(), about=(), who=(), quoted=(), happened=False, context=context)


def _said(fact: Fact) -> Fact:
    """Return what a reply says of a fact; a review does not change that."""
    return replace(_visible(fact), reviewed=True)


def _last_correcting_step(history: tuple[Revision, ...]) -> Revision:
    """Return the last step that changed what a reply says, of a history that has one."""
    return next(
        after
        for before, after in zip(reversed(history[:-1]), reversed(history[1:]), strict=True)
        if after.action in ("retract", "restore") or _said(before.fact) != _said(after.fact)
    )
