"""What Discord takes of a message that is not sent in the test."""

from __future__ import annotations

import json
import re
from typing import Any

from discord import ui
from simcord.components import COMPONENTS_V2_FLAG, validate_components, walk_components

from tests.support.discord_api.recording import request_faults

_TEXT = 10


def payload(view: ui.LayoutView) -> list[dict[str, Any]]:
    """Return a message as it goes to Discord."""
    components: list[dict[str, Any]] = view.to_components()  # type: ignore[no-untyped-call]
    return components


def assert_within_limits(view: ui.LayoutView) -> None:
    """Assert that Discord would take a message with this, by the simulated Discord's rules and by its own description."""
    components = payload(view)
    validate_components(components, flags=COMPONENTS_V2_FLAG)
    parts = list(walk_components(components))
    texts = [part["content"] for part in parts if part["type"] == _TEXT]
    assert texts
    for text in texts:
        text.encode()  # half a character cannot be sent
    names = tuple(re.findall(r'"attachment://([^"]+)"', json.dumps(components)))
    sent = {"components": components, "flags": COMPONENTS_V2_FLAG}
    assert request_faults("POST", "/channels/1/messages", sent, names) == []
