"""Press every control that somebody finds on the simulated Discord: commands, menus, buttons, lists and forms.

A control is known by its route and what it says, numbers aside, so that the pages of a list count once. Each way in is taken
again until it leads to nothing new, for a press may take away what else could have been pressed.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeAlias

import discord
from discord import app_commands
from simcord import InteractionResult, ResponseMessage
from simcord.backend.errors import BackendError

from bot.client.custom_ids import FACT_CHOICE
from tests.client.world import World, bot_of, last_message, parts
from tests.support.paths import HARBOUR

Way: TypeAlias = Callable[[], Awaitable[InteractionResult | discord.Message | None]]
Part: TypeAlias = dict[str, Any]

_BUTTON, _SELECT, _TEXT_INPUT, _USERS, _ROLES, _CHANNELS, _UPLOAD, _RADIO = 2, 3, 4, 5, 6, 8, 19, 21
_LISTS = (_SELECT, _USERS, _ROLES, _CHANNELS)
_ROUNDS = 40  # for each way in
_UNTOUCHED = ("settings-set:language",)  # what would have the server speak another language

ARTICLE = b'The harbour bridge was closed on Monday.\n\n"It is not safe," said Mayor Maria Lee.\n'
TYPED = {
    "text": "Twitter took the harbour bridge down.",
    "date": "26 October 2017",
    "cite": "https://example.org/bridge #4",
    "link": "https://example.org/bridge",
    "published": "26 October 2017",
    "archive": "https://example.org/archive",
    "type": "webpage",
}
OPTIONS = {
    "question": "When did Twitter ban RT?",
    "actor": "Twitter",
    "speaker": "simonyan",
    "by": "simonyan",
    "fact": "F2",
    "about": "Twitter",
    "text": "“highly regrettable”, said Simonyan.",
    "source": "Twitter",
    "from": "2016",
    "to": "2018",
    "as_of": "2018",
    "date": "2017",
}
DEFAULT_TYPED = "Twitter and the bridge"
QUESTIONS = ("When did Twitter ban RT?", "Which cheese does the moon run on?", "what did simonyan say?", "")
FILES = {"article": ("article.txt", ARTICLE), "file": ("story.yaml", HARBOUR.read_bytes())}
FAULTY_FILES = (
    (
        "story.yaml",
        (
            b"story: {id: A b, titel: T}\nsources: {s: {type: webpag, url: x, published: soon}, 's#': 5}\n"
            b"actors: {a: {name: '', kind: wizard}}\nevents: {e: {what: W, cite: [t, {page: 1, line: 2}], who: [b]}}\n"
        ),
    ),
    ("sources.bib", b"@book{a, title={A}, title={B}}\n@odd{b, title={B}}\n@book{c, year=soon}\n@book{d, title={unclosed\n"),
    ("sources.json", b'[{"title":"T","type":"book"}, 5, {"type":"webpge","URL":"x","issued":{"date-parts":[5]}}, {"x" 1}]'),
    ("sources.ris", b"hello\nTY  - XXXX\nTI  - B\nER  - \nTY  - BOOK\n"),
)
"""Stories and lists of sources with faults, of which each is said."""


@dataclass
class Crawler:
    """What one person finds; ``shown`` has all texts, ``unanswered`` the controls that got no answer."""

    world: World
    person: Any
    private: bool = False
    controls: set[str] = field(default_factory=set)
    shown: dict[str, str] = field(default_factory=dict)
    unanswered: list[str] = field(default_factory=list)

    async def crawl(self) -> None:
        """Take every way in, and press everything behind it."""
        for name, way in self._ways():
            for _ in range(_ROUNDS):
                known = len(self.controls)
                await self._explore(name, await way())
                if len(self.controls) == known:
                    break

    def _ways(self) -> Iterator[tuple[str, Way]]:
        channels = () if self.private else (self.world.channel,)
        offered = {name.split()[0] for name in self.person.available_commands(*channels)}
        for command in bot_of(self.world).tree.walk_commands():
            if isinstance(command, app_commands.Command) and command.qualified_name.split()[0] in offered:
                for given in _given(command):
                    name = command.qualified_name
                    yield f"/{name} {sorted(given)}", partial(self.person.slash, *channels, name, **given)
        for said in QUESTIONS:
            yield f"mention: {said}", partial(self._mention, said)
        if not self.private:
            for menu in ("Answer this", "Check quotes", "Add as fact", "Read this article"):
                yield menu, partial(self._menu, menu)

    async def _mention(self, said: str) -> discord.Message | None:
        if self.private:
            await self.person.send_dm(said or "hi")
            return last_message(self.person.dm_channel)
        await self.person.send(self.world.channel, f"{self.world.mention} {said}")
        return last_message(self.world.channel)

    async def _menu(self, name: str) -> InteractionResult:
        said = "When did Twitter ban RT? “highly regrettable”, said Simonyan. " * 7  # long enough to be an article
        message = await self.world.bob.send(self.world.channel, said)
        result: InteractionResult = await self.person.context_menu(self.world.channel, name, message)
        return result

    async def _explore(self, name: str, reached: InteractionResult | discord.Message | None) -> None:
        """Press what is new in all that was reached, and in what that leads to, until there is nothing new."""
        waiting: list[tuple[int, int]] = []
        before = max((message.id for message in self._messages()), default=0)
        while True:
            waiting += [reference for reference in await self._look(name, reached) if reference not in waiting]
            waiting += [
                (message.channel_id, message.id)
                for message in self._messages()
                if message.id > before and not message.is_ephemeral and self._sees(message)
            ]
            before = max((message.id for message in self._messages()), default=0)
            pressed = next(
                (control for reference in reversed(waiting) if (control := self._new_control(*reference)) is not None), None
            )
            if pressed is None:
                return
            name, message, part = pressed
            reached = await self._press(message, part)

    def _messages(self) -> list[Any]:
        """Return all messages, as the simulated Discord has them."""
        return [message for channel in self.world.env.backend.messages.values() for message in channel.values()]

    def _sees(self, message: Any) -> bool:
        """Return whether a message is one of the bot's where this person looks."""
        if message.author_id != bot_of(self.world).own_id:
            return False
        if self.private:
            return bool(message.channel_id == self.person.dm_channel.id)
        return bool(self.world.env.backend.channels[message.channel_id].guild_id == self.world.guild.id)

    async def _look(self, name: str, reached: InteractionResult | discord.Message | None) -> list[tuple[int, int]]:
        """Note what is shown, fill in a form, and return where the messages are."""
        if reached is None:
            return []
        if isinstance(reached, discord.Message):
            return [(reached.channel.id, reached.id)]
        if not reached.acknowledged:
            self.unanswered.append(name)
        if reached.modal is not None:
            self._note(f"form of {name}", _texts_of(reached.modal))
            key = _numberless(f"form {reached.modal['custom_id'].split(':')[1]}")
            if key not in self.controls:
                self.controls.add(key)
                sent = await self.person.submit_modal(
                    reached, {part["custom_id"]: self._input(part) for part in _fields(reached.modal)}
                )
                return await self._look(key, sent)
        messages = [*([reached.response] if reached.response is not None else []), *reached.followups]
        return [(message.channel_id, message.id) for message in messages]

    def _new_control(self, channel: int, message: int) -> tuple[str, ResponseMessage, Part] | None:
        """Return a control that was not pressed yet; of the menu below a reply each entry counts as one, chosen alone."""
        try:
            stored = self.world.env.backend.get_message(channel, message)
        except BackendError:
            return None
        shown = ResponseMessage(self.world.env, stored)
        self._note("message", (text for part in parts(shown) for text in _texts_of(part, deep=False)))
        for part in parts(shown):
            if not part.get("custom_id") or part.get("disabled") or part["type"] not in (_BUTTON, *_LISTS):
                continue
            for name, control in _controls(part):
                if name not in self.controls and not any(untouched in part["custom_id"] for untouched in _UNTOUCHED):
                    self.controls.add(name)
                    return name, shown, control
        return None

    async def _press(self, message: ResponseMessage, part: Part) -> InteractionResult:
        if part["type"] == _BUTTON:
            pressed: InteractionResult = await self.person.click(message, custom_id=part["custom_id"])
            return pressed
        chosen: InteractionResult = await self.person.select(message, self._choice(part), custom_id=part["custom_id"])
        return chosen

    def _choice(self, part: Part) -> list[Any]:
        if part["type"] == _SELECT:
            fresh = [option["value"] for option in part["options"] if not option.get("default")]
            return (fresh or [part["options"][0]["value"]])[-1:]
        if part["type"] == _CHANNELS:
            return [self.world.channel]
        return [self.world.guild.create_role("Chosen")] if part["type"] == _ROLES else [self.world.bob]

    def _input(self, part: Part) -> Any:
        if part["type"] == _TEXT_INPUT:
            typed = part.get("value") or TYPED.get(part["custom_id"], DEFAULT_TYPED)
            return typed[: part.get("max_length") or 4000]
        if part["type"] == _UPLOAD:
            return [FILES["file"]]
        chosen = [option["value"] for option in part.get("options", []) if option.get("default")]
        if part["type"] == _RADIO:
            return next(iter(chosen), part["options"][0]["value"])
        return chosen or self._choice(part)

    def _note(self, where: str, texts: Any) -> None:
        for text in texts:
            self.shown.setdefault(text, where)


def _given(command: app_commands.Command[Any, ..., Any]) -> Iterator[dict[str, Any]]:
    """Yield the options to give a command: only those that it needs, then those too that it may have, with each choice."""
    known = {parameter.name: parameter for parameter in command.parameters}
    needed = {name: _option(parameter) for name, parameter in known.items() if parameter.required}
    yield needed
    more = {parameter.display_name: _option(parameter) for parameter in known.values() if parameter.display_name in OPTIONS}
    if more.keys() - needed.keys():
        yield {**needed, **more}
    for parameter in known.values():
        for choice in parameter.choices:
            yield {**needed, **more, parameter.display_name: choice.value}
        if parameter.display_name == "file":
            yield from ({**needed, parameter.name: faulty} for faulty in FAULTY_FILES)
    if command.qualified_name in ("article", "suggest"):
        kind = {"kind": "article"} if "kind" in known else {}
        yield {**kind, "file": FILES["article"]}


def _option(parameter: app_commands.Parameter) -> Any:
    if parameter.type is discord.AppCommandOptionType.attachment:
        return FILES[parameter.display_name]
    if parameter.choices:
        return parameter.choices[0].value
    return OPTIONS.get(parameter.display_name, "Twitter")


def _controls(part: Part) -> Iterator[tuple[str, Part]]:
    """Yield the controls that a part is, each with its name: a menu below a reply is one for each of its entries."""
    said = part.get("label") or part.get("placeholder")
    if part["type"] == _SELECT and FACT_CHOICE.fullmatch(part["custom_id"]):
        for option in part["options"]:
            entry = "fact" if option["value"].isdigit() else f"{option['label']}: {_route(option['value'])}"
            yield _numberless(f"{said}: {entry}"), {**part, "options": [option]}
    else:
        yield _numberless(f"{said}: {_route(part['custom_id'])}"), part


def _route(custom_id: str) -> str:
    """Return the part of a custom id that says what it does, without what it remembers."""
    kind, _, rest = custom_id.partition(":")
    return kind if FACT_CHOICE.fullmatch(custom_id) else f"{kind}:{rest.partition(':')[0]}"


def _numberless(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _fields(modal: Part) -> list[Part]:
    return [row["component"] for row in modal["components"] if "component" in row]


def _texts_of(part: Any, *, deep: bool = True) -> Iterator[str]:
    """Yield what is said in a component: text, labels, descriptions, choices."""
    for key in ("content", "label", "description", "placeholder", "title"):
        if isinstance(part.get(key), str):
            yield part[key]
    for option in part.get("options", ()):
        yield from _texts_of(option)
    if deep:
        for inner in (*part.get("components", ()), *([part["component"]] if "component" in part else [])):
            yield from _texts_of(inner)
