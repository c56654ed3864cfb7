"""What somebody typed into a form, stored under a key before anything else is done with it, and found by its owner alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import Field, asdict, dataclass, field, replace
from typing import Any, ClassVar, Generic, Protocol, Self, TypeVar

from bot.client.bot import Interaction
from bot.client.interactions import run_briefly
from bot.client.permissions import signer
from bot.service.session import Session


class Content(Protocol):
    """What a form holds, a dataclass: text fields, or a typed fact. ``story`` is "" until it is chosen."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def story(self) -> str:
        """The id of the story that it belongs to."""

    def encode(self) -> str:
        """Return it as text, to be stored."""

    @classmethod
    def decode(cls, text: str) -> Self:
        """Read what `encode` wrote."""


ContentT = TypeVar("ContentT", bound=Content)


@dataclass(frozen=True, slots=True)
class StoredForm(Generic[ContentT]):
    """A form as it was filled in, and the key under which it is stored."""

    key: str
    content: ContentT

    @property
    def idempotency_key(self) -> str:
        """Names the intention to save what the form says now: pressed twice, it is saved once; with another text, again."""
        digest = hashlib.sha256(self.content.encode().encode("utf-8", "surrogatepass")).hexdigest()
        return f"form {self.key} {digest[:16]}"


@dataclass(frozen=True, slots=True)
class TypedFields:
    """The text fields of a form as typed, by their names, and what they are about.

    ``subject`` names what is changed, and is "" for something new. ``seen`` is the revision from which the form was filled in,
    ``was`` what stood in the fields then. ``waiting`` is the key of a form that goes on once this one is saved.
    """

    story: str
    subject: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    seen: int | None = None
    was: Mapping[str, str] = field(default_factory=dict)
    waiting: str = ""

    def on_top_of(self, now: TypedFields) -> TypedFields:
        """Return what was typed, based on what is stored ``now``: a field that was left alone becomes what others made it."""
        mine = {name: value for name, value in self.fields.items() if value != self.was.get(name)}
        return replace(self, fields={**now.fields, **mine}, seen=now.seen, was=now.fields)

    def encode(self) -> str:
        """Return it as JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def decode(cls, text: str) -> TypedFields:
        """Read what `encode` wrote."""
        return cls(**json.loads(text))


async def store_form(interaction: Interaction, content: ContentT, key: str | None = None) -> StoredForm[ContentT]:
    """Store what was typed, replacing what is under ``key`` if given."""
    return StoredForm(await store_text(interaction, content.encode(), key), content)


def change_stored(
    session: Session, owner: str, key: str, kind: type[ContentT], change: Callable[[ContentT], ContentT]
) -> StoredForm[ContentT]:
    """Change the form stored under a key, whose content is of a ``kind``, and store it again.

    Raises NotKnownError if it is gone, or is somebody else's.
    """
    content = change(kind.decode(session.unfinished_forms.get(owner, key)))
    session.unfinished_forms.put(owner, content.encode(), key=key)
    return StoredForm(key, content)


def store_as_read(session: Session, owner: str, form: StoredForm[ContentT]) -> None:
    """Store a form as its preview read it, with the dates that it shows: that is what is saved, on whatever day."""
    session.unfinished_forms.put(owner, form.content.encode(), key=form.key)


async def store_text(interaction: Interaction, content: str, key: str | None = None) -> str:
    """Store what somebody typed or uploaded, replacing what is under ``key`` if given, and return its key."""
    owner = signer(interaction.user)
    return await run_briefly(interaction, lambda session: session.unfinished_forms.put(owner, content, key=key))


async def load_text(interaction: Interaction, key: str) -> str:
    """Return what is stored under a key. Raises NotKnownError if it is gone, or is somebody else's."""
    owner = signer(interaction.user)
    return await run_briefly(interaction, lambda session: session.unfinished_forms.get(owner, key))


async def drop_text(interaction: Interaction, key: str) -> None:
    """Delete what is stored under a key."""
    owner = signer(interaction.user)
    await run_briefly(interaction, lambda session: session.unfinished_forms.drop(owner, key))
