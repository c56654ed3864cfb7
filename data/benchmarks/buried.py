"""Measure what a story loses that is not named and lies among a thousand others.

    python -m data.benchmarks.buried --folder FOLDER

The questions of some stories of ``tests/stories`` are asked of each story alone, and of a base of all of them with a thousand
others: stories of the reader's corpus, and made ones (`data.benchmarks.made`) where these do not suffice. They are asked twice:
with candidates found by their words alone, and by their words and their meaning. Questions that name something of their story
stand apart from those of which nobody can tell what they are about. Encoding so many facts takes long, so the base is stored in
FOLDER, and of the made facts only some are encoded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import click
import numpy as np

from bot.answers.answerer import Answerer
from bot.answers.evaluation import Case, Outcome, evaluate, figures, read_cases
from bot.answers.finding.candidates import search_words
from bot.answers.reader.lookup import Lookup
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.facts.models import Story, StoryInfo
from bot.resources import lexicon_file
from bot.stories.load import load_story
from data.benchmarks.big_base import SEED
from data.benchmarks.made import STORY_SIZE, Maker
from data.benchmarks.table import figure, table
from tests.support.paths import ROOT, TESTS

_AT_ONCE = 200  # facts encoded between two lines of progress
_FEW = 50  # a word that one story in so many holds tells which one is meant
Row = tuple[str, ...]


class _LookupByWords(Lookup):
    def candidates(
        self, text: str, after: Sequence[str], by_words: Sequence[int], story: str | None, preferred: str | None
    ) -> list[int]:
        return list(by_words)


class ByWords(Answerer):
    """An answerer that finds the candidates of a big base by their words alone."""

    @cached_property
    def _lookup(self) -> Lookup:
        return _LookupByWords(self._base, self._indexes, self._stock)


@dataclass(frozen=True, slots=True)
class Buried:
    """A story that is asked about, with its questions."""

    story: Story
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a story, and what came of it."""

    story: StoryInfo
    outcome: Outcome

    @property
    def first(self) -> bool:
        """Whether the nearest fact is right, and of the story that was asked about: another may have a fact of the same id."""
        return self.outcome.hit and self.outcome.answer.ranking[0].record.story.id == self.story.id

    @property
    def named(self) -> bool:
        """Whether the answer says that the story may be meant."""
        return self.outcome.answered and self.story.title in self.outcome.answer.explanation.stories

    @property
    def misled(self) -> bool:
        """Whether it is answered with a fact of another story, and nothing says that others may be meant."""
        answer = self.outcome.answer
        return self.outcome.answered and answer.facts[0].record.story.id != self.story.id and not answer.explanation.stories


def buried_stories(folder: Path, most: int, questions: int) -> list[Buried]:
    """Read the stories to be asked about, the first in the order of their names, each with about so many of its questions."""
    stories = []
    for path in sorted(folder.glob("*.yaml"))[:most]:
        cases = read_cases(path.with_suffix(".questions.jsonl"))
        stories.append(Buried(load_story(path), cases[:: max(1, len(cases) // questions)][:questions]))
    return stories


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


def names_its_story(question: str, story: str, base: FactBase, lexicon: Lexicon) -> bool:
    """Return whether a question has a word that its story holds and at most one in `_FEW` of the others does.

    Without one, a name or a rare word, nobody who does not know which story is meant can tell: "who resigned?"
    """
    words = [form for forms in search_words(question, lexicon) for form in forms]
    runs = base.search.story_runs()
    facts = base.search.facts_by_term(words, most=runs.count)
    holding = [set(runs.stories_of(np.array(numbers, dtype=np.int64)).tolist()) for numbers in facts if numbers]
    ((own, _), *_) = base.search.spans(story)
    (number,) = runs.stories_of(np.array([own], dtype=np.int64)).tolist()
    return any(number in stories and len(stories) <= 1 + len(runs.sizes) // _FEW for stories in holding)


def compare(base: FactBase, lexicon: Lexicon, stories: Sequence[Buried]) -> list[Row]:
    """Ask the questions of each story alone and of the whole base."""
    ways: list[list[Asked]] = [[Asked(story.story.info, outcome) for story in stories for outcome in _alone(story, lexicon)]]
    for way in (ByWords, Answerer):
        ask = way(base, lexicon).ask
        ways.append([Asked(story.story.info, outcome) for story in stories for outcome in evaluate(ask, story.cases)])
    naming = [names_its_story(question.outcome.case.ask, question.story.id, base, lexicon) for question in ways[0]]
    rows = [("right fact first", *(_share(way, lambda question: question.first) for way in ways))]
    for names, label in ((True, "name something of their story"), (False, "name nothing of it")):
        some = [[question for question, named in zip(way, naming, strict=True) if named is names] for way in ways]
        count = sum(question.outcome.answerable for question in some[0])
        rows.append((f"of the {count} that {label}", *(_share(way, lambda question: question.first) for way in some)))
    return [
        *rows,
        (
            "the same, or its story named beside",
            *(_share(way, lambda question: question.first or question.named) for way in ways),
        ),
        ("answered from another story, as if sure", *(_share(way, lambda question: question.misled) for way in ways)),
        ("F1 of answering", *(figure(_f1(way)) for way in ways)),
        ("left alone", *(figure(figures([question.outcome for question in way]).left_alone.value) for way in ways)),
    ]


def _share(asked: Sequence[Asked], holds: Callable[[Asked], bool]) -> str:
    some = [question for question in asked if question.outcome.answerable]
    return figure(sum(map(holds, some)) / len(some) if some else None)


def _f1(asked: Sequence[Asked]) -> float | None:
    right = sum(question.first and question.outcome.right for question in asked)
    whole = sum(question.outcome.answered for question in asked) + sum(question.outcome.answerable for question in asked)
    return 2 * right / whole if whole else None


def _alone(buried: Buried, lexicon: Lexicon) -> tuple[Outcome, ...]:
    with FactBase.memory() as base:
        base.apply(buried.story, by="benchmark")
        answerer = Answerer(base, lexicon)
        answerer.encode()
        return evaluate(answerer.ask, buried.cases)


@click.command()
@click.option("--folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="Where the base is kept.")
@click.option("--stories", default=6, show_default=True, type=click.IntRange(1), help="How many stories to ask about.")
@click.option("--questions", default=40, show_default=True, type=click.IntRange(1), help="How many questions to each.")
@click.option("--others", default=1000, show_default=True, type=click.IntRange(0), help="Among how many others.")
@click.option("--real", default=1000, show_default=True, type=click.IntRange(0), help="How many of these at most are real.")
@click.option("--made", default=2000, show_default=True, type=click.IntRange(0), help="How many made facts to encode.")
def main(folder: Path, stories: int, questions: int, others: int, real: int, made: int) -> None:
    """Measure questions whose story is not named."""
    folder.mkdir(parents=True, exist_ok=True)
    asked = buried_stories(TESTS / "stories", stories, questions)
    with FactBase.open(folder / f"{stories}-among-{others}-{real}-real.db") as base, closing(Lexicon(lexicon_file())) as lexicon:
        fill(base, other_stories(ROOT / "data" / "reader" / "corpus", others, real), click.echo)
        fill(base, iter([story.story for story in asked]), click.echo)
        first = sum(base.count(info.id) for info in base.stories() if not info.id.startswith("made-"))
        looked = encode(Answerer(base, lexicon), first + made, click.echo)
        click.echo(f"{looked} facts encoded, {first} of them of real stories")
        rows = compare(base, lexicon, asked)
    click.echo(table(("", "alone", "by words", "and by meaning"), rows))


if __name__ == "__main__":
    main()
