"""Asking whatever anybody could ask: the reply is laid out as on Discord, and its buttons are pressed."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from discord import ui

from bot.checking.checker import CheckedText, CheckRequest
from bot.client.answering.answers import Asker, answer_view
from bot.client.answering.card import Card, card_view
from bot.client.answering.presses import fact_panel, sides_panel, sources_panel, why_panel
from bot.client.custom_ids import Press, ReplyAction, ReplyKind
from bot.client.incoming_messages import typed_text
from bot.english.lexicon import Lexicon
from bot.errors import DateError, EmptyQuestionError, UsageError
from bot.facts.base import FactBase
from bot.facts.models import Story
from bot.resources import lexicon_file, stories_folder
from bot.service.encoding import Encoding
from bot.service.service import Service
from bot.service.session import Session
from bot.settings import Settings
from bot.stories.load import load_story
from tests.discord_limits import assert_within_limits
from tests.support.paths import HARBOUR, MEASURED, TESTS

T = TypeVar("T")
FORGET_EVERY = 500  # questions; what is kept of each would fill the memory


class NoEncoding(Encoding):
    """Encodes no facts ahead, so that a question has those encoded that it needs."""

    def __init__(self) -> None:
        pass

    def start(self, server: int | None) -> None:
        pass


class SessionService(Service):
    """The real service on one session, with nothing in threads."""

    def __init__(self, session: Session) -> None:
        super().__init__(Settings(TESTS))
        self.session = session
        self._encoding = NoEncoding()
        self._answering: Any = None  # there are no lanes, for there are no threads

    async def _run_until_deadline(self, lane: Any, server: int | None, work: Any) -> Any:
        return work(self.session)

    async def run_briefly(self, server: int | None, work: Any, /, *args: Any, **kwargs: Any) -> Any:
        return work(self.session, *args, **kwargs)

    async def check(self, server: int | None, request: CheckRequest) -> CheckedText:
        return self.session.checks.check(request)

    async def write(self, server: int | None, work: Any, /, *args: Any, **kwargs: Any) -> Any:
        return work(self.session, *args, **kwargs)

    async def read(self, server: int | None, work: Any, /, *args: Any, **kwargs: Any) -> Any:
        return work(self.session, *args, **kwargs)


def done(work: Coroutine[Any, Any, T]) -> T:
    """Run what waits for nothing but the thread that lays it out."""
    return asyncio.run(work)


@cache
def stories() -> tuple[Story, ...]:
    """Return the stories of the project: the short one first."""
    shipped = stories_folder() / "twitter-rt-sputnik.yaml"
    paths = [HARBOUR, shipped, *MEASURED]
    return tuple(map(load_story, paths))


def read_text(data: bytes) -> str:
    """Return any bytes as a text; what is no UTF-8 becomes half characters, which programs send too."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "surrogateescape")


def is_whole(text: str) -> bool:
    """Tell whether a text has no half characters, which no base can hold."""
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


@contextmanager
def session_of(chosen: Sequence[Story]) -> Iterator[Session]:
    """Open a session on a base in memory that holds some stories."""
    with FactBase.memory() as base, closing(Lexicon(lexicon_file())) as lexicon:
        for story in chosen:
            base.apply(story, by="test")
        yield Session(base, lexicon, reply_days=30)


@cache
def asked() -> tuple[str, ...]:
    """Return the questions that people ask of the stories of the project."""
    files = sorted((TESTS / "stories").glob("*.questions.jsonl"))
    questions = [json.loads(line)["ask"] for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return (*questions, *(question.ask for story in stories() for question in story.questions))


@contextmanager
def ask_anything() -> Iterator[Callable[[bytes], None]]:
    """Ask, lay the reply out, and press one of its buttons; some questions of a short story, some of long ones."""
    count = 0
    with session_of(stories()[:1]) as short, session_of(stories()[1:4]) as long:

        def run(data: bytes) -> None:
            nonlocal count
            count += 1
            chance = random.Random(data)
            session = short if chance.random() < 0.6 else long
            _ask(session, read_text(data), chance)
            if count % FORGET_EVERY == 0:
                session.base.forget(question_days=0, reply_days=0)

        yield run


def _ask(session: Session, question: str, chance: random.Random) -> None:
    service = SessionService(session)
    options: dict[str, Any] = {
        "story": chance.choice([None, None, *(story.id for story in session.stories())]),
        "as_of": question[-20:] if chance.random() < 0.03 else chance.choice([None] * 20 + ["March 2021", "2017-10-27"]),
        "before": tuple(chance.sample(range(1, 9), chance.choice((0, 0, 0, 1, 3)))),
    }
    kind = chance.choice((ReplyKind.REPLY, ReplyKind.ANSWER))
    try:
        view = done(answer_view(Asker(service, 1, 2**63), typed_text(question), kind, **options))
    except (EmptyQuestionError, DateError):
        return
    except UsageError:
        assert options["as_of"] or not is_whole(question)
        return
    assert_within_limits(view)
    if chance.random() < 0.1:
        _press(session, question, options, view, kind, chance)


def _press(session: Session, question: str, options: Any, view: ui.LayoutView, kind: ReplyKind, chance: random.Random) -> None:
    """Open what the buttons of a reply open."""
    ids = [child.custom_id for child in view.walk_children() if isinstance(child, ui.Button) and child.custom_id]
    keys = [id_.split(":")[-1] for id_ in ids if id_.startswith("fn:")]
    assert_within_limits(why_panel(session.ask(question, **options)))
    if not keys:
        return
    reply = session.replies.load(keys[0])
    press = Press(ReplyAction.SOURCES, kind, 2**63, keys[0], 0)
    assert_within_limits(card_view(Card(reply, kind, keys[0], 2**63, chance.randrange(3), 4)))
    assert_within_limits(sources_panel(reply, press))
    for record in (*reply.facts, *reply.suggestions)[:2]:
        assert_within_limits(fact_panel(reply, replace(press, fact=record.number)))
    sides = session.facts.several_sides([record.number for record in reply.facts])
    if sides is not None:
        assert_within_limits(sides_panel(session.facts.sides_of(sides.event, sides.day), 0, sides.day))
