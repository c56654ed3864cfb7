"""The pages say what the program does: every command is in them, and the samples are what is printed."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import discord
import pytest
import simcord
from click.testing import CliRunner
from discord import app_commands

from bot.answers.reader.reader import shipped_reader
from bot.cli.commands import ListedCommand
from bot.cli.console import STOPPED
from bot.cli.entry import footnote
from bot.client.start import make_bot
from bot.editing.suggesting import MAX_OPEN
from bot.errors import FootnoteError
from bot.facts.state.server_settings import ServerSettings
from bot.formats.forms import FORMS
from bot.languages import ENGLISH, LANGUAGES, command_texts
from bot.presentation import verdicts
from bot.service.service import Service
from bot.settings import Settings
from data.guide.pages import GUIDES, PAGES, anchors, blocks, code, links, made, prose, read, with_made
from data.guide.samples import shown_files, with_output
from data.guide.tables import command_lines, tables
from tests.support.paths import ROOT

README = read(ROOT / "README.md")
_NEAR = re.compile(r"^(?:See also|Also near|The nearest facts I have:)\n.*?(?=^\$ |\Z)", re.MULTILINE | re.DOTALL)
_SCORE = re.compile(r"\b[01]\.\d\d\b.*")
DOCS = {page.name: read(page) for page in GUIDES if page.parent.name == "docs"}
GUIDE = "\n".join(map(read, GUIDES))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LONGEST, MAX_ROW = 130, 150
PRESSES = 3  # for each question
OF_THE_WEB = ("/metrics", "/healthz", "/readyz")


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("line", [line for line, _ in command_lines()])
def test_every_command_of_the_command_line_is_named(line: str) -> None:
    assert re.search(rf"^\| \[`{line}`\]\(#{line.replace(' ', '-')}\) \| \S", DOCS["command-line.md"], re.MULTILINE)


async def test_every_command_on_discord_is_named_with_its_fields(tmp_path: Path) -> None:
    async with Service(Settings(tmp_path)) as service, simcord.run(make_bot(service, None), shard_count=1) as env:
        commands = env.bot.tree.get_commands()  # type: ignore[attr-defined]
        assert len(commands) > 5
        for command in commands:
            if isinstance(command, app_commands.ContextMenu):
                assert f"| **{command.name}**, in a message's menu |" in GUIDE
                continue
            for slash_command in command.walk_commands() if isinstance(command, app_commands.Group) else [command]:
                if isinstance(slash_command, app_commands.Group):
                    continue
                given = [
                    field.display_name if field.required else f"[{field.display_name}]" for field in slash_command.parameters
                ]
                assert f"| `{' '.join([f'/{slash_command.qualified_name}', *given])}` |" in GUIDE


async def test_what_is_made_from_the_code_is_as_it_is_made_now() -> None:
    """Run ``python -m data.guide`` where this fails."""
    now = await tables()
    marks = [mark for page in GUIDES for mark in made(read(page))]
    assert sorted(marks) == sorted(now)
    for page in GUIDES:
        assert with_made(read(page), now) == read(page), name(page)


@pytest.mark.parametrize("page", [page for page in GUIDES if "```console" in read(page)], ids=name)
def test_the_samples_are_what_is_printed(page: Path) -> None:
    """Run ``python -m data.guide`` where this fails."""
    assert _settled(with_output(read(page))) == _settled(read(page))


def _settled(text: str) -> str:
    """Return a page without what may differ from one processor to another: which facts are merely near, and figures."""
    for block in blocks(text):
        if block.language == "console":
            text = text.replace(block.text, _SCORE.sub("", _NEAR.sub("", block.text)))
    return text


def test_every_setting_is_in_the_settings_file_that_is_linked_to() -> None:
    assert "(../config/footnote.toml)" in DOCS["operating.md"]
    settings = (ROOT / "config" / "footnote.toml").read_text(encoding="utf-8")
    for setting in fields(Settings):
        assert setting.name == "home" or re.search(rf"^{setting.name} = ", settings, re.MULTILINE)
        assert setting.name == "home" or re.search(rf"^\| `{setting.name}` \| `", DOCS["operating.md"], re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_to_a_file_that_is_shipped_or_to_a_heading(page: Path) -> None:
    shipped = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    for link in links(read(page)):
        target, _, heading = link.partition("#")
        path = (page.parent / target).resolve() if target else page
        assert path.is_file(), link
        assert path.relative_to(ROOT).parts[0] in shipped, link
        assert not heading or heading in anchors(read(path)), link


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_no_two_headings_of_a_page_are_called_the_same(page: Path) -> None:
    # Of a changelog, versions have the same sections.
    assert page.name == "CHANGELOG.md" or len(set(anchors(read(page)))) == len(anchors(read(page)))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_lines_are_short_enough_to_be_read(page: Path) -> None:
    text = read(page)
    for block in blocks(text):
        if block.language == "console":  # as it is printed
            text = text.replace(block.text, "")
    long = [line for line in text.splitlines() if len(line) > (MAX_ROW if line.startswith("|") else LONGEST)]
    if page == ROOT / "README.md":
        long = [line for line in long if "-m venv" not in line]  # each of the two commands is one line, to be copied
    assert long == []
    assert [line for line in prose(text).splitlines() if line.count("`") % 2] == []  # code that breaks over a line


def test_the_readme_is_short_and_its_commands_work_by_themselves() -> None:
    assert len(README.splitlines()) <= 130
    extras = PROJECT["project"]["optional-dependencies"]
    commands = [block.text for block in blocks(README) if block.language == "sh"]
    assert len(commands) == 2
    for command in commands:
        made_for = re.fullmatch(
            r"python3 -m venv \.venv && \.venv/bin/pip install -q -c (\S+) -e '\.\[(\w+)\]' && \.venv/bin/.+\n", command
        )
        assert made_for is not None, command
        assert (ROOT / made_for[1]).is_file()
        assert made_for[2] in extras


def test_ci_runs_the_tests_as_the_readme_says_and_checks_types_as_the_page_for_contributors_does() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    (command,) = re.findall(r"^python3 .* -m pytest$", README, re.MULTILINE)
    make_environment, _, run_tests = command.split(" && ")
    (type_check,) = re.findall(r"\.venv/bin/mypy --strict.*", read(ROOT / "CONTRIBUTING.md"))
    assert script.index(make_environment) < script.index(f"{run_tests} --slow || tests=$?")
    assert f"{type_check} &" in script


def test_every_page_is_found_from_the_index_and_the_readme() -> None:
    for guide in DOCS:
        assert guide == "README.md" or f"({guide})" in DOCS["README.md"]
        assert guide == "README.md" or f"(docs/{guide})" in README
    for page in PAGES:
        assert page.parent != ROOT or page.name == "README.md" or f"({page.name})" in README


def spoken_of(text: str) -> Iterator[str]:
    """Yield the lines of code of a page, in sentences and in samples."""
    yield from code(text)
    for block in blocks(text):
        lines = block.text.splitlines()
        if block.language == "console":
            yield from (line for line in lines if line.startswith("$ "))
        elif block.language in ("sh", "text"):
            yield from lines


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_no_command_or_option_is_spoken_of_that_there_is_not(page: Path) -> None:
    for line in spoken_of(read(page)):
        said = re.match(r"(?:.*[ /])?footnote ([a-z].*)", line)
        if said is None:
            continue
        context, command, words = click.Context(footnote), footnote, shlex.split(said[1])
        while isinstance(command, click.Group) and words:
            subcommand = command.get_command(context, words.pop(0))
            assert subcommand is not None, line
            command = subcommand.load() if isinstance(subcommand, ListedCommand) else subcommand  # type: ignore[assignment]
        options = {option for param in command.params for option in param.opts} | {"--help"}
        assert {word for word in words if word.startswith("--")} <= options, line


async def test_no_slash_command_is_spoken_of_that_there_is_not(tmp_path: Path) -> None:
    async with Service(Settings(tmp_path)) as service, simcord.run(make_bot(service, None), shard_count=1) as env:
        names = {command.qualified_name for command in env.bot.tree.walk_commands()}  # type: ignore[attr-defined]
    names |= {text for chosen in LANGUAGES if chosen != ENGLISH for text in command_texts(chosen).values()}
    for page in PAGES:
        for line in code(read(page)):
            said = re.match(r"/([a-z]+(?: [a-z]+)*)", line)
            if said is not None and line not in OF_THE_WEB and not re.match(r"/[\w.-]+/", line):
                words = said[1].split()
                assert any(" ".join(words[:number]) in names for number in (1, 2, 3)), (page, line)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_file_and_module_that_is_spoken_of_is_there(page: Path) -> None:
    for line in spoken_of(read(page)):
        for path in re.findall(r"(?<![\w/.])(?:bot|config|data|tests)/[\w./*-]*\w", line):
            assert path.endswith("/xx") or list(ROOT.glob(path)), path
        for module in re.findall(r"(?<![\w/])(?:data|tests)(?:\.\w+)+", line):
            assert list(ROOT.glob(f"{module.replace('.', '/')}*")), module


def test_the_story_that_is_shown_has_no_faults_and_answers_its_questions(tmp_path: Path) -> None:
    file = tmp_path / "story.yaml"
    file.write_text(shown_files()["my-story.yaml"], encoding="utf-8")
    result = CliRunner().invoke(footnote, ["story", "check", "--strict", str(file)])
    assert result.exit_code == 0, result.output


def test_every_exit_code_is_explained() -> None:
    def kinds(error: type[FootnoteError]) -> Iterator[type[FootnoteError]]:
        yield error
        for subclass in error.__subclasses__():
            yield from kinds(subclass)

    codes = {0, STOPPED, *(kind.exit_code for kind in kinds(FootnoteError))}
    assert {int(exit_code) for exit_code in re.findall(r"^\| (\d+) \|", DOCS["command-line.md"], re.MULTILINE)} == codes


def test_every_verdict_on_a_quotation_is_explained() -> None:
    exact, inserted, cut_out, differs, *elsewhere = verdicts.VERDICTS.values()
    shown = (exact, verdicts.PIECE, inserted, cut_out, differs, verdicts.UNSAID, verdicts.MISLEADS, verdicts.JOINED, *elsewhere)
    said = re.findall(r"^\| (\S+) ([^|]+) \|", DOCS["checking-and-citing.md"], re.MULTILINE)
    assert [verdict for _, verdict in said if verdict in shown] == list(shown)
    signs = {*verdicts.SIGNS.values(), verdicts.MISLEADING_SIGN}
    assert {sign for sign, verdict in said if verdict in shown} == signs


def test_every_form_of_a_citation_is_named() -> None:
    assert [form for form in FORMS if f"`{form}`" not in DOCS["checking-and-citing.md"]] == []


def test_the_numbers_are_those_of_the_program() -> None:
    settings, server = Settings(ROOT), ServerSettings()
    asking, moderating, operating = (" ".join(DOCS[page].split()) for page in ("asking.md", "moderating.md", "operating.md"))
    assert f"below an answer work for {settings.reply_days} days" in asking
    most = settings.member_questions
    assert f"ask {most} questions a minute and press {PRESSES * most} buttons" in asking
    assert server.suggestions_a_day == 5
    assert "may suggest five facts a day" in asking
    assert f"its own replies of the last {server.correction_days} days" in moderating
    assert f"A server can have {MAX_OPEN} open suggestions" in moderating
    assert f"{settings.grace_days} days later (the operator's setting `grace_days`)" in moderating
    assert f"{settings.grace_days} days later (the setting `grace_days`)" in operating
    assert f"With {settings.open_bases} servers open" in operating
    reader, answering = shipped_reader().weights, " ".join(DOCS["how-answering-works.md"].split())
    assert f"At {reader.threshold:g} or more, the fact is the answer. At {reader.perhaps:g} or more, it is shown" in answering


def test_the_link_of_the_readme_asks_for_the_permissions_that_it_names() -> None:
    (number,) = re.findall(r"permissions=(\d+)", README)
    asked = [name for name, granted in discord.Permissions(int(number)) if granted]
    titles = {name.replace("_", " ").title() for name in asked} - {"Read Messages"} | {"View Channels"}  # as the portal has it
    named = set(re.findall(r"\*([A-Z][^*]+)\*", " ".join(README.split()).partition("the permissions ")[2].partition(":")[0]))
    assert "read_messages" in asked
    assert {title.lower() for title in titles} == {title.lower() for title in named}


def test_extras_are_named_with_the_name_that_installs_them() -> None:
    for path in (ROOT / "bot").rglob("*.py"):
        assert not re.search(r"\bfootnote\[", path.read_text(encoding="utf-8")), path
