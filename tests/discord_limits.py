"""What Discord takes of a message: the simulated Discord's own rules, and those that it does not look at."""

from __future__ import annotations

from typing import Any

from discord import ui
from simcord.components import COMPONENTS_V2_FLAG, validate_components, walk_components

_BUTTON, _SELECT, _TEXT = 2, 3, 10


def payload(view: ui.LayoutView) -> list[dict[str, Any]]:
    """Return a message as it goes to Discord."""
    components: list[dict[str, Any]] = view.to_components()  # type: ignore[no-untyped-call]
    return components


def assert_within_limits(view: ui.LayoutView) -> None:
    """Assert that Discord would take a message: at most 40 parts, 4000 characters, ids that differ, labels that fit."""
    components = payload(view)
    validate_components(components, flags=COMPONENTS_V2_FLAG)
    parts = list(walk_components(components))
    texts = [part["content"] for part in parts if part["type"] == _TEXT]
    assert texts
    assert all(text.strip() for text in texts)
    for text in texts:
        text.encode()  # half a character cannot be sent
    assert view.content_length() <= 4000
    for button in (part for part in parts if part["type"] == _BUTTON):
        assert 1 <= len(button["label"]) <= 80
        assert len(button.get("url") or "") <= 512
    for choice in (part for part in parts if part["type"] == _SELECT):
        assert 1 <= len(choice["options"]) <= 25
        assert len(choice.get("placeholder") or "") <= 150
        assert all(1 <= len(option[key]) <= 100 for option in choice["options"] for key in ("label", "value"))
        assert all(len(option.get("description") or "") <= 100 for option in choice["options"])
