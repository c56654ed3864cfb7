"""The option ``--language`` of the commands that answer and show."""

from __future__ import annotations

from functools import wraps
from typing import Any, cast

import click

from bot.cli.console import F
from bot.languages import ENGLISH, LANGUAGES
from bot.terminal.languages import in_language


def language_option(command: F) -> F:
    """Give a command ``--language``, and run it in that language; without it JSON stays in English, for programs read it."""

    @wraps(command)
    def run(*args: Any, language: str | None, **options: Any) -> Any:
        english = options.get("as_json") or options.get("batch") is not None
        with in_language(language or (ENGLISH if english else None)):
            return command(*args, **options)

    meaning = "Which language to speak; else the system's."
    return cast(F, click.option("--language", type=click.Choice(tuple(LANGUAGES)), help=meaning)(run))
