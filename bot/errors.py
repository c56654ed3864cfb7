"""Every error that Footnote raises on purpose, in one tree.

    FootnoteError                    one plain sentence that says what is wrong and how to mend it
    ├── UsageError                   what was asked for cannot be done as asked
    │   ├── DateError                a date that cannot be read
    │   ├── NotKnownError            no such story, actor, source or fact
    │   │   └── SeveralMeantError    more than one is called so
    │   ├── ConflictError            somebody else changed it meanwhile
    │   ├── RefusedPackError         a pack that is damaged, was changed, or is not its editor's next
    │   ├── TwoNeededError           one moderator alone may not do it
    │   ├── StaleError               what was looked at is no longer so
    │   ├── DecidedError             somebody else decided it already
    │   │   └── EditedError          somebody changed the suggestion meanwhile
    │   ├── FormError                a form that cannot be taken as it is filled in; says why, field by field
    │   └── EmptyQuestionError       nothing was asked
    ├── StoryFileError               a story file with faults; carries all of them
    ├── FactBaseError                the SQLite file cannot be used
    │   ├── NoFactBaseError          there is none
    │   ├── NotAFactBaseError        it is some other file
    │   ├── FactBaseVersionError     another version of Footnote made it
    │   ├── BusyError                another program holds it, or the work took too long
    │   │   ├── CutShortError        the work was told to end
    │   │   └── LockedError          another program holds it
    │   ├── DiskFullError            there is no room for it
    │   ├── ReadOnlyDiskError        the disk can only be read
    │   ├── BackupError              a backup that cannot be made, or not relied on
    │   ├── HeldError                another process serves it
    │   └── ReplicaError             it is not here, and cannot be fetched from its replica
    └── SetupError                   a setting, the token or an optional part is missing or wrong

The sentence of an error can be shown to anybody: it never holds a traceback, SQL or a token. ``exit_code`` is what the command
line exits with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from bot.messages import Message


class FootnoteError(Exception):
    """Base of all errors that Footnote raises on purpose; ``str(error)`` is a sentence for a person, in English."""

    exit_code = 1

    @property
    def message(self) -> str:
        """The sentence as it was given: a `Message` where it can be worded in another language."""
        return self.args[0] if self.args and isinstance(self.args[0], Message) else str(self)


class UsageError(FootnoteError):
    """What was asked for cannot be done as asked."""

    exit_code = 2


class DateError(UsageError):
    """A date that cannot be read: what is wrong with it, and how to mend that."""

    def __init__(self, problem: Message, mend: Message) -> None:
        self.problem = problem
        self.mend = mend
        super().__init__(self.message)

    @property
    def message(self) -> Message:
        """What is wrong, and how to mend it."""
        return Message("{problem} {mend}", problem=self.problem, mend=self.mend)

    def __reduce__(self) -> tuple[type[DateError], tuple[Message, Message]]:
        """Return what it is rebuilt from in another process."""
        return type(self), (self.problem, self.mend)


class NotKnownError(UsageError):
    """No story, actor, source or fact goes by that name."""


class SeveralMeantError(NotKnownError):
    """More than one goes by that name, and nothing says which is meant."""


_CHANGED = {
    "fact": "F{number} was changed in the meantime: it is F{ref} now. Look at that change, then try again.",
    "source": 'The source "{name}" was changed in the meantime. Look at that change, then try again.',
    "actor": 'The actor "{name}" was changed in the meantime. Look at that change, then try again.',
}


class ConflictError(UsageError):
    """A fact, an actor or a source was changed after it was looked at.

    ``kind`` says what it is, ``number`` which one, and ``revision`` its revision now; ``name`` is the id of an actor or a source.
    """

    def __init__(
        self, number: int, revision: int, *, kind: Literal["fact", "actor", "source"] = "fact", name: str | None = None
    ) -> None:
        self.number = number
        self.revision = revision
        self.kind = kind
        self.name = name
        super().__init__(Message(_CHANGED[kind], number=number, ref=f"{number}@{revision}", name=name))


class RefusedPackError(UsageError):
    """A pack that is never taken as it is: it is damaged, was changed after it was signed, or is not its editor's next."""


class TwoNeededError(UsageError):
    """A change of what is said about people, which one moderator may not make alone in this server."""

    def __init__(self) -> None:
        super().__init__(
            Message(
                "On this server two moderators must agree on what is said about people, and this cannot wait for a second one. "
                "Ask somebody who may manage the server to do it."
            )
        )


class StaleError(UsageError):
    """What was looked at before a change is no longer so."""

    def __init__(self) -> None:
        super().__init__(Message("The facts have been changed since you looked at what this would change. Look at it again."))


class DecidedError(UsageError):
    """A suggestion, gap or other case that somebody decided already."""


class EditedError(DecidedError):
    """A suggestion that somebody changed after it was looked at."""

    def __init__(self) -> None:
        super().__init__(
            Message("This suggestion was changed since you looked at it. Here it is as it stands now: look again, then decide.")
        )


class FormError(UsageError):
    """A form that cannot be taken as it is filled in; ``faults`` has a plain sentence for each field that is at fault."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        super().__init__(" ".join(self.faults.values()))


HOW_TO_ASK: Final = Message("Ask me who, when, where, why or how much, or what somebody said.")
"""What can be asked; greetings, and answers where no fact answers, say it too."""


class EmptyQuestionError(UsageError):
    """A question without any words."""

    def __init__(self) -> None:
        super().__init__(Message("I need a question in words. {how_to_ask}", how_to_ask=HOW_TO_ASK))


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault of a story file or a list of sources: where (line and column count from 1), what is wrong and how to mend it."""

    line: int
    column: int
    problem: Message
    mend: Message

    @property
    def message(self) -> Message:
        """The position, the problem and how to mend it, as one message."""
        position = {"line": self.line, "column": self.column}
        return Message("line {line}, column {column}: {problem} {mend}", **position, problem=self.problem, mend=self.mend)

    def __str__(self) -> str:
        return str(self.message)


class StoryFileError(FootnoteError):
    """A story file with faults, all of them found in one reading."""

    exit_code = 3

    def __init__(self, path: Path | str, faults: tuple[Fault, ...]) -> None:
        self.path = path
        self.faults = faults
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        lines = "\n".join(f"  {fault}" for fault in faults)
        super().__init__(f"{path} has {count}; nothing was stored:\n{lines}")

    def __reduce__(self) -> tuple[type[StoryFileError], tuple[Path | str, tuple[Fault, ...]]]:
        """Return what it is rebuilt from in another process."""
        return type(self), (str(self.path), self.faults)


class FactBaseError(FootnoteError):
    """The SQLite file of a fact base cannot be used."""

    exit_code = 4


class NoFactBaseError(FactBaseError):
    """There is no fact base of that name."""


class NotAFactBaseError(FactBaseError):
    """The file is not a Footnote fact base."""


class FactBaseVersionError(FactBaseError):
    """The fact base was made by another version of Footnote."""


class BusyError(FactBaseError):
    """Another program holds the fact base, or the work took longer than its deadline."""


class CutShortError(BusyError):
    """The work took too much of the processor, or nobody waits for it any more."""


class LockedError(BusyError):
    """Another program holds the fact base."""


class ReadOnlyDiskError(FactBaseError):
    """The disk that holds the fact base can only be read."""


class DiskFullError(FactBaseError):
    """The disk has no room for what was to be written."""


class BackupError(FactBaseError):
    """A backup cannot be made, or cannot be relied on."""


class HeldError(FactBaseError):
    """Another process serves the fact base ``path``; ``holder`` is its number, as far as it is known."""

    def __init__(self, path: Path, holder: str) -> None:
        who = f"Process {holder}" if holder else "Another process"
        super().__init__(f"{who} serves {path}. Stop it, or give each process shards of its own.")


class ReplicaError(FactBaseError):
    """A fact base is missing or out of date here, and cannot be fetched from its replica."""


class SetupError(FootnoteError):
    """A setting, the Discord token or an optional part is missing or wrong."""

    exit_code = 5


def reason_of(error: Exception) -> str:
    """Return the system's reason why a file cannot be used; a ValueError, which a NUL in the name raises, has none."""
    reason = getattr(error, "strerror", None) or (str(error) if isinstance(error, OSError) else "the name cannot be used")
    return str(reason).lower()
