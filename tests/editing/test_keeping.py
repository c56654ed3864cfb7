"""Who has which card before them, in which order they come, and what becomes of a fact that is kept or dropped."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.editing.keeping import HOLD_SECONDS, Keeping, SentenceCard
from bot.errors import NotKnownError
from bot.facts.base import FactBase
from bot.facts.logbook import sign
from bot.facts.unreviewed import Coverage
from bot.service.replies import Reply
from bot.service.session import Session
from tests.answers.articles import LATER, LOCAL, WIRE, coverage
from tests.client.read_articles import FALL, HURT, JUNE, RUSTY, STORY, take

ANN, BEA = sign("ann", None), sign("bea", None)


@pytest.fixture
def base(session: Session) -> FactBase:
    """Return a base with a hand-made story and two stories of articles."""
    take(session.base)
    session.base.apply(coverage(WIRE, LOCAL, LATER), by="test")
    return session.base


class Clock:
    """A clock that goes when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keeping(base: FactBase, clock: Clock) -> Keeping:
    return Keeping(base, clock)


def shown(card: SentenceCard | None) -> str:
    assert card is not None
    return card.record.fact.id


def number(base: FactBase, name: str) -> int:
    return next(record.number for record in base.all_facts() if record.fact.id == name)


def test_a_card_is_before_one_moderator_for_some_minutes_and_then_free(keeping: Keeping, clock: Clock) -> None:
    mine = keeping.begin("ann", STORY)
    assert mine is not None
    assert shown(keeping.begin("bea", STORY)) != shown(mine)
    assert keeping.open("bea", mine.record.number) is None
    assert shown(keeping.open("ann", mine.record.number)) == shown(mine)
    clock.now += HOLD_SECONDS + 1
    assert shown(keeping.begin("bea", STORY)) == shown(mine)


def test_what_somebody_goes_on_from_is_free_for_others(keeping: Keeping) -> None:
    mine = keeping.begin("ann", STORY)
    assert mine is not None
    keeping.skip("ann", mine.record.number)
    keeping.next("ann")
    assert shown(keeping.begin("bea", STORY)) == shown(mine)


def test_a_round_is_of_one_story_or_of_all(base: FactBase, keeping: Keeping) -> None:
    waiting = base.unreviewed
    assert waiting.count() == waiting.count(STORY) + waiting.count("bridge") == 13
    card = keeping.begin("ann", "bridge")
    assert card is not None
    assert (card.record.story.id, card.position, card.total) == ("bridge", 1, 8)
    with pytest.raises(NotKnownError):
        keeping.begin("ann", "nowhere")


def test_what_answers_most_questions_comes_first_then_what_is_surest(base: FactBase, session: Session) -> None:
    assert base.unreviewed.waiting(STORY, limit=1)[0].record.fact.id == RUSTY, "it has a speaker and a quotation"
    june, hurt = (base.facts([number(base, name)]) for name in (JUNE, HURT))
    for title in ("when does it open?", "when will it open?"):
        session.replies.store(Reply(title, None, None, june, ()))
    for _ in range(3):
        session.replies.store(Reply("who?", None, None, (), hurt))
    waiting = base.unreviewed.waiting(STORY, limit=2)
    assert [(one.record.fact.id, one.asked) for one in waiting] == [(JUNE, 2), (RUSTY, 0)]
    assert base.unreviewed.asked(june[0].number) == 2


def test_a_sentence_that_was_kept_is_left_as_it_was_but_for_that(base: FactBase, keeping: Keeping) -> None:
    before = base.facts([number(base, FALL)])[0]
    outcome = keeping.keep(before.number, before.revision, ANN)
    assert outcome.applied is not None
    assert outcome.record.fact == replace(before.fact, reviewed=True)
    assert base.unreviewed.coverage(STORY) == Coverage(1, 5, 1)
    assert base.unreviewed.coverage("harbour-bridge") == Coverage()


def test_kept_at_once_by_two_it_is_kept_by_one(base: FactBase, keeping: Keeping) -> None:
    record = base.facts([number(base, FALL)])[0]
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(lambda signature: keeping.keep(record.number, record.revision, signature), (ANN, BEA)))
    kept = [outcome.last.by for outcome in outcomes if outcome.applied is not None]
    assert len(kept) == 1
    assert {outcome.last.by for outcome in outcomes} == set(kept)
    assert base.revisions.show(record.number).revision == 2


def test_what_is_kept_after_an_undo_is_kept_anew(base: FactBase, keeping: Keeping) -> None:
    record = base.facts([number(base, FALL)])[0]
    first = keeping.keep(record.number, record.revision, ANN)
    assert first.applied is not None
    assert first.applied.change is not None
    base.revisions.undo(first.applied.change, ANN)
    late = keeping.keep(record.number, record.revision, ANN)
    assert (late.applied, late.waits) == (None, True)
    assert keeping.keep(record.number, late.record.revision, ANN).applied is not None


def test_the_sentence_after_is_that_of_the_article_also_where_it_was_dropped(base: FactBase, keeping: Keeping) -> None:
    hurt, fall = number(base, HURT), number(base, FALL)
    keeping.drop(hurt, 1, ANN)
    card = keeping.open("ann", fall)
    assert card is not None
    assert (card.before, card.after) == ("", "Harbour master Ingrid Sallow said that nobody had been hurt.")


@pytest.mark.parametrize(
    ("name", "kind", "text", "people"),
    [
        (FALL, "event", "A crane fell onto the quay of Harbour on Wednesday [5 May 2021].", 1),
        (HURT, "claim", "Harbour master Ingrid Sallow said that nobody had been hurt.", 1),
        (RUSTY, "quote", "The crane was forty years old and rusty", 1),
        (JUNE, "claim", "She [Ingrid Sallow] expects the quay to open again in June [June 2021].", 0),
    ],
)
def test_the_form_of_a_sentence_begins_with_what_a_person_would_write_of_it(
    base: FactBase, session: Session, name: str, kind: str, text: str, people: int
) -> None:
    typed_fact = session.editor.open_form(number(base, name))
    assert (typed_fact.kind, typed_fact.text, len(typed_fact.by)) == (kind, text, people)
    assert typed_fact.date == ("5 May 2021" if name == FALL else ""), "in June nothing has happened yet"
    session.editor.save(typed_fact, ANN)
    written = base.facts([number(base, name)])[0]
    assert (written.fact.kind, written.fact.text, written.fact.reviewed) == (kind, text, True)
