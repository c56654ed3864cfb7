"""Keys and signatures in the formats of minisign, held against a signature that minisign itself made."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UsageError
from bot.stories.minisign import is_signed, read_public_key
from bot.stories.signing import make_key, read_secret_key

# The key of minisign's author, and what it signed: the four letters "test". Published with his minisign-verify.
AUTHOR = b"RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"
SIGNATURE = b"""\
untrusted comment: signature from minisign secret key
RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=
trusted comment: timestamp:1556193335\tfile:test
y/rUw2y8/hOUYjZU71eHp/Wo1KZ40fGy2VJEDl34XMJM+TX48Ss/17u3IvIfbVR1FkZZSNCisQbuQY+bHwhEBg==
"""
KEY = make_key()


def test_what_minisign_signed_is_signed_and_nothing_else_is() -> None:
    key = read_public_key(AUTHOR)
    assert key is not None
    assert (str(key).encode(), key.file()) == (
        AUTHOR,
        b"untrusted comment: minisign public key E7620F1842B4E81F\n" + AUTHOR + b"\n",
    )
    assert is_signed(b"test", SIGNATURE, key)
    assert is_signed(b"test", SIGNATURE.replace(b"\n", b"\r\n"), key)
    assert not is_signed(b"Test", SIGNATURE, key)
    assert not is_signed(b"test", SIGNATURE.replace(b"1556193335", b"1656193335"), key)
    assert not is_signed(b"test", SIGNATURE, KEY.public)


@given(content=st.binary(), comment=st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))))
def test_what_is_signed_here_is_read_back(content: bytes, comment: str) -> None:
    key = read_secret_key(KEY.file())
    assert key == KEY
    assert read_public_key(key.public.file()) == key.public
    signature = key.sign(content, comment)
    assert is_signed(content, signature, key.public)
    assert not is_signed(content + b"!", signature, key.public)


@given(st.integers(0, len(SIGNATURE) - 1), st.integers(1, 255))
def test_a_signature_with_another_byte_in_what_is_signed_is_none(place: int, change: int) -> None:
    key = read_public_key(AUTHOR)
    assert key is not None
    changed = bytearray(SIGNATURE)
    changed[place] ^= change
    first_line = SIGNATURE.index(b"\n")  # this comment is not signed
    assert not is_signed(b"test", bytes(changed), key) or place < first_line or bytes(changed).split() == SIGNATURE.split()


@given(st.binary() | st.binary().map(lambda data: b"untrusted comment: key\n" + data))
def test_any_other_file_is_no_key_and_no_signature(content: bytes) -> None:
    assert read_public_key(content) is None
    assert not is_signed(b"test", content, KEY.public)
    with pytest.raises(UsageError, match="holds no secret key"):
        read_secret_key(content)


def test_a_key_with_a_password_is_refused_with_the_way_out() -> None:
    with pytest.raises(UsageError, match=r"protected by a password.*footnote story key"):
        read_secret_key(KEY.file().replace(b"RWQAAEIy", b"RWRTY0Iy"))


@pytest.mark.skipif(shutil.which("minisign") is None, reason="minisign is not installed")
def test_minisign_itself_finds_the_signature_right(tmp_path: Path) -> None:
    (tmp_path / "sums").write_bytes(b"a list\n")
    (tmp_path / "sums.minisig").write_bytes(KEY.sign(b"a list\n", "timestamp:1\tfile:sums\thashed"))
    checked = subprocess.run(["minisign", "-Vm", "sums", "-P", str(KEY.public)], cwd=tmp_path, capture_output=True, check=False)
    assert checked.returncode == 0, checked.stderr
