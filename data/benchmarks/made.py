"""Making stories of any size: words as common as they are in English, each story with words that it keeps coming back to, as real
ones do; names, dates and places invented. One seed, one result.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from random import Random

from bot.english.search_words import STOP_WORDS
from bot.facts.dates import StoryDate, parse_date
from bot.facts.edtf import days_in
from bot.facts.models import WRITTEN_KINDS, Actor, Citation, Fact, FactRecord, Source, Story, StoryInfo

STORY_SIZE = 90
"""Facts in one made story, as many as real ones have."""

_TOPIC = 3  # words for each fact of a story that it comes back to
_FROM_TOPIC = 0.5  # share of a story's words that are among these
_SHORTEST, _LONGEST = 8, 25  # words in a sentence
_FIRST_NAMES, _LAST_NAMES, _PLACES = 400, 20_000, 2_000
_FACTS_OF_A_SOURCE = 100
_YEARS = (1990, 2024)
_STARTS = "b br c ch d dr f g gr h j k kl l m n p qu r s sh st t tr v w y z".split()
_VOWELS = "a a e e i o o u ae ei ia ou".split()
_ENDS = ["", "", "l", "m", "n", "nd", "r", "rk", "s", "t", "x"]


class Maker:
    """Makes stories out of the lexicon's words, each word as often as it is used in English."""

    def __init__(self, lexicon: Path, seed: int) -> None:
        self._seed = seed
        with closing(sqlite3.connect(f"{lexicon.as_uri()}?mode=ro", uri=True)) as database:
            rows = database.execute("SELECT word, zipf FROM word ORDER BY zipf DESC, word").fetchall()
        self._words = [word for word, _ in rows]
        self._sums = list(accumulate(10 ** (zipf / 100) for _, zipf in rows))
        names = Random(f"names {seed}")
        self._first = _names(names, _FIRST_NAMES)
        self._last = _names(names, _LAST_NAMES)
        self._places = _names(names, _PLACES)

    def stories(self, facts: int, actors: int, size: int = STORY_SIZE) -> Iterator[Story]:
        """Make so many facts with so many actors, in stories of at most so many facts each."""
        count = max(1, -(-facts // size))
        for number in range(count):
            here = [whole * (number + 1) // count - whole * number // count for whole in (facts, actors)]
            yield self.story(number, *here)

    def story(self, number: int, facts: int, actors: int) -> Story:
        """Make one story."""
        random = Random(f"{self._seed} {number}")
        topic = self._words_of(random, _TOPIC * facts)
        people = tuple(self._actor(random, index) for index in range(max(1, actors)))
        sources = tuple(self._source(random, index) for index in range(1 + facts // _FACTS_OF_A_SOURCE))
        made = tuple(self._fact(random, index, len(people), sources, topic) for index in range(facts))
        info = StoryInfo(f"made-{number}", self._sentence(random, 4).title())
        return Story(info, sources, people, tuple(sorted(made, key=lambda fact: WRITTEN_KINDS.index(fact.kind))))

    def _actor(self, random: Random, index: int) -> Actor:
        name = f"{random.choice(self._first)} {random.choice(self._last)}"
        role = self._sentence(random, 3) if random.random() < 0.3 else None
        return Actor(f"actor-{index}", name, "person", role=role)

    def _source(self, random: Random, index: int) -> Source:
        title = self._sentence(random, random.randint(4, 10)).capitalize()
        published = parse_date(_day(random))
        return Source(f"source-{index}", "article-newspaper", title, f"{random.choice(self._places)} Herald", published=published)

    def _fact(self, random: Random, index: int, actors: int, sources: tuple[Source, ...], topic: Sequence[str]) -> Fact:
        kind = WRITTEN_KINDS[index % len(WRITTEN_KINDS)]
        someone = (f"actor-{random.randrange(actors)}",)
        source = random.choice(sources)
        key = "-".join(word for word in self._sentence(random, 2, topic).split() if word.isascii() and word.isalnum())
        return Fact(
            id=f"{key or 'fact'}-{index}",
            kind=kind,
            text=f"{self._sentence(random, random.randint(_SHORTEST, _LONGEST), topic).capitalize()}.",
            citations=(Citation(source.id, "paragraph", str(random.randint(1, 30))),),
            date=_date(random) if kind == "event" or random.random() < 0.5 else None,
            where=random.choice(self._places) if kind == "event" and random.random() < 0.5 else None,
            context=self._sentence(random, 2, topic) if kind == "quote" else None,
            by=() if kind == "event" else someone,
            who=someone if kind == "event" else (),
        )

    def _sentence(self, random: Random, length: int, topic: Sequence[str] = ()) -> str:
        words = self._words_of(random, length)
        return " ".join(random.choice(topic) if topic and random.random() < _FROM_TOPIC else word for word in words)

    def _words_of(self, random: Random, count: int) -> list[str]:
        """Draw words as often as they are used: what is drawn again from them is, over all stories, used as often too."""
        return random.choices(self._words, cum_weights=self._sums, k=count)


def as_passages(story: Story) -> Story:
    """Return a story whose facts are sentences of articles that nobody has reviewed, each behind the one before it."""
    facts = [
        replace(fact, kind="passage", reviewed=False, context=before.text if before else None, who=(), about=fact.who, where=None)
        for before, fact in zip([None, *story.facts], story.facts, strict=False)
    ]
    return replace(story, facts=tuple(facts))


def questions_about(records: list[FactRecord], seed: int) -> list[str]:
    """Ask about facts in the manner of readers: what one of them said or did, with some words of the fact."""
    random = Random(f"questions {seed}")
    return [_question(random, record) for record in records]


def _question(random: Random, record: FactRecord) -> str:
    words = [word for word in record.fact.text.rstrip(".").lower().split() if word not in STOP_WORDS] or ["nothing"]
    some = " ".join(random.sample(words, min(len(words), random.randint(2, 4))))
    name = next((actor.name for actor in (*record.speakers, *record.participants)), "anybody")
    forms = (
        "When did {name} {some}?",
        "what did {name} say about {some}",
        "Why was the {some}?",
        "who {some}",
        "how much {some}",
    )
    return random.choice(forms).format(name=name, some=some)


def _names(random: Random, count: int) -> list[str]:
    """Invent names of two or three syllables, no two alike."""
    names: dict[str, None] = {}
    while len(names) < count:
        syllables = (random.choice(_STARTS) + random.choice(_VOWELS) for _ in range(random.randint(2, 3)))
        names.setdefault(("".join(syllables) + random.choice(_ENDS)).capitalize())
    return list(names)


def _date(random: Random) -> StoryDate:
    day = _day(random)
    return parse_date(day if random.random() < 0.7 else day[:7] if random.random() < 0.7 else day[:4])


def _day(random: Random) -> str:
    year, month = random.randint(*_YEARS), random.randint(1, 12)
    return f"{year}-{month:02}-{random.randint(1, days_in(year, month)):02}"
