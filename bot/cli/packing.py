"""``footnote story key`` and ``pack``: the keys of an editor, and a story as one file that is signed with them."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import click

from bot.cli.console import force_option, server_option, write_file
from bot.cli.formats import whole_story
from bot.errors import UsageError, reason_of
from bot.formats.export import FORMATS
from bot.stories.minisign import read_public_key
from bot.stories.packs import home_fault, write_pack
from bot.stories.signing import SecretKey, make_key, read_secret_key

_MAX_KEY = 4_000  # bytes of a file with a key; they have a few hundred


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def key(file: Path) -> None:
    """Make a pair of keys: FILE gets the secret one, with which you sign packs, and FILE.pub the public one.

    They are keys of minisign, which reads and uses them, too. The secret one has no password: only you may read its file.
    """
    pair, public = make_key(), file.with_name(f"{file.name}.pub")
    _write_new(file, pair.file(), mode=0o600)
    try:
        _write_new(public, pair.public.file(), mode=0o644)
    except UsageError:
        file.unlink()
        raise
    click.echo(f"Wrote {file}, your secret key: keep it to yourself, and a copy of it in a safe place.")
    click.echo(f"Wrote {public}, your public key. Publish it where readers of your packs know that it is you:")
    click.echo(f"  {pair.public}")


@click.command()
@click.argument("story", metavar="STORY")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--key", "key_file", type=click.Path(path_type=Path), required=True, metavar="KEYFILE", help="Your secret key.")
@click.option("--home", default="", metavar="URL", help="Where you publish the pack, and each later one in its place.")
@server_option
@force_option
def pack(story: str, file: Path, key_file: Path, home: str, server: int | None, force: bool) -> None:
    """Write a story as a pack, FILE: one file with the story, the list of its hashes and your signature.

    STORY is the id of a stored or shipped story, or a story file. Whoever imports the pack sees that it is from you, and that
    nobody has changed it. With --home they hear of your corrections: Footnote looks there for your next pack.
    """
    fault = home_fault(home) if home else None
    if fault is not None:
        raise UsageError(f"{home}: {fault}")
    secret = _read_key(key_file)
    whole = whole_story(story, server)
    content = write_pack(f"{whole.story.info.id}.yaml", FORMATS["story"].write(whole), secret, home)
    write_file(file, content, force=force)
    click.echo(f"Wrote {file}, signed with the key {secret.public}.")


def _read_key(file: Path) -> SecretKey:
    """Read a secret key. Raises UsageError where the file cannot be read, or holds none."""
    try:
        with file.open("rb") as opened:
            return read_secret_key(opened.read(_MAX_KEY))
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {reason_of(error)}. Make a key with footnote story key.") from None


def _write_new(file: Path, content: bytes, *, mode: int) -> None:
    """Write a file that is not there yet: a key that is lost cannot be made again. Raises UsageError."""
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as opened:
            opened.write(content)
    except FileExistsError:
        raise UsageError(f"{file} already exists, and a key that is overwritten is lost. Give another name.") from None
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {reason_of(error)}. Check its folder and its permissions.") from None


def key_named(text: str) -> str:
    """Return the public key that somebody names: by itself, or by a file that has it. Raises UsageError where it is neither."""
    key = read_public_key(text.encode(errors="replace"))
    if key is None:
        with suppress(OSError, ValueError), Path(text).open("rb") as file:
            key = read_public_key(file.read(_MAX_KEY))
    if key is None:
        raise UsageError(f"{text} is neither a public key, which has 56 characters and begins with RW, nor a file with one.")
    return str(key)
