"""Measure what a story loses that is not named and lies among a thousand others.

    python -m tests.benchmarks.buried --folder FOLDER

The questions of some stories of ``tests/stories`` are asked of each story alone, and of a base of all of them with a thousand
others: stories of the reader's corpus, and made ones (`tests.benchmarks.made`) where these do not suffice. They are asked twice:
with candidates found by their words alone, and by their words and their meaning. Encoding so many facts takes long, so the base
is stored in FOLDER, and of the made facts only some are encoded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import click

from bot.answers.answerer import Answerer
from bot.answers.evaluation import Case, Figures, evaluate, figures, read_cases
from bot.answers.reader.lookup import Lookup
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.facts.models import Story
from bot.resources import lexicon_file
from bot.stories.load import load_story
from tests.benchmarks.big_base import SEED
from tests.benchmarks.made import STORY_SIZE, Maker
from tests.benchmarks.table import figure, table
from tests.support.paths import ROOT, TESTS

_AT_ONCE = 200  # facts encoded between two lines of progress
Row = tuple[str, ...]


class _LookupByWords(Lookup):
    def candidates(
        self,
        text: str,
        after: Sequence[str],
        by_words: Sequence[int],
        spans: Sequence[tuple[int, int]] | None,
        *,
        preferred: str | None = None,
    ) -> list[int]:
        return list(by_words)


class ByWords(Answerer):
    """An answerer that finds the candidates of a big base by their words alone."""

    @cached_property
    def _lookup(self) -> Lookup:
        return _LookupByWords(self._base, self._indexes, self._reader, self._stock, self._nearest)


@dataclass(frozen=True, slots=True)
class Buried:
    """A story that is asked about, with its questions."""

    story: Story
    cases: tuple[Case, ...]


def buried_stories(folder: Path, most: int) -> list[Buried]:
    """Read the stories to be asked about, the first in the order of their names."""
    paths = sorted(folder.glob("*.yaml"))[:most]
    return [Buried(load_story(path), tuple(read_cases(path.with_suffix(".questions.jsonl")))) for path in paths]


def other_stories(folder: Path, count: int, most: int) -> Iterator[Story]:
    """Make stories, then read those of a folder and of the folders in it, at most ``most``, so many in all."""
    real = [load_story(path) for path in sorted(folder.rglob("*.yaml"))[: min(most, count)]]
    maker = Maker(lexicon_file(), SEED)
    for number in range(count - len(real)):
        yield maker.story(number, STORY_SIZE, STORY_SIZE)
    yield from real


def fill(base: FactBase, stories: Iterator[Story], say: Callable[[str], None]) -> None:
    """Import the stories that the base does not have."""
    have = {story.id for story in base.stories()}
    for story in stories:
        if story.info.id not in have:
            base.apply(story, by="benchmark")
    say(f"{base.count()} facts in {len(base.stories())} stories")


def encode(answerer: Answerer, facts: int, say: Callable[[str], None]) -> int:
    """Have the newest facts encoded, and return how many were looked at."""
    looked = 0
    while looked < facts and (more := answerer.encode(most=min(_AT_ONCE, facts - looked))):
        looked += more
        say(f"encoded {looked} of {facts}")
    return looked


def compare(base: FactBase, lexicon: Lexicon, stories: Sequence[Buried]) -> list[Row]:
    """Ask the questions of each story alone and of the whole base."""
    cases = [case for each in stories for case in each.cases]
    alone = [outcome for each in stories for outcome in evaluate(_alone(each.story, lexicon).ask, each.cases)]
    asked = [figures(alone), *(figures(evaluate(way(base, lexicon).ask, cases)) for way in (ByWords, Answerer))]
    measures: tuple[tuple[str, Callable[[Figures], float | None]], ...] = (
        ("right fact first", lambda each: each.hits.value),
        ("F1 of answering", lambda each: each.f1),
        ("left alone", lambda each: each.left_alone.value),
    )
    return [(name, *(figure(value(each)) for each in asked)) for name, value in measures]


def _alone(story: Story, lexicon: Lexicon) -> Answerer:
    base = FactBase.memory()
    base.apply(story, by="benchmark")
    answerer = Answerer(base, lexicon)
    answerer.encode()
    return answerer


@click.command()
@click.option("--folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="Where the base is kept.")
@click.option("--stories", default=6, show_default=True, type=click.IntRange(1), help="How many stories to ask about.")
@click.option("--others", default=1000, show_default=True, type=click.IntRange(0), help="Among how many others.")
@click.option("--real", default=1000, show_default=True, type=click.IntRange(0), help="How many of these at most are real.")
@click.option("--made", default=2000, show_default=True, type=click.IntRange(0), help="How many made facts to encode.")
def main(folder: Path, stories: int, others: int, real: int, made: int) -> None:
    """Measure questions whose story is not named."""
    folder.mkdir(parents=True, exist_ok=True)
    asked = buried_stories(TESTS / "stories", stories)
    with FactBase.open(folder / f"{stories}-among-{others}-{real}-real.db") as base, closing(Lexicon(lexicon_file())) as lexicon:
        fill(base, other_stories(ROOT / "data" / "reader" / "corpus", others, real), click.echo)
        fill(base, iter([each.story for each in asked]), click.echo)
        first = sum(base.count(info.id) for info in base.stories() if not info.id.startswith("made-"))
        looked = encode(Answerer(base, lexicon), first + made, click.echo)
        click.echo(f"{looked} facts encoded, {first} of them of real stories")
        rows = compare(base, lexicon, asked)
    click.echo(table(("", "alone", "by words", "and by meaning"), rows))


if __name__ == "__main__":
    main()
