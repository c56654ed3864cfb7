"""Previews in two steps: shown with the few recorded questions nearest to a change, and completed in place while somebody reads.

Asking recorded questions is what takes the most time of a preview. The others are asked behind all that somebody waits for, and
what they show is put into the message that stands there, unless its reader has pressed something under it by then.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from discord import ui

from bot.client.bot import Interaction
from bot.client.interactions import run_to_end
from bot.client.sending import SentView
from bot.editing.previews import Trial, asking_few
from bot.service.session import Session

Look: TypeAlias = tuple[ui.LayoutView, Trial | None]
"""The view of what a look at the base finds, laid out where it is read, and what trying a change out found, if it was."""


async def in_two_steps(interaction: Interaction, look: Callable[[Session], Look]) -> ui.LayoutView:
    """Return the view of a look at the base with few recorded questions; with more, it is shown in its place later.

    Raises what the look raises.
    """

    def few(session: Session) -> Look:
        with asking_few():
            return look(session)

    async def complete() -> ui.LayoutView:
        return (await run_to_end(interaction, look))[0]

    view, trial = await run_to_end(interaction, few)
    if isinstance(view, SentView) and trial is not None and trial.more:
        view.complete = complete
    return view
