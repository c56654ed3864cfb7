"""The bases of the two servers: an honest story of some seventy facts, and what a hostile moderator may have put into theirs.

The hostile base has three stories besides: *dispute*, of one event with a thousand claims and another with five thousand, of
two speakers; *crowd*, of ten thousand facts in which one organisation takes part; *trial*, of as many facts as are tried out
before a change, with many recorded questions and long quotations. Their facts have stand-ins for vectors (`stand_ins`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from bot.editing.previews import MAX_FACTS
from bot.facts.base import FactBase
from bot.facts.dates import parse_date
from bot.facts.models import Actor, Citation, Fact, RecordedQuestion, Source, Story, StoryInfo
from bot.resources import lexicon_file
from bot.stories.load import load_story
from data.benchmarks.made import Maker
from data.benchmarks.stand_ins import fill_vectors
from tests.support.paths import TESTS

HONEST_STORY = TESTS / "stories" / "halvard-station.yaml"
GIANT = "Vast Combine"
"""The organisation that takes part in all facts of the crowd."""

STORIES = ("dispute", "crowd", "trial")
"""The ids of the stories of the hostile base."""

_SPEAKERS = 400
_SOURCE = Source("paper", "article-newspaper", "The paper", "The Herald", published=parse_date("2020-01-02"))
_CITED = (Citation("paper", "paragraph", "1"),)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many facts the crowd has, how many claims each disputed event, and how many facts the story that is tried out."""

    crowd: int = 10_000
    claims: tuple[int, ...] = (1_000, 5_000)
    tried: int = MAX_FACTS

    @classmethod
    def of(cls, facts: int) -> Sizes:
        """Return the sizes with so many facts in the crowd, and no more in any other story."""
        return cls(facts, tuple(sorted({min(1_000, max(2, facts // 10)), min(5_000, max(3, facts // 2))})), min(MAX_FACTS, facts))


def honest_base(path: Path) -> None:
    """Make the base of the honest server; its facts are encoded by the bot."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with FactBase.open(path) as base:
        base.apply(load_story(HONEST_STORY), by="benchmark")


def hostile_base(path: Path, sizes: Sizes) -> None:
    """Make the base of the hostile server."""
    path.parent.mkdir(parents=True, exist_ok=True)
    maker = Maker(lexicon_file(), 7)
    with FactBase.open(path) as base:
        for story in (_dispute(sizes.claims), _crowd(maker, sizes.crowd), _trial(maker, sizes.tried)):
            base.apply(story, by="benchmark")
    fill_vectors(path, None, print)


def quotes(count: int) -> tuple[str, ...]:
    """Return so many long words of somebody, as the story that is tried out has them recorded."""
    random = Random("quotes")
    words = "the bridge was never safe and we said so before they closed it for all of us who cross every day".split()
    return tuple(" ".join(random.choices(words, k=400)) for _ in range(count))


def _dispute(claims: tuple[int, ...]) -> Story:
    """Have each event disputed by two speakers, in claims so short that many fit on a page, each with several sources."""
    sources = tuple(replace(_SOURCE, id=f"paper-{number}", title=f"Paper {number}") for number in range(200))
    speakers = tuple(Actor(f"speaker-{number}", f"Speaker Number{number}", "person") for number in range(200))
    facts = [
        Fact(f"collapse-{size}", "event", f"The {_named(size)} bridge collapsed.", (_cited(0),), date=parse_date("2020-01-01"))
        for size in claims
    ]
    for size in claims:
        facts += [
            Fact(
                f"claim-{size}-{number}",
                "claim",
                f"No {number}.",
                tuple(_cited(number + more) for more in range(5)),
                by=(f"speaker-{number % 2}",),
                event=f"collapse-{size}",
            )
            for number in range(size)
        ]
    return Story(StoryInfo("dispute", "The dispute about the bridges"), sources, speakers, tuple(facts))


def _cited(number: int) -> Citation:
    return Citation(f"paper-{number % 200}", "paragraph", "1")


def _named(size: int) -> str:
    return f"Larch{size}"


def _crowd(maker: Maker, count: int) -> Story:
    made = maker.story(1, count, _SPEAKERS)
    facts = tuple(
        replace(fact, who=(*fact.who, "giant")) if fact.kind == "event" else replace(fact, about=("giant",))
        for fact in made.facts
    )
    giant = Actor("giant", GIANT, "organisation", aliases=("the Combine",))
    info = StoryInfo("crowd", "The crowd around the Combine")
    return replace(made, info=info, actors=(*made.actors, giant), facts=facts)


def _trial(maker: Maker, count: int) -> Story:
    made = maker.story(2, max(2, count - 200), 50)
    person = Actor("witness", "Ida Witness", "person")
    said = tuple(
        Fact(f"said-{number}", "quote", text, _CITED, by=("witness",)) for number, text in enumerate(quotes(min(200, count)))
    )
    facts = [*made.facts, *said]
    facts.sort(key=lambda fact: ("event", "quote", "claim").index(fact.kind))
    asked = tuple(RecordedQuestion(f"who spoke about {' '.join(fact.text.split()[:6])}", (fact.id,)) for fact in made.facts[:300])
    info = StoryInfo("trial", "The trial of everything")
    return Story(info, (*made.sources, _SOURCE), (*made.actors, person), tuple(facts[:count]), asked)
