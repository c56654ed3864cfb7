"""Suggestions: what members propose and what needs a second moderator, from the form to a fact or a rejection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.editing.fact_editor import FactEditor
from bot.editing.previews import FactPreview
from bot.editing.typed_fact import TypedFact, date_words
from bot.errors import DecidedError, EditedError, UsageError
from bot.facts.base import FactBase
from bot.facts.logbook import Signature
from bot.facts.revisions import Applied
from bot.facts.state.proposals import Proposal
from bot.messages import CountedMessage, Message

T = TypeVar("T")

MAX_OPEN = 200
"""Suggestions that may wait for a decision in one server, however many members make them."""

MAX_PROPOSED = 1_000
"""The same for what moderators propose to each other."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What an approval did: ``applied`` is None while another moderator still has to agree."""

    proposal: Proposal
    applied: Applied | None


class Suggestions:
    """Takes and decides suggestions in one base."""

    def __init__(self, base: FactBase, editor: FactEditor) -> None:
        self._base = base
        self._editor = editor

    def suggest(self, typed_fact: TypedFact, signature: Signature, *, key: str | None = None) -> Proposal:
        """Store a member's suggestion; the same ``key`` twice is one suggestion.

        Raises FormError with its faults, UsageError where the limit of a day is reached.
        """
        before = self._base.proposals.with_key(key)
        if before is not None:
            return before
        preview = self._editor.preview(typed_fact, trial=False)
        with self._base.transaction():
            self.check_limit(signature.by)
            self._base.proposals.record_suggestion(signature)
            return self._base.proposals.add(
                as_read(typed_fact, preview).encode(), signature, needed=self._needed(preview), key=key
            )

    def suggest_article(self, typed_fact: TypedFact, signature: Signature) -> Proposal:
        """Store an article that a member suggests. Raises UsageError where the limit of a day is reached."""
        with self._base.transaction():
            self.check_limit(signature.by)
            self._base.proposals.record_suggestion(signature)
            return self._base.proposals.add(typed_fact.encode(), signature)

    def accept_article(self, number: int, signature: Signature, take: Callable[[], T]) -> T:
        """Approve a suggested article and take it in, in one transaction; the suggestion no longer holds its text afterwards.

        Raises DecidedError, NotKnownError, and what ``take`` raises.
        """
        with self._base.transaction():
            self._forget_article(self._base.proposals.approve(number, signature))
            return take()

    def _forget_article(self, decided: Proposal) -> Proposal:
        """Delete the text of the article that a decided proposal may hold, and return the proposal as it is then."""
        typed_fact = TypedFact.decode(decided.content)
        if not typed_fact.article:
            return decided
        return self._base.proposals.shorten(decided.number, replace(typed_fact, article="").encode())

    def needs_second(self, preview: FactPreview) -> bool:
        """Return whether a moderator's own change needs a second one: it names a person, and the server asks for two."""
        return preview.people and self._base.settings.read().two_moderators

    def save_or_propose(self, typed_fact: TypedFact, signature: Signature, *, key: str) -> Applied | Proposal:
        """Save what a moderator typed, or propose it where a second moderator has to agree; the same ``key`` twice is done once.

        Raises what `FactEditor.save` raises.
        """
        before = self._base.revisions.result_for_key(key)
        if before is not None:
            return before
        if self._base.settings.read().two_moderators and self.needs_second(self._editor.preview(typed_fact, trial=False)):
            return self.propose(typed_fact, signature, key=key)
        return self._editor.save(typed_fact, signature, key=key)

    def propose(self, typed_fact: TypedFact, signature: Signature, *, key: str | None = None) -> Proposal:
        """Store a moderator's change, approved by its author, until a second one approves it. The same ``key`` twice is one."""
        before = self._base.proposals.with_key(key)
        if before is not None:
            return before
        preview = self._editor.preview(typed_fact, trial=False)
        with self._base.transaction():
            self._check_open(MAX_PROPOSED)
            proposal = self._base.proposals.add(as_read(typed_fact, preview).encode(), signature, needed=2, key=key)
            return proposal if proposal.approvals else self._base.proposals.approve(proposal.number, signature)

    def typed_fact(self, number: int) -> TypedFact:
        """Return what is proposed, as it was typed. Raises NotKnownError, DecidedError where its author withdrew it."""
        proposal = self._base.proposals.get(number)
        if proposal.status == "withdrawn":
            raise DecidedError(Message("This suggestion has already been withdrawn."))
        return replace(TypedFact.decode(proposal.content), proposal=number)

    def revise(self, number: int, typed_fact: TypedFact, signature: Signature, *, seen: str | None = None) -> Proposal:
        """Change what is proposed.

        Raises EditedError where it is not at the version ``seen``, FormError, DecidedError, NotKnownError.
        """
        with self._base.transaction():
            self._check_seen(number, seen)
            preview = self._editor.preview(typed_fact, trial=False)
            content = replace(as_read(typed_fact, preview), proposal=None, version="").encode()
            needed = max(self._base.proposals.get(number).needed, self._needed(preview))
            return self._base.proposals.revise(number, content, signature, needed=needed)

    def approve(
        self,
        number: int,
        signature: Signature,
        *,
        same_as: int | None = None,
        seen: str | None = None,
        is_moderator: Callable[[str], bool] | None = None,
    ) -> Decision:
        """Agree to a proposal; when enough have, it becomes a fact in the same transaction.

        With ``same_as`` it only gives its sources to that fact, which says the same already. Earlier approvals count only where
        ``is_moderator`` of the approver still holds. How many must agree is computed again, since the facts and the settings may
        have changed since it was proposed.

        Raises EditedError where it is not at the version ``seen``, DecidedError where it is decided already, FormError,
        NotKnownError or ConflictError where it no longer fits, and then nothing is decided.
        """
        with self._base.transaction():
            self._check_seen(number, seen)
            proposal = self._base.proposals.approve(
                number, signature, needed=self._needed_now(number, same_as), is_moderator=is_moderator
            )
            if proposal.status != "approved":
                return Decision(proposal, None)
            typed_fact = TypedFact.decode(proposal.content)
            key = f"proposal {number}"
            if same_as is None:
                applied = self._editor.save(typed_fact, signature, key=key)
            else:
                agreed = replace(signature, alone=True)  # enough moderators have approved it
                applied = self._editor.add_source_to(same_as, typed_fact, agreed, key=key)
            return Decision(self._base.proposals.mark_applied(number, applied.change), applied)

    def reject(self, number: int, signature: Signature) -> Proposal:
        """Reject a proposal, with a reason. Raises UsageError without one, DecidedError, NotKnownError."""
        if not signature.reason:
            raise UsageError(Message("Say why you reject it; the member is shown the reason."))
        with self._base.transaction():
            return self._forget_article(self._base.proposals.reject(number, signature))

    def check_limit(self, by: str) -> None:
        """Raise UsageError where somebody has used up a day's suggestions, or too many wait for a decision."""
        most = self._base.settings.read().suggestions_a_day
        if most == 0:
            raise UsageError(Message("Suggestions are switched off in this server. Tell a moderator what you know."))
        if self._base.proposals.count_suggested(by) >= most:
            raise UsageError(
                CountedMessage(
                    most,
                    "You have made {number} suggestion in one day, which is the limit here. Try again tomorrow.",
                    "You have made {number} suggestions in one day, which is the limit here. Try again tomorrow.",
                )
            )
        self._check_open(MAX_OPEN)

    def _check_open(self, most: int) -> None:
        """Raise UsageError where ``most`` suggestions wait for a decision already."""
        if self._base.proposals.count_open() >= most:
            raise UsageError(
                Message(
                    "Many suggestions are waiting here, and no more can be taken for now. Try again once some have been decided."
                )
            )

    def _check_seen(self, number: int, seen: str | None) -> None:
        proposal = self._base.proposals.get(number)
        if seen is not None and proposal.status == "open" and proposal.version != seen:
            raise EditedError

    def _needed(self, preview: FactPreview) -> int:
        return 2 if self.needs_second(preview) else 1

    def _needed_now(self, number: int, same_as: int | None) -> int | None:
        """Return how many must agree to a proposal by the present facts and settings, None where it is decided already.

        With ``same_as`` they also agree to new sources of that fact, which may name a person where the proposal does not.
        """
        proposal = self._base.proposals.get(number)
        if proposal.status != "open":
            return None
        typed_fact = TypedFact.decode(proposal.content)
        needed = self._needed(self._editor.preview(typed_fact, trial=False))
        if needed == 1 and same_as is not None and self._base.settings.read().two_moderators:
            return 2 if self._editor.source_touches_people(same_as, typed_fact) else 1
        return needed


def as_read(typed_fact: TypedFact, preview: FactPreview) -> TypedFact:
    """Return a typed fact with its dates as they were read.

    It may be saved days later, when "yesterday" is another day, and a date without a year perhaps of another year.
    """
    date, source = preview.edit.facts[0].date, typed_fact.new_source
    if source is not None and source.published and preview.edit.sources:
        published = next((date_words(edited.published) for edited in preview.edit.sources if edited.published), source.published)
        source = replace(source, published=published)
    return replace(typed_fact, date=date_words(date) if date else "", new_source=source)
