"""Reading a question: misspelt words are mended, names and who is asked to have spoken are known."""

from __future__ import annotations

import pytest

from bot.answers.finding.index import StoryIndex
from bot.answers.question.parsing import Question, correct, correct_all, read_question
from bot.english.lexicon import Lexicon


def read(text: str, index: StoryIndex) -> Question:
    return read_question(text, index)


def weights(question: Question) -> dict[str, float]:
    return {term.word: term.weight for term in question.terms}


def test_misspelt_names_are_read_and_said_so(index: StoryIndex) -> None:
    question = read("waht did okorro say", index)
    assert question.speakers == {"harbour-bridge/okoro"}
    assert question.corrections == (("waht", "what"), ("okorro", "okoro"))


def test_who_is_asked_about_is_not_who_is_asked_to_have_spoken(index: StoryIndex) -> None:
    question = read("what did okoro say about the mayor", index)
    assert question.speakers == {"harbour-bridge/okoro"}
    assert len(question.mentions) == 2


def test_a_period_after_an_initial_ends_no_sentence(index: StoryIndex) -> None:
    assert weights(read("what did Maria T. Lee say about safety", index))["safety"] > 0.2


STORY = ("bridge", "closed", "engineer", "okoro", "sputnik")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("sputnic", "sputnik"),  # the story's own word, one letter off
        ("enginere", "engineer"),
        ("clsoed", "closed"),
        ("invesitgation", "investigation"),  # English that the story does not have
        ("bridge", "bridge"),
        ("fridge", "fridge"),  # English one letter from the story's word stays
        ("xqzzyplorf", "xqzzyplorf"),  # nothing is near
        ("été", "été"),
        ("an", "an"),
    ],
)
def test_only_what_is_no_word_is_mended(typed: str, read: str, lexicon: Lexicon) -> None:
    assert correct(typed, STORY, frozenset(STORY), lexicon) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("wen did sputnik close", "when did sputnik close"),
        ("hwo much was the bridge", "how much was the bridge"),
        ("wat closed", "what closed"),
        ("wher was the bridge", "where was the bridge"),  # a letter left out, rather than another in its place
        ("were was the bridge closed", "where was the bridge closed"),
        ("who were did they say", "who were did they say"),
        ("they were is that closed", "they were is that closed"),  # a verb, before the next clause
        ("were they closed", "were they closed"),
        ("ok wich is the engineer", "ok which is the engineer"),
        ("how big are sputniks ads", "how big are sputnik ads"),  # a genitive without its mark
        ("was the hen closed", "was the hen closed"),  # a word of its own where no question word stands
    ],
)
def test_question_words_and_genitives_are_mended(typed: str, read: str, lexicon: Lexicon) -> None:
    assert correct_all(typed.split(), STORY, frozenset(STORY), lexicon) == read.split()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("happend", "happened"),  # a rare word that is one edit away from one a hundred times commoner
        ("acording", "according"),
        ("rehired", "rehired"),  # and one that is a regular form of its own
        ("thinning", "thinning"),
    ],
)
def test_a_slip_that_is_a_rare_word_is_mended(typed: str, read: str, lexicon: Lexicon) -> None:
    assert correct(typed, STORY, frozenset(STORY), lexicon) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("nabbed", "nabbed"),
        ("parson", "parson"),
        ("lugged", "lugged"),
        ("varner", "varner"),  # a name in use, of another first letter
        ("namde", "named"),
        ("perosns", "persons"),
        ("logegd", "logged"),
        ("warnre", "warner"),
    ],
)
def test_a_rare_word_of_the_dictionary_is_no_slip_of_the_storys(typed: str, read: str, lexicon: Lexicon) -> None:
    story = ("logged", "named", "persons", "warner")
    assert correct(typed, story, frozenset(story), lexicon) == read


@pytest.mark.parametrize("text", ["что сказал Окоро?", "オコロは何と言った？", "Okoro'nun sözü neydi", "what did Окоро say?"])
def test_an_actor_is_named_in_another_script_or_form(text: str, index: StoryIndex) -> None:
    assert read_question(text, index).given == {"harbour-bridge/okoro"}
