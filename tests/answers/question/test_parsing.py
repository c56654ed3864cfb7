from __future__ import annotations

from bot.answers.finding.index import StoryIndex
from bot.answers.question.parsing import Question, read_question
from bot.english.lexicon import Lexicon


def read(text: str, index: StoryIndex, lexicon: Lexicon) -> Question:
    return read_question(text, index, lexicon)


def weights(question: Question) -> dict[str, float]:
    return {term.word: term.weight for term in question.terms}


def test_misspelt_names_are_read_and_said_so(index: StoryIndex, lexicon: Lexicon) -> None:
    question = read("waht did okorro say", index, lexicon)
    assert question.speakers == {"harbour-bridge/okoro"}
    assert question.corrections == (("waht", "what"), ("okorro", "okoro"))


def test_who_is_asked_about_is_not_who_is_asked_to_have_spoken(index: StoryIndex, lexicon: Lexicon) -> None:
    question = read("what did okoro say about the mayor", index, lexicon)
    assert question.speakers == {"harbour-bridge/okoro"}
    assert len(question.mentions) == 2


def test_a_period_after_an_initial_ends_no_sentence(index: StoryIndex, lexicon: Lexicon) -> None:
    assert weights(read("what did Maria T. Lee say about safety", index, lexicon))["safety"] > 0.2
