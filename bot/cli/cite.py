"""``footnote cite``: a citation of a fact or a source, to be pasted into something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from bot.cli.story import SERVER

if TYPE_CHECKING:
    from bot.facts.base import FactBase

# Spelt out, so that the help needs no format loaded; a test holds them against the forms that there are.
STYLES = ("apa", "mla", "chicago", "harvard", "bibtex", "ris", "csl-json", "markdown")


@click.command("cite", short_help="Cite a fact or a source, in the style that you need.")
@click.argument("what", metavar="FACT|SOURCE")
@click.option("--style", type=click.Choice(STYLES), default="apa", show_default=True, help="The form of the citation.")
@SERVER
def command(what: str, style: str, server: int | None) -> None:
    """Cite a fact or a source in the style of a handbook or the format of a reference manager.

    FACT is a fact's number, such as F12, or F12@3 for what its third revision said, or its id; SOURCE a source's id or address.
    The archived copy's address stands beside each source that has one.
    """
    from bot.cli.story import open_base_of
    from bot.terminal.safe import safe

    with open_base_of(server) as base:
        text = _cited(base, what.strip(), style)
    click.echo("\n".join(map(safe, text.splitlines())))


def _cited(base: FactBase, what: str, style: str) -> str:
    from bot.errors import NotKnownError, UsageError
    from bot.formats.cite import CitedPlace, cite_fact, cite_sources

    sources = [(info, source) for info, source, _ in base.sources() if what in (source.id, source.url, source.archive)]
    if sources and not re.fullmatch(r"F\d+(@\d+)?", what, re.IGNORECASE):
        info, source = sources[0]
        return cite_sources([CitedPlace(source)], style, base.story(info.id).actors)
    try:
        number, revision = base.editor.number(what)
    except NotKnownError:
        raise NotKnownError(f'There is no fact and no source "{what}". Name a fact such as F12, or a source by its id.') from None
    record = base.editor.show(number, revision)
    if record.retracted:
        raise UsageError(f"{record.ref} is retracted, and so not to be cited. Name an earlier revision, such as F{number}@1.")
    return cite_fact(record, style, base.story(record.story.id).actors)
