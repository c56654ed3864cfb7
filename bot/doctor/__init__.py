"""Checks of an installation, one after another: each says what is wrong and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "wrong", "not checked"]


@dataclass(frozen=True, slots=True)
class Check:
    """The result of a check: its name, its state, a sentence about it (``says``), and what to do about it (``mend``)."""

    name: str
    state: State
    says: str
    mend: str = ""


def ok(name: str, says: str) -> Check:
    """Return the result for what is in order."""
    return Check(name, "ok", says)


def warning(name: str, says: str, mend: str) -> Check:
    """Return the result for what works, but may soon fail."""
    return Check(name, "warning", says, mend)


def wrong(name: str, says: str, mend: str) -> Check:
    """Return the result for what does not work."""
    return Check(name, "wrong", says, mend)


def not_checked(name: str, why: str) -> Check:
    """Return the result for what could not be checked."""
    return Check(name, "not checked", why)
