"""Suggestions: taken once, limited, decided once, and by two where a person is named and the server asks for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.editing.form_fields import read_date
from bot.editing.typed_fact import NewSource, TypedFact, date_words
from bot.errors import DecidedError, FormError, NotKnownError, TwoNeededError, UsageError
from bot.facts.dates import StoryDate
from bot.facts.logbook import sign
from bot.facts.models import Actor, Source
from bot.service.session import Session

STORY = "harbour-bridge"
ALICE, ANN, BOB = sign("alice", None), sign("ann", None), sign("bob", None)
MODERATOR = sign("ann", None, alone=False)
CLAIM = TypedFact("claim", STORY, text="A new bridge would cost 90 million dollars.", cite="gazette#9")
OF_A_PERSON = replace(CLAIM, by=("okoro",))


def test_a_suggestion_becomes_a_fact_signed_by_who_approved_it(session: Session) -> None:
    proposal = session.suggestions.suggest(CLAIM, ALICE)
    assert session.base.count() == 8
    decision = session.suggestions.approve(proposal.number, ANN)
    assert (decision.proposal.status, decision.proposal.decided_by) == ("approved", "ann")
    assert decision.applied is not None
    assert decision.proposal.change == decision.applied.change
    assert session.base.revisions.history(9)[0].by == "ann"
    assert session.base.proposals.get(proposal.number) == decision.proposal


def test_the_same_form_sent_twice_is_one_suggestion(session: Session) -> None:
    assert session.suggestions.suggest(CLAIM, ALICE, key="k") == session.suggestions.suggest(CLAIM, ALICE, key="k")
    assert len(session.base.proposals.open()) == 1


def test_a_suggestion_is_decided_once(session: Session) -> None:
    number = session.suggestions.suggest(CLAIM, ALICE).number
    session.suggestions.approve(number, ANN)
    for work in (
        lambda: session.suggestions.approve(number, BOB),
        lambda: session.suggestions.reject(number, sign("bob", "no")),
        lambda: session.suggestions.revise(number, CLAIM, BOB),
    ):
        with pytest.raises(DecidedError, match="has already been approved"):
            work()
    assert session.base.count() == 9


def test_a_rejection_needs_a_reason(session: Session) -> None:
    number = session.suggestions.suggest(CLAIM, ALICE).number
    with pytest.raises(UsageError, match="Say why"):
        session.suggestions.reject(number, ANN)
    assert session.suggestions.reject(number, sign("ann", "no source")).reason == "no source"
    with pytest.raises(DecidedError, match="has already been rejected"):
        session.suggestions.approve(number, BOB)
    assert session.base.count() == 8


def test_what_cannot_be_taken_is_told_and_counts_for_nothing(session: Session) -> None:
    with pytest.raises(FormError):
        session.suggestions.suggest(replace(CLAIM, cite=""), ALICE)
    assert session.base.proposals.open() == ()
    with pytest.raises(NotKnownError):
        session.suggestions.approve(7, ANN)


def test_a_member_may_suggest_so_many_a_day(session: Session) -> None:
    session.base.settings.change(ANN, suggestions_a_day=2)
    for text in ("One thing.", "Another thing."):
        session.suggestions.suggest(replace(CLAIM, text=text), ALICE)
    with pytest.raises(UsageError, match="2 suggestions in one day"):
        session.suggestions.suggest(CLAIM, ALICE)
    session.suggestions.suggest(CLAIM, BOB)
    session.base.settings.change(ANN, suggestions_a_day=0)
    with pytest.raises(UsageError, match="switched off"):
        session.suggestions.suggest(CLAIM, sign("carl", None))


def test_a_fact_about_a_person_needs_two_where_the_server_says_so(session: Session) -> None:
    assert session.suggestions.suggest(OF_A_PERSON, ALICE).needed == 1
    session.base.settings.change(ANN, two_moderators=True)
    number = session.suggestions.suggest(OF_A_PERSON, ALICE).number
    first = session.suggestions.approve(number, ANN)
    assert (first.proposal.status, first.applied) == ("open", None)
    with pytest.raises(DecidedError, match="another moderator"):
        session.suggestions.approve(number, ANN)
    assert session.suggestions.approve(number, BOB).applied is not None
    assert session.suggestions.suggest(CLAIM, ALICE).needed == 1


@pytest.mark.parametrize(
    "typed_fact",
    [
        replace(CLAIM, text="Mayor Lee took 90 million dollars."),
        replace(CLAIM, text="maria lee took 90 million dollars."),
        TypedFact(
            "quote", STORY, text="It will be painted.", by=("gazette-org",), context="said to Daniel Okoro", cite="gazette#9"
        ),
    ],
)
def test_a_fact_names_a_person_by_a_name_in_its_words_too(typed_fact: TypedFact, session: Session) -> None:
    session.sources_and_actors.put_actor(STORY, Actor("gazette-org", "The Gazette", "organisation"), ANN)
    session.base.settings.change(ANN, two_moderators=True)
    assert session.suggestions.suggest(typed_fact, ALICE).needed == 2
    assert session.suggestions.needs_second(session.editor.preview(typed_fact))


def test_taking_a_person_out_of_a_fact_needs_two_as_well(session: Session) -> None:
    session.base.settings.change(ANN, two_moderators=True)
    form = session.editor.open_form(session.base.search.number("lee-safety")[0])
    without = replace(form, kind="claim", by=(), context="", text="Safety came first.")
    assert session.suggestions.needs_second(session.editor.preview(without))


def test_what_cannot_wait_for_a_second_moderator_is_for_who_manages_the_server(session: Session) -> None:
    revisions, editor, changes, items = session.base.revisions, session.editor, session.changes, session.sources_and_actors
    quote, traffic = session.base.search.number("lee-safety")[0], session.base.search.number("crossings")[0]
    lee = next(actor.actor for actor in session.base.actors() if actor.actor.id == "lee")
    change = editor.save(replace(editor.open_form(quote), text="Safety."), ANN).change or 0
    why = sign("ann", "wrong")
    session.base.settings.change(ANN, two_moderators=True)
    for work in (
        lambda: editor.retract(quote, replace(why, alone=False)),
        lambda: changes.undo(change, MODERATOR),
        lambda: changes.revert(quote, MODERATOR),
        lambda: changes.revert(quote, MODERATOR, revision=1),
        lambda: items.put_actor(STORY, replace(lee, role="Thief"), MODERATOR),
        lambda: items.put_actor(STORY, replace(lee, kind="other"), MODERATOR),
    ):
        with pytest.raises(TwoNeededError, match="manage the server"):
            work()
    assert revisions.show(quote).fact.text == "Safety."
    assert items.put_actor(STORY, Actor("", "Ann Ash", "person"), MODERATOR).id == "ann-ash"
    assert editor.retract(traffic, replace(why, alone=False)).retracted == (traffic,)
    gone = editor.retract(quote, why)
    with pytest.raises(TwoNeededError):
        changes.undo(gone.change or 0, MODERATOR)
    session.base.settings.change(ANN, two_moderators=False)
    assert changes.undo(gone.change or 0, MODERATOR).added == (quote,)


def test_an_actor_is_not_given_the_name_of_a_person_by_one_alone(session: Session) -> None:
    items = session.sources_and_actors
    council = items.put_actor(STORY, Actor("", "The town council", "organisation"), ANN)
    session.base.settings.change(ANN, two_moderators=True)
    for named in (
        replace(council, name="Maria Lee"),
        replace(council, name="Lee"),
        replace(council, aliases=("Mayor Lee",)),
        replace(council, name="Jonathan Ashby"),
        replace(council, name="dr ashby"),
        replace(council, aliases=("Maria de la Cruz",)),
    ):
        with pytest.raises(TwoNeededError):
            items.put_actor(STORY, named, MODERATOR)
    assert items.put_actor(STORY, replace(council, name="Maria Lee"), ANN).name == "Maria Lee"
    with pytest.raises(TwoNeededError):  # nor does it get another name again
        items.put_actor(STORY, replace(council, name="Lee", aliases=()), MODERATOR)


@pytest.mark.parametrize("name", ["The council", "Harbour Council", "Town council of the harbour", "HC"])
def test_an_organisation_is_called_otherwise_by_one_alone(name: str, session: Session) -> None:
    council = session.sources_and_actors.put_actor(STORY, Actor("", "The town council", "organisation"), ANN)
    session.base.settings.change(ANN, two_moderators=True)
    assert session.sources_and_actors.put_actor(STORY, replace(council, name=name, role="Runs it"), MODERATOR).name == name


def test_the_sources_of_a_fact_that_names_a_person_are_changed_by_two(session: Session) -> None:
    editor, items = session.editor, session.sources_and_actors
    quote, traffic = session.base.search.number("lee-safety")[0], session.base.search.number("crossings")[0]
    cited = {record.number: record.sources[0] for record in session.base.facts([quote, traffic])}
    more = TypedFact("claim", STORY, text="It is so.", cite="https://example.org/more")
    session.base.settings.change(ANN, two_moderators=True)

    def change(number: int, **what: str) -> Source:
        return items.put_source(STORY, replace(cited[number], **what), MODERATOR)  # type: ignore[arg-type]

    for work in (
        lambda: change(quote, title="Another title"),
        lambda: change(quote, url="https://example.org/another"),
        lambda: editor.add_source_to(quote, more, MODERATOR),
    ):
        with pytest.raises(TwoNeededError):
            work()
    new = items.put_source(STORY, replace(cited[quote], id="", title="A letter", url=None), MODERATOR)
    assert items.put_source(STORY, replace(new, title="Another letter"), MODERATOR).title == "Another letter"
    assert editor.add_source_to(traffic, more, MODERATOR).revised == (traffic,)
    (letter,) = [source for source in session.base.facts([traffic])[0].sources if "more" in (source.url or "")]
    with pytest.raises(TwoNeededError):  # its title would name one
        items.put_source(STORY, replace(letter, title="What Maria Lee did"), MODERATOR)
    changed = items.put_source(STORY, replace(cited[quote], title="Another title"), ANN, key="by a manager")
    assert changed.title == "Another title"
    undone = session.base.revisions.result_for_key("by a manager")
    assert undone is not None
    with pytest.raises(TwoNeededError):
        session.changes.undo(undone.change or 0, MODERATOR)


def test_how_readers_ask_for_a_fact_that_names_a_person_is_changed_by_two(session: Session) -> None:
    quote, traffic = session.base.search.number("lee-safety")[0], session.base.search.number("crossings")[0]
    plain, named = (session.gaps.note(asked, "unanswered") or 0 for asked in ("What is the toll?", "What did Maria Lee steal?"))
    session.base.settings.change(ANN, two_moderators=True)
    for gap, fact in ((plain, quote), (named, traffic)):
        with pytest.raises(TwoNeededError):
            session.gaps.answered_by(gap, fact, MODERATOR)
        assert session.gaps.get(gap).status == "open"
    assert not session.suggestions.needs_second(session.editor.preview(CLAIM))
    assert session.suggestions.needs_second(session.editor.preview(replace(CLAIM, gap=named)))
    assert session.suggestions.needs_second(session.editor.preview(replace(CLAIM, asked_as=("What did Maria Lee take?",))))
    assert not session.suggestions.needs_second(session.editor.preview(replace(CLAIM, gap=plain)))
    assert session.gaps.answered_by(plain, traffic, MODERATOR).revised == (traffic,)


def test_an_answer_taken_back_with_a_fact_that_names_a_person_is_taken_back_by_two(session: Session) -> None:
    quote, traffic = session.base.search.number("lee-safety")[0], session.base.search.number("crossings")[0]
    gap = session.gaps.note("What is the toll?", "unanswered") or 0
    session.gaps.answered_by(gap, traffic, ANN, others=[quote])
    session.base.settings.change(ANN, two_moderators=True)
    with pytest.raises(TwoNeededError):
        session.changes.revert(traffic, MODERATOR)
    assert session.gaps.get(gap).status == "solved"
    assert session.changes.revert(traffic, ANN).revised == (traffic, quote)


def test_an_import_that_changes_what_facts_about_persons_rest_on_is_for_who_manages_the_server(session: Session) -> None:
    session.sources_and_actors.put_actor(STORY, Actor("council", "The council", "organisation"), ANN)
    session.editor.save(replace(CLAIM, by=("council",)), ANN)
    story = session.base.story(STORY)
    session.base.settings.change(ANN, two_moderators=True)
    quoted = next(fact for fact in story.facts if fact.id == "lee-safety").citations[0].source
    for number, changed in enumerate(
        (
            replace(
                story,
                sources=tuple(replace(source, title="Other") if source.id == quoted else source for source in story.sources),
            ),
            replace(
                story, actors=tuple(replace(actor, name="Ann Ash") if actor.id == "council" else actor for actor in story.actors)
            ),
            replace(story, actors=tuple(replace(actor, role="Thief") if actor.id == "lee" else actor for actor in story.actors)),
        )
    ):
        state = session.base.revisions.story_version(STORY)
        with pytest.raises(UsageError, match="two moderators must agree"):
            session.files.import_once(changed, MODERATOR, seen=state, key=f"{number}")
    fine = replace(
        story, actors=tuple(replace(actor, role="Runs it") if actor.id == "council" else actor for actor in story.actors)
    )
    session.files.import_once(fine, MODERATOR, seen=session.base.revisions.story_version(STORY), key="fine")
    assert next(actor.role for actor in session.base.story(STORY).actors if actor.id == "council") == "Runs it"


def test_a_suggestion_gives_its_sources_to_a_fact_that_names_a_person_once_two_agree(session: Session) -> None:
    quote = session.base.search.number("lee-safety")[0]
    session.base.settings.change(ANN, two_moderators=True)
    number = session.suggestions.suggest(CLAIM, ALICE).number
    assert session.suggestions.approve(number, MODERATOR, same_as=quote).applied is None
    second = session.suggestions.approve(number, replace(BOB, alone=False), same_as=quote).applied
    assert second is not None
    assert second.revised == (quote,)


def test_who_agreed_and_is_no_moderator_any_more_does_not_count(session: Session) -> None:
    session.base.settings.change(ANN, two_moderators=True)
    number = session.suggestions.suggest(OF_A_PERSON, ALICE).number
    session.suggestions.approve(number, ANN)
    asked: list[str] = []

    def still(signer: str) -> bool:
        asked.append(signer)
        return signer != "ann"

    second = session.suggestions.approve(number, BOB, is_moderator=still)
    assert (second.applied, second.proposal.approvals, asked) == (None, ("bob",), ["ann"])
    assert session.suggestions.approve(number, sign("carl", None), is_moderator=still).applied is not None


def test_how_many_must_agree_is_found_out_when_it_is_decided(session: Session) -> None:
    number = session.suggestions.suggest(OF_A_PERSON, ALICE).number
    session.base.settings.change(ANN, two_moderators=True)
    assert session.suggestions.approve(number, ANN).applied is None
    assert session.base.proposals.get(number).needed == 2
    assert session.suggestions.approve(number, BOB).applied is not None


def test_yesterday_is_the_day_before_it_was_suggested(session: Session) -> None:
    proposal = session.suggestions.suggest(replace(CLAIM, date="yesterday"), ALICE)
    day = date_words(read_date("yesterday", date.min) or StoryDate("", None, None))
    assert TypedFact.decode(proposal.content).date == day
    cited = replace(CLAIM, cite="https://example.org/news", new_source=NewSource(published="yesterday"))
    source = TypedFact.decode(session.suggestions.suggest(cited, ALICE).content).new_source
    assert source is not None
    assert source.published == day


def test_deleting_what_is_kept_of_one_does_not_give_more_suggestions(session: Session, tmp_path: Path) -> None:
    session.base.settings.change(ANN, suggestions_a_day=1)
    session.suggestions.suggest(CLAIM, ALICE)
    session.base.privacy.delete("alice", 1)
    with pytest.raises(UsageError, match="1 suggestion in one day"):
        session.suggestions.suggest(CLAIM, ALICE)
    session.suggestions.suggest(CLAIM, BOB)
    assert b"alice" not in (tmp_path / "base.db").read_bytes() + (tmp_path / "base.db-wal").read_bytes()


def test_a_moderators_own_change_waits_for_a_second_one(session: Session) -> None:
    session.base.settings.change(ANN, two_moderators=True)
    assert session.suggestions.needs_second(session.editor.preview(OF_A_PERSON))
    proposal = session.suggestions.propose(OF_A_PERSON, ANN, key="k")
    assert session.suggestions.propose(OF_A_PERSON, ANN, key="k") == proposal
    assert (proposal.approvals, proposal.status) == (("ann",), "open")
    assert session.suggestions.approve(proposal.number, BOB).applied is not None


def test_a_suggestion_that_is_changed_has_to_be_agreed_to_again_and_by_two_once_it_names_a_person(session: Session) -> None:
    session.base.settings.change(ANN, two_moderators=True)
    number = session.suggestions.suggest(CLAIM, ALICE).number
    assert session.suggestions.typed_fact(number) == replace(CLAIM, proposal=number)
    revised = session.suggestions.revise(number, replace(session.suggestions.typed_fact(number), by=("lee",)), ANN)
    assert (revised.needed, revised.approvals) == (2, ())
    assert session.suggestions.approve(number, ANN).applied is None
    assert session.suggestions.approve(number, BOB).applied is not None
    assert session.base.facts([9])[0].fact.by == ("lee",)


def test_what_no_longer_fits_is_not_decided(session: Session) -> None:
    form = replace(session.editor.open_form(7), text="Repairs will cost 5 million dollars.")
    number = session.suggestions.suggest(form, ALICE).number
    session.editor.save(replace(form, text="Repairs will cost 6 million dollars."), ANN)
    with pytest.raises(UsageError, match="changed in the meantime"):
        session.suggestions.approve(number, BOB)
    assert session.base.proposals.get(number).status == "open"
    assert session.base.proposals.get(number).approvals == ()


def test_a_suggestion_that_was_deleted_is_no_longer_there_to_be_approved(session: Session) -> None:
    number = session.suggestions.suggest(CLAIM, ALICE).number
    session.base.privacy.delete("alice", 1)
    for work in (session.suggestions.typed_fact, lambda suggestion: session.suggestions.approve(suggestion, ANN)):
        with pytest.raises(DecidedError, match="has already been withdrawn"):
            work(number)
    assert session.suggestions.suggest(CLAIM, BOB).number == number + 1


def test_a_server_takes_no_more_suggestions_than_can_be_looked_at(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.editing.suggesting.MAX_OPEN", 3)
    made = [session.suggestions.suggest(CLAIM, sign(f"member {number}", None)) for number in range(3)]
    with pytest.raises(UsageError, match="no more can be taken for now"):
        session.suggestions.suggest(CLAIM, ALICE)
    session.suggestions.reject(made[0].number, sign("ann", "no source"))
    assert session.suggestions.suggest(CLAIM, ALICE).status == "open"


def test_moderators_propose_no_more_to_each_other_than_can_be_looked_at(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.editing.suggesting.MAX_PROPOSED", 2)
    proposed = [session.suggestions.propose(CLAIM, ANN) for _ in range(2)]
    with pytest.raises(UsageError, match="no more can be taken for now"):
        session.suggestions.propose(CLAIM, ANN)
    session.suggestions.reject(proposed[0].number, sign("bob", "no source"))
    assert session.suggestions.propose(CLAIM, ANN).status == "open"
