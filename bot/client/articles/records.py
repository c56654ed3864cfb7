"""An article that was read for somebody, stored under a key while it is asked about and after it was taken in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.drafting.read_article import ReadArticle


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article with what becomes of it.

    ``story`` is the story that it was taken into, "" before that, and ``source`` the id that it has there. ``name`` is what it
    was read from, ``typed`` what somebody wrote in its form, ``tried`` the questions that are proposed. ``proposal`` is the
    number of the suggestion that taking it in decides, 0 for none.
    """

    read: ReadArticle
    name: str
    story: str = ""
    source: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    tried: tuple[str, ...] = ()
    proposal: int = 0

    def encode(self) -> str:
        """Return it as JSON text."""
        values = {name: getattr(self, name) for name in ("name", "story", "source", "typed", "tried", "proposal")}
        return json.dumps({**values, "read": self.read.encode()}, ensure_ascii=False)

    @classmethod
    def decode(cls, text: str) -> StoredArticle:
        """Read what `encode` wrote."""
        values = json.loads(text)
        return cls(**{**values, "read": ReadArticle.decode(values["read"]), "tried": tuple(values["tried"])})
