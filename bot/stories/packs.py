"""Packs: a story as one file with the list of its hashes, signed by its editor.

A pack is a zip file with four files in it: the story file, ``SHA256SUMS``, its signature, and the public key of the editor.
Whoever has that key from the editor can check a pack without Footnote: ``minisign -Vm SHA256SUMS -P KEY``, then
``sha256sum -c SHA256SUMS``. The comment of the signature, which is signed with it, says when it was made and, if its editor
publishes packs on the web, where the next one will be.
"""

from __future__ import annotations

import io
import struct
import time
import zipfile
import zlib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.errors import RefusedPackError, StoryFileError
from bot.facts.models import Story
from bot.facts.state.taken_packs import PackSignature
from bot.facts.text import link_fault
from bot.messages import Message
from bot.stories.load import read_story
from bot.stories.minisign import is_signed, read_public_key, signed_at, signed_home
from bot.stories.signing import SecretKey
from bot.stories.yaml_tree import MAX_BYTES

SUMS, SIGNATURE, KEY = "SHA256SUMS", "SHA256SUMS.minisig", "minisign.pub"
_PARTS = {SUMS, SIGNATURE, KEY}
_MAX_PART = 4_000  # bytes of each of these; they have a few hundred
PACK_BEGINS = b"PK\x03\x04"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 1  # the bit of a zip file's flags
# What zipfile raises of a file that is damaged.
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, KeyError, RuntimeError)
_NOT_WHOLE = Message("This is not a whole pack of a story, so nothing of it is taken in. Get it again from its editor.")
_CHANGED = Message("This pack was changed after it was signed, so nothing of it is taken in. Get it again from its editor.")


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack whose signature is right: its story, the text of the story file, and who signed it when."""

    story: Story
    text: str
    signature: PackSignature


def is_pack(content: bytes) -> bool:
    """Return whether the content of a file is that of a pack rather than of a story file."""
    return content.startswith(PACK_BEGINS)


def write_pack(name: str, content: bytes, key: SecretKey, home: str = "") -> bytes:
    """Return a pack of a story file, which is called ``name`` in it, signed with a key.

    ``home`` is the address at which the next pack of the story will be; one that `home_fault` faults is read as none.
    """
    sums = f"{sha256(content).hexdigest()}  {name}\n".encode()
    said = f"timestamp:{int(time.time())}\tfile:{SUMS}\thashed"
    signature = key.sign(sums, f"{said}\thome:{home}" if home else said)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        parts = {name: content, SUMS: sums, SIGNATURE: signature, KEY: key.public.file()}
        for part, data in parts.items():
            archive.writestr(zipfile.ZipInfo(part), data, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def home_fault(home: str) -> Message | None:
    """Return a sentence that says why an address cannot be signed as that of the next pack, None where it can be."""
    if not (home.isascii() and home.isprintable() and " " not in home):
        return Message("This link cannot be read. Paste it as your browser shows it, beginning with https://")
    return link_fault(home)


def load_pack(path: Path) -> Pack:
    """Read a pack from a file, as `read_pack` does."""
    with path.open("rb") as file:
        return read_pack(file.read(MAX_BYTES + 1), str(path))


def read_pack(content: bytes, name: str) -> Pack:
    """Read the content of a pack; ``name`` is its name in errors. To be called in a process with limits.

    Raises RefusedPackError where it is no pack, or is not as it was signed; StoryFileError with all faults of its story file.
    """
    story_name, parts = _parts(content)
    key = read_public_key(parts[KEY])
    if key is None:
        raise RefusedPackError(_NOT_WHOLE)
    story = parts[story_name]
    digest = sha256(story).hexdigest()
    listed = f"{digest}  {story_name}\n".encode()
    if len(story) <= MAX_BYTES and not (parts[SUMS] == listed and is_signed(listed, parts[SIGNATURE], key)):
        raise RefusedPackError(_CHANGED)
    home = signed_home(parts[SIGNATURE])
    signature = PackSignature(str(key), signed_at(parts[SIGNATURE]), digest, home if home_fault(home) is None else "")
    return Pack(read_story(story, name), story.decode("utf-8-sig"), signature)


def read_newer_pack(content: bytes, name: str) -> Pack:
    """Read what an address gave as a pack, as `read_pack` does. Raises RefusedPackError with what is wrong with it."""
    try:
        return read_pack(content, name)
    except StoryFileError as error:
        fault = error.faults[0].message
        raise RefusedPackError(
            Message("The story file in this pack has faults, so nothing of it is taken in. Tell its editor: {fault}", fault=fault)
        ) from None


def _parts(content: bytes) -> tuple[str, dict[str, bytes]]:
    """Return the name of the story file of a pack, and all its files, of a story file that is too large only its beginning."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            names = {info.filename for info in infos}
            others = names - _PARTS
            if len(infos) != len(names) or not names > _PARTS or len(others) != 1:
                raise RefusedPackError(_NOT_WHOLE)
            (story_name,) = others
            return story_name, {info.filename: _unpacked(archive, info) for info in infos}
    except _BROKEN:
        raise RefusedPackError(_NOT_WHOLE) from None


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    most = _MAX_PART if info.filename in _PARTS else MAX_BYTES
    if info.compress_type not in _METHODS or info.flag_bits & _ENCRYPTED:
        raise RefusedPackError(_NOT_WHOLE)
    with archive.open(info) as file:
        data = file.read(most + 1)
    if len(data) > _MAX_PART and info.filename in _PARTS:
        raise RefusedPackError(_NOT_WHOLE)
    return data
