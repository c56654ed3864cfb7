"""How much may be asked of the bot, and what it may cost: by one member, in one channel and in one server.

Requests over their limit are refused with the time at which to try again; questions over the limit of gaps are answered, but not
noted as gaps. They are counted in memory, with discord.py's fixed windows: a restart forgets them, and nothing is stored about
who asked. What the work costs is counted too, in seconds of the processor, for two questions may cost as much as a hundred
others. Suggestions have a limit of their own, which a server chooses and its fact base counts.
"""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import TypeVar

from discord.app_commands import Cooldown

from bot.errors import UsageError
from bot.languages import say, say_number
from bot.service.lanes import charge_to
from bot.settings import Settings

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

REFUSALS = {
    "member asked": "You are asking faster than I can look things up for everybody.",
    "server asked": "More is being asked here right now than I can look up.",
    "member worked": "What you asked for took me more work than one member may cause in a minute.",
    "server worked": "What this server asked for took me more work than it may cause in a minute.",
    "member sent": "You have sent as many files as one member may in an hour.",
    "server sent": "This server has sent as many files as it may in an hour.",
}

_MINUTE, _HOUR = 60.0, 3600.0
_PRESSES = 3  # for each question that somebody may ask: turning pages and choosing are part of reading one answer
COMPLETIONS = 5  # for each question of a member: nearly every letter typed asks for choices; a server has as many as questions
_LONG = 90  # seconds; a longer wait is said in minutes
_MAX_KNOWN = 20_000  # members and servers; beyond them the oldest are forgotten

A_MEMBER, A_CHANNEL = 20, 100
"""Questions of one person, and of all in one channel, that are noted in an hour."""
_MAX_NOTED = 10_000  # people and channels; beyond them the oldest are forgotten


class RequestKind(Enum):
    """What is asked of the bot."""

    QUESTION = "question"  # a question or a command
    UNASKED = "unasked"  # what is read in a listening channel: nobody asked the bot, so it takes nothing from their questions
    PRESS = "press"  # a button, a list or a form
    COMPLETION = "completion"  # choices while somebody types
    FILE = "file"  # a file to be read


class TooManyError(UsageError):
    """Somebody asked more than allowed. ``first`` says that it is the first refusal, of which they have not been told yet."""

    def __init__(self, sentence: str, *, first: bool) -> None:
        self.first = first
        super().__init__(sentence)


@dataclass(slots=True)
class _Window:
    """What is left of a time window, and whether the last request in it was refused."""

    left: Cooldown
    refused: bool = False


@dataclass(slots=True)
class _Account:
    """The seconds of the processor that somebody has left, as of a time; below 0 they have used more than they may."""

    left: float
    at: float


class Limits:
    """Counts what each member and each server asked for, and what that costs."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        # Not the time of day: if that clock were set back, everybody would have to wait until it has caught up.
        self._clock = clock
        self._windows: dict[Hashable, _Window] = {}
        self._accounts: dict[Hashable, _Account] = {}
        self._seconds = {"member": settings.member_seconds, "server": settings.server_seconds}
        asked, all_asked = settings.member_questions, settings.server_questions
        self._most = {
            RequestKind.QUESTION: (asked, all_asked, _MINUTE),
            RequestKind.UNASKED: (asked, all_asked, _MINUTE),
            RequestKind.PRESS: (asked * _PRESSES, all_asked * _PRESSES, _MINUTE),
            RequestKind.COMPLETION: (asked * COMPLETIONS, all_asked, _MINUTE),
            RequestKind.FILE: (settings.member_files, settings.server_files, _HOUR),
        }

    def take(self, work: RequestKind, server: int | None, user: int) -> None:
        """Count one more piece of work, and charge what is done for it in this task to whoever asked.

        Raises TooManyError if it is one too many, or earlier ones cost too much; direct messages count for the member alone.
        """
        member, all_, seconds = self._most[work]
        did = "sent" if work is RequestKind.FILE else "asked"
        now = self._clock() + 1.0  # the library takes a time of 0 for none
        mine = self._window((work, "member", user), member, seconds)
        wait, refusal = mine.left.update_rate_limit(now), f"member {did}"
        if wait is None and server is not None:
            everybodys = self._window((work, "server", server), all_, seconds)
            wait, refusal = everybodys.left.update_rate_limit(now), f"server {did}"
        owners = self._owners(work, server, user)
        if wait is None:
            wait, refusal = max((self._debt(owner), f"{owner[0]} worked") for owner in owners)
        if not wait:
            mine.refused = False
            charge_to(partial(self._charge, owners))
            return
        first, mine.refused = not mine.refused, True
        left = max(1, math.ceil(wait))
        if left <= _LONG:
            again = say_number(left, "Try again in a second.", "Try again in {number} seconds.")
        else:
            again = say_number(math.ceil(left / 60), "Try again in a minute.", "Try again in {number} minutes.")
        raise TooManyError(f"{say(REFUSALS[refusal])} {again}", first=first)

    def is_overdrawn(self, server: int | None, user: int) -> bool:
        """Return whether a member, or their server, has used more of the processor than they may; long work then ends."""
        return any(self._debt(owner) > 0 for owner in self._owners(RequestKind.QUESTION, server, user))

    def _owners(self, work: RequestKind, server: int | None, user: int) -> tuple[tuple[str, int], ...]:
        """Return whose accounts some work is charged to; a member does not pay for what they did not ask the bot."""
        mine = () if work is RequestKind.UNASKED else (("member", user),)
        return mine if server is None else (*mine, ("server", server))

    def _charge(self, owners: Iterable[tuple[str, int]], seconds: float) -> None:
        for owner in owners:
            self._account(owner).left -= seconds

    def _debt(self, owner: tuple[str, int]) -> float:
        """Return how many seconds somebody has to wait until what they overdrew is given back."""
        return max(0.0, -self._account(owner).left) / (self._seconds[owner[0]] / _MINUTE)

    def _account(self, owner: tuple[str, int]) -> _Account:
        now, most = self._clock(), self._seconds[owner[0]]
        account = _latest(self._accounts, owner, lambda: _Account(most, now), _MAX_KNOWN)
        account.left = min(most, account.left + (now - account.at) * most / _MINUTE)
        account.at = now
        return account

    def _window(self, key: Hashable, most: int, seconds: float) -> _Window:
        return _latest(self._windows, key, lambda: _Window(Cooldown(most, seconds)), _MAX_KNOWN)


class GapLimits:
    """Counts the questions that were noted in the last hour, by who asked and where."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._noted: dict[tuple[str, int | None, int], deque[tuple[float, str]]] = {}

    def allow(self, server: int | None, user: int, channel: int | None, reply: str) -> bool:
        """Return whether one more question may be noted, and count it; one reply counts once."""
        now = self._clock()
        limits: list[tuple[deque[tuple[float, str]], int]] = []
        for what, number, most in (("user", user, A_MEMBER), ("channel", channel, A_CHANNEL)):
            if number is not None:
                noted = _latest(self._noted, (what, server, number), deque, _MAX_NOTED)
                while noted and noted[0][0] <= now - _HOUR:
                    noted.popleft()
                limits.append((noted, most))
        if any(known == reply for noted, _ in limits for _, known in noted):
            return True
        if any(len(noted) >= most for noted, most in limits):
            return False
        for noted, _ in limits:
            noted.append((now, reply))
        return True


def _latest(known: dict[K, V], key: K, make: Callable[[], V], most: int) -> V:
    """Return the value of a key, made if need be; beyond ``most`` keys the one used longest ago is forgotten."""
    value = known.pop(key, None)
    known[key] = make() if value is None else value
    while len(known) > most:
        del known[next(iter(known))]
    return known[key]
