"""Each sentence of SECURITY.md and PRIVACY.md is held by a test; promises.yaml says by which."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
from ruamel.yaml import YAML

from tests.support.paths import ROOT

PROMISES = YAML(typ="safe").load((ROOT / "tests" / "promises.yaml").read_text(encoding="utf-8"))
INSTRUCTIONS = {"Report a fault", "What an operator must do", "What the operator must tell"}
"""The sections that say what people are to do. Only there may a sentence be without a test."""


def sentences(page: str) -> Iterator[tuple[str, str]]:
    """Yield the heading and the text of each sentence of a page; each row of a table counts as one."""
    heading = ""
    for block in re.split(r"\n(?=\n|- |\||#)", (ROOT / page).read_text(encoding="utf-8")):
        text = " ".join(block.split())
        if text.startswith("#"):
            heading = text.lstrip("# ")
        elif text.startswith("|"):
            if set(text) - set("|- ") and not text.startswith("| what | about whom |"):
                yield heading, text
        elif text:
            text = re.sub(r"^\*\*[^*]+\.\*\* ", "", text.removeprefix("- "))  # the title of an item
            yield from ((heading, sentence) for sentence in re.split(r"(?<=\.)\s+(?=[A-Z`*])", text))


@cache
def names_of_tests(file: str) -> frozenset[str]:
    """Return the names of the tests in a file; none where there is no such file."""
    path = ROOT / file
    if not path.is_file():
        return frozenset()
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return frozenset(
        node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    )


@pytest.mark.parametrize("page", ["SECURITY.md", "PRIVACY.md"])
def test_each_sentence_has_its_test(page: str) -> None:
    page_sentences = list(sentences(page))
    assert len(page_sentences) > 20
    assert [promise["says"] for promise in PROMISES[page]] == [text for _, text in page_sentences]
    without = {promise["says"] for promise in PROMISES[page] if not promise["tests"]}
    assert [text for heading, text in page_sentences if text in without and heading not in INSTRUCTIONS] == []


@pytest.mark.parametrize("page", ["SECURITY.md", "PRIVACY.md"])
def test_each_of_these_tests_is_there(page: str) -> None:
    named = [test.partition("::") for promise in PROMISES[page] for test in promise["tests"]]
    assert [f"{file}::{name}" for file, _, name in named if name not in names_of_tests(file)] == []
