"""Whose packs the stories of a base came from: who signed the last pack of each, and when."""

from __future__ import annotations

from typing import NamedTuple

from bot.facts.connection import Store
from bot.facts.searching import story_number


class PackSignature(NamedTuple):
    """Who signed a pack, by the public ``key``, and when: ``signed_at`` in seconds since 1970, 0 where it is not known."""

    key: str
    signed_at: int

    def is_older_than(self, last: PackSignature | None) -> bool:
        """Return whether the same editor signed ``last`` later, so that this would take back what was corrected since."""
        return last is not None and last.key == self.key and 0 < self.signed_at < last.signed_at


class PackKeys(Store):
    """Remembers who signed each story that came in a pack."""

    def of(self, story: str) -> PackSignature | None:
        """Return who signed a story, and when; None for one that is not known or never came in a pack."""
        row = self._connections.row(
            "SELECT key, signed_at FROM pack_key JOIN story ON story.id = pack_key.story_id WHERE story.slug = ?", (story,)
        )
        return PackSignature(str(row[0]), int(row[1])) if row else None

    def keep(self, story: str, signature: PackSignature) -> None:
        """Record who signed a story, and when. Raises NotKnownError."""
        with self._connections.writing(facts=False) as database:
            database.execute("INSERT OR REPLACE INTO pack_key VALUES (?, ?, ?)", (story_number(database, story), *signature))
