"""What ``footnote read`` prints: what was read of an article, what is missing, what changed and which questions to try."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import Any

import click
from rich.text import Text

from bot.cli.console import of_server, to_json
from bot.drafting.comparison import StaleCitation
from bot.drafting.intake import Taken
from bot.facts.models import StoryInfo
from bot.phrases import listed
from bot.presentation.wording import counted
from bot.terminal.blocks import BLANK, Block, show
from bot.terminal.text import one_line

_MAX_PEOPLE = 6  # that are named before the rest is counted
_MAX_STALE = 10  # facts that are named before the rest is counted
_MAX_TEXT = 90  # characters of a sentence that is named

NOT_CHECKED = "Nobody has checked these sentences: answers from them are marked “From the article, not checked by a moderator”."
MISSING = {
    "published": "Its date is missing: “on Thursday” cannot be read without it. Give it with --published DATE.",
    "publisher": "Its outlet is missing, so it does not count as an independent source. Give it with --publisher NAME.",
}


def show_taken(name: str, info: StoryInfo, taken: Taken, *, server: int | None, as_json: bool) -> None:
    """Print what was read of an article and what became of it; ``server`` is the one whose base took it in."""
    if as_json:
        click.echo(to_json(_taken_json(name, info, taken)))
    else:
        show(_taken_page(info, taken, server))


def show_questions(info: StoryInfo, questions: Sequence[str], server: int | None) -> None:
    """Print questions to try of a server's base, and that nobody has checked what answers them."""
    asked = (f"footnote ask --story {info.id}{of_server(server)} {shlex.quote(one_line(question))}" for question in questions)
    tries = [Block(Text(command), "  ", "    ") for command in asked]
    show((BLANK, *([Block(Text("Try:"))] if tries else ()), *tries, Block(Text(NOT_CHECKED))))


def missing(taken: Taken) -> tuple[str, ...]:
    """Return the names of the fields that an article's source lacks."""
    return tuple(name for name in MISSING if not getattr(taken.source, name))


def _taken_page(info: StoryInfo, taken: Taken, server: int | None) -> Iterator[Block]:
    source = taken.source
    yield Block(Text(one_line(source.title), "bold"))
    published = source.published.words() if source.published else ""
    about = (
        source.publisher or "",
        listed(list(source.authors)),
        published,
        counted(len(taken.passages), "sentence", "sentences"),
    )
    yield Block(Text(one_line(" · ".join(filter(None, about)))), "  ", "  ")
    if taken.people:
        names = [actor.name for actor in taken.people[:_MAX_PEOPLE]]
        more = len(taken.people) - len(names)
        names += [f"{more} more"] if more else []
        yield Block(Text(one_line(f"People: {listed(names)}")), "  ", "    ")
    yield from (Block(Text(sentence), "  ", "    ") for sentence in _outcome(info, taken, server))
    yield from (Block(Text(MISSING[name]), "  ", "    ") for name in missing(taken))
    yield from _stale(taken.stale)


def _outcome(info: StoryInfo, taken: Taken, server: int | None) -> Iterator[str]:
    """Say what became of an article."""
    compared, change = taken.comparison, taken.applied.change
    where = f"the story {info.id}"
    if taken.known and change is None:
        yield f"It is already in {where}, as {taken.source.id}, and nothing in it has changed."
        return
    if taken.known:
        if compared.added or compared.changed or compared.gone:
            yield "This article changed after it was read."
        counts = (
            (compared.added, "sentence is new", "sentences are new"),
            (compared.changed, "sentence is different", "sentences are different"),
            (compared.gone, "sentence is gone", "sentences are gone"),
        )
        said = [counted(len(sentences), one, many) for sentences, one, many in counts if sentences]
        if compared.moved:
            said.append(counted(compared.moved, "sentence is in another paragraph", "sentences are in another paragraph"))
        yield f"It is already in {where}, as {taken.source.id}, and was read again: {listed(said) or 'its source changed'}."
    else:
        yield f"Taken into {where}, as {taken.source.id}."
    if taken.carried is not None:
        shared = counted(len(compared.shared), "sentence is", "sentences are")
        other = one_line(taken.carried.publisher or taken.carried.title)
        yield f"{shared} word for word in {other} too: a report that both carry, which counts as one source."
    yield f"This is change {change}; `footnote facts undo --change {change}{of_server(server)}` takes it back."


def _stale(stale: Sequence[StaleCitation]) -> Iterator[Block]:
    """Say which facts cite a paragraph that has changed."""
    if stale:
        yield Block(Text("These facts cite a paragraph that has changed; look at them:"), "  ", "    ")
    for cited in stale[:_MAX_STALE]:
        now = f"its sentences are in paragraph {cited.now} now" if cited.now else "a sentence of it is gone or different"
        text = one_line(cited.fact.text)
        text = text if len(text) <= _MAX_TEXT else f"{text[:_MAX_TEXT]} …"
        yield Block(Text(f"{cited.fact.id} (paragraph {one_line(cited.paragraph)}: {now}): {text}"), "    ", "      ")
    if len(stale) > _MAX_STALE:
        yield Block(Text(f"and {len(stale) - _MAX_STALE} more"), "    ")


def _taken_json(name: str, info: StoryInfo, taken: Taken) -> dict[str, Any]:
    """Return what became of an article as an object."""
    source, compared = taken.source, taken.comparison
    status = "new" if not taken.known else "same" if taken.applied.change is None else "changed"
    return {
        "article": name,
        "status": status,
        "story": info.id,
        "source": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "authors": list(source.authors),
        "published": source.published.edtf if source.published else None,
        "sentences": len(taken.passages),
        "people": [actor.name for actor in taken.people],
        "missing": list(missing(taken)),
        "carried": taken.carried.id if taken.carried else None,
        "added": [fact.id for fact in compared.added],
        "changed": [before.id for before, _ in compared.changed],
        "gone": [fact.id for fact in compared.gone],
        "stale": [{"fact": cited.fact.id, "paragraph": cited.paragraph, "now": cited.now or None} for cited in taken.stale],
        "change": taken.applied.change,
    }
