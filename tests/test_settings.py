from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from bot.errors import SetupError
from bot.settings import Settings, load_settings, read_token
from tests.support.paths import ROOT

DEFAULTS = ROOT / "config" / "footnote.toml"


def test_the_shipped_file_states_every_setting_with_its_default(tmp_path: Path) -> None:
    stated = tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))
    assert set(stated) == {field.name for field in fields(Settings)} - {"home"}
    assert load_settings(DEFAULTS, home=tmp_path) == Settings(tmp_path)


def test_every_setting_says_what_it_means_in_the_file_and_the_table() -> None:
    text = DEFAULTS.read_text(encoding="utf-8")
    for field in fields(Settings):
        if field.name != "home":
            assert field.metadata["meaning"].endswith(".")
            before = text[: text.index(f"\n{field.name} = ")].splitlines()
            assert before[-1].startswith("# ")


def test_without_a_file_the_defaults_hold_and_one_in_the_home_is_found(tmp_path: Path) -> None:
    assert load_settings(home=tmp_path) == Settings(tmp_path)
    (tmp_path / "footnote.toml").write_text('page_size = 2\nanswer_deadline = 1\nstories = ["/a/b.yaml", "c.yaml"]\n')
    settings = load_settings(home=tmp_path)
    assert (settings.page_size, settings.answer_deadline) == (2, 1.0)
    assert settings.story_paths()[0] == Path("/a/b.yaml")
    assert settings.story_paths()[1].parent.name == "stories"


def test_a_file_that_the_environment_names_goes_before_the_one_in_the_home_and_after_the_one_of_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, size in (("footnote.toml", 1), ("named.toml", 2), ("given.toml", 3)):
        (tmp_path / name).write_text(f"page_size = {size}")
    monkeypatch.setenv("FOOTNOTE_CONFIG", "")
    assert load_settings(home=tmp_path).page_size == 1
    monkeypatch.setenv("FOOTNOTE_CONFIG", str(tmp_path / "named.toml"))
    assert load_settings(home=tmp_path).page_size == 2
    assert load_settings(tmp_path / "given.toml", home=tmp_path).page_size == 3
    (tmp_path / "named.toml").unlink()
    with pytest.raises(SetupError, match=r"There is no settings file .*named\.toml: check its name"):
        load_settings(home=tmp_path)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("page_sise = 2", "did you mean 'page_size'"),
        ("page_size = 99", "from 1 to 8"),
        ("page_size = true", "from 1 to 8"),
        ('log_level = "loud"', "debug, info, warning or error"),
        ("stories = [1]", "Story files"),
        ('log_level = ["info"]', "debug, info, warning or error"),
        ("zzz = 1", "there is no setting 'zzz'; the settings are: stories, page_size"),
        ("[discord]\ntoken = 1", "there is no setting 'discord'; the settings are: stories"),
        ("page_size = ", "not valid TOML"),
    ],
)
def test_a_faulty_setting_is_named_with_the_mend(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(SetupError, match=says):
        load_settings(path, home=tmp_path)


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('page_sise = 2\nreply_days = 0\nlog_level = "loud"\nlog_format = "json"\n')
    with pytest.raises(SetupError) as raised:
        load_settings(path, home=tmp_path)
    lines = str(raised.value).splitlines()
    assert lines[0] == f"{path} has 3 faults:"
    assert [line.split()[0] for line in lines[1:]] == ["there", "reply_days", "log_level"]


def test_a_file_without_fault_needs_no_look_for_what_was_meant(tmp_path: Path) -> None:
    code = "import sys; from bot.settings import load_settings; load_settings(); assert 'rapidfuzz' not in sys.modules"
    environment = os.environ | {"FOOTNOTE_HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[1], env=environment)


def test_a_missing_settings_file_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="no settings file"):
        load_settings(tmp_path / "none.toml", home=tmp_path)


def test_the_home_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path / "here"))
    settings = load_settings()
    assert settings.library == tmp_path / "here" / "library.db"
    assert settings.base_path(42) == tmp_path / "here" / "servers" / "42.db"


@pytest.fixture
def no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISCORD_TOKEN", "DISCORD_TOKEN_FILE", "CREDENTIALS_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("no_token")
def test_the_token_comes_from_the_environment_then_a_file_then_systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_token() is None
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert read_token() is None
    (tmp_path / "discord-token").write_text("of-systemd\n")
    assert read_token() == "of-systemd"
    (tmp_path / "mine").write_text(" of-a-file\n\n")
    monkeypatch.setenv("DISCORD_TOKEN_FILE", str(tmp_path / "mine"))
    assert read_token() == "of-a-file"
    monkeypatch.setenv("DISCORD_TOKEN", " of-the-environment ")
    assert read_token() == "of-the-environment"


@pytest.mark.usefixtures("no_token")
@pytest.mark.parametrize(
    ("content", "says"),
    [(None, "no such file or directory"), (b"\xff\xfe", "it is no text"), (b" \n", "is empty: put Discord's token")],
)
def test_a_file_without_a_token_is_one_sentence(
    content: bytes | None, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "token"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("DISCORD_TOKEN_FILE", str(path))
    with pytest.raises(SetupError, match=says):
        read_token()
