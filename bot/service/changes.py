"""The changes of a base by its log: looked up, announced once in the log channel, and undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.editing.keeping import DROP, KEEP
from bot.editing.people import check_alone
from bot.errors import ConflictError, DecidedError
from bot.facts.base import FactBase
from bot.facts.logbook import LogEntry, Signature
from bot.facts.models import FactRecord, StoryInfo
from bot.facts.revisions import Applied
from bot.facts.state.server_settings import logged_settings
from bot.messages import Message

ALREADY_UNDONE = Message("That change has already been taken back.")
_MAX_READ = 1000  # lines searched at once for those to announce
_MAX_OWN = 500  # lines of one person searched for their last change


@dataclass(frozen=True, slots=True)
class UndoScope:
    """How many facts undoing a change would retract, revise and restore, and the stories that would have none left."""

    retracted: int
    revised: int
    restored: int
    emptied: tuple[StoryInfo, ...]

    @property
    def facts(self) -> int:
        """How many facts it touches."""
        return self.retracted + self.revised + self.restored


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """A line of the log with what its change did and the facts that it touched, as they are now.

    ``touched`` is how many facts it touched, of which ``facts`` are the first.
    """

    entry: LogEntry
    applied: Applied
    facts: tuple[FactRecord, ...]
    touched: int
    undone: bool


@dataclass(frozen=True, slots=True)
class Unannounced:
    """A line of the log that the log ``channel`` has not been sent; ``before`` is the line before it, if it was read too."""

    channel: int
    entry: LogEntry
    before: LogEntry | None


class Changes:
    """Looks up what the changes in the log of one base did, and undoes them."""

    def __init__(self, base: FactBase) -> None:
        self._base = base

    def result_for_key(self, key: str | None) -> Applied | None:
        """Return what the change under an idempotency key did, None where there was none."""
        return self._base.revisions.result_for_key(key)

    def last_of(self, by: str) -> tuple[int, LogEntry | None] | None:
        """Return the number and line of somebody's last change that is neither an undo nor undone, None where there is none.

        The line is None where it is too old to be looked up.
        """
        change = self._base.revisions.last_change(by)
        if change is None:
            return None
        lines = self._base.logbook.entries(by=by, limit=_MAX_OWN)
        return change, next((line for line in lines if line.change == change), None)

    def touched(self, change: int, most: int) -> tuple[tuple[FactRecord, ...], int]:
        """Return the facts that a change touched, at most ``most``, as they are now, and how many it touched in all."""
        numbers = self._base.revisions.changed_facts(change)
        return self._base.facts(numbers[:most]), len(numbers)

    def look_up(self, entry: LogEntry, most: int) -> LoggedChange:
        """Return what the change of a line did, with at most ``most`` of its facts."""
        change = entry.change or 0
        numbers = self._base.revisions.changed_facts(change)
        applied, undone = self._base.revisions.result_of(change), change in self._base.logbook.undone_changes()
        return LoggedChange(entry, applied, self._base.facts(numbers[:most]), len(numbers), undone)

    def unannounced(self, most: int) -> tuple[Unannounced, ...]:
        """Return the lines that the log channel has not been sent, oldest first, at most ``most``.

        Only lines since the channel was chosen are announced: older ones, and all of them where no channel is chosen, are marked
        as announced.
        """
        logbook, channel = self._base.logbook, self._base.settings.read().log_channel
        entries = logbook.since(logbook.last_announced(), limit=_MAX_READ)
        chosen = [
            index
            for index, entry in enumerate(entries)
            if entry.action == "settings" and "log_channel" in logged_settings(entry.what)[1]
        ]
        start = len(entries) if channel is None else chosen[-1] if chosen else 0
        if start and entries:
            logbook.mark_announced(entries[start - 1].number)
        if channel is None:
            return ()
        indexes = range(start, min(start + most, len(entries)))
        return tuple(Unannounced(channel, entries[index], entries[index - 1] if index else None) for index in indexes)

    def undo_scope(self, change: int) -> UndoScope:
        """Return what undoing a change would do.

        Raises DecidedError where it is undone already, ConflictError where a fact that it touched was changed again since.
        """
        self._check_not_undone(change)
        self._base.revisions.check_as_left(change)
        did = self._base.revisions.result_of(change)
        emptied = []
        if did.added and not did.retracted:
            live = Counter(record.story.id for record in self._base.facts(did.added) if not record.retracted)
            touched = [story for story in self._base.stories() if live[story.id]]
            emptied = [story for story in touched if self._base.count(story.id) == live[story.id]]
        return UndoScope(len(did.added), len(did.revised), len(did.retracted), tuple(emptied))

    def undo_once(self, change: int, signature: Signature) -> Applied:
        """Undo a change, once.

        Raises DecidedError where it is undone already, ConflictError where what it touched was changed again since,
        TwoNeededError where it is about people and needs two moderators. Whoever kept or dropped a sentence may undo that alone.
        """
        with self._base.transaction():
            self._check_not_undone(change)
            entry = self._base.logbook.entry_of_change(change)
            if entry.action in (KEEP, DROP) and entry.by == signature.by:
                signature = replace(signature, alone=True)
            return self.undo(change, signature)

    def undo(self, change: int, signature: Signature) -> Applied:
        """Undo a whole change. Raises NotKnownError, ConflictError, and TwoNeededError as `undo_once` does."""
        return self._base.revisions.undo(change, signature, check=partial(check_alone, self._base, signature=signature))

    def revert(
        self, fact: int, signature: Signature, *, revision: int | None = None, seen: int | None = None, key: str | None = None
    ) -> Applied:
        """Revert a fact to a revision, None for the last but one.

        Raises NotKnownError, UsageError, ConflictError where the fact is not at the revision ``seen``, TwoNeededError.
        """
        with self._base.transaction():
            before = self._base.revisions.result_for_key(key)
            if before is not None:
                return before
            if seen is not None and (current := self._base.revisions.show(fact).revision) != seen:
                raise ConflictError(fact, current)
            check = partial(check_alone, self._base, signature=signature)
            return self._base.revisions.revert(fact, signature, revision=revision, key=key, check=check)

    def emptied_stories(self, applied: Applied) -> tuple[StoryInfo, ...]:
        """Return the stories that a change left without a live fact."""
        stories: Sequence[StoryInfo] = [record.story for record in self._base.facts(applied.retracted)]
        return tuple(story for story in dict.fromkeys(stories) if not self._base.has_more_than(0, story.id))

    def _check_not_undone(self, change: int) -> None:
        if change in self._base.logbook.undone_changes():
            raise DecidedError(ALREADY_UNDONE)
