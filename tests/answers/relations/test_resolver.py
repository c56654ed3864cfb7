"""Questions about time and sides, asked of five stories; for the first three the wanted facts were written before the answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.answers.answerer import Answerer
from bot.answers.relations.resolver import UNSURE
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.resources import stories_folder
from bot.stories.load import load_story, read_story
from tests.answers.relations.dam import STORY

HERE = Path(__file__).parent
CASES: dict[str, list[dict[str, Any]]] = YAML(typ="safe").load((HERE / "time_and_sides.yaml").read_text(encoding="utf-8"))
MIN_RIGHT = 0.94


@pytest.fixture
def dam(lexicon: Lexicon) -> Iterator[Answerer]:
    with FactBase.memory() as base:
        base.apply(read_story(STORY, "dam"), by="test")
        yield Answerer(base, lexicon)


def ids(answerer: Answerer, question: str, **options: Any) -> list[str]:
    return [fact.record.fact.id for fact in answerer.ask(question, **options).facts]


def story_path(story: str) -> Path:
    shipped = stories_folder() / f"{story}.yaml"
    return shipped if shipped.exists() else HERE.parent.parent / "stories" / f"{story}.yaml"


@pytest.mark.slow
def test_nearly_all_questions_about_time_and_sides_are_answered_with_all_that_answers_and_nothing_else(lexicon: Lexicon) -> None:
    right = total = 0
    for story, cases in CASES.items():
        with FactBase.memory() as base:
            base.apply(load_story(story_path(story)), by="test")
            answerer = Answerer(base, lexicon)
            for case in cases:
                wanted, shown = set(case["expect"]), set(ids(answerer, case["ask"]))
                right += wanted <= shown <= wanted | set(case.get("also", ()))
                total += 1
    assert total >= 30
    assert right / total >= MIN_RIGHT


@pytest.mark.parametrize(
    "question", ["what came first, the rally or the closure of the dam?", "which was later, the closure or the rally?"]
)
def test_of_two_events_one_of_which_has_no_date_none_is_called_the_first(dam: Answerer, question: str) -> None:
    answer = dam.ask(question)
    assert {fact.record.fact.id for fact in answer.facts} == {"rally", "closure"}
    assert answer.short is None
    assert answer.note == "The dates do not tell these apart."


def test_what_came_before_and_after_stands_in_order_and_the_event_is_named(dam: Answerer) -> None:
    answer = dam.ask("what happened after the inspection?")
    assert [fact.record.fact.id for fact in answer.facts] == ["closure", "march"]
    assert answer.note == "Counted from: Inspectors found a crack in the dam at 9 a.m. (1 March 2020)"


def test_which_came_next_or_right_before_is_one_event(dam: Answerer) -> None:
    assert ids(dam, "Which came next after the inspection?") == ["closure"]
    assert ids(dam, "which event was right before the march?") == ["closure"]
    assert ids(dam, "Which came after the inspection?") == ["closure", "march"]


def test_what_happened_next_follows_the_first_fact_of_the_answer_before(dam: Answerer) -> None:
    first = dam.ask("when was the dam inspected").facts or dam.ask("inspection").facts
    assert first[0].record.fact.id == "inspection"
    before = [scored.record.number for scored in first]
    assert ids(dam, "what happened next?", before=before) == ["closure"]
    assert ids(dam, "what happened after that?", before=before) == ["closure", "march"]
    assert dam.ask("what happened next?").status != "answered"


@pytest.mark.parametrize(
    "earlier", ["when was the closure ordered?", "who ordered the closure?", "who was relieved by the closure?"]
)
def test_the_sides_of_it_are_those_of_the_event_that_was_asked_about(earlier: str, dam: Answerer) -> None:
    assert ids(dam, "who was against it?", after=[earlier]) == ["birk-wrong"]
    assert ids(dam, "and who welcomed that?", after=[earlier]) == ["union-relief"]
    assert ids(dam, "who commented on it?", after=[earlier]) == ["birk-wrong", "union-relief"]


def test_sides_that_follow_up_sides_are_taken_on_the_same_event(lexicon: Lexicon) -> None:
    petition = """
  petition: {date: 2020-05-20, what: Tom Birk criticised the closure in a petition., who: [owner], cite: late}
  march:"""
    with FactBase.memory() as base:
        base.apply(read_story(STORY.replace("\n  march:", petition), "dam"), by="test")
        dam = Answerer(base, lexicon)
        against = "who criticised the closure?"
        assert ids(dam, against)[0] == "petition"
        assert ids(dam, "and who welcomed it?", after=[against]) == ["union-relief"]
        assert "birk-wrong" in ids(dam, "who was against it?", after=["when was the closure?", "who welcomed it?"])


def test_nobody_is_for_or_against_it_where_no_event_was_asked_about(dam: Answerer) -> None:
    assert dam.ask("who was against it?").short is None
    assert ids(dam, "who is against the closure?", after=["when was the inspection?"]) == ["birk-wrong"]


def test_what_happened_next_after_a_quotation_is_counted_from_its_event(dam: Answerer) -> None:
    quote = dam.ask("what did Tom Birk say about the inspection").facts[0].record
    assert quote.fact.id == "birk-safe"
    assert ids(dam, "what happened next", before=[quote.number]) == ["closure"]


def test_sides_are_told_by_their_own_words(dam: Answerer) -> None:
    assert ids(dam, "who is against the closure") == ["birk-wrong"]
    answer = dam.ask("who supports the closure?")
    assert [fact.record.fact.id for fact in answer.facts] == ["union-relief"]
    assert answer.short == "Dam Workers"
    assert answer.note is None


def test_where_nobodys_words_show_a_side_what_others_say_is_shown_as_that(dam: Answerer) -> None:
    answer = dam.ask("who disagrees with Tom Birk?")
    assert [fact.record.fact.id for fact in answer.facts] == ["old"]
    assert answer.short is None
    assert answer.note == "The facts do not say who is on that side. This is what others say about it."
    assert answer.facts[0].score == UNSURE
    assert dam.ask("who disagrees with Tom Birk?", caution=0.5).status != "answered"


def test_an_event_that_nobody_knows_begins_nothing(dam: Answerer) -> None:
    assert dam.ask("what happened after the earthquake").status != "answered"


def test_where_nothing_is_known_of_the_time_asked_about_that_is_said(dam: Answerer) -> None:
    answer = dam.ask("what happened after the rally")
    assert not answer.facts
    assert answer.known == "The facts do not say when that was."
    answer = dam.ask("what happened before the inspection")
    assert not answer.facts
    assert answer.known == "No fact with a date records what happened then."  # nobody knows when the rally was


def test_what_was_said_at_a_time_is_shown_where_no_event_of_it_is_known(dam: Answerer) -> None:
    answer = dam.ask("what happened after the march")
    assert [fact.record.fact.id for fact in answer.facts] == ["old"]
    assert (answer.note or "").startswith("No fact records an event then. This is what was said.")


def test_a_story_too_big_to_be_looked_at_whole_is_not_answered_in_part(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.answers.finding.index.WHOLE", 3)
    with FactBase.memory() as base:
        base.apply(read_story(STORY, "dam"), by="test")
        assert Answerer(base, lexicon).ask("what happened first?").status != "answered"


OWN_PEOPLE = """
story: {id: works, title: The works}
sources: {s: {type: webpage, title: Report, published: 2020-03-02}}
actors:
  works: {name: Lea Works, kind: organization}
  head: {name: Ann Oak, kind: person, role: head of Lea Works}
  left: {name: Cy Ash, kind: person, role: former manager of Lea Works}
  mayor: {name: Bob Elm, kind: person, role: mayor}
claims:
  proud: {by: head, text: It is wrong and unfair to blame the works., about: [works], cite: s}
  shame: {by: left, text: What the works did is a shame., about: [works], cite: s}
  harm: {by: mayor, text: What the works did is unacceptable., about: [works], cite: s}
"""


@pytest.mark.parametrize("verb", ["disagrees with", "criticised", "has condemned", "opposes"])
def test_whoever_speaks_for_the_one_named_is_not_against_it(verb: str, lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(read_story(OWN_PEOPLE, "works"), by="test")
        assert set(ids(Answerer(base, lexicon), f"who {verb} Lea Works?")) == {"shame", "harm"}


@pytest.mark.parametrize("verb", ["supports", "welcomed", "applauded", "praised"])
def test_verbs_of_approval_ask_for_those_who_approve(verb: str, dam: Answerer) -> None:
    assert ids(dam, f"who {verb} the closure?") == ["union-relief"]


@pytest.mark.parametrize("question", ["what happened next?", "what happened after that", "and then what?"])
def test_with_nothing_before_it_is_asked_what_to_count_from(question: str, dam: Answerer) -> None:
    answer = dam.ask(question)
    assert answer.facts == ()
    assert (answer.known or "").startswith("Before or after what?")
