"""``footnote story update``: whether the editors of stories that came in packs have published newer ones, and taking these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from bot.cli.answering import answerer_on, encode_facts
from bot.cli.console import WRONG, confirmed, operator, server_option
from bot.cli.fact_output import trial_page
from bot.cli.opening import open_stored
from bot.cli.sessions import session_on
from bot.cli.story_output import change_lines
from bot.errors import UsageError
from bot.facts.base import FactBase
from bot.facts.logbook import IMPORT_OF, sign
from bot.facts.state.feeds import Feed
from bot.stories.packs import Pack
from bot.terminal.blocks import show
from bot.terminal.text import one_line

if TYPE_CHECKING:
    from bot.service.story_files import ImportPreview


@click.command()
@click.argument("story", required=False)
@server_option
@click.option("--yes", is_flag=True, help="Take newer packs without asking.")
@click.option("--stop", is_flag=True, help="Look for newer packs of the story no longer.")
def update(story: str | None, server: int | None, yes: bool, stop: bool) -> None:
    """Look whether the editors of stories that came in packs have published newer ones, show what these change, and take them.

    STORY is the id of a stored story; without it all are looked at whose packs say where the next one will be. Only the editor's
    own, newer packs are taken. What was changed here since the last one stays as it is; footnote facts undo takes an update back.
    The exit code is 1 where a pack could not be had.
    """
    with open_stored(server) as base:
        feeds = _followed(base, story)
        if stop:
            _stop(base, feeds, story)
            return
        failed = 0
        for feed in feeds:
            try:
                _update(base, feed, yes=yes)
            except UsageError as error:
                click.echo(f"{feed.story}: {error}", err=True)
                failed += 1
    if failed:
        raise click.exceptions.Exit(WRONG)


def _followed(base: FactBase, story: str | None) -> Sequence[Feed]:
    """Return where newer packs are looked for, of one story or all. Raises NotKnownError, UsageError where there are none."""
    base.check_story(story)
    feeds = [feed for feed in base.followed_packs.all() if story in (None, feed.story)]
    if not feeds:
        raise UsageError(
            "No editor's next pack is known. Import a pack that was made with --home; from then on you can update the story."
        )
    return feeds


def _stop(base: FactBase, feeds: Sequence[Feed], story: str | None) -> None:
    if story is None:
        raise UsageError(f"It must be known which story is meant. Name it: {', '.join(feed.story for feed in feeds)}.")
    for feed in feeds:
        base.feeds.remove(feed.number, sign(operator(), None))
        click.echo(f"{feed.story}: newer packs are no longer looked for. Its facts stay.")


def _update(base: FactBase, feed: Feed, *, yes: bool) -> None:
    """Take the newer pack of a story, if there is one and it is wanted. Raises UsageError, StaleError."""
    pack = _newest(feed)
    with session_on(base) as session:
        preview = session.packs.look(feed, pack, sign(operator(), None), ask=True)
        if preview is None:
            click.echo(f"{feed.story}: nothing newer at {feed.url}.")
            return
        click.echo(f"A newer pack from {feed.url}, signed with the key {pack.signature.key}, as before.")
        click.echo("\n".join((*change_lines(preview.changes, dry_run=True), *_kept_lines(preview))))
        show(trial_page(preview.trial))
        if not (yes or confirmed("Take it?", default=not preview.trial.worse)):
            click.echo("Nothing was changed. Take it with --yes.")
            return
        signature = sign(operator(), IMPORT_OF.format(name=f"{feed.story}.pack ({pack.signature.key})"))
        session.packs.take(pack, signature, seen=preview.state)
    click.echo("\n".join(change_lines(preview.changes, dry_run=False)))
    with answerer_on(base) as answerer:
        encode_facts(answerer, feed.story)


def _newest(feed: Feed) -> Pack:
    """Fetch what is published now. Raises UsageError."""
    from bot.stories.packs import read_newer_pack
    from bot.uploads import AT_THE_COMMAND_LINE, call_limited
    from bot.web.fetching import fetch_feed  # loading it takes a while

    fetched = fetch_feed(feed.url)
    assert fetched is not None  # None would mean unchanged, and nothing was known of it
    return call_limited(AT_THE_COMMAND_LINE, read_newer_pack, fetched.content, feed.url)


def _kept_lines(preview: ImportPreview) -> Iterator[str]:
    """Yield the lines that say what stays as it is here, though the pack says otherwise."""
    if preview.kept:
        yield f"  as changed here, though the pack says otherwise: {', '.join(preview.kept)}"
    if preview.others:
        yield f"  as changed here, though the pack says otherwise: {', '.join(map(one_line, preview.others))}"
