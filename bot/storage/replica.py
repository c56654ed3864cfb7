"""The replica of the fact bases, which Litestream writes: fetching a base from there, and how far it is behind."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import tempfile
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from bot.errors import FactBaseError, ReplicaError
from bot.facts.soundness import check_file
from bot.messages import Message
from bot.settings import Settings
from bot.storage.litestream import NOT_REACHED, LitestreamConfig, find_litestream

log = logging.getLogger(__name__)

DAMAGED = Message(
    "What the replica holds of these facts is damaged. Its operator has to restore them from an older state of the replica."
)
# Seconds after which a command of Litestream's is given up.
_LISTING = 20.0  # Litestream itself would retry for minutes
_FETCHING = 1800.0  # a whole base comes over the network
_ASKING = 10  # the daemon on this machine answers at once, but a sync first sends the replica what it lacks

_SNAPSHOTS = 9  # Litestream's level of files that hold a whole base
_INCLUDING_TRIES, _SECONDS_BETWEEN_TRIES = 10, 0.1  # a second in all, since somebody waits
_RESUMING_TRIES = 3  # a second apart: a base that stays paused is no longer replicated
# What Litestream says of its socket where it does not run, or was killed and left the socket behind.
_NOBODY_LISTENS = re.compile(rb"connect: (no such file or directory|connection refused)")
_NOT_SEEN = re.compile(rb"database not found")


class _NotRunningError(ReplicaError):
    """No Litestream takes orders on this machine."""


class _NotSeenError(ReplicaError):
    """Litestream has not seen the file of a base yet."""


class Replica:
    """Where the fact bases of a home are replicated."""

    def __init__(self, config: LitestreamConfig) -> None:
        """Take Litestream's configuration. Raises SetupError where Litestream is not installed."""
        self._config = config
        self._litestream = find_litestream()

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        """Return the replica that the settings name; None where they name none. Raises SetupError."""
        return cls(LitestreamConfig(Path(settings.replica).expanduser(), settings.home)) if settings.replica else None

    def has(self, base: Path) -> bool:
        """Return whether the replica has anything of a base. Raises ReplicaError where it cannot be reached, SetupError."""
        with tempfile.TemporaryDirectory() as folder:
            return self._lists(base, Path(folder) / base.name)

    def has_beginning(self, base: Path) -> bool:
        """Return whether the replica has the beginning of a base, without which nothing can be restored. Raises as `has` does."""
        with tempfile.TemporaryDirectory() as folder:
            files = self._files(base, Path(folder) / base.name)
        return any(file["level"] == _SNAPSHOTS or int(str(file["min_txid"]), 16) == 1 for file in files)

    @contextmanager
    def fetched(self, base: Path) -> Iterator[Path | None]:
        """Fetch what the replica has of a base into a temporary file beside it; None where it has nothing.

        Raises ReplicaError where the replica cannot be reached or what it has is damaged, SetupError.
        """
        base.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{base.name}-", dir=base.parent) as folder:
            target = Path(folder) / base.name
            if not self._lists(base, target):
                yield None
                return
            self._run("restore", base, target, ("-o", str(target)), _FETCHING)
            try:
                check_file(target)
            except FactBaseError as error:
                log.exception("What the replica has of %s is damaged", base)
                raise ReplicaError(DAMAGED) from error
            yield target

    def lag(self, base: Path) -> float | None:
        """Return how many seconds ago the replica last had all of a base; None where Litestream does not replicate it now.

        Raises what `lags` raises.
        """
        return (self.lags() or {}).get(str(base))

    def lags(self) -> dict[str, float] | None:
        """Return the `lag` of each base that Litestream replicates now, by path; None where it does not run.

        A base of which it has replicated nothing yet is left out. Raises ReplicaError where Litestream runs but does not answer.
        """
        try:
            listed = json.loads(self._ask_daemon("list", "-json"))
        except _NotRunningError:
            return None
        now = datetime.now(UTC)
        return {
            str(database["path"]): max(0.0, (now - datetime.fromisoformat(database["last_sync_at"])).total_seconds())
            for database in listed["databases"] or ()
            if "last_sync_at" in database
        }

    def replicated(self) -> frozenset[str]:
        """Return the paths of the bases that Litestream has on this machine; none where it does not run. Raises ReplicaError."""
        try:
            listed = json.loads(self._ask_daemon("list", "-json"))
        except _NotRunningError:
            return frozenset()
        return frozenset(str(database["path"]) for database in listed["databases"] or ())

    def include(self, base: Path) -> None:
        """Have the daemon on this machine replicate a new base now, so that the replica has it in the end.

        Litestream finds a new base by itself, but starts on it only in a pause between writes, which may be long in coming.
        So call this before the first write. Where Litestream does not run, or the replica is slow, this gives up soon, since
        somebody is waiting; the base is then replicated when Litestream finds it.
        """
        for _ in range(_INCLUDING_TRIES):
            try:
                self._ask_daemon("sync", "-wait", str(base))
            except _NotRunningError:
                return
            except _NotSeenError:
                time.sleep(_SECONDS_BETWEEN_TRIES)
            except ReplicaError:
                break
            else:
                return
        log.warning("%s is new and not replicated yet", base)

    @contextmanager
    def paused(self, base: Path) -> Iterator[None]:
        """Have Litestream close a base for the length of a block, and then go on where it stopped.

        The replica is brought up to date first, and gets afterwards what is written meanwhile. Raises ReplicaError where it
        cannot be reached, or Litestream does not run here.
        """
        self._ask_daemon("sync", "-wait", str(base))
        try:
            self._ask_daemon("stop", str(base))
            yield
        finally:
            self._resume(base)

    def release(self, base: Path) -> None:
        """Have Litestream close a base that is about to be deleted, so that no upload of it is still under way then.

        Raises ReplicaError where it does not, for instance because the replica cannot be reached.
        """
        with suppress(_NotRunningError, _NotSeenError):
            self._ask_daemon("stop", str(base))

    def _resume(self, base: Path) -> None:
        for _ in range(_RESUMING_TRIES):
            with suppress(ReplicaError):
                self._ask_daemon("start", str(base))
                self._ask_daemon("sync", "-wait", str(base))  # otherwise it looks for missed changes only at the next write
                return
            time.sleep(1.0)
        log.error("%s is not replicated any more, or the replica is out of reach: restart footnote replicate", base)

    def _ask_daemon(self, verb: str, *arguments: str) -> bytes:
        """Have the daemon on this machine do something, and return what it says. Raises ReplicaError where it does not."""
        command = [self._litestream, verb, "-timeout", str(_ASKING), "-socket", self._config.socket, *arguments]
        try:
            return subprocess.run(command, capture_output=True, timeout=_ASKING + 2, check=True).stdout
        except subprocess.CalledProcessError as error:
            kinds = ((_NOBODY_LISTENS, _NotRunningError), (_NOT_SEEN, _NotSeenError))
            raise next((kind for said, kind in kinds if said.search(error.stderr)), ReplicaError)(NOT_REACHED) from error
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ReplicaError(NOT_REACHED) from error

    def command(self, folder: Path, leaving_out: Collection[Path]) -> tuple[list[str], dict[str, str]]:
        """Return the command that replicates and its environment; ``leaving_out`` are the bases of other processes.

        Raises SetupError, and ReplicaError where the replica's disk is not there.
        """
        config = folder / ".litestream.json"
        config.touch(mode=0o600)  # before anything is in it: the configuration may hold the keys of the storage
        config.write_text(json.dumps(self._config.without(leaving_out), indent=1), encoding="utf-8")
        return [self._litestream, "replicate", "-config", str(config)], dict(self._config.environment)

    def _lists(self, base: Path, target: Path) -> bool:
        return bool(self._files(base, target))

    def _files(self, base: Path, target: Path) -> list[dict[str, object]]:
        listed: list[dict[str, object]] = json.loads(self._run("ltx", base, target, ("-level", "all", "-json"), _LISTING))
        return listed

    def _run(self, verb: str, base: Path, target: Path, options: Sequence[str], seconds: float) -> bytes:
        """Run a command of Litestream's for a base as if its file were at ``target``."""
        config = target.with_name("litestream.json")
        config.write_text(json.dumps(self._config.for_one(base, target)), encoding="utf-8")
        command = [self._litestream, verb, "-config", str(config), *options, str(target)]
        try:
            ran = subprocess.run(command, capture_output=True, timeout=seconds, env=self._config.environment, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            log.error("The replica of %s cannot be reached: %s", base, error)
            raise ReplicaError(NOT_REACHED) from None
        if ran.returncode:
            log.error("The replica of %s cannot be reached: %s", base, ran.stderr.decode(errors="replace").strip())
            raise ReplicaError(NOT_REACHED)
        return ran.stdout


def replica_lag(settings: Settings, server: int | None) -> float | None:
    """Return how many seconds the replica is behind a server's base at most; None where the base is not replicated now.

    It is cheap, but runs a program: not for the event loop. Raises SetupError for a faulty configuration, ReplicaError where it
    is not known.
    """
    replica = Replica.of(settings)
    return replica.lag(settings.base_path(server)) if replica else None
