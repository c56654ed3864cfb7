"""Messages that are made where no language is known: in English as they stand, in another language with all that is in them."""

from __future__ import annotations

import json
import pickle

import pytest

from bot.languages import in_figures, say_message, speaking
from bot.messages import Count, Message
from bot.uploads import ON_DISCORD, call_limited

NO_KEY = Message("{what} has no `{key}`.", what=Message('the source "{name}"', name="the story"), key="title")


def test_a_message_is_its_english() -> None:
    assert NO_KEY == 'The source "the story" has no `title`.'
    assert f"{NO_KEY}" == NO_KEY
    assert {NO_KEY, str(NO_KEY)} == {NO_KEY}
    assert Message("Write it like `{source: gazette, page: {page}}`.", page=12) == "Write it like `{source: gazette, page: 12}`."
    with pytest.raises(KeyError):
        Message("{what} has no `{key}`.", key="title")


def test_it_is_worded_in_another_language_with_the_messages_in_it_and_names_as_they_were_typed() -> None:
    with speaking("de"):
        assert say_message(NO_KEY) == "Die Quelle „the story“ hat kein `title`."
        assert say_message(Message("Something that nobody has translated: {name}", name="Write it.")) == (
            "Something that nobody has translated: Write it."
        )
        assert say_message(str(NO_KEY)) == NO_KEY
    assert say_message(NO_KEY) == NO_KEY


def test_it_comes_back_from_another_process_with_all_that_is_in_it() -> None:
    for message in (pickle.loads(pickle.dumps(NO_KEY)), call_limited(ON_DISCORD, max, [NO_KEY])):
        assert (message, message.template, message.values) == (NO_KEY, NO_KEY.template, NO_KEY.values)
        assert isinstance(message.values["what"], Message)


def test_thousands_are_parted_as_each_language_does() -> None:
    long = Message("The date is {length} characters long.", length=Count(12345))
    for message in (long, pickle.loads(pickle.dumps(long)), call_limited(ON_DISCORD, max, [long])):
        assert message == "The date is 12,345 characters long."
        for spoken, figures in (("de", "12.345"), ("es", "12.345"), ("fr", "12\u202f345"), ("en", "12,345")):
            with speaking(spoken):
                assert figures in say_message(message)
                assert in_figures(1234567.89, 1) == {
                    "de": "1.234.567,9", "es": "1.234.567,9", "fr": "1\u202f234\u202f567,9", "en": "1,234,567.9"
                }[spoken]  # fmt: skip


def test_half_a_character_in_it_can_be_printed() -> None:
    half = Message('"{name}" is not a key of {what}.', name=json.loads('"\\ud800"'), what=Message("the story"))
    assert half.encode() == b'"?" is not a key of the story.'
    with speaking("de"):
        assert say_message(half).encode()
