"""What a look at one thing found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "wrong", "not checked"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: its name, how it is, that in a sentence, and what to do where it is not well."""

    name: str
    state: State
    says: str
    mend: str = ""


def ok(name: str, says: str) -> Check:
    """Return a check of what is well."""
    return Check(name, "ok", says)


def warning(name: str, says: str, mend: str) -> Check:
    """Return a check of what works, but may not for long."""
    return Check(name, "warning", says, mend)


def wrong(name: str, says: str, mend: str) -> Check:
    """Return a check of what does not work."""
    return Check(name, "wrong", says, mend)


def not_checked(name: str, why: str) -> Check:
    """Return a check that could not be made."""
    return Check(name, "not checked", why)
