"""How many answers one core gives in a second, and whose work they are.

A member of a simulated Discord asks one question after the other, each in words that were not asked before, by mention or by
`/ask`; an answer is done when it stands in the channel. There are three runs: one by the clock alone, which gives the times; one
under Python's profiler, which gives how the time of the event loop's thread is shared; one in which each call of SQLite is timed.
What the other threads do outside SQLite is answering.
"""

from __future__ import annotations

import cProfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path

import simcord

from bot.client.start import make_bot
from bot.service.service import Service
from bot.service.session import Session
from bot.settings import Settings
from data.benchmarks.load_shares import LOOP, SqliteClock, profiler, shares
from data.benchmarks.new_questions import wordings
from data.benchmarks.table import figure
from tests.client.world import World, make_world

WARMING = 30
Ask = Callable[[str], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Run:
    """Some questions that were asked, and the seconds of processor time that they took: in all, and in the loop's thread."""

    questions: int
    seconds: float
    loop: float
    sqlite: float = 0.0


def unlimited(settings: Settings) -> Settings:
    """Let members ask as much as they like."""
    return replace(settings, member_questions=10_000, server_questions=100_000)


async def answers(settings: Settings, number: int) -> list[tuple[str, ...]]:
    """Return the rows of the table: what an answer takes by mention and by `/ask`. A base is made in the settings' home."""
    settings = unlimited(settings)
    mention, ask = [await _measured(settings, number, by) for by in ("mention", "ask")]
    return [(name, mention[name], ask[name]) for name in mention]


async def _measured(settings: Settings, number: int, by: str) -> dict[str, str]:
    run = await _run(settings, number, by)
    profile = profiler()
    await _run(settings, number, by, profile)
    clock = SqliteClock()
    with clock.running():
        timed = await _run(settings, number, by, clock=clock)
    loop = {package: share * run.loop for package, share in shares(profile).items()}
    parts = {
        "Footnote, answering (threads)": run.seconds - run.loop - timed.sqlite,
        "Footnote, reading and showing": loop.get("Footnote", 0),
        "SQLite": timed.sqlite,
        "discord.py": loop.get("discord.py", 0),
        LOOP: loop.get(LOOP, 0),
        "simcord, in Discord's place": loop.get("simcord", 0),
    }
    real = run.seconds - parts["simcord, in Discord's place"]
    return {
        "answers a second": figure(run.questions / run.seconds, 0),
        "answers a second, simcord left out": figure(run.questions / real, 0),
        "milliseconds an answer": figure(run.seconds / run.questions * 1000, 2),
        **{f"  of it {name}": figure(seconds / run.questions * 1000, 2) for name, seconds in parts.items()},
    }


async def _run(
    settings: Settings, number: int, by: str, profile: cProfile.Profile | None = None, clock: SqliteClock | None = None
) -> Run:
    async with Service(settings) as service, simcord.run(make_bot(service, shard_count=1), strict_sync=False) as env:
        world = make_world(env, service)
        asked = wordings(await recorded(world))
        ask = asking(world, by)
        for _ in range(WARMING):
            await ask(next(asked))
        before = clock.seconds if clock else 0.0
        seconds, loop = time.process_time(), time.thread_time()
        if profile:
            profile.enable()
        for _ in range(number):
            await ask(next(asked))
        if profile:
            profile.disable()
        run = Run(number, time.process_time() - seconds, time.thread_time() - loop, (clock.seconds if clock else 0.0) - before)
    _forget(settings)
    return run


async def recorded(world: World) -> tuple[str, ...]:
    """Return the questions that are recorded with the stories of a server."""

    def read(session: Session) -> tuple[str, ...]:
        return tuple(question.ask for story in session.base.stories() for question in session.base.questions(story.id))

    return await world.service.read(world.guild.id, read)


def asking(world: World, by: str) -> Ask:
    """Return how a member asks."""
    if by == "ask":
        return lambda question: world.alice.slash(world.channel, "ask", question=question)
    return lambda question: world.alice.send(world.channel, f"{world.mention} {question}")


def _forget(settings: Settings) -> None:
    """Delete the bases, for the next run to begin as this one did."""
    for path in (settings.home / "servers").glob("*.db*"):
        Path(path).unlink()
