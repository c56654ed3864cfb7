"""A server that chose another language: the bot's own words and dates in it, facts as they were written."""

from __future__ import annotations

import pytest

from bot.client import words
from bot.presentation import wording
from bot.presentation.languages import say, speaking
from tests.client.forms import LINK, fields, send
from tests.client.world import TWITTER_BAN, Message, World, answer, buttons, choose_language, offered, press, text


def shown_text(message: Message) -> str:
    """Return the text of a message as Discord shows it, without the backslashes that keep marks inert."""
    return text(message).replace("\\", "")


@pytest.mark.parametrize(
    ("language", "date", "sources"),
    [("de", "26. Oktober 2017", "Quellen"), ("es", "26 de octubre de 2017", "Fuentes"), ("fr", "26 octobre 2017", "Sources")],
)
async def test_an_answer_has_its_words_and_dates_in_the_language_and_its_facts_verbatim(
    language: str, date: str, sources: str, world: World
) -> None:
    await choose_language(world, language)
    reply = await world.ask(TWITTER_BAN)
    told = shown_text(reply)
    assert told.startswith(f"### {date}\n")
    assert "Twitter announced" in told
    assert f", {date.replace('26', '28')}" in told
    assert sources in buttons(reply)
    with speaking(language):
        assert say(words.DELETE) in offered(reply)
        shown = await press(world.bob, reply, say(words.WHY))
        assert text(answer(shown)).startswith(f"### {say(wording.WHY)}\n")
    listed = text(answer(await world.alice.slash(world.channel, "timeline")))
    period = text(answer(await world.alice.slash(world.channel, "timeline", **{"from": "october 2017"}))).split("\n")[0]
    assert "from" not in period
    with speaking(language):
        assert listed.startswith(f"### {say('Timeline')}")
        assert "Page 1" not in listed or language == "fr"
        assert say("Page {page} of {pages}").format(page=1, pages=9)[:6] in listed


async def test_why_there_is_no_answer_is_said_in_the_language_too(world: World) -> None:
    await choose_language(world, "de")
    told = text(await world.ask("best pizza dough recipe?"))
    assert told.startswith("**Das kann ich aus den Fakten, die ich habe, nicht beantworten.**\n")
    assert "Bitte frag auf Englisch" in told
    assert "Fakten, die ich kenne" in told
    assert "None of" not in told


async def test_one_server_speaks_its_language_and_others_and_direct_messages_theirs(world: World) -> None:
    await choose_language(world, "de")
    await world.alice.user.send_dm(TWITTER_BAN)
    reply = world.alice.user.dm_channel.last_message
    assert reply is not None
    assert text(reply).startswith("### 26 October 2017\n")
    assert shown_text(await world.ask(TWITTER_BAN)).startswith("### 26. Oktober 2017\n")
    await choose_language(world, "en")
    assert text(await world.ask(TWITTER_BAN)).startswith("### 26 October 2017\n")


async def test_help_is_in_the_language(world: World) -> None:
    await choose_language(world, "fr")
    told = text(answer(await world.alice.slash(world.channel, "help")))
    assert "Pose-moi une question" in told
    assert "en anglais" in told
    assert "en anglais" in text(await world.ask(""))
    await choose_language(world, "en")
    assert "in English" not in text(answer(await world.alice.slash(world.channel, "help")))


async def test_members_suggest_and_read_what_is_kept_in_the_language_of_the_server(world: World) -> None:
    await choose_language(world, "de")
    form = await world.alice.slash(world.channel, "suggest", kind="event")
    assert form.modal is not None
    assert form.modal["title"] == "Ein Ereignis vorschlagen"
    assert [field["label"] for field in fields(form)][:2] == ["Was geschah", "Wann es geschah"]
    trouble = answer(await send(world.alice, form, text="Etwas ist geschehen.", date="gestern früh", cite="nirgends"))
    assert "- Ich kann „gestern früh“ nicht als Datum lesen." in shown_text(trouble)
    assert "- Es gibt keine Quelle „nirgends“." in shown_text(trouble)
    form = await world.alice.click(trouble, label="Zurück zum Formular")
    look = answer(await send(world.alice, form, text="Etwas ist in Oslo geschehen.", date="26.10.2017", cite=LINK))
    assert text(look).startswith("### Dein Vorschlag\n-# So würde er aussehen.")
    assert buttons(look) == ["An die Moderatoren schicken", "Bearbeiten", "Abbrechen"]
    await world.alice.click(look, label="An die Moderatoren schicken")
    assert text(look).startswith("### Abgeschickt, danke")
    kept = answer(await world.alice.slash(world.channel, "privacy"))
    assert text(kept).startswith("### Was ich von dir aufbewahre")
    assert "30 Tage" in text(kept)
    assert "“Etwas ist in Oslo geschehen.” wartet auf eine Entscheidung." in text(kept)
    await world.alice.click(kept, label="Löschen, was ich von dir aufbewahre…")
    assert buttons(kept) == ["Ja, löschen", "Behalten"]
