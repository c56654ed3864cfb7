"""Facts named in a command: by number or id at once; by words that several facts have, after one is chosen from a list."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict

from discord import ui

from bot.client.bot import Interaction
from bot.client.completion import fact_choice_name
from bot.client.facts import adding, claim_reviews, history, retracting, words
from bot.client.facts.choosing import Options
from bot.client.facts.forms import load_text, store_text
from bot.client.interactions import NUMBER, RouteChoice, RouteInput, route, run_to_end
from bot.client.panels import BLUE, MOST_CHOICES, option, panel, show
from bot.client.permissions import Permission
from bot.errors import NotKnownError
from bot.facts.models import FactKind, FactRecord
from bot.presentation.languages import say
from bot.service.session import Session

_USES: Mapping[str, Callable[[Interaction, int, int | None, Options], Awaitable[None]]] = {
    "edit": lambda interaction, number, _, options: adding.edit(interaction, number, options),
    "retract": lambda interaction, number, *_: show(interaction, retracting.preview(interaction, number)),
    "rating": lambda interaction, number, *_: claim_reviews.start(interaction, number),
    "history": lambda interaction, number, *_: show(interaction, history.history_page(interaction, number, 0)),
    "undo": lambda interaction, number, *_: show(interaction, history.undoing_last(interaction, number)),
    "show": lambda interaction, number, revision, _: show(interaction, history.fact_page(interaction, number, revision, 0)),
}
"""What is done with a fact, the revision that was named, if one was, and the options, by the name of the command."""

_LIVE = ("edit", "retract", "rating")  # what is done with facts that readers are shown


async def with_fact(interaction: Interaction, use: str, named: str, options: Options | None = None) -> None:
    """Do something with the fact that was named; where the words are those of several, let one be chosen first.

    ``options`` are what an edit changes, which are stored until one is chosen. Raises NotKnownError where there is none.
    """
    fitting = await run_to_end(interaction, _with_words, use, named)
    if len(fitting) > 1:
        key = await store_text(interaction, json.dumps(asdict(options))) if options is not None else ""
        await show(interaction, _choice(f"{use}:{key}" if key else use, fitting))
        return
    found = (fitting[0].number, None) if fitting else await run_to_end(interaction, lambda session: session.facts.find(named))
    await _USES[use](interaction, *found, options or Options())


@route("fact-meant", Permission.MODERATOR, rf"({'|'.join(_USES)})(:.*)?", choice=NUMBER, least=1)
async def _chosen(interaction: Interaction, given: RouteInput) -> None:
    """Do with the chosen fact what the command that named it was for."""
    use, _, key = given.argument.partition(":")
    options = Options(**json.loads(await load_text(interaction, key))) if key else Options()
    await _USES[use](interaction, int(given.values[0]), None, options)


def _with_words(session: Session, use: str, named: str) -> tuple[FactRecord, ...]:
    """Return the facts that have the words which were typed, the nearest first; none where a fact goes by that number or id."""
    if not named.strip():
        return ()
    try:
        session.facts.number(named)
    except NotKnownError:
        kind: FactKind | None = "claim" if use == "rating" else None
        return session.facts.complete(named, kind=kind, retracted=use not in _LIVE, limit=MOST_CHOICES)
    return ()


def _choice(use: str, found: Sequence[FactRecord]) -> ui.LayoutView:
    options = [option(fact_choice_name(each), each.number) for each in found]
    choice = RouteChoice("fact-meant", use, options=options, placeholder=say(words.CHOOSE_FACT))
    return panel(say(words.WHICH_FACT), [choice], colour=BLUE)
