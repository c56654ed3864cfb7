"""Items of CSL-JSON as citeproc-py holds them, with all names and dates of CSL 1.0.2, of which it knows some."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from citeproc.source import Name, Reference
from citeproc.source.json import CiteProcJSON
from citeproc.string import String

from bot.formats.typography import PROTECTED
from bot.stories.source_details import DATES, NAMES

_NO_CASE = re.compile(r'<span class="nocase">(.*?)</span>', re.DOTALL)
_MARKUP = re.compile(r"</?(?:i|b|sub|sup|sc|span)(?:\s[^<>]*)?>")


class ItemSource(CiteProcJSON):  # type: ignore[misc]
    """One item, by the key ``it``."""

    def __init__(self, item: Mapping[str, Any]) -> None:
        fields = {key.replace("-", "_"): self._value(key, value) for key, value in item.items() if key not in ("id", "type")}
        reference = Reference("it", item["type"])
        reference.update({key: value for key, value in fields.items() if value is not None and not _is_empty(value)})
        self.add(reference)

    def _value(self, key: str, value: Any) -> Any:
        if key in NAMES:
            return [Name(**_parts(name)) for name in value]
        if key in DATES:
            return self.parse_date(value)
        return (
            value if key == "language" else String(_MARKUP.sub("", _NO_CASE.sub(rf"{PROTECTED[0]}\1{PROTECTED[1]}", str(value))))
        )


def _is_empty(value: Any) -> bool:
    return isinstance(value, (str, list)) and not value  # spans of dates cannot be compared with anything


def _parts(name: Mapping[str, Any]) -> dict[str, Any]:
    keys = ("literal",) if name.get("literal") else ("family", "given", "dropping-particle", "non-dropping-particle", "suffix")
    found = {key: name[key] for key in keys if name.get(key)}
    return found if "family" in found or "literal" in found else {"literal": name.get("given", "")}
