"""Keys and signatures as minisign writes them, so that anybody can check with minisign what Footnote signed.

A signature is Ed25519 over the BLAKE2b-512 hash of what is signed, and a second one over that and its comment. A file of keys or
of a signature has comments and lines of base64. The formats: https://jedisct1.github.io/minisign/#signature-format
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import blake2b

KEY, HASHED = b"Ed", b"ED"  # a key, and a signature of a hash
_SIGNED_AT = re.compile(rb"\btimestamp:(\d{1,12})(?!\d)")
_HOME = re.compile(rb"[ \t]home:([!-~]+)(?=[ \t]|$)")
UNTRUSTED, TRUSTED = "untrusted comment: ", "trusted comment: "


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key: ``number`` tells keys apart (8 bytes), ``point`` is the key of Ed25519 (32 bytes)."""

    number: bytes
    point: bytes

    def __str__(self) -> str:
        """Return the key as people pass it on: 56 characters that begin with RW."""
        return b64encode(KEY + self.number + self.point).decode()

    def file(self) -> bytes:
        """Return the content of a file with the key."""
        return f"{UNTRUSTED}minisign public key {self.number[::-1].hex().upper()}\n{self}\n".encode()


def read_public_key(content: bytes) -> PublicKey | None:
    """Read a public key: its line of base64 alone, or the file that has it; None for anything else."""
    decoded = decoded_line(lines_of(content)[-1:])
    return PublicKey(decoded[2:10], decoded[10:]) if len(decoded) == 42 and decoded[:2] == KEY else None


def is_signed(content: bytes, signature: bytes, key: PublicKey) -> bool:
    """Return whether a file with a signature is one of a content and of its own comment, by a key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    lines = lines_of(signature)
    if len(lines) != 4 or not lines[2].startswith(TRUSTED.encode()):
        return False
    signed, whole = decoded_line(lines[1:2]), decoded_line(lines[3:])
    if len(signed) != 74 or signed[:10] != HASHED + key.number:
        return False
    try:
        point = Ed25519PublicKey.from_public_bytes(key.point)
        point.verify(signed[10:], hash_of(content))
        point.verify(whole, signed[10:] + lines[2].removeprefix(TRUSTED.encode()))
    except (InvalidSignature, ValueError):
        return False
    return True


def signed_at(signature: bytes) -> int:
    """Return when a signature was made (seconds since 1970) by its comment, which is signed as well; 0 where it does not say."""
    match = _SIGNED_AT.search(_comment(signature))
    return int(match[1]) if match else 0


def signed_home(signature: bytes) -> str:
    """Return where the next one will be, by the comment of a signature, which is signed as well; "" where it does not say."""
    match = _HOME.search(_comment(signature))
    return match[1].decode() if match else ""


def _comment(signature: bytes) -> bytes:
    return next((line for line in lines_of(signature) if line.startswith(TRUSTED.encode())), b"")


def hash_of(content: bytes) -> bytes:
    """Return the hash of a content that is signed in its place."""
    return blake2b(content).digest()


def lines_of(content: bytes) -> list[bytes]:
    """Return the lines of a file of keys or of a signature."""
    return [line.rstrip(b"\r") for line in content.strip().split(b"\n")]


def decoded_line(lines: list[bytes]) -> bytes:
    """Decode a line of base64; nothing where there is none, or it is none."""
    try:
        return b64decode(lines[0].strip(), validate=True) if lines else b""
    except binascii.Error:
        return b""
