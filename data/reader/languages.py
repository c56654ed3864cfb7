"""Questions in other languages than English, and stories that are written in them, as the second network is trained on them.

In: a folder with ``LANGUAGE.jsonl``, questions about the English stories of the part of its name, which each of them names; and
stories of its own, ``LANGUAGE-NAME.yaml`` beside ``LANGUAGE-NAME.questions.jsonl``. Out: `StoryExamples`, as of any other story.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.english.lexicon import Lexicon
from bot.resources import lexicon_file
from data.reader.examples import CorpusStory, StoryExamples, corpus_story, examples_of, read_folder

FOLDER = "languages"
"""Folder of the corpus that has one folder for each of its parts that is asked in other languages."""

Rows = Sequence[dict[str, Any]]


def questions_by_story(folder: Path, language: str = "??") -> Mapping[str, Rows]:
    """Return the questions about English stories in a language, or in all of them, by the name of the story."""
    rows = defaultdict(list)
    for path in sorted(folder.glob(f"{language}.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = {"language": path.stem} | json.loads(line)
            rows[row["story"]].append(row)
    return rows


def asked_stories(part: Path, language: str = "??") -> Iterator[CorpusStory]:
    """Yield the English stories of a part that are asked in a language, or in any of them, with these questions alone."""
    with closing(Lexicon(lexicon_file())) as lexicon:
        for name, rows in questions_by_story(part.parent / FOLDER / part.name, language).items():
            story = corpus_story(part / f"{name}.yaml", lexicon)
            yield replace(story, name=f"{name} in other languages", rows=tuple(rows))


def read_languages(part: Path) -> list[StoryExamples]:
    """Read what a part of the corpus has in other languages: its English stories, asked in them, then the stories in them."""
    return [*map(examples_of, asked_stories(part)), *read_folder(part.parent / FOLDER / part.name)]
