"""What of a draft nobody has looked at yet: the entries of a story file that have a comment ``# review:``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.facts.models import RecordedQuestion

MARK = "# review:"
"""What begins the comment beside each entry that nobody has looked at."""

_ENTRY = re.compile(rf"  (?:- ask: (?P<ask>.*)|\S.*:)\s+{MARK}")


def marked(text: str) -> int:
    """Return how many entries of a story file nobody has looked at yet, by their comments."""
    return sum(1 for line in text.splitlines() if _ENTRY.match(line))


def reviewed_questions(text: str, questions: Sequence[RecordedQuestion]) -> tuple[RecordedQuestion, ...]:
    """Return the questions of a story file that somebody has looked at: those of a draft are made of its own words."""
    proposed = set(_proposed(text))
    return tuple(question for question in questions if question.ask not in proposed)


def _proposed(text: str) -> Iterator[str]:
    yaml = YAML(typ="safe")
    for line in text.splitlines():
        match = _ENTRY.match(line)
        if match is not None and match["ask"]:
            try:
                yield str(yaml.load(match["ask"]))
            except YAMLError:
                yield match["ask"].strip()
