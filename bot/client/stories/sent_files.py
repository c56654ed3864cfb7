"""Files that moderators send: fetching one, also from the web, reading it in a process of its own, and what is at fault in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Literal, TypeVar
from urllib.parse import unquote, urlsplit

import aiohttp
import discord

from bot.client.bot import Interaction
from bot.client.limits import RequestKind
from bot.client.panels import AMBER, attach, panel
from bot.client.sending import SentView, server_of
from bot.client.text import fitting, inline
from bot.errors import Fault, UsageError
from bot.facts.text import link_fault
from bot.languages import in_figures, say, say_message, say_number
from bot.service.web_reading import open_file

T = TypeVar("T")

MAX_UPLOAD_BYTES = 1_000_000  # of an upload: more takes too long to read while others wait for answers
MAX_NAME = 100  # characters
_FETCHING_SECONDS = 15.0
_FAULTS, _MAX_FAULTS = 3000, 10  # characters of all faults that a message names, and how many they are

ALL_FAULTS = "-# All of them are in the attached file."
TOO_LARGE = "The file is too large: {size}. A story file can have {most} here; a larger one is imported on the bot's machine."


async def fetched(file: discord.Attachment, most: int, too_large: str, unit: Literal["kB", "MB"] = "MB") -> bytes:
    """Fetch a file that came with a command.

    Raises UsageError if Discord does not deliver it, or it has more than ``most`` bytes, which ``too_large`` says in a unit.
    """

    check_size(file.size, most, too_large, unit)  # before a byte of it is fetched
    try:
        async with asyncio.timeout(_FETCHING_SECONDS):
            content = await file.read()
    except (TimeoutError, discord.HTTPException, aiohttp.ClientError):
        raise UsageError(say("The file could not be fetched from Discord. Send it again.")) from None
    check_size(len(content), most, too_large, unit)
    return content


def check_size(size: int, most: int, too_large: str, unit: Literal["kB", "MB"] = "MB") -> None:
    """Raise UsageError where there are more than ``most`` bytes, which ``too_large`` says in a unit."""
    if size > most:
        digits, unit_bytes = (0, 1000) if unit == "kB" else (1, 1_000_000)
        actual, allowed = in_figures(size / unit_bytes, digits), in_figures(most / unit_bytes)
        raise UsageError(too_large.format(size=f"{actual} {unit}", most=f"{allowed} {unit}"))


async def read_apart(interaction: Interaction, read: Callable[[bytes, str], T], content: bytes, name: str) -> T:
    """Read a file in a process of its own. Raises what ``read`` raises."""
    return await interaction.client.upload_reading.call(server_of(interaction), read, content, name)


def faults_panel(name: str, faults: Sequence[Fault]) -> SentView:
    """Return the faults of a file; if they are too many for a message, with a file that has all of them."""
    shown = [say_number(len(faults), "### {name} has {number} fault", "### {name} has {number} faults", name=inline(name, 80))]
    room = _FAULTS
    for fault in faults[:_MAX_FAULTS]:
        line = f"- {fitting(say_message(fault.message), 500)}"
        room -= len(line) + 1
        if room < 0:
            break
        shown.append(line)
    complete = len(shown) == len(faults) + 1
    foot = [] if complete else [say(ALL_FAULTS)]
    view = panel("\n".join([*shown, *foot, say("-# Nothing was stored. Fix the file and send it again.")]), colour=AMBER)
    return view if complete else attach(view, fault_file(faults))


def fault_file(faults: Sequence[Fault]) -> tuple[str, bytes]:
    """Return the name and content of a file with faults that do not fit into a message."""
    return "faults.txt", "\n".join(say_message(fault.message) for fault in faults).encode("utf-8", "replace")


async def fetched_from_web(interaction: Interaction, address: str) -> tuple[bytes, str]:
    """Fetch a file from the web, and return it with its name. Raises UsageError with what stands in the way."""
    fault = link_fault(address)
    if fault is not None:
        raise UsageError(say_message(fault))
    interaction.client.limits.take(RequestKind.FILE, server_of(interaction), interaction.user.id)
    content = await open_file(address, interaction.client.upload_reading.for_server(server_of(interaction)))
    check_size(len(content), MAX_UPLOAD_BYTES, say(TOO_LARGE))
    return content, name_in(address) or urlsplit(address).hostname or ""


def name_in(address: str) -> str:
    """Return what a file at an address is called; "" where the address does not say it."""
    return unquote(urlsplit(address).path.rpartition("/")[2])[:MAX_NAME]
