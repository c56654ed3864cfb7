"""The ready-made service files: each is taken by the tool that reads it, and names what is there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import babel
import pytest
from babel.localedata import locale_identifiers
from compose_spec import PyCompose
from ruamel.yaml import YAML

from bot.cli.commands import COMMANDS
from bot.languages import LANGUAGES
from bot.metrics import Address
from bot.settings import load_settings
from bot.storage.litestream import LitestreamConfig

CONFIG = Path(__file__).parent.parent / "config"
ROOT = CONFIG.parent
UNIT = (CONFIG / "footnote.service").read_text(encoding="utf-8")
CONTAINER = (CONFIG / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
HADOLINT = Path(sys.executable).with_name("hadolint")
MAX_EXPOSED = 15  # of 100, by systemd's own count


def compose() -> dict[str, Any]:
    """Return the compose file as it is once its parts are merged."""
    loaded: dict[str, Any] = json.loads(json.dumps(YAML(typ="safe").load(CONFIG / "compose.yaml")))
    return loaded


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_takes_the_unit_and_finds_it_little_exposed(tmp_path: Path) -> None:
    unit = tmp_path / "footnote.service"
    unit.write_text(re.sub(r"^ExecStart=\S+", f"ExecStart={sys.executable}", UNIT, flags=re.MULTILINE))
    verified = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert (verified.returncode, verified.stderr) == (0, "")
    options = ["--offline=true", f"--threshold={MAX_EXPOSED}", "--no-pager"]
    judged = subprocess.run(["systemd-analyze", "security", *options, unit], capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stdout


def test_the_unit_runs_the_bot_and_hands_it_its_token_and_its_folder() -> None:
    settings = dict(line.split("=", 1) for line in UNIT.splitlines() if "=" in line and not line.startswith("#"))
    assert settings["ExecStart"].split()[1:] == ["run"]
    assert settings["LoadCredential"].startswith("discord-token:")
    assert settings["Environment"] == f"FOOTNOTE_HOME=/var/lib/{settings['StateDirectory']}"
    assert int(settings["TimeoutStopSec"]) > 5


@pytest.mark.skipif(sys.platform == "win32", reason="there is no hadolint for Windows")
def test_hadolint_finds_nothing_in_the_container_file() -> None:
    result = subprocess.run([HADOLINT, CONFIG / "Containerfile"], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (0, "")


def test_the_container_has_what_the_bot_needs_and_runs_as_nobody_of_note() -> None:
    steps = [line.split(maxsplit=1) for line in CONTAINER.splitlines() if re.match(r"[A-Z]+ ", line)]
    for kind, rest in steps:
        if kind == "COPY" and not rest.startswith("--from"):
            assert all((ROOT / path).exists() for path in rest.split()[:-1]), rest
    last = dict(steps)
    assert last["USER"] == "10001:10001"
    assert json.loads(last["CMD"]) == ["run"]
    assert "FOOTNOTE_CONFIG=/etc/footnote/footnote.toml" in last["ENV"].split()  # for every command, not the bot's alone
    assert "config/container.toml /etc/footnote/footnote.toml" in [rest for kind, rest in steps if kind == "COPY"]
    health = json.loads(CONTAINER.split("HEALTHCHECK")[1].split("CMD", 1)[1].splitlines()[0])
    assert f":{Address.read(load_settings(CONFIG / 'container.toml').metrics).port}/healthz" in health[-1]
    compile(health[-1], "healthcheck", "exec")


def test_the_container_has_the_locales_of_the_languages_that_the_bot_speaks_and_no_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (step,) = re.findall(r"/bin/python -c '(.*?)'", CONTAINER.replace("\\\n", ""), re.DOTALL)
    (tmp_path / "locale-data").mkdir()
    for locale in (*locale_identifiers(), "root"):
        (tmp_path / "locale-data" / f"{locale}.dat").touch()
    monkeypatch.setattr(babel, "__file__", str(tmp_path / "__init__.py"))
    exec(step, {})
    left = {path.stem.split("_")[0] for path in tmp_path.rglob("*.dat")}
    assert left == {"root", *LANGUAGES}


def test_the_compose_file_is_one_and_names_what_is_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    content = compose()
    PyCompose.from_json(json.dumps(content)).validate()
    bot, litestream = content["services"]["bot"], content["services"]["litestream"]
    (command,) = litestream["command"]
    assert command in COMMANDS
    assert "DISCORD_TOKEN" in bot["environment"]
    assert "DISCORD_TOKEN" not in litestream["environment"]
    for service in (bot, litestream):
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert (CONFIG / service["build"]["context"] / service["build"]["dockerfile"]).is_file()
        assert "./compose.toml:/etc/footnote/footnote.toml:ro" in service["volumes"]
    settings = load_settings(CONFIG / "compose.toml", home=tmp_path)
    assert str(Address.read(settings.metrics).port) == bot["ports"][0].rpartition(":")[2]
    file = CONFIG / Path(settings.replica).name
    assert f"COPY config/{file.name} {Path(settings.replica).parent}/" in CONTAINER
    assert all(service["environment"]["FOOTNOTE_REPLICA"].startswith("${FOOTNOTE_REPLICA:?") for service in (bot, litestream))
    monkeypatch.setenv("FOOTNOTE_REPLICA", "s3://bucket/footnote")  # what compose puts there
    assert LitestreamConfig(file, tmp_path).socket.startswith(str(tmp_path))
