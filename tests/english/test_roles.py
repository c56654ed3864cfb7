"""What a text says of a person beside the name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.english import roles
from bot.english.name_runs import NameRun, name_runs
from bot.english.sentences import TextToken, tokens_of


def named(text: str, name: str) -> tuple[NameRun, tuple[TextToken, ...]]:
    """Return a name of a sentence, and the sentence."""
    tokens = tokens_of(text)
    return next(run for run in name_runs(tokens) if run.text == name), tokens


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Mayor Maria Lee left.", "Mayor"),
        ("Mr. Lee left Maria Lee.", None),
        ("Maria Lee, the mayor of Harbour, left.", "Mayor of Harbour"),
        ("Maria Lee, 52, a nurse, left.", "Nurse"),
        ("The company's chief executive, Maria Lee, left.", "Company's chief executive"),
        ("The first witness was Maria Lee.", "First witness"),
        ("RT’s deputy editor-in-chief Maria Lee left.", "RT’s deputy editor-in-chief"),
        ("The head of safety Maria Lee left.", "Head of safety"),
        ("Maria Lee, who left, came back.", None),
        ("Maria Lee left the harbour.", None),
    ],
)
def test_the_role_beside_a_name_is_read(text: str, role: str | None) -> None:
    assert roles.role_of(*named(text, "Maria Lee"), text) == role


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Maria Lee, 52, left.", True),
        ("Maria Lee, 5200, left.", False),
        ("Maria Lee, who came, left.", True),
        ("A woman named Maria Lee left.", True),
        ("It was known as Maria Lee.", True),
        ("Maria Lee, for her part, left.", True),
        ("They saw Maria Lee there.", False),
    ],
)
def test_a_person_is_known_by_what_stands_beside_the_name(text: str, expected: bool) -> None:
    assert roles.has_role(*named(text, "Maria Lee")) is expected


def test_whoever_says_something_stands_at_a_verb_of_speech() -> None:
    assert roles.speaks(*named("Maria Lee said no.", "Maria Lee"))
    assert roles.speaks(*named("No, said Maria Lee.", "Maria Lee"))
    assert not roles.speaks(*named("Maria Lee left.", "Maria Lee"))


@pytest.mark.parametrize(
    ("role", "noun"),
    [
        ("spokeswoman for the ministry", "spokeswoman"),
        ("deputy director of the harbour", "director"),
        ("volcanologist", "volcanologist"),
        ("professor and author", "professor"),
        ("bridge", None),
        ("", None),
    ],
)
def test_the_noun_of_a_role_says_what_somebody_is(role: str, noun: str | None) -> None:
    assert roles.head(role) == noun


def test_many_nouns_are_roles_by_their_ends() -> None:
    assert [word for word in ("yachtswoman", "geologist", "Mayor", "man", "bridge") if roles.is_role(word)] == [
        "yachtswoman",
        "geologist",
        "Mayor",
    ]


WORDS = [
    "The",
    "mayor",
    "of",
    "and",
    "Maria",
    "Lee",
    "Jo",
    ",",
    ".",
    "—",
    "(",
    ")",
    "who",
    "was",
    "’s",
    "52",
    "for",
    "said",
    "as",
]


@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_any_sentence_is_read(text: str) -> None:
    tokens = tokens_of(text)
    for run in name_runs(tokens):
        role = roles.role_of(run, tokens, text)
        assert role is None or role.strip()
        roles.has_role(run, tokens)
        roles.speaks(run, tokens)
