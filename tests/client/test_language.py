"""A server that chose another language: the bot's own words and dates in it, facts as they were written."""

from __future__ import annotations

import re
import threading
from typing import Any

import pytest

from bot.answers.question import language as question_language
from bot.client import words
from bot.facts.dates import parse_date
from bot.languages import ENGLISH, LANGUAGES, say, speaking
from bot.multilingual.identification import identifier
from bot.presentation import wording
from bot.stories.csl_terms import TYPES
from tests.client.forms import LINK, fields, second_moderator, send
from tests.client.suggestions import posted
from tests.client.world import (
    TWITTER_BAN,
    Message,
    World,
    answer,
    bot_of,
    buttons,
    choose_language,
    finish_background,
    log_channel,
    offered,
    options,
    press,
    text,
)
from tests.support.paths import HARBOUR

OTHERS = [language for language in LANGUAGES if language != ENGLISH]


def shown_text(message: Message) -> str:
    """Return the text of a message as Discord shows it, without the backslashes that keep marks inert."""
    return text(message).replace("\\", "")


@pytest.mark.parametrize("language", OTHERS)
async def test_an_answer_has_its_words_and_dates_in_the_language_and_its_facts_verbatim(language: str, world: World) -> None:
    date = parse_date("2017-10-26").words(language)
    with speaking(language):
        sources = say(wording.SOURCES)
    await choose_language(world, language)
    reply = await world.ask(TWITTER_BAN)
    reply_text = shown_text(reply)
    assert reply_text.startswith(f"### {date}\n")
    assert "Twitter announced" in reply_text
    assert f", {date.replace('26', '28')}" in reply_text
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
        assert say("Page {page} of {pages}").partition("{pages}")[0].format(page=1) in listed


async def test_why_there_is_no_answer_is_said_in_the_language_too(world: World) -> None:
    await choose_language(world, "de")
    shown = text(await world.ask("best pizza dough recipe?"))
    assert shown.startswith("**Das kann ich aus den Fakten, die ich habe, nicht beantworten.**\n")
    assert "Fakten, die ich kenne" in shown
    assert "None of" not in shown


async def test_a_question_in_another_language_is_answered_in_it(world: World) -> None:
    reply = await world.ask("an welchem Tag verbot Twitter die Werbung von RT?")
    shown = shown_text(reply)
    assert shown.startswith("### 26. Oktober 2017\n")
    assert "Twitter announced" in shown  # facts as they were written
    with speaking("de"):
        assert say("Sources") in buttons(reply)
    sources = await press(world.bob, reply, "Quellen")
    assert text(answer(sources))
    assert shown_text(await world.ask(TWITTER_BAN)).startswith("### 26 October 2017\n")


async def test_which_language_a_question_is_in_is_decided_off_the_event_loop(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = set()

    def watched() -> Any:
        threads.add(threading.current_thread())
        return identifier()

    monkeypatch.setattr(question_language, "identifier", watched)
    await world.ask("quelles universités reçoivent l'argent ?")
    assert threads
    assert threading.current_thread() not in threads


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
    shown = text(answer(await world.alice.slash(world.channel, "help")))
    assert "Pose-moi une question" in shown
    assert "Demande-moi quelque chose" in text(await world.ask(""))


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
    assert "„Etwas ist in Oslo geschehen.“ wartet auf eine Entscheidung." in text(kept)
    await world.alice.click(kept, label="Löschen, was ich von dir aufbewahre…")
    assert buttons(kept) == ["Ja, löschen", "Behalten"]


async def test_moderators_fill_in_forms_and_read_their_errors_in_the_language_of_the_server(world: World) -> None:
    await choose_language(world, "de")
    form = await world.moderator.slash(world.channel, "fact add claim")
    assert form.modal is not None
    assert form.modal["title"] == "Neue Behauptung"
    assert [field["label"] for field in fields(form)][:2] == ["Die Behauptung", "Wann es behauptet wurde"]
    trouble = answer(await send(world.moderator, form, text="Das Moos war kalt.", date="gestern früh", cite="nirgends"))
    assert shown_text(trouble).startswith("### Noch nicht gespeichert\n- Ich kann „gestern früh“ nicht als Datum lesen.")
    form = await world.moderator.click(trouble, label="Zurück zum Formular")
    look = answer(await send(world.moderator, form, date="26.10.2017", cite=LINK))
    assert text(look).startswith("### Neue Behauptung\n-# So werden Leser es sehen. Noch ist nichts gespeichert.")
    assert buttons(look) == ["Speichern", "Bearbeiten", "Quelle beschreiben", "Abbrechen"]
    await world.moderator.click(look, label="Speichern")
    assert text(look).startswith("### Gespeichert als F")
    assert buttons(look) == ["Rückgängig", "Bearbeiten", "Verlauf"]


@pytest.mark.parametrize(
    ("command", "title", "typed", "fault"),
    [
        ("source add", "Eine Quelle hinzufügen", {"title": "Moos", "link": "nirgends"}, "Das ist kein Link."),
        ("actor add", "Person, Organisation oder Ort hinzufügen", {"name": "Twitter"}, "„Twitter“ gibt es schon."),
        ("fact rating", "Prüfung der Behauptung F31", {"rating": "Falsch", "by": "Moos", "url": "nirgends"}, "ist kein Link."),
    ],
)
async def test_every_form_of_moderators_is_in_the_language(
    world: World, command: str, title: str, typed: dict[str, str], fault: str
) -> None:
    await choose_language(world, "de")
    form = await world.moderator.slash(world.channel, command, **({"fact": "F31"} if command == "fact rating" else {}))
    assert form.modal is not None
    assert form.modal["title"] == title
    assert fault in shown_text(answer(await send(world.moderator, form, **typed)))


@pytest.mark.usefixtures("offered_to_all")
async def test_errors_are_said_in_the_language_whoever_asks(world: World) -> None:
    await choose_language(world, "de")
    result = await world.moderator.slash(world.channel, "fact show", fact="F99999")
    assert text(answer(result)) == "Es gibt keinen Fakt „F99999“. Such seine Nummer in einer Antwort."
    refused = await world.alice.slash(world.channel, "gaps")
    assert text(answer(refused)).startswith("Das können nur Moderatoren dieses Servers.")
    shown = answer(await world.moderator.slash(world.channel, "fact retract", fact="F3"))
    assert text(shown).startswith("### F3@1 zurückziehen?")
    form = await world.moderator.click(shown, label="Zurückziehen…")
    assert form.modal is not None
    assert form.modal["title"] == "F3 zurückziehen"
    assert world.env.errors


@pytest.mark.parametrize(
    ("command", "typed", "said"),
    [
        ("ask", {"question": "???"}, "Ich brauche eine Frage in Worten. Frag mich, wann, wo, wer"),
        ("ask", {"question": "who?", "story": "nope"}, "Es gibt kein Thema „nope“. Themen hier: twitter-rt-sputnik."),
        ("timeline", {"from": "2018", "to": "2017"}, "Der Zeitraum von 2018 bis 2017 endet"),
        ("timeline", {"from": "before 2017"}, "Ein Zeitraum kann nicht mit „before 2017“ beginnen."),
        ("timeline", {"to": "after 2017"}, "Ein Zeitraum kann nicht mit „after 2017“ enden."),
        ("timeline", {"from": "../2017"}, "Ein Zeitraum kann nicht mit „../2017“ beginnen."),
        ("timeline", {"to": "2017/.."}, "Ein Zeitraum kann nicht mit „2017/..“ enden."),
        ("timeline", {"from": "someday"}, "Ich kann „someday“ nicht als Datum lesen. Schreib es wie 26. Oktober 2017,"),
        ("who", {"actor": "??"}, "Nenne eine Person oder eine Organisation, zum Beispiel: /"),
        ("who", {"actor": "Nobody Xyz"}, "Ich kenne niemanden namens „Nobody Xyz“."),
        ("check", {"text": "!!"}, "Gib mir ein Zitat zum Prüfen"),
        ("check", {"text": "It is long. " * 100}, "Das ist zu lang zum Prüfen: Gib höchstens 1.000 Zeichen auf einmal."),
    ],
)
async def test_what_is_wrong_with_a_readers_command_is_said_in_the_language(
    command: str, typed: dict[str, str], said: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.checking.checker.MAX_CHARACTERS", 1000)
    await choose_language(world, "de")
    assert text(answer(await world.alice.slash(world.channel, command, **typed))).startswith(said)
    assert world.env.errors


async def test_suggestions_and_gaps_are_looked_at_in_the_language(world: World) -> None:
    await choose_language(world, "de")
    await world.ask("Which cheese does the moon run on?")
    listed = answer(await world.moderator.slash(world.channel, "gaps"))
    assert text(listed).startswith("### Was Leser vergeblich gefragt haben\n")
    assert "einmal gefragt, zuletzt <t:" in text(listed)
    opened = await world.moderator.click(listed, label="Öffnen")
    assert {"Fakt hinzufügen", "Beiseitelegen", "Muss unbeantwortet bleiben"} <= set(buttons(opened.response or listed))
    assert text(answer(await world.moderator.slash(world.channel, "review"))) == "Kein Vorschlag wartet auf eine Entscheidung."


async def test_whoever_decides_second_is_told_so_in_the_language(world: World) -> None:
    post = await posted(world)
    await choose_language(world, "de")
    other = second_moderator(world)
    late = await other.click(post, label="Reject…")
    await world.moderator.click(post, label="Approve")
    result = await send(other, late, reason="Das steht nicht in der Quelle.")
    assert text(result.followups[-1]) == "Dieser Vorschlag wurde schon angenommen."


async def test_settings_the_log_and_stories_are_looked_after_in_the_language(world: World) -> None:
    await choose_language(world, "de")
    settings = answer(await world.moderator.slash(world.channel, "settings"))
    assert text(settings).startswith("### Einstellungen dieses Servers\n**Themen:** alle in jedem Kanal\n")
    assert options(settings)[0]["label"] == "Themen und Kanäle"
    await world.moderator.select(settings, values=["limits"], custom_id="pick:settings-open:")
    assert "Fragen 30 Tage aufbewahren" in text(settings)
    audit = answer(await world.moderator.slash(world.channel, "audit"))
    assert "**test** hat eingestellt: **Sprache:** Deutsch" in text(audit)
    assert "hat importiert: Thema „Twitter's advertising ban on RT and Sputnik“: " in shown_text(audit)
    assert buttons(audit) == ["Änderung 1 zurücknehmen"]
    assert "Thema „" in shown_text(answer(await world.moderator.slash(world.channel, "status")))
    report = answer(await world.moderator.slash(world.channel, "story report"))
    assert text(report).startswith("### Was fehlt: Twitter's")
    assert "Fakten mit nur einer Quelle" in text(report)
    exported = answer(await world.moderator.slash(world.channel, "story export", format="csv"))
    assert text(exported).endswith("-# Tabelle (CSV)")
    several = answer(await world.moderator.slash(world.channel, "story import", file=("story.yaml", HARBOUR.read_bytes())))
    assert "### Neues Thema: " in text(several)
    assert buttons(several) == ["Übernehmen", "Abbrechen"]
    await world.moderator.click(several, label="Übernehmen")
    assert " Fakten hinzugefügt**\n-# „Rückgängig“ nimmt alles davon zurück." in text(several)


async def test_the_log_channel_speaks_the_language(world: World) -> None:
    await choose_language(world, "fr")
    log = await log_channel(world)
    form = await world.moderator.slash(world.channel, "source add")
    await send(world.moderator, form, title="Moss", link="https://example.org/moss")
    await finish_background(bot_of(world))
    assert log.last_message is not None
    assert "> a **ajouté** · <t:" in text(log.last_message)
    assert "\nla source «\u00a0Moss\u00a0»" in text(log.last_message)
    assert buttons(log.last_message) == ["Annuler cela"]


async def test_recorded_questions_are_answered_as_well_in_any_language(world: World) -> None:
    """Answers of a day are expected as the story file has them, and said in the language of the server."""
    numbers = {}
    for language in ("en", "de"):
        await choose_language(world, language)
        shown = text(answer(await world.moderator.slash(world.channel, "story check")))
        numbers[language] = re.findall(r"\d+", shown.split("\n")[1])
    assert numbers["de"] == numbers["en"]


async def test_somebody_unknown_is_asked_back_for_in_the_language_of_the_server(world: World) -> None:
    await choose_language(world, "de")
    shown = shown_text(answer(await world.alice.slash(world.channel, "who", actor="congress")))
    assert shown.startswith("Ich kenne niemanden namens „congress“. Meintest du ")
    assert world.env.errors


async def test_a_place_without_a_source_is_named_as_that(world: World) -> None:
    sentences = {"en": "You gave a place, but not the source that it is in.", "de": "Du hast eine Stelle angegeben"}
    for language, said in sentences.items():
        await choose_language(world, language)
        form = await world.moderator.slash(world.channel, "fact add claim")
        shown = shown_text(answer(await send(world.moderator, form, text="The moss was cold.", cite="#6")))
        assert said in shown
        assert "“”" not in shown


@pytest.mark.parametrize("language", OTHERS)
def test_every_type_of_a_source_has_a_name_in_the_language(language: str) -> None:
    with speaking(language):
        said = {words.source_type(name) for name in TYPES}
    assert not said & {"review", "book review", "film" if language == "es" else "map", "court case", "chapter", "thesis"}
