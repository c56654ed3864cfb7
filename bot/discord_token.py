"""Where Discord's token comes from: the environment, or a file that only the bot can read. Never from the settings."""

from __future__ import annotations

import os
from pathlib import Path

from bot.errors import SetupError

VARIABLE = "DISCORD_TOKEN"
FILE_VARIABLE = "DISCORD_TOKEN_FILE"
CREDENTIAL = "discord-token"
"""The name of systemd's credential (``LoadCredential=discord-token:FILE``)."""


def read_token() -> str | None:
    """Return the token of the environment, else of the file that it names, else of systemd; None where there is none.

    Raises SetupError where the file cannot be read or holds nothing.
    """
    if token := os.environ.get(VARIABLE, "").strip():
        return token
    if named := os.environ.get(FILE_VARIABLE, "").strip():
        return _in_file(Path(named))
    folder = os.environ.get("CREDENTIALS_DIRECTORY", "")
    credential = Path(folder, CREDENTIAL)
    return _in_file(credential) if folder and credential.exists() else None


def _in_file(path: Path) -> str:
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
