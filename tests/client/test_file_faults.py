"""What is wrong with an uploaded file is said in the language of the server, whatever it is."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.errors import Fault, StoryFileError
from bot.facts.models import ACTOR_KINDS
from bot.formats.source_import import read_sources
from bot.languages import catalogue, say_message, speaking
from bot.messages import Message
from bot.presentation.citation_numbers import LOCATORS
from bot.stories.csl_terms import TYPES
from bot.stories.load import read_story
from bot.stories.yaml_tree import MAX_BYTES
from tests.formats.faulty import LISTS
from tests.stories_io.faulty import FAULTS, GOOD, NO_STORIES, SYNTAX
from tests.support.paths import ROOT
from tests.support.pseudo_language import SPOKEN, Stored, speak_wide

MAKERS = (
    *(ROOT / "bot/stories" / f"{name}.py" for name in ("fields", "load", "yaml_tree")),
    *(ROOT / "bot/formats" / f"{name}.py" for name in ("bibtex_read", "csl", "csl_read", "ris", "source_import", "source_list")),
    *(ROOT / "bot/facts" / f"{name}.py" for name in ("dates", "edtf")),
)
"""The modules that make sentences about what is wrong with a file."""

OTHER_ERRORS = {"UsageError", "AssertionError"}
"""Errors of which a sentence is none about what is in a file."""

SENTENCE = re.compile(r"[A-Z\"`@{\x00].* .*[.?]", re.DOTALL)
FILLED = "\x00"

TEMPLATES = {message.id for message in catalogue(SPOKEN)}

BAD_DATES = (
    "soon", "2021-13", "2021-02-30", "[2020, 2021]", "195E1", "2021~-03", "2021-31", "2021-XX-05", "XX21", "2022/2021", "2" * 200,
    "2021/2022/2023",
)  # fmt: skip


def sentences(path: Path) -> Iterator[str]:
    """Yield the sentences of a module, with a sign in each place where something is filled in beside the catalogue."""

    def text(node: ast.expr) -> str:
        if isinstance(node, ast.JoinedStr):
            return "".join(str(value.value) if isinstance(value, ast.Constant) else FILLED for value in node.values)
        return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""

    def below(node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return  # a docstring
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in OTHER_ERRORS:
            return
        if isinstance(node, ast.Constant | ast.JoinedStr):
            if SENTENCE.fullmatch(text(node)):
                yield text(node)
            return
        for inner in ast.iter_child_nodes(node):
            yield from below(inner)

    yield from below(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MAKERS, ids=lambda path: path.stem)
def test_every_sentence_about_a_fault_is_in_the_catalogue(path: Path) -> None:
    texts = list(sentences(path))
    assert texts
    assert [sentence for sentence in texts if sentence not in TEMPLATES] == []


def parts(message: Message) -> Iterator[Message]:
    """Yield a message and those that it is filled in with."""
    yield message
    for value in message.values.values():
        if isinstance(value, Message):
            yield from parts(value)


def faults_of_stories() -> Iterator[tuple[str, Sequence[Fault]]]:
    """Yield the texts of faulty story files with their faults."""
    changed = [GOOD.replace(str(fault[0]), str(fault[1]), 1).encode() for fault in (*FAULTS, *SYNTAX)]
    changed += [GOOD.replace("2021-03-03", json.dumps(date)).encode() for date in BAD_DATES]
    for content in (*changed, *NO_STORIES, b"story: {id: s, title: t, id: u}\n", b"- *x\n" * 2000, b"x" * (MAX_BYTES + 1)):
        with pytest.raises(StoryFileError) as caught:
            read_story(content, "x.yaml")
        yield content.decode("utf-8", "replace"), caught.value.faults


def faults_of_lists() -> Iterator[tuple[str, Sequence[Fault]]]:
    """Yield the texts of faulty lists of sources with their faults."""
    for name, content in LISTS:
        try:
            read = read_sources(content.encode(), name)
            faults = (*read.faults, *read.remarks)
        except StoryFileError as error:
            faults = error.faults
        assert faults, content[:80]
        yield content, faults


@pytest.mark.parametrize("faults_of", [faults_of_stories, faults_of_lists])
def test_every_fault_of_a_file_is_said_in_the_language_of_the_server(faults_of: object, monkeypatch: pytest.MonkeyPatch) -> None:
    assert callable(faults_of)
    speak_wide(monkeypatch)
    wrong = []
    with speaking(SPOKEN):
        for text, faults in faults_of():
            shown = (*faults[:20], faults[-1])  # a thousand of one kind prove no more
            named = re.findall(r'"[^"]*"|U\+\w+', "".join(map(str, shown)))
            known = Stored([text[:10_000], *named, *TYPES, *ACTOR_KINDS, *LOCATORS, "MB"])
            wrong += [part.template for fault in shown for part in parts(fault.message) if part.template not in TEMPLATES]
            said = [say_message(fault.message) for fault in shown]
            wrong += [f"{piece}: {one}" for one in said for piece in known.untranslated(one)]
    assert not wrong, "\n".join(wrong)


def test_what_a_fault_names_stays_as_it_was_typed() -> None:
    with pytest.raises(StoryFileError) as caught:
        read_story(b"story: {id: s, title: t}\nsources: {the story: {type: book}}\n", "x.yaml")
    listed = b'[{"type": "book", "title": "t"}, {"id": "lee", "type": "book", "title": "t", "issued": "soon"}]'
    (item,) = read_sources(listed, "x.json").remarks
    with speaking("de"):
        assert say_message(caught.value.faults[0].message) == (
            "Zeile 2, Spalte 11: Die Quelle „the story“ hat kein `title`. Ergänze `title:` mit dem Wert."
        )
        assert say_message(item.message).startswith(
            "Zeile 1, Spalte 34: Eintrag 2, „lee“: Das Datum ist nicht zu lesen: „soon“ ist kein Datum. Schreib es wie `2021`,"
        )
