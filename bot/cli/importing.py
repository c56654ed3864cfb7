"""``footnote story import``: a story file or a pack taken in, after a look at which recorded questions it answers worse."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.answering import answerer_on, encode_facts
from bot.cli.console import at_a_terminal, operator, server_option
from bot.cli.fact_output import trial_page
from bot.cli.opening import load_story_file, open_stored, story_file, text_of
from bot.cli.packing import key_named
from bot.cli.sessions import session_on
from bot.cli.story_output import change_lines, mark_lines
from bot.errors import UsageError
from bot.facts.base import FactBase
from bot.facts.logbook import IMPORT_OF, sign
from bot.facts.models import Story
from bot.facts.state.taken_packs import PackSignature
from bot.stories.packs import PACK_BEGINS, Pack, is_pack, load_pack
from bot.terminal.blocks import show
from bot.uploads import AT_THE_COMMAND_LINE, call_limited


@click.command("import")
@click.argument("file")
@server_option
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Import without asking, even if recorded questions would be answered worse.")
@click.option("--signed-by", metavar="KEY", help="Take a pack only with this public key, or the one in this file.")
def import_(file: str, server: int | None, dry_run: bool, yes: bool, signed_by: str | None) -> None:
    """Take a story file or a pack in: facts are added, revised and retracted by id, all or nothing.

    Where the story's recorded questions would be answered worse than now, or be lost, it says so and asks first.
    FILE is a story file, a signed pack, or the file name or id of a shipped story. A pack is taken if nobody has changed it, and
    if it has the key of the story's last pack, or the one that is named.
    """
    path = story_file(file)
    pack = _pack_in(path)
    named = key_named(signed_by) if signed_by is not None else None
    if pack is None:
        if named is not None:
            raise UsageError(f"{file} is not signed. Get a pack from the editor of the story, or leave --signed-by out.")
        story = load_story_file(path)
        click.echo("".join(f"{line}\n" for line in mark_lines(text_of(file))), nl=False)
    else:
        story = pack.story
    # A base that does not exist yet is made with the default stories, as it would be at the server's first question.
    with open_stored(server, make=True, dry_run=dry_run) as base:
        if pack is not None:
            click.echo(_signed_line(pack, base.taken_packs.of(story.info.id), named))
        _import(base, story, path.name, pack.signature if pack else None, dry_run=dry_run, yes=yes)


def _pack_in(path: Path) -> Pack | None:
    """Read a pack, in a process of its own; None for any other file, and for one that cannot be opened."""
    try:
        with path.open("rb") as file:
            content = file.read(len(PACK_BEGINS))
    except (OSError, ValueError):
        return None
    return call_limited(AT_THE_COMMAND_LINE, load_pack, path) if is_pack(content) else None


def _signed_line(pack: Pack, last: PackSignature | None, named: str | None) -> str:
    """Return a line that says with which key a pack is signed; ``last`` is the signature of the story's last pack.

    Raises UsageError where that is not the key that it should be, or where it is older than the last one and no key is named.
    """
    key = pack.signature.key
    if named not in (None, key):
        raise UsageError(
            f"The pack is signed with the key {key}, not with {named}, so nothing of it is taken in. "
            "Get it again from its editor, or ask them for their key."
        )
    if named is None and last is not None and last.key != key:
        raise UsageError(
            f"The pack is signed with the key {key}, but this story came with the key {last.key} until now. "
            f"If its editor has told you of the new key, import it with --signed-by {key}."
        )
    if named is None and pack.signature.is_older_than(last):
        raise UsageError(
            "The pack was signed before the one that was imported last, and would take back what was corrected since. "
            f"Get the newest from its editor, or import it all the same with --signed-by {key}."
        )
    if last is None:
        return f"Signed with the key {key}, the first of this story here."
    return f"Signed with the key {key}, {'as before' if last.key == key else 'in place of the one before'}."


def _import(base: FactBase, story: Story, file: str, signature: PackSignature | None, *, dry_run: bool, yes: bool) -> None:
    """Import a story, or say what that would change; ``signature`` is that of its pack.

    Raises UsageError where it was not confirmed, StaleError.

    StaleError is raised where the facts have changed since the preview.
    """
    with session_on(base) as session:
        state = base.revisions.story_version(story.info.id)
        changes, trial = session.trials.of_import(story)
    asking = trial.worse and not yes and not dry_run
    if dry_run or asking:
        click.echo("\n".join(change_lines(changes, dry_run=True)))
    show(trial_page(trial))
    if dry_run:
        return
    if asking and not (at_a_terminal() and click.confirm("Import it?", default=False)):
        if at_a_terminal():
            click.echo("Nothing was imported.")
            return
        why = "recorded questions would be answered worse or be lost"
        raise UsageError(f"Nothing was imported, for {why}. Import it with --yes.")
    signed = sign(operator(), IMPORT_OF.format(name=f"{file} ({signature.key})" if signature else file))
    with base.transaction():
        base.revisions.import_story(story, signed, seen=state)
        if signature is not None:
            from bot.service.story_files import keep_pack  # takes a while to load

            keep_pack(base, story, signature, signed)
    click.echo("\n".join(change_lines(changes, dry_run=False)))
    if signature is not None and base.followed_packs.of(story.info.id) is not None:
        click.echo("Its editor says where the next pack will be: footnote story update takes it.")
    with answerer_on(base) as answerer:
        encode_facts(answerer, story.info.id)
