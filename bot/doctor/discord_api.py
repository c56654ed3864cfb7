"""Check with Discord: is the token valid, are the intents on, may the bot write in the channels that moderators chose.

These requests only read, and are sent one after another.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from bot import __version__
from bot.doctor import Check, not_checked, ok, warning, wrong
from bot.errors import FootnoteError, SetupError
from bot.facts.files import confine_errors, connect_to_read
from bot.facts.state.follows import following_channels
from bot.facts.state.server_settings import read_settings
from bot.settings import Settings, read_token

DISCORD = "https://discord.com/api/v10"

_PROJECT = "https://footnote.example"  # Discord requires an address in the User-Agent; the project has no page yet
_TIMEOUT = 10.0  # seconds
_MAX_SERVERS = 20  # each takes several requests, and Discord limits their rate
_CONTENT_INTENT = 1 << 18 | 1 << 19  # the flags of verified bots, and of bots in few servers
_ADMINISTRATOR, _VIEW, _SEND, _SEND_IN_THREADS = 1 << 3, 1 << 10, 1 << 11, 1 << 38
_THREADS = (10, 11, 12)  # the types of channels that are threads
_MAX_SKEW = 30.0  # seconds by which this machine's clock may differ from Discord's
_REFUSED = (403, 404)  # how Discord refuses one server or channel
_CHANNEL_SETTINGS = {"review_channel": "review channel", "log_channel": "log channel"}


class _OfflineError(Exception):
    """Discord cannot be reached, or does not answer properly."""


@dataclass
class _Discord:
    """A client of Discord's HTTP interface, with the bot's token."""

    token: str

    def get(self, path: str) -> Any:
        """Return the answer to a GET request. Raises HTTPError where Discord refuses, _OfflineError."""
        return self._request(path)[0]

    def _request(self, path: str) -> tuple[Any, str]:
        headers = {"Authorization": f"Bot {self.token}", "User-Agent": f"DiscordBot ({_PROJECT}, {__version__})"}
        try:
            with urlopen(Request(DISCORD + path, headers=headers), timeout=_TIMEOUT) as answer:
                return json.load(answer), answer.headers.get("Date", "")
        except HTTPError as error:
            error.close()
            if error.code >= 500 or error.code == 429:
                raise _OfflineError(f"Discord answers with {error.code}") from None
            raise
        except (OSError, HTTPException, ValueError) as error:
            raise _OfflineError("No network") from error

    @cached_property
    def me(self) -> tuple[Any, str]:
        """The bot's own account, and Discord's time."""
        return self._request("/users/@me")


def check_discord(settings: Settings, paths: Sequence[Path]) -> Iterator[Check]:
    """Ask Discord about the token, the clock, the intents, and the channels that the servers of some bases have chosen."""
    try:
        token = read_token()
    except SetupError as error:
        problem, _, mend = str(error).partition(": ")
        yield wrong("token", f"{problem}.", mend[:1].upper() + mend[1:])
        return
    if token is None:
        mend = "Put it into DISCORD_TOKEN, or into the file that DISCORD_TOKEN_FILE names (Developer Portal, Bot, Reset Token)."
        yield wrong("token", "There is no Discord token.", mend)
        return
    discord = _Discord(token)
    try:
        yield from _token(discord)
        yield _intents(discord, settings)
        yield from _channels(discord, paths)
    except HTTPError as error:
        if error.code == 401:
            mend = "Copy it again from the Developer Portal (Bot, Reset Token)."
            yield wrong("token", "Discord does not accept the token.", mend)
        else:
            yield not_checked("Discord", f"Discord refuses with {error.code}.")
    except _OfflineError as error:
        yield not_checked("Discord", f"{error}.")


def _token(discord: _Discord) -> Iterator[Check]:
    account, date = discord.me
    yield ok("token", f"Discord knows the bot as {account['username']}.")
    try:
        skew = (datetime.now(UTC) - parsedate_to_datetime(date)).total_seconds()
    except (TypeError, ValueError):
        return
    if abs(skew) > _MAX_SKEW:
        problem = f"This machine's clock is {abs(skew):.0f} seconds {'ahead of' if skew > 0 else 'behind'} Discord's."
        yield warning("clock", problem, "Have it set over the network (NTP).")


def _intents(discord: _Discord, settings: Settings) -> Check:
    if not settings.listening:
        return ok("intents", "None is needed, because listening is off.")
    if discord.get("/applications/@me").get("flags", 0) & _CONTENT_INTENT:
        return ok("intents", "The message content intent is on.")
    mend = "Switch it on in the Developer Portal (Bot, Message Content Intent), or set listening = false."
    return wrong("intents", "Listening is on, but the message content intent is off.", mend)


def _channels(discord: _Discord, paths: Sequence[Path]) -> Iterator[Check]:
    wanted = []
    for path in paths:
        if not path.stem.isdecimal():
            continue  # the library belongs to no server
        with suppress(FootnoteError), confine_errors(str(path)), closing(connect_to_read(path)) as database:
            # If the base cannot be read, check_bases says so.
            settings, following = read_settings(database), following_channels(database)
            chosen = {name: getattr(settings, setting) for setting, name in _CHANNEL_SETTINGS.items()}
            chosen |= {f"channel {channel} that follows something": channel for channel in following}
            if any(chosen.values()):
                wanted.append((int(path.stem), chosen))
    for server, chosen in wanted[:_MAX_SERVERS]:
        checks = list(_channels_of(discord, server, chosen))
        yield from checks or [ok("channels", f"In server {server} the bot may write in the channels that were chosen for it.")]
    if len(wanted) > _MAX_SERVERS:
        yield not_checked("channels", f"{len(wanted) - _MAX_SERVERS} more servers; name one with --server.")


def _channels_of(discord: _Discord, server: int, chosen: Mapping[str, int | None]) -> Iterator[Check]:
    """Yield what the bot lacks in the channels of a server, which are given by what they are for."""
    try:
        allowed = _Permissions(discord, server)
    except HTTPError as error:
        if error.code not in _REFUSED:
            raise
        yield warning("channels", f"The bot is not in server {server}.", "Invite it again, or delete the server's data.")
        return
    for name, channel in chosen.items():
        if channel is None:
            continue
        lacking = allowed.lacking(channel)
        if lacking:
            problem = f"In server {server} the bot lacks {lacking} in the {name}."
            yield wrong("channels", problem, "Allow it there, or choose another channel, in /settings or with /follow.")


class _Permissions:
    """What the bot may do in a server. Raises HTTPError where it is not in there."""

    def __init__(self, discord: _Discord, server: int) -> None:
        self._discord, self._server = discord, str(server)
        self._me = discord.me[0]["id"]
        self._roles = {*discord.get(f"/guilds/{server}/members/{self._me}")["roles"], self._server}
        self._base = 0
        for role in discord.get(f"/guilds/{server}/roles"):
            if role["id"] in self._roles:
                self._base |= int(role["permissions"])

    def lacking(self, channel: int) -> str:
        """Return the names of what the bot lacks to write in a channel; "" where it may."""
        try:
            details = self._discord.get(f"/channels/{channel}")
            thread = details["type"] in _THREADS
            overwritten = self._discord.get(f"/channels/{details['parent_id']}") if thread else details
        except HTTPError as error:
            if error.code not in _REFUSED:
                raise
            return "View Channel" if error.code == 403 else "the channel itself, which was deleted,"
        overwrites = {
            overwrite["id"]: (int(overwrite["allow"]), int(overwrite["deny"]))
            for overwrite in overwritten["permission_overwrites"]
        }
        may = self._base
        # Discord's order: everybody, then roles, then the member; at each level denials are applied before permissions.
        for level in ({self._server}, self._roles - {self._server}, {self._me}):
            of_level = [overwrites[target] for target in level if target in overwrites]
            for _, deny in of_level:
                may &= ~deny
            for allow, _ in of_level:
                may |= allow
        if self._base & _ADMINISTRATOR:
            may = ~0
        send = ("Send Messages in Threads", _SEND_IN_THREADS) if thread else ("Send Messages", _SEND)
        needed = (("View Channel", _VIEW), send)
        return " and ".join(name for name, bit in needed if not may & bit)
