"""Previews in two steps: shown with the few recorded questions nearest to a change, and completed in place while somebody reads.

Asking recorded questions takes most of the time of a preview. The remaining ones are asked when nobody waits for anything else,
and what they show is put into the message in place, unless its reader has pressed something under it by then.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from discord import ui

from bot.client.bot import Interaction
from bot.client.interactions import write_for
from bot.client.sending import SentView, server_of
from bot.editing.previews import Trial, asking_few
from bot.service.session import Session


class Look(NamedTuple):
    """What a look at the base finds.

    ``view`` is laid out in the same thread; ``trial`` is what trying the change out found, if it was tried. ``store`` stores a
    form as it was read: only the first step calls it, for by the second somebody may have typed something else.
    """

    view: ui.LayoutView
    trial: Trial | None
    store: Callable[[], object] = lambda: None


class FirstStep(NamedTuple):
    """What a look found with few recorded questions, and the ``look``, which finds the rest in the second step."""

    result: Look
    look: Callable[[Session], Look]


async def in_two_steps(interaction: Interaction, look: Callable[[Session], Look]) -> ui.LayoutView:
    """Return the view of a look at the base with few recorded questions; with more, it is shown in its place later.

    Raises what the look raises.
    """
    return completed_later(interaction, await write_for(interaction, first_step, look))


def first_step(session: Session, look: Callable[[Session], Look]) -> FirstStep:
    """Take the first step of a preview, in the same turn as what it follows. Raises what the look raises."""
    with asking_few():
        result = look(session)
    result.store()
    return FirstStep(result, look)


def completed_later(interaction: Interaction, step: FirstStep) -> ui.LayoutView:
    """Return the view of a first step; where more questions are to be asked, the second is taken once the view is sent."""
    view, trial, _ = step.result

    async def complete() -> ui.LayoutView:
        return (await interaction.client.service.read_until_cancelled(server_of(interaction), step.look)).view

    if isinstance(view, SentView) and trial is not None and trial.more:
        view.complete = complete
    return view
