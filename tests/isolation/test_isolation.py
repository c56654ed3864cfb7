"""Nothing of one server is seen in another or in direct messages, whatever is done at the same time in all of them.

The places have the same stories, facts, actors and numbers, but for a word. Everything that the bot sends is searched for the
words of the other places; only two bases may be open, so that they are closed and opened all the time.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import simcord

from bot.client.start import make_bot
from bot.english.lexicon import Lexicon
from bot.errors import NotKnownError
from bot.resources import lexicon_file
from bot.service.replies import Reply
from bot.service.service import Service
from bot.service.session_pool import Lease
from bot.settings import Settings
from tests.client.world import finish_background
from tests.isolation.acts import Acts
from tests.isolation.places import Watch, make_places

TOGETHER = 6  # things that are done at the same time
ROUNDS = 25


async def leaks(
    home: Path, seed: int, *, rounds: int = ROUNDS, kind: type[Service] = Service, open_bases: int = 2
) -> Sequence[str]:
    """Let people do things in all places, and return what was seen in the wrong one."""
    chance = random.Random(seed)
    settings = Settings(home, stories=(), open_bases=open_bases, member_questions=10_000, server_questions=100_000)
    settings = replace(settings, answer_deadline=60.0)  # what crosses over is no matter of time
    async with (
        kind(settings) as service,
        simcord.run(bot := make_bot(service, shard_count=1), shard_count=1, check_errors=False, settle_timeout=60) as env,
    ):
        places = await make_places(env, service)
        acts, watch, leaked = Acts(env, places, chance), Watch(env, places), list[str]()
        for number in range(rounds):
            await acts.together(TOGETHER)
            if number % 7 == 3:
                service._sessions.close_idle(0)
            leaked += watch.leaks()
            if leaked:
                return leaked
        leaked += watch.files()
        assert min(watch.seen.values()) > rounds / 10, watch.seen
        await finish_background(bot)
        await asyncio.gather(*service._encoding._tasks.values())  # which uses bases beyond those that are kept open, too
        assert len(service.opened()) <= open_bases
    return leaked


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
async def test_nothing_crosses_over(seed: int, tmp_path: Path) -> None:
    assert await leaks(tmp_path, seed) == []


async def test_nothing_crosses_over_in_a_few_rounds(tmp_path: Path) -> None:
    assert await leaks(tmp_path, 0, rounds=5) == []


class OneForAll(Service):
    """A service that answers everybody from one base."""

    async def read(self, server: int | None, work: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Read from the wrong session."""
        return await super().read(self._wrong(server), work, *args, **kwargs)

    async def write(self, server: int | None, work: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Change something at the wrong session."""
        return await super().write(self._wrong(server), work, *args, **kwargs)

    def _wrong(self, server: int | None) -> int | None:
        return server if server is None or len(self.servers()) < 3 else min(self.servers())


class KeysOfAll(Service):
    """A service that looks for a reply in all bases where the right one does not have it."""

    async def reply(self, server: int | None, key: str) -> Reply:
        """Return a kept reply, whoever kept it."""
        try:
            return await super().reply(server, key)
        except NotKnownError:
            for other in (None, *self.servers()):
                try:
                    return await super().reply(other, key)
                except NotKnownError:
                    continue
            raise


class WrongSession(Service):
    """A service that now and then hands out a session that happens to be open."""

    async def __aenter__(self) -> WrongSession:
        await super().__aenter__()
        sessions, take, count = self._sessions, self._sessions.take, iter(range(10**9))

        async def wrong(server: int | None, *, retain: bool = True, make: bool = True) -> Lease:
            opened = sessions.opened()
            return await take(opened[0] if opened and next(count) % 20 == 19 else server, retain=retain, make=make)

        sessions.take = wrong  # type: ignore[method-assign]
        return self


class OneIndex(Service):
    """A service whose bases share an index whatever they hold."""

    async def __aenter__(self) -> OneIndex:
        await super().__aenter__()
        self._lexicon.close()
        self._lexicon = _Forgetful(lexicon_file())
        return self


class _Forgetful(Lexicon):
    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.derived: Any = _Any()


class _Any(dict[Any, Any]):
    def get(self, key: Any, default: Any = None) -> Any:
        return next(iter(self.values()), default)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [OneForAll, KeysOfAll, WrongSession, OneIndex])
async def test_a_service_that_leaks_is_caught(kind: type[Service], tmp_path: Path) -> None:
    assert await leaks(tmp_path, 0, rounds=80, kind=kind) != []
