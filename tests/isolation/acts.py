"""What people do at random in a place: ask, type, press, fill in; also with buttons and forms that are another place's."""

from __future__ import annotations

import copy
import random
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from simcord import Env, InteractionResult
from simcord.actors import _autocomplete_result, _component_interaction, _dispatch_actor_interaction, _slash
from simcord.components import walk_components
from simcord.enums import ComponentType, InteractionType

from tests.isolation.places import Place

Act = Callable[[], Awaitable[None]]

QUESTIONS = (
    "when was the mill sold?",
    "what did the mayor say about the dam?",
    "how much did the mill cost?",
    "who was sorry?",
    "why did the fire close the dam?",
    "where was the fire?",
    "who has commented on the sale?",
    "what happened first?",
    "which cheese is the moon made of?",
)
TYPED = ("", "lea", "works", "mayor", "mil", "1", "sale", "x")
LOOKING: tuple[tuple[str, dict[str, Any]], ...] = (
    *(("ask", {"question": question}) for question in QUESTIONS),
    ("ask", {"question": QUESTIONS[0], "story": "dam", "as_of": "1 April 2021"}),
    ("quote", {}),
    ("quote", {"speaker": "lea"}),
    ("quote", {"about": "the fire"}),
    ("who", {"actor": "mill/lea"}),
    ("who", {"actor": "works"}),
    ("who", {"actor": "nobody of that name"}),
    ("timeline", {}),
    ("timeline", {"actor": "dam/lea", "kind": "all"}),
    ("network", {}),
    ("sources", {}),
    ("check", {"text": "“We are glad that it keeps its mill.”", "speaker": "lea"}),
    ("news", {"since": "1 January 2020"}),
    ("help", {}),
    ("privacy", {}),
)
KEEPING: tuple[tuple[str, dict[str, Any]], ...] = (
    ("review", {}),
    ("gaps", {}),
    ("keep", {}),
    ("status", {}),
    ("audit", {}),
    ("audit", {"fact": "F1"}),
    ("settings", {}),
    ("fact add event", {"story": "mill"}),
    ("fact add quote", {"story": "dam", "speaker": "dam/lea"}),
    ("fact add claim", {"story": "mill"}),
    *(("fact edit", {"fact": f"F{number}"}) for number in range(1, 9)),
    ("fact retract", {"fact": "F3"}),
    ("fact history", {"fact": "F1"}),
    ("fact show", {"fact": "F2"}),
    ("fact undo", {}),
    ("source edit", {"source": "mill/paper"}),
    ("actor edit", {"actor": "mill/lea"}),
    ("article", {}),
    ("story list", {}),
    ("feed list", {}),
    ("follow story", {"story": "mill"}),
    ("following", {}),
    ("story check", {"story": "dam"}),
    ("story export", {"story": "mill"}),
    ("story report", {"story": "dam"}),
)
COMPLETING = (
    ("ask", "story"),
    ("quote", "speaker"),
    ("who", "actor"),
    ("timeline", "actor"),
    ("network", "actor"),
    ("suggest", "story"),
    ("suggest", "speaker"),
)
COMPLETING_TO_KEEP = (
    ("fact edit", "fact"),
    ("fact history", "fact"),
    ("fact retract", "fact"),
    ("source edit", "source"),
    ("actor edit", "actor"),
    ("story export", "story"),
)
_CHOSEN = {ComponentType.STRING_SELECT, ComponentType.ROLE_SELECT, ComponentType.CHANNEL_SELECT, ComponentType.USER_SELECT}


class Acts:
    """Chooses what is done next in a place; what was sent there before, and elsewhere, is there to be pressed."""

    def __init__(self, env: Env, places: tuple[Place, ...], chance: random.Random) -> None:
        self._env = env
        self._places = places
        self._chance = chance
        self._begun: list[tuple[Place, Any, InteractionResult]] = []

    async def together(self, number: int) -> None:
        """Do so many things at the same time, in any of the places, and wait until the bot is done with all of them."""
        acts = [self._some(self._chance.choice(self._places)) for _ in range(number)]
        with _unsettled(self._env):
            for act in acts:
                await act()
        await self._env.settle()
        for place, who, result in self._begun:
            if result.modal is not None:
                place.forms.append((who, result))
        self._begun.clear()

    def _some(self, place: Place) -> Act:
        """Return something that is done in a place."""
        kinds: dict[Callable[[Place], Act | None], int] = {
            self._say: 3,
            self._look: 4,
            self._keep: 4 if place.server is not None else 0,
            self._complete: 3,
            self._press: 4,
            self._intrude: 6,
            self._fill: 4,
        }
        while True:
            act = self._chance.choices(tuple(kinds), tuple(kinds.values()))[0](place)
            if act is not None:
                return act

    def _say(self, place: Place) -> Act:
        """Ask in a channel, or in a direct message."""
        bot, channel, who = self._env.bot.user, place.channels[0], self._who(place)
        question = self._chance.choice(QUESTIONS)
        said = question if place.server is None or bot is None else f"{bot.mention} {question}"

        async def act() -> None:
            self._env.backend.create_message(channel.id, who.id, said)

        return act

    def _look(self, place: Place) -> Act:
        name, options = self._chance.choice(LOOKING)
        if place.server is not None and self._chance.random() < 0.2:
            name, options = "suggest", {"kind": self._chance.choice(("event", "quote", "claim")), "story": "mill"}
        return self._command(place, self._who(place), name, options)

    def _keep(self, place: Place) -> Act:
        name, options = self._chance.choice(KEEPING)
        return self._command(place, place.keeper, name, options)

    def _complete(self, place: Place) -> Act | None:
        keeps = place.server is not None and self._chance.random() < 0.5
        name, option = self._chance.choice(COMPLETING_TO_KEEP if keeps else COMPLETING)
        if place.server is None and name == "suggest":
            return None
        who, typed = place.keeper if keeps else self._who(place), self._chance.choice(TYPED)

        async def act() -> None:
            await _autocomplete_result(who, place.channels[0], name, option, typed, {})

        return act

    def _command(self, place: Place, who: Any, name: str, options: dict[str, Any]) -> Act:
        async def act() -> None:
            self._begun.append((place, who, await _slash(who, place.channels[0], name, options)))

        return act

    def _press(self, place: Place) -> Act | None:
        """Press a button, or choose from a list, that is there."""
        controls = [(message, part) for message in self._said(place) for part in _controls(message.components)]
        return self._use(place, *self._chance.choice(controls)) if controls else None

    def _intrude(self, place: Place) -> Act | None:
        """Use what is shown in another place under a message of this one, as whoever writes requests by hand can."""
        elsewhere = self._chance.choice([other for other in self._places if other is not place])
        parts = [part for message in self._said(elsewhere) for part in _controls(message.components)]
        said = self._said(place)
        fitting = [part for part in parts if self._is_unmarked(place, part)]
        if not said or not fitting:
            return None
        message, part = copy.copy(self._chance.choice(said)), self._chance.choice(fitting)
        message.components = [{"type": ComponentType.ACTION_ROW, "components": [part]}]
        return self._use(place, message, part)

    def _use(self, place: Place, message: Any, part: dict[str, Any]) -> Act:
        data: dict[str, Any] = {"custom_id": part["custom_id"], "component_type": part["type"]}
        if part["type"] == ComponentType.STRING_SELECT:
            data["values"] = [self._chance.choice(part["options"])["value"]]
        elif part["type"] in _CHOSEN:
            data["values"] = []
        who = self._who(place)

        async def act() -> None:
            self._begun.append((place, who, await _component_interaction(who, message, data)))

        return act

    def _fill(self, place: Place) -> Act | None:
        """Fill in a form that was shown, and send it; now and then under the custom id of a form that was shown elsewhere."""
        if not place.forms:
            return None
        who, shown = self._chance.choice(place.forms)
        modal = shown.modal
        assert modal is not None
        components = [
            {"type": ComponentType.LABEL, "component": self._filled(place, part["component"])}
            for part in modal["components"]
            if part["type"] == ComponentType.LABEL and part["component"]["type"] != ComponentType.FILE_UPLOAD
        ]
        forms = [form for other in self._places for _, result in other.forms if (form := result.modal) is not None]
        custom_id = modal["custom_id"]
        if self._chance.random() < 0.3:
            custom_id = self._chance.choice(
                [other_form["custom_id"] for other_form in forms if self._is_unmarked(place, other_form["custom_id"])]
            )
        data = {"custom_id": custom_id, "components": components}

        async def act() -> None:
            sent = await _dispatch_actor_interaction(who, InteractionType.MODAL_SUBMIT, place.channels[0], data)
            self._begun.append((place, who, sent))

        return act

    def _filled(self, place: Place, field: dict[str, Any]) -> dict[str, Any]:
        filled: dict[str, Any] = {"type": field["type"], "custom_id": field["custom_id"]}
        if field["type"] == ComponentType.TEXT_INPUT:
            stands = field.get("value")
            said = f"{place.word} said so number {self._chance.randrange(100)}."
            filled["value"] = stands if stands and self._chance.random() < 0.7 else _fitting(field["custom_id"], said)
        else:
            options = field.get("options") or []
            filled["values"] = [self._chance.choice(options)["value"]] if options else []
        return filled

    def _is_unmarked(self, place: Place, what: object) -> bool:
        """Tell whether nothing of another place is in it already: whoever sends that would have brought it over themselves."""
        marks = (mark for other in self._places if other is not place for mark in other.marks)
        return not any(mark.casefold() in str(what).casefold() for mark in marks)

    def _said(self, place: Place) -> list[Any]:
        bot = self._env.bot.user
        backend = self._env.backend
        return [
            message
            for channel in place.channels
            for message in backend.messages.get(channel.id, {}).values()
            if bot is not None and message.author_id == bot.id
        ]

    def _who(self, place: Place) -> Any:
        return self._chance.choice(place.people)


@contextmanager
def _unsettled(env: Env) -> Iterator[None]:
    """Let what is done not wait for the bot, so that it has several things to do at once."""

    async def at_once(**_: Any) -> None:
        return None

    env._settle_internal = at_once  # type: ignore[method-assign]
    try:
        yield
    finally:
        del env._settle_internal


def _controls(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield what can be pressed or chosen from."""
    for part in walk_components(components):
        if part.get("custom_id") and not part.get("disabled") and part["type"] in {ComponentType.BUTTON, *_CHOSEN}:
            # What the bot tells in direct messages of its own accord is of the server in which somebody asked for it.
            if part["custom_id"].startswith("do:follow"):
                continue
            yield part


def _fitting(name: str, said: str) -> str:
    """Return what is typed into a field of a name."""
    return {"date": "4 March 2021", "cite": "paper#7", "by": "lea", "about": "works", "event": "sale", "word": "DELETE"}.get(
        name, said
    )
