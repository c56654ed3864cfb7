"""What holds every request against Discord's rules finds each kind of fault, so that its silence means something."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.discord_api.extract import extract
from tests.support.discord_api.recording import request_faults

CALLBACK = "/interactions/1/token/callback"
MESSAGE: dict[str, Any] = {
    "components": [
        {
            "type": 17,
            "components": [
                {"type": 10, "content": "A text"},
                {
                    "type": 9,
                    "components": [{"type": 10, "content": "More"}],
                    "accessory": {"type": 2, "style": 2, "label": "a", "custom_id": "a"},
                },
                {"type": 12, "items": [{"media": {"url": "attachment://a.png"}}]},
                {
                    "type": 1,
                    "components": [
                        {
                            "type": 3,
                            "custom_id": "list",
                            "options": [{"label": "One", "value": "1"}, {"label": "Two", "value": "2"}],
                        }
                    ],
                },
            ],
        },
        {"type": 1, "components": [{"type": 2, "style": 5, "label": "b", "url": "https://example.org"}]},
    ],
    "flags": 1 << 15,
    "attachments": [{"id": 0, "filename": "a.png"}],
    "message_reference": {"message_id": 5, "channel_id": "6"},
}
MODAL: dict[str, Any] = {
    "type": 9,
    "data": {
        "custom_id": "form",
        "title": "A form",
        "components": [
            {
                "type": 18,
                "label": "Text",
                "component": {"type": 4, "custom_id": "text", "style": 1, "max_length": 9, "value": "a"},
            },
            {"type": 18, "label": "List", "component": {"type": 5, "custom_id": "list", "required": False, "min_values": 0}},
        ],
    },
}
COMMANDS: list[dict[str, Any]] = [
    {
        "name": "ask",
        "description": "Ask",
        "type": 1,
        "contexts": [0],
        "integration_types": [0],
        "name_localizations": {"de": "frag"},
        "options": [
            {"type": 3, "name": "what", "description": "What", "required": True},
            {
                "type": 3,
                "name": "kind",
                "description": "Kind",
                "choices": [{"name": "One", "value": "1"}, {"name": "Two", "value": "2"}],
            },
        ],
    },
    {"name": "Ask it", "type": 3, "contexts": [0], "integration_types": [0]},
]


def parts(message: Any) -> list[Any]:
    return message["components"][0]["components"]  # type: ignore[no-any-return]


def button(message: Any) -> Any:
    return parts(message)[1]["accessory"]


def options(message: Any) -> Any:
    return parts(message)[3]["components"][0]["options"]


def rows(modal: Any) -> Any:
    return modal["data"]["components"]


Spoil = Callable[[Any], object]
MESSAGES: dict[str, Spoil] = {
    "$.components[0].components[0]: 'content' is a required": lambda sent: parts(sent)[0].pop("content"),
    "non-empty": lambda sent: parts(sent)[0].update(content=""),
    "a text is blank": lambda sent: parts(sent)[0].update(content=" "),
    "is not of type 'string'": lambda sent: parts(sent)[0].update(content=5),
    "is too long": lambda sent: button(sent).update(label="a" * 81),
    "is not one of": lambda sent: parts(sent)[0].update(type=99),
    "'colour' is not described here": lambda sent: button(sent).update(colour=5),
    "41 components": lambda sent: parts(sent).extend([{"type": 14}] * (41 - 10)),
    "4001 characters": lambda sent: parts(sent).append({"type": 10, "content": "a" * (4001 - len("A textMore"))}),
    "the custom id list": lambda sent: button(sent).update(custom_id="list"),
    "either a link or a custom id": lambda sent: button(sent).update(url="https://example.org"),
    "a button says nothing": lambda sent: button(sent).pop("label"),
    "the attachment b.png, which": lambda sent: parts(sent)[2]["items"][0]["media"].update(url="attachment://b.png"),
    "nothing shows the attachment a.png": lambda sent: parts(sent).pop(2),
    "without their flag": lambda sent: sent.update(flags=0),
    "two options have one value": lambda sent: options(sent)[1].update(value="1"),
    "3 of 2 options may be chosen": lambda sent: parts(sent)[3]["components"][0].update(max_values=3),
    "more has to be chosen than may be": lambda sent: parts(sent)[3]["components"][0].update(min_values=2),
    "2 are chosen already": lambda sent: [option.update(default=True) for option in options(sent)],
    "'five' does not match": lambda sent: sent["message_reference"].update(message_id="five"),
}
MODALS: dict[str, Spoil] = {
    "components: [] should be non-empty": lambda sent: rows(sent).clear(),
    "6 components of a modal": lambda sent: rows(sent).extend({"type": 10, "content": "a"} for _ in range(4)),
    "list: it is required": lambda sent: rows(sent)[1]["component"].pop("required"),
    "text: its text has 10": lambda sent: rows(sent)[0]["component"].update(value="a" * 10),
    "text: its shortest": lambda sent: rows(sent)[0]["component"].update(min_length=10),
    "the custom id list": lambda sent: rows(sent)[0]["component"].update(custom_id="list"),
    "'title' is a required property": lambda sent: sent["data"].pop("title"),
}
SENT_COMMANDS: dict[str, Spoil] = {
    "it does not say its contexts": lambda sent: sent[0].pop("contexts"),
    "it does not say its integration types": lambda sent: sent[1].update(integration_types=None),
    "it has no description": lambda sent: sent[0].pop("description"),
    "a menu has no description": lambda sent: sent[1].update(description="a"),
    "Ask: no name": lambda sent: sent[0].update(name="Ask"),
    "frag mich: no name": lambda sent: sent[0]["name_localizations"].update(de="frag mich"),
    "no language xx": lambda sent: sent[0]["name_localizations"].update(xx="frag"),
    "two are called kind in English": lambda sent: sent[0]["options"][0].update(name="kind"),
    "two are called kind in de": lambda sent: sent[0]["options"][0].update(name_localizations={"de": "kind"}),
    "two are called ask in English": lambda sent: sent.append(sent[0]),
    "kind is required": lambda sent: (sent[0]["options"][0].update(required=False), sent[0]["options"][1].update(required=True)),
    "completes what is typed": lambda sent: sent[0]["options"][1].update(autocomplete=True),
    "Discord takes 8000": lambda sent: sent[0]["options"].extend(
        {
            "type": 3,
            "name": f"option{option}",
            "description": "Option",
            "choices": [{"name": f"{number} {'a' * 96}", "value": "a" * 90 + str(number)} for number in range(25)],
        }
        for option in range(2)
    ),
}  # fmt: skip


def faults_of(method: str, path: str, right: Any, spoil: Spoil | None = None) -> str:
    sent = copy.deepcopy(right)
    if spoil is not None:
        spoil(sent)
    return "\n".join(request_faults(method, path, sent, ("a.png",) if right is MESSAGE else ()))


@pytest.mark.parametrize(
    ("method", "path", "right", "wrong"),
    [
        ("POST", "/channels/1/messages", MESSAGE, MESSAGES),
        ("POST", CALLBACK, MODAL, MODALS),
        ("PUT", "/applications/1/commands", COMMANDS, SENT_COMMANDS),
    ],
)
def test_each_fault_is_found_and_nothing_else(method: str, path: str, right: Any, wrong: dict[str, Spoil]) -> None:
    assert faults_of(method, path, right) == ""
    said = {fault: faults_of(method, path, right, spoil) for fault, spoil in wrong.items()}
    assert {fault: text for fault, text in said.items() if fault not in text} == {}


def test_a_request_that_discord_does_not_know_is_a_fault() -> None:
    assert request_faults("POST", "/channels/1/massages", {}) == ["Discord has no such request"]
    assert request_faults("DELETE", "/channels/1/messages/2", {"a": 1}) == ["it has a body"]


def test_the_extract_has_what_requests_refer_to_and_no_words_for_people() -> None:
    text = {"type": "string", "description": "Words", "maxLength": 5}
    schemas = {
        "Message": {"type": "object", "title": "A", "properties": {"title": {"$ref": "#/components/schemas/Text"}}},
        "Text": text,
        "Other": text,
    }
    content = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Message"}}}}
    paths = {"/channels/{channel_id}/messages": {"post": {"requestBody": content}, "get": {}}, "/guilds": {"post": {}}}
    assert extract({"paths": paths, "components": {"schemas": schemas}}) == {
        "requests": {
            "POST /channels/{channel_id}/messages": {"$ref": "#/components/schemas/Message"},
            "GET /channels/{channel_id}/messages": None,
        },
        "components": {
            "schemas": {
                "Message": {"type": "object", "properties": {"title": {"$ref": "#/components/schemas/Text"}}},
                "Text": {"type": "string", "maxLength": 5},
            }
        },
    }
