"""Articles taken into stories of a real base: found again, compared sentence by sentence, undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.drafting.article import read_article
from bot.drafting.intake import ACTION, Intake, Taken, new_story, story_of
from bot.facts.base import FactBase
from bot.facts.dates import parse_date
from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.facts.models import Citation, Fact, Source, StoryInfo
from bot.stories.load import load_story
from tests.support.paths import HARBOUR

SIGNED = sign("tester", None)
WIRE = """\
Bridge closed after inspection
Coast Wire, 2021-03-04

HARBOUR (Coast Wire) – The city closed the Harbour Bridge on Wednesday. Mayor Maria Lee said that the bridge was not safe.

“Safety comes first,” she told reporters. No one was injured.

Divers had found wide cracks in two of the piers.
"""
LOCAL = """\
No bridge for a year
By Ann Toft
Harbour Gazette, 2021-03-05

The city closed the Harbour Bridge on Wednesday. Mayor Maria Lee said that the bridge was not safe.

Divers had found wide cracks in two of the piers. Lee expects the repair to take a year.
"""


@pytest.fixture
def base() -> Iterator[FactBase]:
    with FactBase.memory() as base:
        base.apply(load_story(HARBOUR), by="test")
        yield base


def source(text: str, name: str = "wire", **fields: str) -> Source:
    article = read_article(text)
    day = parse_date(article.published) if article.published else None
    made = Source(name, "article-newspaper", article.title or "", article.outlet, article.authors, day)
    return replace(made, **fields)  # type: ignore[arg-type]


def take(intake: Intake, text: str, name: str = "wire", **fields: str) -> Taken:
    return intake.take(read_article(text), source(text, name, **fields), SIGNED)


def passages(base: FactBase, story: str) -> dict[str, str]:
    return {fact.id: fact.text for fact in base.story(story).facts if fact.kind == "passage"}


def test_a_new_story_is_one_change_with_one_line_in_the_log_and_goes_with_an_undo(base: FactBase) -> None:
    intake = Intake(base, new_story(base, "Bridge closed after inspection"))
    taken = take(intake, WIRE)
    assert not taken.known
    assert [info.id for info in base.stories()] == ["harbour-bridge", "bridge-closed-after-inspection"]
    assert list(passages(base, intake.info.id)) == ["wire-p1-s1", "wire-p1-s2", "wire-p2-s1", "wire-p2-s2", "wire-p3-s1"]
    assert [(line.action, line.change) for line in base.logbook.entries(limit=1)] == [(ACTION, taken.applied.change)]
    assert taken.applied.change is not None
    base.revisions.undo(taken.applied.change, SIGNED)
    assert (passages(base, intake.info.id), base.story(intake.info.id).sources) == ({}, ())


def test_actors_that_people_wrote_are_found_again_and_stay_as_they_wrote_them(base: FactBase) -> None:
    before = {actor.id: actor for actor in base.story("harbour-bridge").actors}
    taken = take(Intake(base, StoryInfo("harbour-bridge", "")), WIRE)
    after = {actor.id: actor for actor in base.story("harbour-bridge").actors}
    said = next(fact for fact in base.story("harbour-bridge").facts if fact.id == "wire-p2-s1")
    assert said.by == ("lee",)
    assert [actor.name for actor in taken.people] == ["Maria Lee"]
    for name, actor in before.items():
        new = after[name]
        assert (new.name, new.kind, new.role, new.citations) == (actor.name, actor.kind, actor.role, actor.citations)
        assert new.aliases[: len(actor.aliases)] == actor.aliases
    assert base.story("harbour-bridge").info == load_story(HARBOUR).info


def test_a_namesake_gets_no_fact_of_an_actor_and_no_alias(base: FactBase) -> None:
    text = "Lees at odds\n\nJohn Lee, a fisherman, said that the bridge was safe. Lee wants it open.\n"
    take(Intake(base, StoryInfo("harbour-bridge", "")), text, "odds")
    story = base.story("harbour-bridge")
    john = next(actor for actor in story.actors if actor.name == "John Lee")
    assert all(fact.by in ((john.id,), ()) for fact in story.facts if fact.id.startswith("odds"))
    assert "Lee" not in next(actor for actor in story.actors if actor.id == "lee").aliases


def test_the_same_article_is_not_taken_twice(base: FactBase) -> None:
    intake = Intake(base, new_story(base, "Bridge"))
    take(intake, WIRE, url="https://wire.example/bridge")
    version = base.version()
    for fields in ({}, {"name": "other", "url": "http://www.wire.example/bridge/?utm_source=x"}):
        taken = take(Intake(base, intake.info), WIRE, **fields)
        assert (taken.known, taken.source.id, taken.applied.change) == (True, "wire", None), fields
    assert base.version() == version
    renamed = take(Intake(base, intake.info), WIRE, title="Another headline")
    assert (renamed.known, renamed.source.title, renamed.comparison.put) == (True, "Another headline", [])
    assert story_of(base, read_article(WIRE), source(WIRE)) == intake.info
    assert story_of(base, read_article(LOCAL), source(LOCAL, "local")) is None


def test_another_article_of_the_same_name_gets_an_id_of_its_own(base: FactBase) -> None:
    intake = Intake(base, new_story(base, "Bridge"))
    take(intake, WIRE, "page")
    taken = take(intake, "Ferry sinks\n\nA ferry sank off Skerrow on Monday, its owner said in a short statement.\n", "page")
    assert (taken.known, taken.source.id) == (False, "page-2")
    assert "page-2-p1-s1" in passages(base, intake.info.id)


def test_two_papers_under_one_headline_without_outlet_and_day_are_two_articles(base: FactBase) -> None:
    intake = Intake(base, new_story(base, "Bridge"))
    take(intake, "Statement\n\nThe bridge is closed until further notice, the city says.\n", "one")
    taken = take(intake, "Statement\n\nThe ferry will run every twenty minutes from Monday on.\n", "two")
    assert (taken.known, len(passages(base, intake.info.id))) == (False, 2)


def test_an_agencys_text_in_another_paper_is_noted_and_its_sentences_are_one(base: FactBase) -> None:
    intake = Intake(base, new_story(base, "Bridge"))
    take(intake, WIRE)
    taken = take(Intake(base, intake.info), LOCAL, "gazette")
    assert taken.carried is not None
    assert (taken.carried.id, taken.source.note) == ("wire", "As carried by Coast Wire.")
    closed = next(fact for fact in base.story(intake.info.id).facts if fact.id == "wire-p1-s1")
    assert [(citation.source, citation.locator) for citation in closed.citations] == [("wire", "1"), ("gazette", "1")]
    assert [name for name in passages(base, intake.info.id) if name.startswith("gazette")] == ["gazette-p2-s2"]


def test_of_an_article_that_changed_only_what_changed_is_made_anew(base: FactBase) -> None:
    intake = Intake(base, new_story(base, "Bridge"))
    take(intake, WIRE)
    numbers = {record.fact.id: record.number for record in base.all_facts(intake.info.id)}
    changed = WIRE.replace("in two of the piers", "in three of the piers").replace(" No one was injured.", "")
    changed = changed.replace("\n\nDivers", "\n\nA ferry runs from Fish Quay every twenty minutes.\n\nDivers")
    taken = take(Intake(base, intake.info), changed)
    assert [before.id for before, _ in taken.comparison.changed] == ["wire-p3-s1"]
    assert [fact.text for fact in taken.comparison.added] == ["A ferry runs from Fish Quay every twenty minutes."]
    assert [fact.id for fact in taken.comparison.gone] == ["wire-p2-s2"]
    assert [step.fact.text for step in base.revisions.history(numbers["wire-p3-s1"])] == [
        "Divers had found wide cracks in two of the piers.",
        "Divers had found wide cracks in three of the piers.",
    ]
    assert base.revisions.history(numbers["wire-p2-s2"])[-1].action == "retract"
    assert len(base.revisions.history(numbers["wire-p1-s2"])) == 1
    assert taken.applied.change is not None
    base.revisions.undo(taken.applied.change, SIGNED)
    assert take(Intake(base, intake.info), WIRE).applied.change is None


def test_a_sentence_that_comes_back_is_the_same_fact_and_one_that_a_person_took_back_stays_away(base: FactBase) -> None:
    intake = Intake(base, new_story(base, "Bridge"))
    take(intake, WIRE)
    shorter = WIRE.replace(" No one was injured.", "")
    take(intake, shorter)
    assert "wire-p2-s2" not in passages(base, intake.info.id)
    taken = take(intake, WIRE)
    assert [fact.id for fact in taken.comparison.added] == ["wire-p2-s2"]
    base.revisions.apply(Edit(intake.info.id, retract=("wire-p3-s1",)), SIGNED, action="retract")
    assert take(intake, WIRE).applied.change is None
    assert "wire-p3-s1" not in passages(base, intake.info.id)


def test_facts_that_cite_a_paragraph_which_changed_are_named(base: FactBase) -> None:
    intake = Intake(base, new_story(base, "Bridge"))
    take(intake, WIRE)
    kept = Fact("injured", "claim", "Nobody was hurt.", (Citation("wire", "paragraph", "2"),))
    divers = Fact("divers", "claim", "Divers found cracks.", (Citation("wire", "paragraph", "3"),))
    closed = Fact("closed", "claim", "It is closed.", (Citation("wire", "paragraph", "1"),))
    base.revisions.apply(Edit(intake.info.id, facts=(kept, divers, closed)), SIGNED)
    changed = WIRE.replace(" No one was injured.", "").replace("\n\nDivers", "\n\nA ferry runs from Fish Quay now.\n\nDivers")
    taken = take(intake, changed)
    assert [(stale.fact.id, stale.paragraph, stale.now) for stale in taken.stale] == [("injured", "2", ""), ("divers", "3", "4")]


def test_what_was_kept_edited_or_dropped_is_left_as_it_is_when_the_article_is_read_again(base: FactBase) -> None:
    intake = Intake(base, new_story(base, "Bridge"))
    take(intake, WIRE)
    read = {fact.id: fact for fact in base.story(intake.info.id).facts}
    kept = replace(read["wire-p1-s1"], reviewed=True)
    edited = Fact("wire-p2-s2", "claim", "Nobody was hurt.", (Citation("wire", "paragraph", "2"),))
    base.revisions.apply(Edit(intake.info.id, facts=(kept, edited)), SIGNED, action="edit")
    base.revisions.apply(Edit(intake.info.id, retract=("wire-p3-s1",)), SIGNED, action="drop fact")
    before = base.story(intake.info.id)
    taken = take(intake, WIRE)
    assert (taken.known, taken.applied.change) == (True, None)
    assert base.story(intake.info.id) == before
    changed = WIRE.replace("closed the Harbour Bridge on Wednesday", "closed the old Harbour Bridge on Wednesday")
    taken = take(intake, changed.replace(" No one was injured.", ""))
    assert [fact.text for fact in taken.comparison.added] == ["The city closed the old Harbour Bridge on Wednesday."]
    assert [(stale.fact.id, stale.paragraph) for stale in taken.stale] == [("wire-p2-s2", "2"), ("wire-p1-s1", "1")]
    facts = {fact.id: fact for fact in base.story(intake.info.id).facts}
    assert (facts[kept.id], facts[edited.id]) == (kept, edited)


def test_a_kept_sentence_that_another_paper_prints_is_no_second_fact_and_has_one_source_more(base: FactBase) -> None:
    intake = Intake(base, new_story(base, "Bridge"))
    take(intake, WIRE)
    story = intake.info.id
    kept = next(fact for fact in base.story(story).facts if fact.text.endswith("closed the Harbour Bridge on Wednesday."))
    base.revisions.apply(Edit(story, facts=(replace(kept, reviewed=True),)), SIGNED)
    for reader in (intake, Intake(base, intake.info)):
        local = take(reader, LOCAL, "local")
        (now,) = [fact for fact in base.story(story).facts if fact.text == kept.text]
        assert (now.id, now.reviewed) == (kept.id, True)
        assert [citation.source for citation in now.citations] == ["wire", "local"]
        assert local.applied.change is not None
        again = take(reader, LOCAL, "local")
        assert (again.known, again.applied.change) == (True, None)
        base.revisions.undo(local.applied.change, SIGNED)
        assert kept.citations == next(fact for fact in base.story(story).facts if fact.id == kept.id).citations


def test_an_article_whose_sentences_were_all_kept_is_known_again_by_them(base: FactBase) -> None:
    intake = Intake(base, new_story(base, "Bridge"))
    take(intake, WIRE.replace("Coast Wire, 2021-03-04\n", ""))
    facts = tuple(replace(fact, reviewed=True) for fact in base.story(intake.info.id).facts)
    base.revisions.apply(Edit(intake.info.id, facts=facts), SIGNED, action="keep fact")
    taken = take(intake, WIRE.replace("Coast Wire, 2021-03-04\n", ""), title="Another headline")
    assert (taken.known, taken.comparison.added) == (True, [])


def test_a_day_given_later_dates_the_sentences(base: FactBase) -> None:
    text = WIRE.replace("Coast Wire, 2021-03-04\n", "")
    intake = Intake(base, new_story(base, "Bridge"))
    take(intake, text)
    dates = {fact.id: fact.date for fact in base.story(intake.info.id).facts}
    assert dates["wire-p1-s1"] is None
    article = replace(source(text), published=parse_date("2021-03-04"))
    taken = intake.take(read_article(text), article, SIGNED, stated=("published",))
    assert taken.known
    dates = {fact.id: fact.date for fact in base.story(intake.info.id).facts}
    assert dates["wire-p1-s1"] == parse_date("2021-03-03")
    assert [record.fact.id for record in base.by_date("event", story=intake.info.id, passages=True)] == ["wire-p1-s1"]


def test_a_source_that_people_wrote_keeps_what_they_wrote_and_gets_what_it_lacks(base: FactBase) -> None:
    text = "Bridge shut\n\nThe city closed the bridge on Wednesday after an inspection, the mayor said.\n"
    taken = take(
        Intake(base, StoryInfo("harbour-bridge", "")), text, "page", url="https://example.org/a", archive="https://a.b/c"
    )
    assert (taken.known, taken.source) == (True, next(kept for kept in load_story(HARBOUR).sources if kept.id == "gazette"))
    assert list(passages(base, "harbour-bridge")) == ["gazette-p1-s1"]


def test_a_change_by_somebody_else_meanwhile_is_seen(base: FactBase) -> None:
    intake = Intake(base, new_story(base, "Bridge"))
    take(intake, WIRE)
    base.revisions.apply(Edit(intake.info.id, retract=("wire-p3-s1",)), SIGNED, action="retract")
    taken = take(intake, LOCAL, "gazette")
    assert [fact.id for fact in taken.comparison.shared] == ["wire-p1-s1", "wire-p1-s2"]


def test_what_a_sentence_quotes_and_tells_is_revised_taken_back_and_undone_with_it(base: FactBase) -> None:
    intake = Intake(base, new_story(base, "Bridge"))

    def listed() -> tuple[list[str], list[str]]:
        quotes = base.by_date("quote", story=intake.info.id, passages=True)
        events = base.by_date("event", story=intake.info.id, passages=True)
        words = [record.fact.text[start:end] for record in quotes for start, end in record.fact.quoted]
        return words, [record.fact.id for record in events]

    first = take(intake, WIRE)
    assert listed() == (["Safety comes first"], ["wire-p1-s1"])
    take(intake, WIRE.replace("Safety comes first", "Safety has to come first"))
    assert listed() == (["Safety has to come first"], ["wire-p1-s1"])
    take(intake, WIRE.replace("“Safety comes first,” she told reporters. ", "").replace(" on Wednesday", ""))
    assert listed() == ([], [])
    take(intake, WIRE)
    assert listed() == (["Safety comes first"], ["wire-p1-s1"])
    assert first.applied.change is not None
    take(Intake(base, replace(intake.info, id="other")), WIRE)
    base.revisions.undo(base.logbook.entries(limit=1)[0].change or 0, SIGNED)
    assert base.by_date("quote", "event", story="other", passages=True) == ()


def test_an_article_that_was_taken_is_known_whatever_is_said_of_it_later(base: FactBase) -> None:
    intake = Intake(base, StoryInfo("harbour-bridge", "x"))
    first = take(intake, WIRE)
    described = source(WIRE, "other", title="Quite another headline", publisher="Another Outlet")
    fields = ("title", "publisher", "published")
    again = intake.take(read_article(WIRE), described, SIGNED, known=first.source.id, stated=fields)
    assert again.known
    assert (again.source.id, again.source.publisher) == (first.source.id, "Another Outlet")
    assert intake.take(read_article(LOCAL), source(LOCAL, "local"), SIGNED, known="gone").source.id == "local"


def test_a_sentence_that_only_another_paper_prints_now_stands_behind_nothing_of_the_first(base: FactBase) -> None:
    def before(name: str) -> str | None:
        return next(fact.context for fact in base.story(intake.info.id).facts if fact.id == name)

    intake = Intake(base, new_story(base, "Bridge closed after inspection"))
    take(intake, WIRE)
    take(intake, LOCAL, "gazette")
    assert before("wire-p3-s1") == "No one was injured."
    take(intake, WIRE.replace("Divers had found wide cracks in two of the piers.", "The council meets on Monday."))
    assert before("wire-p3-s1") is None
    take(intake, LOCAL, "gazette")
    assert before("wire-p3-s1") == "Mayor Maria Lee said that the bridge was not safe."
