"""Whose packs the stories of a base came from: the public key that signed the last pack of each."""

from __future__ import annotations

from bot.facts.connection import Store
from bot.facts.searching import story_number


class PackKeys(Store):
    """Remembers the key of each story that came in a signed pack."""

    def of(self, story: str) -> str | None:
        """Return the public key with which a story was signed, None for one that is not known or never came in a pack."""
        row = self._connections.row(
            "SELECT key FROM pack_key JOIN story ON story.id = pack_key.story_id WHERE story.slug = ?", (story,)
        )
        return str(row[0]) if row else None

    def keep(self, story: str, key: str) -> None:
        """Record with which key a story was signed. Raises NotKnownError."""
        with self._connections.writing(facts=False) as database:
            database.execute("INSERT OR REPLACE INTO pack_key VALUES (?, ?)", (story_number(database, story), key))
