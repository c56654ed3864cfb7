"""Three servers and a direct message whose stories are alike but for a word that is each one's alone, and who sees which word."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import discord
from simcord import ChannelHandle, Env, GuildHandle, InteractionResult, UserHandle

from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.facts.models import Citation, Fact
from bot.service.service import Service
from bot.service.session import Session
from bot.stories.load import read_story

WORDS = ("Quillona", "Vestrano", "Marrowick", "Dunsabel")
STORY = (Path(__file__).parent / "story.yaml").read_text(encoding="utf-8")


@dataclass
class Place:
    """A server, or the direct messages of one person: who is there, what is seen there, and what must not be seen elsewhere."""

    word: str
    server: int | None
    people: tuple[Any, ...]
    channels: tuple[ChannelHandle, ...]
    marks: frozenset[str]
    forms: list[tuple[Any, InteractionResult]] = field(default_factory=list)

    @property
    def keeper(self) -> Any:
        """Who keeps the facts: the same person in all servers."""
        return self.people[0]


async def make_places(env: Env, service: Service) -> tuple[Place, ...]:
    """Make the places, each with the same two stories but for its word."""
    keeper, reader = env.create_user("keeper"), env.create_user("reader")
    places = [_server(env, word, keeper, reader) for word in WORDS[:-1]]
    alone = env.create_user("alone")
    places.append(Place(WORDS[-1], None, (alone,), (alone.dm_channel,), frozenset({WORDS[-1]})))
    await env.settle(timeout=10)
    for place in places:
        await service.write(place.server, partial(_fill, place))
    return tuple(places)


def _server(env: Env, word: str, keeper: UserHandle, reader: UserHandle) -> Place:
    guild: GuildHandle = env.create_guild(f"{word} newsroom")
    managers = guild.create_role(f"{word} managers", permissions=discord.Permissions(manage_guild=True, manage_messages=True))
    channels = tuple(guild.create_text_channel(f"{word}-{name}".lower()) for name in ("ask", "log", "review"))
    people = (
        guild.add_member(keeper, roles=[managers]),
        guild.add_member(reader),
        guild.add_member(env.create_user(f"{word}-member")),
    )
    ids = {str(number) for number in (guild.id, managers.id, *(channel.id for channel in channels))}
    return Place(word, guild.id, people, channels, frozenset({word, *ids}))


def _fill(place: Place, session: Session) -> None:
    for name in ("mill", "dam"):
        session.base.apply(
            read_story(STORY.replace("NAME", name).replace("WORD", place.word), "story.yaml"), by=f"editor of {place.word}"
        )
    passages = [
        Fact(f"paper-p{number}-s1", "passage", f"{place.word} burnt for {number} nights.", (Citation("paper"),), reviewed=False)
        for number in range(1, 6)
    ]
    editor = sign(f"editor of {place.word}", None)
    session.base.revisions.apply(Edit("mill", facts=tuple(passages)), editor, action="read")
    if place.server is not None:
        signature = sign(f"{place.word} operator", None)
        _, log, review = place.channels
        session.base.settings.change(signature, log_channel=log.id, review_channel=review.id)


class Watch:
    """Reads all that the bot sends, and says what was seen where it must not be."""

    def __init__(self, env: Env, places: tuple[Place, ...]) -> None:
        self._env = env
        self._places = places
        self._read = len(env.http_requests)
        self.seen: dict[str, int] = {place.word: 0 for place in places}

    def leaks(self) -> Iterator[str]:
        """Yield what was seen in the wrong place in the requests since the last look."""
        requests = self._env.http_requests[self._read :]
        self._read += len(requests)
        for request in requests:
            place = self._place(request.path)
            if place is not None:
                text = json.dumps([request.path, request.params, request.json], ensure_ascii=False, default=str)
                yield from self._wrong(place, text, f"{request.method} {request.path}")

    def files(self) -> Iterator[str]:
        """Yield what was seen in the wrong place in the files that were sent."""
        backend = self._env.backend
        for channel, messages in backend.messages.items():
            place = self._of_channel(channel)
            for message in messages.values() if place is not None else ():
                for attachment in message.attachments:
                    content = backend.cdn.get(attachment["url"]) or b""
                    yield from self._wrong(place, content.decode("utf-8", "replace"), f"file {attachment}")  # type: ignore[arg-type]

    def _wrong(self, place: Place, text: str, where: str) -> Iterator[str]:
        self.seen[place.word] += place.word in text
        for other in self._places:
            if other is not place:
                # A word may be typed, cut or folded; ids stand as they are.
                marks = [mark for mark in other.marks if mark.casefold() in text.casefold()]
                if marks:
                    yield f"{place.word} saw {marks} in {where}: {text[:2000]}"

    def _place(self, path: str) -> Place | None:
        """Return where a request shows something; None for one that shows nothing to anybody."""
        kind, *rest = path.strip("/").split("/")
        backend = self._env.backend
        if kind == "channels":
            return self._of_channel(int(rest[0]))
        if kind == "interactions":
            return self._of_channel(backend.interactions[int(rest[0])].channel_id)
        if kind == "webhooks":
            return self._of_channel(backend.interactions[backend.interaction_tokens[rest[1]]].channel_id)
        return None

    def _of_channel(self, channel: int) -> Place | None:
        return next((place for place in self._places if channel in (handle.id for handle in place.channels)), None)
