"""Hold a request against the rules that Discord's description leaves out and its reference says in words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from discord import Locale
from simcord.components import COMPONENTS_V2_FLAG, walk_components

Part = dict[str, Any]

_BUTTON, _SELECT, _TEXT_INPUT, _TEXT, _THUMBNAIL, _GALLERY, _FILE, _UPLOAD = 2, 3, 4, 10, 11, 12, 13, 19
_LINK = 5
_LISTS = {_SELECT, 5, 6, 7, 8}
_MODAL = 9
_SUBCOMMANDS = {1, 2}
_CHAT_INPUT = 1
_MAX_PARTS, _MAX_TEXT, _MAX_FIELDS, _MAX_OF_COMMAND = 40, 4000, 5, 8000
_LOCALES = {locale.value for locale in Locale}


def rule_faults(method: str, path: str, body: Any, files: Sequence[str]) -> list[str]:
    """Return what is wrong with a request; ``files`` are the names of those that are uploaded with it."""
    if path.endswith("/commands") and isinstance(body, list):
        faults = [f"{command['name']}: {fault}" for command in body for fault in _command_faults(command)]
        kinds = sorted({command.get("type", _CHAT_INPUT) for command in body})
        return faults + [
            sibling for kind in kinds for sibling in _siblings([one for one in body if one.get("type", _CHAT_INPUT) == kind])
        ]
    if not isinstance(body, dict):
        return []
    if path.endswith("/callback"):
        data = body.get("data") or {}
        return list(_modal_faults(data) if body.get("type") == _MODAL else _message_faults(data, files))
    return list(_message_faults(body, files)) if "components" in body else []


def _message_faults(message: Part, files: Sequence[str]) -> Iterator[str]:
    components = message.get("components") or []
    parts = list(walk_components(components))
    yield from _control_faults(parts)
    if (
        any(part["type"] >= 9 for part in parts)
        and message.get("flags") is not None
        and not message["flags"] & COMPONENTS_V2_FLAG
    ):
        yield "it has components of the second version without their flag"
    if len(parts) > _MAX_PARTS:
        yield f"{len(parts)} components: Discord takes {_MAX_PARTS}"
    texts = [part["content"] for part in parts if part["type"] == _TEXT]
    if sum(map(len, texts)) > _MAX_TEXT:
        yield f"{sum(map(len, texts))} characters of text: Discord takes {_MAX_TEXT}"
    if any(not text.strip() for text in texts):
        yield "a text is blank"
    yield from _attachment_faults(parts, message, files)


def _attachment_faults(parts: Sequence[Part], message: Part, files: Sequence[str]) -> Iterator[str]:
    uploaded = {*files, *(attachment["filename"] for attachment in message.get("attachments") or [] if "filename" in attachment)}
    referred = {url.removeprefix("attachment://") for url in _media(parts) if url.startswith("attachment://")}
    for name in sorted(referred - uploaded):
        yield f"it shows the attachment {name}, which is not uploaded"
    if parts and any(part["type"] >= 9 for part in parts):
        for name in sorted(set(files) - referred):
            yield f"nothing shows the attachment {name}"
    if len(set(files)) < len(files):
        yield "two attachments have one name"


def _media(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        if part["type"] == _FILE:
            yield part["file"]["url"]
        elif part["type"] == _THUMBNAIL:
            yield part["media"]["url"]
        elif part["type"] == _GALLERY:
            yield from (item["media"]["url"] for item in part["items"])


def _modal_faults(modal: Part) -> Iterator[str]:
    rows = modal.get("components", [])
    if not 1 <= len(rows) <= _MAX_FIELDS:
        yield f"{len(rows)} components of a modal: Discord takes 1 to {_MAX_FIELDS}"
    parts = list(walk_components(rows))
    yield from _control_faults(parts)
    for part in parts:
        least = part.get("min_values", 1)
        if part["type"] in {*_LISTS, _UPLOAD} and part.get("required", True) and least == 0:
            yield f"{part['custom_id']}: it is required, and nothing has to be chosen"
        if part["type"] == _TEXT_INPUT:
            yield from _typed_faults(part)


def _typed_faults(field: Part) -> Iterator[str]:
    least, most = field.get("min_length") or 0, field.get("max_length") or _MAX_TEXT
    if least > most:
        yield f"{field['custom_id']}: its shortest text is longer than its longest"
    if field.get("value") and len(field["value"]) > most:
        yield f"{field['custom_id']}: its text has {len(field['value'])} characters, and may have {most}"


def _control_faults(parts: Sequence[Part]) -> Iterator[str]:
    """Yield what is wrong with the buttons, lists and fields of a message or a modal."""
    ids = [part["custom_id"] for part in parts if part.get("custom_id") is not None]
    for twice in sorted({id_ for id_ in ids if ids.count(id_) > 1}):
        yield f"two components have the custom id {twice}"
    for part in parts:
        if part["type"] == _BUTTON:
            yield from _button_faults(part)
        elif part["type"] in _LISTS:
            yield from (f"{part.get('custom_id')}: {fault}" for fault in _list_faults(part))


def _button_faults(button: Part) -> Iterator[str]:
    if not (button.get("label") or "").strip() and not button.get("emoji"):
        yield "a button says nothing"
    if (button["style"] == _LINK) != bool(button.get("url")) or (button["style"] == _LINK) == bool(button.get("custom_id")):
        yield f"the button {button.get('label')!r} needs either a link or a custom id"


def _list_faults(part: Part) -> Iterator[str]:
    least, most = part.get("min_values", 1), part.get("max_values", 1)
    if least > most:
        yield "more has to be chosen than may be"
    chosen = part.get("default_values") or []
    if part["type"] == _SELECT:
        values = [option["value"] for option in part["options"]]
        chosen = [option for option in part["options"] if option.get("default")]
        if len(set(values)) < len(values):
            yield "two options have one value"
        if most > len(values):
            yield f"{most} of {len(values)} options may be chosen"
    if len(chosen) > most or (chosen and len(chosen) < least):
        yield f"{len(chosen)} are chosen already, and {least} to {most} may be"


def _command_faults(command: Part) -> Iterator[str]:
    for field in ("contexts", "integration_types"):
        if not command.get(field):
            yield f"it does not say its {field.replace('_', ' ')}"
    if command.get("type", _CHAT_INPUT) == _CHAT_INPUT:
        yield from _option_faults(command)
    elif command.get("description"):
        yield "a menu has no description"
    length = _length(command)
    if length > _MAX_OF_COMMAND:
        yield f"{length} characters of names, descriptions and values: Discord takes {_MAX_OF_COMMAND}"
    yield from _localization_faults(command, lower=command.get("type", _CHAT_INPUT) == _CHAT_INPUT)


def _option_faults(command: Part) -> Iterator[str]:
    """Yield what is wrong with a command, or an option of one, and with the options in it."""
    if not _is_name(command["name"]):
        yield f"{command['name']}: no name of a command or an option"
    if not command.get("description"):
        yield "it has no description"
    options = command.get("options") or []
    yield from _siblings(options)
    for before, after in pairwise(option for option in options if option["type"] not in _SUBCOMMANDS):
        if after.get("required") and not before.get("required"):
            yield f"{after['name']} is required, and stands behind one that is not"
    for option in options:
        if option.get("choices") and option.get("autocomplete"):
            yield f"{option['name']} has choices, and completes what is typed"
        yield from _siblings(option.get("choices") or [])
        yield from (fault for choice in option.get("choices") or [] for fault in _localization_faults(choice, lower=False))
        yield from (f"{option['name']}: {fault}" for fault in _option_faults(option))
        yield from _localization_faults(option, lower=True)


def _localization_faults(named: Part, *, lower: bool) -> Iterator[str]:
    for field in ("name", "description"):
        for locale, text in (named.get(f"{field}_localizations") or {}).items():
            if locale not in _LOCALES:
                yield f"{named['name']}: Discord knows no language {locale}"
            if lower and field == "name" and not _is_name(text):
                yield f"{text}: no name of a command or an option"


def _siblings(named: Sequence[Part]) -> list[str]:
    """Return the names that two commands, options or choices beside each other share in some language."""
    locales = {locale for part in named for locale in part.get("name_localizations") or {}}
    faults = []
    for locale in ("English", *sorted(locales)):
        names = [str((part.get("name_localizations") or {}).get(locale, part["name"])) for part in named]
        faults += [f"two are called {name} in {locale}" for name in sorted(set(names)) if names.count(name) > 1]
    return faults


def _is_name(text: str) -> bool:
    def allowed(sign: str) -> bool:
        return (
            sign in "-_'"
            or unicodedata.category(sign)[0] in "LN"
            or unicodedata.name(sign, "").startswith(("DEVANAGARI", "THAI"))
        )

    return 1 <= len(text) <= 32 and text == text.lower() and all(map(allowed, text))


def _length(command: Part) -> int:
    """Return how long a command is as Discord counts: the longest of each text's translations, and all values of choices."""
    own = sum(
        max(map(len, [command.get(field) or "", *(command.get(f"{field}_localizations") or {}).values()]))
        for field in ("name", "description")
    )
    values = len(command["value"]) if isinstance(command.get("value"), str) else 0
    return own + values + sum(map(_length, [*(command.get("options") or []), *(command.get("choices") or [])]))
