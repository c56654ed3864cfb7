from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from bot.answers.reader.reader import shipped_reader
from bot.answers.reader.reading import MAX_AMONG
from bot.english.lexicon import Lexicon
from bot.errors import DateError, NotKnownError, UsageError
from bot.facts.base import FactBase
from bot.facts.dates import parse_date
from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.facts.models import Citation, Fact, FactRecord, Source, Story, StoryInfo
from bot.resources import lexicon_file
from bot.service.replies import Reply
from bot.service.session import Session
from bot.stories.load import load_story
from tests.support.documents import count_documents
from tests.support.paths import HARBOUR


@pytest.fixture
def session(lexicon: Lexicon) -> Iterator[Session]:
    base = FactBase.memory()
    base.apply(load_story(HARBOUR), by="test")
    session = Session(base, lexicon, reply_days=30)
    yield session
    session.close()


def ids(records: tuple[FactRecord, ...]) -> list[str]:
    return [record.fact.id for record in records]


@pytest.mark.parametrize("speaker", ["lee", "Maria Lee", "maria le", "the mayor", "Mayr Lee"])
def test_quotes_of_a_speaker_are_found_by_any_name_oldest_first(speaker: str, session: Session) -> None:
    assert ids(session.quotes(speaker, None)) == ["lee-safety", "lee-sorry"]


def test_quotes_about_something_are_those_that_are(session: Session) -> None:
    assert ids(session.quotes(None, "money for the piers")) == ["okoro-warned"]
    assert ids(session.quotes("lee", "safety"))[0] == "lee-safety"
    assert session.quotes("lee", "pizza toppings") == ()


def test_few_quotes_of_a_big_base_are_looked_at_for_those_about_something(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.answers.finding.index.WHOLE", 5)
    harbour = load_story(HARBOUR)
    parcels = tuple(
        Fact(f"parcel-{number}", "quote", f"Parcel {number} weighed a lot.", (Citation(harbour.sources[0].id),), by=("lee",))
        for number in range(4 * MAX_AMONG)
    )
    session.base.apply(replace(harbour, facts=(*harbour.facts, *parcels)), by="test")
    numbers = [record.number for record in session.base.by_date("quote")]
    blank = bytes(range(96)) * 3
    session.base.vectors.write([(number, b"", blank) for number in numbers], shipped_reader().weights.version)
    made = count_documents(monkeypatch)
    assert ids(session.quotes("lee", "safety"))[0] == "lee-safety"
    assert ids(session.quotes(None, "money for the piers"))[0] == "okoro-warned"
    assert 0 < sum(made) <= 2 * MAX_AMONG


def test_an_unknown_name_is_answered_with_the_nearest(session: Session) -> None:
    with pytest.raises(NotKnownError, match="Did you mean Daniel Okoro"):
        session.who("Daniela O'Koro-Smith")
    with pytest.raises(NotKnownError, match="Start typing"):
        session.who("qqq")


def test_the_page_of_an_actor_tells_what_it_did_said_and_what_others_say(session: Session) -> None:
    page = session.who("the bridge")
    assert ids(page.events) == ["inspection", "closure"]
    assert page.spoken == ()
    assert set(ids(page.about)) == {"lee-safety", "cost", "crossings"}
    page = session.who("Mayor Lee")
    assert ids(page.spoken) == ["lee-safety", "cost", "lee-sorry"]
    assert [source.id for source in page.sources] == ["gazette"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ["inspection", "closure", "ferry"]),
        ({"start": "March"}, ["closure", "ferry"]),
        ({"end": "3 march 2021"}, ["inspection", "closure"]),
        ({"start": "2021-03-04", "end": "2021"}, ["ferry"]),
        ({"end": "before 3 March 2021"}, ["inspection"]),
        ({"start": "after 3 March 2021"}, ["ferry"]),
        ({"actor": "port"}, ["ferry"]),
    ],
)
def test_the_time_line_keeps_to_a_period_and_an_actor(options: dict[str, str], expected: list[str], session: Session) -> None:
    assert ids(session.timeline(**options).facts) == expected


def test_a_period_that_cannot_be_is_said_plainly(session: Session) -> None:
    with pytest.raises(UsageError, match="swap"):
        session.timeline(start="2022", end="2021")
    with pytest.raises(DateError):
        session.timeline(start="the day after")


def test_what_a_time_line_does_not_show_is_said_with_what_it_does(session: Session) -> None:
    assert session.timeline(kind=" Quotes ").facts == session.timeline(kind="quotes").facts != ()
    with pytest.raises(UsageError, match="A time line shows events, quotes, claims or all, not “songs”"):
        session.timeline(kind="songs")


def test_a_date_without_a_year_is_read_from_the_last_day_on_which_something_happened() -> None:
    dates = ["2020-11-05", "2021-03-04", "2019-01-01/2023-12-31", "2022", None]
    story = Story(
        StoryInfo("s", "S"),
        (Source("a", "book", "A"),),
        (),
        tuple(
            Fact(f"f{n}", "event", "It was.", (Citation("a"),), date=parse_date(text) if text else None)
            for n, text in enumerate(dates)
        ),
    )
    with FactBase.memory() as base, closing(Lexicon(lexicon_file())) as lexicon:
        base.apply(story, by="test")
        session = Session(base, lexicon, reply_days=1)
        yesterday = datetime.now().astimezone().date() - timedelta(days=1)
        assert session.timeline(start="yesterday").period == f"from {yesterday.day} {yesterday:%B %Y}"
        assert session.timeline(start="november", end="4 march").period == "from November 2020 to 4 March 2021"
        assert session.timeline().period == ""


def test_a_story_that_there_is_not_is_told_before_an_actor_that_is_not_in_it(session: Session) -> None:
    for look in (
        lambda: session.who("nobody", story="other"),
        lambda: session.quotes("nobody", None, story="other"),
        lambda: session.timeline(actor="nobody", story="other"),
    ):
        with pytest.raises(NotKnownError, match=r'There is no story "other"\. Stories here: harbour-bridge'):
            look()


def test_names_are_read_anew_in_the_background_and_nobody_who_types_waits_for_it(session: Session) -> None:
    def rename(name: str) -> None:
        story = session.story("harbour-bridge")
        actors = tuple(replace(actor, name=name) if actor.id == "okoro" else actor for actor in story.actors)
        session.base.apply(replace(story, actors=actors), by="test")

    def offered() -> list[str]:
        return [record.actor.name for record in session.complete_actors("")]

    read: list[str] = []
    session.encode(most=1)
    session.base._connections._reader.set_trace_callback(lambda query: read.append(query) if "FROM actor " in query else None)
    session.encode(most=1)
    assert not read  # nobody has typed a name yet
    assert "Tunde Okoro" not in offered()
    rename("Tunde Okoro")
    session.encode(most=1)
    read.clear()
    assert "Tunde Okoro" in offered()
    assert not read
    rename("Bola Okoro")
    with session._reading_actors:  # as another thread does while it reads them
        assert "Tunde Okoro" in offered()
    assert session.find_actor("okoro").actor.name == "Bola Okoro"
    assert "Bola Okoro" in offered()


def test_sources_stand_most_cited_first(session: Session) -> None:
    assert [(use.source.id, use.cited) for use in session.sources()] == [("gazette", 6), ("radio", 3)]


def test_actors_are_completed_best_first_and_speakers_alone_where_asked(session: Session) -> None:
    assert [record.actor.id for record in session.complete_actors("oko")] == ["okoro"]
    assert {record.actor.id for record in session.complete_actors("", speakers=True)} == {"lee", "okoro"}
    assert len(session.complete_actors("")) == 4
    assert [info.id for info in session.complete_stories("harb")] == ["harbour-bridge"]


def test_a_kept_reply_comes_back_with_its_facts_as_they_stand_now(session: Session) -> None:
    facts = session.quotes("lee", None)
    reply = Reply("a title", "short", None, facts, facts[:1], "harbour-bridge")
    assert session.replies.load(session.replies.store(reply)) == reply
    unanswered = Reply("wer war das?", None, "note", (), facts[:1], is_question=True)
    assert session.replies.load(session.replies.store(unanswered)) == unanswered
    with pytest.raises(NotKnownError, match="too old"):
        session.replies.load("no-such-key")


def test_a_correction_is_as_old_as_the_last_change_that_a_reader_could_see(session: Session) -> None:
    (fact, *_) = session.quotes("lee", None)
    key = session.replies.store(Reply("a title", None, None, (fact,), (), "harbour-bridge"))
    for day, change in ((3, {"text": "The bridge is safe for now."}), (4, {"asked_as": ("Is it safe?",)}), (5, {"asked_as": ()})):
        edited = replace(session.base.revisions.show(fact.number).fact, **change)
        with time_machine.travel(datetime(2026, 3, day, tzinfo=UTC), tick=False):
            session.base.revisions.apply(Edit("harbour-bridge", facts=(edited,)), sign("tester", None))
    (correction,) = session.replies.load(key).corrected
    assert (correction.before.fact, correction.now.fact.text) == (fact.fact, "The bridge is safe for now.")
    assert correction.at.startswith("2026-03-03")
