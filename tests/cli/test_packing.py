"""An editor makes keys and packs; whoever imports a pack sees whose it is, and takes neither a changed nor another's."""

from __future__ import annotations

import os
import re
import stat
import zipfile
from pathlib import Path

import pytest
import time_machine

from tests.support.command_line import Run
from tests.support.paths import HARBOUR

STORY = HARBOUR.read_text(encoding="utf-8").replace("id: harbour-bridge", "id: the-bridge")
PUBLIC = re.compile(r"RW[\w+/=]{54}")


def made_key(run: Run, file: Path) -> str:
    """Make a pair of keys, and return the public one."""
    shown = PUBLIC.search(run("story", "key", str(file)).stdout)
    assert shown is not None
    return shown[0]


def packed(run: Run, folder: Path, key: str, text: str) -> str:
    """Make a pack of a story with a key of the folder, and return its name."""
    (folder / "story.yaml").write_text(text, encoding="utf-8")
    made = run("story", "pack", str(folder / "story.yaml"), str(folder / f"{key}.pack"), "--key", str(folder / key), "--force")
    assert made.exit_code == 0, made.stderr
    return str(folder / f"{key}.pack")


def test_a_pack_is_imported_with_its_key_and_later_ones_by_the_same_key_alone(run: Run, tmp_path: Path) -> None:
    ours, theirs = made_key(run, tmp_path / "ours"), made_key(run, tmp_path / "theirs")
    first = packed(run, tmp_path, "ours", STORY)
    tried = run("story", "import", first, "--dry-run").stdout
    assert f"Signed with the key {ours}, the first of this story here.\n" in tried
    imported = run("story", "import", first).stdout
    assert imported.splitlines()[:2] == [
        f"Signed with the key {ours}, the first of this story here.",
        "the-bridge: new story: 8 facts, 4 actors, 2 sources",
    ]
    assert f"import of ours.pack ({ours})" in run("facts", "log").stdout
    corrected = packed(run, tmp_path, "ours", STORY.replace("4.2 million", "5 million"))
    again = run("story", "import", corrected, "--yes").stdout
    assert f"Signed with the key {ours}, as before.\n" in again
    assert "1 fact revised: cost" in again

    other = packed(run, tmp_path, "theirs", STORY)
    refused = run("story", "import", other, "--yes")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert f"this story came with the key {ours} until now. " in refused.stderr
    assert f"import it with --signed-by {theirs}.\n" in refused.stderr
    assert "5 million" in run("facts", "list", "--story", "the-bridge").stdout
    accepted = run("story", "import", other, "--yes", "--signed-by", str(tmp_path / "theirs.pub")).stdout
    assert f"Signed with the key {theirs}, in place of the one before.\n" in accepted
    assert run("story", "import", first, "--yes").exit_code == 2
    assert run("story", "import", other, "--yes").exit_code == 0


def test_an_older_pack_takes_no_correction_back_unless_its_key_is_named(run: Run, tmp_path: Path) -> None:
    ours = made_key(run, tmp_path / "ours")
    with time_machine.travel("2026-03-01"):
        first = packed(run, tmp_path, "ours", STORY)
    old = Path(first).rename(tmp_path / "old.pack")
    with time_machine.travel("2026-03-02"):
        corrected = packed(run, tmp_path, "ours", STORY.replace("4.2 million", "5 million"))
    assert run("story", "import", str(old)).exit_code == 0
    assert run("story", "import", corrected, "--yes").exit_code == 0
    refused = run("story", "import", str(old), "--yes")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "was signed before the one that was imported last, and would take back what was corrected since." in refused.stderr
    assert "5 million" in run("facts", "list", "--story", "the-bridge").stdout
    assert run("story", "import", str(old), "--yes", "--signed-by", ours).exit_code == 0
    assert "4.2 million" in run("facts", "list", "--story", "the-bridge").stdout


def test_a_pack_of_another_than_was_named_is_refused(run: Run, tmp_path: Path) -> None:
    ours, theirs = made_key(run, tmp_path / "ours"), made_key(run, tmp_path / "theirs")
    pack = packed(run, tmp_path, "ours", STORY)
    refused = run("story", "import", pack, "--signed-by", theirs)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert f"signed with the key {ours}, not with {theirs}, so nothing of it is taken in." in refused.stderr
    assert "the-bridge" not in run("story", "list").stdout
    assert run("story", "import", pack, "--signed-by", ours).exit_code == 0
    unsigned = run("story", "import", str(HARBOUR), "--signed-by", ours)
    assert (unsigned.exit_code, "is not signed" in unsigned.stderr) == (2, True)
    assert "neither a public key" in run("story", "import", pack, "--signed-by", "RWnothing").stderr


def test_a_changed_pack_is_refused_in_one_sentence(run: Run, tmp_path: Path) -> None:
    made_key(run, tmp_path / "ours")
    pack = packed(run, tmp_path, "ours", STORY)
    with zipfile.ZipFile(pack) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(pack, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content.replace(b"4.2 million", b"4.3 million"))
    refused = run("story", "import", pack, "--yes")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.endswith(
        "This pack was changed after it was signed, so nothing of it is taken in. Get it again from its editor.\n"
    )
    assert "the-bridge" not in run("story", "list").stdout


def test_a_stored_story_is_packed_with_what_was_changed_in_it(run: Run, tmp_path: Path) -> None:
    made_key(run, tmp_path / "ours")
    run("facts", "retract", "cost", "--reason", "wrong", "--yes")
    pack = tmp_path / "bridge.pack"
    run("story", "pack", "harbour-bridge", str(pack), "--key", str(tmp_path / "ours"))
    with zipfile.ZipFile(pack) as archive:
        story = archive.read("harbour-bridge.yaml").decode()
    assert "closure:" in story
    assert "cost:" not in story
    pack.write_bytes(b"something else")
    assert "already exists" in run("story", "pack", "harbour-bridge", str(pack), "--key", str(tmp_path / "ours")).stderr


@pytest.mark.skipif(os.name == "nt", reason="this system has no such permissions")
def test_a_secret_key_is_for_its_owner_alone_and_never_overwritten(run: Run, tmp_path: Path) -> None:
    made_key(run, tmp_path / "ours")
    secret = tmp_path / "ours"
    assert stat.S_IMODE(secret.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO) == 0
    before = secret.read_bytes()
    refused = run("story", "key", str(secret))
    assert (refused.exit_code, "already exists" in refused.stderr) == (2, True)
    assert secret.read_bytes() == before
    (tmp_path / "other.pub").write_text("kept")
    assert run("story", "key", str(tmp_path / "other")).exit_code == 2
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(("content", "said"), [(None, "Make a key with footnote story key."), (b"x", "holds no secret key")])
def test_a_pack_is_not_made_without_a_key(run: Run, tmp_path: Path, content: bytes | None, said: str) -> None:
    key = tmp_path / "key"
    if content is not None:
        key.write_bytes(content)
    refused = run("story", "pack", str(HARBOUR), str(tmp_path / "a.pack"), "--key", str(key))
    assert (refused.exit_code, said in refused.stderr) == (2, True)
    assert not (tmp_path / "a.pack").exists()


def test_a_pack_is_made_for_an_address_alone(run: Run, tmp_path: Path) -> None:
    made_key(run, tmp_path / "ours")
    words = ("story", "pack", str(HARBOUR), str(tmp_path / "a.pack"), "--key", str(tmp_path / "ours"), "--home")
    refused = run(*words, "news.example/a.pack")
    assert (refused.exit_code, "This is not a link." in refused.stderr) == (2, True)
    assert not (tmp_path / "a.pack").exists()
    assert run(*words, "https://news.example/a.pack").exit_code == 0
