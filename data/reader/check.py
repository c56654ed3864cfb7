"""Check the corpus and print its statistics: python -m data.reader.check [FOLDER ...]

A part that has something in other languages is checked with it, and so are the pieces of sentences. A fault is an unknown fact,
a question that stands twice, a short answer that is not in its fact, a story in two parts, a kind that does not exist, a pair of
not two questions, a wrong label in an article. Prints a row a part: stories, facts, questions and the shares of each kind, and
how much of the stories their articles tell. Exits with 1 where there is a fault.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.answers.finding.documents import FactText
from bot.answers.finding.index import Indexes
from bot.english.lexicon import Lexicon
from bot.english.search_words import STOP_WORDS, words_of
from bot.facts.base import FactBase
from bot.resources import lexicon_file
from bot.stories.load import load_story
from data.reader import pieces
from data.reader.articles import ArticlesError, LabelledArticle, articles_of, faults_of
from data.reader.languages import FOLDER, questions_by_story

HERE = Path(__file__).parent
PARTS = ("train", "validation", "test", "adversarial")
TYPES = frozenset("when who where howmuch why how which what said whosaid yesno list none".split())
HARD = {"paraphrase", "terse", "chatty", "typo", "alias", "followup", "time", "sides", "offtopic", "near", "falsepremise", None}
YES_OR_NO = {"yes", "no"}


@dataclass
class Part:
    """What a part of the corpus holds: how many stories, facts and questions, and of these how many of each kind."""

    stories: int = 0
    facts: int = 0
    questions: int = 0
    types: Counter[str] = field(default_factory=Counter)
    hard: Counter[str] = field(default_factory=Counter)
    pairs: int = 0  # of questions that differ in one thing
    articles: int = 0
    with_articles: int = 0  # stories
    sentences: int = 0
    facts_in_articles: int = 0  # facts that an article tells, of ``tellable``, those of the stories with articles
    tellable: int = 0
    shared: int = 0  # paraphrases that share a content word with the fact, names left out
    faults: list[str] = field(default_factory=list)


def check_part(folder: Path, lexicon: Lexicon) -> Part:
    """Check the stories of a folder."""
    part = Part()
    for path in sorted(folder.glob("*.yaml")):
        with FactBase.memory() as base:
            base.apply(load_story(path), by="check")
            index = Indexes(base, lexicon).whole()
        lines = {document.record.fact.id: document.line for document in index.documents}
        names = frozenset(
            word for actor in index.actors.values() for name in (actor.name, *actor.aliases) for word in words_of(name)
        )
        part.faults += (f"{path.name}, {fault}" for fault in _count_articles(part, path, set(lines), _ids(index.actors)))
        part.stories += 1
        part.facts += len(lines)
        rows = [json.loads(line) for line in path.with_suffix(".questions.jsonl").read_text(encoding="utf-8").splitlines()]
        pairs = Counter(row["pair"] for row in rows if "pair" in row)
        part.pairs += len(pairs)
        part.faults += (f"{path.name}, pair {pair}: {count} questions" for pair, count in pairs.items() if count != 2)
        _count_questions(part, path.name, rows, lines)
        for row in rows:
            if row["hard"] == "paraphrase" and row["expect"] and row["expect"][0] in lines:
                part.shared += bool(
                    _content(row["ask"], lexicon) & _content(lines[row["expect"][0]].line, lexicon) - _stems(names, lexicon)
                )
    return part


def check_languages(english: Path, lexicon: Lexicon) -> Part:
    """Check what a part has in other languages: stories, and questions about its English ones."""
    folder = english.parent / FOLDER / english.name
    part = check_part(folder, lexicon)
    for story, rows in questions_by_story(folder).items():
        with FactBase.memory() as base:
            base.apply(load_story(english / f"{story}.yaml"), by="check")
            lines = {document.record.fact.id: document.line for document in Indexes(base, lexicon).whole().documents}
        _count_questions(part, story, rows, lines)
    return part


def _count_questions(part: Part, name: str, rows: Iterable[dict[str, Any]], lines: dict[str, FactText]) -> None:
    """Count questions about a story, and note their faults."""
    seen: set[tuple[str, ...]] = set()
    for number, row in enumerate(rows, start=1):
        part.faults += (f"{name}, question {number}: {fault}" for fault in _faults(row, lines, seen))
        part.questions += 1
        part.types[row["type"]] += 1
        part.hard[row["hard"] or "plain"] += 1


def _ids(actors: Iterable[str]) -> set[str]:
    return {key.partition("/")[2] for key in actors}


def _count_articles(part: Part, story: Path, facts: set[str], actors: set[str]) -> Iterator[str]:
    """Count what the articles about a story tell of it, and yield their faults."""
    articles: tuple[LabelledArticle, ...] = ()
    try:
        articles = articles_of(story)
    except ArticlesError as error:
        yield str(error)
    yield from faults_of(articles, facts, actors)
    part.articles += len(articles)
    part.with_articles += bool(articles)
    part.sentences += sum(len(paragraph.sentences) for article in articles for paragraph in article.paragraphs)
    part.facts_in_articles += len(
        {fact for article in articles for paragraph in article.paragraphs for fact in paragraph.tells} & facts
    )
    part.tellable += len(facts) if articles else 0


def _faults(row: dict[str, Any], lines: dict[str, FactText], seen: set[tuple[str, ...]]) -> Iterator[str]:
    key = (row["ask"].casefold(), *(row.get("after") or ()))
    if key in seen:
        yield f"asked twice: {row['ask']}"
    seen.add(key)
    yield from (f"no such fact: {fact}" for fact in row["expect"] if fact not in lines)
    if row["type"] not in TYPES or row["hard"] not in HARD:
        yield f"no such kind: {row['type']}, {row['hard']}"
    if (row["type"] == "none") != (not row["expect"]):
        yield "a question of type none expects no facts, and no other"
    if type(row.get("pair", 1)) is not int:
        yield f"a pair is a whole number, not {row['pair']!r}"
    if row["hard"] == "followup" and not row.get("after"):
        yield "a follow-up follows nothing"
    short, span = row["short"], row.get("span")
    if row["type"] == "yesno":
        if short is not None and short not in YES_OR_NO:
            yield f"the answer of a yes/no question is yes, no or null, not {short}"
    elif short is not None and row["expect"] and row["expect"][0] in lines:
        line = lines[row["expect"][0]].line
        if span is None or line[span[0] : span[1]].casefold() != short.casefold():
            yield f"{short!r} is not where its span says"


def _content(text: str, lexicon: Lexicon) -> set[str]:
    return {lexicon.stem(word) for word in words_of(text) if word not in STOP_WORDS and re.match(r"[a-z0-9]", word)}


def _stems(words: frozenset[str], lexicon: Lexicon) -> set[str]:
    return {lexicon.stem(word) for word in words}


def main() -> None:
    """Check and print."""
    folders = [Path(folder) for folder in sys.argv[1:]] or [HERE / "corpus" / part for part in PARTS]
    with closing(Lexicon(lexicon_file())) as lexicon:
        parts = {folder.name: check_part(folder, lexicon) for folder in folders}
        with_languages = [folder for folder in folders if (folder.parent / FOLDER / folder.name).is_dir()]
        parts |= {f"{FOLDER}/{folder.name}": check_languages(folder, lexicon) for folder in with_languages}
    stems = [path.stem for folder in folders for path in folder.glob("*.yaml")]
    faults = [f"{name} is in two parts" for name, count in Counter(stems).items() if count > 1]
    faults += [f"{name}: {fault}" for name, part in parts.items() for fault in part.faults]
    for name, part in parts.items():
        print(f"{name}: {part.stories} stories, {part.facts} facts, {part.questions} questions")
        if part.articles:
            print(
                f"  {part.articles} articles about {part.with_articles} stories, {part.sentences} sentences, which tell "
                f"{part.facts_in_articles / part.tellable:.0%} of their facts"
            )
        if part.pairs:
            print(f"  {part.pairs} pairs of questions that differ in one thing")
        for title, counts in (("type", part.types), ("kind", part.hard)):
            print(f"  {title}: " + ", ".join(f"{kind} {count / part.questions:.1%}" for kind, count in counts.most_common()))
        print(f"  paraphrases that share a content word with the fact: {part.shared / max(1, part.hard['paraphrase']):.1%}")
    for name, cases in {name: pieces.read_pieces(name) for name in pieces.PARTS}.items():
        faults += [f"pieces, {name}: {fault}" for fault in pieces.faults_of(cases)]
        labels = Counter(case.label for case in cases).most_common()
        print(f"pieces, {name}: {len(cases)} cases, " + ", ".join(f"{label} {count / len(cases):.1%}" for label, count in labels))
    print("\n".join(faults))
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
