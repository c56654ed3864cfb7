"""A base that was overwritten or cut: whoever asks is told what the operator does about it, and other servers go on."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.client import words
from tests.client.world import TWITTER_BAN, World, closed, make_world, text
from tests.support.slow import slow_but

ANSWER = "### 26 October 2017"
Damage = Callable[[bytes], bytes]


def zeroed(first: float, last: float) -> Damage:
    """Return what writes zeros over a part of a file."""

    def damage(content: bytes) -> bytes:
        start, end = int(first * len(content)), int(last * len(content))
        return content[:start] + bytes(end - start) + content[end:]

    return damage


DAMAGES: dict[str, Damage] = {
    "no header": lambda content: bytes(100) + content[100:],
    "no first page": lambda content: bytes(4096) + content[4096:],
    "no schema": lambda content: content[:100] + bytes(3996) + content[4096:],
    "zeros in the middle": zeroed(0.02, 0.98),
    "zeros at the end": zeroed(0.3, 1),
    "half of it": lambda content: content[: len(content) // 2],
    "half a page": lambda content: content[:2000],
    "nothing": lambda content: b"",
    "other bytes": lambda content: content[:4096] + bytes(255 - byte for byte in content[4096:]),
}


@pytest.mark.parametrize("is_open", [False, True], ids=["closed", "open"])
@pytest.mark.parametrize("damage", slow_but("half of it", DAMAGES))
async def test_it_is_told_with_the_mend_and_nothing_is_made_over_it(
    world: World, damage: str, is_open: bool, caplog: pytest.LogCaptureFixture
) -> None:
    path = world.service.settings.base_path(world.guild.id)
    assert text(await world.ask(TWITTER_BAN)).startswith(ANSWER)
    await closed(world)
    content = path.read_bytes()
    if is_open:
        await world.ask(TWITTER_BAN)
    path.write_bytes(DAMAGES[damage](content))
    left = path.read_bytes()
    said = [text(await world.ask(question)) for question in (TWITTER_BAN, "Who spoke for Sputnik?", TWITTER_BAN)]
    if is_open:  # what is in memory still answers, until it does not
        await closed(world)
        said = [text(await world.ask(TWITTER_BAN)) for _ in range(3)]
    assert said == [words.UNUSABLE] * 3
    assert left == path.read_bytes() or is_open
    warned = [record for record in caplog.records if record.levelno >= logging.WARNING and record.name == "bot.client.errors"]
    assert not any(record.exc_info for record in caplog.records)
    assert len({record.getMessage() for record in warned}) == len(warned) <= 2  # each cause once, however many ask
    assert all(str(path) in record.getMessage() for record in warned)
    other = make_world(world.env, world.service)
    assert text(await other.ask(TWITTER_BAN)).startswith(ANSWER)
    await closed(world)  # nothing is put back in the place of a base that is open
    for name in ("-wal", "-shm"):
        Path(f"{path}{name}").unlink(missing_ok=True)
    path.write_bytes(content)
    assert text(await world.ask(TWITTER_BAN)).startswith(ANSWER)
