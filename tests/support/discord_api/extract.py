"""Write `requests.json` from Discord's description of its API: of each request that a bot like this can make, what it may hold.

    python -m tests.support.discord_api.extract openapi.json

Descriptions, answers and all requests that the bot has no use for are left out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

REQUESTS = Path(__file__).with_name("requests.json")

_PATHS = (
    "/applications/{application_id}/commands",
    "/channels/{channel_id}/messages",
    "/channels/{channel_id}/typing",
    "/guilds/{guild_id}/audit-logs",
    "/guilds/{guild_id}/members/{user_id}",
    "/interactions/",
    "/oauth2/applications/@me",
    "/users/@me",
    "/webhooks/{webhook_id}/{webhook_token}",
)
_ONLY_READ = "/channels/{channel_id}"  # a bot like this changes no channel
_METHODS = ("get", "post", "put", "patch", "delete")
_RULES = frozenset(
    (
        *("$ref", "type", "enum", "const", "oneOf", "anyOf", "allOf", "pattern", "minLength", "maxLength", "minimum", "maximum"),
        *("items", "minItems", "maxItems", "uniqueItems"),
        *("properties", "required", "additionalProperties", "minProperties", "maxProperties"),
    )
)
"""The words of JSON Schema that say what may be sent; all others (titles, descriptions, formats) say it to people."""

PREFIX = "#/components/schemas/"


def extract(description: dict[str, Any]) -> dict[str, Any]:
    """Return the body of each request by method and path (None for none), and the schemas that the bodies refer to."""
    bodies = {
        f"{method.upper()} {path}": _body(operations[method])
        for path, operations in sorted(description["paths"].items())
        if path.startswith(_PATHS) or path == _ONLY_READ
        for method in _METHODS
        if method in operations and (path != _ONLY_READ or method == "get")
    }
    schemas: dict[str, Any] = {}
    missing = set(_referred(bodies))
    while missing:
        schemas |= {name: _rules(description["components"]["schemas"][name]) for name in missing}
        missing = set(_referred(schemas)) - schemas.keys()
    return {"requests": bodies, "components": {"schemas": dict(sorted(schemas.items()))}}


def _body(operation: dict[str, Any]) -> Any:
    content = operation.get("requestBody", {}).get("content", {})
    return _rules(content["application/json"]["schema"]) if "application/json" in content else None


def _rules(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_rules(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    rules = {word: _rules(value) for word, value in schema.items() if word in _RULES and word != "properties"}
    if "properties" in schema:
        rules["properties"] = {name: _rules(inner) for name, inner in schema["properties"].items()}
    return rules


def _referred(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        for word, value in schema.items():
            if word == "$ref":
                yield value.removeprefix(PREFIX)
            else:
                yield from _referred(value)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _referred(inner)


def _lines(extracted: dict[str, Any]) -> str:
    """Return the extract as JSON with one request and one schema a line, so that a newer one is seen by its differences."""

    def table(rows: dict[str, Any]) -> str:
        return ",\n".join(f"{json.dumps(name)}: {json.dumps(row, separators=(',', ':'))}" for name, row in rows.items())

    schemas = table(extracted["components"]["schemas"])
    return f'{{"requests": {{\n{table(extracted["requests"])}\n}}, "components": {{"schemas": {{\n{schemas}\n}}}}}}\n'


if __name__ == "__main__":
    REQUESTS.write_text(_lines(extract(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))), encoding="utf-8")
