"""The shape of the code: which way imports run, and what every module and command owes its readers."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "bot"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "shipped" not in path.relative_to(PACKAGE).parts[:-1])

# What each part may import of ours, beside itself and `errors`.
ALLOWED = {
    "errors": set(),
    "resources": set(),
    "settings": {"resources"},
    "log": {"settings"},
    "english": {"resources"},
    "facts": {"english"},
    "stories": {"facts"},
    "presentation": {"answers", "facts", "resources"},
    "answers": {"english", "facts", "presentation", "resources"},
    "checking": {"answers", "english", "facts", "presentation"},
    "drafting": {"english", "facts", "stories"},
    "editing": {"answers", "english", "facts", "presentation", "stories"},
    "formats": {"editing", "english", "facts", "stories"},
    "pictures": {"facts", "presentation", "resources"},
    "storage": {"facts", "formats", "settings", "stories"},
    "service": {
        *("answers", "checking", "editing", "english", "facts", "presentation", "resources", "settings", "storage", "stories"),
    },
    "doctor": {"facts", "settings", "storage", "stories"},
    "measures": set(),
    "client": {
        *("answers", "checking", "drafting", "editing", "facts", "formats", "log", "measures", "pictures", "presentation"),
        *("service", "settings", "storage", "stories"),
    },
    "terminal": {"answers", "checking", "editing", "facts", "presentation", "service", "settings"},
    "preview": {"answers", "client", "facts", "log", "service", "settings", "stories"},
}


def part(path: Path) -> str:
    """Return the part of the package that a module belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """Return the parts of ours that a module imports, at its top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("bot."):
            found.add(node.module.split(".")[1])
        elif isinstance(node, ast.ImportFrom) and node.module == "bot":
            found.update(alias.name for alias in node.names if alias.name != "__version__")
        elif isinstance(node, ast.Import):
            found.update(alias.name.split(".")[1] for alias in node.names if alias.name.startswith("bot."))
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    own = part(path)
    if own in ("cli", "__init__", "__main__"):
        return
    assert imports(path) - {own, "errors"} <= ALLOWED[own]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_says_what_it_is_for_and_has_one_subject(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(source)), "no docstring"
    assert len(source.splitlines()) <= 350


@pytest.mark.parametrize("path", [path for path in MODULES if part(path) not in ("client", "preview")], ids=str)
def test_nothing_below_the_client_knows_discord(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {(node.module or "").split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert "discord" not in names
