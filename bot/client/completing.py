"""Previews in two steps: shown with the few recorded questions nearest to a change, and completed in place while somebody reads.

Asking recorded questions is what takes the most time of a preview. The others are asked behind all that somebody waits for, and
what they show is put into the message that stands there, unless its reader has pressed something under it by then.
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

    ``view`` is laid out where it is read, ``trial`` what trying a change out found, if it was. ``store`` stores a form as it was
    read: it is called at the first step alone, for by the second somebody may have written something else.
    """

    view: ui.LayoutView
    trial: Trial | None
    store: Callable[[], object] = lambda: None


async def in_two_steps(interaction: Interaction, look: Callable[[Session], Look]) -> ui.LayoutView:
    """Return the view of a look at the base with few recorded questions; with more, it is shown in its place later."""

    def few(session: Session) -> Look:
        with asking_few():
            result = look(session)
        result.store()
        return result

    async def complete() -> ui.LayoutView:
        return (await interaction.client.service.read_until_cancelled(server_of(interaction), look)).view

    result = await write_for(interaction, few)
    if isinstance(result.view, SentView) and result.trial is not None and result.trial.more:
        result.view.complete = complete
    return result.view
