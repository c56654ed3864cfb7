"""The samples of the pages: each ``console`` block is run, in a folder with the files that the pages show."""

from __future__ import annotations

import io
import os
import re
import shlex
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager
from pathlib import Path

from click.testing import CliRunner

from bot.cli.entry import footnote
from data.guide.pages import GUIDES, blocks, files, read

_COMMAND = re.compile(r"^\$ (.*\n(?: {4}.*\n)*)", re.MULTILINE)


def shown_files() -> dict[str, str]:
    """Return all files that the pages show, by name."""
    return {name: content for page in GUIDES for name, content in files(read(page)).items()}


def with_output(text: str) -> str:
    """Return a page with what its samples print, each after the ones before it, in a home of their own."""
    with _folder(shown_files()) as runner:
        for sample in reversed([(block, _run(runner, block.text)) for block in blocks(text) if block.language == "console"]):
            block, printed = sample
            text = text[: block.start] + printed + text[block.end :]
    return text


@contextmanager
def _folder(content: Mapping[str, str]) -> Iterator[CliRunner]:
    """Make a folder with files in it and stand in it; nothing of the real environment is seen."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        for name, text in content.items():
            Path(name).write_text(text, encoding="utf-8")
        hidden = {name: None for name in os.environ if name.startswith(("FOOTNOTE_", "DISCORD_")) or name == "COLUMNS"}
        yield CliRunner(env=hidden | {"FOOTNOTE_HOME": str(Path(folder, "home"))})


def _run(runner: CliRunner, block: str) -> str:
    return "\n".join(_printed(runner, command) for command in _COMMAND.findall(block))


def _printed(runner: CliRunner, command: str) -> str:
    """Run one line of a sample, which may take its input from a file, and return it with what is printed, or the head of that."""
    whole, _, shown = command.partition(" | head -")
    line, _, source = whole.partition(" < ")
    program, *arguments = shlex.split(line)
    assert program in ("footnote", ".venv/bin/footnote"), command
    given = io.BytesIO(Path(source.strip()).read_bytes()) if source else None
    printed = runner.invoke(footnote, arguments, input=given).output
    lines = printed.splitlines(keepends=True)
    return f"$ {command}{''.join(lines[: int(shown)] if shown else lines)}"
