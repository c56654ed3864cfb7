"""The other panels of editing: what is at fault in a form, what was done, and choices on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from discord import ButtonStyle, ui

from bot.client.facts import words
from bot.client.facts.difference import Names
from bot.client.facts.drafts import Kept
from bot.client.facts.look import fact_lines
from bot.client.interactions import RouteButton, RouteChoice
from bot.client.panels import AMBER, BLUE, GREEN, actor_options, panel, story_options
from bot.client.text import fitting, inline
from bot.facts.models import ActorRecord, FactRecord, StoryInfo

_FAULT = 400


def trouble_panel(kept: Kept, faults: Sequence[str], buttons: Iterable[ui.Item[Any]] = ()) -> ui.LayoutView:
    """Return what is at fault in a form, with the way back to it."""
    return panel("\n".join(_faults(faults)), [*buttons, *_way_back(kept)], colour=AMBER)


def _faults(faults: Sequence[str]) -> list[str]:
    return [words.NOT_SAVED, *(f"- {fitting(fault, _FAULT)}" for fault in faults[:8]), words.NOTHING_LOST]


def _way_back(kept: Kept) -> tuple[RouteButton, RouteButton]:
    return (
        RouteButton("fact-open", kept.key, words.BACK_TO_FORM, style=ButtonStyle.primary),
        RouteButton("fact-cancel", kept.key, words.CANCEL),
    )


def done_panel(title: str, record: FactRecord | None, names: Names, buttons: Iterable[ui.Item[Any]] = ()) -> ui.LayoutView:
    """Return what was done to a fact, the fact as it is now, and what can be done next."""
    return panel(f"{title}\n{fact_lines(record, names)}" if record else title, buttons, colour=GREEN)


def saved_buttons(change: int | None, number: int | None, *, history: bool = True) -> list[RouteButton]:
    """Return what can be done with a change and the fact that it was about."""
    row = [] if change is None else [RouteButton("take-back", change, words.UNDO)]
    if number is not None:
        row.append(RouteButton("fact-edit", number, words.EDIT))
        row += [RouteButton("fact-history", f"{number}:0", words.HISTORY)] if history else []
    return row


def story_panel(kept: Kept, stories: Sequence[StoryInfo]) -> ui.LayoutView:
    """Ask which story a new fact belongs to."""
    choice = RouteChoice("fact-story", kept.key, options=story_options(stories), placeholder=words.CHOOSE_STORY)
    return panel(words.WHICH_STORY, [choice], colour=BLUE)


def kind_panel(kept: Kept) -> ui.LayoutView:
    """Ask what kind of fact a message holds."""
    said = fitting(kept.draft.text, 600)
    buttons = [
        RouteButton("fact-kind", f"{kind}:{kept.key}", name, style=ButtonStyle.primary) for kind, name in words.KINDS.items()
    ]
    text = "\n".join([words.WHICH_KIND, *(f"> {line}" for line in said.splitlines()), "", words.KIND_HELP])
    return panel(text, buttons, colour=BLUE)


def speaker_panel(kept: Kept, faults: Sequence[str], actors: Sequence[ActorRecord]) -> ui.LayoutView:
    """Ask who said it; what else is at fault is told too."""
    said = [f"> {line}" for line in fitting(kept.draft.text, 400).splitlines()]
    text = "\n".join([words.WHO_IS_IT, *said] if len(faults) == 1 else _faults(faults))
    view = ui.LayoutView(timeout=None).add_item(ui.Container(ui.TextDisplay(text), accent_colour=AMBER))
    options = actor_options(actors, roles=True)
    if options:
        view.add_item(ui.ActionRow(RouteChoice("fact-who", kept.key, options=options, placeholder=words.WHO_SAID)))
    return view.add_item(ui.ActionRow(RouteButton("fact-new-actor", kept.key, words.ADD_ACTOR), *_way_back(kept)))


def conflict_panel(kept: Kept, current: FactRecord, who: str, changes: Sequence[str]) -> ui.LayoutView:
    """Show the second of two editors what the first changed."""
    seen = kept.draft.seen or 0
    lines = [words.changed_meanwhile(current.number, seen, current.revision), who, *changes]
    buttons = [
        RouteButton("fact-on-top", f"{current.revision}:{kept.key}", words.ON_TOP, style=ButtonStyle.primary),
        RouteButton("fact-cancel", kept.key, words.GIVE_UP),
    ]
    return panel("\n".join(filter(None, lines)), buttons, colour=AMBER)


def named(record: FactRecord) -> str:
    """Name a fact and its revision in bold."""
    return f"**{inline(record.ref, 40)}**"
