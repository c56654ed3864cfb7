"""What every form shows on its way: which story it is about, what is at fault in it, and the way back to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from discord import ButtonStyle, ui

from bot.client.errors import sentence_for
from bot.client.facts import words
from bot.client.interactions import RouteButton
from bot.client.panels import AMBER, BLUE, choice_lists, left_out, panel, story_options
from bot.client.sending import SentView
from bot.client.text import fitting
from bot.errors import FootnoteError, FormError
from bot.facts.models import StoryInfo
from bot.languages import say, say_message

_FAULT, _MAX_FAULTS = 400, 8  # characters of one fault, and how many are named


def story_panel(route: str, argument: object, stories: Iterable[StoryInfo], *buttons: RouteButton, asked: str = "") -> SentView:
    """Ask which story something belongs to, in the words ``asked`` if given."""
    options = story_options(stories)
    text = "\n".join(filter(None, (asked or say(words.WHICH_STORY), left_out(options))))
    return panel(text, *choice_lists(route, argument, options, say("Choose a story")), buttons, colour=BLUE)


def trouble_panel(error: FootnoteError, *rows: Iterable[ui.Item[Any]], head: str = "") -> SentView:
    """Return what is at fault in a form, with the way back to it; a ``head`` replaces the usual heading."""
    return panel(fault_text(error, head), *rows, colour=AMBER)


def fault_text(error: FootnoteError, head: str = "") -> str:
    """Say what is at fault in a form; a ``head`` replaces the usual heading."""
    faults = error.faults.values() if isinstance(error, FormError) else [sentence_for(error)]
    lines = [f"- {fitting(say_message(fault), _FAULT)}" for fault in faults]
    return "\n".join([head or say(words.NOT_SAVED), *lines[:_MAX_FAULTS], say(words.NOTHING_LOST)])


def way_back(name: str, key: str) -> list[RouteButton]:
    """Return the buttons that open a form of a kind again, as it was left, and that give it up."""
    back = RouteButton(f"{name}-open", key, say(words.BACK_TO_FORM), style=ButtonStyle.primary)
    return [back, RouteButton(f"{name}-cancel", key, say(words.CANCEL))]


def preview_buttons(
    name: str, key: str, save: str, *others: RouteButton, style: ButtonStyle = ButtonStyle.success
) -> list[RouteButton]:
    """Return the buttons under the preview of a kind of form: save, open it again, what ``others`` do, and give it up."""
    edit, cancel = RouteButton(f"{name}-open", key, say(words.EDIT)), RouteButton(f"{name}-cancel", key, say(words.CANCEL))
    return [RouteButton(f"{name}-save", key, save, style=style), edit, *others, cancel]
