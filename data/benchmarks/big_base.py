"""A big fact base on disk, made once and kept: made stories with a real one buried in the middle, and a plain index beside it.

The plain index is the yardstick of time: a table of SQLite's full-text search as its manual makes it, over the same facts.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.facts.base import FactBase
from bot.facts.models import Fact, Story
from bot.resources import lexicon_file
from bot.stories.load import load_story
from data.benchmarks.made import Maker, as_passages

SEED = 1
_FORM = 2  # changes whenever the same numbers make another base


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many facts and actors to make, how many facts at most in one story, and whether they are sentences of articles."""

    facts: int
    actors: int
    story: int
    passages: bool = False


@dataclass(frozen=True, slots=True)
class BigBase:
    """Where the made base is. ``home`` is a folder as Footnote has it, so that the command line can be sent there."""

    home: Path

    @property
    def library(self) -> Path:
        """The fact base."""
        return self.home / "library.db"

    @property
    def plain(self) -> Path:
        """The plain index."""
        return self.home / "plain.db"


def big_base(folder: Path, sizes: Sizes, buried: Path, say: Callable[[str], None]) -> BigBase:
    """Return the base with made facts and a story buried in them; make it first unless it is there."""
    mark = hashlib.sha256(buried.read_bytes()).hexdigest()[:8]
    called = "passages" if sizes.passages else "facts"
    base = BigBase(folder / f"{sizes.facts}-{called}-in-{sizes.story}s-{sizes.actors}-actors-{mark}-{SEED}-{_FORM}")
    if base.home.is_dir():
        return base
    unfinished = BigBase(base.home.with_name(f"{base.home.name}.unfinished"))
    shutil.rmtree(unfinished.home, ignore_errors=True)
    unfinished.home.mkdir(parents=True)
    start = time.perf_counter()
    _fill(unfinished, _with_story(sizes, load_story(buried)))
    took = time.perf_counter() - start
    unfinished.home.rename(base.home)
    on_disk = f"{_size(base.library)}, plain index {_size(base.plain)}"
    say(f"made {sizes.facts} facts in {took:.0f} s: {sizes.facts / took:.0f} a second, {on_disk}")
    return base


def _with_story(sizes: Sizes, story: Story) -> Iterator[Story]:
    """Give the made stories, and in the middle of them the one that is buried."""
    middle = max(1, sizes.facts // sizes.story) // 2
    for number, made in enumerate(Maker(lexicon_file(), SEED).stories(sizes.facts, sizes.actors, sizes.story)):
        if number == middle:
            yield story
        yield as_passages(made) if sizes.passages else made


def _fill(big: BigBase, stories: Iterator[Story]) -> None:
    with FactBase.open(big.library) as base, closing(sqlite3.connect(big.plain)) as plain:
        plain.execute("CREATE VIRTUAL TABLE fact USING fts5(text)")
        for story in stories:
            base.apply(story, by="benchmark")
            names = {actor.id: actor.name for actor in story.actors}
            with plain:
                plain.executemany("INSERT INTO fact(text) VALUES (?)", ((_text(fact, names),) for fact in story.facts))


def _text(fact: Fact, names: dict[str, str]) -> str:
    date = fact.date.words() if fact.date else None
    parts = (*(names[actor] for actor in (*fact.by, *fact.who)), fact.text, fact.context, fact.where, date)
    return " ".join(part for part in parts if part)


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.0f} MB"
