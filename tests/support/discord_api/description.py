"""Hold a request against Discord's description: its path, and the types, lengths, required fields and choices of its body."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from tests.support.discord_api.extract import PREFIX, REQUESTS

_DESCRIPTION: dict[str, Any] = json.loads(REQUESTS.read_text(encoding="utf-8"))
_SCHEMAS: dict[str, Any] = _DESCRIPTION["components"]["schemas"]
# The description gives ids as text; Discord's reference says that it takes numbers too, which the library sends.
_SCHEMAS["SnowflakeType"] = {"anyOf": [_SCHEMAS["SnowflakeType"], {"type": "integer", "minimum": 0}]}
_right: set[tuple[int, str]] = set()
"""Parts of requests that were held against some alternatives and fit: most messages have the same buttons and lists."""
_MAX_RIGHT = 20_000
_UNDESCRIBED = frozenset({"tts", "nsfw"})  # which the library always sends, and Discord's reference knows


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = _SCHEMAS[schema["$ref"].removeprefix(PREFIX)]
    return schema


def _check_reference(validator: Validator, reference: str, instance: Any, schema: Any) -> Iterator[ValidationError]:
    return validator.descend(instance, _SCHEMAS[reference.removeprefix(PREFIX)])  # type: ignore[no-any-return]


def _check_alternatives(validator: Any, alternatives: list[Any], instance: Any, schema: Any) -> Iterator[ValidationError]:
    """Hold against the alternative that is meant, by its type if it has one, so that a fault is named and not only its place."""
    key = (id(alternatives), json.dumps(instance))
    if key in _right:
        return
    left = [_resolved(alternative) for alternative in alternatives]
    if isinstance(instance, dict) and "type" in instance:
        left = [
            alternative
            for alternative in left
            if instance["type"] in alternative.get("properties", {}).get("type", {}).get("enum", ())
        ] or left
    if instance is not None:
        left = [alternative for alternative in left if alternative.get("type") != "null"]
    faults = min((list(validator.descend(instance, alternative)) for alternative in left), key=len)
    if not faults and len(_right) < _MAX_RIGHT:
        _right.add(key)
    yield from faults


def _check_fields(validator: Any, fields: dict[str, Any], instance: Any, schema: Any) -> Iterator[ValidationError]:
    """Hold each field against its schema; one that is not described would not be read, or not be what was meant."""
    if not isinstance(instance, dict):
        return
    for name, value in instance.items():
        if name in fields:
            yield from validator.descend(value, fields[name], path=name, schema_path=name)
        elif "additionalProperties" not in schema and name not in _UNDESCRIBED:
            yield ValidationError(f"{name!r} is not described here")


_Validator = extend(
    Draft202012Validator,
    {"$ref": _check_reference, "oneOf": _check_alternatives, "anyOf": _check_alternatives, "properties": _check_fields},
)


def _pattern(request: str) -> re.Pattern[str]:
    return re.compile("".join("[^/]+" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{\w+\})", request)))


_REQUESTS = sorted(
    (
        (_pattern(request), request.count("{"), None if schema is None else _Validator(schema))
        for request, schema in _DESCRIPTION["requests"].items()
    ),
    key=lambda entry: entry[1],
)  # those with more words of their own first: "@original" is no id


def described_faults(method: str, path: str, content: Any) -> tuple[str, ...]:
    """Return what is wrong with a request by the description; ``content`` is its body as it is in JSON."""
    request = f"{method} {path}"
    validator = next((entry[2] for entry in _REQUESTS if entry[0].fullmatch(request)), _REQUESTS)
    if isinstance(validator, list):
        return ("Discord has no such request",)
    if validator is None:
        return ("it has a body",) if content else ()
    return tuple(f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(content))
