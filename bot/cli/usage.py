"""How a command line that cannot be read is reported: in one sentence that says what to do, where Click prints three lines."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

MIN_LIKENESS = 0.75
"""How like what was typed a name must be to be suggested, from 0 to 1; the same letters in another order always are."""


def nearest(typed: str, names: Iterable[str]) -> str | None:
    """Return the name that was likely meant, None where none is near."""
    from difflib import get_close_matches  # 3 % of the time to start, and only a mistyped name needs it

    names = list(names)
    swapped = [name for name in names if sorted(name) == sorted(typed)]
    return next(iter(swapped or get_close_matches(typed, names, n=1, cutoff=MIN_LIKENESS)), None)


def sentence_of(error: click.UsageError) -> str:
    """Return the one sentence for a usage error of Click's."""
    if isinstance(error, click.BadOptionUsage):  # which does not know its command
        wrong = "needs a value behind it" if "requires" in error.message else "takes no value"
        return f"{error.option_name} {wrong}; --help says what it is for."
    if error.ctx is None:
        return error.format_message()
    command = error.ctx.command_path
    if isinstance(error, click.NoSuchOption):
        options = [option for param in error.ctx.command.get_params(error.ctx) for option in param.opts]
        near = nearest(error.option_name, options)
        return f"There is no option {error.option_name}. {f'Did you mean {near}?' if near else f'{command} --help lists them.'}"
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _of_value(error, error.param, command)
    if extra := re.search(r"unexpected extra arguments? \((.*)\)", error.message):
        return f"{command} has no use for {extra[1]}. {command} --help says what it takes."
    return error.message  # already Footnote's own sentence


def _of_value(error: click.BadParameter, param: click.Parameter, command: str) -> str:
    """Return the sentence for a value that is missing or cannot be taken."""
    name = max(param.opts, key=len) if isinstance(param, click.Option) else str(param.metavar or param.name).strip("[].").upper()
    what = "is missing" if isinstance(error, click.MissingParameter) else "cannot be that"
    if isinstance(param.type, click.Choice):
        return f"{name} {what}: give it one of {', '.join(param.type.choices)}."
    if isinstance(error, click.MissingParameter):
        return f"{name} is missing. {command} --help says what it is."
    if isinstance(param.type, click.types.IntParamType):
        low, high = getattr(param.type, "min", None), getattr(param.type, "max", None)
        limits = "" if low is None else f" from {low} on" if high is None else f" from {low} to {high}"
        return f"{name} {what}: give it a whole number{limits}."
    if isinstance(param.type, click.Path):
        wrong = "there is no such file or folder" if param.type.file_okay else "it is a file, not a folder"
        return f"{name} {what}: {wrong}. {command} --help says what it takes."
    return f"{name} {what}: {error.message.rstrip('.')}. {command} --help says what it takes."
