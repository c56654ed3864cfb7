from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click
import pytest

from bot import __version__
from bot.cli.commands import COMMANDS, ListedCommand, walk_commands
from tests.support.command_line import Run, process
from tests.support.paths import HARBOUR, ROOT
from tests.support.patience import PATIENCE

_STARTS = 6
HEAVY_LIBRARIES = {
    *("PIL", "aiohttp", "babel", "discord", "lxml", "numpy", "onnxruntime", "py3langid", "rapidfuzz"),
    *("simcord", "tokenizers", "trafilatura", "yaml"),
}
HEAVY = ("discord", "rich", "simcord", "asyncio", "ruamel")


def test_version_and_help(run: Run) -> None:
    assert run("--version").output == f"footnote {__version__}\n"
    output = run("-h").output
    assert all(f"\n  {name} " in output for name in COMMANDS)


def test_listing_the_commands_loads_none_of_them() -> None:
    code = (
        "import sys\nfrom bot.cli.entry import footnote\n"
        "for args in ([], ['facts'], ['story']):\n    footnote([*args, '--help'], standalone_mode=False)\n"
        "print(*sorted(name for name in sys.modules if name.split('.')[0] == 'bot'))\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    *_, loaded, heavy = run.stdout.splitlines()
    ours = ("cli", "cli.commands", "cli.console", "cli.entry", "cli.usage")
    names = (*ours, "errors", "log", "messages", "resources", "settings", "terminal", "terminal.text")
    assert set(loaded.split()) == {"bot", *(f"bot.{name}" for name in names)}
    assert heavy == "[]"


def test_the_help_of_no_command_loads_a_library_that_takes_a_while() -> None:
    code = (
        "import sys\nfrom bot.cli.commands import COMMANDS, walk_commands\nfrom bot.cli.entry import footnote\n"
        "loading = {}\n"
        "for name, _ in walk_commands(COMMANDS):\n"
        "    footnote([*name.split(), '--help'], standalone_mode=False)\n"
        "    for library in set(sys.modules) & set(sys.argv[1:]):\n"
        "        loading.setdefault(library, name)\n"
        "print(loading)"
    )
    command = [sys.executable, "-c", code, *HEAVY_LIBRARIES]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "facts retract [OPTIONS] FACT" in run.stdout
    assert run.stdout.splitlines()[-1] == "{}"


def test_a_session_on_a_base_loads_nothing_that_fetches_and_no_identifier_of_languages() -> None:
    code = "import sys, bot.service.session\nprint(*{'aiohttp', 'asyncio', 'py3langid'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout == "\n"


@pytest.mark.parametrize(("name", "listed"), [*walk_commands(COMMANDS)])
def test_every_command_and_option_says_what_it_is_for(name: str, listed: click.Command) -> None:
    command = listed.load() if isinstance(listed, ListedCommand) else listed
    assert command.help
    assert command.name == name.split()[-1]
    assert all(option.help for option in command.params if isinstance(option, click.Option))


@pytest.mark.parametrize("group", [(), ("facts",), ("story",), ("sources",), ("servers",)])
def test_no_line_of_a_list_of_commands_is_cut_off(group: tuple[str, ...], run: Run) -> None:
    listed = run(*group, "--help").output.split("Commands:\n")[1]
    assert "..." not in listed


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("--nope", "There is no option --nope. footnote --help lists them."),
        ("ask --nope", "There is no option --nope. footnote ask --help lists them."),
        ("ask --exlpain when", "There is no option --exlpain. Did you mean --explain?"),
        ("ask --rank 0 when", "--rank cannot be that: give it a whole number from 1 to 1000000."),
        ("ask --rank", "--rank needs a value behind it; --help says what it is for."),
        ("ask --json=1 when", "--json takes no value; --help says what it is for."),
        ("preview --port many", "--port cannot be that: give it a whole number from 1 to 65535."),
        ("run --shard-count many", "--shard-count cannot be that: give it a whole number."),
        ("facts add", "--kind is missing: give it one of event, quote, claim."),
        ("timeline --kind fact", "--kind cannot be that: give it one of events, quotes, claims, all."),
        ("story import", "FILE is missing. footnote story import --help says what it is."),
        ("story list one two", "footnote story list has no use for two. footnote story list --help says what it takes."),
        (
            "ask --articles nowhere when",
            "--articles cannot be that: there is no such file or folder. footnote ask --help says what it takes.",
        ),
        (f"backup {__file__}", "DIR cannot be that: it is a file, not a folder. footnote backup --help says what it takes."),
    ],
)
def test_a_wrong_use_is_one_sentence_with_the_mend(run: Run, typed: str, said: str) -> None:
    result = run(*typed.split())
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"{said}\n")


def test_a_group_named_alone_lists_its_commands(run: Run) -> None:
    assert all(f"\n  {name} " in run("facts").stderr for name in ("add", "undo"))


@pytest.mark.parametrize("args", [("ask",), ("ask", ""), ("ask", "  "), ("ask", "--", "?!")])
def test_an_empty_question_gets_one_sentence(run: Run, args: tuple[str, ...]) -> None:
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "I need a question in words. Ask me who, when, where, why or how much, or what somebody said.\n"


def test_a_missing_and_a_broken_story_file(run: Run, tmp_path: Path) -> None:
    assert run("ask", "--story", str(tmp_path / "no.yaml"), "when").exit_code == 2
    (tmp_path / "broken.yaml").write_bytes(b"story: {id: [\xff")
    assert run("ask", "--story", str(tmp_path / "broken.yaml"), "when").exit_code == 3


def test_a_database_of_a_newer_version_is_left_alone(run: Run, home: Path) -> None:
    run("story", "list")
    database = sqlite3.connect(home / "library.db")
    with database:
        database.execute("PRAGMA user_version = 2")
    database.close()
    for args in (("ask", "when was it?"), ("story", "list"), ("story", "import", str(HARBOUR)), ("chat",)):
        result = run(*args)
        assert (result.exit_code, result.stdout) == (4, "")
        assert "was made by a newer version of Footnote. Update Footnote to open it." in result.stderr
        assert len(result.stderr.splitlines()) == 1


def test_a_home_that_cannot_be_written_to(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path / "file" / "home"))
    for args in (("ask", "when was the ban?"), ("chat",), ("story", "list")):
        result = run(*args)
        assert result.exit_code in (4, 5)
        assert len(result.stderr.splitlines()) == 1


def test_settings_that_do_not_fit(run: Run, home: Path) -> None:
    (home / "footnote.toml").write_text("page_size = 99", encoding="utf-8")
    result = run("ask", "when was it?")
    assert result.exit_code == 5
    assert "page_size" in result.stderr


def test_without_a_token_the_bot_does_not_start(run: Run) -> None:
    result = run("run")
    assert (result.exit_code, result.stdout) == (5, "")
    assert "DISCORD_TOKEN" in result.stderr.splitlines()[-1]


def test_a_settings_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    assert run("run", "--config", str(tmp_path / "no.toml")).exit_code == 5


@pytest.mark.parametrize("writable", [True, False])
def test_the_unexpected_is_one_sentence_and_the_traceback_is_kept(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writable: bool
) -> None:
    def fail(*_: object) -> None:
        raise LookupError("a fault of ours")

    monkeypatch.setattr("bot.cli.opening.load_settings", fail)
    folder = home
    if not writable:
        (tmp_path / "file").write_text("", encoding="utf-8")
        monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path / "file"))
        folder = tmp_path / "elsewhere"
        folder.mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
    result = run("ask", "when was it?")
    log = folder / "errors.log"
    assert result.exit_code == 1
    assert result.stderr == f"Something went wrong that should not have; the details are in {log}.\n"
    assert "a fault of ours" in log.read_text(encoding="utf-8")


def test_a_reader_that_has_enough_ends_the_output_quietly(home: Path) -> None:
    with process("ask", "--story", str(HARBOUR), "--batch", "-") as running:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write(b'{"question": "when was it closed"}\n')
        running.stdin.flush()
        running.stdout.readline()
        running.stdout.close()
        running.stdin.write(b'{"question": "when was it closed"}\n' * 50)
        running.stdin.close()
        assert running.stderr is not None
        assert running.stderr.read() == b""
    assert running.returncode == 1


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no output here that is always full")
@pytest.mark.parametrize(
    "args",
    [
        ("ask", "when was it closed"),
        ("ask", "--json", "when was it closed"),
        ("ask", "--batch", "-"),
        ("story", "export", "harbour-bridge"),
        ("chat",),
        ("--help",),
        ("ask", "--help"),
    ],
)
def test_an_output_that_is_full_is_one_sentence_and_no_fault_of_ours(home: Path, args: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(
            [sys.executable, "-m", "bot", *args],
            cwd=ROOT,
            input=b'{"question": "when was it closed"}\n' * 3,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    said = run.stderr.decode()
    assert (run.returncode, said.count("\n")) == (1, 1), said
    assert said.startswith("The output could not be written: no space left on device.")
    assert not (home / "errors.log").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that stands for Ctrl-C here")
@pytest.mark.parametrize(
    ("args", "line"),
    [
        (("ask", "--story", str(HARBOUR), "--batch", "-"), b'{"question": "when was it closed"}\n'),
        (("chat", "--story", str(HARBOUR)), b"when was it closed\n"),
    ],
)
def test_ctrl_c_is_quiet(home: Path, args: tuple[str, ...], line: bytes) -> None:
    with process(*args) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write(line)
        running.stdin.flush()
        running.stdout.readline()
        time.sleep(0.2)
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=PATIENCE) == 130
        assert running.stderr is not None
        assert running.stderr.read() == b""


@pytest.mark.slow
def test_the_process_answers_in_any_encoding_of_the_terminal(home: Path) -> None:
    for options in (
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "utf-8", "COLUMNS": "20"},
    ):
        with process("ask", "what did the mayor say about safety", **options) as running:
            output, errors = running.communicate(timeout=PATIENCE)
        assert (running.returncode, errors) == (0, b"")
        assert b"Safety comes first, and" in b" ".join(output.split())


@pytest.mark.parametrize(
    ("args", "most"), [(("--help",), 0.15), (("ask", "--json", "when was the bridge closed"), 1.5)], ids=["help", "question"]
)
def test_a_start_loads_nothing_heavy_and_costs_little(args: tuple[str, ...], most: float, home: Path) -> None:
    code = (
        f"import sys, time\nfrom bot.cli import main\nsys.argv = ['footnote', *{args}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY} if name in sys.modules], time.process_time())"
    )
    for start in range(_STARTS):  # the first makes the library, and reads YAML for it; beside others' work each costs more
        output = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        loaded, seconds = output.splitlines()[-1].rsplit(" ", 1)
        if start and float(seconds) < most:
            break
    assert loaded == "[]"
    assert float(seconds) < most


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("aks", "Did you mean footnote ask?"),
        ("preveiw", "Did you mean footnote preview?"),
        ("xyzzy", "footnote --help lists them."),
        ("start", "footnote --help lists them."),
        ("stats", "footnote --help lists them."),
        ("facts delete", "Did you mean footnote servers delete?"),
        ("facts remove", "footnote facts --help lists them."),
        ("import", "Did you mean footnote sources import or footnote story import?"),
        ("retract", "Did you mean footnote facts retract?"),
        ("story draft", "Did you mean footnote draft?"),
        ("story exprot", "Did you mean footnote story export?"),
        ("facts xyzzy", "footnote facts --help lists them."),
    ],
)
def test_a_command_that_there_is_not_is_answered_with_the_nearest(run: Run, typed: str, said: str) -> None:
    result = run(*typed.split())
    assert result.exit_code == 2
    assert f"There is no command {typed.split()[-1]}." in result.stderr
    assert said in result.stderr
