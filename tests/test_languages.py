"""What Footnote says in other languages: every message has a translation, and its placeholders agree."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextvars import copy_context
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from bot import uploads
from bot.client.articles import words as article_words
from bot.client.contributions import suggesting
from bot.client.facts import words as form_words
from bot.client.keeping import words as sentence_words
from bot.client.logbook.lines import AND_MORE
from bot.client.settings import words as setting_words
from bot.editing.fact_reading import StoryContext, read_typed_fact
from bot.editing.report import Lack
from bot.editing.typed_fact import TypedFact
from bot.errors import FormError
from bot.facts.logbook import REASONS
from bot.facts.models import Source
from bot.languages import (
    COMMANDS,
    ENGLISH,
    LANGUAGES,
    MESSAGES,
    OPTION,
    catalogue,
    command_texts,
    language,
    name_commands_in,
    say,
    say_filled,
    say_message,
    say_number,
    speaking,
)
from bot.multilingual.identification import RECOGNISED, SCRIPTS
from bot.phrases import in_marks, labelled, separated
from tests.support.paths import ROOT

OTHERS = [chosen for chosen in LANGUAGES if chosen != ENGLISH]
# Messages that are looked up in a table before they are said.
TABLES = (
    ("bot.client.words", ("SOURCE_TYPES", "OTHER_SOURCE_TYPES")),
    ("bot.presentation.citation_numbers", ("LOCATORS",)),
    ("bot.presentation.wording", ("_SLOTS", "_OPEN", "_LACKS", "_HAS", "_FITS", "_NATURE", "_STANDING")),
    ("bot.answers.fallbacks", ("_LACKS",)),
    ("bot.pictures.timeline", ("KINDS", "PRECISIONS")),
    ("bot.site.words", ("WORDS", "LANES", "KINDS", "ACTS", "FEED_TITLES")),
    ("bot.presentation.verdicts", ("VERDICTS", "NUMBERS", "SENSES", "HEDGES")),
    ("bot.client.limits", ("REFUSALS",)),
    ("bot.client.articles.words", ("MISSING", "ADD")),
    ("bot.client.answering.card", ("_SECTION_TITLES",)),
    ("bot.client.contributions.views", ("STATES", "TITLES")),
    ("bot.client.contributions.suggesting", ("FORM_TITLES",)),
    ("bot.client.facts.words", ("KINDS", "NEW", "ACTIONS", "ACTOR_KINDS")),
    ("bot.client.logbook.cog", ("UNDONE",)),
    ("bot.client.logbook.lines", ("HEADS", "DECIDED", "LINES", "ITEMS")),
    ("bot.client.settings.words", ("NAMES", "LISTED_SETTINGS")),
    ("bot.client.setup.words", ("STEPS", "UNASKED", "UNASKED_HELP")),
    ("bot.client.stories.source_imports", ("SAME_SOURCE",)),
)
# Fields of forms: the label of each, what to write, an example.
FIELDS = (
    "WHERE", "CONTEXT", "SOURCE", "LOCATOR", "SOURCES", "REASON_OF_EDIT", "REASON_OF_RETRACTION", "LINK", "TITLE", "PUBLISHER",
    "PUBLISHED", "TYPE", "ARCHIVE", "NAME", "ACTOR_KIND", "ALIASES", "ROLE", "WIKIDATA", "RATING", "RATED_BY", "RATED_AT",
    "REVIEW_TITLE",
)  # fmt: skip
OF_ARTICLES = ("TEXT", "MORE_TEXT", "STILL_MORE_TEXT", "HEADLINE", "OUTLET", "AUTHORS", "PUBLISHED")
OF_SENTENCES = ("KIND", "TEXT", "DATE", "BY", "ABOUT")
LABEL, DESCRIPTION = 45, 100  # what Discord takes
IN_CODE = ("sentence", "says", "lacks")  # names that hold what is in the tables, or is listed here
ALSO = (
    "and",
    "Names that I recognised",
    "Words that no fact has",
    "Words that it does not have",
    "You asked {slot}.",
    "You asked {slot}, and the first fact says that.",
)


def messages() -> tuple[set[str], set[tuple[str, str]]]:
    """Return all that is said: single messages, and those about a number of things."""
    single: set[str] = set(ALSO)
    numbered: set[tuple[str, str]] = set()
    for path in (ROOT / "bot").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if not re.search(r"from bot\.(?:languages|messages) import", text):
            continue
        tree = ast.parse(text)
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
                if call.func.id == "say":
                    single.update(_said(call.args[0], path, tree))
                elif call.func.id == "Message":
                    single.update(_templates(call.args[0], path, tree))
                elif call.func.id in ("say_number", "CountedMessage") and not isinstance(call.args[1], ast.Attribute):
                    one, many = call.args[1:]
                    assert isinstance(one, ast.Constant)
                    assert isinstance(many, ast.Constant)
                    numbered.add((str(one.value), str(many.value)))
    for module, names in TABLES:
        for name in names:
            single.update(getattr(import_module(module), name).values())
    single.update(text for field in (*fields(), *setting_words.PAGES.values(), *(lack.value for lack in Lack)) for text in field)
    single.update((form_words.DATE_EXAMPLE, OPTION))
    single.update((AND_MORE, *REASONS))
    return single, numbered


def fields() -> list[tuple[str, ...]]:
    """Return the fields of forms."""
    named = [getattr(form_words, name) for name in FIELDS]
    named += [getattr(article_words, name) for name in OF_ARTICLES]
    named += [getattr(sentence_words, name) for name in OF_SENTENCES]
    return [*form_words.TEXT.values(), *form_words.DATE.values(), *named]


@pytest.mark.parametrize("chosen", OTHERS)
def test_the_fields_of_a_form_fit_in_every_language(chosen: str) -> None:
    with speaking(chosen):
        for title, *about in fields():
            assert len(say(title)) <= LABEL, say(title)
            assert all(len(say(text)) <= DESCRIPTION for text in about), about
        assert all(len(say(title)) <= LABEL for title in suggesting.FORM_TITLES.values())
        assert len(say(form_words.SOURCE_CHOICE)) <= DESCRIPTION


def _said(argument: ast.expr, path: Path, tree: ast.Module) -> Iterator[str]:
    if isinstance(argument, ast.Constant):
        yield str(argument.value)
    elif isinstance(argument, ast.Attribute) and isinstance(argument.value, ast.Name):
        yield getattr(import_module(_module(argument.value.id, tree)), argument.attr)
    elif isinstance(argument, ast.Name) and argument.id.isupper():
        yield getattr(import_module(_dotted(path)), argument.id)
    elif isinstance(argument, ast.IfExp):
        yield from _said(argument.body, path, tree)
        yield from _said(argument.orelse, path, tree)
    else:
        named: Any = argument
        is_table = isinstance(argument, ast.Subscript | ast.Call)
        assert is_table or named.id in (*IN_CODE, "message"), f"{path}: {ast.unparse(argument)}"


def _templates(argument: ast.expr, path: Path, tree: ast.Module) -> Iterator[str]:
    """Yield the templates that a message may be made of; any but these would escape the catalogue."""
    if isinstance(argument, ast.Subscript) and isinstance(argument.value, ast.Name):
        yield from getattr(import_module(_dotted(path)), argument.value.id).values()
    else:
        templates = list(_said(argument, path, tree))
        assert templates, f"{path}: {ast.unparse(argument)}"
        yield from templates


def _module(name: str, tree: ast.Module) -> str:
    """Return the module that a name of an import stands for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if name == (alias.asname or alias.name):
                    return f"{node.module}.{alias.name}"
    raise AssertionError(name)


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize("chosen", OTHERS)
def test_every_message_is_translated_and_none_is_left_over(chosen: str) -> None:
    single, numbered = messages()
    translated = {message.id for message in catalogue(chosen) if message.id and message.string}
    assert translated == single | numbered


@pytest.mark.parametrize(
    "file", sorted((ROOT / "data" / "locale").glob("*/*.po")), ids=lambda file: f"{file.parent.name}-{file.stem}"
)
def test_no_message_stands_twice_in_a_catalogue(file: Path) -> None:
    entries = re.split(r"\n{2,}", file.read_text("utf-8").strip())
    messages = [re.sub(r"(?m)^#.*\n", "", entry).split("\nmsgstr")[0] for entry in entries]
    assert [message for message in messages if messages.count(message) > 1] == []


@pytest.mark.parametrize("chosen", OTHERS)
def test_a_translation_has_the_places_commands_and_marks_of_its_message(chosen: str) -> None:
    for message in catalogue(chosen):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        assert len(texts) == (catalogue(chosen).num_plurals if len(ids) > 1 else 1)
        for form, text in enumerate(texts if ids[0] else ()):  # the head of a catalogue has no id
            one = ids[0] if form == 0 and len(texts) == len(ids) else ids[-1]  # of more forms the first may be of many things
            for pattern in (r"`[^`]+`", r"\*\*", r"^(?:###|-#)", r"\n", r"^ ", r" $"):
                marks, expected = (sorted(re.findall(pattern, said, re.MULTILINE)) for said in (str(text), str(one)))
                assert marks == expected, (text, pattern)
            filled, expected = (sorted(re.findall(r"\{\w+\}", said)) for said in (str(text), str(ids[-1])))
            # “One publisher” may say its number in a word.
            assert filled == expected or (len(ids) > 1 and set(filled) < set(expected)), text


@pytest.mark.parametrize("chosen", OTHERS)
def test_options_in_messages_are_found_by_how_the_catalogue_names_one_and_shown_as_the_client_does(chosen: str) -> None:
    named = {str(message.id): str(message.string) for message in catalogue(chosen) if isinstance(message.id, str)}
    before, after = OPTION.split("{name}")
    options = [(message, option) for message in named for option in re.findall(f"{before}(\\w+){after}", message)]
    assert len(options) >= 3
    for message, option in options:
        assert named[OPTION].format(name=option).lower() in named[message].lower()
        shown = command_texts(chosen)["option", option]
        with speaking(chosen):
            assert named[OPTION].format(name=shown).lower() in say(message).lower()


def test_an_option_is_named_as_the_client_does_in_a_message_that_is_english() -> None:
    def said(spoken: str, message: str) -> str:
        name_commands_in("de")
        with speaking(spoken):
            return say(message)

    thema = command_texts("de")["option", "story"]
    for spoken in (ENGLISH, "fr"):
        message = "Say it in the option “story”, which nobody has translated."
        assert copy_context().run(said, spoken, message) == message.replace("story", thema)


RECORDED = {"_in_quotation_marks", "_in_short"}
"""What puts the recorded words of a quote into the marks of their own language."""


def test_what_is_put_into_quotation_marks_has_those_of_the_language_spoken() -> None:
    faults = []
    for path in sorted(file for part in ("client", "presentation") for file in (ROOT / "bot" / part).rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and function.name not in RECORDED:
                texts = (ast.unparse(node) for node in ast.walk(function) if isinstance(node, ast.JoinedStr))
                faults += [(path.name, function.name, text) for text in texts if re.search("[“”„«»]", text)]
    assert faults == []
    for chosen, marked in (("en", "“b”"), ("de", "„b“"), ("es", "«b»"), ("fr", "«\u00a0b\u00a0»")):
        with speaking(chosen):
            assert in_marks("{a} “b”") == marked.replace("b", "{a} “b”")


@pytest.mark.parametrize("name", [MESSAGES, COMMANDS])
def test_french_signs_stand_behind_a_space_at_which_no_line_breaks(name: str) -> None:
    """A narrow one (U+202F) before ; ! ?, a wide one (U+00A0) before : and inside the marks of a quotation."""
    loose = re.compile(
        r"(?<![\u202f«])(?<!«\u00a0)[;!?]"  # a sign that is itself named in marks has those of the marks
        r"|(?<!\u00a0):(?!//)"
        r"|«(?!\u00a0)|(?<!\u00a0)»"
    )
    left_alone = r"`[^`]*`|https?://\S*|<a?:\w+:\d+>|<[@#t][^>]*>"  # code, addresses, emoji, mentions and times
    faults = []
    for message in catalogue("fr", name):
        texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        faults += [text for text in texts if message.id and loose.search(re.sub(left_alone, "", str(text)))]
    assert faults == []


def test_signs_before_which_french_sets_a_space_are_set_by_the_catalogue() -> None:
    """Nothing is put together with ``name: value`` or joined by ``; `` in the code, where no language is asked."""
    faults = []
    shown = ("client", "pictures", "presentation", "site")
    for path in sorted(file for part in shown for file in (ROOT / "bot" / part).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            parts = node.values if isinstance(node, ast.JoinedStr) else []
            whole = "".join(str(part.value) if isinstance(part, ast.Constant) else "\0" for part in parts)
            joining = node.value if isinstance(node, ast.Attribute) and node.attr == "join" else None
            glue = str(joining.value) if isinstance(joining, ast.Constant) else ""
            loose = re.search(r"(?:^|\0)\W*[:;!?]\W*\s", whole) or re.search(r"[:;!?]\s", glue)
            if loose:
                faults.append((path.name, ast.unparse(node)))
    assert faults == []
    with speaking("fr"):
        assert labelled("Nom", "texte") == "Nom\u00a0: texte"
        assert separated(["a, b", "c"]) == "a, b\u202f; c"


def test_every_language_has_a_name_to_be_chosen_by_and_is_recognised_in_a_question() -> None:
    assert {(code, name) for code, name, _ in setting_words.options("language")} == set(LANGUAGES.items())
    assert set(LANGUAGES) <= {*RECOGNISED, *SCRIPTS}


def test_english_is_said_as_it_is_written() -> None:
    assert language() == ENGLISH
    assert say("Page {page} of {pages}") == "Page {page} of {pages}"
    assert [say_number(number, "{number} fact", "{number} facts") for number in (0, 1, 2)] == ["0 facts", "1 fact", "2 facts"]


@pytest.mark.parametrize("chosen", OTHERS)
def test_each_fault_of_a_form_is_said_in_the_language_of_the_form_with_what_was_typed(chosen: str) -> None:
    source = Source("gazette", "webpage", "Bridge shut")
    known = StoryContext({"gazette": source}, {}, {}, frozenset(), frozenset(), date(2021, 3, 4))
    links = ("https://user@example.org", f"https://example.org/{'a' * 500}", "https://exa mple.org", "https://example.org:99999/")
    typed_facts = [
        TypedFact("event", "bridge", date="{soon} “and” \\d+", cite="gazette x9 y"),
        TypedFact("quote", "bridge", text="x" * 9000, cite="nowhere"),
        TypedFact("claim", "bridge"),
        *(TypedFact("claim", "bridge", text="It fell.", cite=link) for link in links),
    ]
    faults: list[str] = []
    for typed_fact in typed_facts:
        with pytest.raises(FormError) as caught:
            read_typed_fact(typed_fact, known)
        faults += caught.value.faults.values()
    with speaking(chosen):
        sentences = [say_message(fault) for fault in faults]
    assert [fault for fault, said in zip(faults, sentences, strict=True) if fault == said] == []
    assert any("{soon} “and” \\d+" in said for said in sentences)
    assert say_message(faults[0]) == faults[0]  # English is as it is


@pytest.mark.parametrize("chosen", OTHERS)
def test_why_the_reading_of_a_file_was_ended_is_said_in_the_language(chosen: str) -> None:
    endings = (uploads.LATE, uploads.TOO_MUCH_MEMORY, uploads.FAILED, uploads.NO_PROCESS)
    with speaking(chosen):
        assert [sentence for sentence in endings if say_message(sentence) == sentence] == []


def test_what_was_filled_in_names_commands_as_the_client_does_in_whatever_language() -> None:
    def filled(spoken: str) -> str:
        name_commands_in("de")
        with speaking(spoken):
            return say_filled("Found 3. See /gaps, or ask /gaps.", ["Found {number}. See /gaps, or ask /{command}."])

    assert copy_context().run(filled, ENGLISH) == "Found 3. See /lücken, or ask /gaps."  # what was typed stays


def test_another_language_is_spoken_for_a_while() -> None:
    with speaking("de"):
        assert say("Sources") == "Quellen"
        assert say_number(1, "{number} fact", "{number} facts") == "1 Fakt"
        assert say_number(3, "{number} fact", "{number} facts") == "3 Fakten"
        assert say("What nobody has translated") == "What nobody has translated"
    assert say("Sources") == "Sources"


def test_arabic_says_one_and_two_by_the_noun_alone() -> None:
    """Its dual says its number by itself: بعد شهرين, never بعد 2 شهر; a number stands only where no noun is counted."""
    counted = [message for message in catalogue("ar") if isinstance(message.id, tuple)]
    assert len(counted) >= 80
    said = [str(text) for message in counted for text in tuple(message.string or ())[1:3]]
    assert [text for text in said if re.search(r"\{number\} \w", text)] == [
        "**⚠️ ستتغيّر إجابة {all} من الأسئلة المسجَّلة، منها {number} إلى الأسوأ**"
    ] * 2
    with speaking("ar"):
        later = [say_number(number, "{number} month later", "{number} months later") for number in (1, 2, 3, 11, 100)]
        assert later == ["بعد شهر", "بعد شهرين", "بعد 3 أشهر", "بعد 11 شهرًا", "بعد 100 شهر"]
        sources = say_number(2, "one source", "{number} independent sources")
        assert say("Told by {sources}.", sources=sources) == "ورد في مصدرين مستقلين."
        facts = say_number(2, "{number} fact", "{number} facts")
        assert say("I know {facts} about {actor}.", facts=facts, actor="ماكين") == "لديّ معلومتان عن ماكين."
