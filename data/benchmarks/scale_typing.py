"""Completing a name as somebody types it, among all actors of a big base."""

from __future__ import annotations

from contextlib import closing
from random import Random

from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.resources import lexicon_file
from bot.service.session import Session
from data.benchmarks.big_base import SEED, BigBase
from data.benchmarks.table import figure
from data.benchmarks.timing import time_all, time_once

_TYPED = 200


def typing_times(big: BigBase) -> list[tuple[str, str, str, str]]:
    """Measure completing names that are half typed, whole or misspelt; the first time the names are read."""
    with FactBase.open(big.library) as base:
        typed = typed_names([record.actor.name for record in base.actors("made-0")[:_TYPED]])
    with (
        closing(Lexicon(lexicon_file())) as lexicon,
        closing(Session(FactBase.open(big.library), lexicon, reply_days=1)) as session,
    ):
        first = time_once(lambda: session.complete_actors("a"))
        times = time_all(session.complete_actors, typed, 3)
    return [
        ("autocomplete: very first, ms", figure(first, 1), "", ""),
        *((f"autocomplete, p{percent} ms", figure(times.at(percent), 2), "", "") for percent in (50, 99)),
    ]


def typed_names(names: list[str]) -> list[str]:
    """Type names as people do: the first letters, the last name, the whole, two letters swapped."""
    random = Random(SEED)
    return [_typed(random, name, number) for number, name in enumerate(names)]


def _typed(random: Random, name: str, number: int) -> str:
    match number % 4:
        case 0:
            return name[: random.randint(1, 5)]
        case 1:
            return name.split()[-1].lower()
        case 2:
            return name
        case _:
            index = random.randrange(1, len(name) - 2)
            return name[:index] + name[index + 1] + name[index] + name[index + 2 :]
