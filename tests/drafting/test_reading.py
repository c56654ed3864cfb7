"""Who says what in an article: every quotation is found, and nine of ten at least have the right speaker."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.drafting.article import read_article
from bot.drafting.reading import ArticleReading, read
from bot.english.attribution import AttributedQuote
from bot.english.sentences import Entity
from tests.drafting.gold import FERRY, FERRY_SPEAKING, RESERVOIR, RESERVOIR_SET_OFF, RESERVOIR_SPEAKING

HERE = Path(__file__).parent
RIGHT = 0.9
Gold = tuple[tuple[str, tuple[str, ...]], ...]
ARTICLES = [("reservoir.txt", RESERVOIR, RESERVOIR_SPEAKING), ("ferry.txt", FERRY, FERRY_SPEAKING)]


def reading(name: str) -> ArticleReading:
    return read(read_article((HERE / name).read_text(encoding="utf-8")))


def names(entities: tuple[Entity, ...]) -> tuple[str, ...]:
    return tuple(entity.name for entity in entities)


def of(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the quotations of a text with their speakers."""
    return [(quote.text, names(quote.speakers)) for quote in read(read_article(text)).quotations]


@pytest.mark.parametrize(("name", "gold", "speaking"), ARTICLES)
def test_every_quotation_is_found_with_its_speaker(name: str, gold: Gold, speaking: frozenset[str]) -> None:
    quotes = reading(name).quotations
    assert len(quotes) == len(gold)
    misses = [
        (quote.text[:40], wanted, names(quote.speakers))
        for quote, (_, wanted) in zip(quotes, gold, strict=True)
        if _is_wrong(quote, wanted)
    ]
    for miss in misses:
        print(*miss)
    assert [quote.text[: len(begins)] for quote, (begins, _) in zip(quotes, gold, strict=True)] == [begins for begins, _ in gold]
    assert len(misses) <= (1 - RIGHT) * len(gold)


def _is_wrong(quote: AttributedQuote, wanted: tuple[str, ...]) -> bool:
    return names(quote.speakers) != wanted


@pytest.mark.parametrize(("name", "gold", "speaking"), ARTICLES)
def test_every_actor_that_speaks_is_found(name: str, gold: Gold, speaking: frozenset[str]) -> None:
    result = reading(name)
    speakers = [*(quote.speakers for quote in result.quotations), *(quote.speakers for quote in result.assertions)]
    assert speaking <= {name for entities in speakers for name in names(entities)}


def test_words_that_are_only_set_off_are_no_quotations() -> None:
    assert tuple(quote.text for quote in reading("reservoir.txt").set_off) == RESERVOIR_SET_OFF


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("“It is over now,” said Ann Lee, the mayor of Harbour.", ["Ann Lee"]),
        ("“It is over now,” Ann Lee, the mayor of Harbour, said on Monday.", ["Ann Lee"]),
        ("Ann Lee, 43, who has led the city since 2019, said: “It is over now.”", ["Ann Lee"]),
        ("According to Ann Lee, the mayor, “it is over now.”", ["Ann Lee"]),
        ("“It is over now,” according to Ann Lee, the mayor.", ["Ann Lee"]),
        ("Tom Reed came. “It is over now,” trumpeted Ann Lee.", ["Ann Lee"]),
        ("“It is over now,” Ann Lee trumpeted.", ["Ann Lee"]),
        ("Ann Lee and Tom Reed said it was “over for us now” on Monday.", ["Ann Lee", "Tom Reed"]),
        ("Ann Lee, the mayor, met Tom Reed, a critic. “It is over now,” she said.", ["Ann Lee"]),
        ("“Is it over now?” Ann Lee asked. “Nobody told us.”", ["Ann Lee"]),
        ("The Harbour Company said on Monday that it was “over for us now.”", ["Harbour Company"]),
        ("The Harbour Company was asked by Ann Lee, the mayor, who said “it is over now.”", ["Ann Lee"]),
        ("“It is over now,” a spokeswoman for the city said.", ["A spokeswoman for the city"]),
        ("The council was harsher: “It is over now,” said Labour's Ann Lee.", ["Ann Lee"]),
        ("Ann Lee, 34, an engineer who was told of it on Monday, said “it is over now.”", ["Ann Lee"]),
        ("Ann Lee, the mayor, met a witness. “It is over now,” she answered.", ["Ann Lee"]),
        ("Verity Works said it was “over for us now.” Verity has two plants.", ["Verity Works"]),
        ("Mr Reed's deputy, Ann Lee, was blunt. “It is over now,” she said.", ["Ann Lee"]),
        ("“It is over now,” said Station Officer Ann Lee.", ["Ann Lee"]),
        ("U.S. District Judge Ann Lee ruled. “It is over now,” she said.", ["Ann Lee"]),
        ("Economist Ann Lee of Harbour College spoke. “It is over now,” she said.", ["Ann Lee"]),
        ("Neither Tom Reed nor Ann Lee went. “It is over now,” said Reed.", ["Tom Reed"]),
        ("State Senator Ann Lee, D-Lea, called it “over for us now”.", ["Ann Lee"]),
        ("Ann Lee, a crane driver and the union's treasurer, met a baker. “It is over now,” the treasurer said.", ["Ann Lee"]),
        ("The consumer group SafeRide said that it was “over for us now”.", ["SafeRide"]),
        ("Ann van Lee, the mayor, spoke. “It is over now,” Mrs van Lee said.", ["Ann van Lee"]),
        ("Mr Tom Reed was angry at Ann Lee. As she put it, “it is over for us now”.", ["Ann Lee"]),
        ("It was, in the words of Ann Lee, “over for us now”.", ["Ann Lee"]),
        ("Former detainee Ann Lee, for her part, stayed. “It is over now,” she clarified.", ["Ann Lee"]),
        ("The Harbour Agency met Verity Works. The agency's statement read: “It is over now.”", ["Harbour Agency"]),
        ("Tom Reed and Ann Lee wrote to the paper. They said that it was “over for us now”.", ["Tom Reed", "Ann Lee"]),
        ("The interior minister, Ann Lee, left. The prime minister said that it was “over for us now”.", ["The prime minister"]),
        ("Ann Lee, the mayor, spoke of the book titled “It Is Over Now”, and said “we are done here.”", ["Ann Lee"]),
        ("U.S. Senators Ann Lee and Tom Reed said that it was “over for us now”.", ["Ann Lee", "Tom Reed"]),
        ("“It is over now,” said Ann Lee of Reporters’ Watch, a body in Lea.", ["Ann Lee"]),
        ("The Committee for Open Seas called it “over for us now”.", ["Committee for Open Seas"]),
        ("Ann Lee gave a speech that one angler described as “over for us now”.", ["One angler"]),
        ("The council resigned and the owner of the shop said that it was “over for us now”.", ["The owner of the shop"]),
        ("Tom Reed (left, with the dog) said that it was “over for us now”.", ["Tom Reed"]),
        ("Ann Lee, standing at the door, said that it was “over for us now”.", ["Ann Lee"]),
        ("RT @lee_4: “It is over now.”", ["@lee_4"]),
        ("“It is over now” was said by Ann Lee, the mayor.", ["Ann Lee"]),
        ("“It is over now,” said Ann Lee KC, for the defence.", ["Ann Lee"]),
        ("The first witness was Ann Lee. “It is over now,” the witness said.", ["Ann Lee"]),
        ("The agent who led the talks, Ann Lee, met Tom Reed. “It is over now,” the agent said.", ["Ann Lee"]),
        ("Ann Lee, a nurse who had come, met the mayor, Tom Reed, a baker, who said “it is over now.”", ["Tom Reed"]),
        ("Reed went, but the union's leader, Ann Lee, said that she stayed. “It is over now,” she said.", ["Ann Lee"]),
        ("Tom Reed, the mayor, heard somebody shouting “it is over now” on Monday.", []),
        ("“It is over now,” said one angler, who gave no name.", ["One angler"]),
        ("Ann Lee, the mayor, spoke. “It is over now!” a man yelled from the pier.", ["A man"]),
        ("Ann Lee, the mayor, spoke. “It is over now,” her deputy, Tom Reed, shot back.", ["Tom Reed"]),
        ("Tom Reed met Ann Lee, the mayor. “It is over now, Ms Lee.”", ["Tom Reed"]),
        ("Mayor Ann Lee and deputy mayor Tom Reed said it was “over for us now”.", ["Ann Lee", "Tom Reed"]),
        ("“It is over now,” retired pilot Ann Lee deadpanned.", ["Ann Lee"]),
        ("The owner of a shop in which they met said “it is over now.”", ["The owner of a shop"]),
        ("The court heard Ann Lee, a nurse. Ms Lee was told by Tom Reed that “it is over now”.", ["Tom Reed"]),
    ],
)
def test_a_speaker_is_read_from_the_sentence(text: str, speakers: list[str]) -> None:
    quotations = of(f"{text}\n\nLee and Reed went home. It rained.")
    assert quotations
    assert list(quotations[0][1]) == speakers


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("“It is over for us now,” said the commander, Ann Lee of Lea.", ["Ann Lee"]),
        ("“It is over for us now,” the harbour pilot ruled.", ["The harbour pilot"]),
        ("Tom Reed wept. “It is over for us now,” was Ann Lee's reply.", ["Ann Lee"]),
        ("Ann Lee wept. “It is over for us now,” was her reply.", ["Ann Lee"]),
        ("“It is over for us now,” said Tom Reed. “We are lost.”", ["Tom Reed", "Tom Reed"]),
        ("“It is over for us now,” said Tom Reed. Ann Lee bowed. “We are lost, all of us.”", ["Tom Reed", "?"]),
        ("“It is over for us now,” said Tom Reed. “We are lost, all of us,” the soprano crooned.", ["Tom Reed", "The soprano"]),
        ("“It is over for us now,” said Tom Reed. “We are lost,” came from the gallery.", ["Tom Reed", "?"]),
        ("Nora Lee left. “It is over for us now,” said Nora Reed (BNG). “We are lost,” she added.", ["Nora Reed", "Nora Reed"]),
        ("Nora Reed met Ann Lee. “It is over for us now,” she said.", ["?"]),
        ("Tom Reed, the night director, slept. “It is over for us now,” the flight director said.", ["The flight director"]),
        ("Three weeks later the old president spoke. “It is over for us now,” said the new president.", ["The new president"]),
        ("Dora Reyes, Halcyon's producer, said: “It is over for us now.”", ["Dora Reyes"]),
        ("In June the lady from Nordal sat there and promised: “We come as neighbours, all of us.”", ["?"]),
        ("Ann Lee knows of Reed's case, as of Quill's: “It is over for us now.”", ["?"]),
        ("Ann Lee resigned on Monday. “We have lost the whole of the harbour.”", ["Ann Lee"]),
        ("Ann Lee resigned on Monday. It rained. “We have lost the whole of the harbour.”", ["?"]),
        ("Ann Lee met Tom Reed on Monday. “We have lost the whole of the harbour.”", ["?"]),
        ("“Mint,” said Tom Reed. “There was no other on the whole ship.”", ["Tom Reed", "Tom Reed"]),
        ("Nora Reed sat down. She wept. “It is over for us now, all of it.”", ["Nora Reed"]),
        ("He was angry. On Monday Tom Reed resigned. “It is over for us now,” he said.", ["?"]),
        ("The gate was shut by Nora Reed. It rained. “It is over for us now,” she said.", ["Nora Reed"]),
        ("On Monday Nora Reed met a clerk with a lamp. “It is over for us now,” she said.", ["Nora Reed"]),
    ],
)
def test_a_speaker_is_sure_or_asked_for(text: str, speakers: list[str]) -> None:
    quotations = read(read_article(f"A title\n\n{text}")).quotations
    assert [name for quote in quotations for name in (names(quote.speakers) if quote.sure else ("?",))] == speakers


def test_nobody_named_is_a_guess_or_nobody() -> None:
    first = read(read_article("Ann Lee, the mayor, resigned. It rained. “We have lost the whole of the harbour.”")).quotations[0]
    assert first.guessed
    assert names(first.speakers) == ("Ann Lee",)
    assert of("“We have lost the whole of the harbour.” It rained.")[0][1] == ()


@pytest.mark.parametrize(
    "text",
    [
        "« It is over now », said Ann Lee. « It is done. »",
        "„It is over now“, said Ann Lee. „It is done.“",
        "‘It is over now,’ said Ann Lee. ‘It is done.’",
    ],
)
def test_a_paragraph_that_ends_in_quotation_marks_of_any_shape_is_no_heading(text: str) -> None:
    quotations = of(f"A title\n\nIt rained.\n\n{text}\n\nAnn Lee, the mayor, went home.")
    assert [(quote.rstrip(","), speakers) for quote, speakers in quotations] == [
        ("It is over now", ("Ann Lee",)),
        ("It is done.", ("Ann Lee",)),
    ]


def test_a_line_without_a_full_stop_that_quotes_somebody_is_no_heading() -> None:
    article = read_article('A title\n\nIt rained.\n\nRT @bob: "=cmd and all that"\n\n“Over now”\n\nA heading\n\nIt stopped.')
    assert [paragraph.text for paragraph in article.paragraphs] == ["It rained.", 'RT @bob: "=cmd and all that"', "It stopped."]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Harbour Ferries announced a plan to change the “openness” of its books.", [("openness", ("Harbour Ferries",))]),
        ("Harbour Ferries has promoted more “honest” words.", [("honest", ("Harbour Ferries",))]),
        ("Asked whether he would go, Ann Lee, the mayor, shook her head: “Never.”", [("Never.", ("Ann Lee",))]),
        ("“Never,” said Ann Lee.", [("Never,", ("Ann Lee",))]),
        ("Tales of human “goblins” are told.", []),
        ("Harbour Ferries met Ann Lee. The company hired “goblins.”", [("goblins.", ("Harbour Ferries",))]),
        ("Ann Lee, the mayor, spoke of the book titled “It Is Over Now”.", []),
        ("Ann Lee, the mayor, said that the so-called “goblins” were ill.", []),
    ],
)
def test_a_word_in_marks_is_proposed_where_somebody_may_have_said_it(
    text: str, speakers: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert of(f"{text}\n\nAnn Lee went home. It rained on Harbour Ferries.") == speakers


def test_a_quotation_without_a_verb_is_that_of_the_next_in_its_paragraph() -> None:
    text = "Tom Reed, a baker, left. It rained.\n\n“It is over now.” “We go home,” said Ann Lee, the mayor."
    assert [speakers for _, speakers in of(text)] == [("Ann Lee",)] * 2


def test_a_long_quotation_goes_on_over_paragraphs() -> None:
    text = "“This is the first part of it,” Ann Lee, the mayor, said.\n\n“And it goes on here.\n\n“And it ends here.” It rained."
    assert [speakers for _, speakers in of(text)] == [("Ann Lee",)] * 3


def test_a_verb_that_checking_knows_is_known_to_drafting() -> None:
    (quote,) = read(read_article("Tom Reed was there. Ann Lee, the mayor, slammed it as “over for us now.”")).quotations
    assert names(quote.speakers) == ("Ann Lee",)
    assert not quote.guessed
