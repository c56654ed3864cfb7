"""What a base stores about a person, shown to them and deleted when they ask for it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.facts.state.privacy import PersonalData
from bot.facts.state.proposals import Proposal
from bot.service.session import Session

_MOST_SHOWN_ANEW = 1000  # suggestions of one person, open and decided each


@dataclass(frozen=True, slots=True)
class StoredOfPerson:
    """What a base stores about a person, their latest suggestions among it, and for how many days it stores questions."""

    data: PersonalData
    suggestions: tuple[Proposal, ...]
    question_days: int


def stored_of(session: Session, owner: str, user: int, *, most: int) -> StoredOfPerson:
    """Return what is stored about a person, with at most so many suggestions.

    ``owner`` is the name by which they sign, ``user`` their Discord id.
    """
    suggestions = session.base.proposals.by_author(owner, limit=most)
    return StoredOfPerson(session.base.privacy.personal_data(owner, user), suggestions, session.settings().question_days)


def delete_person(session: Session, owner: str, user: int) -> tuple[int, ...]:
    """Delete what is stored about a person, and return the suggestions that are shown somewhere and look different now."""
    with session.base.transaction():
        shown = (
            *session.base.proposals.open(by=owner, limit=_MOST_SHOWN_ANEW),
            *session.base.proposals.by_author(owner, limit=_MOST_SHOWN_ANEW),
        )
        numbers = tuple(dict.fromkeys(each.number for each in shown if each.status == "open" or each.message is not None))
        session.base.privacy.delete(owner, user)
    session.base.try_to_checkpoint()
    return numbers
