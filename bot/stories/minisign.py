"""Keys and signatures as minisign writes them, so that anybody can check with minisign what Footnote signed.

A signature is Ed25519 over the BLAKE2b-512 hash of what is signed, and a second one over that and its comment. A file of keys or
of a signature has comments and lines of base64. The formats: https://jedisct1.github.io/minisign/#signature-format
"""

from __future__ import annotations

import binascii
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import blake2b

from bot.errors import UsageError

_KEY, _HASHED = b"Ed", b"ED"  # a key, and a signature of a hash
_NO_PASSWORD = bytes(2)
_SECRET_HEAD = _KEY + _NO_PASSWORD + b"B2" + bytes(32 + 8 + 8)  # the salt and the costs of a password are 0 where there is none
_UNTRUSTED, _TRUSTED = "untrusted comment: ", "trusted comment: "
_PROTECTED = (
    "The key is protected by a password, which Footnote cannot ask for. Make one with footnote story key, or with minisign -G -W."
)
_NO_SECRET_KEY = "That file holds no secret key. Name one that footnote story key, or minisign -G -W, has made."


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key: ``number`` tells keys apart (8 bytes), ``point`` is the key of Ed25519 (32 bytes)."""

    number: bytes
    point: bytes

    def __str__(self) -> str:
        """Return the key as people pass it on: 56 characters that begin with RW."""
        return b64encode(_KEY + self.number + self.point).decode()

    def file(self) -> bytes:
        """Return the content of a file with the key."""
        return f"{_UNTRUSTED}minisign public key {self.number[::-1].hex().upper()}\n{self}\n".encode()


@dataclass(frozen=True, slots=True)
class SecretKey:
    """A secret key: ``seed`` is that of Ed25519 (32 bytes)."""

    public: PublicKey
    seed: bytes

    def file(self) -> bytes:
        """Return the content of a file with the key, without a password."""
        words = self.public.number + self.seed + self.public.point
        content = _SECRET_HEAD + words + _checksum(words)
        return f"{_UNTRUSTED}minisign secret key\n{b64encode(content).decode()}\n".encode()

    def sign(self, content: bytes, comment: str) -> bytes:
        """Return the content of a file with the signature of a content; the comment, one line, is signed with it."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        key = Ed25519PrivateKey.from_private_bytes(self.seed)
        signature = key.sign(_hash(content))
        whole = key.sign(signature + comment.encode())
        lines = (
            f"{_UNTRUSTED}signature from minisign secret key",
            b64encode(_HASHED + self.public.number + signature).decode(),
            f"{_TRUSTED}{comment}",
            b64encode(whole).decode(),
        )
        return "".join(f"{line}\n" for line in lines).encode()


def make_key() -> SecretKey:
    """Make a new key."""
    return _secret_key(os.urandom(8), os.urandom(32))


def read_secret_key(content: bytes) -> SecretKey:
    """Read a file with a secret key. Raises UsageError where it holds none, or one that has a password."""
    decoded = _decoded(_lines(content)[1:2])
    if len(decoded) != len(_SECRET_HEAD) + 104 or decoded[:2] != _KEY or decoded[4:6] != b"B2":
        raise UsageError(_NO_SECRET_KEY)
    if decoded[2:4] != _NO_PASSWORD:
        raise UsageError(_PROTECTED)
    words, checksum = decoded[len(_SECRET_HEAD) : -32], decoded[-32:]
    key = _secret_key(words[:8], words[8:40])
    if checksum not in (_checksum(words), bytes(32)) or key.public.point != words[40:]:
        raise UsageError(_NO_SECRET_KEY)
    return key


def read_public_key(content: bytes) -> PublicKey | None:
    """Read a public key: its line of base64 alone, or the file that has it; None for anything else."""
    decoded = _decoded(_lines(content)[-1:])
    return PublicKey(decoded[2:10], decoded[10:]) if len(decoded) == 42 and decoded[:2] == _KEY else None


def is_signed(content: bytes, signature: bytes, key: PublicKey) -> bool:
    """Return whether a file with a signature is one of a content and of its own comment, by a key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    lines = _lines(signature)
    if len(lines) != 4 or not lines[2].startswith(_TRUSTED.encode()):
        return False
    signed, whole = _decoded(lines[1:2]), _decoded(lines[3:])
    if len(signed) != 74 or signed[:10] != _HASHED + key.number:
        return False
    try:
        point = Ed25519PublicKey.from_public_bytes(key.point)
        point.verify(signed[10:], _hash(content))
        point.verify(whole, signed[10:] + lines[2].removeprefix(_TRUSTED.encode()))
    except (InvalidSignature, ValueError):
        return False
    return True


def _secret_key(number: bytes, seed: bytes) -> SecretKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return SecretKey(PublicKey(number, Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()), seed)


def _checksum(words: bytes) -> bytes:
    return blake2b(_KEY + words, digest_size=32).digest()


def _hash(content: bytes) -> bytes:
    return blake2b(content).digest()


def _lines(content: bytes) -> list[bytes]:
    return [line.rstrip(b"\r") for line in content.strip().split(b"\n")]


def _decoded(lines: list[bytes]) -> bytes:
    """Decode a line of base64; nothing where there is none, or it is none."""
    try:
        return b64decode(lines[0].strip(), validate=True) if lines else b""
    except binascii.Error:
        return b""
