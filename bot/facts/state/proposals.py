"""Proposals: facts that members suggest and changes that need a second moderator, until they are approved or rejected."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.errors import DecidedError, NotKnownError
from bot.facts.connection import Store
from bot.facts.logbook import Signature, days_ago, now, write_entry
from bot.messages import Message

_COLUMNS = "id, content, by, at, needed, status, decided_by, decided_at, reason, change, channel, message"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal. ``content`` is a typed fact as JSON text, ``needed`` how many moderators must agree, ``approvals`` who has."""

    number: int
    content: str
    by: str
    at: str
    needed: int
    status: str
    decided_by: str | None
    decided_at: str | None
    reason: str | None
    change: int | None
    channel: int | None
    message: int | None
    approvals: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """A checksum of what is proposed: buttons carry it, so that nobody decides what they have not seen."""
        return f"{zlib.crc32(self.content.encode('utf-8', 'surrogatepass')):08x}"


class Proposals(Store):
    """Stores proposals and decides each once, however many moderators decide at the same time."""

    def add(self, content: str, signature: Signature, *, needed: int = 1, key: str | None = None) -> Proposal:
        """Store a new proposal and return it; one made before under the same ``key`` is returned instead."""
        with self._connections.writing(facts=False) as database:
            before = _proposals(database, "key = ?", key)
            if before:
                return before[0]
            self._connections.check_room()
            row = database.execute(
                "INSERT INTO proposal(content, by, at, needed, key) VALUES (?, ?, ?, ?, ?) RETURNING id",
                (content, signature.by, signature.at, needed, key),
            ).fetchone()
            return _read(database, row[0])

    def with_key(self, key: str | None) -> Proposal | None:
        """Return the proposal with an idempotency key, None where there is none."""
        with self._connections.reading() as connection:
            return next(iter(_proposals(connection, "key = ?", key)), None)

    def get(self, number: int) -> Proposal:
        """Return a proposal. Raises NotKnownError."""
        with self._connections.reading() as connection:
            return _read(connection, number)

    def open(self, *, by: str | None = None, limit: int = 50) -> tuple[Proposal, ...]:
        """Return the proposals that nobody has decided, oldest first; of one person only, if named."""
        with self._connections.reading() as connection:
            return _proposals(connection, "status = 'open' AND by = ifnull(?, by) ORDER BY id LIMIT ?", by, limit)

    def count_open(self) -> int:
        """Return how many proposals nobody has decided."""
        return int(self._connections.rows("SELECT count(*) FROM proposal WHERE status = 'open'")[0][0])

    def by_author(self, by: str, *, limit: int = 10) -> tuple[Proposal, ...]:
        """Return the proposals of an author, decided or not, newest first."""
        with self._connections.reading() as connection:
            return _proposals(connection, "by = ? ORDER BY id DESC LIMIT ?", by, limit)

    def count_suggested(self, by: str) -> int:
        """Return how many suggestions somebody made within a day, including those deleted since."""
        with self._connections.reading() as connection:
            since = days_ago(1)
            hashes = [_author_hash(connection, by, day) for day in (since[:10], now()[:10])]
            query = "SELECT count(*) FROM suggested WHERE who IN (?, ?) AND at >= ?"
            return int(connection.execute(query, (*hashes, since)).fetchone()[0])

    def record_suggestion(self, signature: Signature) -> None:
        """Record that somebody made a suggestion, by a hash of the name; it is deleted after a day."""
        with self._connections.writing(facts=False) as database:
            database.execute("DELETE FROM suggested WHERE at < ?", (days_ago(1),))
            who = _author_hash(database, signature.by, signature.at[:10])
            database.execute("INSERT INTO suggested(who, at) VALUES (?, ?)", (who, signature.at))

    def revise(self, number: int, content: str, signature: Signature, *, needed: int | None = None) -> Proposal:
        """Change what is proposed; all approvals of the old wording are void. Raises DecidedError, NotKnownError."""
        with self._connections.writing(facts=False) as database:
            before = _open(database, number)
            database.execute(
                "UPDATE proposal SET content = ?, needed = ? WHERE id = ?", (content, needed or before.needed, number)
            )
            database.execute("DELETE FROM approval WHERE proposal_id = ?", (number,))
            write_entry(database, signature, "edit suggestion", f"suggestion {number}")
            return _read(database, number)

    def approve(
        self, number: int, signature: Signature, *, needed: int | None = None, is_moderator: Callable[[str], bool] | None = None
    ) -> Proposal:
        """Agree to a proposal; it is approved once enough have agreed. Raises DecidedError, NotKnownError.

        ``needed`` is how many must agree by now. Earlier approvals count only where ``is_moderator`` of the approver still holds.
        """
        with self._connections.writing(facts=False) as database:
            proposal = _open(database, number)
            gone = [
                approval
                for approval in proposal.approvals
                if is_moderator is not None and approval != signature.by and not is_moderator(approval)
            ]
            for approval in gone:
                database.execute("DELETE FROM approval WHERE proposal_id = ? AND by = ?", (number, approval))
            if needed is not None and needed != proposal.needed:
                database.execute("UPDATE proposal SET needed = ? WHERE id = ?", (needed, number))
            proposal = _read(database, number)
            if signature.by in proposal.approvals:
                raise DecidedError(Message("You have already agreed to this; another moderator has to agree too."))
            database.execute("INSERT INTO approval VALUES (?, ?, ?)", (number, signature.by, signature.at))
            if len(proposal.approvals) + 1 >= proposal.needed:
                _decide(database, number, "approved", signature)
            else:
                write_entry(database, signature, "agree", f"suggestion {number}")
            return _read(database, number)

    def reject(self, number: int, signature: Signature) -> Proposal:
        """Reject a proposal, for the reason that the signature gives. Raises DecidedError, NotKnownError."""
        with self._connections.writing(facts=False) as database:
            _open(database, number)
            _decide(database, number, "rejected", signature)
            return _read(database, number)

    def check_open(self, number: int) -> None:
        """Raise DecidedError where a proposal is decided, NotKnownError where there is none."""
        with self._connections.reading() as connection:
            _open(connection, number)

    def mark_applied(self, number: int, change: int | None) -> Proposal:
        """Record the change by which an approved proposal became facts."""
        with self._connections.writing(facts=False) as database:
            database.execute("UPDATE proposal SET change = ? WHERE id = ?", (change, number))
            return _read(database, number)

    def shorten(self, number: int, content: str) -> Proposal:
        """Replace the content of a decided proposal by less."""
        with self._connections.writing(facts=False) as database:
            database.execute("UPDATE proposal SET content = ? WHERE id = ? AND status <> 'open'", (content, number))
            return _read(database, number)

    def mark_posted(self, number: int, channel: int, message: int) -> None:
        """Record where a proposal is shown for review."""
        self._connections.change("UPDATE proposal SET channel = ?, message = ? WHERE id = ?", (channel, message, number))


def _proposals(connection: sqlite3.Connection, condition: str, *values: object) -> tuple[Proposal, ...]:
    """Return the proposals for which a condition holds; an order and a limit may follow it."""
    proposals = []
    for row in connection.execute(f"SELECT {_COLUMNS} FROM proposal WHERE {condition}", values).fetchall():
        approvals = connection.execute("SELECT by FROM approval WHERE proposal_id = ? ORDER BY at, by", row[:1])
        proposals.append(replace(Proposal(*row), approvals=tuple(approval[0] for approval in approvals)))
    return tuple(proposals)


def _read(connection: sqlite3.Connection, number: int) -> Proposal:
    proposals = _proposals(connection, "id = ?", number)
    if not proposals:
        raise NotKnownError(Message("That suggestion no longer exists."))
    return proposals[0]


def _author_hash(connection: sqlite3.Connection, by: str, day: str) -> str:
    """Return a salted hash of a person and a day: it names nobody, and one person's days cannot be linked."""
    salt = connection.execute("SELECT value FROM mark WHERE name = 'salt'").fetchone()[0]
    return hashlib.sha256(f"{salt}|{day}|{by}".encode()).hexdigest()


_DECIDED = {
    "approved": "This suggestion has already been approved.",
    "rejected": "This suggestion has already been rejected.",
    "withdrawn": "This suggestion has already been withdrawn.",
}


def _open(connection: sqlite3.Connection, number: int) -> Proposal:
    proposal = _read(connection, number)
    if proposal.status != "open":
        raise DecidedError(Message(_DECIDED[proposal.status]))
    return proposal


def _decide(connection: sqlite3.Connection, number: int, status: str, signature: Signature) -> None:
    connection.execute(
        "UPDATE proposal SET status = ?, decided_by = ?, decided_at = ?, reason = ? WHERE id = ?",
        (status, signature.by, signature.at, signature.reason, number),
    )
    write_entry(connection, signature, "approve" if status == "approved" else "reject", f"suggestion {number}")
