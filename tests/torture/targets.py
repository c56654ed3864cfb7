"""What is fuzzed: each target takes any bytes, does with them what a person's input goes through, and asserts what must hold."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from ruamel.yaml import YAML

from bot.checking.checker import CheckRequest
from bot.client.checking import CheckReply, check_view
from bot.drafting.article import decode_article
from bot.drafting.draft import ArticleDetails, make_draft, write_draft
from bot.errors import DateError, StoryFileError, UsageError
from bot.facts.base import FactBase
from bot.facts.models import Source, Story
from bot.facts.typed_dates import typed_date, typed_period
from bot.formats import bibtex, csl, ris
from bot.formats.source_import import read_sources
from bot.stories.dump import dump_story
from bot.stories.load import read_story
from tests.discord_limits import assert_within_limits
from tests.support.paths import HARBOUR, TESTS
from tests.torture import mutations
from tests.torture.asking import ask_anything, asked, read_text, session_of, stories

Run = Callable[[bytes], None]
Make = Callable[[random.Random], bytes]
TODAY = date(2021, 3, 10)


@dataclass(frozen=True)
class Target:
    """A target: real inputs of its kind, what makes new ones of them, and what opens it to be run."""

    seeds: Callable[[], Sequence[bytes]]
    make: Make
    open: Callable[[], Any]


def text_bytes(chance: random.Random, seeds: Sequence[str]) -> bytes:
    """Return a changed text."""
    return mutations.text(chance, seeds).encode("utf-8", "surrogatepass")


def small(story: Story, chance: random.Random) -> Story:
    """Return some facts of a story with what they name; a whole one takes long to read."""
    facts = chance.sample(story.facts, min(len(story.facts), chance.randrange(1, 5)))
    ids = {fact.id for fact in facts}
    facts = [replace(fact, event=fact.event if fact.event in ids else None) for fact in facts]
    questions = [question for question in story.questions if set(question.expect) <= ids][:2]
    actors = {name for fact in facts for name in (*fact.by, *fact.who, *fact.about)}
    kept = [actor for actor in story.actors if actor.id in actors]
    citations = (*(fact.citations for fact in facts), *(actor.citations for actor in kept))
    cited = {citation.source for some in citations for citation in some}
    sources = tuple(source for source in story.sources if source.id in cited)
    return replace(story, facts=tuple(facts), actors=tuple(kept), sources=sources, questions=tuple(questions))


@cache
def story_files() -> tuple[bytes, ...]:
    """Return real story files, and small ones cut out of them."""
    chance = random.Random(1)
    cut = [dump_story(small(story, chance)).encode() for story in stories() for _ in range(6)]
    return (HARBOUR.read_bytes(), *cut)


@cache
def story_trees() -> tuple[Any, ...]:
    """Return the same, read as YAML."""
    yaml = YAML(typ="safe")
    return tuple(json.loads(json.dumps(yaml.load(file), default=str)) for file in story_files())


def make_story(chance: random.Random) -> bytes:
    """Change a story file by its bytes or by its values."""
    return mutations.content(chance, story_files()) if chance.random() < 0.5 else mutations.tree(chance, story_trees())


def _check_faults(error: StoryFileError) -> None:
    """Assert that every fault says where it is, what it is and how to mend it, in what can be printed."""
    assert error.faults
    assert all(fault.line >= 1 and fault.column >= 1 and fault.problem and fault.mend for fault in error.faults)
    str(error).encode()


@contextmanager
def load_anything() -> Iterator[Run]:
    """Load a story file: refused with its faults, or the same again once it is written, and once it was in a base."""

    def run(data: bytes) -> None:
        try:
            story = read_story(data, "story.yaml")
        except StoryFileError as error:
            _check_faults(error)
            return
        assert read_story(dump_story(story), "story.yaml") == story
        if random.Random(data).random() < 0.1:
            with FactBase.memory() as base:
                base.apply(story, by="test")
                assert base.story(story.info.id) == story

    yield run


DATES = (
    "26 October 2017", "Oct 26, 2017", "26/10/2017", "2017-10-26", "October 2017", "about 2017", "4–6 March 2021", "yesterday",
    "last Monday", "before 2021", "since March", "2021-03~", "../2021", "2021/..", "201X", "2017-10-2X",
    "between 1 and 3 May 1999",
    "the 1990s", "44 BC", "spring 2020", "from 30 January to 2 February", "in the 19th century", "29 February 2020", "Y17000",
)  # fmt: skip


@contextmanager
def type_any_date() -> Iterator[Run]:
    """Read a date in all ways in which people type dates, and say it in words."""

    def run(data: bytes) -> None:
        text = read_text(data)
        with suppress(DateError):
            when = typed_date(text, TODAY).date
            assert when.words()
            assert when.words("de")
        start, _, end = text.partition("/")
        with suppress(DateError, UsageError):
            typed_period(start or None, end or None, TODAY)

    yield run


@cache
def cited() -> tuple[Source, ...]:
    """Return the sources of the stories of the project."""
    return tuple(source for story in stories() for source in story.sources)


@cache
def source_lists() -> tuple[bytes, ...]:
    """Return lists of sources in all formats."""
    chance = random.Random(1)
    some = [chance.sample(cited(), 2) for _ in range(12)]
    return tuple(module.write(sources).encode() for module in (bibtex, ris, csl) for sources in some)


@contextmanager
def take_any_list() -> Iterator[Run]:
    """Read a list of sources, as each format and as what it looks like; what is read can be written and read again."""

    def run(data: bytes) -> None:
        for name in ("list.bib", "list.ris", "list.json", "list"):
            try:
                sources = read_sources(data, name).sources
            except StoryFileError as error:
                _check_faults(error)
                continue
            for module, ending in ((bibtex, "bib"), (ris, "ris"), (csl, "json")):
                again = read_sources(module.write(sources).encode(), f"again.{ending}").sources
                assert len(again) == len(sources)

    yield run


@cache
def quotations() -> tuple[str, ...]:
    """Return texts with quotations in them: what people said in the stories."""
    quotes = [fact.text for story in stories()[:2] for fact in story.facts if fact.kind == "quote"]
    return (*quotes, *(f"She told us: “{quote[:90]}”, and left. “I do,” he said" for quote in quotes))


@contextmanager
def check_anything() -> Iterator[Run]:
    """Check a text and lay out what was found."""
    with session_of(stories()[:1]) as short, session_of(stories()[:2]) as long:

        def run(data: bytes) -> None:
            text, chance = read_text(data), random.Random(data)
            session = short if chance.random() < 0.9 else long
            names = (None, None, "Twitter", "Lee", text[:20])
            request = CheckRequest(text, chance.choice(names), chance.choice((None, None, "Gazette", text[-20:])), None)
            try:
                checked = session.checks.check(request)
            except UsageError:
                return
            for page in (0, 1):
                assert_within_limits(check_view(CheckReply(checked, "k" * 22, 2**63, page)))

        yield run


@cache
def articles() -> tuple[str, ...]:
    """Return pieces of the articles that drafts are tested with."""
    whole = [path.read_text(encoding="utf-8") for path in sorted((TESTS / "drafting").glob("*.txt"))]
    return tuple("\n\n".join(text.split("\n\n")[at : at + 4]) for text in whole for at in range(0, text.count("\n\n"), 3))


@contextmanager
def draft_anything() -> Iterator[Run]:
    """Propose a story from an article; what is proposed loads as it is."""

    def run(data: bytes) -> None:
        try:
            draft = make_draft(
                decode_article(data, "article.txt"), ArticleDetails(source="The report", published="9 March 2021"), today=TODAY
            )
        except UsageError:
            return
        if draft.story.facts:
            assert read_story(write_draft(draft), "draft.yaml") == draft.story

    yield run


def _encoded(texts: Callable[[], Sequence[str]]) -> Callable[[], Sequence[bytes]]:
    return lambda: [text.encode() for text in texts()]


TARGETS = {
    "questions": Target(_encoded(asked), lambda chance: text_bytes(chance, asked()), ask_anything),
    "stories": Target(story_files, make_story, load_anything),
    "dates": Target(_encoded(lambda: DATES), lambda chance: text_bytes(chance, DATES), type_any_date),
    "sources": Target(source_lists, lambda chance: mutations.content(chance, source_lists()), take_any_list),
    "checks": Target(_encoded(quotations), lambda chance: text_bytes(chance, quotations()), check_anything),
    "drafts": Target(_encoded(articles), lambda chance: text_bytes(chance, articles()), draft_anything),
}
