"""The custom ids of a reply's buttons and of its menu: the kind of reply, the action, and which reply, page or fact.

All that a button remembers is in its custom id, so that it works after a restart, and so that it can be told from a reply which
answer it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from bot.client import words
from bot.errors import UsageError
from bot.languages import say

REPLY_BUTTON: Final = re.compile(
    r"fn:(?P<action>[a-z])(?P<kind>[a-z]):(?P<asker>\d+):(?P<page>\d+):(?P<fact>\d+):(?P<key>.*)", re.DOTALL
)
FACT_CHOICE: Final = re.compile(r"fs:(?P<key>.*)", re.DOTALL)
"""Patterns of the custom ids of a reply's buttons and of its menu."""


def custom_ids(components: Iterable[Any]) -> Iterator[str]:
    """Yield the custom ids of all buttons, lists and accessories, and the values of the options in lists."""
    for component in components:
        if custom_id := getattr(component, "custom_id", None):
            yield custom_id
        yield from (option.value for option in getattr(component, "options", ()))
        yield from custom_ids(getattr(component, "children", ()))
        if accessory := getattr(component, "accessory", None):
            yield from custom_ids([accessory])


class OtherVersionError(UsageError):
    """A button, list or form that an older or newer version sent, and that this one cannot read."""

    def __init__(self) -> None:
        super().__init__(say(words.OTHER_VERSION))


class ReplyKind(Enum):
    """What a reply is, which decides how its facts are laid out.

    An answer to a message (REPLY) stands under its question; an answer to a command (ANSWER) has to repeat it.
    """

    # Single letters, here and below: Discord takes custom ids of 100 characters at most.
    REPLY = "r"
    ANSWER = "a"
    QUOTES = "q"
    TIMELINE = "t"
    ACTOR = "w"
    ACTOR_DID = "e"
    ACTOR_QUOTES = "s"
    ACTOR_CLAIMS = "c"
    ACTOR_OTHERS = "o"

    @property
    def of_actor(self) -> bool:
        """Whether it is the page of an actor, all of it or one section; its title is then the actor's name."""
        return self in (ReplyKind.ACTOR, *SECTIONS)

    @property
    def answers(self) -> bool:
        """Whether it answers a question, which is then its title."""
        return self in (ReplyKind.REPLY, ReplyKind.ANSWER)


SECTIONS = (ReplyKind.ACTOR_DID, ReplyKind.ACTOR_QUOTES, ReplyKind.ACTOR_CLAIMS, ReplyKind.ACTOR_OTHERS)
"""The sections of an actor's page, in their order."""


class ReplyAction(Enum):
    """What a button does; turning a page happens in the message that has the button."""

    TURN = "p"
    SOURCES = "s"
    TURN_SOURCES = "u"
    TURN_ALL_SOURCES = "g"
    OPEN = "o"
    TURN_FACT = "f"
    WHY = "y"
    DELETE = "d"


@dataclass(frozen=True, slots=True)
class Press:
    """A press of a button: on which reply (its key), who asked for that, and which page or fact is wanted."""

    action: ReplyAction
    kind: ReplyKind
    asker: int
    key: str
    page: int = 0
    fact: int = 0

    def encode(self) -> str:
        """Return the custom id."""
        return f"fn:{self.action.value}{self.kind.value}:{self.asker}:{self.page}:{self.fact}:{self.key}"

    @classmethod
    def decode(cls, custom_id: str) -> Press:
        """Read what `encode` returned. Raises OtherVersionError for anything else, such as an unknown action."""
        match = REPLY_BUTTON.fullmatch(custom_id)
        if match is None:
            raise OtherVersionError
        try:
            action, kind = ReplyAction(match["action"]), ReplyKind(match["kind"])
        except ValueError:
            raise OtherVersionError from None
        return cls(action, kind, int(match["asker"]), match["key"], int(match["page"]), int(match["fact"]))
