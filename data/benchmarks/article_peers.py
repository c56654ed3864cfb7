"""Hold Footnote against its peers on articles that nobody wrote a story from, in one process.

    python -m data.benchmarks.article_peers [--part test] [--stories N] [--minilm FOLDER]

The articles are those about the stories of the reader's corpus, asked the questions of these stories. The texts are their
sentences. A text answers where it stands in a paragraph that tells a fact which answers. Questions that no article tells, though
the story does, are not asked. See `data.benchmarks.peers` for the thresholds and the times.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from bot.answers.evaluation import Case
from bot.facts.models import Story
from data.benchmarks.peers import measure_story, minilm_option, report_mean, runnable
from data.reader.articles import articles_of
from data.reader.examples import coverage_of, questions_in
from tests.support.paths import ROOT

READER = ROOT / "data" / "reader"


def asked_of_articles(part: Path) -> Iterator[tuple[str, Story, list[Case]]]:
    """Yield each story of a part of the corpus by name, its articles as they are read, and what they are asked."""
    for path in sorted(part.glob("*.yaml")):
        if not path.with_suffix(".articles.txt").is_file():
            continue
        labelled = articles_of(path)
        coverage = coverage_of(labelled)
        tells: dict[tuple[str, str | None], frozenset[str]] = {
            (article.id, str(number)): paragraph.tells
            for article in labelled
            for number, paragraph in enumerate(article.paragraphs, start=1)
        }
        cases = []
        for row in questions_in(path):
            wanted = set(row["expect"])
            right = [
                fact.id
                for fact in coverage.facts
                if any(wanted & set(tells[citation.source, citation.locator]) for citation in fact.citations)
            ]
            if right or not wanted:
                cases.append(Case(row["ask"], tuple(right), after=tuple(row.get("after") or ())))
        yield path.stem, coverage, cases


@click.command()
@click.option("--part", type=click.Choice(("validation", "test")), default="test", show_default=True)
@click.option("--stories", default=100, help="At most so many stories.")
@minilm_option
def main(part: str, stories: int, minilm: Path | None) -> None:
    """Measure on the articles of a part of the corpus."""
    click.echo("Peers have the threshold that is best on these questions; Footnote has the one that it ships with.")
    others = runnable(minilm)
    asked = list(asked_of_articles(READER / "corpus" / part))[:stories]
    report_mean([measure_story(name, story, cases, others) for name, story, cases in asked])


if __name__ == "__main__":
    main()
