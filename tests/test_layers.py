"""The shape of the code: which way imports run, and what every module and command owes its readers."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

from tests.support.paths import ROOT, TESTS

PACKAGE = ROOT / "bot"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "shipped" not in path.relative_to(PACKAGE).parts[:-1])

# What each part may import of ours, beside itself, `errors`, `messages`, `languages` and the version.
ALLOWED = {
    "allocator": set(),
    "cache_budget": set(),
    "errors": set(),
    "messages": set(),
    "languages": {"resources"},
    "phrases": set(),
    "cancellation": set(),
    "resources": set(),
    "settings": {"resources"},
    "log": {"settings"},
    "english": {"resources"},
    "multilingual": {"english"},
    "facts": {"english"},
    "stories": {"english", "facts"},
    "presentation": {"answers", "checking", "english", "facts", "phrases"},
    "answers": {"cache_budget", "english", "facts", "multilingual", "phrases", "resources"},
    "checking": {"answers", "cache_budget", "english", "facts", "multilingual"},
    "drafting": {"english", "facts", "multilingual", "resources", "stories"},
    "editing": {"answers", "english", "facts", "stories"},
    "formats": {"english", "facts", "stories"},
    "pictures": {"facts", "phrases", "presentation", "resources"},
    "site": {"facts", "formats", "phrases", "pictures", "presentation"},
    "storage": {"facts", "settings", "stories"},
    "service": {
        *("allocator", "answers", "cache_budget", "checking", "drafting", "editing", "english", "facts", "formats"),
        *("resources", "settings", "site", "storage", "stories", "web"),
    },
    "uploads": set(),
    "web": set(),
    "doctor": {"facts", "settings", "storage", "stories"},
    "metrics": set(),
    "client": {
        *("answers", "checking", "drafting", "editing", "facts", "formats", "log", "metrics", "phrases"),
        *("pictures", "presentation", "service", "settings", "storage", "stories", "uploads", "web"),
    },
    "terminal": {"answers", "checking", "facts", "phrases", "presentation", "service"},
    "preview": {"client", "facts", "service", "settings", "stories"},
    "cli": {
        *("answers", "checking", "client", "doctor", "drafting", "editing", "english", "facts", "formats", "log", "web"),
        *("phrases", "pictures", "presentation", "preview", "resources", "service", "settings", "storage", "stories"),
        *("multilingual", "site", "terminal", "uploads"),
    },
    "__init__": set(),
    "__main__": {"cli"},
}
EVERYWHERE = ("errors", "messages", "languages", "cancellation", "__version__")


SPEAKING = ("client", "phrases", "pictures", "presentation", "site", "terminal")


LONGEST = 350  # lines of a module; whoever needs more has two subjects


def part(path: Path) -> str:
    """Return the part of the package that a module belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def name(path: Path) -> str:
    """Return a module's name as it is imported; a package's is that of its folder."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """Yield what a module imports, wherever in it: at its top, for types alone, or inside a function.

    Of ``from package import name`` that is ``package.name``, for the name may be a module's.
    """
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def module_of(imported: str, modules: Collection[str]) -> str:
    """Return the module that an imported name is, or is in; "" for none."""
    while imported and imported not in modules:
        imported = imported.rpartition(".")[0]
    return imported


def assert_none(faults: Iterable[str]) -> None:
    """Report all faults at once."""
    messages = list(faults)
    assert not messages, "\n".join(["", *messages])


def circles(imports: dict[str, set[str]]) -> list[list[str]]:
    """Return the sets of modules of which each imports each other one, over some others or not (Tarjan's components)."""
    components, order, lowest, stack = list[list[str]](), dict[str, int](), dict[str, int](), list[str]()

    def visit(module: str) -> None:
        order[module] = lowest[module] = len(order)
        stack.append(module)
        for other in sorted(imports[module]):
            if other not in order:
                visit(other)
                lowest[module] = min(lowest[module], lowest[other])
            elif other in stack:
                lowest[module] = min(lowest[module], order[other])
        if lowest[module] == order[module]:
            members = stack[stack.index(module) :]
            del stack[stack.index(module) :]
            if len(members) > 1 or module in imports[module]:
                components.append(sorted(members))

    for module in sorted(imports):
        if module not in order:
            visit(module)
    return components


def circles_of_ours() -> Iterator[str]:
    """Yield each circle among our modules, on one line."""
    modules = {name(path) for path in MODULES}
    imports = {name(path): {module_of(imported_name, modules) for imported_name in imported(path)} for path in MODULES}
    yield from (", ".join(circle) for circle in circles({module: others & modules for module, others in imports.items()}))


def test_imports_run_one_way() -> None:
    assert_none(
        f"{name(path)} imports {module}"
        for path in MODULES
        for module in imported(path)
        if module.startswith("bot.") and module.split(".")[1] not in {*ALLOWED[part(path)], part(path), *EVERYWHERE}
    )


def test_only_what_shows_something_speaks_a_language() -> None:
    """Elsewhere sentences are messages, worded by whoever shows them; only the constants of the languages are for all."""
    assert_none(
        f"{name(path)} imports {module}"
        for path in MODULES
        for module in imported(path)
        if module.startswith("bot.languages.") and not module.split(".")[2].isupper() and part(path) not in SPEAKING
    )


def test_the_bot_imports_nothing_that_it_does_not_ship_with() -> None:
    assert_none(
        f"{name(path)} imports {module}"
        for path in MODULES
        for module in imported(path)
        if module.split(".")[0] in ("data", "tests")
    )


def test_the_table_allows_nothing_that_no_module_needs() -> None:
    needed = {(part(path), module.split(".")[1]) for path in MODULES for module in imported(path) if module.startswith("bot.")}
    allowed = {(importer, other) for importer, others in ALLOWED.items() for other in others}
    assert_none(f"nothing in {importer} imports {other}" for importer, other in sorted(allowed - needed))


def drawn_rows() -> list[list[str]]:
    """Return the parts in each row of the drawing in ARCHITECTURE.md, bold there, in the order of its arrows."""
    drawing = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").partition("```mermaid\n")[2].partition("```")[0]
    rows = dict(re.findall(r"^    subgraph (\w+) (.*?)\n    end$", drawing, re.MULTILINE | re.DOTALL))
    (arrows,) = re.findall(r"^    (\w+(?: --> \w+)+)$", drawing, re.MULTILINE)
    assert sorted(arrows.split(" --> ")) == sorted(rows)
    return [re.findall(r"<b>(\w+)</b>", rows[row]) for row in arrows.split(" --> ")]


def test_the_drawing_has_each_part_once_and_imports_run_down_its_rows() -> None:
    rows = drawn_rows()
    row_of = {part: number for number, parts in enumerate(rows) for part in parts}
    assert sorted(part for parts in rows for part in parts) == sorted(ALLOWED.keys() - {"__init__", "__main__"})
    assert_none(
        f"{importer} is drawn below {other}, which it may import"
        for importer, row in row_of.items()
        for other in sorted({*ALLOWED[importer], *EVERYWHERE} & row_of.keys())
        if row > row_of[other]
    )


def test_no_modules_import_each_other() -> None:
    assert_none(circles_of_ours())


def test_no_parts_import_each_other() -> None:
    assert_none(", ".join(circle) for circle in circles(ALLOWED))


def test_a_circle_is_found_with_all_that_is_in_it() -> None:
    imports = {"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": {"e"}, "e": set(), "f": {"f"}}
    assert circles(imports) == [["a", "b", "c"], ["f"]]


def test_every_module_says_what_it_is_for_and_has_one_subject() -> None:
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert_none(f"{name(path)} has no docstring" for path in MODULES if not ast.get_docstring(tree(path)))
    assert_none(f"{module} has {lines} lines" for module, lines in lengths.items() if lines > LONGEST)


def test_nothing_below_the_client_knows_discord() -> None:
    assert_none(
        f"{name(path)} imports {module}"
        for path in MODULES
        if part(path) not in ("client", "preview")
        for module in imported(path)
        if module.split(".")[0] == "discord"
    )


def test_no_test_imports_another() -> None:
    """What tests share is in modules for it, and what is made for them are fixtures: no test imports a conftest either."""
    tests = {name(path) for path in (*TESTS.rglob("test_*.py"), *TESTS.rglob("conftest.py"))}
    assert_none(
        f"{name(path)} imports {module}"
        for path in sorted(TESTS.rglob("*.py"))
        for module in imported(path)
        if module_of(module, tests) not in ("", name(path))
    )


def test_nothing_above_the_service_reaches_through_a_session_to_its_base() -> None:
    assert_none(
        f"{name(path)}:{node.lineno} names a session's .base; give the session a method that says what is done"
        for path in MODULES
        if part(path) in ("client", "terminal", "preview", "cli")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "base"
    )
