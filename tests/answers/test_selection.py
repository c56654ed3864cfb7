"""Which facts answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from bot.answers.answerer import Answerer
from bot.answers.finding.index import Indexes, StoryIndex
from bot.answers.models import ScoredFact
from bot.answers.question.parsing import read_question
from bot.answers.reader.reader import VectorStock, shipped_reader
from bot.answers.reader.reading import Reading, read
from bot.answers.selection import SEE_ALSO, answering, beyond_doubt, nearest_others, of_identity, word_for_word_first
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.presentation.wording import standing
from bot.resources import stories_folder
from bot.stories.load import load_story, read_story

STORY = """
story: {id: mine, title: The Hallow mine}
sources: {paper: {type: article-newspaper, title: Mine shut}}
actors:
  panel: {name: Hallow Panel, kind: group, aliases: [the panel], role: Safety panel on the mine}
  chair: {name: Ada Venn, kind: person, role: Chair of the panel}
  owner: {name: Tom Birk, kind: person, role: Owner of the mine}
events:
  first-strike: {date: 2019-03-01, what: Miners held a strike over pay that lasted nine days., cite: paper}
  second-strike: {date: 2019-09-12, what: Miners held a second strike over safety and blocked the road., cite: paper}
  pump-fire:
    date: 2020-01-05
    what: Tom Birk reported that a fire had destroyed the main pump at 6 a.m.
    who: [owner]
    cite: paper
  picnic: {date: 2018-05-05, what: The village held its spring picnic by the lake., cite: paper}
quotes:
  venn-rust: {by: chair, text: Every bolt we touched was rust., date: 2020-06-01, cite: paper}
  birk-pump: {by: owner, text: The fire took our main pump before breakfast., date: 2020-01-05, event: pump-fire, cite: paper}
claims:
  worn-cable: {by: panel, text: The lift cable had been worn for two years., date: 2020-06-01, cite: paper}
  no-drill: {by: panel, text: No escape drill was ever held., date: 2020-06-01, cite: paper}
  birk-new: {by: owner, text: The cable was as good as new., date: 2020-06-02, cite: paper}
"""


@pytest.fixture
def mine(lexicon: Lexicon) -> Iterator[Answerer]:
    with FactBase.memory() as base:
        base.apply(read_story(STORY, "mine"), by="test")
        yield Answerer(base, lexicon)


def answered(mine: Answerer, question: str) -> set[str]:
    return {scored.record.fact.id for scored in mine.ask(question).facts}


def test_what_somebody_found_is_all_that_they_and_who_speaks_for_them_tell(mine: Answerer) -> None:
    assert answered(mine, "what did the panel find") == {"worn-cable", "no-drill", "venn-rust"}


def test_what_somebody_said_who_is_not_quoted_is_what_they_claim(mine: Answerer) -> None:
    assert answered(mine, "what did the panel say") == {"worn-cable", "no-drill"}


def test_what_somebody_said_is_their_words_where_they_are_quoted(mine: Answerer) -> None:
    assert answered(mine, "what did Tom Birk say") == {"birk-pump"}


@pytest.mark.parametrize("question", ["list all the strikes", "miners strikes", "all strikes by the miners"])
def test_a_list_holds_all_of_a_kind_and_nothing_else(question: str, mine: Answerer) -> None:
    assert answered(mine, question) == {"first-strike", "second-strike"}


def test_events_of_a_kind_answer_together(mine: Answerer) -> None:
    assert {"first-strike", "second-strike"} <= answered(mine, "which strikes did the miners hold")


def test_a_fact_that_shares_a_word_with_the_answer_is_no_answer(mine: Answerer) -> None:
    assert answered(mine, "when was the second strike over safety") == {"second-strike"}
    assert answered(mine, "when was the spring picnic held") == {"picnic"}


def test_a_word_for_what_the_whole_story_is_about_is_no_answer_by_itself(mine: Answerer) -> None:
    assert mine.ask("who dug the mine").status != "answered"
    assert mine.ask("when did the miners strike over pay").status == "answered"


def test_another_phrasing_wins_only_for_what_it_asks(lexicon: Lexicon) -> None:
    story = STORY.replace(
        "date: 2019-09-12, what: Miners held a second strike over safety and blocked the road., cite: paper",
        "date: 2019-09-12, what: Miners held a second strike over safety and blocked the road., cite: paper,"
        " asked_as: [Why was the road to the mine shut?]",
    ).replace(
        "picnic: {", "road: {date: 2019-09-13, what: The police shut the road to the mine for a day., cite: paper}\n  picnic: {"
    )
    with FactBase.memory() as base:
        base.apply(read_story(story, "mine"), by="test")
        ask = Answerer(base, lexicon).ask
        assert ask("why was the road to the mine shut").facts[0].record.fact.id == "second-strike"
        assert ask("when was the road to the mine shut").facts[0].record.fact.id == "road"


def test_what_happened_in_a_period_comes_by_date(mine: Answerer) -> None:
    ids = [scored.record.fact.id for scored in mine.ask("what happened in 2019").facts]
    assert ids == ["first-strike", "second-strike"]


def test_what_is_sure_of_a_day_comes_before_what_may_be_later(lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(load_story(stories_folder() / "twitter-rt-sputnik.yaml"), by="test")
        answer = Answerer(base, lexicon).ask("what happened on 26 October 2017")
    assert answer.facts[0].record.fact.id == "twitter-ban"


def test_an_answer_holds_few_facts_beside_the_one_that_answers(lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(load_story(stories_folder() / "twitter-rt-sputnik.yaml"), by="test")
        ask = Answerer(base, lexicon).ask
        answers = [ask(question.ask) for question in base.questions("twitter-rt-sputnik") if len(question.expect) == 1]
    shown = [len(answer.facts) for answer in answers if answer.facts]
    assert sum(shown) / len(shown) < 2.5


def test_words_of_somebody_on_one_occasion_are_not_all_that_they_said(index: StoryIndex) -> None:
    assert beyond_doubt(read_question("what did Lee say", index), index)
    assert beyond_doubt(read_question("what did Lee say when she left", index), index) == []


OPINION = """
story: {id: mine, title: The Hallow mine}
sources: {paper: {type: article-newspaper, title: Mine shut, publisher: Vale Post}}
actors:
  post: {name: Vale Post, kind: outlet, role: Newspaper of the vale}
  hallow: {name: Hallow Mining, kind: organization, role: Company that ran the mine}
events:
  shut: {date: 2020-02-01, what: Hallow Mining shut the mine for good., who: [hallow], cite: paper}
claims:
  greed: {by: post, text: Hallow Mining stands for everything that is wrong with the vale., about: [hallow], cite: paper}
  worse: {text: Hallow Mining was the worst company in the vale., about: [hallow], cite: paper}
"""


def test_what_a_publisher_says_itself_is_not_the_first_that_is_told_of_somebody(lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(read_story(OPINION, "mine"), by="test")
        index = Indexes(base, lexicon).whole()
        question = read_question("What is Hallow Mining?", index)
        documents = sorted(index.documents, key=lambda document: document.record.fact.kind)  # claims first
        assert [document.record.fact.id for document in of_identity(question, documents, index)] == ["shut", "greed", "worse"]


def test_what_somebody_is_comes_first_and_is_reported(lexicon: Lexicon) -> None:
    story = OPINION.replace(
        "  worse:", "  post: {text: Ada Venn is the chair of the panel., about: [chair], cite: paper}\n  worse:"
    )
    story = story.replace("  hallow:", "  chair: {name: Ada Venn, kind: person, role: Chair of the panel}\n  hallow:")
    story = story.replace("  greed:", "  rude: {text: Ada Venn is rude., about: [chair], cite: paper}\n  greed:")
    with FactBase.memory() as base:
        base.apply(read_story(story, "mine"), by="test")
        answer = Answerer(base, lexicon).ask("who is Ada Venn")
    records = [fact.record for fact in answer.facts]
    assert records[0].fact.id == "post"
    assert standing(records[:1], str) == "Reported by one source."


def test_a_fact_beside_an_answer_may_be_right_as_well_or_is_of_the_same_event(lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(read_story(STORY, "mine"), by="test")
        documents = {document.record.fact.id: document for document in Indexes(base, lexicon).whole().documents}
    near = {"birk-pump": 0.0, "no-drill": SEE_ALSO, "worn-cable": SEE_ALSO / 2, "pump-fire": 0.9}
    scored = [ScoredFact(documents[name].record, score) for name, score in near.items()]
    beside = nearest_others(scored, [documents["pump-fire"]])
    assert [fact.record.fact.id for fact in beside] == ["birk-pump", "no-drill"]
    assert nearest_others(scored, []) == scored, "all are near to what nothing answers"


FIRE = """
story: {id: fire, title: The mill fire}
sources: {paper: {type: article-newspaper, title: Mill burns, publisher: Valley Post}}
actors:
  owner: {name: Ida Falk, kind: person}
  union: {name: Mill Union, kind: organization}
events:
  burnt: {date: 1931-04-02, what: The mill of Falk burned down in the night., who: [owner], cite: paper#1}
claims:
  blames-owner: {by: union, text: The owner had the mill set on fire., date: 1931-04-04, event: burnt, cite: paper#2}
  blames-union: {by: owner, text: A striker set the mill on fire., date: 1931-04-05, event: burnt, cite: paper#3}
  losses: {by: owner, text: The fire cost 900 crowns., date: 1931-04-05, cite: paper#4}
  losses-union: {by: union, text: The fire cost 200 crowns., date: 1931-04-05, cite: paper#5}
"""


def shown(question: str, odds: Mapping[str, float], lexicon: Lexicon) -> set[str]:
    """Return the facts of an answer where the reader gives these log odds that each answers, the first one best."""
    with FactBase.memory() as base:
        base.apply(read_story(FIRE, "fire"), by="test")
        index, stock = Indexes(base, lexicon).whole(), VectorStock(base, shipped_reader())
        stock.make(index.documents)
        asked = read_question(question, index)
        read_facts = {fact.document.record.fact.id: fact for fact in read(question, asked, index, stock).facts}
        facts = []
        for position, (name, also) in enumerate(odds.items()):
            judged = replace(read_facts[name].judged, also=also, score=-8.0 * position)
            facts.append(replace(read_facts[name], judged=judged))
        vectors = stock.reader.question(question)
        reading = Reading(line="", asked=(0, 0), vectors=vectors, facts=tuple(facts), others=(), evidence=None, confidence=0.9)
        return {document.record.fact.id for document in answering(asked, reading, -1.8)}


def test_of_each_side_its_likeliest_words_are_shown_and_at_least_one_other_side(lexicon: Lexicon) -> None:
    question = "who set the mill on fire, what does each side say"
    odds = {"blames-owner": 2.0, "blames-union": -3.5, "losses": -1.5, "losses-union": -1.5, "burnt": -1.0}
    assert shown(question, odds, lexicon) == {"blames-owner", "losses"}
    assert shown(question, odds | {"blames-union": 1.0}, lexicon) == {"blames-owner", "blames-union"}
    assert shown(question, odds | {"blames-union": -3.5, "losses": -4.0}, lexicon) == {"blames-owner", "blames-union"}


def test_what_is_not_asked_for_has_to_be_about_as_likely_as_the_best_fact(lexicon: Lexicon) -> None:
    odds = {"burnt": 2.0, "blames-union": -1.0}
    assert shown("when did the mill burn", odds, lexicon) == {"burnt"}
    assert shown("list all that is known of the mill", odds, lexicon) == {"burnt", "blames-union"}


def test_more_words_of_whoever_is_asked_about_are_shown(lexicon: Lexicon) -> None:
    odds = {"losses": 2.0, "blames-union": -2.0, "losses-union": -2.0}
    assert shown("what did Falk say about the fire", odds, lexicon) == {"losses", "blames-union"}


def test_another_number_for_the_same_thing_is_shown_unless_one_side_is_asked_about(lexicon: Lexicon) -> None:
    odds = {"losses": 2.0, "losses-union": -3.0, "blames-union": -3.0}
    assert shown("how much did the fire cost", odds, lexicon) == {"losses", "losses-union"}
    assert shown("how much did the fire cost according to Ida Falk", odds, lexicon) == {"losses"}
    union = {"losses-union": 2.0, "losses": -3.0, "blames-owner": -3.0}
    for asked in (
        "how much did the fire cost according to the union",
        "according to the union how much did the fire cost",
        "how much did the union say the fire cost",
    ):
        assert shown(asked, union, lexicon) == {"losses-union"}, "called by a word of its name"


ROADS = """
story: {id: mine, title: The Hallow mine}
sources: {paper: {type: article-newspaper, title: Mine shut}}
events:
  blocked: {date: 2019-09-12, what: Miners blocked the road to the mine with two lorries over safety., cite: paper}
  cleared: {date: 2019-09-13, what: Police drove off lorries that stood on the road to the mine with no lights on., cite: paper}
  toll: {date: 2019-09-14, what: The road to the mine was mended., cite: paper}
"""


def test_the_one_fact_with_five_words_of_the_question_in_a_row_comes_first(lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(read_story(ROADS, "mine"), by="test")
        index, stock = Indexes(base, lexicon).whole(), VectorStock(base, shipped_reader())
        stock.make(index.documents)
        text = "who moved what stood on the road to the mine with no lights on"
        question = read_question(text, index)
        reading = read(text, question, index, stock)
        turned = replace(reading, facts=tuple(sorted(reading.facts, key=lambda fact: fact.document.record.fact.id != "toll")))
        first = word_for_word_first(question, turned)
        assert [fact.document.record.fact.id for fact in first.facts][:2] == ["cleared", "toll"]
        shared = read_question("is the road to the mine shut", index)
        assert word_for_word_first(shared, turned) is turned, "several have these words"
