"""The packs that the stories of a base came in: who signed the last pack of each, when, and what it said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from bot.facts.connection import Store
from bot.facts.searching import story_number

Marks: TypeAlias = Mapping[str, Mapping[str, str]]
"""What a pack said of each item of a story, as marks that are equal where it says the same: by the item's kind and its id."""


class PackSignature(NamedTuple):
    """Who signed a pack, by the public ``key``, and when: ``signed_at`` in seconds since 1970, 0 where it is not known.

    ``digest`` is the SHA-256 hash of its story file, ``home`` the address at which the next pack will be; "" where not known.
    """

    key: str
    signed_at: int
    digest: str = ""
    home: str = ""

    def is_older_than(self, last: PackSignature | None) -> bool:
        """Return whether the same editor signed ``last`` later, so that this would take back what was corrected since."""
        return last is not None and last.key == self.key and 0 < self.signed_at < last.signed_at


class TakenPacks(Store):
    """Remembers who signed each story that came in a pack, and what the last pack said."""

    def of(self, story: str) -> PackSignature | None:
        """Return the signature of a story's last pack; None for one that is not known or never came in a pack."""
        query = "SELECT key, signed_at, digest FROM taken_pack JOIN story ON story.id = taken_pack.story_id WHERE story.slug = ?"
        row = self._connections.row(query, (story,))
        return PackSignature(str(row[0]), int(row[1]), str(row[2])) if row else None

    def marks(self, story: str) -> Marks:
        """Return what the last pack of a story said; nothing where it never came in one."""
        query = "SELECT marks FROM taken_pack JOIN story ON story.id = taken_pack.story_id WHERE story.slug = ?"
        row = self._connections.row(query, (story,))
        marks: Marks = json.loads(str(row[0])) if row else {}
        return marks

    def keep(self, story: str, signature: PackSignature, marks: Marks) -> None:
        """Record the pack that a story came in. Raises NotKnownError."""
        with self._connections.writing(facts=False) as database:
            values = (story_number(database, story), *signature[:3], json.dumps(marks))
            database.execute("INSERT OR REPLACE INTO taken_pack VALUES (?, ?, ?, ?, ?)", values)
