"""The language of the command line: that which is named, else that of the system; frame, dates and citations come in one."""

from __future__ import annotations

import json

import pytest

from bot.languages import ENGLISH, LANGUAGES, say, speaking
from bot.presentation.wording import SOURCES
from bot.terminal.languages import system_language
from bot.terminal.pages import NOTHING_FOUND
from tests.support.command_line import Run


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "pt_BR"}, "pt"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "C"}, "en"),
        ({"LANG": "sv_SE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_system_says_which_language_to_show(
    variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert system_language() == language


def test_an_answer_comes_in_the_language_of_the_system_or_in_the_one_that_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    german = run("ask", "when was the bridge closed").output
    assert german.startswith("3. März 2021\n")
    assert "Quellen\n" in german
    assert "“Bridge shut after inspection”, ¶5" in german
    spanish = run("ask", "--language", "es", "when was the bridge closed").output
    assert "Fuentes\n" in spanish
    assert "4 de marzo de 2021" in spanish
    assert run("ask", "--language", "en", "when was the bridge closed").output.startswith("3 March 2021\n")


def test_a_question_in_another_language_leaves_the_language_of_the_frame(run: Run) -> None:
    answer = run("ask", "--as-of", "2021-03-04", "wann wurde die Brücke geschlossen?").output
    assert "This is what the sources had reported by 4 March 2021." in answer
    assert "März" not in answer


def test_json_is_for_programs_and_stays_in_english_unless_a_language_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    english = run("ask", "--json", "when was the bridge closed").output
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert run("ask", "--json", "when was the bridge closed").output == english
    assert json.loads(run("ask", "--json", "--language", "de", "when was the bridge closed").output)["short"] == "3. März 2021"


def test_a_citation_has_the_words_of_the_language(run: Run) -> None:
    source = "https://example.org/a"
    assert "4 March 2021" in run("cite", source, "--style", "markdown").output
    assert "4 mars 2021" in run("cite", source, "--style", "markdown", "--language", "fr").output
    assert "März" in run("cite", source, "--style", "apa", "--language", "de").output


@pytest.mark.parametrize("language", [chosen for chosen in LANGUAGES if chosen != ENGLISH])
def test_what_commands_show_is_in_one_language(run: Run, language: str) -> None:
    with speaking(language):
        sources, nothing, claimed = say(SOURCES), say(NOTHING_FOUND), say("According to {names}:").partition("{")[0].strip()
    listed = run("timeline", "--kind", "all", "--language", language).output
    assert sources in listed.splitlines()
    assert claimed in listed
    assert not [word for word in ("According to", "March", "paragraph", "\\u20") if word in listed]
    assert nothing in " ".join(run("timeline", "--to", "1999", "--language", language).output.split())
    shown = run("facts", "show", "F1", "--language", language)
    assert shown.exit_code == 0
    assert "\\u20" not in shown.output


def test_a_language_that_is_not_spoken_is_refused(run: Run) -> None:
    result = run("ask", "--language", "sv", "when was the bridge closed")
    assert (result.exit_code, result.stdout) == (2, "")
