"""Open a folder of articles, to be asked without storing them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from bot.cli.answering import Ask, answerer_on, encode_facts
from bot.cli.console import OPERATOR
from bot.cli.opening import in_memory
from bot.drafting.folder import read_file, read_folder
from bot.uploads import AT_THE_COMMAND_LINE, call_limited


@contextmanager
def open_articles(folder: Path) -> Iterator[Ask]:
    """Open the articles in a folder, or one article, in memory, without storing them. Raises UsageError where there is none."""
    coverage = read_folder(folder, lambda file: call_limited(AT_THE_COMMAND_LINE, read_file, file))
    for problem in coverage.problems:
        click.echo(problem, err=True)
    with in_memory([coverage.story], by=OPERATOR) as base, answerer_on(base, cached=True) as answerer:
        encode_facts(answerer)
        yield Ask(answerer, base)
