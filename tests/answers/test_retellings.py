"""The same thing told by several articles, asked of real facts: one entry with all its sources, reviewed facts first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers.answerer import Answerer
from bot.answers.finding.index import Indexes
from bot.answers.models import Answer
from bot.answers.reader.reader import Reader
from bot.editing.keeping import Keeping
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.facts.logbook import sign
from bot.facts.models import FactRecord
from bot.presentation import wording
from bot.resources import reader_folder
from tests.answers.articles import LATER, LOCAL, WIRE, answering, coverage, with_reviewed

WHEN = "when was the harbour bridge closed"
TRAMS = "where do the trams stop"
COPY = WIRE.replace("Coast Wire, 2021", "Bay Post, 2021")
MANY = [
    f"Day {day}\n{name} Echo, 2021-04-{day}\n\nThe mayor of {name} spoke. The ferry to {name} sailed. It rained in {name}.\n"
    for day, name in enumerate(("Alder", "Birch", "Cedar", "Elm", "Fir"), 10)
]


def sources_of(record: FactRecord) -> list[str]:
    return [citation.source for citation in record.fact.citations]


def shown(answer: Answer) -> list[tuple[str, list[str]]]:
    return [(fact.record.fact.id, sources_of(fact.record)) for fact in answer.facts]


def test_what_several_articles_tell_is_one_entry_with_all_its_sources(lexicon: Lexicon) -> None:
    with answering(coverage(WIRE, LOCAL, LATER), lexicon) as answerer:
        answer = answerer.ask(WHEN)
    assert shown(answer) == [("coast-p1-s1", ["coast", "harbour", "lake"])]
    (fact,) = answer.facts
    assert fact.record.fact.text.startswith("The city closed the Harbour Bridge on Wednesday after"), "word for word as it stands"
    assert [record.fact.id for record in fact.retellings] == ["coast-p1-s1", "harbour-p1-s1", "lake-p1-s1"]
    assert answer.explanation.sources == 3
    assert wording.standing([fact.record], str) == "Told by 3 independent sources."
    assert not {"harbour-p1-s1", "lake-p1-s1"} & {suggestion.record.fact.id for suggestion in answer.suggestions}, (
        "no suggestion tells it again"
    )


def test_a_copy_of_an_agencys_report_counts_once_among_the_sources(lexicon: Lexicon) -> None:
    with answering(coverage(WIRE, COPY, LATER), lexicon) as answerer:
        (fact,) = answerer.ask(WHEN).facts
    assert sources_of(fact.record) == ["coast", "bay", "lake"]
    assert wording.standing([fact.record], str) == "Told by 3 sources, 2 of them independent."


def test_an_answer_is_told_by_those_articles_too_that_are_read_later(lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(with_reviewed(coverage(WIRE, LOCAL)), by="test")
        answerer = Answerer(base, lexicon, Reader(reader_folder()))
        answerer.encode(most=1)  # the reviewed fact, which answers before all others
        assert answerer.ask(WHEN).unread
        assert [fact for fact, _ in shown(answerer.ask(WHEN))] == ["closure"]
        answerer.encode()
        assert shown(answerer.ask(WHEN)) == [("closure", ["report", "coast", "harbour"])]


def test_nothing_is_said_to_be_unknown_that_an_article_may_tell_once_it_is_read(lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(with_reviewed(coverage(WIRE, LOCAL, *MANY)), by="test")
        answerer = Answerer(base, lexicon, Reader(reader_folder()))
        answerer.encode(most=1)  # the reviewed fact
        answer = answerer.ask("how many lamps were on the ferry")
        assert not answer.facts
        assert answer.unread, "it is not remembered, and no gap"
        answerer.encode()
        assert not answerer.ask("how many lamps were on the ferry").unread


@pytest.mark.parametrize(
    "other",
    [
        "The city closed the Harbour Bridge after divers found cracks in three of its piers.",
        "The city closed the Harbour Bridge after divers found cracks in three of its piers, and not 2.",
        "Divers did not find cracks in two piers of the Harbour Bridge, though the city closed it.",
        "The city closed the Harbour Bridge on March 9 after divers found cracks in two of its piers.",
    ],
)
def test_a_number_a_denial_and_a_day_set_two_passages_apart(lexicon: Lexicon, other: str) -> None:
    differing = f"Another view\nHill Echo, 2021-03-14\n\n{other}\n"
    with answering(coverage(WIRE, LOCAL, differing), lexicon) as answerer:
        entry = next(fact for fact in answerer.ask(WHEN).facts if fact.record.fact.id == "coast-p1-s1")
    assert sources_of(entry.record) == ["coast", "harbour"]


def test_a_passage_that_has_counted_what_another_had_not_is_not_told_with_it(lexicon: Lexicon) -> None:
    early = "Bridge shut\nHill Echo, 2021-03-04\n\nHundreds of people had to be brought home by bus in the night.\n"
    late = "What it cost\nBay Post, 2021-03-14\n\nIn the night 340 people had to be brought home by bus.\n"
    with answering(coverage(early, late), lexicon) as answerer:
        answer = answerer.ask("who had to be brought home by bus in the night?")
    facts = [*answer.facts, *answer.suggestions]
    assert sorted(sources_of(fact.record) for fact in facts) == [["bay"], ["hill"]]


def test_where_a_reviewed_fact_answers_passages_only_stand_behind_it(lexicon: Lexicon) -> None:
    with answering(with_reviewed(coverage(WIRE, LOCAL, LATER)), lexicon) as answerer:
        assert shown(answerer.ask(WHEN)) == [("closure", ["report", "coast", "harbour", "lake"])]
        trams = answerer.ask(TRAMS)
    assert shown(trams) == [("harbour-p2-s1", ["harbour"])], "where none does, passages answer"
    assert trams.short == "Market Street"


COSTS = """\
Two bills for one bridge
Lake Herald, 2021-03-12

The repair of the bridge will cost 9 million euros, the council said.
"""
PRICED = """\
story: {id: bridge, title: The bridge}
sources:
  report: {type: report, title: Report on the bridge, publisher: City Council, published: 2021-03-20}
actors:
  lee: {name: Maria Lee, kind: person, role: mayor}
claims:
  cost: {by: lee, text: The repair of the bridge will cost 4 million euros., cite: report}
"""


def test_what_answers_too_but_is_not_reviewed_stands_beside_the_reviewed_answer(lexicon: Lexicon) -> None:
    with answering(with_reviewed(coverage(COSTS, LOCAL), PRICED), lexicon) as answerer:
        answer = answerer.ask("how much will the repair cost")
        alone = answerer.ask("how much will the repair cost", reviewed=True)
    assert shown(answer) == [("cost", ["report"])]
    assert [fact.record.fact.id for fact in answer.suggestions][:1] == ["lake-p1-s1"]
    assert alone.suggestions == ()


SALT = """\
What is left when the salt water has run out
The Plug, 2022-07-04

Forty houses had their light from a container full of salt water for six hours. For this year it is looking for a factory.

In its final year the start-up laid out 2.3 million for launch parties. A biscuit factory in Geelong was rented for ten years.
"""


def test_a_kept_sentence_is_no_answer_to_what_another_tells(lexicon: Lexicon) -> None:
    """Alone it would be taken for one, for want of a better."""
    story = coverage(SALT)
    kept = ("Forty houses", "For this year")
    facts = tuple(replace(fact, reviewed=fact.text.startswith(kept)) for fact in story.facts)
    with answering(replace(story, facts=facts), lexicon) as answerer:
        assert answerer.ask("where was the factory", reviewed=True, caution=-0.2).facts
        answer = answerer.ask("where was the factory")
    assert answer.short == "Geelong"
    assert not answer.facts[0].record.fact.reviewed


def test_once_a_sentence_is_kept_what_tells_the_same_stands_behind_it_at_once(lexicon: Lexicon) -> None:
    """Nothing is encoded anew for that."""
    with FactBase.memory() as base:
        base.apply(coverage(WIRE, LOCAL, LATER), by="test")
        answerer = Answerer(base, lexicon)
        answerer.encode()
        assert shown(answerer.ask(WHEN)) == [("coast-p1-s1", ["coast", "harbour", "lake"])]
        number, _ = base.search.number("coast-p1-s1")
        Keeping(base).keep(number, 1, sign("tester", None))
        answer = answerer.ask(WHEN)
        assert shown(answer) == [("coast-p1-s1", ["coast", "harbour", "lake"])]
        assert answer.facts[0].record.fact.reviewed
        assert not {"harbour-p1-s1", "lake-p1-s1"} & {fact.record.fact.id for fact in answer.suggestions}


def test_where_only_reviewed_facts_may_answer_no_passage_is_shown_at_all(lexicon: Lexicon) -> None:
    with answering(with_reviewed(coverage(WIRE, LOCAL, LATER)), lexicon) as answerer:
        assert shown(answerer.ask(WHEN, reviewed=True)) == [("closure", ["report"])]
        trams = answerer.ask(TRAMS, reviewed=True)
        assert not trams.facts
        assert all(fact.record.fact.reviewed for fact in trams.suggestions)
    with answering(coverage(WIRE), lexicon) as answerer:
        assert answerer.ask(WHEN, reviewed=True).status == "unknown"


def _as_of(answerer: Answerer, day: int) -> list[tuple[str, list[str]]]:
    return shown(answerer.ask(WHEN, as_of=day))


def test_as_of_a_day_only_what_was_published_by_then_is_shown_and_cited(lexicon: Lexicon) -> None:
    with answering(with_reviewed(coverage(WIRE, LOCAL, LATER)), lexicon) as answerer:
        assert _as_of(answerer, 20210303) == []
        assert _as_of(answerer, 20210304) == [("coast-p1-s1", ["coast"])]
        assert _as_of(answerer, 20210306) == [("coast-p1-s1", ["coast", "harbour"])]
        assert _as_of(answerer, 20210320) == [("closure", ["report", "coast", "harbour", "lake"])]
        then = answerer.ask(WHEN, as_of=20210306)
    assert (then.short, then.later) == ("3 March 2021", 0)
    assert not {"harbour-p1-s1", "closure"} & {fact.record.fact.id for fact in then.suggestions}


def test_in_a_big_story_all_reviewed_facts_are_held_together_while_they_are_few(
    lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.answers.finding.index.WHOLE", 4)
    with FactBase.memory() as base:
        base.apply(with_reviewed(coverage(WIRE, LOCAL, LATER)), by="test")
        indexes = Indexes(base, lexicon)
        index = indexes.reviewed("bridge")
        assert index is not None
        assert [document.record.fact.id for document in index.documents] == ["closure"]
        assert indexes.reviewed("bridge") is index, "made once"
        monkeypatch.setattr("bot.answers.finding.index.WHOLE", 0)
        assert Indexes(base, lexicon).reviewed("bridge") is None, "too many to be held"


def test_a_big_story_answers_by_reviewed_facts_first_as_well(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.answers.finding.index.WHOLE", 4)
    with answering(with_reviewed(coverage(WIRE, LOCAL, LATER)), lexicon) as answerer:
        assert answerer.is_big()
        while answerer.encode():
            pass
        assert shown(answerer.ask(WHEN))[0][0] == "closure"
        assert shown(answerer.ask(WHEN, reviewed=True)) == [("closure", ["report"])]
        assert shown(answerer.ask(WHEN, as_of=20210310))[0][0] == "coast-p1-s1", "not published by then"
        assert shown(answerer.ask(TRAMS)) == [("harbour-p2-s1", ["harbour"])]
