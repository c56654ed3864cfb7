"""Suggestions: taken once, limited, decided once, and by two where a person is named and the server asks for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.desk import Desk
from bot.editing.draft import Draft
from bot.errors import DecidedError, DraftError, NotKnownError, UsageError
from bot.facts.writing import note

STORY = "harbour-bridge"
ALICE, ANN, BOB = note("alice", None), note("ann", None), note("bob", None)
CLAIM = Draft("claim", STORY, text="A new bridge would cost 90 million dollars.", cite="gazette#9")
OF_A_PERSON = replace(CLAIM, by=("okoro",))


def test_a_suggestion_becomes_a_fact_signed_by_who_approved_it(desk: Desk) -> None:
    proposal = desk.suggestions.suggest(CLAIM, ALICE)
    assert desk.base.count() == 8
    decision = desk.suggestions.approve(proposal.number, ANN)
    assert (decision.proposal.status, decision.proposal.decided_by) == ("approved", "ann")
    assert decision.applied is not None
    assert decision.proposal.change == decision.applied.change
    assert desk.base.editor.history(9)[0].by == "ann"
    assert desk.base.proposals.get(proposal.number) == decision.proposal


def test_the_same_form_sent_twice_is_one_suggestion(desk: Desk) -> None:
    assert desk.suggestions.suggest(CLAIM, ALICE, key="k") == desk.suggestions.suggest(CLAIM, ALICE, key="k")
    assert len(desk.base.proposals.open()) == 1


def test_a_suggestion_is_decided_once(desk: Desk) -> None:
    number = desk.suggestions.suggest(CLAIM, ALICE).number
    desk.suggestions.approve(number, ANN)
    for work in (
        lambda: desk.suggestions.approve(number, BOB),
        lambda: desk.suggestions.reject(number, note("bob", "no")),
        lambda: desk.suggestions.revise(number, CLAIM, BOB),
    ):
        with pytest.raises(DecidedError, match="approved already"):
            work()
    assert desk.base.count() == 9


def test_a_rejection_needs_a_reason(desk: Desk) -> None:
    number = desk.suggestions.suggest(CLAIM, ALICE).number
    with pytest.raises(UsageError, match="Say why"):
        desk.suggestions.reject(number, ANN)
    assert desk.suggestions.reject(number, note("ann", "no source")).reason == "no source"
    with pytest.raises(DecidedError, match="rejected already"):
        desk.suggestions.approve(number, BOB)
    assert desk.base.count() == 8


def test_what_cannot_be_taken_is_told_and_counts_for_nothing(desk: Desk) -> None:
    with pytest.raises(DraftError):
        desk.suggestions.suggest(replace(CLAIM, cite=""), ALICE)
    assert desk.base.proposals.open() == ()
    with pytest.raises(NotKnownError):
        desk.suggestions.approve(7, ANN)


def test_a_member_may_suggest_so_many_a_day(desk: Desk) -> None:
    desk.base.settings.change(ANN, suggestions_a_day=2)
    for text in ("One thing.", "Another thing."):
        desk.suggestions.suggest(replace(CLAIM, text=text), ALICE)
    with pytest.raises(UsageError, match="2 suggestions in a day"):
        desk.suggestions.suggest(CLAIM, ALICE)
    desk.suggestions.suggest(CLAIM, BOB)
    desk.base.settings.change(ANN, suggestions_a_day=0)
    with pytest.raises(UsageError, match="switched off"):
        desk.suggestions.suggest(CLAIM, note("carl", None))


def test_a_fact_about_a_person_needs_two_where_the_server_says_so(desk: Desk) -> None:
    assert desk.suggestions.suggest(OF_A_PERSON, ALICE).needed == 1
    desk.base.settings.change(ANN, two_moderators=True)
    number = desk.suggestions.suggest(OF_A_PERSON, ALICE).number
    first = desk.suggestions.approve(number, ANN)
    assert (first.proposal.status, first.applied) == ("open", None)
    with pytest.raises(DecidedError, match="another moderator"):
        desk.suggestions.approve(number, ANN)
    assert desk.suggestions.approve(number, BOB).applied is not None
    assert desk.suggestions.suggest(CLAIM, ALICE).needed == 1


def test_a_moderators_own_change_waits_for_a_second_one(desk: Desk) -> None:
    desk.base.settings.change(ANN, two_moderators=True)
    assert desk.suggestions.needs_second(desk.editorial.look(OF_A_PERSON))
    proposal = desk.suggestions.propose(OF_A_PERSON, ANN, key="k")
    assert desk.suggestions.propose(OF_A_PERSON, ANN, key="k") == proposal
    assert (proposal.approvals, proposal.status) == (("ann",), "open")
    assert desk.suggestions.approve(proposal.number, BOB).applied is not None


def test_a_suggestion_that_is_changed_has_to_be_agreed_to_again_and_by_two_once_it_names_a_person(desk: Desk) -> None:
    desk.base.settings.change(ANN, two_moderators=True)
    number = desk.suggestions.suggest(CLAIM, ALICE).number
    assert desk.suggestions.draft(number) == replace(CLAIM, proposal=number)
    revised = desk.suggestions.revise(number, replace(desk.suggestions.draft(number), by=("lee",)), ANN)
    assert (revised.needed, revised.approvals) == (2, ())
    assert desk.suggestions.approve(number, ANN).applied is None
    assert desk.suggestions.approve(number, BOB).applied is not None
    assert desk.base.facts([9])[0].fact.by == ("lee",)


def test_what_no_longer_fits_is_not_decided(desk: Desk) -> None:
    form = replace(desk.editorial.open_draft(7), text="Repairs will cost 5 million dollars.")
    number = desk.suggestions.suggest(form, ALICE).number
    desk.editorial.save(replace(form, text="Repairs will cost 6 million dollars."), ANN)
    with pytest.raises(UsageError, match="changed meanwhile"):
        desk.suggestions.approve(number, BOB)
    assert desk.base.proposals.get(number).status == "open"
    assert desk.base.proposals.get(number).approvals == ()


def test_a_suggestion_that_was_deleted_is_no_longer_there_to_be_approved(desk: Desk) -> None:
    number = desk.suggestions.suggest(CLAIM, ALICE).number
    desk.base.privacy.delete("alice", 1)
    for work in (desk.suggestions.draft, lambda each: desk.suggestions.approve(each, ANN)):
        with pytest.raises(DecidedError, match="withdrawn already"):
            work(number)
    assert desk.suggestions.suggest(CLAIM, BOB).number == number + 1
