"""Packs: what is packed comes back, and what was changed, cut, swollen or put beside it is refused in one sentence."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import StoryFileError, UsageError
from bot.facts.text import link_fault
from bot.stories.load import load_story
from bot.stories.packs import KEY, SIGNATURE, SUMS, home_fault, is_pack, read_pack, write_pack
from bot.stories.signing import make_key
from bot.stories.yaml_tree import MAX_BYTES
from tests.support.paths import HARBOUR

SECRET, OTHER = make_key(), make_key()
STORY = HARBOUR.read_bytes()
PACK = write_pack("harbour.yaml", STORY, SECRET)
NOT_WHOLE, CHANGED = "not a whole pack", "changed after it was signed"


def parts(pack: bytes = PACK) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


def test_a_pack_holds_its_story_and_the_key_of_who_signed_it() -> None:
    pack = read_pack(PACK, "harbour.pack")
    assert (pack.story, pack.text, pack.signature.key) == (load_story(HARBOUR), STORY.decode(), str(SECRET.public))
    assert is_pack(PACK)
    assert not is_pack(STORY)


def test_it_says_in_what_is_signed_where_the_next_one_will_be() -> None:
    home = "https://news.example/a%20b/harbour.pack"
    content = write_pack("harbour.yaml", STORY, SECRET, home)
    signature = read_pack(content, "harbour.pack").signature
    assert (signature.home, signature.digest) == (home, sha256(STORY).hexdigest())
    assert read_pack(PACK, "harbour.pack").signature.home == ""
    elsewhere = parts(content)[SIGNATURE].replace(b"news.example", b"evil.example")
    with pytest.raises(UsageError, match=CHANGED):
        read_pack(zipped({**parts(content), SIGNATURE: elsewhere}), "harbour.pack")


@pytest.mark.parametrize("home", ["harbour.pack", "ftp://news.example/", "https://a:b@news.example/", "https://news.example/é"])
def test_an_address_that_cannot_be_one_is_none(home: str) -> None:
    assert home_fault(home) is not None
    assert read_pack(write_pack("harbour.yaml", STORY, SECRET, home), "harbour.pack").signature.home == ""


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cs"]), max_size=40))
def test_whatever_is_signed_as_an_address_is_one_or_none(said: str) -> None:
    files = parts()
    comment = f"timestamp:1\thome:{said}".replace("\n", "").replace("\r", "")
    home = read_pack(zipped({**files, SIGNATURE: SECRET.sign(files[SUMS], comment)}), "harbour.pack").signature.home
    assert not home or (link_fault(home) is None and home == said.strip()[: len(home)])


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed")
def test_its_list_of_hashes_is_one_that_others_check(tmp_path: Path) -> None:
    for name, content in parts().items():
        (tmp_path / name).write_bytes(content)
    checked = subprocess.run(["sha256sum", "-c", SUMS], cwd=tmp_path, capture_output=True, check=False)
    assert checked.stdout == b"harbour.yaml: OK\n"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"harbour.yaml": STORY.replace(b"4.2 million", b"5 million")}, CHANGED),
        ({"harbour.yaml": STORY.replace(b"4.2 million", b"5 million"), SUMS: b"anything"}, CHANGED),
        ({KEY: OTHER.public.file()}, CHANGED),
        ({SIGNATURE: OTHER.sign(parts()[SUMS], "timestamp:1"), KEY: SECRET.public.file()}, CHANGED),
        ({SIGNATURE: b""}, CHANGED),
        ({KEY: b"no key"}, NOT_WHOLE),
        ({KEY: KEY.encode() * 1000}, NOT_WHOLE),
        ({"second.yaml": STORY}, NOT_WHOLE),
        ({"second/": b""}, NOT_WHOLE),
    ],
)
def test_what_was_changed_is_refused(changed: dict[str, bytes], said: str) -> None:
    with pytest.raises(UsageError, match=rf"{said}.*Get it again from its editor\."):
        read_pack(zipped({**parts(), **changed}), "harbour.pack")


@pytest.mark.parametrize("missing", ["harbour.yaml", SUMS, SIGNATURE, KEY])
def test_a_pack_that_lacks_a_part_is_not_whole(missing: str) -> None:
    with pytest.raises(UsageError, match=NOT_WHOLE):
        read_pack(zipped({name: content for name, content in parts().items() if name != missing}), "harbour.pack")


def test_a_pack_with_a_part_twice_or_packed_otherwise_is_not_whole() -> None:
    doubled = io.BytesIO(PACK)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(doubled, "a") as archive:
        archive.writestr("harbour.yaml", STORY)
    for content in (doubled.getvalue(), zipped(parts(), zipfile.ZIP_LZMA), PACK[: len(PACK) // 2], PACK[:4]):
        with pytest.raises(UsageError, match=NOT_WHOLE):
            read_pack(content, "harbour.pack")


def test_a_story_that_swells_beyond_the_limit_is_not_unpacked_further() -> None:
    bomb = write_pack("bomb.yaml", b" " * (100 * MAX_BYTES), SECRET)
    assert len(bomb) < MAX_BYTES // 5
    with pytest.raises(StoryFileError, match=r"too large: 10\.0 MB"):
        read_pack(bomb, "bomb.pack")


def test_a_signed_story_with_faults_names_them() -> None:
    with pytest.raises(StoryFileError, match="persn"):
        read_pack(write_pack("a.yaml", STORY.replace(b"kind: person", b"kind: persn"), SECRET), "a.pack")


@given(st.data())
def test_a_damaged_pack_is_whole_or_refused(data: st.DataObject) -> None:
    damaged = bytearray(PACK)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(damaged)))
        damaged[start : start + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    try:
        pack = read_pack(bytes(damaged), "harbour.pack")
    except UsageError:
        return
    assert (pack.text.encode(), pack.signature.key) == (STORY, str(SECRET.public))
