"""Secret keys, and what they sign, as minisign writes them: see `minisign.py` beside this, which checks signatures."""

from __future__ import annotations

import os
from base64 import b64encode
from dataclasses import dataclass
from hashlib import blake2b

from bot.errors import UsageError
from bot.stories.minisign import HASHED, KEY, TRUSTED, UNTRUSTED, PublicKey, decoded_line, hash_of, lines_of

_NO_PASSWORD = bytes(2)
_SECRET_HEAD = KEY + _NO_PASSWORD + b"B2" + bytes(32 + 8 + 8)  # the salt and the costs of a password are 0 where there is none
_PROTECTED = (
    "The key is protected by a password, which Footnote cannot ask for. Make one with footnote story key, or with minisign -G -W."
)
_NO_SECRETKEY = "That file holds no secret key. Name one that footnote story key, or minisign -G -W, has made."


@dataclass(frozen=True, slots=True)
class SecretKey:
    """A secret key: ``seed`` is that of Ed25519 (32 bytes)."""

    public: PublicKey
    seed: bytes

    def file(self) -> bytes:
        """Return the content of a file with the key, without a password."""
        words = self.public.number + self.seed + self.public.point
        content = _SECRET_HEAD + words + _checksum(words)
        return f"{UNTRUSTED}minisign secret key\n{b64encode(content).decode()}\n".encode()

    def sign(self, content: bytes, comment: str) -> bytes:
        """Return the content of a file with the signature of a content; the comment, one line, is signed with it."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        key = Ed25519PrivateKey.from_private_bytes(self.seed)
        signature = key.sign(hash_of(content))
        whole = key.sign(signature + comment.encode())
        lines = (
            f"{UNTRUSTED}signature from minisign secret key",
            b64encode(HASHED + self.public.number + signature).decode(),
            f"{TRUSTED}{comment}",
            b64encode(whole).decode(),
        )
        return "".join(f"{line}\n" for line in lines).encode()


def make_key() -> SecretKey:
    """Make a new key."""
    return _secret_key(os.urandom(8), os.urandom(32))


def read_secret_key(content: bytes) -> SecretKey:
    """Read a file with a secret key. Raises UsageError where it holds none, or one that has a password."""
    decoded = decoded_line(lines_of(content)[1:2])
    if len(decoded) != len(_SECRET_HEAD) + 104 or decoded[:2] != KEY or decoded[4:6] != b"B2":
        raise UsageError(_NO_SECRETKEY)
    if decoded[2:4] != _NO_PASSWORD:
        raise UsageError(_PROTECTED)
    words, checksum = decoded[len(_SECRET_HEAD) : -32], decoded[-32:]
    key = _secret_key(words[:8], words[8:40])
    if checksum not in (_checksum(words), bytes(32)) or key.public.point != words[40:]:
        raise UsageError(_NO_SECRETKEY)
    return key


def _secret_key(number: bytes, seed: bytes) -> SecretKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return SecretKey(PublicKey(number, Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()), seed)


def _checksum(words: bytes) -> bytes:
    return blake2b(KEY + words, digest_size=32).digest()
