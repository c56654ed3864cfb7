"""Whose verb it is: the subject before it, behind it, or kept apart from it by commas."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.article import read_article
from bot.drafting.entities import EntityIndex, find_names
from bot.english.sentences import Sentence, read_sentences, verbs
from bot.english.subjects import Subject, first_subject, subject_behind, subject_of

WORDS = [
    "Maria Lee",
    "Jo Kim",
    "the",
    "mayor",
    "spokesman",
    "for",
    "of",
    "Harbour",
    "company",
    "said",
    "who",
    "was",
    "he",
    "they",
    "and",
    "but",
    ",",
    "“no”",
    "—",
    "asked",
    "according",
    "to",
    "52",
    "a",
    "nurse",
    "Speaking",
    "in",
    "read",
    "by",
]


def sentences_of(text: str) -> list[Sentence]:
    article = read_article(text)
    index = EntityIndex(article)
    return [sentence for paragraph in article.paragraphs for sentence in read_sentences(paragraph, partial(find_names, index))]


def shown(sentence: Sentence, subject: Subject | None) -> tuple[str, str] | None:
    return None if subject is None else (subject.kind, sentence.text(subject.first, subject.last))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Maria Lee said that it was shut.", ("names", "Maria Lee")),
        ("He later said that it was shut.", ("pronoun", "He")),
        ("A spokesman for the city said that it was shut.", ("noun", "A spokesman for the city")),
        ("The mayor, Maria Lee, said that it was shut.", ("names", "Maria Lee")),
        ("Maria Lee, who was in Harbour, said that it was shut.", ("names", "Maria Lee")),
        ("Maria Lee, 52, a nurse, said that it was shut.", ("names", "Maria Lee")),
        ("Maria Lee and Jo Kim said that it was shut.", ("names", "Maria Lee and Jo Kim")),
        ("In a statement, the company said that it was shut.", ("noun", "the company")),
        ("In a statement the company said that it was shut.", ("noun", "the company")),
        ("Speaking to reporters, Maria Lee said that it was shut.", ("names", "Maria Lee")),
        ("The engineer Maria Lee said that it was shut.", ("names", "Maria Lee")),
        ("Maria Lee closed the bridge and said that it was shut.", ("names", "Maria Lee")),
        ("One angler said that it was shut.", ("noun", "One angler")),
    ],
)
def test_the_subject_stands_before_its_verb(text: str, expected: tuple[str, str]) -> None:
    (sentence,) = sentences_of(text)
    verb = next(verbs(sentence.items))
    assert shown(sentence, subject_of(sentence.items, verb)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It is shut,” said Maria Lee.", ("names", "Maria Lee")),
        ("“It is shut,” said Maria Lee of the union.", ("names", "Maria Lee")),
        ("“It is shut,” said she.", ("pronoun", "she")),
        ("“It is shut,” said a spokesman for the city.", ("noun", "a spokesman for the city")),
        ("“It is shut,” said the engineer Maria Lee.", ("names", "Maria Lee")),
        ("“It is shut,” said.", None),
    ],
)
def test_a_subject_may_stand_behind_its_verb(text: str, expected: tuple[str, str] | None) -> None:
    (sentence,) = sentences_of(text)
    assert shown(sentence, subject_behind(sentence.items, 3 if sentence.items[1].text == "," else 2)) == expected


def test_a_stranger_counts_only_where_anybody_does() -> None:
    (sentence,) = sentences_of("“It is shut,” said one angler.")
    assert subject_behind(sentence.items, 2) is None
    assert shown(sentence, subject_behind(sentence.items, 2, anybody=True)) == ("noun", "one angler")


def test_two_with_what_each_is_are_one_subject() -> None:
    (sentence,) = sentences_of("Maria Lee, a nurse, and Jo Kim, a teacher, said that it was shut.")
    subject = subject_of(sentence.items, next(verbs(sentence.items)))
    assert subject is not None
    assert subject.also is not None
    assert {shown(sentence, subject), shown(sentence, subject.also)} == {("names", "Jo Kim"), ("names", "Maria Lee")}


def test_what_introduces_a_clause_is_no_subject() -> None:
    (sentence,) = sentences_of("In May, the company said that it was shut.")
    assert shown(sentence, first_subject(sentence.items)) == ("noun", "the company")


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join))
def test_a_subject_is_a_part_of_any_sentence(text: str) -> None:
    for sentence in sentences_of(f"{text}."):
        for verb in range(len(sentence.items)):
            subjects = [subject_of(sentence.items, verb), first_subject(sentence.items, verb)]
            subjects.append(subject_behind(sentence.items, verb, anybody=True))
            for subject in (subject for subject in subjects if subject is not None):
                assert 0 <= subject.first < subject.last <= len(sentence.items)
