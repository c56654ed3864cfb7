"""Hold every request that a bot on the simulated Discord makes against what the real one takes."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import pytest
from simcord.http import router

from tests.support.discord_api.description import described_faults
from tests.support.discord_api.rules import rule_faults


def request_faults(method: str, path: str, body: Any, files: tuple[str, ...] = ()) -> list[str]:
    """Return what Discord would not take of a request: by its description, and where that finds nothing, by its other rules."""
    return list(_faults(method, path, json.dumps(body), files))


@lru_cache(1000)  # the commands are the same in each test
def _faults(method: str, path: str, body: str, files: tuple[str, ...]) -> tuple[str, ...]:
    content = json.loads(body)
    return described_faults(method, path, content) or tuple(rule_faults(method, path, content, files))


def record_faults(patch: pytest.MonkeyPatch) -> list[str]:
    """Return a list into which the faults of all requests from here on are written, each with its request."""
    faults: list[str] = []
    dispatch = router.dispatch

    def checked(backend: Any, method: str, path: str, **sent: Any) -> Any:
        new_faults = request_faults(method, path, sent.get("json"), tuple(file.filename for file in sent.get("files") or ()))
        faults.extend(f"{method} {path}: {fault}" for fault in new_faults)
        return dispatch(backend, method, path, **sent)

    patch.setattr(router, "dispatch", checked)
    return faults
