"""Pinned versions: the same in all files, each with the hashes of its files and no address, and images of others by digest."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.paths import ROOT

CONFIG = ROOT / "config"
HASHED = re.compile(r"(?P<pin>[A-Za-z][^\\\n]*?)(?: \\)?\n(?P<hashes>(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
OWN = "footnote"  # the image that is built here


def pins(lines: Iterator[str]) -> dict[str, str]:
    """Return the version of each name."""
    requirements = [Requirement(line) for line in lines]
    assert all(len(requirement.specifier) == 1 for requirement in requirements)
    return {canonicalize_name(requirement.name): str(requirement.specifier).removeprefix("==") for requirement in requirements}


def hashed(name: str) -> dict[str, str]:
    """Return the pins of a file of hashes, in which nothing but pins and their hashes stands."""
    text = (CONFIG / name).read_text(encoding="utf-8")
    matches = [*HASHED.finditer(text)]
    assert "".join(match[0] for match in matches) == text
    return pins(match["pin"] for match in matches)


def constraints() -> dict[str, str]:
    lines = (CONFIG / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return pins(line for line in lines if line and not line.startswith("#"))


def test_each_pinned_version_has_the_hashes_of_its_files_once_and_no_address() -> None:
    installed, other = hashed("hashes.txt"), hashed("hashes-other.txt")
    assert installed.keys().isdisjoint(other)
    assert installed | other == constraints()


def needed(extra: str) -> Iterator[Requirement]:
    """Yield what the project needs with an extra, and what other extras of its own that names."""
    for line in PROJECT["project"]["optional-dependencies"][extra]:
        requirement = Requirement(line)
        if requirement.name == PROJECT["project"]["name"]:
            for more in requirement.extras:
                yield from needed(more)
        else:
            yield requirement


def test_ci_installs_by_hash_what_the_command_of_the_readme_installs() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (extra,) = re.findall(r"-c config/constraints\.txt -e '\.\[(\w+)\]' && \.venv/bin/python -m pytest", readme)
    assert f"--extra {extra} " in (ROOT / ".ci" / "pin").read_text(encoding="utf-8")
    assert "--require-hashes --no-deps --only-binary :all: -r config/hashes.txt" in script
    assert "pip check" in script, "what the list lacks is noticed"
    assert [line for line in script.splitlines() if "[@]}" in line and "hashes" not in line] == [
        '"${pip[@]}" --no-index --no-deps --no-build-isolation -e .'
    ]
    versions = hashed("hashes.txt")
    direct = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
    build = [Requirement(line) for line in PROJECT["build-system"]["requires"]]
    for requirement in (*direct, *build, *needed(extra)):
        assert requirement.specifier.contains(versions[canonicalize_name(requirement.name)]), requirement


def images() -> Iterator[str]:
    """Yield the images of others that the service files name."""
    container = (CONFIG / "Containerfile").read_text(encoding="utf-8")
    stages = set(re.findall(r"(?m)^FROM \S+ AS (\S+)", container))
    defaults = dict(re.findall(r"(?m)^ARG (\w+)=(\S+)", container))
    for image in re.findall(r"(?m)^FROM (\S+)", container):
        if image not in stages:
            yield defaults.get(image.removeprefix("$"), image)
    for name in ("compose.yaml", "kubernetes.yaml"):
        for content in yaml.safe_load_all((CONFIG / name).read_text(encoding="utf-8")):
            yield from _named(content)


def _named(content: object) -> Iterator[str]:
    if isinstance(content, dict):
        for key, value in content.items():
            if key == "image" and isinstance(value, str):
                if value.partition(":")[0] != OWN:
                    yield value
            else:
                yield from _named(value)
    elif isinstance(content, list):
        for item in content:
            yield from _named(item)


def by_digest(image: str) -> bool:
    """Return whether an image is named by what it is, and not by a tag that may be moved to another one."""
    return re.fullmatch(r"\S+@sha256:[0-9a-f]{64}", image) is not None


def is_released(changelog: str) -> bool:
    """Return whether the newest section of a changelog is that of a version."""
    sections = re.findall(r"(?m)^## \[([^\]]+)\]", changelog)
    body = changelog.partition("## [Unreleased]")[2].partition("\n## [")[0]
    return len(sections) > 1 and not body.strip()


@pytest.mark.parametrize(
    ("image", "known"),
    [
        (f"docker.io/library/python:3.13-slim@sha256:{'0a' * 32}", True),
        ("docker.io/library/python:3.13-slim", False),
        ("python", False),
        ("python@sha256:12", False),
    ],
)
def test_a_tag_alone_is_no_digest(image: str, known: bool) -> None:
    assert by_digest(image) is known


def test_a_version_is_released_with_images_by_digest() -> None:
    assert [*images()]
    assert is_released("## [Unreleased]\n\n## [0.1.0] - 2027-01-01\n\nAll of it.\n")
    assert not is_released("## [Unreleased]\n\nMore.\n\n## [0.1.0] - 2027-01-01\n\nAll of it.\n")
    if is_released((ROOT / "CHANGELOG.md").read_text(encoding="utf-8")):
        assert [image for image in images() if not by_digest(image)] == []
