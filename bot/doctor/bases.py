"""Check the fact bases (readable, writable, sound, with the tables of this version) and their replica."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.doctor import Check, ok, warning, wrong
from bot.errors import BusyError, FootnoteError, NewerFactBaseError, ReplicaError, SetupError
from bot.facts.files import connect, open_to_read
from bot.facts.schema import KNOWN_MIGRATIONS, applied_migrations
from bot.facts.soundness import Soundness, look_for_faults, rebuild_index
from bot.facts.sqlite_errors import confine_errors
from bot.settings import Settings
from bot.storage.replica import Replica

_WAIT = 5.0  # seconds for another program to let go of a base
_REPLICATE = "Let footnote replicate run beside the bot."
_RESTORE = "Stop the bot and restore it: footnote restore BACKUP {option}."
_MOST_SKEW = timedelta(minutes=5)  # by which the last change may be later than now: clocks of several machines differ
_LATE_SECONDS = 60.0  # by which the replica may be behind


def check_bases(home: Path, paths: Sequence[Path]) -> Iterator[Check]:
    """Check every base: each fault is a result of its own, the sound bases are counted in one."""
    sound = older = 0
    newest: datetime | None = None
    for path in paths:
        name = path.relative_to(home).as_posix()
        try:
            with confine_errors(str(path)), open_to_read(path, wait=_WAIT) as database:
                found = look_for_faults(database)
                old = not applied_migrations(database) >= KNOWN_MIGRATIONS
                newest = max(filter(None, (newest, _last_change(database) if found.sound else None)), default=None)
        except FootnoteError as error:
            yield _unusable(name, error, exists=path.exists())
            continue
        faults = (*_faults(name, found), *_not_writable(name, path))
        yield from faults
        sound += not faults
        older += old
    if sound:
        migrating = f"; {older} of them get the tables of this version when opened" if older else ""
        yield ok("bases", f"{_counted(sound)} sound{migrating}.")
    elif not paths:
        yield ok("bases", "There is none yet: each is made when it is first needed.")
    yield from _clock(newest)


def check_replica(settings: Settings, paths: Sequence[Path]) -> Iterator[Check]:
    """Check the replica by the first of the bases: is it set up and reached, and does Litestream write to it.

    Yield nothing where no replica is set up, or there is no base to replicate.
    """
    try:
        replica = Replica.of(settings)
        if replica is None or not paths:
            return
        if replica.has(paths[0]):
            yield from _replicating(replica, [each for each in paths if each != settings.library])
        else:
            yield warning("replica", f"It has nothing of {paths[0].name}.", _REPLICATE)
    except SetupError as error:
        yield wrong("replica", str(error), "See config/litestream.yml.")
    except ReplicaError:
        mend = "Mount its disk, or check its address and the keys; the log of footnote replicate says more."
        yield wrong("replica", "It cannot be reached.", mend)


def _replicating(replica: Replica, servers: Sequence[Path]) -> Iterator[Check]:
    """Check whether Litestream replicates the bases of the servers; the library is rightly left out where others serve it."""
    try:
        lags = replica.lags()
    except ReplicaError:
        mend = "Run footnote doctor again; if that stays so, start footnote replicate again."
        yield warning("replica", "Litestream runs, but does not answer.", mend)
        return
    if lags is None:
        yield warning("replica", "Litestream does not run.", _REPLICATE)
        return
    if not lags:
        yield warning(
            "replica", "Litestream has just been started, or replicates nothing.", "Run footnote doctor again in a minute."
        )
        return
    missing = [each.name for each in servers if str(each) not in lags]
    if missing:
        mend = "Restore what is damaged, then start footnote replicate again."
        yield warning("replica", f"Litestream does not replicate {', '.join(missing)}.", mend)
    lag = max(lags.values())
    if lag > _LATE_SECONDS:
        yield warning("replica", f"It is {lag:.0f} seconds behind.", "Look at the log of footnote replicate.")
    else:
        yield ok("replica", f"It can be reached, and is {lag:.0f} seconds behind.")


def mend_indexes(paths: Sequence[Path]) -> Iterator[Path]:
    """Rebuild the search indexes that are out of step, and yield their bases.

    A base that cannot be mended is left as it is; `check_bases` reports it.
    """
    for path in paths:
        try:
            with confine_errors(str(path)):
                mended = _mend_index(path)
        except FootnoteError:
            continue
        if mended:
            yield path


def _mend_index(path: Path) -> bool:
    """Rebuild the search index of a base if nothing else is wrong with it. Return whether it was out of step."""
    with open_to_read(path, wait=_WAIT) as database:
        if not look_for_faults(database).index:
            return False
    with closing(connect(path, wait=_WAIT)) as database:
        rebuild_index(database)
    return True


def _unusable(name: str, error: FootnoteError, *, exists: bool) -> Check:
    problem, _, mend = str(error).rpartition(". ")
    if not exists or isinstance(error, NewerFactBaseError | BusyError):
        return wrong(name, f"{problem}.", mend)
    return wrong(name, f"{problem}.", _restore(name))


def _faults(name: str, found: Soundness) -> Iterator[Check]:
    if found.damage:
        yield wrong(name, f"It is damaged: {found.damage[0]}.", _restore(name))
    if found.links:
        yield wrong(name, f"Its tables do not agree: {'; '.join(found.links)}.", _restore(name))
    if found.index:
        yield wrong(name, f"Its search index is out of step: {'; '.join(found.index)}.", "Run footnote doctor --mend.")


def _not_writable(name: str, path: Path) -> Iterator[Check]:
    if not os.access(path, os.W_OK):
        yield wrong(name, "It may not be written to.", "Give it to the user as whom the bot runs.")


def _restore(name: str) -> str:
    server = name.removeprefix("servers/").removesuffix(".db")
    return _RESTORE.format(option=f"--server {server}" if server.isdigit() else "--library")


def _last_change(database: sqlite3.Connection) -> datetime | None:
    at = database.execute("SELECT max(at) FROM revision").fetchone()[0]
    return datetime.fromisoformat(at).astimezone(UTC) if at else None


def _clock(newest: datetime | None) -> Iterator[Check]:
    now = datetime.now(UTC)
    if newest is not None and newest > now + _MOST_SKEW:
        yield warning(
            "clock",
            f"It is {now:%Y-%m-%d %H:%M} UTC here, but the last change was made at {newest:%Y-%m-%d %H:%M} UTC.",
            "Set this machine's clock, or have it set over the network (NTP).",
        )
    else:
        yield ok("clock", f"It is {now:%Y-%m-%d %H:%M} UTC, after the last change.")


def _counted(number: int) -> str:
    return "1 base is" if number == 1 else f"{number} bases are"
