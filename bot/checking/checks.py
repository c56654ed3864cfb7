"""Checks that people ask for: the text with all that was said about it, checked, kept, and checked again."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass

from bot.answers.question.lexicon import Lexicon
from bot.checking.texts import CheckedText, Said, TextChecker
from bot.errors import NotKnownError
from bot.facts.base import FactBase
from bot.facts.models import ActorRecord

TOO_OLD = "That check is too old for its buttons to work; check it again."


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """A text to be checked, and what is said about its quotations: by whom, from which source, of which date, in which story."""

    text: str
    speaker: str | None = None
    source: str | None = None
    date: str | None = None
    story: str | None = None


class Checks:
    """Checks texts against one fact base.

    ``last_day`` returns the day from which a date without a year is read in a story, ``find`` an actor by what somebody typed.
    """

    def __init__(
        self,
        base: FactBase,
        lexicon: Lexicon,
        *,
        last_day: Callable[[str | None], datetime.date],
        find: Callable[[str, str | None], ActorRecord],
        days: int,
    ) -> None:
        self._base = base
        self._checker = TextChecker(base, lexicon)
        self._last_day = last_day
        self._find = find
        self._days = days

    def check(self, request: CheckRequest, *, seconds: float | None = None) -> CheckedText:
        """Check a text, for so many seconds at most if it is said.

        Raises UsageError (no words, too long), DateError, NotKnownError (story), and BusyError (too many seconds).
        """
        self._base.check_story(request.story)
        return self._checker.check(
            request.text,
            Said(request.speaker, request.source, request.date),
            story=request.story,
            today=self._last_day(request.story),
            find=lambda typed: self._find(typed, request.story),
            seconds=seconds,
        )

    def keep(self, request: CheckRequest) -> str:
        """Keep a request for the buttons of its reply, and return its key."""
        return self._base.replies.store(json.dumps({"check": asdict(request)}, ensure_ascii=False), days=self._days)

    def kept(self, key: str) -> CheckRequest:
        """Return a kept request. Raises NotKnownError where it is too old."""
        content = json.loads(self._base.replies.content(key) or "{}").get("check")
        if content is None:
            raise NotKnownError(TOO_OLD)
        return CheckRequest(**content)
