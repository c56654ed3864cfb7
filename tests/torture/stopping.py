"""The real bot under load, stopped as ``footnote run`` is: ``python -m tests.torture.stopping HOME [hang]``.

Its simulated Discord is in the same process. It prints the text of each fact that a moderator saw saved, and how many
questions the readers saw answered. With ``hang``, it says so once a question is under way that never ends.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Any

from simcord import Env

from bot.answers.models import Answer
from bot.cli.running import run_until_stopped
from bot.client.bot import FootnoteBot
from bot.client.facts import words
from bot.client.start import make_bot
from bot.editing import previews
from bot.log import set_up_logging
from bot.service.service import Service
from bot.service.session import Session
from bot.settings import Settings
from tests.client.forms import LINK, send
from tests.client.world import TWITTER_BAN, World, answer, make_world, text

NEVER = "never"
READERS = 3
TRIES = 120  # half a second each
TRIED = 4  # recorded questions, to which a preview is not held here
PATIENCE = 60.0  # seconds for which a busy machine may take over what somebody does


class HangingService(Service):
    """The real service, with work in a thread that nobody can end."""

    async def ask(self, server: int | None, question: str, **options: Any) -> Answer:
        if NEVER in question:
            await self.write(server, never_end)
        return await super().ask(server, question, **options)


def never_end(session: Session) -> None:
    threading.current_thread().name = NEVER
    time.sleep(600)


def tell(kind: str, what: object) -> None:
    print(json.dumps({kind: what}), flush=True)


async def work(world: World, bot: FootnoteBot, *, hang: bool) -> None:
    """Let a moderator add facts while readers ask; then, if it is to hang, ask what never ends."""
    question = await world.alice.send(world.channel, f"{world.mention} {TWITTER_BAN}")
    for number in range(3 if hang else 100_000):
        for _ in range(READERS):
            bot.dispatch("message", question)
        said = f"Fact number {number} of many."
        form = await world.moderator.slash(world.channel, "fact add claim")
        panel = answer(await send(world.moderator, form, text=said, cite=LINK))
        await world.moderator.click(panel, label=words.SAVE)
        if text(panel).startswith("### Saved as"):
            tell("saved", said)
        tell("answered", sum(message.author == bot.user for message in world.channel.history()))
    question.content = f"{world.mention} {NEVER} ending?"
    for _ in range(TRIES):
        if any(thread.name == NEVER for thread in threading.enumerate()):
            break
        bot.dispatch("message", question)  # again, for on a busy machine it may be given up before it comes that far
        await asyncio.sleep(0.5)
    else:
        os._exit(3)  # rather than have the test wait for ever
    tell("hangs", True)


def end_if_failed(crowd: asyncio.Task[None]) -> None:
    """End the process where what people do has failed, rather than have the test wait for ever."""
    if not crowd.cancelled() and (error := crowd.exception()) is not None:
        traceback.print_exception(error)
        os._exit(3)


async def serve(home: Path, *, hang: bool) -> None:
    previews.MAX_QUESTIONS = TRIED
    settings = Settings(home, member_questions=10_000, server_questions=100_000)
    set_up_logging(settings)
    async with HangingService(settings) as service:
        bot = make_bot(service, shard_count=1)
        env = Env(bot, shard_count=1, strict_sync=False, settle_timeout=PATIENCE)
        await env.start()
        world = make_world(env, service)
        tell("server", world.guild.id)
        crowd = asyncio.ensure_future(work(world, bot, hang=hang))
        crowd.add_done_callback(end_if_failed)
        try:
            await asyncio.Event().wait()
        finally:
            crowd.remove_done_callback(end_if_failed)  # whoever was about to press or write something finds nobody there any more
            await bot.close()
            crowd.cancel()
            await asyncio.gather(crowd, return_exceptions=True)


if __name__ == "__main__":
    asyncio.run(run_until_stopped(serve(Path(sys.argv[1]), hang="hang" in sys.argv)))
