"""Repeat requests to Discord that fail only for a moment, and show nothing twice.

discord.py itself repeats only what fails with 500, 502, 504 or 524. Discord answers with 503, or Cloudflare for it with 520 to
530, while parts of it are restarted, and with a 429 of its own that names no time; and a connection may break.

If it breaks, the request may have arrived. Messages into a channel therefore carry a nonce, by which Discord recognises one that
it has taken; an interaction that has been answered is not answered again; edits and deletions have the same result when repeated.
Anything else is repeated only if no connection was made.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp
import discord
from discord.http import HTTPClient, Route
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from bot.client.discord_failures import FAILURES

log = logging.getLogger(__name__)

PAUSES = (1.0, 3.0, 5.0, 7.0)
"""Seconds between the tries, as discord.py waits."""

BRIEF_PAUSES = (0.2, 0.5, 1.0)
"""The same for the first response to an interaction, which Discord accepts only within three seconds."""

ALREADY_ANSWERED = 40060
"""The code of Discord's API for an interaction that has been answered already."""

_MAX_WAIT = 10  # seconds that a 429 may ask for; a longer wait is not worth trying again
_REPEATED = frozenset((500, 502, 504, 524))  # by discord.py itself, five times
_CALLBACK, _MESSAGE = 4, 2  # a response that is a message; an interaction by a command
_SEND, _ANSWER = "/channels/{channel_id}/messages", "/interactions/{webhook_id}/{webhook_token}/callback"
_IDEMPOTENT = frozenset((_SEND, _ANSWER, "/users/@me/channels"))  # of the POST requests


def retry_failures(http: HTTPClient) -> None:
    """Have a client repeat requests that fail on Discord's side or on the way there."""
    request = http.request

    async def patient_request(
        route: Route,
        *,
        files: Sequence[discord.File] | None = None,
        form: Sequence[dict[str, Any]] | None = None,
        **options: Any,
    ) -> Any:
        if route.method == "POST" and route.path == _SEND:
            form, options = _with_nonce(form, options)
        for pause in PAUSES:
            try:
                return await request(route, files=files, form=form, **options)
            except FAILURES as error:
                if not _is_momentary(error, route):
                    raise
            await asyncio.sleep(pause)
            for file in files or ():
                file.reset()
        return await request(route, files=files, form=form, **options)

    http.request = patient_request  # type: ignore[method-assign,assignment]


def retry_failed_answers(application: int) -> None:
    """Have answers to interactions repeated, in this context and the tasks begun in it; ``application`` is the bot's id.

    On a simulated Discord, which has an adapter of its own in the context, nothing is changed.
    """
    if type(async_context.get()) is AsyncWebhookAdapter:
        async_context.set(PatientAdapter(application))


class PatientAdapter(AsyncWebhookAdapter):
    """Answers interactions, and repeats what fails."""

    def __init__(self, application: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._application = application

    async def request(
        self, route: Route, session: aiohttp.ClientSession, *, files: Sequence[discord.File] | None = None, **options: Any
    ) -> Any:
        """Send a request, and again if it fails only for a moment."""
        failed = False
        for pause in (*(BRIEF_PAUSES if route.path == _ANSWER else PAUSES), None):
            try:
                return await super().request(route, session, files=files, **options)
            except FAILURES as error:
                if failed and route.path == _ANSWER and getattr(error, "code", None) == ALREADY_ANSWERED:
                    return await self._answered(route, session, options)  # the first try had arrived
                if pause is None or not _is_momentary(error, route):
                    raise
            failed = True
            await asyncio.sleep(pause)
            for file in files or ():
                file.reset()
        raise AssertionError("the last try returns or raises")

    async def _answered(self, route: Route, session: aiohttp.ClientSession, options: Mapping[str, Any]) -> dict[str, Any]:
        """Return what Discord would have answered to a response that it took, as its answer was lost."""
        parts = (part["value"] for part in options.get("multipart") or () if part["name"] == "payload_json")
        kind = (options.get("payload") or json.loads(next(parts, "{}"))).get("type")
        interaction: dict[str, Any] = {"id": route.webhook_id, "type": _MESSAGE}
        if kind != _CALLBACK:
            return {"interaction": interaction}
        message = await self.get_original_interaction_response(self._application, route.webhook_token or "", session=session)
        return {
            "interaction": interaction | {"response_message_id": message["id"]},
            "resource": {"type": kind, "message": message},
        }


def _is_momentary(error: Exception, route: Route) -> bool:
    """Return whether a request may be sent again after an error, and log it if so."""
    if isinstance(error, discord.HTTPException):
        again = _is_brief(error) if error.status == 429 else (error.status >= 500 and error.status not in _REPEATED)
    else:
        again = (
            isinstance(error, aiohttp.ClientConnectorError)  # nothing was sent
            or route.method != "POST"
            or route.path in _IDEMPOTENT
        )
    if again:
        log.info("Discord failed at %s %s (%s), it is asked again", route.method, route.path, error)
    return again


def _is_brief(error: discord.HTTPException) -> bool:
    """Return whether a 429 asks for a short wait only: a bot that goes on during a long one is shut out for longer."""
    wait = error.response.headers.get("Retry-After", "0")
    return wait.isdecimal() and int(wait) <= _MAX_WAIT


def _with_nonce(
    form: Sequence[dict[str, Any]] | None, options: dict[str, Any]
) -> tuple[Sequence[dict[str, Any]] | None, dict[str, Any]]:
    """Return the options of a message with a nonce added: Discord takes two messages with the same one for the same."""
    nonce = {"nonce": secrets.token_hex(12), "enforce_nonce": True}
    if isinstance(options.get("json"), dict):
        options = options | {"json": nonce | options["json"]}
    named = [
        part | {"value": json.dumps(nonce | json.loads(part["value"]))} if part["name"] == "payload_json" else part
        for part in form or ()
    ]
    return named or None, options
