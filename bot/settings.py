"""The settings of an operator: one table that the reader, the help text and the tests share; and Discord's token.

Settings come from a TOML file (see ``config/footnote.toml``), which is often shown to others or kept in version control. So
the token is not one of them: it comes from the environment, or from a file that only the bot can read.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from bot.errors import SetupError
from bot.resources import stories_folder

LOG_LEVELS = ("debug", "info", "warning", "error")
LOG_FORMATS = ("human", "json")

TOKEN_VARIABLE = "DISCORD_TOKEN"
TOKEN_FILE_VARIABLE = "DISCORD_TOKEN_FILE"
TOKEN_CREDENTIAL = "discord-token"
"""The name of systemd's credential (``LoadCredential=discord-token:FILE``)."""

_NEAR = 60  # similarity (0 to 100) from which an unknown name is taken for a misspelt setting


def _setting(default: Any, meaning: str, **limits: Any) -> Any:
    return field(default=default, metadata={"meaning": meaning, **limits})


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, frozen.

    ``home`` is the folder with the fact bases, an absolute path; it comes from the environment, not from the file.
    """

    home: Path
    stories: tuple[str, ...] = _setting(
        ("twitter-rt-sputnik.yaml",),
        "Story files that a new server starts with; a name without a folder is one of the shipped stories.",
    )
    page_size: int = _setting(4, "Facts on one page of a reply, from 1 to 8.", least=1, most=8)
    answer_deadline: float = _setting(
        2.0, "Seconds after which a question is given up; waiting for its turn does not count.", least=0.1, most=2.5
    )
    reply_days: int = _setting(30, "Days for which the buttons of a reply keep working.", least=1, most=3650)
    open_bases: int = _setting(
        50, "Fact bases that are open at once, from 1 to 10000; of more servers, those that asked last.", least=1, most=10_000
    )
    cache_megabytes: int = _setting(
        48,
        "Megabytes of memory for what is held of facts and answers so that the next come sooner, of all servers together.",
        least=8,
        most=100_000,
    )
    grace_days: int = _setting(
        30, "Days after which a server's data is deleted once the bot has left it, or was told to delete it.", least=1, most=3650
    )
    listening: bool = _setting(
        False, "Whether servers may choose channels in which questions are answered unasked; needs the message content intent."
    )
    metrics: str = _setting("", "Address of /metrics, /healthz and /readyz, such as 127.0.0.1:9464; empty: they are not served.")
    member_questions: int = _setting(20, "Questions and commands that one member may send in a minute.", least=1, most=10_000)
    server_questions: int = _setting(600, "Questions and commands of all members of a server in a minute.", least=1, most=100_000)
    member_seconds: float = _setting(
        10.0, "Seconds of the processor that what one member asks for may take in a minute.", least=1.0, most=1000.0
    )
    server_seconds: float = _setting(
        20.0, "Seconds of the processor that what a server asks for may take in a minute.", least=1.0, most=10_000.0
    )
    member_files: int = _setting(10, "Files that one member may send in an hour.", least=1, most=10_000)
    server_files: int = _setting(40, "Files of all members of a server in an hour.", least=1, most=100_000)
    base_megabytes: int = _setting(
        1000, "Megabytes of a server's fact base beyond which nothing is added to it.", least=10, most=1_000_000
    )
    sites_folder: str = _setting(
        "", "Folder in which the stories that moderators put on the web are written as sites; empty: they can put none there."
    )
    sites_address: str = _setting(
        "",
        "Address under which that folder is served, such as https://stories.example.org/.",
        pattern=r"(https?://[^\s?#/]+[^\s?#]*)?",
    )
    replica: str = _setting("", "Litestream's configuration, where the fact bases are replicated; empty where they are not.")
    log_level: str = _setting("info", "How much is logged: debug, info, warning or error.", choices=LOG_LEVELS)
    log_format: str = _setting("human", "How log lines look: human or json.", choices=LOG_FORMATS)

    @property
    def library(self) -> Path:
        """The fact base of direct messages and of the command line."""
        return self.home / "library.db"

    @property
    def servers_folder(self) -> Path:
        """The folder with the fact bases of the servers, and with what belongs to each beside it."""
        return self.home / "servers"

    def base_path(self, server: int | None) -> Path:
        """Return the file of a server's fact base; None is the library."""
        return self.library if server is None else self.servers_folder / f"{server}.db"

    def sites_of(self, server: int) -> tuple[Path, str] | None:
        """Return the folder with the sites of a server's stories and its address with a slash at the end; None for no sites."""
        if not self.sites_folder:
            return None
        return self.home / Path(self.sites_folder).expanduser() / str(server), f"{self.sites_address.rstrip('/')}/{server}/"

    def story_paths(self) -> tuple[Path, ...]:
        """Return the files of the default stories."""
        return tuple(stories_folder() / name if os.sep not in name else Path(name).expanduser() for name in self.stories)


def default_home() -> Path:
    """Return ``$FOOTNOTE_HOME``, else the platform's folder for user data."""
    named = os.environ.get("FOOTNOTE_HOME")
    if named:
        return Path(named).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("footnote", appauthor=False)


def settings_file(home: Path, named: Path | None = None) -> Path | None:
    """Return the file with the settings: the named one, else ``$FOOTNOTE_CONFIG``, else ``footnote.toml`` in the home folder.

    None where none is named and the home folder has none. All commands on the same bases must find the same file: a restore
    that does not know of the replica would be undone by it.
    """
    if named is None and (value := os.environ.get("FOOTNOTE_CONFIG")):
        named = Path(value).expanduser()
    if named is not None:
        return named
    path = home / "footnote.toml"
    return path if path.exists() else None


def load_settings(path: Path | None = None, *, home: Path | None = None) -> Settings:
    """Read the settings from the `settings_file`; without one, each has its default.

    Raises SetupError for a missing or unreadable file, and with all unknown names and values that do not fit.
    """
    home = home or default_home()
    path = settings_file(home, path)
    if path is None:
        return Settings(home)
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SetupError(f"There is no settings file {path}: check its name, or name none to use the defaults.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(
            f"The settings file {path} cannot be read ({error}); check its permissions and that it is text."
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise SetupError(f"The settings file {path} is not valid TOML: {error}.") from None
    return Settings(home, **_checked(values, path))


def read_token() -> str | None:
    """Return Discord's token from the environment, else from the file named there, else from systemd; None where there is none.

    Raises SetupError where the file cannot be read or holds nothing.
    """
    if token := os.environ.get(TOKEN_VARIABLE, "").strip():
        return token
    if named := os.environ.get(TOKEN_FILE_VARIABLE, "").strip():
        return _token_in(Path(named))
    folder = os.environ.get("CREDENTIALS_DIRECTORY", "")  # set by systemd for a service that loads credentials
    credential = Path(folder, TOKEN_CREDENTIAL)
    return _token_in(credential) if folder and credential.exists() else None


def _token_in(path: Path) -> str:
    try:
        token = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise SetupError(
            f"The file {path} with Discord's token cannot be read ({reason.lower()}): check its name and who may read it."
        ) from None
    if not token:
        raise SetupError(f"The file {path} is empty: put Discord's token into it (Developer Portal, Bot, Reset Token).")
    return token


def _checked(values: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """Return the values as the settings hold them. Raises SetupError with all unknown names and values that do not fit."""
    known = {setting.name: setting for setting in fields(Settings) if setting.name != "home"}
    checked: dict[str, Any] = {}
    faults: list[str] = []
    for name, value in values.items():
        try:
            checked[name] = _fitting(name, value, known[name].default, known[name].metadata)
        except KeyError:
            from rapidfuzz import process

            near = process.extractOne(name, tuple(known), score_cutoff=_NEAR)
            meant = f"did you mean {near[0]!r}?" if near else f"the settings are: {', '.join(known)}."
            faults.append(f"there is no setting {name!r}; {meant}")
        except ValueError as error:
            faults.append(str(error))
    if bool(checked.get("sites_folder")) != bool(checked.get("sites_address")):
        faults.append("sites_folder and sites_address go together: set both, or neither.")
    if len(faults) == 1:
        raise SetupError(f"{path}: {faults[0]}")
    if faults:
        raise SetupError("\n  ".join([f"{path} has {len(faults)} faults:", *faults]))
    return checked


def _fitting(name: str, value: Any, default: Any, limits: Mapping[str, Any]) -> Any:
    """Return a value of TOML as the setting's type. Raises ValueError where it does not fit."""
    if isinstance(default, tuple) and isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return tuple(value)
    if isinstance(default, float) and type(value) is int:
        value = float(value)
    if type(value) is type(default) and not isinstance(value, tuple):
        is_chosen = value in limits.get("choices", (value,)) and (
            "pattern" not in limits or re.fullmatch(limits["pattern"], value)
        )
        if is_chosen and ("least" not in limits or limits["least"] <= value <= limits["most"]):
            return value
    raise ValueError(f"{name} = {value!r} does not fit. {limits['meaning']}")
